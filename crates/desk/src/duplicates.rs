//! Several records of one structure: proposed, looked at side by side, and made one or kept apart. Nothing is merged
//! unless somebody says so.

mod decide;
mod group;
mod list;

pub use self::{
    decide::{DuplicateDecision, decide_duplicate},
    list::{DuplicateMember, DuplicatePage, DuplicateQuery, DuplicateView, list_duplicates},
};
