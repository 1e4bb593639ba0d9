//! The rows that a check reads, page by page.

use hatang_core::{Seq, Territory};

use crate::{
    StoreError,
    database::Transaction,
    number::{from_sql, to_sql},
};

/// Rows per page.
pub(super) const PAGE: i64 = 1_000;

row! {
    /// Everything of a journal's entry.
    JournalRow {
        seq: i64,
        recorded_at: String,
        stream: String,
        version: i64,
        kind: String,
        payload: Vec<u8>,
        previous_hash: Vec<u8>,
        hash: Vec<u8>,
    }
}

row! {
    /// One asset of an import.
    ChangeSetRow { row: i64, stream: String, payload: Vec<u8>, }
}

row! {
    /// A record's current state.
    StateRow { stream: String, version: i64, seq: i64, kind: String, identity: Option<String>, state: Vec<u8>, }
}

impl Transaction {
    /// Every territory that any row is of, in order.
    pub(super) async fn territories_of_any_row(&mut self) -> Result<Vec<String>, StoreError> {
        Ok(on_either!(self, transaction => {
            sqlx::query_scalar(
                "select territory from journal
                 union
                 select territory from change_set_row
                 union
                 select territory from current_state
                 order by territory",
            )
            .fetch_all(&mut **transaction)
            .await?
        }))
    }

    /// The journal's rows after a position.
    pub(super) async fn journal_rows(
        &mut self,
        territory: &Territory,
        after: Seq,
    ) -> Result<Vec<JournalRow>, StoreError> {
        let after = to_sql(after.0)?;
        Ok(on_either!(self, transaction => {
            sqlx::query_as(
                "select seq, recorded_at, stream, version, kind, payload, previous_hash, hash
                 from journal
                 where territory = $1
                   and seq > $2
                 order by seq
                 limit $3",
            )
            .bind(territory.as_str())
            .bind(after)
            .bind(PAGE)
            .fetch_all(&mut **transaction)
            .await?
        }))
    }

    /// An import's rows after one of them.
    pub(super) async fn change_set_rows(
        &mut self,
        territory: &Territory,
        seq: Seq,
        after_row: u64,
    ) -> Result<Vec<ChangeSetRow>, StoreError> {
        let (seq, after_row) = (to_sql(seq.0)?, to_sql(after_row)?);
        Ok(on_either!(self, transaction => {
            sqlx::query_as(
                "select row, stream, payload
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
            .bind(PAGE)
            .fetch_all(&mut **transaction)
            .await?
        }))
    }

    /// How many rows all imports of a territory have.
    pub(super) async fn count_change_set_rows(&mut self, territory: &Territory) -> Result<u64, StoreError> {
        let count: i64 = on_either!(self, transaction => {
            sqlx::query_scalar("select count(*) from change_set_row where territory = $1")
                .bind(territory.as_str())
                .fetch_one(&mut **transaction)
                .await?
        });
        from_sql(count, "count", "change_set_row", territory.as_str())
    }

    /// The current state's rows after a record.
    pub(super) async fn state_rows(
        &mut self,
        territory: &Territory,
        after_stream: &str,
    ) -> Result<Vec<StateRow>, StoreError> {
        Ok(on_either!(self, transaction => {
            sqlx::query_as(
                "select stream, version, seq, kind, identity, state
                 from current_state
                 where territory = $1
                   and stream > $2
                 order by stream
                 limit $3",
            )
            .bind(territory.as_str())
            .bind(after_stream)
            .bind(PAGE)
            .fetch_all(&mut **transaction)
            .await?
        }))
    }
}
