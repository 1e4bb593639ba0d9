//! Requests near a request, open or past: what was asked for here before.

use hatang_core::{
    OrganisationCode, Registry, Viewer,
    case::{Case, CaseId, CaseState},
    geodesy,
};
use jiff::Timestamp;
use serde::Serialize;

/// Requests this near belong to a place's history, in metres: the widest spacing that any rule set here knows, rounded up.
pub const NEAR_M: f64 = 500.0;

/// A request near another.
#[derive(Clone, Debug, Serialize)]
pub struct NearCase {
    /// Its identity.
    pub id: CaseId,
    /// Its number.
    pub reference: String,
    /// Who asked.
    pub applicant: OrganisationCode,
    /// What the applicant calls it.
    pub title: Option<String>,
    /// How far it came.
    pub state: CaseState,
    /// When it was first saved.
    pub saved_at: Timestamp,
    /// How near its nearest structure comes, in metres.
    pub distance_m: f64,
}

/// The requests within [`NEAR_M`] that the viewer may know of, nearest first, ties by number. `O(n)` in requests.
pub(super) fn cases_near(registry: &Registry, who: &Viewer, case: &Case) -> Vec<NearCase> {
    let others = registry.cases().seen_by(who).map(|held| &held.case).filter(|other| other.id != case.id);
    let mut near: Vec<NearCase> = others.filter_map(|other| near(case, other)).collect();
    near.sort_by(|a, b| a.distance_m.total_cmp(&b.distance_m).then_with(|| a.reference.cmp(&b.reference)));
    near
}

fn near(case: &Case, other: &Case) -> Option<NearCase> {
    let pairs = case.items.iter().flat_map(|item| other.items.iter().map(move |there| (&item.shape, &there.shape)));
    let close = pairs.filter(|(here, there)| here.bounding_box().expanded(NEAR_M).intersects(there.bounding_box()));
    let distance = close.map(|(here, there)| geodesy::nearest(here, there).distance.get()).reduce(f64::min)?;
    (distance <= NEAR_M).then(|| NearCase {
        id: other.id,
        reference: other.reference.clone(),
        applicant: other.applicant.clone(),
        title: other.title.clone(),
        state: other.state,
        saved_at: other.saved_at,
        distance_m: (distance * 10.0).round() / 10.0,
    })
}
