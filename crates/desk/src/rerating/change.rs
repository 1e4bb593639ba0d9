//! Where a change in the journal may matter.

mod plan;
mod rule_set;

use std::collections::BTreeMap;

use hatang_core::{
    Asset, BoundingBox, Record, Registry, Shape,
    case::{CaseId, Side},
    registry::{Ground, POORLY_PLACED},
    visibility::generalise,
};

use super::Judged;

/// The places and screenings that one or several changes concern.
#[derive(Debug, Default)]
pub struct Change {
    pub(super) places: BTreeMap<Ground, Vec<BoundingBox>>,
    pub(super) everywhere: bool,
    pub(super) judged: Vec<Judged>,
}

impl Change {
    /// Notes what a record changes; call it before the registry has the record, which then still knows what was there.
    pub fn note(&mut self, registry: &Registry, record: &Record) {
        match record {
            Record::Asset { asset } => {
                if let Some(before) = registry.held(asset.id) {
                    self.note_asset(&before.asset);
                }
                self.note_asset(asset);
            }
            Record::Works { works } => {
                let before = registry.home().and_then(|(_, state)| state.works.get(&works.code));
                let shapes = before.into_iter().map(|before| &before.shape).chain([&works.shape]);
                self.places.entry(Ground::Works).or_default().extend(shapes.map(Shape::bounding_box));
            }
            Record::Plan { plan } => self.note_plan(registry, plan),
            Record::RuleSet { rule_set } => self.note_rule_set(registry, rule_set),
            // The outline, networks and the ground act at a distance.
            Record::Boundary { .. } | Record::Organisation { .. } | Record::GroundSource { .. } => {
                self.everywhere = true;
            }
            Record::Case { case } => {
                self.note_case(case.id);
                let before = registry.cases().all_by_id(case.id).into_iter().flat_map(|held| &held.case.items);
                let boxes = before.chain(&case.items).map(|item| item.shape.bounding_box());
                self.places.entry(Ground::Requests).or_default().extend(boxes);
            }
            Record::Screening { screening } => self.note_case(screening.case),
            Record::Delegation { .. }
            | Record::CoverageSource { .. }
            | Record::Import { .. }
            | Record::Deviation { .. }
            | Record::Duplicate { .. }
            | Record::WorksAnswer { .. }
            | Record::InterestArea { .. } => {}
        }
    }

    fn note_case(&mut self, id: CaseId) {
        self.judged.extend([(id, Side::Applicant), (id, Side::Office)]);
    }

    /// Notes that an asset stands or stood somewhere: where it is, where it may be, and where a blurred view shows it.
    pub fn note_asset(&mut self, asset: &Asset) {
        let bounds = asset.shape.bounding_box();
        let radius = asset.survey.accuracy().radius.get();
        let may_be = if POORLY_PLACED < radius { bounds.expanded(radius.min(f64::MAX)) } else { bounds };
        let boxes = self.places.entry(Ground::Assets(asset.class())).or_default();
        boxes.extend([may_be, generalise(&asset.shape).bounding_box()]);
    }
}
