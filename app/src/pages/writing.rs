//! The forms in which offers and cases are written, a step at a time.

use std::hash::{DefaultHasher, Hash, Hasher};

use domain::draft::Fields;
use domain::exchange::FieldError;
use domain::search::encode_pairs;
use domain::{
    AnchoringStatus, Audience, Challenge, Code, Degree, Grade, Kind, LegalBasis, Motivation,
    OtherLevel, Outcome, PlaceMode, PriceKind, Sharing, Slug, Subject, Success, Task,
    TransportMode,
};
use leptos::either::{Either, EitherOf3};
use leptos::prelude::*;

use crate::components::inputs::{self, Choice, Input, choices, municipalities};
use crate::context::Context;
use crate::islands::Writing;
use crate::page::{Cache, Meta, Page};
use crate::pages::upload::Uploaded;
use crate::render::page_with_status;
use crate::routes::{Desk, Route};
use crate::text;

/// A form as it is shown.
#[derive(Default)]
pub struct Form {
    /// What is written: an offer or a case.
    pub kind: Option<Kind>,
    /// Its id.
    pub id: String,
    /// What is typed.
    pub fields: Fields,
    /// The step that is shown, from 0.
    pub step: usize,
    /// Stands for what was saved of the step, where the form shows more than that; see [`seen`].
    pub seen: Option<String>,
    /// What is wrong in this step.
    pub errors: Vec<FieldError>,
    /// Whether it was just saved.
    pub saved: bool,
    /// A list to which an empty row is added.
    pub added_to: Option<String>,
    /// The organisations that the writer writes for.
    pub owners: Vec<Choice>,
    /// The organisations that are named, and what they are called.
    pub organisations: Vec<Choice>,
    /// The anchoring strategies.
    pub strategies: Vec<Choice>,
    /// What can be referred to: an offer's cases, a case's offers.
    pub related: Vec<Choice>,
    /// What was looked for among organisations, and what was found.
    pub found: Option<Found>,
}

/// Organisations found by name.
pub struct Found {
    /// What was typed.
    pub query: String,
    /// Id, name, and what and where they are.
    pub organisations: Vec<(Slug, String, String)>,
}

/// A step of a form: what it is called in the address, and its fields, each by its name or the beginning of its name.
struct Step {
    key: &'static str,
    items: &'static [Item],
}

