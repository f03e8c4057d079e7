//! Cells that a spreadsheet would take for formulas.

fn is_dangerous(letter: char) -> bool {
    matches!(letter, '=' | '+' | '-' | '@' | '\t' | '\r' | '\'')
}

/// A spreadsheet takes a cell that begins with one of these for a formula; after an apostrophe it
/// takes it for text.
pub fn harmless(cell: String) -> String {
    if cell.starts_with(is_dangerous) {
        format!("'{cell}")
    } else {
        cell
    }
}

/// The cell as it was before [`harmless`].
pub fn without_apostrophe(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(is_dangerous) => rest,
        _ => cell,
    }
}
