//! Every closed list of words that files, replies and the journal use, each word with an address of its own.

use hatang_core::{
    AssetClass, NullReason, OrganisationKind, Role, SurveyMethod,
    asset::{
        CrossingKind, HostKind, Layer, Lifecycle, ManholeKind, MastClass, ShelfUse, Surface, Technology, TrenchKind,
    },
    change_set::{ImportMode, ImportState, RowAction},
    deviation::{DeviationAct, DeviationKind, DeviationState},
};
use serde::Serialize;

/// A closed list of words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CodeList {
    /// Its short name.
    pub name: &'static str,
    /// Its address, below the server's own.
    pub uri: String,
    /// Its words, in the list's order.
    pub codes: Vec<Code>,
}

/// A word of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Code {
    /// The word.
    pub code: &'static str,
    /// Its address, below the server's own.
    pub uri: String,
}

macro_rules! lists {
    ($($name:literal: $list:ty,)+) => {
        vec![$(list($name, <$list>::ALL.iter().map(|entry| entry.code()))),+]
    };
}

fn list(name: &'static str, codes: impl Iterator<Item = &'static str>) -> CodeList {
    let uri = format!("/api/v1/code-lists/{name}");
    let codes = codes.map(|code| Code { code, uri: format!("{uri}/{code}") }).collect();
    CodeList { name, uri, codes }
}

/// Every code list, by name.
#[must_use]
pub fn code_lists() -> Vec<CodeList> {
    lists! {
        "asset-class": AssetClass,
        "crossing-kind": CrossingKind,
        "deviation-act": DeviationAct,
        "deviation-kind": DeviationKind,
        "deviation-state": DeviationState,
        "host-kind": HostKind,
        "import-mode": ImportMode,
        "import-state": ImportState,
        "layer": Layer,
        "lifecycle": Lifecycle,
        "manhole-kind": ManholeKind,
        "mast-class": MastClass,
        "null-reason": NullReason,
        "organisation-kind": OrganisationKind,
        "role": Role,
        "row-action": RowAction,
        "shelf-use": ShelfUse,
        "surface": Surface,
        "survey-method": SurveyMethod,
        "technology": Technology,
        "trench-kind": TrenchKind,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_has_an_address_of_its_own() {
        let lists = code_lists();
        assert!(lists.is_sorted_by_key(|list| list.name));
        let uris: std::collections::BTreeSet<_> =
            lists.iter().flat_map(|list| list.codes.iter().map(|code| code.uri.clone())).collect();
        assert_eq!(uris.len(), lists.iter().map(|list| list.codes.len()).sum::<usize>());
        assert!(uris.contains("/api/v1/code-lists/lifecycle/under_construction"));
    }
}
