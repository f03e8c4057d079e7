//! Who may do more than read: accounts and how they sign in, and tokens for programs.

use domain::membership::PortalRole;
use domain::{Code, EmailAddress, Slug, Title};
use jiff::{SignedDuration, Timestamp};
use surrealdb::types::{RecordId, RecordIdKey, SurrealValue, Variables};

use crate::engine::variable;
use crate::error::{Failure, StoreError};
use crate::record::timestamp_from;
use crate::secret::Secret;
use crate::session::{Session, SessionRow};
use crate::store::Store;

/// Someone who can sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its id, which never changes.
    pub id: Slug,
    /// The name that others see.
    pub name: String,
    /// Where it is written to.
    pub email: Option<String>,
    /// What it is in the portal as a whole, if anything.
    pub role: Option<PortalRole>,
    /// When it was made.
    pub created: Timestamp,
    /// When it was closed; a closed account cannot sign in.
    pub disabled: Option<Timestamp>,
}

/// A token that lets a program in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is called.
    pub name: String,
    /// What it may do.
    pub role: PortalRole,
    /// When it was made.
    pub created: Timestamp,
    /// When it was revoked; a revoked token opens nothing.
    pub revoked: Option<Timestamp>,
}

/// What a one-time link is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkPurpose {
    /// Makes the portal's first administrator and signs in; good while there is no account.
    FirstAdministrator,
    /// Signs in to this account.
    SignIn(Slug),
    /// Makes an account for whoever has this address, and signs in to it; or to the one that the
    /// address has got meanwhile.
    SignUp {
        /// The address that the link was sent to.
        email: EmailAddress,
        /// The name that others will see.
        name: Title,
    },
    /// Makes an address the account's, as whoever reads what is sent there says it is.
    Address {
        /// The account.
        account: Slug,
        /// The address that the link was sent to.
        email: EmailAddress,
    },
}

fn role_from(code: &str) -> Result<PortalRole, StoreError> {
    code.parse()
        .map_err(|_| StoreError::Damaged(format!("unknown role «{code}»")))
}

/// The key under which the database has whose an address is.
fn address_id(email: &str) -> RecordId {
    RecordId::new("address", email.to_lowercase())
}

#[derive(SurrealValue)]
pub(crate) struct AddressRow {
    id: RecordId,
    account: String,
}

#[derive(SurrealValue)]
pub(crate) struct AccountRow {
    id: RecordId,
    name: String,
    email: Option<String>,
    role: Option<String>,
    created: String,
    disabled: Option<String>,
}

impl From<&Account> for AccountRow {
    fn from(account: &Account) -> Self {
        Self {
            id: RecordId::new("account", account.id.as_str()),
            name: account.name.clone(),
            email: account.email.clone(),
            role: account.role.map(|role| role.code().to_owned()),
            created: account.created.to_string(),
            disabled: account.disabled.map(|time| time.to_string()),
        }
    }
}

impl TryFrom<AccountRow> for Account {
    type Error = StoreError;

    fn try_from(row: AccountRow) -> Result<Self, StoreError> {
        let RecordIdKey::String(id) = row.id.key else {
            return Err(StoreError::Damaged(
                "an account's key is not a text".to_owned(),
            ));
        };
        Ok(Self {
            id: id
                .parse()
                .map_err(|_| StoreError::Damaged(format!("«{id}» is not an account's id")))?,
            name: row.name,
            email: row.email,
            role: row.role.as_deref().map(role_from).transpose()?,
            created: timestamp_from(&row.created)?,
            disabled: row.disabled.as_deref().map(timestamp_from).transpose()?,
        })
    }
}

#[derive(SurrealValue)]
struct TokenRow {
    id: RecordId,
    name: String,
    role: String,
    created: String,
    revoked: Option<String>,
}

impl TryFrom<TokenRow> for Token {
    type Error = StoreError;

    fn try_from(row: TokenRow) -> Result<Self, StoreError> {
        Ok(Self {
            name: row.name,
            role: role_from(&row.role)?,
            created: timestamp_from(&row.created)?,
            revoked: row.revoked.as_deref().map(timestamp_from).transpose()?,
        })
    }
}

