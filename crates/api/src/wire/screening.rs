//! A build request and what is said of it.

use std::collections::BTreeMap;

use utoipa::ToSchema;

use super::{Condition, FailsTogether, FeatureCollectionType, FeatureType, Free, Geometry, Origin, Way};

/// What an applicant wants to build: one structure, or several.
#[derive(Debug, ToSchema)]
#[serde(untagged)]
pub enum Request {
    /// One structure.
    One(Box<RequestFeature>),
    /// Several, each judged on its own.
    Several(RequestCollection),
}

/// Several structures as a GeoJSON `FeatureCollection`.
#[derive(Debug, ToSchema)]
pub struct RequestCollection {
    /// Always `FeatureCollection`.
    #[schema(rename = "type")]
    pub kind: FeatureCollectionType,
    /// The structures.
    pub features: Vec<RequestFeature>,
}

/// One structure as a GeoJSON Feature.
#[derive(Debug, ToSchema)]
pub struct RequestFeature {
    /// Always `Feature`.
    #[schema(rename = "type")]
    pub kind: FeatureType,
    /// Where it is to stand or run.
    pub geometry: Geometry,
    /// What it is to be.
    pub properties: RequestProperties,
}

/// What is to be built.
#[derive(Debug, ToSchema)]
pub struct RequestProperties {
    /// The class of structure.
    #[schema(example = "mast")]
    pub class: String,
    /// Who asks.
    #[schema(example = "viettel")]
    pub owner: String,
    /// The network it is for; when absent, the applicant's only network, if it has exactly one.
    pub network: Option<String>,
    /// What the applicant will call it.
    pub code: Option<String>,
    /// The year whose plan it is handed in for; absent when it is to be built now.
    pub plan_year: Option<u32>,
    /// The applicant's own structure of this class that is to be raised, strengthened or widened, by its code.
    pub upgrades: Option<String>,
    /// The pole that a cabinet is to hang on, by its owner's code.
    pub pole: Option<String>,
    /// 95 % radius of the requested position, in metres.
    pub accuracy_m: Option<f64>,
    /// Height of the structure itself above its foot, in metres; a building below it comes on top.
    pub height_m: Option<f64>,
    /// Whether it stands on a building.
    pub on_building: Option<bool>,
    /// Height of that building, in metres.
    pub building_height_m: Option<f64>,
    /// How many operators it is designed for.
    pub operators_designed: Option<u32>,
    /// Depth below the surface, in metres.
    pub depth_m: Option<f64>,
    /// Bores of a requested duct.
    pub bores: Option<u32>,
    /// Least inner diameter of a bore that the request needs, in millimetres.
    pub bore_diameter_mm: Option<f64>,
    /// Form by law that the applicant declares for a mast: `A1a, A1b, A2a, A2b, A2c`.
    pub mast_class: Option<String>,
    /// From a mast's axis to its outermost part, in metres.
    pub half_width_m: Option<f64>,
    /// Lowest height over ground anywhere along an aerial route, in metres.
    pub clearance_m: Option<f64>,
    /// What lies above a duct: `pavement, carriageway, verge`.
    pub surface: Option<String>,
    /// Documents in the dossier, separated by `;`. The reply lists them.
    #[schema(value_type = Option<Listed>)]
    pub documents: Option<Listed>,
    /// Rules whose gate another authority has opened already, separated by `;`. The reply lists them.
    #[schema(value_type = Option<Listed>)]
    pub approvals: Option<Listed>,
    /// First day of the works.
    #[schema(format = Date)]
    pub starts_on: Option<String>,
    /// Last day of the works.
    #[schema(format = Date)]
    pub ends_on: Option<String>,
}

/// Several words: in one text, separated by `;`, or as a list.
#[derive(Debug, ToSchema)]
#[serde(untagged)]
pub enum Listed {
    /// Separated by `;`.
    Text(String),
    /// One by one.
    Words(Vec<String>),
}

/// The answer to a request.
#[derive(Debug, ToSchema)]
pub struct Screening {
    /// The journal position that the answer rests on.
    pub seq: u64,
    /// The same for every journal that it rests on.
    pub positions: BTreeMap<String, u64>,
    /// The day of the question: rules and plan are those of that day.
    #[schema(format = Date)]
    pub on: String,
    /// The local rule set that it was judged by, beside the national one.
    pub ruleset: String,
    /// Every rule set that it was judged by, in the order of the findings.
    pub rule_sets: Vec<JudgedBy>,
    /// Whether the local rule set is another province's, for showing how a filled set works.
    pub template: bool,
    /// What the answer cannot include, in Vietnamese.
    pub scope_vi: String,
    /// The same in English.
    pub scope_en: String,
    /// Properties of the request that nothing reads; a misspelt name is among them.
    pub ignored: Vec<IgnoredProperty>,
    /// One answer for each requested structure, in the request's order.
    pub items: Vec<ScreenedItem>,
}

