//! Comparing the current state with what the journal says.

use hatang_core::Territory;

use super::{
    Fault, FaultKind,
    rows::StateRow,
    walk::{Folded, Records},
};
use crate::{
    StoreError,
    database::Transaction,
    write::{State, kind_of_record},
};

/// Reads a territory's current state and adds what is wrong with it.
pub(super) async fn compare(
    transaction: &mut Transaction,
    territory: &Territory,
    mut records: Records,
    faults: &mut Vec<Fault>,
) -> Result<(), StoreError> {
    let mut add = |stream: String, what| {
        faults.push(Fault { territory: territory.clone(), seq: None, stream: Some(stream), what });
    };
    let mut after = String::new();
    loop {
        let page = transaction.state_rows(territory, &after).await?;
        let Some(last) = page.last() else { break };
        after.clone_from(&last.stream);
        for row in page {
            let folded = records.remove(&row.stream);
            let stream = row.stream.clone();
            if let Some(what) = fault(row, folded) {
                add(stream, what);
            }
        }
    }
    let mut missing: Vec<_> = records.into_iter().map(|(stream, folded)| (folded.seq, stream)).collect();
    missing.sort();
    for (_, stream) in missing {
        add(stream, FaultKind::StateMissing);
    }
    Ok(())
}

/// What is wrong with one record's current state.
fn fault(row: StateRow, folded: Option<Folded>) -> Option<FaultKind> {
    let Some(folded) = folded else { return Some(FaultKind::StateExtra) };
    let same_version = i64::from(folded.version) == row.version && i64::try_from(folded.seq.0) == Ok(row.seq);
    if !same_version {
        let (found, found_at) = (row.version, row.seq);
        return Some(FaultKind::StateOfAnotherVersion { expected: folded.version, found, found_at });
    }
    let same_kind = row.kind == kind_of_record(&row.stream);
    let digest = State { identity: row.identity, bytes: row.state }.digest();
    let same_state = folded.state.is_none_or(|expected| expected == digest);
    (!same_kind || !same_state).then_some(FaultKind::StateChanged)
}
