//! Checking that the journal is whole and that the current state follows from it.

mod access;
mod fault;
mod rows;
mod states;
mod walk;

use hatang_core::{Seq, Territory};

pub use self::fault::{Fault, FaultKind};
use self::{rows::JournalRow, states::compare, walk::Walk};
use crate::{Hash, Store, StoreError, database::Transaction, journal};

/// What checking a store found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verification {
    /// Every territory that was checked, in order.
    pub territories: Vec<VerifiedTerritory>,
    /// The access log; none while nothing has been noted.
    pub access_log: Option<VerifiedAccessLog>,
    /// What is wrong, each territory's journal before its current state, in order, and the access log last; empty when
    /// all is well.
    pub faults: Vec<Fault>,
}

/// A territory that was checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifiedTerritory {
    /// Which.
    pub territory: Territory,
    /// How many entries its journal holds.
    pub entries: u64,
    /// The hash of the last one, to be compared with the one that papers and other nodes show.
    pub head: Hash,
}

/// The access log, checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VerifiedAccessLog {
    /// How many entries it holds.
    pub entries: u64,
    /// The hash of the last one.
    pub head: Hash,
}

/// How far a check has come.
#[derive(Clone, Copy, Debug)]
pub struct Progress<'a> {
    /// The territory whose journal is being walked.
    pub territory: &'a Territory,
    /// The last entry that was checked.
    pub seq: Seq,
}

impl Store {
    /// Walks every territory's journal from its first entry, folds it again and compares the current state.
    ///
    /// Finds what was changed, removed or added behind the store's back. What it cannot find by itself is a journal
    /// that was written anew from some entry on, together with its state: compare [`VerifiedTerritory::head`] with
    /// a head that was printed earlier. Reads one state of everything, whatever is written meanwhile; keeps one hash
    /// per record of a territory in memory.
    ///
    /// # Errors
    /// [`StoreError::Database`] if a query fails, [`StoreError::Corrupt`] when a row is too damaged to be named.
    pub async fn verify(&self, mut on_progress: impl FnMut(Progress<'_>) + Send) -> Result<Verification, StoreError> {
        let mut transaction = self.readers.begin_reading().await?;
        let verification = verify_all(&mut transaction, &mut on_progress).await;
        transaction.finish(verification).await
    }
}

async fn verify_all(
    transaction: &mut Transaction,
    on_progress: &mut (impl FnMut(Progress<'_>) + Send),
) -> Result<Verification, StoreError> {
    let mut verification = Verification::default();
    for code in transaction.territories_of_any_row().await? {
        let territory = journal::territory(code, "journal")?;
        let mut walk = Walk::new(&territory);
        loop {
            let page = transaction.journal_rows(&territory, walk.seq()).await?;
            if page.is_empty() {
                break;
            }
            for row in page {
                walk_entry(transaction, &territory, &mut walk, &row).await?;
            }
            on_progress(Progress { territory: &territory, seq: walk.seq() });
        }
        walk.end(transaction.count_change_set_rows(&territory).await?);
        let (verified, mut faults, records) = walk.into_parts();
        compare(transaction, &territory, records, &mut faults).await?;
        verification.territories.push(verified);
        verification.faults.append(&mut faults);
    }
    let access_log = access::walk(transaction, &mut verification.faults).await?;
    verification.access_log = (0 < access_log.entries).then_some(access_log);
    Ok(verification)
}

/// Checks an entry, and the rows of an import with it.
async fn walk_entry(
    transaction: &mut Transaction,
    territory: &Territory,
    walk: &mut Walk<'_>,
    row: &JournalRow,
) -> Result<(), StoreError> {
    let Some(mut import) = walk.entry(row)? else { return Ok(()) };
    loop {
        let page = transaction.change_set_rows(territory, import.seq(), import.last_row()).await?;
        if page.is_empty() {
            break;
        }
        for row in page {
            walk.row(&mut import, &row)?;
        }
    }
    walk.end_import(import);
    Ok(())
}
