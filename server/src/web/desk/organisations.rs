//! Organisations at the desk.

use app::pages::members::{
    self, Finding, May, Member, NewOrganisation, OrganisationDesk, ProfileField,
};
use app::routes::Desk;
use axum::response::Response;
use domain::membership::MemberRole;
use domain::permission::{Action, Refusal, decide};
use domain::{
    Address, EmailAddress, Invalid, MunicipalityCode, Organisation, OrganisationKind, Slug,
};
use jiff::Timestamp;

use super::Visit;
use crate::clock::in_denmark;
use crate::organisations::{Invited, Made};
use crate::publishing::Refused;

/// The most organisations that are found by name.
const MOST_FOUND: u32 = 12;
/// The most requests that administrators see at once.
const MOST_REQUESTS: usize = 200;

pub async fn find(visit: &Visit<'_>) -> Response {
    let query = visit.asked("q").unwrap_or_default();
    answer_find(visit, query, NewOrganisation::default()).await
}

async fn answer_find(visit: &Visit<'_>, query: String, form: NewOrganisation) -> Response {
    match finding(visit, query, form).await {
        Ok(finding) => visit.page(members::find_page(&visit.context, &finding)),
        Err(refused) => visit.refused(refused),
    }
}

async fn finding(
    visit: &Visit<'_>,
    query: String,
    form: NewOrganisation,
) -> Result<Finding, Refused> {
    let portal = visit.portal;
    let found =
        (!query.trim().is_empty()).then(|| visit.find_organisations(query.trim(), MOST_FOUND));
    let address = visit.known.session.account.email.as_deref();
    let mut suggested = Vec::new();
    if let Some(address) = address.and_then(|address| address.parse::<EmailAddress>().ok()) {
        let mut ids = portal.store.organisations_of_domain(&address).await?;
        ids.retain(|id| {
            let held = &visit.known.person.memberships;
            !held.iter().any(|held| held.organisation() == id)
        });
        suggested = portal.names(&ids).await?;
    }
    let requests = if visit.known.may_administer() {
        let asked = portal.store.all_join_requests(MOST_REQUESTS).await?;
        let ids: Vec<Slug> = asked
            .iter()
            .map(|request| request.organisation.clone())
            .collect();
        let names = portal.names(&ids).await?;
        let mut shown = Vec::new();
        for request in asked {
            let who = super::author_name(visit, &format!("account:{}", request.account)).await?;
            let name = super::name_among(&names, &request.organisation);
            shown.push((request.organisation, name, who));
        }
        Some(shown)
    } else {
        None
    };
    Ok(Finding {
        query,
        found,
        form,
        suggested,
        requests,
        done: None,
    })
}

pub async fn make(visit: &Visit<'_>, form: &str) -> Response {
    let value = |name: &str| app::query::value(form, name).unwrap_or_default();
    let text = visit.context.text().members();
    let mut typed = NewOrganisation {
        name: value("name"),
        kind: value("kind"),
        municipality: value("municipality"),
        ..NewOrganisation::default()
    };
    let name = typed.name.trim().parse();
    let kind = typed.kind.parse::<OrganisationKind>();
    let municipality = typed.municipality.parse::<MunicipalityCode>().ok();
    if name.is_err() {
        typed.errors.push(("name", text.name_missing()));
    }
    if kind.is_err() {
        typed.errors.push(("kind", text.kind_missing()));
    }
    let (Ok(name), Ok(kind)) = (name, kind) else {
        return answer_find(visit, String::new(), typed).await;
    };
    let now = visit.portal.clock.now();
    let person = visit.known.person.id.clone();
    if visit.portal.organisations_made.wait(&person, now).is_some() {
        typed.errors.push(("name", text.too_many()));
        return answer_find(visit, String::new(), typed).await;
    }
    let made = visit
        .portal
        .make_organisation(visit.by(), name, kind, municipality)
        .await;
    match made {
        Ok(Made::New(id)) => {
            visit.portal.organisations_made.failed(person, now);
            if value("mine").is_empty() {
                return visit.see(Desk::Organisation(id), "");
            }
            match visit.portal.ask_to_join(visit.by(), &id, "").await {
                Ok(()) => visit.see(Desk::Organisation(id), "gjort=join"),
                Err(refused) => visit.refused(refused),
            }
        }
        Ok(Made::Exists(id, name)) => {
            typed.exists = Some((id, name));
            answer_find(visit, String::new(), typed).await
        }
        Err(Refused::Wrong(_)) => {
            typed
                .errors
                .push(("municipality", text.municipality_missing()));
            answer_find(visit, String::new(), typed).await
        }
        Err(refused) => visit.refused(refused),
    }
}

