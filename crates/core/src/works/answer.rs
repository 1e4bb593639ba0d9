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

impl WorksAnswer {
    /// How many ducts it asks for. A wish without a number is one for at least one.
    #[must_use]
    pub fn wanted(&self) -> u32 {
        match self.interest {
            Interest::PlaceDucts => self.ducts.unwrap_or(1),
            Interest::Interested | Interest::NotInterested => 0,
        }
    }
}

/// What is answered to one work, without names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Answered {
    /// Organisations that may join.
    pub interested: u32,
    /// Organisations that have nothing to lay there.
    pub not_interested: u32,
    /// Organisations that want ducts laid.
    pub place_ducts: u32,
    /// How many ducts they want together.
    pub ducts: u32,
}

impl Answered {
    /// Counts answers, of which each organisation has given one.
    #[must_use]
    pub fn of<'a>(answers: impl IntoIterator<Item = &'a WorksAnswer>) -> Self {
        answers.into_iter().fold(Self::default(), |mut counts, answer| {
            match answer.interest {
                Interest::Interested => counts.interested += 1,
                Interest::NotInterested => counts.not_interested += 1,
                Interest::PlaceDucts => counts.place_ducts += 1,
            }
            counts.ducts = counts.ducts.saturating_add(answer.wanted());
            counts
        })
    }
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
