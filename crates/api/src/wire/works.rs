//! Planned civil works of other sectors.

use serde::Deserialize;
use utoipa::ToSchema;

use super::{AssumedText, Citation, ClockLimit, FeatureCollectionType, Geometry, Missing, PlanFeature};

/// A work as its owner enters it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WorksDraft {
    /// Its code; made from the owner's when left out.
    pub code: Option<String>,
    /// `road`, `power`, `lighting`, `water` or `telecom`.
    #[schema(example = "road")]
    pub sector: String,
    /// Who digs.
    pub owner: String,
    /// What is done.
    pub title: Option<String>,
    /// The published investment plan that it comes from.
    pub plan: Option<String>,
    /// First day.
    #[schema(format = Date)]
    pub starts_on: Option<String>,
    /// Last day.
    #[schema(format = Date)]
    pub ends_on: Option<String>,
    /// Until when others are asked.
    #[schema(format = Date)]
    pub answer_by: Option<String>,
    /// Whether everybody may read of it.
    #[serde(default)]
    pub published: bool,
    /// Where the ground is open.
    #[schema(value_type = Geometry)]
    pub geometry: serde_json::Value,
}

/// A work to be written anew.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WorksAmendment {
    /// The version that the writer has seen.
    pub version: u32,
    /// `road`, `power`, `lighting`, `water` or `telecom`.
    pub sector: String,
    /// Who digs.
    pub owner: String,
    /// What is done.
    pub title: Option<String>,
    /// The published investment plan that it comes from.
    pub plan: Option<String>,
    /// First day.
    #[schema(format = Date)]
    pub starts_on: Option<String>,
    /// Last day.
    #[schema(format = Date)]
    pub ends_on: Option<String>,
    /// Until when others are asked.
    #[schema(format = Date)]
    pub answer_by: Option<String>,
    /// Whether everybody may read of it.
    #[serde(default)]
    pub published: bool,
    /// Where the ground is open.
    #[schema(value_type = Geometry)]
    pub geometry: serde_json::Value,
}

impl WorksAmendment {
    /// The version, and what the work says now.
    pub(crate) fn split(self) -> (u32, WorksDraft) {
        let Self { version, sector, owner, title, plan, starts_on, ends_on, answer_by, published, geometry } = self;
        let draft =
            WorksDraft { code: None, sector, owner, title, plan, starts_on, ends_on, answer_by, published, geometry };
        (version, draft)
    }
}

/// A file of works as a GeoJSON `FeatureCollection`, with the properties of a plan folder's `works.geojson`. The `stage` of
/// a known work is the registered one: stages are changed by the work's own steps.
#[derive(Debug, ToSchema)]
pub struct WorksFile {
    /// Always `FeatureCollection`.
    #[schema(rename = "type")]
    pub kind: FeatureCollectionType,
    /// The works.
    pub features: Vec<PlanFeature>,
}

/// A step of a work.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WorksStepTaken {
    /// The version that the writer has seen.
    pub version: u32,
    /// `confirm`, `start`, `stop`, `finish` or `revert`.
    pub step: String,
}

/// The owner's reply to those who want ducts.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WorksReply {
    /// The version that the writer has seen.
    pub version: u32,
    /// How many ducts it will lay for others; 0 declines.
    pub ducts: u32,
}

/// An organisation's answer.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WorksAnswer {
    /// `interested`, `not_interested` or `place_ducts`.
    pub interest: String,
    /// How many ducts, from 1 to 99; only with `place_ducts`.
    pub ducts: Option<u32>,
}

/// Where an organisation wants to be told of works.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InterestArea {
    /// An area; null for everywhere.
    #[schema(required, value_type = Option<Geometry>)]
    pub geometry: Option<serde_json::Value>,
}

/// Where a work stands after something was done to it.
#[derive(Debug, ToSchema)]
pub struct WorksReceipt {
    /// Its code.
    pub code: String,
    /// Its version, which the next change must name.
    pub version: u32,
}

/// The works that a viewer may know of.
#[derive(Debug, ToSchema)]
pub struct WorksList {
    /// The day that the list was made on.
    #[schema(format = Date)]
    pub today: String,
    /// The works: those to come by their first day, undated ones after, done ones last.
    pub works: Vec<WorksRow>,
    /// Where the viewer's organisation wants to be told; null for everywhere.
    #[schema(required)]
    pub interest_area: Option<Geometry>,
}

