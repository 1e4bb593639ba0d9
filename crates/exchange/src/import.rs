//! Assets out of a file, and what became of every row.

mod cells;
mod columns;
mod gathered;
mod group;
mod row;

use std::collections::{BTreeMap, HashSet};

use hatang_core::{
    AssetClass, BoundingBox, Metres, OrganisationCode,
    asset::{Asset, AssetId},
    event::identity,
};
use hatang_crs::Crs;

use self::{
    cells::Reading,
    columns::{Columns, Seen},
    gathered::Gathered,
    row::RowReader,
};
use crate::{
    FileError,
    bytes::{self, DEFAULT_MAX_BYTES},
    geometry::Ground,
    refusal,
    report::{Findings, Format, Report, Severity},
    rows::{DelimitedFile, FeatureFile, Mapping},
    value::Notation,
};

/// Whose assets a file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OwnerSource {
    /// All belong to this organisation.
    Code(OrganisationCode),
    /// A column names the owner of each.
    Field(String),
}

/// The loaded territory, outside of which positions are refused.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Extent {
    /// The box around it.
    pub bbox: BoundingBox,
    /// How far outside positions may still lie.
    pub margin: Metres,
}

/// How a file is to be read.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportOptions {
    /// The class of every row.
    pub class: AssetClass,
    /// Whose they are.
    pub owner: OwnerSource,
    /// The reference system of the file's numbers; `None` is what the file itself declares, else WGS 84.
    pub crs: Option<Crs>,
    /// Our field to the file's column; a field that is not named is read from the column of its own name.
    pub map: BTreeMap<String, String>,
    /// Whether rows at exactly the same position are one asset.
    pub merge_same_position: bool,
    /// Where positions may lie; `None` is the world.
    pub extent: Option<Extent>,
    /// The most bytes of text, after decompression.
    pub max_bytes: usize,
}

impl ImportOptions {
    /// Reads a file as it stands: the file's own reference system, no columns renamed, nothing merged, the whole world.
    #[must_use]
    pub const fn new(class: AssetClass, owner: OwnerSource) -> Self {
        Self {
            class,
            owner,
            crs: None,
            map: BTreeMap::new(),
            merge_same_position: false,
            extent: None,
            max_bytes: DEFAULT_MAX_BYTES,
        }
    }
}

/// An asset and the rows it was read from.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadAsset {
    /// Row numbers as in the report.
    pub rows: Vec<u32>,
    /// The asset.
    pub asset: Asset,
}

/// An organisation that a file names in its owner column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganisationSeen {
    /// The code made of its name.
    pub code: OrganisationCode,
    /// Its name as first written.
    pub name: String,
}

/// What was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Import {
    /// The assets, in order of their first rows.
    pub assets: Vec<ReadAsset>,
    /// The owners named by [`OwnerSource::Field`], in order of appearance; empty otherwise.
    pub organisations_seen: Vec<OrganisationSeen>,
    /// What became of every row.
    pub report: Report,
}

impl Import {
    /// Refuses assets whose owner, class and code the registry already has, as [`identity`] writes them.
    pub fn refuse_identities(&mut self, taken: &HashSet<String>) {
        let is_taken = |asset: &Asset| {
            asset.code.as_ref().filter(|code| taken.contains(&identity(&asset.owner, asset.class(), code))).cloned()
        };
        let mut refused = Findings::resume(&mut self.report);
        self.assets.retain(|ReadAsset { rows, asset }| {
            let Some(code) = is_taken(asset) else { return true };
            for row in rows {
                refused.refuse(*row, Some("code"), Some(code.as_str()), refusal::registered_code());
            }
            let rows = count(rows);
            self.report.rows_accepted -= rows;
            self.report.rows_refused += rows;
            self.report.assets -= 1;
            false
        });
        (self.report.findings, self.report.more) = refused.finish();
    }
}

fn count<T>(things: &[T]) -> u32 {
    u32::try_from(things.len()).unwrap_or(u32::MAX)
}

/// Reads the assets of a GeoJSON or CSV file. Bad rows are refused with a finding; the rest of the file stays usable.
///
/// `new_id` is called once for every asset.
///
/// # Errors
/// [`FileError`] when the file as a whole cannot be read as the options say.
pub fn read_assets(
    file_name: &str,
    bytes: &[u8],
    options: &ImportOptions,
    new_id: impl FnMut() -> AssetId,
) -> Result<Import, FileError> {
    let text = bytes::text(bytes, options.max_bytes)?;
    let mapping = Mapping(options.map.clone());
    let mut columns = Columns::new(options, &mapping)?;
    let format = bytes::format(file_name, &text);
    let mut gathered = Gathered::new(options.merge_same_position, new_id);
    let mut seen = Seen::default();

    let crs = match format {
        Format::Csv => {
            let crs = options.crs.unwrap_or(Crs::WGS84);
            let file = DelimitedFile::open(&text, &mapping, crs)?;
            columns.positions(file.position_columns());
            seen.add(file.header.names.iter().filter(|name| !name.is_empty()).map(String::as_str));
            columns.require_named(&seen)?;
            let mut reader =
                RowReader::new(Reading { options, columns: &columns, notation: file.notation }, ground(options, crs));
            file.each(|row| gathered.take(&mut reader, row))?;
            gathered.finish_reading(reader);
            crs
        }
        Format::GeoJson => {
            let file = FeatureFile::open(&text)?;
            let crs = declared_crs(options.crs, file.crs_member)?;
            if options.crs.is_none() && file.crs_member.is_some() {
                gathered.findings.tell(Severity::Info, None, None, refusal::crs_member(crs));
            }
            let mut reader = RowReader::new(
                Reading { options, columns: &columns, notation: Notation::default() },
                ground(options, crs),
            );
            file.each(|row| {
                seen.add(row.cells.names());
                gathered.take(&mut reader, row);
                Ok(())
            })?;
            columns.require_named(&seen)?;
            gathered.finish_reading(reader);
            crs
        }
    };
    columns.tell_unknown(&seen, options.class, &mut gathered.findings);
    Ok(gathered.into_import(file_name, format, crs, columns.used(&seen)))
}

fn ground(options: &ImportOptions, crs: Crs) -> Ground {
    Ground { crs, bounds: options.extent.map(|extent| extent.bbox.expanded(extent.margin.get())) }
}

fn declared_crs(declared: Option<Crs>, in_file: Option<Crs>) -> Result<Crs, FileError> {
    match (declared, in_file) {
        (Some(declared), Some(in_file)) if declared != in_file => Err(FileError::CrsConflict { declared, in_file }),
        (declared, in_file) => Ok(declared.or(in_file).unwrap_or(Crs::WGS84)),
    }
}
