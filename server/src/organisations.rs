//! Organisations and their people: finding, claiming and making them, letting in, inviting, giving roles. Every change is
//! decided and written here, whichever way it comes.

use domain::audit::Act;
use domain::membership::{MemberRole, Members};
use domain::permission::{Action, Actor, Refusal, decide};
use domain::search::{FacetName, FacetsWanted, PerPage, SearchQuery};
use domain::{
    Code, EmailAddress, Entry, Kind, Language, MunicipalityCode, Organisation, OrganisationKind,
    Slug, Title,
};
use jiff::SignedDuration;
use rand::rng;
use store::{Account, Invitation, JoinRequest, Secret, Standing, StoreError};

use crate::account_id;
use crate::portal::Portal;
use crate::publishing::{By, Refused};

/// How long an invitation is good.
pub const INVITATION: SignedDuration = SignedDuration::from_hours(14 * 24);
/// The most e-mail domains of one organisation.
const MOST_DOMAINS: usize = 10;
/// The longest message of somebody who asks to be let in, in characters.
const LONGEST_MESSAGE: usize = 1_000;

/// An organisation that is found by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its id.
    pub id: Slug,
    /// Its name.
    pub name: String,
    /// Where it lies.
    pub municipality: Option<MunicipalityCode>,
}

/// What became of a new organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Made {
    /// It was made, with this id.
    New(Slug),
    /// It is there already.
    Exists(Slug, String),
}

/// What became of an invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Invited {
    /// It was made.
    Sent,
    /// The person is a member already.
    Member,
}

impl Portal {
    /// An organisation's people as permissions see them.
    ///
    /// # Errors
    /// The store does not answer.
    pub async fn members(
        &self,
        actor: Actor<'_>,
        organisation: &Slug,
    ) -> Result<Members, StoreError> {
        let people = self.store.members(organisation).await?;
        Ok(Members {
            organisation: organisation.clone(),
            municipality: self.curated(actor, organisation).await?,
            people: people
                .into_iter()
                .flat_map(|member| {
                    let id = member.account.id;
                    member.roles.into_iter().map(move |role| (id.clone(), role))
                })
                .collect(),
        })
    }

    /// The organisations whose names are most like what was typed, at most `most`.
    #[must_use]
    pub fn find_organisations(&self, name: &str, most: u32, language: Language) -> Vec<Found> {
        let mut query = SearchQuery {
            words: name.chars().take(SearchQuery::MAX_WORDS).collect(),
            facets: FacetsWanted::These(Vec::new()),
            per_page: PerPage::clamp(most),
            ..SearchQuery::default()
        };
        query
            .filters
            .insert(FacetName::Kind, vec![Kind::Organisation.code().to_owned()]);
        let found = self.search(&query, language);
        found
            .hits
            .into_iter()
            .map(|hit| Found {
                id: hit.id,
                name: hit.title,
                municipality: hit.municipality,
            })
            .collect()
    }

    /// The organisations with this name, whatever people write differently in it: case, spaces, marks.
    #[must_use]
    pub fn organisations_named(&self, name: &str, language: Language) -> Vec<Found> {
        let mut found = self.find_organisations(name, 20, language);
        found.retain(|found| plain(&found.name) == plain(name));
        found
    }

