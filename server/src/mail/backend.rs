//! Where letters go: into files, one a letter, or to a mail server.

use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context as _;
use lettre::transport::smtp::AsyncSmtpTransportBuilder;
use lettre::transport::smtp::extension::ClientId;
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};

use super::MailUrl;

/// How long a mail server may take for each of its answers.
const PATIENCE: Duration = Duration::from_secs(30);
/// The port of mail servers that take mail from anyone they know (RFC 5321, 4.5.4.2).
const SMTP_PORT: u16 = 25;

/// Where letters go.
pub enum Backend {
    /// Each into a file of this directory.
    Files(PathBuf),
    /// To a mail server.
    Server(Box<AsyncSmtpTransport<Tokio1Executor>>),
}

/// Why a letter was not sent.
#[derive(Debug, PartialEq, Eq)]
pub struct NotSent {
    /// Why, for those who run the portal.
    pub why: String,
    /// Whether it would be the same another time.
    pub hopeless: bool,
}

/// The directory of letters under the data directory.
#[must_use]
pub fn mail_directory(data: &Path) -> PathBuf {
    data.join("mail")
}

impl Backend {
    /// What `url` says; `host` is what we call ourselves.
    ///
    /// # Errors
    /// The mail server's URL is not understood, or there are no certificates to know it by.
    pub fn new(url: &MailUrl, data: &Path, host: &str) -> anyhow::Result<Self> {
        Ok(match url {
            MailUrl::File => Self::Files(mail_directory(data)),
            MailUrl::Smtp(url) => {
                let builder = server(url, host)
                    .context("--mail (ANKER_MAIL): the mail server's address is not understood")?;
                Self::Server(Box::new(builder.timeout(Some(PATIENCE)).build()))
            }
        })
    }

    /// Sends a message. `name` names it among files.
    ///
    /// # Errors
    /// Why it was not sent.
    pub async fn send(&self, message: &Message, name: &str) -> Result<(), NotSent> {
        match self {
            Self::Files(directory) => {
                let (directory, name) = (directory.clone(), name.to_owned());
                let bytes = message.formatted();
                tokio::task::spawn_blocking(move || write_file(&directory, &name, &bytes))
                    .await
                    .map_err(std::io::Error::other)
                    .flatten()
                    .map_err(|error| NotSent {
                        why: format!("the file could not be written: {error}"),
                        hopeless: false,
                    })
            }
            Self::Server(transport) => {
                let sent = transport.send(message.clone()).await;
                sent.map(drop).map_err(|error| NotSent {
                    hopeless: error
                        .status()
                        .is_some_and(|code| is_hopeless(&code.to_string())),
                    why: causes(&error),
                })
            }
        }
    }
}

/// Only whoever runs the portal may read what is in a letter, and nobody ever sees half of one.
fn write_file(directory: &Path, name: &str, bytes: &[u8]) -> std::io::Result<()> {
    std::fs::create_dir_all(directory)?;
    let unfinished = directory.join(format!("{name}.part"));
    let mut file = std::fs::File::options()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&unfinished)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(&unfinished, directory.join(name))?;
    std::fs::File::open(directory)?.sync_all()
}

/// The answers that say there is no such mailbox (RFC 5321, 4.2.3). Others, such as a refused password,
/// may be different once those who run the portal or the server have looked at it.
fn is_hopeless(status: &str) -> bool {
    matches!(status, "550" | "551" | "553")
}

fn causes(error: &dyn std::error::Error) -> String {
    let mut said = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let cause_says = cause.to_string();
        if !said.contains(&cause_says) {
            said.push_str(": ");
            said.push_str(&cause_says);
        }
        source = cause.source();
    }
    said
}

/// With `smtp://` a connection is encrypted where the server offers it (STARTTLS, RFC 3207). A password is
/// never sent unencrypted unless `?tls=opportunistic` in the URL allows it.
fn server(
    url: &str,
    host: &str,
) -> Result<AsyncSmtpTransportBuilder, lettre::transport::smtp::Error> {
    let plain = url
        .strip_prefix("smtp://")
        .filter(|rest| !rest.contains("tls="));
    let mut builder = match plain {
        None => AsyncSmtpTransport::<Tokio1Executor>::from_url(url)?,
        Some(rest) => {
            let authority = rest.split(['/', '?']).next().unwrap_or(rest);
            let (with_password, server) = match authority.rsplit_once('@') {
                Some((_, server)) => (true, server),
                None => (false, authority),
            };
            let has_port = server.rsplit_once(':').is_some_and(|(_, port)| {
                !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit())
            });
            let tls = if with_password {
                "required"
            } else {
                "opportunistic"
            };
            let mark = if rest.contains('?') { '&' } else { '?' };
            let url = format!("{url}{mark}tls={tls}");
            let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(&url)?;
            if with_password || has_port {
                builder
            } else {
                builder.port(SMTP_PORT)
            }
        }
    };
    // Servers want a name, and an address is none.
    if host.contains(|letter: char| letter.is_ascii_alphabetic()) && !host.contains(':') {
        builder = builder.hello_name(ClientId::Domain(host.to_owned()));
    }
    Ok(builder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_mailbox_that_is_not_there_is_hopeless() {
        assert!(is_hopeless("550") && is_hopeless("553"));
        assert!(!is_hopeless("535") && !is_hopeless("421") && !is_hopeless("554"));
    }

    #[test]
    fn a_file_is_there_whole_or_not_at_all_and_for_its_owner_alone() {
        use std::os::unix::fs::PermissionsExt as _;
        let data = tempfile::tempdir().unwrap();
        let directory = mail_directory(data.path());
        write_file(&directory, "a.eml", b"one").unwrap();
        write_file(&directory, "a.eml", b"two").unwrap();
        let names: Vec<_> = std::fs::read_dir(&directory)
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        assert_eq!(names, ["a.eml"]);
        let path = directory.join("a.eml");
        assert_eq!(std::fs::read(&path).unwrap(), b"two");
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
