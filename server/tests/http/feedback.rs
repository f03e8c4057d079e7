//! Teachers' feedback: given with an account or by a letter, read and answered by the owner, shown when three agree,
//! reported and decided about; and what nobody else gets to see of it.

use domain::OrganisationKind;
use domain::feedback::FeedbackState;
use domain::membership::MemberRole;
use domain::notice::{Delivery, NoticeKind, Preferences};

use super::mail::path_in;
use super::publishing::{
    MUSEUM, get, id, nobody, parse, person, post, run, save, town, whole_offer,
};
use super::*;

const OFFER: &str = "/tilbud/aebler-paa-aaen";
const GIVE: &str = "/tilbud/aebler-paa-aaen/tilbagemelding";
const DESK: &str = "/mit-arbejde/forloeb/aebler-paa-aaen";
const LIST: &str = "/mit-arbejde/tilbagemeldinger";
const JUDGE: &str = "/administration/tilbagemeldinger";

/// What a form says when everything that has to be answered is.
fn form<'a>(advice: &'a str, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("grade", "yes"),
        ("time", "partly"),
        ("subject", "yes"),
        ("advice", advice),
    ];
    fields.extend(more);
    fields
}

struct People {
    anna: Persona,
    erik: Persona,
}

/// An offer that Anna of the museum wrote and Erik approved; both are told of feedback at once.
async fn published() -> (TestPortal, People) {
    let test = town().await;
    let roles = [(MUSEUM.0, MUSEUM.1, MemberRole::Editor)];
    let anna = person(&test, "anna", None, &roles).await;
    let erik = person(&test, "erik", Some(PortalRole::Editor), &[]).await;
    whole_offer(&test, &anna).await;
    let sent = post(&test, &anna, DESK, &[("do", "submit")]).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    let approved = post(&test, &erik, DESK, &[("do", "approve")]).await;
    assert_eq!(approved.status, 303, "{}", approved.text());
    test.caught_up().await;
    at_once(&test, "anna").await;
    at_once(&test, "erik").await;
    (test, People { anna, erik })
}

async fn at_once(test: &TestPortal, account: &str) {
    let mut preferences = Preferences::default();
    for kind in [NoticeKind::FeedbackGiven, NoticeKind::FeedbackAnswered] {
        preferences.chosen.insert(kind, Delivery::AtOnce);
    }
    let store = &test.portal.store;
    store
        .put_preferences(&id(account), &preferences)
        .await
        .unwrap();
}

/// A teacher with an account.
async fn teacher(test: &TestPortal, name: &str) -> Persona {
    let teacher = person(test, name, None, &[]).await;
    at_once(test, name).await;
    teacher
}

async fn gives(test: &TestPortal, who: &Persona, advice: &str, agrees: bool) {
    let more: &[(&str, &str)] = if agrees { &[("agrees", "yes")] } else { &[] };
    let answer = post(test, who, GIVE, &form(advice, more)).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert!(answer.text().contains("Tak for din tilbagemelding"));
}

async fn kept(test: &TestPortal) -> Vec<domain::feedback::Given> {
    let offers = [id("aebler-paa-aaen")];
    test.portal.store.feedback_on(&offers).await.unwrap()
}

/// The path of the first feedback in a page that a pattern of its address is in.
fn address(page: &str, before: &str, after: &str) -> String {
    let from = page.find(before).unwrap_or_else(|| panic!("{page}"));
    let id: String = page[from + before.len()..].chars().take(32).collect();
    format!("{before}{id}{after}")
}

