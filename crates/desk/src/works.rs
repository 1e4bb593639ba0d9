//! What the use cases of works share.

use hatang_core::{
    Event, OrganisationCode, Shape, Stream, Territory, Version, Viewer,
    works::{Works, WorksStep},
};
use hatang_store::Expected;
use jiff::civil::Date;
use serde::Serialize;

use crate::{
    desk::Desk,
    error::{DeskError, ErrorKind},
};

/// Where a work stands after something was done to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WorksReceipt {
    /// Its code.
    pub code: String,
    /// Its version, which the next change must name.
    pub version: Version,
}

/// What a work says, as its owner enters it.
#[derive(Clone, Debug)]
pub struct WorksDraft {
    /// Road, power, lighting, water.
    pub sector: String,
    /// Who digs.
    pub owner: OrganisationCode,
    /// What is done.
    pub title: Option<String>,
    /// The published investment plan that it comes from.
    pub plan: Option<String>,
    /// First day.
    pub starts_on: Option<Date>,
    /// Last day.
    pub ends_on: Option<Date>,
    /// Until when others are asked.
    pub answer_by: Option<Date>,
    /// Whether everybody may read of it.
    pub published: bool,
    /// Where the ground is open.
    pub shape: Shape,
}

/// The sectors that dig.
pub const SECTORS: [&str; 5] = ["road", "power", "lighting", "water", "telecom"];

/// The longest text, in characters.
const TEXT_AT_MOST: usize = 300;

impl WorksDraft {
    /// Checks what the types do not say.
    pub(crate) fn check(&self) -> Result<(), DeskError> {
        let bad =
            |code, value: String, vi: &str, en: &str| Err(DeskError::input(ErrorKind::BadInput, code, value, vi, en));
        if !SECTORS.contains(&self.sector.as_str()) {
            let vi = "Ngành phải là một trong: road, power, lighting, water, telecom.";
            return bad(
                "works.sector_unknown",
                self.sector.clone(),
                vi,
                "The sector is one of: road, power, lighting, water, telecom.",
            );
        }
        if let (Some(starts), Some(ends)) = (self.starts_on, self.ends_on)
            && ends < starts
        {
            let (vi, en) = ("Ngày kết thúc phải sau ngày bắt đầu.", "The last day comes after the first.");
            return bad("works.ends_before_it_starts", ends.to_string(), vi, en);
        }
        if let (Some(answer_by), Some(ends)) = (self.answer_by, self.ends_on)
            && ends < answer_by
        {
            let (vi, en) = ("Hạn trả lời phải trước khi công trình kết thúc.", "Answers are due before the work ends.");
            return bad("works.answer_after_end", answer_by.to_string(), vi, en);
        }
        for text in [&self.title, &self.plan].into_iter().flatten() {
            if TEXT_AT_MOST < text.chars().count() || text.chars().any(char::is_control) {
                let (vi, en) =
                    ("Văn bản dài tối đa 300 ký tự trên một dòng.", "A text has at most 300 characters on one line.");
                return bad("works.text_invalid", text.clone(), vi, en);
            }
        }
        self.shape.check().or_else(|error| {
            let (vi, en) = ("Hình dạng của công trình không hợp lệ.", "The geometry of the work is not valid.");
            bad("works.geometry_invalid", error.to_string(), vi, en)
        })
    }

    /// The work with what the owner says now; how far it has come stays.
    pub(crate) fn write_over(self, works: Works) -> Works {
        let Self { sector, owner, title, plan, starts_on, ends_on, answer_by, published, shape } = self;
        Works { sector, owner, title, plan, starts_on, ends_on, answer_by, published, shape, ..works }
    }
}

/// A work that there is, with its version.
pub(crate) fn held(desk: &Desk, code: &str) -> Result<(Territory, Works, Version), DeskError> {
    let found = desk.read(|registry| {
        let (territory, state) = registry.home()?;
        let version = state.works_versions.get(code).copied()?;
        Some((territory.clone(), state.works.get(code)?.clone(), version))
    });
    found.ok_or_else(|| {
        let (vi, en) = ("Không tìm thấy công trình này.", "There is no such work.");
        DeskError::input(ErrorKind::NotFound, "works.unknown", code, vi, en)
    })
}

/// Writes a work's new state over the version that the writer has seen.
pub(crate) async fn write(
    desk: &Desk,
    who: &Viewer,
    territory: &Territory,
    expected: Expected,
    works: Works,
) -> Result<WorksReceipt, DeskError> {
    let code = works.code.clone();
    let appended = desk.append(territory, vec![(expected, Event::WorksRegistered { works })], who).await?;
    Ok(WorksReceipt { code, version: appended.first().map_or(Version(1), |appended| appended.version) })
}

/// The version that a confidential record has now, as the expectation of the next write to it: the last answer counts.
pub(crate) async fn expected(desk: &Desk, territory: &Territory, stream: &Stream) -> Result<Expected, DeskError> {
    let record = desk.store.record(&territory.confidential(), stream).await?;
    Ok(record.map_or(Expected::New, |current| Expected::Version(current.version)))
}

/// The steps that a work can take on a day.
pub(crate) fn steps(works: &Works, today: Date) -> Vec<WorksStep> {
    WorksStep::ALL.iter().copied().filter(|step| works.after(*step, today).is_some()).collect()
}

/// Whole days from one day to another; never less than zero.
pub(crate) fn days_since(day: Date, today: Date) -> i64 {
    day.until(today).map_or(0, |span| i64::from(span.get_days())).max(0)
}
