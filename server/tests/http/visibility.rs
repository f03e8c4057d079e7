//! Nothing unpublished is ever served to somebody who may not see it: random people take random steps, every version
//! has a word of its own, and after each step that word is looked for wherever something is served.
//!
//! Who may see a version is asked of `permission::decide` alone, with what the store has; what is served is asked of the
//! router, the way people and programs ask.

use std::sync::atomic::{AtomicUsize, Ordering};

use app::pages::writing::{belongs, seen, step_query};
use domain::membership::{MemberRole, Membership};
use domain::permission::{Action, Actor, Consent, Content, Person, decide};
use domain::publication::{Publication, Schedule, State, Step};
use domain::{Code as _, Kind, OrganisationKind, Slug};
use jiff::{SignedDuration, ToSpan as _};
use proptest::prelude::*;
use proptest::test_runner::{Config, FileFailurePersistence, RngAlgorithm, TestRng, TestRunner};
use server::exchange::export::{Form, export};
use store::{Key, Manuscript};

use super::publishing::{id, nobody, parse, town};
use super::*;

/// So many sequences, each of at most so many steps.
const SEQUENCES: u32 = 3;
const STEPS: usize = 10;
/// After so many steps everything is looked at, and not only what somebody has just been at.
const OFTEN: usize = 5;
/// The seed that is used where `ANKER_VISIBILITY_SEED` names none.
const SEED: u64 = 20_261_130;
/// Where sequences that once failed are kept, to be tried first.
const REGRESSIONS: &str = "tests/http/visibility.proptest-regressions";
/// A word that every version has.
const COMMON: &str = "fællesord";

/// A word like no other: far from every other in spelling, and without anything a Danish word could be made of.
fn word(number: usize) -> String {
    let mut random = rand::rngs::StdRng::seed_from_u64(u64::try_from(number).unwrap());
    let letters = b"bdfghjklmnprstv";
    (0..14)
        .map(|_| char::from(letters[random.random_range(0..letters.len())]))
        .collect()
}

/// Somebody who acts and looks.
struct Someone {
    name: &'static str,
    persona: Persona,
    person: Option<Person>,
}

impl Someone {
    fn actor(&self) -> Actor<'_> {
        self.person.as_ref().map_or(Actor::Anonymous, Actor::Person)
    }
}

/// A role in an organisation.
type Held = (&'static str, OrganisationKind, MemberRole);

const PEOPLE: [(&str, Option<PortalRole>, Option<Held>); 11] = [
    (
        "anna",
        None,
        Some((
            "proevemuseet",
            OrganisationKind::Institution,
            MemberRole::Editor,
        )),
    ),
    (
        "bo",
        None,
        Some((
            "proevemuseet",
            OrganisationKind::Institution,
            MemberRole::Editor,
        )),
    ),
    (
        "mette",
        None,
        Some((
            "proevemuseet",
            OrganisationKind::Institution,
            MemberRole::Manager,
        )),
    ),
    (
        "lis",
        None,
        Some(("aaskolen", OrganisationKind::School, MemberRole::Editor)),
    ),
    (
        "per",
        None,
        Some(("aaskolen", OrganisationKind::School, MemberRole::PlcContact)),
    ),
    (
        "kari",
        None,
        Some((
            "odense-kommune",
            OrganisationKind::Municipality,
            MemberRole::Editor,
        )),
    ),
    (
        "kim",
        None,
        Some((
            "odense-kommune",
            OrganisationKind::Municipality,
            MemberRole::Curator,
        )),
    ),
    (
        "kira",
        None,
        Some((
            "vejle-kommune",
            OrganisationKind::Municipality,
            MemberRole::Curator,
        )),
    ),
    (
        "sven",
        None,
        Some((
            "arkivet",
            OrganisationKind::Institution,
            MemberRole::Manager,
        )),
    ),
    ("erik", Some(PortalRole::Editor), None),
    ("ada", Some(PortalRole::Administrator), None),
];

/// The partners of the case besides the museum, with somebody who answers for each.
const PARTNERS: [(&str, &str); 2] = [("aaskolen", "lis"), ("odense-kommune", "kari")];

/// A portal with people in it, and what they write.
struct Stage {
    test: TestPortal,
    people: Vec<Someone>,
    /// Every offer and case there has been; the last of each kind is the one that is acted on.
    keys: Vec<Key>,
    /// The word of every version there has been of each.
    words: Vec<(Key, String)>,
    day: jiff::civil::Date,
}

/// Where a version is to be found.
#[derive(Clone, Copy, Debug, Default)]
struct Found {
    published: bool,
    /// It stands, and readers do not have it.
    withheld: bool,
    draft: bool,
    /// It was published once.
    once: bool,
}

/// A version, and the object it is of as permissions see that.
struct Version {
    word: String,
    key: Key,
    found: Found,
    content: Option<Content>,
}

impl Version {
    /// Whether somebody may see it at the desk.
    fn may_see(&self, actor: Actor<'_>) -> bool {
        let Some(content) = &self.content else {
            return false;
        };
        let may = |action| decide(actor, action).is_ok();
        let away = Publication::of(Some(State::Withdrawn), None, false, Schedule::default());
        let away = Content {
            publication: away.unwrap(),
            ..content.clone()
        };
        let inside = may(Action::Read(&away));
        // What readers once had is history to those who take part in what readers have now.
        let history = inside || content.publication.is_public() && may(Action::ReadDraft(content));
        self.found.published
            || self.found.draft && may(Action::ReadDraft(content))
            || self.found.withheld && may(Action::Read(content))
            || self.found.once && history
    }
}

/// Who is served a version that they are not to see.
#[derive(Debug)]
#[expect(dead_code, reason = "it is there to be printed")]
struct Leak {
    to: &'static str,
    where_at: String,
    what: String,
}

/// The versions whose words a text has, though they may not be in it.
fn leaks<'v>(
    text: &str,
    versions: &'v [Version],
    may: impl Fn(&Version) -> bool,
) -> Vec<&'v Version> {
    let text = text.to_lowercase();
    versions
        .iter()
        .filter(|version| text.contains(&version.word) && !may(version))
        .collect()
}

