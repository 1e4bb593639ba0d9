//! A file on its way into the registry, one use case for each step: upload, check, acknowledge, commit, revert, discard.
//!
//! What is on its way belongs to its owner alone: no other organisation and no office learns that it exists.

pub mod act;
pub mod check;
mod compare;
pub mod conflict;
mod job;
pub mod preview;
pub mod report;
pub mod upload;

pub use hatang_exchange::Axes;

pub use self::job::{ImportOptionsGiven, ImportProgress, ImportView, ToldReceipt};
