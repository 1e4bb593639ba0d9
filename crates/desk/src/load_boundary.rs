//! Adopts the outline of a territory.

use hatang_core::{
    Event, Territory, Viewer,
    event::{Boundaries, Stream},
};
use hatang_exchange::read_boundaries;

use crate::{
    desk::Desk,
    error::DeskError,
    permission::{About, Action},
};

/// Reads a file of outlines and adopts the one with a code as the territory, the others as its neighbours. It replaces
/// also what an official has changed.
///
/// # Errors
/// [`DeskError`] when the viewer may not, or the file holds no outline of that code.
pub async fn load_boundary(desk: &Desk, who: &Viewer, bytes: &[u8], code: &Territory) -> Result<Boundaries, DeskError> {
    desk.may(who, Action::AdoptPlan, About::nothing())?;
    let boundaries = read_boundaries(bytes, code)?;
    let territory = boundaries.home.code.clone();
    let expected = desk.expected(&territory, &Stream::Boundary).await?;
    let event = Event::BoundaryAdopted { boundaries: boundaries.clone(), reason: None };
    desk.append(&territory, vec![(expected, event)], who).await?;
    Ok(boundaries)
}
