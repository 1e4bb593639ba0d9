//! The store on both databases: every test runs on SQLite and on PostgreSQL.

#![expect(clippy::unwrap_used, reason = "a test's helper may fail")]

mod access;
mod account;
mod append;
mod both;
mod change_set;
mod import;
mod open;
mod read;
mod samples;
mod verify;
