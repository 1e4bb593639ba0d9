//! Two databases, one text: every query is written once and compiled for both.

use sqlx::{PgPool, Postgres, Sqlite, SqlitePool};

use crate::StoreError;

/// The same thing of one database or of the other.
#[derive(Clone, Debug)]
pub(crate) enum Either<S, P> {
    Sqlite(S),
    Postgres(P),
}

/// Connections.
pub(crate) type Pool = Either<SqlitePool, PgPool>;

/// A transaction; nothing of it happened unless it is committed.
pub(crate) type Transaction = Either<sqlx::Transaction<'static, Sqlite>, sqlx::Transaction<'static, Postgres>>;

/// Stamps one body for each database: what the body names `$one` is SQLite's in the one and PostgreSQL's in the other.
macro_rules! on_either {
    ($either:expr, $one:ident => $body:expr) => {
        match $either {
            $crate::database::Either::Sqlite($one) => $body,
            $crate::database::Either::Postgres($one) => $body,
        }
    };
}

/// Defines a row by its columns, readable from both databases.
macro_rules! row {
    ($(#[$doc:meta])* $name:ident { $($column:ident: $kind:ty,)* }) => {
        $(#[$doc])*
        pub(crate) struct $name {
            $(pub(crate) $column: $kind,)*
        }

        impl<'r, R: sqlx::Row> sqlx::FromRow<'r, R> for $name
        where
            &'static str: sqlx::ColumnIndex<R>,
            $($kind: sqlx::Decode<'r, R::Database> + sqlx::Type<R::Database>,)*
        {
            fn from_row(row: &'r R) -> Result<Self, sqlx::Error> {
                Ok(Self { $($column: row.try_get(stringify!($column))?,)* })
            }
        }
    };
}

impl Pool {
    /// Begins to write. SQLite knows one writer at a time; in PostgreSQL writers meet at
    /// [`Transaction::lock`].
    pub(crate) async fn begin_writing(&self) -> Result<Transaction, StoreError> {
        Ok(match self {
            Self::Sqlite(pool) => Either::Sqlite(pool.begin_with("begin immediate").await?),
            Self::Postgres(pool) => Either::Postgres(pool.begin().await?),
        })
    }

    /// Begins to read one state of everything, whatever others write meanwhile.
    pub(crate) async fn begin_reading(&self) -> Result<Transaction, StoreError> {
        Ok(match self {
            Self::Sqlite(pool) => Either::Sqlite(pool.begin().await?),
            Self::Postgres(pool) => {
                Either::Postgres(pool.begin_with("begin isolation level repeatable read read only").await?)
            }
        })
    }
}

impl Transaction {
    /// Makes what was written lasting if all of it went well, and gives it up otherwise.
    pub(crate) async fn finish<T>(self, result: Result<T, StoreError>) -> Result<T, StoreError> {
        if result.is_ok() {
            on_either!(self, transaction => transaction.commit().await?);
        } else {
            // The error that led here is the one to tell; a connection that cannot roll back is closed.
            let _told_already = on_either!(self, transaction => transaction.rollback().await);
        }
        result
    }
}
