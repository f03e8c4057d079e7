//! The map's details and arrow keys.

use leptos::prelude::*;

/// Says beside the map what the dot under the pointer or the focus stands for, and lets the arrow keys walk from dot to
/// dot. Without it every dot is a link with a title.
#[island]
pub fn MapDetails() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    wake::map();

    view! { <p class="map-details" aria-hidden="true" id="map-said"></p> }
}

#[cfg(feature = "hydrate")]
mod wake {
    use leptos::wasm_bindgen::JsCast;
    use web_sys::{Element, KeyboardEvent, SvgElement};

    use crate::islands::browser::{data, document, listen, say};

    pub fn map() {
        let Ok(Some(map)) = document().query_selector("[data-map]") else {
            return;
        };
        let show = move |event: web_sys::Event| {
            let dot = event
                .target()
                .and_then(|target| target.dyn_into::<Element>().ok());
            if let Some(dot) = dot.and_then(|dot| dot.closest("[data-details]").ok().flatten()) {
                say("map-said", &data(&dot, "data-details"));
            }
        };
        listen(&map, "pointerover", show);
        listen(&map, "focusin", show);
        listen(&map.clone(), "keydown", move |event| {
            let Some(event) = event.dyn_ref::<KeyboardEvent>() else {
                return;
            };
            let direction = match event.key().as_str() {
                "ArrowRight" => (1.0, 0.0),
                "ArrowLeft" => (-1.0, 0.0),
                "ArrowDown" => (0.0, 1.0),
                "ArrowUp" => (0.0, -1.0),
                _ => return,
            };
            let Some(here) = document().active_element() else {
                return;
            };
            if let Some(next) = nearest(&map, &here, direction) {
                event.prevent_default();
                if let Some(next) = next.dyn_ref::<SvgElement>() {
                    let _ = next.focus();
                }
            }
        });
    }

    /// The dot that lies nearest in a direction; what lies off to the side counts as farther away.
    fn nearest(map: &Element, here: &Element, (right, down): (f64, f64)) -> Option<Element> {
        let place = |dot: &Element| -> Option<(f64, f64)> {
            Some((
                data(dot, "data-x").parse().ok()?,
                data(dot, "data-y").parse().ok()?,
            ))
        };
        let (x, y) = place(here)?;
        let dots = map.query_selector_all("[data-x]").ok()?;
        let mut best: Option<(f64, Element)> = None;
        for position in 0..dots.length() {
            let Some(dot) = dots
                .get(position)
                .and_then(|dot| dot.dyn_into::<Element>().ok())
            else {
                continue;
            };
            let Some((dot_x, dot_y)) = place(&dot) else {
                continue;
            };
            let (across, along) = (dot_x - x, dot_y - y);
            let ahead = across * right + along * down;
            let aside = (across * down + along * right).abs();
            if ahead > 0.5
                && best
                    .as_ref()
                    .is_none_or(|(cost, _)| ahead + 2.0 * aside < *cost)
            {
                best = Some((ahead + 2.0 * aside, dot));
            }
        }
        best.map(|(_, dot)| dot)
    }
}
