//! What records were, and when.

use hatang_core::{
    Asset, AssetId, Event, Record, Recorded, Seq, Stream, Territory, Version, event::ChangeSet, visibility::AccountId,
};
use jiff::{Timestamp, civil::Date};

use crate::{Store, StoreError, change_set::read_change, number::from_sql};

/// One state of an asset, with who brought it about, when and why.
#[derive(Clone, Debug, PartialEq)]
pub struct AssetVersion {
    /// The position in the territory's journal.
    pub seq: Seq,
    /// How often it had changed.
    pub version: Version,
    /// When it was written down.
    pub at: Timestamp,
    /// Since when it was so, where that differs.
    pub valid_on: Option<Date>,
    /// The account that did it; none for the installation's own commands.
    pub by: Option<AccountId>,
    /// The type of the event, as the journal names it.
    pub kind: &'static str,
    /// Why, when somebody said so.
    pub reason: Option<String>,
    /// The import that it came with.
    pub import: Option<ChangeSet>,
    /// What it was then.
    pub asset: Asset,
}

impl Store {
    /// Every state of an asset, oldest first, those that imports brought among them.
    ///
    /// # Errors
    /// [`StoreError::Database`] if a query fails, [`StoreError::Corrupt`] if a row is not what it must be.
    pub async fn asset_versions(&self, territory: &Territory, id: AssetId) -> Result<Vec<AssetVersion>, StoreError> {
        let stream = Stream::Asset(id).to_string();
        let own: Vec<(i64, i64, Vec<u8>)> = on_either!(&self.readers, pool => {
            sqlx::query_as("select seq, version, payload from journal where territory = $1 and stream = $2 order by seq")
                .bind(territory.as_str())
                .bind(&stream)
                .fetch_all(pool)
                .await?
        });
        let imported: Vec<(i64, Vec<u8>, Vec<u8>)> = on_either!(&self.readers, pool => {
            sqlx::query_as(
                "select change_set_row.seq, journal.payload, change_set_row.payload
                 from change_set_row
                 join journal on journal.territory = change_set_row.territory and journal.seq = change_set_row.seq
                 where change_set_row.territory = $1
                   and change_set_row.stream = $2
                 order by change_set_row.seq",
            )
            .bind(territory.as_str())
            .bind(&stream)
            .fetch_all(pool)
            .await?
        });
        let mut versions = Vec::with_capacity(own.len() + imported.len());
        for (seq, version, payload) in own {
            let key = format!("{territory}/{seq}");
            let recorded = read_event(&payload, &key)?;
            let kind = recorded.event.kind();
            let Recorded { at, valid_on, by, event, .. } = recorded;
            let (asset, reason) = match event {
                Event::AssetRegistered { asset } => (*asset, None),
                Event::AssetAmended { asset, reason } => (*asset, reason),
                Event::AssetRetired { asset, reason } => (*asset, Some(reason)),
                other => match other.into_record() {
                    Record::Asset { asset } => (*asset, None),
                    _ => return Err(StoreError::corrupt("journal", key, format!("`{stream}` is no asset"))),
                },
            };
            let version = Version(from_sql(version, "version", "journal", &key)?);
            let seq = Seq(from_sql(seq, "seq", "journal", &key)?);
            versions.push(AssetVersion { seq, version, at, valid_on, by, kind, reason, import: None, asset });
        }
        for (seq, event, payload) in imported {
            let key = format!("{territory}/{seq}");
            let recorded = read_event(&event, &key)?;
            let kind = recorded.event.kind();
            let Recorded { at, valid_on, by, event: Event::AssetsImported { change_set }, .. } = recorded else {
                return Err(StoreError::corrupt("journal", key, "it is no import"));
            };
            let change = read_change(&payload)
                .map_err(|error| StoreError::corrupt("change_set_row", &key, error.to_string()))?;
            versions.push(AssetVersion {
                seq: Seq(from_sql(seq, "seq", "journal", &key)?),
                version: change.version,
                at,
                valid_on,
                by,
                kind,
                reason: None,
                import: Some(change_set),
                asset: *change.asset,
            });
        }
        versions.sort_by_key(|version| version.seq);
        Ok(versions)
    }

    /// The last entry of a territory's journal that was written down before a day; none when there is none.
    ///
    /// Reads the journal from its end back to that entry.
    ///
    /// # Errors
    /// As [`Store::asset_versions`].
    pub async fn last_before(&self, territory: &Territory, day: Date) -> Result<Option<Seq>, StoreError> {
        let seq: Option<i64> = on_either!(&self.readers, pool => {
            sqlx::query_scalar(
                "select seq
                 from journal
                 where territory = $1
                   and recorded_at < $2
                 order by seq desc
                 limit 1",
            )
            .bind(territory.as_str())
            // A day's text comes before the text of every instant of that day.
            .bind(day.to_string())
            .fetch_optional(pool)
            .await?
        });
        seq.map(|seq| from_sql(seq, "seq", "journal", territory.as_str()).map(Seq)).transpose()
    }
}

fn read_event(payload: &[u8], key: &str) -> Result<Recorded, StoreError> {
    serde_json::from_slice(payload)
        .map_err(|error| StoreError::corrupt("journal", key, format!("`payload` is no event: {error}")))
}
