//! The form in which an offer or a case is written.

use app::backend::{Find as _, Read as _};
use app::pages::writing::{
    self, Conflict, Form, Found, belongs, conflict_page, in_step, seen, step_of, step_query,
};
use app::routes::Desk;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::draft::Fields;
use domain::exchange::FieldError;
use domain::permission::{Action, decide};
use domain::publication::Step;
use domain::{ContentId, Kind, Slug};
use store::{Key, Manuscript};

use super::Visit;
use crate::backend::PortalBackend;
use crate::clock::in_denmark;
use crate::publishing::Refused;

/// The most organisations that are offered as partners.
const MOST_FOUND: u32 = 8;
/// The most offers or cases that can be referred to by ticking.
const MOST_RELATED: usize = 60;

pub async fn show(visit: &Visit<'_>, key: &Key) -> Response {
    let opened = async {
        let (manuscript, content) = visit.portal.manuscript(visit.known.actor(), key).await?;
        decide(visit.known.actor(), Action::Take(Step::Save, &content))?;
        let fields = visit.portal.fields_of(&manuscript).await?;
        Ok::<_, Refused>((manuscript, fields))
    };
    match opened.await {
        Ok((manuscript, fields)) => {
            let step = step_of(key.kind, &visit.context.query);
            let saved = visit.asked("gemt").is_some();
            // What is missing in a step that was just saved is told there and then.
            let errors = if saved {
                errors_in(&fields, key, step)
            } else {
                Vec::new()
            };
            let seen = seen(&fields, key.kind, step);
            let mut fields = fields;
            for (parameter, list) in [("billede", "images"), ("fil", "files")] {
                if let Some(id) = visit.asked(parameter)
                    && id.parse::<ContentId>().is_ok()
                    && !fields.pairs().any(|(_, value)| value == id)
                {
                    let row = fields.rows(list).last().map_or(0, |row| row + 1);
                    fields.set(&format!("{list}.{row}.id"), &id);
                }
            }
            let form = Form {
                fields,
                step,
                seen: Some(seen),
                errors,
                saved,
                ..Form::default()
            };
            answer(visit, &manuscript, form).await
        }
        Err(refused) => visit.refused(refused),
    }
}

/// What is wrong with what is typed in a step. What is only missing is told before sending, not while writing.
fn errors_in(fields: &Fields, key: &Key, step: usize) -> Vec<FieldError> {
    let errors = fields.read(key.kind, &key.id).err().unwrap_or_default();
    errors
        .into_iter()
        .filter(|error| belongs(key.kind, step, &error.field))
        .filter(|error| {
            let typed = fields.pairs().any(|(name, _)| name == error.field);
            typed || error.field.contains('.')
        })
        .collect()
}

async fn answer(visit: &Visit<'_>, manuscript: &Manuscript, form: Form) -> Response {
    match filled(visit, manuscript, form).await {
        Ok(form) => visit.page(writing::page(&visit.context, &form)),
        Err(refused) => visit.refused(refused),
    }
}

/// The form with everything that can be chosen in it.
async fn filled(
    visit: &Visit<'_>,
    manuscript: &Manuscript,
    mut form: Form,
) -> Result<Form, Refused> {
    let backend = PortalBackend(visit.portal);
    let language = visit.context.language;
    let unavailable = |_| Refused::Store(store::StoreError::Unavailable("pages".to_owned()));
    form.kind = Some(manuscript.key.kind);
    form.id = manuscript.key.id.to_string();
    form.owners = visit.owners().await?;
    let mut named: Vec<Slug> = vec![manuscript.owner.clone()];
    for (name, value) in form.fields.pairs() {
        let names = name.ends_with(".organisation") || name.ends_with(".owner");
        if names
            && let Ok(id) = value.parse::<Slug>()
            && !named.contains(&id)
        {
            named.push(id);
        }
    }
    form.organisations = visit
        .portal
        .names(&named)
        .await?
        .into_iter()
        .map(|(id, name)| (id.to_string(), name))
        .collect();
    let strategies: Vec<domain::Strategy> = backend
        .editorial_objects(language)
        .await
        .map_err(unavailable)?;
    form.strategies = strategies
        .into_iter()
        .map(|strategy| (strategy.code.to_string(), strategy.title.to_string()))
        .collect();
    let (wanted, field) = match manuscript.key.kind {
        Kind::Case => (Kind::Offer, "offers"),
        _ => (Kind::Case, "developedIn"),
    };
    if belongs(manuscript.key.kind, form.step, field) {
        let mut ids: Vec<Slug> = Vec::new();
        let chosen = form.fields.values(field).filter_map(|id| id.parse().ok());
        for id in chosen {
            push_new(&mut ids, id);
        }
        for organisation in &named {
            let referring = backend
                .referring(Kind::Organisation, organisation, wanted)
                .await
                .map_err(unavailable)?;
            for id in referring {
                if ids.len() < MOST_RELATED {
                    push_new(&mut ids, id);
                }
            }
        }
        let rows = backend
            .rows(wanted, &ids, None, language)
            .await
            .map_err(unavailable)?;
        form.related = rows
            .into_iter()
            .map(|row| (row.id.to_string(), row.title))
            .collect();
    }
    Ok(form)
}

fn push_new(ids: &mut Vec<Slug>, id: Slug) {
    if !ids.contains(&id) {
        ids.push(id);
    }
}

