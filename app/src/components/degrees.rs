//! Degrees and shares: a bar to look at and the same in words. Drawn in SVG, whose sizes are attributes, because the
//! content security policy allows no style attribute.

use std::collections::BTreeMap;

use domain::{Code, Degree};
use leptos::prelude::*;

use crate::context::Context;

/// How many of three steps a degree fills.
fn steps(degree: Degree) -> u32 {
    match degree {
        Degree::High => 3,
        Degree::Some => 2,
        Degree::Little => 1,
        Degree::None => 0,
    }
}

/// Three steps, of which the degree fills some. Decoration: the degree must stand beside it in words.
pub fn degree_steps(degree: Degree) -> impl IntoView + use<> {
    let filled = steps(degree);
    let step = |number: u32| {
        let class = if number < filled {
            "step step-filled"
        } else {
            "step"
        };
        let (x, height) = (number * 9, 6 + number * 5);
        view! { <rect class=class x=x.to_string() y=(17 - height).to_string() width="7" height=height.to_string()></rect> }
    };
    view! {
        <svg class="degree-steps" viewBox="-1 -1 27 19" aria-hidden="true" focusable="false">{step(0)}{step(1)}{step(2)}</svg>
    }
}

/// A bar of so many per cent. Decoration: the share must stand beside it in words.
pub fn bar(percent: u32) -> impl IntoView + use<> {
    view! {
        <svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">
            <rect class="bar-ground" width="100" height="10"></rect>
            <rect class="bar-filled" width=percent.min(100).to_string() height="10"></rect>
        </svg>
    }
}

/// A table of items and their degrees, each with its bar; the highest first.
pub fn degree_table<C: Code + Ord>(
    context: &Context,
    caption: &'static str,
    entries: &BTreeMap<C, Degree>,
) -> impl IntoView + use<C> {
    let text = context.text().case();
    let language = context.language;
    let mut rows: Vec<(C, Degree)> = entries
        .iter()
        .map(|(item, degree)| (*item, *degree))
        .collect();
    rows.sort_by_key(|(_, degree)| *degree);
    view! {
        <table class="degree-table">
            <caption>{caption}</caption>
            <thead class="visually-hidden">
                <tr><th scope="col">{text.item()}</th><th scope="col">{text.degree()}</th></tr>
            </thead>
            <tbody>
                {rows.into_iter().map(|(item, degree)| view! {
                    <tr>
                        <th scope="row">{item.label(language)}</th>
                        <td>{bar(steps(degree) * 100 / 3)}<span>{degree.label(language)}</span></td>
                    </tr>
                }).collect_view()}
            </tbody>
        </table>
    }
}
