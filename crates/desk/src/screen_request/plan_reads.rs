//! Where a judgement looks in the plan: what comes to lie there, or is taken away from there, may matter to it.
//!
//! The boxes are generous: nothing acts farther than the longest distance that a rule in force gives, how badly both
//! places are known, and [`BESIDE`]. How badly a part's own place is known is added where the part is told (see
//! [`crate::rerating`]), and so is what acts wherever it lies.

use hatang_core::{
    AssetClass, BoundingBox, Metres, Predicate, Reads, RequestItem, geodesy,
    plan::Layer,
    registry::{Ground, POORLY_PLACED},
    rule_set::{Standing, Strip},
};
use hatang_review::{HIGHEST_MAST, Scene, WIDEST_ROAD_LAND, WORST_ACCURACY};

/// What is looked at beside a rule's own distance, in metres: lines are named up to 200 m beyond their strips, ways
/// lead over roads within 300 m, and structures are looked for this much farther than a limit.
const BESIDE: f64 = WORST_ACCURACY;
/// A box on the earth is no longer exact to a few metres beyond this, in metres: who looks farther looks everywhere.
const FARTHEST: f64 = 20_000.0;

/// Notes where in the plan the judgement on a structure looks. Without a plan there is nowhere to look, and the first
/// one concerns everybody.
pub(super) fn note(item: &RequestItem, scene: &Scene<'_>, reads: &Reads) {
    if scene.plan.is_none() {
        return;
    }
    note_zones(item, scene, reads);
    note_way(item, scene, reads);
    for standing in scene.rule_sets.iter().flat_map(|set| set.on(scene.on)) {
        match standing {
            Standing::InForce(rule) if rule.subjects.contains(&item.class) => {
                note_rule(&rule.predicate, item, scene, reads);
            }
            Standing::InForce(_) | Standing::NotInForce(_) => {}
        }
    }
}

/// Notes where in the plan the way of a route looks, and so does what could host the request and who waits beside it.
pub(super) fn note_way(item: &RequestItem, scene: &Scene<'_>, reads: &Reads) {
    reads.note(Ground::Lines(Layer::Roads), around(item, 0.0));
    let hosts_and_conditions = around(item, scene.conditions_reach());
    for class in AssetClass::ALL {
        reads.note(Ground::Planned(*class), hosts_and_conditions);
    }
}

/// Zones matter where the request lies, and where what could host a mast lies: of a zone nothing acts beyond its edge, so
/// that these boxes are no wider than places are known.
fn note_zones(item: &RequestItem, scene: &Scene<'_>, reads: &Reads) {
    reads.note(Ground::Zones, may_lie(item, 0.0));
    if !matches!(item.class, AssetClass::Mast | AssetClass::RadioStation) {
        return;
    }
    let near = may_lie(item, scene.conditions_reach());
    let host = |bounds: BoundingBox, radius: f64| {
        // A bridge or a piece of land that is near may reach far away, and so may a place that is hardly known.
        let may_be = bounds.expanded(radius);
        if may_be.intersects(near) {
            reads.note(Ground::Zones, may_be);
        }
    };
    for class in [AssetClass::Mast, AssetClass::Host] {
        let standing = scene.seen.in_box(class, near.expanded(POORLY_PLACED));
        for sight in standing.chain(scene.seen.poorly_placed(class)) {
            host(sight.shape().bounding_box(), sight.accuracy().radius.get());
        }
        for twin in scene.planned_in(near).into_iter().filter(|twin| twin.class() == class) {
            host(twin.shape.bounding_box(), twin.survey.accuracy().radius.get());
        }
    }
}

/// Every predicate is named, so that a new one says where it looks.
fn note_rule(predicate: &Predicate, item: &RequestItem, scene: &Scene<'_>, reads: &Reads) {
    let planned = |class: AssetClass, reach: f64| reads.note(Ground::Planned(class), around(item, reach));
    let lines = |layer: Layer, reach: f64| reads.note(Ground::Lines(layer), around(item, reach));
    match predicate {
        Predicate::NoParallelLine { corridor_m, .. } => {
            planned(AssetClass::AerialRoute, corridor_m.get());
            planned(AssetClass::Pole, corridor_m.get());
        }
        Predicate::NoNewWhereRoom { corridor_m, .. } => {
            planned(AssetClass::Duct, corridor_m.get());
            planned(AssetClass::Trench, corridor_m.get());
        }
        Predicate::ClearOf { layer, strips, heights, .. } => {
            lines(*layer, widest(*layer, strips, *heights, item));
        }
        Predicate::CrossingClearance { over: layer, .. } | Predicate::Dossier { crossing: Some(layer), .. } => {
            lines(*layer, 0.0);
        }
        Predicate::InPlan { within_m } => {
            let nearest = nearest_own(item, scene);
            let reach = nearest.map_or(f64::INFINITY, |metres| metres.max(within_m.get()));
            planned(item.class, reach);
        }
        // These look at zones and at what is near, as all do, or at nothing of the plan.
        Predicate::Spacing { .. }
        | Predicate::NotInZone { .. }
        | Predicate::DesignedFor { .. }
        | Predicate::BelowHeight { .. }
        | Predicate::SmallMast { .. }
        | Predicate::DepthUnder { .. }
        | Predicate::Dossier { crossing: None, .. }
        | Predicate::BoxesPerOperator { .. }
        | Predicate::CountInTerritory { .. }
        | Predicate::WorksPlaceDucts { .. } => {}
    }
}

/// The widest strip that a line may have beside a structure; how wide a road's own land is, the road tells.
fn widest(layer: Layer, strips: &[Strip], heights: Option<f64>, item: &RequestItem) -> f64 {
    let numbers = strips.iter().flat_map(|strip| [strip.least_m, strip.most_m]).flatten().map(Metres::get);
    let land = if layer == Layer::Roads { WIDEST_ROAD_LAND / 2.0 } else { 0.0 };
    let top: f64 = [item.height_m, item.building_height_m].into_iter().flatten().map(Metres::get).sum();
    numbers.fold(land, f64::max).max(heights.unwrap_or(0.0) * top.max(HIGHEST_MAST))
}

/// How far away the applicant's nearest planned object of the class is, which is measured wherever it lies; should the
/// plane take another for the nearest, it is farther. None while the applicant has none: the first may come anywhere.
fn nearest_own(item: &RequestItem, scene: &Scene<'_>) -> Option<f64> {
    let nearest = scene.nearest_planned(item)?;
    Some(geodesy::nearest(&item.shape, &nearest.shape).distance.get())
}

/// Where something may lie that acts on a structure over so many metres.
pub(super) fn around(item: &RequestItem, reach: f64) -> BoundingBox {
    if WORST_ACCURACY < item.accuracy().radius.get() {
        return BoundingBox::WORLD;
    }
    may_lie(item, reach + BESIDE)
}

/// What a structure may come within so many metres of, as badly as its place is known.
fn may_lie(item: &RequestItem, reach: f64) -> BoundingBox {
    let farthest = reach + item.accuracy().radius.get();
    if FARTHEST < farthest { BoundingBox::WORLD } else { item.shape.bounding_box().expanded(farthest) }
}
