//! Numbers with a unit in their type.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A length on the ground or above it, in metres. Always finite and never negative.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct Metres(f64);

/// A number that cannot be a length.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[error("{metres} is not a length in metres: it must be finite and not negative")]
pub struct InvalidLength {
    /// The number as given.
    pub metres: f64,
}

impl Metres {
    /// No length at all.
    pub const ZERO: Self = Self(0.0);

    /// Checks and wraps a number of metres.
    ///
    /// # Errors
    /// [`InvalidLength`] when `metres` is negative, infinite or not a number.
    pub fn new(metres: f64) -> Result<Self, InvalidLength> {
        if metres.is_finite() && 0.0 <= metres { Ok(Self(metres)) } else { Err(InvalidLength { metres }) }
    }

    /// Wraps a length that a computation has made: a negative rounding remainder becomes zero.
    ///
    /// # Panics
    /// When `metres` is not finite, which is a fault in the computation.
    #[must_use]
    pub fn computed(metres: f64) -> Self {
        assert!(metres.is_finite(), "a computed length must be finite, got {metres}");
        Self(metres.max(0.0))
    }

    /// The bare number of metres, for arithmetic and for the wire.
    #[must_use]
    pub const fn get(self) -> f64 {
        self.0
    }

    /// Two independent 95 % radii as one: the root of the sum of their squares.
    #[must_use]
    pub fn combined_with(self, other: Self) -> Self {
        Self(self.0.hypot(other.0).min(f64::MAX))
    }
}

impl TryFrom<f64> for Metres {
    type Error = InvalidLength;

    fn try_from(metres: f64) -> Result<Self, Self::Error> {
        Self::new(metres)
    }
}

impl From<Metres> for f64 {
    fn from(length: Metres) -> Self {
        length.0
    }
}

impl fmt::Display for Metres {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} m", self.0)
    }
}

/// An angle, in degrees. Always finite.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct Degrees(f64);

/// A number that cannot be an angle.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[error("{degrees} is not an angle in degrees: it must be finite")]
pub struct InvalidAngle {
    /// The number as given.
    pub degrees: f64,
}

impl Degrees {
    /// Checks and wraps a number of degrees.
    ///
    /// # Errors
    /// [`InvalidAngle`] when `degrees` is infinite or not a number.
    pub fn new(degrees: f64) -> Result<Self, InvalidAngle> {
        if degrees.is_finite() { Ok(Self(degrees)) } else { Err(InvalidAngle { degrees }) }
    }

    /// The bare number of degrees.
    #[must_use]
    pub const fn get(self) -> f64 {
        self.0
    }
}

impl TryFrom<f64> for Degrees {
    type Error = InvalidAngle;

    fn try_from(degrees: f64) -> Result<Self, Self::Error> {
        Self::new(degrees)
    }
}

impl From<Degrees> for f64 {
    fn from(angle: Degrees) -> Self {
        angle.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_is_finite_and_not_negative() {
        for (name, metres, good) in [
            ("zero", 0.0, true),
            ("ordinary", 119.5, true),
            ("negative", -0.1, false),
            ("infinite", f64::INFINITY, false),
            ("no number", f64::NAN, false),
        ] {
            assert_eq!(Metres::new(metres).is_ok(), good, "{name}");
        }
    }

    #[test]
    fn accuracies_combine_as_the_root_of_their_squares() {
        let combined = Metres::computed(3.0).combined_with(Metres::computed(4.0));
        assert_eq!(combined, Metres::computed(5.0));
        let longest = Metres::computed(f64::MAX);
        assert_eq!(longest.combined_with(longest), longest, "a length stays finite");
    }
}
