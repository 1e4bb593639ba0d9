//! One change while 10,000 requests are open: of an asset, of a zone, of a work. What it touches is found through the
//! index, against looking at every request again.
//!
//! Prints for each kind and size the median, the 95th percentile and the worst of the indexed way, and the ratio to the
//! rescan. What the two find is compared first. Requests are judged by every rule of the national set and the template,
//! beside a plan and works of other sectors.

use std::{
    collections::BTreeMap,
    hint::black_box,
    io::{self, Write as _},
    time::{Duration, Instant},
};

use hatang_bench::{SIZES, Surroundings, Times, filled, is_asked_for, request, rule_sets};
use hatang_core::{
    Asset, AssetClass, AssetId, Details, Lonlat, Record, Registry, RequestItem, Role, RuleSetCode, Seq, Shape,
    Territory, Version, Viewer,
    case::{Case, CaseId, CaseState, Changed, Eyes, KeptScreening, ScreeningId, Side},
    plan::{Plan, Works, Zone},
};
use hatang_desk::rerating::{Change, Rerating, rerate};
use jiff::Timestamp;
use uuid::Uuid;

const OPEN_CASES: u32 = 10_000;
/// When the requests were screened: the rules and the plan of that day judge them.
const SCREENED: &str = "2026-07-01T02:00:00Z";
/// Changes whose outcome is compared with the rescan, which takes seconds, and those that are timed.
const OF_ASSETS: [usize; 2] = [3, 400];
const OF_ZONES: [usize; 2] = [2, 50];
const OF_WORKS: [usize; 2] = [2, 50];

fn main() -> io::Result<()> {
    if !is_asked_for("rerating") {
        return Ok(());
    }
    for size in SIZES {
        let (mut desk, surroundings) = Desk::open(size);
        let victims = desk.hosts(OF_ASSETS[0] + OF_ASSETS[1]);
        desk.measure("an asset", size, OF_ASSETS, |registry, round| {
            let before = &registry.held(victims[round % victims.len()]).expect("it is there").asset;
            Record::Asset { asset: Box::new(changed(before, round)) }
        })?;
        desk.measure("a zone", size, OF_ZONES, |registry, round| {
            let plan = registry.home().and_then(|(_, state)| state.plan.clone()).expect("it was entered");
            Record::Plan { plan: Box::new(with_a_zone_moved(plan, round)) }
        })?;
        desk.measure("a work", size, OF_WORKS, |_, round| {
            let works = &surroundings.works[round * 7 % surroundings.works.len()];
            Record::Works { works: Works { shape: moved(&works.shape), ..works.clone() } }
        })?;
    }
    Ok(())
}

/// A registry with open requests, and what of them has expired.
struct Desk {
    registry: Registry,
    rerating: Rerating,
}

impl Desk {
    fn open(size: usize) -> (Self, Surroundings) {
        let (mut registry, places) = filled(size);
        let surroundings = Surroundings::over(&places);
        surroundings.enter(&mut registry, &places);
        open_cases(&mut registry, &places);
        let mut rerating = Rerating::of(&registry);
        while rerating.step(&registry) {}
        (Self { registry, rerating }, surroundings)
    }

    /// Makes changes one after the other: the first are compared with the rescan, the others timed.
    fn measure(
        &mut self,
        what: &str,
        size: usize,
        [compared, timed]: [usize; 2],
        next: impl Fn(&Registry, usize) -> Record,
    ) -> io::Result<()> {
        let (mut rescans, mut taken, mut looked_at) = (Times::default(), Times::default(), 0);
        for round in 0..compared {
            let record = next(&self.registry, round);
            self.change(record);
            rescans.add(self.compare(what, size));
        }
        for round in compared..compared + timed {
            let record = next(&self.registry, round);
            let (time, looked) = self.change(record);
            taken.add(time);
            looked_at += looked;
        }
        #[expect(clippy::cast_precision_loss, reason = "some thousand requests")]
        let looked_at_each = looked_at as f64 / timed as f64;
        let rescan = rescans.at(50);
        writeln!(
            io::stdout(),
            "re-rating after {what}, {size} assets, {OPEN_CASES} open requests: {}; {looked_at_each:.1} requests \
             looked at; rescan {rescan:.2?}; median ratio {:.0}",
            taken.told(),
            rescan.as_secs_f64() / taken.at(50).as_secs_f64().max(1e-9),
        )
    }

    /// Makes one change and re-rates what it touches: how long that takes and how many requests are looked at.
    fn change(&mut self, record: Record) -> (Duration, usize) {
        let began = Instant::now();
        let mut change = Change::default();
        change.note(&self.registry, &record);
        self.registry.put(&Territory::unbounded(), Seq(2), Version(2), record);
        self.rerating.changed(&change);
        let looked_at = self.rerating.waiting();
        while self.rerating.step(&self.registry) {}
        (black_box(began.elapsed()), looked_at)
    }

