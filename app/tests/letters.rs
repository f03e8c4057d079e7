//! The letters as they are sent, word by word.

use app::context::{Assets, Site};
use app::letter::{Letter, Reader, Written, write};
use domain::membership::MemberRole;
use domain::notice::{LetterKind, Notice, NoticeKind};
use domain::{Code, Language};

fn site() -> Site {
    Site {
        public_url: "https://anker.example".to_owned(),
        contact_email: "kontakt@anker.example".to_owned(),
        contact_phone: None,
        assets: Assets::default(),
    }
}

fn notice(kind: NoticeKind, title: &str, path: &str) -> Notice {
    Notice {
        kind,
        who: None,
        title: title.to_owned(),
        path: path.to_owned(),
        comment: None,
        since: None,
    }
}

fn written(letter: &Letter, language: Language, unsubscribe: Option<&str>) -> Written {
    let reader = Reader {
        language,
        name: Some("Inge Åkjær"),
        unsubscribe,
    };
    write(&site(), letter, reader)
}

#[test]
fn a_notice_says_what_happened_who_says_what_and_how_to_get_no_more() {
    let asked = Letter::Notice(Notice {
        who: Some("Bo <Ø>".to_owned()),
        comment: Some("Skriv, hvor bussen holder.\nOg ret «5 & 6».".to_owned()),
        since: Some("2026-11-23".parse().expect("a day")),
        ..notice(
            NoticeKind::ChangesAsked,
            "Dyr i vandhullet",
            "/tilbud/vandhullet?se=1",
        )
    });
    let stop = "https://anker.example/afmeld/anker_x";
    let danish = written(&asked, Language::Danish, Some(stop));
    assert_eq!(
        danish.subject,
        "Du bliver bedt om ændringer: Dyr i vandhullet"
    );
    assert_eq!(
        danish.text,
        "Hej Inge Åkjær

Bo <Ø> beder om ændringer i «Dyr i vandhullet». Ret kladden, og send den til gennemsyn igen. Siden 23. november 2026.

Bo <Ø> skriver:

> Skriv, hvor bussen holder.
> Og ret «5 & 6».

Åbn «Dyr i vandhullet»:
https://anker.example/tilbud/vandhullet?se=1

-- \nAnker

Du får brevet, fordi du har en konto på anker.example.

Få ikke flere af disse breve:
https://anker.example/afmeld/anker_x

Vælg, hvilke breve du får:
https://anker.example/konto/breve
"
    );
    assert!(danish.html.contains("<html lang=\"da\">"));
    assert!(danish.html.contains("Bo &lt;Ø&gt; beder om ændringer"));
    assert!(
        danish
            .html
            .contains("holder.<br>Og ret «5 &amp; 6».</blockquote>")
    );
    assert!(!danish.html.contains("<Ø>"));

    let english = written(&asked, Language::English, Some(stop));
    assert_eq!(
        english.subject,
        "You are asked for changes: Dyr i vandhullet"
    );
    assert!(
        english.text.contains(
            "Open “Dyr i vandhullet”:\nhttps://anker.example/en/tilbud/vandhullet?se=1\n"
        ),
        "{}",
        english.text
    );
    assert!(english.text.contains("Since 23 November 2026."));
}

#[test]
fn a_digest_gathers_what_is_about_the_same() {
    let digest = Letter::Digest(vec![
        notice(NoticeKind::Approved, "Vandhul", "/tilbud/vandhullet"),
        notice(NoticeKind::ReviewDue, "Skoven", "/tilbud/skoven"),
        notice(
            NoticeKind::PublishedOnSchedule,
            "Vandhullet",
            "/tilbud/vandhullet",
        ),
    ]);
    let letter = written(
        &digest,
        Language::English,
        Some("https://anker.example/afmeld/y"),
    );
    assert_eq!(letter.subject, "News at Anker: 3 things");
    assert_eq!(
        letter.text,
        "Hello Inge Åkjær

Here is what has happened since last time.

Vandhullet
----------

Somebody has approved “Vandhul”.

“Vandhullet” is published today, as was agreed.

Open “Vandhullet”:
https://anker.example/en/tilbud/vandhullet

Skoven
------

It is time to look “Skoven” over. Confirm that it still holds, or change it.

Look “Skoven” over:
https://anker.example/en/tilbud/skoven

-- \nAnker

You get this letter because you have an account at anker.example.

Get no more of these letters:
https://anker.example/afmeld/y

Choose which letters you get:
https://anker.example/en/konto/breve
"
    );
    assert_eq!(digest.kind(), LetterKind::Digest);
}

