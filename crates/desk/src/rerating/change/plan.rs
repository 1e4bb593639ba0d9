//! Where a change of the plan may matter, part by part.

use std::collections::BTreeSet;

use hatang_core::{
    Accuracy, Asset, AssetId, BoundingBox, Registry,
    case::CaseKind,
    plan::{Layer, Plan, Road},
    registry::{Ground, POORLY_PLACED},
};

use super::Change;

impl Change {
    /// Notes what differs between the territory's plan and its next version. Parts that have a place matter where they
    /// are and where they were; see [`acts_everywhere`] for the others. Hamlets and places decide nothing: whom a
    /// structure serves is told beside an answer. `O(n)` in the plan's parts.
    pub(super) fn note_plan(&mut self, registry: &Registry, now: &Plan) {
        let before = registry.home().and_then(|(_, state)| state.plan.as_ref());
        let Some(before) = before.filter(|before| !acts_everywhere(before, now)) else {
            self.everywhere = true;
            return;
        };
        for zone in differing(&before.zones, &now.zones) {
            self.note_at(Ground::Zones, zone.shape.bounding_box());
        }
        for road in differing(&before.roads, &now.roads) {
            let reach = road.accuracy().radius.get() + half_land(road);
            self.note_at(Ground::Lines(Layer::Roads), may_be(road.shape.bounding_box(), reach));
        }
        for line in differing(&before.constraints, &now.constraints) {
            let Accuracy { radius, .. } = line.accuracy();
            self.note_at(Ground::Lines(line.layer), may_be(line.shape.bounding_box(), radius.get()));
        }
        let planned: Vec<&Asset> = differing(&before.planned, &now.planned).collect();
        for twin in &planned {
            let radius = twin.survey.accuracy().radius.get();
            self.note_at(Ground::Planned(twin.class()), may_be(twin.shape.bounding_box(), radius));
        }
        self.note_taken_in(registry, &planned.iter().map(|twin| twin.id).collect());
    }

    /// A structure of a year's request waits where it was asked for until the plan holds it, wherever it stands there.
    fn note_taken_in(&mut self, registry: &Registry, planned: &BTreeSet<AssetId>) {
        if planned.is_empty() {
            return;
        }
        let of_years = registry.cases().all().map(|held| &held.case).filter(|case| case.kind() == CaseKind::YearlyPlan);
        for case in of_years {
            for (number, item) in (1..).zip(&case.items) {
                if planned.contains(&case.planned_id(number)) {
                    self.note_at(Ground::Requests, item.shape.bounding_box());
                }
            }
        }
    }

    fn note_at(&mut self, ground: Ground, bounds: BoundingBox) {
        self.places.entry(ground).or_default().push(bounds);
    }
}

/// Whether two plans differ in something that acts wherever a request lies: in what has no place of its own, or in which
/// kinds of lines they know of.
fn acts_everywhere(before: &Plan, now: &Plan) -> bool {
    let Plan {
        title,
        instrument,
        valid_from,
        valid_to,
        synthetic,
        rule_set,
        targets,
        complete,
        years_issued,
        zones: _,
        hamlets: _,
        places: _,
        roads: _,
        constraints: _,
        planned: _,
        versions: _,
    } = before;
    let same = *title == now.title
        && *instrument == now.instrument
        && (*valid_from, *valid_to) == (now.valid_from, now.valid_to)
        && *synthetic == now.synthetic
        && *rule_set == now.rule_set
        && *targets == now.targets
        && *complete == now.complete
        && *years_issued == now.years_issued;
    !same || kinds_of_lines(before) != kinds_of_lines(now)
}

/// Where a complete layer has no line of the kinds that a rule names, the rule applies to nobody.
fn kinds_of_lines(plan: &Plan) -> BTreeSet<(Layer, Option<&str>)> {
    let roads = plan.roads.iter().map(|road| (Layer::Roads, Some(&*road.kind)));
    roads.chain(plan.constraints.iter().map(|line| (line.layer, line.class.as_deref()))).collect()
}

/// The parts of two lists that are not what they were, as they were and as they are. What stays keeps its order,
/// because of two at the same distance the first is named: a part that has only changed its place in the list is among
/// those that differ.
fn differing<'a, T: PartialEq>(before: &'a [T], now: &'a [T]) -> impl Iterator<Item = &'a T> {
    let same_end = before.iter().rev().zip(now.iter().rev()).take_while(|(was, is)| was == is).count();
    let (before, now) = (&before[..before.len() - same_end], &now[..now.len() - same_end]);
    let changed = before.iter().zip(now).filter(|(was, is)| was != is).flat_map(|(was, is)| [was, is]);
    let gone = before.iter().skip(now.len());
    let new = now.iter().skip(before.len());
    changed.chain(gone).chain(new)
}

fn half_land(road: &Road) -> f64 {
    road.land_width_m.map_or(0.0, |width| width.get() / 2.0)
}

/// Where a part may be; anywhere when its place is known too badly to say.
fn may_be(bounds: BoundingBox, radius: f64) -> BoundingBox {
    if POORLY_PLACED < radius { BoundingBox::WORLD } else { bounds.expanded(radius) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_differ_as_they_were_and_as_they_are_and_the_others_keep_their_order() {
        for (name, before, now, expected) in [
            ("nothing has changed", "abcd", "abcd", ""),
            ("one is another", "abcd", "abxd", "cx"),
            ("one is gone", "abcd", "acd", "b"),
            ("one is new at the end", "abc", "abcd", "d"),
            ("one is new at the beginning", "abc", "xabc", "x"),
            ("one is another and one is new", "abcd", "xbcde", "axe"),
            ("one of two alike is gone", "aab", "ab", "a"),
            ("two have changed places", "abc", "acb", "bccb"),
            ("all are gone", "ab", "", "ab"),
            ("all are new", "", "ab", "ab"),
        ] {
            let (before, now): (Vec<char>, Vec<char>) = (before.chars().collect(), now.chars().collect());
            let found: String = differing(&before, &now).collect();
            assert_eq!(found, expected, "{name}");
        }
    }
}