#[test]
fn three_teachers_are_shown_without_names_and_the_owner_answers() {
    run(async {
        let (test, People { anna, .. }) = published().await;
        let page = test.get(OFFER).await.text();
        assert!(page.contains("Har I brugt forløbet? Giv en tilbagemelding"));
        assert!(page.contains("når mindst tre har givet lov"));
        let before = test.letters().await.len();
        let mut teachers = Vec::new();
        for (number, name) in ["birgitte", "christoffer", "dagmar"]
            .into_iter()
            .enumerate()
        {
            assert!(!test.get(OFFER).await.text().contains("lærere har givet"));
            let who = teacher(&test, name).await;
            let advice = format!("Råd nummer {number}: tag <b>støvler</b> på");
            gives(&test, &who, &advice, true).await;
            teachers.push(who);
        }
        let page = test.get(OFFER).await;
        let etag = page.header(ETAG).to_owned();
        let page = page.text();
        for part in [
            "3 lærere har givet tilbagemelding.",
            "<dd>3 ja</dd>",
            "<dd>3 delvist</dd>",
            "Råd nummer 0: tag &lt;b&gt;støvler&lt;/b&gt; på",
            "Meld denne tilbagemelding",
        ] {
            assert!(page.contains(part), "{part}\n{page}");
        }

        // The owner is told of each, and of nobody's name.
        let letters = test.letters().await;
        assert_eq!(letters.len() - before, 3);
        for letter in &letters[before..] {
            assert!(
                letter.contains("En lærer har givet tilbagemelding"),
                "{letter}"
            );
            assert!(
                letter.contains("/mit-arbejde/tilbagemeldinger/"),
                "{letter}"
            );
        }
        let desk = get(&test, &anna, "/mit-arbejde").await.text();
        assert!(desk.contains("3 tilbagemeldinger venter på svar"), "{desk}");
        let list = get(&test, &anna, LIST).await.text();
        assert!(list.contains("Råd nummer 2"), "{list}");
        let given = kept(&test).await;
        let first = given
            .iter()
            .find(|given| given.giver.account == Some(id("birgitte")));
        let first = format!("{LIST}/{}", first.unwrap().id);
        assert!(list.contains(&first));
        let one = get(&test, &anna, &first).await.text();
        assert!(one.contains("Råd nummer 0"), "{one}");
        for text in [&page, &desk, &list, &one, &letters[before..].join("\n")] {
            for name in ["birgitte", "christoffer", "dagmar"] {
                assert!(!text.to_lowercase().contains(name), "{name} in {text}");
            }
        }

        // An empty answer is refused with a way to the field, what is typed stays.
        let seen = seen(&one);
        let answer = post(&test, &anna, &first, &[("do", "answer"), ("seen", &seen)]).await;
        assert_eq!(answer.status, 422);
        assert!(answer.text().contains("href=\"#answer\""));
        let long = "x".repeat(2_001);
        let fields = [("do", "answer"), ("seen", seen.as_str()), ("answer", &long)];
        let answer = post(&test, &anna, &first, &fields).await;
        assert!(answer.status == 422 && answer.text().contains(&long));
        let typed = "Tak for rådet.</textarea><script>";
        let fields = [("do", "answer"), ("seen", seen.as_str()), ("answer", typed)];
        let answer = post(&test, &anna, &first, &fields).await;
        assert_eq!(answer.status, 303, "{}", answer.text());
        let sent = get(&test, &anna, answer.header(LOCATION)).await.text();
        assert!(sent.contains("Svaret er gemt"), "{sent}");
        assert!(!sent.contains("rådet.</textarea><script>"));

        // A colleague who had it open is not let over it.
        let fields = [
            ("do", "answer"),
            ("seen", seen.as_str()),
            ("answer", "Nej tak."),
        ];
        let answer = post(&test, &anna, &first, &fields).await;
        assert_eq!(answer.status, 409);
        assert!(answer.text().contains("Nej tak.") && answer.text().contains("er ændret"));

        let letters = test.letters().await;
        let told = letters.last().unwrap();
        assert!(
            told.contains("Prøvemuseet har svaret på din tilbagemelding"),
            "{told}"
        );
        assert!(told.contains("birgitte@museet.example") && told.contains("Tak for rådet."));
        assert_eq!(letters.len() - before, 4);
        let page = test
            .send(&nobody(), "GET", OFFER, &[("if-none-match", &etag)], "")
            .await;
        assert_eq!(page.status, 200, "the page has changed");
        let page = page.text();
        assert!(page.contains("Svar fra Prøvemuseet"), "{page}");
        assert!(page.contains("Tak for rådet.&lt;/textarea&gt;&lt;script&gt;"));

        // Giving again takes the place of the earlier, which the answer was to.
        let form_page = get(&test, &teachers[0], GIVE).await.text();
        assert!(
            form_page.contains("Råd nummer 0") && form_page.contains("Du gav en tilbagemelding")
        );
        gives(&test, &teachers[0], "Nyt råd", true).await;
        assert_eq!(kept(&test).await.len(), 3);
        let page = test.get(OFFER).await.text();
        assert!(page.contains("Nyt råd") && !page.contains("Råd nummer 0"));
        assert!(!page.contains("Svar fra Prøvemuseet"));

        // Whoever gave it withdraws it, and then there are too few.
        let unsure = post(&test, &teachers[0], GIVE, &[("do", "withdraw")]).await;
        assert_eq!(unsure.status, 422);
        let fields = [("do", "withdraw"), ("confirm", "yes")];
        let gone = post(&test, &teachers[0], GIVE, &fields).await.text();
        assert!(gone.contains("Din tilbagemelding er slettet"), "{gone}");
        assert!(!test.get(OFFER).await.text().contains("Råd nummer 1"));
    });
}

