//! The rule sets that come with the product. They enter the journal like any other, so that a finding can be traced.

use hatang_core::{Event, RuleSet, Territory, Viewer};
use hatang_exchange::{FileError, read_rule_set};
use hatang_store::Expected;

use crate::{desk::Desk, error::DeskError};

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
