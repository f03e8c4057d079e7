//! Fields of forms that are sent: label above, hint below it, what is wrong beside the field and in a list on top.

use leptos::prelude::*;

/// A one-line field.
#[derive(Default)]
pub struct Field {
    /// Its id and its name in what is sent.
    pub name: &'static str,
    /// The kind of input: `text`, `email`, `password`.
    pub kind: &'static str,
    /// What the browser may fill in (HTML, autofill field names).
    pub autocomplete: &'static str,
    /// Which keys a phone offers (HTML, `inputmode`); empty for those of the kind.
    pub keys: &'static str,
    /// The label.
    pub label: &'static str,
    /// What helps to fill it in; may be empty.
    pub hint: &'static str,
    /// What was typed.
    pub value: String,
    /// What is wrong with it, as a sentence.
    pub error: Option<String>,
}

/// The field as it stands in the form.
pub fn field(field: &Field) -> impl IntoView + use<> {
    let id = field.name;
    let hint_id = [id, "-hint"].concat();
    let error_id = [id, "-error"].concat();
    let mut described: Vec<String> = Vec::new();
    if !field.hint.is_empty() {
        described.push(hint_id.clone());
    }
    if field.error.is_some() {
        described.push(error_id.clone());
    }
    let described = (!described.is_empty()).then(|| described.join(" "));
    let hint = field.hint;
    let keys = (!field.keys.is_empty()).then_some(field.keys);
    let invalid = field.error.is_some().then_some("true");
    view! {
        <div class="field">
            <label for=id>{field.label}</label>
            {(!hint.is_empty()).then(|| view! { <p class="hint" id=hint_id>{hint}</p> })}
            {field.error.clone().map(|error| view! { <p class="field-error" id=error_id>{error}</p> })}
            <input id=id name=id type=field.kind autocomplete=field.autocomplete inputmode=keys value=field.value.clone()
                aria-invalid=invalid aria-describedby=described/>
        </div>
    }
}

/// The list on top of a form of what is wrong with its fields, each leading to its field; nothing where all is well.
pub fn error_summary(title: &'static str, fields: &[&Field]) -> Option<impl IntoView + use<>> {
    let errors: Vec<(String, String)> = fields
        .iter()
        .filter_map(|field| Some((["#", field.name].concat(), field.error.clone()?)))
        .collect();
    (!errors.is_empty()).then(|| {
        view! {
            <div class="notice notice-care" role="alert">
                <p>{title}</p>
                <ul>
                    {errors.into_iter().map(|(href, error)| view! { <li><a href=href>{error}</a></li> }).collect_view()}
                </ul>
            </div>
        }
    })
}
