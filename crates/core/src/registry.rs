//! The state of all territories in memory: folded from events, indexed by place.
//!
//! Reads go through [`Registry::seen_by`], so that no query answers with more than its viewer may see; a filter on
//! position acts on the position that the viewer may see.

mod answers;
mod cases;
mod codes;
mod index;
mod reach;
mod reads;
mod seen;
mod tally;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;
use uuid::Uuid;

pub use self::{
    answers::AnswerFile,
    cases::{CaseFile, HeldCase},
    reach::ReachIndex,
    reads::{Ground, Reads},
    seen::{Near, Networks, Seen, Sight},
    tally::Progress,
};
use self::{
    codes::CodeIndex,
    index::ClassIndex,
    tally::{Circle, Tallies},
};
use crate::{
    asset::{Asset, AssetClass, AssetId, Details},
    codes::{AssetCode, OrganisationCode, RuleSetCode, Territory},
    coverage_source::{CoverageSource, SourceId},
    delegation::{Delegated, Delegation},
    deviation::Deviation,
    duplicate::Duplicate,
    event::{Boundaries, Record, Seq, Version},
    geodesy,
    ground_source::GroundSource,
    organisation::Organisation,
    plan::{Plan, PlanIndex},
    position::BoundingBox,
    rule_set::RuleSet,
    units::Metres,
    visibility::Secrecy,
    works::Works,
};

/// One asset with where and when it was last written.
#[derive(Clone, Debug)]
pub struct Held {
    /// The asset.
    pub asset: Asset,
    /// The territory whose journal holds it.
    pub territory: Territory,
    /// How often it has changed.
    pub version: Version,
    /// The journal position of its last change.
    pub seq: Seq,
}

/// What one territory's journal says apart from its assets.
#[derive(Clone, Debug, Default)]
pub struct TerritoryState {
    /// The last position that has been folded in.
    pub seq: Seq,
    /// Its outline and its neighbours'.
    pub boundaries: Option<Boundaries>,
    /// The plan in force.
    pub plan: Option<Plan>,
    /// Its parts by place.
    pub plan_index: PlanIndex,
    /// Works of other sectors, by code.
    pub works: BTreeMap<String, Works>,
    /// Their boxes: most of them are far away from any one question.
    pub works_boxes: BTreeMap<String, BoundingBox>,
    /// How often each of them has changed.
    pub works_versions: BTreeMap<String, Version>,
    /// Declarations of coverage and sets of measurements, retired ones included.
    pub coverage_sources: BTreeMap<SourceId, CoverageSource>,
    /// Files about the ground, retired ones included.
    pub ground_sources: BTreeMap<SourceId, GroundSource>,
    /// Imported files whose every row came in: SHA-256 of the file and the class it was read as, and where in the journal.
    pub imports: BTreeMap<(String, AssetClass), (Seq, Uuid)>,
    /// Imports that have been undone.
    pub reverted: BTreeSet<Uuid>,
    /// Differences between the registry and the ground.
    pub deviations: BTreeMap<Uuid, Deviation>,
    /// What was said of records that may be of one structure.
    pub duplicates: BTreeMap<Uuid, Duplicate>,
}

impl TerritoryState {
    /// Where a file came in whole, read as that class, unless it has been undone since.
    #[must_use]
    pub fn imported(&self, file_sha256: &str, class: AssetClass) -> Option<Seq> {
        let (seq, id) = self.imports.get(&(file_sha256.to_owned(), class))?;
        (!self.reverted.contains(id)).then_some(*seq)
    }
}

/// Everything that is known, indexed.
#[derive(Debug, Default)]
pub struct Registry {
    territories: BTreeMap<Territory, TerritoryState>,
    organisations: BTreeMap<OrganisationCode, Organisation>,
    delegations: BTreeMap<Uuid, Delegation>,
    rule_sets: BTreeMap<RuleSetCode, RuleSet>,
    held: Vec<Held>,
    slots: HashMap<AssetId, u32>,
    stations: HashMap<AssetCode, Vec<u32>>,
    indexes: BTreeMap<AssetClass, ClassIndex>,
    poorly_placed: BTreeMap<AssetClass, BTreeSet<u32>>,
    tallies: Tallies,
    cases: CaseFile,
    answers: AnswerFile,
    confidential: BTreeMap<Territory, Seq>,
    codes: CodeIndex,
}

