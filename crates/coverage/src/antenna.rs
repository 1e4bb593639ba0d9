//! How an antenna spreads its power.

use hatang_core::Degrees;

/// A sector antenna: its greatest gain, and how the gain falls off to the sides and up and down.
///
/// The standard gives this form for one 8 dBi element; a panel has the same form with its data sheet's figures.
///
/// Source: 3GPP TR 38.901 v19.4.0, Table 7.3-1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pattern {
    /// Gain where the antenna looks, in dBi.
    pub gain_dbi: f64,
    /// Angle between the two half-power directions, on the horizon.
    pub horizontal_beamwidth: Degrees,
    /// The same, up and down.
    pub vertical_beamwidth: Degrees,
    /// How far below the horizon the antenna looks.
    pub tilt: Degrees,
    /// The most that any direction is weaker, in dB.
    pub floor_db: f64,
}

impl Pattern {
    /// Gain in a direction, in dBi: `aside` of where the antenna looks, and `below` the horizon.
    #[must_use]
    pub fn gain(&self, aside: Degrees, below: Degrees) -> f64 {
        self.gain_dbi - self.attenuation_db(aside.get(), below.get())
    }

    pub(crate) fn attenuation_db(&self, aside_deg: f64, below_deg: f64) -> f64 {
        let horizontal = self.horizontal_db(aside_deg).min(self.floor_db);
        let vertical = self.vertical_db(below_deg).min(self.floor_db);
        (horizontal + vertical).min(self.floor_db)
    }

    /// The fall-off to the side, before the floor, in dB.
    pub(crate) fn horizontal_db(&self, aside_deg: f64) -> f64 {
        fall_off(turned(aside_deg) / self.horizontal_beamwidth.get())
    }

    /// The fall-off up and down, before the floor, in dB.
    pub(crate) fn vertical_db(&self, below_deg: f64) -> f64 {
        fall_off((below_deg - self.tilt.get()) / self.vertical_beamwidth.get())
    }
}

fn fall_off(beamwidths: f64) -> f64 {
    12.0 * beamwidths * beamwidths
}

/// The angle between two directions of which one is `degrees` beyond the other: 0 to 180.
pub(crate) fn turned(degrees: f64) -> f64 {
    let turned = degrees.rem_euclid(360.0);
    turned.min(360.0 - turned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn degrees(value: f64) -> Degrees {
        Degrees::new(value).unwrap()
    }

    #[test]
    fn a_panel_is_strongest_where_it_looks_and_half_as_strong_at_half_its_beamwidth() {
        let panel = Pattern {
            gain_dbi: 17.0,
            horizontal_beamwidth: degrees(65.0),
            vertical_beamwidth: degrees(8.0),
            tilt: degrees(3.0),
            floor_db: 30.0,
        };
        for (name, aside, below, gain) in [
            ("ahead", 0.0, 3.0, 17.0),
            ("half the beamwidth aside", 32.5, 3.0, 14.0),
            ("the same on the other side, once round", 327.5, 3.0, 14.0),
            ("half the beamwidth down", 0.0, 7.0, 14.0),
            ("both", -32.5, -1.0, 11.0),
            ("behind", 180.0, 3.0, -13.0),
            ("under the mast", 0.0, 90.0, -13.0),
        ] {
            let seen = panel.gain(degrees(aside), degrees(below));
            assert!((seen - gain).abs() < 1e-9, "{name}: {seen}");
        }
    }

    #[test]
    fn the_angle_between_two_directions_is_never_more_than_half_a_turn() {
        for (degrees, expected) in [(0.0, 0.0), (190.0, 170.0), (-190.0, 170.0), (350.0, 10.0), (720.0, 0.0)] {
            assert!((turned(degrees) - expected).abs() < 1e-9, "{degrees}");
        }
    }
}