/// Notes the versions in a text that may not be in it.
fn note(
    found: &mut Vec<Leak>,
    someone: &Someone,
    path: &str,
    text: &str,
    versions: &[Version],
    may: impl Fn(&Version) -> bool,
) {
    for version in leaks(text, versions, may) {
        let before = text.split(&version.word).next().unwrap_or_default();
        let around: String = before.chars().rev().take(120).collect();
        let around: String = around.chars().rev().collect();
        found.push(Leak {
            to: someone.name,
            where_at: path.to_owned(),
            what: format!(
                "{} {} {:?}: {around}",
                version.key, version.word, version.found
            ),
        });
    }
}

fn folder(kind: Kind) -> (&'static str, &'static str, &'static str) {
    match kind {
        Kind::Case => ("erfaringer", "erfaringer", "cases"),
        _ => ("forloeb", "tilbud", "offers"),
    }
}

/// What is served to readers and programs about anything at all: only what is published, whoever asks.
fn public_lists() -> Vec<String> {
    let common = encoded(&[("q", COMMON)]);
    let start = encoded(&[("q", "fælleso")]);
    [
        "/".to_owned(),
        "/en/".to_owned(),
        format!("/soeg?{common}"),
        format!("/soeg?{common}&kind=case"),
        format!("/en/soeg?{common}"),
        "/soeg".to_owned(),
        "/kort".to_owned(),
        format!("/api/v1/search?{common}&perPage=100"),
        "/api/v1/search?perPage=100".to_owned(),
        format!("/api/v1/suggest?{start}"),
        format!("/api/v1/suggest?{start}&lang=en"),
        format!("/feeds/soeg.atom?{common}"),
        format!("/feeds/soeg.atom?{common}&lang=en"),
        "/sitemap.xml".to_owned(),
        "/sitemaps/1.xml".to_owned(),
        "/opensearch.xml".to_owned(),
        // What is related is on the pages of others.
        "/tilbud/naboen".to_owned(),
        "/en/tilbud/naboen".to_owned(),
        "/organisationer/proevemuseet".to_owned(),
        "/organisationer/aaskolen".to_owned(),
        "/kommuner/odense".to_owned(),
    ]
    .into()
}

/// What is served to readers and programs about one object.
fn public_pages(key: &Key) -> Vec<String> {
    let (_, page, api) = folder(key.kind);
    let id = &key.id;
    let mut pages = vec![
        format!("/{page}/{id}"),
        format!("/en/{page}/{id}"),
        format!("/api/v1/{api}/{id}"),
    ];
    if key.kind == Kind::Offer {
        pages.push(format!("/min-liste.csv?ids={id}"));
        pages.push(format!("/min-liste.csv?ids={id}&lang=en"));
        pages.push(format!("/min-liste.ics?ids={id}"));
        pages.push(format!("/min-liste?ids={id}"));
    }
    pages
}

