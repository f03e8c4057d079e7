//! Copying a page's address and printing it.

use leptos::prelude::*;

/// Shows the buttons `data-copy` and `data-print` of the page, which need a script, and makes them work.
#[island]
pub fn Sharing() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    wake::buttons();

    view! { <p class="visually-hidden" role="status" id="shared-said"></p> }
}

#[cfg(feature = "hydrate")]
mod wake {
    use web_sys::HtmlElement;

    use crate::islands::browser::{closest, data, find, find_all, listen, say, window};

    pub fn buttons() {
        for button in find_all("[data-copy]") {
            button.set_hidden(false);
            listen(&button, "click", move |event| {
                copy(closest(&event, "[data-copy]"))
            });
        }
        for button in find_all("[data-print]") {
            button.set_hidden(false);
            listen(&button, "click", |_| {
                let _ = window().print();
            });
        }
    }

    fn copy(button: Option<HtmlElement>) {
        let Some(button) = button else { return };
        let clipboard = window().navigator().clipboard();
        let _ = clipboard.write_text(&data(&button, "data-copy"));
        say("shared-said", &data(&button, "data-copied"));
        if let Some(label) = find(&button, "[data-label]") {
            label.set_text_content(Some(&data(&button, "data-copied")));
        }
    }
}
