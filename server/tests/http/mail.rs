//! Letters over HTTP and out of the door: asking for links, choosing letters, turning them off, the queue, files, a
//! mail server.

use axum::body::Body;
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use domain::Slug;
use domain::membership::PortalRole;
use domain::notice::{Delivery, LetterKind, Notice, NoticeKind};
use jiff::{SignedDuration, Timestamp};
use server::mail::{self, MailUrl};
use store::{Account, LetterState, NewLetter, Store};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpListener;

use super::*;

/// The text of a letter in a file, without the marks of its encoding (quoted-printable, RFC 2045).
fn plain(message: &str) -> String {
    let joined = message.replace("=\r\n", "");
    let mut bytes = Vec::with_capacity(joined.len());
    let mut rest = joined.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digits = after.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        match digits.and_then(|two| u8::from_str_radix(two, 16).ok()) {
            Some(byte) if *first == b'=' => {
                bytes.push(byte);
                rest = &after[2..];
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap()
}

impl TestPortal {
    /// Sends what is due, and gives the letters that are then in files: oldest first, decoded.
    pub(super) async fn letters(&self) -> Vec<String> {
        while mail::send_due(&self.portal).await.unwrap() > 0 {}
        let directory = mail::mail_directory(&self._directory.path().join("data"));
        let Ok(entries) = std::fs::read_dir(directory) else {
            return Vec::new();
        };
        let mut letters: Vec<_> = entries
            .map(|entry| entry.unwrap().path())
            .map(|path| {
                let written = std::fs::metadata(&path).unwrap().modified().unwrap();
                (written, std::fs::read_to_string(path).unwrap())
            })
            .collect();
        letters.sort();
        letters.iter().map(|(_, message)| plain(message)).collect()
    }

    async fn last_letter(&self) -> String {
        self.letters().await.pop().unwrap()
    }

    pub(super) async fn post(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        let nobody = Persona::default();
        self.send(&nobody, "POST", path, &[], encoded(form)).await
    }

    async fn ask_for_link(&self, path: &str, email: &str) -> Answer {
        self.post(path, &[("do", "link"), ("link-email", email)])
            .await
    }
}

/// The path of an address in a letter.
pub(super) fn path_in(letter: &str, folder: &str) -> String {
    let begin = format!("https://anker.example/{folder}/");
    let from = letter.find(&begin).unwrap_or_else(|| panic!("{letter}"));
    let address: String = letter[from..]
        .chars()
        .take_while(|letter| !letter.is_whitespace() && !"\"<>".contains(*letter))
        .collect();
    address.replace("https://anker.example", "")
}

async fn account(test: &TestPortal, id: &str, role: Option<PortalRole>) -> Slug {
    let account = Account {
        id: id.parse().unwrap(),
        name: format!("{id} Åkjær"),
        email: Some(format!("{id}@museet.example")),
        role,
        created: test.portal.clock.now(),
        disabled: None,
    };
    test.portal.store.put_account(&account).await.unwrap();
    account.id
}

fn notice(kind: NoticeKind) -> Notice {
    Notice {
        kind,
        who: Some("Bo Ø".into()),
        title: "Dyr i vandhullet".into(),
        path: "/tilbud/vandhullet".into(),
        comment: None,
        since: None,
    }
}

#[tokio::test]
async fn a_link_by_letter_signs_in_and_the_answer_does_not_tell_who_has_an_account() {
    let test = TestPortal::empty().await;
    account(&test, "inge", None).await;
    let known = test.ask_for_link("/log-ind", "Inge@museet.example").await;
    assert_eq!(known.status, StatusCode::OK);
    assert!(known.text().contains("Vi har skrevet til dig"));
    let letter = test.last_letter().await;
    assert!(
        letter.contains("To: =?utf-8?") || letter.contains("inge "),
        "{letter}"
    );
    assert!(letter.contains("Auto-Submitted: auto-generated"));
    assert!(!letter.contains("List-Unsubscribe"), "it was asked for");
    let link = path_in(&letter, "log-ind");

    let unknown = test.ask_for_link("/log-ind", "Iben@museet.example").await;
    assert_eq!(
        unknown.text().replace("Iben@", "Inge@"),
        known.text(),
        "nothing tells whether there is such an account"
    );
    let none = test.last_letter().await;
    assert!(none.contains("har ingen konto"), "{none}");
    assert!(none.contains("https://anker.example/opret-konto"));

    for _ in 0..2 {
        assert_eq!(
            test.get(&link).await.status,
            StatusCode::OK,
            "looking uses nothing up"
        );
    }
    let answer = test.post(&link, &[]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let inge = with_cookie(&answer);
    let page = test.send(&inge, "GET", "/konto", &[], Body::empty()).await;
    assert!(page.text().contains("inge Åkjær"));
    assert_eq!(test.post(&link, &[]).await.status, StatusCode::GONE);

    // The whole text of a letter is forgotten with its sending; that it was sent is not.
    let sent = test.portal.store.letters(LetterState::Sent).await.unwrap();
    assert_eq!(sent.len(), 2);

    let mut closed = test
        .portal
        .store
        .account(&"inge".parse().unwrap())
        .await
        .unwrap()
        .unwrap();
    closed.disabled = Some(test.portal.clock.now());
    test.portal.store.put_account(&closed).await.unwrap();
    test.ask_for_link("/en/log-ind", "inge@museet.example")
        .await;
    let letter = test.last_letter().await;
    assert!(letter.contains("the account is closed"), "{letter}");
    assert!(!letter.contains("/log-ind/"));
}

#[tokio::test]
async fn asking_for_links_is_limited_and_says_what_is_wrong() {
    let test = TestPortal::empty().await;
    let wrong = test.ask_for_link("/en/log-ind", "inge@<b>").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        wrong.text().contains("value=\"inge@&lt;b&gt;\""),
        "nothing typed is lost"
    );
    assert!(wrong.text().contains("href=\"#link-email\""));
    for _ in 0..5 {
        let answer = test.ask_for_link("/log-ind", "ukendt@museet.example").await;
        assert_eq!(answer.status, StatusCode::OK);
    }
    let answer = test.ask_for_link("/log-ind", "Ukendt@museet.example").await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(answer.text().contains("Vent 60 minutter"));
    let form = [("name", "Ny"), ("email", "ukendt@museet.example")];
    let answer = test.post("/opret-konto", &form).await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(test.letters().await.len(), 5);
}

#[tokio::test]
async fn signing_up_makes_an_account_without_a_role_in_the_letters_language() {
    let test = TestPortal::empty().await;
    assert_eq!(test.get("/en/opret-konto").await.status, StatusCode::OK);
    let wrong = test
        .post("/opret-konto", &[("name", ""), ("email", "ny@")])
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text().contains("href=\"#name\"") && wrong.text().contains("href=\"#email\""));
    let form = [("name", "Ny Ærlig"), ("email", "ny@skolen.example")];
    let answer = test.post("/en/opret-konto", &form).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(
        test.portal.store.accounts().await.unwrap().is_empty(),
        "only a letter so far"
    );
    let link = path_in(&test.last_letter().await, "log-ind");
    assert!(link.ends_with("?lang=en"), "{link}");
    let page = test.get(&link).await.text();
    assert!(page.contains("Ny Ærlig’s"), "{page}");
    let answer = test.post(&link, &[]).await;
    assert_eq!(answer.header(LOCATION), "/en/konto");
    let made = &test.portal.store.accounts().await.unwrap()[0];
    assert_eq!((made.name.as_str(), made.role), ("Ny Ærlig", None));
    let ny = with_cookie(&answer);
    let page = test.send(&ny, "GET", "/administration", &[], Body::empty());
    assert_eq!(page.await.status, StatusCode::FORBIDDEN);
    let preferences = test.portal.store.preferences(&made.id).await.unwrap();
    assert_eq!(preferences.language, domain::Language::English);

    // The same again is answered the same, but the letter signs in to the account that is there.
    let again = test.post("/opret-konto", &[("name", "X"), form[1]]).await;
    assert!(again.text().contains("Vi har skrevet til dig"));
    let letter = test.last_letter().await;
    assert!(letter.contains("du har en i forvejen"), "{letter}");
    assert!(
        letter.contains("Hej Ny Ærlig"),
        "not the name that was typed"
    );
    let answer = test.post(&path_in(&letter, "log-ind"), &[]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(test.portal.store.accounts().await.unwrap().len(), 1);
}

#[tokio::test]
async fn people_are_told_as_they_chose_and_turn_letters_off_without_signing_in() {
    let test = TestPortal::empty().await;
    let portal = &test.portal;
    let (inge, bo) = (
        account(&test, "inge", None).await,
        account(&test, "bo", None).await,
    );
    let told = [
        inge.clone(),
        bo.clone(),
        inge.clone(),
        "nobody".parse().unwrap(),
    ];
    portal
        .tell(&told, &notice(NoticeKind::PartnerAsked))
        .await
        .unwrap();
    portal
        .tell(&told, &notice(NoticeKind::Approved))
        .await
        .unwrap();
    let letters = test.letters().await;
    assert_eq!(
        letters.len(),
        2,
        "each once, and the other waits for the digest"
    );
    let to_inge = letters
        .iter()
        .find(|letter| letter.contains("<inge@"))
        .unwrap();
    let address = path_in(to_inge, "afmeld");
    assert!(to_inge.contains(&format!(
        "List-Unsubscribe: <https://anker.example{address}>\r\n"
    )));
    assert!(to_inge.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"));
    assert_eq!(portal.store.waiting_notices(&inge).await.unwrap().len(), 1);

    let page = test.get(&address).await;
    assert_eq!(page.status, StatusCode::OK);
    let choice = async || {
        let preferences = portal.store.preferences(&inge).await.unwrap();
        preferences.delivery(NoticeKind::PartnerAsked)
    };
    assert_eq!(
        choice().await,
        Delivery::AtOnce,
        "looking turns nothing off"
    );
    let body = "List-Unsubscribe=One-Click";
    let done = test
        .send(&Persona::default(), "POST", &address, &[], body)
        .await;
    assert_eq!(done.status, StatusCode::OK);
    assert_eq!(choice().await, Delivery::Off);
    portal
        .tell(&told, &notice(NoticeKind::PartnerAsked))
        .await
        .unwrap();
    assert_eq!(test.letters().await.len(), 3, "only Bo is told");
    assert!(done.text().contains("name=\"before\" value=\"at-once\""));
    test.post(&address, &[("do", "on"), ("before", "at-once")])
        .await;
    assert_eq!(choice().await, Delivery::AtOnce);
    let unknown = format!("/afmeld/anker_{}", "0".repeat(64));
    for unknown in [unknown.as_str(), "/afmeld/x"] {
        assert_eq!(test.post(unknown, &[]).await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn letters_are_chosen_on_the_account_page() {
    let test = TestPortal::empty().await;
    let inge = account_by_link(&test, "inge", "inge@museet.example").await;
    assert_eq!(test.get("/konto/breve").await.status, StatusCode::FORBIDDEN);
    let form = [
        ("language", "en"),
        ("approved", "at-once"),
        ("declined", "off"),
    ];
    let answer = test
        .send(&inge, "POST", "/en/konto/breve", &[], encoded(&form))
        .await;
    assert!(answer.text().contains("Your choice is saved"));
    let id: Slug = "inge".parse().unwrap();
    let preferences = test.portal.store.preferences(&id).await.unwrap();
    assert!(preferences.without_digest, "the tick was not sent");
    for kind in [
        NoticeKind::Approved,
        NoticeKind::Declined,
        NoticeKind::Lapsed,
    ] {
        test.portal
            .tell(std::slice::from_ref(&id), &notice(kind))
            .await
            .unwrap();
    }
    let letters = test.letters().await;
    assert_eq!(letters.len(), 1);
    assert!(letters[0].contains("Subject: Approved: Dyr i vandhullet"));
    assert!(path_in(&letters[0], "afmeld").ends_with("?lang=en"));
    assert!(
        test.portal
            .store
            .waiting_notices(&id)
            .await
            .unwrap()
            .is_empty()
    );
}

#[tokio::test]
async fn the_digest_comes_at_seven_once_and_a_morning_missed_is_made_up_for() {
    let mut test = TestPortal::empty().await;
    let inge = account(&test, "inge", None).await;
    let run = async |test: &mut TestPortal, moment: &str| {
        let portal = Arc::get_mut(&mut test.portal).unwrap();
        portal.clock = Clock::Fixed(moment.parse().unwrap());
        mail::gather_if_due(&test.portal).await.unwrap();
        test.portal
            .store
            .letters(LetterState::Waiting)
            .await
            .unwrap()
            .len()
    };
    // The router holds the portal too.
    test.router = Router::new();
    assert_eq!(run(&mut test, "2026-11-24T12:00:00Z").await, 0);
    let told = [inge.clone()];
    test.portal
        .tell(&told, &notice(NoticeKind::Approved))
        .await
        .unwrap();
    assert_eq!(run(&mut test, "2026-11-24T23:00:00Z").await, 0);
    assert_eq!(
        run(&mut test, "2026-11-25T05:59:59Z").await,
        0,
        "it is not seven"
    );
    assert_eq!(run(&mut test, "2026-11-25T06:00:00Z").await, 1);
    test.portal
        .tell(&told, &notice(NoticeKind::Lapsed))
        .await
        .unwrap();
    assert_eq!(run(&mut test, "2026-11-25T20:00:00Z").await, 1);
    // Nobody was there at seven on the 26th.
    assert_eq!(run(&mut test, "2026-11-28T03:00:00Z").await, 2);
    assert_eq!(
        run(&mut test, "2026-11-28T06:30:00Z").await,
        2,
        "nothing waits"
    );

    let letters = test.letters().await;
    let digest = letters
        .iter()
        .find(|letter| letter.contains("godkendt"))
        .unwrap();
    assert!(
        digest.contains("Subject: Nyt =?utf-8?")
            || digest.contains("Subject: =?utf-8?")
            || digest.contains("Subject: Nyt")
    );
    let address = path_in(digest, "afmeld");
    test.router = web::router(Arc::clone(&test.portal));
    let page = test.get(&address).await;
    assert!(page.text().contains("Det daglige overblik"));
    test.post(&address, &[("do", "off")]).await;
    test.portal
        .tell(&told, &notice(NoticeKind::Lapsed))
        .await
        .unwrap();
    assert!(
        test.portal
            .store
            .waiting_notices(&inge)
            .await
            .unwrap()
            .is_empty()
    );
}

#[tokio::test]
async fn administrators_see_the_queue_and_others_do_not() {
    let test = TestPortal::empty().await;
    let now = test.portal.clock.now();
    let letter = NewLetter {
        kind: LetterKind::Notice(NoticeKind::PartnerAsked),
        language: domain::Language::Danish,
        email: "vaek@museet.example".parse().unwrap(),
        name: None,
        subject: "Hemmeligt".into(),
        text: "Hemmeligt".into(),
        html: String::new(),
        unsubscribe: None,
        useless: None,
    };
    let mut random = rand::rngs::StdRng::seed_from_u64(4);
    let store = &test.portal.store;
    store
        .enqueue_letters(&[letter], now, &mut random)
        .await
        .unwrap();
    let claimed = store.claim_letters(1, now, &mut random).await.unwrap();
    store
        .letter_failed(&claimed[0], "550 <ingen> postkasse", true, now)
        .await
        .unwrap();
    let id = claimed[0].id.as_str();

    account(&test, "bo", None).await;
    test.ask_for_link("/log-ind", "bo@museet.example").await;
    let answer = test
        .post(&path_in(&test.last_letter().await, "log-ind"), &[])
        .await;
    let bo = with_cookie(&answer);
    let form = encoded(&[("do", "retry"), ("letter", id)]);
    for persona in [&Persona::default(), &bo] {
        let seen = test.send(persona, "GET", "/administration/post", &[], Body::empty());
        assert_eq!(seen.await.status, StatusCode::FORBIDDEN);
        let changed = test.send(persona, "POST", "/administration/post", &[], form.clone());
        assert_eq!(changed.await.status, StatusCode::FORBIDDEN);
    }
    assert_eq!(store.letters(LetterState::GivenUp).await.unwrap().len(), 1);

    let role = Some(PortalRole::Administrator);
    let inge = account_with_role(&test, "inge", "inge@museet.example", role).await;
    second_factor::enrol(&test, &inge, 0).await;
    let page = test.send(&inge, "GET", "/administration/post", &[], Body::empty());
    let page = page.await.text();
    assert!(page.contains("vaek@museet.example") && page.contains("550 &lt;ingen&gt; postkasse"));
    assert!(
        !page.contains("Hemmeligt"),
        "what a letter says is its reader's"
    );
    let answer = test
        .send(&inge, "POST", "/administration/post", &[], form.clone())
        .await;
    assert!(answer.text().contains("prøves igen nu"));
    let form = encoded(&[("do", "give-up"), ("letter", id)]);
    let answer = test.send(&inge, "POST", "/administration/post", &[], form);
    assert!(answer.await.text().contains("Brevet er opgivet"));
    let form = encoded(&[("do", "give-up"), ("letter", "andet")]);
    let answer = test.send(&inge, "POST", "/administration/post", &[], form);
    assert!(answer.await.text().contains("findes ikke længere"));
}

/// What a mail server answers to the recipients, connection by connection; then it closes for good.
async fn mail_server(answers: Vec<&'static str>) -> (u16, tokio::task::JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let server = tokio::spawn(async move {
        let mut messages = Vec::new();
        for answer in answers {
            let (stream, _) = listener.accept().await.unwrap();
            let (reading, mut writing) = stream.into_split();
            let mut lines = BufReader::new(reading).lines();
            writing.write_all(b"220 mail.example\r\n").await.unwrap();
            while let Some(line) = lines.next_line().await.unwrap() {
                let verb = line.split([' ', ':']).next().unwrap().to_uppercase();
                let says = match verb.as_str() {
                    "EHLO" => {
                        assert_eq!(line, "EHLO anker.example");
                        "250-mail.example\r\n250-8BITMIME\r\n250 SMTPUTF8"
                    }
                    "MAIL" => {
                        assert!(
                            line.starts_with("MAIL FROM:<kontakt@anker.example>"),
                            "{line}"
                        );
                        "250 OK"
                    }
                    "RCPT" => answer,
                    "DATA" => {
                        writing.write_all(b"354 go on\r\n").await.unwrap();
                        let mut message = String::new();
                        loop {
                            let line = lines.next_line().await.unwrap().unwrap();
                            if line == "." {
                                break;
                            }
                            // A line may begin with a dot of its own (RFC 5321, 4.5.2).
                            message.push_str(line.strip_prefix('.').unwrap_or(&line));
                            message.push_str("\r\n");
                        }
                        messages.push(message);
                        "250 taken"
                    }
                    "QUIT" => "221 bye",
                    _ => "250 OK",
                };
                writing
                    .write_all(format!("{says}\r\n").as_bytes())
                    .await
                    .unwrap();
                if verb == "QUIT" {
                    break;
                }
            }
        }
        messages
    });
    (port, server)
}

#[tokio::test]
async fn a_mail_server_gets_the_letter_after_it_first_refused() {
    let (port, server) = mail_server(vec!["451 later", "250 OK", "550 nobody here"]).await;
    let directory = tempfile::tempdir().unwrap();
    let site = directory.path().join("site");
    site::write(&site);
    let settings = Settings {
        data: directory.path().join("data"),
        database: DatabaseUrl::parse("memory", directory.path()).unwrap(),
        public_url: "https://anker.example".into(),
        mail: MailUrl::Smtp(format!("smtp://127.0.0.1:{port}")),
        contact_email: "kontakt@anker.example".into(),
        password_cost: cheap(),
        contact_phone: None,
        openid: None,
        site: Some(site),
    };
    let now: Timestamp = NOW.parse().unwrap();
    let mut portal = Portal::open(&settings, Clock::Fixed(now)).await.unwrap();
    let to = "inge@museet.example".parse().unwrap();
    let letter = app::letter::Letter::NoAccount;
    let language = domain::Language::Danish;
    portal.send_letter(&to, language, &letter).await.unwrap();
    assert_eq!(mail::send_due(&portal).await.unwrap(), 1);
    let waiting = async |store: &Store| store.letters(LetterState::Waiting).await.unwrap();
    let refused = waiting(&portal.store).await;
    assert_eq!(refused[0].attempts, 1);
    assert!(
        refused[0].failure.as_ref().unwrap().contains("451"),
        "{refused:?}"
    );
    assert_eq!(mail::send_due(&portal).await.unwrap(), 0, "it is too early");

    portal.clock = Clock::Fixed(now + SignedDuration::from_mins(1));
    assert_eq!(mail::send_due(&portal).await.unwrap(), 1);
    assert_eq!(waiting(&portal.store).await, []);
    assert_eq!(
        portal.store.letters(LetterState::Sent).await.unwrap().len(),
        1
    );

    portal.send_letter(&to, language, &letter).await.unwrap();
    mail::send_due(&portal).await.unwrap();
    let given_up = portal.store.letters(LetterState::GivenUp).await.unwrap();
    assert!(
        given_up[0]
            .failure
            .as_ref()
            .unwrap()
            .contains("nobody here")
    );

    // A server that is not there is no reason to give up.
    let messages = server.await.unwrap();
    portal.send_letter(&to, language, &letter).await.unwrap();
    mail::send_due(&portal).await.unwrap();
    assert_eq!(waiting(&portal.store).await.len(), 1);

    assert_eq!(messages.len(), 1);
    let message = plain(&messages[0]);
    assert!(
        message.contains("From: Anker <kontakt@anker.example>\r\n"),
        "{message}"
    );
    assert!(message.contains("To: inge@museet.example\r\n"), "{message}");
    assert!(
        message.contains("Date: Tue, 24 Nov 2026 12:00:00 +0000\r\n"),
        "{message}"
    );
    assert!(message.contains("multipart/alternative"));
    assert!(message.contains("men den har ingen konto"));
    portal.close().await.unwrap();
}
