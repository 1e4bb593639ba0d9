//! What the journal holds: every change is one event that carries the whole new state of one record.
//!
//! Because an event never needs the state before it, folding a journal is "the last event of a stream wins", and the
//! current state of any stream can be checked against the journal byte by byte.

mod stream;

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use self::stream::Stream;
use crate::{
    asset::{Asset, AssetClass},
    case::{Case, KeptScreening},
    codes::{AssetCode, OrganisationCode, Territory},
    coverage_source::CoverageSource,
    delegation::Delegation,
    deviation::Deviation,
    duplicate::Duplicate,
    ground_source::GroundSource,
    organisation::Organisation,
    plan::{Boundary, Plan},
    rule_set::RuleSet,
    visibility::AccountId,
    works::{InterestArea, Works, WorksAnswer},
};

/// The version of the event format that this program writes.
pub const FORMAT: u8 = 1;

/// A position in a territory's journal; the first event is 1, and 0 stands before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Seq(pub u64);

/// How often a record has changed; the first event makes version 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Version(pub u32);

/// An event with who, when and in which format. This is the journal's payload.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recorded {
    /// The format's version, see [`FORMAT`].
    pub v: u8,
    /// When it was written down.
    pub at: Timestamp,
    /// Since when it is true, where that differs from when it was written down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_on: Option<Date>,
    /// The account that caused it; none for the installation's own commands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<AccountId>,
    /// What happened.
    #[serde(flatten)]
    pub event: Event,
}