/// One work.
#[derive(Debug, ToSchema)]
#[expect(clippy::struct_excessive_bools, reason = "each is a field of its own in the answer")]
pub struct WorksRow {
    /// Its code.
    pub code: String,
    /// Its version.
    pub version: u32,
    /// `road`, `power`, `lighting`, `water` or `telecom`.
    pub sector: String,
    /// Who digs.
    pub owner: String,
    /// What is done.
    #[schema(required)]
    pub title: Option<String>,
    /// The published investment plan that it comes from.
    #[schema(required)]
    pub plan: Option<String>,
    /// `forward`, `concrete`, `in_progress` or `done`.
    pub stage: String,
    /// First day.
    #[schema(required, format = Date)]
    pub starts_on: Option<String>,
    /// Last day.
    #[schema(required, format = Date)]
    pub ends_on: Option<String>,
    /// Day on which the ground was opened last.
    #[schema(required, format = Date)]
    pub started_on: Option<String>,
    /// Day on which it was interrupted last.
    #[schema(required, format = Date)]
    pub stopped_on: Option<String>,
    /// Day on which the ground was closed for good.
    #[schema(required, format = Date)]
    pub finished_on: Option<String>,
    /// Until when others are asked.
    #[schema(required, format = Date)]
    pub answer_by: Option<String>,
    /// Whether everybody may read of it.
    pub published: bool,
    /// Where the ground is open.
    pub geometry: Geometry,
    /// Whether it touches the ground on which the viewer's organisation wants to be told.
    pub concerns: bool,
    /// What has been answered, without names; null for the public.
    #[schema(required)]
    pub answered: Option<Answered>,
    /// What the viewer's own organisation has answered.
    #[schema(required)]
    pub own_answer: Option<GivenAnswer>,
    /// Who has answered what; null except for the owner and officials.
    #[schema(required)]
    pub answers: Option<Vec<GivenAnswer>>,
    /// How many ducts the owner has agreed to lay for others; null while it has not replied.
    #[schema(required)]
    pub ducts_agreed: Option<u32>,
    /// When the owner replied.
    #[schema(required, format = Date)]
    pub replied_on: Option<String>,
    /// For how many days those who want ducts have been waiting for the owner's reply; null when nobody waits.
    #[schema(required)]
    pub waiting_days: Option<i64>,
    /// By when the owner is to reply; null when nobody waits, or the territory's rule set has no clock for it.
    #[schema(required)]
    pub reply_clock: Option<ReplyClock>,
    /// The steps that the viewer may take it.
    pub steps: Vec<String>,
    /// Whether the viewer may write it anew.
    pub may_amend: bool,
    /// Whether the viewer's organisation may answer now.
    pub may_answer: bool,
}

/// The rule set's clock for the reply of an owner of works to those who want ducts.
#[derive(Debug, ToSchema)]
pub struct ReplyClock {
    /// Its id in the rule set.
    pub clock: String,
    /// What it measures.
    pub name: AssumedText,
    /// Since when somebody waits.
    #[schema(format = Date)]
    pub since: String,
    /// How long the owner has; null while nobody has entered it: then it counts up.
    #[schema(required)]
    pub limit: Option<ClockLimit>,
    /// The last day; null without a limit, or where counting working days needs the calendar of public holidays.
    #[schema(required, format = Date)]
    pub due_on: Option<String>,
    /// Whether that day has passed.
    pub overdue: bool,
    /// The text it rests on.
    pub citation: Citation,
}

/// What has been answered, without names.
#[derive(Debug, ToSchema)]
pub struct Answered {
    /// Organisations that may join.
    pub interested: u32,
    /// Organisations that have nothing to lay there.
    pub not_interested: u32,
    /// Organisations that want ducts laid.
    pub place_ducts: u32,
    /// How many ducts they want together.
    pub ducts: u32,
}

/// One answer with its name.
#[derive(Debug, ToSchema)]
pub struct GivenAnswer {
    /// Who.
    pub organisation: String,
    /// What.
    pub interest: String,
    /// How many ducts.
    #[schema(required)]
    pub ducts: Option<u32>,
    /// When.
    #[schema(format = DateTime)]
    pub at: String,
}

/// Works that could serve needs.
#[derive(Debug, ToSchema)]
pub struct OpportunityList {
    /// The works with the needs that they could serve, soonest to close first.
    pub opportunities: Vec<Opportunity>,
    /// Whether coverage gaps were looked at.
    pub gaps_included: bool,
}

/// A work during which ducts should be laid, and for what.
#[derive(Debug, ToSchema)]
pub struct Opportunity {
    /// The work's code.
    pub works: String,
    /// Its sector.
    pub sector: String,
    /// Who digs.
    pub owner: String,
    /// How many ducts the needs come to together.
    pub ducts: u32,
    /// The day on which the ground closes; null when nobody has said.
    #[schema(required, format = Date)]
    pub before: Option<String>,
    /// The needs, by kind, then nearness, then code.
    pub needs: Vec<MetNeed>,
    /// What organisations have answered to the work, without names.
    pub answered: Answered,
    /// What to do, in one Vietnamese sentence.
    pub advice_vi: String,
    /// What to do, in one English sentence.
    pub advice_en: String,
    /// For how many days those who want ducts have been waiting for the owner's reply; null when nobody waits.
    #[schema(required)]
    pub waiting_days: Option<i64>,
    /// By when the owner is to reply; null when nobody waits, or the territory's rule set has no clock for it.
    #[schema(required)]
    pub reply_clock: Option<ReplyClock>,
}

/// What kind of need it is.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum NeedKind {
    /// Somebody has asked to build there.
    Request,
    /// Somebody has answered that it wants ducts laid.
    Answer,
    /// The plan wants something there.
    Planned,
    /// People there are not served.
    Gap,
}

/// One need that a work could serve.
#[derive(Debug, ToSchema)]
pub struct MetNeed {
    /// What kind of need.
    pub kind: NeedKind,
    /// What it is known by; an answer by whose it is, empty where the viewer may not know.
    pub code: String,
    /// Whose it is; null for a gap, and for answers of organisations that the viewer may not know.
    #[schema(required)]
    pub organisation: Option<String>,
    /// How many ducts would serve it; for an answer those that the organisation's other needs here do not come to.
    pub ducts: u32,
    /// How near the open ground comes, in metres.
    pub distance_m: f64,
    /// Metres of the needed way that lie in or beside the open ground; zero for a place, an area or an answer.
    pub overlap_m: f64,
    /// Dates that would decide whether the two meet in time.
    pub missing: Vec<Missing>,
}
