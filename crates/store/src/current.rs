//! Reading what every record is now.

use std::collections::HashSet;

use hatang_core::{Record, Seq, Stream, Territory, Version};
use sqlx::QueryBuilder;

use crate::{Store, StoreError, number::from_sql};

/// Values per query, fewer than either database's limit.
const VALUES_AT_ONCE: usize = 10_000;

/// A record as it is now.
#[derive(Clone, Debug, PartialEq)]
pub struct Current {
    /// Its name in the journal: [`hatang_core::Stream`] as text.
    pub stream: String,
    /// How often it has changed.
    pub version: Version,
    /// When it last changed, as a position in the journal.
    pub seq: Seq,
    /// What it is.
    pub record: Record,
}

row! {
    /// A record in SQL.
    CurrentRow { stream: String, version: i64, seq: i64, state: Vec<u8>, }
}

impl CurrentRow {
    fn into_current(self, territory: &Territory) -> Result<Current, StoreError> {
        let Self { stream, version, seq, state } = self;
        let key = format!("{territory}/{stream}");
        Ok(Current {
            version: Version(from_sql(version, "version", "current_state", &key)?),
            seq: Seq(from_sql(seq, "seq", "current_state", &key)?),
            record: serde_json::from_slice(&state).map_err(|error| {
                StoreError::corrupt("current_state", &key, format!("`state` is no record: {error}"))
            })?,
            stream,
        })
    }
}

impl Store {
    /// A territory's records in the order of their streams, those after `after_stream`, at most `limit`.
    ///
    /// A node starts by reading all of them in pages, and then follows the journal from the position that it noted
    /// before the first page.
    ///
    /// # Errors
    /// [`StoreError::Database`] if the query fails, [`StoreError::Corrupt`] if a row is not a known record.
    pub async fn current(
        &self,
        territory: &Territory,
        after_stream: Option<&str>,
        limit: u32,
    ) -> Result<Vec<Current>, StoreError> {
        let rows: Vec<CurrentRow> = on_either!(&self.readers, pool => {
            sqlx::query_as(
                "select stream, version, seq, state
                 from current_state
                 where territory = $1
                   and stream > $2
                 order by stream
                 limit $3",
            )
            .bind(territory.as_str())
            // No stream is named by the empty text, which comes before all.
            .bind(after_stream.unwrap_or_default())
            .bind(i64::from(limit))
            .fetch_all(pool)
            .await?
        });
        rows.into_iter().map(|row| row.into_current(territory)).collect()
    }

    /// One record as it is now; none when the territory has no such record.
    ///
    /// # Errors
    /// As [`Store::current`].
    pub async fn record(&self, territory: &Territory, stream: &Stream) -> Result<Option<Current>, StoreError> {
        let row: Option<CurrentRow> = on_either!(&self.readers, pool => {
            sqlx::query_as(
                "select stream, version, seq, state
                 from current_state
                 where territory = $1
                   and stream = $2",
            )
            .bind(territory.as_str())
            .bind(stream.to_string())
            .fetch_optional(pool)
            .await?
        });
        row.map(|row| row.into_current(territory)).transpose()
    }

    /// Which of these identities (`owner/class/code`) assets of the territory have, in the order given.
    ///
    /// # Errors
    /// [`StoreError::Database`] if a query fails.
    pub async fn identities_taken(
        &self,
        territory: &Territory,
        identities: &[String],
    ) -> Result<Vec<String>, StoreError> {
        self.known("select identity from current_state where territory = ", " and identity in (", territory, identities)
            .await
    }

    /// Which of these records the territory has, in the order given.
    pub(crate) async fn streams_known(
        &self,
        territory: &Territory,
        streams: &[String],
    ) -> Result<Vec<String>, StoreError> {
        self.known("select stream from current_state where territory = ", " and stream in (", territory, streams).await
    }

    /// The values that a query finds among those given, in the order given.
    async fn known(
        &self,
        select: &'static str,
        among: &'static str,
        territory: &Territory,
        values: &[String],
    ) -> Result<Vec<String>, StoreError> {
        let mut found = HashSet::new();
        for values in values.chunks(VALUES_AT_ONCE) {
            let some: Vec<String> = on_either!(&self.readers, pool => {
                let mut query = QueryBuilder::new(select);
                query.push_bind(territory.as_str()).push(among);
                let mut list = query.separated(", ");
                for value in values {
                    list.push_bind(value);
                }
                query.push(")").build_query_scalar().fetch_all(pool).await?
            });
            found.extend(some);
        }
        Ok(values.iter().filter(|value| found.contains(*value)).cloned().collect())
    }
}
