//! Coverage runs beside the plain double-precision computation, in turns, with the answers compared cell by cell.
//!
//! `cargo bench -p hatang-bench --bench coverage` prints medians and ratios; a name as argument picks one case. The processor
//! time beside each median is that of all threads together, as machines have different numbers of cores.

#![expect(clippy::print_stdout, reason = "a bench tells what it measured")]

use std::hint::black_box;
use std::time::Instant;

use hatang_core::{Asset, Degrees, Details, Metres, NetworkCode, Planar, Version, Viewer, asset::Technology};
use hatang_coverage::over_terrain::TerrainFile;
use hatang_coverage::reach::piece::{bytes, pieces, reach_piece};
use hatang_coverage::reach::reference::Reference;
use hatang_coverage::reach::revise::revise;
use hatang_coverage::reach::terrain::revise::revise_over_terrain;
use hatang_coverage::reach::terrain::{OnTerrain, TerrainReference, reach_over_terrain};
use hatang_coverage::reach::{Reach, Unwatched};
use hatang_coverage::{
    Grid, Land, LandClass, Operator, OverTerrain, Parameters, Station, Terrain, gaps, people, reach,
};
use hatang_desk::{
    Desk, Edge,
    amend_asset::{Amendment, amend_asset},
    demo,
    list_gaps::{GapQuestion, list_gaps},
    run_coverage::CoverageQuestion,
    shipped_rule_sets::adopt_shipped_rule_sets,
};
use hatang_store::Store;

/// A territory with masts on it.
struct Case {
    name: &'static str,
    land: Land,
    stations: Vec<Station>,
    parameters: Parameters,
}

/// A small, fixed source of numbers (Knuth's MMIX generator).
struct Lcg(u64);

impl Lcg {
    fn within(&mut self, end: f64) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        f64::from(u32::try_from(self.0 >> 33).unwrap_or(0)) / f64::from(1_u32 << 31) * end
    }
}

/// Masts of 20 to 60 m at random places, three sectors each, three operators in turn.
fn masts(count: usize, bands_mhz: &[f64], (width_m, height_m): (f64, f64)) -> Vec<Station> {
    let mut random = Lcg(1);
    let mast = |place: usize| {
        let at = Planar::new(random.within(width_m), random.within(height_m));
        let antenna_m = (20.0 + random.within(40.0)).round();
        let first = random.within(120.0).floor();
        let band = move |band: &f64| Station {
            at,
            antenna_height: Metres::new(antenna_m).ok(),
            frequency_mhz: Some(*band),
            azimuths: [0.0, 120.0, 240.0].into_iter().filter_map(|more| Degrees::new(first + more).ok()).collect(),
            eirp_dbm: None,
            operator: Operator::new(place % 3).unwrap_or_default(),
        };
        bands_mhz.iter().map(band).collect::<Vec<_>>()
    };
    (0..count).flat_map(mast).collect()
}

/// Fields, villages and towns in patches of 600 m, six to three to one.
fn patches((width_m, height_m): (f64, f64), cell_m: f64) -> Land {
    let far = Planar::new(width_m, height_m);
    let grid = Grid::covering(Planar::new(0.0, 0.0), far, Metres::computed(cell_m)).expect("a raster");
    let class = |cell: usize| {
        let (column, row) = grid.position(cell);
        let patch = |place: u32| (f64::from(place) * cell_m / 600.0).floor();
        match (patch(column) * 7.0 + patch(row) * 13.0).rem_euclid(10.0) {
            kind if kind < 6.0 => LandClass::Open,
            kind if kind < 9.0 => LandClass::Village,
            _ => LandClass::Town,
        }
    };
    Land::new(grid, (0..grid.len()).map(class).collect())
}

fn case(name: &'static str, area_m: (f64, f64), cell_m: f64, masts_of: (usize, &[f64])) -> Case {
    let stations = masts(masts_of.0, masts_of.1, area_m);
    Case { name, land: patches(area_m, cell_m), stations, parameters: Parameters::default_5g() }
}

/// What is measured: median and processor time, in milliseconds.
struct Measured {
    median_ms: f64,
    cpu_ms: f64,
}

/// Processor time of all threads so far, in milliseconds; zero where the system does not tell.
fn cpu_ms() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|field| field.parse::<f64>().ok()).unwrap_or(0.0);
    (ticks(11) + ticks(12)) * 10.0
}

