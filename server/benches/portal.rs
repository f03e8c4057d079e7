//! What the portal costs, measured from outside on made-up content: the program is started as its
//! operator starts it and asked over HTTP as its users ask it.
//!
//! Figures are printed and written to `bench/portal.json` and `bench/portal.md`. Absolute figures
//! differ from machine to machine; what is held to are ratios within one run and growth between
//! sizes. `make bench` runs it; `cargo bench -p server --bench portal -- 1000 10000` runs some sizes.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail, ensure};
use rand::prelude::*;
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};
use server::password::{Password, Passwords};

const SEED: &str = "7";
/// Who signs in, and with what.
const WHO: &str = "bench@museet.example";
const PASSWORD: &str = "fire-ord-uden-sammenhaeng";
const SIZES: [usize; 4] = [1_000, 10_000, 50_000, 100_000];
/// The size at which the ratios to a plain answer are held.
const RATIO_SIZE: usize = 50_000;

fn main() -> anyhow::Result<()> {
    let mut sizes: Vec<usize> = std::env::args()
        .skip(1)
        .filter_map(|argument| argument.parse().ok())
        .collect();
    if sizes.is_empty() {
        sizes = SIZES.to_vec();
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .context("the server lies in the project")?;
    let output = root.join("bench");
    std::fs::create_dir_all(&output)?;
    let mut measured = Vec::new();
    for size in sizes {
        println!("\n{size} offers");
        let figures = measure(root, size)?;
        for (name, value) in figures.as_object().into_iter().flatten() {
            println!("  {name:<40} {value}");
        }
        measured.push(figures);
    }
    let verdicts = verdicts(&measured);
    let text = report(&measured, &verdicts);
    println!("\n{text}");
    std::fs::write(
        output.join("portal.json"),
        serde_json::to_string_pretty(&measured)?,
    )?;
    std::fs::write(output.join("portal.md"), text)?;
    ensure!(verdicts.iter().all(|(_, held)| *held), "a bar was missed");
    Ok(())
}

fn measure(root: &Path, size: usize) -> anyhow::Result<Value> {
    let directory = tempfile::tempdir()?;
    let (data, content) = (
        directory.path().join("data"),
        directory.path().join("content.jsonl"),
    );
    let anker = Path::new(env!("CARGO_BIN_EXE_anker"));
    let generated = Command::new(anker)
        .args(["sample", "--offers", &size.to_string(), "--seed", SEED])
        .stdout(std::fs::File::create(&content)?)
        .status()?;
    ensure!(
        generated.success(),
        "the made-up content could not be written"
    );
    let json_bytes = std::fs::metadata(&content)?.len();
    let lines = BufReader::new(std::fs::File::open(&content)?)
        .lines()
        .count();

    let began = Instant::now();
    let imported = Command::new(anker)
        .args(["import", "--data"])
        .arg(&data)
        .arg(&content)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()?;
    ensure!(imported.success(), "the import failed");
    let import_seconds = began.elapsed().as_secs_f64();

    let token = Command::new(anker)
        .args(["token", "create", "bench", "--data"])
        .arg(&data)
        .output()?;
    let token = String::from_utf8(token.stdout)?
        .split_whitespace()
        .find(|word| word.starts_with("anker_"))
        .context("no token was printed")?
        .to_owned();

    let link = Command::new(anker)
        .args(["user", "add", WHO, "--role", "none", "--data"])
        .arg(&data)
        .output()?;
    let link = String::from_utf8(link.stdout)?;
    let link = link
        .find("/log-ind/")
        .map(|at| link[at..].trim_end())
        .context("no link was printed")?;

    let mut portal = Portal::start(anker, &data, &root.join("target/site"))?;
    let ready_seconds = portal.ready_seconds;
    let memory_at_start = portal.memory_megabytes()?;
    let mut client = Client::connect(portal.port)?;
    let log = query_log(400);
    for query in log.iter().take(40) {
        client.get(&format!("/api/v1/search?{query}"))?;
    }
    let plain = client.time(&vec!["/healthz".to_owned(); 2_000])?;
    let address = |prefix: &str, more: &str| -> Vec<String> {
        log.iter()
            .map(|query| format!("{prefix}?{query}{more}"))
            .collect()
    };
    let without_facets = client.time(&address("/api/v1/search", "&facets=none"))?;
    let with_facets = client.time(&address("/api/v1/search", ""))?;
    let pages = client.time(&address("/soeg", ""))?;
    let suggestions = client.time(&prefixes())?;
    let found: Value = serde_json::from_slice(
        &client
            .get("/api/v1/search?kind=offer&perPage=100&facets=none")?
            .1,
    )?;
    let offers: Vec<String> = found["hits"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|hit| hit["url"].as_str().map(str::to_owned))
        .collect();
    ensure!(!offers.is_empty(), "there is no offer to show");
    let offer_pages = client.time(&offers.iter().cycle().take(400).cloned().collect::<Vec<_>>())?;
    let home = String::from_utf8(client.get("/")?.1)?;
    let stylesheet = home
        .split('"')
        .find(|text| text.starts_with("/pkg/") && text.ends_with(".css"))
        .context("the front page has no style sheet")?
        .to_owned();
    let static_file = client.time(&vec![stylesheet.clone(); 400])?;
    let pages_per_second = throughput(portal.port, &address("/soeg", ""))?;
    let static_per_second = throughput(portal.port, &vec![stylesheet; 2_000])?;
    let publish = publish_to_found(&mut client, &token)?;
    let sign_in = sign_ins(&mut Client::connect(portal.port)?, link)?;
    let hash = hashes()?;
    let memory = portal.memory_megabytes()?;
    portal.stop()?;
    Ok(json!({
        "offers": size,
        "lines": lines,
        "import_per_second": (lines as f64 / import_seconds).round(),
        "index_bytes_per_json_byte": round(directory_bytes(&data.join("index"))? as f64 / json_bytes as f64),
        "store_bytes_per_json_byte": round((directory_bytes(&data)? - directory_bytes(&data.join("index"))?) as f64 / json_bytes as f64),
        "ready_seconds": round(ready_seconds),
        "memory_at_start_megabytes": memory_at_start,
        "memory_megabytes": memory,
        "healthz_p50_us": plain.p50, "healthz_p95_us": plain.p95,
        "search_p50_us": with_facets.p50, "search_p95_us": with_facets.p95,
        "search_without_facets_p50_us": without_facets.p50, "search_without_facets_p95_us": without_facets.p95,
        "suggest_p50_us": suggestions.p50, "suggest_p95_us": suggestions.p95,
        "result_page_p50_us": pages.p50, "result_page_p95_us": pages.p95,
        "result_pages_per_second": pages_per_second,
        "offer_page_p50_us": offer_pages.p50, "offer_page_p95_us": offer_pages.p95,
        "static_file_p50_us": static_file.p50, "static_file_p95_us": static_file.p95,
        "static_files_per_second": static_per_second,
        "publish_to_found_p50_ms": round(publish.p50 / 1000.0), "publish_to_found_p95_ms": round(publish.p95 / 1000.0),
        "password_hash_p50_ms": round(hash.p50 / 1000.0),
        "sign_in_p50_ms": round(sign_in.p50 / 1000.0), "sign_in_p95_ms": round(sign_in.p95 / 1000.0),
        "search_to_healthz_p50": round(with_facets.p50 / plain.p50),
        "search_to_healthz_p95": round(with_facets.p95 / plain.p95),
        "facets_to_query_p50": round(with_facets.p50 / without_facets.p50),
        "result_page_to_json_p50": round(pages.p50 / with_facets.p50),
    }))
}

/// The bars, each with whether it held; one that a run did not measure is left out.
fn verdicts(measured: &[Value]) -> Vec<(String, bool)> {
    let of = |size: usize, name: &str| {
        measured
            .iter()
            .find(|figures| figures["offers"] == size)
            .and_then(|figures| figures[name].as_f64())
    };
    let mut verdicts = Vec::new();
    let mut bar = |text: &str, value: Option<f64>, held: fn(f64, f64) -> bool, limit: f64| {
        if let Some(value) = value {
            verdicts.push((
                format!("{text}: {value:.2} (bar {limit})"),
                held(value, limit),
            ));
        }
    };
    let at_most: fn(f64, f64) -> bool = |value, limit| value <= limit;
    let at_least: fn(f64, f64) -> bool = |value, limit| value >= limit;
    let largest = SIZES[SIZES.len() - 1];
    bar(
        "search against /healthz, p50, at 50,000",
        of(RATIO_SIZE, "search_to_healthz_p50"),
        at_most,
        12.0,
    );
    bar(
        "search against /healthz, p95, at 50,000",
        of(RATIO_SIZE, "search_to_healthz_p95"),
        at_most,
        30.0,
    );
    bar(
        "with facets against without, p50, at 50,000",
        of(RATIO_SIZE, "facets_to_query_p50"),
        at_most,
        2.0,
    );
    bar(
        "result page against its JSON, p50, at 50,000",
        of(RATIO_SIZE, "result_page_to_json_p50"),
        at_most,
        2.0,
    );
    let growth = of(largest, "search_p50_us")
        .zip(of(10_000, "search_p50_us"))
        .map(|(large, small)| large / small);
    bar("search p50 at 100,000 against 10,000", growth, at_most, 8.0);
    bar(
        "seconds until ready at 100,000",
        of(largest, "ready_seconds"),
        at_most,
        2.0,
    );
    bar(
        "megabytes of memory at 100,000",
        of(largest, "memory_megabytes"),
        at_most,
        600.0,
    );
    bar(
        "objects imported a second at 100,000",
        of(largest, "import_per_second"),
        at_least,
        2_000.0,
    );
    verdicts
}

fn report(measured: &[Value], verdicts: &[(String, bool)]) -> String {
    let mut text = String::from("# Benchmark\n\n| figure |");
    for figures in measured {
        text.push_str(&format!(" {} offers |", figures["offers"]));
    }
    text.push_str("\n|---|");
    text.push_str(&"---:|".repeat(measured.len()));
    text.push('\n');
    let names = measured
        .first()
        .and_then(Value::as_object)
        .map(|figures| figures.keys().cloned().collect::<Vec<_>>());
    for name in names.unwrap_or_default() {
        text.push_str(&format!("| {name} |"));
        for figures in measured {
            text.push_str(&format!(" {} |", figures[&name]));
        }
        text.push('\n');
    }
    if let [first, .., last] = measured {
        text.push_str(&format!(
            "\nGrowth from {} to {} offers:\n\n",
            first["offers"], last["offers"]
        ));
        for name in [
            "search_p50_us",
            "search_p95_us",
            "suggest_p95_us",
            "result_page_p50_us",
            "offer_page_p50_us",
            "publish_to_found_p95_ms",
            "memory_megabytes",
            "ready_seconds",
        ] {
            if let (Some(small), Some(large)) = (first[name].as_f64(), last[name].as_f64()) {
                text.push_str(&format!("- {name}: ×{:.1}\n", large / small));
            }
        }
    }
    text.push_str("\nBars:\n\n");
    for (verdict, held) in verdicts {
        text.push_str(&format!(
            "- {} {verdict}\n",
            if *held { "held:" } else { "MISSED:" }
        ));
    }
    text
}

fn round(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

struct Times {
    p50: f64,
    p95: f64,
}

impl Times {
    fn of(mut microseconds: Vec<f64>) -> Times {
        microseconds.sort_by(f64::total_cmp);
        let at =
            |share: f64| round(microseconds[((microseconds.len() - 1) as f64 * share) as usize]);
        Times {
            p50: at(0.5),
            p95: at(0.95),
        }
    }
}

/// The program under measurement; it is ended with the value.
struct Portal {
    process: Child,
    port: u16,
    ready_seconds: f64,
}

impl Portal {
    fn start(anker: &Path, data: &Path, site: &Path) -> anyhow::Result<Portal> {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let began = Instant::now();
        let process = Command::new(anker)
            .arg("serve")
            .env("ANKER_DATA", data)
            .env("ANKER_SITE", site)
            .env("ANKER_LISTEN", format!("127.0.0.1:{port}"))
            .env("ANKER_LOG", "warn")
            .stdout(Stdio::null())
            .spawn()?;
        let mut portal = Portal {
            process,
            port,
            ready_seconds: 0.0,
        };
        while began.elapsed() < Duration::from_secs(120) {
            let ready = Client::connect(port).and_then(|mut client| client.get("/readyz"));
            if ready.is_ok_and(|(status, _)| status == 200) {
                portal.ready_seconds = began.elapsed().as_secs_f64();
                return Ok(portal);
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        bail!("the portal was not ready after two minutes")
    }

    /// The resident memory of the process.
    fn memory_megabytes(&self) -> anyhow::Result<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id()))?;
        let kilobytes = status
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:"))
            .and_then(|rest| rest.split_whitespace().next()?.parse::<f64>().ok())
            .context("the process does not say how much memory it has")?;
        Ok((kilobytes / 1024.0).round())
    }

    fn stop(&mut self) -> anyhow::Result<()> {
        Command::new("kill")
            .arg(self.process.id().to_string())
            .status()?;
        self.process.wait()?;
        Ok(())
    }
}

impl Drop for Portal {
    fn drop(&mut self) {
        // It has ended already where the measurement came to its end.
        let _ = self.process.kill();
    }
}

/// One kept connection, so that what is measured is the answer and not the handshake.
struct Client {
    stream: BufReader<TcpStream>,
    /// The last cookie it was given.
    cookie: String,
}

impl Client {
    fn connect(port: u16) -> anyhow::Result<Client> {
        let stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(60)))?;
        Ok(Client {
            stream: BufReader::with_capacity(1 << 16, stream),
            cookie: String::new(),
        })
    }

    fn get(&mut self, path: &str) -> anyhow::Result<(u16, Vec<u8>)> {
        self.send("GET", path, "", "")
    }

    fn send(
        &mut self,
        method: &str,
        path: &str,
        headers: &str,
        body: &str,
    ) -> anyhow::Result<(u16, Vec<u8>)> {
        let length = if body.is_empty() {
            String::new()
        } else {
            format!("Content-Length: {}\r\n", body.len())
        };
        let request =
            format!("{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{headers}{length}\r\n{body}");
        self.stream.get_mut().write_all(request.as_bytes())?;
        let mut line = String::new();
        self.stream.read_line(&mut line)?;
        let status = line
            .split(' ')
            .nth(1)
            .and_then(|code| code.parse().ok())
            .context("no status")?;
        let (mut length, mut chunked) = (0_usize, false);
        loop {
            line.clear();
            self.stream.read_line(&mut line)?;
            let header = line.trim_end().to_ascii_lowercase();
            if header.starts_with("set-cookie:") {
                let value = line["set-cookie:".len()..].trim();
                self.cookie = value.split(';').next().unwrap_or_default().to_owned();
            }
            if header.is_empty() {
                break;
            }
            if let Some(value) = header.strip_prefix("content-length:") {
                length = value.trim().parse()?;
            }
            chunked |= header == "transfer-encoding: chunked";
        }
        let mut body = Vec::new();
        if chunked {
            loop {
                line.clear();
                self.stream.read_line(&mut line)?;
                let size = usize::from_str_radix(line.trim_end(), 16)?;
                let start = body.len();
                body.resize(start + size, 0);
                self.stream.read_exact(&mut body[start..])?;
                line.clear();
                self.stream.read_line(&mut line)?;
                if size == 0 {
                    break;
                }
            }
        } else {
            body.resize(length, 0);
            self.stream.read_exact(&mut body)?;
        }
        Ok((status, body))
    }

    fn time(&mut self, paths: &[String]) -> anyhow::Result<Times> {
        let mut times = Vec::with_capacity(paths.len());
        for path in paths {
            let began = Instant::now();
            let (status, _) = self.get(path)?;
            times.push(began.elapsed().as_secs_f64() * 1e6);
            ensure!(status == 200, "{path} answered {status}");
        }
        Ok(Times::of(times))
    }
}

