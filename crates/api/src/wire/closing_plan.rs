//! Closing plans and the jobs that make them.

use std::collections::BTreeMap;

use utoipa::ToSchema;

use super::{AssumedText, CoverageModel, Geometry, HamletCoverage};

/// What a planner asks.
#[derive(Debug, ToSchema)]
pub struct ClosingQuestion {
    /// The technology whose gaps are to be closed.
    #[schema(example = "5g")]
    pub technology: String,
    /// The network that would build; any of them when null or left out.
    pub network: Option<String>,
    /// Where people are to be reached: `outdoor` (when left out), `indoor` or `in_vehicle`.
    pub environment: Option<String>,
    /// `tr38901` (when left out), or `p1812` over terrain.
    #[schema(example = "tr38901")]
    pub model: Option<String>,
    /// The terrain of `p1812`, by identity; the newest in force when null or left out.
    pub terrain: Option<String>,
    /// Whether the measurements in force correct the model.
    pub calibrated: Option<bool>,
    /// What may be spent in each phase, in million đồng; no limit when empty.
    pub phases: Option<Vec<u64>>,
    /// How many options may be picked in all.
    pub sites: Option<u64>,
    /// Keys of options that are picked in any case.
    pub forced: Option<Vec<String>>,
    /// Keys of options that are not picked in any case.
    pub forbidden: Option<Vec<String>>,
    /// Longitude and latitude of places for a new mast, beside those that are looked for.
    pub new_sites: Option<Vec<Vec<f64>>>,
    /// What a less preferred means may be justified by.
    pub preference: Option<ClosingPreference>,
    /// What each means costs; shipped placeholders when left out.
    pub costs: Option<ClosingCosts>,
    /// How many people a priority place counts as that has no weight of its own in the plan.
    pub place_weight: Option<u64>,
    /// Whether to find the optimum too.
    pub exact: Option<bool>,
}

/// What a less preferred means may be justified by.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum ClosingPreference {
    /// Only by those whom no more preferred means could serve.
    InOrder,
    /// A new mast only by those whom nothing that stands could serve.
    StandingFirst,
    /// By everybody: only cost counts.
    CostOnly,
}

/// How an option would be realised, the most preferred first.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum ClosingMeans {
    /// The network already stands there with other equipment.
    OwnUpgrade,
    /// A free slot on a standing mast.
    FreeSlot,
    /// A roof, lamp post or pole of another sector.
    OtherSector,
    /// A new mast.
    NewMast,
}

/// One sum for each means.
#[derive(Debug, ToSchema)]
pub struct ClosingCosts {
    /// New equipment where the network already stands.
    pub own_upgrade: ClosingCost,
    /// Equipment on a free slot of a standing mast.
    pub free_slot: ClosingCost,
    /// Equipment on a structure of another sector.
    pub other_sector: ClosingCost,
    /// A new mast with its equipment.
    pub new_mast: ClosingCost,
}

/// A sum with where it comes from.
#[derive(Debug, ToSchema)]
pub struct ClosingCost {
    /// Million đồng.
    pub million_dong: u64,
    /// Who says so.
    pub source: String,
    /// Whether it only stands in.
    pub placeholder: bool,
}

/// The viewer's plans.
#[derive(Debug, ToSchema)]
pub struct ClosingJobs {
    /// The newest first, without results.
    pub plans: Vec<ClosingJob>,
}

/// A plan under way or done.
#[derive(Debug, ToSchema)]
pub struct ClosingJob {
    /// Its identity.
    #[schema(format = "uuid")]
    pub id: String,
    /// The kind of work: `closing_plan`.
    pub kind: String,
    /// How it stands.
    pub state: JobState,
    /// How far it is.
    pub progress: JobProgress,
    /// When it was asked for.
    #[schema(format = "date-time")]
    pub started_at: String,
    /// When it ended.
    #[schema(required, format = "date-time")]
    pub ended_at: Option<String>,
    /// What was asked.
    pub question: ClosingQuestion,
    /// The plan, once it is done.
    #[schema(required)]
    pub result: Option<ClosingPlan>,
    /// Why it failed.
    #[schema(required)]
    pub problem: Option<JobProblem>,
}

/// How a job stands.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum JobState {
    /// Others come first.
    Waiting,
    /// Under way.
    Running,
    /// The result is there.
    Done,
    /// It could not be done.
    Failed,
    /// Somebody stopped it.
    Cancelled,
}

/// How far a job is.
#[derive(Debug, ToSchema)]
pub struct JobProgress {
    /// What it is doing; an empty text before it begins.
    pub step: String,
    /// Parts of that which are done.
    pub done: u64,
    /// Parts in all.
    pub of: u64,
}

/// Why a job failed.
#[derive(Debug, ToSchema)]
pub struct JobProblem {
    /// Stable code.
    pub code: String,
    /// A sentence in both languages.
    pub text: AssumedText,
}