/// A rule set that a request was judged by.
#[derive(Debug, ToSchema)]
pub struct JudgedBy {
    /// Its code.
    pub code: String,
    /// Its name in Vietnamese.
    pub title_vi: String,
    /// Its name in English.
    pub title_en: String,
    /// Whether it is another province's.
    pub template: bool,
    /// Whether it holds on the day of the question.
    pub in_force: bool,
}

/// A property of the request that nothing reads.
#[derive(Debug, ToSchema)]
pub struct IgnoredProperty {
    /// The feature's number, from 1.
    pub item: u32,
    /// The property's name.
    pub property: String,
}

/// The answer for one requested structure.
#[derive(Debug, ToSchema)]
pub struct ScreenedItem {
    /// What was asked.
    pub request: ScreenedRequest,
    /// One outcome for each rule of the set.
    pub findings: Vec<Finding>,
    /// What could host it instead, best first.
    pub hosts: Vec<Host>,
    /// For a route, which metres can run in what stands; null where nothing helps.
    #[schema(required)]
    pub way: Option<Way>,
    /// What it should leave for others who wait nearby; nobody is named.
    pub conditions: Vec<Condition>,
    /// Works of other sectors at the same place and time.
    pub dig_once: Vec<DigOnce>,
    /// Who would be newly covered; null for structures that carry no radio, or when it cannot be computed.
    #[schema(required)]
    pub coverage_effect: Option<CoverageEffect>,
}

/// The request as it was understood.
#[derive(Debug, ToSchema)]
pub struct ScreenedRequest {
    /// What is to be built.
    #[serde(flatten)]
    pub properties: RequestProperties,
    /// Where.
    pub shape: Geometry,
}

/// A verdict of a rule.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum Verdict {
    /// The request meets the rule.
    Complies,
    /// The request breaks the rule.
    DoesNotComply,
    /// Something is missing that would decide it.
    CannotTell,
    /// The rule does not judge this request.
    DoesNotApply,
}

/// What follows when a rule is not met.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum Severity {
    /// The request cannot conform.
    Block,
    /// Share an existing structure or move.
    ShareOrMove,
    /// An officer should look.
    Warn,
    /// Worth knowing.
    Info,
}

/// The outcome of one rule on one item.
#[derive(Debug, ToSchema)]
pub struct Finding {
    /// The set that the rule belongs to.
    pub rule_set: String,
    /// The rule's id.
    #[schema(example = "SP-BN-1")]
    pub rule: String,
    /// The rule's version.
    pub version: u32,
    /// The outcome.
    pub verdict: Verdict,
    /// What follows when the rule is not met.
    pub severity: Severity,
    /// What was measured.
    #[schema(required)]
    pub measured: Option<Quantity>,
    /// What it was compared with.
    #[schema(required)]
    pub limit: Option<Limit>,
    /// The text that the rule rests on.
    pub citation: Citation,
    /// Whose own approval answers it; the office never gives that.
    #[schema(required)]
    pub gate: Option<Gate>,
    /// Rules of the same set that read the same instrument otherwise.
    pub contradicts: Vec<String>,
    /// The assets that decided.
    pub assets: Vec<String>,
    /// What would decide it, when nobody can tell.
    pub missing: Vec<Missing>,
    /// The rule's name in Vietnamese.
    pub name_vi: String,
    /// The rule's name in English.
    pub name_en: String,
    /// Why, in one Vietnamese sentence with its numbers.
    pub reason_vi: String,
    /// Why, in one English sentence with its numbers.
    pub reason_en: String,
    /// Working assumptions that the outcome rests on.
    pub assumptions: Vec<AssumedText>,
}

/// Another authority's own approval, or what is owed to it.
#[derive(Debug, ToSchema)]
pub struct Gate {
    /// Who decides.
    pub authority: AssumedText,
    /// What it gives, or is owed.
    pub approval: AssumedText,
    /// True where the applicant owes it to the authority, as a report, and the authority decides nothing.
    pub owed: Option<bool>,
    /// The clock of the set that its answer runs by.
    pub clock: Option<String>,
}

/// A number with its 95 % radius in the same unit.
#[derive(Debug, ToSchema)]
pub struct Quantity {
    /// The number.
    pub value: f64,
    /// Its radius; zero for counts.
    pub accuracy: f64,
    /// `m`, `operators`, `boxes` or `structures`.
    pub unit: String,
}

/// The number that a rule asks for.
#[derive(Debug, ToSchema)]
pub struct Limit {
    /// The number.
    pub value: f64,
    /// `m`, `operators`, `boxes` or `structures`.
    pub unit: String,
}

/// Where a rule comes from and how sure that is.
#[derive(Debug, ToSchema)]
pub struct Citation {
    /// The legal instrument or standard.
    pub instrument: String,
    /// Article, clause, point.
    pub article: String,
    /// What it says, in Vietnamese.
    pub text_vi: String,
    /// How the text is known: `TEXT, EXCERPT, CITED, MEASURED, ENTERED, UNSET`.
    pub confidence: String,
    /// The official who has compared it with the instrument.
    pub reviewed_by: Option<String>,
}

