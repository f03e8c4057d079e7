//! The fields of the index, and which version of it this program writes and reads.

use tantivy::schema::{
    FAST, Field, IndexRecordOption, NumericOptions, STORED, STRING, Schema, TextFieldIndexing,
    TextOptions,
};
use tantivy::tokenizer::TextAnalyzer;

use crate::terms::LevelTokenizer;

/// Changes of how documents are made; an index written under another number is rebuilt.
const VERSION: u64 = 5;

const LEVELS: &str = "levels";

/// The fields.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fields {
    /// Kind and id.
    pub key: Field,
    /// All words, see [`crate::terms`].
    pub terms: Field,
    /// Facet values.
    pub facets: Field,
    /// When it was last updated, in seconds.
    pub updated: Field,
    /// The day of its next review, in days since 1970.
    pub review: Field,
    /// The first day on which a part of its anchoring is to be reviewed, in days since 1970.
    pub anchoring: Field,
    /// The position of the change in the store's log.
    pub sequence: Field,
    /// Latitude and longitude.
    pub latitude: Field,
    /// Longitude.
    pub longitude: Field,
    /// The title as it sorts.
    pub title_sort: Field,
    /// What a result shows.
    pub card: Field,
}

pub(crate) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let levels = TextOptions::default().set_indexing_options(
        TextFieldIndexing::default()
            .set_tokenizer(LEVELS)
            .set_index_option(IndexRecordOption::WithFreqs)
            .set_fieldnorms(false),
    );
    let fast_text = TextOptions::default().set_fast("raw");
    let number = NumericOptions::default().set_fast();
    let fields = Fields {
        key: builder.add_text_field("key", STRING | FAST),
        terms: builder.add_text_field("terms", levels),
        facets: builder.add_text_field("facets", fast_text.clone()),
        updated: builder.add_i64_field("updated", number.clone()),
        review: builder.add_i64_field("review", number.clone()),
        anchoring: builder.add_i64_field("anchoring", number.clone()),
        sequence: builder.add_u64_field("sequence", number.clone()),
        latitude: builder.add_f64_field("latitude", number.clone()),
        longitude: builder.add_f64_field("longitude", number),
        title_sort: builder.add_text_field("title_sort", fast_text),
        card: builder.add_bytes_field("card", STORED),
    };
    (builder.build(), fields)
}

/// Registers the tokenizer; tantivy forgets it with every opening.
pub(crate) fn register(index: &tantivy::Index) {
    index
        .tokenizers()
        .register(LEVELS, TextAnalyzer::from(LevelTokenizer::default()));
}

/// What an index must have been written under for this program to read it: the version, the lexicon and the closed lists.
pub(crate) fn fingerprint() -> u64 {
    let lexicon: &[u8] = include_bytes!("../lexicon/forms.fst");
    let joints: &[u8] = include_bytes!("../lexicon/joints.fst");
    let stopwords: &[u8] = include_bytes!("../lexicon/stopwords.txt");
    [lexicon, joints, stopwords].iter().fold(
        VERSION ^ crate::card::lists_fingerprint().rotate_left(17),
        |sum, bytes| {
            // The ends of an automaton hold its size and root, so they differ when anything in it does.
            let tail = &bytes[bytes.len().saturating_sub(64)..];
            tail.iter().fold(
                sum.wrapping_mul(0x100_0000_01b3) ^ bytes.len() as u64,
                |sum, byte| (sum ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3),
            )
        },
    )
}
