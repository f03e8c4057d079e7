//! The pages about one thing and those that gather them, in both languages, over samples.

use crate::library::html::{check, tags};
use crate::library::{Library, page, page_with};
use app::page::Cache;
use serde_json::Value;

const PAGES: [&str; 18] = [
    "tilbud/livet-i-vandhullet",
    "tilbud/kort-forloeb",
    "erfaringer/aaen-som-klassevaerelse",
    "erfaringer/kort-erfaring",
    "organisationer/proevemuseet",
    "organisationer/aaskolen",
    "kommuner",
    "kommuner/odense",
    "kommuner/vejle",
    "anbefalinger",
    "anbefalinger/rec-proeve",
    "strategier",
    "strategier/network-meetings",
    "roller",
    "roller/contact-person",
    "kortlaegning",
    "om",
    "privatliv",
];

fn in_both_languages() -> impl Iterator<Item = String> {
    ["/", "/en/"]
        .into_iter()
        .flat_map(|root| PAGES.iter().map(move |page| format!("{root}{page}")))
}

/// The linked data of a page.
fn linked_data(html: &str) -> Vec<Value> {
    html.split("<script type=\"application/ld+json\">")
        .skip(1)
        .map(|rest| {
            let json = &rest[..rest.find("</script>").expect("a script ends")];
            serde_json::from_str(json).unwrap_or_else(|error| panic!("{error}: {json}"))
        })
        .collect()
}

fn of_kind<'data>(data: &'data [Value], kind: &str) -> &'data Value {
    data.iter()
        .find(|value| {
            value["@type"] == kind
                || value["@type"]
                    .as_array()
                    .is_some_and(|kinds| kinds.contains(&kind.into()))
        })
        .unwrap_or_else(|| panic!("no {kind} in {data:?}"))
}

#[test]
fn every_page_is_whole() {
    let library = Library::samples();
    for url in in_both_languages() {
        for cookies in ["", "kommune=630", "kommune=461; liste=livet-i-vandhullet"] {
            let page = page_with(&library, &url, cookies);
            assert_eq!(page.status, 200, "{url}");
            check(&url, &page.html);
            assert!(
                !page.html.contains("style=\""),
                "{url} has an inline style, which the policy forbids"
            );
        }
    }
}

#[test]
fn what_is_not_there_is_not_found() {
    let library = Library::samples();
    for url in [
        "/tilbud/nej",
        "/erfaringer/nej",
        "/organisationer/nej",
        "/kommuner/nej",
        "/anbefalinger/nej",
        "/strategier/nej",
        "/en/roller/nej",
    ] {
        let page = page(&library, url);
        assert_eq!((page.status, page.cache), (404, Cache::None), "{url}");
    }
}

#[test]
fn a_back_end_that_does_not_answer_is_told() {
    for url in [
        "/tilbud/kort-forloeb",
        "/erfaringer/kort-erfaring",
        "/kommuner/odense",
        "/strategier",
        "/roller/contact-person",
    ] {
        assert_eq!(page(&Library::broken(), url).status, 503, "{url}");
    }
    assert_eq!(
        page(&Library::broken(), "/kortlaegning").status,
        200,
        "the mapping is part of the program"
    );
}

#[test]
fn an_offer_says_whether_it_suits_the_class() {
    let library = Library::samples();
    let html = page(&library, "/tilbud/livet-i-vandhullet").html;
    for words in [
        "Passer det til min klasse?",
        "3.–5. og 7. klasse, Dagtilbud",
        "2½ time",
        "Højst 28 elever",
        "650 kr. pr. klasse",
        "Gratis for skoler i Odense",
        "Forberedelse",
        "Tæl træer på vejen.",
        "Næste gennemgang: 1. april 2027",
        "Holdt i live",
        "Eksempelindhold",
        "mailto:skole@proevemuseet.example?subject=Om%20forl%C3%B8bet",
        "/min-liste.ics?ids=livet-i-vandhullet&amp;lang=da",
        "href=\"/erfaringer/aaen-som-klassevaerelse\"",
    ] {
        assert!(html.contains(words), "«{words}» is missing");
    }
    assert!(!html.contains("Udbyderen har ikke skrevet klassetrin"));
}

#[test]
fn what_has_changed_is_told_by_day_and_part() {
    let library = Library::samples();
    let html = page(&library, "/tilbud/livet-i-vandhullet").html;
    let newest =
        html.find("9. marts 2026</time>: titel, pris og periode (ændret efter råd fra lærere)");
    let oldest = html.find("1. marts 2026</time>: beskrivelse");
    assert!(newest.is_some() && newest < oldest, "{html}");
    let html = page(&library, "/en/erfaringer/aaen-som-klassevaerelse").html;
    assert!(html.contains("What has changed"));
    assert!(html.contains("1 March 2026</time>: who did what"));
}

