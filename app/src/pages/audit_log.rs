//! Who did what when, for administrators.

use domain::audit::{Act, ActTopic};
use domain::{Code, Kind};
use jiff::civil::DateTime;
use leptos::either::Either;
use leptos::prelude::*;

use crate::context::Context;
use crate::format;
use crate::page::Page;
use crate::render::unlisted_page;
use crate::routes::{Desk, Route, Service};

/// What was looked for, as typed.
#[derive(Default)]
pub struct Asked {
    /// Words.
    pub words: String,
    /// What the acts are about.
    pub topic: Option<ActTopic>,
    /// The first day: `2026-11-30`.
    pub from: String,
    /// The last day.
    pub until: String,
    /// Whether the first day is no day.
    pub from_wrong: bool,
    /// Whether the last day is no day.
    pub until_wrong: bool,
}

/// Somebody in the log.
pub enum Who {
    /// By name, and the address.
    Person(String, Option<String>),
    /// Somebody whose account is deleted.
    Deleted,
    /// A program, by its token's name.
    Token(String),
    /// Whoever runs the program on its machine.
    CommandLine,
    /// The portal, or somebody who has not signed in.
    Portal,
}

/// A line of the log.
pub struct Line {
    /// When, in Denmark.
    pub time: DateTime,
    /// Who.
    pub who: Who,
    /// What they did.
    pub act: Act,
    /// To which object.
    pub about: Option<(Kind, domain::Slug)>,
    /// What that was called then.
    pub title: String,
    /// To whom.
    pub whom: Option<Who>,
    /// What more there is to say.
    pub detail: String,
}

/// What the page shows.
#[derive(Default)]
pub struct Log {
    /// What was looked for.
    pub asked: Asked,
    /// What was found, newest first.
    pub lines: Vec<Line>,
    /// The query string of the next page.
    pub next: Option<String>,
    /// How far back was looked, where that was not the whole way.
    pub looked_until: Option<DateTime>,
    /// Whether this is not the first page.
    pub later: bool,
}

/// The page.
pub fn page(context: &Context, log: &Log) -> Page {
    let text = context.text().audit_log();
    let wrong = log.asked.from_wrong || log.asked.until_wrong;
    let status = if wrong { 422 } else { 200 };
    unlisted_page(context, status, text.title(), || {
        let looked_until = log
            .looked_until
            .map(|time| text.looked_until(&moment(context, time)));
        let next = log.next.as_ref().map(|query| {
            let label = match log.looked_until {
                Some(_) => text.look_on(),
                None => text.older(),
            };
            let href = [Service::AuditLog.path(), "?", query].concat();
            view! { <a class="button quiet" href=href rel="next">{label}</a> }
        });
        view! {
            <h1>{text.title()}</h1>
            <p class="lead">{text.lead()}</p>
            {form(context, &log.asked)}
            {if log.lines.is_empty() {
                Either::Left(view! { <p role="status">{text.nothing()}</p> })
            } else {
                Either::Right(table(context, &log.lines))
            }}
            {looked_until.map(|until| view! { <p class="soft">{until}</p> })}
            <p class="actions">
                {next}
                {log.later.then(|| view! { <a class="button quiet" href=Service::AuditLog.path()>{text.newest()}</a> })}
                <a class="button quiet" href=Service::Administration.path()>{context.text().administration().title()}</a>
            </p>
        }
    })
}

fn moment(context: &Context, time: DateTime) -> String {
    context.text().administration().moment(
        &format::date(time.date(), context.language),
        &format::time(time.time(), context.language),
    )
}

fn form(context: &Context, asked: &Asked) -> impl IntoView + use<> {
    let text = context.text().audit_log();
    let topic = asked.topic;
    let day = |name: &'static str, label: &'static str, value: &str, wrong: bool| {
        let error = [name, "-error"].concat();
        let described = wrong.then(|| error.clone());
        view! {
            <div class="field">
                <label for=name>{label}</label>
                {wrong.then(|| view! { <p class="field-error" id=error>{text.wrong_day()}</p> })}
                <input type="date" id=name name=name value=value.to_owned() aria-invalid=wrong.then_some("true") aria-describedby=described/>
            </div>
        }
    };
    view! {
        <form method="get" action=Service::AuditLog.path() class="filter-line" role="search">
            <div class="field">
                <label for="q">{text.words()}</label>
                <input type="search" id="q" name="q" value=asked.words.clone()/>
            </div>
            <div class="field">
                <label for="about">{text.about()}</label>
                <select id="about" name="about">
                    <option value="">{text.everything()}</option>
                    {ActTopic::all().iter().map(|known| view! {
                        <option value=known.code() selected={topic == Some(*known)}>{known.label(context.language)}</option>
                    }).collect_view()}
                </select>
            </div>
            {day("from", text.from(), &asked.from, asked.from_wrong)}
            {day("until", text.until(), &asked.until, asked.until_wrong)}
            <button type="submit" class="quiet">{text.search()}</button>
        </form>
    }
}

fn table(context: &Context, lines: &[Line]) -> impl IntoView + use<> {
    let text = context.text().audit_log();
    let rows = lines
        .iter()
        .map(|line| {
            let time = format::date(line.time.date(), context.language);
            let clock = format::time(line.time.time(), context.language);
            let machine = line.time.strftime("%Y-%m-%dT%H:%M:%S").to_string();
            let about = line.about.clone().map(|(kind, id)| about(context, kind, id, &line.title));
            let detail = (!line.detail.is_empty()).then(|| line.detail.clone());
            view! {
                <tr>
                    <td><time datetime=machine>{time}" "{clock}</time></td>
                    <th scope="row">{who(context, &line.who)}</th>
                    <td>{line.act.label(context.language)}</td>
                    <td>
                        {about}
                        {line.whom.as_ref().map(|whom| view! { <span class="whom">{who(context, whom)}</span> })}
                        {detail.map(|detail| view! { <span class="hint">{detail}</span> })}
                    </td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label=text.title()>
            <table class="log">
                <thead><tr>
                    <th scope="col">{text.when()}</th><th scope="col">{text.who()}</th>
                    <th scope="col">{text.what()}</th><th scope="col">{text.to_what()}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

fn who(context: &Context, who: &Who) -> impl IntoView + use<> {
    let text = context.text().audit_log();
    let (name, email) = match who {
        Who::Person(name, email) => (name.clone(), email.clone()),
        Who::Deleted => (context.text().desk().someone().to_owned(), None),
        Who::Token(name) => (text.token(name), None),
        Who::CommandLine => (text.command_line().to_owned(), None),
        Who::Portal => (text.portal().to_owned(), None),
    };
    let email = email.filter(|email| *email != name);
    view! { {name}{email.map(|email| view! { <span class="hint">{address(&email)}</span> })} }
}

/// An e-mail address, which may go on in a new line after its `@`.
fn address(email: &str) -> impl IntoView + use<> {
    let host = email.find('@').map_or(0, |at| at + 1);
    let (person, host) = email.split_at(host);
    view! { {person.to_owned()}<wbr/>{host.to_owned()} }
}

/// The object, with the page where an administrator sees all there is of it.
fn about(context: &Context, kind: Kind, id: domain::Slug, title: &str) -> impl IntoView + use<> {
    let title = if title.is_empty() {
        id.to_string()
    } else {
        title.to_owned()
    };
    let route = match kind {
        Kind::Offer | Kind::Case => Route::Desk(Desk::Manuscript(kind, id)),
        Kind::Organisation => Route::Desk(Desk::Organisation(id)),
        kind => Route::of(kind, id),
    };
    view! { <a href=context.url(&route)>{title}</a> }
}
