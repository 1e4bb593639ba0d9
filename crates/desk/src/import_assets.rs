//! Brings a file's assets into the registry as one change.

use std::collections::{BTreeMap, BTreeSet};

use hatang_core::{
    AssetClass, Organisation, OrganisationCode, OrganisationKind, Registry, Seq, Territory, Viewer,
    change_set::ImportMode,
};
use hatang_crs::Crs;
use hatang_exchange::{Axes, CrsVerdict, DecimalMark, Encoding, OwnerSource, Report, Surroundings};
use hatang_store::Hash;
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::{
    desk::{Desk, tells_positions},
    error::{DeskError, ErrorKind},
    imports::{
        ImportOptionsGiven, ToldReceipt,
        act::{acknowledge_import, commit_import, discard_import},
        check::check_import,
        conflict::Conflict,
        upload::{PART, Upload, keep, may_import},
    },
};

/// How a file is to be read and whether it is to be kept.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a choice of its own in the form")]
pub struct ImportRequest {
    /// The class of every row.
    pub class: AssetClass,
    /// Whose they are.
    pub owner: OwnerSource,
    /// The reference system of the file's numbers.
    pub crs: Option<Crs>,
    /// Whether `crs` holds even where the file itself declares another.
    pub crs_overrides_file: bool,
    /// Whether the file is to be kept although its numbers speak for another system.
    pub accept_crs: bool,
    /// The order of a position's two numbers.
    pub axes: Axes,
    /// How the file's letters are written; found when absent.
    pub encoding: Option<Encoding>,
    /// The mark before decimals, where that is not clear.
    pub decimal: Option<DecimalMark>,
    /// The layer, sheet or table of a file that has several.
    pub layer: Option<String>,
    /// Our field to the file's column.
    pub map: BTreeMap<String, String>,
    /// Whether rows at exactly the same position are one asset.
    pub merge_same_position: bool,
    /// Read and report, and write nothing.
    pub dry_run: bool,
}

impl ImportRequest {
    /// A file as it stands, to be kept.
    #[must_use]
    pub const fn new(class: AssetClass, owner: OwnerSource) -> Self {
        Self {
            class,
            owner,
            crs: None,
            crs_overrides_file: false,
            accept_crs: false,
            axes: Axes::EastFirst,
            encoding: None,
            decimal: None,
            layer: None,
            map: BTreeMap::new(),
            merge_same_position: false,
            dry_run: false,
        }
    }
}

impl ImportRequest {
    /// The same as an import's options: only new assets come in.
    fn given(&self) -> ImportOptionsGiven {
        let (owner, owner_field) = match &self.owner {
            OwnerSource::Code(owner) => (Some(owner.clone()), None),
            OwnerSource::Field(field) => (None, Some(field.clone())),
        };
        ImportOptionsGiven {
            class: self.class,
            owner,
            owner_field,
            crs: self.crs.map(|crs| crs.to_string()),
            crs_overrides_file: self.crs_overrides_file,
            axes: self.axes,
            encoding: self.encoding,
            decimal: self.decimal,
            layer: self.layer.clone(),
            map: self.map.clone(),
            merge_same_position: self.merge_same_position,
            mode: ImportMode::Additions,
            valid_on: None,
        }
    }
}

/// What became of a file.
#[derive(Clone, Debug, Serialize)]
pub struct ImportOutcome {
    /// What became of every row.
    pub report: Report,
    /// What it was good to know before it was written.
    pub conflicts: Vec<Conflict>,
    /// Where it was written; absent after a dry run, or when no row was good.
    pub receipt: Option<Receipt>,
}

/// Proof that an import is in the journal.
#[derive(Clone, Debug, Serialize)]
pub struct Receipt {
    /// Whose journal.
    pub territory: Territory,
    /// The position in it; none for those from whom something is hidden that moves it too.
    pub seq: Option<Seq>,
    /// The import's identity.
    pub import: Uuid,
    /// How many assets came in.
    pub assets: u64,
    /// The hash of the journal up to this position.
    pub hash: String,
}

