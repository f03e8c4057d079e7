//! What the islands need of the browser, in few and small pieces.

use leptos::wasm_bindgen::closure::Closure;
use leptos::wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, Element, Event, EventTarget, HtmlElement, Response, Window};

/// Sent on the document after a part of the page was replaced; the loader wakes islands in it, and the save buttons
/// look again.
pub const REPLACED: &str = "anker:fragment";

/// The window. An island only runs in one.
pub fn window() -> Window {
    leptos::prelude::window()
}

/// The document.
pub fn document() -> Document {
    leptos::prelude::document()
}

/// Calls `handler` for every event of a name, for as long as the page lives.
pub fn listen(target: &EventTarget, name: &str, handler: impl FnMut(Event) + 'static) {
    let closure = Closure::<dyn FnMut(Event)>::new(handler);
    if target
        .add_event_listener_with_callback(name, closure.as_ref().unchecked_ref())
        .is_ok()
    {
        closure.forget();
    }
}

/// The element that an event happened in or on, found upwards by a selector.
pub fn closest(event: &Event, selector: &str) -> Option<HtmlElement> {
    event
        .target()?
        .dyn_into::<Element>()
        .ok()?
        .closest(selector)
        .ok()??
        .dyn_into()
        .ok()
}

/// The first element below `root` that a selector names.
pub fn find(root: &Element, selector: &str) -> Option<HtmlElement> {
    root.query_selector(selector).ok()??.dyn_into().ok()
}

/// Every element of the document that a selector names.
pub fn find_all(selector: &str) -> Vec<HtmlElement> {
    let Ok(nodes) = document().query_selector_all(selector) else {
        return Vec::new();
    };
    (0..nodes.length())
        .filter_map(|position| nodes.get(position)?.dyn_into().ok())
        .collect()
}

/// Puts words into the element of an id: for a screen reader, where it is a status.
pub fn say(id: &str, words: &str) {
    if let Some(element) = document().get_element_by_id(id) {
        element.set_text_content(Some(words));
    }
}

/// An element's data attribute.
pub fn data(element: &Element, name: &str) -> String {
    element.get_attribute(name).unwrap_or_default()
}

/// The text that a URL of this site answers with.
pub async fn fetch_text(url: &str) -> Option<String> {
    let response: Response = JsFuture::from(window().fetch_with_str(url))
        .await
        .ok()?
        .dyn_into()
        .ok()?;
    if !response.ok() {
        return None;
    }
    JsFuture::from(response.text().ok()?)
        .await
        .ok()?
        .as_string()
}

/// A field of a JavaScript object as text.
pub fn field(object: &JsValue, name: &str) -> Option<String> {
    js_sys::Reflect::get(object, &JsValue::from_str(name))
        .ok()?
        .as_string()
}

/// A text made safe for one part of a URL.
pub fn encode(text: &str) -> String {
    js_sys::encode_uri_component(text).into()
}
