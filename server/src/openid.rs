//! Signing in with another's accounts: OpenID Connect with any issuer that the settings name, as Unilogin is one.
//!
//! The authorization code flow with PKCE (RFC 7636), state and nonce. What the issuer is and which keys it signs with is
//! read from its discovery document, and read again when a token is signed with a key that is not known.

use std::net::IpAddr;
use std::pin::Pin;
use std::time::Duration;

use anyhow::{Context as _, anyhow};
use jiff::{SignedDuration, Timestamp};
use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreClientAuthMethod, CoreErrorResponseType, CoreGenderClaim,
    CoreJsonWebKey, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm,
    CoreProviderMetadata, CoreResponseType, CoreRevocableToken, CoreRevocationErrorResponse,
    CoreTokenIntrospectionResponse, CoreTokenType,
};
use openidconnect::url::Url;
use openidconnect::{
    AdditionalClaims, AsyncHttpClient, AuthType, AuthenticationFlow, AuthorizationCode,
    ClaimsVerificationError, Client, ClientId, ClientSecret, CsrfToken, EmptyExtraTokenFields,
    EndpointMaybeSet, EndpointNotSet, EndpointSet, HttpRequest, HttpResponse, IdTokenFields,
    IssuerUrl, Nonce, OAuth2TokenResponse as _, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl,
    SignatureVerificationError, StandardErrorResponse, StandardTokenResponse, TokenResponse as _,
    UserInfoClaims,
};
use serde::{Deserialize, Serialize};
use store::{Identity, Secret};
use tokio::sync::Mutex;

/// How long the issuer may take to answer one question.
const PATIENCE: Duration = Duration::from_secs(8);
/// The most bytes of one answer of the issuer.
const LARGEST_ANSWER: usize = 512 * 1024;
/// How long what the issuer says of itself is believed.
const BELIEVED: SignedDuration = SignedDuration::from_hours(12);
/// Keys are not asked for again before so long.
const KEYS_APART: SignedDuration = SignedDuration::from_secs(2);
/// So long an issuer that did not say what it is is not asked again.
const FAILED_FOR: SignedDuration = SignedDuration::from_secs(5);
/// What Unilogin calls pupils in `aktoer_gruppe`.
const PUPIL: &str = "elev";

/// What the portal is told about the issuer.
#[derive(Clone)]
pub struct OpenIdSettings {
    /// The issuer's address.
    pub issuer: IssuerUrl,
    /// What the issuer calls the portal.
    pub client: String,
    /// What the portal shows the issuer, unless it is a public client.
    pub secret: Option<String>,
    /// What people call the issuer: the button says it.
    pub name: String,
}

impl std::fmt::Debug for OpenIdSettings {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{} as {}", self.issuer.as_str(), self.client)
    }
}

/// Reads an issuer's address: https, or http on this very machine.
///
/// # Errors
/// It is no such address.
pub fn issuer(text: &str) -> anyhow::Result<IssuerUrl> {
    let issuer = IssuerUrl::new(text.to_owned())?;
    protected(issuer.url())?;
    Ok(issuer)
}

/// Whether what is sent to an address stays between the two ends.
fn protected(url: &Url) -> anyhow::Result<()> {
    let here = url.host_str().is_some_and(|host| {
        let address = host.trim_start_matches('[').trim_end_matches(']');
        host == "localhost"
            || address
                .parse::<IpAddr>()
                .is_ok_and(|address| address.is_loopback())
    });
    match url.scheme() {
        "https" => Ok(()),
        "http" if here => Ok(()),
        _ => Err(anyhow!("{url} is not https")),
    }
}

/// What the issuer says besides the standard claims.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct SchoolClaims {
    /// In which capacity someone is known: pupil, employee, … A text, or several.
    #[serde(default)]
    aktoer_gruppe: Option<serde_json::Value>,
}

impl AdditionalClaims for SchoolClaims {}

impl SchoolClaims {
    fn is_pupil(&self) -> bool {
        let says = |value: &serde_json::Value| {
            value
                .as_str()
                .is_some_and(|group| group.trim().eq_ignore_ascii_case(PUPIL))
        };
        match &self.aktoer_gruppe {
            Some(serde_json::Value::Array(groups)) => groups.iter().any(says),
            Some(group) => says(group),
            None => false,
        }
    }
}

type Tokens = StandardTokenResponse<
    IdTokenFields<
        SchoolClaims,
        EmptyExtraTokenFields,
        CoreGenderClaim,
        CoreJweContentEncryptionAlgorithm,
        CoreJwsSigningAlgorithm,
    >,
    CoreTokenType,
>;

type IssuersClient = Client<
    SchoolClaims,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    Tokens,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// Whom the issuer vouches for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Vouched {
    /// Someone who may have an account.
    For(Identity),
    /// A pupil, who may not.
    Pupil,
}

/// The issuer, and the portal as its client.
pub struct OpenId {
    settings: OpenIdSettings,
    redirect: RedirectUrl,
    http: Http,
    known: Mutex<Asked>,
}

