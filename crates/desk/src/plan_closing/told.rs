//! The forms of a closing plan's answer.

use std::collections::BTreeMap;

use hatang_core::{AssetId, Lonlat, NullReason, Seq, Shape, Text, asset::HostKind};
use hatang_coverage::siting::Means;
use serde::Serialize;

use super::{ClosingQuestion, Costs};
use crate::run_coverage::{HamletShare, Model};

/// A closing plan with everything that it rests on.
#[derive(Clone, Debug, Serialize)]
pub struct ClosingPlan {
    /// What was asked.
    pub question: ClosingQuestion,
    /// The model and its figures.
    pub model: Model,
    /// How many changes to what the viewer may see it rests on.
    pub seq: Seq,
    /// What each means was taken to cost.
    pub costs: Costs,
    /// Whether any of those sums only stands in.
    pub costs_are_placeholders: bool,
    /// What was taken for granted.
    pub assumptions: Vec<Text>,
    /// Who is reached now.
    pub before: Balance,
    /// The plan step by step.
    pub steps: PlannedSteps,
    /// The optimum of the same question; absent when it was not asked for or not found.
    pub optimum: Option<PlannedSteps>,
    /// Why there is no optimum.
    pub no_optimum: Option<String>,
    /// How much less the steps justify than the optimum, in percent of the optimum.
    pub below_optimum_pct: Option<f64>,
    /// Structures that would help if their owner told whether they are free; the most helpful first.
    pub ask_the_owner: Vec<ToAsk>,
    /// How many options were looked at, by means.
    pub options: BTreeMap<&'static str, usize>,
    /// How many structures are full.
    pub full: usize,
    /// How many options the model cannot compute, mostly because a height is missing or outside its range.
    pub not_computed: usize,
    /// Options that help nobody by themselves.
    pub helps_nobody: usize,
    /// Options that somebody may force or forbid, the most helpful first.
    pub choices: Vec<Choice>,
    /// Who loses service together when one structure fails, after the plan; the heaviest loss first.
    pub fails_together: Vec<Loss>,
}

/// Who is reached.
#[derive(Clone, Debug, Serialize)]
pub struct Balance {
    /// People in the territory.
    pub people: u64,
    /// People in covered cells.
    pub people_covered: u64,
    /// Their share.
    pub share: Option<f64>,
    /// Priority places.
    pub places: u64,
    /// Priority places in covered cells.
    pub places_covered: u64,
    /// The same by hamlet.
    pub hamlets: Vec<HamletShare>,
}

/// A plan.
#[derive(Clone, Debug, Serialize)]
pub struct PlannedSteps {
    /// What to do, in order.
    pub picks: Vec<PlannedPick>,
    /// Million đồng in all.
    pub cost: u64,
    /// New masts among the picks.
    pub new_masts: usize,
    /// People and places newly reached.
    pub gained: Gain,
    /// Who is reached afterwards.
    pub after: Balance,
    /// What is newly covered, as an area; null where nothing is.
    pub newly_covered: Option<Shape>,
}

/// People and places.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Gain {
    /// People.
    pub people: u64,
    /// Priority places.
    pub places: u64,
}

/// One step of a plan.
#[derive(Clone, Debug, Serialize)]
pub struct PlannedPick {
    /// 1 is first.
    pub number: usize,
    /// The phase that pays for it; 1 is first.
    pub phase: usize,
    /// The option.
    #[serde(flatten)]
    pub choice: Choice,
    /// Those whom it newly reaches when its turn comes.
    pub gained: Gain,
    /// People reached once it stands.
    pub people_covered: u64,
    /// Why it was picked: `forced`, `most`, `best_single` or `optimum`.
    pub reason: &'static str,
    /// The next best at that step.
    pub next: Option<Compared>,
    /// A less preferred option that would have reached more for its cost.
    pub passed_over: Option<Compared>,
}

/// Another option with what it would have brought at a step.
#[derive(Clone, Debug, Serialize)]
pub struct Compared {
    /// The option's key.
    pub key: String,
    /// How it would have been realised.
    pub means: Means,
    /// Its code, where it has one.
    pub code: Option<String>,
    /// What it would have gained, places weighed as people.
    pub gain: u64,
    /// Million đồng.
    pub cost: u64,
}

/// One thing that could be done.
#[derive(Clone, Debug, Serialize)]
pub struct Choice {
    /// Names it in later questions.
    pub key: String,
    /// How.
    pub means: Means,
    /// The structure.
    pub asset: Option<AssetId>,
    /// Its owner's code for it.
    pub code: Option<String>,
    /// Who owns it.
    pub owner: Option<String>,
    /// What kind of host of another sector it is.
    pub host: Option<HostKind>,
    /// Where it is.
    pub at: Lonlat,
    /// The antennas' height above ground, in metres.
    pub height_m: Option<f64>,
    /// Million đồng.
    pub cost: u64,
    /// Those out of reach whom it would serve by itself.
    pub alone: Gain,
}

/// A structure whose owner should be asked.
#[derive(Clone, Debug, Serialize)]
pub struct ToAsk {
    /// The option.
    #[serde(flatten)]
    pub choice: Choice,
    /// Why its free places are not known.
    pub missing: NullReason,
}

/// Who loses service when one structure fails.
#[derive(Clone, Debug, Serialize)]
pub struct Loss {
    /// The structure; absent for a new mast.
    pub asset: Option<AssetId>,
    /// Its code.
    pub code: Option<String>,
    /// Who owns it.
    pub owner: Option<String>,
    /// The step of the plan that adds to it; absent where the plan leaves it as it is.
    pub pick: Option<usize>,
    /// Where it is.
    pub at: Lonlat,
    /// People and places that nothing else serves.
    pub lost: Gain,
}
