//! The judged queries are answered well enough; the same bars as the program `quality` holds.

use std::collections::BTreeMap;

#[path = "../quality/judged.rs"]
mod judged;

#[test]
fn judged_queries_are_answered_well() {
    let index = judged::index();
    let mut by_kind: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for query in judged::queries() {
        let (figure, found) = judged::answer(&index, &query);
        assert!(found.len() <= 10, "{}", query.words);
        by_kind.entry(query.kind.clone()).or_default().push(figure);
        by_kind.entry("all".into()).or_default().push(figure);
    }
    for (kind, bar) in judged::BARS {
        let figures = &by_kind[kind];
        let mean = figures.iter().sum::<f64>() / figures.len() as f64;
        assert!(mean >= bar, "{kind}: {mean:.3} is below {bar}");
    }
}
