//! A folder's outlines over those in force: what an official changed stays.

use hatang_core::{Event, Stream, Territory, event::Boundaries, plan::Boundary};
use hatang_store::{Entry, Expected};

use super::Told;
use crate::{desk::Desk, error::DeskError};

/// The outlines as they are adopted. Neighbours are the folder's.
///
/// # Errors
/// [`DeskError::Store`] when the journal cannot be read.
pub(super) async fn over_current(
    desk: &Desk,
    territory: &Territory,
    folder: Boundaries,
    told: &mut Told,
) -> Result<(Expected, Event), DeskError> {
    let history = desk.store.history(territory, &Stream::Boundary).await?;
    // From the history that was merged: whoever writes meanwhile is noticed.
    let expected = history.last().map_or(Expected::New, |entry| Expected::Version(entry.version));
    let home = match decided(&history) {
        Some(home) if *home != folder.home => {
            told.keep(
                format!("Ranh giới {}: giữ như cán bộ đã sửa, không lấy của thư mục.", home.name),
                format!("Outline of {}: stays as an official has changed it, not as the folder has it.", home.name),
            );
            home.clone()
        }
        _ => folder.home,
    };
    Ok((expected, Event::BoundaryAdopted { boundaries: Boundaries { home, ..folder }, reason: None }))
}

/// The outline that an official has changed and that no file has replaced since.
fn decided(history: &[Entry]) -> Option<&Boundary> {
    let mut decided: Option<&Boundary> = None;
    for entry in history {
        if let Event::BoundaryAdopted { boundaries: Boundaries { home, .. }, reason } = &entry.recorded.event {
            decided = if reason.is_some() { Some(home) } else { decided.filter(|decided| *decided == home) };
        }
    }
    decided
}
