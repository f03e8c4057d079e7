//! Results, counts and filters that follow each choice without a new page.

use leptos::prelude::*;

/// Follows the search form: a tick, another order or another page fetches the very page that the plain form or link
/// leads to, and puts its parts in place of those shown. The address changes with it, and the new count is said.
#[island]
pub fn LiveSearch() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    wake::search();

    view! { <p class="visually-hidden" role="status" id="results-said"></p> }
}

#[cfg(feature = "hydrate")]
mod wake {
    use std::cell::{Cell, RefCell};
    use std::rc::Rc;

    use leptos::task::spawn_local;
    use leptos::wasm_bindgen::{JsCast, JsValue};
    use web_sys::{
        CustomEvent, DomParser, Event, FormData, HtmlElement, HtmlFormElement, MouseEvent,
        SupportedType,
    };

    use crate::islands::browser::{
        REPLACED, closest, data, document, encode, fetch_text, find_all, listen, say, window,
    };

    pub fn search() {
        let Some(form) = form() else { return };
        let searcher = Rc::new(Searcher {
            asked: Cell::new(0),
            shown: RefCell::new(here()),
        });
        for name in ["change", "submit"] {
            let searcher = searcher.clone();
            listen(&document(), name, move |event| {
                // The words are sent when they are sent, not when their field is left.
                let words = name == "change" && closest(&event, "#q").is_some();
                let Some(form) =
                    form_of(&event).filter(|form| !words && form.id() == "search-form")
                else {
                    return;
                };
                event.prevent_default();
                // Closes the sheet.
                if name == "submit" && sheet_is_open() {
                    let _ = window().location().set_hash("results");
                }
                searcher.clone().go(address_of(&form), true, false);
            });
        }
        listen(&document(), "click", {
            let searcher = searcher.clone();
            move |event| {
                let plain = event.dyn_ref::<MouseEvent>().is_some_and(|mouse| {
                    !(mouse.ctrl_key() || mouse.meta_key() || mouse.shift_key() || mouse.alt_key())
                });
                let Some(link) = closest(&event, "a[data-live]").filter(|_| plain) else {
                    return;
                };
                event.prevent_default();
                let to_top = data(&link, "data-live") == "top";
                searcher.clone().go(data(&link, "href"), true, to_top);
            }
        });
        // Moving within the page is told in the same way as going back, and changes nothing.
        listen(&window(), "popstate", move |_| {
            if *searcher.shown.borrow() != here() {
                searcher.clone().go(here(), false, false);
            }
        });
        listen(&document(), "input", |event| {
            if let Some(list) = closest(&event, "[data-filter-list]") {
                narrow(&list);
            }
        });
        show_narrowing();
        let _ = form.set_attribute("data-live", "on");
    }

    /// The fragment that opens the sheet which the filters are on a phone.
    const SHEET: &str = "#filters";

    fn sheet_is_open() -> bool {
        window().location().hash().as_deref() == Ok(SHEET)
    }

    /// The address shown, without its fragment.
    fn here() -> String {
        let location = window().location();
        [location.pathname(), location.search()]
            .map(Result::unwrap_or_default)
            .concat()
    }

    struct Searcher {
        /// Counts what was asked for, so that a late answer does not replace a newer one.
        asked: Cell<u32>,
        /// The address whose results are shown.
        shown: RefCell<String>,
    }

    impl Searcher {
        fn go(self: Rc<Self>, url: String, remember: bool, to_top: bool) {
            let ticket = self.asked.get().wrapping_add(1);
            self.asked.set(ticket);
            spawn_local(async move {
                let html = fetch_text(&url).await;
                if self.asked.get() != ticket {
                    return;
                }
                // Where it cannot be fetched, the browser goes there itself and says why.
                if !html.is_some_and(|html| replace(&html)) {
                    let _ = window().location().assign(&url);
                    return;
                }
                if remember && let Ok(history) = window().history() {
                    // An open sheet stays open, also when this choice is gone back from.
                    let address = if sheet_is_open() {
                        [&url, SHEET].concat()
                    } else {
                        url
                    };
                    let _ = history.push_state_with_url(&JsValue::NULL, "", Some(&address));
                }
                self.shown.replace(here());
                show_narrowing();
                if let Ok(event) = CustomEvent::new(REPLACED) {
                    let _ = document().dispatch_event(&event);
                }
                if let Some(count) = document().get_element_by_id("results-count") {
                    say("results-said", &count.text_content().unwrap_or_default());
                }
                if to_top && let Some(results) = document().get_element_by_id("results") {
                    results.scroll_into_view();
                }
            });
        }
    }

