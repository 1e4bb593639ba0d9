//! What assets were before an import.

use std::collections::HashMap;

use hatang_core::{
    Asset, Event, Recorded, Seq, Territory, Version,
    asset::Lifecycle,
    event::{AssetChange, ChangeSet},
};
use sqlx::QueryBuilder;

use super::read_change;
use crate::{
    StoreError,
    database::Transaction,
    number::{from_sql, to_sql},
    staged::stream,
};

/// Rows per page, few enough for either database's limit of values.
const PAGE: i64 = 500;

/// The changes that undo some rows of the import at `seq`: what was new is given up, the rest is as it was.
pub(super) async fn of(
    transaction: &mut Transaction,
    territory: &Territory,
    seq: Seq,
    rows: Vec<AssetChange>,
) -> Result<Vec<AssetChange>, StoreError> {
    let changed: Vec<String> =
        rows.iter().filter(|change| change.version != Version(1)).map(|change| stream(change.asset.id)).collect();
    let mut before = transaction.states_before(territory, seq, &changed).await?;
    rows.into_iter()
        .map(|AssetChange { version, mut asset }| {
            if version == Version(1) {
                asset.status = Lifecycle::Decommissioned;
            } else {
                let stream = stream(asset.id);
                let (_, earlier) = before.remove(&stream).ok_or_else(|| {
                    let key = format!("{territory}/{}", seq.0);
                    StoreError::corrupt("change_set_row", key, format!("`{stream}` has no earlier state"))
                })?;
                asset = Box::new(earlier);
            }
            Ok(AssetChange { version: Version(version.0.saturating_add(1)), asset })
        })
        .collect()
}

impl Transaction {
    /// The import that stands at a position of the journal.
    pub(super) async fn import_at(&mut self, territory: &Territory, seq: Seq) -> Result<ChangeSet, StoreError> {
        let at = to_sql(seq.0)?;
        let payload: Option<Vec<u8>> = on_either!(self, transaction => {
            sqlx::query_scalar("select payload from journal where territory = $1 and seq = $2")
                .bind(territory.as_str())
                .bind(at)
                .fetch_optional(&mut **transaction)
                .await?
        });
        let recorded = payload.and_then(|payload| serde_json::from_slice::<Recorded>(&payload).ok());
        match recorded.map(|recorded| recorded.event) {
            Some(Event::AssetsImported { change_set }) => Ok(change_set),
            _ => Err(StoreError::corrupt("journal", format!("{territory}/{at}"), "it is no import")),
        }
    }

    /// A page of an import's rows, each with its place.
    pub(super) async fn changes_of(
        &mut self,
        territory: &Territory,
        seq: Seq,
        after_row: i64,
    ) -> Result<Vec<(i64, AssetChange)>, StoreError> {
        let seq = to_sql(seq.0)?;
        let rows: Vec<(i64, Vec<u8>)> = on_either!(self, transaction => {
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
            .bind(PAGE)
            .fetch_all(&mut **transaction)
            .await?
        });
        rows.into_iter()
            .map(|(row, payload)| {
                let change = read_change(&payload).map_err(|error| {
                    StoreError::corrupt("change_set_row", format!("{territory}/{seq}/{row}"), error.to_string())
                })?;
                Ok((row, change))
            })
            .collect()
    }

    /// The last state of each of these assets before a position of the journal, with the position it stands at.
    async fn states_before(
        &mut self,
        territory: &Territory,
        seq: Seq,
        streams: &[String],
    ) -> Result<HashMap<String, (u64, Asset)>, StoreError> {
        let mut last = HashMap::new();
        if streams.is_empty() {
            return Ok(last);
        }
        let before = to_sql(seq.0)?;
        for table in ["journal", "change_set_row"] {
            let select = match table {
                "journal" => "select stream, seq, payload from journal where territory = ",
                _ => "select stream, seq, payload from change_set_row where territory = ",
            };
            let rows: Vec<(String, i64, Vec<u8>)> = on_either!(self, transaction => {
                let mut query = QueryBuilder::new(select);
                query.push_bind(territory.as_str()).push(" and seq < ").push_bind(before).push(" and stream in (");
                let mut bound = query.separated(", ");
                for stream in streams {
                    bound.push_bind(stream);
                }
                query.push(") order by seq").build_query_as().fetch_all(&mut **transaction).await?
            });
            for (stream, seq, payload) in rows {
                let key = format!("{territory}/{seq}");
                let corrupt = |why: String| StoreError::corrupt("journal", &key, why);
                let asset = match table {
                    "journal" => {
                        let recorded: Recorded =
                            serde_json::from_slice(&payload).map_err(|error| corrupt(error.to_string()))?;
                        match recorded.event.into_record() {
                            hatang_core::Record::Asset { asset } => *asset,
                            other => return Err(corrupt(format!("`{stream}` is no asset: {other:?}"))),
                        }
                    }
                    _ => *read_change(&payload).map_err(|error| corrupt(error.to_string()))?.asset,
                };
                let seq: u64 = from_sql(seq, "seq", "journal", &key)?;
                let is_later = last.get(&stream).is_none_or(|(known, _)| *known < seq);
                if is_later {
                    last.insert(stream, (seq, asset));
                }
            }
        }
        Ok(last)
    }
}
