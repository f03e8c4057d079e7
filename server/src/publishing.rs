//! Writing and publishing offers and cases: every step, whoever takes it and whichever way it comes, is decided,
//! checked and written down here.

use domain::agreement::{Agreement, Answer, Reply, Standing};
use domain::audit::Act;
use domain::draft::Fields;
use domain::exchange::FieldError;
use domain::membership::MemberRole;
use domain::permission::{Action, Actor, Consent, Content, Person, Refusal, decide};
use domain::publication::{Publication, Schedule, State, Step};
use domain::{
    Case, Code, Entry, Invalid, Kind, MunicipalityCode, Organisation, OrganisationKind, Slug, Title,
};
use jiff::SignedDuration;
use jiff::civil::Date;
use store::{AuditLine, Author, Key, Manuscript, Record, RecordStep, Remark, Side, StoreError};

use crate::portal::Portal;

/// Who saves again within so long is still at the same piece of work: drafts save themselves while they are typed.
const SITTING: SignedDuration = SignedDuration::from_hours(1);
/// How often a step is tried again when somebody else takes one in between.
const ATTEMPTS: u32 = 5;
/// The code of a remark that is no step.
pub const COMMENT: &str = "comment";

/// Why a step was not taken.
#[derive(Debug)]
pub enum Refused {
    /// There is no such thing, or the actor is not to know of it.
    NotFound,
    /// The permissions do not allow it.
    NotAllowed(Refusal),
    /// What is wrong with the draft, each by the name of its field.
    Wrong(Vec<FieldError>),
    /// The store did not answer, or is damaged.
    Store(StoreError),
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        Refused::Store(error)
    }
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Hidden => Refused::NotFound,
            refusal => Refused::NotAllowed(refusal),
        }
    }
}

/// What is said with a step.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// In general.
    pub text: String,
    /// Of single fields: the field's name, and the comment.
    pub on_fields: Vec<(String, String)>,
    /// The revision of the draft that was read, where it is known: a judgement about another does not count.
    pub about: Option<u64>,
}

impl Said {
    /// Whether nothing is said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty() && self.on_fields.is_empty()
    }

    /// Whether what was read is no longer what is there.
    fn is_outdated(&self, manuscript: &Manuscript) -> bool {
        self.about.is_some_and(|read| read != manuscript.revision)
    }
}

/// Who acts, and under which name it is written down.
#[derive(Clone, Copy)]
pub struct By<'a> {
    /// Who, as permissions see them.
    pub actor: Actor<'a>,
    /// Who, as the history names them.
    pub author: &'a Author,
}

impl By<'_> {
    pub(crate) fn person(&self) -> Option<&Person> {
        match self.actor {
            Actor::Person(person) => Some(person),
            _ => None,
        }
    }
}

