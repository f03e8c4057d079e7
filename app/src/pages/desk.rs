//! «Mit arbejde»: what waits for somebody, their drafts, their organisations.

use domain::freshness::{Freshness, Review};
use domain::links::LinkAnswer;
use domain::membership::MemberRole;
use domain::publication::Publication;
use domain::{Code, Kind, Slug};
use jiff::civil::Date;
use leptos::either::{Either, EitherOf3};
use leptos::prelude::*;

use crate::components::inputs::{self, Choice, Input};
use crate::context::Context;
use crate::format;
use crate::page::Page;
use crate::pages::manuscript::state_label;
use crate::render::unlisted_page;
use crate::routes::{self, Route, Service};

/// What the desk shows.
pub struct Desk {
    /// The person's name.
    pub name: String,
    /// What waits for them, the longest waiting first.
    pub waits: Vec<Line>,
    /// The organisations they belong to.
    pub organisations: Vec<Organisation>,
    /// The organisations that they have asked to join.
    pub asked: Vec<String>,
    /// Whether they review what is sent to the editors.
    pub reviews: bool,
    /// Whether they may see the administrators' page.
    pub administrator: bool,
    /// What was just done, by its code.
    pub done: Option<String>,
}

/// An offer or a case in a list.
pub struct Line {
    /// Which.
    pub kind: Kind,
    /// Its id.
    pub id: Slug,
    /// Its title.
    pub title: String,
    /// The organisation that writes it.
    pub owner: String,
    /// Where it stands.
    pub publication: Publication,
    /// Since when it waits, or when it was last changed.
    pub day: Option<Date>,
}

/// An organisation that somebody belongs to.
pub struct Organisation {
    /// Its id.
    pub id: Slug,
    /// Its name.
    pub name: String,
    /// What they are there.
    pub roles: Vec<MemberRole>,
    /// Its offers and cases: those written here, those changed last first, and then those that came from elsewhere.
    pub content: Vec<Line>,
    /// What is not among them.
    pub rest: Option<Rest>,
    /// What needs a look, the longest due first.
    pub needs: Vec<Look>,
    /// How much feedback of teachers waits for an answer.
    pub feedback: usize,
    /// How many ask to join, where this person answers them.
    pub requests: usize,
    /// Whether it has a single manager.
    pub lacks_manager: bool,
}

/// That an organisation has more than is listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rest {
    /// It is listed where it is asked for.
    More,
    /// It is too much for a list.
    Cut,
}

/// Something published that somebody is to look over.
pub struct Look {
    /// An offer, a case, or the organisation itself.
    pub kind: Kind,
    /// Its id.
    pub id: Slug,
    /// Its title.
    pub title: String,
    /// Whether the organisation writes it.
    pub own: bool,
    /// Why.
    pub why: Why,
}

/// Why something needs a look.
pub enum Why {
    /// It is to be confirmed.
    Review(Review),
    /// A part of what keeps it alive was to be reviewed on a day: the strategy's title.
    Anchoring(String, Date),
    /// Links in it do not work.
    Links(Vec<DeadLink>),
}

/// A link that does not work.
pub struct DeadLink {
    /// Its id.
    pub id: String,
    /// The address as it is written.
    pub address: String,
    /// What is wrong with it.
    pub answer: Option<LinkAnswer>,
    /// Since when.
    pub since: Option<Date>,
}

impl Organisation {
    fn writes(&self) -> bool {
        self.roles.iter().any(|role| role.writes())
    }
}

