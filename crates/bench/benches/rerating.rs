//! One change of an asset while 10,000 requests are open: found through the index, against looking at every request again.
//!
//! Prints for each size the median, the 95th percentile and the worst of the indexed way, and the ratio to the rescan. What the
//! two find is compared first.

use std::{
    collections::BTreeMap,
    hint::black_box,
    io::{self, Write as _},
    time::{Duration, Instant},
};

use hatang_bench::{SIZES, filled};
use hatang_core::{
    Asset, AssetClass, AssetId, Details, Lonlat, Metres, OrganisationCode, Record, Registry, RequestItem, Role,
    RuleSetCode, Seq, Shape, Territory, Version, Viewer,
    case::{Case, CaseId, CaseState, Changed, Eyes, KeptScreening, ScreeningId, Side},
};
use hatang_desk::rerating::{Change, Rerating, rerate};
use jiff::Timestamp;
use uuid::Uuid;

/// The shipped template: spacing, design for two operators, parallel lines.
const RULES: &str = include_str!("../../../rule-sets/bac-ninh-72-2025.toml");
const OPEN_CASES: u32 = 10_000;
/// Changes that are timed, and those whose outcome is compared with the rescan, which takes seconds.
const CHANGES: usize = 400;
const COMPARED: usize = 3;

fn main() -> io::Result<()> {
    for size in SIZES {
        let (mut registry, places) = filled(size);
        open_cases(&mut registry, &places);
        let mut rerating = Rerating::of(&registry);
        while rerating.step(&registry) {}

        let victims = victims(&registry);
        let mut rescans = Vec::new();
        for (round, id) in victims.iter().take(COMPARED).enumerate() {
            change(&mut registry, &mut rerating, *id, round);
            let began = Instant::now();
            let naive = rescan(&registry);
            rescans.push(began.elapsed());
            let ids = registry.cases().all().map(|held| held.case.id);
            let indexed: BTreeMap<CaseId, Vec<Changed>> = ids
                .map(|id| (id, rerating.changes(id, Side::Office).to_vec()))
                .filter(|(_, c)| !c.is_empty())
                .collect();
            assert_eq!(indexed, naive, "{size}: the index finds what the rescan finds");
        }
        let mut times: Vec<Duration> = Vec::new();
        let mut looked_at = 0;
        for (round, id) in victims.iter().skip(COMPARED).take(CHANGES).enumerate() {
            let (time, looked) = change(&mut registry, &mut rerating, *id, round);
            times.push(time);
            looked_at += looked;
        }
        times.sort();
        rescans.sort();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "a share of some thousand changes"
        )]
        let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
        let rescan = rescans[rescans.len() / 2];
        #[expect(clippy::cast_precision_loss, reason = "some thousand requests")]
        let looked_at_each = looked_at as f64 / times.len() as f64;
        writeln!(
            io::stdout(),
            "re-rating, {size} assets, {OPEN_CASES} open requests: median {:?}, p95 {:?}, worst {:?}; {:.1} requests looked at; \
             rescan {:?}; median ratio {:.0}",
            at(0.5),
            at(0.95),
            at(1.0),
            looked_at_each,
            rescan,
            rescan.as_secs_f64() / at(0.5).as_secs_f64().max(1e-9),
        )?;
    }
    Ok(())
}

/// Changes one asset and re-rates what it touches: how long that takes and how many requests are looked at.
fn change(registry: &mut Registry, rerating: &mut Rerating, id: AssetId, round: usize) -> (Duration, usize) {
    let record = Record::Asset { asset: Box::new(changed(&registry.held(id).expect("it is there").asset, round)) };
    let began = Instant::now();
    let mut change = Change::default();
    change.note(registry, &record);
    registry.put(&Territory::unbounded(), Seq(2), Version(2), record);
    rerating.changed(&change);
    let looked_at = rerating.waiting();
    while rerating.step(registry) {}
    (black_box(began.elapsed()), looked_at)
}

/// The asset with other numbers of used places, or in another state of its life.
fn changed(asset: &Asset, round: usize) -> Asset {
    let mut asset = asset.clone();
    let fill = |total: Option<u32>| total.map(|total| if round.is_multiple_of(2) { total } else { 0 });
    match &mut asset.details {
        Details::Mast(mast) => mast.slots.used = fill(mast.slots.total),
        Details::Trench(trench) => trench.slots.used = fill(trench.slots.total),
        Details::Duct(duct) => duct.bores.used = fill(duct.bores.total),
        Details::Pole(pole) => pole.attachments.used = fill(pole.attachments.total),
        _ => {}
    }
    asset
}