impl Portal {
    /// An offer or a case as its writers see it, if the actor may know of it.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn manuscript(
        &self,
        actor: Actor<'_>,
        key: &Key,
    ) -> Result<(Manuscript, Content), Refused> {
        let manuscript = self.store.manuscript(key).await?.ok_or(Refused::NotFound)?;
        let content = self.content(actor, &manuscript).await?;
        // What is published is everybody's to read. Its workings are for those who would still read it if readers could
        // not, and for those who review its draft.
        if takes_part(actor, &content) || decide(actor, Action::ReadDraft(&content)).is_ok() {
            return Ok((manuscript, content));
        }
        decide(actor, Action::Read(&content))?;
        Err(Refused::NotAllowed(match actor {
            Actor::Anonymous => Refusal::SignInFirst,
            _ => Refusal::NotYourOrganisation,
        }))
    }

    /// A manuscript as permissions see it. The municipality is named only where the actor curates it.
    pub(crate) async fn content(
        &self,
        actor: Actor<'_>,
        manuscript: &Manuscript,
    ) -> Result<Content, StoreError> {
        let consent = if manuscript.key.kind == Kind::Case {
            let standing = manuscript
                .agreement
                .as_ref()
                .filter(|_| manuscript.publication.draft() == Some(State::InReview))
                .map_or(Standing::Waiting, |agreement| {
                    agreement.standing(self.clock.today())
                });
            Consent::Partners {
                partners: manuscript.partners.clone(),
                standing,
            }
        } else {
            let trusted = self.store.standing(&manuscript.owner).await?.trusted;
            Consent::Review { trusted }
        };
        Ok(Content {
            owners: vec![manuscript.owner.clone()],
            municipality: self.curated(actor, &manuscript.owner).await?,
            publication: manuscript.publication,
            submitted_by: manuscript.sender.clone(),
            consent,
        })
    }

    /// The municipality that the actor curates and the organisation lies in.
    pub(crate) async fn curated(
        &self,
        actor: Actor<'_>,
        organisation: &Slug,
    ) -> Result<Option<Slug>, StoreError> {
        let Actor::Person(person) = actor else {
            return Ok(None);
        };
        let curates: Vec<&Slug> = person
            .memberships
            .iter()
            .filter(|held| held.role() == MemberRole::Curator)
            .map(domain::membership::Membership::organisation)
            .collect();
        if curates.is_empty() {
            return Ok(None);
        }
        let Some(lies_in) = self.municipality_of(organisation).await? else {
            return Ok(None);
        };
        for municipality in curates {
            if self.municipality_of(municipality).await? == Some(lies_in) {
                return Ok(Some(municipality.clone()));
            }
        }
        Ok(None)
    }

    /// The municipality that an organisation lies in; none for one that is nationwide or not there.
    ///
    /// # Errors
    /// The store does not answer.
    pub async fn municipality_of(
        &self,
        organisation: &Slug,
    ) -> Result<Option<MunicipalityCode>, StoreError> {
        let found = self.organisation(organisation).await?;
        Ok(found.and_then(|organisation| organisation.municipality))
    }

    /// An organisation by its id.
    ///
    /// # Errors
    /// The store does not answer.
    pub async fn organisation(&self, id: &Slug) -> Result<Option<Organisation>, StoreError> {
        let key = Key::new(Kind::Organisation, id.clone());
        match self.store.get(&key).await? {
            Some(record) => match record.entry()? {
                Entry::Organisation(organisation) => Ok(Some(organisation)),
                _ => Ok(None),
            },
            None => Ok(None),
        }
    }

    /// The names of organisations, for those that are there.
    ///
    /// # Errors
    /// The store does not answer.
    pub async fn names(&self, ids: &[Slug]) -> Result<Vec<(Slug, String)>, StoreError> {
        let keys: Vec<Key> = ids
            .iter()
            .map(|id| Key::new(Kind::Organisation, id.clone()))
            .collect();
        let records = self.store.get_many(&keys).await?;
        let mut names: Vec<(Slug, String)> = Vec::with_capacity(records.len());
        for record in records {
            let name = record.entry()?.title().to_owned();
            if !names.iter().any(|(id, _)| *id == record.key.id) {
                names.push((record.key.id, name));
            }
        }
        Ok(names)
    }

    /// Begins an offer or a case for an organisation.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn begin(
        &self,
        by: By<'_>,
        kind: Kind,
        owner: &Slug,
        mut fields: Fields,
    ) -> Result<Key, Refused> {
        let title: Title = fields
            .value("title")
            .parse()
            .map_err(|invalid| wrong("title", invalid))?;
        match kind {
            Kind::Offer => fields.set("provider", owner.as_str()),
            _ if fields.rows("partners").is_empty() => {
                fields.set("partners.0.organisation", owner.as_str());
            }
            _ => {}
        }
        let key = Key::new(kind, self.free_id(kind, &title).await?);
        self.begin_as(by, key, owner, fields).await
    }

    /// Begins an offer or a case under an id of its writer's own choice, which nothing has or had.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn begin_as(
        &self,
        by: By<'_>,
        key: Key,
        owner: &Slug,
        fields: Fields,
    ) -> Result<Key, Refused> {
        let mut manuscript = Manuscript {
            key,
            version: 0,
            owner: owner.clone(),
            title: String::new(),
            partners: Vec::new(),
            publication: Publication::NOTHING,
            fields: None,
            revision: 0,
            edited: None,
            sender: None,
            since: None,
            agreement: None,
            on_advice: false,
        };
        let content = self.content(by.actor, &manuscript).await?;
        decide(by.actor, Action::Take(Step::Save, &content))?;
        self.write_in(&mut manuscript, fields, by);
        manuscript.publication = self.after(&manuscript, Step::Save)?;
        let (key, title) = (manuscript.key.clone(), manuscript.title.clone());
        if self
            .put(manuscript, &RecordStep::None, Vec::new(), by)
            .await?
        {
            self.note_written(by, Act::Begin, &key, title).await;
            Ok(key)
        } else {
            Err(Refused::NotAllowed(Refusal::OutOfTurn))
        }
    }

    /// An id made of a title that no object of the kind has or had.
    pub(crate) async fn free_id(&self, kind: Kind, title: &Title) -> Result<Slug, Refused> {
        let base = Slug::of_title(title.as_str());
        for number in 1..1_000 {
            let Ok(id) = (if number == 1 {
                base.parse::<Slug>()
            } else {
                format!("{base}-{number}").parse()
            }) else {
                break;
            };
            if !self.store.is_known(&Key::new(kind, id.clone())).await? {
                return Ok(id);
            }
        }
        Err(wrong("title", Invalid::Identifier))
    }

    /// Saves what is typed. `write` changes the fields as they are now, so that nothing is lost of what somebody else
    /// wrote in another part; it is asked again when somebody gets in between.
    ///
    /// # Errors
    /// See [`Refused`], and what `write` refuses.
    pub async fn save<E: From<Refused>>(
        &self,
        by: By<'_>,
        key: &Key,
        mut write: impl FnMut(&mut Fields) -> Result<(), E>,
    ) -> Result<Manuscript, E> {
        for _ in 0..ATTEMPTS {
            let (mut manuscript, content) = self.manuscript(by.actor, key).await?;
            decide(by.actor, Action::Take(Step::Save, &content)).map_err(Refused::from)?;
            let before = self.fields_of(&manuscript).await?;
            let mut fields = before.clone();
            write(&mut fields)?;
            if fields == before && manuscript.fields.is_some() {
                return Ok(manuscript);
            }
            if key.kind == Kind::Offer {
                self.hand_over(by, &mut manuscript, &fields).await?;
            }
            let after = self.after(&manuscript, Step::Save)?;
            let goes_on = self.goes_on_writing(&manuscript, by);
            self.write_in(&mut manuscript, fields, by);
            manuscript.publication = after;
            if self
                .put(manuscript.clone(), &RecordStep::None, Vec::new(), by)
                .await
                .map_err(Refused::from)?
            {
                manuscript.version += 1;
                if !goes_on {
                    let title = manuscript.title.clone();
                    self.note_written(by, Act::Save, key, title).await;
                }
                return Ok(manuscript);
            }
        }
        Err(overtaken().into())
    }

    /// Whether the same person typed into it a short while ago, so that what they type now is no news.
    fn goes_on_writing(&self, manuscript: &Manuscript, by: By<'_>) -> bool {
        let (Some((editor, edited)), Some(person)) = (&manuscript.edited, by.person()) else {
            return false;
        };
        let since = self.clock.now().duration_since(*edited);
        *editor == person.id && manuscript.fields.is_some() && since < SITTING
    }

    async fn note_written(&self, by: By<'_>, act: Act, key: &Key, title: String) {
        let line = AuditLine::new(by.author, act, self.clock.now());
        self.note(&line.about(key, title)).await;
    }

    /// Begins a change of what is published because of what teachers have said, or notes it of the draft that there is.
    /// When the draft is published, readers are told.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn revise_on_advice(&self, by: By<'_>, key: &Key) -> Result<Manuscript, Refused> {
        for _ in 0..ATTEMPTS {
            let (mut manuscript, content) = self.manuscript(by.actor, key).await?;
            decide(by.actor, Action::Take(Step::Save, &content))?;
            if !manuscript.publication.is_public() {
                return Err(Refused::NotAllowed(Refusal::OutOfTurn));
            }
            if manuscript.fields.is_none() {
                let fields = self.fields_of(&manuscript).await?;
                let after = self.after(&manuscript, Step::Save)?;
                self.write_in(&mut manuscript, fields, by);
                manuscript.publication = after;
            } else if manuscript.on_advice {
                return Ok(manuscript);
            }
            manuscript.on_advice = true;
            let put = self.put(manuscript.clone(), &RecordStep::None, Vec::new(), by);
            if put.await? {
                manuscript.version += 1;
                return Ok(manuscript);
            }
        }
        Err(overtaken())
    }

    /// What is typed, or where nothing is, what the object that stands would have in its form.
    ///
    /// # Errors
    /// The store does not answer.
    pub async fn fields_of(&self, manuscript: &Manuscript) -> Result<Fields, Refused> {
        match &manuscript.fields {
            Some(fields) => Ok(fields.clone()),
            None => Ok(match self.store.standing_record(&manuscript.key).await? {
                Some((_, record)) => Fields::of(&record.entry()?),
                None => Fields::default(),
            }),
        }
    }

    /// An offer belongs to its provider: whoever names another writes for that one too.
    async fn hand_over(
        &self,
        by: By<'_>,
        manuscript: &mut Manuscript,
        fields: &Fields,
    ) -> Result<(), Refused> {
        let named = fields.value("provider");
        if named == manuscript.owner.as_str() || named.is_empty() {
            return Ok(());
        }
        let provider: Slug = named
            .parse()
            .map_err(|invalid| wrong("provider", invalid))?;
        manuscript.owner = provider;
        let content = self.content(by.actor, manuscript).await?;
        decide(by.actor, Action::Take(Step::Save, &content))
            .map_err(|_| wrong("provider", Invalid::UnknownReference(named.to_owned())))
    }

    /// Notes what is typed in a manuscript that is then saved.
    fn write_in(&self, manuscript: &mut Manuscript, fields: Fields, by: By<'_>) {
        let now = self.clock.now();
        if manuscript.publication.draft() != Some(State::Draft) {
            manuscript.since = Some(now);
            manuscript.sender = None;
        }
        manuscript.title = match fields.value("title").trim() {
            "" => manuscript.key.id.to_string(),
            title => title.to_owned(),
        };
        if manuscript.key.kind == Kind::Case {
            manuscript.partners = partners_of(&fields);
        }
        manuscript.revision += 1;
        manuscript.edited = by.person().map(|person| (person.id.clone(), now));
        manuscript.fields = Some(fields);
    }

    /// What is still wrong with a draft: it cannot be sent before this is empty.
    ///
    /// # Errors
    /// The store does not answer.
    pub async fn missing(&self, manuscript: &Manuscript) -> Result<Vec<FieldError>, Refused> {
        let fields = self.fields_of(manuscript).await?;
        let kind = manuscript.key.kind;
        let mut errors = fields.wanting(kind);
        let entry = match fields.read(kind, &manuscript.key.id) {
            Ok(entry) => entry,
            Err(wrong) => {
                errors.retain(|wanting| wrong.iter().all(|error| error.field != wanting.field));
                errors.extend(wrong);
                return Ok(errors);
            }
        };
        let references = entry.references();
        let keys: Vec<Key> = references
            .iter()
            .map(|reference| Key::new(reference.kind, reference.id.clone()))
            .collect();
        let known = self.store.exists_many(&keys).await?;
        for (reference, key) in references.iter().zip(&keys) {
            if !known.contains(key) {
                errors.push(FieldError {
                    field: reference.field.replace('[', ".").replace(']', ""),
                    invalid: Invalid::UnknownReference(reference.id.to_string()),
                });
            }
        }
        if let Entry::Case(case) = &entry
            && !case.is_registered()
        {
            let lacks = !Case::missing_partners(&self.kinds(&case.partner_ids()).await?).is_empty();
            if lacks {
                errors.push(FieldError {
                    field: "partners".to_owned(),
                    invalid: Invalid::Missing,
                });
            }
        }
        Ok(errors)
    }

    /// The kinds of organisations.
    async fn kinds(&self, ids: &[Slug]) -> Result<Vec<OrganisationKind>, StoreError> {
        let keys: Vec<Key> = ids
            .iter()
            .map(|id| Key::new(Kind::Organisation, id.clone()))
            .collect();
        let records = self.store.get_many(&keys).await?;
        let entries = records.iter().map(Record::entry);
        entries
            .filter_map(|entry| match entry {
                Ok(Entry::Organisation(organisation)) => Some(Ok(organisation.kind)),
                Ok(_) => None,
                Err(error) => Some(Err(error)),
            })
            .collect()
    }

    /// Takes a step with an offer or a case.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn take(
        &self,
        by: By<'_>,
        step: Step,
        key: &Key,
        said: Said,
    ) -> Result<Manuscript, Refused> {
        self.step(by, key, step, said, |publication, today| {
            publication.take(step, today)
        })
        .await
    }

    /// Sets on which days something happens by itself.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn schedule(
        &self,
        by: By<'_>,
        key: &Key,
        schedule: Schedule,
    ) -> Result<Manuscript, Refused> {
        if let Err((field, invalid)) = schedule.check() {
            return Err(wrong(&field, invalid));
        }
        let said = Said::default();
        self.step(by, key, Step::Schedule, said, |publication, today| {
            publication.schedule(schedule, today)
        })
        .await
    }

    async fn step(
        &self,
        by: By<'_>,
        key: &Key,
        step: Step,
        said: Said,
        take: impl Fn(Publication, Date) -> Result<Publication, domain::publication::OutOfTurn>,
    ) -> Result<Manuscript, Refused> {
        for _ in 0..ATTEMPTS {
            let (mut manuscript, content) = self.manuscript(by.actor, key).await?;
            decide(by.actor, Action::Take(step, &content))?;
            let judges = matches!(step, Step::Approve | Step::AskForChanges | Step::Decline);
            if judges && said.is_outdated(&manuscript) {
                return Err(Refused::NotAllowed(Refusal::OutOfTurn));
            }
            let before = manuscript.publication;
            let after = take(before, self.clock.today())
                .map_err(|_| Refused::NotAllowed(Refusal::OutOfTurn))?;
            let sends = matches!(step, Step::Submit | Step::PublishDirectly);
            if sends {
                let missing = self.missing(&manuscript).await?;
                if !missing.is_empty() {
                    return Err(Refused::Wrong(missing));
                }
            }
            if step == Step::Submit {
                manuscript.sender = by.person().map(|person| person.id.clone());
                self.ask_partners(&mut manuscript, by);
            }
            if step == Step::Restore {
                let fields = self.fields_of(&manuscript).await?;
                manuscript.fields = Some(fields);
            }
            let on_record = self.on_record(&manuscript, step, after)?;
            self.move_on(&mut manuscript, after);
            let remark = self.remark(&manuscript, by, step.code(), None, &said);
            if self
                .put(manuscript.clone(), &on_record, vec![remark], by)
                .await?
            {
                manuscript.version += 1;
                self.tell_of_step(by, &manuscript, step, &said).await;
                let agreed = step == Step::Submit && self.is_agreed(&manuscript);
                return if agreed {
                    self.publish_agreed(&manuscript.key).await
                } else {
                    Ok(manuscript)
                };
            }
        }
        Err(overtaken())
    }

    /// Answers for a partner of a case. The last approval publishes it.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn answer(
        &self,
        by: By<'_>,
        reply: Reply,
        partner: &Slug,
        key: &Key,
        said: Said,
    ) -> Result<Manuscript, Refused> {
        for _ in 0..ATTEMPTS {
            let (mut manuscript, content) = self.manuscript(by.actor, key).await?;
            decide(by.actor, Action::Answer(reply, partner, &content))?;
            let today = self.clock.today();
            if let Some(agreement) = &mut manuscript.agreement {
                agreement
                    .note(Answer {
                        partner: partner.clone(),
                        revision: said.about.unwrap_or(manuscript.revision),
                        reply,
                        on: today,
                    })
                    .map_err(|_| Refused::NotAllowed(Refusal::OutOfTurn))?;
            }
            if reply == Reply::AskForChanges {
                let after = self.after(&manuscript, Step::AskForChanges)?;
                self.move_on(&mut manuscript, after);
            }
            let remark = self.remark(&manuscript, by, reply.code(), Some(partner), &said);
            if self
                .put(manuscript.clone(), &RecordStep::None, vec![remark], by)
                .await?
            {
                manuscript.version += 1;
                self.tell_of_answer(by, &manuscript, reply, &said).await;
                return if self.is_agreed(&manuscript) {
                    self.publish_agreed(key).await
                } else {
                    Ok(manuscript)
                };
            }
        }
        Err(overtaken())
    }

    /// Says something about a manuscript without taking a step.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn comment(&self, by: By<'_>, key: &Key, said: Said) -> Result<Manuscript, Refused> {
        let (mut manuscript, _) = self.manuscript(by.actor, key).await?;
        let remark = self.remark(&manuscript, by, COMMENT, None, &said);
        let stands = manuscript.clone();
        if self
            .put(stands, &RecordStep::None, vec![remark], by)
            .await?
        {
            manuscript.version += 1;
            self.tell_of_comment(by, &manuscript, &said).await;
            Ok(manuscript)
        } else {
            Err(overtaken())
        }
    }

    /// Lets everything happen that is scheduled for today or earlier, and says to how many it happened.
    ///
    /// # Errors
    /// The store does not answer.
    pub async fn come_due(&self) -> Result<usize, StoreError> {
        let today = self.clock.today();
        let by = By {
            actor: Actor::Operator,
            author: &Author::Portal,
        };
        let mut happened = 0;
        for key in self.store.due(today).await? {
            match self.come_due_one(by, &key, today).await {
                Ok(()) => happened += 1,
                Err(Refused::Store(error)) => return Err(error),
                Err(refused) => {
                    tracing::warn!(%key, ?refused, "what was scheduled could not happen");
                }
            }
        }
        Ok(happened)
    }

    async fn come_due_one(&self, by: By<'_>, key: &Key, today: Date) -> Result<(), Refused> {
        let (mut manuscript, content) = self.manuscript(by.actor, key).await?;
        let before = manuscript.publication;
        let after = before.come_due(today);
        if after == before {
            return Ok(());
        }
        let step = if before.is_approved() {
            Step::Approve
        } else {
            Step::Withdraw
        };
        if step == Step::Withdraw {
            decide(by.actor, Action::Take(step, &content))?;
        }
        let on_record = self.on_record(&manuscript, step, after)?;
        self.move_on(&mut manuscript, after);
        let remark = self.remark(&manuscript, by, step.code(), None, &Said::default());
        let stands = manuscript.clone();
        if self.put(stands, &on_record, vec![remark], by).await? {
            self.tell_of_schedule(by, &manuscript, step).await;
        }
        Ok(())
    }

    /// Puts a case that a partner has not answered about before the editors. Where they stand before it already, nothing
    /// changes.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn turn_to_editors(&self, key: &Key) -> Result<(), Refused> {
        let by = By {
            actor: Actor::Operator,
            author: &Author::Portal,
        };
        for _ in 0..ATTEMPTS {
            let (manuscript, _) = self.manuscript(by.actor, key).await?;
            // Whom it waits for is found anew with every step.
            let put = self.put(manuscript, &RecordStep::None, Vec::new(), by);
            if put.await? {
                return Ok(());
            }
        }
        Err(overtaken())
    }

    async fn publish_agreed(&self, key: &Key) -> Result<Manuscript, Refused> {
        let by = By {
            actor: Actor::Operator,
            author: &Author::Portal,
        };
        Box::pin(self.take(by, Step::Approve, key, Said::default())).await
    }

    fn is_agreed(&self, manuscript: &Manuscript) -> bool {
        let in_review = manuscript.publication.draft() == Some(State::InReview)
            && !manuscript.publication.is_approved();
        let agreed = manuscript
            .agreement
            .as_ref()
            .is_some_and(|agreement| agreement.standing(self.clock.today()) == Standing::Agreed);
        manuscript.key.kind == Kind::Case && in_review && agreed
    }

    fn ask_partners(&self, manuscript: &mut Manuscript, by: By<'_>) {
        if manuscript.key.kind != Kind::Case {
            return;
        }
        // Whoever sends it answers for the organisation that writes it, and for no other.
        let sender = if by.person().is_some() {
            manuscript.owner.clone()
        } else {
            return;
        };
        let partners = manuscript.partners.clone();
        let today = self.clock.today();
        manuscript.agreement = Some(match manuscript.agreement.take() {
            Some(agreement) => agreement.ask_again(partners, &sender, manuscript.revision, today),
            None => Agreement::ask(partners, &sender, manuscript.revision, today),
        });
    }

    fn after(&self, manuscript: &Manuscript, step: Step) -> Result<Publication, Refused> {
        manuscript
            .publication
            .take(step, self.clock.today())
            .map_err(|_| Refused::NotAllowed(Refusal::OutOfTurn))
    }

    /// What the step does to the record.
    fn on_record(
        &self,
        manuscript: &Manuscript,
        step: Step,
        after: Publication,
    ) -> Result<RecordStep, Refused> {
        let before = manuscript.publication;
        let published = before.draft().is_some() && after.draft().is_none() && after.is_public();
        Ok(match step {
            Step::Confirm => RecordStep::Confirm,
            Step::Archive => RecordStep::Archive,
            Step::Restore => RecordStep::Unpublish,
            _ if published && step != Step::DeleteDraft => {
                let key = &manuscript.key;
                let fields = manuscript.fields.clone().unwrap_or_default();
                let mut entry = fields.read(key.kind, &key.id).map_err(Refused::Wrong)?;
                entry.set_updated(self.clock.today());
                RecordStep::Publish {
                    entry: Box::new(entry),
                    on_advice: manuscript.on_advice,
                }
            }
            _ if before.is_public() && after.standing() == Some(State::Withdrawn) => {
                RecordStep::Withdraw
            }
            _ => RecordStep::None,
        })
    }

    /// Puts a manuscript where it is after a step.
    fn move_on(&self, manuscript: &mut Manuscript, after: Publication) {
        let before = manuscript.publication;
        manuscript.publication = after;
        if (before.draft(), before.is_approved()) != (after.draft(), after.is_approved()) {
            manuscript.since = Some(self.clock.now());
        }
        if after.draft().is_none() {
            manuscript.fields = None;
            manuscript.sender = None;
            manuscript.on_advice = false;
        }
    }

    fn remark(
        &self,
        manuscript: &Manuscript,
        by: By<'_>,
        act: &str,
        behalf: Option<&Slug>,
        said: &Said,
    ) -> Remark {
        Remark {
            time: self.clock.now(),
            author: by.author.to_string(),
            behalf: behalf.cloned(),
            act: act.to_owned(),
            text: said.text.clone(),
            on_fields: said.on_fields.clone(),
            revision: manuscript.revision,
        }
    }

    /// Whom a manuscript waits for.
    async fn sides(&self, manuscript: &Manuscript) -> Result<Vec<Side>, StoreError> {
        let is_case = manuscript.key.kind == Kind::Case;
        let owner = Side::Organisation(manuscript.owner.clone());
        Ok(match manuscript.publication.waits_for(is_case) {
            None | Some(domain::publication::Side::Calendar) => Vec::new(),
            Some(domain::publication::Side::Owners) => vec![owner],
            Some(domain::publication::Side::Reviewers) => {
                let municipality = self.municipality_of(&manuscript.owner).await?;
                let curators = municipality.map(Side::Curators);
                std::iter::once(Side::Editors).chain(curators).collect()
            }
            Some(domain::publication::Side::Partners) => {
                let Some(agreement) = &manuscript.agreement else {
                    return Ok(vec![owner]);
                };
                match agreement.standing(self.clock.today()) {
                    Standing::Objected => vec![owner],
                    standing => {
                        let partners = agreement
                            .waits_for()
                            .into_iter()
                            .map(|awaited| Side::Organisation(awaited.partner.clone()));
                        let editors = (standing == Standing::Silent).then_some(Side::Editors);
                        partners.chain(editors).collect()
                    }
                }
            }
        })
    }

    async fn put(
        &self,
        mut manuscript: Manuscript,
        on_record: &RecordStep,
        remarks: Vec<Remark>,
        by: By<'_>,
    ) -> Result<bool, StoreError> {
        let sides = self.sides(&manuscript).await?;
        manuscript.version += 1;
        self.store
            .take_step(
                &manuscript,
                on_record,
                &sides,
                &remarks,
                by.author,
                self.clock.now(),
            )
            .await
    }
}

