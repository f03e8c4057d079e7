//! Letters: who is told what ([`telling`]), what a message looks like on its way ([`message`]), and the job that
//! sends what the store's queue holds ([`sender`]), into files or to a mail server ([`backend`]).

mod backend;
mod digest;
mod message;
mod sender;
mod telling;
mod url;

use std::path::Path;

use anyhow::Context as _;
use lettre::Address;
use lettre::message::Mailbox;
use rand::SeedableRng as _;
use rand::rngs::StdRng;
use tokio::sync::{Notify, watch};

pub use backend::mail_directory;
pub use digest::gather_if_due;
pub use sender::{follow, send_due};
pub use url::MailUrl;

use backend::Backend;

/// The name that letters come from.
const SENDER: &str = "Anker";

/// What sends letters.
pub struct Mailer {
    backend: Backend,
    from: Mailbox,
    /// The host in the ids of messages.
    host: String,
    /// Tells the sender that there is something to send.
    news: Notify,
    stop: watch::Sender<bool>,
}

impl Mailer {
    /// What sends letters as `url` says, from the address of those who run the portal.
    ///
    /// # Errors
    /// The mail server's URL or the address is not understood.
    pub fn new(
        url: &MailUrl,
        data: &Path,
        contact_email: &str,
        public_url: &str,
    ) -> anyhow::Result<Self> {
        let host = host_of(public_url);
        let address: Address = contact_email
            .parse()
            .with_context(|| format!("letters cannot be sent from «{contact_email}»"))?;
        Ok(Self {
            backend: Backend::new(url, data, &host)?,
            from: Mailbox::new(Some(SENDER.to_owned()), address),
            host,
            news: Notify::new(),
            stop: watch::Sender::new(false),
        })
    }

    /// Tells the sender that there is something to send.
    pub fn hurry(&self) {
        self.news.notify_one();
    }

    /// Ends the sending; a letter that is just on its way is finished.
    pub fn stop(&self) {
        self.stop.send_replace(true);
    }
}

/// Random bits that may be held while the store is waited for.
pub(crate) fn random() -> StdRng {
    StdRng::from_rng(&mut rand::rng())
}

/// The host of an address, without a port.
fn host_of(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split('/').next().unwrap_or(rest);
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name.to_owned(),
        _ => host.to_owned(),
    }
}