#[derive(SurrealValue)]
pub(crate) struct LinkRow {
    id: RecordId,
    purpose: String,
    account: Option<String>,
    email: Option<String>,
    name: Option<String>,
    created: String,
    expires: String,
    used: Option<String>,
}

impl LinkRow {
    pub(crate) fn new(
        secret: &Secret,
        purpose: &LinkPurpose,
        now: Timestamp,
        good_for: SignedDuration,
    ) -> Self {
        let (code, account, email, name) = match purpose {
            LinkPurpose::FirstAdministrator => (FIRST_ADMINISTRATOR, None, None, None),
            LinkPurpose::SignIn(account) => (SIGN_IN, Some(account.to_string()), None, None),
            LinkPurpose::SignUp { email, name } => (
                SIGN_UP,
                None,
                Some(email.to_string()),
                Some(name.to_string()),
            ),
            LinkPurpose::Address { account, email } => (
                ADDRESS,
                Some(account.to_string()),
                Some(email.to_string()),
                None,
            ),
        };
        Self {
            id: RecordId::new("link", secret.hash()),
            purpose: code.to_owned(),
            account,
            email,
            name,
            created: now.to_string(),
            expires: (now + good_for).to_string(),
            used: None,
        }
    }
}

const FIRST_ADMINISTRATOR: &str = "first-administrator";
const SIGN_IN: &str = "sign-in";
const SIGN_UP: &str = "sign-up";
const ADDRESS: &str = "address";

const GET: &str = "SELECT * FROM ONLY $id";

pub(crate) const ADDRESS_IN_USE: &str = "anker: the address is another account's";

/// Writes an account and whose its address is, and lets go of the address it had before.
const PUT: &str = "
    BEGIN;
    FOR $address IN $addresses {
        IF (SELECT VALUE account FROM ONLY $address.id) NOT IN [NONE, $key] { THROW $in_use };
    };
    LET $before = (SELECT VALUE email FROM ONLY $account);
    IF $before != NONE { DELETE type::record('address', string::lowercase($before)) RETURN NONE };
    UPSERT $account CONTENT $row RETURN NONE;
    INSERT INTO address $addresses RETURN NONE;
    COMMIT;
";

/// Uses a link up, and with it makes an address an account's in place of the one before; or nothing.
const CONFIRM_ADDRESS: &str = "
    BEGIN;
    IF (SELECT VALUE used FROM ONLY $link) != NONE { THROW $already };
    FOR $address IN $addresses {
        IF (SELECT VALUE account FROM ONLY $address.id) NOT IN [NONE, $key] { THROW $in_use };
    };
    UPDATE $link SET used = $now RETURN NONE;
    LET $before = (SELECT VALUE email FROM ONLY $account);
    IF $before != NONE { DELETE type::record('address', string::lowercase($before)) RETURN NONE };
    UPDATE $account SET email = $email RETURN NONE;
    INSERT INTO address $addresses RETURN NONE;
    COMMIT;
";

/// The account's address as rows: one, or none.
pub(crate) fn addresses(account: &Account) -> Vec<AddressRow> {
    let row = |email: &String| AddressRow {
        id: address_id(email),
        account: account.id.to_string(),
    };
    account.email.iter().map(row).collect()
}

const ALREADY_USED: &str = "anker: the link is used";

/// Uses a link up, and with it makes what it is for; or nothing.
const REDEEM: &str = "
    BEGIN;
    IF (SELECT VALUE used FROM ONLY $link) != NONE { THROW $already };
    UPDATE $link SET used = $now RETURN NONE;
    INSERT INTO account $accounts RETURN NONE;
    INSERT INTO address $addresses RETURN NONE;
    INSERT INTO session $sessions RETURN NONE;
    COMMIT;
";

impl Store {
    /// Whether anyone can sign in at all.
    ///
    /// # Errors
    /// What the database says.
    pub async fn has_account(&self) -> Result<bool, StoreError> {
        Ok(!self.accounts().await?.is_empty())
    }

