//! Organisations at the desk: finding, claiming and making them, and their people.

use domain::membership::MemberRole;
use domain::{Code, OrganisationKind, Slug};
use jiff::civil::Date;
use leptos::either::{Either, EitherOf3};
use leptos::prelude::*;

use crate::components::inputs::{self, Choice, Input, choices, municipalities};
use crate::context::Context;
use crate::format;
use crate::page::Page;
use crate::render::unlisted_page;
use crate::routes::{Desk, Route};

/// Finding or making an organisation.
#[derive(Default)]
pub struct Finding {
    /// What was looked for.
    pub query: String,
    /// What was found: id, name, where it is; nothing where nothing was looked for.
    pub found: Option<Vec<(Slug, String, String)>>,
    /// The form that makes one, as typed.
    pub form: NewOrganisation,
    /// The organisations that the person's e-mail address belongs to.
    pub suggested: Vec<(Slug, String)>,
    /// Everybody who asks to be let in anywhere, for administrators: organisation, its name, who.
    pub requests: Option<Vec<(Slug, String, String)>>,
    /// What was just done.
    pub done: Option<&'static str>,
}

/// The form that makes an organisation.
#[derive(Default)]
pub struct NewOrganisation {
    /// The name as typed.
    pub name: String,
    /// The kind's code as chosen.
    pub kind: String,
    /// The municipality's code as chosen.
    pub municipality: String,
    /// What is wrong: a field's name and a sentence.
    pub errors: Vec<(&'static str, &'static str)>,
    /// What is there already under this name.
    pub exists: Option<(Slug, String)>,
}

/// The page on which an organisation is found or made.
pub fn find_page(context: &Context, finding: &Finding) -> Page {
    let text = context.text().members();
    let status = if finding.form.errors.is_empty() && finding.form.exists.is_none() {
        200
    } else {
        422
    };
    let here = context.url(&Route::Desk(Desk::Organisations));
    unlisted_page(context, status, text.find_title(), || {
        let found = finding.found.as_ref().map(|found| {
            if found.is_empty() {
                Either::Left(view! { <p role="status">{text.none_found(&finding.query)}</p> })
            } else {
                Either::Right(view! {
                    <div role="status">
                        <ul class="found">
                            {found.iter().map(|(id, name, where_it_is)| view! {
                                <li>
                                    <span><strong>{name.clone()}</strong>" "<span class="soft">{where_it_is.clone()}</span></span>
                                    {open(context, id, name)}
                                </li>
                            }).collect_view()}
                        </ul>
                    </div>
                })
            }
        });
        view! {
            <p class="crumb"><a href=context.url(&Route::Desk(Desk::Home))>{context.text().desk().title()}</a></p>
            <h1>{text.find_title()}</h1>
            <p class="lead">{text.find_lead()}</p>
            {finding.done.map(|done| view! { <div class="notice" role="status"><p>{done}</p></div> })}
            {finding.suggested.iter().map(|(id, name)| view! {
                <div class="notice"><p>{text.domain_suggests()}" "<strong>{name.clone()}</strong>" "{open(context, id, name)}</p></div>
            }).collect_view()}
            <form method="get" action=here.clone() class="stacked" role="search">
                <div class="field">
                    <label for="q">{text.name()}</label>
                    <div class="find-line">
                        <input type="search" id="q" name="q" value=finding.query.clone()/>
                        <button type="submit">{text.search()}</button>
                    </div>
                </div>
            </form>
            {found}
            {new_form(context, &finding.form, &here, &finding.query)}
            {finding.requests.as_ref().map(|requests| claims(context, requests))}
        }
    })
}

fn open(context: &Context, id: &Slug, name: &str) -> impl IntoView + use<> {
    let text = context.text().members();
    let href = context.url(&Route::Desk(Desk::Organisation(id.clone())));
    let label = format!("{}: {name}", text.open());
    view! { <a class="button quiet" href=href aria-label=label>{text.open()}</a> }
}

