//! Files on their way in: kept here from their upload until they are committed or given up.

mod rows;

use std::io;

use hatang_core::{OrganisationCode, Territory, change_set::ImportState, visibility::AccountId};
use jiff::Timestamp;
use uuid::Uuid;

pub use self::rows::StagedRow;
pub(crate) use self::rows::stream;
use crate::{
    Hash, Store, StoreError,
    constraint::{Constraint, broken},
    database::Transaction,
    journal,
    number::{from_sql, to_sql},
};

/// A file on its way in, apart from its bytes and rows.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportJob {
    /// Its identity, which the import keeps in the journal.
    pub id: Uuid,
    /// Where its assets go.
    pub territory: Territory,
    /// Whose assets it holds; none where a column names the owner.
    pub owner: Option<OrganisationCode>,
    /// Who uploaded it; none for the installation's own commands.
    pub account: Option<AccountId>,
    /// A text of the client's by which it recognises an upload that it repeats.
    pub idempotency_key: Option<String>,
    /// When it was uploaded.
    pub created_at: Timestamp,
    /// How far it has come.
    pub state: ImportState,
    /// Counts up with every change.
    pub revision: u32,
    /// The file's name without its folders.
    pub file: String,
    /// SHA-256 of the file's bytes.
    pub file_sha256: Hash,
    /// The file's size in bytes.
    pub size: u64,
    /// Whatever else its owner keeps of it, JSON in UTF-8.
    pub details: Vec<u8>,
}

row! {
    /// A job in SQL.
    JobRow {
        id: Uuid,
        territory: String,
        owner: Option<String>,
        account: Option<Uuid>,
        idempotency_key: Option<String>,
        created_at: String,
        state: String,
        revision: i64,
        file: String,
        file_sha256: Vec<u8>,
        size: i64,
        details: Vec<u8>,
    }
}

impl TryFrom<JobRow> for ImportJob {
    type Error = StoreError;

    fn try_from(row: JobRow) -> Result<Self, StoreError> {
        let key = row.id.to_string();
        let corrupt = |why: String| StoreError::corrupt("import_job", &key, why);
        Ok(Self {
            id: row.id,
            territory: journal::territory(row.territory, "import_job")?,
            owner: row
                .owner
                .map(OrganisationCode::try_from)
                .transpose()
                .map_err(|error| corrupt(format!("`owner`: {error}")))?,
            account: row.account.map(AccountId),
            idempotency_key: row.idempotency_key,
            created_at: row.created_at.parse().map_err(|error| corrupt(format!("`created_at`: {error}")))?,
            state: row.state.parse().map_err(|error| corrupt(format!("`state`: {error}")))?,
            revision: from_sql(row.revision, "revision", "import_job", &key)?,
            file: row.file,
            file_sha256: Hash(
                row.file_sha256
                    .try_into()
                    .map_err(|bytes: Vec<u8>| corrupt(format!("`file_sha256` has {} bytes", bytes.len())))?,
            ),
            size: from_sql(row.size, "size", "import_job", &key)?,
            details: row.details,
        })
    }
}

/// Every column, for queries that differ in what they ask for.
macro_rules! select_jobs {
    ($rest:literal) => {
        concat!(
            "select id, territory, owner, account, idempotency_key, created_at, state, revision, file, file_sha256, size,
                    details
             from import_job ",
            $rest
        )
    };
}

impl Store {
    /// Keeps a file that has just arrived, part by part: its job and its bytes, or nothing.
    ///
    /// # Errors
    /// [`StoreError::NameTaken`] when the account has used the idempotency key before, [`StoreError::Upload`] when the
    /// parts cannot be read.
    pub async fn create_import(
        &self,
        job: &ImportJob,
        parts: impl Iterator<Item = io::Result<Vec<u8>>> + Send,
    ) -> Result<(), StoreError> {
        let mut transaction = self.writers.begin_writing().await?;
        let created = create(&mut transaction, job, parts).await;
        transaction.finish(created).await
    }

    /// A job by its identity.
    ///
    /// # Errors
    /// [`StoreError::Database`] if the query fails, [`StoreError::Corrupt`] if the row breaks a rule; so for every read.
    pub async fn import_job(&self, id: Uuid) -> Result<Option<ImportJob>, StoreError> {
        let row: Option<JobRow> = on_either!(&self.readers, pool => {
            sqlx::query_as(select_jobs!("where id = $1")).bind(id).fetch_optional(pool).await?
        });
        row.map(ImportJob::try_from).transpose()
    }

    /// The job that an account began with an idempotency key.
    ///
    /// # Errors
    /// As [`Store::import_job`].
    pub async fn import_job_by_key(&self, account: AccountId, key: &str) -> Result<Option<ImportJob>, StoreError> {
        let row: Option<JobRow> = on_either!(&self.readers, pool => {
            sqlx::query_as(select_jobs!("where account = $1 and idempotency_key = $2"))
                .bind(account.0)
                .bind(key)
                .fetch_optional(pool)
                .await?
        });
        row.map(ImportJob::try_from).transpose()
    }

