//! The address of an account: it is the account's once somebody has opened the link that was sent there.

use std::net::IpAddr;
use std::sync::Arc;

use app::letter::Letter;
use app::pages::address::{self, Standing};
use app::pages::sign_in_link::Refused;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use domain::audit::Act;
use domain::{EmailAddress, Language};
use jiff::SignedDuration;
use rand::rng;
use store::{Account, Author, LinkPurpose, Secret, StoreError};

use super::sign_in::with_query;
use super::{pages, session};
use crate::portal::Portal;

/// How long the link is good.
const LINK: SignedDuration = SignedDuration::from_hours(24);

/// The path that the link in a letter opens.
fn address_path(secret: &Secret) -> String {
    format!("/adresse/{}", secret.reveal())
}

/// Sends a link to an address that somebody says is theirs. Where it is another account's, its owner gets a letter that
/// says so: the answer is the same. Nothing but the number of letters is refused.
///
/// # Errors
/// What the store says.
pub async fn ask(
    portal: &Portal,
    account: &Account,
    email: &EmailAddress,
    from: Option<IpAddr>,
    language: Language,
) -> Result<Result<(), Refused>, StoreError> {
    if let Err(refused) = portal.link_requests.count(email, from, portal.clock.now()) {
        return Ok(Err(refused));
    }
    let known = portal.store.account_of(email).await?;
    if known.is_some_and(|known| known.id != account.id) {
        portal
            .send_letter(email, language, &Letter::AddressTaken)
            .await?;
        return Ok(Ok(()));
    }
    let secret = Secret::generate(&mut rng());
    let letter = Letter::ConfirmAddress(portal.in_language(&address_path(&secret), language));
    let purpose = LinkPurpose::Address {
        account: account.id.clone(),
        email: email.clone(),
    };
    let name = Some(account.name.as_str());
    portal
        .send_link(email, name, language, &letter, (&secret, &purpose), LINK)
        .await?;
    Ok(Ok(()))
}

/// Shows what is to be confirmed. Opening the address confirms nothing.
pub async fn show(
    State(portal): State<Arc<Portal>>,
    Path(secret): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    answer(&portal, &secret, &uri, &headers, false).await
}

/// Makes it the account's.
pub async fn confirm(
    State(portal): State<Arc<Portal>>,
    Path(secret): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    answer(&portal, &secret, &uri, &headers, true).await
}

async fn answer(
    portal: &Portal,
    secret: &str,
    uri: &Uri,
    headers: &HeaderMap,
    confirms: bool,
) -> Response {
    let context = session::context(portal, uri, headers);
    let answered = async {
        let Some((secret, name, email)) = good(portal, secret).await? else {
            return Ok((String::new(), String::new(), Standing::Gone));
        };
        if !confirms {
            return Ok((name, email, Standing::Asks(with_query(uri))));
        }
        let standing = match portal
            .store
            .confirm_address(&secret, portal.clock.now())
            .await
        {
            Ok(Some(account)) => {
                let author = Author::Account(account.id);
                portal.note_act(&author, Act::ConfirmAddress, "").await;
                Standing::Confirmed
            }
            Ok(None) => Standing::Gone,
            Err(StoreError::AddressInUse) => Standing::Taken,
            Err(error) => return Err(error),
        };
        Ok::<_, StoreError>((name, email, standing))
    };
    match answered.await {
        Ok((name, email, standing)) => {
            let page = address::page(&context, &name, &email, &standing);
            pages::answer(headers, page)
        }
        Err(error) => session::unavailable(uri, headers, &error),
    }
}

/// A link that is good, the name of the account, and the address.
async fn good(
    portal: &Portal,
    secret: &str,
) -> Result<Option<(Secret, String, String)>, StoreError> {
    let Ok(secret) = secret.parse::<Secret>() else {
        return Ok(None);
    };
    let purpose = portal.store.link(&secret, portal.clock.now()).await?;
    let Some(LinkPurpose::Address { account, email }) = purpose else {
        return Ok(None);
    };
    let account = portal.store.account(&account).await?;
    Ok(account.map(|account| (secret, account.name, email.into())))
}
