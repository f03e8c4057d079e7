//! Suggestions under the search box while its words are being typed.

use leptos::prelude::*;

/// One suggestion.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Suggested {
    text: String,
    /// What it is, in a word; empty for a plain search.
    kind: String,
    /// Where it leads; empty for a search of its text.
    url: String,
}

/// The list under the search box it stands beside. The box is a plain field of a plain form; this island makes it a
/// combobox.
#[island]
pub fn Suggestions() -> impl IntoView {
    let suggested = RwSignal::new(Vec::<Suggested>::new());
    let active = RwSignal::new(None::<usize>);
    let announcement = RwSignal::new(String::new());
    let list = NodeRef::<leptos::html::Ul>::new();

    #[cfg(feature = "hydrate")]
    list.on_load(move |list| wake::combobox(&list, suggested, active, announcement));

    view! {
        <ul
            class="combobox-list"
            id="suggestions"
            role="listbox"
            node_ref=list
            hidden=move || suggested.with(Vec::is_empty)
        >
            {move || {
                suggested
                    .get()
                    .into_iter()
                    .enumerate()
                    .map(|(position, suggestion)| {
                        let selected = if active.get() == Some(position) { "true" } else { "false" };
                        view! {
                            <li role="option" id=option_id(position) data-position=position.to_string() aria-selected=selected>
                                <span>{suggestion.text}</span>
                                <small>{suggestion.kind}</small>
                            </li>
                        }
                    })
                    .collect_view()
            }}
        </ul>
        <p class="visually-hidden" role="status">{announcement}</p>
    }
}

fn option_id(position: usize) -> String {
    ["suggestion-", &position.to_string()].concat()
}

#[cfg(feature = "hydrate")]
mod wake {
    use std::cell::Cell;
    use std::rc::Rc;
    use std::time::Duration;

    use leptos::prelude::*;
    use leptos::task::spawn_local;
    use leptos::wasm_bindgen::JsCast;
    use web_sys::{Element, Event, HtmlInputElement, KeyboardEvent};

    use super::{Suggested, option_id};
    use crate::islands::browser::{closest, data, encode, fetch_text, field, find, listen, window};

    const WAIT: Duration = Duration::from_millis(110);

    pub fn combobox(
        list: &Element,
        suggested: RwSignal<Vec<Suggested>>,
        active: RwSignal<Option<usize>>,
        announcement: RwSignal<String>,
    ) {
        let Ok(Some(frame)) = list.closest(".combobox") else {
            return;
        };
        let Some(input) =
            find(&frame, "input").and_then(|input| input.dyn_into::<HtmlInputElement>().ok())
        else {
            return;
        };
        for (name, value) in [
            ("role", "combobox"),
            ("aria-autocomplete", "list"),
            ("aria-controls", "suggestions"),
            ("aria-expanded", "false"),
            ("autocomplete", "off"),
        ] {
            let _ = input.set_attribute(name, value);
        }
        let _ = list.set_attribute("aria-label", &data(&frame, "data-label"));

        Effect::new({
            let input = input.clone();
            move |_| {
                let open = suggested.with(|list| !list.is_empty());
                let _ = input.set_attribute("aria-expanded", if open { "true" } else { "false" });
                match active.get() {
                    Some(position) => {
                        let _ = input.set_attribute("aria-activedescendant", &option_id(position));
                    }
                    None => {
                        let _ = input.remove_attribute("aria-activedescendant");
                    }
                }
            }
        });

        let close = move || {
            active.set(None);
            suggested.set(Vec::new());
        };
        // Counts what was asked for, so that a late answer does not replace a newer one.
        let asked = Rc::new(Cell::new(0_u32));
        listen(&input, "input", {
            let (input, frame) = (input.clone(), frame.clone());
            move |_| {
                let ticket = asked.get().wrapping_add(1);
                asked.set(ticket);
                let (input, frame, asked) = (input.clone(), frame.clone(), asked.clone());
                set_timeout(
                    move || {
                        let words = input.value();
                        if asked.get() != ticket {
                            return;
                        }
                        if words.trim().chars().count() < 2 {
                            close();
                            return;
                        }
                        spawn_local(async move {
                            let url =
                                [data(&frame, "data-suggest").as_str(), &encode(words.trim())]
                                    .concat();
                            let answer = fetch_text(&url).await;
                            if asked.get() != ticket {
                                return;
                            }
                            let found = answer.map(|json| read(&json, &frame)).unwrap_or_default();
                            announcement.set(
                                data(&frame, "data-announce")
                                    .replace('#', &found.len().to_string()),
                            );
                            active.set(None);
                            suggested.set(found);
                        });
                    },
                    WAIT,
                );
            }
        });

        let choose = {
            let input = input.clone();
            move |suggestion: Suggested| {
                close();
                if suggestion.url.is_empty() {
                    input.set_value(&suggestion.text);
                    if let Some(form) = input.form() {
                        let _ = form.request_submit();
                    }
                } else {
                    let _ = window().location().assign(&suggestion.url);
                }
            }
        };
        listen(&input, "keydown", {
            let choose = choose.clone();
            move |event| {
                let Some(event) = event.dyn_ref::<KeyboardEvent>() else {
                    return;
                };
                let count = suggested.with(Vec::len);
                if count == 0 {
                    return;
                }
                match event.key().as_str() {
                    "ArrowDown" => {
                        active.update(|at| *at = Some(at.map_or(0, |at| (at + 1) % count)))
                    }
                    "ArrowUp" => active.update(|at| {
                        *at = Some(at.map_or(count - 1, |at| (at + count - 1) % count))
                    }),
                    "Enter" => {
                        let chosen = active
                            .get_untracked()
                            .and_then(|at| suggested.with(|list| list.get(at).cloned()));
                        match chosen {
                            Some(suggestion) => choose(suggestion),
                            None => return close(),
                        }
                    }
                    "Escape" => close(),
                    _ => return,
                }
                event.prevent_default();
            }
        });
        // The list goes away when the box is left, but not by pressing on the list itself.
        listen(&input, "blur", move |_| close());
        listen(list, "mousedown", |event: Event| event.prevent_default());
        listen(list, "click", move |event| {
            let position = closest(&event, "[data-position]")
                .and_then(|item| data(&item, "data-position").parse().ok());
            let chosen =
                position.and_then(|at: usize| suggested.with(|list| list.get(at).cloned()));
            if let Some(suggestion) = chosen {
                choose(suggestion);
            }
        });
    }

    fn read(json: &str, frame: &Element) -> Vec<Suggested> {
        let Ok(answer) = js_sys::JSON::parse(json) else {
            return Vec::new();
        };
        let Ok(list) = js_sys::Reflect::get(&answer, &"suggestions".into()) else {
            return Vec::new();
        };
        js_sys::Array::from(&list)
            .iter()
            .filter_map(|item| {
                let kind = field(&item, "kind").unwrap_or_default();
                Some(Suggested {
                    text: field(&item, "text")?,
                    kind: data(frame, &["data-kind-", &kind].concat()),
                    url: field(&item, "url").unwrap_or_default(),
                })
            })
            .collect()
    }
}
