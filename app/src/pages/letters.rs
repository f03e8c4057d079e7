//! Which letters one gets: the page where one chooses, and the one that an address in a letter opens.

use domain::notice::{Delivery, NoticeKind, NoticeTopic, Preferences};
use domain::{Code, Language};
use leptos::prelude::*;

use crate::context::Context;
use crate::page::Page;
use crate::render::unlisted_page;
use crate::routes::{Route, Service};

/// What the page of choices shows.
pub struct Choices {
    /// What is chosen.
    pub preferences: Preferences,
    /// Whether the account has an address to write to.
    pub has_email: bool,
    /// Whether it was just saved.
    pub saved: bool,
}

/// The name of the field for the language.
pub const LANGUAGE: &str = "language";
/// The name of the field that is ticked for the digest.
pub const DIGEST: &str = "digest";

/// What is chosen in a form that was sent. What it does not say, or not as a choice, stays as it was, but for the tick.
pub fn chosen(form: &str, before: &Preferences) -> Preferences {
    let mut preferences = before.clone();
    for (name, value) in crate::query::pairs(form) {
        if name == LANGUAGE {
            if let Some(language) = Language::from_tag(&value) {
                preferences.language = language;
            }
        } else if let (Ok(kind), Ok(delivery)) =
            (name.parse::<NoticeKind>(), value.parse::<Delivery>())
        {
            preferences.chosen.insert(kind, delivery);
        }
    }
    preferences.without_digest = crate::query::value(form, DIGEST).is_none();
    preferences
}

/// The page of choices.
pub fn page(context: &Context, choices: &Choices) -> Page {
    let text = context.text().letter_choices();
    unlisted_page(context, 200, text.title(), || {
        let topics = NoticeTopic::all()
            .iter()
            .map(|topic| group(context, *topic, &choices.preferences))
            .collect_view();
        let language = |language: Language, label: &'static str| {
            let chosen = choices.preferences.language == language;
            view! { <option value=language.tag() selected=chosen>{label}</option> }
        };
        view! {
            <h1>{text.title()}</h1>
            {choices.saved.then(|| view! { <div class="notice" role="status"><p>{text.saved()}</p></div> })}
            <p class="lead">{text.lead()}</p>
            {(!choices.has_email).then(|| view! { <p class="notice notice-care">{text.no_email()}</p> })}
            <form method="post" action=context.url(&Route::Letters) class="letter-choices">
                <div class="letter-choice">
                    <label for=LANGUAGE>{text.language()}</label>
                    <select id=LANGUAGE name=LANGUAGE>
                        {language(Language::Danish, text.danish())}
                        {language(Language::English, text.english())}
                    </select>
                </div>
                <label class="tick"><input type="checkbox" name=DIGEST value="yes" checked=!choices.preferences.without_digest/>{text.digest_tick()}</label>
                {topics}
                <p class="hint">{text.always()}</p>
                <button type="submit">{text.save()}</button>
            </form>
            <p class="actions"><a class="button quiet" href=context.url(&Route::Account)>{context.text().account().title()}</a></p>
        }
    })
}

fn group(
    context: &Context,
    topic: NoticeTopic,
    preferences: &Preferences,
) -> impl IntoView + use<> {
    let rows = NoticeKind::all()
        .iter()
        .filter(|kind| kind.topic() == topic)
        .map(|kind| {
            let options = Delivery::all()
                .iter()
                .map(|delivery| {
                    let chosen = preferences.choice(*kind) == *delivery;
                    view! { <option value=delivery.code() selected=chosen>{delivery.label(context.language)}</option> }
                })
                .collect_view();
            view! {
                <div class="letter-choice">
                    <label for=kind.code()>{kind.label(context.language)}</label>
                    <select id=kind.code() name=kind.code()>{options}</select>
                </div>
            }
        })
        .collect_view();
    view! {
        <fieldset>
            <legend>{topic.label(context.language)}</legend>
            {rows}
        </fieldset>
    }
}

/// What the page that an address in a letter opens has to say.
pub enum Off {
    /// It asks before it turns anything off: programs that look into mail open addresses too.
    Asks,
    /// It is turned off; how it was before.
    Done(Delivery),
    /// It is turned on again.
    Undone,
}

/// The page that an address in a letter opens. `action` is that address; `kind` what such letters are called.
pub fn off_page(context: &Context, action: &str, kind: &str, off: &Off) -> Page {
    let text = context.text().letter_choices();
    unlisted_page(context, 200, text.off_title(), || {
        let said = match off {
            Off::Asks => text.off_lead(kind),
            Off::Done(_) => text.off_done(kind),
            Off::Undone => text.undone(kind),
        };
        let status = (!matches!(off, Off::Asks)).then_some("status");
        let turn_off = matches!(off, Off::Asks).then(|| {
            view! { <button type="submit" name="do" value="off">{text.off_button()}</button> }
        });
        let undo = match off {
            Off::Done(before) => Some(view! {
                <input type="hidden" name="before" value=before.code()/>
                <button type="submit" class="quiet" name="do" value="on">{text.undo()}</button>
            }),
            _ => None,
        };
        view! {
            <h1>{text.off_title()}</h1>
            <p class="lead" role=status>{said}</p>
            <form method="post" action=action.to_owned() class="actions">{turn_off}{undo}</form>
            <p><a href=context.url(&Route::Letters)>{text.off_all()}</a></p>
        }
    })
}

/// The page for an address that turns nothing off.
pub fn off_unknown(context: &Context) -> Page {
    let text = context.text().letter_choices();
    unlisted_page(context, 404, text.off_unknown_title(), || {
        view! {
            <h1>{text.off_unknown_title()}</h1>
            <p class="lead">{text.off_unknown()}</p>
            <p class="actions"><a class="button" href=context.url(&Route::Letters)>{text.title()}</a></p>
        }
    })
}

/// The part of the account's page that leads to the choices.
pub fn on_account(context: &Context) -> impl IntoView + use<> {
    let text = context.text().letter_choices();
    view! {
        <section aria-labelledby="letters-title">
            <h2 id="letters-title">{text.title()}</h2>
            <p>{text.on_account()}</p>
            <p class="actions"><a class="button quiet" href=context.url(&Route::Letters)>{context.text().letters().choose()}</a></p>
        </section>
    }
}

/// The path that turns a kind of letter off.
pub fn off_path(secret: &str) -> String {
    [Service::TurnLettersOff.path(), "/", secret].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_changes_what_it_names_and_nothing_by_mistake() {
        let mut before = Preferences {
            language: Language::English,
            ..Preferences::default()
        };
        before.chosen.insert(NoticeKind::Lapsed, Delivery::Off);
        let after = chosen(
            "language=fr&approved=at-once&lapsed=sometimes&sign-in-link=off&digest=yes",
            &before,
        );
        assert_eq!(after.language, Language::English);
        assert_eq!(after.choice(NoticeKind::Approved), Delivery::AtOnce);
        assert_eq!(after.choice(NoticeKind::Lapsed), Delivery::Off);
        assert!(!after.without_digest);
        let after = chosen("language=da", &before);
        assert_eq!(after.language, Language::Danish);
        assert!(after.without_digest, "the tick was taken away");
    }
}
