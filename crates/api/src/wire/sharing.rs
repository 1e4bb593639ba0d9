//! What follows from sharing: ways through existing lines, conditions for others, who fails together.

use utoipa::ToSchema;

use super::{AssumedText, Geometry};

/// Where a structure is known from.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum Origin {
    /// The registry of what stands.
    Registry,
    /// The plan.
    Plan,
    /// A request that was answered positively and is not built.
    Issued,
}

/// The way of a route that saves most, stretch by stretch.
#[derive(Debug, ToSchema)]
pub struct Way {
    /// Metres in lines that are known to have room.
    pub shared_m: f64,
    /// Metres in lines about which something must be asked first: their room, their state, their place, or when they
    /// are built.
    pub ask_m: f64,
    /// Metres that must be built.
    pub new_m: f64,
    /// Metres of the requested route, for comparison.
    pub requested_m: f64,
    /// The stretches in order.
    pub parts: Vec<WayPart>,
    /// What it comes to, in Vietnamese.
    pub reason_vi: String,
    /// What it comes to, in English.
    pub reason_en: String,
    /// What the choice rests on.
    pub assumptions: Vec<AssumedText>,
}

/// One stretch of a way.
#[derive(Debug, ToSchema)]
pub struct WayPart {
    /// `shared`, `ask` or `new`.
    pub kind: String,
    /// The line it runs in, or the pole that it hangs on.
    #[schema(required)]
    pub asset: Option<String>,
    /// What that is.
    #[schema(required)]
    pub class: Option<String>,
    /// Its owner's code for it.
    #[schema(required)]
    pub code: Option<String>,
    /// Whom to ask.
    #[schema(required)]
    pub owner: Option<String>,
    /// How long it is.
    pub metres: f64,
    /// Where it runs.
    pub geometry: Geometry,
}

/// A condition to propose with the opinion.
#[derive(Debug, ToSchema)]
pub struct Condition {
    /// `build_for_operators` or `leave_bores`.
    pub code: String,
    /// For how many operators, or how many bores to leave.
    pub value: u32,
    /// How many other organisations wait.
    pub waiting: u32,
    /// Whether the request as it is meets it; null when it does not say.
    #[schema(required)]
    pub met: Option<bool>,
    /// Why, in one Vietnamese sentence without names.
    pub reason_vi: String,
    /// Why, in one English sentence without names.
    pub reason_en: String,
}

/// People and priority places that would be without service at once.
#[derive(Debug, ToSchema)]
pub struct FailsTogether {
    /// How many people.
    pub people: u64,
    /// The places' names, in order.
    pub places: Vec<String>,
    /// How many networks would fail at once, as far as they are known, with the applicant's.
    pub networks: u32,
    /// `coverage_run` when a run has said who depends on it, else `distance`.
    pub basis: String,
    /// What to do about it.
    pub advice: AssumedText,
    /// What the numbers rest on.
    pub assumptions: Vec<AssumedText>,
}