/// What is served to those who take part.
fn desk_pages(keys: &[Key]) -> Vec<String> {
    let mut pages = vec![
        "/mit-arbejde".to_owned(),
        "/en/mit-arbejde".to_owned(),
        "/mit-arbejde/redaktion".to_owned(),
        "/mit-arbejde/organisationer/proevemuseet".to_owned(),
    ];
    for key in keys {
        let desk = desk(key);
        let query = step_query(key.kind, 0).unwrap();
        pages.push(desk.clone());
        pages.push(format!("/en{desk}"));
        pages.push(format!("{desk}/vis"));
        pages.push(format!("{desk}/historik"));
        pages.push(format!("/en{desk}/historik"));
        pages.push(format!("{desk}/skriv?{query}"));
    }
    pages
}

fn desk(key: &Key) -> String {
    format!("/mit-arbejde/{}/{}", folder(key.kind).0, key.id)
}

impl Stage {
    async fn set() -> Stage {
        let test = town().await;
        let now = test.portal.clock.now();
        let store = &test.portal.store;
        for line in [
            r#"{"type":"organisation","id":"vejle-kommune","name":"Vejle Kommune","kind":"municipality","municipality":"630"}"#,
            r#"{"type":"organisation","id":"arkivet","name":"Arkivet","kind":"institution","municipality":"461"}"#,
            r#"{"type":"offer","id":"naboen","title":"Fællesord hos naboen","summary":"Klassen ser fællesord.","provider":"arkivet","grades":[4,5],"place":{"mode":"outdoors","municipality":"461"}}"#,
        ] {
            store.put(parse(line), &Author::Portal, now).await.unwrap();
        }
        let mut people = Vec::new();
        for (name, role, member) in PEOPLE {
            people.push(someone(&test, name, role, member).await);
        }
        people.push(Someone {
            name: "nobody",
            persona: nobody(),
            person: None,
        });
        let mut stage = Stage {
            day: test.portal.clock.today(),
            test,
            people,
            keys: Vec::new(),
            words: Vec::new(),
        };
        stage.begin(Kind::Offer).await;
        stage.begin(Kind::Case).await;
        stage
    }

    fn someone(&self, name: &str) -> &Someone {
        self.people
            .iter()
            .find(|someone| someone.name == name)
            .unwrap()
    }

    fn key(&self, kind: Kind) -> Key {
        let mut keys = self.keys.iter().rev();
        keys.find(|key| key.kind == kind).unwrap().clone()
    }

    async fn post(&self, who: &Someone, path: &str, fields: &[(&str, &str)]) -> StatusCode {
        super::publishing::post(&self.test, &who.persona, path, fields)
            .await
            .status
    }

    async fn manuscript(&self, key: &Key) -> Option<Manuscript> {
        self.test.portal.store.manuscript(key).await.unwrap()
    }

    /// Anna begins an offer or a case that lacks nothing but an end.
    async fn begin(&mut self, kind: Kind) {
        let number = self.keys.len();
        let title = format!("{} {number}", kind.code());
        let path = match kind {
            Kind::Case => "/mit-arbejde/ny-erfaring",
            _ => "/mit-arbejde/nyt-forloeb",
        };
        let begun = [("title", title.as_str()), ("owner", "proevemuseet")];
        assert_eq!(self.post(self.someone("anna"), path, &begun).await, 303);
        let key = Key::new(kind, Slug::of_title(&title).parse().unwrap());
        self.keys.push(key.clone());
        let rest: &[&[(&str, &str)]] = match kind {
            Kind::Case => &[
                &[
                    ("story", "Det begyndte."),
                    ("whatWorked", "Møder"),
                    ("whatDidNot", "Tid"),
                ],
                &[
                    ("partners.0.organisation", "proevemuseet"),
                    ("partners.0.contactPerson", "true"),
                    ("partners.0.tasks.teach", "high"),
                    ("partners.1.organisation", "aaskolen"),
                    ("partners.2.organisation", "odense-kommune"),
                ],
            ],
            _ => &[
                &[("grades", "4"), ("grades", "5")],
                &[("place.mode", "outdoors"), ("price.kind", "free")],
                &[("contact.email", "skole@museet.example")],
            ],
        };
        for fields in rest {
            assert_eq!(
                self.save(self.someone("anna"), &key, fields).await,
                303,
                "{fields:?}"
            );
        }
        assert_eq!(self.write(self.someone("anna").name, kind).await, 303);
    }

    /// Both go the whole way to readers.
    async fn publish(&self) {
        let anna = self.someone("anna");
        for kind in [Kind::Offer, Kind::Case] {
            let sent = self
                .post(anna, &desk(&self.key(kind)), &[("do", "submit")])
                .await;
            assert_eq!(sent, 303, "{kind}");
        }
        let offer = desk(&self.key(Kind::Offer));
        let approved = self.post(self.someone("erik"), &offer, &[("do", "approve")]);
        assert_eq!(approved.await, 303);
        for (partner, somebody) in PARTNERS {
            let fields = [("answer", "approve"), ("partner", partner)];
            let case = desk(&self.key(Kind::Case));
            assert_eq!(
                self.post(self.someone(somebody), &case, &fields).await,
                303,
                "{partner}"
            );
        }
    }

