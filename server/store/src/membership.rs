//! Who belongs to which organisation: members, invitations, and those who ask to be let in.

use domain::membership::{MemberRole, Membership};
use domain::{Code, EmailAddress, OrganisationKind, Slug};
use jiff::Timestamp;
use surrealdb::types::{RecordId, SurrealValue, Variables};

use crate::account::Account;
use crate::engine::variable;
use crate::error::StoreError;
use crate::record::{key_text, timestamp_from};
use crate::secret::Secret;
use crate::store::Store;

/// A person in an organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The person.
    pub account: Account,
    /// What they are there; never empty.
    pub roles: Vec<MemberRole>,
    /// Since when.
    pub since: Timestamp,
}

/// An invitation that has not been answered, withdrawn or expired.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// Names it without opening anything: the SHA-256 of its secret, in hexadecimal.
    pub key: String,
    /// The organisation's id.
    pub organisation: Slug,
    /// The organisation's kind.
    pub kind: OrganisationKind,
    /// Whom it was sent to.
    pub email: EmailAddress,
    /// What they are to be there.
    pub roles: Vec<MemberRole>,
    /// The account that sent it.
    pub inviter: Slug,
    /// When.
    pub created: Timestamp,
    /// When it is no longer good.
    pub expires: Timestamp,
}

/// Someone who asks to be let into an organisation. In one that nobody manages yet it is a claim:
/// an administrator answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JoinRequest {
    /// The organisation's id.
    pub organisation: Slug,
    /// The organisation's kind.
    pub kind: OrganisationKind,
    /// The account that asks.
    pub account: Slug,
    /// What they say about themselves.
    pub message: String,
    /// When.
    pub created: Timestamp,
}

/// What an organisation is allowed, which e-mail domains are its own, and what followed it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Whether it publishes offers without review.
    pub trusted: bool,
    /// Its e-mail domains, in small letters: `museum.dk`.
    pub domains: Vec<String>,
    /// The organisation that followed it, where it has closed or become part of another.
    pub followed_by: Option<Slug>,
}

#[derive(SurrealValue)]
struct MembershipRow {
    id: RecordId,
    organisation: String,
    kind: String,
    account: String,
    roles: Vec<String>,
    since: String,
}

#[derive(SurrealValue)]
struct InvitationRow {
    id: RecordId,
    organisation: String,
    kind: String,
    email: String,
    roles: Vec<String>,
    inviter: String,
    created: String,
    expires: String,
}

#[derive(SurrealValue)]
struct JoinRequestRow {
    id: RecordId,
    organisation: String,
    kind: String,
    account: String,
    message: String,
    created: String,
}

#[derive(SurrealValue)]
struct StandingRow {
    id: RecordId,
    trusted: bool,
    domains: Vec<String>,
    followed_by: Option<String>,
}

#[derive(SurrealValue)]
struct DomainRow {
    id: RecordId,
    domain: String,
    organisation: String,
}

/// The last manager of an organisation cannot go.
const NO_MANAGER: &str = "anker: the last manager cannot leave";

/// Gives a person these roles and no others; unless an organisation that had a manager would have none.
const SET_ROLES: &str = "
    BEGIN;
    LET $managers = (SELECT VALUE account FROM membership WHERE organisation = $organisation AND roles CONTAINS 'manager');
    DELETE $request RETURN NONE;
    IF array::len($rows) = 0 { DELETE $membership RETURN NONE } ELSE { UPSERT $membership CONTENT $rows[0] RETURN NONE };
    LET $after = (SELECT VALUE account FROM membership WHERE organisation = $organisation AND roles CONTAINS 'manager');
    IF array::len($managers) > 0 AND array::len($after) = 0 { THROW $no_manager };
    COMMIT;
";

/// Uses an invitation up. What the person is there already, they stay.
const ACCEPT: &str = "
    BEGIN;
    IF (SELECT VALUE email FROM ONLY $invitation) = NONE { THROW $gone };
    DELETE $invitation RETURN NONE;
    DELETE $request RETURN NONE;
    UPSERT $membership CONTENT $row RETURN NONE;
    COMMIT;
