//! What a reader can do with a page: send it, copy its address, print it.

use domain::PhoneNumber;
use domain::search::encode_pairs;
use leptos::prelude::*;

use crate::context::Context;

/// A link that writes a mail with the page's title and address. Works without JavaScript, and tells nobody else.
pub fn mail_link(context: &Context, title: &str) -> impl IntoView + use<> {
    let here = context.absolute(
        &context
            .route
            .as_ref()
            .map(|route| context.url(route))
            .unwrap_or_default(),
    );
    let href = mail_to("", title, &here);
    view! { <a class="button quiet" href=href>{context.text().detail().share_by_mail()}</a> }
}

/// Buttons that need a script, and stay hidden until it is there.
pub fn copy_and_print(context: &Context) -> impl IntoView + use<> {
    let text = context.text().detail();
    let here = context.absolute(
        &context
            .route
            .as_ref()
            .map(|route| context.url(route))
            .unwrap_or_default(),
    );
    view! {
        <button class="quiet" type="button" hidden data-copy=here data-copied=text.copied()>
            <span data-label="">{text.copy_link()}</span>
        </button>
        <button class="quiet" type="button" hidden data-print="">{text.print()}</button>
    }
}

/// A mailto address (RFC 6068): there a space is `%20` and never `+`.
pub fn mail_to(address: &str, subject: &str, body: &str) -> String {
    let pairs = [("subject", subject), ("body", body)];
    let query =
        encode_pairs(pairs.into_iter().filter(|(_, value)| !value.is_empty())).replace('+', "%20");
    let mark = if query.is_empty() { "" } else { "?" };
    // These would end the address and begin something else; an address may hold them all the same.
    let address = address
        .replace('%', "%25")
        .replace('?', "%3F")
        .replace('&', "%26")
        .replace('#', "%23");
    ["mailto:", &address, mark, &query].concat()
}

/// A telephone address (RFC 3966), without what is there for the eye.
pub fn call(number: &PhoneNumber) -> String {
    let dialled = number
        .as_str()
        .chars()
        .filter(|letter| letter.is_ascii_digit() || *letter == '+');
    "tel:".chars().chain(dialled).collect()
}

#[cfg(test)]
mod tests {
    use super::{call, mail_to};

    #[test]
    fn a_telephone_address_has_only_what_is_dialled() {
        let number = "+45 (12) 34-56.78".parse().expect("a telephone number");
        assert_eq!(call(&number), "tel:+4512345678");
    }

    #[test]
    fn a_mail_address_carries_spaces_and_signs_safely() {
        assert_eq!(
            mail_to("a@b.dk", "Om «x» & y+z", ""),
            "mailto:a@b.dk?subject=Om%20%C2%ABx%C2%BB%20%26%20y%2Bz"
        );
        assert_eq!(mail_to("a@b.dk", "", ""), "mailto:a@b.dk");
        assert_eq!(
            mail_to("a?bcc=c&d@b.dk", "", ""),
            "mailto:a%3Fbcc=c%26d@b.dk"
        );
    }
}