    /// Saves a step of the form: the one that the first field is in.
    async fn save(&self, who: &Someone, key: &Key, fields: &[(&str, &str)]) -> StatusCode {
        let steps = 0..9;
        let step = steps
            .into_iter()
            .find(|step| belongs(key.kind, *step, fields[0].0))
            .unwrap();
        let now = match self.manuscript(key).await {
            Some(manuscript) => self.test.portal.fields_of(&manuscript).await.unwrap(),
            None => domain::draft::Fields::default(),
        };
        let seen = seen(&now, key.kind, step);
        let mut all = vec![("seen", seen.as_str()), ("then", "next")];
        all.extend(fields);
        let path = format!(
            "{}/skriv?{}",
            desk(key),
            step_query(key.kind, step).unwrap()
        );
        self.post(who, &path, &all).await
    }

    /// Writes a version with a word of its own.
    async fn write(&mut self, name: &str, kind: Kind) -> StatusCode {
        static NEXT: AtomicUsize = AtomicUsize::new(1);
        let word = word(NEXT.fetch_add(1, Ordering::SeqCst));
        let key = self.key(kind);
        self.words.push((key.clone(), word.clone()));
        let title = format!("Fællesord {word}");
        let summary = format!("Klassen ser fællesord og {word}.");
        let text = format!("Vi ser **{word}** sammen.");
        let mut fields = vec![("title", title.as_str()), ("summary", summary.as_str())];
        if kind == Kind::Offer {
            fields.extend([("provider", "proevemuseet"), ("description", text.as_str())]);
        }
        self.save(self.someone(name), &key, &fields).await
    }

    fn content(manuscript: &Manuscript, trusted: bool) -> Content {
        let consent = if manuscript.key.kind == Kind::Case {
            let agreement = manuscript.agreement.as_ref();
            Consent::Partners {
                partners: manuscript.partners.clone(),
                standing: agreement.map_or(domain::agreement::Standing::Waiting, |agreement| {
                    agreement.standing(NOW[..10].parse().unwrap())
                }),
            }
        } else {
            Consent::Review { trusted }
        };
        Content {
            owners: vec![manuscript.owner.clone()],
            municipality: Some(id("odense-kommune")),
            publication: manuscript.publication,
            submitted_by: manuscript.sender.clone(),
            consent,
        }
    }

    /// Every version there has been, and where the store has it now.
    async fn versions(&self) -> Vec<Version> {
        let store = &self.test.portal.store;
        let mut versions = Vec::new();
        for key in &self.keys {
            let manuscript = self.manuscript(key).await;
            let standing = store.standing_record(key).await.unwrap();
            let history = store.history(key, usize::MAX).await.unwrap();
            let typed = manuscript
                .as_ref()
                .and_then(|manuscript| manuscript.fields.clone());
            let words = self.words.iter().filter(|(of, _)| of == key);
            for (_, word) in words {
                let stands = standing
                    .as_ref()
                    .filter(|(_, record)| record.content.contains(word));
                let stands = stands.map(|(state, _)| *state);
                let has = |action: &store::Action| matches!(action, store::Action::Put(content) if content.contains(word));
                versions.push(Version {
                    word: word.clone(),
                    key: key.clone(),
                    found: Found {
                        published: stands == Some(State::Published),
                        withheld: matches!(stands, Some(State::Withdrawn | State::Archived)),
                        draft: typed
                            .iter()
                            .any(|fields| fields.pairs().any(|(_, value)| value.contains(word))),
                        once: history.iter().any(|revision| has(&revision.action)),
                    },
                    content: manuscript
                        .as_ref()
                        .map(|manuscript| Self::content(manuscript, false)),
                });
            }
        }
        versions
    }

    async fn text(&self, who: &Someone, path: &str) -> String {
        let answer = self.test.send(&who.persona, "GET", path, &[], "").await;
        assert!(answer.status.as_u16() < 500, "{path}: {}", answer.status);
        answer.text()
    }

