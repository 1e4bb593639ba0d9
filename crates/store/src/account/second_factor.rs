//! The secret behind six-digit codes, and the codes that stand in for it.

use std::fmt;

use hatang_core::AccountId;

use uuid::Uuid;

use crate::{Hash, Store, StoreError, number::from_sql};

/// The second factor of an account.
#[derive(Clone, PartialEq, Eq)]
pub struct SecondFactor {
    /// The key; never shown in logs.
    pub secret: Vec<u8>,
    /// Whether a code of it has been given, so that it counts.
    pub confirmed: bool,
}

impl fmt::Debug for SecondFactor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SecondFactor").field("confirmed", &self.confirmed).finish_non_exhaustive()
    }
}

row! {
    SecondFactorRow {
        secret: Vec<u8>,
        confirmed: bool,
    }
}

impl Store {
    /// The second factor of an account, confirmed or not.
    ///
    /// # Errors
    /// As [`Store::account_by_name`].
    pub async fn second_factor(&self, account: AccountId) -> Result<Option<SecondFactor>, StoreError> {
        let row: Option<SecondFactorRow> = on_either!(&self.readers, pool => {
            sqlx::query_as("select secret, confirmed from second_factor where account = $1")
                .bind(account.0)
                .fetch_optional(pool)
                .await?
        });
        Ok(row.map(|row| SecondFactor { secret: row.secret, confirmed: row.confirmed }))
    }

    /// Keeps a new secret until it is confirmed; says `false` and changes nothing when a confirmed one is there.
    ///
    /// # Errors
    /// [`StoreError::Database`] if the write fails.
    pub async fn begin_second_factor(&self, account: AccountId, secret: &[u8]) -> Result<bool, StoreError> {
        Ok(0 < on_either!(&self.writers, pool => {
            sqlx::query(
                "insert into second_factor (account, secret, confirmed, used_step)
                 values ($1, $2, $3, 0)
                 on conflict (account) do update set secret = $2, used_step = 0
                 where not second_factor.confirmed",
            )
            .bind(account.0)
            .bind(secret)
            .bind(false)
            .execute(pool)
            .await?
            .rows_affected()
        }))
    }

    /// Takes a code of a step: `true` once, and never for that step or an earlier one again. Confirms the secret.
    ///
    /// # Errors
    /// [`StoreError::Database`] if the write fails.
    pub async fn take_code_of_step(&self, account: AccountId, step: u64) -> Result<bool, StoreError> {
        let step = crate::number::to_sql(step)?;
        Ok(0 < on_either!(&self.writers, pool => {
            sqlx::query(
                "update second_factor
                 set used_step = $2, confirmed = $3
                 where account = $1
                   and used_step < $2",
            )
            .bind(account.0)
            .bind(step)
            .bind(true)
            .execute(pool)
            .await?
            .rows_affected()
        }))
    }

    /// The accounts that have a second factor.
    ///
    /// # Errors
    /// As [`Store::account_by_name`].
    pub async fn accounts_with_second_factor(&self) -> Result<Vec<AccountId>, StoreError> {
        let rows: Vec<(Uuid,)> = on_either!(&self.readers, pool => {
            sqlx::query_as("select account from second_factor where confirmed").fetch_all(pool).await?
        });
        Ok(rows.into_iter().map(|(account,)| AccountId(account)).collect())
    }

    /// Takes the second factor and its recovery codes away.
    ///
    /// # Errors
    /// [`StoreError::Database`] if the write fails.
    pub async fn drop_second_factor(&self, account: AccountId) -> Result<(), StoreError> {
        on_either!(&self.writers, pool => {
            sqlx::query("delete from second_factor where account = $1").bind(account.0).execute(pool).await?;
            sqlx::query("delete from recovery_code where account = $1").bind(account.0).execute(pool).await?;
        });
        Ok(())
    }

    /// Replaces an account's recovery codes.
    ///
    /// # Errors
    /// [`StoreError::Database`] if the write fails; then the old ones stay.
    pub async fn put_recovery_codes(&self, account: AccountId, codes: &[Hash]) -> Result<(), StoreError> {
        let mut transaction = self.writers.begin_writing().await?;
        let mut done = on_either!(&mut transaction, open => {
            sqlx::query("delete from recovery_code where account = $1").bind(account.0).execute(&mut **open).await.map(drop)
        });
        for code in codes {
            if done.is_err() {
                break;
            }
            done = on_either!(&mut transaction, open => {
                sqlx::query("insert into recovery_code (account, code_hash) values ($1, $2)")
                    .bind(account.0)
                    .bind(code.0.as_slice())
                    .execute(&mut **open)
                    .await
                    .map(drop)
            });
        }
        transaction.finish(done.map_err(StoreError::Database)).await
    }

    /// Takes a recovery code: `true` once.
    ///
    /// # Errors
    /// [`StoreError::Database`] if the write fails.
    pub async fn take_recovery_code(&self, account: AccountId, code: Hash) -> Result<bool, StoreError> {
        Ok(0 < on_either!(&self.writers, pool => {
            sqlx::query("delete from recovery_code where account = $1 and code_hash = $2")
                .bind(account.0)
                .bind(code.0.as_slice())
                .execute(pool)
                .await?
                .rows_affected()
        }))
    }

    /// How many recovery codes an account has left.
    ///
    /// # Errors
    /// As [`Store::account_by_name`].
    pub async fn recovery_codes_left(&self, account: AccountId) -> Result<u32, StoreError> {
        let (left,): (i64,) = on_either!(&self.readers, pool => {
            sqlx::query_as("select count(*) from recovery_code where account = $1").bind(account.0).fetch_one(pool).await?
        });
        from_sql(left, "count", "recovery_code", &account.0.to_string())
    }
}
