//! A job as the desk knows it: what the store keeps as bytes, and what its owner is shown.

use std::collections::BTreeMap;

use hatang_core::{
    AssetClass, Organisation, OrganisationCode, Seq, Territory, Viewer,
    change_set::{ImportAct, ImportMode, ImportState, Tally},
};
use hatang_exchange::{Axes, DecimalMark, Encoding, OwnerSource};
use hatang_store::{Appended, ImportJob};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::conflict::Conflict;
use crate::{
    desk::{Desk, tells_positions},
    error::{DeskError, ErrorKind},
    permission::{About, Action},
};

/// How a file is to be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportOptionsGiven {
    /// The class of every row.
    pub class: AssetClass,
    /// The organisation whose assets they are; none when a column names the owner.
    pub owner: Option<OrganisationCode>,
    /// The column that names the owner.
    pub owner_field: Option<String>,
    /// The reference system of the file's numbers, such as `EPSG:9210`; what the file itself declares when left out.
    pub crs: Option<String>,
    /// Whether `crs` holds even where the file itself declares another.
    #[serde(default)]
    pub crs_overrides_file: bool,
    /// The order of a position's two numbers.
    #[serde(default)]
    pub axes: Axes,
    /// How the file's letters are written; found when left out.
    #[serde(default)]
    pub encoding: Option<Encoding>,
    /// The mark before decimals; what can mean one thing only is read when left out.
    #[serde(default)]
    pub decimal: Option<DecimalMark>,
    /// The layer, sheet or table of a file that has several.
    #[serde(default)]
    pub layer: Option<String>,
    /// Our field to the file's column.
    #[serde(default)]
    pub map: BTreeMap<String, String>,
    /// Whether rows at exactly the same position are one asset.
    #[serde(default)]
    pub merge_same_position: bool,
    /// What the file is to the registry.
    pub mode: ImportMode,
    /// Since when what it says is so, where that differs from its commit.
    pub valid_on: Option<Date>,
}

impl ImportOptionsGiven {
    /// A file of one owner that changes only what is in it.
    #[must_use]
    pub const fn new(class: AssetClass, owner: OrganisationCode) -> Self {
        Self {
            class,
            owner: Some(owner),
            owner_field: None,
            crs: None,
            crs_overrides_file: false,
            axes: Axes::EastFirst,
            encoding: None,
            decimal: None,
            layer: None,
            map: BTreeMap::new(),
            merge_same_position: false,
            mode: ImportMode::Delta,
            valid_on: None,
        }
    }

    /// Whose assets they are.
    ///
    /// # Errors
    /// [`DeskError`] when neither or both of owner and column are given, or a full set would be of no one owner.
    pub(super) fn owner_source(&self) -> Result<OwnerSource, DeskError> {
        match (&self.owner, &self.owner_field) {
            (Some(owner), None) => Ok(OwnerSource::Code(owner.clone())),
            (None, Some(field)) if self.mode != ImportMode::FullSet => Ok(OwnerSource::Field(field.clone())),
            _ => Err(DeskError::input(
                ErrorKind::BadInput,
                "import.owner",
                self.mode,
                "Cần đúng một chủ sở hữu, hoặc một cột nêu chủ sở hữu; tệp toàn bộ phải là của một chủ sở hữu.",
                "Give exactly one owner, or a column that names it; a full set is of one owner.",
            )),
        }
    }
}

/// What the store keeps of a job as bytes.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Details {
    pub(super) options: ImportOptionsGiven,
    /// What became of every row, as the file formats' crate writes it.
    #[serde(default)]
    pub(super) report: Option<Value>,
    #[serde(default)]
    pub(super) rows_refused: u32,
    #[serde(default)]
    pub(super) tally: Option<Tally>,
    #[serde(default)]
    pub(super) conflicts: Vec<Conflict>,
    /// Organisations that only the file names.
    #[serde(default)]
    pub(super) organisations: Vec<Organisation>,
    #[serde(default)]
    pub(super) receipt: Option<JobReceipt>,
    #[serde(default)]
    pub(super) reverted: Option<JobReceipt>,
    #[serde(default)]
    pub(super) revert_reason: Option<String>,
    /// Why the file as a whole could not be read the last time.
    #[serde(default)]
    pub(super) problem: Option<FileProblem>,
}

impl Details {
    /// Forgets what an earlier check said.
    pub(super) fn clear(&mut self) {
        *self = Self::of(self.options.clone());
    }

    /// A job of which nothing is known yet but how it is to be read.
    pub(super) const fn of(options: ImportOptionsGiven) -> Self {
        Self {
            options,
            report: None,
            rows_refused: 0,
            tally: None,
            conflicts: Vec::new(),
            organisations: Vec::new(),
            receipt: None,
            reverted: None,
            revert_reason: None,
            problem: None,
        }
    }
}