#[test]
fn letters_that_are_asked_for_bring_their_link_and_cannot_be_turned_off() {
    let link = "https://anker.example/log-ind/anker_x".to_owned();
    let sign_in = written(&Letter::SignInLink(link.clone()), Language::Danish, None);
    assert_eq!(
        sign_in.text,
        "Hej Inge Åkjær

Her er det link, du har bedt om. Det virker én gang, inden for en halv time.

Log ind:
https://anker.example/log-ind/anker_x

-- \nAnker

Brevet er sendt, fordi nogen bad om det på anker.example. Var det ikke dig, så gør ingenting: uden linket sker der ikke noget.
"
    );
    assert!(
        sign_in
            .html
            .contains("<a href=\"https://anker.example/log-ind/anker_x\"")
    );
    let invitation = Letter::Invitation {
        who: "Bo Ø".to_owned(),
        organisation: "Museet".parse().expect("a name"),
        role: MemberRole::PlcContact,
        address: link.clone(),
        until: "2026-12-24".parse().expect("a day"),
    };
    let letters = [
        Letter::SignUpLink(link.clone()),
        Letter::AccountExists(link),
        Letter::AccountClosed,
        Letter::NoAccount,
        invitation,
        Letter::FeedbackLink {
            title: "Vandhullet".to_owned(),
            address: "https://anker.example/tilbagemelding/anker_x".to_owned(),
        },
        Letter::FeedbackReply {
            title: "Vandhullet".to_owned(),
            who: "Museet".to_owned(),
            answer: "Tak.\nDet retter vi.".to_owned(),
            address: "https://anker.example/tilbud/vandhullet".to_owned(),
        },
        Letter::ConfirmAddress("https://anker.example/adresse/anker_x".to_owned()),
        Letter::AddressTaken,
        Letter::AccountDeleted,
        Letter::AccountUnused("2026-12-24".parse().expect("a day")),
    ];
    for letter in &letters {
        for language in Language::ALL {
            let written = written(letter, language, None);
            assert!(!written.text.contains("/afmeld/") && !written.text.contains("konto/breve"));
            assert!(matches!(letter.kind(), LetterKind::Asked(_)));
        }
    }
    let link = written(&letters[5], Language::Danish, None);
    assert_eq!(link.subject, "Bekræft din tilbagemelding på «Vandhullet»");
    assert!(
        link.text
            .contains("https://anker.example/tilbagemelding/anker_x")
    );
    let reply = written(&letters[6], Language::Danish, None);
    assert!(reply.text.contains("> Tak.\n> Det retter vi."));
    assert!(reply.text.contains("du på anker.example bad om at høre"));
    let closed = written(&Letter::AccountClosed, Language::English, None);
    assert!(closed.text.contains("kontakt@anker.example"));
    let none = written(&Letter::NoAccount, Language::English, None);
    assert!(none.text.contains("https://anker.example/en/opret-konto"));
    let invited = written(&letters[4], Language::Danish, None);
    assert_eq!(invited.subject, "Invitation: vær med i Museet på Anker");
    assert!(
        invited
            .text
            .contains("Bo Ø inviterer dig til at være med i Museet på Anker som PLC-kontakt.")
    );
    assert!(invited.text.contains("til og med 24. december 2026"));
}

#[test]
fn every_kind_of_notice_is_told_in_both_languages() {
    let mut seen = std::collections::HashSet::new();
    for kind in NoticeKind::all() {
        for language in Language::ALL {
            let letter = Letter::Notice(Notice {
                who: Some("Bo Ø".to_owned()),
                ..notice(*kind, "Vandhullet", "/tilbud/vandhullet")
            });
            let letter = written(&letter, language, Some("https://anker.example/afmeld/x"));
            assert!(letter.subject.ends_with("Vandhullet"), "{kind:?}");
            let told = letter.text.split("\n\n").nth(1).expect("what happened");
            assert!(told.contains("Vandhullet") && told.ends_with('.'), "{told}");
            assert!(letter.subject.chars().count() < 70, "{}", letter.subject);
            assert!(seen.insert(letter.subject), "{kind:?} is called as another");
            assert!(
                seen.insert(told.to_owned()),
                "{kind:?} says what another says"
            );
        }
    }
}
