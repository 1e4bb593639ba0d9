//! Files about the ground that coverage is computed on: terrain, and how people are spread over it. The journal holds what
//! a file is and the hash of its bytes; the bytes lie beside it, by that hash.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::coverage_source::SourceId;

/// A file about the ground.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroundSource {
    /// Its identity.
    pub id: SourceId,
    /// What it tells.
    pub kind: GroundKind,
    /// SHA-256 of the file's bytes, in hexadecimal digits.
    pub sha256: String,
    /// How the file is written.
    pub form: GroundForm,
    /// The day that it is of.
    pub dated: Date,
    /// Who made it, and where it comes from.
    pub source: String,
    /// Cells, or rows, that hold a value.
    pub size: u64,
    /// Why it no longer counts; it stays listed for ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retired: Option<String>,
}

/// What a file about the ground tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GroundKind {
    /// Heights of the bare ground above sea level, in metres.
    Terrain,
    /// How many people live in each cell, compared with the others.
    Population,
}

impl GroundKind {
    /// Every kind.
    pub const ALL: [Self; 2] = [Self::Terrain, Self::Population];

    /// Its word in questions and answers.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Terrain => "terrain",
            Self::Population => "population",
        }
    }
}

/// How a file about the ground is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GroundForm {
    /// A `GeoTIFF` of one band.
    Geotiff,
    /// Rows of longitude, latitude and people.
    Csv,
}
