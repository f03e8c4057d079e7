//! Writing without losing anything: saves by itself, keeps in the browser what could not be saved, and the toolbars of
//! Markdown texts.

use leptos::prelude::*;

/// Wakes the page's form with `data-autosave`, and the toolbars in it.
#[island]
pub fn Writing() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    wake::form();

    view! { <div id="kept-in-browser"></div> }
}

#[cfg(feature = "hydrate")]
mod wake {
    use std::cell::Cell;
    use std::rc::Rc;

    use leptos::wasm_bindgen::closure::Closure;
    use leptos::wasm_bindgen::{JsCast, JsValue};
    use wasm_bindgen_futures::{JsFuture, spawn_local};
    use web_sys::{
        FormData, HtmlElement, HtmlFormElement, HtmlInputElement, HtmlSelectElement,
        HtmlTextAreaElement, RequestInit, Response, Storage, UrlSearchParams,
    };

    use crate::islands::browser::{closest, data, document, find, find_all, listen, say, window};

    /// So long after the last key it is saved, in milliseconds.
    const PAUSE: i32 = 1_500;
    /// So long after a failure it is tried again, in milliseconds.
    const AGAIN: i32 = 15_000;
    const SAID: &str = "autosave-said";
    /// Where the name is kept of what was last sent from a form.
    const SENT: &str = "anker:sent";

    pub fn form() {
        let Some(form) = find_all("form[data-autosave]")
            .into_iter()
            .find_map(|form| form.dyn_into::<HtmlFormElement>().ok())
        else {
            return;
        };
        let writing = Rc::new(Writing {
            key: kept_key(),
            form,
            timer: Cell::new(0),
            stopped: Cell::new(false),
        });
        for tools in find_all("[data-tools]") {
            tools.set_hidden(false);
        }
        listen(&writing.form, "click", |event| {
            if let Some(tool) = closest(&event, "[data-tool]") {
                use_tool(&tool);
            }
        });
        offer_kept(&writing);
        let typing = Rc::clone(&writing);
        listen(&writing.form, "input", move |_| typing.typed());
        let sending = Rc::clone(&writing);
        listen(&writing.form, "submit", move |_| {
            sending.stopped.set(true);
            if let Some(storage) = storage() {
                let _ = storage.set_item(SENT, &sending.key);
            }
        });
    }

    struct Writing {
        form: HtmlFormElement,
        /// Under which name the browser keeps what is not saved.
        key: String,
        timer: Cell<i32>,
        stopped: Cell<bool>,
    }

    fn storage() -> Option<Storage> {
        window().local_storage().ok()?
    }

    fn kept_key() -> String {
        let location = window().location();
        let path = location.pathname().unwrap_or_default();
        let step = location.search().unwrap_or_default();
        ["anker:", &path, &step].concat()
    }

    impl Writing {
        /// The form as it is sent.
        fn body(&self) -> Option<String> {
            let data = FormData::new_with_form(&self.form).ok()?;
            let constructor = js_sys::Reflect::get(&window(), &"URLSearchParams".into()).ok()?;
            let pairs = js_sys::Reflect::construct(
                constructor.dyn_ref::<js_sys::Function>()?,
                &js_sys::Array::of1(&data),
            )
            .ok()?;
            Some(pairs.unchecked_into::<UrlSearchParams>().to_string().into())
        }

        fn typed(self: &Rc<Self>) {
            if let (Some(storage), Some(body)) = (storage(), self.body()) {
                let _ = storage.set_item(&self.key, &body);
            }
            self.save_after(PAUSE);
        }

        fn save_after(self: &Rc<Self>, pause: i32) {
            window().clear_timeout_with_handle(self.timer.get());
            let this = Rc::clone(self);
            let save = Closure::once_into_js(move || spawn_local(async move { this.save().await }));
            if let Ok(timer) = window()
                .set_timeout_with_callback_and_timeout_and_arguments_0(save.unchecked_ref(), pause)
            {
                self.timer.set(timer);
            }
        }

        async fn save(self: Rc<Self>) {
            if self.stopped.get() {
                return;
            }
            let Some(body) = self.body() else { return };
            say(SAID, &data(&self.form, "data-autosave"));
            let answer = self.send(&body).await;
            match answer {
                Some((200, answer)) => {
                    let (seen, time) = answer.split_once('\n').unwrap_or((&answer, ""));
                    self.set_seen(seen);
                    if self.body().as_deref().map(without_seen) == Some(without_seen(&body))
                        && let Some(storage) = storage()
                    {
                        let _ = storage.remove_item(&self.key);
                    }
                    say(SAID, &data(&self.form, "data-saved").replace("{}", time));
                }
                // Somebody else saved the same step, or the sign-in has ended: the form itself shows what to do.
                Some((403, _)) => {
                    self.stopped.set(true);
                    say(SAID, &data(&self.form, "data-signed-out"));
                }
                Some((409, _)) => {
                    self.stopped.set(true);
                    let _ = self.form.request_submit();
                }
                _ => {
                    say(SAID, &data(&self.form, "data-unsaved"));
                    self.save_after(AGAIN);
                }
            }
        }

        async fn send(&self, body: &str) -> Option<(u16, String)> {
            let init = RequestInit::new();
            init.set_method("POST");
            init.set_body(&JsValue::from_str(body));
            let headers = js_sys::Object::new();
            js_sys::Reflect::set(
                &headers,
                &"content-type".into(),
                &"application/x-www-form-urlencoded".into(),
            )
            .ok()?;
            init.set_headers(&headers);
            let address = [&self.form.action(), "&auto=true"].concat();
            let response: Response =
                JsFuture::from(window().fetch_with_str_and_init(&address, &init))
                    .await
                    .ok()?
                    .dyn_into()
                    .ok()?;
            let text = JsFuture::from(response.text().ok()?).await.ok()?;
            Some((response.status(), text.as_string()?))
        }

