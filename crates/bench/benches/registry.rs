//! Box, nearest and within over 10⁵ and 10⁶ assets, each beside the naive scan of the same data.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use hatang_bench::{SIZES, filled};
use hatang_core::{AssetClass, BoundingBox, Lonlat, Metres, Seen, Shape, Viewer, geodesy};

/// Half the side of a box that holds about 500 poles at 10⁶ assets over 3,200 km², in metres.
const BOX_M: f64 = 820.0;

fn naive_box(seen: Seen<'_>, class: AssetClass, bounds: BoundingBox) -> usize {
    seen.all().filter(|sight| sight.asset().class() == class && sight.shape().intersects(bounds)).count()
}

fn naive_nearest(seen: Seen<'_>, class: AssetClass, at: Lonlat) -> Option<Metres> {
    let of_class = seen.all().filter(|sight| sight.asset().class() == class);
    let metres = of_class.map(|sight| geodesy::nearest(&Shape::Point(at), &sight.shape()).distance);
    metres.min_by(|a, b| a.get().total_cmp(&b.get()))
}

fn queries(criterion: &mut Criterion) {
    let viewer = Viewer::console();
    for size in SIZES {
        let (registry, places) = filled(size);
        let seen = registry.seen_by(&viewer);
        let around = |at: Lonlat| Shape::Point(at).bounding_box().expanded(BOX_M);
        let first = places[0];
        assert_eq!(
            seen.in_box(AssetClass::Pole, around(first)).count(),
            naive_box(seen, AssetClass::Pole, around(first)),
            "the index and the scan disagree"
        );
        assert_eq!(
            seen.nearest(AssetClass::Duct, first, 1, |_| true).first().map(|near| near.nearest.distance),
            naive_nearest(seen, AssetClass::Duct, first),
            "the index and the scan disagree"
        );

        let mut group = criterion.benchmark_group("registry");
        let mut places = places.iter().copied().cycle();
        let mut next = || places.next().expect("a cycle never ends");
        group.bench_function(BenchmarkId::new("poles in a box", size), |bench| {
            bench.iter(|| {
                seen.in_box(AssetClass::Pole, around(next())).inspect(|sight| _ = black_box(sight.asset().id)).count()
            });
        });
        group.bench_function(BenchmarkId::new("10 nearest ducts with room", size), |bench| {
            bench.iter(|| {
                let has_room = |sight: &hatang_core::Sight<'_>| {
                    matches!(sight.asset().free(), Some(hatang_core::Capacity::Known(1..)))
                };
                black_box(seen.nearest(AssetClass::Duct, next(), 10, has_room))
            });
        });
        group.bench_function(BenchmarkId::new("ducts within 150 m", size), |bench| {
            bench.iter(|| black_box(seen.within(AssetClass::Duct, &Shape::Point(next()), Metres::computed(150.0))));
        });
        group.sample_size(10);
        group.bench_function(BenchmarkId::new("poles in a box, naive scan", size), |bench| {
            bench.iter(|| black_box(naive_box(seen, AssetClass::Pole, around(next()))));
        });
        group.finish();
    }
}

criterion_group!(benches, queries);
criterion_main!(benches);
