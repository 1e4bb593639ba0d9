//! Several records that are of one structure: who says so, and what became of it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{asset::AssetId, code_list::code_list, codes::OrganisationCode};

code_list! {
    /// How far a likely duplicate has come.
    DuplicateState, "duplicate states" {
        /// The records are likely of one structure; nobody has said anything.
        Proposed = "proposed",
        /// Some of the owners agree that they are; the others have not answered.
        Agreed = "agreed",
        /// They were: one record stands, the others are given up and name it.
        Merged = "merged",
        /// They are of different structures, and are not proposed again.
        Apart = "apart",
    }
}

code_list! {
    /// What somebody does about a likely duplicate.
    DuplicateAct, "duplicate acts" {
        /// Says for an owner that the records are of one structure.
        Agree = "agree",
        /// Makes one record of them.
        Merge = "merge",
        /// Says that they are of different structures.
        KeepApart = "keep_apart",
    }
}

impl DuplicateState {
    /// The state after an act; `None` when the act is not possible in this state.
    #[must_use]
    pub const fn after(self, act: DuplicateAct) -> Option<Self> {
        use DuplicateAct as Act;
        match (self, act) {
            (Self::Proposed | Self::Agreed, Act::Agree) => Some(Self::Agreed),
            // Whoever was wrong when they were kept apart may still make one of them.
            (Self::Proposed | Self::Agreed | Self::Apart, Act::Merge) => Some(Self::Merged),
            (Self::Proposed | Self::Agreed, Act::KeepApart) => Some(Self::Apart),
            _ => None,
        }
    }
}

/// An answer to a likely duplicate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DuplicateAnswer {
    /// What was done.
    pub act: DuplicateAct,
    /// The record that is to stand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept: Option<AssetId>,
    /// Who did it; none for the office.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<OrganisationCode>,
    /// When.
    pub at: Timestamp,
    /// Why; never a person's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Several records of one class that somebody has said something of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Duplicate {
    /// Its identity.
    pub id: Uuid,
    /// How far it has come; never [`DuplicateState::Proposed`], which nobody has to say.
    pub state: DuplicateState,
    /// The records, in the order of their identities.
    pub assets: Vec<AssetId>,
    /// The record that stands, or is to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept: Option<AssetId>,
    /// What was done about it, in order.
    pub answers: Vec<DuplicateAnswer>,
}

impl Duplicate {
    /// Whether an owner has agreed to the record that is to stand.
    #[must_use]
    pub fn is_agreed_by(&self, owner: &OrganisationCode) -> bool {
        let last = self.answers.iter().rfind(|answer| answer.by.as_ref() == Some(owner));
        last.is_some_and(|answer| answer.act == DuplicateAct::Agree && answer.kept == self.kept)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_become_one_record_stays_one_and_what_was_kept_apart_may_still_become_one() {
        use DuplicateAct::{Agree, KeepApart, Merge};
        use DuplicateState::{Agreed, Apart, Merged, Proposed};
        for (state, act, after) in [
            (Proposed, Agree, Some(Agreed)),
            (Proposed, Merge, Some(Merged)),
            (Proposed, KeepApart, Some(Apart)),
            (Agreed, Agree, Some(Agreed)),
            (Agreed, Merge, Some(Merged)),
            (Agreed, KeepApart, Some(Apart)),
            (Apart, Merge, Some(Merged)),
            (Apart, Agree, None),
            (Apart, KeepApart, None),
            (Merged, Merge, None),
            (Merged, KeepApart, None),
            (Merged, Agree, None),
        ] {
            assert_eq!(state.after(act), after, "{state} {act}");
        }
    }

    #[test]
    fn an_agreement_counts_only_for_the_record_that_it_named() {
        let [one, other] = [1, 2].map(|n| AssetId(Uuid::from_u128(n)));
        let [viettel, vnpt] = ["viettel", "vnpt"].map(|code| OrganisationCode::new(code).unwrap());
        let agreed = |by: &OrganisationCode, kept| DuplicateAnswer {
            act: DuplicateAct::Agree,
            kept: Some(kept),
            by: Some(by.clone()),
            at: Timestamp::UNIX_EPOCH,
            reason: None,
        };
        let duplicate = Duplicate {
            id: Uuid::from_u128(9),
            state: DuplicateState::Agreed,
            assets: vec![one, other],
            kept: Some(other),
            answers: vec![agreed(&viettel, one), agreed(&vnpt, other)],
        };
        assert!(!duplicate.is_agreed_by(&viettel), "viettel agreed to the other record");
        assert!(duplicate.is_agreed_by(&vnpt));
    }
}
