//! The log of who did what when: that it says so, whom it tells, and how it is searched.

use domain::membership::MemberRole;

use super::publishing::{MUSEUM, get, id, nobody, person, post, run, save, town, whole_offer};
use super::*;

const LOG: &str = "/administration/log";
const OFFER: &str = "/mit-arbejde/forloeb/aebler-paa-aaen";

/// An administrator who has shown the second factor.
async fn administrator(test: &TestPortal) -> Persona {
    let inge = person(test, "inge", Some(PortalRole::Administrator), &[]).await;
    second_factor::enrol(test, &inge, 0).await;
    inge
}

async fn log(test: &TestPortal, who: &Persona, query: &str) -> String {
    let page = get(test, who, &format!("{LOG}{query}")).await;
    assert_eq!(page.status, 200, "{}", page.text());
    page.text()
}

/// The rows of the log that a page shows, without markup.
fn rows(page: &str) -> Vec<String> {
    let Some(body) = page.split("<tbody>").nth(1) else {
        return Vec::new();
    };
    let body = body.split("</tbody>").next().unwrap();
    let body = body.replace("<wbr>", "");
    body.split("<tr>")
        .skip(1)
        .map(|row| {
            let mut text = String::new();
            let mut inside = false;
            for letter in row.chars() {
                match letter {
                    '<' => inside = true,
                    '>' => {
                        inside = false;
                        text.push(' ');
                    }
                    letter if !inside => text.push(letter),
                    _ => {}
                }
            }
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        })
        .collect()
}

#[test]
fn administrators_find_who_did_what() {
    run(async {
        let test = town().await;
        let anna = person(
            &test,
            "anna",
            None,
            &[(MUSEUM.0, MUSEUM.1, MemberRole::Manager)],
        )
        .await;
        let erik = person(&test, "erik", Some(PortalRole::Editor), &[]).await;
        let administrator = administrator(&test).await;

        whole_offer(&test, &anna).await;
        assert_eq!(
            post(&test, &anna, OFFER, &[("do", "submit")]).await.status,
            303
        );
        let approved = post(&test, &erik, OFFER, &[("do", "approve"), ("text", "Fint")]).await;
        assert_eq!(approved.status, 303);
        let invited = [
            ("do", "invite"),
            ("email", "ny@museet.example"),
            ("role", "editor"),
        ];
        let people = "/mit-arbejde/organisationer/proevemuseet";
        let invited = post(&test, &anna, people, &invited).await;
        assert!(invited.status.is_success() || invited.status.is_redirection());

        let page = log(&test, &administrator, "").await;
        let rows_of = |page: &str| rows(page);
        let all = rows_of(&page);
        for told in [
            "ANNA anna@museet.example begyndte en kladde Æbler på åen",
            "ANNA anna@museet.example sendte til gennemsyn Æbler på åen",
            "ERIK erik@museet.example godkendte Æbler på åen",
            "ANNA anna@museet.example inviterede Prøvemuseet editor",
        ] {
            assert!(
                all.iter().any(|row| row.ends_with(told)),
                "{told} is not in {all:#?}"
            );
        }
        // What is typed at one sitting is one line, not one a save.
        let saves = all.iter().filter(|row| row.contains("skrev i en kladde"));
        assert_eq!(saves.count(), 0, "{all:#?}");
        assert!(
            !page.contains("ny@museet.example"),
            "the address of somebody without an account"
        );
        assert!(page.contains("href=\"/mit-arbejde/forloeb/aebler-paa-aaen\""));

        let found = async |query: &str| rows(&log(&test, &administrator, query).await);
        assert_eq!(found("?q=erik").await.len(), 1);
        assert_eq!(
            found("?q=%C3%86BLER+godkendte").await.len(),
            0,
            "words of the act are not searched"
        );
        assert_eq!(found("?q=erik+%C3%A6bler").await.len(), 1);
        assert!(found("?about=organisations").await.len() == 1);
        assert!(found("?about=content&q=anna").await.len() >= 2);
        assert_eq!(found("?from=2026-11-25").await.len(), 0);
        assert_eq!(found("?until=2026-11-23").await.len(), 0);
        assert_eq!(found("?from=2026-11-24&until=2026-11-24").await, all);
        let nothing = log(&test, &administrator, "?q=findesikke").await;
        assert!(nothing.contains("Ingen linjer i loggen passer."));
        let wrong = get(
            &test,
            &administrator,
            &format!("{LOG}?from=i+g%C3%A5r&q=anna"),
        )
        .await;
        assert_eq!(wrong.status, 422);
        assert!(
            wrong.text().contains("Skriv dagen som") && wrong.text().contains("value=\"anna\"")
        );
        let english = test
            .send(&administrator, "GET", &format!("{LOG}?lang=en"), &[], "")
            .await;
        assert!(english.text().contains("sent for review"));
    });
}

