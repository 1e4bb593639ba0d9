//! Tokens of programs. The store sees a token's hash, never the token.

use hatang_core::AccountId;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::{Account, AccountRow, moment, select_account};
use crate::{Hash, Store, StoreError};

/// A token as it is listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessToken {
    /// By which it is revoked.
    pub id: Uuid,
    /// The account that it acts for.
    pub account: AccountId,
    /// What its owner calls it.
    pub name: String,
    /// What it may do, words separated by spaces.
    pub scopes: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
    /// When it was last used, to the minute.
    pub used_at: Option<Timestamp>,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
}

row! {
    AccessTokenRow {
        id: Uuid,
        account: Uuid,
        name: String,
        scopes: String,
        created_at: i64,
        expires_at: i64,
        used_at: Option<i64>,
        revoked_at: Option<i64>,
    }
}

impl TryFrom<AccessTokenRow> for AccessToken {
    type Error = StoreError;

    fn try_from(row: AccessTokenRow) -> Result<Self, StoreError> {
        let key = row.id.to_string();
        let at = |seconds| moment(seconds, "access_token", &key);
        Ok(Self {
            id: row.id,
            account: AccountId(row.account),
            name: row.name,
            scopes: row.scopes,
            created_at: at(row.created_at)?,
            expires_at: at(row.expires_at)?,
            used_at: row.used_at.map(at).transpose()?,
            revoked_at: row.revoked_at.map(at).transpose()?,
        })
    }
}

impl Store {
    /// Keeps a new token.
    ///
    /// # Errors
    /// [`StoreError::Database`] when there is no such account.
    pub async fn put_access_token(&self, token: &AccessToken, token_hash: Hash) -> Result<(), StoreError> {
        on_either!(&self.writers, pool => {
            sqlx::query(
                "insert into access_token (id, token_hash, account, name, scopes, created_at, expires_at)
                 values ($1, $2, $3, $4, $5, $6, $7)",
            )
            .bind(token.id)
            .bind(token_hash.0.as_slice())
            .bind(token.account.0)
            .bind(&token.name)
            .bind(&token.scopes)
            .bind(token.created_at.as_second())
            .bind(token.expires_at.as_second())
            .execute(pool)
            .await?;
        });
        Ok(())
    }

    /// Whom a token acts for at `now`: nobody once it has ended, was revoked, or the account is disabled. Its use is
    /// written down no more often than `noted_every`.
    ///
    /// # Errors
    /// As [`Store::account_by_name`].
    pub async fn access_token(
        &self,
        token_hash: Hash,
        now: Timestamp,
        noted_every: SignedDuration,
    ) -> Result<Option<(Account, AccessToken)>, StoreError> {
        let row: Option<AccessTokenRow> = on_either!(&self.readers, pool => {
            sqlx::query_as(
                "select id, account, name, scopes, created_at, expires_at, used_at, revoked_at
                 from access_token
                 where token_hash = $1
                   and $2 < expires_at
                   and revoked_at is null",
            )
            .bind(token_hash.0.as_slice())
            .bind(now.as_second())
            .fetch_optional(pool)
            .await?
        });
        let Some(token) = row.map(AccessToken::try_from).transpose()? else { return Ok(None) };
        let row: Option<AccountRow> = on_either!(&self.readers, pool => {
            sqlx::query_as(select_account!("where account.id = $1 and not disabled"))
                .bind(token.account.0)
                .fetch_optional(pool)
                .await?
        });
        let Some(account) = row.map(Account::try_from).transpose()? else { return Ok(None) };
        if token.used_at.is_none_or(|used| used <= now - noted_every) {
            on_either!(&self.writers, pool => {
                sqlx::query("update access_token set used_at = $2 where id = $1")
                    .bind(token.id)
                    .bind(now.as_second())
                    .execute(pool)
                    .await?;
            });
        }
        Ok(Some((account, token)))
    }

    /// An account's tokens, newest first, also those that have ended.
    ///
    /// # Errors
    /// As [`Store::account_by_name`].
    pub async fn access_tokens(&self, account: AccountId) -> Result<Vec<AccessToken>, StoreError> {
        let rows: Vec<AccessTokenRow> = on_either!(&self.readers, pool => {
            sqlx::query_as(
                "select id, account, name, scopes, created_at, expires_at, used_at, revoked_at
                 from access_token
                 where account = $1
                 order by created_at desc, id desc",
            )
            .bind(account.0)
            .fetch_all(pool)
            .await?
        });
        rows.into_iter().map(AccessToken::try_from).collect()
    }

    /// Revokes one of an account's tokens and says whether there was one to revoke.
    ///
    /// # Errors
    /// [`StoreError::Database`] if the write fails.
    pub async fn revoke_access_token(&self, account: AccountId, id: Uuid, at: Timestamp) -> Result<bool, StoreError> {
        Ok(0 < on_either!(&self.writers, pool => {
            sqlx::query("update access_token set revoked_at = $3 where account = $1 and id = $2 and revoked_at is null")
                .bind(account.0)
                .bind(id)
                .bind(at.as_second())
                .execute(pool)
                .await?
                .rows_affected()
        }))
    }
}
