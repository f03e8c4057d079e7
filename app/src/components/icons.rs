//! The few drawings of the interface. Each is decoration beside a word, so hidden from screen readers.

use leptos::prelude::*;

/// The portal's mark.
pub fn anchor() -> impl IntoView {
    view! {
        <svg class="icon icon-anchor" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d="M12 8v13M8 11.5h8M4 13.5a8 8 0 0 0 16 0M12 3a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5z"></path>
        </svg>
    }
}

/// A place.
pub fn pin() -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d="M12 21s-7-6.5-7-11.5a7 7 0 0 1 14 0C19 14.5 12 21 12 21zM12 12a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z"></path>
        </svg>
    }
}

/// Keeping something for later.
pub fn bookmark() -> impl IntoView {
    view! {
        <svg class="icon icon-bookmark" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d="M6 3h12v18l-6-5-6 5z"></path>
        </svg>
    }
}

/// Taking something away.
pub fn cross() -> impl IntoView {
    view! {
        <svg class="icon icon-cross" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d="M6 6l12 12M18 6L6 18"></path>
        </svg>
    }
}

/// Searching.
pub fn magnifier() -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d="M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5L21 21"></path>
        </svg>
    }
}
