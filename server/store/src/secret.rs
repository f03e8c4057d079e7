//! Secrets that open something: API tokens, one-time links, sign-in sessions.
//!
//! Only the SHA-256 of a secret is kept. That is enough for 256 random bits: unlike a password,
//! they cannot be guessed by trying.

use std::fmt::{self, Write as _};
use std::str::FromStr;

use rand::Rng;
use sha2::{Digest, Sha256};

/// 256 random bits. The text form is what its holder gets, once.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret([u8; 32]);

/// Marks our secrets, so that they are found where they do not belong.
const PREFIX: &str = "anker_";

impl Secret {
    /// A new secret.
    pub fn generate(random: &mut impl Rng) -> Self {
        let mut bits = [0; 32];
        random.fill_bytes(&mut bits);
        Self(bits)
    }

    /// The text that its holder gets. Never write it to a log.
    #[must_use]
    pub fn reveal(&self) -> String {
        format!("{PREFIX}{}", hexadecimal(&self.0))
    }

    /// Another secret that only whoever has this one can find, always the same for the same purpose.
    #[must_use]
    pub fn derived(&self, purpose: &str) -> Self {
        // Both parts have the length of a hash, so that no purpose can be the beginning of another.
        let mut hash = Sha256::new();
        hash.update(self.0);
        hash.update(Sha256::digest(purpose));
        Self(hash.finalize().into())
    }

    /// The key under which the database has what the secret opens.
    pub(crate) fn hash(&self) -> String {
        hexadecimal(&Sha256::digest(self.0))
    }
}

/// A text that is not one of our secrets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a secret of this portal")]
pub struct NotASecret;

impl FromStr for Secret {
    type Err = NotASecret;

    fn from_str(text: &str) -> Result<Self, NotASecret> {
        let digits = text.strip_prefix(PREFIX).ok_or(NotASecret)?;
        let bits = from_hexadecimal(digits).ok_or(NotASecret)?;
        bits.try_into().map(Self).map_err(|_| NotASecret)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret(…)")
    }
}

pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        let written = write!(text, "{byte:02x}");
        debug_assert!(written.is_ok(), "writing to a string cannot fail");
    }
    text
}

/// The bytes that [`hexadecimal`] wrote; `None` for any other text.
pub(crate) fn from_hexadecimal(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes();
    if !digits.len().is_multiple_of(2) {
        return None;
    }
    let digit = |byte: u8| {
        let digit = char::from(byte).to_digit(16)?;
        u8::try_from(digit).ok()
    };
    digits
        .chunks_exact(2)
        .map(|pair| Some(digit(pair[0])? << 4 | digit(pair[1])?))
        .collect()
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    use super::*;

    #[test]
    fn a_secret_is_read_back_from_its_text_and_from_nothing_else() {
        let secret = Secret::generate(&mut StdRng::seed_from_u64(1));
        let text = secret.reveal();
        assert_eq!(text.parse(), Ok(secret.clone()));
        assert_eq!(secret.hash().len(), 64);
        assert_ne!(secret, Secret::generate(&mut StdRng::seed_from_u64(2)));
        for bad in [
            "",
            "anker_",
            &text[1..],
            &text[..69],
            &text.replace('a', "æ"),
        ] {
            assert_eq!(bad.parse::<Secret>(), Err(NotASecret), "{bad}");
        }
    }

    #[test]
    fn a_secret_does_not_show_when_debugged() {
        let secret = Secret::generate(&mut StdRng::seed_from_u64(1));
        assert_eq!(format!("{secret:?}"), "Secret(…)");
    }
}
