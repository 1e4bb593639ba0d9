//! Who is signed in. The store sees a token's hash, never the token.

use std::fmt;

use hatang_core::AccountId;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::{Account, AccountRow, moment, select_account};
use crate::{Hash, Store, StoreError};

/// How far signing in has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Signed in.
    Full,
    /// A code of the second factor is still missing.
    SecondFactor,
    /// The role demands a second factor, and the account has none yet.
    Enrolment,
}

impl Stage {
    /// The stage as a word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::SecondFactor => "second_factor",
            Self::Enrolment => "enrolment",
        }
    }

    fn parse(word: &str, key: Uuid) -> Result<Self, StoreError> {
        let all = [Self::Full, Self::SecondFactor, Self::Enrolment];
        let found = all.into_iter().find(|stage| stage.code() == word);
        found.ok_or_else(|| StoreError::corrupt("session", key.to_string(), format!("`stage` is `{word}`")))
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A session about to begin.
#[derive(Clone, Debug)]
pub struct NewSession {
    /// SHA-256 of its token.
    pub token_hash: Hash,
    /// By which it is listed and ended.
    pub id: Uuid,
    /// Who signs in.
    pub account: AccountId,
    /// How far.
    pub stage: Stage,
    /// When it begins.
    pub began_at: Timestamp,
    /// When it ends however much it is used.
    pub expires_at: Timestamp,
    /// Where from.
    pub address: Option<String>,
    /// What the browser says it is.
    pub client: Option<String>,
}

/// A session as it is listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// By which it is ended.
    pub id: Uuid,
    /// How far.
    pub stage: Stage,
    /// When it began.
    pub began_at: Timestamp,
    /// When it was last used, to the minute.
    pub seen_at: Timestamp,
    /// When it ends however much it is used.
    pub expires_at: Timestamp,
    /// Where it began.
    pub address: Option<String>,
    /// What the browser said it was.
    pub client: Option<String>,
}

/// How long sessions live.
#[derive(Clone, Copy, Debug)]
pub struct SessionTimes {
    /// A session that is not used for so long has ended.
    pub idle: SignedDuration,
    /// Its last use is written down no more often than this.
    pub noted_every: SignedDuration,
}

row! {
    SessionRow {
        id: Uuid,
        stage: String,
        began_at: i64,
        seen_at: i64,
        expires_at: i64,
        address: Option<String>,
        client: Option<String>,
    }
}

impl TryFrom<SessionRow> for Session {
    type Error = StoreError;

    fn try_from(row: SessionRow) -> Result<Self, StoreError> {
        let key = row.id.to_string();
        Ok(Self {
            id: row.id,
            stage: Stage::parse(&row.stage, row.id)?,
            began_at: moment(row.began_at, "session", &key)?,
            seen_at: moment(row.seen_at, "session", &key)?,
            expires_at: moment(row.expires_at, "session", &key)?,
            address: row.address,
            client: row.client,
        })
    }
}

impl Store {
    /// Begins a session; times are kept to the second. Sessions that have ended go on the way.
    ///
    /// # Errors
    /// [`StoreError::Database`] when there is no such account, or the same token is in use.
    pub async fn put_session(&self, session: &NewSession) -> Result<(), StoreError> {
        on_either!(&self.writers, pool => {
            sqlx::query("delete from session where expires_at <= $1")
                .bind(session.began_at.as_second())
                .execute(pool)
                .await?;
            sqlx::query(
                "insert into session (token_hash, id, account, stage, began_at, seen_at, expires_at, address, client)
                 values ($1, $2, $3, $4, $5, $5, $6, $7, $8)",
            )
            .bind(session.token_hash.0.as_slice())
            .bind(session.id)
            .bind(session.account.0)
            .bind(session.stage.code())
            .bind(session.began_at.as_second())
            .bind(session.expires_at.as_second())
            .bind(&session.address)
            .bind(&session.client)
            .execute(pool)
            .await?;
        });
        Ok(())
    }