    /// Looks as these people for what they may not see: at all that is served of some objects.
    async fn look_at(&self, keys: &[Key], people: &[&str]) -> Vec<Leak> {
        self.test.caught_up().await;
        let versions = self.versions().await;
        let mut found = Vec::new();
        for someone in people.iter().map(|name| self.someone(name)) {
            for path in keys.iter().flat_map(public_pages) {
                let text = self.text(someone, &path).await;
                note(&mut found, someone, &path, &text, &versions, |version| {
                    version.found.published
                });
            }
            for path in desk_pages(keys) {
                let text = self.text(someone, &path).await;
                note(&mut found, someone, &path, &text, &versions, |version| {
                    version.may_see(someone.actor())
                });
            }
        }
        found
    }

    /// Looks as somebody at what is served of anything at all, and for single versions by their words; and finds what
    /// everybody may see, or the looking would prove nothing.
    async fn look_everywhere(&self, someone: &Someone) -> Vec<Leak> {
        self.test.caught_up().await;
        let versions = self.versions().await;
        let is_public = |key: &Key| {
            versions
                .iter()
                .any(|version| version.key == *key && version.found.published)
        };
        let mut found = Vec::new();
        for path in public_lists() {
            let text = self.text(someone, &path).await;
            note(&mut found, someone, &path, &text, &versions, |version| {
                version.found.published
            });
            for key in &self.keys {
                let named = text.contains(&format!("{}\"", key.id))
                    || text.contains(&format!("/{}<", key.id));
                assert!(
                    is_public(key) || !named,
                    "{path} tells {} that there is {key}",
                    someone.name
                );
            }
        }
        for version in versions.iter().rev().take(4) {
            let query = encoded(&[("q", version.word.as_str())]);
            let path = format!("/api/v1/search?{query}&facets=none");
            let json = self
                .test
                .send(&someone.persona, "GET", &path, &[], "")
                .await
                .json();
            let hits = json["total"].as_u64().unwrap();
            assert_eq!(
                hits,
                u64::from(version.found.published),
                "{path}: {:?}",
                version.found
            );
            // What is not there is not what somebody meant who has mistyped it either.
            let mistyped = format!("{}z", &version.word[..13]);
            let path = format!("/api/v1/search?{}", encoded(&[("q", mistyped.as_str())]));
            let text = self.text(someone, &path).await;
            note(&mut found, someone, &path, &text, &versions, |version| {
                version.found.published
            });
            let path = format!("/soeg?{query}&kind={}", version.key.kind);
            let page = self.text(someone, &path).await;
            let link = format!(
                "href=\"/{}/{}\"",
                folder(version.key.kind).1,
                version.key.id
            );
            assert_eq!(
                page.contains(&link),
                version.found.published,
                "{path}: {:?}",
                version.found
            );
            let path = format!("/api/v1/suggest?{}", encoded(&[("q", &version.word[..8])]));
            let text = self.text(someone, &path).await;
            note(&mut found, someone, &path, &text, &versions, |version| {
                version.found.published
            });
        }
        self.finds(someone, &versions).await;
        self.export(&versions, &mut found).await;
        found
    }

    /// What may be seen is there, or the looking would prove nothing.
    async fn finds(&self, someone: &Someone, versions: &[Version]) {
        for version in versions {
            let (_, page, api) = folder(version.key.kind);
            let id = &version.key.id;
            if version.found.published {
                let common = encoded(&[("q", COMMON)]);
                for path in [
                    format!("/{page}/{id}"),
                    format!("/en/{page}/{id}"),
                    format!("/api/v1/{api}/{id}"),
                    format!("/soeg?{common}&kind={}", version.key.kind),
                    format!("/api/v1/search?{common}"),
                    format!("/feeds/soeg.atom?{common}"),
                    "/organisationer/proevemuseet".to_owned(),
                ] {
                    let text = self.text(someone, &path).await;
                    assert!(
                        text.contains(&version.word),
                        "{path} has no {}",
                        version.word
                    );
                }
                let sitemap = self.text(someone, "/sitemaps/1.xml").await;
                assert!(
                    sitemap.contains(&format!("/{page}/{id}<")),
                    "{id} is not in the sitemap"
                );
            }
            let draft = version.content.as_ref().filter(|_| version.found.draft);
            if draft
                .is_some_and(|content| decide(someone.actor(), Action::ReadDraft(content)).is_ok())
            {
                for path in ["", "/vis", "/historik"] {
                    let path = format!("{}{path}", desk(&version.key));
                    let text = self.text(someone, &path).await;
                    assert!(
                        text.contains(&version.word),
                        "{path} does not show {} its draft",
                        someone.name
                    );
                }
            }
        }
    }

