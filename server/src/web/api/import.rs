//! `POST /api/v1/import`.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use domain::permission::{Actor, Refusal};
use futures::{Stream, StreamExt as _, stream};

use crate::exchange::import::{Importer, StreamLimits, WaitingLimits, import_stream};
use crate::portal::Portal;
use crate::web::problem::{self, Explanation, ProblemDetails};
use crate::web::session;

/// How long the sender may be silent in the middle of a transfer.
const SILENCE: Duration = Duration::from_secs(60);

/// Create and update objects.
///
/// The body is JSON Lines in the exchange format. The answer is JSON Lines, too, sent while the body is read: a line for each line,
/// once what became of it is on disk, and one at the end. A bad line stops nothing else.
#[utoipa::path(
    post,
    path = "/api/v1/import",
    tag = "write",
    security(("token" = [])),
    params(("lang" = Option<String>, Query, description = "da or en: the language of the reasons")),
    request_body(content = String, content_type = "application/x-ndjson", description = "One object of the exchange format a line"),
    responses(
        (status = 200, description = "`{\"line\",\"type\",\"id\",\"outcome\":\"created|updated|unchanged|refused\",\"field\",\"reason\"}` a line, and at the end `{\"done\":true,\"created\",\"updated\",\"unchanged\",\"refused\"}`", body = String, content_type = "application/x-ndjson"),
        (status = 401, description = "No token, or one that is not valid", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 403, description = "The token does not allow it", body = ProblemDetails, content_type = "application/problem+json")
    )
)]
pub async fn import(
    State(portal): State<Arc<Portal>>,
    uri: Uri,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let language = problem::language(&uri, &headers);
    let (actor, author) = match session::token_bearer(&portal, &headers).await {
        Ok(Some(bearer)) => bearer,
        Ok(None) => (Actor::Anonymous, store::Author::Portal),
        Err(error) => return session::unavailable(&uri, &headers, &error),
    };
    let importer = Importer::new(
        portal.store.clone(),
        actor,
        author,
        portal.clock,
        WaitingLimits::TRANSFER,
    );
    let importer = match importer {
        Ok(importer) => importer,
        Err(Refusal::SignInFirst) => {
            return problem::response(language, StatusCode::UNAUTHORIZED, Explanation::SignInFirst);
        }
        Err(_) => {
            return problem::response(language, StatusCode::FORBIDDEN, Explanation::NotAllowed);
        }
    };
    let answers =
        import_stream(importer, timely(body), StreamLimits::default()).map(move |answer| {
            Ok::<_, Infallible>(Bytes::from(format!("{}\n", answer.to_json(language))))
        });
    let headers = [
        (CONTENT_TYPE, "application/x-ndjson"),
        (CACHE_CONTROL, "no-store"),
    ];
    // What compresses an answer asks once more after its end.
    (headers, Body::from_stream(answers.fuse())).into_response()
}

/// The transfer did not go on.
struct BrokenOff;

/// The body's pieces; a sender that is silent for too long has broken off.
fn timely(body: Body) -> impl Stream<Item = Result<Bytes, BrokenOff>> + Send + 'static {
    stream::unfold(Some(body.into_data_stream()), async |pieces| {
        let mut pieces = pieces?;
        match tokio::time::timeout(SILENCE, pieces.next()).await {
            Ok(Some(Ok(piece))) => Some((Ok(piece), Some(pieces))),
            Ok(None) => None,
            Ok(Some(Err(_))) | Err(_) => Some((Err(BrokenOff), None)),
        }
    })
}
