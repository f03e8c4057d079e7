//! What the portal asks of a back end, one small trait a concern. `server` provides them.

use std::future::Future;

use domain::feedback::ShownFeedback;
use domain::search::{Hit, SearchQuery, SearchResults};
use domain::{Change, ContentId, Entry, Kind, Language, MunicipalityCode, Object, Slug};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::text::editorial::translate_entry;

/// The back end did not answer; the reason is for the log, not for the reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unavailable(pub String);

/// Finding: everything the index answers. Titles, summaries and labels come in the language asked for.
pub trait Find: Send + Sync {
    /// One page of results with total, facets, counts by kind, spelling help, what was understood, and where nothing
    /// was found, what to leave out.
    fn search(
        &self,
        query: &SearchQuery,
        language: Language,
    ) -> impl Future<Output = Result<SearchResults, Unavailable>> + Send;

    /// How many hits of a query lie in each municipality that has any; all of them, not only the first fifty.
    fn count_by_municipality(
        &self,
        query: &SearchQuery,
    ) -> impl Future<Output = Result<Vec<(MunicipalityCode, u64)>, Unavailable>> + Send;

    /// Objects of the kind `wanted` that are like another object, the best first, several providers rather than several
    /// from one, never the object itself.
    fn related(
        &self,
        kind: Kind,
        id: &Slug,
        wanted: Kind,
        home: Option<MunicipalityCode>,
        limit: usize,
        language: Language,
    ) -> impl Future<Output = Result<Vec<Hit>, Unavailable>> + Send;

    /// The rows of these objects as a result list shows them, in the order asked for; those not published are
    /// left out.
    fn rows(
        &self,
        kind: Kind,
        ids: &[Slug],
        home: Option<MunicipalityCode>,
        language: Language,
    ) -> impl Future<Output = Result<Vec<Hit>, Unavailable>> + Send;
}

/// Reading: published objects by their id. Where an object's texts are there in the language asked for, it comes with
/// those; otherwise in Danish.
pub trait Read: Send + Sync {
    /// One published object.
    fn read(
        &self,
        kind: Kind,
        id: &Slug,
        language: Language,
    ) -> impl Future<Output = Result<Option<Published>, Unavailable>> + Send;

    /// The published objects of a kind with these ids, in the order asked for; those that are not there are left out.
    fn read_all(
        &self,
        kind: Kind,
        ids: &[Slug],
        language: Language,
    ) -> impl Future<Output = Result<Vec<Published>, Unavailable>> + Send {
        async move {
            let mut found = Vec::with_capacity(ids.len());
            for id in ids {
                found.extend(self.read(kind, id, language).await?);
            }
            Ok(found)
        }
    }

    /// All published objects of one of the small editorial kinds (strategies, roles, recommendations), in the
    /// editors' order.
    fn editorial(
        &self,
        kind: Kind,
        language: Language,
    ) -> impl Future<Output = Result<Vec<Published>, Unavailable>> + Send;

    /// One published object of a type, in the language as far as it is translated.
    fn object<O: Object + Send>(
        &self,
        id: &Slug,
        language: Language,
    ) -> impl Future<Output = Result<Option<Published<O>>, Unavailable>> + Send {
        async move {
            let published = self.read(O::KIND, id, language).await?;
            Ok(published.and_then(|published| published.typed(language)))
        }
    }

    /// The published objects of a type with these ids; see [`Read::read_all`].
    fn objects<O: Object + Send>(
        &self,
        ids: &[Slug],
        language: Language,
    ) -> impl Future<Output = Result<Vec<O>, Unavailable>> + Send {
        async move {
            let published = self.read_all(O::KIND, ids, language).await?;
            Ok(entries(published, language))
        }
    }

    /// All published objects of an editorial type; see [`Read::editorial`].
    fn editorial_objects<O: Object + Send>(
        &self,
        language: Language,
    ) -> impl Future<Output = Result<Vec<O>, Unavailable>> + Send {
        async move {
            let published = self.editorial(O::KIND, language).await?;
            Ok(entries(published, language))
        }
    }

    /// What has changed in a published offer or case, newest first, at most `most` changes; nothing where there is only
    /// its first version.
    fn changes(
        &self,
        kind: Kind,
        id: &Slug,
        most: usize,
    ) -> impl Future<Output = Result<Vec<Change>, Unavailable>> + Send;

    /// The published objects of a kind that refer to an object: a provider's offers, the cases an organisation took
    /// part in, the recommendations that rest on a case, the offers and cases that use a strategy.
    fn referring(
        &self,
        kind: Kind,
        id: &Slug,
        from: Kind,
    ) -> impl Future<Output = Result<Vec<Slug>, Unavailable>> + Send;

    /// What is known of images and files that may be shown to everybody; those that are not there or are taken down are
    /// left out.
    fn attachments(
        &self,
        ids: &[ContentId],
    ) -> impl Future<Output = Result<Vec<Attached>, Unavailable>> + Send;

    /// What is shown of teachers' feedback on an offer; nothing where too few have agreed to it.
    fn feedback(
        &self,
        offer: &Slug,
    ) -> impl Future<Output = Result<Option<ShownFeedback>, Unavailable>> + Send;

    /// The names of organisations, for those that exist.
    fn organisation_names(
        &self,
        ids: &[Slug],
    ) -> impl Future<Output = Result<Vec<(Slug, String)>, Unavailable>> + Send;
}

/// The whole back end.
pub trait Backend: Find + Read {}

impl<B: Find + Read> Backend for B {}

/// What the portal keeps of an image or a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attached {
    /// Which.
    pub id: ContentId,
    /// The media type it is served as.
    pub media_type: String,
    /// The width and height of an image's largest version in pixels; 0 for a file.
    pub dimensions: (u32, u32),
    /// The widths an image is kept in, narrowest first; none for a file.
    pub widths: Vec<u32>,
    /// The bytes of its largest version.
    pub size: u64,
}

/// A published object with what the portal knows of its publication.
#[derive(Debug, Clone, PartialEq)]
pub struct Published<Content = Entry> {
    /// The object.
    pub entry: Content,
    /// When it was first published here.
    pub first: Timestamp,
    /// When the revision shown was written.
    pub revised: Timestamp,
    /// Whether it is sample content, to be told apart until an administrator removes it.
    pub sample: bool,
    /// The day in Denmark on which those behind it last said that it holds; nothing where it was only registered from a
    /// public source.
    pub confirmed: Option<Date>,
}

impl Published {
    /// The same as its own type, in a language as far as it is translated; nothing where it is of another type.
    fn typed<O: Object>(self, language: Language) -> Option<Published<O>> {
        Some(Published {
            entry: O::of(translate_entry(self.entry, language))?,
            first: self.first,
            revised: self.revised,
            sample: self.sample,
            confirmed: self.confirmed,
        })
    }
}

fn entries<O: Object>(published: Vec<Published>, language: Language) -> Vec<O> {
    published
        .into_iter()
        .filter_map(|published| published.typed(language))
        .map(|published| published.entry)
        .collect()
}
