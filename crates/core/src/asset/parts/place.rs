//! Parts that carry something: a mast's levels, a pole's attachments, a route's crossings, a tunnel's shelves.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::notation::{InvalidPart, metres, read_code, read_known, whole, write_code, write_known};
use crate::{
    asset::class::{CrossingKind, ShelfUse},
    capacity::Occupancy,
    codes::OrganisationCode,
    units::Metres,
};

/// A level of a mast where antennas can hang. Written `36:3/2`: height in metres, slots in all, slots in use.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Level {
    /// Height above the mast's foot.
    pub height_m: Metres,
    /// Places for antennas of one operator each.
    #[serde(default)]
    pub slots: Occupancy,
}

/// What one tenant has on a pole. Written `viettel:3/1@5.2`: tenant, cables, boxes, height of the attachment in metres.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attachment {
    /// Whose it is.
    pub tenant: OrganisationCode,
    /// How many cables.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cables: Option<u32>,
    /// How many boxes and cabinets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub boxes: Option<u32>,
    /// Where on the pole, above ground.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height_m: Option<Metres>,
}

/// Where a route passes over something. Written `road:5.6@QL10 km 21`: what, the lowest clearance there in metres, where.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Crossing {
    /// What it passes over.
    pub over: CrossingKind,
    /// The lowest height over it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clearance_m: Option<Metres>,
    /// Where, in the owner's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
}

/// A shelf in a trench or tunnel. Written `1:telecom:4/2`: number, use, slots in all, slots in use.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shelf {
    /// Its number in the section, from 1.
    pub number: u32,
    /// Whose cables it is meant for.
    pub kept_for: ShelfUse,
    /// Places for cables.
    #[serde(default)]
    pub slots: Occupancy,
}

fn write_occupancy(slots: Occupancy, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    write_known(slots.total, f)?;
    f.write_str("/")?;
    write_known(slots.used, f)
}

fn read_occupancy(text: &str) -> Option<Occupancy> {
    let (total, used) = text.split_once('/').unwrap_or((text, ""));
    Some(Occupancy { total: read_known(total.trim(), whole)?, used: read_known(used.trim(), whole)? })
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.height_m.get())?;
        write_occupancy(self.slots, f)
    }
}

impl FromStr for Level {
    type Err = InvalidPart;

    fn from_str(text: &str) -> Result<Self, InvalidPart> {
        let read = || {
            let (height, slots) = text.split_once(':').unwrap_or((text, ""));
            Some(Self { height_m: metres(height.trim())?, slots: read_occupancy(slots)? })
        };
        read().ok_or_else(|| InvalidPart::new(text, "36:3/2"))
    }
}

impl fmt::Display for Attachment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_code(self.tenant.as_str(), f)?;
        f.write_str(":")?;
        write_known(self.cables, f)?;
        f.write_str("/")?;
        write_known(self.boxes, f)?;
        self.height_m.map_or(Ok(()), |height| write!(f, "@{}", height.get()))
    }
}

impl FromStr for Attachment {
    type Err = InvalidPart;

    fn from_str(text: &str) -> Result<Self, InvalidPart> {
        let read = || {
            let (tenant, rest) = text.split_once(':').unwrap_or((text, ""));
            let (counts, height) = rest.split_once('@').unwrap_or((rest, ""));
            let Occupancy { total: cables, used: boxes } = read_occupancy(counts)?;
            Some(Self {
                tenant: read_code(tenant.trim(), OrganisationCode::new)?,
                cables,
                boxes,
                height_m: read_known(height.trim(), metres)?,
            })
        };
        read().ok_or_else(|| InvalidPart::new(text, "viettel:3/1@5.2"))
    }
}

impl fmt::Display for Crossing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.over)?;
        write_known(self.clearance_m.map(Metres::get), f)?;
        self.place.as_ref().map_or(Ok(()), |place| write!(f, "@{}", place.replace(';', ",")))
    }
}

impl FromStr for Crossing {
    type Err = InvalidPart;

    fn from_str(text: &str) -> Result<Self, InvalidPart> {
        let read = || {
            let (over, rest) = text.split_once(':').unwrap_or((text, ""));
            let (clearance, place) = rest.split_once('@').unwrap_or((rest, ""));
            Some(Self {
                over: over.trim().parse().ok()?,
                clearance_m: read_known(clearance.trim(), metres)?,
                place: Some(place.trim().to_owned()).filter(|place| !place.is_empty()),
            })
        };
        read().ok_or_else(|| InvalidPart::new(text, "road:5.6@QL10"))
    }
}

impl fmt::Display for Shelf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:", self.number, self.kept_for)?;
        write_occupancy(self.slots, f)
    }
}

impl FromStr for Shelf {
    type Err = InvalidPart;

    fn from_str(text: &str) -> Result<Self, InvalidPart> {
        let read = || {
            let mut parts = text.splitn(3, ':').map(str::trim);
            Some(Self {
                number: whole(parts.next()?).filter(|number| 0 < *number)?,
                kept_for: parts.next()?.parse().ok()?,
                slots: read_occupancy(parts.next().unwrap_or_default())?,
            })
        };
        read().ok_or_else(|| InvalidPart::new(text, "1:telecom:4/2"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_is_written_as_it_is_read() {
        fn same<T: FromStr<Err = InvalidPart> + fmt::Display>(texts: &[&str]) {
            for text in texts {
                assert_eq!(text.parse::<T>().map(|part| part.to_string()).as_deref(), Ok(*text));
            }
        }
        same::<Level>(&["36:3/2", "30.5:?/?", "24:2/?"]);
        same::<Attachment>(&["viettel:3/1@5.2", "vnpt:?/?", "c%2Bd%20e:0/0"]);
        same::<Crossing>(&["road:5.6@QL10 km 21", "rail:?", "waterway:7.5@sông Hóa"]);
        same::<Shelf>(&["1:telecom:4/2", "2:power:?/?"]);
        for wrong in ["", "high:3/2", "36:three/2", "-1:3/2", "NaN:1/1"] {
            assert!(wrong.parse::<Level>().is_err(), "{wrong}");
        }
        for wrong in ["bridge-over:3", "", "road:low"] {
            assert!(wrong.parse::<Crossing>().is_err(), "{wrong}");
        }
        assert!("0:telecom:1/1".parse::<Shelf>().is_err());
    }
}
