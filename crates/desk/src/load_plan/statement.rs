//! What the plan says of itself, by the words of its sheet: which of it has changed, and what officials decided.

use hatang_core::plan::Plan;

use super::Told;

/// A word of the sheet that officials can change, whether two plans say the same, and how one says what another does. The years
/// whose plan is issued are merged year by year, see [`super::plan`].
struct Word {
    name: &'static str,
    vi: &'static str,
    is_same: fn(&Plan, &Plan) -> bool,
    take_over: fn(&mut Plan, &Plan),
}

macro_rules! words {
    ($($field:ident $vi:literal,)+) => {
        const WORDS: &[Word] = &[$(Word {
            name: stringify!($field),
            vi: $vi,
            is_same: |one, other| one.$field == other.$field,
            take_over: |plan, from| plan.$field.clone_from(&from.$field),
        }),+];
    };
}

words! {
    title "tên",
    instrument "văn bản",
    valid_from "ngày có hiệu lực",
    valid_to "ngày hết hiệu lực",
    synthetic "dữ liệu mô phỏng",
    complete "phần đã đầy đủ",
    targets "mục tiêu",
}

/// The words of which two plans do not say the same.
pub(super) fn changed(before: &Plan, now: &Plan) -> impl Iterator<Item = &'static str> {
    WORDS.iter().filter(|word| !(word.is_same)(before, now)).map(|word| word.name)
}

/// Lets a folder's plan say what officials decided.
pub(super) fn over(folder: &mut Plan, current: &Plan, decided: impl Fn(&str) -> bool, told: &mut Told) {
    for Word { name, vi, is_same, take_over } in WORDS.iter().filter(|word| decided(word.name)) {
        if is_same(folder, current) {
            continue;
        }
        take_over(folder, current);
        told.keep(
            format!("Quy hoạch: giữ {vi} (`{name}`) như cán bộ đã sửa."),
            format!("Plan: `{name}` stays as an official has changed it."),
        );
    }
}