/// What the issuer answered when it was last asked what it is.
#[derive(Default)]
struct Asked {
    known: Option<Known>,
    failed: Option<Timestamp>,
}

#[derive(Clone)]
struct Known {
    client: IssuersClient,
    asked: Timestamp,
}

impl OpenId {
    /// For a portal at this address, to which people come back at this path. The issuer is not asked for anything yet.
    ///
    /// # Errors
    /// The addresses are none, or there is no TLS on this machine.
    pub fn new(settings: OpenIdSettings, public_url: &str, path: &str) -> anyhow::Result<Self> {
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(PATIENCE)
            .build()?;
        Ok(Self {
            settings,
            redirect: RedirectUrl::new(format!("{public_url}{path}"))?,
            http: Http(client),
            known: Mutex::new(Asked::default()),
        })
    }

    /// What people call the issuer.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.settings.name
    }

    /// Whether an identity is this issuer's.
    #[must_use]
    pub fn issues(&self, issuer: &str) -> bool {
        issuer == self.settings.issuer.as_str()
    }

    /// The address at the issuer that someone is sent to. Everything that has to be there again when they come back is made of
    /// `errand`, which stays in their browser.
    ///
    /// # Errors
    /// The issuer cannot be asked what it is.
    pub async fn address(&self, errand: &Secret, now: Timestamp) -> anyhow::Result<String> {
        let client = self.client(now, BELIEVED).await?;
        protected(client.auth_uri().url())?;
        let state = state(errand);
        let nonce = nonce(errand);
        let (address, _, _) = client
            .authorize_url(
                AuthenticationFlow::<CoreResponseType>::AuthorizationCode,
                move || CsrfToken::new(state),
                move || nonce,
            )
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier(
                errand,
            )))
            .url();
        Ok(address.into())
    }

    /// Whether what came back belongs to the errand.
    #[must_use]
    pub fn belongs(&self, errand: &Secret, state_came_back: &str, issuer: Option<&str>) -> bool {
        // An issuer that names itself in the answer must be this one (RFC 9207).
        state(errand) == state_came_back && issuer.is_none_or(|issuer| self.issues(issuer))
    }

    /// Whom the issuer vouches for with this code.
    ///
    /// # Errors
    /// The issuer does not answer, or its answer is not to be trusted.
    pub async fn vouched(
        &self,
        errand: &Secret,
        code: String,
        now: Timestamp,
    ) -> anyhow::Result<Vouched> {
        let client = self.client(now, BELIEVED).await?;
        let tokens = client
            .exchange_code(AuthorizationCode::new(code))?
            .set_pkce_verifier(verifier(errand))
            .request_async(&self.http)
            .await
            .context("the issuer does not take the code")?;
        let token = tokens.id_token().context("the issuer sends no ID token")?;
        let nonce = nonce(errand);
        let verified = token.claims(&asymmetric(&client), &nonce);
        let claims = match verified {
            Err(ClaimsVerificationError::SignatureVerification(
                SignatureVerificationError::NoMatchingKey
                | SignatureVerificationError::CryptoError(_),
            )) => {
                let newer = self.client(now, KEYS_APART).await?;
                token.claims(&asymmetric(&newer), &nonce)?.clone()
            }
            verified => verified?.clone(),
        };
        let subject = claims.subject().clone();
        let mut said = claims.additional_claims().clone();
        // Many issuers say more where they are asked for it than in the token.
        if said.aktoer_gruppe.is_none()
            && let Ok(request) =
                client.user_info(tokens.access_token().clone(), Some(subject.clone()))
        {
            let more: UserInfoClaims<SchoolClaims, CoreGenderClaim> = request
                .request_async(&self.http)
                .await
                .context("the issuer does not say who it is")?;
            said = more.additional_claims().clone();
        }
        Ok(if said.is_pupil() {
            Vouched::Pupil
        } else {
            Vouched::For(Identity::new(self.settings.issuer.as_str(), &subject))
        })
    }

    /// What the issuer has said of itself, not longer ago than `at_most`.
    async fn client(
        &self,
        now: Timestamp,
        at_most: SignedDuration,
    ) -> anyhow::Result<IssuersClient> {
        let mut asked = self.known.lock().await;
        if let Some(known) = &asked.known
            && now.duration_since(known.asked) < at_most
        {
            return Ok(known.client.clone());
        }
        // Whoever waited for a question that failed does not ask it again one after another.
        if asked
            .failed
            .is_some_and(|failed| now.duration_since(failed) < FAILED_FOR)
        {
            return Err(anyhow!("the issuer did not say what it is a moment ago"));
        }
        let settings = &self.settings;
        let discovered = CoreProviderMetadata::discover_async(settings.issuer.clone(), &self.http);
        let metadata = match discovered.await {
            Ok(metadata) => metadata,
            Err(error) => {
                asked.failed = Some(now);
                return Err(error).context("the issuer does not say what it is");
            }
        };
        let basic = metadata
            .token_endpoint_auth_methods_supported()
            .is_none_or(|methods| methods.contains(&CoreClientAuthMethod::ClientSecretBasic));
        let secret = settings.secret.clone().map(ClientSecret::new);
        let client = Client::from_provider_metadata(
            metadata,
            ClientId::new(settings.client.clone()),
            secret,
        )
        .set_redirect_uri(self.redirect.clone())
        .set_auth_type(if basic {
            AuthType::BasicAuth
        } else {
            AuthType::RequestBody
        });
        *asked = Asked {
            known: Some(Known {
                client: client.clone(),
                asked: now,
            }),
            failed: None,
        };
        Ok(client)
    }
}

