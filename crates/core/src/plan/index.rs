//! A plan's parts by place.

use rstar::{
    AABB, RTree,
    primitives::{GeomWithData, Rectangle},
};

use super::{Constraint, Hamlet, Place, Plan, Road, Zone};
use crate::{asset::Asset, position::BoundingBox, units::Metres};

/// A part of a plan that has a place.
pub trait Placed {
    /// A box that holds the part, however badly its place is known.
    fn extent(&self) -> BoundingBox;
}

impl Placed for Zone {
    fn extent(&self) -> BoundingBox {
        self.shape.bounding_box()
    }
}

/// Of a hamlet its middle, from which distances to its people count.
impl Placed for Hamlet {
    fn extent(&self) -> BoundingBox {
        BoundingBox::at(self.middle())
    }
}

impl Placed for Place {
    fn extent(&self) -> BoundingBox {
        BoundingBox::at(self.at)
    }
}

/// Of a road its land, as far as its width is stated.
impl Placed for Road {
    fn extent(&self) -> BoundingBox {
        let half_land = self.land_width_m.map_or(0.0, Metres::get) / 2.0;
        self.shape.bounding_box().expanded(self.accuracy().radius.get() + half_land)
    }
}

impl Placed for Constraint {
    fn extent(&self) -> BoundingBox {
        self.shape.bounding_box().expanded(self.accuracy().radius.get())
    }
}

impl Placed for Asset {
    fn extent(&self) -> BoundingBox {
        self.shape.bounding_box().expanded(self.survey.accuracy().radius.get())
    }
}

/// Finds parts of one kind by their extents.
#[derive(Clone, Debug, Default)]
pub struct PartIndex(RTree<GeomWithData<Rectangle<[f64; 2]>, usize>>);

impl PartIndex {
    fn of<T: Placed>(parts: &[T]) -> Self {
        let numbered = parts.iter().enumerate().map(|(number, part)| {
            let [west, south, east, north] = part.extent().edges();
            GeomWithData::new(Rectangle::from_corners([west, south], [east, north]), number)
        });
        Self(RTree::bulk_load(numbered.collect()))
    }

    /// Those of `parts`, from which the index was made, whose extents meet a box; in their own order. `O(log n + k)`.
    #[must_use]
    pub fn meeting<'a, T>(&self, parts: &'a [T], bounds: BoundingBox) -> Vec<&'a T> {
        let [west, south, east, north] = bounds.edges();
        let met = self.0.locate_in_envelope_intersecting(&AABB::from_corners([west, south], [east, north]));
        let mut numbers: Vec<usize> = met.map(|part| part.data).collect();
        numbers.sort_unstable();
        numbers.into_iter().filter_map(|number| parts.get(number)).collect()
    }
}

/// Finds a plan's parts by place. It is made once for a plan: most of a plan is far away from any one question.
#[derive(Clone, Debug, Default)]
pub struct PlanIndex {
    /// Of [`Plan::zones`].
    pub zones: PartIndex,
    /// Of [`Plan::hamlets`].
    pub hamlets: PartIndex,
    /// Of [`Plan::places`].
    pub places: PartIndex,
    /// Of [`Plan::roads`].
    pub roads: PartIndex,
    /// Of [`Plan::constraints`].
    pub constraints: PartIndex,
    /// Of [`Plan::planned`].
    pub planned: PartIndex,
}

impl PlanIndex {
    /// The index of a plan. `O(n log n)`.
    #[must_use]
    pub fn of(plan: &Plan) -> Self {
        Self {
            zones: PartIndex::of(&plan.zones),
            hamlets: PartIndex::of(&plan.hamlets),
            places: PartIndex::of(&plan.places),
            roads: PartIndex::of(&plan.roads),
            constraints: PartIndex::of(&plan.constraints),
            planned: PartIndex::of(&plan.planned),
        }
    }

    /// The index of a plan that takes the place of another: most versions change one list, and the others keep theirs.
    /// `O(n)` in what did not change.
    #[must_use]
    pub fn of_next(plan: &Plan, before: &Plan, index: Self) -> Self {
        Self {
            zones: kept_or_made(index.zones, &before.zones, &plan.zones),
            hamlets: kept_or_made(index.hamlets, &before.hamlets, &plan.hamlets),
            places: kept_or_made(index.places, &before.places, &plan.places),
            roads: kept_or_made(index.roads, &before.roads, &plan.roads),
            constraints: kept_or_made(index.constraints, &before.constraints, &plan.constraints),
            planned: kept_or_made(index.planned, &before.planned, &plan.planned),
        }
    }
}

fn kept_or_made<T: Placed + PartialEq>(index: PartIndex, before: &[T], parts: &[T]) -> PartIndex {
    if before == parts { index } else { PartIndex::of(parts) }
}

#[cfg(test)]
mod tests {
    use rand::{RngExt as _, SeedableRng as _};
    use rand_chacha::ChaCha8Rng;
    use serde_json::json;

    use super::*;
    use crate::{geodesy::TangentPlane, position::Lonlat};

    const SPREAD: f64 = 20_000.0;

