//! What officials have decided in the plan, told from its history: a change by an official has a reason, a load none.

use std::collections::{BTreeMap, BTreeSet};

use hatang_core::{
    Asset, AssetId, Event,
    plan::{Plan, Zone},
};
use hatang_store::Entry;

/// What officials have done to the plan that still stands.
#[derive(Debug, Default)]
pub(super) struct Decided {
    /// Objects that they entered or changed, with what each was before; none for those that they entered.
    objects: BTreeMap<AssetId, Option<Asset>>,
    /// Objects of files that they gave up, as the files have them.
    retired: Vec<Asset>,
    /// Zones that they added or drew anew.
    pub(super) zones: Vec<Zone>,
    /// Zones of files that they gave up or drew anew, as the files have them.
    pub(super) zones_retired: Vec<Zone>,
    /// Years whose plan they issued.
    pub(super) years: BTreeSet<i16>,
}

impl Decided {
    /// Reads the plan's history, oldest first. `O(n log n)` in the objects of every version.
    pub(super) fn of(history: &[Entry]) -> Self {
        let mut decided = Self::default();
        let mut before: Option<&Plan> = None;
        for entry in history {
            let Event::PlanAdopted { plan, reason } = &entry.recorded.event else { continue };
            let plan: &Plan = plan;
            match (before, reason) {
                (Some(before), Some(_)) => decided.note(before, plan),
                _ => decided.keep_what_stands(plan),
            }
            before = Some(plan);
        }
        decided
    }

    /// Whether officials entered or changed an object of the plan.
    pub(super) fn has_object(&self, id: AssetId) -> bool {
        self.objects.contains_key(&id)
    }

    /// Whether officials gave an object of a file up.
    pub(super) fn has_retired(&self, object: &Asset) -> bool {
        self.retired.iter().any(|gone| is_twin(object, gone))
    }

    /// Whether an object of a file is one that the plan has, wherever officials have moved it.
    pub(super) fn is_of(&self, object: &Asset, known: &Asset) -> bool {
        let was = self.objects.get(&known.id).and_then(Option::as_ref);
        is_twin(object, known) || was.is_some_and(|was| is_twin(object, was))
    }

    /// Notes an official's change.
    fn note(&mut self, before: &Plan, now: &Plan) {
        self.note_objects(before, now);
        for zone in without(&before.zones, &now.zones) {
            if !take(&mut self.zones, zone) {
                self.zones_retired.push(zone.clone());
            }
        }
        for zone in without(&now.zones, &before.zones) {
            if !take(&mut self.zones_retired, zone) {
                self.zones.push(zone.clone());
            }
        }
        self.years.extend(now.years_issued.difference(&before.years_issued));
        self.years.retain(|year| now.years_issued.contains(year));
    }

    fn note_objects(&mut self, before: &Plan, now: &Plan) {
        let (then, left) = (by_id(before), by_id(now));
        for object in &now.planned {
            match then.get(&object.id) {
                Some(was) if *was == object => {}
                Some(was) => {
                    self.objects.entry(object.id).or_insert_with(|| Some((*was).clone()));
                }
                None => {
                    self.objects.insert(object.id, None);
                    self.retired.retain(|gone| !is_twin(object, gone));
                }
            }
        }
        for gone in before.planned.iter().filter(|object| !left.contains_key(&object.id)) {
            match self.objects.remove(&gone.id) {
                // Their own: no file has it.
                Some(None) => {}
                Some(Some(was)) => self.retired.push(was),
                None => self.retired.push(gone.clone()),
            }
        }
    }

    /// After a load only those decisions stand that it has left.
    fn keep_what_stands(&mut self, plan: &Plan) {
        let there = by_id(plan);
        self.objects.retain(|id, _| there.contains_key(id));
        self.retired.retain(|gone| !plan.planned.iter().any(|object| is_twin(object, gone)));
        self.zones.retain(|zone| plan.zones.contains(zone));
        self.zones_retired.retain(|zone| !plan.zones.contains(zone));
        self.years.retain(|year| plan.years_issued.contains(year));
    }
}

fn by_id(plan: &Plan) -> BTreeMap<AssetId, &Asset> {
    plan.planned.iter().map(|object| (object.id, object)).collect()
}

/// Whether two records are of one planned object: the same identity, or the same owner, class and code, or where neither
/// has a code the same owner, class and place.
fn is_twin(one: &Asset, other: &Asset) -> bool {
    one.id == other.id
        || match (one.name(), other.name()) {
            (Some(name), Some(of_other)) => name == of_other,
            (None, None) => one.owner == other.owner && one.class() == other.class() && one.shape == other.shape,
            _ => false,
        }
}

/// What of the one list is not in the other, each as often as it is more often there.
pub(super) fn without<'a, T: PartialEq>(all: &'a [T], others: &[T]) -> Vec<&'a T> {
    let mut left: Vec<&T> = others.iter().collect();
    let is_left_over = |one: &&T| match left.iter().position(|other| *other == *one) {
        Some(at) => {
            left.swap_remove(at);
            false
        }
        None => true,
    };
    all.iter().filter(is_left_over).collect()
}

/// Takes one out of a list; whether it was there.
pub(super) fn take<T: PartialEq>(list: &mut Vec<T>, one: &T) -> bool {
    let at = list.iter().position(|other| other == one);
    at.map(|at| list.remove(at)).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_there_twice_is_left_over_once() {
        assert_eq!(without(&[1, 2, 2, 3], &[2, 4]), [&1, &2, &3]);
        assert_eq!(without(&[1], &[1, 1]), Vec::<&i32>::new());
        let mut list = vec![1, 2, 2];
        assert!(take(&mut list, &2) && !take(&mut list, &3));
        assert_eq!(list, [1, 2]);
    }
}
