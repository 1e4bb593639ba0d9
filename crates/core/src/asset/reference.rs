//! What one asset says of another, and what its own fields say against each other.

use std::collections::BTreeSet;

use super::{Asset, AssetClass, Details, Tenancy};
use crate::{
    capacity::Overfull,
    codes::{AssetCode, OrganisationCode},
};

/// One asset named by another: what it hangs on, lies in or ends at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference<'a> {
    /// The field that names it.
    pub field: &'static str,
    /// Who owns the one that is named.
    pub owner: &'a OrganisationCode,
    /// What it must be.
    pub class: AssetClass,
    /// Its code.
    pub code: &'a AssetCode,
    /// Whether the two must lie at the same place, as a route's end and its pole do.
    pub at: At,
}

/// Where the asset that is named lies beside the one that names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// At the beginning of the line.
    Start,
    /// At the end of the line.
    End,
    /// Somewhere along it, or at the same point.
    Along,
}

/// Two fields of one record that cannot both be right.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Contradiction {
    /// More parts are listed than there are.
    #[error("`{field}` lists {listed}, but there are only {total}")]
    MoreThanThereAre {
        /// The field that lists.
        field: &'static str,
        /// How many it lists.
        listed: u32,
        /// How many there are.
        total: u32,
    },
    /// Two parts have one number.
    #[error("`{field}` has number {number} twice")]
    NumberTwice {
        /// The field that lists.
        field: &'static str,
        /// The number.
        number: u32,
    },
    /// A part holds more than it has room for.
    #[error("`{field}`: {overfull}")]
    Part {
        /// The field that lists.
        field: &'static str,
        /// The part.
        overfull: Overfull,
    },
    /// A line ends where it begins.
    #[error("`{field}` is `{code}`, which the line begins at")]
    SameEnds {
        /// The field.
        field: &'static str,
        /// The code.
        code: AssetCode,
    },
    /// A tenancy ends before it begins.
    #[error("the tenancy of `{tenant}` ends before it begins")]
    TenancyBackwards {
        /// Whose.
        tenant: OrganisationCode,
    },
}

impl Contradiction {
    /// The field that is at fault.
    #[must_use]
    pub const fn field(&self) -> &'static str {
        match self {
            Self::MoreThanThereAre { field, .. }
            | Self::NumberTwice { field, .. }
            | Self::Part { field, .. }
            | Self::SameEnds { field, .. } => field,
            Self::TenancyBackwards { .. } => "tenants",
        }
    }
}

impl Asset {
    /// Every other asset that this one names: what it hangs on, lies in or ends at.
    #[must_use]
    pub fn references(&self) -> Vec<Reference<'_>> {
        let mut found = Vec::new();
        let mut add = |field, owner, class, code, at| found.push(Reference { field, owner, class, code, at });
        let owner = &self.owner;
        match &self.details {
            Details::RadioStation(station) => {
                if let Some(code) = &station.mast {
                    add("mast", station.mast_owner.as_ref().unwrap_or(owner), AssetClass::Mast, code, At::Along);
                }
            }
            Details::AerialRoute(route) => {
                for (field, code, at) in
                    [("from_pole", &route.from_pole, At::Start), ("to_pole", &route.to_pole, At::End)]
                {
                    if let Some(code) = code {
                        add(field, owner, AssetClass::Pole, code, at);
                    }
                }
                for code in &route.via_poles {
                    add("via_poles", owner, AssetClass::Pole, code, At::Along);
                }
            }
            Details::Duct(duct) => {
                for (field, code, class, at) in [
                    ("from_manhole", &duct.from_manhole, AssetClass::Manhole, At::Start),
                    ("to_manhole", &duct.to_manhole, AssetClass::Manhole, At::End),
                    ("trench", &duct.trench, AssetClass::Trench, At::Along),
                ] {
                    if let Some(code) = code {
                        add(field, owner, class, code, at);
                    }
                }
            }
            Details::Cabinet(cabinet) => {
                if let Some(code) = &cabinet.pole {
                    add("pole", owner, AssetClass::Pole, code, At::Along);
                }
            }
            Details::Mast(_) | Details::Pole(_) | Details::Manhole(_) | Details::Trench(_) | Details::Host(_) => {}
        }
        found
    }
}

