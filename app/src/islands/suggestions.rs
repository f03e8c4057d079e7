//! Suggestions under the search box while its words are being typed.

use leptos::prelude::*;

/// The list under the search box it stands beside. The box is a plain field of a plain form; this island makes it a
/// combobox.
#[island]
pub fn Suggestions() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    wake::combobox();

    view! {
        <ul class="combobox-list" id="suggestions" role="listbox" hidden></ul>
        <p class="visually-hidden" role="status" id="suggestions-said"></p>
    }
}

#[cfg(feature = "hydrate")]
mod wake {
    use std::cell::{Cell, RefCell};
    use std::rc::Rc;
    use std::time::Duration;

    use leptos::leptos_dom::helpers::set_timeout;
    use leptos::task::spawn_local;
    use leptos::wasm_bindgen::JsCast;
    use web_sys::{Element, Event, HtmlElement, HtmlInputElement, KeyboardEvent};

    use crate::islands::browser::{
        closest, data, document, encode, fetch_text, field, find, find_all, listen, say, window,
    };

    /// How long typing rests before it is asked.
    const WAIT: Duration = Duration::from_millis(110);

    /// How long a press takes at most.
    const PRESS: Duration = Duration::from_millis(200);

    /// One suggestion.
    #[derive(Clone)]
    struct Suggested {
        text: String,
        /// What it is, in a word; empty for a plain search.
        kind: String,
        /// Where it leads; empty for a search of its text.
        url: String,
    }

    struct Combobox {
        frame: HtmlElement,
        input: HtmlInputElement,
        list: HtmlElement,
        suggested: RefCell<Vec<Suggested>>,
        active: Cell<Option<usize>>,
        /// Counts what was asked for, so that a late answer does not replace a newer one.
        asked: Cell<u32>,
    }