/// Answers a second over four connections at once.
fn throughput(port: u16, paths: &[String]) -> anyhow::Result<f64> {
    let began = Instant::now();
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..4)
            .map(|worker| {
                scope.spawn(move || -> anyhow::Result<()> {
                    let mut client = Client::connect(port)?;
                    for path in paths.iter().skip(worker).step_by(4) {
                        client.get(path)?;
                    }
                    Ok(())
                })
            })
            .collect();
        for worker in workers {
            worker
                .join()
                .map_err(|_| anyhow::anyhow!("a client stopped"))??;
        }
        anyhow::Ok(())
    })?;
    Ok((paths.len() as f64 / began.elapsed().as_secs_f64()).round())
}

/// From sending an offer to finding it by a word that only it has, in microseconds.
fn publish_to_found(client: &mut Client, token: &str) -> anyhow::Result<Times> {
    let (_, body) = client.get("/api/v1/search?kind=organisation&perPage=1&facets=none")?;
    let found: Value = serde_json::from_slice(&body)?;
    let provider = found["hits"][0]["id"]
        .as_str()
        .context("there is no organisation")?
        .to_owned();
    let mut times = Vec::new();
    for number in 0..40 {
        let word = format!("kvaksalver{number}q");
        let line = json!({
            "type": "offer", "id": format!("bench-{number}"), "title": format!("Prøve {word}"),
            "summary": "Måler, hvor hurtigt et forløb findes.", "provider": provider,
        });
        let began = Instant::now();
        let headers =
            format!("Authorization: Bearer {token}\r\nContent-Type: application/x-ndjson\r\n");
        let (status, _) = client.send("POST", "/api/v1/import", &headers, &format!("{line}\n"))?;
        ensure!(status == 200, "the import answered {status}");
        loop {
            let (_, body) = client.get(&format!("/api/v1/search?q={word}&facets=none"))?;
            let found: Value = serde_json::from_slice(&body)?;
            if found["hits"][0]["id"] == format!("bench-{number}") {
                break;
            }
            ensure!(
                began.elapsed() < Duration::from_secs(10),
                "the offer was not found"
            );
            std::thread::sleep(Duration::from_millis(2));
        }
        times.push(began.elapsed().as_secs_f64() * 1e6);
    }
    Ok(Times::of(times))
}