/// Only signatures that nobody but the issuer can make.
fn asymmetric(client: &IssuersClient) -> openidconnect::IdTokenVerifier<'_, CoreJsonWebKey> {
    use CoreJwsSigningAlgorithm as Signed;
    client.id_token_verifier().set_allowed_algs([
        Signed::RsaSsaPkcs1V15Sha256,
        Signed::RsaSsaPkcs1V15Sha384,
        Signed::RsaSsaPkcs1V15Sha512,
        Signed::RsaSsaPssSha256,
        Signed::RsaSsaPssSha384,
        Signed::RsaSsaPssSha512,
        Signed::EcdsaP256Sha256,
        Signed::EcdsaP384Sha384,
        Signed::EdDsa,
    ])
}

fn state(errand: &Secret) -> String {
    errand.derived("openid state").reveal()
}

fn nonce(errand: &Secret) -> Nonce {
    Nonce::new(errand.derived("openid nonce").reveal())
}

fn verifier(errand: &Secret) -> PkceCodeVerifier {
    PkceCodeVerifier::new(errand.derived("openid verifier").reveal())
}

/// Asks the issuer, within bounds of time and size, and never in the clear.
struct Http(reqwest::Client);

/// Why the issuer could not be asked.
#[derive(Debug, thiserror::Error)]
#[error("{0:#}")]
struct NotAsked(anyhow::Error);

impl Http {
    async fn ask(&self, request: HttpRequest) -> anyhow::Result<HttpResponse> {
        protected(&request.uri().to_string().parse()?)?;
        let mut answer = self.0.execute(reqwest::Request::try_from(request)?).await?;
        let mut head = http::Response::builder().status(answer.status());
        if let Some(headers) = head.headers_mut() {
            headers.extend(answer.headers().clone());
        }
        let mut body = Vec::new();
        while let Some(part) = answer.chunk().await? {
            if body.len() + part.len() > LARGEST_ANSWER {
                return Err(anyhow!("the answer is larger than {LARGEST_ANSWER} bytes"));
            }
            body.extend_from_slice(&part);
        }
        Ok(head.body(body)?)
    }
}

impl<'c> AsyncHttpClient<'c> for Http {
    type Error = NotAsked;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, Self::Error>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(async move { self.ask(request).await.map_err(NotAsked) })
    }
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng as _;
    use rand::rngs::StdRng;

    use super::*;

    #[test]
    fn an_issuer_is_asked_over_https_or_on_this_machine() {
        for good in [
            "https://broker.unilogin.dk/auth/realms/broker",
            "http://127.0.0.1:4000",
            "http://localhost:4000/issuer",
            "http://[::1]:4000",
        ] {
            assert!(issuer(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "login",
            "http://login.example",
            "http://127.0.0.1.example",
            "ftp://login.example",
        ] {
            assert!(issuer(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn pupils_are_known_however_the_issuer_says_it() {
        let is_pupil = |json: &str| {
            serde_json::from_str::<SchoolClaims>(json)
                .unwrap()
                .is_pupil()
        };
        for pupil in [
            r#"{"aktoer_gruppe":"Elev"}"#,
            r#"{"aktoer_gruppe":["Medarbejder","elev"]}"#,
        ] {
            assert!(is_pupil(pupil), "{pupil}");
        }
        for other in [
            "{}",
            r#"{"aktoer_gruppe":"Medarbejder"}"#,
            r#"{"aktoer_gruppe":7}"#,
        ] {
            assert!(!is_pupil(other), "{other}");
        }
    }

    #[test]
    fn what_an_errand_is_made_into_fits_and_tells_nothing() {
        let errand = Secret::generate(&mut StdRng::seed_from_u64(1));
        let verifier = verifier(&errand);
        // RFC 7636, 4.1: between 43 and 128 letters and digits.
        assert_eq!(verifier.secret().len(), 70);
        let all = [
            state(&errand),
            nonce(&errand).secret().clone(),
            verifier.secret().clone(),
        ];
        for (index, one) in all.iter().enumerate() {
            assert!(!all[index + 1..].contains(one));
            assert!(!errand.reveal().contains(one.as_str()));
        }
    }
}