/// A closing plan with everything that it rests on.
#[derive(Debug, ToSchema)]
pub struct ClosingPlan {
    /// What was asked.
    pub question: ClosingQuestion,
    /// The model and its figures.
    pub model: CoverageModel,
    /// The journal position that it rests on.
    pub seq: u64,
    /// What each means was taken to cost.
    pub costs: ClosingCosts,
    /// Whether any of those sums only stands in.
    pub costs_are_placeholders: bool,
    /// What was taken for granted.
    pub assumptions: Vec<AssumedText>,
    /// Who is reached now.
    pub before: ClosingBalance,
    /// The plan step by step.
    pub steps: ClosingSteps,
    /// The optimum of the same question; null when it was not asked for or not found.
    #[schema(required)]
    pub optimum: Option<ClosingSteps>,
    /// Why there is no optimum.
    #[schema(required)]
    pub no_optimum: Option<String>,
    /// How much less the steps justify than the optimum, in percent of the optimum.
    #[schema(required)]
    pub below_optimum_pct: Option<f64>,
    /// Structures that would help if their owner told whether they are free.
    pub ask_the_owner: Vec<ClosingToAsk>,
    /// How many options were looked at, by means.
    pub options: BTreeMap<String, u64>,
    /// How many structures are full.
    pub full: u64,
    /// How many options the model cannot compute.
    pub not_computed: u64,
    /// Options that help nobody by themselves.
    pub helps_nobody: u64,
    /// Options that may be forced or forbidden, the most helpful first.
    pub choices: Vec<ClosingChoice>,
    /// Who loses service together when one structure fails, after the plan.
    pub fails_together: Vec<ClosingLoss>,
}

/// Who is reached.
#[derive(Debug, ToSchema)]
pub struct ClosingBalance {
    /// People in the territory.
    pub people: u64,
    /// People in covered cells.
    pub people_covered: u64,
    /// Their share.
    #[schema(required)]
    pub share: Option<f64>,
    /// Priority places.
    pub places: u64,
    /// Priority places in covered cells.
    pub places_covered: u64,
    /// The same by hamlet.
    pub hamlets: Vec<HamletCoverage>,
}

/// A plan.
#[derive(Debug, ToSchema)]
pub struct ClosingSteps {
    /// What to do, in order.
    pub picks: Vec<ClosingPick>,
    /// Million đồng in all.
    pub cost: u64,
    /// New masts among the picks.
    pub new_masts: u64,
    /// People and places newly reached.
    pub gained: ClosingGain,
    /// Who is reached afterwards.
    pub after: ClosingBalance,
    /// What is newly covered; null where nothing is.
    #[schema(required)]
    pub newly_covered: Option<Geometry>,
}

/// People and places.
#[derive(Debug, ToSchema)]
pub struct ClosingGain {
    /// People.
    pub people: u64,
    /// Priority places.
    pub places: u64,
}

/// One step of a plan.
#[derive(Debug, ToSchema)]
pub struct ClosingPick {
    /// 1 is first.
    pub number: u64,
    /// The phase that pays for it; 1 is first.
    pub phase: u64,
    /// The option.
    #[serde(flatten)]
    pub choice: ClosingChoice,
    /// Those whom it newly reaches when its turn comes.
    pub gained: ClosingGain,
    /// People reached once it stands.
    pub people_covered: u64,
    /// Why it was picked.
    pub reason: ClosingReason,
    /// The next best at that step.
    #[schema(required)]
    pub next: Option<ClosingCompared>,
    /// A less preferred option that would have reached more for its cost.
    #[schema(required)]
    pub passed_over: Option<ClosingCompared>,
}

/// Why an option was picked.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum ClosingReason {
    /// The planner demands it.
    Forced,
    /// It reached the most for its cost at that step.
    Most,
    /// By itself it reaches more than step by step would.
    BestSingle,
    /// It belongs to the optimum.
    Optimum,
}

/// Another option at a step.
#[derive(Debug, ToSchema)]
pub struct ClosingCompared {
    /// The option's key.
    pub key: String,
    /// How it would have been realised.
    pub means: ClosingMeans,
    /// Its code.
    #[schema(required)]
    pub code: Option<String>,
    /// What it would have gained, places weighed as people.
    pub gain: u64,
    /// Million đồng.
    pub cost: u64,
}

/// One thing that could be done.
#[derive(Debug, ToSchema)]
pub struct ClosingChoice {
    /// Names it in later questions.
    pub key: String,
    /// How.
    pub means: ClosingMeans,
    /// The structure.
    #[schema(required)]
    pub asset: Option<String>,
    /// Its owner's code for it.
    #[schema(required)]
    pub code: Option<String>,
    /// Who owns it.
    #[schema(required)]
    pub owner: Option<String>,
    /// What kind of host of another sector it is.
    #[schema(required)]
    pub host: Option<String>,
    /// Longitude and latitude.
    #[schema(min_items = 2, max_items = 2)]
    pub at: Vec<f64>,
    /// The antennas' height above ground, in metres.
    #[schema(required)]
    pub height_m: Option<f64>,
    /// Million đồng.
    pub cost: u64,
    /// Those out of reach whom it would serve by itself.
    pub alone: ClosingGain,
}

/// A structure whose owner should be asked.
#[derive(Debug, ToSchema)]
pub struct ClosingToAsk {
    /// The option.
    #[serde(flatten)]
    pub choice: ClosingChoice,
    /// Why its free places are not known.
    pub missing: String,
}

/// Who loses service when one structure fails.
#[derive(Debug, ToSchema)]
pub struct ClosingLoss {
    /// The structure; null for a new mast.
    #[schema(required)]
    pub asset: Option<String>,
    /// Its code.
    #[schema(required)]
    pub code: Option<String>,
    /// Who owns it.
    #[schema(required)]
    pub owner: Option<String>,
    /// The step of the plan that adds to it.
    #[schema(required)]
    pub pick: Option<u64>,
    /// Longitude and latitude.
    #[schema(min_items = 2, max_items = 2)]
    pub at: Vec<f64>,
    /// People and places that nothing else serves.
    pub lost: ClosingGain,
}
