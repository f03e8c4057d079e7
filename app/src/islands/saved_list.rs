//! The notes on the page «Min liste».

use leptos::prelude::*;

/// Keeps the own note on every saved offer in the browser's own storage.
#[island]
pub fn SavedList() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    wake::notes();

    view! { <p class="visually-hidden" role="status" id="list-said"></p> }
}

#[cfg(feature = "hydrate")]
mod wake {
    use leptos::wasm_bindgen::JsCast;
    use web_sys::HtmlTextAreaElement;

    use crate::islands::browser::{data, find, find_all, listen, say, window};

    pub fn notes() {
        let storage = window().local_storage().ok().flatten();
        for frame in find_all("[data-note]") {
            let Some(storage) = storage.clone() else {
                continue;
            };
            let key = ["note:", &data(&frame, "data-note")].concat();
            let Some(field) = find(&frame, "textarea")
                .and_then(|field| field.dyn_into::<HtmlTextAreaElement>().ok())
            else {
                continue;
            };
            let keep = {
                let (field, storage, key) = (field.clone(), storage.clone(), key.clone());
                move || {
                    let words = field.value();
                    let kept = if words.is_empty() {
                        storage.remove_item(&key)
                    } else {
                        storage.set_item(&key, &words)
                    };
                    // A full storage is said, so that nobody believes that the note is kept.
                    if kept.is_err() {
                        say("list-said", &data(&frame, "data-full"));
                    }
                }
            };
            // What was typed before the island woke is newer than what was kept.
            if field.value().is_empty() {
                field.set_value(&storage.get_item(&key).ok().flatten().unwrap_or_default());
            } else {
                keep();
            }
            listen(&field, "input", move |_| keep());
        }
    }
}

/// The list in its cookie: ids joined by dots.
#[cfg(feature = "hydrate")]
pub(crate) mod cookie {
    use leptos::wasm_bindgen::JsCast;
    use web_sys::HtmlDocument;

    use crate::islands::browser::document;

    const NAME: &str = "liste=";
    const LIMIT: usize = 45;

    fn jar() -> Option<HtmlDocument> {
        document().dyn_into().ok()
    }

    pub fn read() -> Vec<String> {
        let cookies = jar().and_then(|jar| jar.cookie().ok()).unwrap_or_default();
        cookies
            .split("; ")
            .find_map(|pair| pair.strip_prefix(NAME))
            .map(|list| {
                list.split('.')
                    .filter(|id| !id.is_empty())
                    .map(str::to_owned)
                    .collect()
            })
            .unwrap_or_default()
    }

    /// Keeps the list for a year. False if it is longer than a cookie holds.
    pub fn write(list: &[String]) -> bool {
        list.len() <= LIMIT
            && jar().is_some_and(|jar| {
                let cookie = [
                    NAME,
                    &list.join("."),
                    "; Path=/; Max-Age=31536000; SameSite=Lax",
                ]
                .concat();
                jar.set_cookie(&cookie).is_ok()
            })
    }
}
