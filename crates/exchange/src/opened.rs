//! A file recognised by its bytes, unpacked and ready to be read row by row.

use std::borrow::Cow;

use hatang_crs::Crs;

use crate::{
    FileError, ImportOptions,
    archive::{Archive, is_zip},
    bytes,
    refusal::{self, Refusal},
    report::Format,
    rows::{
        DelimitedFile, FeatureFile, GeoPackageFile, KmlFile, Mapping, RowSource, ShapefileSet, SheetFile, geopackage,
    },
    text::{self, Encoding},
};

/// A file's content after compression and encoding.
pub(crate) enum Content<'a> {
    Text { format: Format, text: Cow<'a, str>, encoding: Encoding },
    Workbook(&'a [u8]),
    GeoPackage(Cow<'a, [u8]>),
    Shapefile(Box<ShapefileSet>),
}

/// What can be read row by row, and what the file says of itself.
pub(crate) struct Opened<'a> {
    pub(crate) source: Box<dyn RowSource + 'a>,
    pub(crate) format: Format,
    pub(crate) crs: Crs,
    pub(crate) encoding: Encoding,
    /// Whether the numbers of a table certainly have decimal commas.
    pub(crate) commas_seen: bool,
    /// What is worth knowing of the file as a whole.
    pub(crate) told: Vec<Refusal>,
}

/// How the container of a legacy Office file begins.
const OLD_OFFICE: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

impl<'a> Content<'a> {
    /// Recognises a file by its first bytes, and where these leave several formats, by its name.
    pub(crate) fn unpack(file_name: &str, bytes: &'a [u8], options: &ImportOptions) -> Result<Self, FileError> {
        let limit = options.max_bytes;
        if limit < bytes.len() {
            return Err(FileError::TooLarge { limit });
        }
        if is_zip(bytes) {
            return Self::unzip(bytes, options);
        }
        if bytes.starts_with(OLD_OFFICE) {
            // The name of the stream that an encrypted workbook hides in, as UTF-16.
            let hidden: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
            let is_encrypted = bytes.windows(hidden.len()).any(|window| window == hidden);
            return Err(if is_encrypted { FileError::Encrypted } else { FileError::OldExcel });
        }
        let bytes =
            if bytes::is_gzip(bytes) { Cow::Owned(bytes::unpacked(bytes, limit)?) } else { Cow::Borrowed(bytes) };
        if bytes.starts_with(geopackage::MAGIC) {
            return Ok(Self::GeoPackage(bytes));
        }
        Self::text(file_name, bytes, options.encoding)
    }

    fn text(file_name: &str, bytes: Cow<'a, [u8]>, declared: Option<Encoding>) -> Result<Self, FileError> {
        let declared = declared.or_else(|| declared_in_xml(&bytes));
        let (text, encoding) = match bytes {
            Cow::Borrowed(bytes) => text::decode(bytes, declared)?,
            Cow::Owned(bytes) => {
                let (text, encoding) = text::decode(&bytes, declared)?;
                (Cow::Owned(text.into_owned()), encoding)
            }
        };
        if text.trim().is_empty() {
            return Err(FileError::Empty);
        }
        let format = text_format(file_name, &text);
        Ok(Self::Text { format, text, encoding })
    }

    fn unzip(bytes: &'a [u8], options: &ImportOptions) -> Result<Self, FileError> {
        let mut archive = Archive::open(bytes, options.max_bytes)?;
        let names = archive.names();
        if names.iter().any(|(_, name)| name == "xl/workbook.xml" || name == "[Content_Types].xml") {
            return Ok(Self::Workbook(bytes));
        }
        if ShapefileSet::is_in(&archive) {
            let set = ShapefileSet::open(archive, options.layer.as_deref(), options.encoding)?;
            return Ok(Self::Shapefile(Box::new(set)));
        }
        let is_kml = |name: &str| name.to_lowercase().ends_with(".kml");
        let mut documents = Vec::new();
        for (index, name) in names.iter().filter(|(_, name)| is_kml(name)) {
            documents.push((name.clone(), archive.read(*index)?));
        }
        if !documents.is_empty() {
            let (name, document) = chosen_document(documents, options.layer.as_deref())?;
            return Self::text(&name, Cow::Owned(document), options.encoding);
        }
        let found = names.into_iter().map(|(_, name)| name).take(20).collect();
        Err(FileError::NothingInZip { found })
    }

    /// Makes ready to read rows.
    pub(crate) fn open(&self, options: &ImportOptions, mapping: &Mapping) -> Result<Opened<'_>, FileError> {
        let mut told = Vec::new();
        let unsaid = options.crs.unwrap_or(Crs::WGS84);
        let (source, format, crs, encoding): (Box<dyn RowSource + '_>, _, _, _) = match self {
            Self::Text { format: Format::GeoJson, text, encoding } => {
                let file = FeatureFile::open(text)?;
                let crs = declared_crs(options, file.crs_member, &mut told)?;
                (Box::new(file), Format::GeoJson, crs, *encoding)
            }
            Self::Text { format: Format::Kml, text, encoding } => {
                // KML knows one system only.
                let crs = declared_crs(options, Some(Crs::WGS84), &mut told)?;
                told.retain(|told| *told != refusal::crs_member(Crs::WGS84));
                (Box::new(KmlFile::open(text)?), Format::Kml, crs, *encoding)
            }
            Self::Text { text, encoding, .. } => {
                let file = DelimitedFile::open(text, mapping, unsaid)?;
                let commas_seen = file.has_decimal_commas();
                let source = Box::new(file);
                return Ok(Opened { source, format: Format::Csv, crs: unsaid, encoding: *encoding, commas_seen, told });
            }
            Self::Workbook(bytes) => {
                let file = SheetFile::open(bytes, options.max_bytes, options.layer.as_deref(), mapping, unsaid)?;
                (Box::new(file), Format::Xlsx, unsaid, options.encoding.unwrap_or(Encoding::Utf8))
            }
            Self::GeoPackage(bytes) => {
                let file = GeoPackageFile::open(bytes, options.layer.as_deref())?;
                let crs = declared_crs(options, file.crs, &mut told)?;
                (Box::new(file), Format::GeoPackage, crs, options.encoding.unwrap_or(Encoding::Utf8))
            }
            Self::Shapefile(set) => {
                let crs = declared_crs(options, set.crs, &mut told)?;
                if let Some(said) = set.declared_encoding.as_deref().filter(|said| said.parse::<Encoding>().is_err()) {
                    told.push(refusal::unknown_encoding_name(said));
                }
                (Box::new(&**set), Format::Shapefile, crs, set.encoding)
            }
        };
        Ok(Opened { source, format, crs, encoding, commas_seen: false, told })
    }
}