/// What the hidden field of the page says that was read.
fn seen(page: &str) -> String {
    let at = page.find("name=\"seen\"").unwrap();
    let value = page[at..].split("value=\"").nth(1).unwrap();
    value.split('"').next().unwrap().to_owned()
}

#[test]
fn an_address_counts_once_it_is_confirmed_by_the_button_behind_the_link() {
    run(async {
        let (test, People { anna, .. }) = published().await;
        let before = test.letters().await.len();
        // Everything that is wrong is said at once, and what was typed stays.
        let wrong = [
            ("grade", "partly"),
            ("advice", "Tag </textarea><script>alert(1)</script> på"),
            ("email", "ingen adresse"),
            ("used-before", "yes"),
        ];
        let refused = post(&test, &nobody(), GIVE, &wrong).await;
        assert_eq!(refused.status, 422);
        let page = refused.text();
        for part in [
            "href=\"#time\"",
            "href=\"#subject\"",
            "href=\"#email\"",
            "value=\"ingen adresse\"",
            "Tag &lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt; på",
        ] {
            assert!(page.contains(part), "{part}\n{page}");
        }
        assert!(!page.contains("href=\"#grade\""));
        assert!(!page.contains("<script>alert(1)"));
        assert_eq!(test.letters().await.len(), before, "nothing is sent");

        let english = form(
            "Bring boots",
            &[
                ("email", "Lis@skolen.example"),
                ("tells", "yes"),
                ("agrees", "yes"),
            ],
        );
        let path = format!("/en{GIVE}");
        let written = post(&test, &nobody(), &path, &english).await;
        assert!(
            written.text().contains("We have written to you"),
            "{}",
            written.text()
        );
        let letters = test.letters().await;
        assert_eq!(letters.len() - before, 1, "the owner hears nothing yet");
        let letter = letters.last().unwrap();
        assert!(letter.contains("Lis@skolen.example") && letter.contains("Confirm your feedback"));
        assert_eq!(kept(&test).await, []);
        let list = get(&test, &anna, LIST).await.text();
        assert!(!list.contains("Bring boots"), "{list}");

        // Programs that look into mail open the address; nothing comes of it.
        let link = path_in(letter, "tilbagemelding");
        for method in ["GET", "HEAD", "GET"] {
            let opened = test.send(&nobody(), method, &link, &[], "").await;
            assert_eq!(opened.status, 200);
            assert!(opened.header("cache-control").contains("no-store"));
        }
        let opened = test.get(&link).await.text();
        assert!(opened.contains("Confirm your feedback") && opened.contains("Bring boots"));
        assert_eq!(kept(&test).await, []);

        let confirmed = post(&test, &nobody(), &link, &[]).await.text();
        assert!(
            confirmed.contains("Thank you for your feedback"),
            "{confirmed}"
        );
        let given = kept(&test).await;
        assert_eq!(given.len(), 1);
        assert_eq!(given[0].progress.state(), FeedbackState::WithOwner);
        let letters = test.letters().await;
        assert_eq!(letters.len() - before, 2, "now the owner is told");
        assert!(!letters.last().unwrap().to_lowercase().contains("lis@"));
        let again = post(&test, &nobody(), &link, &[]).await.text();
        assert!(again.contains("Your feedback is confirmed"), "{again}");
        assert_eq!(kept(&test).await.len(), 1);

        // Whoever asked to hear of the answer does, in their language, and once.
        let path = format!("{LIST}/{}", given[0].id);
        let one = get(&test, &anna, &path).await.text();
        assert!(!one.to_lowercase().contains("lis@"), "{one}");
        let seen = seen(&one);
        let fields = [
            ("do", "answer"),
            ("seen", seen.as_str()),
            ("answer", "Thanks!"),
        ];
        assert_eq!(post(&test, &anna, &path, &fields).await.status, 303);
        let letters = test.letters().await;
        let told = letters.last().unwrap();
        assert!(
            told.contains("Lis@skolen.example") && told.contains("> Thanks!"),
            "{told}"
        );
        assert!(told.contains("https://anker.example/en/tilbud/aebler-paa-aaen"));
        assert!(!told.contains("/afmeld/"));

        // The link withdraws it.
        let fields = [("do", "withdraw"), ("confirm", "yes")];
        let gone = post(&test, &nobody(), &link, &fields).await.text();
        assert!(gone.contains("Your feedback is deleted"), "{gone}");
        assert_eq!(kept(&test).await, []);
        assert_eq!(test.get(&link).await.status, 404);
        let made_up = format!("/tilbagemelding/anker_{}", "0".repeat(64));
        for address in ["/tilbagemelding/noget", &made_up] {
            assert_eq!(test.get(address).await.status, 404, "{address}");
        }
    });
}