enum NotSaved {
    Refused(Refused),
    /// Somebody else saved the same step; this is what is there now.
    Conflict(Fields),
}

impl From<Refused> for NotSaved {
    fn from(refused: Refused) -> Self {
        NotSaved::Refused(refused)
    }
}

pub async fn send(visit: &Visit<'_>, key: &Key, form: &str) -> Response {
    let kind = key.kind;
    let step = step_of(kind, &visit.context.query);
    let value = |name: &str| app::query::value(form, name).unwrap_or_default();
    let by_itself = visit.asked("auto").is_some();
    let sent: Vec<(String, String)> = app::query::pairs(form).collect();
    let choices: Vec<(String, String)> = sent
        .iter()
        .filter_map(|(name, value)| {
            let name = name.strip_prefix("choose.")?;
            Some((name.to_owned(), value.clone()))
        })
        .collect();
    let mut typed = Fields::typed(kind, sent);
    if let Some((list, row)) = value("remove").rsplit_once('.')
        && let Ok(row) = row.parse()
    {
        typed.remove_row(list, row);
    }
    let added = value("add-partner");
    if !added.is_empty() && !typed.pairs().any(|(_, value)| value == added) {
        let row = typed.rows("partners").last().map_or(0, |row| row + 1);
        typed.set(&format!("partners.{row}.organisation"), &added);
    }
    let shown = value("seen");
    let saved = visit
        .portal
        .save(visit.by(), key, |fields: &mut Fields| {
            if seen(fields, kind, step) != shown && in_step(fields, kind, step) != typed {
                return Err(NotSaved::Conflict(in_step(fields, kind, step)));
            }
            let theirs = in_step(fields, kind, step);
            put_step(fields, kind, step, &typed);
            for (name, choice) in &choices {
                if choice == "theirs" {
                    fields.take(name, &theirs);
                }
            }
            Ok(())
        })
        .await;
    let manuscript = match saved {
        Ok(manuscript) => manuscript,
        Err(NotSaved::Conflict(theirs)) => {
            if by_itself {
                return StatusCode::CONFLICT.into_response();
            }
            let conflict = Conflict {
                kind,
                id: key.id.clone(),
                step,
                mine: typed,
                theirs,
            };
            return visit.page(conflict_page(&visit.context, &conflict));
        }
        Err(NotSaved::Refused(Refused::Wrong(errors))) if !by_itself => {
            return wrong(visit, key, typed, step, errors).await;
        }
        Err(NotSaved::Refused(Refused::Wrong(_))) => {
            return StatusCode::UNPROCESSABLE_ENTITY.into_response();
        }
        Err(NotSaved::Refused(refused)) => return visit.refused(refused),
    };
    let fields = manuscript.fields.clone().unwrap_or_default();
    if by_itself {
        let time = in_denmark(visit.portal.clock.now()).time();
        let time = app::format::time(time, visit.context.language);
        let said = format!("{}\n{time}", seen(&fields, kind, step));
        return ([(header::CACHE_CONTROL, "no-store")], said).into_response();
    }
    let id = key.id.clone();
    let here = step_query(kind, step).unwrap_or_default();
    let list = value("add");
    if !list.is_empty() {
        let form = Form {
            fields,
            step,
            added_to: Some(list),
            ..Form::default()
        };
        return answer(visit, &manuscript, form).await;
    }
    let query = value("find");
    // Pressing Enter in the field for finding presses the first button of the form.
    if !query.trim().is_empty() && added.is_empty() {
        let form = Form {
            fields,
            step,
            found: Some(Found {
                organisations: visit.find_organisations(query.trim(), MOST_FOUND),
                query: query.trim().to_owned(),
            }),
            ..Form::default()
        };
        return answer(visit, &manuscript, form).await;
    }
    let wrong_here = !errors_in(&fields, key, step).is_empty();
    match value("then").as_str() {
        "next" | "finish" if wrong_here => {
            visit.see(Desk::Write(kind, id), &format!("{here}&gemt=1"))
        }
        "next" => match step_query(kind, step + 1) {
            Some(next) => visit.see(Desk::Write(kind, id), &next),
            None => visit.see(Desk::Manuscript(kind, id), ""),
        },
        "finish" => visit.see(Desk::Manuscript(kind, id), ""),
        "preview" => visit.see(Desk::Preview(kind, id), ""),
        _ => visit.see(Desk::Write(kind, id), &format!("{here}&gemt=1")),
    }
}

/// Puts what was typed in a step in place of what was there of it.
fn put_step(fields: &mut Fields, kind: Kind, step: usize, typed: &Fields) {
    let kept = fields
        .pairs()
        .filter(|(name, _)| !belongs(kind, step, name));
    let written = typed.pairs().filter(|(name, _)| belongs(kind, step, name));
    let all = kept
        .chain(written)
        .map(|(name, value)| (name.to_owned(), value.to_owned()));
    *fields = Fields::typed(kind, all);
}

/// The form again with what was typed, where even a draft cannot be saved so.
async fn wrong(
    visit: &Visit<'_>,
    key: &Key,
    typed: Fields,
    step: usize,
    errors: Vec<FieldError>,
) -> Response {
    match visit.portal.manuscript(visit.known.actor(), key).await {
        Ok((manuscript, _)) => {
            let form = Form {
                fields: typed,
                step,
                errors,
                ..Form::default()
            };
            answer(visit, &manuscript, form).await
        }
        Err(refused) => visit.refused(refused),
    }
}