";

const GONE: &str = "anker: the invitation is gone";

const SET_STANDING: &str = "
    BEGIN;
    DELETE email_domain WHERE organisation = $organisation RETURN NONE;
    INSERT INTO email_domain $domains RETURN NONE;
    UPSERT $id CONTENT $row RETURN NONE;
    COMMIT;
";

fn pair(table: &str, organisation: &Slug, account: &Slug) -> RecordId {
    RecordId::new(table, format!("{organisation}/{account}"))
}

fn codes(roles: &[MemberRole]) -> Vec<String> {
    roles.iter().map(|role| role.code().to_owned()).collect()
}

fn damaged<T>(table: &str, value: &str) -> Result<T, StoreError> {
    Err(StoreError::Damaged(format!("«{value}» in {table}")))
}

fn read<T: std::str::FromStr>(table: &str, text: &str) -> Result<T, StoreError> {
    text.parse().or_else(|_| damaged(table, text))
}

fn roles_from(codes: &[String]) -> Result<Vec<MemberRole>, StoreError> {
    codes.iter().map(|code| read("membership", code)).collect()
}

impl TryFrom<InvitationRow> for Invitation {
    type Error = StoreError;

    fn try_from(row: InvitationRow) -> Result<Self, StoreError> {
        Ok(Self {
            key: key_text(&row.id)?.to_owned(),
            organisation: read("invitation", &row.organisation)?,
            kind: read("invitation", &row.kind)?,
            email: read("invitation", &row.email)?,
            roles: roles_from(&row.roles)?,
            inviter: read("invitation", &row.inviter)?,
            created: timestamp_from(&row.created)?,
            expires: timestamp_from(&row.expires)?,
        })
    }
}

impl TryFrom<JoinRequestRow> for JoinRequest {
    type Error = StoreError;

    fn try_from(row: JoinRequestRow) -> Result<Self, StoreError> {
        Ok(Self {
            organisation: read("join_request", &row.organisation)?,
            kind: read("join_request", &row.kind)?,
            account: read("join_request", &row.account)?,
            message: row.message,
            created: timestamp_from(&row.created)?,
        })
    }
}

impl Store {
    /// A person's roles in organisations, a line a role.
    ///
    /// # Errors
    /// What the database says.
    pub async fn memberships_of(&self, account: &Slug) -> Result<Vec<Membership>, StoreError> {
        let rows: Vec<MembershipRow> = self
            .engine()
            .run(
                "SELECT * FROM membership WHERE account = $account",
                variable("account", account.to_string()),
            )
            .await?
            .take(0)?;
        let mut held = Vec::with_capacity(rows.len());
        for row in rows {
            let organisation: Slug = read("membership", &row.organisation)?;
            let kind: OrganisationKind = read("membership", &row.kind)?;
            for role in roles_from(&row.roles)? {
                // A role that the organisation's kind no longer has gives nothing.
                held.extend(Membership::new(organisation.clone(), kind, role));
            }
        }
        held.sort_by(|one, other| one.organisation().cmp(other.organisation()));
        Ok(held)
    }

    /// The organisations that have members, in order.
    ///
    /// # Errors
    /// What the database says.
    pub async fn organisations_with_members(&self) -> Result<Vec<Slug>, StoreError> {
        let ids: Vec<String> = self
            .engine()
            .run(
                "SELECT VALUE organisation FROM membership",
                Variables::new(),
            )
            .await?
            .take(0)?;
        let mut organisations = ids
            .iter()
            .map(|id| read("membership", id))
            .collect::<Result<Vec<Slug>, StoreError>>()?;
        organisations.sort();
        organisations.dedup();
        Ok(organisations)
    }