/// What went wrong, and what was typed.
#[derive(Default)]
struct Wrong {
    fault: Option<(&'static str, &'static str)>,
    typed: String,
    profile: Option<Vec<ProfileField>>,
    link: Option<String>,
    done: Option<String>,
}

pub async fn show(visit: &Visit<'_>, id: &Slug) -> Response {
    answer(visit, id, Wrong::default()).await
}

async fn answer(visit: &Visit<'_>, id: &Slug, wrong: Wrong) -> Response {
    match shown(visit, id, wrong).await {
        Ok(shown) => visit.page(members::page(&visit.context, &shown)),
        Err(refused) => visit.refused(refused),
    }
}

async fn shown(visit: &Visit<'_>, id: &Slug, wrong: Wrong) -> Result<OrganisationDesk, Refused> {
    let portal = visit.portal;
    let store = &portal.store;
    let actor = visit.known.actor();
    let organisation = portal.organisation(id).await?.ok_or(Refused::NotFound)?;
    let members = portal.members(actor, id).await?;
    let standing = store.standing(id).await?;
    let me = &visit.known.person.id;
    let is_member = members.people.iter().any(|(person, _)| person == me);
    let asks = store
        .join_requests_by(me)
        .await?
        .iter()
        .any(|request| request.organisation == *id);
    let may = May {
        manage: decide(actor, Action::ManageMembers(&members)).is_ok(),
        edit: decide(actor, Action::EditOrganisation(&members)).is_ok(),
        trust: decide(actor, Action::Trust(&members)).is_ok(),
        leave: decide(actor, Action::Leave(&members)).is_ok(),
        join: !is_member
            && standing.followed_by.is_none()
            && decide(actor, Action::AskToJoin(&members)).is_ok(),
        close: decide(actor, Action::CloseOrganisation).is_ok(),
    };
    let day = |time: Timestamp| in_denmark(time).date();
    let people = if is_member || may.manage {
        let people = store.members(id).await?;
        let shown = people.into_iter().map(|member| Member {
            is_you: member.account.id == *me,
            email: match &member.account.email {
                Some(email) if may.manage => email.clone(),
                _ => String::new(),
            },
            account: member.account.id,
            name: member.account.name,
            roles: member.roles,
            since: day(member.since),
        });
        Some(shown.collect())
    } else {
        None
    };
    let mut requests = Vec::new();
    let mut invitations = Vec::new();
    if may.manage {
        for request in store.join_requests_to(id).await? {
            let Some(account) = store.account(&request.account).await? else {
                continue;
            };
            let email = account.email.unwrap_or_default();
            let name = format!("{} ({email})", account.name);
            requests.push((request.account, name, request.message));
        }
        let open = store.invitations_of(id, portal.clock.now()).await?;
        invitations = open
            .into_iter()
            .map(|invitation| {
                let until = day(invitation.expires);
                (invitation.key, invitation.email.to_string(), until)
            })
            .collect();
    }
    let followed_by = match &standing.followed_by {
        Some(successor) => {
            let names = portal.names(std::slice::from_ref(successor)).await?;
            Some((successor.clone(), super::name_among(&names, successor)))
        }
        None => None,
    };
    let text = visit.context.text().members();
    let done = wrong.done.or_else(|| {
        let said = match visit.asked("gjort")?.as_str() {
            "join" => text.asked(),
            "take-back" => text.taken_back(),
            "accept" => text.accepted(),
            "decline" => text.declined(),
            "roles" => text.roles_saved(),
            "remove" => text.removed(),
            "withdraw" => text.withdrawn(),
            "leave" => text.left(),
            "domains" => text.domains_saved(),
            "trust" | "distrust" | "close" => text.trust_saved(),
            "profile" => text.profile_saved(),
            _ => return None,
        };
        Some(said.to_owned())
    });
    Ok(OrganisationDesk {
        id: id.clone(),
        name: organisation.name.to_string(),
        kind: organisation.kind,
        members: people,
        unclaimed: members.people.is_empty(),
        may,
        invitations,
        requests,
        asks,
        trusted: standing.trusted,
        domains: standing.domains.join("\n"),
        profile: wrong.profile.unwrap_or_else(|| profile_of(&organisation)),
        successor: match &standing.followed_by {
            Some(successor) => successor.to_string(),
            None => String::new(),
        },
        followed_by,
        done,
        link: wrong.link,
        fault: wrong.fault,
        typed: wrong.typed,
    })
}