    async fn export(&self, versions: &[Version], found: &mut Vec<Leak>) {
        let store = &self.test.portal.store;
        let forms = [
            Form::JsonLines,
            Form::Spreadsheet(domain::Language::Danish),
            Form::Spreadsheet(domain::Language::English),
        ];
        for form in forms {
            let mut written = Vec::new();
            export(store, Actor::Operator, form, &mut written, |_| {})
                .await
                .unwrap();
            let text = String::from_utf8_lossy(&written).into_owned();
            for version in leaks(&text, versions, |version| version.found.published) {
                found.push(Leak {
                    to: "whoever reads an export",
                    where_at: format!("{form:?}"),
                    what: format!("{} {}", version.key, version.word),
                });
            }
            for version in versions.iter().filter(|version| version.found.published) {
                let has = version.key.kind == Kind::Offer || form == Form::JsonLines;
                assert_eq!(text.contains(&version.word), has, "{form:?}");
            }
        }
        for someone in &self.people {
            let exported =
                export(store, someone.actor(), Form::JsonLines, Vec::new(), |_| {}).await;
            assert_eq!(
                exported.is_ok(),
                decide(someone.actor(), Action::Export).is_ok(),
                "{}",
                someone.name
            );
        }
    }
}

async fn someone(
    test: &TestPortal,
    name: &'static str,
    role: Option<PortalRole>,
    member: Option<(&str, OrganisationKind, MemberRole)>,
) -> Someone {
    let store = &test.portal.store;
    let now = test.portal.clock.now();
    let account = store::Account {
        id: id(name),
        name: name.to_uppercase(),
        email: Some(format!("{name}@anker.example")),
        role,
        created: now,
        disabled: None,
    };
    store.put_account(&account).await.unwrap();
    let mut memberships = Vec::new();
    if let Some((organisation, kind, role)) = member {
        let organisation = id(organisation);
        assert!(
            store
                .set_roles(&organisation, kind, &id(name), &[role], now)
                .await
                .unwrap()
        );
        memberships.push(Membership::new(organisation, kind, role).unwrap());
    }
    let mut bytes = [9_u8; 32];
    bytes[..name.len()].copy_from_slice(name.as_bytes());
    let secret = Secret::generate(&mut rand::rngs::StdRng::from_seed(bytes));
    // The clock is moved by days.
    let lasts = SignedDuration::from_hours(24 * 60);
    store
        .begin_session(account, &secret, None, now, lasts)
        .await
        .unwrap();
    let persona = Persona {
        token: None,
        cookie: Some(format!("__Host-anker={}", secret.reveal())),
    };
    if role == Some(PortalRole::Administrator) {
        super::second_factor::enrol(test, &persona, -1).await;
    }
    Someone {
        name,
        persona,
        person: Some(Person {
            id: id(name),
            portal_role: role,
            memberships,
            second_factor: role == Some(PortalRole::Administrator),
            closed: false,
        }),
    }
}

