//! The button that saves an offer to «Min liste», and the form that carries it without JavaScript.

use leptos::prelude::*;

use crate::components::icons;
use crate::context::Context;
use crate::islands::Saved;
use crate::routes::Service;

/// The id of the form that every save button of a page belongs to; see [`save_form`].
const FORM: &str = "save-form";

/// A save button. It belongs to the page's [`save_form`], wherever on the page it stands.
pub fn save_button(
    context: &Context,
    id: &str,
    title: &str,
    label: &'static str,
) -> impl IntoView + use<> {
    let text = context.text().common();
    let (id, saved_said, removed_said) = (
        id.to_owned(),
        text.saved_said(title),
        text.removed_said(title),
    );
    let title = title.to_owned();
    view! {
        <button
            class="save quiet"
            type="submit"
            form=FORM
            name="add"
            value=id.clone()
            data-save=id
            data-unsaved=text.save()
            data-saved=text.saved()
            data-saved-said=saved_said
            data-removed-said=removed_said
        >
            {icons::bookmark()}
            <span data-label="">{label}</span>
            <span class="visually-hidden">": "{title}</span>
        </button>
    }
}

/// The form behind a page's save buttons, with the island that makes them answer in place. Once a page, at its end.
pub fn save_form(context: &Context) -> impl IntoView + use<> {
    view! {
        <form id=FORM data-replace="" method="post" action=Service::ChangeList.path()>
            <input type="hidden" name="to" value=context.here()/>
        </form>
        <Saved/>
    }
}
