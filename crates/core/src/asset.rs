//! The structures of the registry: what each class is and what is known of it.

mod class;
mod details;
mod merge;
pub mod parts;
mod reference;
mod terms;

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use self::{
    class::{
        AssetClass, CrossingKind, HostKind, Layer, Lifecycle, ManholeKind, MastClass, ShelfUse, Surface, Technology,
        TrenchKind,
    },
    details::{AerialRoute, Cabinet, Details, Duct, Host, Manhole, Mast, Pole, RadioStation, Trench},
    merge::Name,
    reference::{At, Contradiction, Reference},
    terms::Terms,
};
use crate::{
    capacity::{Capacity, NullReason, Overfull},
    codes::{AssetCode, NetworkCode, OrganisationCode},
    position::Lonlat,
    shape::{InvalidShape, Shape},
    survey::Survey,
};

/// The stable identity of an asset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AssetId(pub Uuid);

impl AssetId {
    /// Of a structure that is only thought of and stands in no registry.
    pub const UNREGISTERED: Self = Self(Uuid::nil());
}

impl std::fmt::Display for AssetId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl std::str::FromStr for AssetId {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

/// Who occupies a part of an asset since when.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Tenancy {
    /// The occupant.
    pub tenant: OrganisationCode,
    /// The network that the occupant runs there, when it runs one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub network: Option<NetworkCode>,
    /// First day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Date>,
    /// Last day, once it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// Which part it is, in the owner's words: a level, a bore, a shelf.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    /// How many units (slots, attachments, bores) it takes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub units: Option<u32>,
}

impl Tenancy {
    /// A tenancy of which only the tenant is known.
    #[must_use]
    pub const fn of(tenant: OrganisationCode) -> Self {
        Self { tenant, network: None, since: None, until: None, part: None, units: None }
    }
}

/// The position as it was handed in, kept beside WGS 84.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Submitted {
    /// The declared reference system, such as `EPSG:9210`.
    pub crs: String,
    /// The coordinates' text in that system: a point's two numbers, or well-known text.
    pub coordinates: String,
    /// The operation that led to WGS 84, such as `EPSG:6960`; none when nothing was computed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operation: Option<String>,
}

/// One structure in the registry.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Asset {
    /// Stable identity, given once.
    pub id: AssetId,
    /// The owner's own code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<AssetCode>,
    /// Who owns it.
    pub owner: OrganisationCode,
    /// Who runs it, when that is somebody else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub manager: Option<OrganisationCode>,
    /// Who occupies parts of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tenants: Vec<Tenancy>,
    /// On which terms others may use it, as far as the owner has published them.
    #[serde(default, skip_serializing_if = "Terms::is_empty")]
    pub terms: Terms,
    /// Where it stands in its life.
    pub status: Lifecycle,
    /// Where it is, on WGS 84.
    pub shape: Shape,
    /// How well the position is known.
    #[serde(default)]
    pub survey: Survey,
    /// When it was built.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub built_on: Option<Date>,
    /// The document that the record comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Free text of the owner; shown to the owner and to officials.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Why a field is empty, by the field's name in files.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub nulls: BTreeMap<String, NullReason>,
    /// A defence or security site, which only those responsible may see.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub security_site: bool,
    /// The coordinates as submitted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub submitted: Option<Submitted>,
    /// The record that stands for the same structure, where this one was given up as a duplicate of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaced_by: Option<AssetId>,
    /// What only this class has.
    #[serde(flatten)]
    pub details: Details,
}

/// Why an asset cannot enter the registry.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum InvalidAsset {
    /// The geometry is incomplete.
    #[error(transparent)]
    Shape(#[from] InvalidShape),
    /// The class lies at a point or runs along a line.
    #[error("a {class} is a {expected}, not a {found}")]
    WrongGeometry {
        /// The class.
        class: AssetClass,
        /// What it must be.
        expected: &'static str,
        /// What was given.
        found: &'static str,
    },
    /// Numbers contradict each other.
    #[error(transparent)]
    Overfull(#[from] Overfull),
    /// Fields contradict each other.
    #[error(transparent)]
    Contradiction(#[from] Contradiction),
}

impl Asset {
    /// The asset's class.
    #[must_use]
    pub const fn class(&self) -> AssetClass {
        self.details.class()
    }

    /// Why a field is empty: the reason given for it, or plainly unknown.
    #[must_use]
    pub fn null_reason(&self, field: &str) -> NullReason {
        self.nulls.get(field).copied().unwrap_or(NullReason::Unknown)
    }

    /// Free units for another tenant. `None` for classes that host nobody (radio stations).
    #[must_use]
    pub fn free(&self) -> Option<Capacity> {
        let (occupancy, total_field, used_field) = self.details.occupancy()?;
        let missing = if occupancy.total.is_none() { total_field } else { used_field };
        Some(occupancy.free(self.null_reason(missing)))
    }

    /// Checks that the record can stand in the registry.
    ///
    /// # Errors
    /// [`InvalidAsset`] for the first contradiction.
    pub fn check(&self) -> Result<(), InvalidAsset> {
        self.shape.check()?;
        let class = self.class();
        let expected = match &self.shape {
            Shape::Point(_) if class.is_point() => None,
            Shape::LineString(_) if class.is_line() => None,
            Shape::Polygon(_) | Shape::MultiPolygon(_) if class == AssetClass::Host => None,
            _ if class.is_line() => Some("LineString"),
            _ => Some("Point"),
        };
        if let Some(expected) = expected {
            return Err(InvalidAsset::WrongGeometry { class, expected, found: self.shape.kind() });
        }
        if let Some((occupancy, ..)) = self.details.occupancy() {
            occupancy.check()?;
        }
        reference::check_tenants(&self.tenants)?;
        Ok(self.details.check()?)
    }

    /// A position to measure or label from: the point, or the middle of the box of a line.
    #[must_use]
    pub fn anchor(&self) -> Lonlat {
        match &self.shape {
            Shape::Point(at) => *at,
            shape => shape.bounding_box().centre(),
        }
    }
}
