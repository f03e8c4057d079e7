//! Giving feedback on an offer: the form, the link in a letter that confirms it, and what is said afterwards.

use domain::feedback::{Aspect, Feedback, Fit};
use domain::{Code, Invalid, Slug};
use jiff::civil::Date;
use leptos::either::Either;
use leptos::prelude::*;

use crate::components::feedback::one;
use crate::components::form::{self, Field};
use crate::components::inputs::{self, Input};
use crate::context::Context;
use crate::format;
use crate::page::Page;
use crate::pages::problem;
use crate::query;
use crate::render::unlisted_page;
use crate::routes::{Route, Service};

/// What was typed into the form, as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// The answers, in the order of [`Aspect`].
    pub fits: [Option<Fit>; 3],
    /// What one would tell a colleague.
    pub advice: String,
    /// Whether the material for before was used.
    pub used_before: bool,
    /// Whether the material for after was used.
    pub used_after: bool,
    /// Whether it may be shown.
    pub agrees: bool,
    /// The e-mail address.
    pub email: String,
    /// Whether to write when the owner answers.
    pub tells: bool,
}

/// The most characters of an address that are shown again.
const LONGEST_EMAIL: usize = 300;
/// The most characters of advice that are shown again: more than are taken, so that it can be cut by whoever wrote it.
const LONGEST_ADVICE: usize = 20_000;

impl Typed {
    /// What a form that was sent says.
    pub fn read(form: &str) -> Self {
        let value = |name: &str| query::value(form, name).unwrap_or_default();
        let is = |name: &str| query::value(form, name).is_some();
        let mut fits = [None; 3];
        for (fit, aspect) in fits.iter_mut().zip(Aspect::all()) {
            *fit = value(aspect.code()).parse().ok();
        }
        Self {
            fits,
            advice: value("advice")
                .replace("\r\n", "\n")
                .chars()
                .take(LONGEST_ADVICE)
                .collect(),
            used_before: is("used-before"),
            used_after: is("used-after"),
            agrees: is("agrees"),
            email: value("email").trim().chars().take(LONGEST_EMAIL).collect(),
            tells: is("tells"),
        }
    }

    /// As somebody gave it before.
    pub fn of(feedback: &Feedback) -> Self {
        Self {
            fits: [
                Some(feedback.grade),
                Some(feedback.time),
                Some(feedback.subject),
            ],
            advice: feedback
                .advice
                .as_ref()
                .map(ToString::to_string)
                .unwrap_or_default(),
            used_before: feedback.used_before,
            used_after: feedback.used_after,
            agrees: feedback.agrees,
            ..Self::default()
        }
    }

    /// What it says.
    ///
    /// # Errors
    /// What is missing or wrong.
    pub fn feedback(&self) -> Result<Feedback, Faults> {
        let advice = match self.advice.trim() {
            "" => Ok(None),
            advice => advice.parse().map(Some),
        };
        match (self.fits, advice) {
            ([Some(grade), Some(time), Some(subject)], Ok(advice)) => Ok(Feedback {
                grade,
                time,
                subject,
                advice,
                used_before: self.used_before,
                used_after: self.used_after,
                agrees: self.agrees,
            }),
            (fits, advice) => Err(Faults {
                unchosen: fits.map(|fit| fit.is_none()),
                advice: advice.err(),
                ..Faults::default()
            }),
        }
    }
}

/// What is wrong with the form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Faults {
    /// Which of the answers are not chosen, in the order of [`Aspect`].
    pub unchosen: [bool; 3],
    /// What is wrong with the advice.
    pub advice: Option<Invalid>,
    /// What is wrong with the e-mail address.
    pub email: Option<Invalid>,
    /// In how many minutes more is taken.
    pub wait: Option<u64>,
    /// Whether withdrawing was not confirmed.
    pub unconfirmed: bool,
}

