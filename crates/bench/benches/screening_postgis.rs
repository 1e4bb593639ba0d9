//! A whole screening in process beside the same questions asked of PostGIS by hand, on the same assets in a temporary
//! PostgreSQL: answers are compared, then both are timed in turn, and medians, 95th percentiles and ratios are printed.
//!
//! PostGIS answers the part that it can answer in one statement: which structures stand in reach with their distance and
//! free units. The screening also judges every rule of the national set and the template.
#![expect(clippy::print_stdout, reason = "the figures are what it is run for")]
#![expect(clippy::unwrap_used, reason = "a bench that cannot be set up stops")]

use std::{collections::BTreeSet, time::Instant};

use hatang_bench::{SEED, filled};
use hatang_core::{Asset, AssetClass, Lonlat, Metres, OrganisationCode, Registry, RequestItem, RuleSet, Shape, Viewer};
use hatang_desk::synthetic::registry;
use hatang_review::{HostCandidate, Scene, Screened, screen};
use hatang_testkit::TemporaryPostgres;
use sqlx::{Connection as _, PgConnection, Row as _};

const RULES: [&str; 2] =
    [include_str!("../../../rule-sets/national.toml"), include_str!("../../../rule-sets/bac-ninh-72-2025.toml")];
/// How many requests are asked.
const ASKED: usize = 200;
/// The template's widest spacing, and the corridor of parallel lines.
const REACH: f64 = 450.0;
const CORRIDOR: f64 = 15.0;

const MAST: &str = "
    select id::text, st_distance(geog, place) as metres, units_total - units_used as free
    from asset, (select st_setsrid(st_makepoint($1, $2), 4326)::geography as place) as asked
    where class = 'mast'
      and st_dwithin(geog, place, $3 + 600)
      and st_distance(geog, place) - sqrt(accuracy_m * accuracy_m + 25) <= $3
    order by metres";
const DUCT: &str = "
    select id::text, st_distance(geog, route) as metres, units_total - units_used as free
    from asset, (select st_geogfromtext($1) as route) as asked
    where class in ('duct', 'trench')
      and st_dwithin(geog, route, $2 + 600)
      and st_distance(geog, route) <= $2 + sqrt(accuracy_m * accuracy_m + 25)
    order by metres";

fn main() {
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
    let (filled, places) = filled(size);
    let sets: Vec<RuleSet> = RULES.iter().map(|text| hatang_exchange::read_rule_set(text).unwrap()).collect();
    let sets: Vec<&RuleSet> = sets.iter().collect();
    let step = (places.len() / ASKED).max(1);
    let places: Vec<Lonlat> = places.into_iter().step_by(step).take(ASKED).collect();

    let mut masts = Times::new("mast", size);
    let mut ducts = Times::new("2 km duct", size);
    for place in places {
        let item = request(AssetClass::Mast, Shape::Point(place));
        let (answer, ours) = timed(&item, &filled, &sets);
        let begun = Instant::now();
        let rows = sqlx::query(MAST).bind(place.lon()).bind(place.lat()).bind(REACH).fetch_all(&mut database).await;
        let theirs = begun.elapsed().as_secs_f64();
        let found: BTreeSet<String> = rows.unwrap().iter().map(|row| row.get(0)).collect();
        let hosts = ids(&answer, |host| host.class == AssetClass::Mast);
        assert_eq!(hosts, found, "the masts in reach of {place:?}");
        masts.add(ours, theirs, hosts.len());

        let to = Lonlat::new(place.lon() + 0.0192, place.lat()).unwrap();
        let item = request(AssetClass::Duct, Shape::LineString(vec![place, to]));
        let (answer, ours) = timed(&item, &filled, &sets);
        let text = format!("linestring({} {}, {} {})", place.lon(), place.lat(), to.lon(), to.lat());
        let begun = Instant::now();
        let rows = sqlx::query(DUCT).bind(text).bind(CORRIDOR).fetch_all(&mut database).await;
        let theirs = begun.elapsed().as_secs_f64();
        let found: BTreeSet<String> = rows.unwrap().iter().map(|row| row.get(0)).collect();
        // Of the lines that come near, those that only cross are no hosts.
        let hosts = ids(&answer, |host| host.class.is_line());
        assert!(hosts.is_subset(&found), "the lines beside {place:?}");
        ducts.add(ours, theirs, hosts.len());
    }
    masts.print();
    ducts.print();
}

fn timed(item: &RequestItem, registry: &Registry, sets: &[&RuleSet]) -> (Screened, f64) {
    let viewer = Viewer::console();
    let scene = Scene::new(registry.seen_by(&viewer), sets, jiff::civil::date(2026, 7, 1));
    let begun = Instant::now();
    let answer = screen(item, &scene);
    (answer, begun.elapsed().as_secs_f64())
}

fn ids(answer: &Screened, of: impl Fn(&HostCandidate) -> bool) -> BTreeSet<String> {
    answer.hosts.iter().filter(|host| of(host)).map(|host| host.asset.to_string()).collect()
}

fn request(class: AssetClass, shape: Shape) -> RequestItem {
    RequestItem {
        accuracy_m: Metres::new(5.0).ok(),
        height_m: Metres::new(30.0).ok(),
        on_building: Some(false),
        operators_designed: Some(2),
        bores: Some(1),
        ..RequestItem::new(class, OrganisationCode::new("viettel").unwrap(), shape)
    }
}

/// Seconds of both, request by request.
struct Times {
    what: &'static str,
    size: usize,
    ours: Vec<f64>,
    theirs: Vec<f64>,
    hosts: usize,
}

impl Times {
    const fn new(what: &'static str, size: usize) -> Self {
        Self { what, size, ours: Vec::new(), theirs: Vec::new(), hosts: 0 }
    }

    fn add(&mut self, ours: f64, theirs: f64, hosts: usize) {
        self.ours.push(ours);
        self.theirs.push(theirs);
        self.hosts += hosts;
    }

    fn print(mut self) {
        let at = |times: &mut Vec<f64>, hundredth: usize| {
            times.sort_by(f64::total_cmp);
            1_000.0 * times[(times.len() * hundredth / 100).min(times.len() - 1)]
        };
        let (ours, theirs) = (at(&mut self.ours, 50), at(&mut self.theirs, 50));
        println!(
            "{:>9} assets · {:<9} · screening {ours:.3} ms median, {:.3} ms p95 · PostGIS {theirs:.3} ms median, {:.3} ms p95 · {:.1} × · {} hosts in {} requests",
            self.size,
            self.what,
            at(&mut self.ours, 95),
            at(&mut self.theirs, 95),
            theirs / ours,
            self.hosts,
            self.ours.len()
        );
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
    let positions: Vec<String> = asset.shape.positions().map(|at| format!("{} {}", at.lon(), at.lat())).collect();
    let kind = if positions.len() == 1 { "POINT" } else { "LINESTRING" };
    format!(
        "{}\t{}\t{}\t{}\t{}\tSRID=4326;{kind}({})\n",
        asset.id,
        asset.class(),
        asset.survey.accuracy().radius.get(),
        number(units.and_then(|units| units.total)),
        number(units.and_then(|units| units.used)),
        positions.join(", ")
    )
}