    /// All accounts, by id.
    ///
    /// # Errors
    /// What the database says.
    pub async fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        let rows: Vec<AccountRow> = self
            .engine()
            .run("SELECT * FROM account", Variables::new())
            .await?
            .take(0)?;
        let mut accounts = rows
            .into_iter()
            .map(Account::try_from)
            .collect::<Result<Vec<_>, _>>()?;
        accounts.sort_by(|left, right| left.id.cmp(&right.id));
        Ok(accounts)
    }

    /// The account with this e-mail address, whatever the case of its letters.
    ///
    /// # Errors
    /// What the database says.
    pub async fn account_of(&self, email: &EmailAddress) -> Result<Option<Account>, StoreError> {
        let row: Option<AddressRow> = self
            .engine()
            .run(GET, variable("id", address_id(email.as_str())))
            .await?
            .take(0)?;
        match row {
            Some(AddressRow { account, .. }) => {
                let row: Option<AccountRow> = self.one("account", &account).await?;
                row.map(Account::try_from).transpose()
            }
            None => Ok(None),
        }
    }

    /// The open accounts that have a role in the portal as a whole.
    ///
    /// # Errors
    /// What the database says.
    pub async fn holders_of(&self, role: PortalRole) -> Result<Vec<Slug>, StoreError> {
        let rows: Vec<AccountRow> = self
            .engine()
            .run(
                "SELECT * FROM account WHERE role = $role",
                variable("role", role.code().to_owned()),
            )
            .await?
            .take(0)?;
        let accounts = rows.into_iter().map(Account::try_from);
        accounts
            .filter(|account| !matches!(account, Ok(account) if account.disabled.is_some()))
            .map(|account| account.map(|account| account.id))
            .collect()
    }

    /// The account with this id.
    ///
    /// # Errors
    /// What the database says.
    pub async fn account(&self, id: &Slug) -> Result<Option<Account>, StoreError> {
        let row: Option<AccountRow> = self.one("account", id.as_str()).await?;
        row.map(Account::try_from).transpose()
    }

    /// Makes an account, or changes the one with its id.
    ///
    /// # Errors
    /// [`StoreError::AddressInUse`] when another account has the e-mail address; otherwise what the
    /// database says.
    pub async fn put_account(&self, account: &Account) -> Result<(), StoreError> {
        let row = AccountRow::from(account);
        let mut variables = variable("account", row.id.clone());
        variables.insert("key", account.id.to_string());
        variables.insert("addresses", addresses(account));
        variables.insert("in_use", ADDRESS_IN_USE.to_owned());
        variables.insert("row", row);
        match self.engine().write(PUT, &variables).await {
            Err(StoreError::Statement(message)) if message.contains(ADDRESS_IN_USE) => {
                Err(StoreError::AddressInUse)
            }
            done => done.map(drop),
        }
    }

    /// Makes a token, which its holder gets as [`Secret::reveal`] says.
    ///
    /// # Errors
    /// What the database says.
    pub async fn create_token(
        &self,
        secret: &Secret,
        name: &str,
        role: PortalRole,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let row = TokenRow {
            id: RecordId::new("api_token", secret.hash()),
            name: name.to_owned(),
            role: role.code().to_owned(),
            created: now.to_string(),
            revoked: None,
        };
        self.put_row("CREATE $id CONTENT $row RETURN NONE", row.id.clone(), row)
            .await
    }

    /// All tokens, also revoked ones, oldest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn tokens(&self) -> Result<Vec<Token>, StoreError> {
        let rows: Vec<TokenRow> = self
            .engine()
            .run("SELECT * FROM api_token", Variables::new())
            .await?
            .take(0)?;
        let mut tokens = rows
            .into_iter()
            .map(Token::try_from)
            .collect::<Result<Vec<_>, _>>()?;
        tokens.sort_by(|left, right| (left.created, &left.name).cmp(&(right.created, &right.name)));
        Ok(tokens)
    }

    /// The token that a secret is, unless it is revoked or there is none.
    ///
    /// # Errors
    /// What the database says.
    pub async fn token(&self, secret: &Secret) -> Result<Option<Token>, StoreError> {
        let row: Option<TokenRow> = self.one("api_token", &secret.hash()).await?;
        let token = row.map(Token::try_from).transpose()?;
        Ok(token.filter(|token| token.revoked.is_none()))
    }

    /// Revokes every token of this name that is not revoked, and says how many there were.
    ///
    /// # Errors
    /// What the database says.
    pub async fn revoke_tokens(&self, name: &str, now: Timestamp) -> Result<usize, StoreError> {
        let mut variables = variable("name", name.to_owned());
        variables.insert("now", now.to_string());
        let revoked: Vec<TokenRow> = self
            .engine()
            .write(
                "UPDATE api_token SET revoked = $now \
                 WHERE name = $name AND revoked = NONE RETURN AFTER",
                &variables,
            )
            .await?
            .take(0)?;
        Ok(revoked.len())
    }

    /// Makes a link that is good once, for so long. Its secret goes into the link's address.
    ///
    /// # Errors
    /// What the database says.
    pub async fn create_link(
        &self,
        secret: &Secret,
        purpose: &LinkPurpose,
        now: Timestamp,
        good_for: SignedDuration,
    ) -> Result<(), StoreError> {
        let row = LinkRow::new(secret, purpose, now, good_for);
        self.put_row("CREATE $id CONTENT $row RETURN NONE", row.id.clone(), row)
            .await
    }

    /// What a link is for, as long as it is good. Looking does not use it up.
    ///
    /// # Errors
    /// What the database says.
    pub async fn link(
        &self,
        secret: &Secret,
        now: Timestamp,
    ) -> Result<Option<LinkPurpose>, StoreError> {
        let row: Option<LinkRow> = self.one("link", &secret.hash()).await?;
        let Some(row) = row else { return Ok(None) };
        if row.used.is_some() || timestamp_from(&row.expires)? <= now {
            return Ok(None);
        }
        let damaged =
            |text: &str| StoreError::Damaged(format!("«{text}» is not whom a link is for"));
        match (row.purpose.as_str(), row.account) {
            (FIRST_ADMINISTRATOR, None) => Ok(if self.has_account().await? {
                None
            } else {
                Some(LinkPurpose::FirstAdministrator)
            }),
            (SIGN_IN, Some(account)) => {
                let id = account.parse().map_err(|_| damaged(&account))?;
                Ok(Some(LinkPurpose::SignIn(id)))
            }
            (ADDRESS, Some(account)) => {
                let email = row.email.unwrap_or_default();
                Ok(Some(LinkPurpose::Address {
                    account: account.parse().map_err(|_| damaged(&account))?,
                    email: email.parse().map_err(|_| damaged(&email))?,
                }))
            }
            (SIGN_UP, None) => {
                let (email, name) = (row.email.unwrap_or_default(), row.name.unwrap_or_default());
                Ok(Some(LinkPurpose::SignUp {
                    email: email.parse().map_err(|_| damaged(&email))?,
                    name: name.parse().map_err(|_| damaged(&name))?,
                }))
            }
            (purpose, _) => Err(StoreError::Damaged(format!("unknown purpose «{purpose}»"))),
        }
    }

    /// Uses a link up and signs in: to the account it is for, or to `new`, which it makes. `None`
    /// when the link is not good (any more) or its account is closed. Of two who come at once, one
    /// gets in. Where the account has a second factor, the sign-in waits for it.
    ///
    /// # Errors
    /// What the database says.
    pub async fn redeem_link(
        &self,
        link: &Secret,
        new: &Account,
        session: &Secret,
        browser: Option<&str>,
        now: Timestamp,
        good_for: SignedDuration,
    ) -> Result<Option<Session>, StoreError> {
        let mut turn = self.engine().turn().await;
        loop {
            let tried = self
                .redeem_once(link, new, session, browser, now, good_for)
                .await;
            if let Some(settled) = turn.settle(tried).await {
                return settled;
            }
        }
    }

    async fn redeem_once(
        &self,
        link: &Secret,
        new: &Account,
        session: &Secret,
        browser: Option<&str>,
        now: Timestamp,
        good_for: SignedDuration,
    ) -> Result<Option<Session>, Failure> {
        let Some(purpose) = self.link(link, now).await? else {
            return Ok(None);
        };
        let (account, created) = match purpose {
            LinkPurpose::FirstAdministrator => (Some(new.clone()), true),
            LinkPurpose::SignIn(id) => (self.account(&id).await?, false),
            // It opens nothing.
            LinkPurpose::Address { .. } => (None, false),
            LinkPurpose::SignUp { email, .. } => match self.account_of(&email).await? {
                Some(account) => (Some(account), false),
                None => (Some(new.clone()), true),
            },
        };
        let Some(account) = account.filter(|account| account.disabled.is_none()) else {
            return Ok(None);
        };
        let accounts: Vec<AccountRow> = created
            .then(|| AccountRow::from(&account))
            .into_iter()
            .collect();
        let known_by = if created {
            addresses(&account)
        } else {
            Vec::new()
        };
        let begun = self.beginning(account, now, good_for, true).await?;
        let row = SessionRow::new(session, &begun, browser);
        let mut variables = variable("link", RecordId::new("link", link.hash()));
        variables.insert("already", ALREADY_USED.to_owned());
        variables.insert("now", now.to_string());
        variables.insert("accounts", accounts);
        variables.insert("addresses", known_by);
        variables.insert("sessions", vec![row]);
        match self.engine().attempt(REDEEM, variables).await {
            Ok(_) => Ok(Some(begun)),
            Err(Failure::Final(StoreError::Statement(message)))
                if message.contains(ALREADY_USED) =>
            {
                Ok(None)
            }
            Err(failure) => Err(failure),
        }
    }

    /// Uses a link up and makes the address that it was sent to its account's, in place of the one before. `None` when the
    /// link is not good (any more) or its account is gone or closed.
    ///
    /// # Errors
    /// [`StoreError::AddressInUse`] when another account has got the address meanwhile; otherwise what the database says.
    pub async fn confirm_address(
        &self,
        link: &Secret,
        now: Timestamp,
    ) -> Result<Option<Account>, StoreError> {
        let Some(LinkPurpose::Address { account, email }) = self.link(link, now).await? else {
            return Ok(None);
        };
        let account = self.account(&account).await?;
        let Some(account) = account.filter(|account| account.disabled.is_none()) else {
            return Ok(None);
        };
        let account = Account {
            email: Some(email.into()),
            ..account
        };
        let row = AccountRow::from(&account);
        let mut variables = variable("account", row.id);
        variables.insert("link", RecordId::new("link", link.hash()));
        variables.insert("now", now.to_string());
        variables.insert("already", ALREADY_USED.to_owned());
        variables.insert("key", account.id.to_string());
        variables.insert("email", row.email);
        variables.insert("addresses", addresses(&account));
        variables.insert("in_use", ADDRESS_IN_USE.to_owned());
        match self.engine().write(CONFIRM_ADDRESS, &variables).await {
            Ok(_) => Ok(Some(account)),
            Err(StoreError::Statement(message)) if message.contains(ALREADY_USED) => Ok(None),
            Err(StoreError::Statement(message)) if message.contains(ADDRESS_IN_USE) => {
                Err(StoreError::AddressInUse)
            }
            Err(error) => Err(error),
        }
    }

    /// Forgets sessions that have ended, and links and invitations that are no longer good.
    ///
    /// # Errors
    /// What the database says.
    pub async fn forget_expired(&self, now: Timestamp) -> Result<(), StoreError> {
        for table in ["session", "link", "newcomer", "invitation"] {
            let rows: Vec<ExpiringRow> = self
                .engine()
                .run(
                    "SELECT id, expires FROM type::table($table)",
                    variable("table", table.to_owned()),
                )
                .await?
                .take(0)?;
            let mut ids = Vec::new();
            for row in rows {
                if timestamp_from(&row.expires)? <= now {
                    ids.push(row.id);
                }
            }
            if ids.is_empty() {
                continue;
            }
            self.engine()
                .write("DELETE $ids RETURN NONE", &variable("ids", ids))
                .await?;
        }
        Ok(())
    }

    pub(crate) async fn one<Row: SurrealValue>(
        &self,
        table: &str,
        key: &str,
    ) -> Result<Option<Row>, StoreError> {
        let id = RecordId::new(table, key);
        Ok(self.engine().run(GET, variable("id", id)).await?.take(0)?)
    }

    pub(crate) async fn put_row(
        &self,
        statement: &'static str,
        id: RecordId,
        row: impl SurrealValue,
    ) -> Result<(), StoreError> {
        let mut variables = variable("id", id);
        variables.insert("row", row);
        self.engine().write(statement, &variables).await.map(drop)
    }
}

#[derive(SurrealValue)]
struct ExpiringRow {
    id: RecordId,
    expires: String,
}