/// Imports a file by the steps of every import: kept, checked, agreed with and committed. All its good rows come in
/// together, or, when anything fails, none; rows of registered assets are refused.
///
/// # Errors
/// [`DeskError`] when the viewer may not, the file as a whole cannot be read, or somebody else has just taken a code.
pub async fn import_assets(
    desk: &Desk,
    who: &Viewer,
    file_name: &str,
    bytes: &[u8],
    request: &ImportRequest,
) -> Result<ImportOutcome, DeskError> {
    let given = request.given();
    may_import(desk, who, &given)?;
    desk.catch_up().await?;
    let sha256 = Hash(Sha256::digest(bytes).into());
    not_imported_before(desk, who, sha256, request.class)?;
    let file = Upload { name: file_name, size: bytes.len() as u64, sha256 };
    let parts = bytes.chunks(PART).map(|part| Ok(part.to_vec()));
    let import = keep(desk, who, &file, parts, given, None).await?;
    let checked = check_import(desk, who, import.id, None).await;
    let checked = match checked {
        Ok(checked) => checked,
        Err(error) => {
            // Why it failed is what counts.
            discard_import(desk, who, import.id).await.ok();
            return Err(error);
        }
    };
    let report = checked.report.map(serde_json::from_value::<Report>).transpose().ok().flatten();
    let report = report.ok_or_else(DeskError::stopped)?;
    let tally = checked.tally.unwrap_or_default();
    // Numbers that speak for another system wait for a word from whoever imports them.
    let waits = report.crs_check.verdict == CrsVerdict::Suspected && !request.accept_crs;
    if request.dry_run || waits || tally.writes(ImportMode::Additions) == 0 {
        discard_import(desk, who, import.id).await?;
        return Ok(ImportOutcome { report, conflicts: checked.conflicts, receipt: None });
    }
    let kinds: Vec<_> = checked.conflicts.iter().map(|conflict| conflict.kind).collect();
    acknowledge_import(desk, who, import.id, checked.revision, &kinds).await?;
    let committed = match commit_import(desk, who, import.id).await {
        Ok(committed) => committed,
        Err(error) => {
            // Why it failed is what counts.
            discard_import(desk, who, import.id).await.ok();
            return Err(error);
        }
    };
    let receipt = committed.receipt.map(|ToldReceipt { territory, seq, hash, .. }| Receipt {
        territory,
        seq,
        import: import.id,
        assets: tally.added,
        hash,
    });
    Ok(ImportOutcome { report, conflicts: checked.conflicts, receipt })
}

/// Passes unless the same file, read as the same class, has come in whole before: rows without codes would stand twice.
///
/// Where in the journal is told to those alone who may see everything in it: to others, positions move with what they must not notice.
fn not_imported_before(desk: &Desk, who: &Viewer, file: Hash, class: AssetClass) -> Result<(), DeskError> {
    let file = file.to_string();
    let before = desk.read(|registry| {
        let mut territories = registry.territories().iter();
        territories.find_map(|(code, state)| state.imported(&file, class).map(|seq| (code.clone(), seq)))
    });
    before.map_or(Ok(()), |(code, seq)| {
        Err(DeskError::input(
            ErrorKind::Conflict,
            "file.already_imported",
            if tells_positions(who, &code) { format!("{code}/{}", seq.0) } else { file.clone() },
            "Chính tệp này đã được nhập đầy đủ trước đây. Không có gì được ghi thêm.",
            "This very file has come in whole before. Nothing more was written.",
        ))
    })
}

/// What a wrong reference system is recognised by: the outline, and the roads of the plan.
pub(crate) fn surroundings_of(registry: &Registry) -> Option<Surroundings> {
    let (_, state) = registry.home()?;
    let outline = state.boundaries.as_ref()?.home.shape.clone();
    let roads =
        state.plan.as_ref().map_or_else(Vec::new, |plan| plan.roads.iter().map(|road| road.shape.clone()).collect());
    Some(Surroundings { outline, roads })
}

/// Organisations that only the file names, with nothing assumed of what they do.
pub(crate) fn unknown_organisations(
    desk: &Desk,
    mentioned: &BTreeSet<OrganisationCode>,
    names: &BTreeMap<OrganisationCode, String>,
) -> Vec<Organisation> {
    desk.read(|registry| {
        let unknown = mentioned.iter().filter(|code| !registry.organisations().contains_key(*code));
        unknown
            .map(|code| Organisation {
                code: code.clone(),
                name: names.get(code).cloned().unwrap_or_else(|| code.to_string()),
                kind: OrganisationKind::Unknown,
                networks: Vec::new(),
            })
            .collect()
    })
}
