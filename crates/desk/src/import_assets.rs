//! Brings a file's assets into the registry as one change.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use hatang_core::{
    Asset, AssetClass, Organisation, OrganisationCode, OrganisationKind, Registry, Seq, Territory, Viewer,
    event::identity,
};
use hatang_crs::Crs;
use hatang_exchange::{
    Axes, CrsVerdict, DecimalMark, Encoding, ImportOptions, OwnerSource, Report, Surroundings, read_assets,
};
use hatang_store::{Hash, Import};
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::{
    desk::{Desk, home_of},
    draft::extent_of,
    error::{DeskError, ErrorKind},
    permission::{About, Action},
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
    /// How the file is read, apart from the ground that it must lie on.
    fn options(&self) -> ImportOptions {
        ImportOptions {
            crs: self.crs,
            crs_overrides_file: self.crs_overrides_file,
            axes: self.axes,
            encoding: self.encoding,
            decimal: self.decimal,
            layer: self.layer.clone(),
            map: self.map.clone(),
            merge_same_position: self.merge_same_position,
            ..ImportOptions::new(self.class, self.owner.clone())
        }
    }
}

/// What became of a file.
#[derive(Clone, Debug, Serialize)]
pub struct ImportOutcome {
    /// What became of every row.
    pub report: Report,
    /// Where it was written; absent after a dry run, or when no row was good.
    pub receipt: Option<Receipt>,
}

/// Proof that an import is in the journal.
#[derive(Clone, Debug, Serialize)]
pub struct Receipt {
    /// Whose journal.
    pub territory: Territory,
    /// The position in it: how many changes its writer may know of.
    pub seq: Seq,
    /// The import's identity.
    pub import: Uuid,
    /// How many assets came in.
    pub assets: u64,
    /// The hash of the journal up to this position.
    pub hash: String,
}

/// Imports a file. All its good rows come in together, or, when anything fails, none.
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
    let owner = match &request.owner {
        OwnerSource::Code(owner) => Some(owner),
        OwnerSource::Field(_) => None,
    };
    desk.may(who, Action::ImportAssets, owner.map_or(About::nothing(), About::owner))?;
    let file_sha256 = Hash(Sha256::digest(bytes).into());
    not_imported_before(desk, file_sha256, request.class)?;
    let (territory, extent, surroundings) =
        desk.read(|registry| (home_of(registry), extent_of(registry), surroundings_of(registry)));
    let options = ImportOptions { extent, surroundings, ..request.options() };
    let mut import = read_assets(file_name, bytes, &options, desk.edge.asset_ids())?;
    let identities: Vec<String> = import.assets.iter().filter_map(|read| identity_of(&read.asset)).collect();
    let mut taken: HashSet<String> = HashSet::new();
    // A code that an owner has used anywhere is taken: assets may have come in before the outline was loaded.
    for (code, _) in desk.store.territories().await? {
        taken.extend(desk.store.identities_taken(&code, &identities).await?);
    }
    import.refuse_identities(&taken);
    // Numbers that speak for another system wait for a word from whoever imports them.
    let waits = import.report.crs_check.verdict == CrsVerdict::Suspected && !request.accept_crs;
    if request.dry_run || waits || import.assets.is_empty() {
        return Ok(ImportOutcome { report: import.report, receipt: None });
    }
    let names: BTreeMap<OrganisationCode, String> =
        import.organisations_seen.iter().map(|seen| (seen.code.clone(), seen.name.clone())).collect();
    let assets: Vec<Asset> = import.assets.into_iter().map(|read| read.asset).collect();
    let organisations = unknown_organisations(desk, &assets, &names);
    let id = desk.edge.new_uuid();
    let report = import.report;
    let import = Import {
        territory: &territory,
        at: desk.edge.now(),
        valid_on: None,
        by: who.account,
        id,
        file: file_name,
        file_sha256,
        class: request.class,
        rows_refused: u64::from(report.rows_refused),
        organisations: &organisations,
        assets: &assets,
    };
    let appended = desk.append_import(&import, who).await?;
    let receipt = Receipt {
        territory,
        seq: desk.told_position(who, &appended),
        import: id,
        assets: u64::from(report.assets),
        hash: appended.hash.to_string(),
    };
    Ok(ImportOutcome { report, receipt: Some(receipt) })
}

/// Passes unless the same file, read as the same class, has come in whole before: rows without codes would stand twice.
fn not_imported_before(desk: &Desk, file: Hash, class: AssetClass) -> Result<(), DeskError> {
    let file = file.to_string();
    let before = desk.read(|registry| {
        let mut territories = registry.territories().iter();
        territories.find_map(|(code, state)| state.imported(&file, class).map(|seq| (code.clone(), seq)))
    });
    before.map_or(Ok(()), |(code, seq)| {
        Err(DeskError::input(
            ErrorKind::Conflict,
            "file.already_imported",
            format!("{code}/{}", seq.0),
            "Tệp này đã được nhập đầy đủ trước đây; vị trí trong nhật ký ghi kèm. Không có gì được ghi thêm.",
            "This file has come in whole before, at the journal position given. Nothing more was written.",
        ))
    })
}

fn identity_of(asset: &Asset) -> Option<String> {
    asset.code.as_ref().map(|code| identity(&asset.owner, asset.class(), code))
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
pub(crate) fn unknown_organisations<'a>(
    desk: &Desk,
    assets: impl IntoIterator<Item = &'a Asset>,
    names: &BTreeMap<OrganisationCode, String>,
) -> Vec<Organisation> {
    let mentioned: BTreeSet<&OrganisationCode> = assets
        .into_iter()
        .flat_map(|asset| {
            let occupants = asset.tenants.iter().map(|tenancy| &tenancy.tenant);
            std::iter::once(&asset.owner).chain(&asset.manager).chain(occupants)
        })
        .collect();
    desk.read(|registry| {
        let unknown = mentioned.into_iter().filter(|code| !registry.organisations().contains_key(*code));
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
