//! Where the registry and the ground differ.

use utoipa::ToSchema;

/// A deviation as far as the viewer may see it.
#[derive(Debug, ToSchema)]
pub struct Deviation {
    /// Its identity.
    #[schema(format = "uuid")]
    pub id: String,
    /// Whose journal holds it.
    pub territory: String,
    /// How the ground differs.
    pub kind: DeviationKind,
    /// How far it has come.
    pub state: DeviationState,
    /// The asset it is about.
    #[schema(required, format = "uuid")]
    pub asset: Option<String>,
    /// Who must answer, or says that the object is theirs.
    #[schema(required)]
    pub owner: Option<String>,
    /// What it is, or looks like.
    #[schema(required)]
    pub class: Option<String>,
    /// The asset's code.
    #[schema(required)]
    pub code: Option<String>,
    /// Where it stands, or where nothing was found: longitude, latitude in degrees.
    #[schema(required)]
    pub position: Option<[f64; 2]>,
    /// The 95 % radius of that position, in metres.
    #[schema(required)]
    pub accuracy_m: Option<f64>,
    /// What was seen.
    #[schema(required)]
    pub note: Option<String>,
    /// Whose account reported it; null for the office, and for those who may not know.
    #[schema(required)]
    pub reported_by: Option<String>,
    /// When.
    #[schema(format = DateTime)]
    pub reported_at: String,
    /// What was done about it, in order.
    pub answers: Vec<DeviationAnswer>,
    /// Until when owners may claim an unknown object before the commune keeps it; null where no rule set says so.
    #[schema(required, format = Date)]
    pub claim_until: Option<String>,
    /// What the viewer may do about it now.
    pub acts: Vec<DeviationAct>,
}

/// How the ground differs from the registry.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum DeviationKind {
    /// It stands elsewhere.
    WrongPosition,
    /// Nothing stands there.
    NotFound,
    /// Something stands there that nobody has registered.
    UnknownObject,
}

/// How far a deviation has come.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum DeviationState {
    /// Somebody has said so.
    Reported,
    /// Whoever must answer has been told.
    Notified,
    /// The owner agrees.
    Confirmed,
    /// The owner, or the office, disagrees.
    Rejected,
    /// Somebody says that the object is theirs.
    Claimed,
    /// The registry says now what the ground says.
    Corrected,
    /// Nobody claimed it: the commune holds it.
    Orphaned,
}

/// What somebody does about a deviation.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum DeviationAct {
    /// Tells whoever must answer.
    Notify,
    /// Agrees.
    Confirm,
    /// Disagrees.
    Reject,
    /// Says that the object is theirs.
    Claim,
    /// Changes the registry.
    Correct,
    /// Takes the object into the commune's keeping.
    Orphan,
}

/// What was done about a deviation.
#[derive(Debug, ToSchema)]
pub struct DeviationAnswer {
    /// What.
    pub act: DeviationAct,
    /// Who; absent for the office.
    pub by: Option<String>,
    /// When.
    #[schema(format = DateTime)]
    pub at: String,
    /// Why.
    pub reason: Option<String>,
}