/// Whether somebody would still read something if readers could not.
fn takes_part(actor: Actor<'_>, content: &Content) -> bool {
    let away = Publication::of(Some(State::Withdrawn), None, false, Schedule::default());
    let withdrawn = Content {
        publication: away.unwrap_or(Publication::NOTHING),
        ..content.clone()
    };
    decide(actor, Action::Read(&withdrawn)).is_ok()
}

/// Whether somebody who sees the workings of something also sees what readers have or had of it: a curator who reviews
/// the draft of what is withdrawn sees the draft alone.
pub(crate) fn sees_what_readers_had(actor: Actor<'_>, content: &Content) -> bool {
    content.publication.is_public() || takes_part(actor, content)
}

/// Others got in between every time.
fn overtaken() -> Refused {
    Refused::Store(StoreError::Conflict { attempts: ATTEMPTS })
}

fn wrong(field: &str, invalid: Invalid) -> Refused {
    Refused::Wrong(vec![FieldError {
        field: field.to_owned(),
        invalid,
    }])
}

/// The partners that a case's form names, each once.
fn partners_of(fields: &Fields) -> Vec<Slug> {
    let mut partners: Vec<Slug> = Vec::new();
    for row in fields.rows("partners") {
        let name = format!("partners.{row}.organisation");
        if let Ok(id) = fields.value(&name).parse()
            && !partners.contains(&id)
        {
            partners.push(id);
        }
    }
    partners
}
