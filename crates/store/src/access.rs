//! The access log: a hash chain of its own beside the journal.

use hatang_core::{
    Access, AccessKind, OrganisationCode, Territory,
    visibility::{AccountId, Role},
};
use jiff::Timestamp;
use sqlx::QueryBuilder;
use uuid::Uuid;

use crate::{
    Hash, Store, StoreError,
    database::Transaction,
    number::{from_sql, to_sql},
};

/// One entry of the access log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessEntry {
    /// Its position, from 1.
    pub seq: u64,
    /// What happened.
    pub access: Access,
    /// Its hash.
    pub hash: Hash,
}

/// Which entries are asked for; everything that is left out does not matter.
#[derive(Clone, Copy, Debug, Default)]
pub struct AccessFilter {
    /// Only of this kind.
    pub kind: Option<AccessKind>,
    /// Only of this account.
    pub account: Option<AccountId>,
    /// Not before this instant.
    pub from: Option<Timestamp>,
    /// Before this instant.
    pub until: Option<Timestamp>,
    /// Only entries before this position.
    pub before: Option<u64>,
}

row! {
    /// An entry in SQL.
    AccessRow {
        seq: i64,
        at_us: i64,
        kind: String,
        account: Option<Uuid>,
        role: String,
        organisation: Option<String>,
        about: String,
        count: i64,
        previous_hash: Vec<u8>,
        hash: Vec<u8>,
    }
}

impl AccessRow {
    pub(crate) fn key(&self) -> String {
        format!("{}/{}", Territory::authority(), self.seq)
    }

    /// The hash that the entry must have.
    pub(crate) fn expected_hash(&self, previous: Hash) -> Hash {
        let account = self.account.map(Uuid::into_bytes);
        previous.and(&[
            Territory::authority().as_str().as_bytes(),
            &self.seq.to_be_bytes(),
            &self.at_us.to_be_bytes(),
            self.kind.as_bytes(),
            account.as_ref().map_or(&[], |bytes| &bytes[..]),
            self.role.as_bytes(),
            self.organisation.as_deref().unwrap_or_default().as_bytes(),
            self.about.as_bytes(),
            &self.count.to_be_bytes(),
        ])
    }

    fn of(seq: u64, access: &Access, previous: Hash) -> Result<Self, StoreError> {
        let mut row = Self {
            seq: to_sql(seq)?,
            at_us: access.at.as_microsecond(),
            kind: access.kind.code().to_owned(),
            account: access.account.map(|AccountId(id)| id),
            role: access.role.code().to_owned(),
            organisation: access.organisation.as_ref().map(ToString::to_string),
            about: access.about.clone(),
            count: to_sql(access.count)?,
            previous_hash: previous.0.to_vec(),
            hash: Vec::new(),
        };
        row.hash = row.expected_hash(previous).0.to_vec();
        Ok(row)
    }
}

/// A stored hash of an entry.
pub(crate) fn hash(bytes: &[u8], column: &str, key: &str) -> Result<Hash, StoreError> {
    let wrong = |_| StoreError::corrupt("access_log", key, format!("`{column}` has {} bytes", bytes.len()));
    bytes.try_into().map(Hash).map_err(wrong)
}

impl TryFrom<AccessRow> for AccessEntry {
    type Error = StoreError;

    fn try_from(row: AccessRow) -> Result<Self, StoreError> {
        let key = row.key();
        let corrupt =
            |column: &str, why: String| StoreError::corrupt("access_log", &*key, format!("`{column}`: {why}"));
        let organisation = row.organisation.map(OrganisationCode::try_from).transpose();
        Ok(Self {
            seq: from_sql(row.seq, "seq", "access_log", &key)?,
            access: Access {
                at: Timestamp::from_microsecond(row.at_us).map_err(|error| corrupt("at_us", error.to_string()))?,
                kind: row.kind.parse::<AccessKind>().map_err(|error| corrupt("kind", error.to_string()))?,
                account: row.account.map(AccountId),
                role: row.role.parse::<Role>().map_err(|error| corrupt("role", error.to_string()))?,
                organisation: organisation.map_err(|error| corrupt("organisation", error.to_string()))?,
                about: row.about,
                count: from_sql(row.count, "count", "access_log", &key)?,
            },
            hash: hash(&row.hash, "hash", &key)?,
        })
    }
}

const COLUMNS: &str =
    "select seq, at_us, kind, account, role, organisation, about, count, previous_hash, hash from access_log ";

