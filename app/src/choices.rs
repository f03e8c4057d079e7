//! What a person chose without an account: a municipality and a saved list, each in a cookie of the person's browser.

use domain::{MunicipalityCode, Slug};

/// The name of the cookie that keeps the chosen municipality.
pub const MUNICIPALITY_COOKIE: &str = "kommune";
/// The name of the cookie that keeps the saved list, ids joined by dots.
pub const LIST_COOKIE: &str = "liste";
/// How many offers a saved list holds: what fits a cookie with ids of full length.
pub const LIST_LIMIT: usize = 45;

/// How many letters an own note on a saved offer holds.
pub const NOTE_LIMIT: usize = 2000;

/// The value of a cookie in a `Cookie` header.
pub fn cookie<'header>(cookies: &'header str, name: &str) -> Option<&'header str> {
    cookies
        .split(';')
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(key, value)| (key == name).then_some(value))
}

/// The ids of a saved list as a cookie or a link writes them; wrong ones and repetitions are left out.
pub fn parse_list(text: &str) -> Vec<Slug> {
    let mut list = Vec::new();
    add_all(&mut list, text);
    list
}

/// The saved list as the cookie keeps it.
pub fn write_list(list: &[Slug]) -> String {
    list.iter().map(Slug::as_str).collect::<Vec<_>>().join(".")
}

/// The list after a form was sent: `add` (ids joined by commas), `remove`, `up`, `down` (one id), or `clear`. What is
/// added to a full list is left out.
pub fn change_list(
    mut list: Vec<Slug>,
    form: impl IntoIterator<Item = (String, String)>,
) -> Vec<Slug> {
    for (name, value) in form {
        let at = list.iter().position(|id| id.as_str() == value);
        match (name.as_str(), at) {
            ("add", _) => add_all(&mut list, &value),
            ("remove", Some(at)) => drop(list.remove(at)),
            ("up", Some(at)) if at > 0 => list.swap(at, at - 1),
            ("down", Some(at)) if at + 1 < list.len() => list.swap(at, at + 1),
            ("clear", _) => list.clear(),
            _ => {}
        }
    }
    list
}

fn add_all(list: &mut Vec<Slug>, text: &str) {
    for id in text
        .split(['.', ','])
        .filter_map(|id| id.parse::<Slug>().ok())
    {
        if list.len() < LIST_LIMIT && !list.contains(&id) {
            list.push(id);
        }
    }
}

/// The name of the field that an own note on an offer is written in.
pub fn note_field(id: &str) -> String {
    ["note-", id].concat()
}

/// The own note on an offer, out of the form that the list's notes are fields of.
pub fn note(form: &[(String, String)], id: &Slug) -> String {
    let field = note_field(id.as_str());
    let words = form
        .iter()
        .find(|(name, _)| *name == field)
        .map_or("", |(_, words)| words.as_str());
    // A form sends line breaks as two characters.
    words
        .replace("\r\n", "\n")
        .trim()
        .chars()
        .filter(|letter| !letter.is_control() || *letter == '\n')
        .take(NOTE_LIMIT)
        .collect()
}

/// The `Set-Cookie` header that keeps the list, or forgets an empty one. Scripts read it, to show what is saved.
pub fn list_cookie(list: &[Slug], secure: bool) -> String {
    set_cookie(LIST_COOKIE, &write_list(list), secure)
}

/// The `Set-Cookie` header that keeps the chosen municipality, or forgets it.
pub fn municipality_cookie(chosen: Option<MunicipalityCode>, secure: bool) -> String {
    set_cookie(
        MUNICIPALITY_COOKIE,
        &chosen.map(|code| code.to_string()).unwrap_or_default(),
        secure,
    )
}

fn set_cookie(name: &str, value: &str, secure: bool) -> String {
    const YEAR: &str = "31536000";
    let age = if value.is_empty() { "0" } else { YEAR };
    let secure = if secure { "; Secure" } else { "" };
    [
        name,
        "=",
        value,
        "; Path=/; Max-Age=",
        age,
        "; SameSite=Lax",
        secure,
    ]
    .concat()
}

/// Where a form leads back to: a path of this site, else the front page.
pub fn way_back(to: &str) -> &str {
    let local = to.starts_with('/')
        && !to.starts_with("//")
        && to
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if local { to } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect()
    }

    #[test]
    fn cookies_are_read_by_name() {
        assert_eq!(cookie("a=1; kommune=165; b=2", "kommune"), Some("165"));
        assert_eq!(cookie("xkommune=165", "kommune"), None);
        assert_eq!(cookie("", "kommune"), None);
    }

    #[test]
    fn a_list_is_valid_short_and_without_repetition() {
        assert_eq!(write_list(&parse_list("a.b,a.ÆØÅ..c")), "a.b.c");
        let long: Vec<String> = (0..200).map(|number| number.to_string()).collect();
        assert_eq!(parse_list(&long.join(".")).len(), LIST_LIMIT);
    }

    #[test]
    fn a_full_list_fits_a_cookie() {
        let list: Vec<Slug> = (0..LIST_LIMIT)
            .map(|number| format!("{number:0>80}").parse().expect("a slug"))
            .collect();
        assert!(list_cookie(&list, true).len() < 4096);
    }

    #[test]
    fn a_list_is_changed_by_its_form() {
        let list = parse_list("a.b.c");
        let after = |pairs: &[(&str, &str)]| write_list(&change_list(list.clone(), form(pairs)));
        assert_eq!(after(&[("to", "/"), ("add", "d,a")]), "a.b.c.d");
        assert_eq!(after(&[("up", "c")]), "a.c.b");
        assert_eq!(after(&[("up", "a")]), "a.b.c");
        assert_eq!(after(&[("down", "a")]), "b.a.c");
        assert_eq!(after(&[("down", "c")]), "a.b.c");
        assert_eq!(after(&[("remove", "b")]), "a.c");
        assert_eq!(after(&[("remove", "x")]), "a.b.c");
        assert_eq!(after(&[("clear", "all")]), "");
    }

    #[test]
    fn a_note_is_found_by_its_offer_and_kept_within_bounds() {
        let form = form(&[
            ("note-a", "Ring om bussen\r\nHusk madpakke \u{0}"),
            ("note-ab", &"å".repeat(NOTE_LIMIT + 1)),
        ]);
        let of = |id: &str| note(&form, &id.parse().expect("a slug"));
        assert_eq!(of("a"), "Ring om bussen\nHusk madpakke ");
        assert_eq!(of("ab").chars().count(), NOTE_LIMIT);
        assert_eq!(of("b"), "");
    }

    #[test]
    fn an_empty_choice_is_forgotten() {
        assert_eq!(
            municipality_cookie(None, false),
            "kommune=; Path=/; Max-Age=0; SameSite=Lax"
        );
        let vejle = "630".parse().ok();
        assert_eq!(
            municipality_cookie(vejle, true),
            "kommune=630; Path=/; Max-Age=31536000; SameSite=Lax; Secure"
        );
    }

    #[test]
    fn a_form_leads_back_only_within_the_site() {
        assert_eq!(way_back("/soeg?q=a%20b"), "/soeg?q=a%20b");
        for bad in [
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            "/a\r\nSet-Cookie: x=1",
            "",
            "/ø",
        ] {
            assert_eq!(way_back(bad), "/", "{bad:?}");
        }
    }
}
