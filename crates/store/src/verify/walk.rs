//! Walking a journal: the chain, and the fold that says what the current state must be.

use std::collections::HashMap;

use hatang_core::{
    Event, Recorded, Seq, Stream, Territory,
    event::{AssetChange, ChangeSet},
};

use super::{
    Fault, FaultKind, VerifiedTerritory,
    rows::{ChangeSetRow, JournalRow},
};
use crate::{
    Hash, StoreError,
    chain::{Link, Root},
    change_set::{read_change, record},
    journal::{Head, hash},
    number::from_sql,
    write::State,
};

/// What the journal says of a record, as far as it has been walked.
pub(super) struct Folded {
    pub(super) version: u32,
    pub(super) seq: Seq,
    /// The hash of its state; none when its entry cannot be trusted and was named already.
    pub(super) state: Option<Hash>,
}

/// Every record by its stream.
pub(super) type Records = HashMap<String, Folded>;

/// A walk along one territory's journal.
pub(super) struct Walk<'a> {
    territory: &'a Territory,
    entries: u64,
    import_rows: u64,
    last: Head,
    records: Records,
    faults: Vec<Fault>,
}

/// An import whose rows are being walked.
pub(super) struct WalkedImport {
    seq: Seq,
    stream: String,
    /// What the entry says; none when it cannot be read.
    declared: Option<ChangeSet>,
    rows: u64,
    last_row: u64,
    root: Root,
}

impl WalkedImport {
    pub(super) const fn seq(&self) -> Seq {
        self.seq
    }

    pub(super) const fn last_row(&self) -> u64 {
        self.last_row
    }
}

impl<'a> Walk<'a> {
    pub(super) fn new(territory: &'a Territory) -> Self {
        Self { territory, entries: 0, import_rows: 0, last: Head::default(), records: Records::new(), faults: vec![] }
    }

    /// The last entry that was walked.
    pub(super) const fn seq(&self) -> Seq {
        self.last.seq
    }

    /// Checks the next entry; hands back an import, whose rows are to be walked next.
    pub(super) fn entry(&mut self, row: &JournalRow) -> Result<Option<WalkedImport>, StoreError> {
        let key = format!("{}/{}", self.territory, row.seq);
        let seq = Seq(from_sql(row.seq, "seq", "journal", &key)?);
        let version: u32 = from_sql(row.version, "version", "journal", &key)?;
        let previous = hash(&row.previous_hash, "previous_hash", &key)?;
        let stored = hash(&row.hash, "hash", &key)?;
        let mut faults = vec![];

        let missing = seq.0 - self.last.seq.0 - 1;
        if 0 < missing {
            faults.push(FaultKind::EntriesMissing { count: missing });
        } else if previous != self.last.hash {
            faults.push(FaultKind::BrokenLink);
        }
        let link = Link {
            territory: self.territory.as_str(),
            seq: seq.0,
            recorded_at: &row.recorded_at,
            stream: &row.stream,
            version,
            kind: &row.kind,
            payload: &row.payload,
        };
        let recorded = serde_json::from_slice::<Recorded>(&row.payload);
        let intact = link.hash(previous) == stored;
        if intact {
            faults.extend(contradictions(row, &recorded));
        } else {
            faults.push(FaultKind::EntryChanged);
        }
        for what in faults {
            self.tell(Some(seq), Some(&row.stream), what);
        }

        // What comes after is judged by what stands here, so that one changed entry is one fault.
        self.last = Head { seq, hash: stored };
        self.entries += 1;
        let event = recorded.ok().map(|recorded| recorded.event);
        let declared = match &event {
            Some(Event::AssetsImported { change_set }) => Some(change_set.clone()),
            _ => None,
        };
        let is_import = declared.is_some() || row.kind == "assets_imported";
        let state = event.filter(|_| intact).map(State::of_event).transpose()?;
        self.fold(&row.stream, version, seq, state.as_ref());
        Ok(is_import.then(|| WalkedImport {
            seq,
            stream: row.stream.clone(),
            declared,
            rows: 0,
            last_row: 0,
            root: Root::default(),
        }))
    }

    /// Checks the next row of an import.
    pub(super) fn row(&mut self, import: &mut WalkedImport, row: &ChangeSetRow) -> Result<(), StoreError> {
        let key = format!("{}/{}/{}", self.territory, import.seq.0, row.row);
        import.last_row = from_sql(row.row, "row", "change_set_row", &key)?;
        import.rows += 1;
        import.root.add(&row.payload);
        let change = read_row(row);
        if let Err(why) = &change {
            let what = FaultKind::NoAsset { row: import.last_row, why: why.clone() };
            self.tell(Some(import.seq), Some(&row.stream), what);
        }
        let version = change.as_ref().map_or(1, |change| change.version.0);
        let state = change.ok().map(|change| State::of(&record(change))).transpose()?;
        self.fold(&row.stream, version, import.seq, state.as_ref());
        Ok(())
    }

    /// Compares an import with the rows that were walked.
    pub(super) fn end_import(&mut self, import: WalkedImport) {
        let WalkedImport { seq, stream, declared, rows, root, .. } = import;
        self.import_rows += rows;
        let Some(declared) = declared else { return };
        let what = if declared.assets != rows {
            FaultKind::RowCount { declared: declared.assets, found: rows }
        } else if declared.root != root.finish() {
            FaultKind::RowsChanged
        } else {
            return;
        };
        self.tell(Some(seq), Some(&stream), what);
    }