fn profile_of(organisation: &Organisation) -> Vec<ProfileField> {
    let address = organisation.address.as_ref();
    let text =
        |value: Option<&dyn std::fmt::Display>| value.map(ToString::to_string).unwrap_or_default();
    let part = |part: fn(&Address) -> Option<&domain::Line>| {
        address
            .and_then(part)
            .map(ToString::to_string)
            .unwrap_or_default()
    };
    let field = |name, value| ProfileField {
        name,
        value,
        error: None,
    };
    vec![
        field("name", organisation.name.to_string()),
        field(
            "summary",
            text(organisation.summary.as_ref().map(|value| value as _)),
        ),
        field(
            "url",
            text(organisation.url.as_ref().map(|value| value as _)),
        ),
        field(
            "email",
            text(organisation.email.as_ref().map(|value| value as _)),
        ),
        field(
            "phone",
            text(organisation.phone.as_ref().map(|value| value as _)),
        ),
        field("address.street", part(|address| address.street.as_ref())),
        field(
            "address.postcode",
            part(|address| address.postcode.as_ref()),
        ),
        field("address.city", part(|address| address.city.as_ref())),
    ]
}

pub async fn send(visit: &Visit<'_>, id: &Slug, form: &str) -> Response {
    let value = |name: &str| app::query::value(form, name).unwrap_or_default();
    let what = value("do");
    let text = visit.context.text().members();
    let account = value("account").parse::<Slug>();
    let roles: Vec<MemberRole> = app::query::pairs(form)
        .filter(|(name, _)| name == "role")
        .filter_map(|(_, code)| code.parse().ok())
        .collect();
    let confirmed = !value("confirm").is_empty();
    let portal = visit.portal;
    let by = visit.by();
    let wrong = |field: &'static str, fault: &'static str, typed: String| Wrong {
        fault: Some((field, fault)),
        typed,
        ..Wrong::default()
    };
    let done = match (what.as_str(), account) {
        ("join", _) => portal.ask_to_join(by, id, &value("message")).await,
        ("take-back", _) => portal.take_request_back(by, id).await,
        ("accept" | "roles", Ok(_)) if roles.is_empty() => {
            return answer(
                visit,
                id,
                wrong("people", text.role_missing(), String::new()),
            )
            .await;
        }
        ("accept", Ok(account)) => portal.answer_request(by, id, &account, &roles).await,
        ("decline", Ok(account)) => portal.answer_request(by, id, &account, &[]).await,
        ("roles", Ok(account)) => portal.set_member_roles(by, id, &account, &roles).await,
        ("remove" | "leave", _) if !confirmed => {
            return answer(
                visit,
                id,
                wrong("people", text.confirm_first(), String::new()),
            )
            .await;
        }
        ("remove", Ok(account)) => portal.set_member_roles(by, id, &account, &[]).await,
        ("leave", _) => portal.leave(by, id).await,
        ("withdraw", _) => portal.withdraw_invitation(by, id, &value("key")).await,
        ("trust", _) => portal.trust(by, id, true).await,
        ("distrust", _) => portal.trust(by, id, false).await,
        ("domains", _) => match portal.set_domains(by, id, &value("domains")).await {
            Ok(false) => {
                return answer(
                    visit,
                    id,
                    wrong("domains", text.domain_wrong(), String::new()),
                )
                .await;
            }
            set => set.map(drop),
        },
        ("close", _) => {
            let typed = value("successor");
            let successor = match typed.trim() {
                "" => Ok(None),
                id => id.parse::<Slug>().map(Some),
            };
            let closed = match successor {
                Ok(successor) => portal.close_organisation(by, id, successor).await,
                Err(_) => Ok(false),
            };
            match closed {
                Ok(false) => {
                    return answer(visit, id, wrong("successor", text.successor_wrong(), typed))
                        .await;
                }
                closed => closed.map(drop),
            }
        }
        ("invite", _) => return invite(visit, id, &value("email"), &roles).await,
        ("profile", _) => return profile(visit, id, form).await,
        _ => return visit.not_found(),
    };
    match done {
        Ok(()) if what == "leave" => visit.see(Desk::Home, ""),
        Ok(()) => visit.see(Desk::Organisation(id.clone()), &format!("gjort={what}")),
        Err(Refused::NotAllowed(Refusal::LastManager)) => {
            let said = visit.context.text().desk().refused_last();
            answer(visit, id, wrong("people", said, String::new())).await
        }
        Err(refused) => visit.refused(refused),
    }
}

