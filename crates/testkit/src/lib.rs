#![doc = include_str!("../README.md")]

mod database;
mod folders;
mod postgres;
mod programs;

pub use database::{fresh_database, psql_program, test_postgres_url};
pub use folders::{hatang_executable, shared_data, workspace_root};
pub use postgres::TemporaryPostgres;
