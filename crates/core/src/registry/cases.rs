//! Requests and their screenings, apart from the registry that everybody reads.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    asset::AssetId,
    case::{Case, CaseId, KeptScreening, Side, sees_case},
    codes::{OrganisationCode, Territory},
    event::{Seq, Version},
    position::BoundingBox,
    visibility::Viewer,
};

use super::{reach::ReachIndex, reads::Ground};

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
    /// Where each request's structures are to stand.
    places: ReachIndex<CaseId>,
    /// The hosts that officers found for requests that are not ended, by applicant.
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
        let boxes = held.case.items.iter().map(|item| item.shape.bounding_box()).reduce(BoundingBox::joined);
        self.places.put(held.case.id, boxes.map(|all| (Ground::Requests, all)).into_iter().collect());
        self.cases.insert(held.case.id, held);
    }

    /// The assets that officers found to be hosts for an organisation's requests that are not ended, in the order of identities.
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

    /// The requests that a viewer may know of whose structures may lie in these boxes, in the order of their identities.
    /// `O(log n + k)`.
    pub fn seen_near(&self, viewer: &Viewer, boxes: &[BoundingBox]) -> impl Iterator<Item = &HeldCase> {
        let near = self.places.meeting(Ground::Requests, boxes).into_iter();
        near.filter_map(|id| self.get(viewer, id))
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

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use uuid::Uuid;

    use super::*;
    use crate::{
        asset::AssetClass, case::CaseState, position::Lonlat, request::RequestItem, shape::Shape, visibility::Role,
    };

    fn case(number: u32, places: &[(f64, f64)]) -> HeldCase {
        let applicant = OrganisationCode::new("viettel").unwrap();
        let at = |&(lon, lat): &(f64, f64)| Shape::Point(Lonlat::new(lon, lat).unwrap());
        let items = places.iter().map(|place| RequestItem::new(AssetClass::Mast, applicant.clone(), at(place)));
        let case = Case {
            id: CaseId(Uuid::from_u128(u128::from(number))),
            reference: format!("VIETTEL-2026-{number:03}"),
            items: items.collect(),
            applicant,
            title: None,
            state: CaseState::Submitted,
            rule_set: None,
            saved_at: Timestamp::UNIX_EPOCH,
            submitted_at: Some(Timestamp::UNIX_EPOCH),
            withdrawn_at: None,
            withdrawn_because: None,
            verdicts: vec![],
            advisory_opinion: None,
            ended_at: None,
            ended_because: None,
        };
        HeldCase { case, journal: Territory::unbounded().confidential(), version: Version(1), seq: Seq(1) }
    }

    #[test]
    fn requests_near_a_place_are_found_where_they_are_now_and_by_those_who_may_see_them() {
        let mut file = CaseFile::default();
        for number in 0..40 {
            file.put_case(case(number, &[(106.0 + f64::from(number % 8) * 0.1, 20.0 + f64::from(number / 8) * 0.1)]));
        }
        file.put_case(case(3, &[(107.5, 20.5)]));
        file.put_case(case(5, &[]));
        file.put_case(case(41, &[(106.0, 20.0), (107.5, 20.5)]));
        let near = |viewer: &Viewer, west, south, east, north| -> Vec<u128> {
            let bounds = BoundingBox::new(west, south, east, north).unwrap();
            file.seen_near(viewer, &[bounds]).map(|held| held.case.id.0.as_u128()).collect()
        };
        let console = Viewer::console();
        assert_eq!(near(&console, 107.4, 20.4, 107.6, 20.6), [3, 41], "moved there, and partly there");
        assert_eq!(near(&console, 106.25, 19.9, 106.55, 20.05), [4, 41], "moved away or emptied, and in between");
        assert_eq!(near(&console, 106.05, 20.05, 106.15, 20.15), [9, 41]);
        assert_eq!(near(&console, 108.0, 21.0, 109.0, 22.0), [] as [u128; 0]);
        let rival = Viewer {
            role: Role::CarrierEditor,
            organisation: Some(OrganisationCode::new("vnpt").unwrap()),
            ..Viewer::public()
        };
        assert_eq!(near(&rival, 106.0, 20.0, 108.0, 21.0), [] as [u128; 0]);
    }
}
