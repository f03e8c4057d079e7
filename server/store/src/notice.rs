//! Notices: those that wait for the day's digest, what each account has chosen to be told, and the
//! secrets in letters that turn a kind of letter off.

use std::collections::BTreeSet;

use domain::notice::{Delivery, LetterKind, Notice, NoticeKind, Preferences};
use domain::{Code, Language, Slug};
use jiff::Timestamp;
use rand::Rng;
use surrealdb::types::{RecordId, SurrealValue, Variables};

use crate::engine::variable;
use crate::error::{Failure, StoreError};
use crate::mail::{LetterRow, NewLetter, language_from};
use crate::record::timestamp_from;
use crate::secret::{Secret, hexadecimal};
use crate::store::Store;

/// The setting from which the secrets in letters are derived.
const UNSUBSCRIBE_KEY: &str = "unsubscribe-key";

/// What a secret in a letter turns off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsubscribe {
    /// Whose letters.
    pub account: Slug,
    /// Which of them.
    pub kind: LetterKind,
}

/// A notice that waits for its account's digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingNotice {
    /// What happened.
    pub notice: Notice,
    /// When it was told.
    pub created: Timestamp,
    id: RecordId,
}

/// What is told in one go: all of it is kept, or none.
#[derive(Clone, Debug, Default)]
pub struct Post {
    /// Letters to be sent now.
    pub letters: Vec<NewLetter>,
    /// Notices that wait for the digest of these accounts.
    pub waiting: Vec<(Slug, Notice)>,
    /// What the secrets in the letters turn off.
    pub unsubscribes: Vec<(Secret, Unsubscribe)>,
}

#[derive(SurrealValue)]
struct NoticeRow {
    id: RecordId,
    account: String,
    created: String,
    kind: String,
    who: Option<String>,
    title: String,
    path: String,
    comment: Option<String>,
    since: Option<String>,
}

impl NoticeRow {
    fn new(account: &Slug, notice: &Notice, now: Timestamp, random: &mut impl Rng) -> Self {
        let mut id = [0; 16];
        random.fill_bytes(&mut id);
        Self {
            id: RecordId::new("waiting_notice", hexadecimal(&id)),
            account: account.to_string(),
            created: now.to_string(),
            kind: notice.kind.code().to_owned(),
            who: notice.who.clone(),
            title: notice.title.clone(),
            path: notice.path.clone(),
            comment: notice.comment.clone(),
            since: notice.since.map(|day| day.to_string()),
        }
    }
}

impl TryFrom<NoticeRow> for WaitingNotice {
    type Error = StoreError;

    fn try_from(row: NoticeRow) -> Result<Self, StoreError> {
        Ok(Self {
            created: timestamp_from(&row.created)?,
            id: row.id,
            notice: Notice {
                kind: code_from(&row.kind)?,
                who: row.who,
                title: row.title,
                path: row.path,
                comment: row.comment,
                since: row
                    .since
                    .map(|day| {
                        day.parse()
                            .map_err(|_| StoreError::Damaged(format!("«{day}» is not a day")))
                    })
                    .transpose()?,
            },
        })
    }
}

#[derive(SurrealValue)]
struct DeliveryRow {
    id: RecordId,
    account: String,
    kind: String,
    delivery: String,
}

impl DeliveryRow {
    fn new(account: &Slug, kind: &str, delivery: Delivery) -> Self {
        Self {
            id: RecordId::new("delivery", format!("{account}/{kind}")),
            account: account.to_string(),
            kind: kind.to_owned(),
            delivery: delivery.code().to_owned(),
        }
    }
}

#[derive(SurrealValue)]
struct LanguageRow {
    id: RecordId,
    language: String,
}

impl LanguageRow {
    fn new(account: &Slug, language: Language) -> Self {
        Self {
            id: RecordId::new("letter_language", account.as_str()),
            language: language.tag().to_owned(),
        }
    }
}

#[derive(SurrealValue)]
struct UnsubscribeRow {
    id: RecordId,
    account: String,
    kind: String,
}

impl UnsubscribeRow {
    fn new((secret, what): &(Secret, Unsubscribe)) -> Self {
        Self {
            id: RecordId::new("unsubscribe", secret.hash()),
            account: what.account.to_string(),
            kind: what.kind.code().to_owned(),
        }
    }
}

fn code_from<C: Code>(code: &str) -> Result<C, StoreError> {
    code.parse()
        .map_err(|_| StoreError::Damaged(format!("unknown code «{code}»")))
}

const GONE: &str = "anker: the notices are in a digest already";

const POST: &str = "
    BEGIN;
    INSERT INTO letter $letters RETURN NONE;
    INSERT INTO waiting_notice $waiting RETURN NONE;
    INSERT IGNORE INTO unsubscribe $unsubscribes RETURN NONE;
    COMMIT;
