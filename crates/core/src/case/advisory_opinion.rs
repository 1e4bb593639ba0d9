//! The office's advisory opinion (ý kiến đối chiếu) on a request, as it was signed: no permit, and nothing that another
//! authority must approve is approved by it.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::ScreeningId;
use crate::{code_list::code_list, codes::RuleId, visibility::AccountId};

code_list! {
    /// What the office found when it compared a request with the plan and the rules.
    Conformity, "outcomes of an opinion" {
        /// It conforms.
        Conforms = "conforms",
        /// It conforms when conditions are kept.
        ConformsWithConditions = "conforms_with_conditions",
        /// It does not yet conform.
        DoesNotYetConform = "does_not_yet_conform",
    }
}

impl Conformity {
    /// Whether what was asked is expected to be built.
    #[must_use]
    pub const fn is_positive(self) -> bool {
        matches!(self, Self::Conforms | Self::ConformsWithConditions)
    }
}

/// An opinion as the office issued it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdvisoryOpinion {
    /// What the office found.
    pub outcome: Conformity,
    /// The number of the signed document.
    pub number: String,
    /// The day of the document.
    pub dated: Date,
    /// What must be kept; always there where the outcome names conditions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conditions: Option<String>,
    /// The rules that are not met; at least one where the request does not yet conform.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cites: Vec<RuleId>,
    /// The office's screening that it rests on; none where a case folder only states that there is an opinion.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub screening: Option<ScreeningId>,
    /// The signatory's account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<AccountId>,
    /// When it was recorded.
    pub at: Timestamp,
}
