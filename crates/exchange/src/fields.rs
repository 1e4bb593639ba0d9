//! The one list of fields, walked to fill them from a file and to write them into one.

use std::collections::BTreeMap;

use hatang_core::{
    AssetClass, AssetCode, Details, NullReason, OrganisationCode, Survey,
    asset::{Asset, Lifecycle, Tenancy, Terms},
};
use jiff::civil::Date;
use serde::Serialize;

use crate::value::{FieldValue, ListPart};

/// What a row says of an asset, apart from its identity, owner and place.
#[derive(Clone, Debug)]
pub(crate) struct Attributes {
    pub(crate) code: Option<AssetCode>,
    pub(crate) manager: Option<OrganisationCode>,
    pub(crate) status: Option<Lifecycle>,
    pub(crate) survey: Survey,
    pub(crate) built_on: Option<Date>,
    pub(crate) source: Option<String>,
    pub(crate) note: Option<String>,
    pub(crate) security_site: Option<bool>,
    pub(crate) tenants: Vec<Tenancy>,
    pub(crate) terms: Terms,
    pub(crate) nulls: BTreeMap<String, NullReason>,
    pub(crate) details: Details,
}

impl Attributes {
    pub(crate) fn empty(class: AssetClass) -> Self {
        Self {
            code: None,
            manager: None,
            status: None,
            survey: Survey::default(),
            built_on: None,
            source: None,
            note: None,
            security_site: None,
            tenants: Vec::new(),
            terms: Terms::default(),
            nulls: BTreeMap::new(),
            details: Details::empty(class),
        }
    }

    /// Walks every field that a cell of its own fills.
    pub(crate) fn fill(&mut self, visitor: &mut impl FillField) {
        visitor.value("status", &mut self.status);
        visitor.value("security_site", &mut self.security_site);
        fill_shared_fields(self, visitor);
    }
}