fn claims(context: &Context, requests: &[(Slug, String, String)]) -> impl IntoView + use<> {
    let text = context.text().members();
    view! {
        <section aria-labelledby="claims">
            <h2 id="claims">{text.claims()}</h2>
            {if requests.is_empty() {
                Either::Left(view! { <p class="soft">{text.no_claims()}</p> })
            } else {
                Either::Right(view! {
                    <ul class="found">
                        {requests.iter().map(|(id, name, who)| view! {
                            <li><span><strong>{who.clone()}</strong>" → "{name.clone()}</span>{open(context, id, name)}</li>
                        }).collect_view()}
                    </ul>
                })
            }}
        </section>
    }
}

fn new_form(
    context: &Context,
    form: &NewOrganisation,
    action: &str,
    looked_for: &str,
) -> impl IntoView + use<> {
    let text = context.text().members();
    let input = |name: &'static str, label: &'static str, value: &str| Input {
        name: name.to_owned(),
        label: label.to_owned(),
        value: value.to_owned(),
        error: form
            .errors
            .iter()
            .find(|(field, _)| *field == name)
            .map(|(_, error)| (*error).to_owned()),
        ..Input::default()
    };
    let errors: Vec<(String, String)> = form
        .errors
        .iter()
        .map(|(field, error)| (["#", field].concat(), (*error).to_owned()))
        .collect();
    let kinds = choices::<OrganisationKind>(context.language);
    let name = if form.name.is_empty() {
        looked_for
    } else {
        &form.name
    };
    view! {
        <section class="panel" aria-labelledby="create">
            <h2 id="create">{text.create()}</h2>
            <p>{text.create_lead()}</p>
            {inputs::errors(text.errors(), &errors)}
            {form.exists.as_ref().map(|(id, name)| view! {
                <div class="notice notice-care" role="alert"><p>{text.exists()}" "<strong>{name.clone()}</strong>" "{open(context, id, name)}</p></div>
            })}
            <form method="post" action=action.to_owned() novalidate>
                {inputs::line(&input("name", text.name(), name), "text")}
                {inputs::select(&input("kind", text.kind(), &form.kind), context.text().writing().choose(), &kinds)}
                {inputs::select(&input("municipality", text.municipality(), &form.municipality), text.nationwide(), &municipalities())}
                <label class="check" for="mine"><input type="checkbox" id="mine" name="mine" value="true" checked=true/><span>{text.mine()}</span></label>
                <button type="submit">{text.create_button()}</button>
            </form>
        </section>
    }
}

/// An organisation at the desk.
pub struct OrganisationDesk {
    /// Its id.
    pub id: Slug,
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: OrganisationKind,
    /// What followed it, where it has closed.
    pub followed_by: Option<(Slug, String)>,
    /// Its members, where this person may see them.
    pub members: Option<Vec<Member>>,
    /// Whether nobody has claimed it.
    pub unclaimed: bool,
    /// What this person may do.
    pub may: May,
    /// Its invitations: key, address, until when.
    pub invitations: Vec<(String, String, Date)>,
    /// Who asks to be let in: account, name and address, what they say.
    pub requests: Vec<(Slug, String, String)>,
    /// Whether this person asks to be let in.
    pub asks: bool,
    /// Whether it publishes without review.
    pub trusted: bool,
    /// Its e-mail domains, a line each.
    pub domains: String,
    /// What is said of it: field, label, value, what is wrong.
    pub profile: Vec<ProfileField>,
    /// The successor's id as typed.
    pub successor: String,
    /// What was just done.
    pub done: Option<String>,
    /// The link of an invitation that was just made.
    pub link: Option<String>,
    /// What went wrong: a field's name and a sentence.
    pub fault: Option<(&'static str, &'static str)>,
    /// What was typed into the form that failed.
    pub typed: String,
}

/// What somebody may do with an organisation.
#[derive(Clone, Copy, Default)]
pub struct May {
    /// Invite, let in and dismiss.
    pub manage: bool,
    /// Change what is said of it.
    pub edit: bool,
    /// Decide whether it publishes without review.
    pub trust: bool,
    /// Leave it.
    pub leave: bool,
    /// Ask to be let in.
    pub join: bool,
    /// Close it or merge it into another.
    pub close: bool,
}