#[test]
fn the_log_is_paged_and_for_administrators_alone() {
    run(async {
        let test = town().await;
        let anna = person(
            &test,
            "anna",
            None,
            &[(MUSEUM.0, MUSEUM.1, MemberRole::Manager)],
        )
        .await;
        let erik = person(&test, "erik", Some(PortalRole::Editor), &[]).await;
        for who in [&nobody(), &anna, &erik] {
            let page = get(&test, who, LOG).await;
            assert_eq!(page.status, 403);
            assert!(!page.text().contains("<tbody>"));
        }
        let administrator = administrator(&test).await;
        let whom = id("anna");
        for number in 0..120 {
            let line = store::AuditLine::new(
                &Author::CommandLine,
                domain::audit::Act::LinkForSignIn,
                test.portal.clock.now() + jiff::SignedDuration::from_secs(number),
            );
            let line = line.whom(&whom).detail(format!("nr-{number:03}"));
            test.portal.store.note(&line).await.unwrap();
        }
        let mut seen = Vec::new();
        let mut query = "?q=nr-&about=accounts".to_owned();
        loop {
            let page = log(&test, &administrator, &query).await;
            seen.extend(rows(&page));
            let Some(next) = page
                .split("rel=\"next\"")
                .next()
                .filter(|_| page.contains("rel=\"next\""))
            else {
                break;
            };
            let href = next
                .rsplit("href=\"")
                .next()
                .unwrap()
                .split('"')
                .next()
                .unwrap();
            query = href.split_once('?').unwrap().1.replace("&amp;", "&");
            assert!(
                query.contains("q=nr-") && query.contains("about=accounts"),
                "{query}"
            );
            query.insert(0, '?');
        }
        assert_eq!(seen.len(), 120);
        assert!(
            seen[0].contains("Kommandolinjen") && seen[0].contains("ANNA"),
            "{}",
            seen[0]
        );
        assert!(seen[0].ends_with("nr-119") && seen[119].ends_with("nr-000"));
    });
}

#[test]
fn drafts_that_are_taken_up_again_are_a_new_line() {
    run(async {
        let mut test = town().await;
        let anna = person(
            &test,
            "anna",
            None,
            &[(MUSEUM.0, MUSEUM.1, MemberRole::Manager)],
        )
        .await;
        whole_offer(&test, &anna).await;
        test.move_to("2026-11-25T12:00:00Z");
        let anna = test.signed_in("anna").await;
        let path = format!("{OFFER}/skriv?trin=hvad");
        let form = get(&test, &anna, &path).await;
        assert_eq!(form.status, 200);
        let saved = save(
            &test,
            &anna,
            &path,
            &[("title", "Æbler på åen igen"), ("do", "save")],
        )
        .await;
        assert!(saved.status.is_success() || saved.status.is_redirection());
        // The newest line, a day after those of the first sitting.
        let lines = test.portal.store.audit(None, None, None, 1).await.unwrap();
        assert_eq!(lines[0].1.act, domain::audit::Act::Save);
        assert_eq!(lines[0].1.author, "account:anna");
        assert_eq!(lines[0].1.title, "Æbler på åen igen");
    });
}
