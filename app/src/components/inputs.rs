//! Inputs of forms whose fields are named by what they stand for: a line, a long text, a choice, several choices.

use domain::{Code, Language, municipality};
use leptos::either::Either;
use leptos::prelude::*;

use crate::text::Text;

/// One input: its name in what is sent, which is also its id, its label, and what was typed.
#[derive(Clone, Default)]
pub struct Input {
    /// The name.
    pub name: String,
    /// The label.
    pub label: String,
    /// What helps to fill it in; may be empty.
    pub hint: &'static str,
    /// What was typed or chosen.
    pub value: String,
    /// What is wrong with it, as a sentence.
    pub error: Option<String>,
}

/// Something to choose: its code, and what people call it.
pub type Choice = (String, String);

/// The choices of a closed list.
pub fn choices<C: Code>(language: Language) -> Vec<Choice> {
    C::all()
        .iter()
        .map(|code| (code.code().to_owned(), code.label(language).to_owned()))
        .collect()
}

/// All municipalities, by their codes.
pub fn municipalities() -> Vec<Choice> {
    municipality::all()
        .iter()
        .map(|municipality| (municipality.code.to_string(), municipality.name.to_owned()))
        .collect()
}

impl Input {
    fn described_by(&self) -> Option<String> {
        let hint = (!self.hint.is_empty()).then(|| [&self.name, "-hint"].concat());
        let error = self
            .error
            .is_some()
            .then(|| [&self.name, "-error"].concat());
        let ids: Vec<String> = hint.into_iter().chain(error).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    fn invalid(&self) -> Option<&'static str> {
        self.error.is_some().then_some("true")
    }

    /// What stands between the label and the input.
    fn notes(&self) -> impl IntoView + use<> {
        let hint = self.hint;
        let hint_id = [&self.name, "-hint"].concat();
        let error_id = [&self.name, "-error"].concat();
        view! {
            {(!hint.is_empty()).then(|| view! { <p class="hint" id=hint_id>{hint}</p> })}
            {self.error.clone().map(|error| view! { <p class="field-error" id=error_id>{error}</p> })}
        }
    }
}

/// A line: a text, a number, a date; `kind` as HTML names it.
pub fn line(input: &Input, kind: &'static str) -> impl IntoView + use<> {
    let mode = (kind == "number").then_some("numeric");
    // What is not a number is kept and explained, which a browser's own number field does not do.
    let kind = if kind == "number" { "text" } else { kind };
    view! {
        <div class="field">
            <label for=input.name.clone()>{input.label.clone()}</label>
            {input.notes()}
            <input id=input.name.clone() name=input.name.clone() type=kind inputmode=mode value=input.value.clone()
                aria-invalid=input.invalid() aria-describedby=input.described_by()/>
        </div>
    }
}

/// A long text of so many rows.
pub fn area(input: &Input, rows: u8) -> impl IntoView + use<> {
    view! {
        <div class="field">
            <label for=input.name.clone()>{input.label.clone()}</label>
            {input.notes()}
            <textarea id=input.name.clone() name=input.name.clone() rows=rows.to_string()
                aria-invalid=input.invalid() aria-describedby=input.described_by()>{textarea_text(&input.value)}</textarea>
        </div>
    }
}

/// A long text in Markdown. Its toolbar shows where there is a script to work it.
pub fn markdown(input: &Input, rows: u8, text: Text) -> impl IntoView + use<> {
    let text = text.writing();
    let hint = [&input.name, "-markdown"].concat();
    let described = match input.described_by() {
        Some(ids) => [&ids, " ", &hint].concat(),
        None => hint.clone(),
    };
    let tools = [
        ("bold", text.bold()),
        ("italic", text.italic()),
        ("heading", text.heading()),
        ("list", text.list()),
        ("link", text.link()),
    ];
    view! {
        <div class="field">
            <label for=input.name.clone()>{input.label.clone()}</label>
            {input.notes()}
            <div class="markdown-tools" role="toolbar" aria-label=input.label.clone() aria-controls=input.name.clone() hidden data-tools=input.name.clone()>
                {tools.into_iter().map(|(tool, label)| view! {
                    <button type="button" class="quiet small" data-tool=tool>{label}</button>
                }).collect_view()}
            </div>
            <textarea id=input.name.clone() name=input.name.clone() rows=rows.to_string()
                aria-invalid=input.invalid() aria-describedby=described>{textarea_text(&input.value)}</textarea>
            <p class="hint" id=hint>{text.markdown_hint()}</p>
        </div>
    }
}

