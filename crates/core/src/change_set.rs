//! An import as one change: how far it has come, and what it does to each asset.

use serde::{Deserialize, Serialize};

use crate::code_list::code_list;

code_list! {
    /// How far an import has come.
    ImportState, "import states" {
        /// The file is here.
        Uploaded = "uploaded",
        /// It has been read and compared with the registry; nothing is written.
        Checked = "checked",
        /// Somebody has looked at what it would change and agrees.
        Acknowledged = "acknowledged",
        /// It is in the registry.
        Committed = "committed",
        /// It was, and has been undone as one.
        Reverted = "reverted",
        /// It was given up before it came in.
        Discarded = "discarded",
    }
}

code_list! {
    /// What somebody does with an import.
    ImportAct, "import acts" {
        /// Reads and compares; again when the file is to be read in another way.
        Check = "check",
        /// Agrees with what it would change.
        Acknowledge = "acknowledge",
        /// Writes it.
        Commit = "commit",
        /// Undoes it.
        Revert = "revert",
        /// Gives it up.
        Discard = "discard",
    }
}

impl ImportState {
    /// The state after an act; `None` when the act is not possible in this state.
    #[must_use]
    pub const fn after(self, act: ImportAct) -> Option<Self> {
        match (self, act) {
            (Self::Uploaded | Self::Checked | Self::Acknowledged, ImportAct::Check) => Some(Self::Checked),
            (Self::Checked, ImportAct::Acknowledge) => Some(Self::Acknowledged),
            (Self::Acknowledged, ImportAct::Commit) => Some(Self::Committed),
            (Self::Committed, ImportAct::Revert) => Some(Self::Reverted),
            (Self::Uploaded | Self::Checked | Self::Acknowledged, ImportAct::Discard) => Some(Self::Discarded),
            _ => None,
        }
    }
}

code_list! {
    /// What a file is to the registry.
    ImportMode, "import modes" {
        /// Only what is in the file changes.
        Delta = "delta",
        /// The file is all that the owner has of the class: what is missing from it is retired.
        FullSet = "full_set",
        /// Only what is new comes in: rows of registered assets are refused.
        Additions = "additions",
    }
}

code_list! {
    /// What an import does to an asset.
    RowAction, "row actions" {
        /// It is new.
        Added = "added",
        /// Its record changes.
        Changed = "changed",
        /// Its record says so already.
        Unchanged = "unchanged",
        /// The owner's file does not have it: it is given up.
        Missing = "missing",
    }
}

/// How many assets an import does what to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// New ones.
    pub added: u64,
    /// Those whose records change.
    pub changed: u64,
    /// Those whose records say so already.
    pub unchanged: u64,
    /// Those that the file does not have.
    pub missing: u64,
}

impl Tally {
    /// Counts one more.
    pub const fn count(&mut self, action: RowAction) {
        match action {
            RowAction::Added => self.added += 1,
            RowAction::Changed => self.changed += 1,
            RowAction::Unchanged => self.unchanged += 1,
            RowAction::Missing => self.missing += 1,
        }
    }

    /// How many rows are written.
    #[must_use]
    pub const fn writes(self, mode: ImportMode) -> u64 {
        self.added + self.changed + if matches!(mode, ImportMode::FullSet) { self.missing } else { 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_written_that_nobody_has_agreed_to() {
        use ImportAct::{Acknowledge, Check, Commit, Discard, Revert};
        use ImportState::{Acknowledged, Checked, Committed, Discarded, Reverted, Uploaded};
        for (state, act, after) in [
            (Uploaded, Check, Some(Checked)),
            (Uploaded, Commit, None),
            (Checked, Commit, None),
            (Checked, Check, Some(Checked)),
            (Checked, Acknowledge, Some(Acknowledged)),
            (Acknowledged, Check, Some(Checked)),
            (Acknowledged, Commit, Some(Committed)),
            (Committed, Discard, None),
            (Committed, Check, None),
            (Committed, Revert, Some(Reverted)),
            (Reverted, Revert, None),
            (Reverted, Commit, None),
            (Discarded, Check, None),
        ] {
            assert_eq!(state.after(act), after, "{state} {act}");
        }
    }
}