";

/// Turns waiting notices into a letter, unless another process was first.
const DIGEST: &str = "
    BEGIN;
    IF array::len((SELECT VALUE id FROM $notices)) != array::len($notices) { THROW $gone };
    DELETE $notices RETURN NONE;
    INSERT INTO letter $letters RETURN NONE;
    INSERT IGNORE INTO unsubscribe $unsubscribes RETURN NONE;
    COMMIT;
";

const PREFER: &str = "
    BEGIN;
    UPSERT $id CONTENT $language RETURN NONE;
    DELETE delivery WHERE account = $account RETURN NONE;
    INSERT INTO delivery $chosen RETURN NONE;
    COMMIT;
";

/// What a statement needs that keeps a post: `$letters`, `$waiting` and `$unsubscribes`.
pub(crate) fn post_variables(post: &Post, now: Timestamp, random: &mut impl Rng) -> Variables {
    let waiting: Vec<NoticeRow> = post
        .waiting
        .iter()
        .map(|(account, notice)| NoticeRow::new(account, notice, now, random))
        .collect();
    let mut variables = letters_of(post, now, random);
    variables.insert("waiting", waiting);
    variables
}

impl Store {
    /// Keeps what is told in one go.
    ///
    /// # Errors
    /// What the database says.
    pub async fn post(
        &self,
        post: &Post,
        now: Timestamp,
        random: &mut impl Rng,
    ) -> Result<(), StoreError> {
        if post.letters.is_empty() && post.waiting.is_empty() {
            return Ok(());
        }
        let variables = post_variables(post, now, random);
        self.engine().write(POST, &variables).await.map(drop)
    }

    /// The accounts for which notices wait.
    ///
    /// # Errors
    /// What the database says.
    pub async fn accounts_with_notices(&self) -> Result<BTreeSet<Slug>, StoreError> {
        let accounts: Vec<String> = self
            .engine()
            .run("SELECT VALUE account FROM waiting_notice", Variables::new())
            .await?
            .take(0)?;
        accounts
            .into_iter()
            .map(|id| {
                id.parse()
                    .map_err(|_| StoreError::Damaged(format!("«{id}» is not an account's id")))
            })
            .collect()
    }

