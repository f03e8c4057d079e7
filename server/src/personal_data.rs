//! All there is about a person, for themselves, and deleting their account.

use app::letter::Letter;
use domain::audit::Act;
use domain::membership::{MemberRole, PortalRole};
use domain::notice::NoticeKind;
use domain::{Code, Slug};
use serde_json::{Value, json};
use store::{Account, AuditLine, Author, Erasure, StoreError};

use crate::portal::Portal;

/// So many lines of the log are read at a time.
const PART: usize = 2_000;
/// The most lines of the log that are looked through for one person.
const MOST_READ: usize = 400_000;

impl Portal {
    /// All there is about whoever has this account, as JSON: what they told, what they did, what they are told.
    ///
    /// # Errors
    /// What the store says.
    pub async fn data_of(&self, account: &Account) -> Result<Value, StoreError> {
        let (store, id, now) = (&self.store, &account.id, self.clock.now());
        let email = account.email.as_deref().unwrap_or_default();
        let preferences = store.preferences(id).await?;
        let choices: Vec<Value> = NoticeKind::all()
            .iter()
            .map(
                |kind| json!({ "kind": kind.code(), "delivery": preferences.choice(*kind).code() }),
            )
            .collect();
        let factor = store.second_factor(id).await?;
        Ok(json!({
            "account": {
                "id": id.as_str(),
                "name": account.name,
                "email": account.email,
                "role": account.role.map(PortalRole::code),
                "created": account.created.to_string(),
                "lastSignIn": store.last_seen(id).await?.map(|day| day.to_string()),
                "hasPassword": store.password_hash(id).await?.is_some(),
                "secondFactorSince": factor.map(|factor| factor.enrolled.to_string()),
            },
            "otherSignIns": store.identities_of(id).await?.into_iter().map(|identity| json!({
                "issuer": identity.issuer, "linked": identity.linked.to_string(),
            })).collect::<Vec<_>>(),
            "signedInAt": store.sessions_of(id, now).await?.into_iter().map(|open| json!({
                "browser": open.browser, "began": open.created.to_string(), "ends": open.expires.to_string(),
            })).collect::<Vec<_>>(),
            "memberships": store.memberships_of(id).await?.iter().map(|held| json!({
                "organisation": held.organisation().as_str(), "role": held.role().code(),
            })).collect::<Vec<_>>(),
            "requestsToJoin": store.join_requests_by(id).await?.into_iter().map(|request| json!({
                "organisation": request.organisation.as_str(), "message": request.message,
                "since": request.created.to_string(),
            })).collect::<Vec<_>>(),
            "letters": {
                "language": preferences.language.tag(),
                "digest": !preferences.without_digest,
                "choices": choices,
                "waitingForDigest": store.waiting_notices(id).await?.into_iter().map(|waiting| json!({
                    "kind": waiting.notice.kind.code(), "title": waiting.notice.title,
                    "since": waiting.created.to_string(),
                })).collect::<Vec<_>>(),
                "written": store.letters_to(email).await?.into_iter().map(|letter| json!({
                    "kind": letter.kind, "subject": letter.subject, "written": letter.written.to_string(),
                })).collect::<Vec<_>>(),
            },
            "contributions": store.remarks_by(id).await?.into_iter().map(|own| json!({
                "about": own.key.to_string(), "act": own.remark.act, "text": own.remark.text,
                "onFields": own.remark.on_fields.iter().map(|(field, comment)| json!({
                    "field": field, "comment": comment,
                })).collect::<Vec<_>>(),
                "onBehalfOf": own.remark.behalf.as_ref().map(Slug::as_str), "time": own.remark.time.to_string(),
            })).collect::<Vec<_>>(),
            "feedback": store.feedback_of(id).await?.into_iter().map(|given| json!({
                "offer": given.offer.as_str(), "said": given.feedback, "given": given.time.to_string(),
                "answer": given.answer.map(|answer| answer.text.to_string()),
            })).collect::<Vec<_>>(),
            "uploads": store.uploads_by(id).await?.into_iter().map(|upload| json!({
                "id": upload.id, "mediaType": upload.media_type, "uploaded": upload.uploaded.to_string(),
            })).collect::<Vec<_>>(),
            "log": self.log_of(id).await?.into_iter().map(|line| json!({
                "time": line.time.to_string(), "act": line.act.code(), "about": line.about, "title": line.title,
                "detail": line.detail, "byYou": line.whom.as_ref() != Some(id),
            })).collect::<Vec<_>>(),
        }))
    }

    /// The lines of the log about a person: what they did, and what was done to their account.
    async fn log_of(&self, account: &Slug) -> Result<Vec<AuditLine>, StoreError> {
        let author = Author::Account(account.clone()).to_string();
        let mut own = Vec::new();
        let mut after: Option<String> = None;
        for _ in 0..MOST_READ / PART {
            let lines = self.store.audit(after.as_deref(), None, None, PART).await?;
            let last = lines.len() < PART;
            after = lines.last().map(|(key, _)| key.clone());
            let theirs =
                |line: &AuditLine| line.author == author || line.whom.as_ref() == Some(account);
            own.extend(lines.into_iter().map(|(_, line)| line).filter(theirs));
            if last {
                break;
            }
        }
        Ok(own)
    }

    /// The organisations that this person alone manages and in which there are others: they keep the account from being
    /// deleted.
    ///
    /// # Errors
    /// What the store says.
    pub async fn leads_alone(&self, account: &Slug) -> Result<Vec<(Slug, String)>, StoreError> {
        let mut alone = Vec::new();
        for held in self.store.memberships_of(account).await? {
            if held.role() != MemberRole::Manager {
                continue;
            }
            let members = self.store.members(held.organisation()).await?;
            let mut others = members
                .iter()
                .filter(|member| member.account.id != *account)
                .peekable();
            let nobody_else = others.peek().is_some()
                && !others.any(|member| member.roles.contains(&MemberRole::Manager));
            if nobody_else {
                alone.push(held.organisation().clone());
            }
        }
        self.names(&alone).await
    }

    /// Deletes an account, notes that, and writes to the address a last time.
    ///
    /// # Errors
    /// What the store says.
    pub async fn delete_account(
        &self,
        account: &Account,
        author: &Author,
    ) -> Result<Erasure, StoreError> {
        let language = self.store.preferences(&account.id).await?.language;
        let erasure = self.store.erase_account(account).await?;
        if erasure != Erasure::Done {
            return Ok(erasure);
        }
        let line = AuditLine::new(author, Act::DeleteAccount, self.clock.now());
        self.note(&line.whom(&account.id)).await;
        let email = account.email.as_deref().map(str::parse);
        if let Some(Ok(email)) = email
            && let Err(error) = self
                .send_letter(&email, language, &Letter::AccountDeleted)
                .await
        {
            tracing::error!(error = %error, "the last letter to an account could not be written");
        }
        Ok(erasure)
    }
}
