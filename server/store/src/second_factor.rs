//! The second factor of an account: a secret that an app on a phone computes codes from (RFC 6238), and recovery codes for
//! whoever has lost the phone. What a code means is not known here; that each is used once is.

use std::fmt;
use std::str::FromStr;

use domain::Slug;
use jiff::{SignedDuration, Timestamp};
use rand::Rng;
use sha2::{Digest, Sha256};
use surrealdb::types::{RecordId, SurrealValue, Variables};

use crate::engine::variable;
use crate::error::StoreError;
use crate::record::timestamp_from;
use crate::secret::{Secret, hexadecimal};
use crate::session::{FactorStanding, Session, SessionRow, session_id};
use crate::store::Store;

/// How long a secret that is offered can be enrolled.
const OFFER: SignedDuration = SignedDuration::from_mins(30);

/// 160 random bits that the portal and a phone share, as RFC 4226, section 4, recommends.
#[derive(Clone, PartialEq, Eq)]
pub struct SharedSecret([u8; 20]);

impl SharedSecret {
    /// A new secret.
    pub fn generate(random: &mut impl Rng) -> Self {
        let mut bits = [0; 20];
        random.fill_bytes(&mut bits);
        Self(bits)
    }

    /// The bits.
    #[must_use]
    pub fn bytes(&self) -> [u8; 20] {
        self.0
    }

    fn kept(&self) -> String {
        hexadecimal(&self.0)
    }

    fn from_kept(text: &str) -> Result<Self, StoreError> {
        let damaged = || StoreError::Damaged("a second factor's secret is not 160 bits".to_owned());
        let mut bits = [0; 20];
        if text.len() != 2 * bits.len() || !text.is_ascii() {
            return Err(damaged());
        }
        for (index, bits) in bits.iter_mut().enumerate() {
            let pair = &text[2 * index..2 * index + 2];
            *bits = u8::from_str_radix(pair, 16).map_err(|_| damaged())?;
        }
        Ok(Self(bits))
    }
}

impl fmt::Debug for SharedSecret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SharedSecret(…)")
    }
}

/// 80 random bits that sign in once instead of the phone's code. Only the SHA-256 is kept.
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryCode([u8; 10]);

/// The letters of a recovery code: Crockford's base 32, without I, L, O and U.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// The letters and digits of a recovery code.
const CODE_LENGTH: usize = 16;

impl RecoveryCode {
    /// A new code.
    pub fn generate(random: &mut impl Rng) -> Self {
        let mut bits = [0; 10];
        random.fill_bytes(&mut bits);
        Self(bits)
    }

    /// The text that its holder gets, once: four groups of four letters and digits.
    #[must_use]
    pub fn reveal(&self) -> String {
        let number = self
            .0
            .iter()
            .fold(0_u128, |number, byte| number << 8 | u128::from(*byte));
        let mut text = String::with_capacity(CODE_LENGTH + 3);
        for place in 0..CODE_LENGTH {
            if place > 0 && place % 4 == 0 {
                text.push('-');
            }
            let digit = number >> (5 * (CODE_LENGTH - 1 - place)) & 31;
            let letter = usize::try_from(digit)
                .ok()
                .and_then(|digit| LETTERS.get(digit));
            text.extend(letter.map(|letter| char::from(*letter)));
        }
        text
    }

    fn hash(&self) -> String {
        hexadecimal(&Sha256::digest(self.0))
    }
}

impl fmt::Debug for RecoveryCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("RecoveryCode(…)")
    }
}

/// A text that is not a recovery code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a recovery code")]
pub struct NotARecoveryCode;

/// As people type it: in small letters, with spaces or without hyphens, O for 0, I or L for 1.
impl FromStr for RecoveryCode {
    type Err = NotARecoveryCode;

    fn from_str(text: &str) -> Result<Self, NotARecoveryCode> {
        let mut number = 0_u128;
        let mut letters = 0;
        for letter in text.chars() {
            if letter.is_whitespace() || letter == '-' {
                continue;
            }
            let letter = match letter.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                letter => letter,
            };
            let digit = LETTERS
                .iter()
                .position(|known| char::from(*known) == letter)
                .and_then(|digit| u128::try_from(digit).ok())
                .ok_or(NotARecoveryCode)?;
            number = number << 5 | digit;
            letters += 1;
            if letters > CODE_LENGTH {
                return Err(NotARecoveryCode);
            }
        }
        if letters != CODE_LENGTH {
            return Err(NotARecoveryCode);
        }
        let mut bits = [0; 10];
        bits.copy_from_slice(&number.to_be_bytes()[6..]);
        Ok(Self(bits))
    }
}