#[test]
fn strangers_neither_read_nor_answer_and_owners_do_not_praise_themselves() {
    run(async {
        let (test, People { anna, erik }) = published().await;
        let birgitte = teacher(&test, "birgitte").await;
        gives(&test, &birgitte, "Et råd til udbyderen", false).await;
        let given = kept(&test).await.remove(0);
        let path = format!("{LIST}/{}", given.id);
        let school = [("aaskolen", OrganisationKind::School, MemberRole::Manager)];
        let stranger = person(&test, "svend", None, &school).await;
        for who in [&stranger, &birgitte, &erik] {
            let read = get(&test, who, &path).await;
            assert_eq!(read.status, 404, "{}", read.text());
            for action in ["answer", "revise"] {
                let seen = format!("{}|", given.time);
                let fields = [("do", action), ("seen", &seen), ("answer", "Nej")];
                let answered = post(&test, who, &path, &fields).await;
                assert_eq!(answered.status, 404, "{action}");
            }
            let list = get(&test, who, LIST).await;
            assert_eq!(list.status, 200);
            assert!(!list.text().contains("Et råd"));
        }
        let signed_out = get(&test, &nobody(), &path).await;
        assert!(!signed_out.text().contains("Et råd"));
        assert_eq!(kept(&test).await.first(), Some(&given));
        // What is not shown cannot be read by reporting it.
        let report = format!("/tilbagemeldinger/{}/meld", given.id);
        for who in [&nobody(), &stranger] {
            assert_eq!(get(&test, who, &report).await.status, 404);
            let sent = post(&test, who, &report, &[("reason", "other")]).await;
            assert_eq!(sent.status, 404);
        }
        assert!(get(&test, &anna, &report).await.text().contains("Et råd"));

        // Those who offer it give none, with their account or its address.
        let own = get(&test, &anna, GIVE).await;
        assert_eq!(own.status, 403, "{}", own.text());
        let own = post(&test, &anna, GIVE, &form("Fint", &[])).await;
        assert_eq!(own.status, 403);
        let by_letter = form("Fint", &[("email", "ANNA@museet.example")]);
        let written = post(&test, &nobody(), GIVE, &by_letter).await;
        assert_eq!(written.status, 200, "nobody is told whose address it is");
        let letters = test.letters().await;
        let letter = letters
            .iter()
            .find(|letter| letter.contains("/tilbagemelding/"));
        let link = path_in(letter.unwrap(), "tilbagemelding");
        for method in ["GET", "POST"] {
            let opened = test.send(&nobody(), method, &link, &[], "").await;
            assert_eq!(opened.status, 403);
        }
        assert_eq!(kept(&test).await.len(), 1);

        // On what is not published there is none, and other things have no such page.
        for address in [
            "/tilbud/findes-ikke/tilbagemelding",
            "/erfaringer/noget/tilbagemelding",
        ] {
            assert_eq!(test.get(address).await.status, 404, "{address}");
        }
        let fields = [("do", "withdraw"), ("confirm", "yes")];
        assert_eq!(post(&test, &anna, DESK, &fields).await.status, 303);
        assert_eq!(test.get(GIVE).await.status, 404);
        let sent = post(&test, &birgitte, GIVE, &form("Igen", &[])).await;
        assert_eq!(sent.status, 404);
        // The owner still has what was said.
        assert_eq!(get(&test, &anna, &path).await.status, 200);
    });
}

