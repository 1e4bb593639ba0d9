//! The steps of a write, inside its transaction.

use std::fmt;

use hatang_core::{Event, Record, Recorded, Seq, Territory, Version};

use crate::{
    Hash, StoreError,
    chain::Link,
    constraint::{Constraint, broken},
    database::{Either, Transaction},
    journal::{Head, HeadRow},
    number::{from_sql, to_sql},
};

/// What a writer believes a record to be at the moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// It does not exist.
    New,
    /// It is at this version.
    Version(Version),
    /// Whatever it is: the last writer wins.
    Any,
}

impl Expected {
    /// Whether a record is what the writer believes it to be.
    pub(crate) fn is_met_by(self, found: Option<Version>) -> bool {
        match self {
            Self::New => found.is_none(),
            Self::Version(expected) => found == Some(expected),
            Self::Any => true,
        }
    }
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::New => f.write_str("no such record"),
            Self::Version(Version(version)) => write!(f, "version {version}"),
            Self::Any => f.write_str("any version"),
        }
    }
}

/// Where an event came to stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appended {
    /// Whose journal it is in.
    pub territory: Territory,
    /// Its position there.
    pub seq: Seq,
    /// The version of its record since then.
    pub version: Version,
    /// Its hash, which covers everything before it too.
    pub hash: Hash,
}

/// An event as the tables keep it.
pub(crate) struct Prepared {
    pub(crate) stream: String,
    recorded_at: String,
    kind: &'static str,
    payload: Vec<u8>,
    pub(crate) state: State,
}

/// A record as the tables keep it.
pub(crate) struct State {
    pub(crate) identity: Option<String>,
    pub(crate) bytes: Vec<u8>,
}

impl Prepared {
    pub(crate) fn new(recorded: &Recorded) -> Result<Self, StoreError> {
        let stream = recorded.event.stream().to_string();
        if stream.contains('\0') {
            let what = format!("the record `{}`", stream.escape_default());
            return Err(StoreError::Unstorable { what, why: "PostgreSQL's texts cannot hold the character U+0000" });
        }
        Ok(Self {
            stream,
            recorded_at: recorded.at.to_string(),
            kind: recorded.event.kind(),
            payload: serde_json::to_vec(recorded).map_err(StoreError::Encode)?,
            state: State::of_event(recorded.event.clone())?,
        })
    }
}

impl State {
    /// The state after an event.
    pub(crate) fn of_event(event: Event) -> Result<Self, StoreError> {
        Self::of(&event.into_record())
    }

    /// A record's state.
    pub(crate) fn of(record: &Record) -> Result<Self, StoreError> {
        let bytes = serde_json::to_vec(record).map_err(StoreError::Encode)?;
        Ok(Self { identity: record.identity(), bytes })
    }

    /// One hash over all of it.
    pub(crate) fn digest(&self) -> Hash {
        let identity = self.identity.as_deref();
        let length = identity.map_or(u64::MAX, |identity| identity.len() as u64);
        Hash::of(&[&length.to_be_bytes(), identity.unwrap_or_default().as_bytes(), &self.bytes].concat())
    }
}

/// What kind of record a stream is: `asset` of `asset:…`, `plan` of `plan`.
pub(crate) fn kind_of_record(stream: &str) -> &str {
    stream.split_once(':').map_or(stream, |(kind, _)| kind)
}

impl Transaction {
    /// Waits until no other transaction writes to a territory and keeps others waiting until this one ends.
    ///
    /// Several territories are locked in their order, so that two writers never wait for each other.
    pub(crate) async fn lock(&mut self, territory: &Territory) -> Result<(), StoreError> {
        self.lock_named(&format!("journal of {territory}")).await
    }

    /// The same for anything that only one transaction may write to.
    pub(crate) async fn lock_named(&mut self, name: &str) -> Result<(), StoreError> {
        // SQLite let this transaction begin when the one before had ended.
        if let Either::Postgres(transaction) = self {
            sqlx::query("select pg_advisory_xact_lock($1)").bind(lock_key(name)).execute(&mut **transaction).await?;
        }
        Ok(())
    }

