//! Offers from a spreadsheet: read, shown with their fates, and on a second word written as drafts.

use std::collections::HashSet;
use std::sync::Arc;

use app::pages::spreadsheet::{self, Spreadsheet};
use axum::extract::{Multipart, State};
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use domain::draft::Fields;
use domain::permission::{Action, decide};
use domain::publication::Step;
use domain::{Entry, Kind, Slug};
use store::Key;

use super::{Visit, visit};
use crate::exchange::csv::{Row, Rows};
use crate::portal::Portal;
use crate::publishing::Refused;

/// The most bytes of a spreadsheet.
const LARGEST: usize = 1024 * 1024;
/// The most rows of a spreadsheet.
const MOST_ROWS: usize = 500;

pub async fn show(visit: &Visit<'_>) -> Response {
    answer(visit, Spreadsheet::default()).await
}

async fn answer(visit: &Visit<'_>, mut shown: Spreadsheet) -> Response {
    match visit.owners().await {
        Ok(owners) => {
            shown.owners = owners;
            visit.page(spreadsheet::page(&visit.context, &shown))
        }
        Err(error) => visit.unavailable(&error),
    }
}

/// What a form brought.
#[derive(Default)]
struct Sent {
    owner: String,
    what: String,
    text: Vec<u8>,
}

async fn read(mut form: Multipart) -> Result<Sent, axum::extract::multipart::MultipartError> {
    let mut sent = Sent::default();
    while let Some(field) = form.next_field().await? {
        let name = field.name().unwrap_or_default().to_owned();
        let bytes = field.bytes().await?;
        let text = || String::from_utf8_lossy(&bytes).trim().to_owned();
        match name.as_str() {
            "owner" => sent.owner = text(),
            "do" => sent.what = text(),
            "file" | "text" if !bytes.is_empty() => sent.text = bytes.to_vec(),
            _ => {}
        }
    }
    Ok(sent)
}

/// Reads a spreadsheet, or writes what was read.
pub async fn send(
    State(portal): State<Arc<Portal>>,
    uri: Uri,
    headers: HeaderMap,
    form: Multipart,
) -> Response {
    let visit = match visit(&portal, &uri, &headers, None).await {
        Ok(visit) => visit,
        Err(answer) => return answer,
    };
    let text = visit.context.text().desk();
    let wrong = |sent: Sent, error: &str| Spreadsheet {
        owner: sent.owner,
        error: Some(error.to_owned()),
        ..Spreadsheet::default()
    };
    let sent = match read(form).await {
        Ok(sent) => sent,
        Err(_) => {
            let shown = wrong(Sent::default(), text.spreadsheet_too_large());
            return answer(&visit, shown).await;
        }
    };
    let owner = sent.owner.parse::<Slug>().ok();
    let Some(owner) = owner.filter(|owner| visit.known.writes_for().contains(owner)) else {
        let error = visit.context.text().writing().written_by();
        return answer(&visit, wrong(sent, error)).await;
    };
    if sent.text.is_empty() {
        return answer(&visit, wrong(sent, text.spreadsheet_missing())).await;
    }
    if sent.text.len() > LARGEST {
        return answer(&visit, wrong(sent, text.spreadsheet_too_large())).await;
    }
    let rows = match rows(&sent.text, &owner) {
        Some(rows) if rows.is_empty() => {
            return answer(&visit, wrong(sent, text.spreadsheet_empty())).await;
        }
        Some(rows) => rows,
        None => return answer(&visit, wrong(sent, text.spreadsheet_too_large())).await,
    };
    let writes = sent.what == "write";
    let mut shown = Spreadsheet {
        owner: owner.to_string(),
        text: String::from_utf8_lossy(&sent.text).into_owned(),
        ..Spreadsheet::default()
    };
    let mut seen = HashSet::new();
    let mut written = 0;
    for row in rows {
        match fate(&visit, &owner, row, &mut seen).await {
            Ok((row, change)) => {
                if writes && let Some(change) = change {
                    match write(&visit, &owner, change).await {
                        Ok(()) => written += 1,
                        Err(Refused::Store(error)) => return visit.unavailable(&error),
                        // Somebody got in between; the row keeps its fate for the next time.
                        Err(_) => {}
                    }
                }
                shown.rows.push(row);
            }
            Err(refused) => return visit.refused(refused),
        }
    }
    if writes {
        shown = Spreadsheet {
            written: Some(written),
            ..Spreadsheet::default()
        };
    }
    answer(&visit, shown).await
}