/// A part of a step.
#[derive(Clone, Copy)]
enum Item {
    Line(&'static str),
    Number(&'static str),
    Date(&'static str),
    Area(&'static str),
    Markdown(&'static str),
    Select(&'static str),
    Checks(&'static str),
    Degrees(&'static str),
    Partners,
    Anchoring,
    Advice,
    Images,
    Files,
}

use Item::{Advice, Anchoring, Area, Checks, Date, Degrees, Line, Number, Partners, Select};

const OFFER: &[Step] = &[
    Step {
        key: "hvad",
        items: &[
            Line("title"),
            Area("summary"),
            Select("provider"),
            Item::Markdown("description"),
        ],
    },
    Step {
        key: "hvem",
        items: &[
            Checks("grades"),
            Checks("otherLevels"),
            Checks("subjects"),
            Line("themes"),
            Area("goals"),
        ],
    },
    Step {
        key: "hvor",
        items: &[
            Select("place.mode"),
            Select("place.municipality"),
            Line("place.address.street"),
            Line("place.address.postcode"),
            Line("place.address.city"),
            Line("place.location.lat"),
            Line("place.location.lon"),
            Number("durationMinutes"),
            Number("maxPupils"),
            Date("available.from"),
            Date("available.to"),
            Line("available.note"),
            Select("price.kind"),
            Number("price.amount"),
            Line("price.note"),
            Checks("price.freeFor"),
            Checks("openTo"),
            Line("languages"),
        ],
    },
    Step {
        key: "rundt-om",
        items: &[
            Item::Markdown("materials.before"),
            Item::Markdown("materials.during"),
            Item::Markdown("materials.after"),
            Checks("transport.modes"),
            Number("transport.minutes"),
            Area("transport.note"),
            Item::Markdown("transport.activities"),
            Area("accessibility"),
        ],
    },
    Step {
        key: "billeder",
        items: &[Item::Images, Item::Files],
    },
    Step {
        key: "forankring",
        items: &[
            Line("contact.name"),
            Line("contact.role"),
            Line("contact.email"),
            Line("contact.phone"),
            Anchoring,
            Checks("developedIn"),
            Line("sourceUrl"),
        ],
    },
];

const CASE: &[Step] = &[
    Step {
        key: "projekt",
        items: &[
            Line("title"),
            Area("summary"),
            Date("period.from"),
            Date("period.to"),
            Area("funding"),
            Checks("grades"),
            Checks("subjects"),
            Line("themes"),
        ],
    },
    Step {
        key: "parter",
        items: &[Partners],
    },
    Step {
        key: "udbytte",
        items: &[
            Degrees("motivations"),
            Degrees("outcomes"),
            Degrees("challenges"),
            Select("roleClarity"),
            Select("success"),
        ],
    },
    Step {
        key: "laering",
        items: &[
            Item::Markdown("story"),
            Item::Markdown("whatWorked"),
            Item::Markdown("whatDidNot"),
            Select("sharing"),
        ],
    },
    Step {
        key: "billeder",
        items: &[Item::Images, Item::Files],
    },
    Step {
        key: "raad",
        items: &[Anchoring, Advice, Checks("offers")],
    },
];

fn steps(kind: Kind) -> &'static [Step] {
    match kind {
        Kind::Case => CASE,
        _ => OFFER,
    }
}

fn step_name(text: text::Writing, key: &str) -> &'static str {
    match key {
        "hvad" => text.step_what(),
        "hvem" => text.step_whom(),
        "hvor" => text.step_where(),
        "rundt-om" => text.step_around(),
        "projekt" => text.step_project(),
        "parter" => text.step_partners(),
        "udbytte" => text.step_outcome(),
        "laering" => text.step_lessons(),
        "billeder" => text.step_images(),
        "raad" => text.step_anchoring(),
        _ => text.step_alive(),
    }
}

/// The step that a query string asks for, from 0; the first where it asks for none.
pub fn step_of(kind: Kind, query: &str) -> usize {
    let key = crate::query::value(query, "trin").unwrap_or_default();
    steps(kind)
        .iter()
        .position(|step| step.key == key)
        .unwrap_or(0)
}

/// The query string of a step; nothing after the last.
pub fn step_query(kind: Kind, step: usize) -> Option<String> {
    steps(kind)
        .get(step)
        .map(|step| ["trin=", step.key].concat())
}

/// The step that a field is written in.
pub fn step_with(kind: Kind, name: &str) -> usize {
    (0..steps(kind).len())
        .find(|step| belongs(kind, *step, name))
        .unwrap_or(0)
}

/// Whether a field is written in a step.
pub fn belongs(kind: Kind, step: usize, name: &str) -> bool {
    let within = |group: &str| {
        name == group
            || name
                .strip_prefix(group)
                .is_some_and(|rest| rest.starts_with('.'))
    };
    steps(kind).get(step).is_some_and(|step| {
        step.items.iter().any(|item| match item {
            Line(own)
            | Number(own)
            | Date(own)
            | Area(own)
            | Item::Markdown(own)
            | Select(own)
            | Checks(own) => name == *own,
            Degrees(group) => within(group),
            Partners => within("partners"),
            Anchoring => within("anchoring"),
            Advice => within("advice"),
            Item::Images => within("images"),
            Item::Files => within("files"),
        })
    })
}

/// What is typed in one step of a draft.
pub fn in_step(fields: &Fields, kind: Kind, step: usize) -> Fields {
    let pairs = fields
        .pairs()
        .filter(|(name, _)| belongs(kind, step, name))
        .map(|(name, value)| (name.to_owned(), value.to_owned()));
    Fields::typed(kind, pairs)
}

/// Stands for what was typed in a step when its form was shown. It tells whether somebody else has saved since.
pub fn seen(fields: &Fields, kind: Kind, step: usize) -> String {
    let mut pairs: Vec<(&str, &str)> = fields
        .pairs()
        .filter(|(name, _)| belongs(kind, step, name))
        .collect();
    pairs.sort_unstable();
    let mut hasher = DefaultHasher::new();
    pairs.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

/// The form.
pub fn page(context: &Context, form: &Form) -> Page {
    let Some(kind) = form.kind else {
        return crate::render::problem_page(context, &crate::page::Problem::NotFound);
    };
    let status = if form.errors.is_empty() { 200 } else { 422 };
    let text = context.text().writing();
    let all = steps(kind);
    let current = form.step.min(all.len() - 1);
    let title = match form.fields.value("title") {
        "" => form.id.clone(),
        title => title.to_owned(),
    };
    let url = |desk: fn(Kind, Slug) -> Desk| {
        let id = form.id.parse::<Slug>().ok();
        id.map(|id| context.url(&Route::Desk(desk(kind, id))))
            .unwrap_or_default()
    };
    let here = url(Desk::Write);
    let heading = step_name(text, all[current].key);
    let mut meta = Meta::new(&title, &title);
    meta.listed = false;
    meta.islands = true;
    let mut page = page_with_status(context, status, &meta, || {
        let label = |position: usize| {
            let name = step_name(text, all[position].key);
            format!("{}. {name}", position + 1)
        };
        let action = |step: usize| {
            let query = step_query(kind, step).unwrap_or_default();
            format!("{here}?{query}")
        };
        let last = current + 1 == all.len();
        view! {
            <Writing/>
            <p class="crumb"><a href=url(Desk::Manuscript)>{text.back_to_manuscript()}</a></p>
            <p class="kicker">{title.clone()}</p>
            <h1>{heading}</h1>
            <nav class="steps" aria-label=text.steps()>
                <ol>
                    {(0..all.len()).map(|position| view! {
                        <li><a href=action(position) aria-current={(position == current).then_some("step")}>{label(position)}</a></li>
                    }).collect_view()}
                </ol>
            </nav>
            {(form.saved && form.errors.is_empty()).then(|| view! { <div class="notice" role="status"><p>{text.saved()}</p></div> })}
            {error_list(context, form)}
            <form method="post" action=action(current) class="writing" novalidate data-autosave=text.saving()
                data-saved=text.saved_at("{}") data-unsaved=text.not_saved() data-kept=text.kept_in_browser()
                data-restore=text.restore() data-discard=text.discard() data-signed-out=text.signed_out()>
                <input type="hidden" name="seen" value=form.seen.clone().unwrap_or_else(|| seen(&form.fields, kind, current))/>
                {all[current].items.iter().map(|item| item_view(context, form, kind, *item)).collect_view()}
                <div class="actions">
                    <button type="submit" name="then" value={if last { "finish" } else { "next" }}>
                        {if last { text.save_and_finish() } else { text.save_and_next() }}
                    </button>
                    <button type="submit" class="quiet" name="then" value="stay">{text.save()}</button>
                    <button type="submit" class="quiet" name="then" value="preview">{text.preview()}</button>
                </div>
                <p class="small soft" role="status" id="autosave-said"></p>
            </form>
        }
    });
    page.cache = Cache::None;
    page
}

/// Field and message, as the list on top of a form and the field itself say it.
pub fn message(context: &Context, error: &FieldError) -> String {
    let label = context.text().writing().label(&error.field);
    format!("{label} {}", error.invalid.message(context.language))
}

fn error_list(context: &Context, form: &Form) -> Option<impl IntoView + use<>> {
    let text = context.text().writing();
    let errors: Vec<(String, String)> = form
        .errors
        .iter()
        .map(|error| (["#", &error.field].concat(), message(context, error)))
        .collect();
    let title = if form.saved {
        text.optional_errors()
    } else {
        text.errors()
    };
    inputs::errors(title, &errors)
}

fn input(context: &Context, form: &Form, name: &str) -> Input {
    let text = context.text().writing();
    Input {
        name: name.to_owned(),
        label: text.label(name).to_owned(),
        hint: text.hint(name, form.kind == Some(Kind::Case)),
        value: form.fields.value(name).to_owned(),
        error: form
            .errors
            .iter()
            .find(|error| error.field == name)
            .map(|error| message(context, error)),
    }
}

fn choices_of(context: &Context, form: &Form, name: &str) -> Vec<Choice> {
    let language = context.language;
    match name {
        "provider" => form.owners.clone(),
        "grades" => Grade::ALL
            .iter()
            .map(|grade| (grade.number().to_string(), grade.label(language)))
            .collect(),
        "otherLevels" => choices::<OtherLevel>(language),
        "subjects" => choices::<Subject>(language),
        "place.mode" => choices::<PlaceMode>(language),
        "price.kind" => choices::<PriceKind>(language),
        "place.municipality" | "price.freeFor" | "openTo" => municipalities(),
        "transport.modes" => choices::<TransportMode>(language),
        "roleClarity" => choices::<Degree>(language),
        "success" => choices::<Success>(language),
        "sharing" => choices::<Sharing>(language),
        "developedIn" | "offers" => form.related.clone(),
        _ => Vec::new(),
    }
}

fn item_view(context: &Context, form: &Form, kind: Kind, item: Item) -> AnyView {
    let text = context.text().writing();
    let input = |name: &str| input(context, form, name);
    match item {
        Line(name) => inputs::line(&input(name), "text").into_any(),
        Number(name) => inputs::line(&input(name), "number").into_any(),
        Date(name) => inputs::line(&input(name), "date").into_any(),
        Area(name) => inputs::area(&input(name), 3).into_any(),
        Item::Markdown(name) => inputs::markdown(&input(name), 10, context.text()).into_any(),
        Select(name) => {
            let choices = choices_of(context, form, name);
            inputs::select(&input(name), text.not_chosen(), &choices).into_any()
        }
        Checks(name) => {
            let choices = choices_of(context, form, name);
            let chosen: Vec<&str> = form.fields.values(name).collect();
            if choices.is_empty() {
                let none = if kind == Kind::Case {
                    text.no_offers()
                } else {
                    text.no_cases()
                };
                view! {
                    <div class="field"><p class="label">{text.label(name)}</p><p class="soft">{none}</p></div>
                }
                .into_any()
            } else {
                inputs::checks(&input(name), &choices, &chosen).into_any()
            }
        }
        Degrees(group) => degrees(context, form, group).into_any(),
        Partners => partners(context, form).into_any(),
        Anchoring => rows(context, form, "anchoring").into_any(),
        Advice => rows(context, form, "advice").into_any(),
        Item::Images => attached(context, form, kind, Uploaded::Image).into_any(),
        Item::Files => attached(context, form, kind, Uploaded::File).into_any(),
    }
}

/// A degree for each of a list of codes.
fn degrees(context: &Context, form: &Form, group: &'static str) -> impl IntoView + use<> {
    let language = context.language;
    let text = context.text().writing();
    let codes = match group {
        "motivations" => choices::<Motivation>(language),
        "outcomes" => choices::<Outcome>(language),
        _ => choices::<Challenge>(language),
    };
    let degrees = choices::<Degree>(language);
    let inputs: Vec<Input> = codes
        .into_iter()
        .map(|(code, label)| {
            let name = format!("{group}.{code}");
            Input {
                label,
                ..input(context, form, &name)
            }
        })
        .collect();
    view! {
        <fieldset class="field degrees">
            <legend>{text.label(group)}</legend>
            {inputs.iter().map(|input| inputs::select(input, text.not_chosen(), &degrees)).collect_view()}
        </fieldset>
    }
}

/// The images or the files, each with what has to be said of it, and the way to add one.
fn attached(context: &Context, form: &Form, kind: Kind, what: Uploaded) -> impl IntoView + use<> {
    let text = context.text().writing();
    let (list, add) = match what {
        Uploaded::Image => ("images", text.add_image()),
        Uploaded::File => ("files", text.add_file()),
    };
    let record = format!("{}/{}", kind.code(), form.id);
    let query = step_query(kind, form.step).unwrap_or_default();
    let next = match form.id.parse::<Slug>() {
        Ok(id) => context.url_with(&Route::Desk(Desk::Write(kind, id)), &query),
        Err(_) => String::new(),
    };
    let upload = context.url_with(
        &what.route(),
        &encode_pairs([("record", record.as_str()), ("next", next.as_str())]),
    );
    let field = |row: usize, leaf: &str| input(context, form, &format!("{list}.{row}.{leaf}"));
    let rows = form
        .fields
        .rows(list)
        .into_iter()
        .enumerate()
        .map(|(position, row)| {
            let id = form.fields.value(&format!("{list}.{row}.id")).to_owned();
            let title = match what {
                Uploaded::Image => text.image_entry(position + 1),
                Uploaded::File => text.file_entry(position + 1),
            };
            let remove = format!("{} {title}", text.remove_row());
            let legal = choices::<LegalBasis>(context.language);
            let said = match what {
                Uploaded::Image => Either::Left(view! {
                    <img class="thumbnail" src=format!("/billeder/{id}/400") alt="" width="200"/>
                    {inputs::line(&field(row, "alt"), "text")}
                    {inputs::line(&field(row, "credit"), "text")}
                    {inputs::select(&field(row, "legalBasis"), text.not_chosen(), &legal)}
                    {inputs::line(&field(row, "caption"), "text")}
                }),
                Uploaded::File => Either::Right(inputs::line(&field(row, "title"), "text")),
            };
            view! {
                <fieldset class="row-fields">
                    <legend>{title}</legend>
                    <input type="hidden" name=format!("{list}.{row}.id") value=id.clone()/>
                    {said}
                    <button type="submit" class="plain" name="remove" value=format!("{list}.{row}") aria-label=remove>{text.remove_row()}</button>
                </fieldset>
            }
        })
        .collect_view();
    view! {
        <fieldset class="field" id=list>
            <legend>{text.label(list)}</legend>
            {rows}
            <p><a class="button quiet" href=upload>{add}</a></p>
        </fieldset>
    }
}

/// The numbers of a list's rows that are shown: those with something in them, the one just added, and at least one.
fn shown_rows(form: &Form, list: &str) -> Vec<usize> {
    let mut rows = form.fields.rows(list);
    let next = rows.last().map_or(0, |row| row + 1);
    if rows.is_empty() || form.added_to.as_deref() == Some(list) {
        rows.push(next);
    }
    rows
}

/// A list whose rows are written one below the other.
fn rows(context: &Context, form: &Form, list: &'static str) -> impl IntoView + use<> {
    let text = context.text().writing();
    let lead = (list == "anchoring").then(|| text.anchoring_lead());
    let rows = shown_rows(form, list);
    let error = form
        .errors
        .iter()
        .find(|error| error.field == list)
        .map(|error| message(context, error));
    view! {
        <fieldset class="field rows" id=list>
            <legend>{text.label(list)}</legend>
            {lead.map(|lead| view! { <p class="hint">{lead}</p> })}
            {error.map(|error| view! { <p class="field-error">{error}</p> })}
            {rows.into_iter().enumerate().map(|(position, row)| {
                let title = match list {
                    "anchoring" => text.anchoring_entry(position + 1),
                    _ => text.advice_entry(position + 1),
                };
                view! {
                    <fieldset class="row-fields">
                        <legend>{title.clone()}</legend>
                        {row_fields(context, form, list, row)}
                        <button type="submit" class="plain" name="remove" value=format!("{list}.{row}") aria-label=format!("{} {title}", text.remove_row())>
                            {text.remove_row()}
                        </button>
                    </fieldset>
                }
            }).collect_view()}
            <button type="submit" class="quiet" name="add" value=list aria-label=format!("{} {}", text.add_row(), text.label(list))>{text.add_row()}</button>
        </fieldset>
    }
}

fn row_fields(
    context: &Context,
    form: &Form,
    list: &'static str,
    row: usize,
) -> impl IntoView + use<> {
    let text = context.text().writing();
    let language = context.language;
    let field = |leaf: &str| input(context, form, &format!("{list}.{row}.{leaf}"));
    let none = text.not_chosen();
    if list == "advice" {
        Either::Left(view! {
            {inputs::select(&field("audience"), none, &choices::<Audience>(language))}
            {inputs::area(&field("text"), 3)}
        })
    } else {
        let mut owners = form.organisations.clone();
        for owner in &form.owners {
            if !owners.contains(owner) {
                owners.push(owner.clone());
            }
        }
        Either::Right(view! {
            {inputs::select(&field("strategy"), none, &form.strategies)}
            {inputs::select(&field("owner"), none, &owners)}
            {inputs::select(&field("status"), none, &choices::<AnchoringStatus>(language))}
            {inputs::line(&field("nextReview"), "date")}
            {inputs::area(&field("note"), 2)}
        })
    }
}

/// The partners, finding more of them, and who did what: a table whose cells are choices, which a phone shows as a list.
fn partners(context: &Context, form: &Form) -> impl IntoView + use<> {
    let text = context.text().writing();
    let language = context.language;
    let rows = form.fields.rows("partners");
    let name_of = |row: usize| {
        let id = form.fields.value(&format!("partners.{row}.organisation"));
        let known = form.organisations.iter().find(|(known, _)| known == id);
        known.map_or_else(|| id.to_owned(), |(_, name)| name.clone())
    };
    let named: Vec<(usize, String)> = rows.iter().map(|row| (*row, name_of(*row))).collect();
    let error = form
        .errors
        .iter()
        .find(|error| error.field.starts_with("partners"))
        .map(|error| message(context, error));
    let degrees = choices::<Degree>(language);
    let cell = |task: Task, row: usize, name: &str| {
        let field = format!("partners.{row}.tasks.{}", task.code());
        let chosen = form.fields.value(&field).to_owned();
        let label = text.task_of(task.label(language), name);
        view! {
            <td data-partner=name.to_owned()>
                <select name=field aria-label=label>
                    <option value="">{text.not_chosen()}</option>
                    {degrees.iter().map(|(code, label)| view! {
                        <option value=code.clone() selected={*code == chosen}>{label.clone()}</option>
                    }).collect_view()}
                </select>
            </td>
        }
    };
    let found = form.found.as_ref().map(|found| {
        if found.organisations.is_empty() {
            Either::Left(view! {
                <p role="status">{text.no_partner_found(&found.query)}" "
                    <a href=context.url_with(&Route::Desk(Desk::Organisations), &encode_pairs([("q", found.query.as_str())]))>{text.create_organisation()}</a>
                </p>
            })
        } else {
            Either::Right(view! {
                <div role="status">
                    <ul class="found">
                        {found.organisations.iter().map(|(id, name, where_it_is)| view! {
                            <li>
                                <span><strong>{name.clone()}</strong>" "<span class="soft">{where_it_is.clone()}</span></span>
                                <button type="submit" class="quiet" name="add-partner" value=id.to_string() aria-label=text.add_partner(name)>{text.add_row()}</button>
                            </li>
                        }).collect_view()}
                    </ul>
                </div>
            })
        }
    });
    view! {
        <fieldset class="field" id="partners">
            <legend>{text.partners()}</legend>
            <p class="hint">{text.partner_kinds()}</p>
            {error.map(|error| view! { <p class="field-error">{error}</p> })}
            <ul class="partner-list">
                {named.iter().map(|(row, name)| {
                    let id = format!("partners.{row}.organisation");
                    let contact = format!("partners.{row}.contactPerson");
                    view! {
                        <li>
                            <input type="hidden" name=id.clone() value=form.fields.value(&id).to_owned()/>
                            <strong>{name.clone()}</strong>
                            <label class="check" for=contact.clone()>
                                <input type="checkbox" id=contact.clone() name=contact.clone() value="true" checked={!form.fields.value(&contact).is_empty()}/>
                                <span>{text.contact_person()}</span>
                            </label>
                            <button type="submit" class="plain" name="remove" value=format!("partners.{row}") aria-label=text.remove_partner(name)>{text.remove_row()}</button>
                        </li>
                    }
                }).collect_view()}
            </ul>
            <div class="field find">
                <label for="find">{text.find_partner()}</label>
                <p class="hint" id="find-hint">{text.find_partner_hint()}</p>
                <div class="find-line">
                    <input type="search" id="find" name="find" aria-describedby="find-hint" value=form.found.as_ref().map(|found| found.query.clone())/>
                    <button type="submit" class="quiet" name="then" value="find">{text.find()}</button>
                </div>
                {found}
            </div>
        </fieldset>
        {(!named.is_empty()).then(|| view! {
            <fieldset class="field">
                <legend>{context.text().case().matrix()}</legend>
                <p class="hint">{text.matrix_lead()}</p>
                <table class="matrix-form">
                    <thead>
                        <tr>
                            <th scope="col">{context.text().case().task()}</th>
                            {named.iter().map(|(_, name)| view! { <th scope="col">{name.clone()}</th> }).collect_view()}
                        </tr>
                    </thead>
                    <tbody>
                        {Task::all().iter().map(|task| view! {
                            <tr>
                                <th scope="row">{task.label(language)}</th>
                                {named.iter().map(|(row, name)| cell(*task, *row, name)).collect_view()}
                            </tr>
                        }).collect_view()}
                    </tbody>
                </table>
            </fieldset>
        })}
    }
}

/// Two writers' versions of one step.
pub struct Conflict {
    /// An offer or a case.
    pub kind: Kind,
    /// Its id.
    pub id: Slug,
    /// The step.
    pub step: usize,
    /// What this writer typed.
    pub mine: Fields,
    /// What is saved.
    pub theirs: Fields,
}

/// The page on which the later of two writers chooses, field by field.
pub fn conflict_page(context: &Context, conflict: &Conflict) -> Page {
    let text = context.text().writing();
    let route = Route::Desk(Desk::Write(conflict.kind, conflict.id.clone()));
    let query = step_query(conflict.kind, conflict.step).unwrap_or_default();
    let names = conflict.mine.differences(&conflict.theirs);
    let hidden: Vec<(String, String)> = conflict
        .mine
        .pairs()
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let now = seen(&conflict.theirs, conflict.kind, conflict.step);
    let mut meta = Meta::new(text.conflict(), text.conflict());
    meta.listed = false;
    let mut page = page_with_status(context, 409, &meta, || {
        view! {
            <h1>{text.conflict()}</h1>
            <p class="lead">{text.conflict_lead()}</p>
            <form method="post" action=context.url_with(&route, &query) class="writing">
                <input type="hidden" name="seen" value=now/>
                <input type="hidden" name="chosen" value="true"/>
                {hidden.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value/> }).collect_view()}
                {names.iter().map(|name| {
                    let mine = shown(context, &conflict.mine, name);
                    let theirs = shown(context, &conflict.theirs, name);
                    let choice = ["choose.", name].concat();
                    view! {
                        <fieldset class="field versions">
                            <legend>{text.label(name)}</legend>
                            <div>
                                <label class="check"><input type="radio" name=choice.clone() value="mine" checked=true/><span>{text.keep_mine()}</span></label>
                                <p class="kicker">{text.mine()}</p>
                                {mine}
                            </div>
                            <div>
                                <label class="check"><input type="radio" name=choice.clone() value="theirs"/><span>{text.keep_theirs()}</span></label>
                                <p class="kicker">{text.theirs()}</p>
                                {theirs}
                            </div>
                        </fieldset>
                    }
                }).collect_view()}
                <div class="actions"><button type="submit" name="then" value="stay">{text.save_choice()}</button></div>
            </form>
        }
    });
    page.cache = Cache::None;
    page
}

/// The values of a field, or of the fields of a list, as people read them.
pub fn shown(context: &Context, fields: &Fields, name: &str) -> impl IntoView + use<> {
    let text = context.text().writing();
    let prefix = [name, "."].concat();
    let values: Vec<(Option<String>, String)> = fields
        .pairs()
        .filter(|(known, _)| *known == name || known.starts_with(&prefix))
        .map(|(known, value)| {
            let label = (known != name).then(|| part_label(context, known));
            (label, value_label(context, known, value))
        })
        .collect();
    if values.is_empty() {
        EitherOf3::A(view! { <p class="soft">{text.empty()}</p> })
    } else if values.iter().all(|(label, _)| label.is_none()) {
        let joined: Vec<String> = values.into_iter().map(|(_, value)| value).collect();
        EitherOf3::B(view! { <p class="typed">{joined.join(", ")}</p> })
    } else {
        EitherOf3::C(view! {
            <dl class="typed-list">
                {values.into_iter().map(|(label, value)| view! {
                    <div><dt>{label.unwrap_or_default()}</dt><dd class="typed">{value}</dd></div>
                }).collect_view()}
            </dl>
        })
    }
}

/// What the part of a list that a field stands for is called: `1. Forankringsstrategi`, `2. Evaluering`.
fn part_label(context: &Context, name: &str) -> String {
    let language = context.language;
    let row = name
        .split('.')
        .find_map(|part| part.parse::<usize>().ok())
        .map(|row| format!("{}. ", row + 1))
        .unwrap_or_default();
    let code = name.rsplit('.').next().unwrap_or_default();
    let label = domain::codes::topic_label(code, language)
        .map(str::to_owned)
        .unwrap_or_else(|| context.text().writing().label(name).to_owned());
    [row, label].concat()
}

/// A value as people read it: a code by its label.
fn value_label(context: &Context, name: &str, value: &str) -> String {
    let language = context.language;
    let leaf = name.rsplit('.').next().unwrap_or_default();
    let of = |choices: Vec<Choice>| {
        choices
            .into_iter()
            .find(|(code, _)| code == value)
            .map(|(_, label)| label)
    };
    let known = match (leaf, name) {
        (_, name) if name.contains(".tasks.") => of(choices::<Degree>(language)),
        (_, name)
            if ["motivations.", "outcomes.", "challenges."]
                .iter()
                .any(|group| name.starts_with(group)) =>
        {
            of(choices::<Degree>(language))
        }
        ("audience", _) => of(choices::<Audience>(language)),
        ("status", _) => of(choices::<AnchoringStatus>(language)),
        _ => of(choices_of(context, &Form::default(), name)),
    };
    known.unwrap_or_else(|| value.to_owned())
}
