//! Who did what, as a table: a row for each task, a column for each partner that did any.

use std::collections::BTreeMap;

use domain::{Code, Degree, Task};
use leptos::either::Either;
use leptos::prelude::*;

use crate::components::degrees::degree_steps;
use crate::context::Context;

/// A column: the partner's number in the list of partners, its name, and its tasks.
pub struct Column<'case> {
    /// The number.
    pub number: usize,
    /// The name.
    pub name: &'case str,
    /// What it did, and how much.
    pub tasks: &'case BTreeMap<Task, Degree>,
}

/// The table. On a narrow screen the columns are headed by the partners' numbers; a screen reader always hears the names.
pub fn matrix(context: &Context, columns: &[Column<'_>]) -> impl IntoView + use<> {
    let text = context.text().case();
    let language = context.language;
    let tasks: Vec<Task> = Task::all()
        .iter()
        .copied()
        .filter(|task| columns.iter().any(|column| column.tasks.contains_key(task)))
        .collect();
    view! {
        <div class="table-scroll" role="region" tabindex="0" aria-label=text.matrix_caption()>
            <table class="matrix">
                <caption>{text.matrix_caption()}</caption>
                <thead>
                    <tr>
                        <th scope="col">{text.task()}</th>
                        {columns.iter().map(|column| view! {
                            <th scope="col">
                                <span class="matrix-number" aria-hidden="true">{column.number.to_string()}</span>
                                <span class="matrix-name">{column.name.to_owned()}</span>
                            </th>
                        }).collect_view()}
                    </tr>
                </thead>
                <tbody>
                    {tasks.into_iter().map(|task| view! {
                        <tr>
                            <th scope="row">{task.label(language)}</th>
                            {columns.iter().map(|column| match column.tasks.get(&task) {
                                Some(degree) => Either::Left(view! {
                                    <td>
                                        {degree_steps(*degree)}
                                        <span class="matrix-degree">{degree.label(language)}</span>
                                    </td>
                                }),
                                None => Either::Right(view! {
                                    <td>
                                        <span aria-hidden="true">"–"</span>
                                        <span class="visually-hidden">{context.text().detail().not_stated()}</span>
                                    </td>
                                }),
                            }).collect_view()}
                        </tr>
                    }).collect_view()}
                </tbody>
            </table>
        </div>
        <p class="matrix-legend small soft">
            {Degree::all().iter().map(|degree| view! {
                <span>{degree_steps(*degree)}" "{degree.label(language)}</span>
            }).collect_view()}
        </p>
    }
}
