//! The whole server but its socket, on both databases.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod accounts;
mod assets;
mod audit;
mod cases;
mod deviations;
mod documented;
mod duplicates;
mod editing;
mod form;
mod freshness;
mod imports;
mod outline;
mod people;
mod plan_as_of;
mod plan_changes;
mod problems;
mod rule_sets;
mod secrecy;
mod server;
mod sessions;
mod signing_in;
mod tiles;
mod tokens;
mod web_app;
mod yearly_plans;
