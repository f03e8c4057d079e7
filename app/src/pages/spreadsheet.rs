//! An institution's own offers from a spreadsheet: what each row will become, before anything is written.

use leptos::either::Either;
use leptos::prelude::*;

use crate::components::inputs::{self, Choice, Input};
use crate::context::Context;
use crate::page::Page;
use crate::render::unlisted_page;
use crate::routes::{Desk, Route};

/// What the page shows.
#[derive(Default)]
pub struct Spreadsheet {
    /// The organisations that the person writes for.
    pub owners: Vec<Choice>,
    /// The one chosen.
    pub owner: String,
    /// What is wrong with the file.
    pub error: Option<String>,
    /// The rows and their fates, once a file is read.
    pub rows: Vec<Row>,
    /// The file, to be sent again when it is to be written.
    pub text: String,
    /// How many drafts were just written.
    pub written: Option<usize>,
}

/// A row of the spreadsheet.
pub struct Row {
    /// The line on which it begins.
    pub line: u64,
    /// Its title or id, as far as it can be read.
    pub title: String,
    /// What becomes of it, in a sentence.
    pub fate: String,
    /// Whether it will be written.
    pub is_written: bool,
}

/// The page.
pub fn page(context: &Context, shown: &Spreadsheet) -> Page {
    let text = context.text().desk();
    let writing = context.text().writing();
    let status = if shown.error.is_some() { 422 } else { 200 };
    let action = context.url(&Route::Desk(Desk::Spreadsheet));
    unlisted_page(context, status, text.spreadsheet(), || {
        let owner = Input {
            name: "owner".to_owned(),
            label: writing.written_by().to_owned(),
            value: match &shown.owners[..] {
                [(only, _)] => only.clone(),
                _ => shown.owner.clone(),
            },
            ..Input::default()
        };
        let errors: Vec<(String, String)> = shown
            .error
            .iter()
            .map(|error| ("#file".to_owned(), error.clone()))
            .collect();
        let invalid = shown.error.is_some().then_some("true");
        let count = shown.rows.iter().filter(|row| row.is_written).count();
        let form = view! {
            {inputs::errors(writing.errors(), &errors)}
            <form method="post" action=action.clone() enctype="multipart/form-data" class="stacked" novalidate>
                {inputs::select(&owner, writing.choose(), &shown.owners)}
                <div class="field">
                    <label for="file">{text.spreadsheet_file()}</label>
                    <p class="hint" id="file-hint">{text.spreadsheet_file_hint()}</p>
                    <input type="file" id="file" name="file" accept=".csv,text/csv" aria-describedby="file-hint" aria-invalid=invalid/>
                </div>
                <button type="submit" name="do" value="check">{text.spreadsheet_check()}</button>
            </form>
        };
        view! {
            <p class="crumb"><a href=context.url(&Route::Desk(Desk::Home))>{text.title()}</a></p>
            <h1>{text.spreadsheet()}</h1>
            {shown.written.map(|count| view! { <div class="notice" role="status"><p>{text.spreadsheet_written(count)}</p></div> })}
            {if shown.rows.is_empty() {
                Either::Left(view! {
                    <p class="lead">{text.spreadsheet_lead()}</p>
                    <p>{text.spreadsheet_columns()}</p>
                    {form}
                })
            } else {
                Either::Right(view! {
                    <div class="table-scroll" role="region" tabindex="0" aria-label=text.fate()>
                        <table class="fates">
                            <thead><tr><th scope="col">{text.row()}</th><th scope="col">{writing.title()}</th><th scope="col">{text.fate()}</th></tr></thead>
                            <tbody>
                                {shown.rows.iter().map(|row| view! {
                                    <tr><td>{row.line.to_string()}</td><th scope="row">{row.title.clone()}</th><td>{row.fate.clone()}</td></tr>
                                }).collect_view()}
                            </tbody>
                        </table>
                    </div>
                    {(count == 0).then(|| view! { <p class="notice notice-care">{text.spreadsheet_nothing()}</p> })}
                    <form method="post" action=action.clone() enctype="multipart/form-data">
                        <input type="hidden" name="owner" value=shown.owner.clone()/>
                        <textarea name="text" hidden>{inputs::textarea_text(&shown.text)}</textarea>
                        <div class="actions">
                            {(count > 0).then(|| view! { <button type="submit" name="do" value="write">{text.spreadsheet_write(count)}</button> })}
                            <a class="button quiet" href=action.clone()>{text.cancel()}</a>
                        </div>
                    </form>
                })
            }}
        }
    })
}
