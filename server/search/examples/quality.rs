//! How well the index answers the judged queries: `make quality`.
//!
//! Prints nDCG@10 by kind of query and ends with status 1 if a bar is missed. With `--queries` each query is printed with its
//! figure; with `--explain WORDS` what a query finds, and which of it is relevant.

use std::collections::BTreeMap;
use std::process::ExitCode;

#[path = "../quality/judged.rs"]
mod judged;

/// A stable half of the queries: language tuned on one half must do as well on the other.
fn half(words: &str) -> bool {
    words.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| {
        (sum ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
    }) >> 40
        & 1
        == 0
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let index = judged::index();
    let queries = judged::queries();
    if let [flag, words @ ..] = arguments.as_slice()
        && flag == "--explain"
    {
        let words = words.join(" ");
        for query in queries.iter().filter(|query| query.words == words) {
            let (figure, found) = judged::answer(&index, query);
            println!("{figure:.3}  {}", query.words);
            let results = index.search(&query.query, domain::Language::Danish);
            println!(
                "  {} found, understood {:?}, meant {:?}",
                results.total, results.understood, results.did_you_mean
            );
            for id in &found {
                println!("  {} {id}", query.relevant.get(id).copied().unwrap_or(0));
            }
            for (id, grade) in query.relevant.iter().filter(|(id, _)| !found.contains(id)) {
                println!("  missing {grade} {id}");
            }
        }
        return ExitCode::SUCCESS;
    }
    let mut by_kind: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    let mut halves: [Vec<f64>; 2] = [Vec::new(), Vec::new()];
    for query in &queries {
        let (figure, _) = judged::answer(&index, query);
        by_kind.entry(&query.kind).or_default().push(figure);
        by_kind.entry("all").or_default().push(figure);
        halves[usize::from(half(&query.words))].push(figure);
        if arguments.iter().any(|argument| argument == "--queries") {
            println!("{figure:.3}  {:12} {}", query.kind, query.words);
        }
    }
    let mean = |figures: &[f64]| figures.iter().sum::<f64>() / figures.len().max(1) as f64;
    println!(
        "{:14} {:>7} {:>8} {:>6}",
        "kind", "queries", "nDCG@10", "bar"
    );
    let mut missed = false;
    for (kind, figures) in &by_kind {
        let bar = judged::BARS
            .iter()
            .find(|(name, _)| name == kind)
            .map(|(_, bar)| *bar);
        let below = bar.is_some_and(|bar| mean(figures) < bar);
        missed |= below;
        println!(
            "{kind:14} {:>7} {:>8.3} {:>6} {}",
            figures.len(),
            mean(figures),
            bar.map(|bar| format!("{bar:.2}")).unwrap_or_default(),
            if below { "below" } else { "" }
        );
    }
    println!(
        "halves         {:.3} {:.3}",
        mean(&halves[0]),
        mean(&halves[1])
    );
    if missed {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}