/// Fills fields one after the other.
pub(crate) trait FillField {
    fn value<T: FieldValue>(&mut self, field: &'static str, slot: &mut Option<T>);
    fn list<T: FieldValue>(&mut self, field: &'static str, slot: &mut Vec<T>);
}

/// Looks at fields one after the other.
pub(crate) trait SeeField {
    #[expect(
        clippy::ref_option,
        reason = "the walks that fill and that look are written once, over the slots themselves"
    )]
    fn value<T: Serialize>(&mut self, field: &'static str, value: &Option<T>);
    fn list<T: ListPart>(&mut self, field: &'static str, values: &[T]);
}

/// Writes one walk over the fields that rows and assets share, in the order of the contract.
macro_rules! walk {
    ($(#[$doc:meta])* $name:ident, $visitor:ident, $record:ident, $($mutable:tt)?) => {
        $(#[$doc])*
        #[expect(clippy::too_many_lines, reason = "one line per field of the contract, in its order")]
        pub(crate) fn $name(record: &$($mutable)? $record, v: &mut impl $visitor) {
            v.value("code", &$($mutable)? record.code);
            v.value("manager", &$($mutable)? record.manager);
            v.value("accuracy_m", &$($mutable)? record.survey.accuracy_m);
            v.value("survey_method", &$($mutable)? record.survey.method);
            v.value("surveyed_on", &$($mutable)? record.survey.surveyed_on);
            v.value("built_on", &$($mutable)? record.built_on);
            v.value("source", &$($mutable)? record.source);
            v.value("note", &$($mutable)? record.note);
            if record.details.class().can_be_let() {
                v.value("rent_vnd_year", &$($mutable)? record.terms.rent_vnd_year);
                v.value("lease_months", &$($mutable)? record.terms.lease_months);
                v.value("sharing_conditions", &$($mutable)? record.terms.sharing_conditions);
            }
            match &$($mutable)? record.details {
                Details::Mast(mast) => {
                    v.value("mast_class", &$($mutable)? mast.mast_class);
                    v.value("structure", &$($mutable)? mast.structure);
                    v.value("height_m", &$($mutable)? mast.height_m);
                    v.value("on_building", &$($mutable)? mast.on_building);
                    v.value("building_height_m", &$($mutable)? mast.building_height_m);
                    v.value("half_width_m", &$($mutable)? mast.half_width_m);
                    v.value("operators_designed", &$($mutable)? mast.operators_designed);
                    v.value("slots_total", &$($mutable)? mast.slots.total);
                    v.value("slots_used", &$($mutable)? mast.slots.used);
                    v.value("structural_use_pct", &$($mutable)? mast.structural_use_pct);
                    v.value("foundation_use_pct", &$($mutable)? mast.foundation_use_pct);
                    v.value("wind_area_free_m2", &$($mutable)? mast.wind_area_free_m2);
                    v.value("land_area_m2", &$($mutable)? mast.land_area_m2);
                    v.value("shelter", &$($mutable)? mast.shelter);
                    v.value("power_spare_kw", &$($mutable)? mast.power_spare_kw);
                    v.value("backup_h", &$($mutable)? mast.backup_h);
                    v.list("levels", &$($mutable)? mast.levels);
                }
                Details::RadioStation(station) => {
                    v.value("mast", &$($mutable)? station.mast);
                    v.value("mast_owner", &$($mutable)? station.mast_owner);
                    v.value("network", &$($mutable)? station.network);
                    v.list("technologies", &$($mutable)? station.technologies);
                    v.list("bands_mhz", &$($mutable)? station.bands_mhz);
                    v.list("azimuths_deg", &$($mutable)? station.azimuths_deg);
                    v.value("antenna_height_m", &$($mutable)? station.antenna_height_m);
                    v.value("eirp_dbm", &$($mutable)? station.eirp_dbm);
                }
                Details::Pole(pole) => {
                    v.value("height_m", &$($mutable)? pole.height_m);
                    v.value("material", &$($mutable)? pole.material);
                    v.value("shared_with", &$($mutable)? pole.shared_with);
                    v.value("attachments_total", &$($mutable)? pole.attachments.total);
                    v.value("attachments_used", &$($mutable)? pole.attachments.used);
                    v.value("boxes", &$($mutable)? pole.boxes);
                    v.value("strength_class", &$($mutable)? pole.strength_class);
                    v.value("load_use_pct", &$($mutable)? pole.load_use_pct);
                    v.list("attached", &$($mutable)? pole.attached);
                }
                Details::AerialRoute(route) => {
                    v.value("from_pole", &$($mutable)? route.from_pole);
                    v.value("to_pole", &$($mutable)? route.to_pole);
                    v.value("clearance_m", &$($mutable)? route.clearance_m);
                    v.value("cables", &$($mutable)? route.cables);
                    v.value("longest_span_m", &$($mutable)? route.longest_span_m);
                    v.list("via_poles", &$($mutable)? route.via_poles);
                    v.list("crossings", &$($mutable)? route.crossings);
                }
                Details::Duct(duct) => {
                    v.value("from_manhole", &$($mutable)? duct.from_manhole);
                    v.value("to_manhole", &$($mutable)? duct.to_manhole);
                    v.value("surface", &$($mutable)? duct.surface);
                    v.value("depth_m", &$($mutable)? duct.depth_m);
                    v.value("bores_total", &$($mutable)? duct.bores.total);
                    v.value("bores_used", &$($mutable)? duct.bores.used);
                    v.value("bore_diameter_mm", &$($mutable)? duct.bore_diameter_mm);
                    v.value("material", &$($mutable)? duct.material);
                    v.value("trench", &$($mutable)? duct.trench);
                    v.list("bank", &$($mutable)? duct.bank);
                }
                Details::Manhole(manhole) => {
                    v.value("cover", &$($mutable)? manhole.cover);
                    v.value("length_m", &$($mutable)? manhole.length_m);
                    v.value("width_m", &$($mutable)? manhole.width_m);
                    v.value("depth_m", &$($mutable)? manhole.depth_m);
                    v.value("kind", &$($mutable)? manhole.kind);
                    v.value("closures", &$($mutable)? manhole.closures);
                    v.value("floods", &$($mutable)? manhole.floods);
                    v.value("inspected_on", &$($mutable)? manhole.inspected_on);
                }
                Details::Trench(trench) => {
                    v.value("kind", &$($mutable)? trench.kind);
                    v.value("depth_m", &$($mutable)? trench.depth_m);
                    v.value("slots_total", &$($mutable)? trench.slots.total);
                    v.value("slots_used", &$($mutable)? trench.slots.used);
                    v.value("width_m", &$($mutable)? trench.width_m);
                    v.list("shelves", &$($mutable)? trench.shelves);
                }
                Details::Cabinet(cabinet) => {
                    v.value("kind", &$($mutable)? cabinet.kind);
                    v.value("ports_total", &$($mutable)? cabinet.ports.total);
                    v.value("ports_used", &$($mutable)? cabinet.ports.used);
                    v.value("pole", &$($mutable)? cabinet.pole);
                }
                Details::Host(host) => {
                    v.value("kind", &$($mutable)? host.kind);
                    v.value("height_m", &$($mutable)? host.height_m);
                    v.value("slots_total", &$($mutable)? host.slots.total);
                    v.value("slots_used", &$($mutable)? host.slots.used);
                    v.value("address", &$($mutable)? host.address);
                    v.value("load_use_pct", &$($mutable)? host.load_use_pct);
                }
            }
        }
    };
}

walk!(fill_shared_fields, FillField, Attributes, mut);
walk!(
    /// Shows every field of an asset that a cell of its own holds, but for its status.
    see_shared_fields, SeeField, Asset,
);

/// What a field can hold.
#[derive(Clone, Debug)]
pub(crate) struct FieldInfo {
    pub(crate) name: &'static str,
    /// The words of its closed list.
    pub(crate) words: Vec<&'static str>,
    pub(crate) is_number: bool,
    pub(crate) is_list: bool,
}

impl FieldInfo {
    /// Whether the field answers a question.
    pub(crate) fn is_yes_or_no(&self) -> bool {
        self.words == <bool as FieldValue>::words()
    }
}

/// The fields that a row of this class may have a cell for.
pub(crate) fn described(class: AssetClass) -> Vec<FieldInfo> {
    struct Described(Vec<FieldInfo>);
    impl Described {
        fn add<T: FieldValue>(&mut self, name: &'static str, is_list: bool) {
            self.0.push(FieldInfo { name, words: T::words(), is_number: T::IS_NUMBER, is_list });
        }
    }
    impl FillField for Described {
        fn value<T: FieldValue>(&mut self, field: &'static str, _: &mut Option<T>) {
            self.add::<T>(field, false);
        }
        fn list<T: FieldValue>(&mut self, field: &'static str, _: &mut Vec<T>) {
            self.add::<T>(field, true);
        }
    }
    let mut described = Described(Vec::new());
    Attributes::empty(class).fill(&mut described);
    described.0
}

/// The names of the fields that a row of this class may have a cell for.
pub(crate) fn names(class: AssetClass) -> Vec<&'static str> {
    described(class).into_iter().map(|field| field.name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_has_the_fields_of_the_contract() {
        let all = "status security_site code manager accuracy_m survey_method surveyed_on built_on source note";
        for (class, fields) in [
            (
                "mast",
                "mast_class structure height_m on_building building_height_m half_width_m operators_designed slots_total slots_used structural_use_pct foundation_use_pct wind_area_free_m2 land_area_m2 shelter power_spare_kw backup_h levels",
            ),
            ("radio_station", "mast mast_owner network technologies bands_mhz azimuths_deg antenna_height_m eirp_dbm"),
            (
                "pole",
                "height_m material shared_with attachments_total attachments_used boxes strength_class load_use_pct attached",
            ),
            ("aerial_route", "from_pole to_pole clearance_m cables longest_span_m via_poles crossings"),
            (
                "duct",
                "from_manhole to_manhole surface depth_m bores_total bores_used bore_diameter_mm material trench bank",
            ),
            ("manhole", "cover length_m width_m depth_m kind closures floods inspected_on"),
            ("trench", "kind depth_m slots_total slots_used width_m shelves"),
            ("cabinet", "kind ports_total ports_used pole"),
            ("host", "kind height_m slots_total slots_used address load_use_pct"),
        ] {
            let class: AssetClass = class.parse().unwrap();
            let terms = if class.can_be_let() { " rent_vnd_year lease_months sharing_conditions" } else { "" };
            let expected = format!("{all}{terms} {fields}");
            assert_eq!(names(class).join(" "), expected, "{class}");
        }
    }
}