    /// The people of an organisation whose accounts are open, in the order in which they came.
    ///
    /// # Errors
    /// What the database says.
    pub async fn members(&self, organisation: &Slug) -> Result<Vec<Member>, StoreError> {
        let rows: Vec<MembershipRow> = self
            .engine()
            .run(
                "SELECT * FROM membership WHERE organisation = $organisation",
                variable("organisation", organisation.to_string()),
            )
            .await?
            .take(0)?;
        let mut members = Vec::with_capacity(rows.len());
        for row in rows {
            let account = self.account(&read("membership", &row.account)?).await?;
            let open = account.filter(|account| account.disabled.is_none());
            if let Some(account) = open {
                members.push(Member {
                    account,
                    roles: roles_from(&row.roles)?,
                    since: timestamp_from(&row.since)?,
                });
            }
        }
        members.sort_by(|one, other| {
            (one.since, &one.account.id).cmp(&(other.since, &other.account.id))
        });
        Ok(members)
    }

    /// The curators of all municipalities: the municipality's id and the account's.
    ///
    /// # Errors
    /// What the database says.
    pub async fn curators(&self) -> Result<Vec<(Slug, Slug)>, StoreError> {
        let rows: Vec<MembershipRow> = self
            .engine()
            .run(
                "SELECT * FROM membership WHERE kind = $kind",
                variable("kind", OrganisationKind::Municipality.code().to_owned()),
            )
            .await?
            .take(0)?;
        rows.into_iter()
            .filter(|row| {
                row.roles
                    .iter()
                    .any(|role| role == MemberRole::Curator.code())
            })
            .map(|row| {
                let municipality = read("membership", &row.organisation)?;
                Ok((municipality, read("membership", &row.account)?))
            })
            .collect()
    }

    /// Gives a person these roles in an organisation and no others; with none they leave it. What they asked for is
    /// thereby answered. `false` when the organisation would lose its last manager, and then nothing is done.
    ///
    /// # Errors
    /// What the database says.
    pub async fn set_roles(
        &self,
        organisation: &Slug,
        kind: OrganisationKind,
        account: &Slug,
        roles: &[MemberRole],
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let id = pair("membership", organisation, account);
        let before: Option<MembershipRow> = self.one("membership", key_text(&id)?).await?;
        let row = MembershipRow {
            id: id.clone(),
            organisation: organisation.to_string(),
            kind: kind.code().to_owned(),
            account: account.to_string(),
            roles: codes(roles),
            since: before.map_or_else(|| now.to_string(), |row| row.since),
        };
        let mut variables = variable("membership", id);
        variables.insert("request", pair("join_request", organisation, account));
        variables.insert("organisation", organisation.to_string());
        variables.insert("no_manager", NO_MANAGER.to_owned());
        let rows = if roles.is_empty() {
            Vec::new()
        } else {
            vec![row]
        };
        variables.insert("rows", rows);
        done_unless(NO_MANAGER, self.engine().write(SET_ROLES, &variables).await)
    }

    /// Invites someone. The secret goes into the letter.
    ///
    /// # Errors
    /// What the database says.
    pub async fn invite(&self, secret: &Secret, invitation: &Invitation) -> Result<(), StoreError> {
        let row = InvitationRow {
            id: RecordId::new("invitation", secret.hash()),
            organisation: invitation.organisation.to_string(),
            kind: invitation.kind.code().to_owned(),
            email: invitation.email.to_string(),
            roles: codes(&invitation.roles),
            inviter: invitation.inviter.to_string(),
            created: invitation.created.to_string(),
            expires: invitation.expires.to_string(),
        };
        self.put_row("CREATE $id CONTENT $row RETURN NONE", row.id.clone(), row)
            .await
    }

