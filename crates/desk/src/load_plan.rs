//! Adopts a plan folder: outline, plan, works and rule sets, all or nothing. What officials and owners have decided since
//! a folder was loaded stays when one is loaded again, and is told.

mod decided;
mod outline;
mod parts;
mod plan;
mod rule_sets;
mod statement;
mod works;

use hatang_core::{Event, Territory, Text, Viewer};
use hatang_exchange::PlanFolder;
use hatang_store::Expected;

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
    /// What stays as it was decided here although the folder says otherwise or nothing of it, a sentence for each.
    pub kept: Vec<Text>,
    /// What was here from an earlier folder and was replaced or is no longer there, a sentence for each.
    pub replaced: Vec<Text>,
}

/// What there is to tell while a folder is laid over what there is.
#[derive(Debug, Default)]
struct Told {
    kept: Vec<Text>,
    replaced: Vec<Text>,
}

impl Told {
    fn keep(&mut self, vi: String, en: String) {
        self.kept.push(Text::new(vi, en));
    }

    fn replace(&mut self, vi: String, en: String) {
        self.replaced.push(Text::new(vi, en));
    }
}

/// Adopts everything that a plan folder holds in one transaction.
///
/// Versions of rules that the folder does not hold stay; planned objects are known again by owner, class and code, or by
/// their place where they have no code; planned objects, zones, hamlets, places, roads and lines of other sectors that
/// officials entered, changed or gave up stay so, and so does what they made the plan say of itself; works keep their stage,
/// their reply and their days; an outline that an official changed stays so.
///
/// # Errors
/// [`DeskError`] when the viewer may not, the folder names no outline and none is loaded, it holds another text for a
/// version of a rule or clock that an official has entered, or a work of it cannot be used.
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
    let mut told = Told::default();
    let mut events: Vec<(Expected, Event)> = Vec::new();
    for organisation in folder.organisations {
        events.push(expecting(desk, &territory, Event::OrganisationRegistered { organisation }).await?);
    }
    for rule_set in folder.rule_sets {
        events.push(rule_sets::over_current(desk, rule_set, &mut told).await?);
    }
    if let Some(boundaries) = folder.boundaries {
        events.push(outline::over_current(desk, &territory, boundaries, &mut told).await?);
    }
    events.push(plan::over_current(desk, &territory, folder.plan, &mut told).await?);
    for works in folder.works {
        events.push(works::over_current(desk, &territory, works, &mut told)?);
    }
    let events_written = events.len();
    desk.append(&territory, events, who).await?;
    let Told { kept, replaced } = told;
    Ok(PlanLoaded { territory, events: events_written, kept, replaced })
}

/// An event that replaces whatever its stream holds now.
async fn expecting(desk: &Desk, territory: &Territory, event: Event) -> Result<(Expected, Event), DeskError> {
    let expected = desk.expected(&event.journal(territory), &event.stream()).await?;
    Ok((expected, event))
}
