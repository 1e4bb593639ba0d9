//! The requests that a viewer may know of.

use hatang_core::{
    AssetClass, OrganisationCode, Shape, Version, Viewer,
    case::{Case, CaseId, CaseKind, CaseState, Side},
    registry::HeldCase,
};
use jiff::Timestamp;
use serde::Serialize;

use crate::{desk::Desk, rerating::rerate_waiting};

/// Which requests are asked for; what is left out is not asked about.
#[derive(Clone, Debug, Default)]
pub struct CaseFilter {
    /// How far they have come.
    pub state: Option<CaseState>,
    /// Something of this class is asked for.
    pub class: Option<AssetClass>,
    /// Requests to build, or plans for a year.
    pub kind: Option<CaseKind>,
    /// For this year's plan.
    pub plan_year: Option<u32>,
    /// Who asks.
    pub applicant: Option<OrganisationCode>,
    /// Letters of the number, the title or the applicant, whatever their case.
    pub text: Option<String>,
    /// Only those whose screening has expired.
    pub expired: bool,
}

/// A page of requests, newest first.
#[derive(Clone, Debug, Serialize)]
pub struct CaseList {
    /// The requests.
    pub cases: Vec<CaseRow>,
    /// How many there are, all pages together.
    pub number_matched: usize,
    /// The identity to go on after; none on the last page.
    pub next: Option<CaseId>,
}

/// One request in a list.
#[derive(Clone, Debug, Serialize)]
pub struct CaseRow {
    /// Its identity.
    pub id: CaseId,
    /// Its number.
    pub reference: String,
    /// Who asks.
    pub applicant: OrganisationCode,
    /// The year whose plan it asks to be taken into; none for a request to build.
    pub plan_year: Option<u32>,
    /// What the applicant calls it.
    pub title: Option<String>,
    /// How far it has come.
    pub state: CaseState,
    /// When it was first saved.
    pub saved_at: Timestamp,
    /// When it was handed in.
    pub submitted_at: Option<Timestamp>,
    /// Its version.
    pub version: Version,
    /// What is asked for, and where.
    pub items: Vec<CaseItem>,
    /// When the viewer's side screened it last.
    pub screened_at: Option<Timestamp>,
    /// How many parts of that screening would come out differently now.
    pub changes: usize,
}

/// One requested structure in a list.
#[derive(Clone, Debug, Serialize)]
pub struct CaseItem {
    /// What.
    pub class: AssetClass,
    /// Where.
    pub geometry: Shape,
}

/// Lists requests, newest first, after one of them. CPU-bound: expired screenings are looked for first.
#[must_use]
pub fn list_cases(desk: &Desk, who: &Viewer, filter: &CaseFilter, after: Option<CaseId>, limit: usize) -> CaseList {
    rerate_waiting(desk);
    let side = side_of(who);
    // Locked in this order everywhere: what is to be re-rated first.
    let rerating = desk.rerating();
    desk.read(|registry| {
        let file = registry.cases();
        let row = |held: &HeldCase| {
            let changes = rerating.changes(held.case.id, side).len();
            let screened_at = file.newest(held.case.id, side).map(|kept| kept.at);
            CaseRow { screened_at, changes, ..CaseRow::of(held) }
        };
        let mut rows: Vec<CaseRow> = file.seen_by(who).filter(|held| filter.admits(&held.case)).map(row).collect();
        rows.retain(|row| !filter.expired || 0 < row.changes);
        rows.reverse();
        let number_matched = rows.len();
        // Identities begin with their time, so that what is newer sorts later.
        let mut cases: Vec<CaseRow> = rows.into_iter().filter(|row| after.is_none_or(|after| row.id < after)).collect();
        let next = (limit < cases.len()).then(|| cases[limit.saturating_sub(1)].id);
        cases.truncate(limit);
        CaseList { cases, number_matched, next }
    })
}

/// Whose screenings a viewer goes by.
pub(crate) const fn side_of(who: &Viewer) -> Side {
    if who.role.is_official() { Side::Office } else { Side::Applicant }
}

impl CaseFilter {
    fn admits(&self, case: &Case) -> bool {
        let text = self.text.as_deref().map(str::to_lowercase).unwrap_or_default();
        let holds = |place: &str| place.to_lowercase().contains(&text);
        let says =
            || holds(&case.reference) || case.title.as_deref().is_some_and(holds) || holds(case.applicant.as_str());
        self.state.is_none_or(|state| case.state == state)
            && self.kind.is_none_or(|kind| case.kind() == kind)
            && (self.plan_year.is_none() || case.plan_year() == self.plan_year)
            && self.class.is_none_or(|class| case.items.iter().any(|item| item.class == class))
            && self.applicant.as_ref().is_none_or(|applicant| case.applicant == *applicant)
            && (text.is_empty() || says())
    }
}

impl CaseRow {
    fn of(HeldCase { case, version, .. }: &HeldCase) -> Self {
        let items = case.items.iter().map(|item| CaseItem { class: item.class, geometry: item.shape.clone() });
        Self {
            id: case.id,
            reference: case.reference.clone(),
            applicant: case.applicant.clone(),
            plan_year: case.plan_year(),
            title: case.title.clone(),
            state: case.state,
            saved_at: case.saved_at,
            submitted_at: case.submitted_at,
            version: *version,
            items: items.collect(),
            screened_at: None,
            changes: 0,
        }
    }
}
