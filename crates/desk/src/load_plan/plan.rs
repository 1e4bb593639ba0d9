//! A folder's plan over the one in force: objects keep their identities, and what officials decided stays.

use hatang_core::{Asset, Event, Stream, Territory, plan::Plan};
use hatang_store::{Entry, Expected};

use super::{Told, decided::Decided, statement};
use crate::{desk::Desk, error::DeskError};

/// The plan as it is adopted.
///
/// # Errors
/// [`DeskError::Store`] when the journal cannot be read.
pub(super) async fn over_current(
    desk: &Desk,
    territory: &Territory,
    folder: Plan,
    told: &mut Told,
) -> Result<(Expected, Event), DeskError> {
    let history = desk.store.history(territory, &Stream::Plan).await?;
    // From the history that was merged: whoever writes meanwhile is noticed.
    let expected = history.last().map_or(Expected::New, |entry| Expected::Version(entry.version));
    let current = history.iter().rev().find_map(adopted);
    let plan = match current {
        Some(current) => merged(folder, current, &Decided::of(&history), told),
        None => folder,
    };
    Ok((expected, Event::PlanAdopted { plan: Box::new(plan.after(current)), reason: None }))
}

fn adopted(entry: &Entry) -> Option<&Plan> {
    match &entry.recorded.event {
        Event::PlanAdopted { plan, .. } => Some(&**plan),
        _ => None,
    }
}

fn merged(mut folder: Plan, current: &Plan, decided: &Decided, told: &mut Told) -> Plan {
    let planned = planned(std::mem::take(&mut folder.planned), &current.planned, decided, told);
    let zones = decided.zones.over(std::mem::take(&mut folder.zones), &current.zones, told);
    let hamlets = decided.hamlets.over(std::mem::take(&mut folder.hamlets), &current.hamlets, told);
    let places = decided.places.over(std::mem::take(&mut folder.places), &current.places, told);
    let roads = decided.roads.over(std::mem::take(&mut folder.roads), &current.roads, told);
    let constraints = decided.constraints.over(std::mem::take(&mut folder.constraints), &current.constraints, told);
    statement::over(&mut folder, current, |word| decided.statement.contains(word), told);
    let mut years_issued = std::mem::take(&mut folder.years_issued);
    for year in &decided.years {
        if years_issued.insert(*year) {
            told.keep(
                format!("Quy hoạch: giữ năm {year} đã ban hành, thư mục không có."),
                format!("Plan: the year {year} stays issued; the folder does not have it."),
            );
        }
    }
    Plan { planned, zones, hamlets, places, roads, constraints, years_issued, ..folder }
}

fn planned(folder: Vec<Asset>, current: &[Asset], decided: &Decided, told: &mut Told) -> Vec<Asset> {
    let mut left: Vec<&Asset> = current.iter().collect();
    let mut planned = Vec::with_capacity(folder.len());
    for object in folder {
        let twin = left.iter().position(|known| decided.is_of(&object, known)).map(|at| left.remove(at));
        match twin {
            Some(known) if decided.has_object(known.id) => {
                if (Asset { id: known.id, ..object }) != *known {
                    told.keep(
                        format!("Công trình quy hoạch {}: giữ như cán bộ đã sửa.", named(known)),
                        format!("Planned object {}: stays as an official has changed it.", named(known)),
                    );
                }
                planned.push(known.clone());
            }
            Some(known) => planned.push(Asset { id: known.id, ..object }),
            None if decided.has_retired(&object) => told.keep(
                format!("Công trình quy hoạch {}: cán bộ đã bỏ, không nạp lại.", named(&object)),
                format!("Planned object {}: an official has given it up, and it stays so.", named(&object)),
            ),
            None => planned.push(object),
        }
    }
    for known in left {
        if decided.has_object(known.id) {
            told.keep(
                format!("Công trình quy hoạch {}: giữ như cán bộ đã nhập, thư mục không có.", named(known)),
                format!(
                    "Planned object {}: stays as an official entered it; the folder does not hold it.",
                    named(known)
                ),
            );
            planned.push(known.clone());
        } else {
            told.replace(
                format!(
                    "Công trình quy hoạch {}: từ tệp trước, thư mục không còn nên đưa ra khỏi quy hoạch.",
                    named(known)
                ),
                format!("Planned object {}: came from a file and leaves the plan with it.", named(known)),
            );
        }
    }
    planned
}

/// What an object is called: by its identity where it has no code.
fn named(object: &Asset) -> String {
    let code = object.code.as_ref().map_or_else(|| object.id.to_string(), ToString::to_string);
    format!("{}/{}/{code}", object.owner, object.class())
}