/// Checks that no tenancy ends before it begins.
///
/// # Errors
/// [`Contradiction::TenancyBackwards`] for the first that does.
pub(super) fn check_tenants(tenants: &[Tenancy]) -> Result<(), Contradiction> {
    let backwards =
        |tenancy: &&Tenancy| matches!((tenancy.since, tenancy.until), (Some(since), Some(until)) if until < since);
    tenants
        .iter()
        .find(backwards)
        .map_or(Ok(()), |Tenancy { tenant, .. }| Err(Contradiction::TenancyBackwards { tenant: tenant.clone() }))
}

impl Details {
    /// Checks that the fields can all be right.
    ///
    /// # Errors
    /// [`Contradiction`] for the first two that cannot.
    pub fn check(&self) -> Result<(), Contradiction> {
        match self {
            Self::Mast(mast) => {
                let listed = mast.levels.iter().filter_map(|level| level.slots.total).sum();
                not_more("levels", listed, mast.slots.total)?;
                mast.levels
                    .iter()
                    .try_for_each(|level| level.slots.check())
                    .map_err(|overfull| part("levels", overfull))
            }
            Self::Pole(pole) => {
                let listed = pole.attached.iter().filter_map(|attachment| attachment.cables).sum();
                not_more("attached", listed, pole.attachments.total)
            }
            Self::AerialRoute(route) => different_ends("to_pole", route.from_pole.as_ref(), route.to_pole.as_ref()),
            Self::Duct(duct) => {
                different_ends("to_manhole", duct.from_manhole.as_ref(), duct.to_manhole.as_ref())?;
                numbered_once("bank", duct.bank.iter().map(|bore| bore.number))?;
                not_more("bank", count(&duct.bank), duct.bores.total)?;
                let used = duct.bank.iter().filter(|bore| bore.in_use() == Some(true)).count();
                // A bank that is listed in full says how many bores are in use.
                let complete = duct.bores.total == Some(count(&duct.bank));
                let used = u32::try_from(used).unwrap_or(u32::MAX);
                if complete { not_more("bank", used, duct.bores.used) } else { Ok(()) }
            }
            Self::Trench(trench) => {
                numbered_once("shelves", trench.shelves.iter().map(|shelf| shelf.number))?;
                let listed = trench.shelves.iter().filter_map(|shelf| shelf.slots.total).sum();
                not_more("shelves", listed, trench.slots.total)?;
                let of_each = trench.shelves.iter().try_for_each(|shelf| shelf.slots.check());
                of_each.map_err(|overfull| part("shelves", overfull))
            }
            Self::RadioStation(_) | Self::Manhole(_) | Self::Cabinet(_) | Self::Host(_) => Ok(()),
        }
    }
}

const fn part(field: &'static str, overfull: Overfull) -> Contradiction {
    Contradiction::Part { field, overfull }
}

fn count<T>(parts: &[T]) -> u32 {
    u32::try_from(parts.len()).unwrap_or(u32::MAX)
}

fn not_more(field: &'static str, listed: u32, total: Option<u32>) -> Result<(), Contradiction> {
    match total {
        Some(total) if total < listed => Err(Contradiction::MoreThanThereAre { field, listed, total }),
        _ => Ok(()),
    }
}

fn numbered_once(field: &'static str, numbers: impl Iterator<Item = u32>) -> Result<(), Contradiction> {
    let mut seen = BTreeSet::new();
    let twice = numbers.into_iter().find(|number| !seen.insert(*number));
    twice.map_or(Ok(()), |number| Err(Contradiction::NumberTwice { field, number }))
}

