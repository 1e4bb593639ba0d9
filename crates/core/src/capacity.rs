//! Room for others: known, or unknown for a reason. Unknown is never free.

use serde::{Deserialize, Serialize};

use crate::code_list::code_list;

code_list! {
    /// Why a value is missing.
    NullReason, "null reasons" {
        /// Nobody has said.
        Unknown = "unknown",
        /// The value does not exist for this object.
        NotApplicable = "not_applicable",
        /// The owner keeps it back.
        Withheld = "withheld",
        /// It could be measured and has not been.
        NotSurveyed = "not_surveyed",
    }
}

/// How many units (slots, attachments, bores, ports) are free.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Capacity {
    /// So many units are free.
    Known(u32),
    /// Nobody can tell, and why.
    Unknown(NullReason),
}

/// How many units a structure has and how many are taken, each as far as it is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Occupancy {
    /// All units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<u32>,
    /// Units in use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub used: Option<u32>,
}

/// More units in use than there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{used} in use is more than the {total} there are")]
pub struct Overfull {
    /// Units in use as given.
    pub used: u32,
    /// Units in all as given.
    pub total: u32,
}

impl Occupancy {
    /// Checks that no more is used than there is.
    ///
    /// # Errors
    /// [`Overfull`] when both numbers are known and contradict each other.
    pub const fn check(self) -> Result<(), Overfull> {
        match (self.total, self.used) {
            (Some(total), Some(used)) if total < used => Err(Overfull { used, total }),
            _ => Ok(()),
        }
    }

    /// Free units, or `reason` when either number is missing. An overfull structure has none free.
    #[must_use]
    pub const fn free(self, reason: NullReason) -> Capacity {
        match (self.total, self.used) {
            (Some(total), Some(used)) => Capacity::Known(total.saturating_sub(used)),
            _ => Capacity::Unknown(reason),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_number_never_counts_as_free() {
        for (name, total, used, free) in [
            ("both known", Some(4), Some(1), Capacity::Known(3)),
            ("full", Some(4), Some(4), Capacity::Known(0)),
            ("use unknown", Some(4), None, Capacity::Unknown(NullReason::NotSurveyed)),
            ("size unknown", None, Some(0), Capacity::Unknown(NullReason::NotSurveyed)),
        ] {
            assert_eq!(Occupancy { total, used }.free(NullReason::NotSurveyed), free, "{name}");
        }
    }
}
