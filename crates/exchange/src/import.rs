//! Assets out of a file, and what became of every row.

mod cells;
mod columns;
mod gathered;
mod group;
mod row;
mod thinned;

use std::{collections::BTreeMap, ops::ControlFlow};

use hatang_core::{
    AssetClass, AssetCode, BoundingBox, Metres, OrganisationCode,
    asset::{Asset, AssetId},
};
use hatang_crs::Crs;

use self::{
    cells::Reading,
    columns::{Columns, Seen},
    gathered::{Gathered, Told},
    row::RowReader,
};
use crate::{
    FileError,
    bytes::DEFAULT_MAX_BYTES,
    crs_check::{Axes, Surroundings},
    fields,
    geometry::Ground,
    number::{DecimalMark, has_decimal_comma},
    opened::{Content, Opened},
    refusal,
    report::{Findings, Format, Report, Severity},
    rows::{How, Mapping, RowSource, Stop, ended},
    text::{Encoding, Words, legacy_in_unicode},
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
    /// Whether `crs` holds even where the file itself declares another: the file is wrong.
    pub crs_overrides_file: bool,
    /// The order of a position's two numbers.
    pub axes: Axes,
    /// How the file's letters are written; `None` is what the file declares or what its words show.
    pub encoding: Option<Encoding>,
    /// The mark before decimals where people write numbers; `None` reads what can mean one thing only.
    pub decimal: Option<DecimalMark>,
    /// The layer, sheet or table to read of a file that has several.
    pub layer: Option<String>,
    /// Where positions may lie; `None` is the world.
    pub extent: Option<Extent>,
    /// What a wrong reference system is recognised by; `None` leaves that unchecked.
    pub surroundings: Option<Surroundings>,
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
            crs_overrides_file: false,
            axes: Axes::EastFirst,
            encoding: None,
            decimal: None,
            layer: None,
            surroundings: None,
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
    /// The identity that the file gives it: a feature's `id`, or a column `asset_id` as our own exports have it.
    pub given_id: Option<String>,
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

impl Report {
    /// Refuses assets whose owner, class and code the registry already has: the rows of each, and its code.
    pub fn refuse_registered(&mut self, assets: &[(Vec<u32>, AssetCode)]) {
        let mut refused = Findings::resume(self);
        for (rows, code) in assets {
            for row in rows {
                refused.refuse(*row, Some("code"), Some(code.as_str()), refusal::registered_code());
            }
            let rows = count(rows);
            self.rows_accepted -= rows;
            self.rows_refused += rows;
            self.assets -= 1;
        }
        (self.findings, self.more) = refused.finish();
    }
}

fn count<T>(things: &[T]) -> u32 {
    u32::try_from(things.len()).unwrap_or(u32::MAX)
}

/// What was read, when the assets went elsewhere one by one.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// The owners named by [`OwnerSource::Field`], in order of appearance; empty otherwise.
    pub organisations_seen: Vec<OrganisationSeen>,
    /// What became of every row.
    pub report: Report,
}

/// Reads the assets of a file in any of the formats of [`Format`]. Bad rows are refused with a finding; the rest of
/// the file stays usable.
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
    let mut assets = Vec::new();
    let Summary { organisations_seen, report } = stream_assets(file_name, bytes, options, new_id, |asset| {
        assets.push(asset);
        ControlFlow::Continue(())
    })?;
    Ok(Import { assets, organisations_seen, report })
}