/// What somebody does.
#[derive(Clone, Copy, Debug)]
enum Act {
    Write,
    Take(Step),
    Schedule(bool),
    Answer(usize, &'static str),
    BringBack(usize),
    Comment,
    Trust,
    Tomorrow,
}

/// Somebody does something with the offer or the case.
#[derive(Clone, Copy, Debug)]
struct Turn {
    kind: Kind,
    who: usize,
    /// Whether somebody is taken who may do it, if anybody may.
    knowing: bool,
    act: Act,
}

fn any_act() -> impl Strategy<Value = Act> {
    let steps = [
        (8, Step::Submit),
        (7, Step::Approve),
        (2, Step::TakeBack),
        (2, Step::AskForChanges),
        (1, Step::Decline),
        (3, Step::PublishDirectly),
        (1, Step::DeleteDraft),
        (1, Step::Confirm),
        (4, Step::Withdraw),
        (2, Step::Archive),
        (4, Step::Restore),
    ];
    let steps = steps.map(|(weight, step)| (weight, Just(Act::Take(step)).boxed()));
    let others = [
        (9, Just(Act::Write).boxed()),
        (2, any::<bool>().prop_map(Act::Schedule).boxed()),
        (
            9,
            (0..PARTNERS.len())
                .prop_map(|partner| Act::Answer(partner, "approve"))
                .boxed(),
        ),
        (
            1,
            (0..PARTNERS.len())
                .prop_map(|partner| Act::Answer(partner, "ask-for-changes"))
                .boxed(),
        ),
        (
            1,
            (0..PARTNERS.len())
                .prop_map(|partner| Act::Answer(partner, "take-off"))
                .boxed(),
        ),
        (2, (0..6_usize).prop_map(Act::BringBack).boxed()),
        (1, Just(Act::Comment).boxed()),
        (1, Just(Act::Trust).boxed()),
        (2, Just(Act::Tomorrow).boxed()),
    ];
    proptest::strategy::Union::new_weighted(steps.into_iter().chain(others).collect())
}

fn any_turn() -> impl Strategy<Value = Turn> {
    let kind = prop_oneof![Just(Kind::Offer), Just(Kind::Case)];
    let who = 0..PEOPLE.len() + 1;
    let knowing = proptest::bool::weighted(0.8);
    (kind, who, knowing, any_act()).prop_map(|(kind, who, knowing, act)| Turn {
        kind,
        who,
        knowing,
        act,
    })
}

impl Stage {
    /// Lets somebody do something; it may well be refused. Gives the name of whoever did it.
    async fn act(&mut self, turn: Turn) -> &'static str {
        let Turn {
            kind,
            who,
            knowing,
            act,
        } = turn;
        let key = self.key(kind);
        let Some(manuscript) = self.manuscript(&key).await else {
            self.begin(kind).await;
            return "anna";
        };
        let trusted = self
            .test
            .portal
            .store
            .standing(&manuscript.owner)
            .await
            .unwrap()
            .trusted;
        let content = Self::content(&manuscript, trusted);
        let step = match act {
            Act::Write | Act::BringBack(_) => Some(Step::Save),
            Act::Take(step) => Some(step),
            Act::Schedule(_) => Some(Step::Schedule),
            _ => None,
        };
        let number = self.people.len();
        let able = |step: Step| {
            let mut order = (0..number).map(|offset| (who + offset) % number);
            order.find(|at| decide(self.people[*at].actor(), Action::Take(step, &content)).is_ok())
        };
        let mut act = act;
        // Somebody who knows what they do takes the next step that can be taken.
        if let Act::Take(wanted) = act
            && knowing
        {
            let steps = Step::all();
            let at = steps.iter().position(|step| *step == wanted).unwrap_or(0);
            let mut order = (0..steps.len()).map(|offset| steps[(at + offset) % steps.len()]);
            let possible = order.find(|step| {
                !matches!(step, Step::Save | Step::DeleteDraft | Step::Schedule)
                    && able(*step).is_some()
            });
            act = Act::Take(possible.unwrap_or(wanted));
        }
        let step = match act {
            Act::Take(step) => Some(step),
            _ => step,
        };
        let able = step.filter(|_| knowing).and_then(able);
        let at = able.unwrap_or(who % number);
        let mut name = self.people[at].name;
        let desk = desk(&key);
        let status = match act {
            Act::Write => self.write(name, kind).await,
            Act::Take(step) => {
                let fields = [
                    ("do", step.code()),
                    ("confirm", "true"),
                    ("review-text", "Skriv det om."),
                ];
                self.post(&self.people[at], &desk, &fields).await
            }
            Act::Schedule(both) => {
                let tomorrow = self.day.saturating_add(1.day()).to_string();
                let after = self.day.saturating_add(2.days()).to_string();
                let fields = [
                    ("do", "schedule"),
                    ("publishOn", tomorrow.as_str()),
                    ("withdrawOn", if both { after.as_str() } else { "" }),
                ];
                self.post(&self.people[at], &desk, &fields).await
            }
            Act::Answer(partner, reply) => {
                let (partner, somebody) = PARTNERS[partner];
                if knowing {
                    name = self.someone(somebody).name;
                }
                let said = format!("{partner}-text");
                let fields = [
                    ("answer", reply),
                    ("partner", partner),
                    (said.as_str(), "Det synes vi."),
                ];
                self.post(self.someone(name), &desk, &fields).await
            }
            Act::BringBack(version) => {
                let history = self
                    .test
                    .portal
                    .store
                    .history(&key, usize::MAX)
                    .await
                    .unwrap();
                let version = history.get(version % history.len().max(1));
                let version = version.map_or(0, |revision| revision.sequence).to_string();
                self.post(
                    &self.people[at],
                    &format!("{desk}/historik"),
                    &[("version", &version)],
                )
                .await
            }
            Act::Comment => {
                self.post(
                    &self.people[at],
                    &desk,
                    &[("do", "comment"), ("text", "Se her.")],
                )
                .await
            }
            Act::Trust => {
                name = "erik";
                let path = "/mit-arbejde/organisationer/proevemuseet";
                self.post(self.someone(name), path, &[("do", "trust")])
                    .await
            }
            Act::Tomorrow => {
                name = "nobody";
                self.day = self.day.saturating_add(1.day());
                self.test.move_to(&format!("{}T12:00:00Z", self.day));
                self.test.portal.come_due().await.unwrap();
                StatusCode::OK
            }
        };
        assert!(status.as_u16() < 500, "{turn:?}: {status}");
        name
    }
}