/// The rows of a spreadsheet; nothing where there are too many, or where it cannot be read at all.
fn rows(text: &[u8], owner: &Slug) -> Option<Vec<Row>> {
    let mut reader = Rows::read(text).ok()?.of_provider(owner.clone());
    let mut rows = Vec::new();
    while let Some(row) = reader.next_row().ok()? {
        if rows.len() == MOST_ROWS {
            return None;
        }
        rows.push(row);
    }
    Some(rows)
}

/// What is written for a row.
struct Change {
    key: Key,
    fields: Fields,
    is_new: bool,
}

async fn fate(
    visit: &Visit<'_>,
    owner: &Slug,
    row: Row,
    seen: &mut HashSet<Slug>,
) -> Result<(spreadsheet::Row, Option<Change>), Refused> {
    let text = visit.context.text().desk();
    let told = |title: String, fate: String, change: Option<Change>| {
        let row = spreadsheet::Row {
            line: row.line,
            title,
            fate,
            is_written: change.is_some(),
        };
        Ok((row, change))
    };
    let entry = match &row.result {
        Ok(entry) => entry,
        Err(error) => {
            let id = row.id.as_ref().map(ToString::to_string);
            let why = error.message(visit.context.language);
            return told(id.unwrap_or_default(), text.fate_wrong(&why), None);
        }
    };
    let title = entry.title().to_owned();
    let Entry::Offer(offer) = entry else {
        return told(title, text.fate_refused().to_owned(), None);
    };
    if !seen.insert(offer.id.clone()) {
        return told(title, text.fate_twice().to_owned(), None);
    }
    if offer.provider != *owner {
        return told(title, text.fate_refused().to_owned(), None);
    }
    let key = Key::new(Kind::Offer, offer.id.clone());
    let fields = Fields::of(entry);
    match visit.portal.manuscript(visit.known.actor(), &key).await {
        Ok((manuscript, content)) => {
            let may = decide(visit.known.actor(), Action::Take(Step::Save, &content)).is_ok();
            if !may || manuscript.owner != *owner {
                return told(title, text.fate_refused().to_owned(), None);
            }
            // What the spreadsheet has no column or cell for stays as it is.
            let mut merged = visit.portal.fields_of(&manuscript).await?;
            let mut names = merged.differences(&fields);
            names.retain(|name| fields.says(name));
            for name in &names {
                merged.take(name, &fields);
            }
            if names.is_empty() {
                return told(title, text.fate_same().to_owned(), None);
            }
            let writing = visit.context.text().writing();
            let labels: Vec<&str> = names.iter().map(|name| writing.label(name)).collect();
            let change = Change {
                key,
                fields: merged,
                is_new: false,
            };
            told(title, text.fate_changed(&labels.join(", ")), Some(change))
        }
        Err(Refused::Store(error)) => Err(error.into()),
        Err(_) if visit.portal.store.is_known(&key).await? => {
            told(title, text.fate_refused().to_owned(), None)
        }
        Err(_) => {
            let change = Change {
                key,
                fields,
                is_new: true,
            };
            told(title, text.fate_new().to_owned(), Some(change))
        }
    }
}

async fn write(visit: &Visit<'_>, owner: &Slug, change: Change) -> Result<(), Refused> {
    if change.is_new {
        visit
            .portal
            .begin_as(visit.by(), change.key, owner, change.fields)
            .await
            .map(drop)
    } else {
        visit
            .portal
            .save(visit.by(), &change.key, |fields: &mut Fields| {
                *fields = change.fields.clone();
                Ok::<(), Refused>(())
            })
            .await
            .map(drop)
    }
}