/// What stands inside a textarea. leptos writes it as it is, so it is escaped here, or what people type would be markup;
/// and HTML drops the first line end.
pub fn textarea_text(value: &str) -> String {
    let escaped = value
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    if value.starts_with('\n') {
        ["\n", &escaped].concat()
    } else {
        escaped
    }
}

/// One of a list. `empty` is what no choice is called.
pub fn select(input: &Input, empty: &'static str, choices: &[Choice]) -> impl IntoView + use<> {
    let known = choices.iter().any(|(code, _)| *code == input.value);
    // What is kept and no longer among the choices stays chosen, so that saving does not lose it.
    let kept = (!known && !input.value.is_empty()).then(|| input.value.clone());
    view! {
        <div class="field">
            <label for=input.name.clone()>{input.label.clone()}</label>
            {input.notes()}
            <select id=input.name.clone() name=input.name.clone() aria-invalid=input.invalid() aria-describedby=input.described_by()>
                <option value="">{empty}</option>
                {kept.map(|kept| view! { <option value=kept.clone() selected=true>{kept.clone()}</option> })}
                {choices.iter().map(|(code, label)| view! {
                    <option value=code.clone() selected={*code == input.value}>{label.clone()}</option>
                }).collect_view()}
            </select>
        </div>
    }
}

/// Several of a list. A long list is folded and says what is chosen.
pub fn checks(input: &Input, choices: &[Choice], chosen: &[&str]) -> impl IntoView + use<> {
    const LONG: usize = 30;
    let boxes = choices
        .iter()
        .enumerate()
        .map(|(position, (code, label))| {
            // The first box carries the field's own id, for the links of the error list.
            let id = match position {
                0 => input.name.clone(),
                _ => format!("{}-{code}", input.name),
            };
            view! {
                <li><label class="check" for=id.clone()>
                    <input type="checkbox" id=id.clone() name=input.name.clone() value=code.clone() checked=chosen.contains(&code.as_str())/>
                    <span>{label.clone()}</span>
                </label></li>
            }
        })
        .collect_view();
    let list = view! { <ul class="checks">{boxes}</ul> };
    let named: Vec<&str> = choices
        .iter()
        .filter(|(code, _)| chosen.contains(&code.as_str()))
        .map(|(_, label)| label.as_str())
        .collect();
    let summary = match named.is_empty() {
        true => input.label.clone(),
        false => format!("{}: {}", input.label, named.join(", ")),
    };
    let notes = input.notes();
    if choices.len() > LONG {
        Either::Left(view! {
            <details class="field">
                <summary>{summary}</summary>
                <fieldset>
                    <legend class="visually-hidden">{input.label.clone()}</legend>
                    {notes}
                    {list}
                </fieldset>
            </details>
        })
    } else {
        Either::Right(view! {
            <fieldset class="field">
                <legend>{input.label.clone()}</legend>
                {notes}
                {list}
            </fieldset>
        })
    }
}

/// What is wrong with a form: each error leads to its field. Nothing where all is well.
pub fn errors(title: &'static str, errors: &[(String, String)]) -> Option<impl IntoView + use<>> {
    (!errors.is_empty()).then(|| {
        view! {
            <div class="notice notice-care" role="alert">
                <p>{title}</p>
                <ul>
                    {errors.iter().map(|(href, error)| view! { <li><a href=href.clone()>{error.clone()}</a></li> }).collect_view()}
                </ul>
            </div>
        }
    })
}

#[cfg(test)]
mod tests {
    use leptos::prelude::*;

    use super::*;

    #[test]
    fn what_is_typed_into_a_long_text_is_never_markup() {
        let typed = "\n</textarea><script>alert('&amp;')</script>";
        let input = Input {
            name: "advice".to_owned(),
            value: typed.to_owned(),
            ..Input::default()
        };
        let text = crate::text::Text::new(domain::Language::Danish);
        let pages = Owner::new().with(|| {
            [
                area(&input, 3).to_html(),
                markdown(&input, 3, text).to_html(),
            ]
        });
        let escaped =
            ">\n\n&lt;/textarea&gt;&lt;script&gt;alert('&amp;amp;')&lt;/script&gt;</textarea>";
        for html in pages {
            assert!(html.contains(escaped), "{html}");
        }
    }
}
