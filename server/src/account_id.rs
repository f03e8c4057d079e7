//! The ids of new accounts.

use domain::Slug;
use rand::Rng;
use rand::RngExt as _;

/// Letters and digits that are not taken for each other.
const LETTERS: &[u8] = b"abcdefghjkmnpqrstuvwxyz23456789";
/// So many of them: 31^12 ids, so that no two are ever the same.
const LENGTH: usize = 12;

/// An id that says nothing of whose it is: it stays with what somebody wrote when their account is deleted.
///
/// # Panics
/// Never: what it makes is an id.
pub fn new(random: &mut impl Rng) -> Slug {
    let letters = (0..LENGTH).map(|_| char::from(LETTERS[random.random_range(0..LETTERS.len())]));
    let id: String = "konto-".chars().chain(letters).collect();
    id.parse()
        .expect("small letters, digits and a hyphen make an id")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_ids_and_differ() {
        let mut random = rand::rng();
        let ids: std::collections::HashSet<Slug> = (0..1_000).map(|_| new(&mut random)).collect();
        assert_eq!(ids.len(), 1_000);
    }
}
