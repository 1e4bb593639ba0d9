//! The bores of a duct, what lies in them, and how full that makes them.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::notation::{InvalidPart, number, read_code, read_known, whole, write_code, write_known};
use crate::codes::{AssetCode, OrganisationCode};

/// A cable. Written `viettel/18/48#CAP-01`: owner, outer diameter in millimetres, fibres, the owner's code of the cable.
///
/// One cable that runs through several ducts has the same owner and code in each.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cable {
    /// Whose it is.
    pub owner: OrganisationCode,
    /// Outer diameter, in millimetres.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub diameter_mm: Option<f64>,
    /// How many fibres.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fibres: Option<u32>,
    /// The owner's code of the cable.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<AssetCode>,
}

/// What lies in a bore, as far as it is known.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BoreContent {
    /// Nobody has said.
    #[default]
    Unknown,
    /// Somebody looked: nothing.
    Empty,
    /// Nothing passes.
    Blocked,
    /// Kept for somebody.
    Reserved,
    /// These cables.
    Cables(Vec<Cable>),
}

/// A bore of a duct. Written `1:110=viettel/18/48+vnpt/12`: place in the bank, inner diameter in millimetres, content:
/// `empty`, `blocked`, `reserved` or cables; nothing after the diameter when nobody has said.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bore {
    /// Its place in the bank, from 1, by rows from the top and from left to right as seen from the first manhole.
    pub number: u32,
    /// Inner diameter, in millimetres.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub diameter_mm: Option<f64>,
    /// What lies in it.
    #[serde(default)]
    pub content: BoreContent,
}

/// How full a bore is beside what practice advises. Information, never a verdict: no Vietnamese limit was found.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct BoreFill {
    /// The cables' share of the bore's cross-section, in percent.
    pub fill_pct: f64,
    /// What practice advises at most for so many cables, in percent.
    pub advised_pct: f64,
    /// How many cables lie there.
    pub cables: u32,
}

impl Bore {
    /// Whether somebody uses it; `None` when nobody has said.
    #[must_use]
    pub const fn in_use(&self) -> Option<bool> {
        match &self.content {
            BoreContent::Unknown => None,
            BoreContent::Empty => Some(false),
            // Nobody else can use a blocked or a reserved bore.
            BoreContent::Blocked | BoreContent::Reserved | BoreContent::Cables(_) => Some(true),
        }
    }

    /// How full it is; `None` while a diameter is missing, or its content is not known.
    ///
    /// Source: NEC chapter 9, table 1, which TIA-569 takes over: 53 % for one cable, 31 % for two, 40 % for more.
    #[must_use]
    pub fn fill(&self) -> Option<BoreFill> {
        let bore = self.diameter_mm.filter(|diameter| 0.0 < *diameter)?;
        let cables = match &self.content {
            BoreContent::Empty => &[][..],
            BoreContent::Cables(cables) => cables,
            BoreContent::Unknown | BoreContent::Blocked | BoreContent::Reserved => return None,
        };
        let area =
            cables.iter().map(|cable| cable.diameter_mm.map(|diameter| diameter * diameter)).sum::<Option<f64>>()?;
        let advised_pct = match cables.len() {
            0 | 1 => 53.0,
            2 => 31.0,
            _ => 40.0,
        };
        let cables = u32::try_from(cables.len()).unwrap_or(u32::MAX);
        Some(BoreFill { fill_pct: 100.0 * area / (bore * bore), advised_pct, cables })
    }
}

impl fmt::Display for Cable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_code(self.owner.as_str(), f)?;
        if self.diameter_mm.is_some() || self.fibres.is_some() {
            f.write_str("/")?;
            write_known(self.diameter_mm, f)?;
        }
        if let Some(fibres) = self.fibres {
            write!(f, "/{fibres}")?;
        }
        if let Some(code) = &self.code {
            f.write_str("#")?;
            write_code(code.as_str(), f)?;
        }
        Ok(())
    }
}

impl FromStr for Cable {
    type Err = InvalidPart;

