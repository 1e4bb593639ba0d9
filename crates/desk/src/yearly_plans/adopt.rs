//! Takes structures of carriers' plans into the commune's own plan.

use hatang_core::{
    Asset, Viewer,
    case::{CaseId, CaseState},
};
use serde::Deserialize;

use super::{handed_in, structures};
use crate::{
    amend_plan::next_version,
    desk::Desk,
    error::{DeskError, ErrorKind},
    permission::{About, Action},
};

/// What the commune decides.
#[derive(Clone, Debug, Deserialize)]
pub struct Adoption {
    /// The version of the plan that the official has seen.
    pub seen_version: u32,
    /// The decision that adopts them, or why.
    pub reason: String,
    /// Which structures.
    pub items: Vec<AdoptedItem>,
}

/// One structure of a carrier's plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub struct AdoptedItem {
    /// The request that it belongs to.
    pub case: CaseId,
    /// Its number there, from 1.
    pub number: u32,
}

/// Writes the plan's next version with the chosen structures of a year, all of them or none, and answers with its number. The
/// year's plan is issued by that.
///
/// # Errors
/// [`DeskError`] when the viewer may not, nothing is chosen, something chosen was not handed in for the year, has been taken
/// back or is in the plan already, there is no plan, or somebody else was faster.
pub async fn adopt_yearly_plans(desk: &Desk, who: &Viewer, year: u32, adoption: Adoption) -> Result<u32, DeskError> {
    desk.may(who, Action::AmendPlan, About::nothing())?;
    if adoption.items.is_empty() {
        return Err(DeskError::input(
            ErrorKind::BadInput,
            "yearly_plan.nothing_chosen",
            year,
            "Chưa chọn công trình nào để đưa vào quy hoạch.",
            "No structure was chosen for the plan.",
        ));
    }
    let chosen = desk.read(|registry| {
        let cases = handed_in(registry, who, year);
        let of = |item: &AdoptedItem| {
            let case = cases.iter().find(|case| case.id == item.case && case.state == CaseState::Submitted)?;
            structures(case).find(|one| one.number == item.number).map(|one| one.twin)
        };
        let twin = |item: &AdoptedItem| of(item).ok_or_else(|| not_handed_in(item));
        adoption.items.iter().map(twin).collect::<Result<Vec<Asset>, DeskError>>()
    })?;
    next_version(desk, who, adoption.seen_version, &adoption.reason, |plan| {
        for twin in chosen {
            // The plan may have moved it since: adopting it once more would undo that unsaid.
            if plan.planned.iter().any(|object| object.id == twin.id) {
                return Err(DeskError::input(
                    ErrorKind::Conflict,
                    "yearly_plan.already_adopted",
                    twin.source.unwrap_or_default(),
                    "Quy hoạch đã có công trình này; muốn thay đổi thì sửa trong quy hoạch.",
                    "The plan holds this structure already; change it there.",
                ));
            }
            plan.planned.push(twin);
        }
        // From now on requests of that year are judged by the plan. Nothing is handed in for a year that no calendar has.
        plan.years_issued.extend(i16::try_from(year));
        Ok(())
    })
    .await
}

fn not_handed_in(item: &AdoptedItem) -> DeskError {
    DeskError::input(
        ErrorKind::NotFound,
        "yearly_plan.not_handed_in",
        format!("{}/{}", item.case, item.number),
        "Công trình này không có trong các kế hoạch đã gửi cho năm này, hoặc kế hoạch đã được rút.",
        "No plan handed in for this year has this structure, or the plan was taken back.",
    )
}
