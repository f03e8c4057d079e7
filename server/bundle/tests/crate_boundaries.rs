//! The direction of the arrows between the crates, read from what cargo resolves.
#![expect(clippy::unwrap_used, reason = "a test says what it expects")]

use std::collections::BTreeSet;
use std::process::Command;

/// Every package that a workspace crate is built with, whatever features are
/// on; what only its tests use does not count.
fn dependencies_of(name: &str) -> BTreeSet<String> {
    let output = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--package",
            name,
            "--all-features",
            "--edges",
            "normal,build",
        ])
        .args(["--prefix", "none", "--format", "{p}"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .skip(1)
        .filter_map(|line| line.split_whitespace().next())
        .map(str::to_owned)
        .collect()
}

#[test]
fn arrows_point_one_way() {
    let crates = ["app", "bundle", "search", "server", "store"];
    for (name, forbidden) in [
        (
            "domain",
            &[
                "leptos",
                "axum",
                "surrealdb",
                "surrealdb-core",
                "tantivy",
                "tokio",
            ][..],
        ),
        ("app", &["surrealdb", "surrealdb-core", "tantivy"]),
        ("search", &["leptos", "axum", "surrealdb", "surrealdb-core"]),
        ("store", &["leptos", "axum", "tantivy"]),
    ] {
        let dependencies = dependencies_of(name);
        // `domain` ← `app`, `store`, `search` ← `server`: only the server knows the others.
        let others = crates.iter().filter(|other| **other != name);
        for unwanted in forbidden.iter().chain(others) {
            assert!(
                !dependencies.contains(*unwanted),
                "{name} depends on {unwanted}"
            );
        }
    }
}

#[test]
fn what_is_forbidden_would_be_seen() {
    for (name, present) in [
        ("app", "leptos"),
        ("search", "tantivy"),
        ("server", "axum"),
        ("server", "surrealdb-core"),
        ("store", "surrealdb"),
        ("store", "surrealdb-core"),
    ] {
        assert!(
            dependencies_of(name).contains(present),
            "{name} has no {present}"
        );
    }
}