    /// Who is signed in with a token at `now`, and how far: nobody once the session has ended, was not used for too
    /// long, or the account is disabled. Being asked counts as use.
    ///
    /// # Errors
    /// As [`Store::account_by_name`].
    pub async fn session_of(
        &self,
        token_hash: Hash,
        now: Timestamp,
        times: SessionTimes,
    ) -> Result<Option<(Account, Session)>, StoreError> {
        let row: Option<SessionRow> = on_either!(&self.readers, pool => {
            sqlx::query_as(
                "select id, stage, began_at, seen_at, expires_at, address, client
                 from session
                 where token_hash = $1
                   and $2 < expires_at
                   and $3 < seen_at",
            )
            .bind(token_hash.0.as_slice())
            .bind(now.as_second())
            .bind((now - times.idle).as_second())
            .fetch_optional(pool)
            .await?
        });
        let Some(session) = row.map(Session::try_from).transpose()? else { return Ok(None) };
        let row: Option<AccountRow> = on_either!(&self.readers, pool => {
            sqlx::query_as(select_account!(
                "join session on session.account = account.id where token_hash = $1 and not disabled"
            ))
            .bind(token_hash.0.as_slice())
            .fetch_optional(pool)
            .await?
        });
        let Some(account) = row.map(Account::try_from).transpose()? else { return Ok(None) };
        if session.seen_at <= now - times.noted_every {
            on_either!(&self.writers, pool => {
                sqlx::query("update session set seen_at = $2 where token_hash = $1 and seen_at < $2")
                    .bind(token_hash.0.as_slice())
                    .bind(now.as_second())
                    .execute(pool)
                    .await?;
            });
        }
        Ok(Some((account, session)))
    }

    /// The sessions of an account that have not ended, newest first.
    ///
    /// # Errors
    /// As [`Store::account_by_name`].
    pub async fn sessions(
        &self,
        account: AccountId,
        now: Timestamp,
        times: SessionTimes,
    ) -> Result<Vec<Session>, StoreError> {
        let rows: Vec<SessionRow> = on_either!(&self.readers, pool => {
            sqlx::query_as(
                "select id, stage, began_at, seen_at, expires_at, address, client
                 from session
                 where account = $1
                   and $2 < expires_at
                   and $3 < seen_at
                 order by began_at desc, id",
            )
            .bind(account.0)
            .bind(now.as_second())
            .bind((now - times.idle).as_second())
            .fetch_all(pool)
            .await?
        });
        rows.into_iter().map(Session::try_from).collect()
    }

    /// Ends a session; a token that nobody is signed in with changes nothing.
    ///
    /// # Errors
    /// [`StoreError::Database`] if the statement fails.
    pub async fn end_session(&self, token_hash: Hash) -> Result<(), StoreError> {
        on_either!(&self.writers, pool => {
            sqlx::query("delete from session where token_hash = $1")
                .bind(token_hash.0.as_slice())
                .execute(pool)
                .await?;
        });
        Ok(())
    }

    /// Ends one of an account's sessions and says whether it was there.
    ///
    /// # Errors
    /// [`StoreError::Database`] if the statement fails.
    pub async fn end_session_of(&self, account: AccountId, id: Uuid) -> Result<bool, StoreError> {
        Ok(0 < on_either!(&self.writers, pool => {
            sqlx::query("delete from session where account = $1 and id = $2")
                .bind(account.0)
                .bind(id)
                .execute(pool)
                .await?
                .rows_affected()
        }))
    }

    /// Ends an account's sessions except one, and says how many there were.
    ///
    /// # Errors
    /// [`StoreError::Database`] if the statement fails.
    pub async fn end_other_sessions(&self, account: AccountId, kept: Uuid) -> Result<u64, StoreError> {
        Ok(on_either!(&self.writers, pool => {
            sqlx::query("delete from session where account = $1 and id <> $2")
                .bind(account.0)
                .bind(kept)
                .execute(pool)
                .await?
                .rows_affected()
        }))
    }
}
