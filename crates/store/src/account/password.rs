//! Passwords, as hashes only.

use std::fmt;

use hatang_core::AccountId;
use jiff::Timestamp;
use uuid::Uuid;

use super::moment;
use crate::{Hash, Store, StoreError};

/// A password's hash as a PHC string; never shown in logs.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(pub String);

impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordHash(…)")
    }
}

row! {
    PasswordRow {
        hash: String,
        changed_at: i64,
    }
}

impl Store {
    /// The password of an account and when it was chosen; `None` when it has none.
    ///
    /// # Errors
    /// As [`Store::account_by_name`].
    pub async fn password(&self, account: AccountId) -> Result<Option<(PasswordHash, Timestamp)>, StoreError> {
        let row: Option<PasswordRow> = on_either!(&self.readers, pool => {
            sqlx::query_as("select hash, changed_at from password where account = $1")
                .bind(account.0)
                .fetch_optional(pool)
                .await?
        });
        row.map(|row| Ok((PasswordHash(row.hash), moment(row.changed_at, "password", &account.0.to_string())?)))
            .transpose()
    }

    /// Gives an account a password and ends its sessions, except the one whose token is kept.
    ///
    /// # Errors
    /// [`StoreError::Database`] if the write fails.
    pub async fn set_password(
        &self,
        account: AccountId,
        password: &PasswordHash,
        at: Timestamp,
        kept: Option<Hash>,
    ) -> Result<(), StoreError> {
        let mut transaction = self.writers.begin_writing().await?;
        let kept = kept.map_or_else(Vec::new, |kept| kept.0.to_vec());
        let done = on_either!(&mut transaction, open => {
            let ended = sqlx::query("delete from session where account = $1 and token_hash <> $2")
                .bind(account.0)
                .bind(kept)
                .execute(&mut **open)
                .await;
            match ended {
                Err(error) => Err(error),
                Ok(_) => sqlx::query(
                    "insert into password (account, hash, changed_at)
                     values ($1, $2, $3)
                     on conflict (account) do update set hash = $2, changed_at = $3",
                )
                .bind(account.0)
                .bind(&password.0)
                .bind(at.as_second())
                .execute(&mut **open)
                .await
                .map(drop),
            }
        });
        transaction.finish(done.map_err(StoreError::Database)).await
    }

    /// The accounts that have a password.
    ///
    /// # Errors
    /// As [`Store::account_by_name`].
    pub async fn accounts_with_password(&self) -> Result<Vec<AccountId>, StoreError> {
        let rows: Vec<(Uuid,)> = on_either!(&self.readers, pool => {
            sqlx::query_as("select account from password").fetch_all(pool).await?
        });
        Ok(rows.into_iter().map(|(account,)| AccountId(account)).collect())
    }

    /// Takes an account's password and sessions away: until a new one is chosen, nobody signs in with one.
    ///
    /// # Errors
    /// [`StoreError::Database`] if the write fails.
    pub async fn drop_password(&self, account: AccountId) -> Result<(), StoreError> {
        on_either!(&self.writers, pool => {
            sqlx::query("delete from password where account = $1").bind(account.0).execute(pool).await?;
            sqlx::query("delete from session where account = $1").bind(account.0).execute(pool).await?;
        });
        Ok(())
    }
}
