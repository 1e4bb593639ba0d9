//! The whole server but its socket, on both databases.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod assets;
mod audit;
mod cases;
mod form;
mod freshness;
mod problems;
mod secrecy;
mod server;
mod sessions;
mod tiles;
mod web_app;