/// Plays a sequence, and says what was served to whom that was not for them.
async fn play(published: bool, turns: Vec<Turn>, reached: Arc<AtomicUsize>) -> Vec<Leak> {
    let mut stage = Stage::set().await;
    if published {
        stage.publish().await;
    }
    let all: Vec<&'static str> = stage.people.iter().map(|someone| someone.name).collect();
    let last = turns.len();
    for (number, turn) in turns.into_iter().enumerate() {
        let key = stage.key(turn.kind);
        let name = stage.act(turn).await;
        // Whoever acted, nobody, and in turn one of the others.
        let mut looking = vec!["nobody", name, all[(number * 5 + 3) % all.len()]];
        looking.sort_unstable();
        looking.dedup();
        let mut leaks = stage.look_at(&[key], &looking).await;
        if number % OFTEN == OFTEN - 1 || number + 1 == last {
            let other = all[(number * 7 + 1) % all.len()];
            for name in ["nobody", other] {
                leaks.extend(stage.look_everywhere(stage.someone(name)).await);
            }
        }
        if !leaks.is_empty() {
            return leaks;
        }
        let versions = stage.versions().await;
        let published = versions.iter().filter(|version| version.found.published);
        reached.fetch_max(published.count(), Ordering::SeqCst);
    }
    stage.look_at(&stage.keys, &all).await
}

/// Sequences that once showed somebody what was not for them.
fn kept() -> Vec<Vec<Turn>> {
    let anna = |act| Turn {
        kind: Kind::Offer,
        who: 0,
        knowing: true,
        act,
    };
    vec![vec![
        anna(Act::Take(Step::Submit)),
        anna(Act::Take(Step::Approve)),
        anna(Act::Write),
        anna(Act::Take(Step::Withdraw)),
        // The municipality's curator reviews the new draft, and is shown nothing of what was withdrawn.
        anna(Act::Take(Step::Submit)),
    ]]
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .thread_stack_size(10 << 20)
        .enable_all()
        .build()
        .unwrap()
}

#[test]
fn nothing_unpublished_is_served_to_somebody_who_may_not_see_it() {
    let seed = std::env::var("ANKER_VISIBILITY_SEED").ok();
    let seed: u64 = seed.and_then(|seed| seed.parse().ok()).unwrap_or(SEED);
    println!("seed {seed}; another one is tried with ANKER_VISIBILITY_SEED");
    let config = Config {
        cases: SEQUENCES,
        max_shrink_iters: 30,
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct(REGRESSIONS))),
        ..Config::default()
    };
    let mut bytes = [0_u8; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let random = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let mut runner = TestRunner::new_with_rng(config, random);
    let reached = Arc::new(AtomicUsize::new(0));
    let turns = proptest::collection::vec(any_turn(), STEPS / 2..=STEPS);
    // Most begin with what is published, as most of what can go wrong comes after that.
    let published = proptest::bool::weighted(0.7);
    let result = runner.run(&(published, turns), |(published, turns)| {
        let runtime = runtime();
        let played = runtime
            .block_on(async { tokio::spawn(play(published, turns, Arc::clone(&reached))).await });
        let leaks = played.map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert!(leaks.is_empty(), "{leaks:#?}");
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
    assert!(
        reached.load(Ordering::SeqCst) > 0,
        "something was published on the way"
    );
}

#[test]
fn what_somebody_may_see_would_be_noticed_if_they_might_not() {
    super::publishing::run(async {
        let stage = Stage::set().await;
        let versions = stage.versions().await;
        assert!(
            versions
                .iter()
                .all(|version| version.found.draft && !version.found.published)
        );
        let (anna, sven) = (stage.someone("anna"), stage.someone("sven"));
        let path = format!("{}/vis", desk(&stage.key(Kind::Offer)));
        let text = stage.text(anna, &path).await;
        let to =
            |who: &Someone| leaks(&text, &versions, |version| version.may_see(who.actor())).len();
        assert_eq!(to(anna), 0, "it is hers");
        assert_eq!(to(sven), 1, "were it served to Sven, it would be noticed");
        let served = leaks(&text, &versions, |version| version.found.published);
        assert_eq!(served.len(), 1, "and wherever everybody looks");
        let looked = stage
            .look_at(&stage.keys, &["anna", "sven", "nobody"])
            .await;
        assert!(looked.is_empty(), "{looked:#?}");
    });
}

#[test]
fn what_once_showed_too_much_does_not_any_more() {
    super::publishing::run(async {
        for turns in kept() {
            let leaks = play(false, turns, Arc::default()).await;
            assert!(leaks.is_empty(), "{leaks:#?}");
        }
    });
}
