//! A build request as it is kept (hồ sơ): what was asked, how far it has come, and what officers think of each finding.
//!
//! Requests are secrets of their applicants. They stand in a journal of their own beside the territory's, so that not even
//! the number of its entries tells a rival that somebody has filed something.

mod outcome;
mod screening;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use self::{
    outcome::{About, Changed, Outcome, changes},
    screening::{Eyes, KeptScreening, ScreeningId, Side},
};
use crate::{
    asset::AssetId,
    code_list::code_list,
    codes::{OrganisationCode, RuleSetCode, Territory},
    delegation::DelegatedAction,
    request::RequestItem,
    visibility::{AccountId, Role, Viewer},
};

/// The identity of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CaseId(pub Uuid);

impl std::fmt::Display for CaseId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl std::str::FromStr for CaseId {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

code_list! {
    /// How far a request has come. The states of assessment and building follow these.
    CaseState, "case states" {
        /// The applicant is still writing it; nobody else sees it.
        Draft = "draft",
        /// Handed to the office.
        Submitted = "submitted",
        /// Taken back by the applicant.
        Withdrawn = "withdrawn",
    }
}

code_list! {
    /// What a request asks for.
    CaseKind, "kinds of requests" {
        /// To build.
        Build = "build",
        /// To be taken into a year's plan.
        YearlyPlan = "yearly_plan",
    }
}

code_list! {
    /// What can be done to a request.
    CaseStep, "case steps" {
        /// Write it anew.
        Save = "save",
        /// Hand it to the office.
        Submit = "submit",
        /// Take it back.
        Withdraw = "withdraw",
        /// Compare it with the registry and keep the answer.
        Screen = "screen",
        /// Say what an officer thinks of a finding.
        Judge = "judge",
    }
}

impl CaseState {
    /// The state after a step; `None` when the step cannot be taken from here. Who may take it is another question.
    #[must_use]
    pub const fn after(self, step: CaseStep) -> Option<Self> {
        match (self, step) {
            (Self::Draft, CaseStep::Save | CaseStep::Screen) => Some(Self::Draft),
            (Self::Draft, CaseStep::Submit) | (Self::Submitted, CaseStep::Screen | CaseStep::Judge) => {
                Some(Self::Submitted)
            }
            (Self::Draft | Self::Submitted, CaseStep::Withdraw) => Some(Self::Withdrawn),
            _ => None,
        }
    }

    /// Whether what changes around the request still matters to it.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Draft | Self::Submitted)
    }
}

code_list! {
    /// What an officer thinks of a finding or of a host. Where nothing is said it is not rated.
    Opinion, "opinions" {
        /// It stands.
        Agree = "agree",
        /// It does not, for a reason that is given.
        Disagree = "disagree",
    }
}

/// What an officer thinks of one part of a screening, kept with that part as it was then.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OfficerVerdict {
    /// What was judged. When the newest screening says something else, the verdict must be given again.
    pub on: Outcome,
    /// What the officer thinks.
    pub opinion: Opinion,
    /// Why; always there for a disagreement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The officer's account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<AccountId>,
    /// When.
    pub at: Timestamp,
}

/// A build request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Case {
    /// Its identity.
    pub id: CaseId,
    /// Its number in the applicant's own count, such as `VIETTEL-2026-003`, or `VIETTEL-KH2027-001` for a yearly plan: a
    /// count of all would tell how many others file.
    pub reference: String,
    /// Who asks.
    pub applicant: OrganisationCode,
    /// What the applicant calls it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// How far it has come.
    pub state: CaseState,
    /// What is to be built.
    pub items: Vec<RequestItem>,
    /// The rule set that the applicant wants it judged by; the territory's own where none is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule_set: Option<RuleSetCode>,
    /// When it was first saved.
    pub saved_at: Timestamp,
    /// When it was handed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub submitted_at: Option<Timestamp>,
    /// When it was taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn_at: Option<Timestamp>,
    /// Why it was taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn_because: Option<String>,
    /// What officers think of its findings and hosts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub verdicts: Vec<OfficerVerdict>,
}

impl Case {
    /// The year whose plan it asks to be taken into; none for a request to build. All of its structures say the same.
    #[must_use]
    pub fn plan_year(&self) -> Option<u32> {
        self.items.first()?.plan_year
    }

