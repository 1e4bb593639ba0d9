//! Records that are likely of one structure.

use utoipa::ToSchema;

use super::AssetFeature;

/// One page of likely duplicates, or of what became of earlier ones.
#[derive(Debug, ToSchema)]
pub struct DuplicatePage {
    /// The groups.
    pub groups: Vec<DuplicateGroup>,
    /// What to send as `after` for the next page; null on the last.
    #[schema(required)]
    pub next: Option<String>,
}

/// Records that are likely of one structure, or were.
#[derive(Debug, ToSchema)]
pub struct DuplicateGroup {
    /// Its identity; null while nobody has said anything.
    #[schema(required, format = "uuid")]
    pub id: Option<String>,
    /// How far it has come.
    pub state: DuplicateState,
    /// Whose journal holds the records.
    pub territory: String,
    /// What they are.
    pub class: String,
    /// The records, in the order of their identities.
    pub members: Vec<DuplicateMember>,
    /// How far apart they lie at most, in metres.
    pub apart_m: f64,
    /// How far apart records of one structure may lie by what is known of their places, in metres.
    pub within_m: f64,
    /// The record that says most and best where it is.
    #[schema(format = "uuid")]
    pub suggested: String,
    /// The record that stands, or that owners have agreed on.
    #[schema(required, format = "uuid")]
    pub kept: Option<String>,
    /// Owners that have not agreed yet, once one has.
    pub waiting: Vec<String>,
    /// What was done about it, in order.
    pub answers: Vec<DuplicateAnswer>,
    /// What the viewer may do about it now.
    pub acts: Vec<DuplicateAct>,
}

/// One record of a group.
#[derive(Debug, ToSchema)]
pub struct DuplicateMember {
    /// Its identity.
    #[schema(format = "uuid")]
    pub id: String,
    /// How often it has changed; to be sent back with a decision.
    pub version: u32,
    /// The record as far as the viewer may see it.
    pub feature: AssetFeature,
}

/// How far a likely duplicate has come.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum DuplicateState {
    /// Nobody has said anything.
    Proposed,
    /// Some of the owners agree that they are one.
    Agreed,
    /// One record stands, the others are given up and name it.
    Merged,
    /// They are of different structures.
    Apart,
}

/// What somebody does about a likely duplicate.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum DuplicateAct {
    /// Says for an owner that the records are of one structure.
    Agree,
    /// Makes one record of them.
    Merge,
    /// Says that they are of different structures.
    KeepApart,
}

/// What was said of a likely duplicate.
#[derive(Debug, ToSchema)]
pub struct DuplicateAnswer {
    /// What was done.
    pub act: DuplicateAct,
    /// The record that is to stand.
    #[schema(format = "uuid")]
    pub kept: Option<String>,
    /// Who; absent for the office.
    pub by: Option<String>,
    /// When.
    #[schema(format = DateTime)]
    pub at: String,
    /// Why.
    pub reason: Option<String>,
}
