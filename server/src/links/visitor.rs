//! Visits single web addresses: politely, briefly, and only on the public internet.
//!
//! A name is resolved by [`OnlyPublic`] alone, which gives no address that is not public, and the connection is made to
//! what it gave; so nothing can lead a visit into the machine's own network, whatever a name's server says next time.
//! Hosts that are addresses themselves never come to it, and are refused where an address is read.

use std::collections::HashMap;
use std::error::Error;
use std::fmt;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use domain::links::{LinkAnswer, is_public, is_public_name};
use http::header::LOCATION;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::{Client, Method, Response, Url};
use tokio::net::{UdpSocket, lookup_host};
use tokio::time::Instant;

/// How long it may take until a site is connected to.
const CONNECT: Duration = Duration::from_secs(8);
/// How long one request may take, with what is read of the answer.
const PATIENCE: Duration = Duration::from_secs(15);
/// The pause between two requests to the same host.
const PAUSE: Duration = Duration::from_secs(3);
/// So often an address may lead on.
const MOST_REDIRECTS: usize = 5;
/// What is read of a page, so that the site sees an ordinary end of a short answer.
const MOST_READ: usize = 16 * 1024;
/// The most addresses of one name that are looked at.
const MOST_ADDRESSES: usize = 32;

/// What visits web addresses.
pub struct Visitor {
    agent: String,
    own_host: Option<String>,
    known: Option<Arc<HashMap<String, SocketAddr>>>,
    pause: Duration,
    client: OnceLock<Option<Client>>,
    hosts: Mutex<HashMap<String, Arc<tokio::sync::Mutex<Option<Instant>>>>>,
}

impl Visitor {
    /// For the portal at this address, whose operators are reached at that one; both are said to every site visited.
    #[must_use]
    pub fn new(public_url: &str, contact_email: &str) -> Self {
        let own_host = Url::parse(public_url)
            .ok()
            .and_then(|url| url.host_str().map(str::to_owned));
        Self {
            agent: format!(
                "Anker/{} (link check; +{public_url}; {contact_email})",
                env!("CARGO_PKG_VERSION")
            ),
            own_host,
            known: None,
            pause: PAUSE,
            client: OnceLock::new(),
            hosts: Mutex::default(),
        }
    }

    /// For tests: one that finds these names, and only these, at sockets of the test's own, and does not pause.
    #[must_use]
    pub fn among(
        public_url: &str,
        contact_email: &str,
        known: HashMap<String, SocketAddr>,
    ) -> Self {
        Self {
            known: Some(Arc::new(known)),
            pause: Duration::ZERO,
            ..Self::new(public_url, contact_email)
        }
    }

    /// An address as it is visited: `None` for one that never is.
    #[must_use]
    pub fn target(&self, address: &str) -> Option<Url> {
        let mut url = Url::parse(address).ok()?;
        url.set_fragment(None);
        self.may_visit(&url).then_some(url)
    }

    /// Whether it is a page of a named site on the public internet, at the usual ports, and not the portal's own.
    fn may_visit(&self, url: &Url) -> bool {
        let named = url
            .domain()
            .is_some_and(|host| is_public_name(host) && self.own_host.as_deref() != Some(host));
        matches!(url.scheme(), "http" | "https")
            && named
            && matches!(url.port_or_known_default(), Some(80 | 443))
            && url.username().is_empty()
            && url.password().is_none()
    }

    /// Visits an address, and where it leads on, what it leads to.
    pub async fn visit(&self, address: &Url) -> LinkAnswer {
        let mut at = address.clone();
        for _ in 0..=MOST_REDIRECTS {
            if !self.may_visit(&at) {
                return LinkAnswer::NotPublic;
            }
            match self.ask(&at).await {
                Heard::Answer(answer) => return answer,
                Heard::LeadsTo(next) => at = next,
            }
        }
        LinkAnswer::Astray
    }

