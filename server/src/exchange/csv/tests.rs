use domain::exchange::{parse_line, write_line};
use domain::{Entry, Invalid, Language, Offer};
use proptest::prelude::*;

use super::*;

fn rows(bytes: &[u8]) -> Vec<Row> {
    let mut rows = Rows::read(bytes).unwrap();
    let mut read = Vec::new();
    while let Some(row) = rows.next_row().unwrap() {
        read.push(row);
    }
    read
}

fn offer(row: &Row) -> &Offer {
    match &row.result {
        Ok(Entry::Offer(offer)) => offer,
        other => panic!("line {}: {other:?}", row.line),
    }
}

fn line(row: &Row) -> String {
    write_line(row.result.as_ref().unwrap())
}

fn error(row: &Row) -> (&str, &Invalid) {
    let error = row.result.as_ref().unwrap_err();
    (error.field.as_str(), &error.invalid)
}

fn round_trip(offers: &[Offer], language: Language) {
    let table = write_offers(offers, language);
    assert!(table.starts_with(b"\xEF\xBB\xBF"));
    let read = rows(&table);
    assert_eq!(read.len(), offers.len());
    for (row, before) in read.iter().zip(offers) {
        let before = write_line(&Entry::Offer(Box::new(before.clone())));
        assert_eq!(line(row), before);
    }
    let again: Vec<Offer> = read.iter().map(|row| offer(row).clone()).collect();
    assert_eq!(write_offers(&again, language), table);
}

fn with(field: &str, value: serde_json::Value) -> Option<Offer> {
    let mut object: serde_json::Map<String, serde_json::Value> = serde_json::from_str(
        r#"{"type":"offer","id":"o","title":"T","summary":"S","provider":"p"}"#,
    )
    .unwrap();
    object.insert(field.to_owned(), value);
    match domain::exchange::parse_object(object) {
        Ok(Entry::Offer(offer)) => Some(*offer),
        _ => None,
    }
}

#[test]
fn own_notes_are_written_beside_the_title_and_passed_over_when_read() {
    for language in Language::ALL {
        let list: Vec<(Offer, String)> = Offer::samples()
            .into_iter()
            .zip(["@ring; \"husk\"\nbussen", ""].map(str::to_owned))
            .collect();
        let table = write_list(&list, language);
        let text = String::from_utf8(table.clone()).unwrap();
        assert!(
            text.contains(";\"'@ring; \"\"husk\"\"\nbussen\";"),
            "{text}"
        );
        let read = rows(&table);
        assert_eq!(read.len(), list.len());
        for (row, (before, _)) in read.iter().zip(&list) {
            assert_eq!(offer(row), before);
        }
    }
}

#[test]
fn every_field_has_a_column() {
    for language in Language::ALL {
        round_trip(&Offer::samples(), language);
    }
    let full = write_line(&Entry::Offer(Box::new(Offer::samples().remove(0))));
    let object: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&full).unwrap();
    for field in object.keys().filter(|field| *field != "type") {
        let named = column_names()
            .iter()
            .any(|(path, _)| path.split('.').next() == Some(field.as_str()));
        assert!(named, "{field} has no column");
    }
    let mut names: Vec<&str> = column_names().iter().map(|(_, danish)| *danish).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), column_names().len());
}

#[test]
fn danish_excel_reads_what_is_written() {
    let table = write_offers(&Offer::samples(), Language::Danish);
    let text = std::str::from_utf8(&table).unwrap();
    assert!(text.starts_with("\u{FEFF}Id;Titel;Resumé;Udbyder;"));
    assert!(text.contains("\r\n"));
    assert!(text.contains(";55,3959;10,3883;"));
    assert!(text.contains(";'+45 12 34 56 78;"));
    assert!(text.contains(";3|4|5|7;"));
}

#[test]
fn cells_that_would_be_formulas_are_made_harmless_and_come_back() {
    let offers: Vec<Offer> = [
        "=1+1", "+4", "-2", "@SUM(A1)", "'=x", "'quoted'", "'", "a=b",
    ]
    .iter()
    .map(|title| with("title", (*title).into()).unwrap())
    .collect();
    let table = write_offers(&offers, Language::Danish);
    for line in std::str::from_utf8(&table).unwrap().lines().skip(1) {
        let title = line.split(';').nth(1).unwrap();
        assert!(!title.starts_with(['=', '+', '-', '@', '\t']), "{title}");
    }
    round_trip(&offers, Language::Danish);
}

