//! `GET /api/v1/{offers,cases,…}/{id}`: a published object in the exchange format.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::Response;
use domain::{Kind, Slug};
use store::Key;

use crate::portal::Portal;
use crate::web::caching::{self, Policy};
use crate::web::problem::{self, Explanation, ProblemDetails};

async fn object(portal: &Portal, kind: Kind, id: &str, uri: &Uri, headers: &HeaderMap) -> Response {
    let language = problem::language(uri, headers);
    let Ok(id) = id.parse::<Slug>() else {
        return problem::response(language, StatusCode::NOT_FOUND, Explanation::BadIdentifier);
    };
    match portal.store.get(&Key::new(kind, id)).await {
        Ok(Some(record)) => caching::answer(
            headers,
            StatusCode::OK,
            Policy::Public,
            "application/json",
            record.content,
        ),
        Ok(None) => problem::response(language, StatusCode::NOT_FOUND, Explanation::NotFound),
        Err(error) => {
            tracing::error!(error = %error, "an object could not be read");
            problem::response(
                language,
                StatusCode::SERVICE_UNAVAILABLE,
                Explanation::Unavailable,
            )
        }
    }
}

macro_rules! object_handler {
    ($(#[$documentation:meta])* $name:ident, $kind:expr, $path:literal) => {
        $(#[$documentation])*
        #[utoipa::path(
            get,
            path = $path,
            tag = "read",
            params(("id" = String, Path, description = "The object's id or code")),
            responses(
                (status = 200, description = "The object in the exchange format", body = Object),
                (status = 404, description = "Nothing is published under this id", body = ProblemDetails, content_type = "application/problem+json")
            )
        )]
        pub async fn $name(
            State(portal): State<Arc<Portal>>,
            Path(id): Path<String>,
            uri: Uri,
            headers: HeaderMap,
        ) -> Response {
            object(&portal, $kind, &id, &uri, &headers).await
        }
    };
}

object_handler!(
    /// A teaching offer.
    offer, Kind::Offer, "/api/v1/offers/{id}"
);
object_handler!(
    /// A case.
    case, Kind::Case, "/api/v1/cases/{id}"
);
object_handler!(
    /// An organisation.
    organisation, Kind::Organisation, "/api/v1/organisations/{id}"
);
object_handler!(
    /// An anchoring strategy.
    strategy, Kind::Strategy, "/api/v1/strategies/{id}"
);
object_handler!(
    /// A role.
    role, Kind::Role, "/api/v1/roles/{id}"
);
object_handler!(
    /// A recommendation.
    recommendation, Kind::Recommendation, "/api/v1/recommendations/{id}"
);
