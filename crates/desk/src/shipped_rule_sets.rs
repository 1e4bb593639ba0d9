//! The rule sets that come with the product. They enter the journal like any other, so that a finding can be traced.
//!
//! A set that the journal has stays as it is: a rule that a newer version of the product brings judges nobody until whoever
//! may adopt a plan says so.

use hatang_core::{Event, RuleId, RuleSet, RuleSetCode, Stream, Territory, Viewer};
use hatang_exchange::{FileError, read_rule_set};
use hatang_store::Expected;
use serde::Serialize;

use crate::{
    desk::Desk,
    error::{DeskError, ErrorKind},
    permission::{About, Action},
};

/// The files in the top-level folder `rule-sets`.
const FILES: [&str; 3] = [
    include_str!("../../../rule-sets/national.toml"),
    include_str!("../../../rule-sets/bac-ninh-72-2025.toml"),
    include_str!("../../../rule-sets/hai-phong.toml"),
];

/// The shipped rule sets.
///
/// # Errors
/// [`FileError`] when a shipped file is broken, which a test rules out.
pub fn shipped_rule_sets() -> Result<Vec<RuleSet>, FileError> {
    FILES.into_iter().map(read_rule_set).collect()
}

/// Adopts those shipped rule sets that the authority's journal has never seen. One that an official has changed stays.
///
/// # Errors
/// [`DeskError::Store`] when the journal cannot be written.
pub async fn adopt_shipped_rule_sets(desk: &Desk) -> Result<(), DeskError> {
    let shipped = shipped_rule_sets()?;
    let events: Vec<(Expected, Event)> = desk.read(|registry| {
        let unknown = shipped.into_iter().filter(|set| !registry.rule_sets().contains_key(&set.code));
        unknown.map(|rule_set| (Expected::New, Event::RuleSetAdopted { rule_set, reason: None })).collect()
    });
    if events.is_empty() {
        return Ok(());
    }
    match desk.append(&Territory::authority(), events, &Viewer::console()).await {
        // Another process has started on the same database at the same moment and has adopted them.
        Err(DeskError::Store(hatang_store::StoreError::Conflict { .. })) => desk.catch_up().await,
        result => result.map(|_| ()),
    }
}

/// Rules and clocks of a shipped set that the authority's own set of its code does not have.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NewRules {
    /// The set.
    pub rule_set: RuleSetCode,
    /// The rules and clocks that it does not have.
    pub new: Vec<RuleId>,
}

/// What the shipped sets have and the adopted ones do not, in the order of the sets.
///
/// # Errors
/// [`FileError`] when a shipped file is broken, which a test rules out.
pub fn new_shipped_rules(desk: &Desk) -> Result<Vec<NewRules>, FileError> {
    Ok(new_rules(desk, shipped_rule_sets()?).into_iter().map(|(new, _)| new).collect())
}

/// Takes them into the adopted sets, which keep everything that they have. All sets or none.
///
/// # Errors
/// [`DeskError`] when the viewer may not, no reason is given, there is nothing new, or somebody else was faster.
pub async fn adopt_new_shipped_rules(desk: &Desk, who: &Viewer, reason: &str) -> Result<Vec<NewRules>, DeskError> {
    desk.may(who, Action::AdoptPlan, About::nothing())?;
    let reason = reason.trim();
    if reason.is_empty() {
        let (vi, en) = ("Cần nêu lý do.", "A reason is needed.");
        return Err(DeskError::input(ErrorKind::BadInput, "rule.incomplete", "reason", vi, en));
    }
    let found = new_rules(desk, shipped_rule_sets()?);
    if found.is_empty() {
        let (vi, en) = ("Không có quy tắc nào mới.", "There are no new rules.");
        return Err(DeskError::input(ErrorKind::Conflict, "rule.nothing_new", "rules", vi, en));
    }
    let authority = Territory::authority();
    let (mut told, mut events) = (Vec::new(), Vec::new());
    for (new, rule_set) in found {
        let expected = desk.expected(&authority, &Stream::RuleSet(rule_set.code.clone())).await?;
        events.push((expected, Event::RuleSetAdopted { rule_set, reason: Some(reason.to_owned()) }));
        told.push(new);
    }
    desk.append(&authority, events, who).await?;
    Ok(told)
}

/// What is new in each shipped set, and the adopted set with it.
fn new_rules(desk: &Desk, shipped: Vec<RuleSet>) -> Vec<(NewRules, RuleSet)> {
    desk.read(|registry| {
        let with_new = |shipped: RuleSet| {
            let mut adopted = registry.rule_sets().get(&shipped.code)?.clone();
            let is_new = |id: &RuleId| {
                !adopted.rules.iter().any(|rule| rule.id == *id) && !adopted.clocks.iter().any(|clock| clock.id == *id)
            };
            let rules: Vec<_> = shipped.rules.into_iter().filter(|rule| is_new(&rule.id)).collect();
            let clocks: Vec<_> = shipped.clocks.into_iter().filter(|clock| is_new(&clock.id)).collect();
            let mut new: Vec<RuleId> =
                rules.iter().map(|rule| &rule.id).chain(clocks.iter().map(|clock| &clock.id)).cloned().collect();
            new.dedup();
            adopted.rules.extend(rules);
            adopted.clocks.extend(clocks);
            (!new.is_empty()).then_some((NewRules { rule_set: shipped.code, new }, adopted))
        };
        shipped.into_iter().filter_map(with_new).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_provinces_rules_are_marked_and_stay_in_their_set() {
        for set in shipped_rule_sets().unwrap() {
            let of_bac_ninh = set.code.as_str().starts_with("bac-ninh");
            assert_eq!(set.template, of_bac_ninh, "{}", set.code);
            for rule in &set.rules {
                let cites_bac_ninh = rule.citation.instrument.contains("Bắc Ninh");
                assert!(of_bac_ninh || !cites_bac_ninh, "{} {}", set.code, rule.id);
            }
        }
    }
}
