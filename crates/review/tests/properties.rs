//! What must hold of hosts and findings whatever stands where, on seeded registries.
#![expect(clippy::unwrap_used, reason = "the scenes are made here and valid")]

use hatang_core::{
    Asset, Capacity, Held, Registry, RequestItem, RuleSet, Seq, Territory, Verdict, Version, Viewer, plan::Plan,
};
use hatang_review::{HostVerdict, Scene, Screened, screen};
use rand::{RngExt, SeedableRng, seq::SliceRandom};
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};

const ROUNDS: u64 = 60;

#[test]
fn adding_a_shareable_host_removes_none_and_changes_no_other() {
    for seed in 0..ROUNDS {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let assets = assets(&mut random, 14);
        let item = request(&mut random);
        let before = judge(&assets, &item);
        // A pole or a power pole may be one of a route's: then it is the route that has more room.
        let stands_alone = ["mast", "duct", "trench"][random.random_range(0..3)];
        let free = asset_of(stands_alone, &mut random, 999, Some((4, Some(0))));
        let with_one = [assets, vec![free]].concat();
        let after = judge(&with_one, &item);
        for host in &before.hosts {
            let again = after.hosts.iter().find(|other| other.asset == host.asset);
            let again = again.unwrap_or_else(|| panic!("seed {seed}: {host:?} is gone"));
            assert_eq!((again.verdict, again.score), (host.verdict, host.score), "seed {seed}");
        }
    }
}

#[test]
fn unknown_capacity_is_never_free_and_filling_a_host_never_makes_it_better() {
    for seed in 0..ROUNDS {
        let mut random = ChaCha8Rng::seed_from_u64(1_000 + seed);
        let mut assets = assets(&mut random, 14);
        let item = request(&mut random);
        let before = judge(&assets, &item);
        for host in &before.hosts {
            if matches!(host.free, Capacity::Unknown(_)) {
                assert!(HostVerdict::CannotTell <= host.verdict, "seed {seed}: {host:?}");
                assert_eq!((host.saves.masts, host.saves.trench_m), (0, 0.0), "seed {seed}");
            }
        }
        for asset in &mut assets {
            *asset = filled(asset);
        }
        for host in &judge(&assets, &item).hosts {
            let earlier = before.hosts.iter().find(|other| other.asset == host.asset);
            // What was unknown may turn out fuller than hoped and still bear one more after works: that is knowledge.
            let was_known = earlier.filter(|earlier| matches!(earlier.free, Capacity::Known(_)));
            assert!(was_known.is_none_or(|earlier| earlier.verdict <= host.verdict), "seed {seed}: {host:?}");
        }
        let way = judge(&assets, &item).way;
        assert!(way.is_none_or(|way| way.shared_m <= 0.0), "seed {seed}: nothing runs in what is full");
    }
}

#[test]
fn the_order_in_which_assets_came_changes_no_byte_of_the_answer() {
    for seed in 0..ROUNDS {
        let mut random = ChaCha8Rng::seed_from_u64(2_000 + seed);
        let mut assets = assets(&mut random, 20);
        let item = request(&mut random);
        let before = serde_json::to_string(&judge(&assets, &item)).unwrap();
        assets.shuffle(&mut random);
        assert_eq!(before, serde_json::to_string(&judge(&assets, &item)).unwrap(), "seed {seed}");
    }
}

#[test]
fn a_way_is_never_longer_in_new_ground_than_the_request_and_its_parts_follow_each_other() {
    let mut met = 0;
    for seed in 0..4 * ROUNDS {
        let mut random = ChaCha8Rng::seed_from_u64(3_000 + seed);
        let assets = assets(&mut random, 20);
        let item = route("duct", &mut random);
        let Some(way) = judge(&assets, &item).way else { continue };
        met += 1;
        assert!(way.new_m <= way.requested_m + 0.2, "seed {seed}: {way:?}");
        let ends = |shape: &Value| {
            let line = shape["coordinates"].as_array().unwrap().clone();
            (line[0].clone(), line[line.len() - 1].clone())
        };
        let parts: Vec<_> = way.parts.iter().map(|part| ends(&serde_json::to_value(&part.geometry).unwrap())).collect();
        for pair in parts.windows(2) {
            assert_eq!(pair[0].1, pair[1].0, "seed {seed}: one part begins where the one before ends");
        }
        let total = way.parts.iter().map(|part| part.metres).sum::<f64>();
        assert!((total - way.shared_m - way.ask_m - way.new_m).abs() < 0.5, "seed {seed}");
    }
    assert!(20 <= met, "ways are met often: {met}");
}

#[test]
fn what_is_only_planned_never_makes_a_finding_better() {
    for seed in 0..ROUNDS {
        let mut random = ChaCha8Rng::seed_from_u64(4_000 + seed);
        let standing = assets(&mut random, 10);
        let twins: Vec<Asset> = (100..106)
            .map(|number| {
                let mut twin = serde_json::to_value(asset(&mut random, number, None)).unwrap();
                twin["status"] = json!("planned");
                // Of others: the applicant's own may be what it asks for.
                twin["owner"] = json!("viettel");
                serde_json::from_value(twin).unwrap()
            })
            .collect();
        let item = request(&mut random);
        let (without, with) = (judge(&standing, &item), judge_with(&standing, twins, &item));
        let judged_by_lines_and_masts = ["SP-", "PO-DUP", "DU-NEWDUP"];
        for before in &without.findings {
            if !judged_by_lines_and_masts.iter().any(|rule| before.rule.as_str().starts_with(rule)) {
                continue;
            }
            let after = with.findings.iter().find(|finding| finding.rule == before.rule).unwrap();
            let badness = |verdict: Verdict| match verdict {
                Verdict::DoesNotApply | Verdict::Complies => 0,
                Verdict::CannotTell => 1,
                Verdict::DoesNotComply => 2,
            };
            assert!(badness(before.verdict) <= badness(after.verdict), "seed {seed}: {before:?} became {after:?}");
        }
        for host in &without.hosts {
            assert!(with.hosts.iter().any(|other| other.asset == host.asset), "seed {seed}: {host:?} is gone");
        }
    }
}

