//! A whole screening in process beside the same questions asked of PostGIS by hand, on the same assets in a temporary
//! PostgreSQL: answers are compared, then both are timed in turn, and medians, 95th percentiles and ratios are printed.
//!
//! PostGIS answers the part that it can answer in one statement: which structures stand in reach with their distance
//! and free units. The screening also judges every rule of the national set and the template, beside a plan, works,
//! requests that wait and what masts serve.
//!
//! Hosts that stand are compared one by one: the same structures, the same free units, distances within [`SAME`]. Lines
//! that only cross the request are no hosts; which those are PostGIS finds by a second statement, outside the clock.
//! What lies nearer to a limit than the two ways of measuring differ is counted and told apart.
#![expect(clippy::print_stdout, reason = "the figures are what it is run for")]
#![expect(clippy::unwrap_used, reason = "a bench that cannot be set up stops")]

use std::{collections::BTreeMap, time::Instant};

use hatang_bench::{SEED, Surroundings, Times, filled, is_asked_for, request, route, rule_sets, served};
use hatang_core::{
    Asset, AssetClass, Capacity, Lonlat, RequestItem, RuleSet, Shape, Viewer,
    geodesy::{self, TangentPlane},
    plan::{PlanIndex, Works},
};
use hatang_desk::synthetic::registry;
use hatang_review::{HostCandidate, Origin, Scene, Screened, screen};
use hatang_testkit::TemporaryPostgres;
use sqlx::{Connection as _, PgConnection, Row as _};
use uuid::Uuid;

/// How many requests are asked.
const ASKED: usize = 200;
/// The template's widest spacing, the corridor of parallel lines and the shortest run that counts.
const REACH: f64 = 450.0;
const CORRIDOR: f64 = 15.0;
const SHORTEST_RUN: f64 = 100.0;
/// Distances differ by no more, in metres: PostGIS draws a straight line of 2 km as an arc on the earth, which lies
/// some centimetres off.
const SAME: f64 = 0.05;
/// Lengths along the request are found on two planes, in metres.
const SAME_RUN: f64 = 0.5;

const MAST: &str = "
    select id, st_distance(geog, place) as metres, units_total - units_used as free, accuracy_m
    from asset, (select st_setsrid(st_makepoint($1, $2), 4326)::geography as place) as asked
    where class = 'mast'
      and st_dwithin(geog, place, $3 + 600)
      and st_distance(geog, place) - sqrt(accuracy_m * accuracy_m + 25) <= $3
    order by metres";
const DUCT: &str = "
    select id, st_distance(geog, route) as metres, units_total - units_used as free, accuracy_m
    from asset, (select st_geogfromtext($1) as route) as asked
    where class in ('duct', 'trench')
      and st_dwithin(geog, route, $2 + 600)
      and st_distance(geog, route) <= $2 + sqrt(accuracy_m * accuracy_m + 25)
    order by metres";
