//! Files on their way into the registry.

use std::collections::BTreeMap;

use serde_json::Value;
use utoipa::ToSchema;

use super::{AssetFeature, AssumedText, FieldChange};

/// An import as its owner sees it.
#[derive(Debug, ToSchema)]
pub struct Import {
    /// Its identity.
    #[schema(format = "uuid")]
    pub id: String,
    /// How far it has come.
    pub state: ImportState,
    /// Counts up with every change; to be sent back with an act.
    pub revision: u32,
    /// The file's name.
    pub file: String,
    /// The file's size in bytes.
    pub size: u64,
    /// SHA-256 of the file's bytes.
    pub file_sha256: String,
    /// When it was uploaded.
    #[schema(format = DateTime)]
    pub created_at: String,
    /// How it is read.
    pub options: ImportOptions,
    /// What became of every row; null before the first check, and in lists.
    #[schema(required)]
    pub report: Option<ImportReport>,
    /// What it would do, or did; null before the first check.
    #[schema(required)]
    pub tally: Option<Tally>,
    /// What somebody must agree with before it is committed.
    pub conflicts: Vec<Conflict>,
    /// Where it stands in the journal; null before the commit.
    #[schema(required)]
    pub receipt: Option<ImportReceipt>,
    /// Where it was undone; null unless it was.
    #[schema(required)]
    pub reverted: Option<ImportReceipt>,
    /// Why the file as a whole could not be read.
    #[schema(required)]
    pub problem: Option<FileProblem>,
    /// What is being done at the moment; null when nothing is.
    #[schema(required)]
    pub progress: Option<ImportProgress>,
}

/// How far an import has come.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum ImportState {
    /// The file is here.
    Uploaded,
    /// It has been read and compared; nothing is written.
    Checked,
    /// Somebody agrees with what it would do.
    Acknowledged,
    /// It is in the registry.
    Committed,
    /// It was, and has been undone.
    Reverted,
    /// It was given up.
    Discarded,
}

/// How a file is to be read.
#[derive(Debug, ToSchema)]
pub struct ImportOptions {
    /// The class of every row.
    pub class: String,
    /// The organisation whose assets they are; null when a column names the owner.
    #[schema(required)]
    pub owner: Option<String>,
    /// The column that names the owner.
    #[schema(required)]
    pub owner_field: Option<String>,
    /// The reference system of the file's numbers.
    #[schema(required)]
    pub crs: Option<String>,
    /// Whether `crs` holds even where the file itself declares another.
    pub crs_overrides_file: bool,
    /// The order of a position's two numbers.
    pub axes: Axes,
    /// How the file's letters are written; found when null.
    #[schema(required)]
    pub encoding: Option<Encoding>,
    /// The mark before decimals; what can mean one thing only is read when null.
    #[schema(required)]
    pub decimal: Option<DecimalMark>,
    /// The layer, sheet or table of a file that has several.
    #[schema(required)]
    pub layer: Option<String>,
    /// Our field to the file's column.
    pub map: BTreeMap<String, String>,
    /// Whether rows at exactly the same position are one asset.
    pub merge_same_position: bool,
    /// `delta`, `full_set` or `additions`.
    pub mode: ImportMode,
    /// Since when what it says is so.
    #[schema(required, format = Date)]
    pub valid_on: Option<String>,
}

/// The order of a position's two numbers.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum Axes {
    /// Easting or longitude first.
    EastFirst,
    /// Northing or latitude first, as VN-2000 writes X and Y.
    NorthFirst,
}

/// How a file writes its letters.
#[derive(Debug, ToSchema)]
pub enum Encoding {
    /// UTF-8.
    #[schema(rename = "utf-8")]
    Utf8,
    /// UTF-16, the lower byte first.
    #[schema(rename = "utf-16le")]
    Utf16Le,
    /// UTF-16, the higher byte first.
    #[schema(rename = "utf-16be")]
    Utf16Be,
    /// The Vietnamese code page of Windows.
    #[schema(rename = "windows-1258")]
    Windows1258,
    /// The Western code page of Windows.
    #[schema(rename = "windows-1252")]
    Windows1252,
    /// TCVN3 (ABC) fonts.
    #[schema(rename = "tcvn3")]
    Tcvn3,
    /// VNI fonts.
    #[schema(rename = "vni")]
    Vni,
}

/// The mark before a number's decimals.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum DecimalMark {
    /// `12.5`.
    Point,
    /// `12,5`.
    Comma,
}

/// What the file's own numbers say of its declared reference system.
#[derive(Debug, ToSchema)]
pub struct CrsCheck {
    /// `fits`, `suspected`, `undetectable`, `outside` or `not_checked`.
    pub verdict: String,
    /// How many positions were looked at.
    pub positions: u32,
    /// Share of positions inside the outline as declared.
    pub inside_share: f64,
    /// Share of positions beside a road as declared; absent where roads say nothing.
    pub roadside_share: Option<f64>,
    /// Readings that would fit, the most probable first.
    pub corrections: Vec<CrsCorrection>,
    /// The sentence for people.
    pub message: AssumedText,
}