/// Worse than this a place is known poorly, in metres: such assets are kept in a list of their own, because no search
/// around a place can be wide enough for all of them.
pub const POORLY_PLACED: f64 = 500.0;

/// A station that names a mast's code must also stand this near: codes are unique only within one owner.
const STATION_REACH: f64 = 100.0;

impl Registry {
    /// An empty registry.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Puts one record in its place. How far the journal has been read is noted apart, see [`Registry::reach`].
    pub fn put(&mut self, territory: &Territory, seq: Seq, version: Version, record: Record) {
        if let Some((key, secrecy)) = everybodys(&record) {
            self.tallies.record(&key, Circle::of_all(territory, secrecy), version);
        }
        match record {
            Record::Organisation { organisation } => {
                self.organisations.insert(organisation.code.clone(), organisation);
            }
            Record::Delegation { delegation } => {
                self.delegations.insert(delegation.id, delegation);
            }
            Record::RuleSet { rule_set } => {
                self.rule_sets.insert(rule_set.code.clone(), rule_set);
            }
            Record::Boundary { boundaries } => self.territory_mut(territory).boundaries = Some(boundaries),
            Record::Plan { plan } => {
                self.tallies.plan(territory, &plan);
                let state = self.territory_mut(territory);
                let index = std::mem::take(&mut state.plan_index);
                state.plan_index = match &state.plan {
                    Some(before) => PlanIndex::of_next(&plan, before, index),
                    None => PlanIndex::of(&plan),
                };
                state.plan = Some(*plan);
            }
            Record::Works { works } => {
                let state = self.territory_mut(territory);
                state.works_versions.insert(works.code.clone(), version);
                state.works_boxes.insert(works.code.clone(), works.shape.bounding_box());
                state.works.insert(works.code.clone(), works);
            }
            Record::CoverageSource { source } => {
                let key = format!("coverage_source:{}", source.id);
                self.tallies.record(&key, Circle::of_source(territory, &source), version);
                self.territory_mut(territory).coverage_sources.insert(source.id, *source);
            }
            Record::GroundSource { source } => {
                self.territory_mut(territory).ground_sources.insert(source.id, *source);
            }
            Record::Asset { asset } => {
                self.put_asset(Held { asset: *asset, territory: territory.clone(), version, seq });
            }
            Record::Import { change_set } => {
                let state = self.territory_mut(territory);
                if let Some(undone) = change_set.reverts {
                    state.reverted.insert(undone);
                } else if change_set.rows_refused == 0 {
                    let file = (change_set.file_sha256, change_set.class);
                    // Records come in any order when a node starts: the last import of a file counts.
                    let last = state.imports.entry(file).or_insert((seq, change_set.id));
                    if last.0 <= seq {
                        *last = (seq, change_set.id);
                    }
                }
            }
            Record::Case { case } => {
                self.cases.put_case(HeldCase { case: *case, journal: territory.clone(), version, seq });
            }
            Record::Screening { screening } => self.cases.put_screening(*screening),
            Record::WorksAnswer { answer } => self.answers.put(&territory.without_confidence(), answer),
            Record::InterestArea { area } => self.answers.put_area(&territory.without_confidence(), *area),
            Record::Deviation { deviation } => {
                self.territory_mut(territory).deviations.insert(deviation.id, *deviation);
            }
            Record::Duplicate { duplicate } => {
                self.territory_mut(territory).duplicates.insert(duplicate.id, *duplicate);
            }
        }
    }

    /// Puts many assets at once; much faster than one by one. `O((n + m) log (n + m))` with `n` already held.
    pub fn put_assets(&mut self, assets: impl IntoIterator<Item = Held>) {
        let assets: Vec<Held> = assets.into_iter().collect();
        // Rebuilding a tree costs about as much as inserting a fifth of its items one by one.
        if assets.len() < self.held.len() / 5 {
            for held in assets {
                self.put_asset(held);
            }
            return;
        }
        for held in assets {
            self.file(held);
        }
        self.indexes.clear();
        let mut by_class: BTreeMap<AssetClass, Vec<u32>> = BTreeMap::new();
        for (slot, held) in self.held.iter().enumerate() {
            by_class.entry(held.asset.class()).or_default().push(slot_number(slot));
        }
        for (class, slots) in by_class {
            let entries = slots.into_iter().map(|slot| (slot, &self.held[slot as usize].asset.shape));
            self.indexes.insert(class, ClassIndex::bulk(entries));
        }
    }

