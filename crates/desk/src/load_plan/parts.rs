//! Parts of the plan that have no identity: zones, hamlets, priority places, roads, lines of other sectors.

use std::collections::BTreeMap;

use hatang_core::{
    Text,
    plan::{Constraint, Hamlet, Place, Road, Zone},
};
use serde::Serialize;

use super::Told;

/// A part that is told apart from others by what it says alone.
pub(super) trait Part: Clone + PartialEq + Serialize {
    /// What people call it, beginning with its kind.
    fn named(&self) -> Text;
}

/// What officials have done to one list of the plan that still stands.
#[derive(Debug)]
pub(super) struct DecidedParts<T> {
    /// Those that they entered or changed.
    entered: Vec<T>,
    /// Those of files that they gave up or changed, as the files have them.
    retired: Vec<T>,
}

impl<T> Default for DecidedParts<T> {
    fn default() -> Self {
        Self { entered: Vec::new(), retired: Vec::new() }
    }
}

impl<T: Part> DecidedParts<T> {
    /// Notes an official's change.
    pub(super) fn note(&mut self, before: &[T], now: &[T]) {
        for gone in without(before, now) {
            if !take(&mut self.entered, gone) {
                self.retired.push(gone.clone());
            }
        }
        for new in without(now, before) {
            if !take(&mut self.retired, new) {
                self.entered.push(new.clone());
            }
        }
    }

    /// After a load only those decisions stand that it has left.
    pub(super) fn keep_what_stands(&mut self, now: &[T]) {
        self.entered.retain(|part| now.contains(part));
        self.retired.retain(|part| !now.contains(part));
    }

    /// A folder's list with what officials decided.
    pub(super) fn over(&self, folder: Vec<T>, current: &[T], told: &mut Told) -> Vec<T> {
        let mut retired = self.retired.clone();
        let mut parts = Vec::with_capacity(folder.len());
        for part in folder {
            if take(&mut retired, &part) {
                let Text { vi, en } = part.named();
                told.keep(
                    format!("{vi}: cán bộ đã bỏ hoặc sửa, không nạp lại như cũ."),
                    format!("{en}: an official has given it up or changed it, and it stays so."),
                );
            } else {
                parts.push(part);
            }
        }
        for part in &self.entered {
            if !parts.contains(part) {
                let Text { vi, en } = part.named();
                told.keep(
                    format!("{vi}: giữ như cán bộ đã nhập, thư mục không có."),
                    format!("{en}: stays as an official entered it; the folder does not hold it."),
                );
                parts.push(part.clone());
            }
        }
        let gone = without(current, &parts);
        for part in &gone {
            let Text { vi, en } = part.named();
            told.replace(
                format!("{vi}: từ tệp trước, thư mục không còn nên đưa ra khỏi quy hoạch."),
                format!("{en}: came from a file and leaves the plan with it."),
            );
        }
        // The same parts keep their order, because they are told apart by their numbers.
        if gone.is_empty() && parts.len() == current.len() { current.to_vec() } else { parts }
    }
}

impl Part for Zone {
    fn named(&self) -> Text {
        let name = self.name.as_ref().map_or_else(|| self.zone.clone(), |name| format!("{} ({name})", self.zone));
        Text::new(format!("Khu vực {name}"), format!("Zone {name}"))
    }
}

impl Part for Hamlet {
    fn named(&self) -> Text {
        Text::new(format!("Thôn {}", self.name), format!("Hamlet {}", self.name))
    }
}

impl Part for Place {
    fn named(&self) -> Text {
        Text::new(format!("Địa điểm ưu tiên {}", self.name), format!("Priority place {}", self.name))
    }
}

impl Part for Road {
    fn named(&self) -> Text {
        let name = self.name.as_ref().unwrap_or(&self.kind);
        Text::new(format!("Đường {name}"), format!("Road {name}"))
    }
}

impl Part for Constraint {
    fn named(&self) -> Text {
        let what = self.name.as_ref().or(self.class.as_ref());
        let name = what.map_or_else(|| self.layer.to_string(), |what| format!("{} ({what})", self.layer));
        Text::new(format!("Tuyến của ngành khác {name}"), format!("Line of another sector {name}"))
    }
}

/// What of the one list is not in the other, each as often as it is more often there. `O(n log n)`; `O(n)` where they are
/// the same.
fn without<'a, T: Part>(all: &'a [T], others: &[T]) -> Vec<&'a T> {
    if all == others {
        return Vec::new();
    }
    let said =
        |part: &T| serde_json::to_string(part).expect("a part of the plan has no map with keys other than texts");
    let mut left: BTreeMap<String, usize> = BTreeMap::new();
    for other in others {
        *left.entry(said(other)).or_default() += 1;
    }
    let is_left_over = |one: &&T| match left.get_mut(&said(one)).filter(|count| 0 < **count) {
        Some(count) => {
            *count -= 1;
            false
        }
        None => true,
    };
    all.iter().filter(is_left_over).collect()
}

/// Takes one out of a list; whether it was there.
fn take<T: PartialEq>(list: &mut Vec<T>, one: &T) -> bool {
    let at = list.iter().position(|other| other == one);
    at.map(|at| list.remove(at)).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Part for u32 {
        fn named(&self) -> Text {
            Text::new(format!("Số {self}"), format!("Number {self}"))
        }
    }

    #[test]
    fn what_is_there_twice_is_left_over_once() {
        assert_eq!(without(&[1, 2, 2, 3], &[2, 4]), [&1, &2, &3]);
        assert_eq!(without(&[1], &[1, 1]), Vec::<&u32>::new());
        let mut list = vec![1, 2, 2];
        assert!(take(&mut list, &2) && !take(&mut list, &3));
        assert_eq!(list, [1, 2]);
    }

    #[test]
    fn a_part_that_was_changed_and_changed_back_is_the_files_again() {
        let mut decided = DecidedParts::default();
        decided.note(&[1, 2, 3], &[1, 20, 3]);
        let mut told = Told::default();
        assert_eq!(decided.over(vec![1, 2, 3], &[1, 20, 3], &mut told), [1, 20, 3]);
        assert_eq!((told.kept.len(), told.replaced.len()), (2, 0));
        assert_eq!(decided.over(vec![1, 2], &[1, 20, 3], &mut told), [1, 20], "what the folder gives up goes");
        assert_eq!(told.replaced.len(), 1);
        decided.note(&[1, 20, 3], &[1, 2, 3]);
        let mut told = Told::default();
        assert_eq!(decided.over(vec![1, 5, 3], &[1, 2, 3], &mut told), [1, 5, 3]);
        assert_eq!((told.kept.len(), told.replaced.len()), (0, 1));
    }
}