    /// A line of four positions, some of them hardly known, in the order of their numbers.
    fn lines(random: &mut ChaCha8Rng, plane: &TangentPlane) -> Vec<Constraint> {
        let line = |number: u32| {
            let mut somewhere = || [random.random_range(-SPREAD..SPREAD), random.random_range(-SPREAD..SPREAD)];
            let start = somewhere();
            let positions: Vec<Lonlat> = (0..4)
                .map(|_| somewhere())
                .map(|[east, north]| plane.lonlat([start[0] + east / 40.0, start[1] + north / 40.0]))
                .collect();
            let accuracy = number.is_multiple_of(7).then_some(f64::from(number) * 10.0);
            let line = json!({
                "layer": "dykes", "name": number.to_string(), "accuracy_m": accuracy,
                "shape": { "type": "LineString", "coordinates": positions },
            });
            serde_json::from_value(line).unwrap()
        };
        (0..400).map(line).collect()
    }

    #[test]
    fn parts_are_found_that_looking_through_them_finds_and_in_their_order() {
        let plane = TangentPlane::at(Lonlat::new(106.48, 20.68).unwrap());
        let mut random = ChaCha8Rng::seed_from_u64(5);
        let lines = lines(&mut random, &plane);
        let index = PartIndex::of(&lines);
        let mut found = 0;
        for round in 0..200 {
            let at = plane.lonlat([random.random_range(-SPREAD..SPREAD), random.random_range(-SPREAD..SPREAD)]);
            let bounds = BoundingBox::at(at).expanded(f64::from(round) * 5.0);
            let looked_through: Vec<&Constraint> =
                lines.iter().filter(|line| line.extent().intersects(bounds)).collect();
            assert_eq!(index.meeting(&lines, bounds), looked_through, "{bounds:?}");
            found += looked_through.len();
        }
        assert!(200 < found, "boxes that meet something: {found}");
        assert_eq!(index.meeting(&lines, BoundingBox::WORLD).len(), lines.len());
    }

    #[test]
    fn a_plan_that_follows_another_finds_its_own_parts() {
        let plane = TangentPlane::at(Lonlat::new(106.48, 20.68).unwrap());
        let mut random = ChaCha8Rng::seed_from_u64(6);
        let plan = |constraints: Vec<Constraint>, zones: serde_json::Value| -> Plan {
            let plan = serde_json::from_value(json!({
                "title": { "vi": "", "en": "" }, "instrument": "", "rule_set": "hai-phong", "zones": zones,
            }));
            Plan { constraints, ..plan.unwrap() }
        };
        let zone = |east: f64| {
            let corner = |x: f64, y: f64| plane.lonlat([east + x, y]);
            let ring = [corner(0.0, 0.0), corner(50.0, 0.0), corner(50.0, 50.0), corner(0.0, 0.0)];
            json!([{ "zone": "urban", "shape": { "type": "Polygon", "coordinates": [ring] } }])
        };
        let first = lines(&mut random, &plane);
        let fewer = first[..100].to_vec();
        let mut before = plan(first.clone(), zone(0.0));
        let mut index = PlanIndex::of(&before);
        for (name, next) in [
            ("another zone", plan(first, zone(5_000.0))),
            ("fewer lines", plan(fewer.clone(), zone(5_000.0))),
            ("the same again", plan(fewer, zone(5_000.0))),
        ] {
            index = PlanIndex::of_next(&next, &before, index);
            let at = |east: f64| BoundingBox::at(plane.lonlat([east, 25.0])).expanded(60.0);
            assert_eq!(index.zones.meeting(&next.zones, at(0.0)).len(), 0, "{name}");
            assert_eq!(index.zones.meeting(&next.zones, at(5_000.0)).len(), 1, "{name}");
            let all: Vec<&Constraint> = next.constraints.iter().collect();
            assert_eq!(index.constraints.meeting(&next.constraints, BoundingBox::WORLD), all, "{name}");
            before = next;
        }
    }

    #[test]
    fn a_part_reaches_as_far_as_its_place_is_unknown_and_a_road_as_far_as_its_land() {
        let plane = TangentPlane::at(Lonlat::new(106.48, 20.68).unwrap());
        let shape = json!({
            "type": "LineString", "coordinates": [plane.lonlat([0.0, 0.0]), plane.lonlat([100.0, 0.0])],
        });
        let road: Road =
            serde_json::from_value(json!({ "kind": "lane", "land_width_m": 30.0, "shape": shape })).unwrap();
        let narrow = Road { land_width_m: None, ..road.clone() };
        let line: Constraint =
            serde_json::from_value(json!({ "layer": "dykes", "accuracy_m": 50.0, "shape": shape })).unwrap();
        let holds = |extent: BoundingBox, north: f64| extent.contains(plane.lonlat([50.0, north]));
        let drawn = road.accuracy().radius.get();
        for (name, extent, reach) in [
            ("a road with its land", road.extent(), drawn + 15.0),
            ("a road whose land nobody states", narrow.extent(), drawn),
            ("a line known to 50 m", line.extent(), 50.0),
        ] {
            assert!(holds(extent, 0.99 * reach) && holds(extent, -0.99 * reach), "{name}");
            assert!(!holds(extent, 1.05 * reach), "{name}");
        }
    }
}