/// The most memory that the process has held so far, in megabytes; zero where the system does not tell.
fn peak_mb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    peak.trim().trim_end_matches("kB").trim().parse::<u64>().unwrap_or(0) / 1_024
}

/// Runs two things in turns, each so many times, after once for warmth.
fn in_turns(times: usize, mut first: impl FnMut(), mut second: impl FnMut()) -> [Measured; 2] {
    first();
    second();
    let mut taken = [Vec::new(), Vec::new()];
    let mut cpu = [0.0; 2];
    for _ in 0..times {
        for (which, run) in [&mut first as &mut dyn FnMut(), &mut second].into_iter().enumerate() {
            let (before, start) = (cpu_ms(), Instant::now());
            run();
            taken[which].push(start.elapsed().as_secs_f64() * 1_000.0);
            cpu[which] += cpu_ms() - before;
        }
    }
    let mut cpu = cpu.into_iter();
    taken.map(|mut taken| {
        taken.sort_by(f64::total_cmp);
        let runs = f64::from(u32::try_from(times).unwrap_or(1));
        Measured { median_ms: taken[times / 2], cpu_ms: cpu.next().unwrap_or(0.0) / runs }
    })
}

impl Case {
    fn run(&self) -> Reach {
        reach(&self.land, &self.stations, &self.parameters)
    }

    /// Every `step`th cell in full.
    fn plain(&self, step: usize) -> f64 {
        let reference = Reference::new(&self.land, &self.stations, &self.parameters);
        let grid = self.land.grid();
        let probability = |cell: usize| {
            let (column, row) = grid.position(cell);
            reference.probability(grid.centre(column, row), self.land.classes()[cell], 0.0)
        };
        (0..grid.len()).step_by(step).map(probability).sum()
    }

    /// Every `step`th cell, and every cell within 150 m of a mast, lies within a tenth of a decibel of the plain computation.
    fn compare(&self, step: usize) -> usize {
        let reach = self.run();
        let reference = Reference::new(&self.land, &self.stations, &self.parameters);
        let grid = self.land.grid();
        let mut compared = 0;
        for cell in 0..grid.len() {
            let (column, row) = grid.position(cell);
            let at = grid.centre(column, row);
            let near = || self.stations.iter().any(|s| (s.at.east - at.east).hypot(s.at.north - at.north) < 150.0);
            if cell % step != 0 && !near() {
                continue;
            }
            let [low, high] = [-0.1, 0.1].map(|db| reference.probability(at, self.land.classes()[cell], db));
            let seen = f64::from(reach.probability[cell]);
            let right = (low - 1.2e-7..=high + 1.2e-7).contains(&seen) || (seen <= 0.0 && low < 0.001);
            assert!(right, "{}: cell {cell}: {seen} is not in {low}..{high}", self.name);
            compared += 1;
        }
        compared
    }

    fn tell(&self, times: usize, step: usize) {
        let [fast, plain] = in_turns(times, || drop(black_box(self.run())), || _ = black_box(self.plain(step)));
        let scaled = f64::from(u32::try_from(step).unwrap_or(1));
        let compared = self.compare(step);
        println!(
            "{}: {} cells, {} stations: {:.1} ms (processor {:.1} ms); plain {:.0} ms (one thread{}): {:.0} times; {compared} cells within 0.1 dB",
            self.name,
            self.land.grid().len(),
            self.stations.len(),
            fast.median_ms,
            fast.cpu_ms,
            plain.median_ms * scaled,
            if step == 1 { String::new() } else { format!(", one cell in {step}, scaled") },
            plain.cpu_ms * scaled / fast.cpu_ms.max(0.1),
        );
    }

