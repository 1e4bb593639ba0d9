//! What the whole-path tests share: a desk on each database.

use std::path::PathBuf;

use hatang_core::{Event, Recorded, event::FORMAT};
use hatang_desk::{Desk, Edge, shipped_rule_sets::adopt_shipped_rule_sets};
use hatang_store::{Expected, Store, Write};
use hatang_testkit::{fresh_database, test_postgres_url, workspace_root};
use tempfile::TempDir;

/// A desk on one database; the database goes when this goes.
#[derive(Debug)]
pub struct Place {
    /// `SQLite` or `PostgreSQL`, for messages.
    pub name: &'static str,
    /// The desk.
    pub desk: Desk,
    /// The database's address, to open it a second time.
    pub url: String,
    _folder: Option<TempDir>,
}

/// An empty desk on SQLite and one on PostgreSQL.
///
/// # Panics
/// When a database cannot be opened: no test is skipped for want of one.
pub async fn both(test: &str) -> [Place; 2] {
    let folder = TempDir::new().expect("a temporary folder");
    let sqlite = format!("sqlite:{}", folder.path().join("hatang.db").display());
    let postgres = fresh_database(&test_postgres_url(), test);
    [place("SQLite", sqlite, Some(folder)).await, place("PostgreSQL", postgres, None).await]
}

async fn place(name: &'static str, url: String, folder: Option<TempDir>) -> Place {
    Place { name, desk: open(&url).await, url, _folder: folder }
}

/// Opens a desk on a database, as every command does.
///
/// # Panics
/// When it cannot be opened.
pub async fn open(url: &str) -> Desk {
    let store = Store::open(url).await.expect("the database opens");
    let desk = Desk::open(store, Edge::real()).await.expect("the current state is readable");
    adopt_shipped_rule_sets(&desk).await.expect("the shipped rule sets are adopted");
    desk
}

/// The committed synthetic commune.
#[must_use]
pub fn sample_data() -> PathBuf {
    workspace_root().join("sample-data")
}

/// Writes an event into the home territory's journal as another node would, and lets the desk follow.
///
/// # Panics
/// When the store does not take it.
pub async fn happens(place: &Place, event: Event) {
    let store = Store::open(&place.url).await.expect("the database opens");
    let territory = event.journal(&place.desk.home());
    let at = "2027-01-04T02:00:00Z".parse().expect("a moment");
    let recorded = Recorded { v: FORMAT, at, valid_on: None, by: None, event };
    let write = Write { territory: &territory, expected: Expected::Any, recorded: &recorded };
    store.append(&[write]).await.expect("the store takes it");
    store.close().await;
    place.desk.catch_up().await.expect("the desk follows");
}
