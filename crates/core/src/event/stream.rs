//! Which record an event concerns.

use uuid::Uuid;

use crate::{
    asset::AssetId,
    case::{CaseId, ScreeningId},
    codes::{OrganisationCode, RuleSetCode},
    coverage_source::SourceId,
};

/// The record that an event concerns; every stream has exactly one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stream {
    /// An organisation.
    Organisation(OrganisationCode),
    /// A delegation.
    Delegation(Uuid),
    /// The territory's outline.
    Boundary,
    /// The territory's plan.
    Plan,
    /// A rule set.
    RuleSet(RuleSetCode),
    /// A work of another sector.
    Works(String),
    /// A declaration of coverage or a set of measurements.
    CoverageSource(SourceId),
    /// A file about the ground.
    GroundSource(SourceId),
    /// An asset.
    Asset(AssetId),
    /// An import.
    Import(Uuid),
    /// A request.
    Case(CaseId),
    /// A kept screening.
    Screening(ScreeningId),
    /// An organisation's answer to a work.
    WorksAnswer {
        /// Who answers.
        organisation: OrganisationCode,
        /// The work's code.
        works: String,
    },
    /// Where an organisation wants to be told of works.
    InterestArea(OrganisationCode),
    /// A difference between the registry and the ground.
    Deviation(Uuid),
    /// Records that may be of one structure.
    Duplicate(Uuid),
}

impl std::fmt::Display for Stream {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Organisation(code) => write!(f, "organisation:{code}"),
            Self::Delegation(id) => write!(f, "delegation:{id}"),
            Self::Boundary => f.write_str("boundary"),
            Self::Plan => f.write_str("plan"),
            Self::RuleSet(code) => write!(f, "rule_set:{code}"),
            Self::Works(code) => write!(f, "works:{code}"),
            Self::CoverageSource(id) => write!(f, "coverage_source:{id}"),
            Self::GroundSource(id) => write!(f, "ground_source:{id}"),
            Self::Asset(id) => write!(f, "asset:{id}"),
            Self::Import(id) => write!(f, "import:{id}"),
            Self::Case(id) => write!(f, "case:{id}"),
            Self::Screening(id) => write!(f, "screening:{id}"),
            Self::WorksAnswer { organisation, works } => write!(f, "works_answer:{works}:{organisation}"),
            Self::InterestArea(organisation) => write!(f, "interest_area:{organisation}"),
            Self::Deviation(id) => write!(f, "deviation:{id}"),
            Self::Duplicate(id) => write!(f, "duplicate:{id}"),
        }
    }
}