    async fn ask(&self, url: &Url) -> Heard {
        match self.send(Method::HEAD, url).await {
            Ok(response) => match hear(&response, url) {
                // Many sites do not know HEAD, or answer it wrongly; only what they say of the page itself counts.
                Heard::Answer(LinkAnswer::Works) => return Heard::Answer(LinkAnswer::Works),
                Heard::Answer(LinkAnswer::Busy) if response.status() != 501 => {
                    return Heard::Answer(LinkAnswer::Busy);
                }
                Heard::LeadsTo(next) => return Heard::LeadsTo(next),
                Heard::Answer(_) => {}
            },
            Err(Unheard::Request(error)) if !error.is_connect() && !error.is_timeout() => {}
            Err(unheard) => return Heard::Answer(why_not(&unheard)),
        }
        match self.send(Method::GET, url).await {
            Ok(response) => {
                let heard = hear(&response, url);
                read_a_little(response).await;
                heard
            }
            Err(error) => Heard::Answer(why_not(&error)),
        }
    }

    /// Sends one request, when it is its turn at the host.
    async fn send(&self, method: Method, url: &Url) -> Result<Response, Unheard> {
        let client = self.client.get_or_init(|| self.client().ok());
        let client = client.as_ref().ok_or(Unheard::NoClient)?;
        let turns = {
            let host = url.host_str().unwrap_or_default().to_owned();
            let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(hosts.entry(host).or_default())
        };
        let mut last = turns.lock().await;
        if let Some(last) = *last {
            tokio::time::sleep_until(last + self.pause).await;
        }
        let sent = client.request(method, url.clone()).send().await;
        *last = Some(Instant::now());
        sent.map_err(Unheard::Request)
    }

    fn client(&self) -> reqwest::Result<Client> {
        Client::builder()
            .user_agent(self.agent.as_str())
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .referer(false)
            .connect_timeout(CONNECT)
            .timeout(PATIENCE)
            .pool_idle_timeout(Duration::from_secs(10))
            .dns_resolver(Arc::new(OnlyPublic {
                known: self.known.clone(),
            }))
            .build()
    }

    /// Forgets the turns at hosts that nobody waits for, after a round.
    pub fn rest(&self) {
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        hosts.retain(|_, turns| Arc::strong_count(turns) > 1);
    }
}

/// Why a site has said nothing.
enum Unheard {
    /// Without TLS on this machine nothing can be asked.
    NoClient,
    Request(reqwest::Error),
}

/// What a site has said.
enum Heard {
    Answer(LinkAnswer),
    LeadsTo(Url),
}

fn hear(response: &Response, url: &Url) -> Heard {
    if let Some(answer) = LinkAnswer::of_status(response.status().as_u16()) {
        return Heard::Answer(answer);
    }
    let location = response.headers().get(LOCATION);
    let next = location
        .and_then(|location| std::str::from_utf8(location.as_bytes()).ok())
        .and_then(|location| url.join(location).ok());
    match next {
        Some(mut next) => {
            next.set_fragment(None);
            Heard::LeadsTo(next)
        }
        None => Heard::Answer(LinkAnswer::Guarded),
    }
}

async fn read_a_little(mut response: Response) {
    let mut read = 0;
    while read < MOST_READ {
        match response.chunk().await {
            Ok(Some(bytes)) => read += bytes.len(),
            Ok(None) | Err(_) => break,
        }
    }
}

/// What a request that brought no answer says.
fn why_not(unheard: &Unheard) -> LinkAnswer {
    let mut cause: Option<&(dyn Error + 'static)> = match unheard {
        Unheard::NoClient => None,
        Unheard::Request(error) => Some(error),
    };
    while let Some(error) = cause {
        if let Some(unresolved) = error.downcast_ref::<Unresolved>() {
            return match unresolved {
                Unresolved::NoSuchName => LinkAnswer::UnknownHost,
                Unresolved::NotPublic => LinkAnswer::NotPublic,
                Unresolved::Trouble => LinkAnswer::Silent,
            };
        }
        // What the secure connection cannot agree on, certificates above all, comes as invalid data.
        let insecure = error
            .downcast_ref::<io::Error>()
            .is_some_and(|error| error.kind() == io::ErrorKind::InvalidData);
        if insecure {
            return LinkAnswer::Insecure;
        }
        // An error of input or output does not name what it wraps as its source.
        cause = match error
            .downcast_ref::<io::Error>()
            .and_then(io::Error::get_ref)
        {
            Some(wrapped) => Some(wrapped),
            None => error.source(),
        };
    }
    LinkAnswer::Silent
}