    /// Compares the number of rows that were walked with the number of rows that there are.
    pub(super) fn end(&mut self, import_rows: u64) {
        let count = import_rows.saturating_sub(self.import_rows);
        if 0 < count {
            self.tell(None, None, FaultKind::LooseRows { count });
        }
    }

    /// What was walked, what is wrong with it, and what every record must be.
    pub(super) fn into_parts(self) -> (VerifiedTerritory, Vec<Fault>, Records) {
        let verified =
            VerifiedTerritory { territory: self.territory.clone(), entries: self.entries, head: self.last.hash };
        (verified, self.faults, self.records)
    }

    /// Takes a record to its next state.
    fn fold(&mut self, stream: &str, version: u32, seq: Seq, state: Option<&State>) {
        let folded = Folded { version, seq, state: state.map(State::digest) };
        let before = self.records.insert(stream.to_owned(), folded).map_or(0, |before| before.version);
        let expected = before.saturating_add(1);
        if version != expected {
            let what = FaultKind::VersionOutOfOrder { expected, found: version };
            self.tell(Some(seq), Some(stream), what);
        }
    }

    fn tell(&mut self, seq: Option<Seq>, stream: Option<&str>, what: FaultKind) {
        self.faults.push(Fault { territory: self.territory.clone(), seq, stream: stream.map(str::to_owned), what });
    }
}

/// Where an entry's columns, hashed as they are, contradict its payload.
fn contradictions(row: &JournalRow, recorded: &serde_json::Result<Recorded>) -> Vec<FaultKind> {
    let recorded = match recorded {
        Ok(recorded) => recorded,
        Err(error) => return vec![FaultKind::NoEvent { why: error.to_string() }],
    };
    let columns = [
        ("recorded_at", row.recorded_at == recorded.at.to_string()),
        ("stream", row.stream == recorded.event.stream().to_string()),
        ("kind", row.kind == recorded.event.kind()),
    ];
    columns.into_iter().filter(|(_, agrees)| !agrees).map(|(column, _)| FaultKind::Contradiction { column }).collect()
}

fn read_row(row: &ChangeSetRow) -> Result<AssetChange, String> {
    let change = read_change(&row.payload).map_err(|error| error.to_string())?;
    let is_it = Stream::Asset(change.asset.id).to_string() == row.stream;
    if is_it { Ok(change) } else { Err("it is another one".to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAYLOAD: &str = r#"{"v":1,"at":"2026-11-22T09:00:00Z","type":"organisation_registered","organisation":{"code":"vnpt","name":"VNPT","kind":"carrier"}}"#;

    /// An entry as somebody would forge it who knows how entries are hashed.
    fn forged(change: impl Fn(&mut JournalRow)) -> JournalRow {
        let mut row = JournalRow {
            seq: 1,
            recorded_at: "2026-11-22T09:00:00Z".to_owned(),
            stream: "organisation:vnpt".to_owned(),
            version: 1,
            kind: "organisation_registered".to_owned(),
            payload: PAYLOAD.into(),
            previous_hash: Hash::GENESIS.0.to_vec(),
            hash: vec![],
        };
        change(&mut row);
        let link = Link {
            territory: "11824",
            seq: 1,
            recorded_at: &row.recorded_at,
            stream: &row.stream,
            version: u32::try_from(row.version).unwrap(),
            kind: &row.kind,
            payload: &row.payload,
        };
        row.hash = link.hash(Hash(row.previous_hash.clone().try_into().unwrap())).0.to_vec();
        row
    }

    #[test]
    fn an_entry_that_is_hashed_well_must_also_make_sense() {
        type Case = (&'static str, fn(&mut JournalRow), Option<&'static str>);
        let cases: [Case; 7] = [
            ("nothing", |_| {}, None),
            (
                "the time",
                |row| row.recorded_at.push('0'),
                Some("the journal entry's `recorded_at` is not what its payload says"),
            ),
            (
                "the record",
                |row| row.stream.push('0'),
                Some("the journal entry's `stream` is not what its payload says"),
            ),
            ("the type", |row| row.kind.push('0'), Some("the journal entry's `kind` is not what its payload says")),
            ("the version", |row| row.version = 2, Some("the record comes to version 2, where version 1 is next")),
            (
                "the payload",
                |row| row.payload = b"{}".to_vec(),
                Some("the journal entry is no event: missing field `v` at line 1 column 2"),
            ),
            (
                "the hash before",
                |row| row.previous_hash[0] = 1,
                Some("the journal entry does not continue the one before it: their hashes differ"),
            ),
        ];
        let territory = Territory::new("11824").unwrap();
        for (name, change, expected) in cases {
            let mut walk = Walk::new(&territory);
            walk.entry(&forged(change)).unwrap();
            let faults: Vec<String> = walk.into_parts().1.iter().map(|fault| fault.what.to_string()).collect();
            assert_eq!(faults, expected.into_iter().collect::<Vec<_>>(), "{name}");
        }
    }
}
