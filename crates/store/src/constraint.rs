//! Which constraint an insert would have broken.

use sqlx::error::DatabaseError;

/// The unique constraints that tell a writer something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Constraint {
    /// A record exists already.
    Stream,
    /// An asset's code is taken.
    Identity,
    /// The journal holds that version of a record already.
    JournalVersion,
    /// The client has uploaded that file already.
    ImportKey,
    /// An account's name is taken.
    AccountName,
    /// Another account expects the same address of the sign-on service.
    SignOnEmail,
}

/// Each constraint's name, and the columns by which SQLite tells it: its messages know no names.
const NAMES: [(Constraint, &str, &str); 7] = [
    (Constraint::Stream, "current_state_pk", "current_state.territory, current_state.stream"),
    // The same record twice in one import.
    (
        Constraint::Stream,
        "change_set_row_stream",
        "change_set_row.territory, change_set_row.stream, change_set_row.seq",
    ),
    (Constraint::Identity, "current_state_identity", "current_state.territory, current_state.identity"),
    (Constraint::JournalVersion, "journal_stream_version", "journal.territory, journal.stream, journal.version"),
    (Constraint::ImportKey, "import_job_key", "import_job.account, import_job.idempotency_key"),
    (Constraint::AccountName, "account_name", "account.name"),
    (Constraint::SignOnEmail, "person_sign_on_email", "person.sign_on_email"),
];

/// The constraint that made a statement fail, if it is one of ours.
pub(crate) fn broken(error: &sqlx::Error) -> Option<Constraint> {
    let error: &dyn DatabaseError = error.as_database_error().filter(|error| error.is_unique_violation())?;
    let columns = error.message().strip_prefix("UNIQUE constraint failed: ");
    let named = |name: &str, its_columns: &str| match columns {
        Some(columns) => columns == its_columns,
        None => error.constraint() == Some(name),
    };
    NAMES.into_iter().find(|(_, name, columns)| named(name, columns)).map(|(constraint, ..)| constraint)
}
