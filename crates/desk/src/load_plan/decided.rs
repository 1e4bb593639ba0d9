//! What officials have decided in the plan, told from its history: a change by an official has a reason, a load none.

use std::collections::{BTreeMap, BTreeSet};

use hatang_core::{
    Asset, AssetId, Event,
    plan::{Constraint, Hamlet, Place, Plan, Road, Zone},
};
use hatang_store::Entry;

use super::{parts::DecidedParts, statement};

/// What officials have done to the plan that still stands.
#[derive(Debug, Default)]
pub(super) struct Decided {
    /// Objects that they entered or changed, with what each was before; none for those that they entered.
    objects: BTreeMap<AssetId, Option<Asset>>,
    /// Objects of files that they gave up, as the files have them.
    retired: Vec<Asset>,
    pub(super) zones: DecidedParts<Zone>,
    pub(super) hamlets: DecidedParts<Hamlet>,
    pub(super) places: DecidedParts<Place>,
    pub(super) roads: DecidedParts<Road>,
    pub(super) constraints: DecidedParts<Constraint>,
    /// What of the plan's own statement they changed, by the words of its sheet.
    pub(super) statement: BTreeSet<&'static str>,
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
                _ => decided.keep_what_stands(before, plan),
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
        self.zones.note(&before.zones, &now.zones);
        self.hamlets.note(&before.hamlets, &now.hamlets);
        self.places.note(&before.places, &now.places);
        self.roads.note(&before.roads, &now.roads);
        self.constraints.note(&before.constraints, &now.constraints);
        self.statement.extend(statement::changed(before, now));
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
    fn keep_what_stands(&mut self, before: Option<&Plan>, plan: &Plan) {
        let there = by_id(plan);
        self.objects.retain(|id, _| there.contains_key(id));
        self.retired.retain(|gone| !plan.planned.iter().any(|object| is_twin(object, gone)));
        self.zones.keep_what_stands(&plan.zones);
        self.hamlets.keep_what_stands(&plan.hamlets);
        self.places.keep_what_stands(&plan.places);
        self.roads.keep_what_stands(&plan.roads);
        self.constraints.keep_what_stands(&plan.constraints);
        let changed: BTreeSet<_> =
            before.map(|before| statement::changed(before, plan)).into_iter().flatten().collect();
        self.statement.retain(|word| !changed.contains(word));
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