    /// What it asks for.
    #[must_use]
    pub fn kind(&self) -> CaseKind {
        if self.plan_year().is_some() { CaseKind::YearlyPlan } else { CaseKind::Build }
    }

    /// The identity that one of its structures has as an object of the plan: the same whenever it is asked for, so that
    /// whether a structure has been adopted is told by the plan alone.
    #[must_use]
    pub fn planned_id(&self, number: u32) -> AssetId {
        AssetId(Uuid::new_v5(&self.id.0, &number.to_be_bytes()))
    }

    /// The structures that an officer agrees can host what is asked, while the request is with the office. Its applicant
    /// is involved with them: what is needed to build on them is shown to it.
    #[must_use]
    pub fn hosts_found(&self) -> Vec<AssetId> {
        if self.state != CaseState::Submitted {
            return Vec::new();
        }
        let agreed = self.verdicts.iter().filter(|it| it.opinion == Opinion::Agree && it.on.finds_a_host());
        let hosts = agreed.filter_map(|verdict| match verdict.on.about {
            About::Host { asset } => Some(asset),
            About::Rule { .. } | About::Works { .. } | About::Condition { .. } | About::Way => None,
        });
        hosts.collect()
    }
}

/// Whether a viewer may know that a request to a territory exists: its applicant and whom it lets file always, officials who answer for the
/// territory once it was handed in.
#[must_use]
pub fn sees_case(viewer: &Viewer, case: &Case, territory: &Territory) -> bool {
    let is_applicant =
        viewer.role != Role::Public && viewer.may_act_for(&case.applicant, DelegatedAction::FileRequests);
    let is_office = viewer.is_official_of(territory) && case.submitted_at.is_some();
    is_applicant || is_office
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_goes_forward_and_never_back() {
        use CaseState::{Draft, Submitted, Withdrawn};
        use CaseStep::{Judge, Save, Screen, Submit, Withdraw};
        for (state, step, after) in [
            (Draft, Save, Some(Draft)),
            (Draft, Screen, Some(Draft)),
            (Draft, Judge, None),
            (Draft, Submit, Some(Submitted)),
            (Draft, Withdraw, Some(Withdrawn)),
            (Submitted, Save, None),
            (Submitted, Screen, Some(Submitted)),
            (Submitted, Judge, Some(Submitted)),
            (Submitted, Submit, None),
            (Submitted, Withdraw, Some(Withdrawn)),
            (Withdrawn, Save, None),
            (Withdrawn, Screen, None),
            (Withdrawn, Judge, None),
            (Withdrawn, Submit, None),
            (Withdrawn, Withdraw, None),
        ] {
            assert_eq!(state.after(step), after, "{state} {step}");
        }
    }

    #[test]
    fn a_draft_is_the_applicants_and_a_filed_request_is_the_offices_too() {
        let organisation = |code: &str| OrganisationCode::new(code).unwrap();
        let mut case = Case {
            id: CaseId(Uuid::nil()),
            reference: "VIETTEL-2026-001".to_owned(),
            applicant: organisation("viettel"),
            title: None,
            state: CaseState::Draft,
            items: vec![],
            rule_set: None,
            saved_at: Timestamp::UNIX_EPOCH,
            submitted_at: None,
            withdrawn_at: None,
            withdrawn_because: None,
            verdicts: vec![],
        };
        let viewer =
            |role, code: Option<&str>| Viewer { role, organisation: code.map(organisation), ..Viewer::public() };
        let office = viewer(Role::Assessor, Some("ubnd-vinh-bao"));
        let own = viewer(Role::CarrierEditor, Some("viettel"));
        let others = [
            viewer(Role::CarrierEditor, Some("vnpt")),
            viewer(Role::Utility, Some("road")),
            viewer(Role::CarrierEditor, None),
            Viewer::public(),
            viewer(Role::Public, Some("viettel")),
        ];
        let here = Territory::new("11824").unwrap();
        let elsewhere = Viewer { territory: Some(Territory::new("11887").unwrap()), ..office.clone() };
        assert!(sees_case(&own, &case, &here) && !sees_case(&office, &case, &here));
        case.submitted_at = Some(Timestamp::UNIX_EPOCH);
        assert!(sees_case(&own, &case, &here) && sees_case(&office, &case, &here));
        assert!(!sees_case(&elsewhere, &case, &here), "another commune's office");
        for other in others {
            assert!(!sees_case(&other, &case, &here), "{other:?}");
        }
    }
}
