//! Rule sets to read and to enter numbers in.

use std::collections::BTreeMap;

use utoipa::ToSchema;

use super::{AssumedText, Citation, Gate, Severity};

/// Every rule set.
#[derive(Debug, ToSchema)]
pub struct RuleSets {
    /// The national set first, then the local ones, templates last.
    pub rule_sets: Vec<RuleSetSheet>,
}

/// A rule set to read.
#[derive(Debug, ToSchema)]
pub struct RuleSetSheet {
    /// Its code.
    pub code: String,
    /// Its name.
    pub title: AssumedText,
    /// Whose rules these are.
    pub authority: String,
    /// Whether it is another province's, for showing how a filled set works.
    pub template: bool,
    /// First day on which it holds.
    #[schema(required, format = Date)]
    pub valid_from: Option<String>,
    /// Last day on which it holds.
    #[schema(required, format = Date)]
    pub valid_to: Option<String>,
    /// Whether it holds in a part of the land only.
    pub has_area: bool,
    /// How large that part is, in square kilometres; null where it has no area.
    #[schema(required)]
    pub area_km2: Option<f64>,
    /// Its rules.
    pub rules: Vec<RuleSheet>,
    /// Its periods and due dates.
    pub clocks: Vec<ClockSheet>,
}

/// One rule with all its versions.
#[derive(Debug, ToSchema)]
pub struct RuleSheet {
    /// Its id.
    pub id: String,
    /// What it flags.
    pub name: AssumedText,
    /// The classes of request that it judges.
    pub subjects: Vec<String>,
    /// What follows when it is not met.
    pub severity: Severity,
    /// Whose own approval answers it.
    #[schema(required)]
    pub gate: Option<Gate>,
    /// Rules of the same set that read the instrument otherwise.
    pub contradicts: Vec<String>,
    /// The version that holds today; null when none does.
    #[schema(required)]
    pub in_force: Option<u32>,
    /// Every version, the newest first.
    pub versions: Vec<RuleVersion>,
}

/// One version of a rule.
#[derive(Debug, ToSchema)]
pub struct RuleVersion {
    /// Its number.
    pub version: u32,
    /// First day on which it holds; the set's when null.
    #[schema(required, format = Date)]
    pub valid_from: Option<String>,
    /// Last day on which it holds.
    #[schema(required, format = Date)]
    pub valid_to: Option<String>,
    /// The word of its predicate.
    pub predicate: String,
    /// Its numbers.
    pub parameters: Vec<Parameter>,
    /// Whether a number that it needs is not entered.
    pub is_unset: bool,
    /// The text it rests on.
    pub citation: Citation,
}

/// What a parameter counts in.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum ParameterUnit {
    /// Metres.
    Metres,
    /// Whole numbers.
    Count,
    /// A share or a multiple.
    Factor,
}

/// One number of a rule.
#[derive(Debug, ToSchema)]
pub struct Parameter {
    /// Its name in the rule's file.
    pub name: String,
    /// What it counts in.
    pub unit: ParameterUnit,
    /// Its value; null while nobody has entered it.
    #[schema(required)]
    pub value: Option<f64>,
    /// Whether the rule cannot decide without it.
    pub required: bool,
    /// Whether it is Hatang's own working number rather than the instrument's.
    pub working: bool,
}

/// A period or due date with all its versions.
#[derive(Debug, ToSchema)]
pub struct ClockSheet {
    /// Its id.
    pub id: String,
    /// What it measures.
    pub name: AssumedText,
    /// Clocks of the same set that say otherwise.
    pub contradicts: Vec<String>,
    /// The version that holds today; null when none does.
    #[schema(required)]
    pub in_force: Option<u32>,
    /// Every version, the newest first.
    pub versions: Vec<ClockVersion>,
}

/// One version of a period or due date.
#[derive(Debug, ToSchema)]
pub struct ClockVersion {
    /// Its number.
    pub version: u32,
    /// First day on which it holds; the set's when null.
    #[schema(required, format = Date)]
    pub valid_from: Option<String>,
    /// Last day on which it holds.
    #[schema(required, format = Date)]
    pub valid_to: Option<String>,
    /// How long, or until when; null while nobody has entered it.
    #[schema(required)]
    pub limit: Option<ClockLimit>,
    /// By how much it may be longer.
    #[schema(required)]
    pub extension: Option<ClockLimit>,
    /// The text it rests on.
    pub citation: Citation,
}

/// How a period is counted.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum ClockLimitKind {
    /// Hours.
    Hours,
    /// Calendar days.
    Days,
    /// Vietnamese working days.
    WorkingDays,
    /// Months.
    Months,
    /// A day of every year.
    EachYear,
}

/// How long a period is, or on which day of each year it ends.
#[derive(Debug, ToSchema)]
pub struct ClockLimit {
    /// How it is counted.
    pub kind: ClockLimitKind,
    /// How many.
    pub count: Option<u32>,
    /// The month, from 1, of a day of every year.
    pub month: Option<u32>,
    /// The day of that month.
    pub day: Option<u32>,
}

/// One change of a record, as the journal keeps it.
#[derive(Debug, ToSchema)]
pub struct RecordChange {
    /// The record's version since then.
    pub version: u32,
    /// When it was recorded.
    #[schema(format = DateTime)]
    pub at: String,
    /// Why, where an official said it.
    #[schema(required)]
    pub reason: Option<String>,
}

/// What an official enters.
#[derive(Debug, ToSchema)]
pub struct RuleChange {
    /// The newest version that the official has seen.
    pub seen_version: u32,
    /// First day on which the next version holds.
    #[schema(format = Date)]
    pub valid_from: String,
    /// Numbers by their names; null takes one away.
    pub parameters: BTreeMap<String, Option<f64>>,
    /// The instrument that sets them.
    pub instrument: String,
    /// Its article.
    pub article: String,
    /// What it says, in Vietnamese.
    pub text_vi: String,
    /// Why it is changed.
    pub reason: String,
}

/// What an official enters of a clock.
#[derive(Debug, ToSchema)]
pub struct ClockChange {
    /// The newest version that the official has seen.
    pub seen_version: u32,
    /// First day on which the next version holds.
    #[schema(format = Date)]
    pub valid_from: String,
    /// How long, or until when; null takes the limit away.
    #[schema(required)]
    pub limit: Option<ClockLimit>,
    /// By how much it may be longer.
    pub extension: Option<ClockLimit>,
    /// The instrument that sets it.
    pub instrument: String,
    /// Its article.
    pub article: String,
    /// What it says, in Vietnamese.
    pub text_vi: String,
    /// Why it is changed.
    pub reason: String,
}
