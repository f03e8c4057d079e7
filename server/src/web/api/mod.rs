//! The JSON API, version 1, and its description.

mod import;
mod objects;
mod search;
mod suggest;

use std::sync::Arc;

use axum::Router;
use axum::routing::get;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use utoipa_swagger_ui::{Config, SwaggerUi};

use crate::portal::Portal;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Anker",
        description = "Teaching offers, experiences, roles, anchoring strategies and recommendations of the Danish open school. \
                       Objects come in the exchange format, one JSON object each; errors are RFC 9457 problem details in the \
                       language asked for with `lang` or `Accept-Language`.",
        license(name = "MPL-2.0", identifier = "MPL-2.0")
    ),
    tags(
        (name = "find", description = "Search and suggestions"),
        (name = "read", description = "Published objects"),
        (name = "write", description = "Import; needs an administrator's token")
    ),
    modifiers(&BearerToken)
)]
struct Description;

/// Says how a token is sent.
struct BearerToken;

impl utoipa::Modify for BearerToken {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
        openapi
            .components
            .get_or_insert_with(Default::default)
            .add_security_scheme(
                "token",
                SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer)),
            );
    }
}

fn described() -> OpenApiRouter<Arc<Portal>> {
    OpenApiRouter::with_openapi(Description::openapi())
        .routes(routes!(search::search))
        .routes(routes!(suggest::suggest))
        .routes(routes!(objects::offer))
        .routes(routes!(objects::case))
        .routes(routes!(objects::organisation))
        .routes(routes!(objects::strategy))
        .routes(routes!(objects::role))
        .routes(routes!(objects::recommendation))
}

fn described_import() -> OpenApiRouter<Arc<Portal>> {
    OpenApiRouter::new().routes(routes!(import::import))
}

/// The API described (OpenAPI 3.1), made from the handlers themselves.
pub fn openapi() -> utoipa::openapi::OpenApi {
    let mut openapi = described().into_openapi();
    openapi.merge(described_import().into_openapi());
    openapi.info.version = env!("CARGO_PKG_VERSION").to_owned();
    openapi
}

/// Everything of the API that answers at once, with its documentation.
pub fn timely() -> Router<Arc<Portal>> {
    let (router, _) = described().split_for_parts();
    let documentation = SwaggerUi::new("/api/docs")
        .url("/api/v1/openapi.json", openapi())
        .config(Config::default().use_base_layout().validator_url("none"));
    router
        .route(
            "/api",
            get(async || axum::response::Redirect::to("/api/docs/")),
        )
        .merge(documentation)
}

/// The import, whose body may be long and slow.
pub fn import() -> Router<Arc<Portal>> {
    described_import().split_for_parts().0
}
