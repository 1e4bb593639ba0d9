//! One door to every format that assets leave in.

use std::io::{self, Write};

use hatang_core::{AssetClass, Text};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::{Feature, flatgeobuf, geopackage, kml, sheets, table::Layout, write_geojson};

/// The formats that assets are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportFormat {
    /// RFC 7946.
    GeoJson,
    /// OGC GeoPackage with a style and metadata.
    GeoPackage,
    /// FlatGeobuf: one type of geometry in a file.
    FlatGeobuf,
    /// Comma-separated, UTF-8 with a byte-order mark.
    Csv,
    /// A workbook of Excel since 2007.
    Xlsx,
    /// Keyhole Markup Language.
    Kml,
}

impl ExportFormat {
    /// Every format.
    pub const ALL: &'static [Self] =
        &[Self::GeoJson, Self::GeoPackage, Self::FlatGeobuf, Self::Csv, Self::Xlsx, Self::Kml];

    /// The ending of its files' names.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::GeoJson => "geojson",
            Self::GeoPackage => "gpkg",
            Self::FlatGeobuf => "fgb",
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Kml => "kml",
        }
    }

    /// The format of a file's name; none where its ending is not one of ours.
    #[must_use]
    pub fn of_ending(ending: &str) -> Option<Self> {
        let ending = ending.to_lowercase();
        Self::ALL.iter().copied().find(|format| format.ending() == ending)
    }

    /// The type for HTTP.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::GeoJson => "application/geo+json",
            Self::GeoPackage => "application/geopackage+sqlite3",
            Self::FlatGeobuf => "application/flatgeobuf",
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Kml => "application/vnd.google-earth.kml+xml",
        }
    }
}

/// What a file is of, written into formats that have a place for it.
#[derive(Clone, Debug)]
pub struct About {
    /// The class of its features.
    pub class: AssetClass,
    /// When it is written.
    pub at: Timestamp,
    /// As whose view.
    pub view: String,
    /// The journal position that it shows, such as `11824/57`.
    pub position: String,
}

impl About {
    /// One sentence for people.
    pub(super) fn sentence(&self) -> String {
        format!(
            "Hatang: {}; vị trí nhật ký / journal position {}; góc nhìn / view {}; {}",
            self.class,
            self.position,
            self.view,
            self.at.strftime("%Y-%m-%d %H:%M UTC")
        )
    }

    /// The same for programs.
    pub(super) fn metadata(&self) -> Value {
        json!({
            "producer": "hatang", "class": self.class, "journal_position": self.position, "view": self.view,
            "written_at": self.at.to_string(), "crs": "EPSG:4326",
        })
    }
}

/// Why a file could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The place that it is written to.
    #[error("the file cannot be written")]
    Io(#[from] io::Error),
    /// A format's own library.
    #[error("the format's library refuses: {reason}")]
    Library {
        /// What it says.
        reason: String,
    },
    /// Several types of geometry for a format that holds one.
    #[error("FlatGeobuf holds one type of geometry, and there are {}", .found.join(", "))]
    MixedGeometry {
        /// Those that there are.
        found: Vec<String>,
    },
    /// A text that no cell of a workbook can hold.
    #[error(
        "the text of `{column}` in row {row} is longer than the 32,767 characters of a cell: choose another format"
    )]
    CellTooLong {
        /// The row, from 0 with the header.
        row: u32,
        /// The column.
        column: String,
    },
}

impl ExportError {
    pub(crate) fn library(error: &dyn std::fmt::Display) -> Self {
        Self::Library { reason: error.to_string() }
    }

    /// The stable code for programs.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Io(_) => "export.not_written",
            Self::Library { .. } => "export.library",
            Self::MixedGeometry { .. } => "export.mixed_geometry",
            Self::CellTooLong { .. } => "export.cell_too_long",
        }
    }

    /// The sentence for people.
    #[must_use]
    pub fn text(&self) -> Text {
        let vi = match self {
            Self::Io(_) => "không ghi được tệp".to_owned(),
            Self::Library { reason } => format!("thư viện của định dạng từ chối (chi tiết kỹ thuật: {reason})"),
            Self::MixedGeometry { found } => {
                format!("FlatGeobuf chỉ chứa một kiểu hình học, dữ liệu có {}", found.join(", "))
            }
            Self::CellTooLong { row, column } => {
                format!("văn bản của `{column}` ở hàng {row} dài hơn 32.767 ký tự của một ô: hãy chọn định dạng khác")
            }
        };
        Text::new(vi, self.to_string())
    }
}

impl From<rusqlite::Error> for ExportError {
    fn from(error: rusqlite::Error) -> Self {
        Self::library(&error)
    }
}

/// Writes features in a format, and says how many there were. `features` is asked once for what columns there are and
/// once for the rows, except by GeoJSON, which has no columns.
///
/// # Errors
/// [`ExportError`] when the writer fails or the format cannot hold the features.
pub fn write_features<'a, I: Iterator<Item = Feature<'a>>>(
    format: ExportFormat,
    about: &About,
    features: impl Fn() -> I,
    out: impl Write,
) -> Result<usize, ExportError> {
    if format == ExportFormat::GeoJson {
        let mut written = 0;
        write_geojson(features().inspect(|_| written += 1), out)?;
        return Ok(written);
    }
    let layout = Layout::of(about.class, features())?;
    match format {
        ExportFormat::GeoJson | ExportFormat::Csv => sheets::write_csv(&layout, features(), out),
        ExportFormat::Xlsx => sheets::write_xlsx(about.class, &layout, features(), out),
        ExportFormat::Kml => kml::write(about, &layout, features(), out),
        ExportFormat::GeoPackage => geopackage::write(about, &layout, features(), out),
        ExportFormat::FlatGeobuf => flatgeobuf::write(about, &layout, features(), out),
    }
}
