//! The spacing predicate against a naive recomputation over every mast, on seeded scenes.
#![expect(clippy::unwrap_used, reason = "the scenes are made here and valid")]

use std::collections::BTreeMap;

use hatang_core::{
    Asset, AssetId, Details, Held, Lonlat, Metres, NetworkCode, Organisation, OrganisationCode, OrganisationKind,
    Record, Registry, RequestItem, Role, RuleSet, Seq, Shape, Survey, Territory, Verdict, Version, Viewer,
    asset::{Lifecycle, Mast, Tenancy},
    geodesy,
    plan::{Plan, URBAN, Zone},
};
use hatang_review::{Scene, screen};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::json;

/// Owners and the network each runs; a tower company runs none.
const OWNERS: [(&str, Option<&str>); 3] =
    [("viettel", Some("viettel")), ("vnpt", Some("vinaphone")), ("towerco", None)];
const EXEMPT: f64 = 3.0;

#[test]
fn spacing_equals_a_naive_recomputation_over_every_mast() {
    let mut random = ChaCha8Rng::seed_from_u64(7);
    let mut outcomes: BTreeMap<Verdict, u32> = BTreeMap::new();
    for round in 0..400 {
        let masts: Vec<Asset> = (0..random.random_range(0..8)).map(|number| mast(number, &mut random)).collect();
        let registry = registry(&masts);
        let office = random.random_bool(0.7);
        let applicant =
            Viewer { role: Role::CarrierEditor, organisation: OrganisationCode::new("vnpt").ok(), ..Viewer::public() };
        let viewer = if office { Viewer::console() } else { applicant };
        let (set, plan) = (rules(), plan(&mut random));
        let plan = random.random_bool(0.9).then_some(&plan);
        let sets = [&set];
        let scene = Scene { plan, ..Scene::new(registry.seen_by(&viewer), &sets, jiff::civil::date(2026, 7, 1)) };
        let item = request(&mut random);
        for (finding, rule) in screen(&item, &scene).findings.iter().zip(["other", "same"]) {
            let naive = naive(&item, &masts, plan, rule, office);
            assert_eq!(finding.verdict, naive, "round {round}, {rule}: {item:?}\n{masts:#?}");
            assert_eq!(finding.verdict == Verdict::CannotTell, !finding.missing.is_empty(), "round {round}, {rule}");
            assert!(finding.verdict == Verdict::Complies || !finding.assets.is_empty(), "round {round}, {rule}");
            *outcomes.entry(finding.verdict).or_default() += 1;
        }
    }
    assert!(
        outcomes.len() == 3 && outcomes.values().all(|count| 50 < *count),
        "every verdict is met often: {outcomes:?}"
    );
}

/// Every way the unknowns may turn out: if all agree that is the verdict, otherwise nobody can tell.
fn naive(item: &RequestItem, masts: &[Asset], plan: Option<&Plan>, rule: &str, office: bool) -> Verdict {
    let (urban, rural) = if rule == "other" { (120.0, 250.0) } else { (300.0, 450.0) };
    let limits = match side_of_the_edge(item, plan) {
        Some(true) => vec![urban],
        Some(false) => vec![rural],
        None => vec![urban, rural],
    };
    let verdicts = limits.iter().map(|limit| {
        let (mut surely, mut perhaps) = (false, false);
        for mast in masts.iter().filter(|mast| mast.status.stands()) {
            let Details::Mast(details) = &mast.details else { unreachable!() };
            let apart = geodesy::distance(mast.anchor(), anchor(item)).get();
            let radius = mast.survey.accuracy().radius.get().hypot(item.accuracy().radius.get());
            let too_near = [apart + radius < *limit, apart - radius < *limit];
            let network_of =
                |code: &str| OWNERS.iter().find(|(owner, _)| *owner == code).and_then(|(_, network)| *network);
            let knows_tenants = office || mast.owner.as_str() == "vnpt";
            // Who hangs on another's mast knows that it does.
            let knows = |tenancy: &&Tenancy| knows_tenants || tenancy.tenant.as_str() == "vnpt";
            let tenants = mast.tenants.iter().filter(knows).map(|tenancy| tenancy.tenant.as_str());
            let on_it: Vec<_> = tenants.chain([mast.owner.as_str()]).map(network_of).collect();
            let wanted = on_it.iter().flatten().any(|network| (*network == "vinaphone") == (rule == "same"));
            let counts = [wanted, wanted || !knows_tenants || on_it.contains(&None)];
            let exempt = match details.height_m {
                _ if rule == "same" => [false; 2],
                None => [true, false],
                Some(height) => [height.get() <= EXEMPT; 2],
            };
            surely |= too_near[0] && counts[0] && !exempt[0];
            perhaps |= too_near[1] && counts[1] && !exempt[1];
        }
        match (surely, perhaps) {
            (true, _) => Verdict::DoesNotComply,
            (false, true) => Verdict::CannotTell,
            (false, false) => Verdict::Complies,
        }
    });
    let verdicts: Vec<Verdict> = verdicts.collect();
    if verdicts.iter().all(|verdict| *verdict == verdicts[0]) { verdicts[0] } else { Verdict::CannotTell }
}

