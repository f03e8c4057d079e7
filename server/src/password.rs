//! Passwords: which are good enough, and how they are kept.
//!
//! Length counts, not composition, and what many people use is refused, as NIST SP 800-63B, 3.1.1 advises. They are kept as
//! argon2id hashes with the parameters that the library and OWASP's password storage cheat sheet name: 19 MiB, two passes.

use std::sync::Arc;

use argon2::password_hash::{PasswordHash, PasswordHasher as _, PasswordVerifier as _, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use rand::Rng;
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization as _;

/// The fewest characters of a password.
pub const SHORTEST: usize = 12;
/// The most characters of a password: more than anyone types, and few enough to hash.
pub const LONGEST: usize = 128;
/// So many passwords are hashed at once, each with 19 MiB of memory; the others wait.
const AT_ONCE: usize = 2;
/// How hard a password must be to guess, from 0 to 4; see the zxcvbn paper (Wheeler, USENIX Security 2016).
const STRONG_ENOUGH: zxcvbn::Score = zxcvbn::Score::Three;
/// So many letters and digits must be left of a password without the words a guesser begins with.
const LEAST_UNKNOWN: usize = 6;
/// What people here put into passwords.
const LOCAL_WORDS: [&str; 14] = [
    "anker",
    "adgangskode",
    "kodeord",
    "danmark",
    "skole",
    "skolen",
    "folkeskole",
    "museum",
    "kommune",
    "lærer",
    "velkommen",
    "sommer",
    "vinter",
    "hemmelig",
];

/// A password as typed, in one spelling whatever the keyboard composes å of. It is never written anywhere.
#[derive(Clone)]
pub struct Password(String);

impl std::fmt::Debug for Password {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Password(…)")
    }
}

/// Why a password is not good enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weakness {
    /// It has fewer than [`SHORTEST`] characters.
    TooShort,
    /// It has more than [`LONGEST`].
    TooLong,
    /// Many people use it or one like it, or it is made of the person's own name.
    Guessable,
}

impl Password {
    /// What was typed into a sign-in form. Nothing is judged: whoever has the account may have an older password.
    #[must_use]
    pub fn typed(text: &str) -> Self {
        Self(text.chars().take(LONGEST + 1).nfkc().collect())
    }

    /// A new password for someone who is known by these words: name, e-mail address.
    ///
    /// # Errors
    /// Why it is not good enough.
    pub fn chosen(text: &str, known_by: &[&str]) -> Result<Self, Weakness> {
        let password = Self::typed(text);
        let length = password.0.chars().count();
        if length < SHORTEST {
            return Err(Weakness::TooShort);
        }
        if length > LONGEST {
            return Err(Weakness::TooLong);
        }
        let known_by = known_by.join(" ").to_lowercase();
        let words: Vec<&str> = known_by
            .split(|letter: char| !letter.is_alphanumeric())
            .filter(|word| word.chars().count() > 2)
            .chain(LOCAL_WORDS)
            .collect();
        // Several known words in a row count as hard to guess there, so they are taken out as well.
        let unknown = words.iter().fold(password.0.to_lowercase(), |rest, word| {
            rest.replace(word, "")
        });
        let unknown = unknown.chars().filter(|letter| letter.is_alphanumeric());
        if unknown.count() < LEAST_UNKNOWN
            || zxcvbn::zxcvbn(&password.0, &words).score() < STRONG_ENOUGH
        {
            return Err(Weakness::Guessable);
        }
        Ok(password)
    }
}

/// Hashes passwords and compares them, a few at a time.
pub struct Passwords {
    argon: Argon2<'static>,
    places: Arc<Semaphore>,
    /// The hash of something nobody knows, compared with where there is no account, so that it takes as long.
    nobody: String,
}