    fn from_str(text: &str) -> Result<Self, InvalidPart> {
        let read = || {
            let (rest, code) = text.split_once('#').map_or((text, None), |(rest, code)| (rest, Some(code)));
            let mut parts = rest.splitn(3, '/').map(str::trim);
            Some(Self {
                owner: read_code(parts.next()?, OrganisationCode::new)?,
                diameter_mm: read_known(parts.next().unwrap_or_default(), number)?,
                fibres: read_known(parts.next().unwrap_or_default(), whole)?,
                code: match code {
                    Some(code) => Some(read_code(code.trim(), AssetCode::new)?),
                    None => None,
                },
            })
        };
        read().ok_or_else(|| InvalidPart::new(text, "viettel/18/48#CAP-01"))
    }
}

impl fmt::Display for Bore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.number)?;
        write_known(self.diameter_mm, f)?;
        match &self.content {
            BoreContent::Unknown => Ok(()),
            BoreContent::Empty => f.write_str("=empty"),
            BoreContent::Blocked => f.write_str("=blocked"),
            BoreContent::Reserved => f.write_str("=reserved"),
            BoreContent::Cables(cables) => cables.iter().enumerate().try_for_each(|(index, cable)| {
                f.write_str(if index == 0 { "=" } else { "+" })?;
                cable.fmt(f)
            }),
        }
    }
}

impl FromStr for Bore {
    type Err = InvalidPart;

    fn from_str(text: &str) -> Result<Self, InvalidPart> {
        let read = || {
            let (head, content) =
                text.split_once('=').map_or((text, None), |(head, content)| (head, Some(content.trim())));
            let (number_text, diameter) = head.split_once(':').unwrap_or((head, ""));
            Some(Self {
                number: whole(number_text.trim()).filter(|number| 0 < *number)?,
                diameter_mm: read_known(diameter.trim(), number)?,
                content: match content {
                    None | Some("") => BoreContent::Unknown,
                    Some("empty") => BoreContent::Empty,
                    Some("blocked") => BoreContent::Blocked,
                    Some("reserved") => BoreContent::Reserved,
                    Some(cables) => BoreContent::Cables(
                        cables.split('+').map(|cable| cable.trim().parse().ok()).collect::<Option<_>>()?,
                    ),
                },
            })
        };
        read().ok_or_else(|| InvalidPart::new(text, "1:110=viettel/18/48+vnpt/12"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bore_is_written_as_it_is_read() {
        for text in [
            "1:110=viettel/18/48#CAP-01+vnpt/12",
            "2:110=empty",
            "3:?",
            "4:63.5=blocked",
            "5:110=reserved",
            "6:110=fpt%20telecom/?/96#A%2F1",
        ] {
            assert_eq!(text.parse::<Bore>().map(|bore| bore.to_string()).as_deref(), Ok(text));
        }
        for wrong in ["", "0:110", "one:110", "1:wide", "1:110=viettel/thick", "1:110=+"] {
            assert!(wrong.parse::<Bore>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn fill_is_the_share_of_the_cross_section_and_known_only_when_every_diameter_is() {
        for (text, fill, advised, in_use) in [
            ("1:100=a/50", Some(25.0), 53.0, Some(true)),
            ("1:100=a/30+b/40", Some(25.0), 31.0, Some(true)),
            ("1:100=a/30+b/40+c/50", Some(50.0), 40.0, Some(true)),
            ("1:100=empty", Some(0.0), 53.0, Some(false)),
            ("1:100=a/30+b", None, 0.0, Some(true)),
            ("1:100", None, 0.0, None),
            ("1:?=a/30", None, 0.0, Some(true)),
            ("1:100=blocked", None, 0.0, Some(true)),
        ] {
            let bore: Bore = text.parse().unwrap();
            assert_eq!(bore.fill().map(|fill| fill.fill_pct), fill, "{text}");
            assert!(bore.fill().is_none_or(|fill| (fill.advised_pct - advised).abs() < f64::EPSILON), "{text}");
            assert_eq!(bore.in_use(), in_use, "{text}");
        }
    }
}
