//! One-time codes to choose a password with.

use hatang_core::AccountId;
use jiff::Timestamp;
use uuid::Uuid;

use crate::{Hash, Store, StoreError};

row! {
    InvitationRow {
        account: Option<Uuid>,
    }
}

impl Store {
    /// Keeps a code until `expires_at`, for an account or, without one, for the first operator. It replaces the one
    /// before.
    ///
    /// # Errors
    /// [`StoreError::Database`] if the write fails.
    pub async fn put_invitation(
        &self,
        code: Hash,
        account: Option<AccountId>,
        expires_at: Timestamp,
    ) -> Result<(), StoreError> {
        let account = account.map(|account| account.0);
        let mut transaction = self.writers.begin_writing().await?;
        let done = on_either!(&mut transaction, open => {
            let dropped = sqlx::query("delete from invitation where account = $1 or (account is null and $1 is null)")
                .bind(account)
                .execute(&mut **open)
                .await;
            match dropped {
                Err(error) => Err(error),
                Ok(_) => sqlx::query("insert into invitation (code_hash, account, expires_at) values ($1, $2, $3)")
                    .bind(code.0.as_slice())
                    .bind(account)
                    .bind(expires_at.as_second())
                    .execute(&mut **open)
                    .await
                    .map(drop),
            }
        });
        transaction.finish(done.map_err(StoreError::Database)).await
    }

    /// Whose code it is, without taking it: none, or that of an account, or the first operator's.
    ///
    /// # Errors
    /// As [`Store::account_by_name`].
    pub async fn invitation(&self, code: Hash, now: Timestamp) -> Result<Option<Option<AccountId>>, StoreError> {
        let row: Option<InvitationRow> = on_either!(&self.readers, pool => {
            sqlx::query_as("select account from invitation where code_hash = $1 and $2 < expires_at")
                .bind(code.0.as_slice())
                .bind(now.as_second())
                .fetch_optional(pool)
                .await?
        });
        Ok(row.map(|row| row.account.map(AccountId)))
    }

    /// Takes a code: `true` once.
    ///
    /// # Errors
    /// [`StoreError::Database`] if the write fails.
    pub async fn take_invitation(&self, code: Hash, now: Timestamp) -> Result<bool, StoreError> {
        Ok(0 < on_either!(&self.writers, pool => {
            sqlx::query("delete from invitation where code_hash = $1 and $2 < expires_at")
                .bind(code.0.as_slice())
                .bind(now.as_second())
                .execute(pool)
                .await?
                .rows_affected()
        }))
    }
}