impl Passwords {
    /// With what hashing costs: [`Params::DEFAULT`] for people, less for tests.
    ///
    /// # Errors
    /// The parameters do not go together.
    pub fn new(cost: Params) -> anyhow::Result<Self> {
        let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, cost);
        let mut random = rand::rng();
        let mut unknown = [0; 32];
        random.fill_bytes(&mut unknown);
        let nobody = hash_with(&argon, &unknown, &salt(&mut random)?)?;
        Ok(Self {
            argon,
            places: Arc::new(Semaphore::new(AT_ONCE)),
            nobody,
        })
    }

    /// The hash to keep of a password, with a salt of its own: a PHC string.
    ///
    /// # Errors
    /// There is no memory for it.
    pub async fn hash(&self, password: Password) -> anyhow::Result<String> {
        let salt = salt(&mut rand::rng())?;
        let argon = self.argon.clone();
        self.in_turn(move || hash_with(&argon, password.0.as_bytes(), &salt))
            .await?
    }

    /// Whether a password is the one that was hashed. Where there is no hash it takes as long to say no.
    ///
    /// # Errors
    /// There is no memory for it.
    pub async fn matches(&self, password: Password, kept: Option<String>) -> anyhow::Result<bool> {
        let known = kept.is_some();
        let kept = kept.unwrap_or_else(|| self.nobody.clone());
        let argon = self.argon.clone();
        let same = self
            .in_turn(move || {
                let hash = PasswordHash::new(&kept).map_err(unhashable)?;
                anyhow::Ok(argon.verify_password(password.0.as_bytes(), &hash).is_ok())
            })
            .await??;
        Ok(known && same)
    }

    async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> anyhow::Result<T> {
        let place = Arc::clone(&self.places).acquire_owned().await?;
        let done = tokio::task::spawn_blocking(move || {
            let done = work();
            drop(place);
            done
        });
        Ok(done.await?)
    }
}

fn hash_with(argon: &Argon2<'_>, bytes: &[u8], salt: &SaltString) -> anyhow::Result<String> {
    let hash = argon.hash_password(bytes, salt).map_err(unhashable)?;
    Ok(hash.to_string())
}

fn salt(random: &mut impl Rng) -> anyhow::Result<SaltString> {
    let mut bytes = [0; 16];
    random.fill_bytes(&mut bytes);
    SaltString::encode_b64(&bytes).map_err(unhashable)
}

fn unhashable(error: argon2::password_hash::Error) -> anyhow::Error {
    anyhow::anyhow!("a password could not be hashed: {error}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cheap() -> Params {
        Params::new(Params::MIN_M_COST, 1, 1, None).unwrap()
    }

    #[test]
    fn length_counts_and_what_is_easily_guessed_is_refused() {
        let chosen = |text: &str| {
            Password::chosen(text, &["Inge Madsen", "inge.madsen@museet.example"]).map(drop)
        };
        assert_eq!(chosen("kort"), Err(Weakness::TooShort));
        assert_eq!(chosen(&"æ".repeat(129)), Err(Weakness::TooLong));
        for guessable in [
            "passwordpassword",
            "123456789012",
            "qwertyuiop12",
            "IngeMadsenInge",
            "Inge-Madsen-2026",
            "MuseumSommer26",
            "aaaaaaaaaaaaaaaa",
            "Adgangskode123",
        ] {
            assert_eq!(chosen(guessable), Err(Weakness::Guessable), "{guessable}");
        }
        for good in [
            "blå hest under bordet",
            "vandhullet har tre frøer",
            "kraftig-rulle-sten-79",
        ] {
            assert_eq!(chosen(good), Ok(()), "{good}");
        }
    }

    #[test]
    fn a_password_does_not_show_when_debugged() {
        assert_eq!(format!("{:?}", Password::typed("hemmeligt")), "Password(…)");
    }

    #[tokio::test]
    async fn a_password_matches_its_own_hash_and_no_other() {
        let passwords = Passwords::new(cheap()).unwrap();
        let kept = passwords
            .hash(Password::typed("blå hest under bordet"))
            .await
            .unwrap();
        assert!(kept.starts_with("$argon2id$"), "{kept}");
        // Composed and decomposed å are one letter.
        for (typed, same) in [
            ("blå hest under bordet", true),
            ("bla\u{30a} hest under bordet", true),
            ("bla hest under bordet", false),
            ("", false),
        ] {
            let matches = passwords
                .matches(Password::typed(typed), Some(kept.clone()))
                .await
                .unwrap();
            assert_eq!(matches, same, "{typed}");
        }
        let nobody = passwords.matches(Password::typed("blå hest"), None).await;
        assert!(!nobody.unwrap());
    }
}