/// The second factor of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecondFactor {
    /// What codes are computed from.
    pub secret: SharedSecret,
    /// When it was enrolled.
    pub enrolled: Timestamp,
    /// How many recovery codes are not used yet.
    pub recovery_left: usize,
}

/// What someone shows of a second factor. Each is good once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proof {
    /// The code of this time step, which somebody else has found to be right.
    Step(u64),
    /// A recovery code.
    Recovery(RecoveryCode),
}

#[derive(SurrealValue)]
struct SecondFactorRow {
    id: RecordId,
    secret: String,
    last_step: i64,
    enrolled: String,
    recovery: Vec<String>,
}

impl TryFrom<SecondFactorRow> for SecondFactor {
    type Error = StoreError;

    fn try_from(row: SecondFactorRow) -> Result<Self, StoreError> {
        Ok(Self {
            secret: SharedSecret::from_kept(&row.secret)?,
            enrolled: timestamp_from(&row.enrolled)?,
            recovery_left: row.recovery.len(),
        })
    }
}

fn factor_id(account: &Slug) -> RecordId {
    RecordId::new("second_factor", account.as_str())
}

fn step_into(step: u64) -> i64 {
    i64::try_from(step).unwrap_or(i64::MAX)
}

const REFUSED: &str = "anker: the second factor is not shown";

/// Uses a time step or a recovery code up; nothing where it was used before.
const SHOW: &str = "
    BEGIN;
    LET $kept = (SELECT * FROM ONLY $factor);
    IF $kept = NONE { THROW $refused };
    IF $step != NONE {
        IF $kept.last_step >= $step { THROW $refused };
        UPDATE $factor SET last_step = $step RETURN NONE;
    } ELSE {
        IF $kept.recovery CONTAINSNOT $code { THROW $refused };
        UPDATE $factor SET recovery -= $code RETURN NONE;
    };
    FOR $waiting IN $over {
        IF (SELECT VALUE account FROM ONLY $waiting) = NONE { THROW $refused };
        DELETE $waiting RETURN NONE;
    };
    INSERT INTO session $sessions RETURN NONE;
    COMMIT;
";

/// Enrols what this very sign-in was offered, and ends every other one.
const ENROL: &str = "
    BEGIN;
    IF (SELECT VALUE offered FROM ONLY $keep) != $secret { THROW $refused };
    UPSERT $factor CONTENT $row RETURN NONE;
    UPDATE $keep SET factor_shown = true, offered = NONE, offered_at = NONE RETURN NONE;
    DELETE session WHERE account = $account AND id != $keep RETURN NONE;
    COMMIT;
";

/// Takes the second factor away and ends every sign-in.
const RESET: &str = "
    BEGIN;
    DELETE $factor RETURN NONE;
    DELETE session WHERE account = $account RETURN NONE;
    COMMIT;
";

impl Store {
    /// An account's second factor; nothing where it has none.
    ///
    /// # Errors
    /// What the database says.
    pub async fn second_factor(&self, account: &Slug) -> Result<Option<SecondFactor>, StoreError> {
        let row: Option<SecondFactorRow> = self.one("second_factor", account.as_str()).await?;
        row.map(SecondFactor::try_from).transpose()
    }

    /// The secret that this sign-in is offered to enrol, while it can be.
    ///
    /// # Errors
    /// What the database says.
    pub async fn offered_factor(
        &self,
        session: &Secret,
        now: Timestamp,
    ) -> Result<Option<SharedSecret>, StoreError> {
        let row: Option<SessionRow> = self.one("session", &session.hash()).await?;
        let Some((secret, at)) = row.and_then(SessionRow::offered) else {
            return Ok(None);
        };
        if timestamp_from(&at)? + OFFER <= now {
            return Ok(None);
        }
        SharedSecret::from_kept(&secret).map(Some)
    }

    /// Offers this sign-in a secret to enrol, instead of any before it; or takes the offer back.
    ///
    /// # Errors
    /// What the database says.
    pub async fn offer_factor(
        &self,
        session: &Secret,
        secret: Option<&SharedSecret>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut variables = variable("id", session_id(session));
        variables.insert("secret", secret.map(SharedSecret::kept));
        variables.insert("now", secret.map(|_| now.to_string()));
        self.engine()
            .write(
                "UPDATE $id SET offered = $secret, offered_at = $now RETURN NONE",
                &variables,
            )
            .await
            .map(drop)
    }

