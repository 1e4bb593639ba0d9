//! What each way of serving people costs.

use hatang_coverage::siting::Means;
use serde::{Deserialize, Serialize};

/// A sum with where it comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cost {
    /// Million đồng.
    pub million_dong: u64,
    /// Who says so.
    pub source: String,
    /// Whether it only stands in until somebody who knows gives the real one.
    pub placeholder: bool,
}

/// One sum for each means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Costs {
    /// New equipment where the network already stands.
    pub own_upgrade: Cost,
    /// Equipment on a free slot of a standing mast.
    pub free_slot: Cost,
    /// Equipment on a roof, lamp post or pole of another sector.
    pub other_sector: Cost,
    /// A new mast with its equipment.
    pub new_mast: Cost,
}

impl Costs {
    /// The sum for a means, in million đồng.
    #[must_use]
    pub const fn of(&self, means: Means) -> u64 {
        match means {
            Means::OwnUpgrade => self.own_upgrade.million_dong,
            Means::FreeSlot => self.free_slot.million_dong,
            Means::OtherSector => self.other_sector.million_dong,
            Means::NewMast => self.new_mast.million_dong,
        }
    }

    /// Whether any sum only stands in.
    #[must_use]
    pub const fn has_placeholders(&self) -> bool {
        self.own_upgrade.placeholder
            || self.free_slot.placeholder
            || self.other_sector.placeholder
            || self.new_mast.placeholder
    }
}

impl Default for Costs {
    /// Sums that only order the means; nobody has given real ones yet.
    fn default() -> Self {
        let assumed = |million_dong| Cost {
            million_dong,
            source: "planning assumption until carriers give their own figures".to_owned(),
            placeholder: true,
        };
        Self {
            own_upgrade: assumed(350),
            free_slot: assumed(500),
            other_sector: assumed(450),
            new_mast: assumed(1_500),
        }
    }
}