/// How many metres of a route from west to east, which lies on the x axis of a plane from -$6 to $6, run beside each
/// line: the same way give or take 45°, within the corridor and both accuracies, gaps at bends no longer than 15 m. $2
/// and $3 are the plane's origin in degrees, $4 and $5 its metres for a degree.
const RUNS: &str = "
    with piece as (
        select id, st_length(geog) as own, $7::float8 + sqrt(accuracy_m * accuracy_m + 25) as reach,
               (st_dumpsegments(geog::geometry)).geom
        from asset
        where id = any($1)
    ), ended as (
        select id, own, reach,
               (st_x(st_startpoint(geom)) - $2::float8) * $4::float8 as ax,
               (st_y(st_startpoint(geom)) - $3::float8) * $5::float8 as ay,
               (st_x(st_endpoint(geom)) - $2::float8) * $4::float8 as bx,
               (st_y(st_endpoint(geom)) - $3::float8) * $5::float8 as by
        from piece
    ), directed as (
        select id, own, reach, ax, ay, sqrt((bx - ax) ^ 2 + (by - ay) ^ 2) as length,
               (bx - ax) / nullif(sqrt((bx - ax) ^ 2 + (by - ay) ^ 2), 0) as ux,
               (by - ay) / nullif(sqrt((bx - ax) ^ 2 + (by - ay) ^ 2), 0) as uy
        from ended
    ), bounded as (
        select id, own,
               ax + ay * uy / ux as one, ax + (length + ay * uy) / ux as other,
               case when uy = 0 then -$6::float8 else ax - (ay * ux - reach) / uy end as near,
               case when uy = 0 then $6::float8 else ax - (ay * ux + reach) / uy end as far
        from directed
        where abs(uy) <= abs(ux)
          and (uy <> 0 or abs(ay * ux) <= reach)
    ), cut as (
        select id, own,
               greatest(-$6::float8, least(one, other), least(near, far)) as since,
               least($6::float8, greatest(one, other), greatest(near, far)) as until
        from bounded
    ), marked as (
        select *, case when since <= 15 + max(until) over (
            partition by id order by since, until rows between unbounded preceding and 1 preceding
        ) then 0 else 1 end as begins
        from cut
        where since <= until
    ), joined as (
        select *, sum(begins) over (partition by id order by since, until) as run
        from marked
    )
    select id, max(metres) as longest, max(own) as own
    from (select id, run, max(until) - min(since) as metres, max(own) as own from joined group by id, run) as runs
    group by id";

fn main() {
    if !is_asked_for("screening_postgis") {
        return;
    }
    let sizes: Vec<usize> = std::env::args().filter_map(|word| word.parse().ok()).collect();
    let sizes = if sizes.is_empty() { hatang_bench::SIZES.to_vec() } else { sizes };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    for size in sizes {
        runtime.block_on(compare(size));
    }
}

async fn compare(size: usize) {
    let server = TemporaryPostgres::start().unwrap();
    let mut database = PgConnection::connect(&server.url()).await.unwrap();
    load(&mut database, size).await;
    let (mut filled, places) = filled(size);
    let surroundings = Surroundings::over(&places);
    surroundings.enter(&mut filled, &places);
    let (sets, today, viewer) = (rule_sets(), served(&filled), Viewer::console());
    let sets: Vec<&RuleSet> = sets.iter().collect();
    let works: Vec<&Works> = surroundings.works.iter().collect();
    let waiting: Vec<&RequestItem> = surroundings.waiting.iter().collect();
    let index = PlanIndex::of(&surroundings.plan);
    let scene = Scene {
        plan: Some(&surroundings.plan),
        plan_index: Some(&index),
        works: &works,
        waiting: &waiting,
        served: Some(&today),
        ..Scene::new(filled.seen_by(&viewer), &sets, jiff::civil::date(2026, 7, 1))
    };
    let step = (places.len() / ASKED).max(1);
    let places: Vec<Lonlat> = places.into_iter().step_by(step).take(ASKED).collect();

    let mut masts = Both::new("mast", size);
    let mut ducts = Both::new("2 km duct", size);
    for place in places {
        let answer = masts.ours(&request(AssetClass::Mast, Shape::Point(place)), &scene);
        let begun = Instant::now();
        let rows = sqlx::query(MAST).bind(place.lon()).bind(place.lat()).bind(REACH).fetch_all(&mut database).await;
        masts.theirs.add(begun.elapsed());
        let found: Vec<Found> = rows.unwrap().iter().map(Found::read).collect();
        let is_at_the_limit = |one: &Found| (one.metres - one.radius - REACH).abs() <= SAME;
        masts.compare(&answer, |host| host.class == AssetClass::Mast, &found, |_| Some(true), is_at_the_limit);

        let shape = route(place);
        let answer = ducts.ours(&request(AssetClass::Duct, shape.clone()), &scene);
        let text = format!("linestring({})", positions(&shape));
        let begun = Instant::now();
        let rows = sqlx::query(DUCT).bind(text).bind(CORRIDOR).fetch_all(&mut database).await;
        ducts.theirs.add(begun.elapsed());
        let found: Vec<Found> = rows.unwrap().iter().map(Found::read).collect();
        let runs = runs(&mut database, &shape, &found).await;
        let is_at_the_limit = |one: &Found| (one.metres - one.radius - CORRIDOR).abs() <= SAME;
        let runs_along = |one: &Found| runs.get(&one.id).map_or(Some(false), Run::counts);
        ducts.compare(&answer, |host| host.class.is_line(), &found, runs_along, is_at_the_limit);
    }
    masts.print();
    ducts.print();
}