        fn set_seen(&self, seen: &str) {
            if let Some(field) = find(&self.form, "input[name=seen]")
                && let Ok(field) = field.dyn_into::<HtmlInputElement>()
            {
                field.set_value(seen);
            }
        }

        /// Puts what the browser kept back into the form.
        fn fill(&self, body: &str) {
            let Ok(pairs) = UrlSearchParams::new_with_str(body) else {
                return;
            };
            let elements = self.form.elements();
            for position in 0..elements.length() {
                let Some(element) = elements.item(position) else {
                    continue;
                };
                if let Some(field) = element.dyn_ref::<HtmlInputElement>() {
                    if field.type_() == "checkbox" {
                        let values = pairs.get_all(&field.name());
                        field.set_checked(values.includes(&field.value().into(), 0));
                    } else if field.type_() != "hidden"
                        && let Some(value) = pairs.get(&field.name())
                    {
                        field.set_value(&value);
                    }
                } else if let Some(field) = element.dyn_ref::<HtmlTextAreaElement>() {
                    if let Some(value) = pairs.get(&field.name()) {
                        field.set_value(&value);
                    }
                } else if let Some(field) = element.dyn_ref::<HtmlSelectElement>()
                    && let Some(value) = pairs.get(&field.name())
                {
                    field.set_value(&value);
                }
            }
        }
    }

    fn without_seen(body: &str) -> String {
        body.split('&')
            .filter(|pair| !pair.starts_with("seen="))
            .collect::<Vec<_>>()
            .join("&")
    }

    /// Offers what the browser kept because it could not be saved.
    fn offer_kept(writing: &Rc<Writing>) {
        let Some(storage) = storage() else { return };
        // What was sent from a form and answered with another page of the portal has arrived.
        if let Ok(Some(sent)) = storage.get_item(SENT) {
            let _ = storage.remove_item(&sent);
            let _ = storage.remove_item(SENT);
        }
        let Ok(Some(kept)) = storage.get_item(&writing.key) else {
            return;
        };
        if writing.body().as_deref().map(without_seen) == Some(without_seen(&kept)) {
            let _ = storage.remove_item(&writing.key);
            return;
        }
        let Some(place) = document().get_element_by_id("kept-in-browser") else {
            return;
        };
        place.set_class_name("notice");
        let line = element("p");
        line.set_text_content(Some(&data(&writing.form, "data-kept")));
        let buttons = element("div");
        buttons.set_class_name("actions");
        for (name, restores) in [("data-restore", true), ("data-discard", false)] {
            let button = element("button");
            let _ = button.set_attribute("type", "button");
            if !restores {
                button.set_class_name("quiet");
            }
            button.set_text_content(Some(&data(&writing.form, name)));
            let (writing, kept, place) = (Rc::clone(writing), kept.clone(), place.clone());
            listen(&button, "click", move |_| {
                if restores {
                    writing.fill(&kept);
                    writing.typed();
                } else if let Some(storage) = self::storage() {
                    let _ = storage.remove_item(&writing.key);
                }
                place.set_text_content(None);
                place.set_class_name("");
            });
            let _ = buttons.append_child(&button);
        }
        let _ = place.append_child(&line);
        let _ = place.append_child(&buttons);
    }

    fn element(name: &str) -> HtmlElement {
        // A name of HTML always makes an element.
        document()
            .create_element(name)
            .map(JsCast::unchecked_into)
            .unwrap_or_else(|_| JsValue::NULL.unchecked_into())
    }

    /// Puts the marks of Markdown around what is chosen, or before its lines.
    fn use_tool(tool: &HtmlElement) {
        let area = tool
            .closest("[data-tools]")
            .ok()
            .flatten()
            .and_then(|tools| document().get_element_by_id(&data(&tools, "data-tools")))
            .and_then(|area| area.dyn_into::<HtmlTextAreaElement>().ok());
        let Some(area) = area else { return };
        let text: Vec<u16> = area.value().encode_utf16().collect();
        let place = |place: Result<Option<u32>, JsValue>| {
            place
                .ok()
                .flatten()
                .map_or(text.len(), |place| place as usize)
                .min(text.len())
        };
        let (start, end) = (place(area.selection_start()), place(area.selection_end()));
        let part = |from: usize, to: usize| String::from_utf16_lossy(&text[from..to]);
        let (before, chosen, after) = (part(0, start), part(start, end), part(end, text.len()));
        let changed = match data(tool, "data-tool").as_str() {
            "bold" => ["**", &chosen, "**"].concat(),
            "italic" => ["*", &chosen, "*"].concat(),
            "link" => ["[", &chosen, "](https://)"].concat(),
            "heading" => by_line(&before, &chosen, "### "),
            _ => by_line(&before, &chosen, "- "),
        };
        area.set_value(&[before.as_str(), &changed, &after].concat());
        let _ = area.focus();
        let length = |text: &str| u32::try_from(text.encode_utf16().count()).unwrap_or(0);
        let from = length(&before);
        let _ = area.set_selection_range(from, from + length(&changed));
        if let (Some(form), Ok(event)) = (area.form(), web_sys::Event::new("input")) {
            let _ = form.dispatch_event(&event);
        }
    }

    fn by_line(before: &str, chosen: &str, mark: &str) -> String {
        let lines: Vec<String> = chosen
            .split('\n')
            .map(|line| [mark, line].concat())
            .collect();
        let start = if before.is_empty() || before.ends_with('\n') {
            ""
        } else {
            "\n\n"
        };
        [start, &lines.join("\n")].concat()
    }
}