/// The urban zone is everything west of a meridian.
fn side_of_the_edge(item: &RequestItem, plan: Option<&Plan>) -> Option<bool> {
    let plan = plan?;
    let edge = plan.zones[0].shape.bounding_box().edges()[2];
    let here = anchor(item);
    let to_edge = geodesy::distance(here, at(edge, here.lat()));
    let is_urban = (item.accuracy().radius < to_edge).then_some(here.lon() < edge)?;
    // East of it there may be another one, unless the plan holds every one.
    (is_urban || !plan.complete.is_empty()).then_some(is_urban)
}

fn anchor(item: &RequestItem) -> Lonlat {
    let Shape::Point(at) = item.shape else { unreachable!() };
    at
}

fn at(lon: f64, lat: f64) -> Lonlat {
    Lonlat::new(lon, lat).unwrap()
}

fn somewhere(random: &mut ChaCha8Rng) -> Shape {
    Shape::Point(at(random.random_range(106.4755..106.4845), random.random_range(20.6755..20.6845)))
}

fn mast(number: u128, random: &mut ChaCha8Rng) -> Asset {
    let owner = OWNERS[if random.random_bool(0.8) { random.random_range(0..2) } else { 2 }].0;
    let height = [2.5, 42.0, 42.0, 42.0][random.random_range(0..4)];
    let height_m = random.random_bool(0.9).then(|| Metres::computed(height));
    let status = if random.random_bool(0.1) { Lifecycle::Decommissioned } else { Lifecycle::Operational };
    let accuracy_m = Some(Metres::computed([0.5, 5.0, 30.0, 90.0, 2_000.0][random.random_range(0..5)]));
    let tenancy = |tenant: &str| Tenancy::of(OrganisationCode::new(tenant).unwrap());
    let tenants = ["viettel", "vnpt", "nobody"].into_iter().filter(|_| random.random_bool(0.1)).map(tenancy).collect();
    Asset {
        id: AssetId(uuid::Uuid::from_u128(number)),
        code: None,
        owner: OrganisationCode::new(owner).unwrap(),
        manager: None,
        tenants,
        status,
        shape: somewhere(random),
        survey: Survey { accuracy_m, ..Survey::default() },
        built_on: None,
        source: None,
        note: None,
        nulls: BTreeMap::new(),
        security_site: false,
        terms: hatang_core::asset::Terms::default(),
        submitted: None,
        replaced_by: None,
        details: Details::Mast(Mast { height_m, ..Mast::default() }),
    }
}

fn registry(masts: &[Asset]) -> Registry {
    let mut registry = Registry::new();
    for (owner, network) in OWNERS {
        let organisation = Organisation {
            code: OrganisationCode::new(owner).unwrap(),
            name: owner.to_owned(),
            kind: OrganisationKind::Unknown,
            networks: network.into_iter().map(|network| NetworkCode::new(network).unwrap()).collect(),
        };
        registry.put(&Territory::authority(), Seq(1), Version(1), Record::Organisation { organisation });
    }
    let territory = Territory::new("11824").unwrap();
    let held =
        |asset: &Asset| Held { asset: asset.clone(), territory: territory.clone(), version: Version(1), seq: Seq(1) };
    registry.put_assets(masts.iter().map(held));
    registry
}

fn request(random: &mut ChaCha8Rng) -> RequestItem {
    let accuracy_m = [1.0, 5.0, 20.0][random.random_range(0..3)];
    serde_json::from_value(json!({
        "class": "mast",
        "owner": "vnpt",
        "shape": somewhere(random),
        "accuracy_m": accuracy_m,
        "height_m": 30.0,
    }))
    .unwrap()
}

fn plan(random: &mut ChaCha8Rng) -> Plan {
    let east = random.random_range(106.4755..106.4845);
    let ring = [(106.4, 20.6), (east, 20.6), (east, 20.8), (106.4, 20.8), (106.4, 20.6)];
    let shape = Shape::Polygon(vec![ring.iter().map(|(lon, lat)| at(*lon, *lat)).collect()]);
    let zone = Zone { zone: URBAN.to_owned(), name: None, instrument: None, shape };
    let complete: &[&str] = if random.random_bool(0.8) { &["zone:urban"] } else { &[] };
    let empty = json!({
        "title": { "vi": "", "en": "" }, "instrument": "", "rule_set": "bac-ninh-72-2025", "complete": complete,
    });
    Plan { zones: vec![zone], ..serde_json::from_value(empty).unwrap() }
}

/// The template's two spacing rules.
fn rules() -> RuleSet {
    let text = include_str!("../../../rule-sets/bac-ninh-72-2025.toml");
    let mut set: RuleSet = toml::from_str(text).unwrap();
    set.rules.retain(|rule| ["SP-BN-1", "SP-BN-2"].contains(&rule.id.as_str()));
    set
}
