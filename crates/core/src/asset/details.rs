//! What only one class of asset has. Field names are those of files (`design.md` §7 of the project's contract).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    class::{AssetClass, HostKind, ManholeKind, MastClass, Surface, Technology, TrenchKind},
    parts::{Attachment, Bore, Crossing, Level, Shelf},
};
use crate::{
    capacity::Occupancy,
    codes::{AssetCode, NetworkCode, OrganisationCode},
    units::{Degrees, Metres},
};

/// The part of a record that depends on the class.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "class", rename_all = "snake_case")]
pub enum Details {
    /// Antenna mast.
    Mast(Mast),
    /// Radio station.
    RadioStation(RadioStation),
    /// Cable pole.
    Pole(Pole),
    /// Route from pole to pole.
    AerialRoute(AerialRoute),
    /// Conduit.
    Duct(Duct),
    /// Manhole.
    Manhole(Manhole),
    /// Trench or tunnel.
    Trench(Trench),
    /// Cabinet.
    Cabinet(Cabinet),
    /// Structure of another sector.
    Host(Host),
}

macro_rules! details {
    (
        $(#[$doc:meta])* $name:ident $(with $(#[$units_doc:meta])* $units:ident)?
        { $($(#[$field_doc:meta])* $field:ident: $kind:ty,)* }
        $(made of { $($(#[$part_doc:meta])* $parts:ident: $part:ty,)* })?
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        pub struct $name {
            $($(#[$field_doc])* #[serde(default, skip_serializing_if = "Option::is_none")] pub $field: Option<$kind>,)*
            $($(#[$units_doc])* #[serde(default)] pub $units: Occupancy,)?
            $($($(#[$part_doc])* #[serde(default, skip_serializing_if = "Vec::is_empty")] pub $parts: Vec<$part>,)*)?
        }
    };
}

details! {
    /// What is known of a mast.
    Mast with
    /// Places for antennas of one operator each.
    slots {
        /// Form by law.
        mast_class: MastClass,
        /// Lattice, monopole, guyed…
        structure: String,
        /// Height above its foot, lightning rod excluded.
        height_m: Metres,
        /// Whether it stands on a building.
        on_building: bool,
        /// Height of that building.
        building_height_m: Metres,
        /// From the mast's axis to its outermost part.
        half_width_m: Metres,
        /// How many operators it was designed for.
        operators_designed: u32,
        /// Share of the structure's strength in use, in percent.
        structural_use_pct: f64,
        /// Share of the foundation's strength in use, in percent.
        foundation_use_pct: f64,
        /// Antenna area that the structure can still carry in the wind, in square metres.
        wind_area_free_m2: f64,
        /// Land that the mast and its shelter take, in square metres.
        land_area_m2: f64,
        /// Container, building, cabinet on the mast…
        shelter: String,
        /// Electric power that another tenant could draw, in kilowatts.
        power_spare_kw: f64,
        /// How long the site runs without mains, in hours.
        backup_h: f64,
    }
    made of {
        /// Where antennas hang or could hang.
        levels: Level,
    }
}
details! {
    /// What is known of a pole.
    Pole with
    /// Cable attachments.
    attachments {
        /// Height above ground.
        height_m: Metres,
        /// Concrete, steel, wood…
        material: String,
        /// The sector it is shared with: power, lighting.
        shared_with: String,
        /// Boxes and cabinets hanging on it.
        boxes: u32,
        /// Strength class, as its maker states it.
        strength_class: String,
        /// Share of its strength in use, in percent.
        load_use_pct: f64,
    }
    made of {
        /// What each tenant has on it.
        attached: Attachment,
    }
}
details! {
    /// What is known of an aerial route.
    AerialRoute {
        /// First pole's code.
        from_pole: AssetCode,
        /// Last pole's code.
        to_pole: AssetCode,
        /// Lowest height over ground anywhere along it.
        clearance_m: Metres,
        /// How many cables hang there.
        cables: u32,
        /// The longest distance between two of its poles.
        longest_span_m: Metres,
    }
    made of {
        /// Codes of the poles between the first and the last, in order.
        via_poles: AssetCode,
        /// What it passes over, each with the lowest clearance there.
        crossings: Crossing,
    }
}
details! {
    /// What is known of a duct.
    Duct with
    /// Bores; a bore counts as used when any cable lies in it.
    bores {
        /// First manhole's code.
        from_manhole: AssetCode,
        /// Last manhole's code.
        to_manhole: AssetCode,
        /// What lies above.
        surface: Surface,
        /// From the surface to the top layer.
        depth_m: Metres,
        /// Inner diameter of a bore, in millimetres.
        bore_diameter_mm: f64,
        /// What the bores are made of: HDPE, PVC, steel…
        material: String,
        /// The trench or tunnel that it lies in, by code.
        trench: AssetCode,
    }
    made of {
        /// Its bores one by one, with what lies in each.
        bank: Bore,
    }
}
details! {
    /// What is known of a manhole.
    Manhole {
        /// Handhole, manhole or vault.
        kind: ManholeKind,
        /// Kind of cover.
        cover: String,
        /// Inner length.
        length_m: Metres,
        /// Inner width.
        width_m: Metres,
        /// Inner depth.
        depth_m: Metres,
        /// Splice closures in it.
        closures: u32,
        /// Whether water stands in it.
        floods: bool,
        /// When somebody last opened it.
        inspected_on: Date,
    }
}
details! {
    /// What is known of a trench or tunnel.
    Trench with
    /// Shelf slots.
    slots {
        /// Trench or tunnel.
        kind: TrenchKind,
        /// From the surface to the bottom.
        depth_m: Metres,
        /// Inner width.
        width_m: Metres,
    }
    made of {
        /// Its shelves one by one.
        shelves: Shelf,
    }
}
details! {
    /// What is known of a cabinet.
    Cabinet with
    /// Ports.
    ports {
        /// Kind of cabinet.
        kind: String,
        /// The pole that it hangs on, by code.
        pole: AssetCode,
    }
}
details! {
    /// What is known of a structure of another sector.
    Host with
    /// Places for telecom equipment.
    slots {
        /// What it is.
        kind: HostKind,
        /// Height above ground.
        height_m: Metres,
        /// Where it stands, as people say it; never a person's name.
        address: String,
        /// Share of its strength in use, in percent.
        load_use_pct: f64,
    }
}

/// What is known of a radio station.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RadioStation {
    /// The code of the mast it hangs on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mast: Option<AssetCode>,
    /// Who owns that mast, when that is not the station's owner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mast_owner: Option<OrganisationCode>,
    /// The network it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub network: Option<NetworkCode>,
    /// Generations it transmits.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub technologies: Vec<Technology>,
    /// Bands, in megahertz.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bands_mhz: Vec<f64>,
    /// Where the sectors look, clockwise from north.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub azimuths_deg: Vec<Degrees>,
    /// Height of the antennas above ground.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub antenna_height_m: Option<Metres>,
    /// Radiated power of one sector against an isotropic antenna, in decibel-milliwatts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub eirp_dbm: Option<f64>,
}

impl Details {
    /// The class these details belong to.
    #[must_use]
    pub const fn class(&self) -> AssetClass {
        match self {
            Self::Mast(_) => AssetClass::Mast,
            Self::RadioStation(_) => AssetClass::RadioStation,
            Self::Pole(_) => AssetClass::Pole,
            Self::AerialRoute(_) => AssetClass::AerialRoute,
            Self::Duct(_) => AssetClass::Duct,
            Self::Manhole(_) => AssetClass::Manhole,
            Self::Trench(_) => AssetClass::Trench,
            Self::Cabinet(_) => AssetClass::Cabinet,
            Self::Host(_) => AssetClass::Host,
        }
    }

    /// Details of a class of which nothing is known yet.
    #[must_use]
    pub fn empty(class: AssetClass) -> Self {
        match class {
            AssetClass::Mast => Self::Mast(Mast::default()),
            AssetClass::RadioStation => Self::RadioStation(RadioStation::default()),
            AssetClass::Pole => Self::Pole(Pole::default()),
            AssetClass::AerialRoute => Self::AerialRoute(AerialRoute::default()),
            AssetClass::Duct => Self::Duct(Duct::default()),
            AssetClass::Manhole => Self::Manhole(Manhole::default()),
            AssetClass::Trench => Self::Trench(Trench::default()),
            AssetClass::Cabinet => Self::Cabinet(Cabinet::default()),
            AssetClass::Host => Self::Host(Host::default()),
        }
    }

    /// Units with the file names of their total and their used number; `None` where a class counts none.
    #[must_use]
    pub const fn occupancy(&self) -> Option<(Occupancy, &'static str, &'static str)> {
        match self {
            Self::Mast(Mast { slots, .. }) | Self::Trench(Trench { slots, .. }) | Self::Host(Host { slots, .. }) => {
                Some((*slots, "slots_total", "slots_used"))
            }
            Self::Pole(pole) => Some((pole.attachments, "attachments_total", "attachments_used")),
            Self::Duct(duct) => Some((duct.bores, "bores_total", "bores_used")),
            Self::Cabinet(cabinet) => Some((cabinet.ports, "ports_total", "ports_used")),
            Self::RadioStation(_) | Self::AerialRoute(_) | Self::Manhole(_) => None,
        }
    }
}