    /// Puts the parts of a fetched page in place of those shown. False if the page is not of this kind.
    fn replace(html: &str) -> bool {
        let Some(fetched) = DomParser::new()
            .ok()
            .and_then(|parser| parser.parse_from_string(html, SupportedType::TextHtml).ok())
        else {
            return false;
        };
        if fetched.get_element_by_id("results").is_none() {
            return false;
        }
        let focused = document()
            .active_element()
            .map(|element| element.id())
            .filter(|id| !id.is_empty());
        let open: Vec<String> = find_all("[data-replace] details[open]")
            .iter()
            .map(|details| details.id())
            .collect();
        for part in find_all("[data-replace]") {
            if let Some(new) = fetched.get_element_by_id(&part.id()) {
                let _ = part.replace_with_with_node_1(&new);
            }
        }
        if focused.as_deref() != Some("q") {
            let words = fetched
                .get_element_by_id("q")
                .map(|input| data(&input, "value"))
                .unwrap_or_default();
            if let Some(input) = document().get_element_by_id("q") {
                let _ = js_sys::Reflect::set(&input, &"value".into(), &words.into());
            }
        }
        document().set_title(&fetched.title());
        for id in open {
            if let Some(details) = document().get_element_by_id(&id) {
                let _ = details.set_attribute("open", "");
            }
        }
        if let Some(element) = focused
            .and_then(|id| document().get_element_by_id(&id))
            .and_then(|element| element.dyn_into::<HtmlElement>().ok())
        {
            let _ = element.focus();
        }
        true
    }

    fn form() -> Option<HtmlFormElement> {
        document().get_element_by_id("search-form")?.dyn_into().ok()
    }

    /// The form that an event belongs to: of the field changed, which may stand outside it, or the form itself.
    fn form_of(event: &Event) -> Option<HtmlFormElement> {
        let target = event.target()?;
        match target.dyn_into::<HtmlFormElement>() {
            Ok(form) => Some(form),
            Err(field) => js_sys::Reflect::get(&field, &"form".into())
                .ok()?
                .dyn_into()
                .ok(),
        }
    }

    /// The address that the form leads to, without its empty fields.
    fn address_of(form: &HtmlFormElement) -> String {
        let mut address = data(form, "action");
        let Ok(fields) = FormData::new_with_form(form) else {
            return address;
        };
        let mut mark = '?';
        if let Ok(Some(pairs)) = js_sys::try_iter(&fields) {
            for pair in pairs.flatten() {
                let pair = js_sys::Array::from(&pair);
                let (Some(name), Some(value)) = (pair.get(0).as_string(), pair.get(1).as_string())
                else {
                    continue;
                };
                if !value.is_empty() {
                    address.push(mark);
                    address.push_str(&name);
                    address.push('=');
                    address.push_str(&encode(&value));
                    mark = '&';
                }
            }
        }
        address
    }

    /// Shows the boxes that narrow long lists of filters; they only work here, so the plain page hides them.
    fn show_narrowing() {
        for narrowing in find_all("[data-narrowing]") {
            narrowing.set_hidden(false);
        }
    }

    /// Hides the filters of a list whose labels do not have the words typed.
    fn narrow(input: &HtmlElement) {
        let words = js_sys::Reflect::get(input, &"value".into())
            .ok()
            .and_then(|value| value.as_string())
            .unwrap_or_default()
            .to_lowercase();
        let Ok(Some(list)) = input.closest("fieldset") else {
            return;
        };
        let Ok(items) = list.query_selector_all("li") else {
            return;
        };
        for position in 0..items.length() {
            if let Some(item) = items
                .get(position)
                .and_then(|item| item.dyn_into::<HtmlElement>().ok())
            {
                let label = item.text_content().unwrap_or_default().to_lowercase();
                item.set_hidden(!label.contains(&words));
            }
        }
    }
}
