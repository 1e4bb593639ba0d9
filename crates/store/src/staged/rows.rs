//! What an import would do to each asset, before it does.

use hatang_core::{
    Asset, AssetId, Version,
    change_set::{ImportMode, ImportState, RowAction},
};
use sqlx::QueryBuilder;
use uuid::Uuid;

use super::ImportJob;
use crate::{Store, StoreError, database::Transaction, number::from_sql};

/// Rows per statement, few enough for either database's limit of values.
const ROWS_AT_ONCE: usize = 500;

/// What an import would do to one asset.
#[derive(Clone, Debug, PartialEq)]
pub struct StagedRow {
    /// Its place among the import's assets, from 1.
    pub row: u32,
    /// What it would do.
    pub action: RowAction,
    /// The version that the asset would come to; for an unchanged one, that it has.
    pub version: Version,
    /// The file's rows that say so; none for what the file does not have.
    pub file_rows: Vec<u32>,
    /// The asset as it would be.
    pub asset: Asset,
}

row! {
    /// A row in SQL.
    StagedSql { row: i64, action: String, version: i64, file_rows: String, asset: Vec<u8>, }
}

impl StagedSql {
    fn into_row(self, import: Uuid) -> Result<StagedRow, StoreError> {
        let key = format!("{import}/{}", self.row);
        let corrupt = |why: String| StoreError::corrupt("import_row", &key, why);
        Ok(StagedRow {
            row: from_sql(self.row, "row", "import_row", &key)?,
            action: self.action.parse().map_err(|error| corrupt(format!("`action`: {error}")))?,
            version: Version(from_sql(self.version, "version", "import_row", &key)?),
            file_rows: self
                .file_rows
                .split(',')
                .filter(|row| !row.is_empty())
                .map(|row| row.parse().map_err(|error| corrupt(format!("`file_rows`: {error}"))))
                .collect::<Result<_, _>>()?,
            asset: serde_json::from_slice(&self.asset).map_err(|error| corrupt(format!("`asset`: {error}")))?,
        })
    }
}

impl Store {
    /// Forgets what an import would have done, before its file is read again, and takes the job to the state in which
    /// nothing is staged. Rows then come part by part, and the job is taken to its next state when all are there: what is
    /// left half staged is never committed.
    ///
    /// # Errors
    /// As [`Store::update_import`].
    pub async fn begin_staging(&self, job: &ImportJob) -> Result<ImportJob, StoreError> {
        let mut transaction = self.writers.begin_writing().await?;
        let begun = begin(&mut transaction, job).await;
        transaction.finish(begun).await
    }

    /// Adds to what an import would do.
    ///
    /// # Errors
    /// [`StoreError::Database`] if a statement fails.
    pub async fn stage_rows(&self, import: Uuid, rows: &[StagedRow]) -> Result<(), StoreError> {
        let mut transaction = self.writers.begin_writing().await?;
        let staged = stage(&mut transaction, import, rows).await;
        transaction.finish(staged).await
    }

    /// What an import would do, in the file's order, after a row, at most `limit` rows; of one kind, or all.
    ///
    /// # Errors
    /// As [`Store::import_job`].
    pub async fn staged_rows(
        &self,
        import: Uuid,
        action: Option<RowAction>,
        after_row: u32,
        limit: u32,
    ) -> Result<Vec<StagedRow>, StoreError> {
        let rows: Vec<StagedSql> = on_either!(&self.readers, pool => {
            sqlx::query_as(
                "select row, action, version, file_rows, asset
                 from import_row
                 where import = $1
                   and ($2 = '' or action = $2)
                   and row > $3
                 order by row
                 limit $4",
            )
            .bind(import)
            .bind(action.map_or("", RowAction::code))
            .bind(i64::from(after_row))
            .bind(i64::from(limit))
            .fetch_all(pool)
            .await?
        });
        rows.into_iter().map(|row| row.into_row(import)).collect()
    }
}

async fn begin(transaction: &mut Transaction, job: &ImportJob) -> Result<ImportJob, StoreError> {
    let job = transaction.update_import(&ImportJob { state: ImportState::Uploaded, ..job.clone() }).await?;
    transaction.forget_rows(job.id).await?;
    Ok(job)
}

async fn stage(transaction: &mut Transaction, import: Uuid, rows: &[StagedRow]) -> Result<(), StoreError> {
    for rows in rows.chunks(ROWS_AT_ONCE) {
        let mut encoded = Vec::with_capacity(rows.len());
        for row in rows {
            let file_rows: Vec<String> = row.file_rows.iter().map(u32::to_string).collect();
            let asset = serde_json::to_vec(&row.asset).map_err(StoreError::Encode)?;
            encoded.push((row, stream(row.asset.id), file_rows.join(","), asset));
        }
        on_either!(transaction, transaction => {
            QueryBuilder::new("insert into import_row (import, row, action, stream, version, file_rows, asset) ")
                .push_values(&encoded, |mut values, (row, stream, file_rows, asset)| {
                    values
                        .push_bind(import)
                        .push_bind(i64::from(row.row))
                        .push_bind(row.action.code())
                        .push_bind(stream)
                        .push_bind(i64::from(row.version.0))
                        .push_bind(file_rows)
                        .push_bind(asset);
                })
                .build()
                .execute(&mut **transaction)
                .await?;
        });
    }
    Ok(())
}

pub(crate) fn stream(id: AssetId) -> String {
    hatang_core::Stream::Asset(id).to_string()
}

impl Transaction {
    /// The next rows that an import writes.
    pub(crate) async fn rows_to_write(
        &mut self,
        import: Uuid,
        mode: ImportMode,
        after_row: u32,
    ) -> Result<Vec<StagedRow>, StoreError> {
        let missing = match mode {
            ImportMode::FullSet => RowAction::Missing.code(),
            ImportMode::Delta | ImportMode::Additions => "",
        };
        let rows: Vec<StagedSql> = on_either!(self, transaction => {
            sqlx::query_as(
                "select row, action, version, file_rows, asset
                 from import_row
                 where import = $1
                   and action in ('added', 'changed', $2)
                   and row > $3
                 order by row
                 limit $4",
            )
            .bind(import)
            .bind(missing)
            .bind(i64::from(after_row))
            .bind(i64::try_from(ROWS_AT_ONCE).unwrap_or(i64::MAX))
            .fetch_all(&mut **transaction)
            .await?
        });
        rows.into_iter().map(|row| row.into_row(import)).collect()
    }

    pub(crate) async fn forget_rows(&mut self, import: Uuid) -> Result<(), StoreError> {
        on_either!(self, transaction => {
            sqlx::query("delete from import_row where import = $1").bind(import).execute(&mut **transaction).await?;
        });
        Ok(())
    }
}
