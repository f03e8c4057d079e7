//! Who belongs to which organisation, and as what.

use crate::codes::codes;
use crate::{OrganisationKind, Slug};

codes! {
    /// What a person is in an organisation.
    MemberRole {
        Editor, "editor", "Redaktør", "Editor";
        Manager, "manager", "Ansvarlig", "Manager";
        Curator, "curator", "Kurator", "Curator";
        PlcContact, "plc-contact", "PLC-kontakt", "PLC contact";
    }
}

codes! {
    /// What a person is in the portal as a whole.
    PortalRole {
        Editor, "editor", "Portalredaktør", "Portal editor";
        Administrator, "administrator", "Administrator", "Administrator";
    }
}

impl MemberRole {
    /// The roles that an organisation of the kind can give: only municipalities choose for their
    /// schools, and only schools have a contact at their learning centre.
    #[must_use]
    pub fn of(kind: OrganisationKind) -> &'static [MemberRole] {
        match kind {
            OrganisationKind::Municipality => {
                &[MemberRole::Editor, MemberRole::Manager, MemberRole::Curator]
            }
            OrganisationKind::School => &[
                MemberRole::Editor,
                MemberRole::Manager,
                MemberRole::PlcContact,
            ],
            OrganisationKind::Institution | OrganisationKind::Plc | OrganisationKind::Transport => {
                &[MemberRole::Editor, MemberRole::Manager]
            }
        }
    }

    /// Whether the role writes and answers for the organisation's content. A curator or a PLC
    /// contact who also writes holds both roles.
    #[must_use]
    pub fn writes(self) -> bool {
        matches!(self, MemberRole::Editor | MemberRole::Manager)
    }
}

/// One role of one person in one organisation; a person may hold several.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Membership {
    organisation: Slug,
    kind: OrganisationKind,
    role: MemberRole,
}

/// The organisation's kind does not have the role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an organisation of the kind {kind} has no {role}")]
pub struct NoSuchRole {
    /// The organisation's kind.
    pub kind: OrganisationKind,
    /// The role asked for.
    pub role: MemberRole,
}

impl Membership {
    /// A role in an organisation of the kind.
    ///
    /// # Errors
    /// The kind does not have the role.
    pub fn new(
        organisation: Slug,
        kind: OrganisationKind,
        role: MemberRole,
    ) -> Result<Membership, NoSuchRole> {
        if MemberRole::of(kind).contains(&role) {
            Ok(Membership {
                organisation,
                kind,
                role,
            })
        } else {
            Err(NoSuchRole { kind, role })
        }
    }

    /// The organisation's id.
    #[must_use]
    pub fn organisation(&self) -> &Slug {
        &self.organisation
    }

    /// The organisation's kind.
    #[must_use]
    pub fn kind(&self) -> OrganisationKind {
        self.kind
    }

    /// The role.
    #[must_use]
    pub fn role(&self) -> MemberRole {
        self.role
    }
}

/// The people of one organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Members {
    /// The organisation's id.
    pub organisation: Slug,
    /// The municipality that it lies in, as an organisation of the portal; none for a nationwide
    /// organisation and for a municipality itself.
    pub municipality: Option<Slug>,
    /// People by id and role, a line a role; closed accounts are not among them.
    pub people: Vec<(Slug, MemberRole)>,
}

/// The last manager cannot leave: nobody could let in the next one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the last manager cannot leave")]
pub struct LastManager;

impl Members {
    /// How many managers an organisation should have, so that nothing stands still when one is away.
    pub const MANAGERS_WANTED: usize = 2;

    /// The number of people who manage the organisation.
    #[must_use]
    pub fn managers(&self) -> usize {
        self.people
            .iter()
            .filter(|(_, role)| *role == MemberRole::Manager)
            .map(|(person, _)| person)
            .collect::<std::collections::BTreeSet<_>>()
            .len()
    }

    /// Whether the organisation is nudged for another manager. One that nobody has claimed is not.
    #[must_use]
    pub fn lacks_manager(&self) -> bool {
        !self.people.is_empty() && self.managers() < Members::MANAGERS_WANTED
    }

    /// Whether the person can give up the role, or have it taken away.
    ///
    /// # Errors
    /// It is the last manager's.
    pub fn may_give_up(&self, person: &Slug, role: MemberRole) -> Result<(), LastManager> {
        let is_manager = self
            .people
            .iter()
            .any(|(other, held)| other == person && *held == MemberRole::Manager);
        if role == MemberRole::Manager && is_manager && self.managers() == 1 {
            Err(LastManager)
        } else {
            Ok(())
        }
    }

    /// Whether the person can leave the organisation, which gives up every role. It is asked too
    /// before an account is closed.
    ///
    /// # Errors
    /// The person is the last manager.
    pub fn may_leave(&self, person: &Slug) -> Result<(), LastManager> {
        self.may_give_up(person, MemberRole::Manager)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Code;

    fn id(text: &str) -> Slug {
        text.parse().unwrap()
    }

    fn members(people: &[(&str, MemberRole)]) -> Members {
        Members {
            organisation: id("museet"),
            municipality: None,
            people: people
                .iter()
                .map(|(person, role)| (id(person), *role))
                .collect(),
        }
    }

    #[test]
    fn only_municipalities_have_curators_and_only_schools_plc_contacts() {
        for kind in OrganisationKind::all() {
            for role in MemberRole::all() {
                let expected = match role {
                    MemberRole::Editor | MemberRole::Manager => true,
                    MemberRole::Curator => *kind == OrganisationKind::Municipality,
                    MemberRole::PlcContact => *kind == OrganisationKind::School,
                };
                assert_eq!(
                    Membership::new(id("x"), *kind, *role).is_ok(),
                    expected,
                    "{kind} {role}"
                );
            }
        }
    }

    #[test]
    fn the_last_manager_stays() {
        use MemberRole::{Curator, Editor, Manager};
        let one = members(&[("anna", Manager), ("anna", Curator), ("bo", Editor)]);
        assert_eq!(one.may_leave(&id("anna")), Err(LastManager));
        assert_eq!(one.may_give_up(&id("anna"), Curator), Ok(()));
        assert_eq!(one.may_leave(&id("bo")), Ok(()));
        assert_eq!(one.may_leave(&id("somebody-else")), Ok(()));
        let two = members(&[("anna", Manager), ("bo", Manager)]);
        assert_eq!(two.may_leave(&id("anna")), Ok(()));
        let same_twice = members(&[("anna", Manager), ("anna", Manager)]);
        assert_eq!(same_twice.may_leave(&id("anna")), Err(LastManager));
    }

    #[test]
    fn two_managers_are_nudged_for() {
        use MemberRole::{Editor, Manager};
        assert!(!members(&[]).lacks_manager());
        assert!(members(&[("bo", Editor)]).lacks_manager());
        assert!(members(&[("anna", Manager)]).lacks_manager());
        assert!(!members(&[("anna", Manager), ("bo", Manager)]).lacks_manager());
    }
}