/// One structure as PostGIS finds it.
struct Found {
    id: Uuid,
    metres: f64,
    free: Option<i32>,
    /// That of both places.
    radius: f64,
}

impl Found {
    fn read(row: &sqlx::postgres::PgRow) -> Self {
        let accuracy: f64 = row.get("accuracy_m");
        Self { id: row.get("id"), metres: row.get("metres"), free: row.get("free"), radius: accuracy.hypot(5.0) }
    }
}

/// How far a line runs along the request, and how far it must to be a host.
struct Run {
    longest: f64,
    needed: f64,
}

impl Run {
    /// Whether it is long enough; none where the two ways of measuring may differ.
    fn counts(&self) -> Option<bool> {
        (SAME_RUN < (self.longest - self.needed).abs()).then_some(self.needed <= self.longest)
    }
}

/// The runs of the lines that PostGIS has found; those that run along nowhere are left out.
async fn runs(database: &mut PgConnection, route: &Shape, found: &[Found]) -> BTreeMap<Uuid, Run> {
    let middle = route.bounding_box().centre();
    let plane = TangentPlane::at(middle);
    let degree = |lon: f64, lat: f64| plane.metres(Lonlat::new(middle.lon() + lon, middle.lat() + lat).unwrap());
    let length = route.runs().map(|run| geodesy::length(run).get()).sum::<f64>();
    let ids: Vec<Uuid> = found.iter().map(|one| one.id).collect();
    let rows = sqlx::query(RUNS)
        .bind(ids)
        .bind(middle.lon())
        .bind(middle.lat())
        .bind(degree(1.0, 0.0)[0])
        .bind(degree(0.0, 1.0)[1])
        .bind(length / 2.0)
        .bind(CORRIDOR)
        .fetch_all(&mut *database)
        .await;
    let run = |row: &sqlx::postgres::PgRow| {
        let (id, own): (Uuid, f64) = (row.get("id"), row.get("own"));
        let needed = SHORTEST_RUN.min(0.5 * own).min(0.5 * length);
        (id, Run { longest: row.get("longest"), needed })
    };
    rows.unwrap().iter().map(run).collect()
}

/// What both ways take and find, request by request.
struct Both {
    what: &'static str,
    size: usize,
    ours: Times,
    theirs: Times,
    /// Hosts that both find, with the same room at the same distance.
    same: usize,
    /// What PostGIS finds in reach and both say only crosses.
    crossing: usize,
    /// What lies too near to a limit to be told by both.
    at_a_limit: usize,
    requests: usize,
}

impl Both {
    fn new(what: &'static str, size: usize) -> Self {
        let (ours, theirs) = (Times::default(), Times::default());
        Self { what, size, ours, theirs, same: 0, crossing: 0, at_a_limit: 0, requests: 0 }
    }

    fn ours(&mut self, item: &RequestItem, scene: &Scene<'_>) -> Screened {
        let begun = Instant::now();
        let answer = screen(item, scene);
        self.ours.add(begun.elapsed());
        self.requests += 1;
        answer
    }