    /// The end of a territory's journal.
    pub(crate) async fn head(&mut self, territory: &Territory) -> Result<Head, StoreError> {
        let row: Option<HeadRow> = on_either!(self, transaction => {
            sqlx::query_as(HeadRow::OF_TERRITORY)
                .bind(territory.as_str())
                .fetch_optional(&mut **transaction)
                .await?
        });
        row.map_or(Ok(Head::default()), |row| row.into_head(territory))
    }

    /// The version of a record; none when it does not exist.
    pub(crate) async fn version(&mut self, territory: &Territory, stream: &str) -> Result<Option<Version>, StoreError> {
        let version: Option<i64> = on_either!(self, transaction => {
            sqlx::query_scalar(
                "select version
                 from current_state
                 where territory = $1
                   and stream = $2",
            )
            .bind(territory.as_str())
            .bind(stream)
            .fetch_optional(&mut **transaction)
            .await?
        });
        version
            .map(|version| from_sql(version, "version", "current_state", &format!("{territory}/{stream}")).map(Version))
            .transpose()
    }

    /// Adds an event at the end of a territory's journal and moves the head there.
    pub(crate) async fn insert_entry(
        &mut self,
        territory: &Territory,
        head: &mut Head,
        event: &Prepared,
        version: Version,
    ) -> Result<Appended, StoreError> {
        let seq = head.seq.0 + 1;
        let hash = Link {
            territory: territory.as_str(),
            seq,
            recorded_at: &event.recorded_at,
            stream: &event.stream,
            version: version.0,
            kind: event.kind,
            payload: &event.payload,
        }
        .hash(head.hash);
        let stored_seq = to_sql(seq)?;
        let inserted = on_either!(self, transaction => {
            sqlx::query(
                "insert into journal
                     (territory, seq, recorded_at, stream, version, kind, payload, previous_hash, hash)
                 values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            )
            .bind(territory.as_str())
            .bind(stored_seq)
            .bind(&event.recorded_at)
            .bind(&event.stream)
            .bind(i64::from(version.0))
            .bind(event.kind)
            .bind(&event.payload)
            .bind(head.hash.0.as_slice())
            .bind(hash.0.as_slice())
            .execute(&mut **transaction)
            .await
            .map(drop)
        });
        inserted.map_err(|error| match broken(&error) {
            Some(Constraint::JournalVersion) => StoreError::corrupt(
                "current_state",
                format!("{territory}/{}", event.stream),
                format!("the journal holds version {} already", version.0),
            ),
            _ => StoreError::Database(error),
        })?;
        *head = Head { seq: Seq(seq), hash };
        Ok(Appended { territory: territory.clone(), seq: Seq(seq), version, hash })
    }

    /// Makes the state after an event the current one.
    pub(crate) async fn put_state(&mut self, event: &Prepared, appended: &Appended) -> Result<(), StoreError> {
        let State { identity, bytes } = &event.state;
        let seq = to_sql(appended.seq.0)?;
        let put = on_either!(self, transaction => {
            sqlx::query(
                "insert into current_state (territory, stream, version, seq, kind, identity, state)
                 values ($1, $2, $3, $4, $5, $6, $7)
                 on conflict (territory, stream) do update
                 set version = excluded.version,
                     seq = excluded.seq,
                     identity = excluded.identity,
                     state = excluded.state",
            )
            .bind(appended.territory.as_str())
            .bind(&event.stream)
            .bind(i64::from(appended.version.0))
            .bind(seq)
            .bind(kind_of_record(&event.stream))
            .bind(identity)
            .bind(bytes)
            .execute(&mut **transaction)
            .await
            .map(drop)
        });
        put.map_err(|error| match (broken(&error), identity) {
            (Some(Constraint::Identity), Some(identity)) => StoreError::IdentityTaken { identity: identity.clone() },
            _ => StoreError::Database(error),
        })
    }
}

/// The number that PostgreSQL's lock goes by, the same on every node.
fn lock_key(name: &str) -> i64 {
    let hash = Hash::of(name.as_bytes()).0;
    let mut key = [0; 8];
    key.copy_from_slice(&hash[..8]);
    i64::from_be_bytes(key)
}
