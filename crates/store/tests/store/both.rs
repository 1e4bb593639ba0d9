//! The same test on SQLite and on PostgreSQL.

use std::future::Future;

use hatang_store::Store;
use hatang_testkit::{fresh_database, test_postgres_url};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, SqliteConnection};
use tempfile::TempDir;

/// An empty store in a database of its own, which goes when this does.
pub(crate) struct TestStore {
    pub(crate) store: Store,
    /// `sqlite` or `postgres`, for messages.
    pub(crate) name: &'static str,
    pub(crate) url: String,
    _folder: TempDir,
}

impl TestStore {
    async fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("hatang.db").display());
        Self { store: Store::open(&url).await.unwrap(), name: "sqlite", url, _folder: folder }
    }

    async fn postgres(test: &str) -> Self {
        let url = fresh_database(&test_postgres_url(), test);
        let folder = tempfile::tempdir().unwrap();
        Self { store: Store::open(&url).await.unwrap(), name: "postgres", url, _folder: folder }
    }

    /// Does to the tables what the store never would. The statement is one that both databases understand.
    pub(crate) async fn tamper(&self, statement: &str) {
        let statement = AssertSqlSafe(statement);
        let rows = if self.name == "sqlite" {
            let mut connection = SqliteConnection::connect(&self.url).await.unwrap();
            sqlx::query(statement).execute(&mut connection).await.unwrap().rows_affected()
        } else {
            let mut connection = PgConnection::connect(&self.url).await.unwrap();
            sqlx::query(statement).execute(&mut connection).await.unwrap().rows_affected()
        };
        assert!(0 < rows, "{}: the statement changed nothing", self.name);
    }
}

/// Runs a test on each database and gives back what it answered, SQLite first.
pub(crate) async fn on_both<F, A>(test: &str, run: impl Fn(TestStore) -> F) -> [A; 2]
where
    F: Future<Output = A>,
{
    [run(TestStore::sqlite().await).await, run(TestStore::postgres(test).await).await]
}

/// Runs a test on each database and expects the same answer of both.
pub(crate) async fn same_on_both<F, A>(test: &str, run: impl Fn(TestStore) -> F) -> A
where
    F: Future<Output = A>,
    A: PartialEq + std::fmt::Debug,
{
    let [sqlite, postgres] = on_both(test, run).await;
    assert_eq!(sqlite, postgres, "SQLite and PostgreSQL answer differently");
    sqlite
}