#[test]
fn what_the_provider_has_not_written_is_said() {
    let library = Library::samples();
    let danish = page(&library, "/tilbud/kort-forloeb").html;
    assert!(danish.contains(
        "Udbyderen har ikke skrevet klassetrin, fag, varighed, antal elever, pris, sted og periode."
    ));
    assert!(danish.contains("Ikke bekræftet"));
    let english = page(&library, "/en/tilbud/kort-forloeb").html;
    assert!(english.contains("The provider has not stated grades, subjects, duration, number of pupils, price, place and period."));
}

#[test]
fn the_chosen_municipality_decides_price_distance_and_access() {
    let library = Library::samples();
    let odense = page_with(&library, "/tilbud/livet-i-vandhullet", "kommune=461").html;
    assert!(odense.contains("Gratis for os") && odense.contains("Skoler i Odense kan bruge det"));
    let vejle = page_with(&library, "/tilbud/livet-i-vandhullet", "kommune=630").html;
    assert!(
        vejle.contains("650 kr. pr. klasse") && vejle.contains("Ikke åbent for skoler i Vejle")
    );
    assert!(vejle.contains("fra Vejle i luftlinje"));
}

#[test]
fn what_publishers_wrote_is_marked_as_danish_on_english_pages() {
    let library = Library::samples();
    let html = page(&library, "/en/tilbud/livet-i-vandhullet").html;
    let heading = tags(&html)
        .into_iter()
        .find(|tag| tag.name == "h1")
        .expect("a heading");
    assert_eq!(heading.get("lang"), Some("da"));
    let danish = page(&library, "/tilbud/livet-i-vandhullet").html;
    let heading = tags(&danish)
        .into_iter()
        .find(|tag| tag.name == "h1")
        .expect("a heading");
    assert_eq!(heading.get("lang"), None);
}

#[test]
fn a_case_shows_who_did_what() {
    let library = Library::samples();
    let html = page(&library, "/erfaringer/aaen-som-klassevaerelse").html;
    for words in [
        "role=\"img\"",
        "1 skole, 1 kommune og 1 institution",
        "Kontaktperson:",
        "<caption>Opgaver, og hvor meget hver part var med</caption>",
        "Mødefacilitering",
        "I høj grad",
        "Registreret fra en offentlig kilde",
        "Til skoler",
        "Sæt tid af i skemaet fra start.",
        "Ophørt",
        "href=\"/tilbud/livet-i-vandhullet\"",
        "Elevernes læring",
        "Mangel på tid",
    ] {
        assert!(html.contains(words), "«{words}» is missing");
    }
    assert!(
        !html.contains("Kilden nævner ikke"),
        "all three kinds of partner are there"
    );
}

#[test]
fn a_registered_case_says_whom_its_source_does_not_name() {
    let line = r#"{"type":"case","id":"x","title":"X","summary":"X.","partners":[{"organisation":"proevemuseet"}],"sourceUrl":"https://kilde.example/x"}"#;
    let library = Library::with(&[line]);
    let html = page(&library, "/erfaringer/x").html;
    assert!(
        html.contains("Kilden nævner ikke nogen kommune eller nogen skole ved navn."),
        "{html}"
    );
    assert!(html.contains("Kilde: kilde.example"));
}

#[test]
fn a_recommendation_shows_its_figure_its_number_and_its_cases() {
    let library = Library::samples();
    for (url, number) in [
        ("/anbefalinger/rec-proeve", "95\u{a0}%"),
        ("/en/anbefalinger/rec-proeve", "95%"),
    ] {
        let html = page(&library, url).html;
        assert!(
            html.contains(number)
                && html.contains("N\u{a0}=\u{a0}57–58")
                && html.contains("aaen-som-klassevaerelse"),
            "{url}"
        );
    }
    let list = page(&library, "/anbefalinger").html;
    assert!(
        list.contains("Til skoler") && list.contains("Til kommuner") && list.contains("1 erfaring")
    );
}

#[test]
fn a_strategy_shows_where_it_lives_in_the_language_of_the_page() {
    let library = Library::samples();
    let danish = page(&library, "/strategier/network-meetings").html;
    for words in [
        "Netværksmøder",
        "To møder om året er nok.",
        "Kommuner",
        "1 af 1 er i gang.",
        "To møder om året.",
        "aaen-som-klassevaerelse",
    ] {
        assert!(danish.contains(words), "«{words}» is missing");
    }
    let english = page(&library, "/en/strategier/network-meetings").html;
    assert!(
        english.contains("<h1>Network meetings</h1>"),
        "the title is translated and so needs no mark"
    );
}