    pub fn combobox() {
        let Some(frame) = find_all(".combobox").into_iter().next() else {
            return;
        };
        let input =
            find(&frame, "input").and_then(|input| input.dyn_into::<HtmlInputElement>().ok());
        let (Some(input), Some(list)) = (input, find(&frame, "#suggestions")) else {
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
        let combobox = Rc::new(Combobox {
            frame,
            input,
            list,
            suggested: RefCell::default(),
            active: Cell::default(),
            asked: Cell::default(),
        });
        for (target, name, handler) in [
            (
                &*combobox.input as &Element,
                "input",
                Combobox::typed as fn(&Rc<Combobox>, &Event),
            ),
            (&combobox.input, "keydown", Combobox::pressed),
            // The list goes away when the box is left, but not by pressing on the list itself.
            (&combobox.input, "blur", Combobox::left),
            (&combobox.list, "mousedown", |_, event| {
                event.prevent_default()
            }),
            (&combobox.list, "click", Combobox::clicked),
        ] {
            let combobox = combobox.clone();
            listen(target, name, move |event| handler(&combobox, &event));
        }
    }

    impl Combobox {
        /// Hides the list once a press that left the box has landed: where the list moves what is below it, a button must
        /// not move away while it is pressed.
        fn left(self: &Rc<Self>, _: &Event) {
            let combobox = self.clone();
            set_timeout(move || combobox.show(Vec::new()), PRESS);
        }

        fn typed(self: &Rc<Self>, _: &Event) {
            let ticket = self.asked.get().wrapping_add(1);
            self.asked.set(ticket);
            let combobox = self.clone();
            set_timeout(
                move || {
                    if combobox.asked.get() == ticket {
                        combobox.ask(ticket);
                    }
                },
                WAIT,
            );
        }

        fn ask(self: Rc<Self>, ticket: u32) {
            let words = self.input.value();
            let words = words.trim().to_owned();
            if words.chars().count() < 2 {
                return self.show(Vec::new());
            }
            spawn_local(async move {
                let url = [data(&self.frame, "data-suggest").as_str(), &encode(&words)].concat();
                let answer = fetch_text(&url).await;
                if self.asked.get() != ticket {
                    return;
                }
                let found = answer.map(|json| self.read(&json)).unwrap_or_default();
                let count = found.len().to_string();
                say(
                    "suggestions-said",
                    &data(&self.frame, "data-announce").replace('#', &count),
                );
                self.show(found);
            });
        }

        fn read(&self, json: &str) -> Vec<Suggested> {
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
                        kind: data(&self.frame, &["data-kind-", &kind].concat()),
                        url: field(&item, "url").unwrap_or_default(),
                    })
                })
                .collect()
        }

        /// Shows these suggestions, or hides the list where there are none.
        fn show(&self, suggested: Vec<Suggested>) {
            self.list.set_inner_html("");
            for (position, suggestion) in suggested.iter().enumerate() {
                let (Some(item), Some(text), Some(kind)) =
                    (element("li"), element("span"), element("small"))
                else {
                    return;
                };
                let _ = item.set_attribute("role", "option");
                item.set_id(&option_id(position));
                text.set_text_content(Some(&suggestion.text));
                kind.set_text_content(Some(&suggestion.kind));
                let _ = item.append_child(&text);
                let _ = item.append_child(&kind);
                let _ = self.list.append_child(&item);
            }
            self.list.set_hidden(suggested.is_empty());
            let expanded = if suggested.is_empty() {
                "false"
            } else {
                "true"
            };
            let _ = self.input.set_attribute("aria-expanded", expanded);
            self.suggested.replace(suggested);
            self.choose(None);
        }

        /// Moves the choice, and the screen reader's attention with it.
        fn choose(&self, position: Option<usize>) {
            self.active.set(position);
            let _ = self.input.remove_attribute("aria-activedescendant");
            let options = self.list.children();
            for at in 0..options.length() {
                let Some(option) = options.item(at) else {
                    continue;
                };
                let chosen = position == Some(at as usize);
                let _ =
                    option.set_attribute("aria-selected", if chosen { "true" } else { "false" });
                if chosen {
                    let _ = self
                        .input
                        .set_attribute("aria-activedescendant", &option.id());
                    option.scroll_into_view_with_bool(false);
                }
            }
        }

        fn pressed(self: &Rc<Self>, event: &Event) {
            let Some(key) = event.dyn_ref::<KeyboardEvent>().map(KeyboardEvent::key) else {
                return;
            };
            let count = self.suggested.borrow().len();
            if count == 0 {
                return;
            }
            let active = self.active.get();
            match (key.as_str(), active) {
                ("ArrowDown", at) => self.choose(Some(at.map_or(0, |at| (at + 1) % count))),
                ("ArrowUp", at) => {
                    self.choose(Some(at.map_or(count - 1, |at| (at + count - 1) % count)))
                }
                ("Enter", Some(at)) => self.take(at),
                ("Enter", None) => return self.show(Vec::new()),
                ("Escape", _) => self.show(Vec::new()),
                _ => return,
            }
            event.prevent_default();
        }

        fn clicked(self: &Rc<Self>, event: &Event) {
            let Some(option) = closest(event, "[role=option]") else {
                return;
            };
            let options = self.list.children();
            let at = (0..options.length()).find(|at| {
                options
                    .item(*at)
                    .is_some_and(|item| item.id() == option.id())
            });
            if let Some(at) = at {
                self.take(at as usize);
            }
        }

        /// Goes to what is suggested, or searches for its words.
        fn take(&self, position: usize) {
            let Some(suggestion) = self.suggested.borrow().get(position).cloned() else {
                return;
            };
            self.show(Vec::new());
            if suggestion.url.is_empty() {
                self.input.set_value(&suggestion.text);
                if let Some(form) = self.input.form() {
                    let _ = form.request_submit();
                }
            } else {
                let _ = window().location().assign(&suggestion.url);
            }
        }
    }

    fn element(name: &str) -> Option<Element> {
        document().create_element(name).ok()
    }

    fn option_id(position: usize) -> String {
        ["suggestion-", &position.to_string()].concat()
    }
}
