//! An offer or a case as its writers see it, and the steps with it.

use app::pages::manuscript::{self, Fault, Remark, Waits};
use app::routes::Desk;
use axum::response::Response;
use domain::agreement::{Agreement, Reply, Standing};
use domain::draft::Fields;
use domain::exchange::FieldError;
use domain::permission::{Action, Content, decide};
use domain::publication::{Schedule, Side, State, Step};
use domain::{Code, Invalid, Kind, Slug};
use jiff::civil::Date;
use store::{Key, Manuscript, StoreError};

use super::{Visit, author_name, is_written, name_among};
use crate::clock::in_denmark;
use crate::publishing::{COMMENT, Refused, Said};

/// The longest message, in characters.
const LONGEST_MESSAGE: usize = 4_000;

pub async fn show(visit: &Visit<'_>, key: &Key) -> Response {
    answer(visit, key, None, String::new()).await
}

async fn answer(visit: &Visit<'_>, key: &Key, fault: Option<Fault>, typed: String) -> Response {
    if !is_written(key.kind) {
        return visit.not_found();
    }
    match shown(visit, key, fault, typed).await {
        Ok(shown) => visit.page(manuscript::page(&visit.context, &shown)),
        Err(refused) => visit.refused(refused),
    }
}

async fn shown(
    visit: &Visit<'_>,
    key: &Key,
    fault: Option<Fault>,
    typed: String,
) -> Result<manuscript::Manuscript, Refused> {
    let portal = visit.portal;
    let (manuscript, content) = portal.manuscript(visit.known.actor(), key).await?;
    let steps: Vec<Step> = Step::all()
        .iter()
        .copied()
        .filter(|step| decide(visit.known.actor(), Action::Take(*step, &content)).is_ok())
        .collect();
    let missing = if steps.contains(&Step::Submit) || steps.contains(&Step::PublishDirectly) {
        portal.missing(&manuscript).await?
    } else {
        Vec::new()
    };
    let mut ids = manuscript.partners.clone();
    ids.push(manuscript.owner.clone());
    let names = portal.names(&ids).await?;
    let agreement = manuscript
        .agreement
        .as_ref()
        .filter(|_| manuscript.publication.draft() == Some(State::InReview));
    let standing = agreement.map(|agreement| agreement.standing(portal.clock.today()));
    let fields = match &manuscript.fields {
        Some(fields) => fields.clone(),
        None => Fields::default(),
    };
    Ok(manuscript::Manuscript {
        kind: key.kind,
        id: key.id.clone(),
        title: manuscript.title.clone(),
        owner: name_among(&names, &manuscript.owner),
        publication: manuscript.publication,
        revision: manuscript.revision,
        waits_for: waits_for(visit, &manuscript, agreement, &names).await?,
        since: manuscript.since.map(|since| in_denmark(since).date()),
        answers: agreement
            .map(|agreement| {
                let partners = agreement.partners().iter();
                partners
                    .map(|partner| (name_among(&names, partner), agreement.reply(partner)))
                    .collect()
            })
            .unwrap_or_default(),
        silent: standing == Some(Standing::Silent),
        missing,
        replies: replies(visit, &manuscript, &content, &names),
        copies: key.kind == Kind::Offer && !visit.known.writes_for().is_empty(),
        steps,
        on_advice: manuscript.on_advice,
        fields,
        remarks: remarks(visit, key).await?,
        done: visit.asked("gjort"),
        fault,
        typed,
    })
}

async fn waits_for(
    visit: &Visit<'_>,
    manuscript: &Manuscript,
    agreement: Option<&Agreement>,
    names: &[(Slug, String)],
) -> Result<Waits, StoreError> {
    let is_case = manuscript.key.kind == Kind::Case;
    Ok(match manuscript.publication.waits_for(is_case) {
        None | Some(Side::Calendar) => Waits::Nobody,
        Some(Side::Owners) => Waits::Owner,
        Some(Side::Reviewers) => {
            let code = visit.portal.municipality_of(&manuscript.owner).await?;
            Waits::Editors(code.map(|code| code.municipality().name))
        }
        Some(Side::Partners) => match agreement {
            Some(agreement)
                if agreement.standing(visit.portal.clock.today()) != Standing::Objected =>
            {
                let awaited = agreement.waits_for().into_iter();
                Waits::Partners(
                    awaited
                        .map(|awaited| name_among(names, awaited.partner))
                        .collect(),
                )
            }
            _ => Waits::Owner,
        },
    })
}