#[test]
fn a_role_shows_who_had_it() {
    let line = r#"{"type":"case","id":"x","title":"X","summary":"X.","partners":[{"organisation":"proevemuseet","tasks":{"communication":"high"}},{"organisation":"aaskolen","tasks":{"communication":"little"}}]}"#;
    let html = page(&Library::with(&[line]), "/roller/contact-person").html;
    for words in [
        "Hvem gjorde det?",
        "I 1 erfaring er det beskrevet",
        "Prøvemuseet ved Åen",
        "Det siger kortlægningen",
        "task=communication",
    ] {
        assert!(html.contains(words), "«{words}» is missing");
    }
    let section = html
        .split("Hvem gjorde det?")
        .nth(1)
        .and_then(|rest| rest.split("</section>").next());
    assert!(
        !section.expect("the section is there").contains("Åskolen"),
        "a school that did little of it did not have the role"
    );
    let nobody = page(&Library::samples(), "/roller/contact-person").html;
    assert!(nobody.contains("Ingen erfaringer i portalen siger endnu"));
}

#[test]
fn the_mapping_shows_every_figure_with_its_number() {
    let library = Library::samples();
    for url in ["/kortlaegning", "/en/kortlaegning"] {
        let html = page(&library, url).html;
        let rows = tags(&html).iter().filter(|tag| tag.name == "tr").count();
        let tables = tags(&html).iter().filter(|tag| tag.name == "table").count();
        assert_eq!(
            rows - tables,
            domain::survey::mapping_2016().figures.len(),
            "{url}"
        );
        assert_eq!(
            html.matches("N\u{a0}=\u{a0}57–58").count(),
            rows - tables,
            "{url}"
        );
    }
}

#[test]
fn the_accessibility_statement_has_what_the_act_asks_for() {
    let library = Library::samples();
    let html = page(&library, "/tilgaengelighed").html;
    for words in [
        "lov nr. 692",
        "delvist",
        "Indhold, der ikke er tilgængeligt",
        "24. november 2026",
        "mailto:post@anker.example",
        "tel:+4512345678",
        "Digitaliseringsstyrelsen",
        "10 arbejdsdage",
    ] {
        assert!(html.contains(words), "«{words}» is missing");
    }
    check(
        "/en/tilgaengelighed",
        &page(&library, "/en/tilgaengelighed").html,
    );
}

#[test]
fn machines_read_what_people_read() {
    let library = Library::samples();
    let data = linked_data(&page(&library, "/tilbud/livet-i-vandhullet").html);
    let offer = of_kind(&data, "LearningResource");
    assert_eq!(offer, of_kind(&data, "Course"));
    assert_eq!(offer["educationalLevel"][0], "3. klasse");
    assert_eq!(
        offer["teaches"][0],
        "Eleven kan undersøge dyr og planter i den nære natur"
    );
    assert_eq!(offer["offers"]["price"], 650.0);
    assert_eq!(offer["audience"]["@type"], "EducationalAudience");
    assert_eq!(
        offer["hasCourseInstance"]["location"]["geo"]["latitude"],
        55.3959
    );
    assert_eq!(offer["provider"]["name"], "Prøvemuseet ved Åen");
    assert_eq!(
        offer["url"],
        "https://anker.example/tilbud/livet-i-vandhullet"
    );
    let steps = of_kind(&data, "BreadcrumbList");
    assert_eq!(
        steps["itemListElement"][2]["name"],
        "Livet i vandhullet – æg, yngel & ådsler"
    );

    let data = linked_data(&page(&library, "/en/erfaringer/aaen-som-klassevaerelse").html);
    assert_eq!(of_kind(&data, "Article")["inLanguage"], "da");
    let data = linked_data(&page(&library, "/organisationer/aaskolen").html);
    assert_eq!(of_kind(&data, "School")["name"], "Åskolen");
}

#[test]
fn linked_data_cannot_end_its_script() {
    let line = r#"{"type":"offer","id":"ond","title":"</script><script>alert(1)</script>","summary":"<!--</script>","provider":"proevemuseet","description":"<script>alert(2)</script>","contact":{"name":"<b>x</b>"}}"#;
    let library = Library::with(&[line]);
    let page = page(&library, "/tilbud/ond");
    check("/tilbud/ond", &page.html);
    let data = linked_data(&page.html);
    assert_eq!(
        of_kind(&data, "Course")["name"],
        "</script><script>alert(1)</script>"
    );
    assert!(!page.html.contains("alert(2)") && !page.html.contains("<script>alert"));
}

