//! The office's advisory opinion on a request.

use serde::Deserialize;
use utoipa::ToSchema;

/// What the office found.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum Conformity {
    /// It conforms.
    Conforms,
    /// It conforms when conditions are kept.
    ConformsWithConditions,
    /// It does not yet conform.
    DoesNotYetConform,
}

/// The advisory opinion as it was signed: no permit.
#[derive(Debug, ToSchema)]
pub struct AdvisoryOpinion {
    /// What the office found.
    pub outcome: Conformity,
    /// The number of the signed document.
    pub number: String,
    /// The day of the document.
    #[schema(format = Date)]
    pub dated: String,
    /// What must be kept.
    #[schema(required)]
    pub conditions: Option<String>,
    /// The rules that are not met.
    pub cites: Vec<String>,
    /// When it was recorded.
    #[schema(format = DateTime)]
    pub at: String,
}

/// An opinion that the office has signed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignedOpinion {
    /// The version of the request that the signatory has seen.
    pub version: u32,
    /// `conforms`, `conforms_with_conditions` or `does_not_yet_conform`.
    #[schema(example = "conforms")]
    pub outcome: String,
    /// The number of the signed document, at most 100 characters.
    #[schema(max_length = 100)]
    pub number: String,
    /// The day of the document.
    #[schema(format = Date)]
    pub dated: String,
    /// What must be kept, at most 5,000 characters; needed for `conforms_with_conditions`.
    #[schema(max_length = 5_000)]
    pub conditions: Option<String>,
    /// The rules that are not met; at least one for `does_not_yet_conform`, none otherwise.
    #[serde(default)]
    pub cites: Vec<String>,
}

/// How a request ends after its opinion.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CaseEnding {
    /// The version of the request that the officer has seen.
    pub version: u32,
    /// `built` or `lapsed`.
    #[schema(example = "built")]
    pub ending: String,
    /// What to say of it, at most 500 characters.
    #[schema(max_length = 500)]
    pub because: Option<String>,
}
