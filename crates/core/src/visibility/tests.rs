use super::*;
use crate::{asset::Details, codes::AssetCode, survey::Survey};

fn mast(owner: &str, status: Lifecycle, security_site: bool) -> Asset {
    Asset {
        id: crate::AssetId(Uuid::nil()),
        code: Some(AssetCode::new("M-1").unwrap()),
        owner: OrganisationCode::new(owner).unwrap(),
        manager: None,
        tenants: Vec::new(),
        status,
        shape: Shape::Point(Lonlat::new(106.48, 20.68).unwrap()),
        survey: Survey::default(),
        built_on: None,
        source: None,
        note: None,
        nulls: std::collections::BTreeMap::new(),
        security_site,
        submitted: None,
        details: Details::empty(crate::AssetClass::Mast),
    }
}

fn viewer(role: Role, organisation: Option<&str>) -> Viewer {
    Viewer { account: None, role, organisation: organisation.map(|code| OrganisationCode::new(code).unwrap()) }
}

#[test]
fn every_role_sees_only_what_a_rule_allows() {
    use Lifecycle::{Operational, Planned};
    let all = View::Exact(Fields::ALL);
    let published = View::Exact(Fields::PUBLISHED);
    for (name, role, organisation, status, security, expected) in [
        ("the public sees a blurred position", Role::Public, None, Operational, false, View::Generalised),
        ("the public sees no plans", Role::Public, None, Planned, false, View::Hidden),
        ("the public sees no security site", Role::Public, None, Operational, true, View::Hidden),
        ("the owner sees all", Role::CarrierEditor, Some("viettel"), Planned, false, all),
        ("a rival sees what is published", Role::CarrierEditor, Some("vnpt"), Operational, false, published),
        ("a rival sees no plans", Role::CarrierAdministrator, Some("vnpt"), Planned, false, View::Hidden),
        ("a utility sees what is published", Role::Utility, Some("evn"), Operational, false, published),
        ("the office sees all", Role::Assessor, Some("ubnd"), Planned, false, all),
        ("the office sees no security site", Role::Assessor, Some("ubnd"), Operational, true, View::Hidden),
        ("the security officer does", Role::SecurityOfficer, None, Operational, true, all),
        ("its owner does", Role::CarrierEditor, Some("viettel"), Operational, true, all),
    ] {
        assert_eq!(view(&viewer(role, organisation), &mast("viettel", status, security)), expected, "{name}");
    }
}

#[test]
fn a_generalised_position_says_the_same_for_the_whole_cell() {
    let a = generalise(&Shape::Point(Lonlat::new(106.4811, 20.6811).unwrap()));
    let b = generalise(&Shape::Point(Lonlat::new(106.4839, 20.6849).unwrap()));
    assert_eq!(a, b);
    assert_ne!(a, generalise(&Shape::Point(Lonlat::new(106.4851, 20.6849).unwrap())));
}

#[test]
fn nothing_moves_farther_than_the_stated_accuracy() {
    for i in 0..200_u32 {
        let at = Lonlat::new(100.0 + f64::from(i) * 0.000_731, f64::from(i) * 0.101).unwrap();
        let moved = crate::geodesy::distance(at, cell_centre(at));
        assert!(moved <= generalised_accuracy(), "{at:?} moved {moved}");
    }
}

#[test]
fn a_short_line_becomes_one_blurred_position() {
    let at = |lon, lat| Lonlat::new(lon, lat).unwrap();
    let short = Shape::LineString(vec![at(106.4811, 20.6811), at(106.4815, 20.6815)]);
    assert_eq!(generalise(&short).kind(), "Point");
    let long = Shape::LineString(vec![at(106.4811, 20.6811), at(106.4815, 20.6815), at(106.4915, 20.6915)]);
    assert_eq!(generalise(&long).positions().count(), 2);
}

#[test]
fn a_station_is_between_its_owner_and_the_masts() {
    let mut station = mast("viettel", Lifecycle::Operational, false);
    station.details = Details::empty(crate::AssetClass::RadioStation);
    for (name, viewer, expected) in [
        ("the public", Viewer::public(), View::Hidden),
        ("a rival", viewer(Role::CarrierEditor, Some("vnpt")), View::Hidden),
        ("its owner", viewer(Role::CarrierEditor, Some("viettel")), View::Exact(Fields::ALL)),
        ("the office", viewer(Role::Assessor, None), View::Exact(Fields::ALL)),
    ] {
        assert_eq!(view(&viewer, &station), expected, "{name}");
    }
}
