//! Where the registry and the ground differ: who says so, who answers, and what became of it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    asset::{AssetClass, AssetId},
    code_list::code_list,
    codes::OrganisationCode,
    position::Lonlat,
    units::Metres,
};

code_list! {
    /// How the ground differs from the registry.
    DeviationKind, "deviation kinds" {
        /// It stands elsewhere.
        WrongPosition = "wrong_position",
        /// Nothing stands there.
        NotFound = "not_found",
        /// Something stands there that nobody has registered.
        UnknownObject = "unknown_object",
    }
}

code_list! {
    /// How far a deviation has come.
    DeviationState, "deviation states" {
        /// Somebody has said so.
        Reported = "reported",
        /// Whoever must answer has been told.
        Notified = "notified",
        /// The owner agrees.
        Confirmed = "confirmed",
        /// The owner, or the office, disagrees and says why.
        Rejected = "rejected",
        /// Somebody says that the unknown object is theirs.
        Claimed = "claimed",
        /// The registry says now what the ground says.
        Corrected = "corrected",
        /// Nobody claimed the object: the commune holds it as an orphan.
        Orphaned = "orphaned",
    }
}

code_list! {
    /// What somebody does about a deviation.
    DeviationAct, "deviation acts" {
        /// Tells whoever must answer.
        Notify = "notify",
        /// Agrees.
        Confirm = "confirm",
        /// Disagrees.
        Reject = "reject",
        /// Says that the object is theirs.
        Claim = "claim",
        /// Changes the registry.
        Correct = "correct",
        /// Takes the object into the commune's keeping.
        Orphan = "orphan",
    }
}

impl DeviationState {
    /// The state after an act; `None` when the act is not possible in this state.
    #[must_use]
    pub const fn after(self, act: DeviationAct, kind: DeviationKind) -> Option<Self> {
        use DeviationAct as Act;
        let unknown = matches!(kind, DeviationKind::UnknownObject);
        match (self, act) {
            (Self::Reported, Act::Notify) => Some(Self::Notified),
            (Self::Notified, Act::Confirm) if !unknown => Some(Self::Confirmed),
            (Self::Notified, Act::Claim) if unknown => Some(Self::Claimed),
            (Self::Notified, Act::Reject) => Some(Self::Rejected),
            (Self::Notified, Act::Orphan) if unknown => Some(Self::Orphaned),
            (Self::Confirmed | Self::Claimed, Act::Correct) => Some(Self::Corrected),
            _ => None,
        }
    }

    /// Whether somebody still has to do something.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Reported | Self::Notified | Self::Confirmed | Self::Claimed)
    }
}

/// An answer to a deviation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviationAnswer {
    /// What was done.
    pub act: DeviationAct,
    /// Who did it; none for the office.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<OrganisationCode>,
    /// When.
    pub at: Timestamp,
    /// Why, or in which words; never a person's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// One difference between the registry and the ground.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Deviation {
    /// Its identity.
    pub id: Uuid,
    /// How the ground differs.
    pub kind: DeviationKind,
    /// How far it has come.
    pub state: DeviationState,
    /// The asset it is about; none for an unknown object until it is registered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asset: Option<AssetId>,
    /// Who owns that asset, or says that the object is theirs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<OrganisationCode>,
    /// What an unknown object looks like.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<AssetClass>,
    /// Where it really stands, or where nothing was found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<Lonlat>,
    /// The 95 % radius of that position.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accuracy_m: Option<Metres>,
    /// What was seen; never a person's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Whose account reported it; none for the office.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reported_by: Option<OrganisationCode>,
    /// When.
    pub reported_at: Timestamp,
    /// When whoever must answer was told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notified_at: Option<Timestamp>,
    /// What was done about it, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<DeviationAnswer>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_unknown_objects_are_claimed_or_become_orphans_and_nothing_follows_an_end() {
        use DeviationAct::{Claim, Confirm, Correct, Notify, Orphan, Reject};
        use DeviationKind::{NotFound, UnknownObject, WrongPosition};
        use DeviationState::{Claimed, Confirmed, Corrected, Notified, Orphaned, Rejected, Reported};
        for (state, act, kind, after) in [
            (Reported, Notify, WrongPosition, Some(Notified)),
            (Reported, Confirm, WrongPosition, None),
            (Notified, Confirm, WrongPosition, Some(Confirmed)),
            (Notified, Confirm, UnknownObject, None),
            (Notified, Claim, UnknownObject, Some(Claimed)),
            (Notified, Claim, NotFound, None),
            (Notified, Orphan, UnknownObject, Some(Orphaned)),
            (Notified, Orphan, NotFound, None),
            (Notified, Reject, NotFound, Some(Rejected)),
            (Confirmed, Correct, NotFound, Some(Corrected)),
            (Claimed, Correct, UnknownObject, Some(Corrected)),
            (Rejected, Correct, NotFound, None),
            (Corrected, Correct, NotFound, None),
            (Orphaned, Claim, UnknownObject, None),
        ] {
            assert_eq!(state.after(act, kind), after, "{state} {act} {kind}");
        }
        for state in DeviationState::ALL {
            let moves = DeviationAct::ALL
                .iter()
                .any(|act| DeviationKind::ALL.iter().any(|kind| state.after(*act, *kind).is_some()));
            assert_eq!(state.is_open(), moves, "{state}");
        }
    }
}