/// Reads a file as [`read_assets`] does and hands over every asset as soon as it is read, so that a file of any length
/// needs little memory. Only where rows at the same position are merged all of them wait for the end.
///
/// `take` ends the reading early by breaking; the report then covers what was read until then.
///
/// # Errors
/// As for [`read_assets`]; assets may have been handed over before.
pub fn stream_assets(
    file_name: &str,
    bytes: &[u8],
    options: &ImportOptions,
    new_id: impl FnMut() -> AssetId,
    take: impl FnMut(ReadAsset) -> ControlFlow<()>,
) -> Result<Summary, FileError> {
    let content = Content::unpack(file_name, bytes, options)?;
    let mut mapping = Mapping(options.map.clone());
    let Opened { source, format, crs, encoding, commas_seen, told } = content.open(options, &mapping)?;
    if format == Format::Shapefile {
        short_names(&mut mapping, options.class);
    }
    let mut columns = Columns::new(options, &mapping)?;
    let mut seen = Seen::default();
    if let Some(header) = source.header() {
        columns.positions(source.position_fields());
        seen.add(header.names.iter().filter(|name| !name.is_empty()).map(String::as_str));
        columns.require_named(&seen)?;
    }
    let mut gathered = Gathered::new(options.merge_same_position, new_id, take);
    for told in told {
        gathered.findings.tell(Severity::Info, None, None, told);
    }
    if let Some(template) = source.template() {
        template.check(options.class)?;
        gathered.findings.tell(Severity::Info, None, None, refusal::remarks_skipped(&template.to_string()));
    }
    let (how, encoding) = how(&*source, options, encoding, commas_seen)?;
    tell_encoding(encoding, options, &mut gathered.findings);

    let ground = Ground {
        crs,
        axes: options.axes,
        bounds: options.extent.map(|extent| extent.bbox.expanded(extent.margin.get())),
    };
    let pairs = columns.pairs(source.header(), &mapping);
    let planned = source.template().is_some_and(|template| template.planned);
    let reading = Reading { options, columns: &columns, notation: how.notation, planned };
    let mut reader = RowReader::new(reading, ground, pairs);
    let is_table = source.header().is_some();
    ended(source.each(how, &mut |row| {
        if !is_table {
            seen.add(row.cells.names());
        }
        gathered.take(&mut reader, row)
    }))?;
    columns.require_named(&seen)?;
    let checks = gathered.finish_reading(reader, crs, options);
    columns.tell_unknown(&seen, options.class, &mut gathered.findings);
    let told = Told {
        file: file_name.to_owned(),
        format,
        encoding,
        template: source.template().cloned(),
        crs,
        axes: options.axes,
        columns_used: columns.used(&seen),
    };
    Ok(gathered.into_summary(told, checks))
}

/// How the cells are read: letters of a font encoding that were saved as Unicode are found among the first rows.
fn how(
    source: &dyn RowSource,
    options: &ImportOptions,
    encoding: Encoding,
    commas_seen: bool,
) -> Result<(How, Encoding), FileError> {
    const LOOKED_AT: u32 = 2_000;
    let (mut texts, mut commas_seen, mut rows) = (Vec::new(), commas_seen, 0);
    let look = options.encoding.is_none() && encoding.legacy().is_none();
    ended(source.each(How::default(), &mut |row| {
        rows += 1;
        for text in row.cells.all_texts() {
            if look && !text.is_ascii() {
                texts.push(text.to_owned());
            }
            commas_seen |= has_decimal_comma(text.trim());
        }
        if rows < LOOKED_AT { Ok(()) } else { Err(Stop::Enough) }
    }))?;
    let encoding = legacy_in_unicode(texts.iter().map(String::as_str)).unwrap_or(encoding);
    let notation = match (source.is_typed_by_people(), options.decimal) {
        (_, Some(mark)) => Notation::Declared(mark),
        (true, None) => Notation::People { commas_seen },
        (false, None) => Notation::People { commas_seen: false },
    };
    Ok((How { words: Words { legacy: encoding.legacy() }, notation }, encoding))
}

fn tell_encoding(encoding: Encoding, options: &ImportOptions, findings: &mut Findings) {
    if options.encoding == Some(encoding) {
        findings.tell(Severity::Info, None, None, refusal::encoding_declared(encoding));
    } else if encoding != Encoding::Utf8 {
        findings.tell(Severity::Info, None, None, refusal::encoding_found(encoding));
    }
}

/// Shapefiles cut names at ten letters: a field whose first ten no other field has is read from a column of that name.
fn short_names(mapping: &mut Mapping, class: AssetClass) {
    const LETTERS: usize = 10;
    let names = fields::names(class);
    for name in names.iter().filter(|name| LETTERS < name.len()) {
        let short = &name[..LETTERS];
        let is_its_own = names.iter().filter(|other| other.starts_with(short)).count() == 1;
        if is_its_own && !mapping.0.contains_key(*name) {
            mapping.0.insert((*name).to_owned(), short.to_owned());
        }
    }
}