#[test]
fn machines_get_nothing_of_it() {
    run(async {
        let (test, _) = published().await;
        for name in ["birgitte", "christoffer", "dagmar"] {
            let who = teacher(&test, name).await;
            gives(&test, &who, "Hemmelighedsfuldt råd", true).await;
        }
        assert!(test.get(OFFER).await.text().contains("Hemmelighedsfuldt"));
        test.caught_up().await;
        let administrator = test.administrator().await;
        for path in [
            "/api/v1/offers/aebler-paa-aaen",
            "/api/v1/search?q=aebler",
            "/api/v1/search?q=hemmelighedsfuldt",
            "/api/v1/suggest?q=hemm",
            "/feeds/soeg.atom?q=aebler",
            "/soeg?q=hemmelighedsfuldt&kind=offer",
            "/sitemap.xml",
            "/min-liste.csv?ids=aebler-paa-aaen",
        ] {
            for who in [&nobody(), &administrator] {
                let answer = get(&test, who, path).await.text().to_lowercase();
                assert!(!answer.contains("hemmelighedsfuldt r"), "{path}: {answer}");
                assert!(!answer.contains("birgitte"), "{path}");
            }
        }
    });
}

#[test]
fn a_report_takes_it_off_at_once_and_an_editor_decides_with_undo() {
    run(async {
        let (test, People { anna, erik }) = published().await;
        for (number, name) in ["birgitte", "christoffer", "dagmar", "egon"]
            .into_iter()
            .enumerate()
        {
            let who = teacher(&test, name).await;
            gives(&test, &who, &format!("Råd {number} til jer"), true).await;
        }
        let shows = async |advice: &str| test.get(OFFER).await.text().contains(advice);
        let given = kept(&test).await;
        let of = |advice: &str| {
            let found = given.iter().find(|given| {
                let said = given.feedback.advice.as_ref();
                said.is_some_and(|said| said.as_str().contains(advice))
            });
            found.unwrap().id.to_string()
        };
        let bad = of("Råd 1");
        let report = format!("/tilbagemeldinger/{bad}/meld");
        let page = test.get(&format!("/en{report}")).await.text();
        assert!(
            page.contains("Report feedback") && page.contains("Råd 1 til jer"),
            "{page}"
        );
        let unsaid = post(&test, &nobody(), &report, &[("words", "Han nævner mig")]).await;
        assert_eq!(unsaid.status, 422);
        assert!(unsaid.text().contains("Han nævner mig"));
        let before = test.letters().await.len();
        let fields = [("reason", "person"), ("words", "Han nævner mig")];
        let sent = post(&test, &nobody(), &report, &fields).await;
        assert_eq!(sent.status, 200);
        assert!(sent.text().contains("er taget af siden"), "{}", sent.text());
        assert!(!shows("Råd 1 til jer").await && shows("Råd 2 til jer").await);
        assert_eq!(
            test.get(&report).await.status,
            404,
            "nobody sees it any more"
        );

        // The editors are told at once; the owner sees that it is reported.
        let letters = test.letters().await;
        assert_eq!(letters.len() - before, 1);
        let letter = letters.last().unwrap();
        assert!(letter.contains("erik@museet.example"), "{letter}");
        assert!(
            letter.contains("er meldt") && letter.contains(JUDGE),
            "{letter}"
        );
        let one = get(&test, &anna, &format!("{LIST}/{bad}")).await.text();
        assert!(one.contains("Den er meldt og vises ikke"), "{one}");

        // Only editors decide.
        for who in [&nobody(), &anna] {
            assert_eq!(get(&test, who, JUDGE).await.status, 403);
            let fields = [("id", bad.as_str()), ("do", "let-stand")];
            let sent = post(&test, who, JUDGE, &fields).await;
            assert_eq!(sent.status, 403, "{}", sent.text());
        }
        assert!(!shows("Råd 1 til jer").await);
        let queue = get(&test, &erik, "/mit-arbejde/redaktion").await.text();
        assert!(queue.contains("Meldte tilbagemeldinger (1)"), "{queue}");
        let page = get(&test, &erik, JUDGE).await.text();
        assert!(
            page.contains("Han nævner mig") && page.contains("Råd 1 til jer"),
            "{page}"
        );
        assert!(!page.contains("christoffer"));
        let judge = async |step: &str| {
            let fields = [("id", bad.as_str()), ("do", step)];
            let page = post(&test, &erik, JUDGE, &fields).await;
            assert_eq!(page.status, 200);
            page.text()
        };
        let down = judge("take-down").await;
        assert!(
            down.contains("er taget ned") && down.contains("Fortryd"),
            "{down}"
        );
        assert_eq!(
            get(&test, &anna, &format!("{LIST}/{bad}")).await.status,
            404
        );
        assert!(
            judge("take-down")
                .await
                .contains("en anden har besluttet sig")
        );
        assert!(judge("reopen").await.contains("venter igen"));
        assert!(!shows("Råd 1 til jer").await);
        assert!(judge("let-stand").await.contains("bliver stående"));
        assert!(shows("Råd 1 til jer").await);

        // What an editor has let stand is not taken off again.
        let page = test.get(&report).await.text();
        assert!(page.contains("ladet den stå"), "{page}");
        let fields = [("reason", "other")];
        let sent = post(&test, &nobody(), &report, &fields).await.text();
        assert!(sent.contains("bliver stående, til en redaktør"), "{sent}");
        assert!(shows("Råd 1 til jer").await);
        for step in ["verify", "answer", "report", "noget"] {
            assert!(judge(step).await.contains("er der ikke længere"), "{step}");
        }

        // With a second one off there are three, with a third there are too few.
        for advice in ["Råd 0", "Råd 2"] {
            let report = format!("/tilbagemeldinger/{}/meld", of(advice));
            post(&test, &nobody(), &report, &fields).await;
        }
        assert!(!shows("Råd 3 til jer").await);
    });
}

