//! Writing a change set: an import whose rows add, change and give up assets, and the one that undoes it.

mod before;

use std::collections::{BTreeSet, HashMap};

use hatang_core::{
    Asset, Event, Organisation, Record, Recorded, Seq, Territory, Version,
    asset::Lifecycle,
    change_set::{ImportMode, RowAction},
    event::{AssetChange, ChangeSet, FORMAT},
    visibility::AccountId,
};
use jiff::{Timestamp, civil::Date};
use sqlx::QueryBuilder;
use uuid::Uuid;

use crate::{
    Store, StoreError,
    chain::Root,
    constraint::{Constraint, broken},
    database::Transaction,
    import::{Row, count_rows, insert_rows, register_unknown},
    journal::Head,
    number::{from_sql, to_sql},
    staged::{ImportJob, StagedRow},
    write::{Appended, Expected, Prepared, kind_of_record},
};

/// A change set on its way into the journal. What it says of its rows is counted while they are written.
#[derive(Clone, Copy, Debug)]
pub struct Commit<'a> {
    /// When it is written down.
    pub at: Timestamp,
    /// Since when it stands so, where that differs.
    pub valid_on: Option<Date>,
    /// The account that commits it.
    pub by: Option<AccountId>,
    /// Whether what the file does not have is given up.
    pub mode: ImportMode,
    /// The class of every row.
    pub class: hatang_core::AssetClass,
    /// How many rows of the file were refused.
    pub rows_refused: u64,
    /// Organisations that the file names; the unknown ones are written with it.
    pub organisations: &'a [Organisation],
}

/// Undoing an import as one.
#[derive(Clone, Copy, Debug)]
pub struct Revert {
    /// The identity of the change set that undoes it.
    pub id: Uuid,
    /// When it is written down.
    pub at: Timestamp,
    /// The account that undoes it.
    pub by: Option<AccountId>,
    /// Where the import stands in its territory's journal.
    pub seq: Seq,
}

impl Store {
    /// Writes a job's staged rows as one event, and takes the job to its next state: all of it, or nothing.
    ///
    /// `job` is as it is to be afterwards, at the revision that the writer has seen; `details` makes the rest of it when
    /// the receipt is known. The file's bytes go, its rows stay.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when an asset changed since the rows were staged, or the job did;
    /// [`StoreError::IdentityTaken`] when another asset has taken a code meanwhile.
    pub async fn commit_import(
        &self,
        job: &ImportJob,
        commit: &Commit<'_>,
        details: impl FnOnce(&Appended) -> Vec<u8> + Send,
    ) -> Result<(ImportJob, Appended), StoreError> {
        let mut transaction = self.writers.begin_writing().await?;
        let committed = commit_all(&mut transaction, job, commit, details).await;
        transaction.finish(committed).await
    }

    /// Undoes an import: what it added is given up, what it changed or gave up is as it was before. Takes the job to its
    /// next state in the same transaction.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] with the first asset that changed since the import, or when the job did.
    pub async fn revert_import(
        &self,
        job: &ImportJob,
        revert: &Revert,
        details: impl FnOnce(&Appended) -> Vec<u8> + Send,
    ) -> Result<(ImportJob, Appended), StoreError> {
        let mut transaction = self.writers.begin_writing().await?;
        let reverted = revert_all(&mut transaction, job, revert, details).await;
        transaction.finish(reverted).await
    }
}

async fn commit_all(
    transaction: &mut Transaction,
    job: &ImportJob,
    commit: &Commit<'_>,
    details: impl FnOnce(&Appended) -> Vec<u8> + Send,
) -> Result<(ImportJob, Appended), StoreError> {
    let authority = Territory::authority();
    for territory in BTreeSet::from([&authority, &job.territory]) {
        transaction.lock(territory).await?;
    }
    register_unknown(transaction, &authority, commit.organisations, |event| Recorded {
        v: FORMAT,
        at: commit.at,
        valid_on: commit.valid_on,
        by: commit.by,
        event,
    })
    .await?;
    let mut writer = Writer::new(transaction, &job.territory).await?;
    let mut after = 0;
    loop {
        let staged = transaction.rows_to_write(job.id, commit.mode, after).await?;
        let Some(last) = staged.last() else { break };
        after = last.row;
        writer.changed += staged.iter().filter(|row| row.action == RowAction::Changed).count() as u64;
        writer.retired += staged.iter().filter(|row| row.action == RowAction::Missing).count() as u64;
        let changes: Vec<AssetChange> = staged.into_iter().map(change).collect();
        writer.write(transaction, &changes).await?;
    }
    let event = |writer: &Writer<'_>, root| Event::AssetsImported {
        change_set: ChangeSet {
            id: job.id,
            file: job.file.clone(),
            file_sha256: job.file_sha256.to_string(),
            class: commit.class,
            assets: writer.rows,
            changed: writer.changed,
            retired: writer.retired,
            reverts: None,
            rows_refused: commit.rows_refused,
            root,
        },
    };
    let stamp = Stamp { at: commit.at, valid_on: commit.valid_on, by: commit.by };
    let appended = writer.finish(transaction, stamp, event).await?;
    count_rows(transaction).await?;
    let job = ImportJob { details: details(&appended), ..job.clone() };
    let job = transaction.update_import(&job).await?;
    transaction.forget_file(job.id).await?;
    Ok((job, appended))
}

