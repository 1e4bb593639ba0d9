//! Build requests as they are kept.

use hatang_core::{RuleId, case::About};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{AdvisoryOpinion, Geometry, Request, ScreenedRequest, Screening};

/// A request to be saved.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CaseDraft {
    /// What the applicant calls it.
    pub title: Option<String>,
    /// The rule set to judge it by; the territory's own when left out.
    pub ruleset: Option<String>,
    /// What is to be built.
    #[schema(value_type = Request)]
    pub request: serde_json::Value,
}

/// A draft to be written anew.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CaseAmendment {
    /// The version that the writer has seen.
    pub version: u32,
    /// What the applicant calls it.
    pub title: Option<String>,
    /// The rule set to judge it by; the territory's own when left out.
    pub ruleset: Option<String>,
    /// What is to be built.
    #[schema(value_type = Request)]
    pub request: serde_json::Value,
}

/// The version of a request that somebody acts on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CaseVersion {
    /// The version that the writer has seen.
    pub version: u32,
}

/// A request to be taken back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CaseWithdrawal {
    /// The version that the writer has seen.
    pub version: u32,
    /// Why.
    pub because: Option<String>,
}

/// How a request is to be screened.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ScreeningWish {
    /// The rule set; the one that the request names, or the territory's own, when left out.
    pub ruleset: Option<String>,
}

/// What an officer says of a part of the office's newest screening.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OfficerSays {
    /// The version of the request that the officer has seen.
    pub version: u32,
    /// The number of the requested structure, from 1.
    pub item: u32,
    /// `rule`, `host`, `works`, `condition` or `way`.
    #[schema(example = "rule")]
    pub about: String,
    /// The rule's id, the host's identity, the work's or the condition's code; empty for the way, of which there is one.
    #[schema(example = "SP-BN-1")]
    pub part: String,
    /// `agree` or `disagree`; null takes an earlier verdict back.
    #[schema(required)]
    pub opinion: Option<String>,
    /// Why; needed for a disagreement.
    pub reason: Option<String>,
}

impl OfficerSays {
    /// Which part is meant.
    pub(crate) fn about(&self) -> Option<About> {
        Some(match self.about.as_str() {
            "rule" => About::Rule { rule: RuleId::new(&self.part).ok()? },
            "host" => About::Host { asset: self.part.parse().ok()? },
            "works" => About::Works { works: self.part.clone() },
            "condition" => About::Condition { condition: self.part.clone() },
            "way" if self.part.is_empty() => About::Way,
            _ => return None,
        })
    }
}

/// Where a request stands after something was done to it.
#[derive(Debug, ToSchema)]
pub struct CaseReceipt {
    /// Its identity.
    #[schema(format = "uuid")]
    pub id: String,
    /// Its number in the applicant's own count.
    #[schema(example = "VIETTEL-2026-003")]
    pub reference: String,
    /// How far it has come.
    pub state: CaseState,
    /// Its version, which the next change must name.
    pub version: u32,
}

/// How far a request has come.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum CaseState {
    /// The applicant is still writing it.
    Draft,
    /// Handed to the office.
    Submitted,
    /// Taken back.
    Withdrawn,
    /// The office has signed its opinion.
    OpinionIssued,
    /// Built, and in the registry.
    Closed,
    /// Answered positively and not built in time.
    Lapsed,
}

/// What can be done to a request.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum CaseStep {
    /// Write it anew.
    Save,
    /// Hand it to the office.
    Submit,
    /// Take it back.
    Withdraw,
    /// Screen it and keep the answer.
    Screen,
    /// Say what an officer thinks of a finding.
    Judge,
    /// Record the opinion that the office has signed.
    IssueOpinion,
    /// Say that what was asked stands and is in the registry.
    Close,
    /// Say that it was not built in time.
    Lapse,
}

/// A page of requests, newest first.
#[derive(Debug, ToSchema)]
pub struct CaseList {
    /// The requests.
    pub cases: Vec<CaseRow>,
    /// How many there are, all pages together.
    pub number_matched: u64,
    /// What to send as `after` for the next page; null on the last.
    #[schema(required)]
    pub next: Option<String>,
}

