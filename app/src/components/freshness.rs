//! Whether what is published still holds, said as it is.

use domain::Code;
use domain::freshness::{Freshness, Review};
use jiff::civil::Date;
use leptos::either::Either;
use leptos::prelude::*;

use crate::context::Context;
use crate::format;

/// The class of a freshness as a word on its colour.
pub fn status_class(freshness: Freshness) -> &'static str {
    match freshness {
        Freshness::Confirmed => "status status-alive",
        Freshness::Unconfirmed | Freshness::Lapsed => "status status-care",
    }
}

/// When somebody last said that it holds, and when it is, or was, to be looked over next.
pub fn review_days(context: &Context, confirmed: Date, review: Review) -> impl IntoView + use<> {
    let text = context.text().upkeep();
    let due = format::date(review.due, context.language);
    let confirmed = text.confirmed_on(&format::date(confirmed, context.language));
    view! {
        <ul class="facts">
            <li>{confirmed}</li>
            {if review.freshness(context.today) == Freshness::Confirmed {
                Either::Left(view! { <li>{context.text().detail().next_review(&due)}</li> })
            } else {
                Either::Right(view! { <li class="fact-care">{text.was_due(&due)}</li> })
            }}
        </ul>
    }
}

/// How sure one can be of a case, with its days.
pub fn case_freshness(context: &Context, confirmed: Date) -> impl IntoView + use<> {
    let text = context.text().upkeep();
    let review = Review::of_case(confirmed);
    let freshness = review.freshness(context.today);
    let why = match freshness {
        Freshness::Confirmed => text.case_confirmed(),
        Freshness::Unconfirmed => text.case_unconfirmed(),
        Freshness::Lapsed => text.case_lapsed(),
    };
    view! {
        <p class="prose"><span class=status_class(freshness)>{freshness.label(context.language)}</span>" "{why}</p>
        {review_days(context, confirmed, review)}
    }
}