/// Signing in with a password, as a browser does: the whole of it, hashing and all, in microseconds.
fn sign_ins(client: &mut Client, link: &str) -> anyhow::Result<Times> {
    let form = "Content-Type: application/x-www-form-urlencoded\r\n";
    let (status, _) = client.send("POST", link, form, "")?;
    ensure!(status == 303, "the link answered {status}");
    let headers = format!("{form}Cookie: {}\r\n", client.cookie);
    let body = format!("do=password&new={PASSWORD}");
    let (status, _) = client.send("POST", "/konto", &headers, &body)?;
    ensure!(status == 200, "the password was answered with {status}");
    let body = format!("email={WHO}&password={PASSWORD}");
    let mut times = Vec::new();
    for _ in 0..100 {
        let began = Instant::now();
        let (status, _) = client.send("POST", "/log-ind", form, &body)?;
        times.push(began.elapsed().as_secs_f64() * 1e6);
        ensure!(status == 303, "signing in was answered with {status}");
    }
    Ok(Times::of(times))
}

/// Hashing a password as the program does, in microseconds.
fn hashes() -> anyhow::Result<Times> {
    let passwords = Passwords::new(argon2::Params::DEFAULT)?;
    let runtime = tokio::runtime::Runtime::new()?;
    let mut times = Vec::new();
    for _ in 0..40 {
        let began = Instant::now();
        runtime.block_on(passwords.hash(Password::typed(PASSWORD)))?;
        times.push(began.elapsed().as_secs_f64() * 1e6);
    }
    Ok(Times::of(times))
}

