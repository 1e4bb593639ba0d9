//! Who is told of a work, and what they answer. What an organisation plans is its secret: answers stand in the confidential
//! journal, and others read numbers without names.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Works;
use crate::{code_list::code_list, codes::OrganisationCode, geodesy, shape::Shape, units::Metres};

code_list! {
    /// What an organisation answers to a work.
    Interest, "interests" {
        /// It wants to be kept informed and may join.
        Interested = "interested",
        /// It has nothing to lay there.
        NotInterested = "not_interested",
        /// It wants ducts laid in the same trench.
        PlaceDucts = "place_ducts",
    }
}

/// One organisation's answer to one work.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WorksAnswer {
    /// The work's code.
    pub works: String,
    /// Who answers.
    pub organisation: OrganisationCode,
    /// What.
    pub interest: Interest,
    /// How many ducts; there when ducts are wanted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ducts: Option<u32>,
    /// When it was given.
    pub at: Timestamp,
}

/// The ground on which an organisation wants to be told of works; everywhere while none is drawn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InterestArea {
    /// Whose.
    pub organisation: OrganisationCode,
    /// An area; none stands for the whole territory.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shape: Option<Shape>,
}

/// Whether an organisation with this area is told of a work: the two touch, or no area is drawn.
#[must_use]
pub fn tells(area: Option<&InterestArea>, works: &Works) -> bool {
    let Some(shape) = area.and_then(|area| area.shape.as_ref()) else { return true };
    shape.bounding_box().intersects(works.shape.bounding_box())
        && geodesy::nearest(shape, &works.shape).distance <= Metres::ZERO
}
