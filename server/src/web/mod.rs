//! HTTP. This file is the table of contents: every address the program answers, and the layers
//! that all answers pass through.

mod account;
mod address;
mod administration;
mod api;
mod assets;
mod attachments;
mod audit_log;
mod caching;
mod choices;
mod confirming;
mod desk;
mod feedback;
mod feeds;
mod health;
mod invitation;
mod letters;
mod machines;
mod mail_queue;
mod openid;
mod own_data;
mod pages;
mod problem;
mod request_log;
mod second_factor;
mod security;
mod serving;
mod session;
mod sign_in;
mod sign_in_link;

use std::sync::Arc;
use std::time::Duration;

use app::routes::Service;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::handler::Handler;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate as _};
use tower_http::compression::{CompressionLayer, CompressionLevel};
use tower_http::timeout::TimeoutLayer;

pub use api::openapi;
pub use attachments::{AttachmentBounds, up as attachments_up};
pub use feedback::FeedbackBounds;
pub use health::install_metrics;
pub use invitation::invitation_address;
pub use serving::serve;
pub(crate) use session::person;
pub use sign_in::{FailedSignIns, sign_in_address};
pub use sign_in_link::LinkRequests;

use crate::portal::Portal;

/// The most bytes of a form or another small body.
const FORM_LIMIT: usize = 64 * 1024;
/// How long an answer may take to begin. Imports have their own clock.
const ANSWER_TIME: Duration = Duration::from_secs(30);

/// How long an upload may take: 20 MB over a line of two megabits a second.
const UPLOAD_TIME: Duration = Duration::from_secs(120);

/// One's own work. Its forms hold whole texts.
fn desk_routes() -> Router<Arc<Portal>> {
    let answer = || get(desk::show).post(desk::send.layer(DefaultBodyLimit::max(desk::FORM_LIMIT)));
    let spreadsheet = || {
        get(desk::show).post(desk::spreadsheet::send.layer(DefaultBodyLimit::max(desk::FORM_LIMIT)))
    };
    Router::new()
        .route("/mit-arbejde", answer())
        .route("/mit-arbejde/regneark", spreadsheet())
        .route("/en/mit-arbejde/regneark", spreadsheet())
        .route("/mit-arbejde/{*rest}", answer())
        .route("/en/mit-arbejde", answer())
        .route("/en/mit-arbejde/{*rest}", answer())
}

/// Teachers' feedback on offers.
fn feedback_routes() -> Router<Arc<Portal>> {
    let give = || get(feedback::show_give).post(feedback::give);
    let report = || get(feedback::show_report).post(feedback::report);
    Router::new()
        .route("/tilbud/{id}/tilbagemelding", give())
        .route("/en/tilbud/{id}/tilbagemelding", give())
        .route("/tilbagemeldinger/{id}/meld", report())
        .route("/en/tilbagemeldinger/{id}/meld", report())
        .route(
            "/tilbagemelding/{secret}",
            get(feedback::show_link).post(feedback::use_link),
        )
        .route(
            "/administration/tilbagemeldinger",
            get(feedback::show_reported).post(feedback::judge),
        )
}

