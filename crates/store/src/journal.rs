//! Reading the journal.

use hatang_core::{Recorded, Seq, Stream, Territory, Version, event::AssetChange};

use crate::{
    Hash, Store, StoreError,
    change_set::read_change,
    number::{from_sql, to_sql},
};

/// One entry of a territory's journal.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its position.
    pub seq: Seq,
    /// The version of its record since then.
    pub version: Version,
    /// What happened.
    pub recorded: Recorded,
    /// Its hash.
    pub hash: Hash,
}

/// The end of a territory's journal; before the first entry by default.
#[derive(Clone, Copy)]
pub(crate) struct Head {
    pub(crate) seq: Seq,
    pub(crate) hash: Hash,
}

impl Default for Head {
    fn default() -> Self {
        Self { seq: Seq(0), hash: Hash::GENESIS }
    }
}

row! {
    /// A journal's end in SQL.
    HeadRow { seq: i64, hash: Vec<u8>, }
}

impl HeadRow {
    pub(crate) const OF_TERRITORY: &str = "
        select seq, hash
        from journal
        where territory = $1
        order by seq desc
        limit 1";

    pub(crate) fn into_head(self, territory: &Territory) -> Result<Head, StoreError> {
        let key = format!("{territory}/{}", self.seq);
        let hash = hash(&self.hash, "hash", &key)?;
        Ok(Head { seq: Seq(from_sql(self.seq, "seq", "journal", &key)?), hash })
    }
}

row! {
    /// An entry in SQL.
    EntryRow { seq: i64, version: i64, payload: Vec<u8>, hash: Vec<u8>, }
}

impl EntryRow {
    fn into_entry(self, territory: &Territory) -> Result<Entry, StoreError> {
        let key = format!("{territory}/{}", self.seq);
        Ok(Entry {
            seq: Seq(from_sql(self.seq, "seq", "journal", &key)?),
            version: Version(from_sql(self.version, "version", "journal", &key)?),
            recorded: serde_json::from_slice(&self.payload)
                .map_err(|error| StoreError::corrupt("journal", &key, format!("`payload` is no event: {error}")))?,
            hash: hash(&self.hash, "hash", &key)?,
        })
    }
}

/// A stored hash of a journal's row.
pub(crate) fn hash(bytes: &[u8], column: &str, key: &str) -> Result<Hash, StoreError> {
    bytes
        .try_into()
        .map(Hash)
        .map_err(|_| StoreError::corrupt("journal", key, format!("`{column}` has {} bytes", bytes.len())))
}

/// A stored code of a territory.
pub(crate) fn territory(text: String, table: &'static str) -> Result<Territory, StoreError> {
    Territory::new(&text).map_err(|error| StoreError::corrupt(table, text, error.to_string()))
}

impl Store {
    /// Every territory that keeps a journal, in order, with the position of its last entry.
    ///
    /// # Errors
    /// [`StoreError::Database`] if the query fails, [`StoreError::Corrupt`] if a row breaks a rule; so for every read.
    pub async fn territories(&self) -> Result<Vec<(Territory, Seq)>, StoreError> {
        let rows: Vec<(String, i64)> = on_either!(&self.readers, pool => {
            sqlx::query_as(
                // From code to code through the key: what lies between two codes is not read.
                "with recursive code(territory) as (
                   select min(territory) from journal
                   union all
                   select (select min(territory) from journal where territory > code.territory)
                   from code
                   where code.territory is not null
                 )
                 select territory, (select max(seq) from journal where journal.territory = code.territory)
                 from code
                 where territory is not null
                 order by territory",
            )
            .fetch_all(pool)
            .await?
        });
        rows.into_iter()
            .map(|(code, seq)| {
                let seq = from_sql(seq, "seq", "journal", &code)?;
                Ok((territory(code, "journal")?, Seq(seq)))
            })
            .collect()
    }

    /// The position and hash of a territory's last entry; none while its journal is empty.
    ///
    /// # Errors
    /// As [`Store::territories`].
    pub async fn head(&self, territory: &Territory) -> Result<Option<(Seq, Hash)>, StoreError> {
        let row: Option<HeadRow> = on_either!(&self.readers, pool => {
            sqlx::query_as(HeadRow::OF_TERRITORY).bind(territory.as_str()).fetch_optional(pool).await?
        });
        row.map(|row| row.into_head(territory).map(|head| (head.seq, head.hash))).transpose()
    }

    /// What a territory's journal holds after `seq`, oldest first, at most `limit` entries.
    ///
    /// # Errors
    /// As [`Store::territories`].
    pub async fn after(&self, territory: &Territory, seq: Seq, limit: u32) -> Result<Vec<Entry>, StoreError> {
        let after = to_sql(seq.0)?;
        let rows: Vec<EntryRow> = on_either!(&self.readers, pool => {
            sqlx::query_as(
                "select seq, version, payload, hash
                 from journal
                 where territory = $1
                   and seq > $2
                 order by seq
                 limit $3",
            )
            .bind(territory.as_str())
            .bind(after)
            .bind(i64::from(limit))
            .fetch_all(pool)
            .await?
        });
        rows.into_iter().map(|row| row.into_entry(territory)).collect()
    }

    /// Everything that happened to a record, oldest first; an imported asset's begins with its import.
    ///
    /// # Errors
    /// As [`Store::territories`].
    pub async fn history(&self, territory: &Territory, stream: &Stream) -> Result<Vec<Entry>, StoreError> {
        let rows: Vec<EntryRow> = on_either!(&self.readers, pool => {
            sqlx::query_as(
                "select seq, version, payload, hash
                 from journal
                 where territory = $1
                   and (stream = $2
                        or seq in (select seq
                                  from change_set_row
                                  where territory = $1
                                    and stream = $2))
                 order by seq",
            )
            .bind(territory.as_str())
            .bind(stream.to_string())
            .fetch_all(pool)
            .await?
        });
        rows.into_iter().map(|row| row.into_entry(territory)).collect()
    }

    /// What the import at `seq` does to each asset, in the file's order, after the first `after_row`, at most `limit`.
    ///
    /// # Errors
    /// As [`Store::territories`].
    pub async fn rows_of(
        &self,
        territory: &Territory,
        seq: Seq,
        after_row: u64,
        limit: u32,
    ) -> Result<Vec<AssetChange>, StoreError> {
        let (seq, after_row) = (to_sql(seq.0)?, to_sql(after_row)?);
        let rows: Vec<(i64, Vec<u8>)> = on_either!(&self.readers, pool => {
            sqlx::query_as(
                "select row, payload
                 from change_set_row
                 where territory = $1
                   and seq = $2
                   and row > $3
                 order by row
                 limit $4",
            )
            .bind(territory.as_str())
            .bind(seq)
            .bind(after_row)
            .bind(i64::from(limit))
            .fetch_all(pool)
            .await?
        });
        rows.into_iter()
            .map(|(row, payload)| {
                read_change(&payload).map_err(|error| {
                    let key = format!("{territory}/{seq}/{row}");
                    StoreError::corrupt("change_set_row", key, format!("`payload` is no asset: {error}"))
                })
            })
            .collect()
    }
}
