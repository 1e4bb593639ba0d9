//! Who may sign in. Outside the journal, which knows accounts by identity only, so that a person can be erased.

mod access_token;
mod invitation;
mod limit;
mod operator;
mod password;
mod person;
mod second_factor;
mod session;
mod sign_on;

use hatang_core::{
    OrganisationCode, Territory,
    visibility::{AccountId, Role},
};
use jiff::Timestamp;
use uuid::Uuid;

pub use self::{
    access_token::AccessToken,
    limit::{Limit, LimitRule},
    password::PasswordHash,
    person::Person,
    second_factor::SecondFactor,
    session::{NewSession, Session, SessionTimes, Stage},
    sign_on::SignOnAttempt,
};
use crate::{
    Store, StoreError,
    constraint::{Constraint, broken},
};

/// Somebody who may sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// The identity that the journal knows.
    pub id: AccountId,
    /// What is typed to sign in; unique.
    pub name: String,
    /// Who stands behind it.
    pub person: Person,
    /// What the account may be.
    pub role: Role,
    /// Whom it acts for.
    pub organisation: Option<OrganisationCode>,
    /// The one territory that it answers for as an official; every territory of the installation when none is named.
    pub territory: Option<Territory>,
    /// Whether it may no longer sign in.
    pub disabled: bool,
    /// When it was opened; none when nobody wrote it down.
    pub created_at: Option<Timestamp>,
    /// When its person asked to be erased.
    pub erasure_asked_at: Option<Timestamp>,
    /// When its person was erased.
    pub erased_at: Option<Timestamp>,
}

row! {
    /// An account in SQL, with its person.
    AccountRow {
        id: Uuid,
        name: String,
        role: String,
        organisation: Option<String>,
        territory: Option<String>,
        disabled: bool,
        created_at: Option<i64>,
        erasure_asked_at: Option<i64>,
        erased_at: Option<i64>,
        display_name: Option<String>,
        email: Option<String>,
        phone: Option<String>,
        sign_on_email: Option<String>,
    }
}

/// Begins every query that reads accounts.
macro_rules! select_account {
    ($rest:literal) => {
        concat!(
            "select account.id, name, role, organisation, territory, disabled, created_at, erasure_asked_at, erased_at,
                    display_name, email, phone, sign_on_email
             from account
             left join person on person.account = account.id ",
            $rest
        )
    };
}
use select_account;

/// A moment out of SQL.
fn moment(seconds: i64, table: &'static str, key: &str) -> Result<Timestamp, StoreError> {
    Timestamp::from_second(seconds).map_err(|error| StoreError::corrupt(table, key, error.to_string()))
}

impl TryFrom<AccountRow> for Account {
    type Error = StoreError;

    fn try_from(row: AccountRow) -> Result<Self, StoreError> {
        let key = row.id.to_string();
        let corrupt = |why: String| StoreError::corrupt("account", row.id.to_string(), why);
        let at = |seconds: Option<i64>| seconds.map(|seconds| moment(seconds, "account", &key)).transpose();
        Ok(Self {
            id: AccountId(row.id),
            role: row.role.parse().map_err(|error| corrupt(format!("`role`: {error}")))?,
            organisation: row
                .organisation
                .map(OrganisationCode::try_from)
                .transpose()
                .map_err(|error| corrupt(format!("`organisation`: {error}")))?,
            territory: row
                .territory
                .map(Territory::try_from)
                .transpose()
                .map_err(|error| corrupt(format!("`territory`: {error}")))?,
            created_at: at(row.created_at)?,
            erasure_asked_at: at(row.erasure_asked_at)?,
            erased_at: at(row.erased_at)?,
            name: row.name,
            person: Person {
                display_name: row.display_name.unwrap_or_default(),
                email: row.email,
                phone: row.phone,
                sign_on_email: row.sign_on_email,
            },
            disabled: row.disabled,
        })
    }
}

impl Store {
    /// Opens an account; without a password nobody can sign in with one yet.
    ///
    /// # Errors
    /// [`StoreError::NameTaken`] when another account has the name, [`StoreError::SignOnEmailTaken`] when another
    /// account expects the same address.
    pub async fn create_account(&self, account: &Account, password: Option<&PasswordHash>) -> Result<(), StoreError> {
        let mut transaction = self.writers.begin_writing().await?;
        let created = on_either!(&mut transaction, open => {
            let account_row = sqlx::query(
                "insert into account (id, name, role, organisation, territory, disabled, created_at)
                 values ($1, $2, $3, $4, $5, $6, $7)",
            )
            .bind(account.id.0)
            .bind(&account.name)
            .bind(account.role.code())
            .bind(account.organisation.as_ref().map(OrganisationCode::as_str))
            .bind(account.territory.as_ref().map(Territory::as_str))
            .bind(account.disabled)
            .bind(account.created_at.map(Timestamp::as_second))
            .execute(&mut **open)
            .await;
            let person_row = match account_row {
                Err(error) => Err(error),
                Ok(_) => sqlx::query(
                    "insert into person (account, display_name, email, phone, sign_on_email)
                     values ($1, $2, $3, $4, $5)",
                )
                .bind(account.id.0)
                .bind(&account.person.display_name)
                .bind(&account.person.email)
                .bind(&account.person.phone)
                .bind(&account.person.sign_on_email)
                .execute(&mut **open)
                .await,
            };
            match (person_row, password) {
                (Err(error), _) => Err(error),
                (Ok(_), None) => Ok(()),
                (Ok(_), Some(password)) => sqlx::query(
                    "insert into password (account, hash, changed_at)
                     values ($1, $2, $3)",
                )
                .bind(account.id.0)
                .bind(&password.0)
                .bind(account.created_at.map_or(0, Timestamp::as_second))
                .execute(&mut **open)
                .await
                .map(drop),
            }
        });
        let created = created.map_err(|error| match broken(&error) {
            Some(Constraint::AccountName) => StoreError::NameTaken { name: account.name.clone() },
            Some(Constraint::SignOnEmail) => StoreError::SignOnEmailTaken,
            _ => StoreError::Database(error),
        });
        transaction.finish(created).await
    }

