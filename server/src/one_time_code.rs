//! One-time codes of an app on a phone (RFC 6238): SHA-1, six digits, a new one every 30 seconds, which is what every app
//! understands.

use anyhow::Context as _;
use app::pages::second_factor::QrCode;
use jiff::Timestamp;
use rand::Rng;
use store::{RecoveryCode, SharedSecret};
use totp_rs::{Algorithm, Builder, Secret};

/// So many recovery codes come with a second factor.
const RECOVERY_CODES: usize = 10;
/// What an app calls the portal.
const ISSUER: &str = "Anker";

fn builder(secret: &SharedSecret) -> Builder {
    Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_digits(6)
        .with_step_duration(30)
        // A phone's clock may be a step behind or before (RFC 6238, 5.2).
        .with_skew(1)
        .with_secret(Secret::new_stack(secret.bytes()))
}

/// The time step whose code this is, where it is that of now, the step before or the one after. Whether it was used
/// before is for the store to say. Spaces do not count.
///
/// # Errors
/// The library refuses its own settings.
pub fn step_of(secret: &SharedSecret, typed: &str, now: Timestamp) -> anyhow::Result<Option<u64>> {
    let codes = builder(secret).with_account_name(ISSUER).build();
    let codes = codes.map_err(unusable)?;
    let digits: String = typed
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .collect();
    let Ok(seconds) = u64::try_from(now.as_second()) else {
        return Ok(None);
    };
    Ok(codes.check(&digits, seconds))
}

/// The secret for typing into an app: base 32 in groups of four.
#[must_use]
pub fn typed_key(secret: &SharedSecret) -> String {
    let key = Secret::new_stack(secret.bytes()).to_base32();
    let letters: Vec<char> = key.chars().collect();
    let groups: Vec<String> = letters
        .chunks(4)
        .map(|group| group.iter().collect())
        .collect();
    groups.join(" ")
}

/// The `otpauth:` address that an app reads, with what it is to call the account.
///
/// # Errors
/// The library refuses the account's name.
pub fn address(secret: &SharedSecret, account: &str) -> anyhow::Result<String> {
    // A colon would end the issuer's name.
    let account = account.replace(':', " ");
    let codes = builder(secret)
        .with_issuer(Some(ISSUER))
        .with_account_name(account)
        .build();
    codes.and_then(|codes| codes.to_url()).map_err(unusable)
}

/// An address as a picture that a phone reads.
///
/// # Errors
/// It is too long for one.
pub fn picture(address: &str) -> anyhow::Result<QrCode> {
    let code = qrcode::QrCode::new(address).context("an address is too long for a QR code")?;
    let width = code.width();
    let mut dark = String::new();
    for (row, colors) in code.to_colors().chunks(width).enumerate() {
        for (column, color) in colors.iter().enumerate() {
            if *color == qrcode::Color::Dark {
                dark.push_str(&format!("M{column} {row}h1v1h-1z"));
            }
        }
    }
    Ok(QrCode { width, dark })
}

/// New recovery codes.
pub fn recovery_codes(random: &mut impl Rng) -> Vec<RecoveryCode> {
    (0..RECOVERY_CODES)
        .map(|_| RecoveryCode::generate(random))
        .collect()
}

fn unusable(error: totp_rs::TotpError) -> anyhow::Error {
    anyhow::anyhow!("one-time codes cannot be computed: {error}")
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng as _;
    use rand::rngs::StdRng;

    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn secret() -> SharedSecret {
        SharedSecret::generate(&mut StdRng::seed_from_u64(4))
    }

    fn code_at(secret: &SharedSecret, moment: Timestamp) -> String {
        let codes = builder(secret).with_account_name(ISSUER).build().unwrap();
        codes
            .generate(u64::try_from(moment.as_second()).unwrap())
            .to_string()
    }

    #[test]
    fn a_code_is_known_a_step_before_and_after_and_no_longer() {
        let secret = secret();
        let code = code_at(&secret, at(1_800_000_000));
        assert_eq!(code.len(), 6);
        let spaced = format!(" {} {}", &code[..3], &code[3..]);
        let step = Some(1_800_000_000 / 30);
        for second in [-30, 0, 29, 59] {
            let now = at(1_800_000_000 + second);
            assert_eq!(step_of(&secret, &spaced, now).unwrap(), step, "{second}");
        }
        for second in [-31, 60] {
            let now = at(1_800_000_000 + second);
            assert_eq!(step_of(&secret, &code, now).unwrap(), None, "{second}");
        }
        for bad in ["", "12345", "1234567", "æøåæøå", "+12345"] {
            assert_eq!(
                step_of(&secret, bad, at(1_800_000_000)).unwrap(),
                None,
                "{bad}"
            );
        }
    }

    #[test]
    fn an_app_is_told_all_it_needs() {
        let secret = secret();
        let key = typed_key(&secret);
        assert_eq!(key.len(), 39, "{key}");
        let address = address(&secret, "inge@museet.example").unwrap();
        let told = totp_rs::Totp::from_url(&address).unwrap();
        assert_eq!(told.secret().to_base32(), key.replace(' ', ""));
        assert_eq!(told.issuer(), Some("Anker"));
        assert_eq!(told.account_name(), "inge@museet.example");
        assert_eq!(
            (told.digits(), told.step(), told.algorithm()),
            (6, 30, Algorithm::SHA1)
        );
        let picture = picture(&address).unwrap();
        // The three finder patterns begin in the corners.
        assert!(picture.dark.starts_with("M0 0h1v1h-1z"));
        assert!(picture.width >= 21);
    }
}
