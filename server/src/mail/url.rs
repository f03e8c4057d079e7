//! How letters are sent, as `--mail` says it.

use std::fmt;
use std::str::FromStr;

/// How letters are sent.
#[derive(Clone, PartialEq, Eq)]
pub enum MailUrl {
    /// Each letter a file under the data directory.
    File,
    /// By the mail server at this URL.
    Smtp(String),
}

impl FromStr for MailUrl {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let server = text
            .strip_prefix("smtp://")
            .or_else(|| text.strip_prefix("smtps://"));
        let host = server.map(|rest| rest.rsplit_once('@').map_or(rest, |(_, host)| host));
        match host {
            _ if text == "file" => Ok(Self::File),
            Some(host) if !host.is_empty() && !host.contains(char::is_whitespace) => {
                Ok(Self::Smtp(text.to_owned()))
            }
            _ => Err("skriv file, smtp://… eller smtps://…".to_owned()),
        }
    }
}

/// Passwords never reach a log: they are left out.
impl fmt::Debug for MailUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File => formatter.write_str("file"),
            Self::Smtp(url) => {
                let scheme = url.split("://").next().unwrap_or_default();
                let host = url.rsplit(['@', '/']).next().unwrap_or_default();
                write!(formatter, "{scheme}://{host}")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_documented_form_is_read_and_others_are_not() {
        assert_eq!("file".parse::<MailUrl>(), Ok(MailUrl::File));
        for good in ["smtp://localhost:25", "smtps://user:secret@mail.example"] {
            assert!(good.parse::<MailUrl>().is_ok(), "{good}");
        }
        for bad in ["", "files", "http://mail", "smtp://", "smtps://a b"] {
            assert!(bad.parse::<MailUrl>().is_err(), "{bad}");
        }
        let url: MailUrl = "smtps://user:secret@mail.example".parse().unwrap();
        assert_eq!(format!("{url:?}"), "smtps://mail.example");
    }
}