/// Everything that can happen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Event {
    /// An organisation became known or changed.
    OrganisationRegistered {
        /// Its public facts.
        organisation: Organisation,
    },
    /// An owner lets another organisation act in its name.
    DelegationGranted {
        /// Who, for whom, what and how long.
        delegation: Delegation,
    },
    /// An owner takes that back.
    DelegationRevoked {
        /// The delegation as it was left.
        delegation: Delegation,
    },
    /// A territory's outline was adopted, with those of its neighbours for context.
    BoundaryAdopted {
        /// The outlines.
        boundaries: Boundaries,
        /// Why an official changed the territory's own; none for outlines out of a file that is loaded as a whole.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
    /// A plan was adopted; it replaces the one before.
    PlanAdopted {
        /// The plan.
        plan: Box<Plan>,
        /// Why an official changed it; none for a plan that is adopted as a whole.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
    /// A rule set was adopted or a new version of it.
    RuleSetAdopted {
        /// The rule set.
        rule_set: RuleSet,
        /// Why an official changed it; none for a set that is adopted as a whole.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
    /// A work of another sector was announced or changed.
    WorksRegistered {
        /// The work.
        works: Works,
    },
    /// A declaration of coverage or a set of measurements was recorded, changed or retired.
    CoverageSourceRecorded {
        /// The source as it is now.
        source: Box<CoverageSource>,
    },
    /// A file about the ground, terrain or people on it, was loaded or retired.
    GroundSourceRecorded {
        /// The source as it is now.
        source: Box<GroundSource>,
    },
    /// An asset entered the registry.
    AssetRegistered {
        /// The asset.
        asset: Box<Asset>,
    },
    /// An asset's record changed.
    AssetAmended {
        /// The asset as it is now.
        asset: Box<Asset>,
        /// Why, when somebody said so.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
    /// An asset was given up. It stays readable for ever.
    AssetRetired {
        /// The asset as it was left.
        asset: Box<Asset>,
        /// Why.
        reason: String,
    },
    /// A difference between the registry and the ground was reported, or somebody did something about it.
    DeviationRecorded {
        /// The deviation as it is now.
        deviation: Box<Deviation>,
    },
    /// Somebody said whether records are of one structure.
    DuplicateRecorded {
        /// The records and what was said, as it is now.
        duplicate: Box<Duplicate>,
    },
    /// A file's assets entered the registry at once; the rows lie beside the journal, held by their root hash.
    AssetsImported {
        /// What came in.
        change_set: ChangeSet,
    },
    /// A request was written, for the first time or anew.
    CaseSaved {
        /// The request.
        case: Box<Case>,
    },
    /// A request was handed to the office.
    CaseSubmitted {
        /// The request.
        case: Box<Case>,
    },
    /// A request was taken back. It stays readable for ever.
    CaseWithdrawn {
        /// The request as it was left.
        case: Box<Case>,
    },
    /// An officer said what to think of a finding or a host.
    CaseJudged {
        /// The request with the verdict.
        case: Box<Case>,
    },
    /// The office signed its advisory opinion.
    CaseAnswered {
        /// The request with the opinion.
        case: Box<Case>,
    },
    /// What was asked stands, or was not built in time.
    CaseEnded {
        /// The request as it ended.
        case: Box<Case>,
    },
    /// An organisation answered a work.
    WorksAnswered {
        /// The answer; it replaces the one before.
        answer: WorksAnswer,
    },
    /// An organisation said where it wants to be told of works.
    InterestAreaSet {
        /// The area.
        area: Box<InterestArea>,
    },
    /// A screening of a request was kept.
    CaseScreened {
        /// The screening.
        screening: Box<KeptScreening>,
    },
}

/// A territory's outline with its neighbours'.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Boundaries {
    /// The territory itself.
    pub home: Boundary,
    /// Those that touch it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub neighbours: Vec<Boundary>,
}

/// A file that was imported as one change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeSet {
    /// Its identity.
    pub id: Uuid,
    /// The file's name without its folders.
    pub file: String,
    /// SHA-256 of the file's bytes, in lower-case hexadecimal, by which it is recognised when it comes again.
    pub file_sha256: String,
    /// What it held.
    pub class: AssetClass,
    /// How many assets came in or changed.
    pub assets: u64,
    /// How many of them were there before and changed.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub changed: u64,
    /// How many of them were given up.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub retired: u64,
    /// The import that this one undoes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reverts: Option<Uuid>,
    /// How many rows of the file were refused; the report says why.
    pub rows_refused: u64,
    /// SHA-256 over the SHA-256 of every row's bytes in order, in lower-case hexadecimal.
    pub root: String,
}

/// What one row of an import does to an asset. A row that only adds one is stored as the bare asset.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AssetChange {
    /// The version that the asset comes to; 1 for a new one. It stands first, so that a stored row is told from an asset.
    pub version: Version,
    /// The asset as it is then.
    pub asset: Box<Asset>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature is serde's")]
const fn is_zero(count: &u64) -> bool {
    *count == 0
}

/// The current state of one stream.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "record", rename_all = "snake_case")]
pub enum Record {
    /// An organisation's public facts.
    Organisation {
        /// The organisation.
        organisation: Organisation,
    },
    /// Who may act in an owner's name.
    Delegation {
        /// The delegation.
        delegation: Delegation,
    },
    /// Outlines.
    Boundary {
        /// The territory's and its neighbours'.
        boundaries: Boundaries,
    },
    /// The plan in force.
    Plan {
        /// The plan.
        plan: Box<Plan>,
    },
    /// A rule set in force.
    RuleSet {
        /// The rule set.
        rule_set: RuleSet,
    },
    /// A work of another sector.
    Works {
        /// The work.
        works: Works,
    },
    /// A declaration of coverage or a set of measurements.
    CoverageSource {
        /// The source.
        source: Box<CoverageSource>,
    },
    /// A file about the ground.
    GroundSource {
        /// The source.
        source: Box<GroundSource>,
    },
    /// An asset.
    Asset {
        /// The asset.
        asset: Box<Asset>,
    },
    /// An import's summary.
    Import {
        /// What came in.
        change_set: ChangeSet,
    },
    /// A request.
    Case {
        /// The request.
        case: Box<Case>,
    },
    /// An organisation's answer to a work.
    WorksAnswer {
        /// The answer.
        answer: WorksAnswer,
    },
    /// Where an organisation wants to be told of works.
    InterestArea {
        /// The area.
        area: Box<InterestArea>,
    },
    /// A kept screening.
    Screening {
        /// The screening.
        screening: Box<KeptScreening>,
    },
    /// A difference between the registry and the ground.
    Deviation {
        /// The deviation.
        deviation: Box<Deviation>,
    },
    /// Whether records are of one structure.
    Duplicate {
        /// The records and what was said.
        duplicate: Box<Duplicate>,
    },
}

impl Event {
    /// The stream that the event belongs to.
    #[must_use]
    pub fn stream(&self) -> Stream {
        match self {
            Self::OrganisationRegistered { organisation } => Stream::Organisation(organisation.code.clone()),
            Self::DelegationGranted { delegation } | Self::DelegationRevoked { delegation } => {
                Stream::Delegation(delegation.id)
            }
            Self::BoundaryAdopted { .. } => Stream::Boundary,
            Self::PlanAdopted { .. } => Stream::Plan,
            Self::RuleSetAdopted { rule_set, .. } => Stream::RuleSet(rule_set.code.clone()),
            Self::WorksRegistered { works } => Stream::Works(works.code.clone()),
            Self::CoverageSourceRecorded { source } => Stream::CoverageSource(source.id),
            Self::GroundSourceRecorded { source } => Stream::GroundSource(source.id),
            Self::AssetRegistered { asset } | Self::AssetAmended { asset, .. } | Self::AssetRetired { asset, .. } => {
                Stream::Asset(asset.id)
            }
            Self::AssetsImported { change_set } => Stream::Import(change_set.id),
            Self::CaseSaved { case }
            | Self::CaseSubmitted { case }
            | Self::CaseWithdrawn { case }
            | Self::CaseJudged { case }
            | Self::CaseAnswered { case }
            | Self::CaseEnded { case } => Stream::Case(case.id),
            Self::CaseScreened { screening } => Stream::Screening(screening.id),
            Self::WorksAnswered { answer } => {
                Stream::WorksAnswer { organisation: answer.organisation.clone(), works: answer.works.clone() }
            }
            Self::InterestAreaSet { area } => Stream::InterestArea(area.organisation.clone()),
            Self::DeviationRecorded { deviation } => Stream::Deviation(deviation.id),
            Self::DuplicateRecorded { duplicate } => Stream::Duplicate(duplicate.id),
        }
    }

    /// The word that names the event's type in the journal.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::OrganisationRegistered { .. } => "organisation_registered",
            Self::DelegationGranted { .. } => "delegation_granted",
            Self::DelegationRevoked { .. } => "delegation_revoked",
            Self::BoundaryAdopted { .. } => "boundary_adopted",
            Self::PlanAdopted { .. } => "plan_adopted",
            Self::RuleSetAdopted { .. } => "rule_set_adopted",
            Self::WorksRegistered { .. } => "works_registered",
            Self::CoverageSourceRecorded { .. } => "coverage_source_recorded",
            Self::GroundSourceRecorded { .. } => "ground_source_recorded",
            Self::AssetRegistered { .. } => "asset_registered",
            Self::AssetAmended { .. } => "asset_amended",
            Self::AssetRetired { .. } => "asset_retired",
            Self::AssetsImported { .. } => "assets_imported",
            Self::CaseSaved { .. } => "case_saved",
            Self::CaseSubmitted { .. } => "case_submitted",
            Self::CaseWithdrawn { .. } => "case_withdrawn",
            Self::CaseJudged { .. } => "case_judged",
            Self::CaseAnswered { .. } => "case_answered",
            Self::CaseEnded { .. } => "case_ended",
            Self::CaseScreened { .. } => "case_screened",
            Self::WorksAnswered { .. } => "works_answered",
            Self::InterestAreaSet { .. } => "interest_area_set",
            Self::DeviationRecorded { .. } => "deviation_recorded",
            Self::DuplicateRecorded { .. } => "duplicate_recorded",
        }
    }

    /// The state of the stream after this event.
    #[must_use]
    pub fn into_record(self) -> Record {
        match self {
            Self::OrganisationRegistered { organisation } => Record::Organisation { organisation },
            Self::DelegationGranted { delegation } | Self::DelegationRevoked { delegation } => {
                Record::Delegation { delegation }
            }
            Self::BoundaryAdopted { boundaries, .. } => Record::Boundary { boundaries },
            Self::PlanAdopted { plan, .. } => Record::Plan { plan },
            Self::RuleSetAdopted { rule_set, .. } => Record::RuleSet { rule_set },
            Self::WorksRegistered { works } => Record::Works { works },
            Self::CoverageSourceRecorded { source } => Record::CoverageSource { source },
            Self::GroundSourceRecorded { source } => Record::GroundSource { source },
            Self::AssetRegistered { asset } | Self::AssetAmended { asset, .. } | Self::AssetRetired { asset, .. } => {
                Record::Asset { asset }
            }
            Self::AssetsImported { change_set } => Record::Import { change_set },
            Self::CaseSaved { case }
            | Self::CaseSubmitted { case }
            | Self::CaseWithdrawn { case }
            | Self::CaseJudged { case }
            | Self::CaseAnswered { case }
            | Self::CaseEnded { case } => Record::Case { case },
            Self::CaseScreened { screening } => Record::Screening { screening },
            Self::WorksAnswered { answer } => Record::WorksAnswer { answer },
            Self::InterestAreaSet { area } => Record::InterestArea { area },
            Self::DeviationRecorded { deviation } => Record::Deviation { deviation },
            Self::DuplicateRecorded { duplicate } => Record::Duplicate { duplicate },
        }
    }

    /// Whose journal the event is written to, given the territory at hand.
    #[must_use]
    pub fn journal(&self, territory: &Territory) -> Territory {
        match self {
            Self::OrganisationRegistered { .. }
            | Self::DelegationGranted { .. }
            | Self::DelegationRevoked { .. }
            | Self::RuleSetAdopted { .. } => Territory::authority(),
            Self::CaseSaved { .. }
            | Self::CaseSubmitted { .. }
            | Self::CaseWithdrawn { .. }
            | Self::CaseJudged { .. }
            | Self::CaseAnswered { .. }
            | Self::CaseEnded { .. }
            | Self::CaseScreened { .. }
            | Self::WorksAnswered { .. }
            | Self::InterestAreaSet { .. } => territory.confidential(),
            _ => territory.clone(),
        }
    }
}

impl Record {
    /// The text by which owners tell their assets, and applicants their requests, apart, unique in a journal:
    /// `owner/class/code`.
    #[must_use]
    pub fn identity(&self) -> Option<String> {
        match self {
            Self::Asset { asset } => asset.code.as_ref().map(|code| identity(&asset.owner, asset.class(), code)),
            Self::Case { case } => Some(format!("{}/case/{}", case.applicant, case.reference)),
            _ => None,
        }
    }
}

/// The text by which an owner tells an asset apart from its others, unique in a territory.
#[must_use]
pub fn identity(owner: &OrganisationCode, class: AssetClass, code: &AssetCode) -> String {
    format!("{owner}/{class}/{code}")
}

#[cfg(test)]
mod tests;
