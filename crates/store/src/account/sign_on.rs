//! Identities of sign-on services, and sign-ons under way.

use hatang_core::AccountId;
use jiff::Timestamp;

use super::{Account, AccountRow, select_account};
use crate::{Hash, Store, StoreError};

/// A sign-on under way.
#[derive(Clone, PartialEq, Eq)]
pub struct SignOnAttempt {
    /// SHA-256 of the cookie of the browser that began it.
    pub browser: Hash,
    /// What the identity token must repeat.
    pub nonce: String,
    /// What proves that this server began it.
    pub verifier: String,
    /// Path on this site to go on to.
    pub return_to: String,
}

impl std::fmt::Debug for SignOnAttempt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SignOnAttempt").field("return_to", &self.return_to).finish_non_exhaustive()
    }
}

row! {
    AttemptRow {
        browser_hash: Vec<u8>,
        nonce: String,
        verifier: String,
        return_to: String,
    }
}

impl Store {
    /// Keeps a sign-on under way until `expires_at`.
    ///
    /// # Errors
    /// [`StoreError::Database`] if the write fails.
    pub async fn put_sign_on_attempt(
        &self,
        state: Hash,
        attempt: &SignOnAttempt,
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<(), StoreError> {
        on_either!(&self.writers, pool => {
            sqlx::query("delete from sign_on_attempt where expires_at <= $1").bind(now.as_second()).execute(pool).await?;
            sqlx::query(
                "insert into sign_on_attempt (state_hash, browser_hash, nonce, verifier, return_to, expires_at)
                 values ($1, $2, $3, $4, $5, $6)",
            )
            .bind(state.0.as_slice())
            .bind(attempt.browser.0.as_slice())
            .bind(&attempt.nonce)
            .bind(&attempt.verifier)
            .bind(&attempt.return_to)
            .bind(expires_at.as_second())
            .execute(pool)
            .await?;
        });
        Ok(())
    }

    /// Takes a sign-on under way: there once, and never again.
    ///
    /// # Errors
    /// As [`Store::account_by_name`].
    pub async fn take_sign_on_attempt(&self, state: Hash, now: Timestamp) -> Result<Option<SignOnAttempt>, StoreError> {
        let row: Option<AttemptRow> = on_either!(&self.writers, pool => {
            sqlx::query_as(
                "delete from sign_on_attempt
                 where state_hash = $1
                   and $2 < expires_at
                 returning browser_hash, nonce, verifier, return_to",
            )
            .bind(state.0.as_slice())
            .bind(now.as_second())
            .fetch_optional(pool)
            .await?
        });
        row.map(|row| {
            let browser = row.browser_hash.try_into();
            let browser =
                browser.map_err(|_| StoreError::corrupt("sign_on_attempt", state.to_string(), "`browser_hash`"))?;
            Ok(SignOnAttempt {
                browser: Hash(browser),
                nonce: row.nonce,
                verifier: row.verifier,
                return_to: row.return_to,
            })
        })
        .transpose()
    }

    /// The account that an identity of a sign-on service is linked to.
    ///
    /// # Errors
    /// As [`Store::account_by_name`].
    pub async fn account_by_identity(&self, issuer: &str, subject: &str) -> Result<Option<Account>, StoreError> {
        let row: Option<AccountRow> = on_either!(&self.readers, pool => {
            sqlx::query_as(select_account!(
                "join sign_on_identity on sign_on_identity.account = account.id where issuer = $1 and subject = $2"
            ))
            .bind(issuer)
            .bind(subject)
            .fetch_optional(pool)
            .await?
        });
        row.map(Account::try_from).transpose()
    }

    /// The account for which an administrator expects an address from the sign-on service.
    ///
    /// # Errors
    /// As [`Store::account_by_name`].
    pub async fn account_by_sign_on_email(&self, email: &str) -> Result<Option<Account>, StoreError> {
        let row: Option<AccountRow> = on_either!(&self.readers, pool => {
            sqlx::query_as(select_account!("where sign_on_email = $1")).bind(email).fetch_optional(pool).await?
        });
        row.map(Account::try_from).transpose()
    }

    /// Links an identity to an account: `false` when the identity, or the account's place at that service, is taken.
    ///
    /// # Errors
    /// [`StoreError::Database`] if the write fails.
    pub async fn link_identity(
        &self,
        issuer: &str,
        subject: &str,
        account: AccountId,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        Ok(0 < on_either!(&self.writers, pool => {
            sqlx::query(
                "insert into sign_on_identity (issuer, subject, account, linked_at)
                 values ($1, $2, $3, $4)
                 on conflict do nothing",
            )
            .bind(issuer)
            .bind(subject)
            .bind(account.0)
            .bind(at.as_second())
            .execute(pool)
            .await?
            .rows_affected()
        }))
    }

    /// Unlinks an account from all sign-on services.
    ///
    /// # Errors
    /// [`StoreError::Database`] if the write fails.
    pub async fn unlink_identities(&self, account: AccountId) -> Result<(), StoreError> {
        on_either!(&self.writers, pool => {
            sqlx::query("delete from sign_on_identity where account = $1").bind(account.0).execute(pool).await?;
        });
        Ok(())
    }

    /// The services and identities that an account is linked to.
    ///
    /// # Errors
    /// As [`Store::account_by_name`].
    pub async fn identities(&self, account: AccountId) -> Result<Vec<(String, String)>, StoreError> {
        Ok(on_either!(&self.readers, pool => {
            sqlx::query_as("select issuer, subject from sign_on_identity where account = $1 order by issuer")
                .bind(account.0)
                .fetch_all(pool)
                .await?
        }))
    }
}