/// The document of a KMZ that has placemarks: the main one may only point to the others.
fn chosen_document(documents: Vec<(String, Vec<u8>)>, layer: Option<&str>) -> Result<(String, Vec<u8>), FileError> {
    const PLACEMARK: &[u8] = b"Placemark";
    let stem = |name: &str| {
        let base = name.rsplit_once('/').map_or(name, |(_, base)| base);
        base.rsplit_once('.').map_or(base, |(stem, _)| stem).to_owned()
    };
    let has_rows = |document: &[u8]| document.windows(PLACEMARK.len()).any(|window| window == PLACEMARK);
    let (mut filled, empty): (Vec<_>, Vec<_>) = documents.into_iter().partition(|(_, document)| has_rows(document));
    let found = || filled.iter().map(|(name, _)| stem(name)).collect::<Vec<_>>();
    match layer {
        Some(layer) => match filled.iter().position(|(name, _)| stem(name) == layer) {
            Some(position) => Ok(filled.swap_remove(position)),
            None => Err(FileError::NoSuchLayer { layer: layer.to_owned(), found: found() }),
        },
        None if 1 < filled.len() => Err(FileError::SeveralLayers { found: found() }),
        None => filled.pop().or_else(|| empty.into_iter().next()).ok_or(FileError::Empty),
    }
}

/// The encoding that an XML document declares in its first line.
fn declared_in_xml(bytes: &[u8]) -> Option<Encoding> {
    let beginning = String::from_utf8_lossy(bytes.get(..200.min(bytes.len()))?).into_owned();
    let (line, _) = beginning.trim_start_matches('\u{feff}').strip_prefix("<?xml")?.split_once("?>")?;
    let (_, said) = line.split_once("encoding")?;
    let said = said.trim_start_matches(['=', ' ']);
    said.trim_start_matches(['"', '\'']).split(['"', '\'']).next()?.parse().ok()
}

fn text_format(file_name: &str, text: &str) -> Format {
    let name = file_name.to_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    let beginning = text.trim_start_matches('\u{feff}').trim_start();
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("geojson" | "json") => Format::GeoJson,
        Some("kml" | "kmz") => Format::Kml,
        _ if beginning.starts_with('{') => Format::GeoJson,
        _ if beginning.starts_with("<?xml") || beginning.starts_with("<kml") => Format::Kml,
        _ => Format::Csv,
    }
}

/// The system to read in. The caller may overrule the file, and only by saying so.
fn declared_crs(options: &ImportOptions, in_file: Option<Crs>, told: &mut Vec<Refusal>) -> Result<Crs, FileError> {
    match (options.crs, in_file) {
        (Some(declared), Some(in_file)) if declared != in_file && options.crs_overrides_file => {
            told.push(refusal::crs_overridden(declared, in_file));
            Ok(declared)
        }
        (Some(declared), Some(in_file)) if declared != in_file => Err(FileError::CrsConflict { declared, in_file }),
        (Some(declared), _) => Ok(declared),
        (None, Some(in_file)) => {
            told.push(refusal::crs_member(in_file));
            Ok(in_file)
        }
        (None, None) => Ok(Crs::WGS84),
    }
}
