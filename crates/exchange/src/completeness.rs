//! How much of what there is to know of an asset somebody has said.

use hatang_core::{NullReason, asset::Asset};
use serde::Serialize;

use crate::{
    fields::{SeeField, see_shared_fields},
    value::ListPart,
};

/// Free texts that say nothing about the structure, and the manager, which is the owner where nobody else is named.
const NOT_COUNTED: [&str; 2] = ["note", "manager"];

/// How complete a record is. `not_applicable` fields do not count; other reasons answer the question without knowing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Completeness {
    /// Fields that have a value.
    pub known: u32,
    /// Fields that have none, for a reason that was given.
    pub reasoned: u32,
    /// Fields that have none, and nobody said why.
    pub silent: u32,
}

impl Completeness {
    /// Known fields among those that apply, in percent, rounded down; 100 when none apply.
    #[must_use]
    pub const fn percent(self) -> u32 {
        let all = self.known + self.reasoned + self.silent;
        match (self.known * 100).checked_div(all) {
            Some(percent) => percent,
            None => 100,
        }
    }

    /// Two records together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self {
            known: self.known + other.known,
            reasoned: self.reasoned + other.reasoned,
            silent: self.silent + other.silent,
        }
    }
}

/// How complete a record is, and which fields nobody has said anything of.
#[must_use]
pub fn completeness(asset: &Asset) -> (Completeness, Vec<&'static str>) {
    let mut counter = Counter { asset, count: Completeness::default(), silent: Vec::new() };
    see_shared_fields(asset, &mut counter);
    (counter.count, counter.silent)
}

struct Counter<'a> {
    asset: &'a Asset,
    count: Completeness,
    silent: Vec<&'static str>,
}

impl Counter<'_> {
    fn see(&mut self, field: &'static str, is_known: bool) {
        if NOT_COUNTED.contains(&field) {
            return;
        }
        match (is_known, self.asset.nulls.get(field)) {
            (true, _) => self.count.known += 1,
            (false, Some(NullReason::NotApplicable)) => {}
            (false, Some(_)) => self.count.reasoned += 1,
            (false, None) => {
                self.count.silent += 1;
                self.silent.push(field);
            }
        }
    }
}

impl SeeField for Counter<'_> {
    fn value<T: Serialize>(&mut self, field: &'static str, value: &Option<T>) {
        self.see(field, value.is_some());
    }

    fn list<T: ListPart>(&mut self, field: &'static str, values: &[T]) {
        self.see(field, !values.is_empty());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_apply_does_not_count_and_a_reason_is_no_value() {
        let mut asset: Asset = serde_json::from_str(
            r#"{"id":"00000000-0000-0000-0000-000000000001","class":"manhole","owner":"viettel","status":"operational",
                "shape":{"type":"Point","coordinates":[106.48,20.69]},"cover":"cast_iron"}"#,
        )
        .unwrap();
        let (before, silent) = completeness(&asset);
        assert_eq!((before.known, before.reasoned), (1, 0));
        assert!(silent.contains(&"depth_m") && !silent.contains(&"cover"), "{silent:?}");
        asset.nulls.insert("depth_m".to_owned(), NullReason::NotSurveyed);
        asset.nulls.insert("built_on".to_owned(), NullReason::NotApplicable);
        let (after, _) = completeness(&asset);
        assert_eq!(after, Completeness { known: 1, reasoned: 1, silent: before.silent - 2 });
        assert_eq!(Completeness { known: 1, reasoned: 1, silent: 2 }.percent(), 25);
        assert_eq!(Completeness::default().percent(), 100);
    }
}