    /// One mast moved, to a new list of gaps, beside the same from nothing.
    fn tell_moved(&self) {
        let mut moved = self.stations.clone();
        for station in &mut moved[40..42] {
            station.at = Planar::new(station.at.east * 0.5 + 900.0, station.at.north * 0.5 + 700.0);
        }
        let grid = *self.land.grid();
        let (low, high) = (grid.south_west(), grid.north_east());
        let ring = [(low.east, low.north), (high.east, low.north), (high.east, high.north), (low.east, high.north)];
        let rings = vec![ring.map(|(east, north)| Planar::new(east, north)).to_vec()];
        let hamlet = people::Hamlet { name: "all".into(), people: 45_332, rings };
        let people = people::distribute(&grid, &[hamlet]).expect("people");
        let before = self.run();
        let listed = |reach: &Reach| gaps(&people, &[], &[], |cell| reach.covers(cell, &self.parameters));
        let revised = || revise(&before, &self.land, &self.stations, &moved, &self.parameters);
        let anew = || reach(&self.land, &moved, &self.parameters);
        assert!(revised() == anew(), "the same to the last bit");
        let [new, all] = in_turns(21, || drop(black_box(listed(&revised()))), || drop(black_box(listed(&anew()))));
        println!(
            "{}: one mast moved, to a new list of gaps: {:.1} ms (processor {:.1} ms); from nothing {:.1} ms (processor {:.1} ms)",
            self.name, new.median_ms, new.cpu_ms, all.median_ms, all.cpu_ms
        );
    }
}

/// The commune over rolling ground in cells of 30 m, by Recommendation ITU-R P.1812.
fn over_terrain(commune: &Case) {
    let (low, high) = (commune.land.grid().south_west(), commune.land.grid().north_east());
    let around = |at: Planar, more: f64| Planar::new(at.east + more, at.north + more);
    let grid = Grid::covering(around(low, -60.0), around(high, 60.0), Metres::computed(30.0)).expect("a raster");
    let height = |cell: usize| {
        let (column, row) = grid.position(cell);
        #[expect(clippy::cast_possible_truncation, reason = "a height")]
        let height = (20.0 + 15.0 * (f64::from(column) / 13.0).sin() * (f64::from(row) / 17.0).cos()) as f32;
        height
    };
    let terrain = Terrain::new(grid, (0..grid.len()).map(height).collect());
    let file = TerrainFile { sha256: String::new(), dated: None, source: "made for the bench".to_owned() };
    let figures = OverTerrain::usual(file, 30.0, 20.7);
    let Case { land, stations, parameters, .. } = commune;
    let on = OnTerrain { land, terrain: &terrain, figures: &figures, parameters };
    let run =
        |stations: &[Station]| reach_over_terrain(on, stations, &Unwatched).expect("ground").expect("nobody ends it");
    let before = run(stations);
    let reference = TerrainReference::new(on, stations);
    let raster = *land.grid();
    let plain = |step: usize| -> f64 {
        let probability = |cell: usize| {
            let (column, row) = raster.position(cell);
            reference.at(raster.centre(column, row), land.classes()[cell])(0.0)
        };
        (0..raster.len())
            .step_by(step)
            .map(|cell| {
                let plain = probability(cell);
                let seen = f64::from(before.probability[cell]);
                assert!((seen - plain).abs() < 1e-6 || plain < 0.0011, "cell {cell}: {seen} is not {plain}");
                plain
            })
            .sum()
    };
    let step = 50;
    let [fast, plain] = in_turns(3, || drop(black_box(run(stations))), || _ = black_box(plain(step)));
    let mut moved = stations.clone();
    for station in &mut moved[40..42] {
        station.at = Planar::new(station.at.east * 0.5 + 900.0, station.at.north * 0.5 + 700.0);
    }
    let revised = || revise_over_terrain(&before, on, stations, &moved).expect("ground");
    assert!(revised() == run(&moved), "the same to the last bit");
    let [new, all] = in_turns(3, || drop(black_box(revised())), || drop(black_box(run(&moved))));
    println!(
        "{} over terrain: {:.0} ms (processor {:.0} ms); every profile {:.0} ms (one thread, one cell in {step}, scaled); \
         one mast moved {:.0} ms, from nothing {:.0} ms",
        commune.name,
        fast.median_ms,
        fast.cpu_ms,
        plain.median_ms * 50.0,
        new.median_ms,
        all.median_ms,
    );
}

