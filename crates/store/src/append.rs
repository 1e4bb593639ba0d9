//! Writing events, each with its record's new state.

use std::collections::{BTreeMap, BTreeSet};

use hatang_core::{Event, Recorded, Territory, Version};

use crate::{
    Store, StoreError,
    database::Transaction,
    write::{Appended, Expected, Prepared},
};

/// One event to be written.
#[derive(Clone, Copy, Debug)]
pub struct Write<'a> {
    /// Whose journal it goes to.
    pub territory: &'a Territory,
    /// What the writer believes the event's record to be.
    pub expected: Expected,
    /// The event.
    pub recorded: &'a Recorded,
}

impl Store {
    /// Writes events in their order: all of them, or none when one is refused.
    ///
    /// Writers to one territory follow each other. `O(log n)` per event.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when an expected version has passed, [`StoreError::IdentityTaken`] when another asset
    /// of the territory has the same owner, class and code, [`StoreError::Unstorable`] for an import, whose rows would
    /// be missing: see [`Store::append_import`].
    pub async fn append(&self, writes: &[Write<'_>]) -> Result<Vec<Appended>, StoreError> {
        let events = writes.iter().map(prepare).collect::<Result<Vec<_>, _>>()?;
        let mut transaction = self.writers.begin_writing().await?;
        let appended = append_all(&mut transaction, writes, &events).await;
        transaction.finish(appended).await
    }
}

fn prepare(write: &Write<'_>) -> Result<Prepared, StoreError> {
    if let Event::AssetsImported { change_set } = &write.recorded.event {
        let what = format!("the import {}", change_set.id);
        return Err(StoreError::Unstorable { what, why: "an import is written together with its rows" });
    }
    Prepared::new(write.recorded)
}

async fn append_all(
    transaction: &mut Transaction,
    writes: &[Write<'_>],
    events: &[Prepared],
) -> Result<Vec<Appended>, StoreError> {
    let territories: BTreeSet<&Territory> = writes.iter().map(|write| write.territory).collect();
    for territory in &territories {
        transaction.lock(territory).await?;
    }
    let mut heads = BTreeMap::new();
    for territory in territories {
        heads.insert(territory, transaction.head(territory).await?);
    }
    let mut all_appended = Vec::with_capacity(writes.len());
    for (Write { territory, expected, .. }, event) in writes.iter().zip(events) {
        let found = transaction.version(territory, &event.stream).await?;
        if !expected.is_met_by(found) {
            return Err(StoreError::Conflict { stream: event.stream.clone(), expected: *expected, found });
        }
        let version = next(found, &event.stream)?;
        let head = heads.entry(*territory).or_default();
        let appended = transaction.insert_entry(territory, head, event, version).await?;
        transaction.put_state(event, &appended).await?;
        all_appended.push(appended);
    }
    Ok(all_appended)
}

/// The version that follows.
fn next(found: Option<Version>, stream: &str) -> Result<Version, StoreError> {
    let Version(before) = found.unwrap_or(Version(0));
    before.checked_add(1).map(Version).ok_or_else(|| StoreError::Unstorable {
        what: format!("another version of `{stream}`"),
        why: "versions are 32-bit numbers",
    })
}
