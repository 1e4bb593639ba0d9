//! A folder's rule set over the one in force: versions that the folder does not hold stay.

use std::collections::BTreeSet;

use hatang_core::{Event, RuleId, RuleSet, Stream, Territory};
use hatang_store::{Entry, Expected};

use super::Told;
use crate::{
    desk::Desk,
    error::{DeskError, ErrorKind},
};

/// The versions that officials have entered, by rule or clock and number.
#[derive(Debug, Default)]
struct Entered {
    rules: BTreeSet<(RuleId, u32)>,
    clocks: BTreeSet<(RuleId, u32)>,
}

/// The rule set as it is adopted.
///
/// # Errors
/// [`DeskError`] when the journal cannot be read, or an official has entered a version that the folder holds otherwise.
pub(super) async fn over_current(
    desk: &Desk,
    folder: RuleSet,
    told: &mut Told,
) -> Result<(Expected, Event), DeskError> {
    let stream = Stream::RuleSet(folder.code.clone());
    let history = desk.store.history(&Territory::authority(), &stream).await?;
    // From the history that was merged: whoever writes meanwhile is noticed.
    let expected = history.last().map_or(Expected::New, |entry| Expected::Version(entry.version));
    let rule_set = match history.iter().rev().find_map(adopted) {
        Some((current, _)) => {
            let set = merged(folder, current, &entered(&history), told)?;
            if is_area_decided(&history) { in_area_of(current, set, told) } else { set }
        }
        None => folder,
    };
    Ok((expected, Event::RuleSetAdopted { rule_set, reason: None }))
}

/// The rule set of an entry, and whether an official has changed it there.
fn adopted(entry: &Entry) -> Option<(&RuleSet, bool)> {
    match &entry.recorded.event {
        Event::RuleSetAdopted { rule_set, reason } => Some((rule_set, reason.is_some())),
        _ => None,
    }
}

/// The versions that officials have entered, and that no file has written over since.
fn entered(history: &[Entry]) -> Entered {
    let mut entered = Entered::default();
    let mut before: Option<&RuleSet> = None;
    for (set, by_official) in history.iter().filter_map(adopted) {
        for rule in &set.rules {
            if before.and_then(|before| before.rule(&rule.id, rule.version)) != Some(rule) {
                note(&mut entered.rules, (rule.id.clone(), rule.version), by_official);
            }
        }
        for clock in &set.clocks {
            if before.and_then(|before| before.clock(&clock.id, clock.version)) != Some(clock) {
                note(&mut entered.clocks, (clock.id.clone(), clock.version), by_official);
            }
        }
        before = Some(set);
    }
    entered
}

/// A version that is new or another than before is the official's who wrote it, or the file's.
fn note(entered: &mut BTreeSet<(RuleId, u32)>, version: (RuleId, u32), by_official: bool) {
    if by_official {
        entered.insert(version);
    } else {
        entered.remove(&version);
    }
}

/// Whether an official has set the area as it is, or taken it away, and no file has set another since.
fn is_area_decided(history: &[Entry]) -> bool {
    let mut is_decided = false;
    let mut before: Option<&RuleSet> = None;
    for (set, by_official) in history.iter().filter_map(adopted) {
        if before.is_some_and(|before| before.area != set.area) {
            is_decided = by_official;
        }
        before = Some(set);
    }
    is_decided
}

/// The set where an official has decided that it holds.
fn in_area_of(current: &RuleSet, set: RuleSet, told: &mut Told) -> RuleSet {
    if current.area == set.area {
        return set;
    }
    let code = &set.code;
    told.keep(
        format!("Bộ quy tắc {code}: giữ phạm vi áp dụng như cán bộ đã đặt, không lấy của thư mục."),
        format!("Rule set {code}: its area stays as an official has set it, not as the folder has it."),
    );
    RuleSet { area: current.area.clone(), ..set }
}

fn merged(mut set: RuleSet, current: &RuleSet, entered: &Entered, told: &mut Told) -> Result<RuleSet, DeskError> {
    for rule in &current.rules {
        match set.rule(&rule.id, rule.version) {
            Some(same) if same == rule => {}
            Some(_) if entered.rules.contains(&(rule.id.clone(), rule.version)) => {
                return Err(entered_otherwise(current, &rule.id, rule.version));
            }
            Some(_) => replaced(told, current, &rule.id, rule.version),
            None => {
                kept(told, current, &rule.id, rule.version);
                set = set.with_version(rule.clone());
            }
        }
    }
    for clock in &current.clocks {
        match set.clock(&clock.id, clock.version) {
            Some(same) if same == clock => {}
            Some(_) if entered.clocks.contains(&(clock.id.clone(), clock.version)) => {
                return Err(entered_otherwise(current, &clock.id, clock.version));
            }
            Some(_) => replaced(told, current, &clock.id, clock.version),
            None => {
                kept(told, current, &clock.id, clock.version);
                set = set.with_clock_version(clock.clone());
            }
        }
    }
    Ok(set)
}

fn kept(told: &mut Told, set: &RuleSet, id: &RuleId, version: u32) {
    let code = &set.code;
    told.keep(
        format!("Bộ quy tắc {code}: giữ {id} phiên bản {version}, thư mục không có phiên bản này."),
        format!("Rule set {code}: version {version} of {id} stays; the folder does not hold it."),
    );
}

fn replaced(told: &mut Told, set: &RuleSet, id: &RuleId, version: u32) {
    let code = &set.code;
    told.replace(
        format!("Bộ quy tắc {code}: {id} phiên bản {version} từ tệp trước được thay bằng nội dung của thư mục."),
        format!("Rule set {code}: the folder's text replaces version {version} of {id}, which came from a file."),
    );
}

fn entered_otherwise(set: &RuleSet, id: &RuleId, version: u32) -> DeskError {
    DeskError::input(
        ErrorKind::Conflict,
        "plan.rule_entered",
        format!("{}: {id} ({version})", set.code),
        "Cán bộ đã nhập phiên bản này của quy tắc hoặc thời hạn với nội dung khác; hãy ghi nội dung của thư mục thành \
         phiên bản tiếp theo.",
        "An official has entered this version of the rule or period with another text; give the folder's text the next \
         version number.",
    )
}
