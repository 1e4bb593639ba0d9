//! Opening a database: an embedded file or a PostgreSQL server.

use std::{
    fs::{self, OpenOptions, Permissions},
    io::{self, ErrorKind},
    os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _},
    path::{Path, PathBuf},
    str::FromStr as _,
    time::Duration,
};

use sqlx::{
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use crate::{
    StoreError,
    database::{Either, Pool},
    migrations,
};

/// Connections for readers, per node.
const READERS: u32 = 8;

/// Connections for writers to PostgreSQL, per node; SQLite has one writer.
const WRITERS: u32 = 8;

/// How long a writer waits for the writers before it, which may be an import of a whole province.
const PATIENCE: Duration = Duration::from_mins(5);

/// Read and written by its owner alone.
const PRIVATE: u32 = 0o600;

/// The journal, the current state and the accounts, in one database.
///
/// Cheap to clone; clones share connections.
#[derive(Clone, Debug)]
pub struct Store {
    pub(crate) readers: Pool,
    pub(crate) writers: Pool,
}

impl Store {
    /// Opens the database at `url` and brings its tables to this program's version.
    ///
    /// `sqlite:hatang.db` is a file, made if absent and private to its owner; `sqlite::memory:` forgets everything;
    /// `postgres://…` is a server, with or without `PostGIS`.
    ///
    /// # Errors
    /// [`StoreError::UnknownDatabase`] for any other address, [`StoreError::File`] when the file cannot be made
    /// private, [`StoreError::Migration`] when the tables belong to a newer program, [`StoreError::Database`] when the
    /// database does not answer.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        let store = match url.split_once(':') {
            Some(("sqlite", "memory:" | ":memory:")) => Self::open_memory().await?,
            Some(("sqlite", _)) => Self::open_file(url).await?,
            Some(("postgres" | "postgresql", _)) => Self::open_server(url).await?,
            other => {
                let scheme = other.map_or(url, |(scheme, _)| scheme).to_owned();
                return Err(StoreError::UnknownDatabase { scheme });
            }
        };
        migrations::run(&store.writers).await?;
        Ok(store)
    }

    /// Waits for what is under way and closes every connection; an embedded database is one file again.
    pub async fn close(&self) {
        on_either!(&self.readers, pool => pool.close().await);
        on_either!(&self.writers, pool => pool.close().await);
    }

    async fn open_memory() -> Result<Self, StoreError> {
        // The database is gone when its only connection is: that one stays.
        let pool = one_connection()
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_with(SqliteConnectOptions::from_str("sqlite::memory:")?.foreign_keys(true))
            .await?;
        let pool = Either::Sqlite(pool);
        Ok(Self { readers: pool.clone(), writers: pool })
    }

    async fn open_file(url: &str) -> Result<Self, StoreError> {
        let options = SqliteConnectOptions::from_str(url)?
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(PATIENCE);
        let path = options.get_filename();
        make_private(path).map_err(|source| StoreError::File { path: path.to_owned(), source })?;
        // Writers queue for one connection, in turn, rather than each trying again and again for the file's lock.
        let writers = one_connection().connect_with(options.clone()).await?;
        let readers = SqlitePoolOptions::new().max_connections(READERS).connect_with(options).await?;
        Ok(Self { readers: Either::Sqlite(readers), writers: Either::Sqlite(writers) })
    }

    async fn open_server(url: &str) -> Result<Self, StoreError> {
        let options = PgConnectOptions::from_str(url)?.application_name("hatang");
        // Of their own, so that writers who wait for each other leave connections to readers.
        let writers = PgPoolOptions::new().max_connections(WRITERS).acquire_timeout(PATIENCE);
        let writers = writers.connect_with(options.clone()).await?;
        let readers = PgPoolOptions::new().max_connections(READERS).connect_with(options).await?;
        Ok(Self { readers: Either::Postgres(readers), writers: Either::Postgres(writers) })
    }
}

fn one_connection() -> SqlitePoolOptions {
    SqlitePoolOptions::new().max_connections(1).acquire_timeout(PATIENCE)
}

/// Makes the file if it is absent, and it and SQLite's two files beside it readable by nobody else.
///
/// New files beside it take its mode from SQLite; old ones may have come from a copy.
fn make_private(path: &Path) -> io::Result<()> {
    OpenOptions::new().write(true).create(true).truncate(false).mode(PRIVATE).open(path)?;
    for ending in ["", "-wal", "-shm"] {
        let mut file = path.as_os_str().to_owned();
        file.push(ending);
        match fs::set_permissions(PathBuf::from(file), Permissions::from_mode(PRIVATE)) {
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            result => result?,
        }
    }
    Ok(())
}