    /// Notes that everything in a territory's journal up to `seq` has been put in its place.
    ///
    /// Apart from putting records, because a node that starts from the current state may meet records that are newer
    /// than the position it will follow from.
    pub fn reach(&mut self, territory: &Territory, seq: Seq) {
        if territory.is_confidential() {
            let read = self.confidential.entry(territory.clone()).or_default();
            *read = seq.max(*read);
            return;
        }
        let state = self.territory_mut(territory);
        state.seq = state.seq.max(seq);
    }

    /// How far a journal has been folded in.
    #[must_use]
    pub fn read_to(&self, journal: &Territory) -> Seq {
        let public = self.territories.get(journal).map(|state| state.seq);
        public.or_else(|| self.confidential.get(journal).copied()).unwrap_or_default()
    }

    /// How far each confidential journal has been folded in.
    pub fn confidential(&self) -> impl Iterator<Item = (&Territory, Seq)> {
        self.confidential.iter().map(|(journal, seq)| (journal, *seq))
    }

    /// Requests and their screenings.
    #[must_use]
    pub const fn cases(&self) -> &CaseFile {
        &self.cases
    }

    /// What organisations answer to works, and where they want to be told of them.
    #[must_use]
    pub const fn answers(&self) -> &AnswerFile {
        &self.answers
    }

    /// One asset as it stands, seen or not; for following changes, never for an output.
    #[must_use]
    pub fn held(&self, id: AssetId) -> Option<&Held> {
        self.slots.get(&id).map(|slot| &self.held[*slot as usize])
    }

    fn territory_mut(&mut self, territory: &Territory) -> &mut TerritoryState {
        if !self.territories.contains_key(territory) {
            self.territories.insert(territory.clone(), TerritoryState::default());
        }
        self.territories.get_mut(territory).expect("inserted above")
    }

    fn put_asset(&mut self, held: Held) {
        if let Some(slot) = self.slots.get(&held.asset.id) {
            let before = &self.held[*slot as usize].asset;
            self.indexes.entry(before.class()).or_default().remove(*slot, &before.shape);
        }
        let class = held.asset.class();
        let slot = self.file(held);
        self.indexes.entry(class).or_default().insert(slot, &self.held[slot as usize].asset.shape);
    }

    /// Stores an asset under its slot without touching the index.
    fn file(&mut self, held: Held) -> u32 {
        let station_on = |asset: &Asset| match &asset.details {
            Details::RadioStation(station) => station.mast.clone(),
            _ => None,
        };
        let slot = self.slots.get(&held.asset.id).copied();
        let before = slot.map(|slot| &self.held[slot as usize]);
        let before = before.map(|before| (&before.asset, &before.territory, before.version));
        self.tallies.asset(before, (&held.asset, &held.territory, held.version));
        if let Some(slot) = slot {
            let before = &self.held[slot as usize].asset;
            if let Some(poor) = self.poorly_placed.get_mut(&before.class()) {
                poor.remove(&slot);
            }
            self.codes.remove(slot, before);
            let before = station_on(before);
            if let Some(stations) = before.and_then(|mast| self.stations.get_mut(&mast)) {
                stations.retain(|other| *other != slot);
            }
        }
        let slot = slot.unwrap_or_else(|| slot_number(self.held.len()));
        if let Some(mast) = station_on(&held.asset) {
            self.stations.entry(mast).or_default().push(slot);
        }
        if POORLY_PLACED < held.asset.survey.accuracy().radius.get() {
            self.poorly_placed.entry(held.asset.class()).or_default().insert(slot);
        }
        self.slots.insert(held.asset.id, slot);
        self.codes.insert(slot, &held.asset);
        match self.held.get_mut(slot as usize) {
            Some(place) => *place = held,
            None => self.held.push(held),
        }
        slot
    }