/// The desk.
pub fn page(context: &Context, desk: &Desk) -> Page {
    let text = context.text().desk();
    unlisted_page(context, 200, text.title(), || {
        let writes = desk.organisations.iter().any(Organisation::writes);
        let done = desk.done.as_deref().and_then(|code| text.done(code));
        let link = |route: routes::Desk, label: &'static str| {
            view! { <a class="button quiet" href=context.url(&Route::Desk(route))>{label}</a> }
        };
        view! {
            <h1>{text.title()}</h1>
            <p class="lead">{text.lead(&desk.name)}</p>
            {done.map(|done| view! { <div class="notice" role="status"><p>{done}</p></div> })}
            {writes.then(|| view! {
                <div class="actions">
                    <a class="button" href=context.url(&Route::Desk(routes::Desk::Begin(Kind::Offer)))>{context.text().writing().new_offer()}</a>
                    <a class="button" href=context.url(&Route::Desk(routes::Desk::Begin(Kind::Case)))>{context.text().writing().new_case()}</a>
                    <a class="button quiet" href=context.url(&Route::Desk(routes::Desk::Spreadsheet))>{text.spreadsheet()}</a>
                </div>
            })}
            <section aria-labelledby="waits">
                <h2 id="waits">{text.waits()}</h2>
                {lines(context, &desk.waits, text.nothing_waits(), true)}
            </section>
            <section aria-labelledby="organisations">
                <h2 id="organisations">{text.organisations()}</h2>
                {desk.asked.iter().map(|name| view! { <p class="notice">{text.asked_to_join(name)}</p> }).collect_view()}
                {(desk.organisations.is_empty() && desk.asked.is_empty()).then(|| view! { <p>{text.no_organisations()}</p> })}
                {desk.organisations.iter().map(|organisation| organisation_view(context, organisation)).collect_view()}
            </section>
            <div class="actions">
                {link(routes::Desk::Organisations, text.find_organisation())}
                {desk.reviews.then(|| link(routes::Desk::Queue, text.queue()))}
                {desk.administrator.then(|| view! { <a class="button quiet" href=Service::Administration.path()>{text.administration()}</a> })}
                <a class="button quiet" href=context.url(&Route::Account)>{text.account()}</a>
                <form method="post" action=Service::SignOut.path()>
                    <button type="submit" class="quiet">{context.text().account().sign_out()}</button>
                </form>
            </div>
        }
    })
}

fn organisation_view(context: &Context, organisation: &Organisation) -> impl IntoView + use<> {
    let text = context.text().desk();
    let roles: Vec<&str> = organisation
        .roles
        .iter()
        .map(|role| role.label(context.language))
        .collect();
    let url = context.url(&Route::Desk(routes::Desk::Organisation(
        organisation.id.clone(),
    )));
    let requests = (organisation.requests > 0).then(|| text.join_requests(organisation.requests));
    view! {
        <article class="panel" id=format!("indhold-{}", organisation.id)>
            <h3><a href=context.url(&Route::Organisation(organisation.id.clone()))>{organisation.name.clone()}</a></h3>
            <p class="soft">{roles.join(", ")}</p>
            {organisation.lacks_manager.then(|| view! { <p class="notice notice-care">{text.one_manager()}</p> })}
            {requests.map(|requests| view! { <p><a href=[&url, "#beder"].concat()>{requests}</a></p> })}
            {feedback(context, organisation)}
            {needs(context, &organisation.needs)}
            {(!organisation.needs.is_empty()).then(|| view! { <h4>{context.text().upkeep().everything()}</h4> })}
            {organisation.writes().then(|| lines(context, &organisation.content, text.no_content(), false))}
            {organisation.rest.map(|rest| rest_view(context, organisation, rest))}
            <p><a href=url>{text.people()}": "{organisation.name.clone()}</a></p>
        </article>
    }
}

/// The way to the rest of an organisation's content.
fn rest_view(context: &Context, organisation: &Organisation, rest: Rest) -> impl IntoView + use<> {
    let text = context.text().desk();
    let id = &organisation.id;
    let (label, url, cut) = match rest {
        Rest::More => {
            let home = Route::Desk(routes::Desk::Home);
            let url = context.url_with(&home, &format!("alle={id}#indhold-{id}"));
            (text.content_more(), url, None)
        }
        Rest::Cut => {
            let url = context.url_with(&Route::Search, &format!("kind=offer&provider={id}"));
            let cut = text.content_cut(organisation.content.len());
            (text.content_search(), url, Some(cut))
        }
    };
    view! {
        {cut.map(|cut| view! { <p class="soft">{cut}</p> })}
        <p><a href=url>{label}<span class="visually-hidden">": "{organisation.name.clone()}</span></a></p>
    }
}

