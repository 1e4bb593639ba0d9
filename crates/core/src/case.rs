//! A build request as it is kept (hồ sơ): what was asked, how far it has come, and what officers think of each finding.
//!
//! Requests are secrets of their applicants. They stand in a journal of their own beside the territory's, so that not even
//! the number of its entries tells a rival that somebody has filed something.

mod advisory_opinion;
mod outcome;
mod screening;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use self::{
    advisory_opinion::{AdvisoryOpinion, Conformity},
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
    /// How far a request has come. The steps of the office between receipt and signature will stand between these.
    CaseState, "case states" {
        /// The applicant is still writing it; nobody else sees it.
        Draft = "draft",
        /// Handed to the office.
        Submitted = "submitted",
        /// Taken back by the applicant.
        Withdrawn = "withdrawn",
        /// The office has signed its opinion. Where that is positive, what was asked counts as a structure that is to come.
        OpinionIssued = "opinion_issued",
        /// Built, and in the registry.
        Closed = "closed",
        /// Answered positively and not built in time.
        Lapsed = "lapsed",
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
        /// Record the opinion that the office has signed.
        IssueOpinion = "issue_opinion",
        /// Say that what was asked stands and is in the registry.
        Close = "close",
        /// Say that it was not built in time.
        Lapse = "lapse",
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
            (Self::Draft | Self::Submitted | Self::OpinionIssued, CaseStep::Withdraw) => Some(Self::Withdrawn),
            (Self::Submitted, CaseStep::IssueOpinion) => Some(Self::OpinionIssued),
            (Self::OpinionIssued, CaseStep::Close) => Some(Self::Closed),
            (Self::OpinionIssued, CaseStep::Lapse) => Some(Self::Lapsed),
            _ => None,
        }
    }

    /// Whether it is still to be answered.
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
    /// What the office answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub advisory_opinion: Option<AdvisoryOpinion>,
    /// When it was closed or lapsed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Timestamp>,
    /// What was said of that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_because: Option<String>,
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

    /// The state after a step; `None` when the step cannot be taken. Years' plans are adopted, not answered one by one, and
    /// what does not yet conform has nothing to be built.
    #[must_use]
    pub fn after(&self, step: CaseStep) -> Option<CaseState> {
        let is_known = match step {
            CaseStep::IssueOpinion => self.kind() == CaseKind::Build,
            CaseStep::Close | CaseStep::Lapse => self.is_to_be_built(),
            CaseStep::Withdraw => self.state != CaseState::OpinionIssued || self.is_to_be_built(),
            CaseStep::Save | CaseStep::Submit | CaseStep::Screen | CaseStep::Judge => true,
        };
        self.state.after(step).filter(|_| is_known)
    }

    /// Whether it has been answered positively and is not built: what it asks for counts as what is to come.
    #[must_use]
    pub fn is_to_be_built(&self) -> bool {
        let is_positive = self.advisory_opinion.as_ref().is_some_and(|opinion| opinion.outcome.is_positive());
        self.state == CaseState::OpinionIssued && is_positive
    }

    /// Whether what changes around it still matters to it.
    #[must_use]
    pub fn is_current(&self) -> bool {
        self.state.is_open() || self.is_to_be_built()
    }

    /// The identity that one of its structures has as an object of the plan: the same whenever it is asked for, so that
    /// whether a structure has been adopted is told by the plan alone.
    #[must_use]
    pub fn planned_id(&self, number: u32) -> AssetId {
        AssetId(Uuid::new_v5(&self.id.0, &number.to_be_bytes()))
    }

    /// The structures that an officer agrees can host what is asked, from when the request is handed in until it is built or
    /// given up. Its applicant is involved with them: what is needed to build on them is shown to it.
    #[must_use]
    pub fn hosts_found(&self) -> Vec<AssetId> {
        if self.state != CaseState::Submitted && !self.is_to_be_built() {
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

    fn of_state(state: CaseState, plan_year: Option<u32>, outcome: Option<Conformity>) -> Case {
        let owner = OrganisationCode::new("viettel").unwrap();
        let shape = crate::Shape::Point(crate::Lonlat::new(106.48, 20.68).unwrap());
        let opinion = |outcome| AdvisoryOpinion {
            outcome,
            number: "1/KT".to_owned(),
            dated: jiff::civil::date(2026, 7, 1),
            conditions: None,
            cites: vec![],
            screening: None,
            by: None,
            at: Timestamp::UNIX_EPOCH,
        };
        Case {
            id: CaseId(Uuid::nil()),
            reference: "VIETTEL-2026-001".to_owned(),
            items: vec![RequestItem { plan_year, ..RequestItem::new(crate::AssetClass::Mast, owner.clone(), shape) }],
            applicant: owner,
            title: None,
            state,
            rule_set: None,
            saved_at: Timestamp::UNIX_EPOCH,
            submitted_at: None,
            withdrawn_at: None,
            withdrawn_because: None,
            verdicts: vec![],
            advisory_opinion: outcome.map(opinion),
            ended_at: None,
            ended_because: None,
        }
    }

    #[test]
    fn a_request_goes_forward_and_never_back() {
        use CaseState::{Closed, Draft, Lapsed, OpinionIssued, Submitted, Withdrawn};
        use CaseStep::{Close, IssueOpinion, Judge, Lapse, Save, Screen, Submit, Withdraw};
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
            (Draft, IssueOpinion, None),
            (Submitted, IssueOpinion, Some(OpinionIssued)),
            (OpinionIssued, IssueOpinion, None),
            (OpinionIssued, Save, None),
            (OpinionIssued, Screen, None),
            (OpinionIssued, Judge, None),
            (OpinionIssued, Withdraw, Some(Withdrawn)),
            (Submitted, Close, None),
            (Submitted, Lapse, None),
            (OpinionIssued, Close, Some(Closed)),
            (OpinionIssued, Lapse, Some(Lapsed)),
            (Closed, Withdraw, None),
            (Lapsed, Withdraw, None),
            (Lapsed, Close, None),
            (Closed, Lapse, None),
        ] {
            assert_eq!(state.after(step), after, "{state} {step}");
        }
    }

    #[test]
    fn only_a_positive_opinion_leaves_something_to_be_built_and_a_years_plan_gets_none() {
        use CaseState::{Closed, OpinionIssued, Submitted};
        use Conformity::{Conforms, ConformsWithConditions, DoesNotYetConform};
        for (state, outcome, to_be_built) in [
            (OpinionIssued, Some(Conforms), true),
            (OpinionIssued, Some(ConformsWithConditions), true),
            (OpinionIssued, Some(DoesNotYetConform), false),
            (Closed, Some(Conforms), false),
            (Submitted, None, false),
        ] {
            let case = of_state(state, None, outcome);
            assert_eq!(case.is_to_be_built(), to_be_built, "{state} {outcome:?}");
            assert_eq!(case.is_current(), to_be_built || state == Submitted, "{state} {outcome:?}");
            for step in [CaseStep::Close, CaseStep::Lapse] {
                assert_eq!(case.after(step).is_some(), to_be_built, "{state} {outcome:?} {step}");
            }
            let may_be_taken_back = to_be_built || state == Submitted;
            assert_eq!(case.after(CaseStep::Withdraw).is_some(), may_be_taken_back, "{state} {outcome:?}");
        }
        let answered = |plan_year| of_state(Submitted, plan_year, None).after(CaseStep::IssueOpinion);
        assert_eq!((answered(None), answered(Some(2027))), (Some(OpinionIssued), None));
    }

    #[test]
    fn a_draft_is_the_applicants_and_a_filed_request_is_the_offices_too() {
        let organisation = |code: &str| OrganisationCode::new(code).unwrap();
        let mut case = of_state(CaseState::Draft, None, None);
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