/// Why a name has no address to connect to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unresolved {
    NoSuchName,
    NotPublic,
    Trouble,
}

impl fmt::Display for Unresolved {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::NoSuchName => "there is no such name",
            Self::NotPublic => "the name is not of a public machine",
            Self::Trouble => "the name could not be looked up",
        })
    }
}

impl Error for Unresolved {}

/// Gives names only public addresses.
struct OnlyPublic {
    /// Names of a test's own, instead of those of the internet.
    known: Option<Arc<HashMap<String, SocketAddr>>>,
}

impl Resolve for OnlyPublic {
    fn resolve(&self, name: Name) -> Resolving {
        let known = self.known.clone();
        Box::pin(async move {
            let sockets = match known {
                None => public_sockets(name.as_str()).await?,
                Some(known) => match known.get(name.as_str()) {
                    Some(socket) => vec![*socket],
                    None => return Err(Unresolved::NoSuchName.into()),
                },
            };
            let addresses: Addrs = Box::new(sockets.into_iter());
            Ok(addresses)
        })
    }
}

/// The sockets of a name. One address that is not public speaks against all of them.
async fn public_sockets(name: &str) -> Result<Vec<SocketAddr>, Unresolved> {
    if !is_public_name(name) {
        return Err(Unresolved::NotPublic);
    }
    let found = lookup_host((name, 0))
        .await
        .map_err(|error| trouble(&error))?;
    let sockets: Vec<SocketAddr> = found.take(MOST_ADDRESSES).collect();
    if sockets.is_empty() {
        return Err(Unresolved::NoSuchName);
    }
    for socket in &sockets {
        if !is_public(socket.ip()) || is_own(socket.ip()).await {
            return Err(Unresolved::NotPublic);
        }
    }
    Ok(sockets)
}

/// Whether an address is this very machine's: then the way there begins and ends in it. Nothing is sent.
async fn is_own(address: IpAddr) -> bool {
    let from: SocketAddr = if address.is_ipv4() {
        (std::net::Ipv4Addr::UNSPECIFIED, 0).into()
    } else {
        (std::net::Ipv6Addr::UNSPECIFIED, 0).into()
    };
    let way = async {
        let socket = UdpSocket::bind(from).await?;
        socket.connect((address, 9)).await?;
        socket.local_addr()
    };
    way.await.is_ok_and(|local| local.ip() == address)
}

