//! A whole screening of a mast and of a duct route over 10⁵ and 10⁶ assets.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use hatang_bench::{SIZES, filled};
use hatang_core::{AssetClass, Lonlat, Metres, OrganisationCode, RequestItem, RuleSet, Shape, Viewer};
use hatang_review::{Scene, screen};

/// The shipped template: spacing, design for two operators, parallel lines.
const RULES: &str = include_str!("../../../rule-sets/bac-ninh-72-2025.toml");

fn request(class: AssetClass, shape: Shape) -> RequestItem {
    RequestItem {
        accuracy_m: Metres::new(5.0).ok(),
        height_m: Metres::new(30.0).ok(),
        on_building: Some(false),
        operators_designed: Some(2),
        bores: Some(1),
        ..RequestItem::new(class, OrganisationCode::new("viettel").expect("a code"), shape)
    }
}

/// Two kilometres to the east of a place.
fn route(from: Lonlat) -> Shape {
    let to = Lonlat::new(from.lon() + 0.0192, from.lat()).expect("still in Vietnam");
    Shape::LineString(vec![from, to])
}

fn screenings(criterion: &mut Criterion) {
    let rule_set: RuleSet = hatang_exchange::read_rule_set(RULES).expect("the shipped rule set is readable");
    let viewer = Viewer::console();
    for size in SIZES {
        let (registry, places) = filled(size);
        let sets = [&rule_set];
        let scene = Scene::new(registry.seen_by(&viewer), &sets, jiff::civil::date(2026, 7, 1));
        let mut places = places.iter().copied().cycle();
        let mut next = || places.next().expect("a cycle never ends");
        let mut group = criterion.benchmark_group("screening");
        group.bench_function(BenchmarkId::new("mast", size), |bench| {
            bench.iter(|| black_box(screen(&request(AssetClass::Mast, Shape::Point(next())), &scene)));
        });
        group.bench_function(BenchmarkId::new("2 km duct", size), |bench| {
            bench.iter(|| black_box(screen(&request(AssetClass::Duct, route(next())), &scene)));
        });
        group.finish();
    }
}

criterion_group!(benches, screenings);
criterion_main!(benches);
