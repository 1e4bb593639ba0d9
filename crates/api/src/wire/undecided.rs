//! How much of what is judged nobody can tell.

use utoipa::ToSchema;

use super::AssumedText;

/// What cannot be told, and what would decide it.
#[derive(Debug, ToSchema)]
pub struct Undecided {
    /// `requests` or `grid`.
    pub probed: String,
    /// The local rule set, beside the national one.
    pub ruleset: String,
    /// The day whose rules and plan were asked.
    #[schema(format = Date)]
    pub on: String,
    /// How many requested structures were judged.
    pub items: u32,
    /// The side of the grid's squares, in metres; null for requests.
    #[schema(required)]
    pub grid_m: Option<f64>,
    /// The network that the grid's masts are for; null for requests.
    #[schema(required)]
    pub network: Option<String>,
    /// Findings of rules that apply.
    pub findings: u32,
    /// Those of them that nobody can tell.
    pub cannot_tell: u32,
    /// The share of those, from 0 to 1; null where nothing was judged.
    #[schema(required)]
    pub share: Option<f64>,
    /// By rule, most undecided first.
    pub rules: Vec<RuleTally>,
    /// By what is missing, that which decides most by itself first.
    pub missing: Vec<MissingTally>,
    /// Structures that were judged as hosts.
    pub hosts: u32,
    /// Those of them that nobody can tell.
    pub hosts_cannot_tell: u32,
    /// By the factor that nobody can tell.
    pub host_factors: Vec<HostTally>,
}

/// What one rule's findings came to.
#[derive(Debug, ToSchema)]
pub struct RuleTally {
    /// Its set.
    pub rule_set: String,
    /// Its id.
    pub rule: String,
    /// Its name.
    pub name: AssumedText,
    /// How often it applied.
    pub findings: u32,
    /// How often nobody could tell.
    pub cannot_tell: u32,
}

/// Who can say what is missing.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum AnsweredBy {
    /// The authority that makes the rule.
    Authority,
    /// Who keeps the plan and the layers of other sectors.
    Office,
    /// Who owns the structure or the work.
    Owner,
    /// Who asks to build.
    Applicant,
}

/// One thing that is missing.
#[derive(Debug, ToSchema)]
pub struct MissingTally {
    /// Its code.
    pub code: String,
    /// Who can say it.
    pub answered_by: AnsweredBy,
    /// What it is called in one of the findings.
    pub example: AssumedText,
    /// Findings that lack it, perhaps with other things.
    pub findings: u32,
    /// Findings that lack nothing else: they would be decided at once.
    pub decided_alone: u32,
}

/// One factor of hosts that nobody can tell.
#[derive(Debug, ToSchema)]
pub struct HostTally {
    /// Its name.
    pub factor: String,
    /// Hosts with this factor unknown.
    pub hosts: u32,
    /// Hosts with no other factor unknown: they would be decided at once.
    pub decided_alone: u32,
}