/// Assets of every class that can host, spread over the registry.
fn victims(registry: &Registry) -> Vec<AssetId> {
    let console = Viewer::console();
    let hosts = [AssetClass::Mast, AssetClass::Duct, AssetClass::Trench, AssetClass::Pole];
    let all: Vec<AssetId> = registry
        .seen_by(&console)
        .all()
        .filter(|sight| hosts.contains(&sight.asset().class()))
        .map(|sight| sight.asset().id)
        .collect();
    let stride = (all.len() / (CHANGES + COMPARED)).max(1);
    all.into_iter().step_by(stride).collect()
}

fn rescan(registry: &Registry) -> BTreeMap<CaseId, Vec<Changed>> {
    let all = registry.cases().all().filter_map(|held| {
        let (changes, _) = rerate(registry, (held.case.id, Side::Office))?;
        (!changes.is_empty()).then_some((held.case.id, changes))
    });
    all.collect()
}

/// Requests of three kinds beside masts, each screened as the registry is now.
fn open_cases(registry: &mut Registry, places: &[Lonlat]) {
    let rule_set = hatang_exchange::read_rule_set(RULES).expect("the shipped rule set is readable");
    let code = rule_set.code.clone();
    let authority = Territory::authority();
    registry.put(&authority, Seq(1), Version(1), Record::RuleSet { rule_set });
    let journal = Territory::unbounded().confidential();
    for number in 0..OPEN_CASES {
        let at = places[number as usize % places.len()];
        let item = request(number, at);
        let case = case(number, item.clone());
        let mut screening = screening(&case, item, code.clone());
        registry.put(&journal, Seq(1), Version(1), Record::Case { case: Box::new(case.clone()) });
        registry.put(&journal, Seq(1), Version(1), Record::Screening { screening: Box::new(screening.clone()) });
        // Against an empty screening everything is new: that is what there is to keep.
        let (found, _) = rerate(registry, (case.id, Side::Office)).expect("it is open");
        screening.outcomes = found.into_iter().filter_map(|changed| changed.now).collect();
        registry.put(&journal, Seq(1), Version(1), Record::Screening { screening: Box::new(screening) });
    }
}

fn request(number: u32, at: Lonlat) -> RequestItem {
    let near = Lonlat::new(at.lon() + 0.001, at.lat()).expect("still in Vietnam");
    let far = Lonlat::new(at.lon() + 0.006, at.lat()).expect("still in Vietnam");
    let (class, shape) = match number % 3 {
        0 => (AssetClass::Mast, Shape::Point(near)),
        1 => (AssetClass::Duct, Shape::LineString(vec![near, far])),
        _ => (AssetClass::AerialRoute, Shape::LineString(vec![near, far])),
    };
    RequestItem {
        accuracy_m: Metres::new(5.0).ok(),
        height_m: Metres::new(30.0).ok(),
        on_building: Some(false),
        operators_designed: Some(2),
        bores: Some(1),
        ..RequestItem::new(class, OrganisationCode::new("viettel").expect("a code"), shape)
    }
}

fn case(number: u32, item: RequestItem) -> Case {
    Case {
        id: CaseId(Uuid::from_u128(u128::from(number) + 1)),
        reference: format!("VIETTEL-2026-{number:05}"),
        applicant: item.owner.clone(),
        title: None,
        state: CaseState::Submitted,
        items: vec![item],
        rule_set: None,
        saved_at: Timestamp::UNIX_EPOCH,
        submitted_at: Some(Timestamp::UNIX_EPOCH),
        withdrawn_at: None,
        withdrawn_because: None,
        verdicts: Vec::new(),
    }
}

fn screening(case: &Case, item: RequestItem, rule_set: RuleSetCode) -> KeptScreening {
    KeptScreening {
        id: ScreeningId(case.id.0),
        case: case.id,
        eyes: Eyes { role: Role::Assessor, organisation: None, territory: None },
        at: Timestamp::UNIX_EPOCH,
        positions: BTreeMap::new(),
        rule_set,
        rules: BTreeMap::new(),
        program: String::new(),
        items: vec![item],
        outcomes: Vec::new(),
        answer: String::new(),
    }
}