/// The system tells in words whether a name does not exist or could not be looked up; what it says of neither may pass.
fn trouble(error: &io::Error) -> Unresolved {
    const NO_SUCH_NAME: [&str; 4] = [
        "Name or service not known",
        "No address associated with hostname",
        "Name does not resolve",
        "nodename nor servname provided",
    ];
    let said = error.to_string();
    if NO_SUCH_NAME.iter().any(|words| said.contains(words)) {
        Unresolved::NoSuchName
    } else {
        Unresolved::Trouble
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use axum::Router;
    use axum::http::{HeaderMap, StatusCode};
    use axum::response::IntoResponse as _;
    use axum::routing::{any, get};

    use super::*;

    fn visitor() -> Visitor {
        Visitor::new("https://anker.example", "kontakt@anker.example")
    }

    #[test]
    fn only_pages_of_public_sites_are_visited() {
        let visitor = visitor();
        for (address, visited) in [
            ("https://natmus.dk/børn#top", "https://natmus.dk/b%C3%B8rn"),
            ("http://Æblemuseet.dk", "http://xn--blemuseet-f3a.dk/"),
            ("http://a.dk:80/x?y=1", "http://a.dk/x?y=1"),
            ("https://a.dk:443/", "https://a.dk/"),
        ] {
            assert_eq!(visitor.target(address).unwrap().as_str(), visited);
        }
        for never in [
            "https://anker.example/tilbud/x",
            "ftp://a.dk/",
            "file:///etc/passwd",
            "http://a.dk:8080/",
            "https://a.dk:22/",
            "http://127.0.0.1/",
            "http://2130706433/",
            "http://0x7f.1/",
            "http://0177.0.0.1/",
            "http://[::1]/",
            "http://[::ffff:10.0.0.1]/",
            "http://localhost/",
            "http://printer/",
            "http://router.local/",
            "https://bo:kode@a.dk/",
            "https://",
        ] {
            assert_eq!(visitor.target(never), None, "{never}");
        }
    }

    #[tokio::test]
    async fn names_that_lead_home_are_refused() {
        assert_eq!(
            public_sockets("localhost").await,
            Err(Unresolved::NotPublic)
        );
        assert!(is_own(IpAddr::V4(std::net::Ipv4Addr::LOCALHOST)).await);
        let resolver = OnlyPublic { known: None };
        let name: Name = "localhost".parse().unwrap();
        assert!(resolver.resolve(name).await.is_err());
    }

    #[test]
    fn what_the_system_says_of_names_is_told_apart() {
        let said = |words: &str| {
            let error = io::Error::other(format!("failed to lookup address information: {words}"));
            trouble(&error)
        };
        assert_eq!(said("Name or service not known"), Unresolved::NoSuchName);
        assert_eq!(
            said("Temporary failure in name resolution"),
            Unresolved::Trouble
        );
        assert_eq!(said("Try again"), Unresolved::Trouble);
    }

    /// A site on this machine that is found under names of its own.
    async fn site(router: Router) -> Visitor {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let socket = listener.local_addr().unwrap();
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        let closed = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let known = [
            ("museet.example", socket),
            ("arkivet.example", socket),
            ("lukket.example", closed.local_addr().unwrap()),
        ];
        drop(closed);
        let known = known.map(|(name, socket)| (name.to_owned(), socket));
        Visitor::among(
            "https://anker.example",
            "kontakt@anker.example",
            known.into(),
        )
    }

    async fn answer(visitor: &Visitor, address: &str) -> LinkAnswer {
        let target = visitor.target(address).unwrap();
        visitor.visit(&target).await
    }

    fn to(location: &'static str) -> axum::response::Response {
        (StatusCode::FOUND, [(LOCATION, location)]).into_response()
    }

    #[tokio::test]
    async fn a_real_site_is_understood() {
        let asked = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&asked);
        let count = move || {
            counter.fetch_add(1, Ordering::SeqCst);
            StatusCode::TOO_MANY_REQUESTS
        };
        let router = Router::new()
            .route("/her", get(|| async { "Her" }))
            .route("/vaek", any(|| async { StatusCode::NOT_FOUND }))
            .route("/fjernet", any(|| async { StatusCode::GONE }))
            .route("/nede", any(|| async { StatusCode::BAD_GATEWAY }))
            .route("/travl", any(move || std::future::ready(count())))
            .route("/lukket", any(|| async { StatusCode::FORBIDDEN }))
            .route(
                "/kun-get",
                get(|method: axum::http::Method| async move {
                    if method == axum::http::Method::HEAD {
                        StatusCode::NOT_FOUND
                    } else {
                        StatusCode::OK
                    }
                }),
            )
            .route(
                "/stor",
                get(|| async {
                    let endless = futures::stream::repeat_with(|| {
                        Ok::<_, io::Error>(bytes::Bytes::from_static(&[b'x'; 4096]))
                    });
                    (
                        StatusCode::NOT_FOUND,
                        axum::body::Body::from_stream(endless),
                    )
                }),
            )
            .route("/flyttet", any(|| async { to("/her#top") }))
            .route(
                "/flyttet-vaek",
                any(|| async { to("http://arkivet.example/vaek") }),
            )
            .route("/rundt", any(|| async { to("/rundt") }))
            .route("/hjem", any(|| async { to("http://127.0.0.1/her") }))
            .route(
                "/havn",
                any(|| async { to("http://museet.example:8080/her") }),
            )
            .route(
                "/metadata",
                any(|| async { to("http://169.254.169.254/latest/") }),
            )
            .route("/fil", any(|| async { to("file:///etc/passwd") }))
            .route("/uden", any(|| async { StatusCode::FOUND }))
            .route(
                "/hvem",
                get(|headers: HeaderMap| async move {
                    let agent = headers["user-agent"]
                        .to_str()
                        .unwrap_or_default()
                        .to_owned();
                    let polite = agent.contains("+https://anker.example")
                        && agent.contains("kontakt@anker.example")
                        && !headers.contains_key("referer")
                        && !headers.contains_key("cookie");
                    if polite {
                        StatusCode::OK
                    } else {
                        StatusCode::NOT_FOUND
                    }
                }),
            );
        let visitor = site(router).await;
        for (path, expected) in [
            ("her", LinkAnswer::Works),
            ("vaek", LinkAnswer::NotFound),
            ("fjernet", LinkAnswer::Gone),
            ("nede", LinkAnswer::Busy),
            ("travl", LinkAnswer::Busy),
            ("lukket", LinkAnswer::Guarded),
            ("kun-get", LinkAnswer::Works),
            ("stor", LinkAnswer::NotFound),
            ("flyttet", LinkAnswer::Works),
            ("flyttet-vaek", LinkAnswer::NotFound),
            ("rundt", LinkAnswer::Astray),
            ("hjem", LinkAnswer::NotPublic),
            ("havn", LinkAnswer::NotPublic),
            ("metadata", LinkAnswer::NotPublic),
            ("fil", LinkAnswer::NotPublic),
            ("uden", LinkAnswer::Guarded),
            ("hvem", LinkAnswer::Works),
        ] {
            let address = format!("http://museet.example/{path}");
            assert_eq!(answer(&visitor, &address).await, expected, "{path}");
        }
        assert_eq!(
            asked.load(Ordering::SeqCst),
            1,
            "a site that is busy is not asked again at once"
        );
        assert_eq!(
            answer(&visitor, "http://ukendt.example/").await,
            LinkAnswer::UnknownHost
        );
        assert_eq!(
            answer(&visitor, "http://lukket.example/").await,
            LinkAnswer::Silent
        );
        // It answers, but not in the way of a secure connection.
        assert_eq!(
            answer(&visitor, "https://museet.example/her").await,
            LinkAnswer::Insecure
        );
    }

    #[tokio::test]
    async fn a_host_is_asked_one_thing_at_a_time_with_a_pause() {
        let now = Arc::new(AtomicUsize::new(0));
        let most = Arc::new(AtomicUsize::new(0));
        let (inside, seen) = (Arc::clone(&now), Arc::clone(&most));
        let slow = move || {
            let (inside, seen) = (Arc::clone(&inside), Arc::clone(&seen));
            async move {
                seen.fetch_max(inside.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                tokio::time::sleep(Duration::from_millis(20)).await;
                inside.fetch_sub(1, Ordering::SeqCst);
                StatusCode::OK
            }
        };
        let mut visitor = site(Router::new().route("/{page}", get(slow))).await;
        visitor.pause = Duration::from_millis(60);
        let begun = std::time::Instant::now();
        let pages = ["a", "b", "c", "d"].map(|page| format!("http://museet.example/{page}"));
        let answers =
            futures::future::join_all(pages.iter().map(|page| answer(&visitor, page))).await;
        assert_eq!(answers, [LinkAnswer::Works; 4]);
        assert_eq!(most.load(Ordering::SeqCst), 1);
        assert!(
            begun.elapsed() >= Duration::from_millis(3 * 60),
            "{:?}",
            begun.elapsed()
        );
        visitor.rest();
        assert!(visitor.hosts.lock().unwrap().is_empty());
    }
}