async fn invite(visit: &Visit<'_>, id: &Slug, typed: &str, roles: &[MemberRole]) -> Response {
    let text = visit.context.text().members();
    let wrong = |fault| Wrong {
        fault: Some(("email", fault)),
        typed: typed.to_owned(),
        ..Wrong::default()
    };
    let Ok(email) = typed.trim().parse::<EmailAddress>() else {
        return answer(visit, id, wrong(text.unknown_address())).await;
    };
    if roles.is_empty() {
        return answer(visit, id, wrong(text.role_missing())).await;
    }
    match visit
        .portal
        .invite(visit.by(), id, &email, roles, visit.context.language)
        .await
    {
        Ok((Invited::Member, _)) => answer(visit, id, wrong(text.already_member())).await,
        Ok((Invited::Sent, secret)) => {
            let link = crate::web::invitation_address(visit.portal.public_url(), &secret);
            let shown = Wrong {
                done: Some(text.invited(email.as_str())),
                link: Some(link),
                ..Wrong::default()
            };
            answer(visit, id, shown).await
        }
        Err(refused) => visit.refused(refused),
    }
}

async fn profile(visit: &Visit<'_>, id: &Slug, form: &str) -> Response {
    let organisation = match visit.portal.organisation(id).await {
        Ok(Some(organisation)) => organisation,
        Ok(None) => return visit.not_found(),
        Err(error) => return visit.unavailable(&error),
    };
    let mut fields = profile_of(&organisation);
    for field in &mut fields {
        let name = ["profile.", field.name].concat();
        let typed = app::query::value(form, &name).unwrap_or_default();
        field.value = typed.replace("\r\n", "\n").trim().to_owned();
    }
    let written = written(organisation, &mut fields, visit.context.language);
    let wrong = fields.iter().any(|field| field.error.is_some());
    if wrong {
        let shown = Wrong {
            profile: Some(fields),
            ..Wrong::default()
        };
        return answer(visit, id, shown).await;
    }
    match visit.portal.edit_organisation(visit.by(), written).await {
        Ok(()) => visit.see(Desk::Organisation(id.clone()), "gjort=profile"),
        Err(refused) => visit.refused(refused),
    }
}

/// The organisation with what is typed of it; notes in the fields what is wrong.
fn written(
    mut organisation: Organisation,
    fields: &mut [ProfileField],
    language: domain::Language,
) -> Organisation {
    fn parse<T: std::str::FromStr<Err = Invalid>>(
        field: &mut ProfileField,
        language: domain::Language,
    ) -> Option<T> {
        if field.value.is_empty() {
            return None;
        }
        match field.value.parse() {
            Ok(value) => Some(value),
            Err(invalid) => {
                field.error = Some(format!("«{}» {}", field.value, invalid.message(language)));
                None
            }
        }
    }
    let mut address = organisation.address.take().unwrap_or_default();
    for field in fields {
        match field.name {
            "name" => match parse(field, language) {
                Some(name) => organisation.name = name,
                None if field.error.is_none() => {
                    field.error = Some(Invalid::Missing.message(language));
                }
                None => {}
            },
            "summary" => organisation.summary = parse(field, language),
            "url" => organisation.url = parse(field, language),
            "email" => organisation.email = parse(field, language),
            "phone" => organisation.phone = parse(field, language),
            "address.street" => address.street = parse(field, language),
            "address.postcode" => address.postcode = parse(field, language),
            "address.city" => address.city = parse(field, language),
            _ => {}
        }
    }
    organisation.address = (address != Address::default()).then_some(address);
    organisation
}
