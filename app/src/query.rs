//! Query strings as forms write them.

use percent_encoding::percent_decode_str;

/// The decoded pairs of a query string. Bytes that are no UTF-8 become the replacement character, so that any query
/// string can be read.
pub fn pairs(query: &str) -> impl Iterator<Item = (String, String)> {
    query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decode(name), decode(value))
        })
}

/// The first value of a parameter.
pub fn value(query: &str, name: &str) -> Option<String> {
    pairs(query).find_map(|(key, value)| (key == name).then_some(value))
}

fn decode(text: &str) -> String {
    if !text.contains(['+', '%']) {
        return text.to_owned();
    }
    let spaced = text.replace('+', " ");
    percent_decode_str(&spaced).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_decoded() {
        let all: Vec<_> = pairs("q=dyr+i+vandh%C3%B8l&tom=&bar&%FF=%").collect();
        let owned = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(
            all,
            [
                owned("q", "dyr i vandhøl"),
                owned("tom", ""),
                owned("bar", ""),
                owned("\u{fffd}", "%")
            ]
        );
        assert_eq!(value("a=1&b=2&b=3", "b").as_deref(), Some("2"));
    }
}
