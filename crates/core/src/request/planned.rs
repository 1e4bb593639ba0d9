//! A requested structure as an object of the plan, and back.

use super::RequestItem;
use crate::{
    asset::{
        AerialRoute, Asset, AssetClass, AssetId, Cabinet, Details, Duct, Host, Manhole, Mast, Pole, RadioStation,
        Tenancy, Trench,
    },
    capacity::Occupancy,
    survey::Survey,
};

impl RequestItem {
    /// The planned object that a structure of a yearly plan becomes when the plan is adopted. An upgrade carries the name of
    /// the structure that it changes.
    #[must_use]
    pub fn planned_twin(&self, id: AssetId, source: String) -> Asset {
        let runs = self.network.is_some() && self.class == AssetClass::Mast;
        let tenant = || Tenancy { network: self.network.clone(), ..Tenancy::of(self.owner.clone()) };
        Asset {
            id,
            code: self.upgrades.clone().or_else(|| self.code.clone()),
            owner: self.owner.clone(),
            manager: None,
            tenants: runs.then(tenant).into_iter().collect(),
            status: crate::asset::Lifecycle::Planned,
            shape: self.shape.clone(),
            survey: Survey { accuracy_m: self.accuracy_m, method: None, surveyed_on: None },
            built_on: None,
            source: Some(source),
            note: None,
            nulls: std::collections::BTreeMap::new(),
            security_site: false,
            submitted: None,
            replaced_by: None,
            terms: crate::asset::Terms::default(),
            details: self.details(),
        }
    }

    fn details(&self) -> Details {
        let units = Occupancy { total: self.bores, used: None };
        match self.class {
            AssetClass::Mast => Details::Mast(Mast {
                mast_class: self.mast_class,
                height_m: self.height_m,
                on_building: self.on_building,
                building_height_m: self.building_height_m,
                half_width_m: self.half_width_m,
                operators_designed: self.operators_designed,
                slots: self.slots(),
                ..Mast::default()
            }),
            AssetClass::RadioStation => Details::RadioStation(RadioStation {
                network: self.network.clone(),
                antenna_height_m: self.height_m,
                ..RadioStation::default()
            }),
            AssetClass::Pole => Details::Pole(Pole { height_m: self.height_m, ..Pole::default() }),
            AssetClass::AerialRoute => {
                Details::AerialRoute(AerialRoute { clearance_m: self.clearance_m, ..AerialRoute::default() })
            }
            AssetClass::Duct => Details::Duct(Duct {
                surface: self.surface,
                depth_m: self.depth_m,
                bore_diameter_mm: self.bore_diameter_mm,
                bores: units,
                ..Duct::default()
            }),
            AssetClass::Manhole => Details::Manhole(Manhole { depth_m: self.depth_m, ..Manhole::default() }),
            AssetClass::Trench => Details::Trench(Trench { depth_m: self.depth_m, ..Trench::default() }),
            AssetClass::Cabinet => Details::Cabinet(Cabinet { pole: self.pole.clone(), ..Cabinet::default() }),
            AssetClass::Host => Details::Host(Host { height_m: self.height_m, ..Host::default() }),
        }
    }

    /// The places of a mast that is designed for a number of operators. On a new one the first is its owner's own; what
    /// hangs on one that is changed is not said.
    fn slots(&self) -> Occupancy {
        let total = self.operators_designed.filter(|designed| 1 <= *designed);
        let used = total.filter(|_| self.upgrades.is_none()).map(|_| 1);
        Occupancy { total, used }
    }

