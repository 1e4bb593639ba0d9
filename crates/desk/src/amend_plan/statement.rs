//! The act on what the plan says of itself, by the words of its sheet.

use std::collections::BTreeSet;

use hatang_core::{
    Text,
    plan::{Plan, Target, is_part, part_words},
};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::{Properties, refused};
use crate::error::DeskError;

/// What the plan says of itself and officials may change.
const WORDS: &str = "title, instrument, valid_from, valid_to, synthetic, complete, years_issued, targets";

/// What is said of a target.
const TARGET_WORDS: [&str; 6] = ["code", "name", "value", "unit", "by", "instrument"];

/// Lays what is said over what the plan says of itself.
///
/// # Errors
/// [`DeskError`] for the first word that is not known or whose value cannot be used.
pub(super) fn state(plan: &mut Plan, says: Properties) -> Result<(), DeskError> {
    for (word, value) in says {
        match word.as_str() {
            "title" => plan.title = title(read(&word, value)?)?,
            "instrument" => plan.instrument = filled(&word, read(&word, value)?)?,
            "valid_from" => plan.valid_from = read(&word, value)?,
            "valid_to" => plan.valid_to = read(&word, value)?,
            "synthetic" => plan.synthetic = read(&word, value)?,
            "complete" => plan.complete = complete(read(&word, value)?)?,
            "years_issued" => plan.years_issued = read(&word, value)?,
            "targets" => plan.targets = targets(value)?,
            _ => return Err(unknown(&word)),
        }
    }
    if let (Some(from), Some(to)) = (plan.valid_from, plan.valid_to)
        && to < from
    {
        return Err(refused(
            "plan.statement",
            to,
            "Quy hoạch hết hiệu lực trước ngày có hiệu lực.",
            "The plan would end before it begins.",
        ));
    }
    Ok(())
}

fn read<T: DeserializeOwned>(word: &str, value: Value) -> Result<T, DeskError> {
    let given = value.to_string();
    serde_json::from_value(value).map_err(|error| {
        refused(
            "plan.statement",
            given,
            &format!("Không đọc được giá trị của `{word}` (chi tiết kỹ thuật: {error})."),
            &format!("The value of `{word}` cannot be read: {error}."),
        )
    })
}

fn title(Text { vi, en }: Text) -> Result<Text, DeskError> {
    Ok(Text { vi: filled("title.vi", vi)?, en: filled("title.en", en)? })
}

/// A text that says something.
fn filled(word: &str, text: String) -> Result<String, DeskError> {
    if text.trim().is_empty() {
        let (vi, en) = (format!("`{word}` không được để trống."), format!("`{word}` must not be empty."));
        return Err(refused("plan.statement", word, &vi, &en));
    }
    Ok(text)
}

/// A word that names no part would be read by nothing.
fn complete(words: Vec<String>) -> Result<Vec<String>, DeskError> {
    match words.iter().find(|word| !is_part(word)) {
        None => Ok(words),
        Some(word) => Err(refused(
            "plan.part",
            word,
            &format!("Quy hoạch không có phần này; các phần: {}.", part_words()),
            &format!("The plan has no such part; the parts: {}.", part_words()),
        )),
    }
}

fn targets(value: Value) -> Result<Vec<Target>, DeskError> {
    if let Some(word) = word_of_no_target(&value) {
        let all = TARGET_WORDS.join(", ");
        return Err(refused(
            "plan.statement",
            word,
            &format!("Mục tiêu không có `{word}`; mục tiêu gồm: {all}."),
            &format!("A target has no `{word}`; it has: {all}."),
        ));
    }
    let targets: Vec<Target> = read("targets", value)?;
    match code_of_no_use(&targets) {
        None => Ok(targets),
        Some(code) => Err(refused(
            "plan.statement",
            code,
            "Mỗi mục tiêu phải có một mã riêng, không trùng nhau.",
            "Every target needs a code of its own, and no two the same.",
        )),
    }
}

/// A word that nothing reads, perhaps misspelt.
fn word_of_no_target(targets: &Value) -> Option<&str> {
    let targets = targets.as_array().into_iter().flatten().filter_map(Value::as_object);
    targets.flat_map(Map::keys).map(String::as_str).find(|word| !TARGET_WORDS.contains(word))
}

/// A code that is empty or stands for two targets.
fn code_of_no_use(targets: &[Target]) -> Option<&str> {
    let mut codes = BTreeSet::new();
    targets.iter().map(|target| target.code.as_str()).find(|code| code.trim().is_empty() || !codes.insert(*code))
}

fn unknown(word: &str) -> DeskError {
    let vi = format!(
        "Không sửa được mục này ở đây; các mục: {WORDS}. \
         Ranh giới, dân số toàn xã và bộ quy tắc được nạp cùng thư mục quy hoạch."
    );
    let en = format!(
        "This cannot be changed here; what can: {WORDS}. \
         The outline, its population and the rule set come with a plan folder."
    );
    refused("plan.statement", word, &vi, &en)
}
