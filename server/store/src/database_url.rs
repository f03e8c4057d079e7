//! Where the database is, as the option `--database` says it.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::error::StoreError;

/// The namespace and the database that the portal uses on a SurrealDB server.
pub(crate) const NAMESPACE: &str = "anker";
/// See [`NAMESPACE`].
pub(crate) const DATABASE: &str = "anker";

/// Where the database is.
#[derive(Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// Embedded, in files under this directory.
    Directory(PathBuf),
    /// Embedded, gone when the program ends.
    Memory,
    /// A SurrealDB server.
    Server(ServerAddress),
}

/// A SurrealDB server and how to sign in to it.
#[derive(Clone, PartialEq, Eq)]
pub struct ServerAddress {
    /// `ws://host:port` or `wss://host:port`, without user and password.
    address: String,
    /// Root user of the server, when the URL names one.
    credentials: Option<(String, String)>,
}

impl ServerAddress {
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    pub(crate) fn credentials(&self) -> Option<(&str, &str)> {
        self.credentials
            .as_ref()
            .map(|(user, password)| (user.as_str(), password.as_str()))
    }
}

impl DatabaseUrl {
    /// Reads `surrealkv` (files in `database` under the data directory), `surrealkv://PATH`,
    /// `memory`, `ws://[USER:PASSWORD@]HOST[:PORT]` or the same with `wss://`.
    ///
    /// # Errors
    /// [`StoreError::BadUrl`] for anything else.
    pub fn parse(text: &str, data: &Path) -> Result<Self, StoreError> {
        let bad = |reason: &str| StoreError::BadUrl(reason.to_owned());
        match text {
            "surrealkv" => return Ok(Self::Directory(data.join("database"))),
            "memory" => return Ok(Self::Memory),
            _ => {}
        }
        let (scheme, rest) = text.split_once("://").ok_or_else(|| {
            bad("expected surrealkv, surrealkv://PATH, memory, ws://HOST or wss://HOST")
        })?;
        match scheme {
            "surrealkv" => {
                if rest.is_empty() || rest.contains(['?', '#']) {
                    return Err(bad("surrealkv:// takes the path of a directory"));
                }
                Ok(Self::Directory(PathBuf::from(rest)))
            }
            "ws" | "wss" => {
                let (credentials, host) = match rest.rsplit_once('@') {
                    None => (None, rest),
                    Some((userinfo, host)) => {
                        let (user, password) = userinfo
                            .split_once(':')
                            .ok_or_else(|| bad("expected USER:PASSWORD before the @"))?;
                        let user = percent_decode(user).ok_or_else(|| bad("bad % in the user"))?;
                        let password =
                            percent_decode(password).ok_or_else(|| bad("bad % in the password"))?;
                        (Some((user, password)), host)
                    }
                };
                let host = host.trim_end_matches('/');
                if host.is_empty() || host.contains(['/', '?', '#', ' ']) {
                    return Err(bad("expected HOST or HOST:PORT and nothing after it"));
                }
                Ok(Self::Server(ServerAddress {
                    address: format!("{scheme}://{host}"),
                    credentials,
                }))
            }
            _ => Err(bad("the scheme is surrealkv, ws or wss")),
        }
    }

    /// The directory of the embedded database, when it is one.
    #[must_use]
    pub fn directory(&self) -> Option<&Path> {
        match self {
            Self::Directory(path) => Some(path),
            Self::Memory | Self::Server(_) => None,
        }
    }
}

/// Passwords never reach a log: they are left out of every text form.
impl fmt::Display for DatabaseUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Directory(path) => write!(formatter, "surrealkv://{}", path.display()),
            Self::Memory => formatter.write_str("memory"),
            Self::Server(server) => formatter.write_str(&server.address),
        }
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl fmt::Debug for ServerAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.address)
    }
}

/// `None` when a `%` is not followed by two hexadecimal digits, or the result is not UTF-8.
fn percent_decode(text: &str) -> Option<String> {
    let mut decoded = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let high = char::from(bytes.next()?).to_digit(16)?;
            let low = char::from(bytes.next()?).to_digit(16)?;
            decoded.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            decoded.push(byte);
        }
    }
    String::from_utf8(decoded).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<DatabaseUrl, StoreError> {
        DatabaseUrl::parse(text, Path::new("/data"))
    }

    #[test]
    fn every_documented_form_is_read() {
        assert_eq!(
            parse("surrealkv").unwrap(),
            DatabaseUrl::Directory("/data/database".into())
        );
        assert_eq!(
            parse("surrealkv:///srv/a b").unwrap(),
            DatabaseUrl::Directory("/srv/a b".into())
        );
        assert_eq!(parse("memory").unwrap(), DatabaseUrl::Memory);
        let DatabaseUrl::Server(server) = parse("wss://root:p%40ss%3A@db.example:8000/").unwrap()
        else {
            panic!("a server");
        };
        assert_eq!(server.address(), "wss://db.example:8000");
        assert_eq!(server.credentials(), Some(("root", "p@ss:")));
        let DatabaseUrl::Server(server) = parse("ws://localhost:8000").unwrap() else {
            panic!("a server");
        };
        assert_eq!(server.credentials(), None);
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "",
            "mem",
            "surrealkv://",
            "surrealkv:///a?sync=never",
            "http://localhost",
            "ws://",
            "ws://user@host",
            "ws://u:%zz@host",
            "ws://host/path",
        ] {
            assert!(matches!(parse(text), Err(StoreError::BadUrl(_))), "{text}");
        }
    }

    #[test]
    fn the_password_is_in_no_text_form() {
        let url = parse("ws://root:secret@localhost:8000").unwrap();
        assert!(!format!("{url} {url:?}").contains("secret"));
    }
}