#[test]
fn reports_and_letters_are_bounded() {
    run(async {
        let (test, _) = published().await;
        for (number, name) in ["b", "c", "d", "e", "f", "g", "h", "i", "j"]
            .into_iter()
            .enumerate()
        {
            let who = person(&test, name, None, &[]).await;
            gives(&test, &who, &format!("Råd {number}"), true).await;
        }
        let mut statuses = Vec::new();
        for given in kept(&test).await.iter().take(6) {
            let report = format!("/tilbagemeldinger/{}/meld", given.id);
            let sent = post(&test, &nobody(), &report, &[("reason", "other")]).await;
            statuses.push(sent.status.as_u16());
        }
        assert_eq!(statuses, [200, 200, 200, 200, 200, 429]);
        let mut statuses = Vec::new();
        for _ in 0..6 {
            let fields = form("Kære udbyder", &[("email", "lis@skolen.example")]);
            let sent = post(&test, &nobody(), GIVE, &fields).await;
            statuses.push(sent.status.as_u16());
            if sent.status == 429 {
                assert!(sent.text().contains("Kære udbyder"), "what is typed stays");
            }
        }
        assert_eq!(statuses, [200, 200, 200, 200, 200, 429]);
    });
}

#[test]
fn a_change_because_of_it_is_said_to_readers() {
    run(async {
        let (mut test, People { anna, erik }) = published().await;
        let birgitte = teacher(&test, "birgitte").await;
        gives(&test, &birgitte, "Skriv, hvor broen er", false).await;
        let given = kept(&test).await.remove(0);
        let path = format!("{LIST}/{}", given.id);
        let begun = post(&test, &anna, &path, &[("do", "revise")]).await;
        assert_eq!(
            (begun.status, begun.header(LOCATION)),
            (
                StatusCode::SEE_OTHER,
                "/mit-arbejde/forloeb/aebler-paa-aaen?gjort=advice"
            )
        );
        let desk = get(&test, &anna, begun.header(LOCATION)).await.text();
        assert!(desk.contains("Kladden er klar"), "{desk}");
        assert!(desk.contains("Kladden er skrevet efter råd fra lærere"));
        let one = get(&test, &anna, &path).await.text();
        assert!(!one.contains("Begynd en ændring"), "{one}");
        let page = test.get(OFFER).await.text();
        assert!(
            !page.contains("ændret efter råd fra lærere"),
            "it is not published yet"
        );

        let saved = save(
            &test,
            &anna,
            &format!("{DESK}/skriv?trin=hvad"),
            &[
                ("title", "Æbler på åen"),
                ("summary", "Klassen sejler med æbler."),
                ("provider", "proevemuseet"),
                ("description", "Vi mødes ved Klosterbroen."),
            ],
        )
        .await;
        assert_eq!(saved.status, 303);
        test.move_to("2026-11-24T12:20:00Z");
        for (who, step) in [(&anna, "submit"), (&erik, "approve")] {
            let done = post(&test, who, DESK, &[("do", step)]).await;
            assert_eq!(done.status, 303, "{}", done.text());
        }
        test.caught_up().await;
        let page = test.get(OFFER).await.text();
        assert!(
            page.contains("beskrivelse (ændret efter råd fra lærere)"),
            "{page}"
        );
        let page = test.get(&format!("/en{OFFER}")).await.text();
        assert!(
            page.contains("description (changed on teachers’ advice)"),
            "{page}"
        );

        // The next change is like any other.
        let saved = save(
            &test,
            &anna,
            &format!("{DESK}/skriv?trin=hvad"),
            &[
                ("title", "Pærer på åen"),
                ("summary", "Klassen sejler med æbler."),
                ("provider", "proevemuseet"),
                ("description", "Vi mødes ved Klosterbroen."),
            ],
        )
        .await;
        assert_eq!(saved.status, 303);
        test.move_to("2026-11-24T12:40:00Z");
        for (who, step) in [(&anna, "submit"), (&erik, "approve")] {
            assert_eq!(post(&test, who, DESK, &[("do", step)]).await.status, 303);
        }
        let page = test.get(OFFER).await.text();
        assert!(
            page.contains("titel") && !page.contains("titel (ændret"),
            "{page}"
        );
        assert_eq!(page.matches("ændret efter råd fra lærere").count(), 1);
    });
}

#[test]
fn what_was_only_imported_gets_feedback_too() {
    run(async {
        let test = town().await;
        let offer = r#"{"type":"offer","id":"fisk","title":"Fisk","summary":"S","provider":"proevemuseet"}"#;
        let now = test.portal.clock.now();
        let store = &test.portal.store;
        store.put(parse(offer), &Author::Portal, now).await.unwrap();
        test.caught_up().await;
        let roles = [(MUSEUM.0, MUSEUM.1, MemberRole::Editor)];
        let anna = person(&test, "anna", None, &roles).await;
        let birgitte = teacher(&test, "birgitte").await;
        let sent = post(
            &test,
            &birgitte,
            "/tilbud/fisk/tilbagemelding",
            &form("Tag net med", &[]),
        )
        .await;
        assert_eq!(sent.status, 200, "{}", sent.text());
        let list = get(&test, &anna, LIST).await.text();
        assert!(
            list.contains("Tag net med") && list.contains("Fisk"),
            "{list}"
        );
        let path = address(&list, &format!("{LIST}/"), "");
        let begun = post(&test, &anna, &path, &[("do", "revise")]).await;
        assert_eq!(begun.status, 303, "{}", begun.text());
    });
}