/// Everything the program answers over HTTP.
pub fn router(portal: Arc<Portal>) -> Router {
    let timely = Router::new()
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/metrics", get(health::metrics))
        .route("/robots.txt", get(machines::robots))
        .route("/sitemap.xml", get(machines::sitemap_index))
        .route("/sitemaps/{part}", get(machines::sitemap_part))
        .route("/opensearch.xml", get(machines::open_search))
        .route("/feeds/soeg.atom", get(feeds::search))
        .route("/min-kommune", post(choices::choose_municipality))
        .route("/min-liste", get(pages::page).post(choices::change_list))
        .route(
            "/min-liste.csv",
            get(choices::list_as_csv).merge(
                post(choices::list_with_notes).layer(DefaultBodyLimit::max(choices::NOTES_LIMIT)),
            ),
        )
        .route("/min-liste.ics", get(choices::list_as_calendar))
        .route("/log-ind", get(sign_in::show).post(sign_in::sign_in))
        .route("/en/log-ind", get(sign_in::show).post(sign_in::sign_in))
        .route(
            "/log-ind/kode",
            get(second_factor::show_step).post(second_factor::take_step),
        )
        .route(
            "/en/log-ind/kode",
            get(second_factor::show_step).post(second_factor::take_step),
        )
        .route(
            Service::OpenId.path(),
            get(openid::come_back).post(openid::leave),
        )
        .route(
            "/log-ind/ny",
            get(openid::show_newcomer).post(openid::settle_newcomer),
        )
        .route(
            "/en/log-ind/ny",
            get(openid::show_newcomer).post(openid::settle_newcomer),
        )
        .route(
            "/log-ind/{secret}",
            get(sign_in::show_link).post(sign_in::redeem),
        )
        .route(
            "/opret-konto",
            get(sign_in_link::show_sign_up).post(sign_in_link::sign_up),
        )
        .route(
            "/en/opret-konto",
            get(sign_in_link::show_sign_up).post(sign_in_link::sign_up),
        )
        .route("/konto/breve", get(letters::show).post(letters::choose))
        .route("/en/konto/breve", get(letters::show).post(letters::choose))
        .route(
            "/afmeld/{secret}",
            get(letters::show_off).post(letters::turn_off),
        )
        .route(
            "/bekraeft/{secret}",
            get(confirming::show).post(confirming::confirm),
        )
        .route(
            "/administration/post",
            get(mail_queue::show).post(mail_queue::change),
        )
        .route(
            "/adresse/{secret}",
            get(address::show).post(address::confirm),
        )
        .route(Service::AuditLog.path(), get(audit_log::show))
        .route(Service::OwnData.path(), get(own_data::download))
        .route("/konto/slet", get(own_data::show).post(own_data::delete))
        .route("/en/konto/slet", get(own_data::show).post(own_data::delete))
        .route("/konto", get(account::show).post(account::change))
        .route("/en/konto", get(account::show).post(account::change))
        .route(
            "/konto/to-trin",
            get(second_factor::show).post(second_factor::change),
        )
        .route(
            "/en/konto/to-trin",
            get(second_factor::show).post(second_factor::change),
        )
        .route("/log-ud", post(sign_in::sign_out))
        .route("/administration", get(administration::show))
        .route(
            "/administration/eksempelindhold",
            post(administration::manage_sample),
        )
        .merge(feedback_routes())
        .route(
            "/administration/billeder",
            get(attachments::show_reported).post(attachments::judge_reported),
        )
        .route("/billeder/{id}/{width}", get(attachments::image))
        .route(
            "/billeder/{id}/meld",
            get(attachments::show_report).post(attachments::report),
        )
        .route(
            "/en/billeder/{id}/meld",
            get(attachments::show_report).post(attachments::report),
        )
        .route("/filer/{id}", get(attachments::file))
        .route(
            "/invitation/{secret}",
            get(invitation::show).post(invitation::accept),
        )
        .merge(desk_routes())
        .merge(api::timely())
        .fallback(pages::page)
        .layer(DefaultBodyLimit::max(FORM_LIMIT))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            ANSWER_TIME,
        ));
    timely
        .merge(uploads())
        .merge(api::import())
        .layer(from_fn_with_state(
            Arc::clone(&portal),
            security::same_site_writes,
        ))
        .layer(
            CompressionLayer::new()
                .quality(CompressionLevel::Fastest)
                .no_deflate()
                .no_zstd()
                // A document is compressed in itself, and who fetches one wants to know how much is left.
                .compress_when(
                    DefaultPredicate::new().and(NotForContentType::const_new("application/pdf")),
                ),
        )
        .layer(from_fn_with_state(Arc::clone(&portal), assets::serve))
        .layer(from_fn_with_state(Arc::clone(&portal), security::headers))
        .layer(CatchPanicLayer::custom(problem::after_panic))
        .layer(from_fn(request_log::log))
        .with_state(portal)
}

/// What is uploaded: larger than a form, and from lines that take their time.
fn uploads() -> Router<Arc<Portal>> {
    let images = get(attachments::show_image_upload).merge(
        post(attachments::upload_image).layer(DefaultBodyLimit::max(attachments::IMAGE_LIMIT)),
    );
    let files = get(attachments::show_file_upload).merge(
        post(attachments::upload_file).layer(DefaultBodyLimit::max(attachments::FILE_LIMIT)),
    );
    Router::new()
        .route("/billeder", images.clone())
        .route("/en/billeder", images)
        .route("/filer", files.clone())
        .route("/en/filer", files)
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            UPLOAD_TIME,
        ))
}