/// A member.
pub struct Member {
    /// The account.
    pub account: Slug,
    /// The name.
    pub name: String,
    /// The address; only managers see it.
    pub email: String,
    /// The roles.
    pub roles: Vec<MemberRole>,
    /// Since when.
    pub since: Date,
    /// Whether it is who asks.
    pub is_you: bool,
}

/// A field of what is said of an organisation.
pub struct ProfileField {
    /// The field's name.
    pub name: &'static str,
    /// What is said.
    pub value: String,
    /// What is wrong with it.
    pub error: Option<String>,
}

/// The page of an organisation at the desk.
pub fn page(context: &Context, shown: &OrganisationDesk) -> Page {
    let text = context.text().members();
    let wrong = shown.fault.is_some() || shown.profile.iter().any(|field| field.error.is_some());
    let status = if wrong { 422 } else { 200 };
    let here = context.url(&Route::Desk(Desk::Organisation(shown.id.clone())));
    unlisted_page(context, status, &shown.name, || {
        view! {
            <p class="crumb"><a href=context.url(&Route::Desk(Desk::Home))>{context.text().desk().title()}</a></p>
            <p class="kicker">{shown.kind.label(context.language)}</p>
            <h1>{shown.name.clone()}</h1>
            {shown.done.clone().map(|done| view! { <div class="notice" role="status"><p>{done}</p></div> })}
            {shown.link.clone().map(|link| view! {
                <div class="notice"><p>{text.invite_link()}</p><p class="typed"><a href=link.clone()>{link.clone()}</a></p></div>
            })}
            {shown.fault.map(|(field, fault)| view! {
                <div class="notice notice-care" role="alert"><p><a href=["#", field].concat()>{fault}</a></p></div>
            })}
            {shown.followed_by.as_ref().map(|(id, name)| view! {
                <div class="notice"><p>{text.followed_by(name)}" "{open(context, id, name)}</p></div>
            })}
            <p><a href=context.url(&Route::Organisation(shown.id.clone()))>{text.public_page()}</a></p>
            {shown.unclaimed.then(|| view! { <p>{text.unclaimed()}</p> })}
            {joining(context, shown, &here)}
            {requests(context, shown, &here)}
            {shown.members.as_ref().map(|members| people(context, shown, members, &here))}
            {shown.may.manage.then(|| inviting(context, shown, &here))}
            {shown.may.edit.then(|| profile(context, shown, &here))}
            {shown.may.manage.then(|| domains(context, shown, &here))}
            {shown.may.trust.then(|| trusting(context, shown, &here))}
            {shown.may.leave.then(|| leaving(context, &here))}
            {shown.may.close.then(|| closing(context, shown, &here))}
        }
    })
}

fn joining(context: &Context, shown: &OrganisationDesk, here: &str) -> impl IntoView + use<> {
    let text = context.text().members();
    if shown.asks {
        EitherOf3::A(view! {
            <section class="panel">
                <p>{text.asked()}</p>
                <form method="post" action=here.to_owned()><button type="submit" class="quiet" name="do" value="take-back">{text.take_back()}</button></form>
            </section>
        })
    } else if shown.may.join {
        let message = Input {
            name: "message".to_owned(),
            label: text.message().to_owned(),
            hint: text.join_lead(),
            value: shown.typed.clone(),
            ..Input::default()
        };
        EitherOf3::B(view! {
            <section class="panel" aria-labelledby="join">
                <h2 id="join">{text.join()}</h2>
                <form method="post" action=here.to_owned()>
                    {inputs::area(&message, 3)}
                    <button type="submit" name="do" value="join">{text.join()}</button>
                </form>
            </section>
        })
    } else {
        EitherOf3::C(())
    }
}

