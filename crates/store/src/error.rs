//! Why the store did not do what it was asked.

use std::path::PathBuf;

use hatang_core::Version;

use crate::write::Expected;

/// Why the store did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Only two databases are known.
    #[error("`{scheme}` is no database: `sqlite:hatang.db` or `postgres://…` is")]
    UnknownDatabase {
        /// What the address begins with; the rest may hold a password.
        scheme: String,
    },
    /// The embedded database's file cannot be made or kept private.
    #[error("the database file {} cannot be opened for its owner alone", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The tables are not those of this program.
    #[error("the database's tables cannot be brought to this program's version")]
    Migration(#[source] sqlx::migrate::MigrateError),
    /// The database failed or refused.
    #[error("the database failed")]
    Database(#[from] sqlx::Error),
    /// Somebody else changed the record first.
    #[error("`{stream}` {}, but {expected} was expected", found_version(*found))]
    Conflict {
        /// The record.
        stream: String,
        /// What the writer expected.
        expected: Expected,
        /// What it is; none when it does not exist.
        found: Option<Version>,
    },
    /// Two assets of one owner and class would have the same code.
    #[error("the territory already has an asset `{identity}`")]
    IdentityTaken {
        /// `owner/class/code`.
        identity: String,
    },
    /// Two accounts would have the same name.
    #[error("there is already an account `{name}`")]
    NameTaken {
        /// The name.
        name: String,
    },
    /// Two accounts would expect the same address of the sign-on service. The address is a person's: it is not said.
    #[error("another account expects the same sign-on address")]
    SignOnEmailTaken,
    /// Nobody could run the installation any more.
    #[error("this is the last operator who may sign in")]
    LastOperator,
    /// A file that was being uploaded cannot be read.
    #[error("the uploaded file cannot be read")]
    Upload(#[source] std::io::Error),
    /// What both databases could not keep alike is refused by both.
    #[error("{what} cannot be stored: {why}")]
    Unstorable {
        /// What was handed in.
        what: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// An event has no JSON form.
    #[error("the event cannot be written as JSON")]
    Encode(#[source] serde_json::Error),
    /// A stored row breaks a rule. `hatang journal verify` says what else does.
    #[error("inconsistency: table `{table}`, row `{key}`: {why}")]
    Corrupt {
        /// The table.
        table: &'static str,
        /// The row's key.
        key: String,
        /// The column and the rule it breaks.
        why: String,
    },
}

impl StoreError {
    /// A stored row that breaks a rule.
    pub(crate) fn corrupt(table: &'static str, key: impl Into<String>, why: impl Into<String>) -> Self {
        Self::Corrupt { table, key: key.into(), why: why.into() }
    }
}

fn found_version(found: Option<Version>) -> String {
    found.map_or_else(|| "does not exist".to_owned(), |Version(version)| format!("is at version {version}"))
}
