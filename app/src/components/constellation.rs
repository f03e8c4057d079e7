//! Who stood around a project: a small drawing, with the same in words beside it.

use std::f64::consts::TAU;

use domain::search::Hit;
use domain::{Code, OrganisationKind, Slug};
use leptos::either::EitherOf4;
use leptos::prelude::*;

use crate::components::content::listed;
use crate::context::Context;
use crate::routes::Route;

/// A partner as the drawing and the tables know it.
pub struct Member {
    /// The organisation.
    pub id: Slug,
    /// Its name.
    pub name: String,
    /// What kind of organisation it is; none where the portal does not know it.
    pub kind: Option<OrganisationKind>,
    /// Where it is.
    pub municipality: Option<&'static str>,
    /// Whether the project's contact person was here.
    pub contact: bool,
}

impl Member {
    /// A partner of a case, with what its row in the index says of it.
    pub fn new(partner: &domain::Partner, rows: &[Hit]) -> Self {
        let row = rows.iter().find(|row| row.id == partner.organisation);
        Member {
            id: partner.organisation.clone(),
            name: row.map_or_else(|| partner.organisation.to_string(), |row| row.title.clone()),
            kind: row.and_then(|row| row.organisation_kind),
            municipality: row.and_then(|row| row.municipality).map(|code| code.name()),
            contact: partner.contact_person == Some(true),
        }
    }
}

/// How many partners there are of each kind, in words: "1 skole, 2 kommuner og 1 institution".
pub fn kinds_in_words(context: &Context, members: &[Member]) -> String {
    let text = context.text().case();
    let parts: Vec<String> = OrganisationKind::all()
        .iter()
        .filter_map(|kind| {
            let count = members
                .iter()
                .filter(|member| member.kind == Some(*kind))
                .count() as u64;
            (count > 0).then(|| match kind {
                OrganisationKind::School => text.schools(count),
                OrganisationKind::Municipality => text.municipalities(count),
                OrganisationKind::Institution => text.institutions(count),
                OrganisationKind::Plc => text.learning_centres(count),
                OrganisationKind::Transport => text.transport_providers(count),
            })
        })
        .collect();
    listed(&parts, context.text().offer().and())
}

/// The drawing: a number for each partner in the shape of its kind, around the project. The numbers are those of
/// [`members_list`], which says the same in words.
pub fn constellation(context: &Context, members: &[Member]) -> impl IntoView + use<> {
    let text = context.text().case();
    let contact: Vec<&str> = members
        .iter()
        .filter(|member| member.contact)
        .map(|member| member.name.as_str())
        .collect();
    let mut label = text.diagram_label(members.len() as u64, &kinds_in_words(context, members));
    if !contact.is_empty() {
        label.push(' ');
        label.push_str(&text.diagram_contact(&contact.join(", ")));
    }
    // The shapes shrink where there are many, so that they never meet.
    let count = members.len().max(1) as f64;
    let radius = (20.0_f64).min(82.0 * TAU / count / 2.6);
    let places: Vec<(f64, f64)> = (0..members.len())
        .map(|position| {
            let angle = position as f64 / count * TAU - TAU / 4.0;
            (120.0 + 82.0 * angle.cos() * 1.2, 104.0 + 82.0 * angle.sin())
        })
        .collect();
    view! {
        <svg class="constellation" viewBox="-12 -8 264 224" role="img" aria-label=label>
            {places.iter().zip(members).map(|((x, y), member)| {
                let class = if member.contact { "tie tie-contact" } else { "tie" };
                view! { <line class=class x1="120" y1="104" x2=tenth(*x) y2=tenth(*y)></line> }
            }).collect_view()}
            <circle class="node-project" cx="120" cy="104" r="7"></circle>
            {places.iter().zip(members).enumerate().map(|(position, ((x, y), member))| view! {
                <g class=node_class(member)>
                    {shape(member.kind, *x, *y, radius)}
                    <text x=tenth(*x) y=tenth(*y) font-size=tenth(radius * 0.85) text-anchor="middle" dominant-baseline="central">
                        {(position + 1).to_string()}
                    </text>
                </g>
            }).collect_view()}
        </svg>
    }
}

fn node_class(member: &Member) -> &'static str {
    if member.contact {
        "node node-contact"
    } else {
        "node"
    }
}

fn tenth(number: f64) -> String {
    format!("{number:.1}")
}

/// A school is a square, a municipality a diamond, an institution a circle, anything else a hexagon.
fn shape(kind: Option<OrganisationKind>, x: f64, y: f64, radius: f64) -> impl IntoView + use<> {
    let points = |corners: usize, turn: f64, radius: f64| {
        (0..corners)
            .map(|corner| {
                let angle = (corner as f64 + turn) / corners as f64 * TAU;
                format!(
                    "{:.1},{:.1}",
                    x + radius * angle.cos(),
                    y + radius * angle.sin()
                )
            })
            .collect::<Vec<_>>()
            .join(" ")
    };
    match kind {
        Some(OrganisationKind::Institution) => {
            EitherOf4::A(view! { <circle cx=tenth(x) cy=tenth(y) r=tenth(radius)></circle> })
        }
        Some(OrganisationKind::School) => {
            EitherOf4::B(view! { <polygon points=points(4, 0.5, radius * 1.25)></polygon> })
        }
        Some(OrganisationKind::Municipality) => {
            EitherOf4::C(view! { <polygon points=points(4, 0.0, radius * 1.3)></polygon> })
        }
        Some(OrganisationKind::Plc | OrganisationKind::Transport) | None => {
            EitherOf4::D(view! { <polygon points=points(6, 0.0, radius * 1.1)></polygon> })
        }
    }
}

/// The same shape beside a name.
fn small_shape(
    kind: Option<OrganisationKind>,
    number: usize,
    contact: bool,
) -> impl IntoView + use<> {
    let class = if contact { "node node-contact" } else { "node" };
    view! {
        <svg class="member-mark" viewBox="-15 -15 30 30" aria-hidden="true" focusable="false">
            <g class=class>
                {shape(kind, 0.0, 0.0, 11.0)}
                <text x="0" y="0" font-size="11" text-anchor="middle" dominant-baseline="central">{number.to_string()}</text>
            </g>
        </svg>
    }
}

/// The partners with their numbers, kinds and places.
pub fn members_list(context: &Context, members: &[Member]) -> impl IntoView + use<> {
    let text = context.text().case();
    view! {
        <ol class="members">
            {members.iter().enumerate().map(|(position, member)| {
                let kind = member.kind.map(|kind| kind.label(context.language));
                let mut words: Vec<&str> = kind.into_iter().collect();
                words.extend(member.municipality);
                view! {
                    <li>
                        {small_shape(member.kind, position + 1, member.contact)}
                        <div>
                            <a href=context.url(&Route::Organisation(member.id.clone()))>{member.name.clone()}</a>
                            <p class="small soft">{words.join(", ")}</p>
                            {member.contact.then(|| view! { <p class="small"><span class="status status-alive">{text.contact_person()}</span></p> })}
                        </div>
                    </li>
                }
            }).collect_view()}
        </ol>
    }
}