fn change(row: StagedRow) -> AssetChange {
    AssetChange { version: row.version, asset: Box::new(row.asset) }
}

async fn revert_all(
    transaction: &mut Transaction,
    job: &ImportJob,
    revert: &Revert,
    details: impl FnOnce(&Appended) -> Vec<u8> + Send,
) -> Result<(ImportJob, Appended), StoreError> {
    transaction.lock(&job.territory).await?;
    let undone = transaction.import_at(&job.territory, revert.seq).await?;
    let mut writer = Writer::new(transaction, &job.territory).await?;
    let mut after = 0;
    loop {
        let rows = transaction.changes_of(&job.territory, revert.seq, after).await?;
        let Some((last, _)) = rows.last() else { break };
        after = *last;
        let rows: Vec<AssetChange> = rows.into_iter().map(|(_, change)| change).collect();
        let changes = before::of(transaction, &job.territory, revert.seq, rows).await?;
        let retired = changes.iter().filter(|change| change.asset.status == Lifecycle::Decommissioned).count() as u64;
        writer.retired += retired;
        writer.changed += changes.len() as u64 - retired;
        writer.write(transaction, &changes).await?;
    }
    let event = |writer: &Writer<'_>, root| Event::AssetsImported {
        change_set: ChangeSet {
            id: revert.id,
            assets: writer.rows,
            changed: writer.changed,
            retired: writer.retired,
            reverts: Some(undone.id),
            root,
            ..undone.clone()
        },
    };
    let stamp = Stamp { at: revert.at, valid_on: None, by: revert.by };
    let appended = writer.finish(transaction, stamp, event).await?;
    let job = ImportJob { details: details(&appended), ..job.clone() };
    Ok((transaction.update_import(&job).await?, appended))
}

/// Who writes when.
struct Stamp {
    at: Timestamp,
    valid_on: Option<Date>,
    by: Option<AccountId>,
}

/// Writes the rows of one change set, and then its event, which holds the root of what was written.
struct Writer<'a> {
    territory: &'a Territory,
    head: Head,
    seq: i64,
    root: Root,
    rows: u64,
    changed: u64,
    retired: u64,
    /// At how many rows PostgreSQL is made to count again.
    count_at: u64,
}

/// From one count to the next the tables grow by this much.
const GROWS_BEFORE_COUNTING: u64 = 4;

impl<'a> Writer<'a> {
    async fn new(transaction: &mut Transaction, territory: &'a Territory) -> Result<Self, StoreError> {
        let head = transaction.head(territory).await?;
        let seq = to_sql(head.seq.0 + 1)?;
        Ok(Self { territory, head, seq, root: Root::default(), rows: 0, changed: 0, retired: 0, count_at: 1 })
    }

    async fn write(&mut self, transaction: &mut Transaction, changes: &[AssetChange]) -> Result<(), StoreError> {
        transaction.check_versions(self.territory, changes).await?;
        let rows = changes.iter().map(Row::of_change).collect::<Result<Vec<_>, _>>()?;
        for row in &rows {
            self.root.add(&row.payload);
        }
        let first_row = to_sql(self.rows + 1)?;
        insert_rows(transaction, self.territory, self.seq, first_row, &rows).await?;
        put_states(transaction, self.territory, self.seq, &rows).await?;
        self.rows += rows.len() as u64;
        // A table that was empty when it was last counted is read whole for every question about some of its rows: without
        // this a first import takes time that grows with the square of its rows.
        if self.count_at <= self.rows {
            count_rows(transaction).await?;
            self.count_at = self.rows * GROWS_BEFORE_COUNTING;
        }
        Ok(())
    }

