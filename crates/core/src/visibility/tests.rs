use super::*;
use crate::{
    asset::{AssetClass, Details, Lifecycle},
    codes::AssetCode,
    survey::Survey,
};

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
        terms: crate::asset::Terms::default(),
        submitted: None,
        replaced_by: None,
        details: Details::empty(crate::AssetClass::Mast),
    }
}

fn viewer(role: Role, organisation: Option<&str>) -> Viewer {
    let organisation = organisation.map(|code| OrganisationCode::new(code).unwrap());
    Viewer { role, organisation, ..Viewer::public() }
}

fn home() -> Territory {
    Territory::new("11824").unwrap()
}

#[test]
fn the_rules_name_every_secrecy_once_in_order() {
    assert_eq!(policy::RULES.map(|(secrecy, _)| secrecy).as_slice(), Secrecy::ALL);
}

/// Every kind of viewer (down) by every kind of asset of `viettel` with the tenant `mobifone` (across), in letters:
/// `.` hidden, `b` blurred, `p` published, `e` published and what is needed to build on it, `t` published and the own
/// tenancy, `A` all. `@` names an official's territory, `+case` a request that an officer found these to be hosts for.
const EXPECTED: &str = "
    public                          b...
    carrier_editor viettel          AAAA
    carrier_editor vnpt             p...
    carrier_editor mobifone         tttt
    carrier_editor towerco          AAAA
    carrier_editor                  p...
    carrier_administrator viettel   AAAA
    carrier_administrator vnpt      p...
    carrier_administrator mobifone  tttt
    carrier_administrator towerco   AAAA
    carrier_administrator           p...
    utility viettel                 AAAA
    utility vnpt                    p...
    utility mobifone                tttt
    utility towerco                 AAAA
    utility                         p...
    assessor                        AAA.
    signatory                       AAA.
    plan_lead                       AAA.
    planner                         AAA.
    security_officer                AAAA
    city_viewer                     AAA.
    auditor                         AAAA
    operator                        AAAA
    assessor @11830                 p...
    security_officer @11830         p...
    assessor viettel                AAAA
    assessor mobifone               AAA.
    carrier_editor vnpt +case       e...
";

#[test]
fn every_role_sees_only_what_a_rule_allows() {
    let assets = [
        (Lifecycle::Operational, AssetClass::Mast, false),
        (Lifecycle::Operational, AssetClass::RadioStation, false),
        (Lifecycle::Planned, AssetClass::Mast, false),
        (Lifecycle::Planned, AssetClass::RadioStation, true),
    ]
    .map(|(status, class, security_site)| {
        let mut asset = mast("viettel", status, security_site);
        asset.details = Details::empty(class);
        asset.manager = OrganisationCode::new("towerco").ok();
        let tenant = OrganisationCode::new("mobifone").unwrap();
        asset.tenants = vec![crate::asset::Tenancy::of(tenant)];
        asset
    });
    let mut roles = std::collections::BTreeSet::new();
    for line in EXPECTED.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (who, expected) = line.rsplit_once(' ').unwrap();
        let mut words = who.split_whitespace();
        let role: Role = words.next().unwrap().parse().unwrap();
        roles.insert(role);
        let mut asking = viewer(role, None);
        for word in words {
            match (word.strip_prefix('@'), word) {
                (Some(territory), _) => asking.territory = Territory::new(territory).ok(),
                (None, "+case") => asking.involved = assets.iter().map(|asset| asset.id).collect(),
                (None, word) => asking.organisation = OrganisationCode::new(word).ok(),
            }
        }
        let seen: String = assets
            .iter()
            .map(|asset| match view(&asking, asset, &home()) {
                View::Hidden => '.',
                View::Generalised => 'b',
                View::Exact(fields) if fields == Fields::PUBLISHED => 'p',
                View::Exact(fields) if fields == Fields::ENGINEERING => 'e',
                View::Exact(Fields { tenants: Tenants::Only(_), depth: Depth::Published }) => 't',
                View::Exact(fields) if fields == Fields::ALL => 'A',
                View::Exact(_) => '?',
            })
            .collect();
        assert_eq!(seen, expected.trim(), "{who}");
    }
    assert_eq!(roles.len(), Role::ALL.len(), "every role is in the table");
}

#[test]
fn a_tenant_is_shown_its_own_tenancy_only() {
    let own = OrganisationCode::new("mobifone").unwrap();
    let other = OrganisationCode::new("vnpt").unwrap();
    assert!(Tenants::Only(&own).shows(&own) && !Tenants::Only(&own).shows(&other));
    assert!(Tenants::Everybody.shows(&other) && !Tenants::Nobody.shows(&own));
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
        assert_eq!(view(&viewer, &station, &home()), expected, "{name}");
    }
}
