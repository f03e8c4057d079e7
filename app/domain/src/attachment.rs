//! Images and files of offers and cases: which, and what has to be said of each. What they are made of is kept by the
//! store under the same id.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::codes::codes;
use crate::offer::check_list;
use crate::{Invalid, Line, Title};

/// The most images an offer or a case may have.
pub const MOST_IMAGES: usize = 12;
/// The most files an offer or a case may have.
pub const MOST_FILES: usize = 12;

/// Names an image or a file by what it is: the SHA-256 of the bytes that were sent, as 64 hexadecimal digits. The same
/// bytes have the same id wherever they are used.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ContentId(String);

impl ContentId {
    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<[u8; 32]> for ContentId {
    fn from(digest: [u8; 32]) -> Self {
        ContentId(digest.iter().map(|byte| format!("{byte:02x}")).collect())
    }
}

impl FromStr for ContentId {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let fits = text.len() == 64
            && text
                .bytes()
                .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if fits {
            Ok(ContentId(text.to_owned()))
        } else {
            Err(Invalid::ContentId)
        }
    }
}

impl TryFrom<String> for ContentId {
    type Error = Invalid;

    fn try_from(text: String) -> Result<Self, Invalid> {
        text.parse()
    }
}

impl From<ContentId> for String {
    fn from(id: ContentId) -> String {
        id.0
    }
}

impl fmt::Display for ContentId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

codes! {
    /// Why an image may be shown to everybody: the persons in it (GDPR, article 6) and whoever made it (the Danish
    /// copyright act). Where both matter, the code says what the persons in it have been asked.
    LegalBasis {
        Consent, "consent", "Samtykke fra dem, der kan kendes på billedet (for børn fra forældrene)", "Consent from those who can be recognised (for children from their parents)";
        NobodyRecognisable, "nobody-recognisable", "Ingen kan kendes på billedet, og det er vores eget", "Nobody can be recognised, and the image is our own";
        Situation, "situation", "Situationsbillede: vi har afvejet, at det kan vises uden samtykke", "An image of a situation: we have weighed that it can be shown without consent";
        Licensed, "licensed", "Licens eller aftale med fotografen eller rettighedshaveren", "Licence or agreement with the photographer or the holder of the rights";
        OpenLicence, "open-licence", "Fri licens (for eksempel Creative Commons), som er nævnt i krediteringen", "Open licence (such as Creative Commons), named in the credit";
        PublicDomain, "public-domain", "Uden ophavsret (public domain)", "Out of copyright (public domain)";
    }
}

codes! {
    /// Why somebody asks for an image to be taken down.
    ReportReason {
        Person, "person", "Jeg eller mit barn er på billedet", "I am, or my child is, in the image";
        Rights, "rights", "Billedet er mit, og jeg har ikke givet lov", "The image is mine, and I have not given permission";
        Harmful, "harmful", "Billedet er krænkende eller ulovligt", "The image is offensive or against the law";
        Misplaced, "misplaced", "Billedet er forkert eller hører ikke til her", "The image is wrong or does not belong here";
        Other, "other", "Noget andet", "Something else";
    }
}

/// An image of an offer or a case. The first in the list is the one that is shown large.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Image {
    /// Which image.
    pub id: ContentId,
    /// What it shows, for those who do not see it.
    pub alt: Line,
    /// Who made it.
    pub credit: Line,
    /// Why it may be shown.
    pub legal_basis: LegalBasis,
    /// What is said below it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caption: Option<Line>,
}

/// A file of an offer or a case. Its media type and size are the store's to say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AttachedFile {
    /// Which file.
    pub id: ContentId,
    /// What people call it.
    pub title: Title,
}

/// The lists are bounded, and nothing is in them twice.
pub(crate) fn check_attachments(
    images: &[Image],
    files: &[AttachedFile],
) -> Result<(), (String, Invalid)> {
    check_list("images", images, MOST_IMAGES, |image| image.id.to_string())?;
    check_list("files", files, MOST_FILES, |file| file.id.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Case, Entry, Offer, exchange};

    #[test]
    fn an_id_is_sixty_four_small_hexadecimal_digits() {
        let id = "0123456789abcdef".repeat(4);
        assert_eq!(id.parse::<ContentId>().map(String::from), Ok(id.clone()));
        let digest = [[0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef]; 4];
        let digest: [u8; 32] = digest.concat().try_into().unwrap();
        assert_eq!(ContentId::from(digest).as_str(), id);
        for bad in ["", &id[1..], &id.to_uppercase(), &id.replace('0', "g")] {
            assert_eq!(bad.parse::<ContentId>(), Err(Invalid::ContentId), "{bad}");
        }
    }

    #[test]
    fn an_image_says_what_it_shows_who_made_it_and_why_it_may_be_shown() {
        let id = "0".repeat(64);
        let error = |images: &str| {
            let line = format!(
                r#"{{"type":"offer","id":"a","title":"T","summary":"S","provider":"p","images":[{images}]}}"#
            );
            let error = exchange::parse_line(&line).unwrap_err();
            (error.field, error.invalid)
        };
        let whole = format!(r#"{{"id":"{id}","alt":"A","credit":"C","legalBasis":"consent"}}"#);
        for field in ["alt", "credit", "legalBasis"] {
            let mut image: serde_json::Value = serde_json::from_str(&whole).unwrap();
            image.as_object_mut().unwrap().remove(field);
            assert_eq!(
                error(&image.to_string()),
                (format!("images[0].{field}"), Invalid::Missing)
            );
        }
        assert_eq!(
            error(&whole.replace("consent", "because")),
            (
                "images[0].legalBasis".into(),
                Invalid::UnknownCode("because".into())
            )
        );
        assert_eq!(
            error(&whole.replace(&id, "picture.jpg")),
            ("images[0].id".into(), Invalid::ContentId)
        );
        assert_eq!(
            error(&format!("{whole},{whole}")),
            ("images[1]".into(), Invalid::Twice(id.clone()))
        );
        let many: Vec<String> = (0..=MOST_IMAGES)
            .map(|number| whole.replace(&id, &format!("{number:064x}")))
            .collect();
        assert_eq!(
            error(&many.join(",")),
            ("images".into(), Invalid::TooMany(MOST_IMAGES))
        );
    }

    #[test]
    fn files_are_bounded_too() {
        let mut case = Case::samples().remove(0);
        let file = case.files[0].clone();
        case.files.push(file.clone());
        assert_eq!(
            case.check(),
            Err(("files[1]".into(), Invalid::Twice(file.id.to_string())))
        );
    }

    #[test]
    fn an_entry_names_what_is_attached_to_it() {
        let offer = Offer::samples().remove(0);
        let expected: Vec<ContentId> = offer
            .images
            .iter()
            .map(|image| image.id.clone())
            .chain(offer.files.iter().map(|file| file.id.clone()))
            .collect();
        assert_eq!(expected.len(), 3);
        let entry = Entry::Offer(Box::new(offer));
        assert_eq!(entry.attachments(), expected.iter().collect::<Vec<_>>());
        let plain = Entry::Case(Box::new(Case::samples().remove(1)));
        assert!(plain.attachments().is_empty());
    }
}