    /// A structure of a yearly plan, from a row of a planned template. What a request has no field for is left behind.
    #[must_use]
    pub fn of_planned(object: Asset) -> Self {
        let class = object.class();
        let network = object.tenants.iter().find(|it| it.tenant == object.owner).and_then(|it| it.network.clone());
        let item = Self {
            network,
            code: object.code,
            accuracy_m: object.survey.accuracy_m,
            ..Self::new(class, object.owner, object.shape)
        };
        match object.details {
            Details::Mast(mast) => Self {
                mast_class: mast.mast_class,
                height_m: mast.height_m,
                on_building: mast.on_building,
                building_height_m: mast.building_height_m,
                half_width_m: mast.half_width_m,
                operators_designed: mast.operators_designed,
                ..item
            },
            Details::RadioStation(station) => {
                Self { network: station.network, height_m: station.antenna_height_m, ..item }
            }
            Details::Pole(pole) => Self { height_m: pole.height_m, ..item },
            Details::AerialRoute(route) => Self { clearance_m: route.clearance_m, ..item },
            Details::Duct(duct) => Self {
                surface: duct.surface,
                depth_m: duct.depth_m,
                bores: duct.bores.total,
                bore_diameter_mm: duct.bore_diameter_mm,
                ..item
            },
            Details::Manhole(manhole) => Self { depth_m: manhole.depth_m, ..item },
            Details::Trench(trench) => Self { depth_m: trench.depth_m, ..item },
            Details::Cabinet(cabinet) => Self { pole: cabinet.pole, ..item },
            Details::Host(host) => Self { height_m: host.height_m, ..item },
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{
        asset::{MastClass, Surface},
        capacity::{Capacity, NullReason},
        codes::{AssetCode, NetworkCode, OrganisationCode},
        position::Lonlat,
        shape::Shape,
        units::Metres,
    };

    fn metres(value: f64) -> Metres {
        Metres::new(value).unwrap()
    }

    /// Everything that a request has a field for and an asset too, by class.
    fn full(class: AssetClass) -> RequestItem {
        let point = |lon: f64| Lonlat::new(lon, 20.7).unwrap();
        let shape = if class.is_line() {
            Shape::LineString(vec![point(106.5), point(106.51)])
        } else {
            Shape::Point(point(106.5))
        };
        let item = RequestItem {
            code: Some(AssetCode::new("P-1").unwrap()),
            accuracy_m: Some(metres(2.0)),
            ..RequestItem::new(class, OrganisationCode::new("viettel").unwrap(), shape)
        };
        let network = || Some(NetworkCode::new("viettel").unwrap());
        match class {
            AssetClass::Mast => RequestItem {
                network: network(),
                mast_class: Some(MastClass::A2a),
                height_m: Some(metres(30.0)),
                on_building: Some(true),
                building_height_m: Some(metres(9.0)),
                half_width_m: Some(metres(0.4)),
                operators_designed: Some(2),
                ..item
            },
            AssetClass::RadioStation => RequestItem { network: network(), height_m: Some(metres(28.0)), ..item },
            AssetClass::Pole | AssetClass::Host => RequestItem { height_m: Some(metres(8.0)), ..item },
            AssetClass::AerialRoute => RequestItem { clearance_m: Some(metres(5.5)), ..item },
            AssetClass::Duct => RequestItem {
                surface: Some(Surface::Pavement),
                depth_m: Some(metres(0.6)),
                bores: Some(4),
                bore_diameter_mm: Some(110.0),
                ..item
            },
            AssetClass::Manhole | AssetClass::Trench => RequestItem { depth_m: Some(metres(1.2)), ..item },
            AssetClass::Cabinet => RequestItem { pole: AssetCode::new("C-9").ok(), ..item },
        }
    }

    #[test]
    fn what_is_requested_becomes_what_is_planned_and_back_for_every_class() {
        for class in AssetClass::ALL {
            let item = full(*class);
            let twin = item.planned_twin(AssetId(Uuid::nil()), "VIETTEL-KH2027-001/1".to_owned());
            assert_eq!((twin.class(), twin.check()), (*class, Ok(())));
            assert_eq!(RequestItem::of_planned(twin), item);
        }
    }

    #[test]
    fn a_new_mast_keeps_one_of_the_places_it_is_designed_for_and_nothing_else_is_made_up() {
        let unknown = Capacity::Unknown(NullReason::Unknown);
        let changed = || AssetCode::new("M-7").ok();
        for (name, designed, upgrades, free) in [
            ("for two", Some(2), None, Capacity::Known(1)),
            ("for its owner alone", Some(1), None, Capacity::Known(0)),
            ("for nobody knows how many", None, None, unknown),
            ("for none, which is no number of operators", Some(0), None, unknown),
            ("one that stands and carries nobody knows whom", Some(3), changed(), unknown),
        ] {
            let item = RequestItem { operators_designed: designed, upgrades, ..full(AssetClass::Mast) };
            let twin = item.planned_twin(AssetId(Uuid::nil()), String::new());
            assert_eq!((twin.free(), twin.check()), (Some(free), Ok(())), "{name}");
        }
        let duct = full(AssetClass::Duct).planned_twin(AssetId(Uuid::nil()), String::new());
        assert_eq!(duct.free(), Some(unknown), "how many of its bores its owner will use is not said");
    }

    #[test]
    fn an_upgrade_is_planned_under_the_name_of_what_it_changes() {
        let upgrades = Some(AssetCode::new("M-7").unwrap());
        let item = RequestItem { upgrades: upgrades.clone(), ..full(AssetClass::Mast) };
        assert_eq!(item.planned_twin(AssetId(Uuid::nil()), String::new()).code, upgrades);
    }
}
