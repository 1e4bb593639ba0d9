//! What goes out comes back in, and what a viewer may not see does not go out.

use std::collections::BTreeSet;

use hatang_core::{
    Asset, AssetClass, Fields, NullReason, OrganisationCode, View,
    asset::{Details, Submitted, Tenancy, Terms},
    visibility::{Depth, Tenants},
};
use hatang_exchange::{feature, properties, write_geojson};
use serde_json::{Value, json};

use crate::{by_column, import};

/// One asset of a class with a value in every field.
pub(crate) fn full(class: AssetClass) -> Asset {
    let details = match class {
        AssetClass::Mast => json!({
            "mast_class": "A2b", "structure": "lattice", "height_m": 36.5, "on_building": true, "building_height_m": 12.0,
            "half_width_m": 0.4, "operators_designed": 3, "slots": { "total": 3, "used": 1 }, "structural_use_pct": 62.5,
            "foundation_use_pct": 40.0, "wind_area_free_m2": 3.5, "land_area_m2": 200.0, "shelter": "container",
            "power_spare_kw": 2.5, "backup_h": 4.0,
            "levels": [{ "height_m": 36.0, "slots": { "total": 1, "used": 1 } }, { "height_m": 30.0, "slots": { "total": 2 } }],
        }),
        AssetClass::RadioStation => json!({
            "mast": "COT-1", "mast_owner": "towerco", "network": "viettel", "technologies": ["4g", "5g"], "bands_mhz": [1800.0, 2600.5],
            "azimuths_deg": [0.0, 120.5], "antenna_height_m": 33.0, "eirp_dbm": 61.5,
        }),
        AssetClass::Pole => json!({
            "height_m": 7.0, "material": "concrete", "shared_with": "power", "attachments": { "total": 8, "used": 3 },
            "boxes": 2, "strength_class": "C", "load_use_pct": 55.0,
            "attached": [{ "tenant": "viettel", "cables": 2, "boxes": 1, "height_m": 5.2 }, { "tenant": "a;b" }],
        }),
        AssetClass::AerialRoute => json!({
            "from_pole": "P1", "to_pole": "P2", "clearance_m": 5.5, "cables": 4, "longest_span_m": 42.0,
            "via_poles": ["P1a", "P1b"],
            "crossings": [{ "over": "road", "clearance_m": 5.6, "place": "QL10" }, { "over": "waterway" }],
        }),
        AssetClass::Duct => json!({
            "from_manhole": "M1", "to_manhole": "M2", "surface": "pavement", "depth_m": 0.6,
            "bores": { "total": 4, "used": 1 }, "bore_diameter_mm": 110.0, "material": "HDPE", "trench": "H1",
            "bank": [
                { "number": 1, "diameter_mm": 110.0, "content": { "cables": [
                    { "owner": "viettel", "diameter_mm": 18.0, "fibres": 48, "code": "CAP/1" }, { "owner": "vnpt" },
                ] } },
                { "number": 2, "content": "empty" }, { "number": 3, "content": "unknown" },
            ],
        }),
        AssetClass::Manhole => json!({ "cover": "cast_iron", "length_m": 1.8, "width_m": 1.2, "depth_m": 1.4,
            "kind": "manhole", "closures": 2, "floods": true, "inspected_on": "2025-03-01" }),
        AssetClass::Trench => {
            json!({ "kind": "tunnel", "depth_m": 2.5, "slots": { "total": 12, "used": 5 }, "width_m": 1.8,
            "shelves": [{ "number": 1, "kept_for": "telecom", "slots": { "total": 4, "used": 3 } }] })
        }
        AssetClass::Cabinet => json!({ "kind": "FTTH", "ports": { "total": 64, "used": 40 }, "pole": "P1" }),
        AssetClass::Host => json!({ "kind": "roof", "height_m": 18.0, "slots": { "total": 2, "used": 0 },
            "address": "Nhà văn hóa thôn", "load_use_pct": 20.0 }),
    };
    let shape = match class {
        _ if class.is_line() => json!({ "type": "LineString", "coordinates": [[106.48, 20.69], [106.49, 20.7]] }),
        // A hole, and rings wound the wrong way.
        AssetClass::Host => json!({ "type": "Polygon", "coordinates": [
            [[106.4, 20.6], [106.4, 20.7], [106.5, 20.7], [106.5, 20.6], [106.4, 20.6]],
            [[106.42, 20.62], [106.48, 20.62], [106.48, 20.68], [106.42, 20.62]],
        ] }),
        _ => json!({ "type": "Point", "coordinates": [106.480_123_456_789, 20.69] }),
    };
    let mut asset = json!({
        "id": "00000000-0000-0000-0000-000000000001", "class": class, "code": "VTL-1", "owner": "viettel", "manager": "towerco",
        "tenants": [{ "tenant": "mobifone", "network": "mobifone", "since": "2021-01-01", "until": "2031-01-01", "part": "L36", "units": 1 }, { "tenant": "vnpt" }],
        "status": "inactive", "shape": shape,
        "survey": { "accuracy_m": 0.25, "method": "total_station", "surveyed_on": "2024-02-29" },
        "built_on": "2015-01-02", "source": "hồ sơ 12", "note": "Ghi chú; có dấu", "security_site": true,
    });
    if class.can_be_let() {
        asset["terms"] = json!({ "rent_vnd_year": 12_000_000, "lease_months": 60, "sharing_conditions": "Lắp dưới mức 30 m; báo trước" });
    }
    asset.as_object_mut().unwrap().extend(details.as_object().unwrap().clone());
    serde_json::from_value(asset).unwrap()
}