fn different_ends(field: &'static str, from: Option<&AssetCode>, to: Option<&AssetCode>) -> Result<(), Contradiction> {
    match (from, to) {
        (Some(from), Some(to)) if from == to => Err(Contradiction::SameEnds { field, code: to.clone() }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        asset::{AerialRoute, AssetId, Duct, Lifecycle, Mast},
        capacity::Occupancy,
        position::Lonlat,
        shape::Shape,
    };

    fn asset(details: Details) -> Asset {
        let at = |lon| Lonlat::new(lon, 20.69).unwrap();
        Asset {
            id: AssetId(uuid::Uuid::from_u128(1)),
            code: None,
            owner: OrganisationCode::new("viettel").unwrap(),
            manager: None,
            tenants: vec![],
            status: Lifecycle::Operational,
            shape: if details.class().is_line() {
                Shape::LineString(vec![at(106.48), at(106.481)])
            } else {
                Shape::Point(at(106.48))
            },
            survey: crate::Survey::default(),
            built_on: None,
            source: None,
            note: None,
            nulls: std::collections::BTreeMap::new(),
            security_site: false,
            terms: crate::asset::Terms::default(),
            submitted: None,
            replaced_by: None,
            details,
        }
    }

    #[expect(clippy::unnecessary_wraps, reason = "the field that it fills may be empty")]
    fn code(text: &str) -> Option<AssetCode> {
        Some(AssetCode::new(text).unwrap())
    }

    #[test]
    fn a_record_that_contradicts_itself_is_refused() {
        let occupancy = |total, used| Occupancy { total: Some(total), used: Some(used) };
        let duct = |total, used, bank: &[&str]| {
            let bank = bank.iter().map(|bore| bore.parse().unwrap()).collect();
            Details::Duct(Duct { bores: occupancy(total, used), bank, ..Duct::default() })
        };
        let mast = |levels: &[&str]| {
            let levels = levels.iter().map(|level| level.parse().unwrap()).collect();
            Details::Mast(Mast { slots: occupancy(3, 1), levels, ..Mast::default() })
        };
        for (name, details, error) in [
            ("a bank listed in part", duct(4, 3, &["1:110", "2:110=empty"]), None),
            ("a bank listed in full", duct(2, 1, &["1:110=vnpt/12", "2:110=empty"]), None),
            (
                "more bores in use than stated",
                duct(2, 0, &["1:110=vnpt/12", "2:110"]),
                Some("`bank` lists 1, but there are only 0"),
            ),
            (
                "more bores than there are",
                duct(1, 1, &["1:110", "2:110"]),
                Some("`bank` lists 2, but there are only 1"),
            ),
            ("a bore twice", duct(4, 1, &["1:110", "1:110"]), Some("`bank` has number 1 twice")),
            ("levels within the slots", mast(&["36:2/1", "30:1/0"]), None),
            ("levels beyond the slots", mast(&["36:2/1", "30:2/0"]), Some("`levels` lists 4, but there are only 3")),
            ("an overfull level", mast(&["36:2/3"]), Some("`levels`: 3 in use is more than the 2 there are")),
            (
                "a route back to its pole",
                Details::AerialRoute(AerialRoute {
                    from_pole: code("P1"),
                    to_pole: code("P1"),
                    ..AerialRoute::default()
                }),
                Some("`to_pole` is `P1`, which the line begins at"),
            ),
        ] {
            let found = asset(details).check().err().map(|error| error.to_string());
            assert_eq!(found.as_deref(), error, "{name}");
        }
    }

    #[test]
    fn a_route_names_its_poles_and_a_duct_what_it_lies_in_and_ends_at() {
        let route = AerialRoute {
            from_pole: code("P1"),
            to_pole: code("P3"),
            via_poles: vec![AssetCode::new("P2").unwrap()],
            ..AerialRoute::default()
        };
        let duct = Duct { from_manhole: code("B1"), trench: code("H1"), ..Duct::default() };
        let named = |asset: &Asset| {
            asset
                .references()
                .iter()
                .map(|named| format!("{} {} {}", named.field, named.class, named.code))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            named(&asset(Details::AerialRoute(route))),
            ["from_pole pole P1", "to_pole pole P3", "via_poles pole P2"]
        );
        assert_eq!(named(&asset(Details::Duct(duct))), ["from_manhole manhole B1", "trench trench H1"]);
    }
}