/// The way to what teachers say of its offers.
fn feedback(context: &Context, organisation: &Organisation) -> Option<impl IntoView + use<>> {
    let text = context.text().feedback();
    let label = if organisation.feedback > 0 {
        text.desk_waiting(organisation.feedback)
    } else {
        text.desk_title().to_owned()
    };
    let url = context.url(&Route::Desk(routes::Desk::FeedbackList));
    organisation
        .writes()
        .then(|| view! { <p><a href=url>{label}</a></p> })
}

/// What needs a look; nothing where nothing does.
fn needs(context: &Context, looks: &[Look]) -> Option<impl IntoView + use<>> {
    let text = context.text().upkeep();
    (!looks.is_empty()).then(|| {
        view! {
            <h4>{text.needs_a_look()}</h4>
            <ul class="work">
                {looks.iter().map(|look| view! { <li>{look_view(context, look)}</li> }).collect_view()}
            </ul>
        }
    })
}

fn look_view(context: &Context, look: &Look) -> impl IntoView + use<> {
    let text = context.text().upkeep();
    let manuscript = context.url(&Route::Desk(match look.kind {
        Kind::Organisation => routes::Desk::Organisation(look.id.clone()),
        kind => routes::Desk::Manuscript(kind, look.id.clone()),
    }));
    let public = context.url(&Route::of(look.kind, look.id.clone()));
    let day = |day: Date| format::date(day, context.language);
    let title = look.title.clone();
    match &look.why {
        Why::Review(review) => {
            let freshness = review.freshness(context.today);
            let late = review.due < context.today;
            let when = if late {
                text.was_due(&day(review.due))
            } else {
                text.due_on(&day(review.due))
            };
            let state = (freshness != Freshness::Confirmed)
                .then(|| [" · ", freshness.label(context.language)].concat());
            EitherOf3::A(view! {
                <a href=manuscript.clone()>{title.clone()}</a>
                <p class="soft small">{look.kind.label(context.language)}" · "{when}{state}</p>
                <form method="post" action=manuscript class="actions">
                    <input type="hidden" name="from" value="desk"/>
                    <button type="submit" class="quiet" name="do" value="confirm" aria-label=text.confirm_what(&title)>
                        {text.confirm()}
                    </button>
                </form>
            })
        }
        Why::Anchoring(strategy, due) => {
            let overdue = context.text().detail().review_overdue(&day(*due));
            let change = look.own.then(|| {
                let route = Route::Desk(routes::Desk::Write(look.kind, look.id.clone()));
                view! { <p><a href=context.url_with(&route, ANCHORING_STEP)>{text.tell_anchoring()}</a></p> }
            });
            EitherOf3::B(view! {
                <a href=if look.own { manuscript } else { public }>{title}</a>
                <p class="soft small">{text.anchoring_of(strategy)}" · "{overdue}</p>
                {change}
            })
        }
        Why::Links(links) => {
            let change = match look.kind {
                Kind::Organisation => manuscript.clone(),
                kind => context.url(&Route::Desk(routes::Desk::Write(kind, look.id.clone()))),
            };
            EitherOf3::C(view! {
                <a href=manuscript>{title}</a>
                <p class="soft small">{look.kind.label(context.language)}" · "{text.links_dead(links.len())}</p>
                <ul class="dead-links">
                    {links.iter().map(|link| view! { <li>{dead_link_view(context, link)}</li> }).collect_view()}
                </ul>
                <p><a href=change>{text.change()}</a></p>
            })
        }
    }
}

fn dead_link_view(context: &Context, link: &DeadLink) -> impl IntoView + use<> {
    let text = context.text().upkeep();
    let action = context.url(&Route::Desk(routes::Desk::Links));
    let what = link.answer.map(|answer| answer.label(context.language));
    let what = what.map(|what| match link.since {
        Some(day) => text.since(what, &format::date(day, context.language)),
        None => what.to_owned(),
    });
    view! {
        <p><a href=link.address.clone() rel="noopener nofollow">{link.address.clone()}</a></p>
        <p class="soft small">{what}</p>
        <form method="post" action=action>
            <input type="hidden" name="link" value=link.id.clone()/>
            <button type="submit" class="quiet" aria-label=text.look_again_at(&link.address)>{text.look_again()}</button>
        </form>
    }
}