fn role_checks(
    context: &Context,
    kind: OrganisationKind,
    prefix: &str,
    legend: String,
    held: &[MemberRole],
) -> impl IntoView + use<> {
    let choices: Vec<Choice> = MemberRole::of(kind)
        .iter()
        .map(|role| {
            (
                role.code().to_owned(),
                role.label(context.language).to_owned(),
            )
        })
        .collect();
    let held: Vec<&str> = held.iter().map(|role| role.code()).collect();
    let boxes = choices
        .into_iter()
        .map(|(code, label)| {
            let id = format!("{prefix}-{code}");
            let checked = held.contains(&code.as_str());
            view! {
                <label class="check" for=id.clone()>
                    <input type="checkbox" id=id.clone() name="role" value=code checked=checked/><span>{label}</span>
                </label>
            }
        })
        .collect_view();
    view! { <fieldset class="inline-checks"><legend class="small">{legend}</legend>{boxes}</fieldset> }
}

fn requests(
    context: &Context,
    shown: &OrganisationDesk,
    here: &str,
) -> Option<impl IntoView + use<>> {
    let text = context.text().members();
    (!shown.requests.is_empty()).then(|| {
        view! {
            <section class="panel" aria-labelledby="beder">
                <h2 id="beder">{text.waiting()}</h2>
                {shown.requests.iter().map(|(account, name, message)| {
                    let suggested = if shown.unclaimed { [MemberRole::Manager] } else { [MemberRole::Editor] };
                    view! {
                        <form method="post" action=here.to_owned()>
                            <p><strong>{name.clone()}</strong></p>
                            <p class="typed">{message.clone()}</p>
                            <input type="hidden" name="account" value=account.to_string()/>
                            {role_checks(context, shown.kind, account.as_str(), text.roles_of(name), &suggested)}
                            <div class="actions">
                                <button type="submit" name="do" value="accept">{text.accept(name)}</button>
                                <button type="submit" class="quiet" name="do" value="decline">{text.decline(name)}</button>
                            </div>
                        </form>
                    }
                }).collect_view()}
            </section>
        }
    })
}

fn people(
    context: &Context,
    shown: &OrganisationDesk,
    members: &[Member],
    here: &str,
) -> impl IntoView + use<> {
    let text = context.text().members();
    let rows = members
        .iter()
        .map(|member| {
            let labels: Vec<&str> = member.roles.iter().map(|role| role.label(context.language)).collect();
            let since = text.since(&format::date(member.since, context.language));
            let you = member.is_you.then(|| format!(" ({})", text.you()));
            let managing = shown.may.manage.then(|| {
                let prefix = format!("member-{}", member.account);
                let confirm = format!("remove-{}", member.account);
                view! {
                    <details>
                        <summary>{text.roles_of(&member.name)}</summary>
                        <form method="post" action=here.to_owned()>
                            <input type="hidden" name="account" value=member.account.to_string()/>
                            {role_checks(context, shown.kind, &prefix, text.roles().to_owned(), &member.roles)}
                            <button type="submit" class="quiet" name="do" value="roles">{text.save_roles()}</button>
                        </form>
                        <form method="post" action=here.to_owned() class="confirmed">
                            <input type="hidden" name="account" value=member.account.to_string()/>
                            <label class="check" for=confirm.clone()>
                                <input type="checkbox" id=confirm.clone() name="confirm" value="true"/><span>{text.remove(&member.name)}</span>
                            </label>
                            <button type="submit" class="quiet" name="do" value="remove">{context.text().writing().remove_row()}</button>
                        </form>
                    </details>
                }
            });
            view! {
                <li>
                    <p><strong>{member.name.clone()}</strong>{you}" "<span class="soft">{member.email.clone()}</span></p>
                    <p class="small">{labels.join(", ")}" · "{since}</p>
                    {managing}
                </li>
            }
        })
        .collect_view();
    view! {
        <section aria-labelledby="people">
            <h2 id="people">{text.people()}</h2>
            {members.is_empty().then(|| view! { <p class="soft">{text.no_people()}</p> })}
            <ul class="work">{rows}</ul>
        </section>
    }
}