#[test]
fn images_are_shown_with_what_is_said_of_them_and_files_can_be_fetched() {
    let library = Library::samples();
    let first = "a1".repeat(32);
    let html = page(&library, "/tilbud/livet-i-vandhullet").html;
    let images: Vec<_> = tags(&html)
        .into_iter()
        .filter(|tag| tag.name == "img")
        .collect();
    assert_eq!(images.len(), 2, "{images:?}");
    let lead = &images[0];
    assert_eq!(lead.get("alt"), Some("To elever med net ved et vandhul"));
    assert_eq!(lead.attributes["src"], format!("/billeder/{first}/800"));
    assert_eq!(
        lead.attributes["srcset"],
        format!(
            "/billeder/{first}/400 400w, /billeder/{first}/800 800w, /billeder/{first}/1600 1600w"
        )
    );
    assert_eq!(
        (lead.get("width"), lead.get("height")),
        (Some("1600"), Some("1067"))
    );
    assert_eq!(lead.get("loading"), None, "the first is seen at once");
    assert_eq!(images[1].get("loading"), Some("lazy"));
    for part in [
        "Foto: Prøvemuseet",
        "Ved vandhullet i maj",
        &format!("href=\"/billeder/{first}/meld\""),
        &format!("href=\"/filer/{}\" download", "c3".repeat(32)),
        "PDF, 1,2 MB",
    ] {
        assert!(html.contains(part), "{part}");
    }
    assert_eq!(
        of_kind(&linked_data(&html), "LearningResource")["image"],
        format!("https://anker.example/billeder/{first}/1600")
    );
    let english = page(&library, "/en/erfaringer/aaen-som-klassevaerelse").html;
    let image = tags(&english).into_iter().find(|tag| tag.name == "img");
    assert_eq!(
        image.as_ref().and_then(|image| image.get("lang")),
        Some("da")
    );
    assert!(english.contains("Photo: Aaskolen") && english.contains("PDF, 1.2 MB"));
    assert!(english.contains("/en/billeder/"), "reported in English");
}

#[test]
fn a_page_without_images_or_files_says_nothing_of_them() {
    for library in [Library::samples(), Library::with(&[&missing_offer()])] {
        let url = "/tilbud/kort-forloeb";
        let html = page(&library, url).html;
        for part in ["<img", "<figure", "Filer", "/billeder/", "/filer/"] {
            assert!(!html.contains(part), "{part}");
        }
    }
}

/// An offer that names an image and a file which are not in the portal.
fn missing_offer() -> String {
    let id = "f6".repeat(32);
    format!(
        r#"{{"type":"offer","id":"kort-forloeb","title":"Ø","summary":"S","provider":"p","images":[{{"id":"{id}","alt":"A","credit":"C","legalBasis":"licensed"}}],"files":[{{"id":"{id}","title":"T"}}]}}"#
    )
}

#[test]
fn what_teachers_say_is_shown_as_a_summary_without_anybody_s_name() {
    let library = Library::samples();
    let html = page(&library, "/tilbud/livet-i-vandhullet").html;
    for part in [
        "5 lærere har givet tilbagemelding.",
        "<dt>Passede til klassetrinnet</dt><dd>4 ja, 1 delvist</dd>",
        "<dt>Passede til tiden</dt><dd>2 ja, 2 delvist, 1 nej</dd>",
        "<dt>Passede til faget</dt><dd>5 ja</dd>",
        "<dd>3 til forberedelse</dd>",
        "Tag gummistøvler på.",
        "Og &lt;b&gt;skiftetøj&lt;/b&gt;.",
        "Svar fra ",
        "Det skriver vi nu.",
        "Meld denne tilbagemelding",
        "/tilbagemeldinger/00000000000000000000000000000001/meld",
        "/tilbud/livet-i-vandhullet/tilbagemelding",
    ] {
        assert!(html.contains(part), "{part}\n{html}");
    }
    let html = page(&library, "/en/tilbud/livet-i-vandhullet").html;
    assert!(html.contains("5 teachers have given feedback."), "{html}");
    assert!(html.contains("<dd>2 yes, 2 partly, 1 no</dd>"));
    assert!(html.contains("<blockquote lang=\"da\">"));
    let html = page(&library, "/tilbud/kort-forloeb").html;
    assert!(html.contains("når mindst tre har givet lov"), "{html}");
    assert!(html.contains("/tilbud/kort-forloeb/tilbagemelding"));
    assert!(!html.contains("Meld denne tilbagemelding"));
}