    /// The registry as one viewer may see it. Everything that leaves the product is read through this.
    #[must_use]
    pub const fn seen_by<'a>(&'a self, viewer: &'a crate::Viewer) -> Seen<'a> {
        Seen::new(self, viewer)
    }

    /// How many assets there are, seen or not; for the operator's health page only.
    #[must_use]
    pub fn len(&self) -> usize {
        self.held.len()
    }

    /// Whether there is no asset at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.held.is_empty()
    }

    /// Territories and what their journals say; the confidential journals beside them are not among them.
    #[must_use]
    pub const fn territories(&self) -> &BTreeMap<Territory, TerritoryState> {
        &self.territories
    }

    /// The one territory whose outline is loaded, or the first of them.
    #[must_use]
    pub fn home(&self) -> Option<(&Territory, &TerritoryState)> {
        self.territories.iter().find(|(_, state)| state.boundaries.is_some())
    }

    /// Organisations by code.
    #[must_use]
    pub const fn organisations(&self) -> &BTreeMap<OrganisationCode, Organisation> {
        &self.organisations
    }

    /// Delegations by identity, also those that have ended.
    #[must_use]
    pub const fn delegations(&self) -> &BTreeMap<Uuid, Delegation> {
        &self.delegations
    }

    /// What owners let an organisation do on a day.
    #[must_use]
    pub fn delegated_to(&self, provider: &OrganisationCode, day: Date) -> Vec<Delegated> {
        let holding = self.delegations.values().filter(|it| it.provider == *provider && it.holds_on(day));
        holding.map(|it| Delegated { owner: it.owner.clone(), actions: it.actions.clone() }).collect()
    }

    /// Rule sets by code.
    #[must_use]
    pub const fn rule_sets(&self) -> &BTreeMap<RuleSetCode, RuleSet> {
        &self.rule_sets
    }

    /// The asset that an owner knows by a code.
    fn by_code(&self, owner: &OrganisationCode, class: AssetClass, code: &AssetCode) -> Option<&Held> {
        let is_it = |held: &&Held| {
            let asset = &held.asset;
            asset.owner == *owner && asset.class() == class && asset.code.as_ref() == Some(code)
        };
        self.codes.candidates(owner, class, code).iter().map(|slot| &self.held[*slot as usize]).find(is_it)
    }

    fn stations_on(&self, mast: &Asset) -> impl Iterator<Item = &Held> {
        let named = mast.code.as_ref().and_then(|code| self.stations.get(code));
        named
            .into_iter()
            .flatten()
            .map(|slot| &self.held[*slot as usize])
            .filter(|held| geodesy::distance(held.asset.anchor(), mast.anchor()) <= Metres::computed(STATION_REACH))
    }
}

/// How secret a record without parties is, and what tells it apart within its territory; none for what has parties of its
/// own (assets, sources of coverage, the plan) and for what nobody is shown (imports).
fn everybodys(record: &Record) -> Option<(String, Secrecy)> {
    Some(match record {
        Record::Organisation { organisation } => (format!("organisation:{}", organisation.code), Secrecy::Open),
        Record::RuleSet { rule_set } => (format!("rule_set:{}", rule_set.code), Secrecy::Open),
        Record::Boundary { .. } => ("boundary".to_owned(), Secrecy::Open),
        Record::Works { works } => {
            let secrecy = if works.published { Secrecy::Open } else { Secrecy::Announced };
            (format!("works:{}", works.code), secrecy)
        }
        Record::GroundSource { source } => (format!("ground_source:{}", source.id), Secrecy::Open),
        // A delegation is between two organisations; what it lets them see is part of who is looking.
        // What stands in the confidential journal moves nothing that others are told.
        Record::Delegation { .. }
        | Record::Plan { .. }
        | Record::Asset { .. }
        | Record::CoverageSource { .. }
        | Record::Import { .. }
        | Record::Deviation { .. }
        | Record::Duplicate { .. }
        | Record::Case { .. }
        | Record::Screening { .. }
        | Record::WorksAnswer { .. }
        | Record::InterestArea { .. } => return None,
    })
}

fn slot_number(index: usize) -> u32 {
    u32::try_from(index).expect("a registry holds fewer than 2³² assets")
}

#[cfg(test)]
mod tests;
