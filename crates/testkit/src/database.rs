//! One database per test, on the server that `cargo xtask test` started.

use std::env;
use std::process::{self, Command};
use std::sync::atomic::{AtomicU32, Ordering};

use crate::programs::{postgres_program, run};

/// The environment variable that names the PostgreSQL server for tests.
const VARIABLE: &str = "HATANG_TEST_POSTGRES";

/// The PostgreSQL server that tests use, as a URL.
///
/// # Panics
/// When `HATANG_TEST_POSTGRES` is not set: both databases are tested, always.
#[must_use]
pub fn test_postgres_url() -> String {
    env::var(VARIABLE).unwrap_or_else(|_| {
        panic!(
            "{VARIABLE} is not set, and this test needs PostgreSQL: run `cargo xtask test`, which starts one, \
             or set it to the URL of a server whose databases may be thrown away"
        )
    })
}

/// Creates an empty database for one test on the server at `url` and returns the database's own URL.
///
/// `name` says which test it is for when somebody looks at the server; a number keeps it apart from every other.
/// On a server of [`TemporaryPostgres`](crate::TemporaryPostgres) the database knows PostGIS.
///
/// # Panics
/// When the server does not create it.
#[must_use]
pub fn fresh_database(url: &str, name: &str) -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let database = database_name(name, process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    // A process of an earlier run may have had the same number.
    let statements =
        [format!("drop database if exists {database} with (force)"), format!("create database {database}")];
    run(&mut psql(url, &statements)).unwrap_or_else(|error| panic!("no database for the test `{name}`: {error}"));
    with_database(url, &database)
}

/// Where PostgreSQL's own command line is.
#[must_use]
pub fn psql_program() -> std::path::PathBuf {
    postgres_program("psql")
}

/// `psql` about to execute statements, each in a transaction of its own.
pub(crate) fn psql<'a>(url: &str, statements: impl IntoIterator<Item = &'a String>) -> Command {
    let mut psql = Command::new(postgres_program("psql"));
    psql.args(["--no-psqlrc", "--quiet", "--set", "ON_ERROR_STOP=1", "--dbname", url]);
    for statement in statements {
        psql.args(["--command", statement]);
    }
    psql
}

/// A name that PostgreSQL takes without quotes and does not cut (63 bytes).
fn database_name(name: &str, process: u32, count: u32) -> String {
    let plain: String = name
        .chars()
        .map(|letter| if letter.is_ascii_alphanumeric() { letter.to_ascii_lowercase() } else { '_' })
        .take(30)
        .collect();
    format!("hatang_{plain}_{process}_{count}")
}

/// The same server's URL for another database; parameters stay.
pub(crate) fn with_database(url: &str, database: &str) -> String {
    let (address, parameters) = url.split_once('?').map_or((url, None), |(address, rest)| (address, Some(rest)));
    let authority = address.find("://").map_or(0, |scheme| scheme + "://".len());
    let server = address[authority..].find('/').map_or(address, |path| &address[..authority + path]);
    match parameters {
        None => format!("{server}/{database}"),
        Some(parameters) => format!("{server}/{database}?{parameters}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_name_needs_no_quotes_and_is_not_cut() {
        let cases = [
            ("journal", "hatang_journal_7_0"),
            ("Cột điện 12", "hatang_c_t__i_n_12_7_0"),
            ("tests::a_long_name_that_goes_on_and_on_and_on", "hatang_tests__a_long_name_that_goes_o_7_0"),
        ];
        for (name, expected) in cases {
            assert_eq!(database_name(name, 7, 0), expected, "{name}");
        }
        assert!(database_name(&"x".repeat(99), u32::MAX, u32::MAX).len() <= 63);
    }

    #[test]
    fn a_url_changes_its_database_and_nothing_else() {
        let cases = [
            ("postgres://hatang@127.0.0.1:5433/postgres", "postgres://hatang@127.0.0.1:5433/new"),
            ("postgres://hatang:secret@db", "postgres://hatang:secret@db/new"),
            ("postgres://db/old?sslmode=disable", "postgres://db/new?sslmode=disable"),
            ("postgres://db?sslmode=disable", "postgres://db/new?sslmode=disable"),
        ];
        for (url, expected) in cases {
            assert_eq!(with_database(url, "new"), expected, "{url}");
        }
    }
}
