//! Who may do what. Every write asks here, whichever way it comes: page, API or command line.

/// Who acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Actor {
    /// Someone who has not signed in.
    Anonymous,
    /// An administrator of the portal, signed in or with a token.
    Administrator,
    /// Whoever runs the program on its machine: the command line and start-up.
    Operator,
}

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Read what is published.
    ReadPublished,
    /// Read and write one's own saved list in the browser.
    KeepOwnList,
    /// Create and update objects in the exchange format.
    Import,
    /// Export everything.
    Export,
    /// Remove the sample content, or put it back.
    ManageSample,
    /// Create and revoke tokens.
    ManageTokens,
    /// Create accounts.
    ManageAccounts,
    /// Back up, restore and rebuild the index.
    Operate,
}

/// Why something is not allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// The actor must sign in or show a token first.
    SignInFirst,
    /// It can only be done on the machine that runs the portal.
    OnlyOnTheMachine,
}

impl Actor {
    /// Every actor.
    pub const ALL: [Actor; 3] = [Actor::Anonymous, Actor::Administrator, Actor::Operator];
}

impl Action {
    /// Every action.
    pub const ALL: [Action; 8] = [
        Action::ReadPublished,
        Action::KeepOwnList,
        Action::Import,
        Action::Export,
        Action::ManageSample,
        Action::ManageTokens,
        Action::ManageAccounts,
        Action::Operate,
    ];
}

/// Decides whether the actor may take the action.
///
/// # Errors
/// The reason why not.
pub fn decide(actor: Actor, action: Action) -> Result<(), Refusal> {
    match (actor, action) {
        (_, Action::ReadPublished | Action::KeepOwnList) | (Actor::Operator, _) => Ok(()),
        (Actor::Administrator, Action::Import | Action::Export | Action::ManageSample) => Ok(()),
        (Actor::Administrator, Action::ManageTokens | Action::ManageAccounts | Action::Operate) => {
            Err(Refusal::OnlyOnTheMachine)
        }
        (Actor::Anonymous, _) => Err(Refusal::SignInFirst),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_table() {
        use Refusal::{OnlyOnTheMachine, SignInFirst};
        let table = [
            (Action::ReadPublished, [Ok(()), Ok(()), Ok(())]),
            (Action::KeepOwnList, [Ok(()), Ok(()), Ok(())]),
            (Action::Import, [Err(SignInFirst), Ok(()), Ok(())]),
            (Action::Export, [Err(SignInFirst), Ok(()), Ok(())]),
            (Action::ManageSample, [Err(SignInFirst), Ok(()), Ok(())]),
            (
                Action::ManageTokens,
                [Err(SignInFirst), Err(OnlyOnTheMachine), Ok(())],
            ),
            (
                Action::ManageAccounts,
                [Err(SignInFirst), Err(OnlyOnTheMachine), Ok(())],
            ),
            (
                Action::Operate,
                [Err(SignInFirst), Err(OnlyOnTheMachine), Ok(())],
            ),
        ];
        assert_eq!(table.map(|(action, _)| action), Action::ALL);
        for (action, expected) in table {
            for (actor, expected) in Actor::ALL.into_iter().zip(expected) {
                assert_eq!(decide(actor, action), expected, "{actor:?} {action:?}");
            }
        }
    }
}
