//! The portal as one thing: the store, the index, the built site, the time.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;
use app::routes::Service;
use domain::search::{SearchQuery, SearchResults, Suggestion};
use domain::{Kind, Language, PhoneNumber, Slug};
use search::SearchIndex;
use store::{DatabaseUrl, Store};

use crate::attempts::Attempts;
use crate::clock::Clock;
use crate::indexing::Indexer;
use crate::links::{LinkChecks, Visitor};
use crate::mail::{MailUrl, Mailer};
use crate::openid::{OpenId, OpenIdSettings};
use crate::password::Passwords;
use crate::picture::Workshop;
use crate::web::{AttachmentBounds, FailedSignIns, FeedbackBounds, LinkRequests};

/// What a portal is told from outside.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The data directory.
    pub data: PathBuf,
    /// Where the database is.
    pub database: DatabaseUrl,
    /// The address people use, without a trailing slash.
    pub public_url: String,
    /// How letters are sent.
    pub mail: MailUrl,
    /// Where to write about the portal, and where letters come from.
    pub contact_email: String,
    /// What hashing a password costs.
    pub password_cost: argon2::Params,
    /// Where to call about the portal, if anybody answers there.
    pub contact_phone: Option<PhoneNumber>,
    /// The issuer whose accounts sign in too.
    pub openid: Option<OpenIdSettings>,
    /// A folder with the built site, instead of the one inside the program or in `target/site`.
    pub site: Option<PathBuf>,
}

/// How long the store may take to answer whether it is there.
const READINESS: std::time::Duration = std::time::Duration::from_secs(2);

/// The running portal.
pub struct Portal {
    /// What is kept.
    pub store: Store,
    /// The built files.
    pub site: bundle::Site,
    /// What pages know of the site.
    pub described: Arc<app::context::Site>,
    /// The time.
    pub clock: Clock,
    /// The index and what keeps it up to date.
    pub indexer: Indexer,
    /// Hashes passwords.
    pub passwords: Passwords,
    /// The issuer whose accounts sign in too.
    pub openid: Option<OpenId>,
    /// The sign-ins that failed of late.
    pub failed_sign_ins: FailedSignIns,
    /// Takes uploads.
    pub workshop: Workshop,
    /// How often things were uploaded and reported of late.
    pub attachment_bounds: AttachmentBounds,
    /// How often feedback was given and reported of late.
    pub feedback_bounds: FeedbackBounds,
    /// The organisations that people have made of late.
    pub organisations_made: Attempts<Slug>,
    /// The links by letter that were asked for of late.
    pub link_requests: LinkRequests,
    /// Sends letters.
    pub mailer: Mailer,
    /// Visits the web addresses that content links to.
    pub visitor: Visitor,
    /// How often people have had links looked at of late.
    pub link_checks: LinkChecks,
}

/// So many organisations one person makes within an hour.
const ORGANISATIONS_AN_HOUR: u32 = 20;

/// The index's directory under the data directory.
#[must_use]
pub fn index_directory(data: &Path) -> PathBuf {
    data.join("index")
}

impl Portal {
    /// Opens the store and the index. An index that cannot be opened is begun anew; the indexer
    /// fills it while the portal already answers.
    ///
    /// # Errors
    /// The store cannot be opened, the index's directory cannot be written, or there is no site.
    pub async fn open(settings: &Settings, clock: Clock) -> anyhow::Result<Portal> {
        let site = bundle::Site::find(settings.site.as_deref()).context(
            "the built pages are missing; build them with `make site`, or say where they are in ANKER_SITE",
        )?;
        let mailer = Mailer::new(
            &settings.mail,
            &settings.data,
            &settings.contact_email,
            &settings.public_url,
        )?;
        let store = Store::open(&settings.database, clock.now()).await?;
        let directory = index_directory(&settings.data);
        let indexer = Indexer::open(store.clone(), &directory)?;
        let addresses = site
            .addresses()
            .map(|(name, address)| (name.to_owned(), address.to_owned()));
        let described = app::context::Site {
            public_url: settings.public_url.clone(),
            contact_email: settings.contact_email.clone(),
            contact_phone: settings.contact_phone.clone(),
            assets: app::context::Assets::new(addresses),
        };
        Ok(Portal {
            store,
            site,
            described: Arc::new(described),
            clock,
            indexer,
            passwords: Passwords::new(settings.password_cost.clone())?,
            openid: settings
                .openid
                .clone()
                .map(|openid| OpenId::new(openid, &settings.public_url, Service::OpenId.path()))
                .transpose()?,
            failed_sign_ins: FailedSignIns::default(),
            workshop: Workshop::default(),
            attachment_bounds: AttachmentBounds::default(),
            feedback_bounds: FeedbackBounds::default(),
            organisations_made: Attempts::new(
                ORGANISATIONS_AN_HOUR,
                jiff::SignedDuration::from_hours(1),
            ),
            link_requests: LinkRequests::default(),
            mailer,
            visitor: Visitor::new(&settings.public_url, &settings.contact_email),
            link_checks: LinkChecks::default(),
        })
    }

    /// The address people use, without a trailing slash.
    #[must_use]
    pub fn public_url(&self) -> &str {
        &self.described.public_url
    }

    /// Whether people use the portal over https.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.public_url().starts_with("https://")
    }

    /// The index as it is now, told which day it is.
    #[must_use]
    pub fn index(&self) -> Arc<SearchIndex> {
        let index = self.indexer.index();
        index.tell_day(self.clock.today());
        index
    }

    /// Searches.
    #[must_use]
    pub fn search(&self, query: &SearchQuery, language: Language) -> SearchResults {
        self.index().search(query, language)
    }

    /// Suggests while typing: words, and objects of these kinds, or of any where none is named.
    #[must_use]
    pub fn suggest(&self, typed: &str, kinds: &[Kind], language: Language) -> Vec<Suggestion> {
        self.index().suggest(typed, kinds, 10, language)
    }

    /// Whether the store is reached and the index has caught up.
    ///
    /// # Errors
    /// Why not, in a few words for the operator.
    pub async fn readiness(&self) -> Result<(), String> {
        let silent = || "the store does not answer".to_owned();
        tokio::time::timeout(READINESS, self.store.ping())
            .await
            .map_err(|_| silent())?
            .map_err(|error| {
                tracing::warn!(error = %error, "the store does not answer");
                silent()
            })?;
        let last = *self.store.watch().borrow();
        let position = self.index().position();
        if self.indexer.is_rebuilding() {
            Err("the index is being rebuilt".to_owned())
        } else if position < last {
            Err(format!("the index is behind: at {position} of {last}"))
        } else {
            Ok(())
        }
    }

    /// Sets the gauges that are read, not counted.
    pub fn record_gauges(&self) {
        // Sequence numbers are far below where a float would round them.
        #[expect(
            clippy::cast_precision_loss,
            reason = "2^53 revisions are never reached"
        )]
        let as_float = |number: u64| number as f64;
        metrics::gauge!("anker_store_sequence").set(as_float(*self.store.watch().borrow()));
        metrics::gauge!("anker_index_sequence").set(as_float(self.index().position()));
        metrics::gauge!("anker_index_documents").set(as_float(self.index().len()));
    }

    /// Lets go of everything, so that another process can open it.
    ///
    /// # Errors
    /// What the store says.
    pub async fn close(&self) -> anyhow::Result<()> {
        self.indexer.stop();
        self.mailer.stop();
        self.store.close().await?;
        Ok(())
    }
}
