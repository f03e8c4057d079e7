//! The second factor: enrolling and changing it on one's own account, and showing it when signing in.

use jiff::civil::Date;
use leptos::either::EitherOf3;
use leptos::prelude::*;

use crate::components::form::{self, Field};
use crate::context::Context;
use crate::format;
use crate::page::Page;
use crate::render::unlisted_page;
use crate::routes::{Route, Service};

/// What the page of one's own second factor shows.
pub struct SecondFactor {
    /// Where it stands.
    pub state: State,
    /// Whether nothing else can be done before it is enrolled.
    pub needed_first: bool,
    /// Whether it can be taken away again.
    pub removable: bool,
    /// What was just done.
    pub done: Option<Done>,
    /// What is wrong with the code that was typed.
    pub fault: Option<Fault>,
}

/// Where a second factor stands.
pub enum State {
    /// It is to be enrolled, or another one instead of the one there is.
    Enrol(Enrolment),
    /// It is enrolled, and these are the recovery codes, which are shown once.
    Codes(Vec<String>),
    /// It is enrolled.
    Enrolled {
        /// Since when.
        since: Date,
        /// How many recovery codes are left.
        left: usize,
    },
}

/// What a phone is to be given.
pub struct Enrolment {
    /// The secret for typing, in groups.
    pub key: String,
    /// The secret as an `otpauth:` address.
    pub address: String,
    /// The address as a picture.
    pub picture: QrCode,
    /// Whether there is one already, which stays until the new one is confirmed.
    pub replaces: bool,
}

/// A QR code as the squares that are dark.
pub struct QrCode {
    /// Squares a side, without the margin.
    pub width: usize,
    /// The dark squares as an SVG path, a square a unit.
    pub dark: String,
}

/// What was just done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// It was enrolled.
    TurnedOn,
    /// There are new recovery codes.
    Renewed,
    /// It was taken away.
    Removed,
    /// Someone signed in with a recovery code.
    RecoveryUsed,
}

/// What is wrong with a code, or why something cannot be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It is not right, or was used before.
    Wrong,
    /// What was to be enrolled was offered too long ago.
    Expired,
    /// An administrator keeps the second factor.
    Stays,
    /// It was tried too often; it can be tried again after so many minutes.
    TooOften(u64),
}

impl Fault {
    fn status(self) -> u16 {
        match self {
            Fault::Wrong | Fault::Expired => 422,
            Fault::Stays => 403,
            Fault::TooOften(_) => 429,
        }
    }
}

/// The margin of a QR code in squares (ISO/IEC 18004, 9.1).
const MARGIN: usize = 4;
/// So few recovery codes are few.
const FEW: usize = 3;

/// The page of one's own second factor.
pub fn page(context: &Context, factor: &SecondFactor) -> Page {
    let text = context.text().second_factor();
    let status = factor.fault.map_or(200, Fault::status);
    let title = match factor.state {
        State::Codes(_) => text.codes_title(),
        State::Enrol(_) | State::Enrolled { .. } => text.title(),
    };
    unlisted_page(context, status, title, || {
        let content = match &factor.state {
            State::Enrol(enrolment) => EitherOf3::A(enrol(context, factor, enrolment)),
            State::Codes(codes) => EitherOf3::B(recovery_codes(context, factor, codes)),
            State::Enrolled { since, left } => {
                EitherOf3::C(enrolled(context, factor, *since, *left))
            }
        };
        view! {
            <h1>{title}</h1>
            {content}
        }
    })
}

fn code_field(context: &Context, error: Option<String>) -> Field {
    let text = context.text().second_factor();
    Field {
        name: "code",
        kind: "text",
        keys: "numeric",
        autocomplete: "one-time-code",
        label: text.code(),
        hint: text.code_hint(),
        error,
        ..Field::default()
    }
}

fn said(text: &'static str) -> impl IntoView {
    view! { <div class="notice" role="status"><p>{text}</p></div> }
}