/// Queries as people send them: words, several words, sentences, spelling mistakes, choices, places;
/// all different, so that nothing kept from an earlier one answers a later one.
fn query_log(count: usize) -> Vec<String> {
    let words = [
        "vandhul",
        "museum",
        "vikinger",
        "skov",
        "bæredygtighed",
        "kunst",
        "musik",
        "teater",
        "besættelsen",
        "middelalder",
        "smådyr",
        "energi",
        "klima",
        "arkitektur",
        "læselyst",
        "robotter",
        "havet",
        "fisk",
        "planter",
        "demokrati",
        "krop og sundhed",
        "trafik",
        "jernalder",
        "stenalder",
        "film",
        "design",
        "håndværk",
        "mad",
        "landbrug",
        "genbrug",
        "affald",
        "rummet",
        "stjerner",
        "matematik i byen",
        "digte",
        "kirke",
        "industri",
        "fortælling",
        "bibliotek",
        "naturvejleder",
    ];
    let sentences = [
        "dyr i vandhullet",
        "besøg på museet med 5. klasse",
        "gratis forløb i naturen",
        "noget om vikinger til indskolingen",
        "hvordan lærer eleverne om klima",
        "undervisning om 2. verdenskrig i udskolingen",
        "musikforløb for mellemtrin",
        "museumsbesøg",
        "vandhulsdyr",
        "naturvidenskab",
        "skolehave",
        "kunstmuseum",
        "bondegårdsbesøg",
        "vikngetid",
        "bæredygtihed",
        "arkitetur",
        "midelalder",
        "besætelsen",
    ];
    let choices = [
        "",
        "",
        "kind=offer",
        "kind=case",
        "grade=5",
        "subject=natur-teknologi",
        "subject=historie&grade=7",
        "price=free",
        "place=outdoors",
        "near=630&within=40",
        "home=461",
        "kind=offer&sort=newest",
        "municipality=101",
    ];
    let mut random = ChaCha8Rng::seed_from_u64(11);
    let mut log: Vec<String> = Vec::new();
    while log.len() < count {
        let text = match random.random_range(0..10) {
            0..4 => (*words.choose(&mut random).unwrap_or(&"")).to_owned(),
            4..6 => [
                *words.choose(&mut random).unwrap_or(&""),
                *words.choose(&mut random).unwrap_or(&""),
            ]
            .join(" "),
            6..9 => (*sentences.choose(&mut random).unwrap_or(&"")).to_owned(),
            _ => String::new(),
        };
        let choice = *choices.choose(&mut random).unwrap_or(&"");
        let page = random.random_range(0..20) / 18 + 1;
        let encoded = domain::search::encode_pairs([("q", text.as_str())]);
        let query = format!("{encoded}&{choice}&page={page}").replace("&&", "&");
        if !log.contains(&query) {
            log.push(query);
        }
    }
    log
}

/// What stands in the field while somebody types.
fn prefixes() -> Vec<String> {
    let mut paths = Vec::new();
    for word in [
        "vandhullet",
        "museum",
        "vikinger",
        "bæredygtighed",
        "kunst",
        "odense",
        "natur",
        "teater",
        "sko",
        "histor",
    ] {
        let letters: Vec<char> = word.chars().collect();
        for end in 1..=letters.len() {
            let typed: String = letters[..end].iter().collect();
            paths.push(format!(
                "/api/v1/suggest?{}",
                domain::search::encode_pairs([("q", typed.as_str())])
            ));
        }
    }
    paths.iter().cycle().take(300).cloned().collect()
}

fn directory_bytes(directory: &Path) -> anyhow::Result<u64> {
    let mut bytes = 0;
    let mut waiting: Vec<PathBuf> = vec![directory.to_owned()];
    while let Some(directory) = waiting.pop() {
        for entry in std::fs::read_dir(directory)? {
            let entry = entry?;
            if entry.file_type()?.is_dir() {
                waiting.push(entry.path());
            } else {
                bytes += entry.metadata()?.len();
            }
        }
    }
    Ok(bytes)
}
