//! The Danish language: spelling, inflection, compounds, word families and synonyms.
//!
//! Nothing here knows about the index. Danish is the craft of the portal's search: a stemmer alone splits *museum* from
//! *museet* and *bog* from *bøger*, and misses every compound.

pub mod analysis;
pub mod compounds;
pub mod derivations;
pub mod lexicon;
pub mod spelling;
pub mod stopwords;
pub mod synonyms;
