//! Somebody must be able to run the installation: its last operator cannot be closed, demoted or erased.

use crate::{Store, StoreError, database::Transaction};

/// A transaction that changes accounts and comes to nothing if it would leave an installation without an operator.
pub(super) struct Amending {
    pub(super) transaction: Transaction,
    operators_before: u64,
}

impl Store {
    /// Begins to change accounts. Two who take each other's office away at the same time meet here: one comes too late.
    pub(super) async fn amend_accounts(&self) -> Result<Amending, StoreError> {
        let mut transaction = self.writers.begin_writing().await?;
        let operators_before = hold_operators(&mut transaction).await?;
        Ok(Amending { transaction, operators_before })
    }
}

impl Amending {
    /// Makes the changes lasting, if all went well and somebody can still run the installation.
    pub(super) async fn finish(mut self, done: Result<(), StoreError>) -> Result<(), StoreError> {
        let kept = match done {
            Ok(()) if 0 < self.operators_before => match hold_operators(&mut self.transaction).await {
                Ok(0) => Err(StoreError::LastOperator),
                other => other.map(drop),
            },
            other => other,
        };
        self.transaction.finish(kept).await
    }
}

/// How many operators may sign in. Until the transaction ends nobody else changes that: writing what is there locks it.
async fn hold_operators(transaction: &mut Transaction) -> Result<u64, StoreError> {
    Ok(on_either!(transaction, open => {
        sqlx::query("update account set role = role where role = 'operator' and not disabled")
            .execute(&mut **open)
            .await?
            .rows_affected()
    }))
}
