//! Says where a local rule set holds: in the territory's outline, in an area of a file, or wherever its authority decides.

use hatang_core::{RuleSet, RuleSetCode, Shape, Viewer, rule_set::NATIONAL, shape::Area};
use hatang_exchange::read_area;

use crate::{
    amended_rule_set::{Current, is_given},
    desk::Desk,
    error::{DeskError, ErrorKind},
    permission::{About, Action},
};

/// Where a set is to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AreaFrom<'a> {
    /// Wherever its authority decides: it has no area any more.
    Everywhere,
    /// In the territory, by the outline in force. A later outline does not move it.
    Outline,
    /// In the one area of a GeoJSON file.
    File(&'a [u8]),
}

/// What an official says of a set's area.
#[derive(Clone, Debug)]
pub struct AreaChange<'a> {
    /// The version of the set's record that was seen.
    pub seen_version: u32,
    /// Where the set is to hold.
    pub from: AreaFrom<'a>,
    /// Why.
    pub reason: String,
}

/// Writes the set with its new area. A request outside is not judged by the set.
///
/// # Errors
/// [`DeskError`] when the viewer may not, the set is the national one or not known, the file holds no area of the
/// territory, somebody else was faster, nothing would change, or no reason is given.
pub async fn set_rule_area(
    desk: &Desk,
    who: &Viewer,
    code: &RuleSetCode,
    change: AreaChange<'_>,
) -> Result<RuleSet, DeskError> {
    desk.may(who, Action::AdoptPlan, About::nothing())?;
    let current = Current::read(desk, code).await?;
    if code.as_str() == NATIONAL {
        let said = ("Bộ quốc gia áp dụng trên cả nước, không đặt phạm vi.", "The national set holds everywhere.");
        return Err(refused("ruleset.national", code, said));
    }
    if current.version.0 != change.seen_version {
        return Err(DeskError::input(
            ErrorKind::Conflict,
            "ruleset.changed_meanwhile",
            current.version.0,
            "Bộ quy tắc đã có phiên bản mới hơn: hãy đọc lại trước khi đặt phạm vi.",
            "The rule set has a newer version: read it before its area is set.",
        ));
    }
    if !is_given(&change.reason) {
        let said = ("Phải nêu văn bản và lý do đổi phạm vi áp dụng.", "Name the instrument and why the area changes.");
        return Err(refused("ruleset.reason", "reason", said));
    }
    let area = area(desk, change.from)?;
    if area == current.set.area {
        let said = ("Phạm vi áp dụng không thay đổi.", "The area would stay as it is.");
        return Err(refused("ruleset.unchanged", code, said));
    }
    let next = RuleSet { area, ..current.set.clone() };
    current.followed_by(desk, who, next, &change.reason).await
}

fn area(desk: &Desk, from: AreaFrom<'_>) -> Result<Option<Shape>, DeskError> {
    let outline = || {
        let outline = |registry: &hatang_core::Registry| {
            let boundaries = registry.home().and_then(|(_, state)| state.boundaries.as_ref())?;
            Some(boundaries.home.shape.clone())
        };
        desk.read(outline).ok_or_else(|| {
            let said = ("Chưa có ranh giới nào được nạp.", "No outline is loaded.");
            refused("ruleset.no_outline", "outline", said)
        })
    };
    match from {
        AreaFrom::Everywhere => Ok(None),
        AreaFrom::Outline => outline().map(Some),
        AreaFrom::File(bytes) => {
            let shape = read_area(bytes)?;
            let home = outline()?;
            let shared = Area::of(&home).zip(Area::of(&shape)).map_or(0.0, |(home, area)| home.share_in(&area));
            if shared <= 0.0 { Err(elsewhere()) } else { Ok(Some(shape)) }
        }
    }
}

fn elsewhere() -> DeskError {
    refused(
        "ruleset.area_elsewhere",
        "area",
        (
            "Vùng trong tệp nằm hoàn toàn ngoài ranh giới nên bộ quy tắc sẽ không xét hồ sơ nào ở đây.",
            "The file's area lies wholly outside the outline: the set would judge nothing here.",
        ),
    )
}

fn refused(code: &'static str, value: impl std::fmt::Display, (vi, en): (&str, &str)) -> DeskError {
    DeskError::input(ErrorKind::BadInput, code, value, vi, en)
}