    /// Holds the hosts that stand against what PostGIS finds: each is in both or in neither.
    fn compare(
        &mut self,
        answer: &Screened,
        is_meant: impl Fn(&HostCandidate) -> bool,
        found: &[Found],
        is_host: impl Fn(&Found) -> Option<bool>,
        is_at_the_limit: impl Fn(&Found) -> bool,
    ) {
        let hosts = answer.hosts.iter().filter(|host| host.origin == Origin::Registry && is_meant(host));
        let mut hosts: BTreeMap<Uuid, &HostCandidate> = hosts.map(|host| (host.asset.0, host)).collect();
        for one in found {
            let host = hosts.remove(&one.id);
            if is_at_the_limit(one) {
                self.at_a_limit += 1;
                continue;
            }
            match (host, is_host(one)) {
                (_, None) => self.at_a_limit += 1,
                (None, Some(false)) => self.crossing += 1,
                (Some(host), Some(true)) => {
                    let free = match host.free {
                        Capacity::Known(free) => i32::try_from(free).ok(),
                        Capacity::Unknown(_) => None,
                    };
                    assert_eq!(free, one.free, "{}: free units of {}", self.what, one.id);
                    let apart = (host.distance_m - one.metres).abs();
                    assert!(apart <= SAME, "{}: {} lies {apart} m elsewhere", self.what, one.id);
                    self.same += 1;
                }
                (host, _) => panic!("{}: {} is a host in process: {}", self.what, one.id, host.is_some()),
            }
        }
        // What PostGIS does not find at all lies at the limit, to a few centimetres.
        let limit = if self.what == "mast" { REACH } else { CORRIDOR };
        for (id, host) in hosts {
            let beyond = host.distance_m - host.accuracy_m - limit;
            assert!(beyond.abs() <= SAME, "{}: {id} is found in process alone, {beyond} m beyond", self.what);
            self.at_a_limit += 1;
        }
    }

    fn print(&self) {
        let ms = |time: std::time::Duration| 1_000.0 * time.as_secs_f64();
        let [ours, most] = [50, 95].map(|hundredth| ms(self.ours.at(hundredth)));
        let [theirs, their_most] = [50, 95].map(|hundredth| ms(self.theirs.at(hundredth)));
        println!(
            "{:>9} assets · {:<9} · screening {ours:.3} ms median, {most:.3} ms p95 · PostGIS {theirs:.3} ms median, \
             {their_most:.3} ms p95 · {:.1} ×",
            self.size,
            self.what,
            theirs / ours,
        );
        println!(
            "{:>9} assets · {:<9} · {} requests compared: {} hosts alike in room and distance, {} that only cross, \
             {} too near to a limit to tell",
            self.size, self.what, self.requests, self.same, self.crossing, self.at_a_limit
        );
        assert!(0 < self.same, "nothing was compared");
    }
}

/// The same assets as rows with a geography and its index.
async fn load(database: &mut PgConnection, size: usize) {
    for statement in [
        "create extension if not exists postgis",
        "create table asset (id uuid primary key, class text not null, accuracy_m double precision not null,
         units_total integer, units_used integer, geog geography not null)",
    ] {
        sqlx::query(statement).execute(&mut *database).await.unwrap();
    }
    let wanted = [AssetClass::Mast, AssetClass::Duct, AssetClass::Trench];
    let mut copy = database.copy_in_raw("copy asset from stdin").await.unwrap();
    let mut text = String::new();
    for asset in registry(size, SEED).filter(|asset| wanted.contains(&asset.class())) {
        text.push_str(&row(&asset));
        if 1 << 20 < text.len() {
            copy.send(text.as_bytes()).await.unwrap();
            text.clear();
        }
    }
    copy.send(text.as_bytes()).await.unwrap();
    copy.finish().await.unwrap();
    for statement in ["create index asset_place on asset using gist (geog)", "analyze asset"] {
        sqlx::query(statement).execute(&mut *database).await.unwrap();
    }
}

fn row(asset: &Asset) -> String {
    let units = asset.details.occupancy().map(|(units, ..)| units);
    let number = |count: Option<u32>| count.map_or_else(|| "\\N".to_owned(), |count| count.to_string());
    let kind = if asset.class().is_line() { "LINESTRING" } else { "POINT" };
    format!(
        "{}\t{}\t{}\t{}\t{}\tSRID=4326;{kind}({})\n",
        asset.id,
        asset.class(),
        asset.survey.accuracy().radius.get(),
        number(units.and_then(|units| units.total)),
        number(units.and_then(|units| units.used)),
        positions(&asset.shape)
    )
}

fn positions(shape: &Shape) -> String {
    shape.positions().map(|at| format!("{} {}", at.lon(), at.lat())).collect::<Vec<_>>().join(", ")
}
