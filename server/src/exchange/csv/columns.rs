//! The columns: which field of the exchange format each is, its names, and what its cells hold.

use domain::{
    AnchoringStatus, Code, Language, LegalBasis, Municipality, OtherLevel, PlaceMode, PriceKind,
    Subject, TransportMode,
};

/// What a cell holds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Cells {
    /// A text.
    Text,
    /// A code, or its label.
    Code,
    /// A whole number.
    Whole,
    /// A number with decimals.
    Decimal,
    /// Kroner.
    Amount,
    /// A date.
    Date,
    /// Words or codes, separated by `|` or commas.
    Words,
    /// Whole numbers and spans of them, separated like words.
    Numbers,
    /// Texts, separated by `|`.
    Texts,
    /// One item for each way of anchoring, image or file, separated by `|`, empty where there is none.
    Aligned,
}

pub struct Column {
    /// The field's path in the exchange format: the column's English name.
    pub path: &'static str,
    /// The column's Danish name.
    pub danish: &'static str,
    /// What its cells hold.
    pub cells: Cells,
    /// Finds the code of a label.
    pub code: fn(&str) -> Option<String>,
}

fn no_code(_: &str) -> Option<String> {
    None
}

fn labelled<C: Code>(text: &str) -> Option<String> {
    let text = text.to_lowercase();
    let labelled = |code: &C| {
        Language::ALL
            .iter()
            .any(|language| code.label(*language).to_lowercase() == text)
    };
    C::all()
        .iter()
        .find(|code| labelled(code))
        .map(|code| code.code().to_owned())
}

fn municipality(text: &str) -> Option<String> {
    // A number stays as it is, so that a wrong one is told as it was written.
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Municipality::find(text).map(|municipality| municipality.code.to_string())
}

const fn column(path: &'static str, danish: &'static str, cells: Cells) -> Column {
    coded(path, danish, cells, no_code)
}

const fn coded(
    path: &'static str,
    danish: &'static str,
    cells: Cells,
    code: fn(&str) -> Option<String>,
) -> Column {
    Column {
        path,
        danish,
        cells,
        code,
    }
}

/// Every column, in the order in which they are written.
pub static COLUMNS: [Column; 56] = [
    column("id", "Id", Cells::Text),
    column("title", "Titel", Cells::Text),
    column("summary", "Resumé", Cells::Text),
    column("provider", "Udbyder", Cells::Text),
    column("description", "Beskrivelse", Cells::Text),
    coded("subjects", "Fag", Cells::Words, labelled::<Subject>),
    column("grades", "Klassetrin", Cells::Numbers),
    coded(
        "otherLevels",
        "Andre niveauer",
        Cells::Words,
        labelled::<OtherLevel>,
    ),
    column("themes", "Emner", Cells::Words),
    coded("place.mode", "Sted", Cells::Code, labelled::<PlaceMode>),
    coded(
        "place.municipality",
        "Stedets kommune",
        Cells::Code,
        municipality,
    ),
    column("place.address", "Adresse", Cells::Text),
    column("place.address.street", "Vej", Cells::Text),
    column("place.address.postcode", "Postnummer", Cells::Text),
    column("place.address.city", "By", Cells::Text),
    column("place.location.lat", "Breddegrad", Cells::Decimal),
    column("place.location.lon", "Længdegrad", Cells::Decimal),
    column("durationMinutes", "Varighed i minutter", Cells::Whole),
    column("maxPupils", "Højeste antal elever", Cells::Whole),
    coded("price.kind", "Pristype", Cells::Code, labelled::<PriceKind>),
    column("price.amount", "Pris i kroner", Cells::Amount),
    coded(
        "price.freeFor",
        "Gratis for kommuner",
        Cells::Words,
        municipality,
    ),
    column("price.note", "Note om pris", Cells::Text),
    coded("openTo", "Åben for kommuner", Cells::Words, municipality),
    column("available.from", "Tilgængelig fra", Cells::Date),
    column("available.to", "Tilgængelig til", Cells::Date),
    column("available.note", "Note om periode", Cells::Text),
    column("languages", "Sprog", Cells::Words),
    column("goals", "Læringsmål", Cells::Texts),
    column("materials.before", "Før besøget", Cells::Text),
    column("materials.during", "Under besøget", Cells::Text),
    column("materials.after", "Efter besøget", Cells::Text),
    coded(
        "transport.modes",
        "Transportformer",
        Cells::Words,
        labelled::<TransportMode>,
    ),
    column("transport.minutes", "Rejsetid i minutter", Cells::Whole),
    column("transport.note", "Note om transport", Cells::Text),
    column("transport.activities", "Aktiviteter undervejs", Cells::Text),
    column("accessibility", "Tilgængelighed", Cells::Text),
    column("contact.name", "Kontaktperson", Cells::Text),
    column("contact.role", "Kontaktens rolle", Cells::Text),
    column("contact.email", "E-mail", Cells::Text),
    column("contact.phone", "Telefon", Cells::Text),
    column("developedIn", "Udviklet i erfaringer", Cells::Words),
    column("anchoring.strategy", "Forankringsstrategi", Cells::Aligned),
    column("anchoring.owner", "Forankringens ejer", Cells::Aligned),
    coded(
        "anchoring.status",
        "Forankringens status",
        Cells::Aligned,
        labelled::<AnchoringStatus>,
    ),
    column("anchoring.nextReview", "Næste gennemgang", Cells::Aligned),
    column("anchoring.note", "Note om forankring", Cells::Aligned),
    column("images.id", "Billeder", Cells::Aligned),
    column("images.alt", "Billedtekst (alt)", Cells::Aligned),
    column("images.credit", "Billedets kreditering", Cells::Aligned),
    coded(
        "images.legalBasis",
        "Billedets hjemmel",
        Cells::Aligned,
        labelled::<LegalBasis>,
    ),
    column("images.caption", "Under billedet", Cells::Aligned),
    column("files.id", "Filer", Cells::Aligned),
    column("files.title", "Filernes titler", Cells::Aligned),
    column("sourceUrl", "Kilde", Cells::Text),
    column("updated", "Opdateret", Cells::Date),
];

/// The column of a person's own notes in the spreadsheet of a saved list. It is nothing of the
/// offer's, and is passed over where the spreadsheet is read.
pub fn notes_name(language: Language) -> &'static str {
    match language {
        Language::Danish => "Egne noter",
        Language::English => "Own notes",
    }
}
