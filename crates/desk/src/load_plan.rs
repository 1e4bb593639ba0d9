//! Adopts a plan folder: outline, plan, works and rule sets, all or nothing.

use hatang_core::{Event, Territory, Viewer};
use hatang_exchange::PlanFolder;

use crate::{
    desk::Desk,
    error::{DeskError, ErrorKind},
    permission::{About, Action},
};

/// What came out of loading a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanLoaded {
    /// The territory it belongs to.
    pub territory: Territory,
    /// How many events were written.
    pub events: usize,
}

/// Adopts everything that a plan folder holds in one transaction.
///
/// # Errors
/// [`DeskError`] when the viewer may not, or the folder names no outline and none is loaded.
pub async fn load_plan(desk: &Desk, who: &Viewer, folder: PlanFolder) -> Result<PlanLoaded, DeskError> {
    desk.may(who, Action::AdoptPlan, About::nothing())?;
    let territory = match &folder.boundaries {
        Some(boundaries) => boundaries.home.code.clone(),
        None => desk.read(|registry| registry.home().map(|(code, _)| code.clone())).ok_or_else(|| {
            DeskError::input(
                ErrorKind::BadInput,
                "plan.no_boundary",
                "boundary.geojson",
                "Thư mục quy hoạch không có ranh giới và chưa có ranh giới nào được nạp.",
                "The plan folder has no outline and none has been loaded.",
            )
        })?,
    };
    let organisations =
        folder.organisations.into_iter().map(|organisation| Event::OrganisationRegistered { organisation });
    let rule_sets = folder.rule_sets.into_iter().map(|rule_set| Event::RuleSetAdopted { rule_set, reason: None });
    let boundaries = folder.boundaries.into_iter().map(|boundaries| Event::BoundaryAdopted { boundaries });
    let plan = desk.read(|registry| {
        let before = registry.territories().get(&territory).and_then(|state| state.plan.as_ref());
        folder.plan.after(before)
    });
    let plan = std::iter::once(Event::PlanAdopted { plan: Box::new(plan), reason: None });
    let works = folder.works.into_iter().map(|works| Event::WorksRegistered { works });
    let mut events = Vec::new();
    for event in organisations.chain(rule_sets).chain(boundaries).chain(plan).chain(works) {
        let expected = desk.expected(&event.journal(&territory), &event.stream()).await?;
        events.push((expected, event));
    }
    let events_written = events.len();
    desk.append(&territory, events, who).await?;
    Ok(PlanLoaded { territory, events: events_written })
}