fn enrol(context: &Context, factor: &SecondFactor, enrolment: &Enrolment) -> impl IntoView + use<> {
    let text = context.text().second_factor();
    let code = code_field(
        context,
        factor.fault.map(|fault| match fault {
            Fault::Wrong => text.code_wrong().to_owned(),
            Fault::Expired => text.key_expired().to_owned(),
            Fault::Stays => text.stays().to_owned(),
            Fault::TooOften(minutes) => context.text().sign_in().too_often(minutes),
        }),
    );
    let side = enrolment.picture.width + 2 * MARGIN;
    let frame = format!("-{MARGIN} -{MARGIN} {side} {side}");
    let corner = format!("-{MARGIN}");
    let action = context.url(&Route::SecondFactor);
    let button = if enrolment.replaces {
        text.change_phone_button()
    } else {
        text.turn_on()
    };
    let keep = enrolment.replaces.then(|| {
        view! {
            <form method="post" action=action.clone() class="actions">
                <button type="submit" class="quiet" name="do" value="cancel">{text.keep_old()}</button>
            </form>
        }
    });
    view! {
        {(factor.done == Some(Done::Removed)).then(|| said(text.removed()))}
        {factor.needed_first.then(|| view! { <div class="notice"><p>{text.administrators_first()}</p></div> })}
        <p class="lead">{text.lead()}</p>
        {form::error_summary(context.text().sign_in().errors(), &[&code])}
        <h2>{text.scan()}</h2>
        <p class="prose">{text.scan_lead()}</p>
        <svg class="qr-code" viewBox=frame role="img" aria-label=text.picture() shape-rendering="crispEdges">
            <rect x=corner.clone() y=corner width=side height=side fill="#ffffff"/>
            <path d=enrolment.picture.dark.clone() fill="#000000"/>
        </svg>
        <p>{text.type_it()}<br/><code class="one-time-key">{enrolment.key.clone()}</code></p>
        <p><a href=enrolment.address.clone()>{text.same_device()}</a></p>
        <h2>{text.confirm()}</h2>
        <form method="post" action=action class="stacked" novalidate>
            {form::field(&code)}
            <button type="submit" name="do" value="confirm">{button}</button>
        </form>
        {keep}
    }
}

fn recovery_codes(
    context: &Context,
    factor: &SecondFactor,
    codes: &[String],
) -> impl IntoView + use<> {
    let text = context.text().second_factor();
    let done = factor.done.map(|done| {
        said(match done {
            Done::Renewed => text.renewed(),
            Done::TurnedOn | Done::Removed | Done::RecoveryUsed => text.turned_on(),
        })
    });
    view! {
        {done}
        <p class="lead">{text.codes_lead()}</p>
        <ol class="recovery-codes">
            {codes.iter().map(|code| view! { <li><code>{code.clone()}</code></li> }).collect_view()}
        </ol>
        <p class="actions"><a class="button" href=context.url(&Route::Account)>{text.saved()}</a></p>
    }
}

fn enrolled(
    context: &Context,
    factor: &SecondFactor,
    since: Date,
    left: usize,
) -> impl IntoView + use<> {
    let text = context.text().second_factor();
    let code = Field {
        name: "code",
        kind: "text",
        autocomplete: "one-time-code",
        label: text.either(),
        error: factor.fault.map(|fault| match fault {
            Fault::Wrong | Fault::Expired => text.either_wrong().to_owned(),
            Fault::Stays => text.stays().to_owned(),
            Fault::TooOften(minutes) => context.text().sign_in().too_often(minutes),
        }),
        ..Field::default()
    };
    let used = (factor.done == Some(Done::RecoveryUsed)).then(|| {
        view! {
            <div class="notice" role="status"><p>{text.recovery_used(left)}</p></div>
        }
    });
    let remove = factor.removable.then(|| {
        view! { <button type="submit" class="quiet" name="do" value="remove">{text.remove()}</button> }
    });
    view! {
        {used}
        <p>{text.on_since(&format::date(since, context.language), left)}</p>
        {(left <= FEW).then(|| view! { <p class="notice notice-care">{text.recovery_low()}</p> })}
        <section aria-labelledby="change-title">
            <h2 id="change-title">{text.change()}</h2>
            <p>{text.change_lead()}</p>
            {form::error_summary(context.text().sign_in().errors(), &[&code])}
            <form method="post" action=context.url(&Route::SecondFactor) class="stacked" novalidate>
                {form::field(&code)}
                <div class="actions">
                    <button type="submit" class="quiet" name="do" value="renew">{text.renew()}</button>
                    <button type="submit" class="quiet" name="do" value="replace">{text.replace()}</button>
                    {remove}
                </div>
            </form>
        </section>
        <p class="actions"><a class="button quiet" href=context.url(&Route::Account)>{text.back()}</a></p>
    }
}