fn judge(assets: &[Asset], item: &RequestItem) -> Screened {
    judge_with(assets, Vec::new(), item)
}

fn judge_with(assets: &[Asset], planned: Vec<Asset>, item: &RequestItem) -> Screened {
    let mut registry = Registry::new();
    let territory = Territory::new("11824").unwrap();
    let held =
        |asset: &Asset| Held { asset: asset.clone(), territory: territory.clone(), version: Version(1), seq: Seq(1) };
    registry.put_assets(assets.iter().map(held));
    let sets: [RuleSet; 2] = [
        toml::from_str(include_str!("../../../rule-sets/national.toml")).unwrap(),
        toml::from_str(include_str!("../../../rule-sets/bac-ninh-72-2025.toml")).unwrap(),
    ];
    let sets: Vec<&RuleSet> = sets.iter().collect();
    let viewer = Viewer::console();
    let plan: Plan = serde_json::from_value(json!({
        "title": { "vi": "", "en": "" }, "instrument": "", "synthetic": true, "rule_set": "bac-ninh-72-2025",
    }))
    .unwrap();
    let plan = Plan { planned, ..plan };
    let scene = Scene::new(registry.seen_by(&viewer), &sets, jiff::civil::date(2026, 7, 1));
    screen(item, &Scene { plan: Some(&plan), ..scene })
}

fn assets(random: &mut ChaCha8Rng, count: u32) -> Vec<Asset> {
    (0..count).map(|number| asset(random, number, None)).collect()
}

/// A structure of some class near the middle; its units are as given, or by chance.
fn asset(random: &mut ChaCha8Rng, number: u32, units: Option<(u32, Option<u32>)>) -> Asset {
    let class = ["mast", "duct", "pole", "aerial_route", "trench", "host"][random.random_range(0..6)];
    asset_of(class, random, number, units)
}

fn asset_of(class: &str, random: &mut ChaCha8Rng, number: u32, units: Option<(u32, Option<u32>)>) -> Asset {
    let (total, used) = units.unwrap_or_else(|| {
        let used = random.random_range(0..=4);
        (4, random.random_bool(0.7).then_some(used))
    });
    let units = json!({ "total": total, "used": used });
    let is_line = ["duct", "aerial_route", "trench"].contains(&class);
    let shape = if is_line { line(random) } else { json!({ "type": "Point", "coordinates": place(random) }) };
    let owner = ["viettel", "vnpt", "mobifone"][random.random_range(0..3)];
    let kind = ["power_pole", "roof", "lamp_post"][random.random_range(0..3)];
    let kind = (class == "host").then_some(kind);
    serde_json::from_value(json!({
        "id": format!("00000000-0000-0000-0000-{number:012}"), "class": class, "owner": owner, "kind": kind,
        "status": "operational", "shape": shape, "survey": { "accuracy_m": 1.0 },
        "height_m": random.random_range(20..50), "structural_use_pct": random.random_range(20..110),
        "slots": units, "bores": units, "attachments": units,
    }))
    .unwrap()
}

fn filled(asset: &Asset) -> Asset {
    let mut value = serde_json::to_value(asset).unwrap();
    for units in ["slots", "bores", "attachments"] {
        if value[units]["total"].is_number() {
            value[units]["used"] = value[units]["total"].clone();
        }
    }
    serde_json::from_value(value).unwrap()
}

fn request(random: &mut ChaCha8Rng) -> RequestItem {
    match random.random_range(0..4) {
        0 => serde_json::from_value(json!({
            "class": "mast", "owner": "vnpt", "accuracy_m": 2.0, "height_m": 30.0,
            "shape": { "type": "Point", "coordinates": place(random) },
        }))
        .unwrap(),
        1 => route("duct", random),
        2 => route("trench", random),
        _ => route("aerial_route", random),
    }
}

fn route(class: &str, random: &mut ChaCha8Rng) -> RequestItem {
    serde_json::from_value(json!({
        "class": class, "owner": "vnpt", "accuracy_m": 1.0, "bores": 1, "shape": line(random),
    }))
    .unwrap()
}

/// Within 400 m of the middle, or along one of three streets, so that lines meet often.
fn place(random: &mut ChaCha8Rng) -> Value {
    json!([random.random_range(106.478..106.482), random.random_range(20.678..20.682)])
}

fn line(random: &mut ChaCha8Rng) -> Value {
    let street = 20.679 + 0.0003 * f64::from(random.random_range(0..3_u32));
    let from = random.random_range(106.477..106.480);
    let to = from + random.random_range(0.001..0.004);
    json!({ "type": "LineString", "coordinates": [[from, street], [to, street]] })
}
