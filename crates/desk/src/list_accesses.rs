//! Reads the access log, page by page or as one file.

use std::io::{self, Write};

use hatang_core::{AccessKind, Role, Viewer, visibility::AccountId};
use hatang_store::AccessEntry;
pub use hatang_store::AccessFilter;
use jiff::Timestamp;
use serde::Serialize;

use crate::{
    desk::Desk,
    error::DeskError,
    permission::{About, Action},
};

/// The most entries on one page.
pub const MOST_ON_A_PAGE: u32 = 1_000;

/// How many entries an export reads at once.
const EXPORT_PAGE: u32 = 5_000;

/// One page of the log, newest first.
#[derive(Clone, Debug, Serialize)]
pub struct AccessPage {
    /// The entries.
    pub entries: Vec<ListedAccess>,
    /// Where the next page begins; absent on the last.
    pub next: Option<u64>,
}

/// One entry, as it is shown and exported.
#[derive(Clone, Debug, Serialize)]
pub struct ListedAccess {
    /// Its position in the log.
    pub seq: u64,
    /// When.
    pub at: Timestamp,
    /// What.
    pub kind: AccessKind,
    /// Whose account.
    pub account: Option<AccountId>,
    /// What the account might be then.
    pub role: Role,
    /// Whom it acted for then.
    pub organisation: Option<String>,
    /// What it concerned.
    pub about: String,
    /// How many records, or accesses alike.
    pub count: u64,
    /// The entry's hash.
    pub hash: String,
}

impl From<AccessEntry> for ListedAccess {
    fn from(AccessEntry { seq, access, hash }: AccessEntry) -> Self {
        Self {
            seq,
            at: access.at,
            kind: access.kind,
            account: access.account,
            role: access.role,
            organisation: access.organisation.map(String::from),
            about: access.about,
            count: access.count,
            hash: hash.to_string(),
        }
    }
}

/// A page of the log. Reading it is noted in it.
///
/// # Errors
/// [`DeskError`] when the viewer may not, or the store cannot be read.
pub async fn list_accesses(
    desk: &Desk,
    who: &Viewer,
    filter: &AccessFilter,
    limit: u32,
) -> Result<AccessPage, DeskError> {
    desk.may(who, Action::ReadAccessLog, About::nothing())?;
    let limit = limit.clamp(1, MOST_ON_A_PAGE);
    // What was noted before this question belongs to its answer.
    desk.access_log().write().await?;
    let mut found = desk.store.accesses(filter, limit + 1).await?;
    let more = limit < u32::try_from(found.len()).unwrap_or(u32::MAX);
    found.truncate(limit as usize);
    let next = if more { found.last().map(|entry| entry.seq) } else { None };
    desk.audit(AccessKind::AccessLogRead, who, &described(filter));
    Ok(AccessPage { entries: found.into_iter().map(ListedAccess::from).collect(), next })
}

/// How the log is written to a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccessFormat {
    /// Comma-separated values, UTF-8 with a byte-order mark, as spreadsheets expect.
    Csv,
    /// A JSON array.
    Json,
}

/// Everything that a filter lets through, newest first, as one file. Noted as an export.
///
/// # Errors
/// As [`list_accesses`].
///
/// # Panics
/// Never: entries are JSON, and a vector can be written to.
pub async fn export_accesses(
    desk: &Desk,
    who: &Viewer,
    filter: &AccessFilter,
    format: AccessFormat,
) -> Result<Vec<u8>, DeskError> {
    desk.may(who, Action::ReadAccessLog, About::nothing())?;
    desk.access_log().write().await?;
    let mut all: Vec<ListedAccess> = Vec::new();
    let mut filter = *filter;
    loop {
        let page = desk.store.accesses(&filter, EXPORT_PAGE).await?;
        let Some(last) = page.last() else { break };
        filter.before = Some(last.seq);
        all.extend(page.into_iter().map(ListedAccess::from));
    }
    desk.audit_many(AccessKind::Export, who, "access_log", all.len().max(1));
    let mut bytes = Vec::new();
    match format {
        AccessFormat::Json => serde_json::to_writer_pretty(&mut bytes, &all).expect("entries are JSON"),
        AccessFormat::Csv => write_csv(&mut bytes, &all).expect("a vector can be written to"),
    }
    Ok(bytes)
}

fn write_csv(out: &mut Vec<u8>, entries: &[ListedAccess]) -> io::Result<()> {
    out.write_all("\u{feff}".as_bytes())?;
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(["seq", "at", "kind", "account", "role", "organisation", "about", "count", "hash"])?;
    for entry in entries {
        csv.write_record([
            &*entry.seq.to_string(),
            &entry.at.to_string(),
            entry.kind.code(),
            &entry.account.map(|AccountId(id)| id.to_string()).unwrap_or_default(),
            entry.role.code(),
            &harmless(entry.organisation.as_deref().unwrap_or_default()),
            &harmless(&entry.about),
            &entry.count.to_string(),
            &entry.hash,
        ])?;
    }
    csv.flush()
}

/// A spreadsheet runs what begins like a formula; an apostrophe makes it a text.
fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@']) { format!("'{text}") } else { text.to_owned() }
}

/// What was asked of the log, in codes.
fn described(filter: &AccessFilter) -> String {
    let AccessFilter { kind, account, from, until, before: _ } = filter;
    let parts = [
        kind.map(|kind| format!("kind={kind}")),
        account.map(|AccountId(id)| format!("account={id}")),
        from.map(|from| format!("from={from}")),
        until.map(|until| format!("until={until}")),
    ];
    std::iter::once("access_log".to_owned()).chain(parts.into_iter().flatten()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spreadsheet_runs_nothing_of_an_export() {
        let entry = |about: &str| ListedAccess {
            seq: 1,
            at: Timestamp::UNIX_EPOCH,
            kind: AccessKind::Export,
            account: None,
            role: Role::Operator,
            organisation: Some("@evil".to_owned()),
            about: about.to_owned(),
            count: 1,
            hash: "00".to_owned(),
        };
        let mut file = Vec::new();
        write_csv(&mut file, &[entry("=HYPERLINK(\"x\")"), entry("a, \"quoted\" text"), entry("-1")]).unwrap();
        let text = String::from_utf8(file).unwrap();
        let expected = "\u{feff}seq,at,kind,account,role,organisation,about,count,hash\n\
            1,1970-01-01T00:00:00Z,export,,operator,'@evil,\"'=HYPERLINK(\"\"x\"\")\",1,00\n\
            1,1970-01-01T00:00:00Z,export,,operator,'@evil,\"a, \"\"quoted\"\" text\",1,00\n\
            1,1970-01-01T00:00:00Z,export,,operator,'@evil,'-1,1,00\n";
        assert_eq!(text, expected);
    }
}