/// One request in a list.
#[derive(Debug, ToSchema)]
pub struct CaseRow {
    /// Its identity.
    #[schema(format = "uuid")]
    pub id: String,
    /// Its number.
    pub reference: String,
    /// Who asks.
    pub applicant: String,
    /// The year whose plan it asks to be taken into; null for a request to build.
    #[schema(required)]
    pub plan_year: Option<u32>,
    /// What the applicant calls it.
    #[schema(required)]
    pub title: Option<String>,
    /// How far it has come.
    pub state: CaseState,
    /// When it was first saved.
    #[schema(format = DateTime)]
    pub saved_at: String,
    /// When it was handed in.
    #[schema(required, format = DateTime)]
    pub submitted_at: Option<String>,
    /// Its version.
    pub version: u32,
    /// What is asked for, and where.
    pub items: Vec<CaseItem>,
    /// When the viewer's side screened it last.
    #[schema(required, format = DateTime)]
    pub screened_at: Option<String>,
    /// How many parts of that screening would come out differently now.
    pub changes: u64,
}

/// One requested structure in a list.
#[derive(Debug, ToSchema)]
pub struct CaseItem {
    /// What.
    pub class: String,
    /// Where.
    pub geometry: Geometry,
}

/// One request with everything that its reader may see.
#[derive(Debug, ToSchema)]
pub struct ShownCase {
    /// Its identity.
    #[schema(format = "uuid")]
    pub id: String,
    /// Its number.
    pub reference: String,
    /// Who asks.
    pub applicant: String,
    /// The year whose plan it asks to be taken into; null for a request to build.
    #[schema(required)]
    pub plan_year: Option<u32>,
    /// What the applicant calls it.
    #[schema(required)]
    pub title: Option<String>,
    /// How far it has come.
    pub state: CaseState,
    /// Its version, which the next change must name.
    pub version: u32,
    /// The rule set that the applicant named.
    #[schema(required)]
    pub rule_set: Option<String>,
    /// When it was first saved.
    #[schema(format = DateTime)]
    pub saved_at: String,
    /// When it was handed in.
    #[schema(required, format = DateTime)]
    pub submitted_at: Option<String>,
    /// When it was taken back.
    #[schema(required, format = DateTime)]
    pub withdrawn_at: Option<String>,
    /// Why it was taken back.
    #[schema(required)]
    pub withdrawn_because: Option<String>,
    /// What the office answered; null while it has not.
    #[schema(required)]
    pub advisory_opinion: Option<AdvisoryOpinion>,
    /// When it was closed or lapsed.
    #[schema(required, format = DateTime)]
    pub ended_at: Option<String>,
    /// What was said of that.
    #[schema(required)]
    pub ended_because: Option<String>,
    /// What is to be built.
    pub items: Vec<ScreenedRequest>,
    /// The newest screening that the viewer goes by: the office its own, else the applicant's.
    #[schema(required)]
    pub screening: Option<ShownScreening>,
    /// Earlier screenings of the same side, newest first.
    pub earlier_screenings: Vec<ScreeningLine>,
    /// What that screening would say differently now.
    pub changes: Vec<Changed>,
    /// What officers think; for officials only.
    pub verdicts: Vec<ShownVerdict>,
    /// Requests near this one that the viewer may know of, nearest first.
    pub near: Vec<NearCase>,
    /// What the viewer may do with it now.
    pub steps: Vec<CaseStep>,
}

/// A kept screening with its answer.
#[derive(Debug, ToSchema)]
pub struct ShownScreening {
    /// Its identity.
    #[schema(format = "uuid")]
    pub id: String,
    /// When it was made.
    #[schema(format = DateTime)]
    pub at: String,
    /// Whether it is the applicant's own, which sees less than the office does.
    pub by_applicant: bool,
    /// Whether the request has been written anew since.
    pub of_earlier_items: bool,
    /// The answer.
    pub answer: Screening,
}