fn replies(
    visit: &Visit<'_>,
    manuscript: &Manuscript,
    content: &Content,
    names: &[(Slug, String)],
) -> Vec<(Slug, String, Vec<Reply>)> {
    let actor = visit.known.actor();
    manuscript
        .partners
        .iter()
        .map(|partner| {
            let allowed: Vec<Reply> = Reply::all()
                .iter()
                .copied()
                .filter(|reply| decide(actor, Action::Answer(*reply, partner, content)).is_ok())
                .collect();
            (partner.clone(), name_among(names, partner), allowed)
        })
        // Whoever writes it takes a partner off in the form.
        .filter(|(partner, _, allowed)| !allowed.is_empty() && *partner != manuscript.owner)
        .collect()
}

async fn remarks(visit: &Visit<'_>, key: &Key) -> Result<Vec<Remark>, StoreError> {
    let remarks = visit.portal.store.remarks(key).await?;
    let behalf: Vec<Slug> = remarks
        .iter()
        .filter_map(|remark| remark.behalf.clone())
        .collect();
    let names = visit.portal.names(&behalf).await?;
    let mut shown = Vec::with_capacity(remarks.len());
    for remark in remarks {
        shown.push(Remark {
            who: author_name(visit, &remark.author).await?,
            behalf: remark.behalf.map(|partner| name_among(&names, &partner)),
            act: remark.act,
            when: in_denmark(remark.time),
            text: remark.text,
            on_fields: remark.on_fields,
        });
    }
    Ok(shown)
}

pub async fn send(visit: &Visit<'_>, key: &Key, form: &str) -> Response {
    let value = |name: &str| app::query::value(form, name).unwrap_or_default();
    let step = value("do");
    let reply = value("answer");
    let prefix = if !reply.is_empty() {
        format!("{}-", value("partner"))
    } else if step == COMMENT {
        String::new()
    } else {
        "review-".to_owned()
    };
    let said = said(form, &prefix);
    let typed = said.text.clone();
    let done = if !reply.is_empty() {
        answered(visit, key, &reply, &value("partner"), said).await
    } else if step == "copy" {
        return copy(visit, key).await;
    } else {
        stepped(visit, key, form, &step, said).await
    };
    match done {
        Ok(Some(code)) => {
            let exists = visit.portal.store.manuscript(key).await;
            let query = format!("gjort={code}");
            match exists {
                Ok(Some(_)) if value("from") == "desk" => visit.see(Desk::Home, &query),
                Ok(Some(_)) => visit.see(Desk::Manuscript(key.kind, key.id.clone()), &query),
                Ok(None) => visit.see(Desk::Home, &query),
                Err(error) => visit.unavailable(&error),
            }
        }
        Ok(None) => visit.not_found(),
        Err(Failed::Fault(fault)) => answer(visit, key, Some(fault), typed).await,
        Err(Failed::Refused(refused)) => visit.refused(refused),
    }
}

enum Failed {
    Fault(Fault),
    Refused(Refused),
}

impl Failed {
    fn of(visit: &Visit<'_>, refused: Refused) -> Failed {
        match refused {
            Refused::NotAllowed(refusal) => {
                Failed::Fault(Fault::Refused(visit.context.text().desk().refusal(refusal)))
            }
            Refused::Wrong(errors) => Failed::Fault(Fault::Wrong(errors)),
            refused => Failed::Refused(refused),
        }
    }
}