    /// The account with a name.
    ///
    /// # Errors
    /// [`StoreError::Database`] if the query fails, [`StoreError::Corrupt`] if the row breaks a rule; so for every
    /// read.
    pub async fn account_by_name(&self, name: &str) -> Result<Option<Account>, StoreError> {
        let row: Option<AccountRow> = on_either!(&self.readers, pool => {
            sqlx::query_as(select_account!("where name = $1")).bind(name).fetch_optional(pool).await?
        });
        row.map(Account::try_from).transpose()
    }

    /// The account with an identity.
    ///
    /// # Errors
    /// As [`Store::account_by_name`].
    pub async fn account_by_id(&self, id: AccountId) -> Result<Option<Account>, StoreError> {
        let row: Option<AccountRow> = on_either!(&self.readers, pool => {
            sqlx::query_as(select_account!("where account.id = $1")).bind(id.0).fetch_optional(pool).await?
        });
        row.map(Account::try_from).transpose()
    }

    /// All accounts by name, or those of one organisation.
    ///
    /// # Errors
    /// As [`Store::account_by_name`].
    pub async fn accounts(&self, organisation: Option<&OrganisationCode>) -> Result<Vec<Account>, StoreError> {
        let rows: Vec<AccountRow> = on_either!(&self.readers, pool => {
            sqlx::query_as(select_account!("where $1 is null or organisation = $1 order by name"))
                .bind(organisation.map(OrganisationCode::as_str))
                .fetch_all(pool)
                .await?
        });
        rows.into_iter().map(Account::try_from).collect()
    }

    /// Whether nobody can run the installation: there is no operator who may sign in.
    ///
    /// # Errors
    /// As [`Store::account_by_name`].
    pub async fn lacks_operator(&self) -> Result<bool, StoreError> {
        let (operators,): (i64,) = on_either!(&self.readers, pool => {
            sqlx::query_as("select count(*) from account where role = 'operator' and not disabled")
                .fetch_one(pool)
                .await?
        });
        Ok(operators == 0)
    }

    /// Closes an account, which ends its sessions at once, or opens it again.
    ///
    /// # Errors
    /// [`StoreError::LastOperator`] when nobody could run the installation any more, [`StoreError::Database`] if the write
    /// fails.
    pub async fn set_account_disabled(&self, id: AccountId, disabled: bool) -> Result<(), StoreError> {
        let (sessions, account) =
            ("delete from session where account = $1 and $2", "update account set disabled = $2 where id = $1");
        let mut amending = self.amend_accounts().await?;
        let done = async {
            for statement in [sessions, account] {
                on_either!(&mut amending.transaction, open => {
                    sqlx::query(statement).bind(id.0).bind(disabled).execute(&mut **open).await?;
                });
            }
            Ok(())
        };
        let done = done.await;
        amending.finish(done).await
    }

    /// Closes an account even if nobody could run the installation any more: its password is public.
    ///
    /// # Errors
    /// [`StoreError::Database`] if the write fails.
    pub async fn close_public_account(&self, id: AccountId) -> Result<(), StoreError> {
        for statement in ["delete from session where account = $1", "update account set disabled = true where id = $1"]
        {
            on_either!(&self.writers, pool => {
                sqlx::query(statement).bind(id.0).execute(pool).await?;
            });
        }
        Ok(())
    }

    /// Lets an account be something else.
    ///
    /// # Errors
    /// As [`Store::set_account_disabled`].
    pub async fn set_account_role(&self, id: AccountId, role: Role) -> Result<(), StoreError> {
        let mut amending = self.amend_accounts().await?;
        let done = on_either!(&mut amending.transaction, open => {
            let amend = sqlx::query("update account set role = $2 where id = $1").bind(id.0).bind(role.code());
            amend.execute(&mut **open).await.map(drop)
        });
        amending.finish(done.map_err(StoreError::Database)).await
    }

    /// Lets an account answer for one territory, or for every one.
    ///
    /// # Errors
    /// [`StoreError::Database`] if the write fails.
    pub async fn set_account_territory(&self, id: AccountId, territory: Option<&Territory>) -> Result<(), StoreError> {
        on_either!(&self.writers, pool => {
            sqlx::query("update account set territory = $2 where id = $1")
                .bind(id.0)
                .bind(territory.map(Territory::as_str))
                .execute(pool)
                .await?;
        });
        Ok(())
    }
}