fn inviting(context: &Context, shown: &OrganisationDesk, here: &str) -> impl IntoView + use<> {
    let text = context.text().members();
    let email = Input {
        name: "email".to_owned(),
        label: text.email().to_owned(),
        value: match shown.fault {
            Some(("email", _)) => shown.typed.clone(),
            _ => String::new(),
        },
        error: match shown.fault {
            Some(("email", fault)) => Some(fault.to_owned()),
            _ => None,
        },
        ..Input::default()
    };
    let open = shown
        .invitations
        .iter()
        .map(|(key, address, until)| {
            let until = format::date(*until, context.language);
            view! {
                <li>
                    <span>{text.invitation_until(address, &until)}</span>
                    <form method="post" action=here.to_owned()>
                        <input type="hidden" name="key" value=key.clone()/>
                        <button type="submit" class="quiet" name="do" value="withdraw" aria-label=text.withdraw(address)>{context.text().desk().take_back()}</button>
                    </form>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="panel" aria-labelledby="invite">
            <h2 id="invite">{text.invite()}</h2>
            <p>{text.invite_lead()}</p>
            <form method="post" action=here.to_owned() novalidate>
                {inputs::line(&email, "email")}
                {role_checks(context, shown.kind, "invite", text.roles().to_owned(), &[MemberRole::Editor])}
                <button type="submit" name="do" value="invite">{text.invite()}</button>
            </form>
            {(!shown.invitations.is_empty()).then(|| view! { <h3>{text.invitations()}</h3> })}
            <ul class="found">{open}</ul>
        </section>
    }
}

fn profile(context: &Context, shown: &OrganisationDesk, here: &str) -> impl IntoView + use<> {
    let text = context.text().members();
    let label = |name: &str| match name {
        "summary" => text.summary(),
        "url" => text.url(),
        "phone" => text.phone(),
        "address.street" => text.street(),
        "address.postcode" => text.postcode(),
        "address.city" => text.city(),
        "name" => text.name(),
        _ => text.email(),
    };
    let inputs: Vec<Input> = shown
        .profile
        .iter()
        .map(|field| Input {
            name: ["profile.", field.name].concat(),
            label: label(field.name).to_owned(),
            value: field.value.clone(),
            error: field.error.clone(),
            ..Input::default()
        })
        .collect();
    let errors: Vec<(String, String)> = inputs
        .iter()
        .filter_map(|input| Some((["#", &input.name].concat(), input.error.clone()?)))
        .collect();
    let fields = inputs
        .iter()
        .map(|input| {
            if input.name == "profile.summary" {
                Either::Left(inputs::area(input, 3))
            } else {
                Either::Right(inputs::line(input, "text"))
            }
        })
        .collect_view();
    let open = !errors.is_empty();
    view! {
        <details class="panel" open=open>
            <summary><h2>{text.profile()}</h2></summary>
            {inputs::errors(text.errors(), &errors)}
            <form method="post" action=here.to_owned() novalidate>
                {fields}
                <button type="submit" class="quiet" name="do" value="profile">{text.save_profile()}</button>
            </form>
        </details>
    }
}

fn domains(context: &Context, shown: &OrganisationDesk, here: &str) -> impl IntoView + use<> {
    let text = context.text().members();
    let input = Input {
        name: "domains".to_owned(),
        label: text.domains().to_owned(),
        hint: text.domains_hint(),
        value: shown.domains.clone(),
        error: match shown.fault {
            Some(("domains", fault)) => Some(fault.to_owned()),
            _ => None,
        },
    };
    view! {
        <section class="panel">
            <form method="post" action=here.to_owned()>
                {inputs::area(&input, 2)}
                <button type="submit" class="quiet" name="do" value="domains">{text.save_domains()}</button>
            </form>
        </section>
    }
}

fn trusting(context: &Context, shown: &OrganisationDesk, here: &str) -> impl IntoView + use<> {
    let text = context.text().members();
    let (state, step, label) = if shown.trusted {
        (text.is_trusted(), "distrust", text.take_trust())
    } else {
        (text.is_not_trusted(), "trust", text.give_trust())
    };
    view! {
        <section class="panel" aria-labelledby="trust">
            <h2 id="trust">{text.trust()}</h2>
            <p>{state}</p>
            {(!shown.trusted).then(|| view! { <p class="hint">{text.trust_lead()}</p> })}
            <form method="post" action=here.to_owned()><button type="submit" class="quiet" name="do" value=step>{label}</button></form>
        </section>
    }
}

fn leaving(context: &Context, here: &str) -> impl IntoView + use<> {
    let text = context.text().members();
    view! {
        <section class="panel">
            <form method="post" action=here.to_owned() class="confirmed">
                <label class="check" for="leave"><input type="checkbox" id="leave" name="confirm" value="true"/><span>{text.confirm_leave()}</span></label>
                <button type="submit" class="quiet" name="do" value="leave">{text.leave()}</button>
            </form>
        </section>
    }
}

fn closing(context: &Context, shown: &OrganisationDesk, here: &str) -> impl IntoView + use<> {
    let text = context.text().members();
    let input = Input {
        name: "successor".to_owned(),
        label: text.successor().to_owned(),
        hint: text.close_lead(),
        value: shown.successor.clone(),
        error: match shown.fault {
            Some(("successor", fault)) => Some(fault.to_owned()),
            _ => None,
        },
    };
    view! {
        <details class="panel" open=input.error.is_some()>
            <summary><h2>{text.close()}</h2></summary>
            <form method="post" action=here.to_owned()>
                {inputs::line(&input, "text")}
                <button type="submit" class="quiet" name="do" value="close">{text.save_successor()}</button>
            </form>
        </details>
    }
}

/// An invitation as its link shows it.
pub struct InvitationPage {
    /// The address the form is sent to.
    pub action: String,
    /// Who invites.
    pub inviter: String,
    /// To which organisation.
    pub organisation: String,
    /// As what.
    pub roles: Vec<MemberRole>,
    /// What stands between the person and saying yes.
    pub needs: Needs,
    /// The name as typed.
    pub name: String,
    /// What is wrong with the name.
    pub error: Option<String>,
}

/// What stands between a person and saying yes to an invitation.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// Nothing: they are signed in.
    Nothing,
    /// A name, for an account is made.
    Name,
    /// To sign in: there is an account with the address.
    SignIn,
}

/// The page that an invitation's link opens. Opening it does nothing.
pub fn invitation_page(context: &Context, shown: &InvitationPage) -> Page {
    let text = context.text().members();
    let status = if shown.error.is_some() { 422 } else { 200 };
    unlisted_page(context, status, text.invitation_title(), || {
        let roles: Vec<&str> = shown
            .roles
            .iter()
            .map(|role| role.label(context.language))
            .collect();
        let name = Input {
            name: "name".to_owned(),
            label: text.your_name().to_owned(),
            value: shown.name.clone(),
            error: shown.error.clone(),
            ..Input::default()
        };
        let new = shown.needs == Needs::Name;
        view! {
            <h1>{text.invitation_title()}</h1>
            <p class="lead">{text.invitation_lead(&shown.inviter, &shown.organisation)}</p>
            <p>{text.invitation_as(&roles.join(", "))}</p>
            {if shown.needs == Needs::SignIn {
                Either::Left(view! {
                    <p>{text.invitation_sign_in()}</p>
                    <p><a class="button" href=context.url(&Route::SignIn)>{context.text().sign_in().title()}</a></p>
                })
            } else {
                Either::Right(view! {
                    <form method="post" action=shown.action.clone() class="stacked" novalidate>
                        {new.then(|| view! { <p>{text.invitation_new()}</p> })}
                        {new.then(|| inputs::line(&name, "text"))}
                        <button type="submit">{text.invitation_accept()}</button>
                    </form>
                })
            }}
        }
    })
}

/// The page of an invitation that is no longer good.
pub fn invitation_gone(context: &Context) -> Page {
    let text = context.text().members();
    unlisted_page(context, 410, text.invitation_gone(), || {
        view! {
            <h1>{text.invitation_gone()}</h1>
            <p class="lead">{text.invitation_gone_lead()}</p>
        }
    })
}
