//! Who may sign in, and who has. Outside the journal, so that a person can be erased.

use std::fmt;

use hatang_core::{
    OrganisationCode,
    visibility::{AccountId, Role},
};
use jiff::Timestamp;
use uuid::Uuid;

use crate::{
    Hash, Store, StoreError,
    constraint::{Constraint, broken},
};

/// Somebody who may sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// The identity that the journal knows.
    pub id: AccountId,
    /// What is typed to sign in; unique.
    pub name: String,
    /// How the person is shown to others.
    pub display_name: String,
    /// The password's hash.
    pub password_hash: PasswordHash,
    /// What the account may be.
    pub role: Role,
    /// Whom it acts for.
    pub organisation: Option<OrganisationCode>,
    /// Whether it may no longer sign in.
    pub disabled: bool,
}

/// A password's hash as a PHC string; never shown in logs.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(pub String);

impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordHash(…)")
    }
}

row! {
    /// An account in SQL.
    AccountRow {
        id: Uuid,
        name: String,
        display_name: String,
        password_hash: String,
        role: String,
        organisation: Option<String>,
        disabled: bool,
    }
}

impl TryFrom<AccountRow> for Account {
    type Error = StoreError;

    fn try_from(row: AccountRow) -> Result<Self, StoreError> {
        let corrupt = |why: String| StoreError::corrupt("account", row.id.to_string(), why);
        Ok(Self {
            id: AccountId(row.id),
            role: row.role.parse().map_err(|error| corrupt(format!("`role`: {error}")))?,
            organisation: row
                .organisation
                .map(OrganisationCode::try_from)
                .transpose()
                .map_err(|error| corrupt(format!("`organisation`: {error}")))?,
            name: row.name,
            display_name: row.display_name,
            password_hash: PasswordHash(row.password_hash),
            disabled: row.disabled,
        })
    }
}

impl Store {
    /// Adds an account.
    ///
    /// # Errors
    /// [`StoreError::NameTaken`] when another account has the name.
    pub async fn create_account(&self, account: &Account) -> Result<(), StoreError> {
        let created = on_either!(&self.writers, pool => {
            sqlx::query(
                "insert into account (id, name, display_name, password_hash, role, organisation, disabled)
                 values ($1, $2, $3, $4, $5, $6, $7)",
            )
            .bind(account.id.0)
            .bind(&account.name)
            .bind(&account.display_name)
            .bind(&account.password_hash.0)
            .bind(account.role.code())
            .bind(account.organisation.as_ref().map(OrganisationCode::as_str))
            .bind(account.disabled)
            .execute(pool)
            .await
            .map(drop)
        });
        created.map_err(|error| match broken(&error) {
            Some(Constraint::AccountName) => StoreError::NameTaken { name: account.name.clone() },
            _ => StoreError::Database(error),
        })
    }

    /// The account with a name.
    ///
    /// # Errors
    /// [`StoreError::Database`] if the query fails, [`StoreError::Corrupt`] if the row breaks a rule; so for every
    /// read.
    pub async fn account_by_name(&self, name: &str) -> Result<Option<Account>, StoreError> {
        let row: Option<AccountRow> = on_either!(&self.readers, pool => {
            sqlx::query_as(
                "select id, name, display_name, password_hash, role, organisation, disabled
                 from account
                 where name = $1",
            )
            .bind(name)
            .fetch_optional(pool)
            .await?
        });
        row.map(Account::try_from).transpose()
    }

    /// The account with an identity.
    ///
    /// # Errors
    /// As [`Store::account_by_name`].
    pub async fn account_by_id(&self, id: AccountId) -> Result<Option<Account>, StoreError> {
        let row: Option<AccountRow> = on_either!(&self.readers, pool => {
            sqlx::query_as(
                "select id, name, display_name, password_hash, role, organisation, disabled
                 from account
                 where id = $1",
            )
            .bind(id.0)
            .fetch_optional(pool)
            .await?
        });
        row.map(Account::try_from).transpose()
    }

    /// Closes an account, which ends its sessions at once, or opens it again.
    ///
    /// # Errors
    /// [`StoreError::Database`] if the write fails.
    pub async fn set_account_disabled(&self, id: AccountId, disabled: bool) -> Result<(), StoreError> {
        on_either!(&self.writers, pool => {
            sqlx::query("delete from session where account = $1 and $2").bind(id.0).bind(disabled).execute(pool).await?;
            sqlx::query("update account set disabled = $2 where id = $1").bind(id.0).bind(disabled).execute(pool).await?;
        });
        Ok(())
    }

    /// Signs an account in until `expires_at`, kept to the second. The store sees the token's hash, never the token.
    ///
    /// # Errors
    /// [`StoreError::Database`] when there is no such account, or the same token is in use.
    pub async fn put_session(
        &self,
        token_hash: Hash,
        account: AccountId,
        expires_at: Timestamp,
    ) -> Result<(), StoreError> {
        on_either!(&self.writers, pool => {
            sqlx::query(
                "insert into session (token_hash, account, expires_at)
                 values ($1, $2, $3)",
            )
            .bind(token_hash.0.as_slice())
            .bind(account.0)
            .bind(expires_at.as_second())
            .execute(pool)
            .await?;
        });
        Ok(())
    }

    /// Who is signed in with a token at `now`: nobody once the session has ended or the account is disabled.
    ///
    /// # Errors
    /// As [`Store::account_by_name`].
    pub async fn session_account(&self, token_hash: Hash, now: Timestamp) -> Result<Option<Account>, StoreError> {
        let row: Option<AccountRow> = on_either!(&self.readers, pool => {
            sqlx::query_as(
                "select id, name, display_name, password_hash, role, organisation, disabled
                 from account
                 join session on session.account = account.id
                 where token_hash = $1
                   and expires_at > $2
                   and not disabled",
            )
            .bind(token_hash.0.as_slice())
            .bind(now.as_second())
            .fetch_optional(pool)
            .await?
        });
        row.map(Account::try_from).transpose()
    }

    /// Signs out; a token that nobody is signed in with changes nothing.
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
}
