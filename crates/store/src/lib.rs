#![doc = include_str!("../README.md")]

#[macro_use]
mod database;

mod access;
mod account;
mod append;
mod chain;
mod change_set;
mod constraint;
mod coverage;
mod current;
mod error;
mod ground;
mod history;
mod import;
mod journal;
mod migrations;
mod number;
mod open;
mod staged;
mod verify;
mod write;

pub use access::{AccessEntry, AccessFilter};
pub use account::{
    AccessToken, Account, Limit, LimitRule, NewSession, PasswordHash, Person, SecondFactor, Session, SessionTimes,
    SignOnAttempt, Stage,
};
pub use append::Write;
pub use chain::Hash;
pub use change_set::{Commit, Revert};
pub use coverage::{CoverageTile, NewCoverageRun, StoredCoverageRun};
pub use current::Current;
pub use error::StoreError;
pub use history::AssetVersion;
pub use import::Import;
pub use journal::Entry;
pub use open::Store;
pub use staged::{ImportJob, StagedRow};
pub use verify::{Fault, FaultKind, Progress, Verification, VerifiedAccessLog, VerifiedTerritory};
pub use write::{Appended, Expected};
