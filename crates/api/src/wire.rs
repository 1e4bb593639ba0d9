//! The forms of replies and requests, as the OpenAPI document gives them to those who write clients.
//!
//! Replies are written by the use cases' own types; a test holds each against its form here.

mod asset;
mod case;
mod closing_plan;
mod coverage;
mod deviation;
mod duplicate;
mod fibre;
mod import;
mod opinion;
mod oversight;
mod plan;
mod record;
mod rules;
mod screening;
mod sharing;
mod sources;
mod territory;
mod undecided;
mod works;
mod yearly_plan;

use std::collections::BTreeMap;

use axum::{
    Json,
    http::header,
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use utoipa::{
    IntoParams, IntoResponses, ToSchema,
    openapi::{Content, RefOr, ResponseBuilder, response},
};

pub use self::{
    asset::{AssetFeature, AssetPage, AssetProperties, Free, NullReason, Tenancy},
    case::{
        CaseAmendment, CaseDraft, CaseItem, CaseList, CaseReceipt, CaseRow, CaseState, CaseStep, CaseVersion,
        CaseWithdrawal, Changed, NearCase, OfficerSays, Opinion, Outcome, Rerun, ScreeningLine, ScreeningReceipt,
        ScreeningWish, ShownCase, ShownScreening, ShownVerdict,
    },
    closing_plan::{
        ClosingBalance, ClosingChoice, ClosingCompared, ClosingCost, ClosingCosts, ClosingGain, ClosingJob,
        ClosingJobs, ClosingLoss, ClosingMeans, ClosingPick, ClosingPlan, ClosingPreference, ClosingQuestion,
        ClosingReason, ClosingSteps, ClosingToAsk, JobProblem, JobProgress, JobState,
    },
    coverage::{
        Coverage, CoverageModel, Gap, GapHamlet, GapPlace, GapShortfall, Gaps, HamletCoverage, LinkAnswer,
        LinkReceived, NearestMast, RoadCoverage, StationsUsed,
    },
    deviation::{Deviation, DeviationAct, DeviationAnswer, DeviationKind, DeviationState},
    duplicate::{DuplicateAct, DuplicateAnswer, DuplicateGroup, DuplicateMember, DuplicatePage, DuplicateState},
    fibre::{FibreCabinet, FibreCosts, FibreExtension, FibreHamlet, FibreLeg, FibrePlace, FibreReach, FibreRules},
    import::{
        Axes, Conflict, ConflictKind, CrsCheck, CrsCorrection, DecimalMark, Encoding, FileProblem, Import, ImportMode,
        ImportOptions, ImportProgress, ImportReceipt, ImportReport, ImportRow, ImportRows, ImportState, RowAction,
        RowFinding, Tally,
    },
    opinion::{AdvisoryOpinion, CaseEnding, Conformity, SignedOpinion},
    oversight::{AccessEntry, AccessPage, Grant, PermissionRow, Permissions, VisibilityRow},
    plan::{
        PlanAct, PlanAmended, PlanChange, PlanCollection, PlanFeature, PlanFeatureLayer, PlanLayerName, PlanPart,
        PlanSheet, PlanStatement, PlanTarget, PlannedImport,
    },
    record::{
        AssetFile, AssetReceipt, AssetRecord, BoreFill, BoreState, ClassQuality, Code, CodeList, FieldChange,
        FieldCounts, HistoryEntry, HistoryImport, NearbyStructure, Notice, NoticeRule, OwnerQuality, PastAssets,
        PlaceOrder, PlaceReading, QualityBoard, RecordCompleteness, Written,
    },
    rules::{
        ClockChange, ClockLimit, ClockLimitKind, ClockSheet, ClockVersion, Parameter, ParameterUnit, RecordChange,
        RuleChange, RuleSetSheet, RuleSets, RuleSheet, RuleVersion,
    },
    screening::{
        AssumedText, Citation, CoverageEffect, DigOnce, Finding, Gate, Host, HostFactor, HostVerdict, JudgedBy, Limit,
        Listed, Missing, Quantity, Request, RequestCollection, RequestFeature, RequestProperties, Saves, ScreenedItem,
        ScreenedRequest, Screening, Severity, Verdict,
    },
    sharing::{Condition, FailsTogether, Origin, Way, WayPart},
    sources::{
        ClassFit, ComparedGroup, CoverageComparison, CoverageSource, CoverageSourceReport, CoverageSources, GroundForm,
        GroundKind, GroundSource, GroundSourceReport, GroundSources, NotCounted, ResidualStep,
    },
    territory::{LeftOut, Organisation, OutlineChange, OutlineSheet, RuleSet, Territory},
    undecided::{AnsweredBy, HostTally, MissingTally, RuleTally, Undecided},
    works::{
        Answered, GivenAnswer, InterestArea, MetNeed, NeedKind, Opportunity, OpportunityList, ReplyClock,
        WorksAmendment, WorksAnswer, WorksDraft, WorksFile, WorksList, WorksReceipt, WorksReply, WorksRow,
        WorksStepTaken,
    },
    yearly_plan::{
        YearlyPlanAdopted, YearlyPlanAdoption, YearlyPlanCoverage, YearlyPlanDate, YearlyPlanFile, YearlyPlanItem,
        YearlyPlanLeft, YearlyPlanMeeting, YearlyPlanSubmission, YearlyPlans,
    },
};
use crate::problem::Problem;

/// A GeoJSON geometry (RFC 7946): positions are longitude, latitude in degrees on WGS 84.
#[derive(Debug, ToSchema)]
pub struct Geometry {
    /// The geometry's type.
    #[schema(rename = "type")]
    pub kind: GeometryType,
    /// Positions, nested as the type says.
    pub coordinates: Vec<serde_json::Value>,
}

/// The types of geometry that are used.
#[derive(Debug, ToSchema)]
pub enum GeometryType {
    /// One position.
    Point,
    /// A line.
    LineString,
    /// Several lines.
    MultiLineString,
    /// An area.
    Polygon,
    /// Several areas.
    MultiPolygon,
}

/// The word `Feature`.
#[derive(Debug, ToSchema)]
pub enum FeatureType {
    /// Always.
    Feature,
}

/// The word `FeatureCollection`.
#[derive(Debug, ToSchema)]
pub enum FeatureCollectionType {
    /// Always.
    FeatureCollection,
}

/// Makes addresses differ when the journal or the viewer does.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct CacheKey {
    /// Ignored: for clients that keep replies by their address.
    #[serde(rename = "v")]
    _key: Option<String>,
}

/// The problems that any operation may answer with.
pub(crate) struct Problems;

impl IntoResponses for Problems {
    fn responses() -> BTreeMap<String, RefOr<response::Response>> {
        let content = Content::new(Some(RefOr::Ref(utoipa::openapi::Ref::from_schema_name(Problem::name()))));
        let response = ResponseBuilder::new()
            .description("What went wrong, with a stable code and a sentence in both languages")
            .content("application/problem+json", content);
        BTreeMap::from([("default".to_owned(), RefOr::T(response.build()))])
    }
}

/// A reply in GeoJSON.
pub(crate) struct GeoJson<T>(pub(crate) T);

impl<T: Serialize> IntoResponse for GeoJson<T> {
    fn into_response(self) -> Response {
        ([(header::CONTENT_TYPE, "application/geo+json")], Json(self.0)).into_response()
    }
}
