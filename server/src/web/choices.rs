//! What a person chose without an account: the forms that change it, and the list to take away.

use std::sync::Arc;

use app::choices;
use app::routes::Route;
use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE,
};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use domain::{Entry, Kind, Language, Offer, Slug};
use icalendar::{Calendar, Component as _, Event, EventLike as _};
use store::Key;

use super::problem::{self, Explanation};
use crate::exchange::csv;
use crate::portal::Portal;

/// Remembers the municipality chosen, and leads back.
pub async fn choose_municipality(State(portal): State<Arc<Portal>>, body: Bytes) -> Response {
    let form = pairs(&body);
    let chosen = field(&form, "municipality").and_then(|code| code.parse().ok());
    back(
        &form,
        choices::municipality_cookie(chosen, portal.is_https()),
    )
}

/// Changes the saved list, and leads back.
pub async fn change_list(
    State(portal): State<Arc<Portal>>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let form = pairs(&body);
    let list = choices::change_list(saved(&headers), form.clone());
    back(&form, choices::list_cookie(&list, portal.is_https()))
}

fn back(form: &[(String, String)], cookie: String) -> Response {
    let to = choices::way_back(field(form, "to").unwrap_or("/")).to_owned();
    (
        StatusCode::SEE_OTHER,
        [(SET_COOKIE, cookie), (LOCATION, to)],
    )
        .into_response()
}

fn pairs(body: &Bytes) -> Vec<(String, String)> {
    app::query::pairs(&String::from_utf8_lossy(body)).collect()
}

fn field<'form>(form: &'form [(String, String)], name: &str) -> Option<&'form str> {
    form.iter()
        .find(|(known, _)| known == name)
        .map(|(_, value)| value.as_str())
}

fn saved(headers: &HeaderMap) -> Vec<Slug> {
    headers
        .get(COOKIE)
        .and_then(|value| value.to_str().ok())
        .and_then(|cookies| choices::cookie(cookies, choices::LIST_COOKIE))
        .map(choices::parse_list)
        .unwrap_or_default()
}

/// The offers of the list named in the address, or else of the list saved.
async fn offers(
    portal: &Portal,
    query: Option<&str>,
    headers: &HeaderMap,
) -> Result<Vec<Offer>, store::StoreError> {
    let ids = query
        .and_then(|query| app::query::value(query, "ids"))
        .map_or_else(|| saved(headers), |ids| choices::parse_list(&ids));
    let keys: Vec<Key> = ids
        .into_iter()
        .map(|id| Key::new(Kind::Offer, id))
        .collect();
    let records = portal.store.get_many(&keys).await?;
    let mut offers = Vec::new();
    for key in keys {
        if let Some(record) = records.iter().find(|record| record.key == key)
            && let Entry::Offer(offer) = record.entry()?
        {
            offers.push(*offer);
        }
    }
    Ok(offers)
}

/// The list as CSV for Danish Excel.
pub async fn list_as_csv(
    State(portal): State<Arc<Portal>>,
    RawQuery(query): RawQuery,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let language = problem::language(&uri, &headers);
    match offers(&portal, query.as_deref(), &headers).await {
        Ok(offers) => spreadsheet(csv::write_offers(&offers, language)),
        Err(error) => unavailable(language, &error),
    }
}

/// The most bytes of a list's notes: every letter of a full list of full notes may be written as
/// six.
pub const NOTES_LIMIT: usize = choices::LIST_LIMIT * choices::NOTE_LIMIT * 6;

/// The list as CSV with the person's own notes, which come with the form, go into the file and are
/// kept nowhere.
pub async fn list_with_notes(
    State(portal): State<Arc<Portal>>,
    RawQuery(query): RawQuery,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let language = problem::language(&uri, &headers);
    let form = pairs(&body);
    let offers = match offers(&portal, query.as_deref(), &headers).await {
        Ok(offers) => offers,
        Err(error) => return unavailable(language, &error),
    };
    let list: Vec<_> = offers
        .into_iter()
        .map(|offer| {
            let note = choices::note(&form, &offer.id);
            (offer, note)
        })
        .collect();
    spreadsheet(csv::write_list(&list, language))
}

fn spreadsheet(written: Vec<u8>) -> Response {
    download("min-liste.csv", "text/csv; charset=utf-8", written)
}

/// The list as a calendar (RFC 5545): each offer on the day its season begins, or tomorrow, to be
/// moved to the day the class goes.
pub async fn list_as_calendar(
    State(portal): State<Arc<Portal>>,
    RawQuery(query): RawQuery,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let language = problem::language(&uri, &headers);
    let offers = match offers(&portal, query.as_deref(), &headers).await {
        Ok(offers) => offers,
        Err(error) => return unavailable(language, &error),
    };
    let tomorrow = portal
        .clock
        .today()
        .tomorrow()
        .unwrap_or(portal.clock.today());
    let mut calendar = Calendar::new();
    calendar.name("Anker");
    for offer in &offers {
        let season = offer
            .available
            .as_ref()
            .and_then(|available| available.from);
        let day = season.filter(|from| *from > tomorrow).unwrap_or(tomorrow);
        let address = format!(
            "{}{}",
            portal.public_url(),
            Route::Offer(offer.id.clone()).path(language)
        );
        let mut event = Event::new();
        event
            .uid(&format!("{}@anker", offer.id))
            .add_property("DTSTAMP", compact(&portal.clock.now().to_string()))
            .add_property("DTSTART;VALUE=DATE", compact(&day.to_string()))
            .summary(offer.title.as_str())
            .description(&format!("{}\n\n{address}", offer.summary))
            .add_property("URL", &address);
        if let Some(address) = offer
            .place
            .as_ref()
            .and_then(|place| place.address.as_ref())
        {
            event.location(&address.one_line());
        }
        calendar.push(event.done());
    }
    download(
        "min-liste.ics",
        "text/calendar; charset=utf-8",
        calendar.to_string().into_bytes(),
    )
}

/// Dates and times of the calendar format are ISO 8601's basic form, in whole seconds.
fn compact(time: &str) -> String {
    let whole = time.split('.').next().unwrap_or(time);
    let mut compact: String = whole
        .chars()
        .filter(|letter| !matches!(letter, '-' | ':' | 'Z'))
        .collect();
    if time.ends_with('Z') {
        compact.push('Z');
    }
    compact
}

fn download(name: &str, content_type: &'static str, content: Vec<u8>) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    (
        [
            (CONTENT_TYPE, content_type.to_owned()),
            (CONTENT_DISPOSITION, disposition),
            (CACHE_CONTROL, "private, no-cache".to_owned()),
        ],
        content,
    )
        .into_response()
}

fn unavailable(language: Language, error: &store::StoreError) -> Response {
    tracing::error!(error = %error, "a list's offers could not be read");
    problem::response(
        language,
        StatusCode::SERVICE_UNAVAILABLE,
        Explanation::Unavailable,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calendar_times_are_in_the_basic_form() {
        assert_eq!(compact("2026-11-24T13:20:01.25Z"), "20261124T132001Z");
        assert_eq!(compact("2026-11-24"), "20261124");
    }
}