    /// Makes the secret that this sign-in was offered the account's second factor, with these recovery codes, and ends all its
    /// other sign-ins. `step` is that of the code that confirmed it. `false` where it was not offered.
    ///
    /// # Errors
    /// What the database says.
    pub async fn enrol_factor(
        &self,
        account: &Slug,
        session: &Secret,
        secret: &SharedSecret,
        step: u64,
        recovery: &[RecoveryCode],
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let row = SecondFactorRow {
            id: factor_id(account),
            secret: secret.kept(),
            last_step: step_into(step),
            enrolled: now.to_string(),
            recovery: recovery.iter().map(RecoveryCode::hash).collect(),
        };
        let mut variables = variable("factor", row.id.clone());
        variables.insert("refused", REFUSED.to_owned());
        variables.insert("account", account.to_string());
        variables.insert("keep", session_id(session));
        variables.insert("secret", row.secret.clone());
        variables.insert("row", row);
        self.unless_refused(ENROL, &variables).await
    }

    /// Gives an account new recovery codes instead of those it has.
    ///
    /// # Errors
    /// What the database says.
    pub async fn renew_recovery_codes(
        &self,
        account: &Slug,
        recovery: &[RecoveryCode],
    ) -> Result<(), StoreError> {
        let hashes: Vec<String> = recovery.iter().map(RecoveryCode::hash).collect();
        let mut variables = variable("factor", factor_id(account));
        variables.insert("recovery", hashes);
        self.engine()
            .write(
                "UPDATE $factor SET recovery = $recovery RETURN NONE",
                &variables,
            )
            .await
            .map(drop)
    }

    /// Takes an account's second factor away.
    ///
    /// # Errors
    /// What the database says.
    pub async fn remove_factor(&self, account: &Slug) -> Result<(), StoreError> {
        self.engine()
            .write(
                "DELETE $factor RETURN NONE",
                &variable("factor", factor_id(account)),
            )
            .await
            .map(drop)
    }

    /// Takes an account's second factor away and ends all its sign-ins: for someone who has lost phone and codes.
    ///
    /// # Errors
    /// What the database says.
    pub async fn reset_factor(&self, account: &Slug) -> Result<(), StoreError> {
        let mut variables = variable("factor", factor_id(account));
        variables.insert("account", account.to_string());
        self.engine().write(RESET, &variables).await.map(drop)
    }

    /// Uses up what someone signed in shows of an account's second factor; `false` where it is not good, or was used before.
    ///
    /// # Errors
    /// What the database says.
    pub async fn show_factor(&self, account: &Slug, proof: &Proof) -> Result<bool, StoreError> {
        self.show(account, proof, Vec::new(), Vec::new()).await
    }

    /// Signs in whoever has shown the second factor that their sign-in waited for: it ends, and a new one begins that
    /// lasts so long. Nothing where what was shown is not good or was used before.
    ///
    /// # Errors
    /// What the database says.
    pub async fn complete_sign_in(
        &self,
        waiting: &Secret,
        proof: &Proof,
        session: &Secret,
        now: Timestamp,
        good_for: SignedDuration,
    ) -> Result<Option<Session>, StoreError> {
        let Some((known, browser)) = self.known_session(waiting, now).await? else {
            return Ok(None);
        };
        if known.factor != FactorStanding::Owed {
            return Ok(None);
        }
        let begun = Session {
            created: now,
            expires: now + good_for,
            factor: FactorStanding::Shown,
            ..known
        };
        let row = SessionRow::new(session, &begun, browser.as_deref());
        let account = begun.account.id.clone();
        let shown = self
            .show(&account, proof, vec![session_id(waiting)], vec![row])
            .await?;
        Ok(shown.then_some(begun))
    }

    async fn show(
        &self,
        account: &Slug,
        proof: &Proof,
        over: Vec<RecordId>,
        sessions: Vec<SessionRow>,
    ) -> Result<bool, StoreError> {
        let (step, code) = match proof {
            Proof::Step(step) => (Some(step_into(*step)), None),
            Proof::Recovery(code) => (None, Some(code.hash())),
        };
        let mut variables = variable("factor", factor_id(account));
        variables.insert("refused", REFUSED.to_owned());
        variables.insert("step", step);
        variables.insert("code", code);
        variables.insert("over", over);
        variables.insert("sessions", sessions);
        self.unless_refused(SHOW, &variables).await
    }

    async fn unless_refused(
        &self,
        statements: &'static str,
        variables: &Variables,
    ) -> Result<bool, StoreError> {
        match self.engine().write(statements, variables).await {
            Ok(_) => Ok(true),
            Err(StoreError::Statement(message)) if message.contains(REFUSED) => Ok(false),
            Err(error) => Err(error),
        }
    }
}