async fn answered(
    visit: &Visit<'_>,
    key: &Key,
    reply: &str,
    partner: &str,
    said: Said,
) -> Result<Option<&'static str>, Failed> {
    let (Ok(reply), Ok(partner)) = (reply.parse::<Reply>(), partner.parse::<Slug>()) else {
        return Ok(None);
    };
    if reply != Reply::Approve && said.is_empty() {
        return Err(Failed::Fault(Fault::NothingSaid));
    }
    visit
        .portal
        .answer(visit.by(), reply, &partner, key, said)
        .await
        .map_err(|refused| Failed::of(visit, refused))?;
    Ok(Some("answer"))
}

async fn stepped(
    visit: &Visit<'_>,
    key: &Key,
    form: &str,
    step: &str,
    said: Said,
) -> Result<Option<&'static str>, Failed> {
    let portal = visit.portal;
    let failed = |refused| Failed::of(visit, refused);
    if step == COMMENT {
        if said.text.is_empty() {
            return Err(Failed::Fault(Fault::NothingSaid));
        }
        portal
            .comment(visit.by(), key, said)
            .await
            .map_err(failed)?;
        return Ok(Some(COMMENT));
    }
    let Ok(step) = step.parse::<Step>() else {
        return Ok(None);
    };
    let confirmed = app::query::value(form, "confirm").is_some();
    match step {
        Step::Save => return Ok(None),
        Step::Withdraw | Step::Archive | Step::DeleteDraft if !confirmed => {
            return Err(Failed::Fault(Fault::NotConfirmed));
        }
        Step::AskForChanges | Step::Decline if said.is_empty() => {
            return Err(Failed::Fault(Fault::NothingSaid));
        }
        Step::Schedule => {
            let schedule = Schedule {
                publish_on: day(form, "publishOn")?,
                withdraw_on: day(form, "withdrawOn")?,
            };
            portal
                .schedule(visit.by(), key, schedule)
                .await
                .map_err(failed)?;
        }
        step => {
            portal
                .take(visit.by(), step, key, said)
                .await
                .map_err(failed)?;
        }
    }
    Ok(Some(step.code()))
}

fn day(form: &str, name: &str) -> Result<Option<Date>, Failed> {
    let typed = app::query::value(form, name).unwrap_or_default();
    if typed.trim().is_empty() {
        return Ok(None);
    }
    typed.trim().parse().map(Some).map_err(|_| {
        Failed::Fault(Fault::Wrong(vec![FieldError {
            field: name.to_owned(),
            invalid: Invalid::Date,
        }]))
    })
}

fn said(form: &str, prefix: &str) -> Said {
    let text = |name: &str| -> String {
        let typed = app::query::value(form, &[prefix, name].concat()).unwrap_or_default();
        typed
            .replace("\r\n", "\n")
            .trim()
            .chars()
            .filter(|letter| !letter.is_control() || *letter == '\n')
            .take(LONGEST_MESSAGE)
            .collect()
    };
    let (field, comment) = (text("field"), text("field-text"));
    let on_fields = if field.is_empty() || comment.is_empty() {
        Vec::new()
    } else {
        vec![(field, comment)]
    };
    Said {
        text: text("text"),
        on_fields,
        about: app::query::value(form, "revision").and_then(|revision| revision.parse().ok()),
    }
}

/// Copies an offer as a new draft of an organisation that the person writes for: its own where they do.
async fn copy(visit: &Visit<'_>, key: &Key) -> Response {
    let copied = async {
        let (manuscript, _) = visit.portal.manuscript(visit.known.actor(), key).await?;
        let mut fields = visit.portal.fields_of(&manuscript).await?;
        let owners = visit.known.writes_for();
        let owner = match owners.iter().find(|owner| **owner == manuscript.owner) {
            Some(owner) => owner.clone(),
            None => owners.first().cloned().ok_or(Refused::NotFound)?,
        };
        let title = visit.context.text().desk().copy_of(&manuscript.title);
        let title: String = title.chars().take(200).collect();
        fields.set("title", &title);
        visit
            .portal
            .begin(visit.by(), key.kind, &owner, fields)
            .await
    };
    match copied.await {
        Ok(new) => visit.see(Desk::Manuscript(new.kind, new.id), "gjort=copy"),
        Err(refused) => visit.refused(refused),
    }
}