/// What a planner waits for: a station of the sample commune is amended, and the list of gaps is asked for again, with its
/// explanations; beside the same asked of a desk that has just been opened.
fn desk() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let folder = tempfile::tempdir().expect("a folder");
        let url = format!("sqlite:{}", folder.path().join("hatang.db").display());
        let open = async || {
            let store = Store::open(&url).await.expect("the database opens");
            Desk::open(store, Edge::real()).await.expect("the state is readable")
        };
        let desk = open().await;
        adopt_shipped_rule_sets(&desk).await.expect("rule sets");
        let sample = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../sample-data");
        demo::load(&desk, &sample).await.expect("the sample");
        let console = Viewer::console();
        let network = NetworkCode::new("viettel").expect("a code");
        let coverage = CoverageQuestion::outdoors(Technology::G5, Some(&network));
        let question = GapQuestion { coverage, fewer_than: 1 };
        let gaps = |desk: &Desk| list_gaps(desk, &console, &question).expect("gaps");
        let is_asked = |asset: &Asset| {
            let Details::RadioStation(station) = &asset.details else { return false };
            station.network.as_ref() == Some(&network) && station.technologies.contains(&Technology::G5)
        };
        let station = desk.read(|registry| {
            let seen = registry.seen_by(&console);
            seen.all().find(|sight| is_asked(sight.asset())).map(|sight| sight.asset().id).expect("a station")
        });
        let (mut again, mut anew) = (Vec::new(), Vec::new());
        let _ = gaps(&desk);
        for round in 1..12 {
            let height = if round % 2 == 0 { 24.0 } else { 33.0 };
            let properties = serde_json::json!({ "antenna_height_m": height });
            let amendment =
                Amendment { properties: properties.as_object().expect("fields").clone(), ..Amendment::default() };
            amend_asset(&desk, &console, station, Version(round), amendment).await.expect("amended");
            let start = Instant::now();
            let revised = gaps(&desk);
            again.push(start.elapsed().as_secs_f64() * 1_000.0);
            let fresh = open().await;
            let start = Instant::now();
            let all = gaps(&fresh);
            anew.push(start.elapsed().as_secs_f64() * 1_000.0);
            assert!(serde_json::to_string(&revised).ok() == serde_json::to_string(&all).ok(), "the same list");
        }
        again.sort_by(f64::total_cmp);
        anew.sort_by(f64::total_cmp);
        println!(
            "the sample commune's desk: one station amended, to a new list of gaps as it is told: {:.1} ms; a desk just opened {:.1} ms",
            again[again.len() / 2],
            anew[anew.len() / 2],
        );
    });
}

/// The nation's area at 100 m with its masts, piece by piece in bounded memory.
fn nation() {
    let area_m = (575_400.0, 575_400.0);
    let parameters = Parameters::default_5g();
    let stations = masts(100_000, &[2_600.0], area_m);
    let land = patches(area_m, 100.0);
    let (start, before) = (Instant::now(), cpu_ms());
    let (mut cells, mut count, mut largest) = (0, 0, 0);
    for piece in pieces(land.grid()) {
        let own = land.window(&piece.columns, &piece.rows);
        let reach = reach_piece(&own, &stations, &parameters, &Unwatched).expect("nobody ends it");
        largest = largest.max(bytes(&reach).len());
        cells += reach.probability.len();
        count += 1;
    }
    println!(
        "nation at 100 m: {cells} cells, {} stations in {count} pieces of at most {largest} bytes: {:.1} s (processor {:.1} s), \
         peak of the process {} MB",
        stations.len(),
        start.elapsed().as_secs_f64(),
        (cpu_ms() - before) / 1_000.0,
        peak_mb(),
    );
}

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let is_wanted = |name: &str| wanted.is_empty() || wanted.iter().any(|word| name.contains(word.as_str()));
    if is_wanted("commune") {
        let commune = case("commune at 50 m", (5_530.0, 5_530.0), 50.0, (60, &[700.0, 2_600.0]));
        commune.tell(11, 1);
        commune.tell_moved();
    }
    if is_wanted("desk") {
        desk();
    }
    if is_wanted("terrain") {
        over_terrain(&case("commune at 50 m", (5_530.0, 5_530.0), 50.0, (60, &[700.0, 2_600.0])));
    }
    if is_wanted("city") {
        case("100 km² at 10 m", (10_000.0, 10_000.0), 10.0, (200, &[2_600.0])).tell(5, 50);
    }
    if is_wanted("province") {
        case("province at 100 m", (62_000.0, 50_000.0), 100.0, (3_000, &[2_600.0])).tell(3, 100);
    }
    if is_wanted("nation") {
        nation();
    }
}
