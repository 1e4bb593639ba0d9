//! Walking the access log's chain.

use hatang_core::{Seq, Territory};

use super::{Fault, FaultKind, VerifiedAccessLog, rows::PAGE};
use crate::{Hash, StoreError, access::hash, database::Transaction, number::from_sql};

/// Checks every entry against its hash and the entry before; adds what is wrong.
pub(super) async fn walk(
    transaction: &mut Transaction,
    faults: &mut Vec<Fault>,
) -> Result<VerifiedAccessLog, StoreError> {
    let mut log = VerifiedAccessLog { entries: 0, head: Hash::GENESIS };
    let mut last = 0;
    loop {
        let page = transaction.access_rows(last, PAGE).await?;
        if page.is_empty() {
            return Ok(log);
        }
        for row in page {
            let key = row.key();
            let seq: u64 = from_sql(row.seq, "seq", "access_log", &key)?;
            let previous = hash(&row.previous_hash, "previous_hash", &key)?;
            let stored = hash(&row.hash, "hash", &key)?;
            let missing = row.seq - last - 1;
            let mut tell = |what| {
                faults.push(Fault { territory: Territory::authority(), seq: Some(Seq(seq)), stream: None, what });
            };
            if 0 < missing {
                tell(FaultKind::AccessesMissing { count: missing.unsigned_abs() });
            } else if previous != log.head {
                tell(FaultKind::BrokenAccessLink);
            }
            if row.expected_hash(previous) != stored {
                tell(FaultKind::AccessChanged);
            }
            // What comes after is judged by what stands here, so that one changed entry is one fault.
            log = VerifiedAccessLog { entries: log.entries + 1, head: stored };
            last = row.seq;
        }
    }
}
