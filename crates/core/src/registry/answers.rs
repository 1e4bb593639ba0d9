//! What organisations answer to works, apart from the works that everybody reads.

use std::collections::BTreeMap;

use crate::{
    codes::{OrganisationCode, Territory},
    works::{InterestArea, WorksAnswer},
};

/// Every answer and every area of interest.
#[derive(Debug, Default)]
pub struct AnswerFile {
    answers: BTreeMap<(Territory, String), BTreeMap<OrganisationCode, WorksAnswer>>,
    areas: BTreeMap<(Territory, OrganisationCode), InterestArea>,
}

impl AnswerFile {
    pub(super) fn put(&mut self, territory: &Territory, answer: WorksAnswer) {
        let to = self.answers.entry((territory.clone(), answer.works.clone())).or_default();
        to.insert(answer.organisation.clone(), answer);
    }

    pub(super) fn put_area(&mut self, territory: &Territory, area: InterestArea) {
        self.areas.insert((territory.clone(), area.organisation.clone()), area);
    }

    /// What has been answered to a work, in the order of organisations; what leaves names nobody to those who may not know.
    pub fn of_works(&self, territory: &Territory, works: &str) -> impl Iterator<Item = &WorksAnswer> {
        self.answers.get(&(territory.clone(), works.to_owned())).into_iter().flat_map(BTreeMap::values)
    }

    /// Where an organisation wants to be told of works; none while it has not said.
    #[must_use]
    pub fn area_of(&self, territory: &Territory, organisation: &OrganisationCode) -> Option<&InterestArea> {
        self.areas.get(&(territory.clone(), organisation.clone()))
    }
}
