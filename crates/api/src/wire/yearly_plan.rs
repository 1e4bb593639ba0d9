//! Carriers' plans for a year, put together.

use utoipa::ToSchema;

use super::{AssumedText, Citation, Condition, DigOnce, Finding, GapHamlet, GapPlace, Host, Request, ScreenedRequest};

/// A year's plans, as far as the viewer may see them.
#[derive(Debug, ToSchema)]
pub struct YearlyPlans {
    /// The year.
    #[schema(example = 2027)]
    pub year: u32,
    /// How many changes to what the viewer may see this rests on.
    pub seq: u64,
    /// The rule set that the structures were judged by.
    pub ruleset: String,
    /// Whether that rule set is another province's.
    pub template: bool,
    /// The version of the commune's plan that an adoption must name; null for whoever may not adopt.
    #[schema(required)]
    pub plan_version: Option<u32>,
    /// Whether the viewer may adopt.
    pub may_adopt: bool,
    /// The dates that the rule set names, where it names any.
    pub dates: Vec<YearlyPlanDate>,
    /// What was handed in, the first first.
    pub submissions: Vec<YearlyPlanSubmission>,
    /// Every structure in them.
    pub items: Vec<YearlyPlanItem>,
    /// Who would be covered if all of them were built; null where nobody can say or the viewer may not see its grounds.
    #[schema(required)]
    pub coverage: Option<YearlyPlanCoverage>,
}

/// A date that the rule set names.
#[derive(Debug, ToSchema)]
pub struct YearlyPlanDate {
    /// The clock.
    #[schema(example = "CK-PLAN-IN")]
    pub clock: String,
    /// Its version.
    pub version: u32,
    /// What it is for.
    pub name: AssumedText,
    /// The last day for this year's plans; null where no authority has set one.
    #[schema(required, format = Date)]
    pub last_day: Option<String>,
    /// The text it rests on.
    pub citation: Citation,
}

/// One carrier's plan.
#[derive(Debug, ToSchema)]
pub struct YearlyPlanSubmission {
    /// The request that it is.
    #[schema(format = "uuid")]
    pub case: String,
    /// Its number.
    #[schema(example = "VIETTEL-KH2027-001")]
    pub reference: String,
    /// Whose it is.
    pub applicant: String,
    /// What the carrier calls it.
    #[schema(required)]
    pub title: Option<String>,
    /// When it was handed in.
    #[schema(required, format = DateTime)]
    pub submitted_at: Option<String>,
    /// Whether that was after the last day; null where no day is set.
    #[schema(required)]
    pub late: Option<bool>,
    /// How many structures it has.
    pub items: u32,
    /// How many of them the commune's plan holds.
    pub adopted: u32,
}

/// One structure of a carrier's plan, against what stands, what is planned and what other carriers hand in.
#[derive(Debug, ToSchema)]
pub struct YearlyPlanItem {
    /// The request that it belongs to.
    #[schema(format = "uuid")]
    pub case: String,
    /// That request's number.
    pub reference: String,
    /// Its own number there, from 1.
    pub number: u32,
    /// Its identity in the commune's plan once it is adopted.
    #[schema(format = "uuid")]
    pub planned: String,
    /// Whether the commune's plan holds it.
    pub adopted: bool,
    /// What is to be built.
    pub request: ScreenedRequest,
    /// What does not comply or cannot be told.
    pub findings: Vec<Finding>,
    /// The structures that could host it, best first, at most three.
    pub hosts: Vec<Host>,
    /// How many could.
    pub hosts_found: u32,
    /// What other structures of this year's plans mean for it.
    pub meets: Vec<YearlyPlanMeeting>,
    /// What to build for others who wait near.
    pub conditions: Vec<Condition>,
    /// Works during which the ground is open anyway.
    pub dig_once: Vec<DigOnce>,
}

/// Another structure of the year's plans near one.
#[derive(Debug, ToSchema)]
pub struct YearlyPlanMeeting {
    /// The other's request.
    pub reference: String,
    /// Its number there, from 1.
    pub number: u32,
    /// Whose it is.
    pub applicant: String,
    /// How far it is, where it could be shared, in metres.
    #[schema(required)]
    pub distance_m: Option<f64>,
    /// The rules that do not let both stand.
    pub against: Vec<String>,
    /// Whether one of the two could serve both; null where that is no question or nobody can tell.
    #[schema(required)]
    pub can_share: Option<bool>,
}

/// Who would be covered if all structures were built.
#[derive(Debug, ToSchema)]
pub struct YearlyPlanCoverage {
    /// People whom no network covers now.
    pub people_uncovered: u64,
    /// Those of them whom the structures together would cover.
    pub people_newly_covered: u64,
    /// The others: the gaps that are left.
    pub left: YearlyPlanLeft,
    /// The technology.
    #[schema(example = "5g")]
    pub technology: String,
    /// How many structures were counted.
    pub counted: u32,
    /// How many carry radio and could not be.
    pub not_counted: u32,
    /// What was taken for granted because the requests do not say it.
    pub assumptions: Vec<AssumedText>,
}

/// People and priority places that nothing serves although all structures are built.
#[derive(Debug, ToSchema)]
pub struct YearlyPlanLeft {
    /// People.
    pub people: u64,
    /// The hamlets that they live in with those people, most people first; at most twenty.
    pub hamlets: Vec<GapHamlet>,
    /// How many hamlets there are.
    pub hamlets_total: u32,
    /// Priority places out of reach, by kind and name; at most twenty.
    pub places: Vec<GapPlace>,
    /// How many places there are.
    pub places_total: u32,
    /// Priority places that lie off the map of the computation: nobody can tell of them.
    pub places_unknown: u32,
}

/// What a file of planned structures says.
#[derive(Debug, ToSchema)]
pub struct YearlyPlanFile {
    /// What became of every row.
    pub report: super::ImportReport,
    /// The good rows as a request.
    #[schema(value_type = Request)]
    pub request: serde_json::Value,
}

/// What the commune adopts.
#[derive(Debug, ToSchema)]
pub struct YearlyPlanAdoption {
    /// The version of the plan that the official has seen.
    pub seen_version: u32,
    /// The decision that adopts them, or why.
    pub reason: String,
    /// Which structures.
    pub items: Vec<YearlyPlanAdopted>,
}

/// One structure of a carrier's plan.
#[derive(Debug, ToSchema)]
pub struct YearlyPlanAdopted {
    /// The request that it belongs to.
    #[schema(format = "uuid")]
    pub case: String,
    /// Its number there, from 1.
    pub number: u32,
}
