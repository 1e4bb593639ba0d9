//! What walls and car bodies take.
//!
//! Source: 3GPP TR 38.901 v19.4.0, Tables 7.4.3-1 to 7.4.3-3.

use serde::{Deserialize, Serialize};

/// How much an outer wall takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wall {
    /// Timber and ordinary glass.
    Timber,
    /// Ordinary glass and some concrete; the most that the rural rows foresee.
    Low,
    /// Coated glass and much concrete.
    High,
}

/// A loss beside the path, and how much places scatter around it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Extra {
    /// Median loss, in dB.
    pub loss_db: f64,
    /// Standard deviation, in dB.
    pub sigma_db: f64,
}

/// The loss of a wall at a frequency in GHz, without the way inside.
#[must_use]
pub fn wall(wall: Wall, frequency_ghz: f64) -> Extra {
    let glass_db = 2.0 + 0.2 * frequency_ghz;
    let coated_glass_db = 25.4 + 0.11 * frequency_ghz;
    let concrete_db = 5.0 + 4.0 * frequency_ghz;
    let plywood_db = 1.03 + 0.17 * frequency_ghz;
    let through = |share: f64, loss_db: f64| share * libm::pow(10.0, -loss_db / 10.0);
    let (power, sigma_db) = match wall {
        Wall::Timber => (through(0.3, glass_db) + through(0.7, plywood_db), 4.4),
        Wall::Low => (through(0.3, glass_db) + through(0.7, concrete_db), 4.4),
        Wall::High => (through(0.7, coated_glass_db) + through(0.3, concrete_db), 6.5),
    };
    Extra { loss_db: 5.0 - 10.0 * libm::log10(power), sigma_db }
}

/// The loss from outside to a place so many metres inside.
#[must_use]
pub fn indoors(kind: Wall, frequency_ghz: f64, inside_m: f64) -> Extra {
    let Extra { loss_db, sigma_db } = wall(kind, frequency_ghz);
    Extra { loss_db: loss_db + 0.5 * inside_m, sigma_db }
}

/// The loss into a car with ordinary windows.
pub const CAR: Extra = Extra { loss_db: 9.0, sigma_db: 5.0 };