fn exported(asset: &Asset, view: View) -> String {
    let mut out = Vec::new();
    write_geojson(feature(asset, &view), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn every_field_of_every_class_comes_back() {
    for class in AssetClass::ALL {
        let asset = full(*class);
        let text = exported(&asset, View::Exact(Fields::ALL));
        let import = import("out.geojson", &text, &by_column(*class, "owner"));
        assert_eq!(import.report.findings, [], "{class}");
        let back = serde_json::to_value(&import.assets[0].asset).unwrap();
        let mut expected = serde_json::to_value(&asset).unwrap();
        if class.is_point() {
            expected["shape"] = serde_json::from_str::<Value>(&text).unwrap()["features"][0]["geometry"].clone();
        }
        assert_eq!(back, expected, "{class}");
    }
}

#[test]
fn every_null_reason_comes_back() {
    for class in AssetClass::ALL {
        let mut asset = Asset {
            details: Details::empty(*class),
            code: None,
            built_on: None,
            note: None,
            terms: Terms::default(),
            ..full(*class)
        };
        let fields = properties(&full(*class), Fields::ALL);
        let empty = properties(&asset, Fields::ALL);
        for field in fields.keys().filter(|field| !empty.contains_key(*field) && *field != "free") {
            asset.nulls.insert(field.clone(), NullReason::NotSurveyed);
        }
        assert!(3 < asset.nulls.len(), "{class}");
        let import = import("out.geojson", &exported(&asset, View::Exact(Fields::ALL)), &by_column(*class, "owner"));
        assert_eq!(import.assets[0].asset.nulls, asset.nulls, "{class}");
    }
}

#[test]
fn a_document_is_rfc_7946() {
    let text = exported(&full(AssetClass::Host), View::Exact(Fields::ALL));
    let document: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(document["type"], "FeatureCollection");
    assert!(document.get("crs").is_none());
    let outline = json!([
        [[106.4, 20.6], [106.5, 20.6], [106.5, 20.7], [106.4, 20.7], [106.4, 20.6]],
        [[106.42, 20.62], [106.48, 20.68], [106.48, 20.62], [106.42, 20.62]],
    ]);
    assert_eq!(document["features"][0]["geometry"]["coordinates"], outline, "outer rings left, holes right");
    assert!(
        exported(&full(AssetClass::Mast), View::Exact(Fields::ALL)).contains("[106.4801235,20.69]"),
        "seven decimals"
    );
    let mut none = Vec::new();
    write_geojson(None, &mut none).unwrap();
    assert_eq!(serde_json::from_slice::<Value>(&none).unwrap()["features"], json!([]));
}

#[test]
fn a_view_shows_its_groups_of_fields_and_no_more() {
    let station = full(AssetClass::RadioStation);
    let published = properties(&station, Fields::PUBLISHED);
    for hidden in ["note", "source", "azimuths_deg", "eirp_dbm", "tenants", "security_site"] {
        assert!(!published.contains_key(hidden), "{hidden}");
        assert!(properties(&station, Fields::ALL).contains_key(hidden), "{hidden}");
    }
    for (class, hidden) in
        [(AssetClass::Duct, "bank"), (AssetClass::Pole, "attached"), (AssetClass::Mast, "land_area_m2")]
    {
        let asset = full(class);
        assert!(!properties(&asset, Fields::PUBLISHED).contains_key(hidden), "{hidden}");
        assert!(properties(&asset, Fields::ALL).contains_key(hidden), "{hidden}");
    }
    let withheld = Asset { nulls: [("eirp_dbm".to_owned(), NullReason::Withheld)].into(), ..full(AssetClass::Mast) };
    assert!(!properties(&withheld, Fields::PUBLISHED).contains_key("eirp_dbm_null"));

    let submitted = Submitted { crs: "EPSG:9210".to_owned(), coordinates: "1 2".to_owned(), operation: None };
    let moved = Asset { submitted: Some(submitted), ..full(AssetClass::Mast) };
    assert_eq!(properties(&moved, Fields::ALL)["submitted_coordinates"], "1 2");
    assert!(!properties(&moved, Fields::PUBLISHED).keys().any(|key| key.starts_with("submitted")));
}

/// Whoever adds a field decides: it is published (named here) or it is for the owner and officials alone.
#[test]
fn what_is_not_published_is_shown_to_nobody_else() {
    let mut published: BTreeSet<String> = BTreeSet::new();
    for class in AssetClass::ALL {
        published.extend(properties(&full(*class), Fields::PUBLISHED).into_iter().map(|(field, _)| field));
    }
    let expected = "accuracy_m address antenna_height_m attachments_total attachments_used bands_mhz bore_diameter_mm \
        bores_total bores_used boxes building_height_m built_on cables class clearance_m code cover crossings \
        depth_m foundation_use_pct free from_manhole from_pole generalised half_width_m height_m kind lease_months \
        length_m levels load_use_pct longest_span_m manager mast mast_class material network on_building \
        operators_designed owner pole ports_total ports_used power_spare_kw rent_vnd_year sharing_conditions shelves slots_total slots_used \
        status strength_class structural_use_pct structure surface survey_method surveyed_on technologies \
        to_manhole to_pole trench via_poles width_m wind_area_free_m2";
    assert_eq!(published.into_iter().collect::<Vec<_>>(), expected.split_whitespace().collect::<Vec<_>>());
}

#[test]
fn a_tenant_is_shown_its_own_tenancy_and_no_other() {
    let mut mast = full(AssetClass::Mast);
    let tenants = ["mobifone", "vnpt"].map(|code| OrganisationCode::new(code).unwrap());
    mast.tenants = tenants.iter().map(|tenant| Tenancy::of(tenant.clone())).collect();
    let fields = Fields { tenants: Tenants::Only(&tenants[0]), depth: Depth::Published };
    assert_eq!(properties(&mast, fields)["tenants"], json!([{ "tenant": "mobifone" }]));
}

#[test]
fn free_units_are_known_or_unknown_for_a_reason() {
    let mut mast = full(AssetClass::Mast);
    assert_eq!(properties(&mast, Fields::PUBLISHED)["free"], json!({ "known": 2 }));
    let Details::Mast(details) = &mut mast.details else { panic!("not a mast") };
    details.slots.used = None;
    mast.nulls.insert("slots_used".to_owned(), NullReason::Withheld);
    let shown = properties(&mast, Fields::PUBLISHED);
    assert_eq!((&shown["free"], &shown["slots_used_null"]), (&json!({ "unknown": "withheld" }), &json!("withheld")));
}

#[test]
fn a_generalised_view_names_class_owner_and_state_in_a_wide_place() {
    let mast = full(AssetClass::Mast);
    let document: Value = serde_json::from_str(&exported(&mast, View::Generalised)).unwrap();
    let shown = &document["features"][0];
    let expected =
        json!({ "class": "mast", "owner": "viettel", "status": "inactive", "generalised": true, "accuracy_m": 394.0 });
    assert_eq!(shown["properties"], expected);
    assert_eq!(shown["geometry"]["coordinates"], json!([106.4825, 20.6925]));
    assert!(feature(&mast, &View::Hidden).is_none());
    let tenancy: &Tenancy = &mast.tenants[0];
    assert!(!exported(&mast, View::Generalised).contains(tenancy.tenant.as_str()));
}
