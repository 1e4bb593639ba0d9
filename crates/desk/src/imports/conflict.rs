//! What somebody must agree with before an import is committed.

use hatang_core::Text;
use serde::{Deserialize, Serialize};

/// What a conflict is about. The words are stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConflictKind {
    /// The numbers speak for another reference system.
    Crs,
    /// The reader has warned of rows.
    Warnings,
    /// Rows were refused and stay out.
    Refused,
    /// Records that are there are overwritten.
    Changes,
    /// Assets that the file does not have are given up.
    Retires,
    /// Assets that were given up stand again.
    Revives,
    /// New assets are likely of structures that are registered already.
    Duplicates,
    /// New assets without a code cannot be recognised the next time.
    WithoutCode,
    /// The very same file has come in before.
    SameFile,
    /// Assets are named that are not registered, or lie elsewhere.
    References,
}

/// One thing to agree with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    /// What it is about.
    pub kind: ConflictKind,
    /// How many assets or rows.
    pub count: u64,
    /// The first of the file's rows concerned.
    pub rows: Vec<u32>,
    /// The sentence for people.
    pub text: Text,
    /// Whether somebody has agreed.
    pub acknowledged: bool,
}

/// How many rows are named with a conflict.
const ROWS_NAMED: usize = 20;

/// Gathers conflicts in the order of their kinds.
#[derive(Default)]
pub(super) struct Conflicts(std::collections::BTreeMap<ConflictKind, (u64, Vec<u32>)>);

impl Conflicts {
    pub(super) fn add(&mut self, kind: ConflictKind, rows: &[u32]) {
        self.add_many(kind, 1, rows);
    }

    pub(super) fn add_many(&mut self, kind: ConflictKind, count: u64, rows: &[u32]) {
        if count == 0 {
            return;
        }
        let (counted, named) = self.0.entry(kind).or_default();
        *counted += count;
        named.extend(rows.iter().take(ROWS_NAMED - named.len().min(ROWS_NAMED)));
    }

    pub(super) fn finish(self) -> Vec<Conflict> {
        let of = |(kind, (count, rows)): (ConflictKind, (u64, Vec<u32>))| Conflict {
            kind,
            count,
            rows,
            text: text(kind, count),
            acknowledged: false,
        };
        self.0.into_iter().map(of).collect()
    }
}

fn text(kind: ConflictKind, n: u64) -> Text {
    let (vi, en) = match kind {
        ConflictKind::Crs => (
            "Toạ độ trong tệp khớp với một hệ toạ độ khác hơn là hệ đã khai; nếu giữ nguyên, vị trí có thể sai.".to_owned(),
            "The numbers fit another reference system better than the declared one; kept as declared, places may be wrong."
                .to_owned(),
        ),
        ConflictKind::Warnings => (
            format!("{n} cảnh báo khi đọc tệp; các dòng này vẫn được nhập."),
            format!("{n} warnings while the file was read; these rows come in."),
        ),
        ConflictKind::Refused => {
            (format!("{n} dòng bị từ chối và không được nhập."), format!("{n} rows are refused and stay out."))
        }
        ConflictKind::Changes => (
            format!("{n} bản ghi đang có sẽ được ghi đè bằng nội dung của tệp."),
            format!("{n} records that are there are overwritten by the file."),
        ),
        ConflictKind::Retires => (
            format!("{n} công trình không có trong tệp sẽ chuyển sang đã ngừng sử dụng."),
            format!("{n} assets that the file does not have are given up."),
        ),
        ConflictKind::Revives => (
            format!("{n} công trình đã ngừng sử dụng sẽ được ghi nhận trở lại."),
            format!("{n} assets that were given up stand again."),
        ),
        ConflictKind::Duplicates => (
            format!("{n} công trình mới có thể trùng với công trình đã đăng ký."),
            format!("{n} new assets are likely of structures that are registered already."),
        ),
        ConflictKind::WithoutCode => (
            format!("{n} công trình mới không có mã, nên lần nhập sau không nhận ra được."),
            format!("{n} new assets have no code and cannot be recognised the next time."),
        ),
        ConflictKind::SameFile => (
            "Chính tệp này đã được nhập đầy đủ trước đây.".to_owned(),
            "This very file has come in whole before.".to_owned(),
        ),
        ConflictKind::References => (
            format!("{n} tham chiếu tới công trình chưa đăng ký hoặc nằm ở chỗ khác."),
            format!("{n} references lead to assets that are not registered or lie elsewhere."),
        ),
    };
    Text::new(vi, en)
}