    /// The notices that wait for an account's digest, oldest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn waiting_notices(&self, account: &Slug) -> Result<Vec<WaitingNotice>, StoreError> {
        let rows: Vec<NoticeRow> = self
            .engine()
            .run(
                "SELECT * FROM waiting_notice WHERE account = $account",
                variable("account", account.to_string()),
            )
            .await?
            .take(0)?;
        let mut notices = rows
            .into_iter()
            .map(WaitingNotice::try_from)
            .collect::<Result<Vec<_>, _>>()?;
        notices.sort_by_key(|waiting| waiting.created);
        Ok(notices)
    }

    /// Puts a digest into the queue and takes the notices in it away; with nothing to send, only the
    /// latter. Whether it was done: not where the notices are in another digest already.
    ///
    /// # Errors
    /// What the database says.
    pub async fn post_digest(
        &self,
        notices: &[WaitingNotice],
        post: &Post,
        now: Timestamp,
        random: &mut impl Rng,
    ) -> Result<bool, StoreError> {
        let ids: Vec<RecordId> = notices.iter().map(|waiting| waiting.id.clone()).collect();
        let mut variables = letters_of(post, now, random);
        variables.insert("notices", ids);
        variables.insert("gone", GONE.to_owned());
        match self.engine().write(DIGEST, &variables).await {
            Ok(_) => Ok(true),
            Err(StoreError::Statement(message)) if message.contains(GONE) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// What an account has chosen to be told.
    ///
    /// # Errors
    /// What the database says.
    pub async fn preferences(&self, account: &Slug) -> Result<Preferences, StoreError> {
        let mut preferences = Preferences::default();
        let language: Option<LanguageRow> = self.one("letter_language", account.as_str()).await?;
        if let Some(row) = language {
            preferences.language = language_from(&row.language)?;
        }
        let rows: Vec<DeliveryRow> = self
            .engine()
            .run(
                "SELECT * FROM delivery WHERE account = $account",
                variable("account", account.to_string()),
            )
            .await?
            .take(0)?;
        for row in rows {
            let delivery: Delivery = code_from(&row.delivery)?;
            if row.kind == LetterKind::Digest.code() {
                preferences.without_digest = delivery == Delivery::Off;
            } else {
                preferences
                    .chosen
                    .insert(code_from::<NoticeKind>(&row.kind)?, delivery);
            }
        }
        Ok(preferences)
    }

    /// Chooses what an account is told.
    ///
    /// # Errors
    /// What the database says.
    pub async fn put_preferences(
        &self,
        account: &Slug,
        preferences: &Preferences,
    ) -> Result<(), StoreError> {
        let digest = LetterKind::Digest.code();
        let chosen: Vec<DeliveryRow> = preferences
            .chosen
            .iter()
            .filter(|(kind, delivery)| kind.usual_delivery() != **delivery)
            .map(|(kind, delivery)| DeliveryRow::new(account, kind.code(), *delivery))
            .chain(
                preferences
                    .without_digest
                    .then(|| DeliveryRow::new(account, digest, Delivery::Off)),
            )
            .collect();
        let language = LanguageRow::new(account, preferences.language);
        let mut variables = variable("id", language.id.clone());
        variables.insert("account", account.to_string());
        variables.insert("language", language);
        variables.insert("chosen", chosen);
        self.engine().write(PREFER, &variables).await.map(drop)
    }

    /// Chooses the language of an account's letters and leaves the rest as it was.
    ///
    /// # Errors
    /// What the database says.
    pub async fn put_letter_language(
        &self,
        account: &Slug,
        language: Language,
    ) -> Result<(), StoreError> {
        let row = LanguageRow::new(account, language);
        self.put_row("UPSERT $id CONTENT $row RETURN NONE", row.id.clone(), row)
            .await
    }

    /// Chooses how an account gets one kind of letter. The digest comes or does not; letters that are
    /// asked for always do.
    ///
    /// # Errors
    /// What the database says.
    pub async fn choose_delivery(
        &self,
        what: &Unsubscribe,
        delivery: Delivery,
    ) -> Result<(), StoreError> {
        if matches!(what.kind, LetterKind::Asked(_)) {
            return Ok(());
        }
        let row = DeliveryRow::new(&what.account, what.kind.code(), delivery);
        self.put_row("UPSERT $id CONTENT $row RETURN NONE", row.id.clone(), row)
            .await
    }

    /// The secret that turns a kind of letter off for an account: the same in every letter. It opens
    /// something only once it is kept with [`Store::post`].
    ///
    /// # Errors
    /// What the database says.
    pub async fn unsubscribe_secret(
        &self,
        what: &Unsubscribe,
        random: &mut impl Rng,
    ) -> Result<Secret, StoreError> {
        let key = match self.setting(UNSUBSCRIBE_KEY).await? {
            Some(key) => key,
            None => self.make_unsubscribe_key(random).await?,
        };
        let key: Secret = key
            .parse()
            .map_err(|_| StoreError::Damaged("the unsubscribe key is not a secret".to_owned()))?;
        Ok(key.derived(&format!("{}/{}", what.account, what.kind.code())))
    }

    /// Of two processes that make the key at once, one succeeds, and both read it.
    async fn make_unsubscribe_key(&self, random: &mut impl Rng) -> Result<String, StoreError> {
        let new = Secret::generate(random).reveal();
        let mut turn = self.engine().turn().await;
        loop {
            let tried = async {
                let mut variables = variable("id", RecordId::new("setting", UNSUBSCRIBE_KEY));
                variables.insert("value", new.clone());
                let kept: Option<String> = self
                    .engine()
                    .attempt(
                        "BEGIN;
                         IF (SELECT VALUE value FROM ONLY $id) = NONE {
                             UPSERT $id SET value = $value RETURN NONE
                         };
                         COMMIT;
                         SELECT VALUE value FROM ONLY $id",
                        variables,
                    )
                    .await?
                    .take(3)?;
                kept.ok_or_else(|| {
                    Failure::Final(StoreError::Damaged(
                        "the unsubscribe key was not kept".to_owned(),
                    ))
                })
            }
            .await;
            if let Some(settled) = turn.settle(tried).await {
                return settled;
            }
        }
    }

    /// What a secret from a letter turns off.
    ///
    /// # Errors
    /// What the database says.
    pub async fn unsubscribe(&self, secret: &Secret) -> Result<Option<Unsubscribe>, StoreError> {
        let row: Option<UnsubscribeRow> = self.one("unsubscribe", &secret.hash()).await?;
        row.map(|row| {
            let damaged = |text: &str| StoreError::Damaged(format!("«{text}» turns nothing off"));
            Ok(Unsubscribe {
                account: row.account.parse().map_err(|_| damaged(&row.account))?,
                kind: row.kind.parse().map_err(|_| damaged(&row.kind))?,
            })
        })
        .transpose()
    }
}

fn letters_of(post: &Post, now: Timestamp, random: &mut impl Rng) -> Variables {
    let letters: Vec<LetterRow> = post
        .letters
        .iter()
        .map(|letter| LetterRow::new(letter, now, random))
        .collect();
    let unsubscribes: Vec<UnsubscribeRow> =
        post.unsubscribes.iter().map(UnsubscribeRow::new).collect();
    let mut variables = variable("letters", letters);
    variables.insert("unsubscribes", unsubscribes);
    variables
}