#[test]
fn people_write_tables_in_many_ways() {
    let header = "ID,title,Resumé,udbyder,Fag,Klassetrin,Pris i kroner,pristype,Stedets kommune,sted,opdateret";
    let row = "o,Vandhul,S,p,\"Natur/teknologi, historie\",\"0, 4-6.\",\"1.250,50\",pris pr. klasse,Vejle Kommune,i naturen,31-08-2026";
    let expected = r#"{"type":"offer","id":"o","title":"Vandhul","summary":"S","provider":"p","subjects":["natur-teknologi","historie"],"grades":[0,4,5,6],"place":{"mode":"outdoors","municipality":"630"},"price":{"kind":"perClass","amount":1250.5},"updated":"2026-08-31"}"#;
    let text = format!("{header}\n{row}\n");
    let utf8 = rows(text.as_bytes());
    assert_eq!(line(&utf8[0]), line_of(expected));
    let windows: Vec<u8> = text
        .chars()
        .map(|letter| u8::try_from(u32::from(letter)).unwrap())
        .collect();
    assert_eq!(line(&rows(&windows)[0]), line_of(expected));
    let tabs = "sep=\t\r\nid\ttitle\tsummary\tprovider\r\n\r\no\tVandhul\tS\tp\r\n";
    let read = rows(tabs.as_bytes());
    assert_eq!(offer(&read[0]).title.as_str(), "Vandhul");
    assert_eq!(read[0].line, 4);
}

fn line_of(line: &str) -> String {
    write_line(&parse_line(line).unwrap())
}

#[test]
fn the_euro_sign_and_dashes_of_windows_are_read() {
    let read = rows(b"id;title;summary;provider\no;5 \x80 \x96 \xF8re;S;p\n");
    assert_eq!(offer(&read[0]).title.as_str(), "5 € – øre");
}

#[test]
fn errors_name_the_line_and_the_column_as_the_table_does() {
    let table = "Id;Titel;Resumé;Udbyder;Klassetrin;Varighed i minutter;price.kind;Næste gennemgang;Pris i kroner\n\
                 a;\"En\n\nto\";S;p;;;;;\n\
                 b;T;S;p;4|11;;;;\n\
                 c;T;S;p;x;;;;\n\
                 d;T;S;p;;to timer;;;\n\
                 e;T;S;p;;;dyrt;;\n\
                 f;T;S;p;;;;2027-01-01;\n\
                 g;T;;p;;;;;\n\
                 h;T;S;p;;;gratis;;50\n\
                 i;T;S;p;;;;;;x\n";
    let read = rows(table.as_bytes());
    let told: Vec<(u64, &str)> = read.iter().map(|row| (row.line, error(row).0)).collect();
    assert_eq!(
        told,
        [
            (2, "Titel"),
            (5, "Klassetrin"),
            (6, "Klassetrin"),
            (7, "Varighed i minutter"),
            (8, "price.kind"),
            (9, "Forankringsstrategi"),
            (10, "Resumé"),
            (11, "Pris i kroner"),
            (12, "10"),
        ]
    );
    let ids: Vec<String> = read
        .iter()
        .map(|row| row.id.as_ref().unwrap().to_string())
        .collect();
    assert_eq!(ids.concat(), "abcdefghi");
}

#[test]
fn a_column_that_is_not_known_stops_the_table_before_anything_of_it_is_lost() {
    let read = rows(b"id;title;summary;provider;farve\no;T;S;p;blue\n");
    assert_eq!(read.len(), 1);
    assert_eq!(
        (read[0].line, error(&read[0])),
        (1, ("farve", &Invalid::UnknownField))
    );
    let read = rows(b"id;Id\no;p\n");
    assert!(matches!(error(&read[0]), ("Id", Invalid::Twice(_))));
    assert!(rows(b"").is_empty());
    assert!(rows("\u{FEFF}".as_bytes()).is_empty());
}

#[test]
fn a_quote_that_is_never_closed_ends_the_reading_and_is_named() {
    let mut table = b"id;title;summary;provider\no;T;S;p\nx;\"".to_vec();
    table.resize(5_000_000, b'x');
    let read = rows(&table);
    assert_eq!(read.len(), 2);
    assert_eq!(read[1].line, 3);
    assert!(matches!(error(&read[1]), ("", Invalid::TooLong(_))));
}

#[test]
fn the_address_is_one_text_or_its_parts() {
    for address in [
        serde_json::json!("Sct. Knuds Kilde, Hjørring"),
        serde_json::json!({ "street": "Ågade 1", "city": "Odense" }),
    ] {
        let place = serde_json::json!({ "mode": "outdoors", "address": address });
        round_trip(&[with("place", place).unwrap()], Language::Danish);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Separators, quotes, line ends and backslashes in any text come back as they were.
    #[test]
    fn any_text_comes_back(
        texts in prop::collection::vec("[ -~æøå€\\n\\\\|,;\"'=]{1,12}", 1..5),
        words in prop::collection::vec("[a-zæøå ,|\\\\=-]{1,12}", 1..5),
    ) {
        let goals = with("goals", texts.clone().into());
        let themes = with("themes", words.into());
        let notes: Vec<serde_json::Value> = texts
            .iter()
            .enumerate()
            .map(|(number, note)| {
                let mut item = serde_json::json!({ "strategy": format!("s{number}") });
                if number % 2 == 1 {
                    item["note"] = note.as_str().into();
                }
                item
            })
            .collect();
        let anchoring = with("anchoring", notes.into());
        let description = with("description", texts.concat().into());
        for offer in [goals, themes, anchoring, description].into_iter().flatten() {
            for language in Language::ALL {
                round_trip(std::slice::from_ref(&offer), language);
            }
        }
    }
}