/// What one's own account says of the second factor.
pub fn summary(
    context: &Context,
    enrolled: Option<(Date, usize)>,
    administrator: bool,
) -> impl IntoView + use<> {
    let text = context.text().second_factor();
    let (standing, way) = match enrolled {
        Some((since, left)) => (
            text.on_since(&format::date(since, context.language), left),
            if administrator {
                text.manage_administrator()
            } else {
                text.manage()
            },
        ),
        None => (text.off().to_owned(), text.turn_on()),
    };
    view! {
        <section aria-labelledby="second-factor-title">
            <h2 id="second-factor-title">{text.title()}</h2>
            <p>{standing}</p>
            <p><a href=context.url(&Route::SecondFactor)>{way}</a></p>
        </section>
    }
}

/// Which of the two forms of the second step went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepFault {
    /// The code from the app.
    Code(Fault),
    /// The recovery code.
    Recovery(Fault),
}

/// The second step of signing in. What was typed is shown again only where it is a recovery code that was mistyped.
pub fn step_page(context: &Context, recovery_typed: &str, fault: Option<StepFault>) -> Page {
    let text = context.text().second_factor();
    let says = |fault: Fault, wrong: &'static str| match fault {
        Fault::TooOften(minutes) => context.text().sign_in().too_often(minutes),
        Fault::Wrong | Fault::Expired | Fault::Stays => wrong.to_owned(),
    };
    let (code_error, recovery_error) = match fault {
        None => (None, None),
        Some(StepFault::Code(fault)) => (Some(says(fault, text.code_wrong())), None),
        Some(StepFault::Recovery(fault)) => (None, Some(says(fault, text.recovery_wrong()))),
    };
    let status = match fault {
        None => 200,
        Some(StepFault::Code(fault) | StepFault::Recovery(fault)) => fault.status(),
    };
    unlisted_page(context, status, text.step_title(), || {
        let code = code_field(context, code_error);
        let recovery = Field {
            name: "recovery",
            kind: "text",
            autocomplete: "off",
            label: text.recovery(),
            hint: text.recovery_hint(),
            value: recovery_typed.to_owned(),
            error: recovery_error,
            ..Field::default()
        };
        let action = context.url(&Route::SecondStep);
        let email = context.site.contact_email.clone();
        let mail = ["mailto:", &email].concat();
        view! {
            <h1>{text.step_title()}</h1>
            <p class="lead">{text.step_lead()}</p>
            {form::error_summary(context.text().sign_in().errors(), &[&code, &recovery])}
            <form method="post" action=action.clone() class="stacked" novalidate>
                {form::field(&code)}
                <button type="submit">{text.step_button()}</button>
            </form>
            <h2>{text.lost()}</h2>
            <p>{text.lost_lead()}</p>
            <form method="post" action=action class="stacked" novalidate>
                {form::field(&recovery)}
                <button type="submit" class="quiet">{text.recovery_button()}</button>
            </form>
            <p>{text.neither()}" "<a href=mail>{email}</a></p>
            <form method="post" action=Service::SignOut.path() class="actions">
                <button type="submit" class="quiet">{text.give_up()}</button>
            </form>
        }
    })
}