    async fn finish(
        mut self,
        transaction: &mut Transaction,
        Stamp { at, valid_on, by }: Stamp,
        event: impl FnOnce(&Self, String) -> Event,
    ) -> Result<Appended, StoreError> {
        let root = std::mem::take(&mut self.root).finish();
        let event = event(&self, root);
        let prepared = Prepared::new(&Recorded { v: FORMAT, at, valid_on, by, event })?;
        let appended = transaction.insert_entry(self.territory, &mut self.head, &prepared, Version(1)).await?;
        transaction.put_state(&prepared, &appended).await?;
        Ok(appended)
    }
}

/// Makes each asset's new state the current one.
async fn put_states(
    transaction: &mut Transaction,
    territory: &Territory,
    seq: i64,
    rows: &[Row],
) -> Result<(), StoreError> {
    let put = on_either!(transaction, transaction => {
        QueryBuilder::new("insert into current_state (territory, stream, version, seq, kind, identity, state) ")
            .push_values(rows, |mut values, row| {
                values
                    .push_bind(territory.as_str())
                    .push_bind(&row.stream)
                    .push_bind(i64::from(row.version.0))
                    .push_bind(seq)
                    .push_bind(kind_of_record(&row.stream))
                    .push_bind(&row.state.identity)
                    .push_bind(&row.state.bytes);
            })
            .push(
                " on conflict (territory, stream) do update
                  set version = excluded.version,
                      seq = excluded.seq,
                      identity = excluded.identity,
                      state = excluded.state",
            )
            .build()
            .execute(&mut **transaction)
            .await
            .map(drop)
    });
    put.map_err(|error| match broken(&error) {
        Some(Constraint::Identity) => {
            // One of these; which one, the check that follows in the desk says.
            let identity = rows.iter().find_map(|row| row.state.identity.clone()).unwrap_or_default();
            StoreError::IdentityTaken { identity }
        }
        _ => StoreError::Database(error),
    })
}

impl Transaction {
    /// Passes when every asset is at the version before the one that it comes to.
    async fn check_versions(&mut self, territory: &Territory, changes: &[AssetChange]) -> Result<(), StoreError> {
        if changes.is_empty() {
            return Ok(());
        }
        let streams: Vec<String> = changes.iter().map(|change| Row::stream_of(&change.asset)).collect();
        let found: Vec<(String, i64)> = on_either!(self, transaction => {
            let mut query = QueryBuilder::new("select stream, version from current_state where territory = ");
            query.push_bind(territory.as_str()).push(" and stream in (");
            let mut list = query.separated(", ");
            for stream in &streams {
                list.push_bind(stream);
            }
            query.push(")").build_query_as().fetch_all(&mut **transaction).await?
        });
        let found: HashMap<String, i64> = found.into_iter().collect();
        for (stream, change) in streams.into_iter().zip(changes) {
            let version = found.get(&stream).copied().unwrap_or(0);
            if version + 1 != i64::from(change.version.0) {
                let expected = match change.version.0 {
                    0 | 1 => Expected::New,
                    version => Expected::Version(Version(version - 1)),
                };
                let key = format!("{territory}/{stream}");
                let found = (0 < version).then(|| from_sql(version, "version", "current_state", &key)).transpose()?;
                return Err(StoreError::Conflict { stream, expected, found: found.map(Version) });
            }
        }
        Ok(())
    }
}

impl Row {
    fn of_change(change: &AssetChange) -> Result<Self, StoreError> {
        let mut row = Self::new(&change.asset)?;
        if change.version != Version(1) {
            row.payload = serde_json::to_vec(change).map_err(StoreError::Encode)?;
            row.version = change.version;
        }
        Ok(row)
    }

    fn stream_of(asset: &Asset) -> String {
        crate::staged::stream(asset.id)
    }
}

/// What a row of a change set says; a row that only adds an asset is the bare asset.
pub(crate) fn read_change(payload: &[u8]) -> serde_json::Result<AssetChange> {
    if payload.starts_with(br#"{"version":"#) {
        return serde_json::from_slice(payload);
    }
    let asset: Asset = serde_json::from_slice(payload)?;
    Ok(AssetChange { version: Version(1), asset: Box::new(asset) })
}

/// The record that a change leaves behind.
pub(crate) fn record(change: AssetChange) -> Record {
    Record::Asset { asset: change.asset }
}
