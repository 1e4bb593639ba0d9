//! What can be wrong with a store, in words.

use std::fmt;

use hatang_core::{Seq, Territory};

/// One thing that is wrong with a store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// In which territory.
    pub territory: Territory,
    /// At which position of its journal, where it concerns the journal.
    pub seq: Option<Seq>,
    /// Which record it concerns, where that is known.
    pub stream: Option<String>,
    /// What it is.
    pub what: FaultKind,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FaultKind {
    /// Entries were removed.
    #[error("journal entries are missing before this one: {count}")]
    EntriesMissing {
        /// How many.
        count: u64,
    },
    /// The entry does not continue the one before.
    #[error("the journal entry does not continue the one before it: their hashes differ")]
    BrokenLink,
    /// The entry was changed.
    #[error("the journal entry was changed: its contents do not match its hash")]
    EntryChanged,
    /// The payload is no event.
    #[error("the journal entry is no event: {why}")]
    NoEvent {
        /// What is wrong with it.
        why: String,
    },
    /// A column and the payload say different things.
    #[error("the journal entry's `{column}` is not what its payload says")]
    Contradiction {
        /// The column.
        column: &'static str,
    },
    /// A record's versions do not follow each other.
    #[error("the record comes to version {found}, where version {expected} is next")]
    VersionOutOfOrder {
        /// What would have been next.
        expected: u32,
        /// What is there.
        found: u32,
    },
    /// An import has fewer or more rows than it had.
    #[error("the import brought {declared} assets in, but has {found} rows")]
    RowCount {
        /// What the entry says.
        declared: u64,
        /// How many rows there are.
        found: u64,
    },
    /// A row of an import was changed.
    #[error("the rows of the import were changed: they do not match its root hash")]
    RowsChanged,
    /// A row of an import is no asset.
    #[error("row {row} of the import is no asset: {why}")]
    NoAsset {
        /// Its place.
        row: u64,
        /// What is wrong with it.
        why: String,
    },
    /// Rows that no import accounts for.
    #[error("rows that belong to no import: {count}")]
    LooseRows {
        /// How many.
        count: u64,
    },
    /// The journal holds a record that the current state lacks.
    #[error("the current state lacks the record, which the journal holds")]
    StateMissing,
    /// The current state holds a record that the journal lacks.
    #[error("the current state holds the record, which the journal lacks")]
    StateExtra,
    /// The current state is of another version.
    #[error("the current state is version {found} of entry {found_at}, but the journal ends at version {expected}")]
    StateOfAnotherVersion {
        /// The version by the journal.
        expected: u32,
        /// The version in the current state.
        found: i64,
        /// The entry that the current state names.
        found_at: i64,
    },
    /// The current state was changed.
    #[error("the current state was changed: it is not what the journal says")]
    StateChanged,
    /// Entries of the access log were removed.
    #[error("access-log entries are missing before this one: {count}")]
    AccessesMissing {
        /// How many.
        count: u64,
    },
    /// The access log's entry does not continue the one before.
    #[error("the access-log entry does not continue the one before it: their hashes differ")]
    BrokenAccessLink,
    /// The access log's entry was changed.
    #[error("the access-log entry was changed: its contents do not match its hash")]
    AccessChanged,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "territory {}", self.territory)?;
        if let Some(Seq(seq)) = self.seq {
            write!(f, ", entry {seq}")?;
        }
        if let Some(stream) = &self.stream {
            write!(f, ", {stream}")?;
        }
        write!(f, ": {}", self.what)
    }
}