/// One thing that is missing.
#[derive(Debug, ToSchema)]
pub struct Missing {
    /// What; the code is stable.
    pub code: String,
    /// The asset it is missing of; null when it is missing of the request, the plan or the rule set.
    #[schema(required)]
    pub asset: Option<String>,
    /// In Vietnamese.
    pub vi: String,
    /// In English.
    pub en: String,
}

/// A sentence in both languages.
#[derive(Debug, ToSchema)]
#[schema(as = Text)]
pub struct AssumedText {
    /// Vietnamese.
    pub vi: String,
    /// English.
    pub en: String,
}

/// Whether a structure can carry what is requested.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum HostVerdict {
    /// As it stands.
    Shareable,
    /// Once something is done to it.
    ShareableAfterWorks,
    /// Something is missing that would decide it.
    CannotTell,
    /// Not, and the reasons say why.
    NotShareable,
}

/// A structure that stands near the request and what speaks for and against sharing it.
#[derive(Debug, ToSchema)]
pub struct Host {
    /// Its identity.
    pub asset: String,
    /// What it is.
    pub class: String,
    /// Whether it stands, is planned, or has been answered positively and is not built.
    pub origin: Origin,
    /// Its owner's code for it.
    #[schema(required)]
    pub code: Option<String>,
    /// Whom to ask.
    pub owner: String,
    /// Metres from the request.
    pub distance_m: f64,
    /// The 95 % radius of that distance, from both places.
    pub accuracy_m: f64,
    /// The worst of its factors' verdicts.
    pub verdict: HostVerdict,
    /// Free units for others, as far as the viewer may know.
    pub free: Free,
    /// The sentences behind the verdict.
    pub reasons: Vec<AssumedText>,
    /// What using it saves.
    pub saves: Saves,
    /// The product of its factors, from 0 to 1.
    pub score: f64,
    /// What the score is made of.
    pub factors: Vec<HostFactor>,
    /// What to do next, in Vietnamese.
    pub next_step_vi: String,
    /// What to do next, in English.
    pub next_step_en: String,
    /// Where it is, as the viewer may see it.
    pub geometry: Geometry,
    /// Longitude and latitude of its position that is nearest to the request.
    #[schema(min_items = 2, max_items = 2)]
    pub at: Vec<f64>,
    /// Longitude and latitude of the request's position that is nearest to it.
    #[schema(min_items = 2, max_items = 2)]
    pub request_at: Vec<f64>,
    /// Who would lose service together if it failed; null where nobody can say.
    #[schema(required)]
    pub fails_together: Option<FailsTogether>,
    /// Working assumptions that the judgement rests on.
    pub assumptions: Vec<AssumedText>,
}

/// What need not be built when a host is used.
#[derive(Debug, ToSchema)]
pub struct Saves {
    /// New masts.
    pub masts: u32,
    /// Metres of new trench.
    pub trench_m: f64,
}

/// One factor of a host's score.
#[derive(Debug, ToSchema)]
pub struct HostFactor {
    /// Which factor.
    pub name: String,
    /// From 0, which rules the host out, to 1.
    pub value: f64,
    /// What this factor alone would say.
    pub verdict: HostVerdict,
    /// Why, in Vietnamese.
    pub reason_vi: String,
    /// Why, in English.
    pub reason_en: String,
}

/// A work of another sector during which the ground is open anyway.
#[derive(Debug, ToSchema)]
pub struct DigOnce {
    /// The work's code.
    pub works: String,
    /// Road, power, lighting, water.
    pub sector: String,
    /// Who digs.
    pub owner: String,
    /// First day.
    #[schema(required, format = Date)]
    pub starts_on: Option<String>,
    /// Last day.
    #[schema(required, format = Date)]
    pub ends_on: Option<String>,
    /// How far it has come.
    pub stage: String,
    /// How near it comes, in metres.
    pub distance_m: f64,
    /// Metres of the requested route in or beside the open ground.
    pub overlap_m: f64,
    /// Dates that would decide whether the two meet in time.
    pub missing: Vec<Missing>,
    /// Why, in one Vietnamese sentence.
    pub reason_vi: String,
    /// Why, in one English sentence.
    pub reason_en: String,
}

/// The effect on people, for one technology and network.
#[derive(Debug, ToSchema)]
pub struct CoverageEffect {
    /// People in cells that are not covered now and would be.
    pub people_newly_covered: u64,
    /// The technology.
    pub technology: String,
    /// The network.
    pub network: String,
    /// The journal position that the coverage was computed at.
    pub seq: u64,
    /// What was taken for granted because the request does not say it.
    pub assumptions: Vec<AssumedText>,
}