/// Why a file as a whole cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileProblem {
    /// Stable code for programs.
    pub code: String,
    /// The value at fault.
    pub value: Option<String>,
    /// The sentence for people.
    pub text: hatang_core::Text,
}

/// The same as its writer is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ToldReceipt {
    /// Whose journal.
    pub territory: Territory,
    /// The position in it; none for those from whom something is hidden that moves it too.
    pub seq: Option<Seq>,
    /// When it was written down.
    pub at: Timestamp,
    /// The hash of the journal up to this position.
    pub hash: String,
}

/// Proof that a change set is in the journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct JobReceipt {
    /// Whose journal.
    pub territory: Territory,
    /// The position in it.
    pub seq: Seq,
    /// When it was written down.
    pub at: Timestamp,
    /// The hash of the journal up to this position.
    pub hash: String,
}

impl JobReceipt {
    pub(super) fn new(appended: &Appended, at: Timestamp) -> Self {
        Self { territory: appended.territory.clone(), seq: appended.seq, at, hash: appended.hash.to_string() }
    }
}

/// What a job is doing at the moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct ImportProgress {
    /// `reading` or `comparing`.
    pub step: &'static str,
    /// How many assets it has come to, where it counts.
    pub done: u64,
    /// Of how many.
    pub of: u64,
}

/// A job as its owner sees it.
#[derive(Clone, Debug, Serialize)]
pub struct ImportView {
    /// Its identity.
    pub id: Uuid,
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
    pub created_at: Timestamp,
    /// How it is read.
    pub options: ImportOptionsGiven,
    /// What became of every row; null before the first check.
    pub report: Option<Value>,
    /// What it would do, or did; null before the first check.
    pub tally: Option<Tally>,
    /// What somebody must agree with before it is committed.
    pub conflicts: Vec<Conflict>,
    /// Where it stands in the journal; null before the commit.
    pub receipt: Option<ToldReceipt>,
    /// Where it was undone; null unless it was.
    pub reverted: Option<ToldReceipt>,
    /// Why the file as a whole could not be read.
    pub problem: Option<FileProblem>,
    /// What is being done at the moment; null when nothing is.
    pub progress: Option<ImportProgress>,
}

/// Reads what the store keeps of a job.
pub(super) fn details(job: &ImportJob) -> Result<Details, DeskError> {
    serde_json::from_slice(&job.details).map_err(|error| {
        DeskError::Store(hatang_store::StoreError::Corrupt {
            table: "import_job",
            key: job.id.to_string(),
            why: format!("`details`: {error}"),
        })
    })
}

pub(super) fn encoded(details: &Details) -> Vec<u8> {
    serde_json::to_vec(details).expect("a job's details are JSON")
}

pub(super) fn shown(desk: &Desk, who: &Viewer, job: &ImportJob) -> Result<ImportView, DeskError> {
    let details = details(job)?;
    let told = |receipt: JobReceipt| ToldReceipt {
        seq: tells_positions(who, &receipt.territory).then_some(receipt.seq),
        territory: receipt.territory,
        at: receipt.at,
        hash: receipt.hash,
    };
    Ok(ImportView {
        id: job.id,
        state: job.state,
        revision: job.revision,
        file: job.file.clone(),
        size: job.size,
        file_sha256: job.file_sha256.to_string(),
        created_at: job.created_at,
        options: details.options,
        report: details.report,
        tally: details.tally,
        conflicts: details.conflicts,
        receipt: details.receipt.map(told),
        reverted: details.reverted.map(told),
        problem: details.problem,
        progress: desk.progress_of(job.id),
    })
}

/// Whose assets an import is about.
pub(super) fn about(owner: Option<&OrganisationCode>) -> About<'_> {
    owner.map_or(About::nothing(), About::owner)
}

/// A job that the viewer may know of.
///
/// # Errors
/// [`ErrorKind::NotFound`] for a job that is not there and for one of somebody else alike.
pub(super) async fn job(desk: &Desk, who: &Viewer, id: Uuid) -> Result<ImportJob, DeskError> {
    let job = desk.store.import_job(id).await?;
    job.filter(|job| desk.allows(who, Action::ImportAssets, about(job.owner.as_ref()))).ok_or_else(|| {
        DeskError::input(ErrorKind::NotFound, "not_found", id, "Không có đợt nhập này.", "There is no such import.")
    })
}

/// The state after an act.
///
/// # Errors
/// [`ErrorKind::Conflict`] when the act is not possible now.
pub(super) fn after(state: ImportState, act: ImportAct) -> Result<ImportState, DeskError> {
    state.after(act).ok_or_else(|| {
        let vi = format!("Đợt nhập đang ở trạng thái `{state}` nên không thực hiện được bước `{act}`.");
        DeskError::input(
            ErrorKind::Conflict,
            "import.state",
            state,
            &vi,
            &format!("An import that is `{state}` cannot take the step `{act}`."),
        )
    })
}