/// The step of the form in which the anchoring is written.
pub const ANCHORING_STEP: &str = "trin=forankring";

/// Offers and cases, a line each.
pub fn lines(
    context: &Context,
    lines: &[Line],
    none: &'static str,
    waiting: bool,
) -> impl IntoView + use<> {
    let text = context.text().desk();
    if lines.is_empty() {
        return Either::Left(view! { <p class="soft">{none}</p> });
    }
    Either::Right(view! {
        <ul class="work">
            {lines.iter().map(|line| view! { <li>{line_view(context, line, waiting, text)}</li> }).collect_view()}
        </ul>
    })
}

/// One of them.
pub fn line_view(
    context: &Context,
    line: &Line,
    waiting: bool,
    text: crate::text::Desk,
) -> impl IntoView + use<> {
    let route = Route::Desk(routes::Desk::Manuscript(line.kind, line.id.clone()));
    let day = line.day.map(|day| {
        let day = format::date(day, context.language);
        if waiting {
            text.since(&day)
        } else {
            text.edited(&day)
        }
    });
    view! {
        <a href=context.url(&route)>{line.title.clone()}</a>
        <p class="soft small">
            {line.kind.label(context.language)}" · "{line.owner.clone()}" · "
            <span class="state">{state_label(context, line.publication)}</span>
            {day.map(|day| format!(" · {day}"))}
        </p>
    }
}

/// The form that begins an offer or a case.
pub struct Begin {
    /// Which of them.
    pub kind: Kind,
    /// The organisations that the person writes for.
    pub owners: Vec<Choice>,
    /// The one chosen.
    pub owner: String,
    /// The title as typed.
    pub title: String,
    /// What is wrong with the title, as a sentence.
    pub error: Option<String>,
    /// What is wrong with the organisation.
    pub owner_error: Option<String>,
}

/// The page that begins an offer or a case.
pub fn begin_page(context: &Context, begin: &Begin) -> Page {
    let text = context.text().writing();
    let (title, lead) = match begin.kind {
        Kind::Case => (text.new_case(), text.begin_case_lead()),
        _ => (text.new_offer(), text.begin_offer_lead()),
    };
    let status = if begin.error.is_some() || begin.owner_error.is_some() {
        422
    } else {
        200
    };
    unlisted_page(context, status, title, || {
        let desk = context.url(&Route::Desk(routes::Desk::Home));
        let input = Input {
            name: "title".to_owned(),
            label: text.title().to_owned(),
            value: begin.title.clone(),
            error: begin.error.clone(),
            ..Input::default()
        };
        let owner = Input {
            name: "owner".to_owned(),
            label: text.written_by().to_owned(),
            value: begin.owner.clone(),
            error: begin.owner_error.clone(),
            ..Input::default()
        };
        let errors: Vec<(String, String)> =
            [("#title", &begin.error), ("#owner", &begin.owner_error)]
                .into_iter()
                .filter_map(|(href, error)| Some((href.to_owned(), error.clone()?)))
                .collect();
        let only = (begin.owners.len() == 1).then(|| begin.owners[0].clone());
        view! {
            <p class="crumb"><a href=desk>{context.text().desk().title()}</a></p>
            <h1>{title}</h1>
            {if begin.owners.is_empty() {
                Either::Left(view! {
                    <p class="lead">{text.no_organisation()}</p>
                    <p><a class="button" href=context.url(&Route::Desk(routes::Desk::Organisations))>{text.find_organisation()}</a></p>
                })
            } else {
                Either::Right(view! {
                    <p class="lead">{lead}</p>
                    {inputs::errors(text.errors(), &errors)}
                    <form method="post" action=context.url(&Route::Desk(routes::Desk::Begin(begin.kind))) class="stacked" novalidate>
                        {inputs::line(&input, "text")}
                        {match only {
                            Some((id, name)) => Either::Left(view! {
                                <input type="hidden" name="owner" value=id/>
                                <p class="soft">{text.written_by()}" "<strong>{name}</strong></p>
                            }),
                            None => Either::Right(inputs::select(&owner, text.choose(), &begin.owners)),
                        }}
                        <button type="submit">{text.begin()}</button>
                    </form>
                })
            }}
        }
    })
}
