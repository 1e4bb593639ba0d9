//! Several records that become one: who occupies the structure, and what named those that are given up.

use super::{Asset, AssetClass, Details, Layer, Tenancy};
use crate::codes::{AssetCode, OrganisationCode};

/// How an owner's asset is named by others: its class and its code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name<'a> {
    /// Who owns it.
    pub owner: &'a OrganisationCode,
    /// Its class.
    pub class: AssetClass,
    /// Its code.
    pub code: &'a AssetCode,
}

impl Asset {
    /// What others name it by; none without a code.
    #[must_use]
    pub fn name(&self) -> Option<Name<'_>> {
        Some(Name { owner: &self.owner, class: self.class(), code: self.code.as_ref()? })
    }

    /// Stays a duplicate of what it was one of, as long as it is given up; what stands again is a structure of its own.
    pub fn keep_replacement(&mut self, before: &Self) {
        self.replaced_by = before.replaced_by.filter(|_| self.status.layer() == Layer::Past);
    }

    /// Takes in a record of the same structure: its owner and its tenants become tenants here, nothing else changes.
    ///
    /// Since when they are there, and how many units they take, is not known from a duplicate.
    pub fn take_in(&mut self, other: &Self) {
        let own_network = match &other.details {
            Details::RadioStation(station) => station.network.clone(),
            _ => None,
        };
        let owner = Tenancy { network: own_network, ..Tenancy::of(other.owner.clone()) };
        for tenancy in other.tenants.iter().chain([&owner]) {
            let known = self.tenants.iter().any(|known| known.tenant == tenancy.tenant && says_no_more(tenancy, known));
            if tenancy.tenant != self.owner && !known {
                self.tenants.push(tenancy.clone());
            }
        }
    }

    /// Names another asset where this one names `from`, as far as its fields can: most name only assets of its own
    /// owner. Says whether anything changed.
    pub fn rename(&mut self, from: Name<'_>, to: Name<'_>) -> bool {
        let named = self
            .references()
            .iter()
            .any(|named| (named.owner, named.class, named.code) == (from.owner, from.class, from.code));
        if !named {
            return false;
        }
        let is_own = to.owner == &self.owner;
        let owner = to.owner.clone();
        let replace = |field: &mut Option<AssetCode>, class: AssetClass| {
            let is_it = is_own && from.class == class && field.as_ref() == Some(from.code);
            if is_it {
                *field = Some(to.code.clone());
            }
            is_it
        };
        match &mut self.details {
            Details::RadioStation(station) => {
                station.mast = Some(to.code.clone());
                station.mast_owner = (!is_own).then_some(owner);
                true
            }
            Details::AerialRoute(route) => {
                let ends = [&mut route.from_pole, &mut route.to_pole].map(|end| replace(end, AssetClass::Pole));
                let mut changed = ends.contains(&true);
                for code in route.via_poles.iter_mut().filter(|code| is_own && *code == from.code) {
                    *code = to.code.clone();
                    changed = true;
                }
                changed
            }
            Details::Duct(duct) => {
                let ends = [&mut duct.from_manhole, &mut duct.to_manhole].map(|end| replace(end, AssetClass::Manhole));
                replace(&mut duct.trench, AssetClass::Trench) || ends.contains(&true)
            }
            Details::Cabinet(cabinet) => replace(&mut cabinet.pole, AssetClass::Pole),
            Details::Mast(_) | Details::Pole(_) | Details::Manhole(_) | Details::Trench(_) | Details::Host(_) => false,
        }
    }
}

/// Whether a tenancy tells nothing that the known one of the same tenant does not.
fn says_no_more(tenancy: &Tenancy, known: &Tenancy) -> bool {
    tenancy == known || *tenancy == Tenancy::of(tenancy.tenant.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Lonlat, Shape,
        asset::{AerialRoute, AssetId, Lifecycle, RadioStation},
    };

    fn code(text: &str) -> AssetCode {
        AssetCode::new(text).unwrap()
    }

    fn organisation(text: &str) -> OrganisationCode {
        OrganisationCode::new(text).unwrap()
    }

    fn asset(owner: &str, details: Details) -> Asset {
        Asset {
            id: AssetId(uuid::Uuid::from_u128(1)),
            code: Some(code("A1")),
            owner: organisation(owner),
            manager: None,
            tenants: Vec::new(),
            status: Lifecycle::Operational,
            shape: Shape::Point(Lonlat::new(106.48, 20.69).unwrap()),
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

    #[test]
    fn other_owners_and_their_tenants_become_tenants_once_and_the_owner_never_its_own() {
        let pole = |owner: &str| asset(owner, Details::empty(AssetClass::Pole));
        let since = Tenancy { units: Some(2), ..Tenancy::of(organisation("vnpt")) };
        let mut kept = Asset { tenants: vec![since.clone()], ..pole("viettel") };
        kept.take_in(&Asset { tenants: vec![Tenancy::of(organisation("viettel"))], ..pole("vnpt") });
        assert_eq!(kept.tenants, std::slice::from_ref(&since), "vnpt is known already, viettel owns it");
        kept.take_in(&Asset { tenants: vec![Tenancy::of(organisation("fpt"))], ..pole("mobifone") });
        let tenants: Vec<&str> = kept.tenants.iter().map(|tenancy| tenancy.tenant.as_str()).collect();
        assert_eq!(tenants, ["vnpt", "fpt", "mobifone"]);
    }

    #[test]
    fn what_named_the_record_that_is_given_up_names_the_one_that_stands_where_it_can() {
        let station =
            || asset("vnpt", Details::RadioStation(RadioStation { mast: Some(code("M1")), ..RadioStation::default() }));
        let (vnpt, viettel) = (organisation("vnpt"), organisation("viettel"));
        let (m1, m2) = (code("M1"), code("M2"));
        let from = Name { owner: &vnpt, class: AssetClass::Mast, code: &m1 };
        let mut moved = station();
        assert!(moved.rename(from, Name { owner: &viettel, class: AssetClass::Mast, code: &m2 }));
        let named = moved.references()[0];
        assert_eq!((named.owner, named.code), (&viettel, &m2));
        assert!(!moved.rename(from, Name { owner: &viettel, class: AssetClass::Mast, code: &m2 }), "names it no more");

        let route = AerialRoute { from_pole: Some(code("M1")), via_poles: vec![code("P3")], ..AerialRoute::default() };
        let mut route = asset("vnpt", Details::AerialRoute(route));
        let from = Name { class: AssetClass::Pole, ..from };
        assert!(
            !route.rename(from, Name { owner: &viettel, class: AssetClass::Pole, code: &m2 }),
            "it cannot name another's"
        );
        assert!(route.rename(from, Name { owner: &vnpt, class: AssetClass::Pole, code: &m2 }));
        assert_eq!(route.references()[0].code, &m2);
    }
}