    /// Makes an organisation, unless there is one of the same name in the same municipality.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn make_organisation(
        &self,
        by: By<'_>,
        name: Title,
        kind: OrganisationKind,
        municipality: Option<MunicipalityCode>,
    ) -> Result<Made, Refused> {
        let id = self.free_id(Kind::Organisation, &name).await?;
        let nobody = Members {
            organisation: id.clone(),
            municipality: None,
            people: Vec::new(),
        };
        decide(by.actor, Action::AskToJoin(&nobody))?;
        let known = self
            .organisations_named(name.as_str(), Language::Danish)
            .into_iter()
            .find(|found| found.municipality == municipality);
        if let Some(found) = known {
            return Ok(Made::Exists(found.id, found.name));
        }
        let entry = Entry::Organisation(Organisation {
            id: id.clone(),
            name,
            kind,
            municipality,
            summary: None,
            url: None,
            email: None,
            phone: None,
            address: None,
            location: None,
        });
        entry.check().map_err(|error| Refused::Wrong(vec![error]))?;
        let title = entry.title().to_owned();
        self.store.put(entry, by.author, self.clock.now()).await?;
        self.note_organisation(by.author, Act::MakeOrganisation, &id, title, None, "")
            .await;
        Ok(Made::New(id))
    }

    /// Changes what is said of an organisation.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn edit_organisation(
        &self,
        by: By<'_>,
        organisation: Organisation,
    ) -> Result<(), Refused> {
        let members = self.members(by.actor, &organisation.id).await?;
        decide(by.actor, Action::EditOrganisation(&members))?;
        let (id, title) = (organisation.id.clone(), organisation.name.to_string());
        let entry = Entry::Organisation(organisation);
        entry.check().map_err(|error| Refused::Wrong(vec![error]))?;
        self.store.put(entry, by.author, self.clock.now()).await?;
        self.note_organisation(by.author, Act::EditOrganisation, &id, title, None, "")
            .await;
        Ok(())
    }

    /// Asks to be let into an organisation.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn ask_to_join(
        &self,
        by: By<'_>,
        organisation: &Slug,
        message: &str,
    ) -> Result<(), Refused> {
        let known = self
            .organisation(organisation)
            .await?
            .ok_or(Refused::NotFound)?;
        let members = self.members(by.actor, organisation).await?;
        decide(by.actor, Action::AskToJoin(&members))?;
        let person = person(by)?;
        if members.people.iter().any(|(member, _)| *member == person) {
            return Err(Refused::NotAllowed(Refusal::OutOfTurn));
        }
        let message: String = message.trim().chars().take(LONGEST_MESSAGE).collect();
        self.store
            .ask_to_join(&JoinRequest {
                organisation: organisation.clone(),
                kind: known.kind,
                account: person,
                message: message.clone(),
                created: self.clock.now(),
            })
            .await?;
        let name = known.name.to_string();
        self.note_organisation(by.author, Act::AskToJoin, organisation, name, None, "")
            .await;
        self.tell_of_request(by, organisation, &message).await;
        Ok(())
    }

    /// Takes one's own request back.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn take_request_back(&self, by: By<'_>, organisation: &Slug) -> Result<(), Refused> {
        self.store
            .drop_join_request(organisation, &person(by)?)
            .await?;
        let name = self.name_of(organisation).await?;
        self.note_organisation(
            by.author,
            Act::TakeRequestBack,
            organisation,
            name,
            None,
            "",
        )
        .await;
        Ok(())
    }

    /// Lets somebody in who has asked, or declines them where no roles are given.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn answer_request(
        &self,
        by: By<'_>,
        organisation: &Slug,
        account: &Slug,
        roles: &[MemberRole],
    ) -> Result<(), Refused> {
        let known = self.managed(by, organisation).await?;
        let asked = self.store.join_requests_to(organisation).await?;
        if !asked.iter().any(|request| request.account == *account) {
            return Err(Refused::NotAllowed(Refusal::OutOfTurn));
        }
        if roles.is_empty() {
            self.store.drop_join_request(organisation, account).await?;
            let name = known.name.to_string();
            let whom = Some(account);
            self.note_organisation(by.author, Act::DeclineRequest, organisation, name, whom, "")
                .await;
        } else {
            self.give_roles(by, &known, account, roles).await?;
        }
        self.tell_of_reply(by, organisation, account, !roles.is_empty())
            .await;
        Ok(())
    }

    /// Gives a member these roles and no others; with none they are taken out.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn set_member_roles(
        &self,
        by: By<'_>,
        organisation: &Slug,
        account: &Slug,
        roles: &[MemberRole],
    ) -> Result<(), Refused> {
        let known = self.managed(by, organisation).await?;
        let members = self.members(by.actor, organisation).await?;
        if !members.people.iter().any(|(member, _)| member == account) {
            return Err(Refused::NotFound);
        }
        self.give_roles(by, &known, account, roles).await
    }

    /// Leaves an organisation.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn leave(&self, by: By<'_>, organisation: &Slug) -> Result<(), Refused> {
        let members = self.members(by.actor, organisation).await?;
        decide(by.actor, Action::Leave(&members))?;
        let known = self
            .organisation(organisation)
            .await?
            .ok_or(Refused::NotFound)?;
        self.give_roles(by, &known, &person(by)?, &[]).await
    }

    async fn give_roles(
        &self,
        by: By<'_>,
        organisation: &Organisation,
        account: &Slug,
        roles: &[MemberRole],
    ) -> Result<(), Refused> {
        let fitting = MemberRole::of(organisation.kind);
        if roles.iter().any(|role| !fitting.contains(role)) {
            return Err(Refused::NotFound);
        }
        let now = self.clock.now();
        let given = self
            .store
            .set_roles(&organisation.id, organisation.kind, account, roles, now)
            .await?;
        if given {
            let own = by.person().is_some_and(|person| person.id == *account);
            let act = match roles {
                [] if own => Act::Leave,
                [] => Act::RemoveMember,
                _ => Act::GiveRoles,
            };
            let name = organisation.name.to_string();
            let whom = (act != Act::Leave).then_some(account);
            let roles = codes(roles);
            self.note_organisation(by.author, act, &organisation.id, name, whom, &roles)
                .await;
            Ok(())
        } else {
            Err(Refused::NotAllowed(Refusal::LastManager))
        }
    }

    /// The organisation, if the actor manages its members.
    async fn managed(&self, by: By<'_>, organisation: &Slug) -> Result<Organisation, Refused> {
        let members = self.members(by.actor, organisation).await?;
        decide(by.actor, Action::ManageMembers(&members))?;
        self.organisation(organisation)
            .await?
            .ok_or(Refused::NotFound)
    }

    /// Invites somebody. The secret opens the invitation.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn invite(
        &self,
        by: By<'_>,
        organisation: &Slug,
        email: &EmailAddress,
        roles: &[MemberRole],
        language: Language,
    ) -> Result<(Invited, Secret), Refused> {
        let known = self.managed(by, organisation).await?;
        let secret = Secret::generate(&mut rng());
        if let Some(account) = self.store.account_of(email).await? {
            let members = self.members(by.actor, organisation).await?;
            if members
                .people
                .iter()
                .any(|(member, _)| *member == account.id)
            {
                return Ok((Invited::Member, secret));
            }
        }
        let fitting = MemberRole::of(known.kind);
        if roles.is_empty() || roles.iter().any(|role| !fitting.contains(role)) {
            return Err(Refused::NotFound);
        }
        let now = self.clock.now();
        let invitation = Invitation {
            key: String::new(),
            organisation: organisation.clone(),
            kind: known.kind,
            email: email.clone(),
            roles: roles.to_vec(),
            inviter: person(by)?,
            created: now,
            expires: now + INVITATION,
        };
        self.store.invite(&secret, &invitation).await?;
        // The address is not noted: it is personal data of somebody who may never have an account.
        let name = known.name.to_string();
        self.note_organisation(
            by.author,
            Act::Invite,
            organisation,
            name,
            None,
            &codes(roles),
        )
        .await;
        self.send_invitation(by, organisation, email, roles, &secret, language)
            .await;
        Ok((Invited::Sent, secret))
    }

    /// Withdraws an invitation.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn withdraw_invitation(
        &self,
        by: By<'_>,
        organisation: &Slug,
        key: &str,
    ) -> Result<(), Refused> {
        let known = self.managed(by, organisation).await?;
        self.store.withdraw_invitation(organisation, key).await?;
        let name = known.name.to_string();
        self.note_organisation(
            by.author,
            Act::WithdrawInvitation,
            organisation,
            name,
            None,
            "",
        )
        .await;
        Ok(())
    }

    /// Makes the account that an invitation is for.
    ///
    /// # Errors
    /// The store does not answer, or the address has an account by now.
    pub async fn account_for_invitation(
        &self,
        invitation: &Invitation,
        name: Title,
    ) -> Result<Account, StoreError> {
        let account = Account {
            id: account_id::new(&mut rng()),
            name: name.into(),
            email: Some(invitation.email.to_string()),
            role: None,
            created: self.clock.now(),
            disabled: None,
        };
        self.store.put_account(&account).await?;
        Ok(account)
    }

    /// Lets an organisation publish without review, or no longer.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn trust(
        &self,
        by: By<'_>,
        organisation: &Slug,
        trusted: bool,
    ) -> Result<(), Refused> {
        let members = self.members(by.actor, organisation).await?;
        decide(by.actor, Action::Trust(&members))?;
        let standing = self.store.standing(organisation).await?;
        self.store
            .set_standing(
                organisation,
                &Standing {
                    trusted,
                    ..standing
                },
            )
            .await?;
        let act = if trusted { Act::Trust } else { Act::Distrust };
        let name = self.name_of(organisation).await?;
        self.note_organisation(by.author, act, organisation, name, None, "")
            .await;
        Ok(())
    }

    /// Sets an organisation's e-mail domains, as typed, a line each; `false` where one is none.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn set_domains(
        &self,
        by: By<'_>,
        organisation: &Slug,
        typed: &str,
    ) -> Result<bool, Refused> {
        let known = self.managed(by, organisation).await?;
        let mut domains: Vec<String> = typed
            .split([',', '\n', ' '])
            .map(|domain| domain.trim().trim_start_matches('@').to_lowercase())
            .filter(|domain| !domain.is_empty())
            .collect();
        domains.sort();
        domains.dedup();
        let valid = |domain: &String| format!("a@{domain}").parse::<EmailAddress>().is_ok();
        if domains.len() > MOST_DOMAINS || !domains.iter().all(valid) {
            return Ok(false);
        }
        let standing = self.store.standing(organisation).await?;
        let detail = domains.join(", ");
        self.store
            .set_standing(
                organisation,
                &Standing {
                    domains,
                    ..standing
                },
            )
            .await?;
        let name = known.name.to_string();
        self.note_organisation(
            by.author,
            Act::SetDomains,
            organisation,
            name,
            None,
            &detail,
        )
        .await;
        Ok(true)
    }

    /// Says what follows an organisation that has closed, or that none does. Only those who look after the whole portal
    /// decide that; `false` where there is no such successor.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn close_organisation(
        &self,
        by: By<'_>,
        organisation: &Slug,
        followed_by: Option<Slug>,
    ) -> Result<bool, Refused> {
        decide(by.actor, Action::CloseOrganisation)?;
        if let Some(successor) = &followed_by {
            let known = self.organisation(successor).await?.is_some();
            let closed = self.store.standing(successor).await?.followed_by.is_some();
            if !known || closed || successor == organisation {
                return Ok(false);
            }
        }
        let standing = self.store.standing(organisation).await?;
        let (act, detail) = match &followed_by {
            Some(successor) => (Act::CloseOrganisation, successor.to_string()),
            None => (Act::ReopenOrganisation, String::new()),
        };
        self.store
            .set_standing(
                organisation,
                &Standing {
                    followed_by,
                    ..standing
                },
            )
            .await?;
        let name = self.name_of(organisation).await?;
        self.note_organisation(by.author, act, organisation, name, None, &detail)
            .await;
        Ok(true)
    }
}

fn codes(roles: &[MemberRole]) -> String {
    let codes: Vec<&str> = roles.iter().map(|role| role.code()).collect();
    codes.join(", ")
}

fn person(by: By<'_>) -> Result<Slug, Refused> {
    match by.actor {
        Actor::Person(person) => Ok(person.id.clone()),
        _ => Err(Refused::NotAllowed(Refusal::OnlyPeople)),
    }
}

/// A name without what people write differently: case, spaces, marks.
fn plain(name: &str) -> String {
    name.to_lowercase()
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .collect()
}