impl Faults {
    /// Whether nothing is wrong.
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

/// The form.
pub struct GiveForm {
    /// The offer.
    pub offer: Slug,
    /// Its title.
    pub title: String,
    /// Whether somebody is signed in, so that no address is asked for.
    pub signed_in: bool,
    /// When they gave feedback on it before.
    pub given: Option<Date>,
    /// What was typed.
    pub typed: Typed,
    /// What is wrong with it.
    pub faults: Faults,
}

/// The page with the form.
pub fn give_page(context: &Context, give: &GiveForm) -> Page {
    let text = context.text().feedback();
    let faults = &give.faults;
    let status = match (faults.wait, faults.is_none()) {
        (Some(_), _) => 429,
        (None, false) => 422,
        (None, true) => 200,
    };
    let message = |label: &str, error: &Option<Invalid>| {
        error
            .as_ref()
            .map(|error| [label, " ", &error.message(context.language), "."].concat())
    };
    let advice = Input {
        name: "advice".to_owned(),
        label: text.advice_label().to_owned(),
        hint: text.advice_hint(),
        value: give.typed.advice.clone(),
        error: message(text.advice_label(), &faults.advice),
    };
    let email = Field {
        name: "email",
        kind: "email",
        autocomplete: "email",
        label: text.email_label(),
        hint: text.email_hint(),
        value: give.typed.email.clone(),
        error: message(text.email_label(), &faults.email),
        ..Field::default()
    };
    let mut errors: Vec<(String, String)> = Aspect::all()
        .iter()
        .zip(faults.unchosen)
        .filter(|(_, unchosen)| *unchosen)
        .map(|(aspect, _)| {
            let label = aspect.label(context.language);
            let error = [label, " ", text.choose(), "."].concat();
            (["#", aspect.code()].concat(), error)
        })
        .collect();
    errors.extend(
        advice
            .error
            .clone()
            .map(|error| ("#advice".to_owned(), error)),
    );
    errors.extend(
        email
            .error
            .clone()
            .map(|error| ("#email".to_owned(), error)),
    );
    unlisted_page(context, status, text.give_title(), || {
        let offer = context.url(&Route::Offer(give.offer.clone()));
        let action = context.url(&Route::GiveFeedback(give.offer.clone()));
        let given = give
            .given
            .map(|day| text.given_before(&format::date(day, context.language)));
        let fits = Aspect::all()
            .iter()
            .zip(give.typed.fits)
            .zip(faults.unchosen)
            .map(|((aspect, chosen), unchosen)| fit_field(context, *aspect, chosen, unchosen))
            .collect_view();
        view! {
            <p class="crumb"><a href=offer>{give.title.clone()}</a></p>
            <h1>{text.give_title()}</h1>
            <p class="lead">{text.give_lead(&give.title)}</p>
            <p class="prose">{text.nameless()}</p>
            {given.map(|given| view! { <p class="notice">{given}</p> })}
            {faults.wait.map(|minutes| view! {
                <div class="notice notice-care" role="alert"><p>{text.too_often(minutes)}</p></div>
            })}
            {inputs::errors(text.errors(), &errors)}
            <form method="post" action=action.clone() class="stacked" novalidate>
                {fits}
                {inputs::area(&advice, 6)}
                <fieldset class="field reasons">
                    <legend>{text.material_label()}</legend>
                    {tick("used-before", text.used_before_label(), "", give.typed.used_before)}
                    {tick("used-after", text.used_after_label(), "", give.typed.used_after)}
                </fieldset>
                {tick("agrees", text.agree_label(), text.agree_hint(), give.typed.agrees)}
                {(!give.signed_in).then(|| view! {
                    {form::field(&email)}
                    {tick("tells", text.tells_label(), text.tells_hint(), give.typed.tells)}
                })}
                <button type="submit">{if give.signed_in { text.send() } else { text.send_link() }}</button>
            </form>
            {if give.signed_in {
                Either::Left(give.given.map(|_| withdrawal(context, &action, faults.unconfirmed)))
            } else {
                Either::Right(view! {
                    <p class="beside-form">{text.or_sign_in()}" "<a href=context.url(&Route::SignIn)>{context.text().sign_in().title()}</a></p>
                })
            }}
        }
    })
}

fn fit_field(
    context: &Context,
    aspect: Aspect,
    chosen: Option<Fit>,
    unchosen: bool,
) -> impl IntoView + use<> {
    let text = context.text().feedback();
    let name = aspect.code();
    let error_id = [name, "-error"].concat();
    let described = unchosen.then(|| error_id.clone());
    let fits = Fit::all()
        .iter()
        .enumerate()
        .map(|(position, fit)| {
            // The first carries the field's own id, for the links of the error list.
            let id = match position {
                0 => name.to_owned(),
                _ => [name, "-", fit.code()].concat(),
            };
            view! {
                <label class="tick">
                    <input type="radio" id=id name=name value=fit.code() checked={chosen == Some(*fit)}/>
                    {fit.label(context.language)}
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="field reasons fits-field" aria-describedby=described>
            <legend>{aspect.label(context.language)}</legend>
            {unchosen.then(|| view! { <p class="field-error" id=error_id>{text.choose()}</p> })}
            <div class="fits-choices">{fits}</div>
        </fieldset>
    }
}

fn tick(
    name: &'static str,
    label: &'static str,
    hint: &'static str,
    checked: bool,
) -> impl IntoView + use<> {
    let hint_id = [name, "-hint"].concat();
    let described = (!hint.is_empty()).then(|| hint_id.clone());
    view! {
        <div class="tick-field">
            <label class="tick" for=name>
                <input type="checkbox" id=name name=name value="yes" checked=checked aria-describedby=described/>
                {label}
            </label>
            {(!hint.is_empty()).then(|| view! { <p class="hint" id=hint_id>{hint}</p> })}
        </div>
    }
}

/// The form that withdraws what was given.
fn withdrawal(context: &Context, action: &str, unconfirmed: bool) -> impl IntoView + use<> {
    let text = context.text().feedback();
    let action = action.to_owned();
    view! {
        <section class="panel" aria-labelledby="withdraw">
            <h2 id="withdraw">{text.withdraw()}</h2>
            <p>{text.withdraw_lead()}</p>
            {unconfirmed.then(|| view! {
                <p class="notice notice-care" role="alert"><a href="#confirm">{text.withdraw_unconfirmed()}</a></p>
            })}
            <form method="post" action=action>
                <label class="tick" for="confirm">
                    <input type="checkbox" id="confirm" name="confirm" value="yes"/>
                    {text.withdraw_confirm()}
                </label>
                <button type="submit" class="quiet" name="do" value="withdraw">{text.withdraw()}</button>
            </form>
        </section>
    }
}

/// The page for whoever belongs to the organisation that offers it.
pub fn own_offer(context: &Context) -> Page {
    problem::refused(context, context.text().feedback().own_offer())
}

/// What is said once feedback is given: whether its giver hears of the answer, and whether it may be shown. `keep` is
/// whether it was given by a letter, which withdraws it too.
pub fn thanks(context: &Context, offer: &Slug, tells: bool, agrees: bool, keep: bool) -> Page {
    let text = context.text().feedback();
    unlisted_page(context, 200, text.thanks_title(), || {
        let lead = if tells {
            text.thanks()
        } else {
            text.thanks_untold()
        };
        let shown = if agrees {
            text.thanks_shown()
        } else {
            text.thanks_unshown()
        };
        view! {
            <h1>{text.thanks_title()}</h1>
            <p class="lead" role="status">{lead}</p>
            <p class="prose">{shown}" "{keep.then(|| text.keep_letter())}</p>
            {to_offer(context, offer)}
        }
    })
}

fn to_offer(context: &Context, offer: &Slug) -> impl IntoView + use<> {
    let offer = context.url(&Route::Offer(offer.clone()));
    view! { <p class="actions"><a class="button" href=offer>{context.text().feedback().to_offer()}</a></p> }
}

/// What is said once feedback is withdrawn.
pub fn withdrawn(context: &Context, offer: &Slug) -> Page {
    let text = context.text().feedback();
    unlisted_page(context, 200, text.withdrawn_title(), || {
        view! {
            <h1>{text.withdrawn_title()}</h1>
            <p class="lead" role="status">{text.withdrawn()}</p>
            {to_offer(context, offer)}
        }
    })
}

/// The page that says that a letter is on its way.
pub fn written(context: &Context, offer: &Slug, email: &str) -> Page {
    let text = context.text().feedback();
    unlisted_page(context, 200, text.written_title(), || {
        view! {
            <h1>{text.written_title()}</h1>
            <p class="lead" role="status">{text.written(email)}</p>
            <p class="prose">{text.written_help()}</p>
            {to_offer(context, offer)}
        }
    })
}

/// The page that the link in a letter opens, while it is to be confirmed. Opening it confirms nothing: programs that look
/// into mail open addresses, too. `action` is its own address.
pub fn confirm_page(context: &Context, action: &str, title: &str, feedback: &Feedback) -> Page {
    let text = context.text().feedback();
    let shown = if feedback.agrees {
        text.thanks_shown()
    } else {
        text.thanks_unshown()
    };
    unlisted_page(context, 200, text.confirm_title(), || {
        view! {
            <h1>{text.confirm_title()}</h1>
            <p class="lead">{text.confirm_lead(title)}</p>
            <section class="panel">{one(context, feedback)}</section>
            <p class="prose">{shown}</p>
            <form method="post" action=action.to_owned() class="actions">
                <button type="submit">{text.confirm()}</button>
            </form>
        }
    })
}

/// The page that the link opens once it has confirmed: it withdraws.
pub fn confirmed_page(context: &Context, action: &str, title: &str, unconfirmed: bool) -> Page {
    let text = context.text().feedback();
    let status = if unconfirmed { 422 } else { 200 };
    unlisted_page(context, status, text.confirmed_before_title(), || {
        view! {
            <h1>{text.confirmed_before_title()}</h1>
            <p class="lead">{text.confirmed_before(title)}</p>
            {withdrawal(context, action, unconfirmed)}
        }
    })
}

/// The page for a link that is good for nothing any more.
pub fn outdated(context: &Context) -> Page {
    let text = context.text().feedback();
    unlisted_page(context, 404, text.outdated_title(), || {
        view! {
            <h1>{text.outdated_title()}</h1>
            <p class="lead">{text.outdated()}</p>
            <p class="actions"><a class="button" href=context.url(&Route::Home)>{context.text().common().front_page()}</a></p>
        }
    })
}

/// The path that confirms feedback, and withdraws it.
pub fn link_path(secret: &str) -> String {
    [Service::ConfirmFeedback.path(), "/", secret].concat()
}