    /// An organisation's invitations that are still good, newest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn invitations_of(
        &self,
        organisation: &Slug,
        now: Timestamp,
    ) -> Result<Vec<Invitation>, StoreError> {
        let rows: Vec<InvitationRow> = self
            .engine()
            .run(
                "SELECT * FROM invitation WHERE organisation = $organisation",
                variable("organisation", organisation.to_string()),
            )
            .await?
            .take(0)?;
        let mut invitations = rows
            .into_iter()
            .map(Invitation::try_from)
            .collect::<Result<Vec<_>, _>>()?;
        invitations.retain(|invitation| invitation.expires > now);
        invitations.sort_by(|one, other| (other.created, &other.key).cmp(&(one.created, &one.key)));
        Ok(invitations)
    }

    /// The invitation that a secret opens, as long as it is good.
    ///
    /// # Errors
    /// What the database says.
    pub async fn invitation(
        &self,
        secret: &Secret,
        now: Timestamp,
    ) -> Result<Option<Invitation>, StoreError> {
        let row: Option<InvitationRow> = self.one("invitation", &secret.hash()).await?;
        let invitation = row.map(Invitation::try_from).transpose()?;
        Ok(invitation.filter(|invitation| invitation.expires > now))
    }

    /// Withdraws one of an organisation's invitations by its key.
    ///
    /// # Errors
    /// What the database says.
    pub async fn withdraw_invitation(
        &self,
        organisation: &Slug,
        key: &str,
    ) -> Result<(), StoreError> {
        let mut variables = variable("id", RecordId::new("invitation", key));
        variables.insert("organisation", organisation.to_string());
        self.engine()
            .write(
                "DELETE $id WHERE organisation = $organisation RETURN NONE",
                &variables,
            )
            .await
            .map(drop)
    }

    /// Lets a person in by an invitation; `false` when it has been used or withdrawn since.
    ///
    /// # Errors
    /// What the database says.
    pub async fn accept_invitation(
        &self,
        invitation: &Invitation,
        account: &Slug,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let id = pair("membership", &invitation.organisation, account);
        let before: Option<MembershipRow> = self.one("membership", key_text(&id)?).await?;
        let (held, since) = match before {
            Some(row) => (row.roles, row.since),
            None => (Vec::new(), now.to_string()),
        };
        let mut roles = codes(&invitation.roles);
        roles.extend(
            held.into_iter()
                .filter(|role| !invitation.roles.iter().any(|new| new.code() == role)),
        );
        let mut variables = variable("membership", id.clone());
        variables.insert(
            "invitation",
            RecordId::new("invitation", invitation.key.as_str()),
        );
        variables.insert(
            "request",
            pair("join_request", &invitation.organisation, account),
        );
        variables.insert("gone", GONE.to_owned());
        variables.insert(
            "row",
            MembershipRow {
                id,
                organisation: invitation.organisation.to_string(),
                kind: invitation.kind.code().to_owned(),
                account: account.to_string(),
                roles,
                since,
            },
        );
        done_unless(GONE, self.engine().write(ACCEPT, &variables).await)
    }

    /// Asks to be let into an organisation. Asking again says it in new words.
    ///
    /// # Errors
    /// What the database says.
    pub async fn ask_to_join(&self, request: &JoinRequest) -> Result<(), StoreError> {
        let row = JoinRequestRow {
            id: pair("join_request", &request.organisation, &request.account),
            organisation: request.organisation.to_string(),
            kind: request.kind.code().to_owned(),
            account: request.account.to_string(),
            message: request.message.clone(),
            created: request.created.to_string(),
        };
        self.put_row("UPSERT $id CONTENT $row RETURN NONE", row.id.clone(), row)
            .await
    }

    /// Takes back or declines what a person asked for.
    ///
    /// # Errors
    /// What the database says.
    pub async fn drop_join_request(
        &self,
        organisation: &Slug,
        account: &Slug,
    ) -> Result<(), StoreError> {
        let id = pair("join_request", organisation, account);
        self.engine()
            .write("DELETE $id RETURN NONE", &variable("id", id))
            .await
            .map(drop)
    }

    /// Who asks to be let into an organisation, the longest waiting first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn join_requests_to(
        &self,
        organisation: &Slug,
    ) -> Result<Vec<JoinRequest>, StoreError> {
        self.join_requests(
            "SELECT * FROM join_request WHERE organisation = $of",
            variable("of", organisation.to_string()),
        )
        .await
    }

    /// What a person has asked for and waits for.
    ///
    /// # Errors
    /// What the database says.
    pub async fn join_requests_by(&self, account: &Slug) -> Result<Vec<JoinRequest>, StoreError> {
        self.join_requests(
            "SELECT * FROM join_request WHERE account = $of",
            variable("of", account.to_string()),
        )
        .await
    }

    /// Everybody who asks to be let in anywhere, the longest waiting first, at most `limit`.
    ///
    /// # Errors
    /// What the database says.
    pub async fn all_join_requests(&self, limit: usize) -> Result<Vec<JoinRequest>, StoreError> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        self.join_requests(
            "SELECT * FROM join_request LIMIT $limit",
            variable("limit", limit),
        )
        .await
    }

    async fn join_requests(
        &self,
        statement: &'static str,
        variables: Variables,
    ) -> Result<Vec<JoinRequest>, StoreError> {
        let rows: Vec<JoinRequestRow> = self.engine().run(statement, variables).await?.take(0)?;
        let mut requests = rows
            .into_iter()
            .map(JoinRequest::try_from)
            .collect::<Result<Vec<_>, _>>()?;
        requests.sort_by(|one, other| {
            (one.created, &one.account).cmp(&(other.created, &other.account))
        });
        Ok(requests)
    }

    /// What an organisation is allowed, and its e-mail domains.
    ///
    /// # Errors
    /// What the database says.
    pub async fn standing(&self, organisation: &Slug) -> Result<Standing, StoreError> {
        let row: Option<StandingRow> = self.one("standing", organisation.as_str()).await?;
        let Some(row) = row else {
            return Ok(Standing::default());
        };
        Ok(Standing {
            trusted: row.trusted,
            domains: row.domains,
            followed_by: row
                .followed_by
                .map(|id| read("standing", &id))
                .transpose()?,
        })
    }

    /// Sets what an organisation is allowed, and its e-mail domains.
    ///
    /// # Errors
    /// What the database says.
    pub async fn set_standing(
        &self,
        organisation: &Slug,
        standing: &Standing,
    ) -> Result<(), StoreError> {
        let id = RecordId::new("standing", organisation.as_str());
        let row = StandingRow {
            id: id.clone(),
            trusted: standing.trusted,
            domains: standing.domains.clone(),
            followed_by: standing.followed_by.as_ref().map(Slug::to_string),
        };
        let domains: Vec<DomainRow> = standing
            .domains
            .iter()
            .map(|domain| DomainRow {
                id: RecordId::new("email_domain", format!("{domain}/{organisation}")),
                domain: domain.clone(),
                organisation: organisation.to_string(),
            })
            .collect();
        let mut variables = variable("id", id);
        variables.insert("organisation", organisation.to_string());
        variables.insert("row", row);
        variables.insert("domains", domains);
        self.engine()
            .write(SET_STANDING, &variables)
            .await
            .map(drop)
    }

    /// The organisations that an e-mail address belongs to by its domain.
    ///
    /// # Errors
    /// What the database says.
    pub async fn organisations_of_domain(
        &self,
        email: &EmailAddress,
    ) -> Result<Vec<Slug>, StoreError> {
        let email = email.as_str().to_lowercase();
        let domain = email.rsplit('@').next().unwrap_or_default();
        let rows: Vec<DomainRow> = self
            .engine()
            .run(
                "SELECT * FROM email_domain WHERE domain = $domain",
                variable("domain", domain.to_owned()),
            )
            .await?
            .take(0)?;
        let mut organisations = rows
            .iter()
            .map(|row| read("email_domain", &row.organisation))
            .collect::<Result<Vec<Slug>, _>>()?;
        organisations.sort();
        Ok(organisations)
    }
}

/// Whether a transaction was done, or given up for the reason that it throws itself.
fn done_unless<T>(reason: &str, result: Result<T, StoreError>) -> Result<bool, StoreError> {
    match result {
        Ok(_) => Ok(true),
        Err(StoreError::Statement(message)) if message.contains(reason) => Ok(false),
        Err(error) => Err(error),
    }
}
