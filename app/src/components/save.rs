//! The button that saves an offer to «Min liste», and the form that carries it without JavaScript.

use leptos::prelude::*;

use crate::components::icons;
use crate::context::Context;
use crate::islands::Saved;
use crate::routes::Service;

/// The id of the form that every save button of a page belongs to; see [`save_form`].
const FORM: &str = "save-form";

/// A save button. It belongs to the page's [`save_form`], wherever on the page it stands.
pub fn save_button(context: &Context, id: &str, title: &str) -> impl IntoView + use<> {
    let (id, title) = (id.to_owned(), title.to_owned());
    view! {
        <button class="save quiet" type="submit" form=FORM name="add" value=id data-save="">
            {icons::bookmark()}
            <span data-label="">{context.text().common().save()}</span>
            <span class="visually-hidden">": "<span data-title="">{title}</span></span>
        </button>
    }
}

/// The form behind a page's save buttons, with the island that makes them answer in place and the words it says; `#`
/// stands for an offer's title. Once a page, at its end.
pub fn save_form(context: &Context) -> impl IntoView + use<> {
    let text = context.text().common();
    view! {
        <form
            id=FORM
            data-replace=""
            method="post"
            action=Service::ChangeList.path()
            data-unsaved=text.save()
            data-saved=text.saved()
            data-saved-said=text.saved_said("#")
            data-removed-said=text.removed_said("#")
            data-full=context.text().list().full()
        >
            <input type="hidden" name="to" value=context.here()/>
        </form>
        <Saved/>
    }
}
