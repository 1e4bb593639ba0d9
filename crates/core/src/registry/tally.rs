//! How much everybody may know to have changed, kept by who may know it.
//!
//! A journal's own position moves with every change, also with those that a viewer must not notice. What a viewer is told
//! instead is how many changes were made to records that he may see: it moves when, and only when, one of them changes.
//! Counting anew for every question would read every record, so the counts are kept by circle: records with the same
//! parties and the same secrecy are seen by the same people.

use std::{
    collections::{BTreeMap, HashMap},
    hash::{DefaultHasher, Hash as _, Hasher as _},
};

use crate::{
    asset::Asset,
    codes::{OrganisationCode, Territory},
    coverage_source::CoverageSource,
    event::{Seq, Version},
    plan::Plan,
    visibility::{
        Audience, Secrecy, Shown, Viewer,
        policy::{Parties, shown},
    },
};

/// Those who may see a record.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Circle {
    territory: Territory,
    secrecy: Secrecy,
    owner: Option<OrganisationCode>,
    manager: Option<OrganisationCode>,
    tenants: Vec<OrganisationCode>,
}

impl Circle {
    /// A record without parties.
    pub(super) fn of_all(territory: &Territory, secrecy: Secrecy) -> Self {
        Self { territory: territory.clone(), secrecy, owner: None, manager: None, tenants: Vec::new() }
    }

    /// An asset's.
    pub(super) fn of_asset(territory: &Territory, asset: &Asset) -> Self {
        let secrecy = Secrecy::of(asset);
        if secrecy == Secrecy::Published {
            // Everybody sees something of it, whoever owns it.
            return Self::of_all(territory, secrecy);
        }
        let mut tenants: Vec<OrganisationCode> = asset.tenants.iter().map(|tenancy| tenancy.tenant.clone()).collect();
        tenants.sort();
        tenants.dedup();
        let (owner, manager) = (Some(asset.owner.clone()), asset.manager.clone());
        Self { territory: territory.clone(), secrecy, owner, manager, tenants }
    }

    /// A source of coverage's.
    pub(super) fn of_source(territory: &Territory, source: &CoverageSource) -> Self {
        let (owner, manager) = (Some(source.owner.clone()), source.operator.clone());
        Self { owner, manager, ..Self::of_all(territory, CoverageSource::SECRECY) }
    }

    fn admits(&self, viewer: &Viewer) -> bool {
        let parties =
            Parties { territory: &self.territory, owner: self.owner.as_ref(), manager: self.manager.as_ref() };
        let audience = Audience::of(viewer, parties, |own| self.tenants.contains(own));
        shown(self.secrecy, audience) != Shown::Nothing
    }
}

/// The changes of the records of one circle.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    /// How many changes made them what they are.
    changes: u64,
    /// Tells apart any two states of them; the order in which records came does not matter.
    digest: u64,
}

/// The changes of all records by circle.
#[derive(Debug, Default)]
pub(super) struct Tallies {
    by_circle: HashMap<Circle, Tally>,
    /// What each record but assets has been counted as.
    counted: HashMap<String, (Circle, Version)>,
}

/// What a viewer may know of how far the journals have come.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Progress {
    /// How many changes were made to what the viewer may see, by territory. Moves when, and only when, that changes.
    pub changes: BTreeMap<Territory, Seq>,
    /// Differs whenever what the viewer may see differs.
    pub digest: u64,
}

impl Tallies {
    /// Counts an asset's state instead of the one before.
    pub(super) fn asset(&mut self, before: Option<(&Asset, &Territory, Version)>, now: (&Asset, &Territory, Version)) {
        if let Some((asset, territory, version)) = before {
            self.leave(&Circle::of_asset(territory, asset), version, digest(&asset.id.0, version));
        }
        let (asset, territory, version) = now;
        self.enter(Circle::of_asset(territory, asset), version, digest(&asset.id.0, version));
    }

    /// Counts another record's state instead of the one before. `key` tells it apart within its territory.
    pub(super) fn record(&mut self, key: &str, circle: Circle, version: Version) {
        let key = format!("{}/{key}", circle.territory);
        if let Some((circle, version)) = self.counted.insert(key.clone(), (circle.clone(), version)) {
            self.leave(&circle, version, digest(&key, version));
        }
        self.enter(circle, version, digest(&key, version));
    }

    /// Counts the plan, which is many things to many: what everybody may see, and what is foreseen for each party.
    pub(super) fn plan(&mut self, territory: &Territory, plan: &Plan) {
        self.record("plan", Circle::of_all(territory, Secrecy::Open), Version(plan.versions.open.max(1)));
        for (secrecy, parties) in &plan.versions.planned {
            for (party, version) in parties {
                let circle = Circle { owner: Some(party.clone()), ..Circle::of_all(territory, *secrecy) };
                self.record(&format!("planned:{secrecy}:{party}"), circle, Version(*version));
            }
        }
    }

    fn enter(&mut self, circle: Circle, version: Version, digest: u64) {
        let tally = self.by_circle.entry(circle).or_default();
        tally.changes += u64::from(version.0);
        tally.digest = tally.digest.wrapping_add(digest);
    }

    fn leave(&mut self, circle: &Circle, version: Version, digest: u64) {
        if let Some(tally) = self.by_circle.get_mut(circle) {
            tally.changes -= u64::from(version.0);
            tally.digest = tally.digest.wrapping_sub(digest);
        }
    }

    /// What a viewer may know. `O(c)` in the circles, which are far fewer than records.
    pub(super) fn seen_by(&self, viewer: &Viewer) -> Progress {
        let mut progress = Progress::default();
        for (circle, tally) in
            self.by_circle.iter().filter(|(circle, tally)| 0 < tally.changes && circle.admits(viewer))
        {
            progress.changes.entry(circle.territory.clone()).or_default().0 += tally.changes;
            progress.digest = progress.digest.wrapping_add(tally.digest);
        }
        progress
    }
}

fn digest(key: &(impl std::hash::Hash + ?Sized), version: Version) -> u64 {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    version.hash(&mut hasher);
    hasher.finish()
}