/// A screening in a list.
#[derive(Debug, ToSchema)]
pub struct ScreeningLine {
    /// Its identity.
    #[schema(format = "uuid")]
    pub id: String,
    /// When it was made.
    #[schema(format = DateTime)]
    pub at: String,
    /// The rule set that it judged by.
    pub ruleset: String,
}

/// A screening that was kept.
#[derive(Debug, ToSchema)]
pub struct ScreeningReceipt {
    /// Its identity.
    #[schema(format = "uuid")]
    pub id: String,
    /// The request that it judges.
    #[schema(format = "uuid")]
    pub case: String,
}

/// Whether a kept screening comes out the same when it is computed again.
#[derive(Debug, ToSchema)]
pub struct Rerun {
    /// The screening.
    #[schema(format = "uuid")]
    pub id: String,
    /// Whether every byte is the same.
    pub same: bool,
    /// The version of the program that computed it first.
    pub computed_by: String,
    /// The version of the program that computed it now.
    pub rerun_by: String,
    /// What differs in substance; empty when only wording does.
    pub changes: Vec<Changed>,
}

/// One part of a screening that is not what it was.
#[derive(Debug, ToSchema)]
pub struct Changed {
    /// What it was; null when it is new.
    #[schema(required)]
    pub before: Option<Outcome>,
    /// What it is; null when it is gone.
    #[schema(required)]
    pub now: Option<Outcome>,
}

/// One part of a screening without its sentences.
#[derive(Debug, ToSchema)]
pub struct Outcome {
    /// The number of the requested structure, from 1.
    pub item: u32,
    /// `rule`, `host`, `works`, `condition` or `way`.
    pub about: String,
    /// The rule, for a rule's finding.
    pub rule: Option<String>,
    /// The structure, for a host.
    pub asset: Option<String>,
    /// The work's code, for a work.
    pub works: Option<String>,
    /// Which condition, for a condition.
    pub condition: Option<String>,
    /// The verdict's word.
    pub verdict: String,
    /// The number that was measured, the free units that were found, or the metres of a way in lines with room.
    pub figure: Option<f64>,
    /// What the figure and its limit count: `m`, `operators`, `boxes`, `structures`, `bores`, or `free` units of a host.
    pub unit: Option<String>,
    /// The number that it was compared with.
    pub limit: Option<f64>,
    /// What else it rests on.
    pub grounds: Option<Vec<String>>,
}

/// What an officer thinks.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum Opinion {
    /// It stands.
    Agree,
    /// It does not, for a reason that is given.
    Disagree,
}

/// What an officer thinks of a part of the newest screening.
#[derive(Debug, ToSchema)]
pub struct ShownVerdict {
    /// The number of the requested structure, from 1.
    pub item: u32,
    /// `rule`, `host`, `works`, `condition` or `way`.
    pub about: String,
    /// The rule, for a rule's finding.
    pub rule: Option<String>,
    /// The structure, for a host.
    pub asset: Option<String>,
    /// The work's code, for a work.
    pub works: Option<String>,
    /// Which condition, for a condition.
    pub condition: Option<String>,
    /// What the officer thought.
    pub opinion: Opinion,
    /// Whether the part has changed since, so that the verdict must be given again.
    pub rerate: bool,
    /// Why.
    #[schema(required)]
    pub reason: Option<String>,
    /// When.
    #[schema(format = DateTime)]
    pub at: String,
}

/// A request near another.
#[derive(Debug, ToSchema)]
pub struct NearCase {
    /// Its identity.
    #[schema(format = "uuid")]
    pub id: String,
    /// Its number.
    pub reference: String,
    /// Who asked.
    pub applicant: String,
    /// What the applicant calls it.
    #[schema(required)]
    pub title: Option<String>,
    /// How far it came.
    pub state: CaseState,
    /// When it was first saved.
    #[schema(format = DateTime)]
    pub saved_at: String,
    /// How near its nearest structure comes, in metres.
    pub distance_m: f64,
}
