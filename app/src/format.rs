//! How numbers, dates, prices and lengths are written in each language.

use domain::Language;
use jiff::civil::{Date, Time};

const DANISH_MONTHS: [&str; 12] = [
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
];
const ENGLISH_MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A whole number with its thousands set apart: `12.345` in Danish, `12,345` in English.
pub fn number(number: u64, language: Language) -> String {
    let digits = number.to_string();
    let mark = match language {
        Language::Danish => '.',
        Language::English => ',',
    };
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(mark);
        }
        text.push(digit);
    }
    text
}

/// A date in words: `24. november 2026`, `24 November 2026`.
pub fn date(date: Date, language: Language) -> String {
    let month = usize::from(date.month().unsigned_abs()) - 1;
    match language {
        Language::Danish => format!("{}. {} {}", date.day(), DANISH_MONTHS[month], date.year()),
        Language::English => format!("{} {} {}", date.day(), ENGLISH_MONTHS[month], date.year()),
    }
}

/// A time of day: `14.05`, `14:05`.
pub fn time(time: Time, language: Language) -> String {
    let between = match language {
        Language::Danish => '.',
        Language::English => ':',
    };
    format!("{}{between}{:02}", time.hour(), time.minute())
}

/// A month in words: `november 2026`.
pub fn month(date: Date, language: Language) -> String {
    let month = usize::from(date.month().unsigned_abs()) - 1;
    match language {
        Language::Danish => format!("{} {}", DANISH_MONTHS[month], date.year()),
        Language::English => format!("{} {}", ENGLISH_MONTHS[month], date.year()),
    }
}

/// A length of time: `45 min.`, `2 timer`, `3½ time`, `2 timer 10 min.`
pub fn duration(minutes: u32, language: Language) -> String {
    let (hours, rest) = (minutes / 60, minutes % 60);
    let danish = language == Language::Danish;
    let minute = if danish { "min." } else { "min" };
    match (hours, rest) {
        (0, _) => format!("{minutes} {minute}"),
        (1, 0) => String::from(if danish { "1 time" } else { "1 hour" }),
        (_, 0) => format!("{hours} {}", if danish { "timer" } else { "hours" }),
        (1, 30) => String::from(if danish { "1½ time" } else { "1½ hours" }),
        (_, 30) => format!("{hours}½ {}", if danish { "time" } else { "hours" }),
        (1, _) => format!("1 {} {rest} {minute}", if danish { "time" } else { "hour" }),
        _ => format!(
            "{hours} {} {rest} {minute}",
            if danish { "timer" } else { "hours" }
        ),
    }
}

/// An amount of kroner: `1.250 kr.`, `12,50 kr.`, `DKK 1,250`.
pub fn kroner(amount: f64, language: Language) -> String {
    let hundredths = (amount.max(0.0) * 100.0).round() as u64;
    let mut text = number(hundredths / 100, language);
    if !hundredths.is_multiple_of(100) {
        let (mark, rest) = (
            if language == Language::Danish {
                ','
            } else {
                '.'
            },
            hundredths % 100,
        );
        text.push(mark);
        text.push_str(&format!("{rest:02}"));
    }
    match language {
        Language::Danish => text + " kr.",
        Language::English => "DKK ".to_owned() + &text,
    }
}

/// A share in whole per cent: `95 %` in Danish, `95%` in English.
pub fn percent(percent: u8, language: Language) -> String {
    match language {
        Language::Danish => format!("{percent}\u{a0}%"),
        Language::English => format!("{percent}%"),
    }
}

/// A distance: under ten kilometres with one decimal, above without.
pub fn distance(kilometres: f64, language: Language) -> String {
    if kilometres < 1.0 {
        return String::from(if language == Language::Danish {
            "under 1 km"
        } else {
            "less than 1 km"
        });
    }
    if kilometres >= 9.95 {
        return format!("{} km", kilometres.round());
    }
    let text = format!("{kilometres:.1} km");
    match language {
        Language::Danish => text.replace('.', ","),
        Language::English => text,
    }
}

/// A size in bytes: `512 kB`, `1,2 MB` in Danish, `1.2 MB` in English; at least a kilobyte.
pub fn bytes(bytes: u64, language: Language) -> String {
    if bytes < 999_500 {
        return format!("{} kB", ((bytes + 500) / 1_000).max(1));
    }
    let tenths = (bytes + 50_000) / 100_000;
    let mark = match language {
        Language::Danish => ',',
        Language::English => '.',
    };
    format!("{}{mark}{} MB", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Language::{Danish, English};

    #[test]
    fn numbers_follow_the_language() {
        assert_eq!(number(7, Danish), "7");
        assert_eq!(number(999, Danish), "999");
        assert_eq!(number(1000, Danish), "1.000");
        assert_eq!(number(1_234_567, English), "1,234,567");
        assert_eq!(kroner(1250.0, Danish), "1.250 kr.");
        assert_eq!(kroner(12.5, Danish), "12,50 kr.");
        assert_eq!(kroner(1250.0, English), "DKK 1,250");
    }

    #[test]
    fn sizes_are_said_in_thousands() {
        assert_eq!(bytes(3, Danish), "1 kB");
        assert_eq!(bytes(512_400, Danish), "512 kB");
        assert_eq!(bytes(999_499, English), "999 kB");
        assert_eq!(bytes(999_500, English), "1.0 MB");
        assert_eq!(bytes(1_249_000, Danish), "1,2 MB");
        assert_eq!(bytes(20_000_000, English), "20.0 MB");
    }

    #[test]
    fn dates_follow_the_language() {
        let day = Date::new(2026, 11, 3).expect("a date");
        assert_eq!(date(day, Danish), "3. november 2026");
        assert_eq!(date(day, English), "3 November 2026");
        assert_eq!(month(day, Danish), "november 2026");
    }

    #[test]
    fn durations_are_said_as_people_say_them() {
        assert_eq!(duration(45, Danish), "45 min.");
        assert_eq!(duration(60, Danish), "1 time");
        assert_eq!(duration(90, Danish), "1½ time");
        assert_eq!(duration(75, Danish), "1 time 15 min.");
        assert_eq!(duration(210, Danish), "3½ time");
        assert_eq!(duration(120, English), "2 hours");
        assert_eq!(duration(130, English), "2 hours 10 min");
    }

    #[test]
    fn distances_lose_their_decimal_when_it_stops_to_matter() {
        assert_eq!(distance(0.0, Danish), "under 1 km");
        assert_eq!(distance(4.21, Danish), "4,2 km");
        assert_eq!(distance(9.96, English), "10 km");
        assert_eq!(distance(132.4, Danish), "132 km");
    }
}