    /// Jobs, the latest first, at most `limit`: those of one owner, or all of them.
    ///
    /// # Errors
    /// As [`Store::import_job`].
    pub async fn import_jobs(
        &self,
        owner: Option<&OrganisationCode>,
        limit: u32,
    ) -> Result<Vec<ImportJob>, StoreError> {
        let rows: Vec<JobRow> = on_either!(&self.readers, pool => {
            match owner {
                Some(owner) => {
                    sqlx::query_as(select_jobs!("where owner = $1 order by created_at desc, id limit $2"))
                        .bind(owner.as_str())
                        .bind(i64::from(limit))
                        .fetch_all(pool)
                        .await?
                }
                None => {
                    sqlx::query_as(select_jobs!("order by created_at desc, id limit $1"))
                        .bind(i64::from(limit))
                        .fetch_all(pool)
                        .await?
                }
            }
        });
        rows.into_iter().map(ImportJob::try_from).collect()
    }

    /// The file's bytes; empty once it was committed or given up.
    ///
    /// # Errors
    /// As [`Store::import_job`].
    pub async fn import_bytes(&self, id: Uuid) -> Result<Vec<u8>, StoreError> {
        let parts: Vec<Vec<u8>> = on_either!(&self.readers, pool => {
            sqlx::query_scalar("select bytes from import_part where import = $1 order by part")
                .bind(id)
                .fetch_all(pool)
                .await?
        });
        Ok(parts.concat())
    }

    /// Takes a job to another state. `job.revision` is the one that the writer has seen; it counts up.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when somebody else changed the job meanwhile.
    pub async fn update_import(&self, job: &ImportJob) -> Result<ImportJob, StoreError> {
        let mut transaction = self.writers.begin_writing().await?;
        let updated = transaction.update_import(job).await;
        transaction.finish(updated).await
    }

    /// Gives a job up: its bytes and rows go, the job itself stays to be seen.
    ///
    /// # Errors
    /// As [`Store::update_import`].
    pub async fn discard_import(&self, job: &ImportJob) -> Result<ImportJob, StoreError> {
        let mut transaction = self.writers.begin_writing().await?;
        let discarded = discard(&mut transaction, job).await;
        transaction.finish(discarded).await
    }
}

async fn create(
    transaction: &mut Transaction,
    job: &ImportJob,
    parts: impl Iterator<Item = io::Result<Vec<u8>>> + Send,
) -> Result<(), StoreError> {
    let (revision, size) = (i64::from(job.revision), to_sql(job.size)?);
    let created = on_either!(transaction, transaction => {
        sqlx::query(
            "insert into import_job (id, territory, owner, account, idempotency_key, created_at, state, revision, file,
                                     file_sha256, size, details)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        )
        .bind(job.id)
        .bind(job.territory.as_str())
        .bind(job.owner.as_ref().map(OrganisationCode::as_str))
        .bind(job.account.map(|account| account.0))
        .bind(&job.idempotency_key)
        .bind(job.created_at.to_string())
        .bind(job.state.code())
        .bind(revision)
        .bind(&job.file)
        .bind(job.file_sha256.0.as_slice())
        .bind(size)
        .bind(&job.details)
        .execute(&mut **transaction)
        .await
        .map(drop)
    });
    created.map_err(|error| match (broken(&error), &job.idempotency_key) {
        (Some(Constraint::ImportKey), Some(key)) => StoreError::NameTaken { name: key.clone() },
        _ => StoreError::Database(error),
    })?;
    for (number, bytes) in (1_i64..).zip(parts) {
        let bytes = bytes.map_err(StoreError::Upload)?;
        on_either!(transaction, transaction => {
            sqlx::query("insert into import_part (import, part, bytes) values ($1, $2, $3)")
                .bind(job.id)
                .bind(number)
                .bind(&bytes)
                .execute(&mut **transaction)
                .await?;
        });
    }
    Ok(())
}

async fn discard(transaction: &mut Transaction, job: &ImportJob) -> Result<ImportJob, StoreError> {
    let updated = transaction.update_import(job).await?;
    transaction.forget_file(job.id).await?;
    transaction.forget_rows(job.id).await?;
    Ok(updated)
}

impl Transaction {
    /// Takes a job from the revision that the writer has seen to the next.
    pub(crate) async fn update_import(&mut self, job: &ImportJob) -> Result<ImportJob, StoreError> {
        let next = job.revision.saturating_add(1);
        let updated = on_either!(self, transaction => {
            sqlx::query(
                "update import_job
                 set state = $1, revision = $2, details = $3
                 where id = $4
                   and revision = $5",
            )
            .bind(job.state.code())
            .bind(i64::from(next))
            .bind(&job.details)
            .bind(job.id)
            .bind(i64::from(job.revision))
            .execute(&mut **transaction)
            .await?
            .rows_affected()
        });
        if updated == 0 {
            let expected = crate::Expected::Version(hatang_core::Version(job.revision));
            return Err(StoreError::Conflict { stream: format!("import:{}", job.id), expected, found: None });
        }
        Ok(ImportJob { revision: next, ..job.clone() })
    }

    pub(crate) async fn forget_file(&mut self, id: Uuid) -> Result<(), StoreError> {
        on_either!(self, transaction => {
            sqlx::query("delete from import_part where import = $1").bind(id).execute(&mut **transaction).await?;
        });
        Ok(())
    }
}
