//! Saving to «Min liste» without leaving the page.

use leptos::prelude::*;

/// Makes every button `data-save` of the page tell whether its offer is saved, and save or remove it in place. Without
/// it the buttons send a plain form.
#[island]
pub fn Saved() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    wake::buttons();

    view! { <p class="visually-hidden" role="status" id="saved-said"></p> }
}

#[cfg(feature = "hydrate")]
mod wake {

    use crate::islands::browser::{REPLACED, closest, data, document, find, find_all, listen, say};
    use crate::islands::saved_list::cookie;

    pub fn buttons() {
        show();
        listen(&document(), REPLACED, |_| show());
        listen(&document(), "click", move |event| {
            let Some(button) = closest(&event, "[data-save]") else {
                return;
            };
            let id = data(&button, "data-save");
            let mut list = cookie::read();
            let saved = match list.iter().position(|other| *other == id) {
                Some(position) => {
                    list.remove(position);
                    false
                }
                None => {
                    list.push(id);
                    true
                }
            };
            // A full list is the server's to explain.
            if cookie::write(&list) {
                event.prevent_default();
                show();
                let said = if saved {
                    "data-saved-said"
                } else {
                    "data-removed-said"
                };
                say("saved-said", &data(&button, said));
            }
        });
    }

    fn show() {
        let list = cookie::read();
        for button in find_all("[data-save]") {
            let saved = list.contains(&data(&button, "data-save"));
            let _ = button.set_attribute("aria-pressed", if saved { "true" } else { "false" });
            if let Some(label) = find(&button, "[data-label]") {
                label.set_text_content(Some(&data(
                    &button,
                    if saved { "data-saved" } else { "data-unsaved" },
                )));
            }
        }
    }
}