    /// Compares what the index has found with looking at every request again: how long the latter takes.
    fn compare(&self, what: &str, size: usize) -> Duration {
        let began = Instant::now();
        let naive = rescan(&self.registry);
        let time = began.elapsed();
        let ids = self.registry.cases().all().map(|held| held.case.id);
        let indexed: BTreeMap<CaseId, Vec<Changed>> = ids
            .map(|id| (id, self.rerating.changes(id, Side::Office)))
            .filter(|(_, changes)| !changes.is_empty())
            .collect();
        assert_eq!(indexed, naive, "{size}: after {what} the index finds what the rescan finds");
        time
    }

    /// Assets of every class that can host, spread over the registry.
    fn hosts(&self, count: usize) -> Vec<AssetId> {
        let console = Viewer::console();
        let hosts = [AssetClass::Mast, AssetClass::Duct, AssetClass::Trench, AssetClass::Pole];
        let all: Vec<AssetId> = self
            .registry
            .seen_by(&console)
            .all()
            .filter(|sight| hosts.contains(&sight.asset().class()))
            .map(|sight| sight.asset().id)
            .collect();
        let stride = (all.len() / count).max(1);
        all.into_iter().step_by(stride).collect()
    }
}

/// The asset with other numbers of used places.
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

fn with_a_zone_moved(plan: Plan, round: usize) -> Plan {
    let mut zones = plan.zones.clone();
    let number = round * 7 % zones.len();
    zones[number] = Zone { shape: moved(&zones[number].shape), ..zones[number].clone() };
    Plan { zones, ..plan }
}

/// The same line or area a hundred metres to the east.
fn moved(shape: &Shape) -> Shape {
    let aside = |line: &Vec<Lonlat>| -> Vec<Lonlat> {
        line.iter().map(|at| Lonlat::new(at.lon() + 0.001, at.lat()).expect("still in Vietnam")).collect()
    };
    match shape {
        Shape::LineString(line) => Shape::LineString(aside(line)),
        Shape::Polygon(rings) => Shape::Polygon(rings.iter().map(aside).collect()),
        other => other.clone(),
    }
}

fn rescan(registry: &Registry) -> BTreeMap<CaseId, Vec<Changed>> {
    let all = registry.cases().all().filter_map(|held| {
        let changes = rerate(registry, (held.case.id, Side::Office))?;
        (!changes.is_empty()).then_some((held.case.id, changes))
    });
    all.collect()
}

/// Requests of three kinds beside masts, each screened as the registry is when all of them are there.
fn open_cases(registry: &mut Registry, places: &[Lonlat]) {
    let sets = rule_sets();
    let local = sets.last().expect("there are two").code.clone();
    for rule_set in sets {
        registry.put(&Territory::authority(), Seq(1), Version(1), Record::RuleSet { rule_set });
    }
    let journal = Territory::unbounded().confidential();
    let cases: Vec<Case> =
        (0..OPEN_CASES).map(|number| case(number, asked(number, places[number as usize % places.len()]))).collect();
    for case in &cases {
        registry.put(&journal, Seq(1), Version(1), Record::Case { case: Box::new(case.clone()) });
        let screening = Box::new(screening(case, local.clone()));
        registry.put(&journal, Seq(1), Version(1), Record::Screening { screening });
    }
    for case in &cases {
        // Against an empty screening everything is new: that is what there is to keep.
        let found = rerate(registry, (case.id, Side::Office)).expect("it is open");
        let outcomes = found.into_iter().filter_map(|changed| changed.now).collect();
        let screening = Box::new(KeptScreening { outcomes, ..screening(case, local.clone()) });
        registry.put(&journal, Seq(1), Version(1), Record::Screening { screening });
    }
}

fn asked(number: u32, at: Lonlat) -> RequestItem {
    let near = Lonlat::new(at.lon() + 0.001, at.lat()).expect("still in Vietnam");
    let far = Lonlat::new(at.lon() + 0.006, at.lat()).expect("still in Vietnam");
    match number % 3 {
        0 => request(AssetClass::Mast, Shape::Point(near)),
        1 => request(AssetClass::Duct, Shape::LineString(vec![near, far])),
        _ => request(AssetClass::AerialRoute, Shape::LineString(vec![near, far])),
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
        advisory_opinion: None,
        ended_at: None,
        ended_because: None,
    }
}

fn screening(case: &Case, rule_set: RuleSetCode) -> KeptScreening {
    KeptScreening {
        id: ScreeningId(case.id.0),
        case: case.id,
        eyes: Eyes { role: Role::Assessor, organisation: None, territory: None },
        at: SCREENED.parse().expect("an instant"),
        positions: BTreeMap::new(),
        rule_set,
        rules: BTreeMap::new(),
        program: String::new(),
        items: case.items.clone(),
        outcomes: Vec::new(),
        answer: String::new(),
    }
}
