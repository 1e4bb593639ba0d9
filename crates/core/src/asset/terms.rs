//! On which terms others may use a structure, as its owner has published them.

use serde::{Deserialize, Serialize};

use super::AssetClass;

/// What an owner has published of the terms. Nothing is taken for granted: what is not published is to be asked for.
///
/// Source: QĐ 72/2025/QĐ-UBND Bắc Ninh, Art. 7(1) and 12(4), as the list of what owners publish beside place and capacity;
/// the fields are filled by owners anywhere, and no rule judges them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// Rent for one unit and one year, in đồng: a slot or an attachment; of a route, duct or trench one metre of one cable.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rent_vnd_year: Option<u32>,
    /// For how long it is let, in months.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lease_months: Option<u32>,
    /// The technical conditions of sharing, in the owner's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sharing_conditions: Option<String>,
}

impl Terms {
    /// Whether nothing is published.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl AssetClass {
    /// Whether others can use such structures, so that an owner can publish terms.
    #[must_use]
    pub const fn can_be_let(self) -> bool {
        matches!(self, Self::Mast | Self::Pole | Self::AerialRoute | Self::Duct | Self::Trench | Self::Host)
    }
}
