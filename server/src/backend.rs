//! What the pages ask for, answered by the store and the index.

use app::backend::{Attached, Find, Published, Read, Unavailable};
use domain::feedback::{self, ShownFeedback};
use domain::search::{FacetName, FacetsWanted, Hit, PerPage, SearchQuery, SearchResults};
use domain::{
    Change, Code, ContentId, Entry, Kind, Language, MunicipalityCode, PublishedVersion, Slug,
};
use search::Viewer;
use store::{Key, Record, StoreError};

use crate::clock::in_denmark;
use crate::portal::Portal;

/// The portal as the pages see it.
pub struct PortalBackend<'portal>(pub &'portal Portal);

fn unavailable(error: StoreError) -> Unavailable {
    tracing::error!(error = %error, "the store did not answer a page");
    Unavailable(error.to_string())
}

fn published(record: &Record) -> Result<Published, Unavailable> {
    let entry = record.entry().map_err(unavailable)?;
    let source = match &entry {
        Entry::Offer(offer) => offer.source_url.is_some(),
        Entry::Case(case) => case.source_url.is_some(),
        _ => false,
    };
    // What was registered from a public source says nothing of those behind it before one of them has said something here.
    let is_said = !source || record.author.starts_with("account:");
    let confirmed = is_said.then(|| in_denmark(record.confirmed).date());
    Ok(Published {
        entry,
        confirmed,
        first: record.created,
        revised: record.updated,
        sample: record.sample,
    })
}

impl Find for PortalBackend<'_> {
    async fn search(
        &self,
        query: &SearchQuery,
        language: Language,
    ) -> Result<SearchResults, Unavailable> {
        Ok(self.0.search(query, language))
    }

    async fn count_by_municipality(
        &self,
        query: &SearchQuery,
    ) -> Result<Vec<(MunicipalityCode, u64)>, Unavailable> {
        Ok(self.0.index().by_municipality(query))
    }

    async fn related(
        &self,
        kind: Kind,
        id: &Slug,
        wanted: Kind,
        home: Option<MunicipalityCode>,
        limit: usize,
        language: Language,
    ) -> Result<Vec<Hit>, Unavailable> {
        Ok(self
            .0
            .index()
            .related(kind, id, &[wanted], limit, Viewer { language, home }))
    }

    async fn rows(
        &self,
        kind: Kind,
        ids: &[Slug],
        home: Option<MunicipalityCode>,
        language: Language,
    ) -> Result<Vec<Hit>, Unavailable> {
        let objects: Vec<(Kind, Slug)> = ids.iter().map(|id| (kind, id.clone())).collect();
        Ok(self.0.index().hits(&objects, Viewer { language, home }))
    }
}

impl Read for PortalBackend<'_> {
    async fn read(
        &self,
        kind: Kind,
        id: &Slug,
        _language: Language,
    ) -> Result<Option<Published>, Unavailable> {
        let record = self
            .0
            .store
            .get(&Key::new(kind, id.clone()))
            .await
            .map_err(unavailable)?;
        record.as_ref().map(published).transpose()
    }

    async fn read_all(
        &self,
        kind: Kind,
        ids: &[Slug],
        _language: Language,
    ) -> Result<Vec<Published>, Unavailable> {
        let keys: Vec<Key> = ids.iter().map(|id| Key::new(kind, id.clone())).collect();
        let records = self.0.store.get_many(&keys).await.map_err(unavailable)?;
        records.iter().map(published).collect()
    }

    async fn editorial(
        &self,
        kind: Kind,
        language: Language,
    ) -> Result<Vec<Published>, Unavailable> {
        let mut query = SearchQuery {
            facets: FacetsWanted::These(Vec::new()),
            per_page: PerPage::clamp(PerPage::MAX),
            ..SearchQuery::default()
        };
        query
            .filters
            .insert(FacetName::Kind, vec![kind.code().to_owned()]);
        let found = self.0.search(&query, language);
        let keys: Vec<Key> = found
            .hits
            .into_iter()
            .map(|hit| Key::new(kind, hit.id))
            .collect();
        let mut records = self.0.store.get_many(&keys).await.map_err(unavailable)?;
        records.sort_by(|left, right| {
            (left.created, left.sequence).cmp(&(right.created, right.sequence))
        });
        records.iter().map(published).collect()
    }

    async fn changes(
        &self,
        kind: Kind,
        id: &Slug,
        most: usize,
    ) -> Result<Vec<Change>, Unavailable> {
        // Twice as many as are shown: a version may differ in nothing that people read.
        let revisions = self
            .0
            .store
            .history(&Key::new(kind, id.clone()), 1 + 2 * most)
            .await
            .map_err(unavailable)?;
        let mut versions = Vec::with_capacity(revisions.len());
        for revision in revisions {
            if let Some(entry) = revision.entry().map_err(unavailable)? {
                versions.push(PublishedVersion {
                    time: revision.time,
                    entry,
                    on_advice: revision.on_advice,
                });
            }
        }
        Ok(domain::changes(&versions, most))
    }

    async fn referring(&self, kind: Kind, id: &Slug, from: Kind) -> Result<Vec<Slug>, Unavailable> {
        let referring = self.0.index().dependents(kind, id);
        Ok(referring
            .into_iter()
            .filter(|(kind, _)| *kind == from)
            .map(|(_, id)| id)
            .collect())
    }

    async fn attachments(&self, ids: &[ContentId]) -> Result<Vec<Attached>, Unavailable> {
        crate::web::attachments_up(self.0, ids).await
    }

    async fn feedback(&self, offer: &Slug) -> Result<Option<ShownFeedback>, Unavailable> {
        let given = self.0.store.feedback_shown_on(offer).await;
        Ok(feedback::shown(&given.map_err(unavailable)?))
    }

    async fn organisation_names(&self, ids: &[Slug]) -> Result<Vec<(Slug, String)>, Unavailable> {
        let keys: Vec<Key> = ids
            .iter()
            .map(|id| Key::new(Kind::Organisation, id.clone()))
            .collect();
        let records = self.0.store.get_many(&keys).await.map_err(unavailable)?;
        records
            .iter()
            .map(|record| match record.entry().map_err(unavailable)? {
                Entry::Organisation(organisation) => {
                    Ok(Some((organisation.id, organisation.name.to_string())))
                }
                _ => Ok(None),
            })
            .filter_map(Result::transpose)
            .collect()
    }
}
