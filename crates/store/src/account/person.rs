//! The person behind an account: kept apart, shown to few, wiped on request.

use hatang_core::AccountId;
use jiff::Timestamp;

use crate::{
    Store, StoreError,
    constraint::{Constraint, broken},
};

/// All that names the person behind an account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// How the person is shown to others.
    pub display_name: String,
    /// Where the person can be written to.
    pub email: Option<String>,
    /// Where the person can be called.
    pub phone: Option<String>,
    /// The address that an administrator expects from the sign-on service, in lower case.
    pub sign_on_email: Option<String>,
}

impl Store {
    /// Writes a person anew.
    ///
    /// # Errors
    /// [`StoreError::SignOnEmailTaken`] when another account expects the same address.
    pub async fn put_person(&self, account: AccountId, person: &Person) -> Result<(), StoreError> {
        let written = on_either!(&self.writers, pool => {
            sqlx::query(
                "insert into person (account, display_name, email, phone, sign_on_email)
                 values ($1, $2, $3, $4, $5)
                 on conflict (account)
                 do update set display_name = $2, email = $3, phone = $4, sign_on_email = $5",
            )
            .bind(account.0)
            .bind(&person.display_name)
            .bind(&person.email)
            .bind(&person.phone)
            .bind(&person.sign_on_email)
            .execute(pool)
            .await
            .map(drop)
        });
        written.map_err(|error| match broken(&error) {
            Some(Constraint::SignOnEmail) => StoreError::SignOnEmailTaken,
            _ => StoreError::Database(error),
        })
    }

    /// Notes that a person asks to be erased, or no longer does.
    ///
    /// # Errors
    /// [`StoreError::Database`] if the write fails.
    pub async fn ask_erasure(&self, account: AccountId, at: Option<Timestamp>) -> Result<(), StoreError> {
        on_either!(&self.writers, pool => {
            sqlx::query("update account set erasure_asked_at = $2 where id = $1")
                .bind(account.0)
                .bind(at.map(Timestamp::as_second))
                .execute(pool)
                .await?;
        });
        Ok(())
    }

    /// Wipes all that names the person or lets it sign in. The identity stays, because the journal refers to it; the
    /// account is closed and named by its identity.
    ///
    /// # Errors
    /// [`StoreError::LastOperator`] when nobody could run the installation any more, [`StoreError::Database`] if the write
    /// fails; then nothing is wiped.
    pub async fn erase_person(&self, account: AccountId, at: Timestamp) -> Result<(), StoreError> {
        const TABLES: [&str; 8] = [
            "delete from person where account = $1",
            "delete from password where account = $1",
            "delete from session where account = $1",
            "delete from second_factor where account = $1",
            "delete from recovery_code where account = $1",
            "delete from invitation where account = $1",
            "delete from access_token where account = $1",
            "delete from sign_on_identity where account = $1",
        ];
        let mut amending = self.amend_accounts().await?;
        let done = async {
            for table in TABLES {
                on_either!(&mut amending.transaction, open => {
                    sqlx::query(table).bind(account.0).execute(&mut **open).await?;
                });
            }
            on_either!(&mut amending.transaction, open => {
                sqlx::query("update account set name = $2, disabled = $3, erased_at = $4 where id = $1")
                    .bind(account.0)
                    .bind(format!("erased-{}", account.0))
                    .bind(true)
                    .bind(at.as_second())
                    .execute(&mut **open)
                    .await?;
            });
            Ok(())
        };
        let done = done.await;
        amending.finish(done).await
    }
}