/// A probable cause, and what to declare instead.
#[derive(Debug, ToSchema)]
pub struct CrsCorrection {
    /// The system to declare.
    pub crs: String,
    /// The order of axes to declare.
    pub axes: Axes,
    /// The probable cause, a stable word.
    pub cause: String,
    /// What the button says.
    pub title: AssumedText,
    /// How far the positions would move, in metres: the median.
    pub moves_m: u64,
    /// Share of positions inside the outline with this reading.
    pub inside_share: f64,
    /// Share of positions beside a road with this reading; absent where roads say nothing.
    pub roadside_share: Option<f64>,
}

/// What a file is to the registry.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum ImportMode {
    /// Only what is in the file changes.
    Delta,
    /// What is missing from the file is given up.
    FullSet,
    /// Only what is new comes in: rows of registered assets are refused.
    Additions,
}

/// What became of every row.
#[derive(Debug, ToSchema)]
pub struct ImportReport {
    /// The file's name.
    pub file: String,
    /// How it was read.
    pub format: String,
    /// The reference system of its numbers.
    pub crs: String,
    /// How its letters are written: declared or found.
    pub encoding: Encoding,
    /// The order in which the numbers were read.
    pub axes: Axes,
    /// What the numbers say of the declared system.
    pub crs_check: CrsCheck,
    /// Which column each field was read from.
    pub columns_used: BTreeMap<String, String>,
    /// Rows with any content.
    pub rows_total: u32,
    /// Rows that became assets or parts of them.
    pub rows_accepted: u32,
    /// Rows that did not.
    pub rows_refused: u32,
    /// Assets that came out.
    pub assets: u32,
    /// What there is to know, the whole file first, then by row.
    pub findings: Vec<RowFinding>,
    /// Whatever else the reader tells.
    #[serde(flatten)]
    pub others: BTreeMap<String, Value>,
}

/// One thing to know about a row, or about the whole file.
#[derive(Debug, ToSchema)]
pub struct RowFinding {
    /// The row as a spreadsheet shows it, or the feature's number; absent for the whole file.
    pub row: Option<u32>,
    /// What it is about.
    pub rule: String,
    /// `error` refuses the row, `warning` asks, `info` tells.
    pub severity: String,
    /// The field concerned.
    pub field: Option<String>,
    /// The value as given.
    pub value: Option<String>,
    /// The sentence for people.
    pub message: AssumedText,
}

/// How many assets an import does what to.
#[derive(Debug, ToSchema)]
pub struct Tally {
    /// New ones.
    pub added: u64,
    /// Those whose records change.
    pub changed: u64,
    /// Those whose records say so already.
    pub unchanged: u64,
    /// Those that the file does not have.
    pub missing: u64,
}

/// One thing to agree with.
#[derive(Debug, ToSchema)]
pub struct Conflict {
    /// What it is about.
    pub kind: ConflictKind,
    /// How many assets or rows.
    pub count: u64,
    /// The first of the file's rows concerned.
    pub rows: Vec<u32>,
    /// The sentence for people.
    pub text: AssumedText,
    /// Whether somebody has agreed.
    pub acknowledged: bool,
}

/// What a conflict is about.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum ConflictKind {
    /// The numbers speak for another reference system.
    Crs,
    /// The reader has warned of rows.
    Warnings,
    /// Rows were refused.
    Refused,
    /// Records are overwritten.
    Changes,
    /// Assets are given up.
    Retires,
    /// Assets that were given up stand again.
    Revives,
    /// New assets are likely registered already.
    Duplicates,
    /// New assets have no code.
    WithoutCode,
    /// The same file has come in before.
    SameFile,
    /// References lead nowhere.
    References,
}

/// Proof that a change set is in the journal.
#[derive(Debug, ToSchema)]
pub struct ImportReceipt {
    /// Whose journal.
    pub territory: String,
    /// The position in it; null for those from whom something is hidden that moves it too.
    #[schema(required)]
    pub seq: Option<u64>,
    /// When it was written down.
    #[schema(format = DateTime)]
    pub at: String,
    /// The hash of the journal up to this position.
    pub hash: String,
}

/// Why a file as a whole cannot be read.
#[derive(Debug, ToSchema)]
pub struct FileProblem {
    /// Stable code.
    pub code: String,
    /// The value at fault.
    #[schema(required)]
    pub value: Option<String>,
    /// The sentence for people.
    pub text: AssumedText,
}

/// What an import is doing at the moment.
#[derive(Debug, ToSchema)]
pub struct ImportProgress {
    /// `reading` or `comparing`.
    pub step: String,
    /// How many assets it has come to, where it counts.
    pub done: u64,
    /// Of how many.
    pub of: u64,
}

/// One page of what an import would do.
#[derive(Debug, ToSchema)]
pub struct ImportRows {
    /// The rows, in the file's order.
    pub rows: Vec<ImportRow>,
    /// What to send as `after` for the next page; null on the last.
    #[schema(required)]
    pub next: Option<u32>,
}

/// What an import would do to one asset.
#[derive(Debug, ToSchema)]
pub struct ImportRow {
    /// Its place among the import's assets.
    pub row: u32,
    /// What it would do.
    pub action: RowAction,
    /// The file's rows that say so.
    pub file_rows: Vec<u32>,
    /// The fields that would differ.
    pub changes: Vec<FieldChange>,
    /// The asset as it would be.
    pub feature: AssetFeature,
}

/// What an import does to an asset.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum RowAction {
    /// It is new.
    Added,
    /// Its record changes.
    Changed,
    /// Its record says so already.
    Unchanged,
    /// The file does not have it.
    Missing,
}
