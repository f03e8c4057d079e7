//! A draft as readers will see it: the readers' own page, over a back end that has the draft in the place of what is
//! published.

use app::backend::{Attached, Find, Published, Read, Unavailable};
use app::page::Cache;
use app::pages;
use axum::response::Response;
use domain::feedback::ShownFeedback;
use domain::search::{Hit, SearchQuery, SearchResults};
use domain::{Change, ContentId, Entry, Kind, Language, MunicipalityCode, Slug};
use store::Key;

use super::Visit;
use crate::backend::PortalBackend;

struct Preview<'portal> {
    behind: PortalBackend<'portal>,
    shown: Published,
}

impl Find for Preview<'_> {
    async fn search(
        &self,
        query: &SearchQuery,
        language: Language,
    ) -> Result<SearchResults, Unavailable> {
        self.behind.search(query, language).await
    }

    async fn count_by_municipality(
        &self,
        query: &SearchQuery,
    ) -> Result<Vec<(MunicipalityCode, u64)>, Unavailable> {
        self.behind.count_by_municipality(query).await
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
        self.behind
            .related(kind, id, wanted, home, limit, language)
            .await
    }

    async fn rows(
        &self,
        kind: Kind,
        ids: &[Slug],
        home: Option<MunicipalityCode>,
        language: Language,
    ) -> Result<Vec<Hit>, Unavailable> {
        self.behind.rows(kind, ids, home, language).await
    }
}

impl Read for Preview<'_> {
    async fn read(
        &self,
        kind: Kind,
        id: &Slug,
        language: Language,
    ) -> Result<Option<Published>, Unavailable> {
        let draft = &self.shown.entry;
        if draft.kind() == kind && draft.id() == id {
            Ok(Some(self.shown.clone()))
        } else {
            self.behind.read(kind, id, language).await
        }
    }

    async fn editorial(
        &self,
        kind: Kind,
        language: Language,
    ) -> Result<Vec<Published>, Unavailable> {
        self.behind.editorial(kind, language).await
    }

    async fn changes(&self, _: Kind, _: &Slug, _: usize) -> Result<Vec<Change>, Unavailable> {
        Ok(Vec::new())
    }

    async fn referring(&self, kind: Kind, id: &Slug, from: Kind) -> Result<Vec<Slug>, Unavailable> {
        self.behind.referring(kind, id, from).await
    }

    async fn attachments(&self, ids: &[ContentId]) -> Result<Vec<Attached>, Unavailable> {
        self.behind.attachments(ids).await
    }

    /// What was said is about what is published.
    async fn feedback(&self, _: &Slug) -> Result<Option<ShownFeedback>, Unavailable> {
        Ok(None)
    }

    async fn organisation_names(&self, ids: &[Slug]) -> Result<Vec<(Slug, String)>, Unavailable> {
        self.behind.organisation_names(ids).await
    }
}

pub async fn show(visit: &Visit<'_>, key: &Key) -> Response {
    let fields = async {
        let (manuscript, _) = visit.portal.manuscript(visit.known.actor(), key).await?;
        visit.portal.fields_of(&manuscript).await
    };
    let fields = match fields.await {
        Ok(fields) => fields,
        Err(refused) => return visit.refused(refused),
    };
    let mut entry = match fields.read(key.kind, &key.id) {
        Ok(entry) => entry,
        Err(errors) => {
            let page =
                pages::manuscript::preview_impossible(&visit.context, key.kind, &key.id, &errors);
            return visit.page(page);
        }
    };
    entry.set_updated(visit.portal.clock.today());
    let now = visit.portal.clock.now();
    let backend = Preview {
        behind: PortalBackend(visit.portal),
        shown: Published {
            entry: entry.clone(),
            first: now,
            revised: now,
            sample: false,
            confirmed: Some(visit.portal.clock.today()),
        },
    };
    let page = match entry {
        Entry::Case(_) => pages::case::page(&visit.context, &backend, &key.id).await,
        _ => pages::offer::page(&visit.context, &backend, &key.id).await,
    };
    match page {
        Ok(page) => {
            let mut page = pages::manuscript::as_preview(&visit.context, page, key.kind, &key.id);
            page.cache = Cache::None;
            visit.page(page)
        }
        Err(problem) => visit.page(app::render::problem_page(&visit.context, &problem)),
    }
}
