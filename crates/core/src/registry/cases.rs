//! Requests and their screenings, apart from the registry that everybody reads.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    asset::AssetId,
    case::{Case, CaseId, KeptScreening, Side, sees_case},
    codes::{OrganisationCode, Territory},
    event::{Seq, Version},
    visibility::Viewer,
};

/// One request with where and when it was last written.
#[derive(Clone, Debug, PartialEq)]
pub struct HeldCase {
    /// The request.
    pub case: Case,
    /// The journal that holds it.
    pub journal: Territory,
    /// How often it has changed.
    pub version: Version,
    /// The position of its last change in that journal.
    pub seq: Seq,
}

/// Every request, with what was kept of its screenings.
#[derive(Debug, Default)]
pub struct CaseFile {
    cases: BTreeMap<CaseId, HeldCase>,
    screenings: BTreeMap<CaseId, Vec<KeptScreening>>,
    /// The hosts that officers found for open requests, by applicant.
    hosts: BTreeMap<OrganisationCode, BTreeMap<CaseId, Vec<AssetId>>>,
}

impl CaseFile {
    pub(super) fn put_case(&mut self, held: HeldCase) {
        let hosts = held.case.hosts_found();
        let of_applicant = self.hosts.entry(held.case.applicant.clone()).or_default();
        if hosts.is_empty() {
            of_applicant.remove(&held.case.id);
        } else {
            of_applicant.insert(held.case.id, hosts);
        }
        self.cases.insert(held.case.id, held);
    }

    /// The assets that officers found to be hosts for an organisation's open requests, in the order of identities.
    #[must_use]
    pub fn involved(&self, applicant: &OrganisationCode) -> Vec<AssetId> {
        let all: BTreeSet<AssetId> =
            self.hosts.get(applicant).into_iter().flat_map(BTreeMap::values).flatten().copied().collect();
        all.into_iter().collect()
    }

    pub(super) fn put_screening(&mut self, screening: KeptScreening) {
        let kept = self.screenings.entry(screening.case).or_default();
        kept.retain(|other| other.id != screening.id);
        kept.push(screening.without_answer());
        // Pages of the current state come in the order of identities; what is newest is told by time.
        kept.sort_by_key(|screening| (screening.at, screening.id));
    }

    /// Every request, for the office's own work; what leaves goes through [`CaseFile::seen_by`].
    pub fn all(&self) -> impl Iterator<Item = &HeldCase> {
        self.cases.values()
    }

    /// One request, for the office's own work.
    #[must_use]
    pub fn all_by_id(&self, id: CaseId) -> Option<&HeldCase> {
        self.cases.get(&id)
    }

    /// The requests that a viewer may know of, in the order of their identities, which is that of their time.
    pub fn seen_by(&self, viewer: &Viewer) -> impl Iterator<Item = &HeldCase> {
        self.cases.values().filter(move |held| is_seen(viewer, held))
    }

    /// One request; `None` when there is none or the viewer may not know of it.
    #[must_use]
    pub fn get(&self, viewer: &Viewer, id: CaseId) -> Option<&HeldCase> {
        self.cases.get(&id).filter(|held| is_seen(viewer, held))
    }

    /// The screenings of a request that one side has made, oldest first, without their answers' texts.
    pub fn screenings(&self, id: CaseId, side: Side) -> impl Iterator<Item = &KeptScreening> {
        self.screenings.get(&id).into_iter().flatten().filter(move |kept| kept.eyes.side() == side)
    }

    /// The newest screening of a request that one side has made.
    #[must_use]
    pub fn newest(&self, id: CaseId, side: Side) -> Option<&KeptScreening> {
        self.screenings(id, side).last()
    }
}

fn is_seen(viewer: &Viewer, held: &HeldCase) -> bool {
    sees_case(viewer, &held.case, &held.journal.without_confidence())
}
