//! Proves that the journal is whole and that the current state follows from it.

use hatang_core::Viewer;
use hatang_store::Verification;

use crate::{
    desk::Desk,
    error::DeskError,
    permission::{About, Action},
};

/// Walks every chain, folds every journal again and compares the result with the current state.
///
/// # Errors
/// [`DeskError`] when the viewer may not, or the store cannot be read. What is wrong with the journal is in the answer.
pub async fn verify_journal(desk: &Desk, who: &Viewer) -> Result<Verification, DeskError> {
    desk.may(who, Action::VerifyJournal, About::nothing())?;
    Ok(desk.store.verify(|_| {}).await?)
}
