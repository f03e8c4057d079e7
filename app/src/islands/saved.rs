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
    use web_sys::Element;

    use crate::islands::browser::{REPLACED, closest, data, document, find, find_all, listen, say};
    use crate::islands::saved_list::cookie;

    pub fn buttons() {
        show();
        listen(&document(), REPLACED, |_| show());
        listen(&document(), "click", |event| {
            let Some(button) = closest(&event, "[data-save]") else {
                return;
            };
            event.prevent_default();
            let id = id_of(&button);
            let mut list = cookie::read();
            let before = list.len();
            list.retain(|other| *other != id);
            let said = if list.len() < before {
                "data-removed-said"
            } else {
                list.push(id);
                "data-saved-said"
            };
            if cookie::write(&list) {
                show();
                let title = find(&button, "[data-title]").and_then(|title| title.text_content());
                say(
                    "saved-said",
                    &words(said).replace('#', &title.unwrap_or_default()),
                );
            } else {
                say("saved-said", &words("data-full"));
            }
        });
    }

    fn id_of(button: &Element) -> String {
        data(button, "value")
    }

    /// The words that the page's form has for the island.
    fn words(name: &str) -> String {
        document()
            .get_element_by_id("save-form")
            .map(|form| data(&form, name))
            .unwrap_or_default()
    }

    /// Lets every button tell whether its offer is saved.
    fn show() {
        let list = cookie::read();
        for button in find_all("[data-save]") {
            let saved = list.contains(&id_of(&button));
            let _ = button.set_attribute("aria-pressed", if saved { "true" } else { "false" });
            if let Some(label) = find(&button, "[data-label]") {
                label.set_text_content(Some(&words(if saved {
                    "data-saved"
                } else {
                    "data-unsaved"
                })));
            }
        }
    }
}
