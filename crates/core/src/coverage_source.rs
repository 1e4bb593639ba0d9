//! What others say about coverage: an operator's declaration, or measurements. Kept apart from each other and from the
//! model.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    asset::Technology,
    codes::{NetworkCode, OrganisationCode, Territory},
    position::Lonlat,
    shape::Shape,
    visibility::{
        Audience, Secrecy, Shown, Viewer,
        policy::{Parties, shown},
    },
};

/// The identity of a declaration or a set of measurements.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SourceId(pub Uuid);

impl std::fmt::Display for SourceId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// A declaration or a set of measurements.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CoverageSource {
    /// Its identity.
    pub id: SourceId,
    /// Whose network it speaks of.
    pub network: NetworkCode,
    /// Which technology.
    pub technology: Technology,
    /// Who says so: the operator, or whoever measured.
    pub owner: OrganisationCode,
    /// Who runs the network, when that is somebody else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operator: Option<OrganisationCode>,
    /// The day from which a declaration holds, or the last day of measuring.
    pub dated: Date,
    /// The document, campaign or system that it comes from.
    pub source: String,
    /// Why it no longer counts; it stays readable for ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retired: Option<String>,
    /// What it says.
    #[serde(flatten)]
    pub says: SourceSays,
}

impl CoverageSource {
    /// How secret a source is: like what is only intended, it is between those who say it, the network's operator and the
    /// authority.
    pub const SECRECY: Secrecy = Secrecy::Intended;

    /// Whether a viewer may see it, as a record of a territory.
    #[must_use]
    pub fn is_seen_by(&self, territory: &Territory, viewer: &Viewer) -> bool {
        let parties = Parties { territory, owner: Some(&self.owner), manager: self.operator.as_ref() };
        shown(Self::SECRECY, Audience::of(viewer, parties, |_| false)) != Shown::Nothing
    }
}

/// What a source says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum SourceSays {
    /// Zones in which the operator declares service; elsewhere it declares none.
    Declared {
        /// The zones.
        zones: Vec<DeclaredZone>,
    },
    /// Levels that were measured.
    Measured {
        /// The measurements, without a trace of who carried the handset.
        points: Vec<Measurement>,
    },
}

/// A zone of an operator's declaration.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DeclaredZone {
    /// The operator's name for it, such as zone 1 and zone 2 of published speed zones.
    pub zone: String,
    /// The least download rate that is declared, in Mbit/s.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub download_mbps: Option<f64>,
    /// Where.
    pub shape: Shape,
}

/// One measured level. The position is rounded to about ten metres and the time to the day: no more is needed, and no
/// person's way can be told from it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measurement {
    /// Where.
    pub at: Lonlat,
    /// Reference signal received power, in dBm.
    pub rsrp_dbm: f64,
    /// When.
    pub on: Date,
}