impl Store {
    /// Adds entries at the end of the log in their order: all of them, or none.
    ///
    /// Writers follow each other. `O(log n)` per entry.
    ///
    /// # Errors
    /// [`StoreError::Database`] if the write fails.
    pub async fn append_accesses(&self, accesses: &[Access]) -> Result<(), StoreError> {
        if accesses.is_empty() {
            return Ok(());
        }
        let mut transaction = self.writers.begin_writing().await?;
        let appended = append(&mut transaction, accesses).await;
        transaction.finish(appended).await
    }

    /// Entries that a filter lets through, newest first, at most `limit`.
    ///
    /// # Errors
    /// [`StoreError::Database`] if the query fails, [`StoreError::Corrupt`] if a row breaks a rule.
    pub async fn accesses(&self, filter: &AccessFilter, limit: u32) -> Result<Vec<AccessEntry>, StoreError> {
        let before = filter.before.map(to_sql).transpose()?;
        let rows: Vec<AccessRow> = on_either!(&self.readers, pool => {
            let mut query = QueryBuilder::new(COLUMNS);
            query.push("where territory = ").push_bind(Territory::authority().to_string());
            if let Some(kind) = filter.kind {
                query.push(" and kind = ").push_bind(kind.code());
            }
            if let Some(AccountId(account)) = filter.account {
                query.push(" and account = ").push_bind(account);
            }
            if let Some(from) = filter.from {
                query.push(" and at_us >= ").push_bind(from.as_microsecond());
            }
            if let Some(until) = filter.until {
                query.push(" and at_us < ").push_bind(until.as_microsecond());
            }
            if let Some(before) = before {
                query.push(" and seq < ").push_bind(before);
            }
            query.push(" order by seq desc limit ").push_bind(i64::from(limit));
            query.build_query_as().fetch_all(pool).await?
        });
        rows.into_iter().map(AccessEntry::try_from).collect()
    }
}

async fn append(transaction: &mut Transaction, accesses: &[Access]) -> Result<(), StoreError> {
    transaction.lock_named("access log").await?;
    let (mut seq, mut previous) = transaction.last_access().await?;
    for access in accesses {
        seq += 1;
        let row = AccessRow::of(seq, access, previous)?;
        previous = hash(&row.hash, "hash", &row.key())?;
        transaction.insert_access(row).await?;
    }
    Ok(())
}

impl Transaction {
    /// The position and hash of the last entry; zeros before the first.
    async fn last_access(&mut self) -> Result<(u64, Hash), StoreError> {
        let last: Option<(i64, Vec<u8>)> = on_either!(self, transaction => {
            sqlx::query_as(
                "select seq, hash
                 from access_log
                 where territory = $1
                 order by seq desc
                 limit 1",
            )
            .bind(Territory::authority().as_str())
            .fetch_optional(&mut **transaction)
            .await?
        });
        let Some((seq, bytes)) = last else { return Ok((0, Hash::GENESIS)) };
        let key = seq.to_string();
        Ok((from_sql(seq, "seq", "access_log", &key)?, hash(&bytes, "hash", &key)?))
    }

    async fn insert_access(&mut self, row: AccessRow) -> Result<(), StoreError> {
        on_either!(self, transaction => {
            sqlx::query(
                "insert into access_log
                     (territory, seq, at_us, kind, account, role, organisation, about, count, previous_hash, hash)
                 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
            )
            .bind(Territory::authority().as_str())
            .bind(row.seq)
            .bind(row.at_us)
            .bind(row.kind)
            .bind(row.account)
            .bind(row.role)
            .bind(row.organisation)
            .bind(row.about)
            .bind(row.count)
            .bind(row.previous_hash)
            .bind(row.hash)
            .execute(&mut **transaction)
            .await?;
        });
        Ok(())
    }

    /// The log's rows after a position, oldest first.
    pub(crate) async fn access_rows(&mut self, after: i64, limit: i64) -> Result<Vec<AccessRow>, StoreError> {
        Ok(on_either!(self, transaction => {
            sqlx::query_as(
                "select seq, at_us, kind, account, role, organisation, about, count, previous_hash, hash
                 from access_log
                 where territory = $1
                   and seq > $2
                 order by seq
                 limit $3",
            )
            .bind(Territory::authority().as_str())
            .bind(after)
            .bind(limit)
            .fetch_all(&mut **transaction)
            .await?
        }))
    }
}
