//! The code lists of assets.

use crate::code_list::code_list;

code_list! {
    /// What kind of structure an asset is.
    AssetClass, "asset classes" {
        /// Antenna mast (cột ăng ten).
        Mast = "mast",
        /// Radio station that hangs on a mast.
        RadioStation = "radio_station",
        /// Cable pole (cột treo cáp).
        Pole = "pole",
        /// Cable route from pole to pole.
        AerialRoute = "aerial_route",
        /// Conduit between manholes (cống, ống cáp).
        Duct = "duct",
        /// Manhole (bể cáp).
        Manhole = "manhole",
        /// Trench or tunnel (hào, tuy nen).
        Trench = "trench",
        /// Street cabinet (tủ cáp).
        Cabinet = "cabinet",
        /// Structure of another sector that could carry telecom equipment.
        Host = "host",
    }
}

impl AssetClass {
    /// Whether an asset of this class stands at one position.
    #[must_use]
    pub const fn is_point(self) -> bool {
        !self.is_line()
    }

    /// Whether an asset of this class runs along a line.
    #[must_use]
    pub const fn is_line(self) -> bool {
        matches!(self, Self::AerialRoute | Self::Duct | Self::Trench)
    }
}

code_list! {
    /// Where an asset stands in its life. Source: Open Fibre Data Standard, network status code list.
    Lifecycle, "lifecycle states" {
        /// An idea.
        Proposed = "proposed",
        /// Decided.
        Planned = "planned",
        /// Being built.
        UnderConstruction = "under_construction",
        /// Built and not in use.
        Inactive = "inactive",
        /// In use.
        Operational = "operational",
        /// Taken down or given up.
        Decommissioned = "decommissioned",
        /// Stands, and nobody owns up to it.
        Orphan = "orphan",
        /// Nobody has said.
        Unknown = "unknown",
    }
}

impl Lifecycle {
    /// Whether the structure stands on the ground today, as far as anybody has said.
    #[must_use]
    pub const fn stands(self) -> bool {
        matches!(self, Self::Inactive | Self::Operational | Self::Orphan | Self::Unknown | Self::UnderConstruction)
    }
}

code_list! {
    /// Form of a mast. Source: TTLT 15/2016/TTLT-BTTTT-BXD and provincial plans.
    MastClass, "mast classes" {
        /// Not bulky, small, on a building.
        A1a = "A1a",
        /// Not bulky, camouflaged or in harmony with its place.
        A1b = "A1b",
        /// Bulky, on a building.
        A2a = "A2a",
        /// Bulky, on the ground.
        A2b = "A2b",
        /// Other bulky forms.
        A2c = "A2c",
    }
}

code_list! {
    /// A generation of mobile networks.
    Technology, "technologies" {
        /// GSM.
        G2 = "2g",
        /// UMTS.
        G3 = "3g",
        /// LTE.
        G4 = "4g",
        /// NR.
        G5 = "5g",
    }
}

code_list! {
    /// What lies above a duct.
    Surface, "surfaces" {
        /// Pavement (hè).
        Pavement = "pavement",
        /// Carriageway (lòng đường).
        Carriageway = "carriageway",
        /// Verge (lề).
        Verge = "verge",
    }
}

code_list! {
    /// Open or walkable.
    TrenchKind, "trench kinds" {
        /// Technical trench (hào kỹ thuật).
        Trench = "trench",
        /// Technical tunnel (tuy nen kỹ thuật).
        Tunnel = "tunnel",
    }
}

code_list! {
    /// Structures of other sectors.
    HostKind, "host kinds" {
        /// The roof of a building.
        Roof = "roof",
        /// A lamp post.
        LampPost = "lamp_post",
        /// A power pole.
        PowerPole = "power_pole",
        /// A bridge.
        Bridge = "bridge",
        /// Land in public hands.
        PublicLand = "public_land",
    }
}

code_list! {
    /// How large a chamber is. Source: INSPIRE, utility networks, manhole types.
    ManholeKind, "manhole kinds" {
        /// Reached into by hand.
        Handhole = "handhole",
        /// Entered by a person.
        Manhole = "manhole",
        /// A room.
        Vault = "vault",
    }
}

code_list! {
    /// What an aerial route passes over.
    CrossingKind, "crossing kinds" {
        /// A road.
        Road = "road",
        /// A railway.
        Rail = "rail",
        /// A navigable waterway.
        Waterway = "waterway",
        /// A power line.
        PowerLine = "power_line",
        /// A dyke.
        Dyke = "dyke",
        /// Houses and yards.
        Yard = "yard",
        /// Fields and open land.
        OpenLand = "open_land",
    }
}

code_list! {
    /// Whose cables a shelf is meant for.
    ShelfUse, "shelf uses" {
        /// Telecommunications.
        Telecom = "telecom",
        /// Electric power.
        Power = "power",
        /// Street lighting.
        Lighting = "lighting",
        /// Water.
        Water = "water",
        /// Nobody in particular.
        Any = "any",
    }
}

code_list! {
    /// Which of the two parallel pictures a record belongs to, and whether it is still in it.
    Layer, "layers" {
        /// What stands.
        Current = "current",
        /// What somebody intends.
        Planned = "planned",
        /// What has been taken down or given up.
        Past = "past",
    }
}

impl Lifecycle {
    /// The picture that a record in this state belongs to.
    #[must_use]
    pub const fn layer(self) -> Layer {
        match self {
            Self::Proposed | Self::Planned => Layer::Planned,
            Self::Decommissioned => Layer::Past,
            Self::UnderConstruction | Self::Inactive | Self::Operational | Self::Orphan | Self::Unknown => {
                Layer::Current
            }
        }
    }
}
