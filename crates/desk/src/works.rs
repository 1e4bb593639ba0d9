//! What the use cases of works share.

use hatang_core::{
    Event, OrganisationCode, Shape, Stream, Territory, Text, Version, Viewer,
    works::{Works, WorksStage, WorksStep},
};
use hatang_exchange::{Finding, RowRule, Severity};
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

/// The longest code of a work, in characters.
const CODE_AT_MOST: usize = 120;

/// The longest value that is quoted, in characters.
const QUOTED_AT_MOST: usize = 120;

/// What is said of a work and cannot be, and in which field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Flaw {
    pub(crate) code: &'static str,
    pub(crate) field: &'static str,
    pub(crate) value: String,
    pub(crate) text: Text,
}

impl Flaw {
    pub(crate) fn new(code: &'static str, field: &'static str, value: impl Into<String>, vi: &str, en: &str) -> Self {
        Self { code, field, value: value.into(), text: Text::new(vi, en) }
    }

    /// The same as what is wrong with a row of a file.
    pub(crate) fn in_row(self, row: u32) -> Finding {
        Finding {
            row: Some(row),
            rule: RowRule::Domain,
            severity: Severity::Error,
            field: Some(self.field.to_owned()),
            value: Some(self.value.chars().take(QUOTED_AT_MOST).collect()),
            message: self.text,
        }
    }

    /// The same as a failure that names the work beside the value.
    pub(crate) fn of_work(mut self, code: &str) -> DeskError {
        self.value = format!("{code}: {}", self.value);
        self.into()
    }
}

impl From<Flaw> for DeskError {
    fn from(flaw: Flaw) -> Self {
        Self::Input { kind: ErrorKind::BadInput, code: flaw.code, value: Some(flaw.value), text: flaw.text }
    }
}

impl WorksDraft {
    /// What an owner says of a work, apart from its code and its stage.
    fn of(works: &Works) -> Self {
        Self {
            sector: works.sector.clone(),
            owner: works.owner.clone(),
            title: works.title.clone(),
            plan: works.plan.clone(),
            starts_on: works.starts_on,
            ends_on: works.ends_on,
            answer_by: works.answer_by,
            published: works.published,
            shape: works.shape.clone(),
        }
    }

    /// Checks what the types do not say.
    pub(crate) fn check(&self) -> Result<(), Flaw> {
        let bad = |code, field, value: String, vi, en| Err(Flaw::new(code, field, value, vi, en));
        if !SECTORS.contains(&self.sector.as_str()) {
            let vi = "Ngành phải là một trong: road, power, lighting, water, telecom.";
            return bad(
                "works.sector_unknown",
                "sector",
                self.sector.clone(),
                vi,
                "The sector is one of: road, power, lighting, water, telecom.",
            );
        }
        if let (Some(starts), Some(ends)) = (self.starts_on, self.ends_on)
            && ends < starts
        {
            let (vi, en) = ("Ngày kết thúc phải sau ngày bắt đầu.", "The last day comes after the first.");
            return bad("works.ends_before_it_starts", "ends_on", ends.to_string(), vi, en);
        }
        if let (Some(answer_by), Some(ends)) = (self.answer_by, self.ends_on)
            && ends < answer_by
        {
            let (vi, en) = ("Hạn trả lời phải trước khi công trình kết thúc.", "Answers are due before the work ends.");
            return bad("works.answer_after_end", "answer_by", answer_by.to_string(), vi, en);
        }
        let texts = [("title", &self.title), ("plan", &self.plan)];
        for (field, text) in texts.into_iter().filter_map(|(field, text)| Some((field, text.as_ref()?))) {
            if TEXT_AT_MOST < text.chars().count() || text.chars().any(char::is_control) {
                let (vi, en) =
                    ("Văn bản dài tối đa 300 ký tự trên một dòng.", "A text has at most 300 characters on one line.");
                return bad("works.text_invalid", field, text.clone(), vi, en);
            }
        }
        self.shape.check().or_else(|error| {
            let (vi, en) = ("Hình dạng của công trình không hợp lệ.", "The geometry of the work is not valid.");
            bad("works.geometry_invalid", "geometry", error.to_string(), vi, en)
        })
    }

    /// The work with what the owner says now; how far it has come stays.
    pub(crate) fn write_over(self, works: Works) -> Works {
        let Self { sector, owner, title, plan, starts_on, ends_on, answer_by, published, shape } = self;
        Works { sector, owner, title, plan, starts_on, ends_on, answer_by, published, shape, ..works }
    }
}

/// Checks the code of a new work.
pub(crate) fn check_code(code: &str) -> Result<(), Flaw> {
    if CODE_AT_MOST < code.chars().count() || code.chars().any(char::is_control) {
        let (vi, en) = ("Mã công trình dài tối đa 120 ký tự.", "A work's code has at most 120 characters.");
        return Err(Flaw::new("works.code_invalid", "code", code, vi, en));
    }
    Ok(())
}

/// Checks what a file says of a work as a form's draft is checked.
pub(crate) fn check_said(works: &Works) -> Result<(), Flaw> {
    WorksDraft::of(works).check()
}

/// The same for a work that is new: beyond a notice it has come only with both of its dates, as by the steps.
pub(crate) fn check_new(works: &Works) -> Result<(), Flaw> {
    check_code(&works.code)?;
    check_said(works)?;
    if works.stage != WorksStage::Forward && (works.starts_on.is_none() || works.ends_on.is_none()) {
        let (vi, en) = (
            "Công trình chưa đủ ngày bắt đầu và kết thúc chỉ ở giai đoạn `forward`.",
            "A work without both of its dates is at the stage `forward`.",
        );
        return Err(Flaw::new("works.undated", "stage", works.stage.code(), vi, en));
    }
    Ok(())
}

/// A known work with what a file says of it. How far it has come, what was replied and what the file leaves out stay.
pub(crate) fn over(before: Works, file: Works) -> Works {
    Works {
        stage: before.stage,
        starts_on: file.starts_on.or(before.starts_on),
        ends_on: file.ends_on.or(before.ends_on),
        title: file.title.or(before.title),
        plan: file.plan.or(before.plan),
        answer_by: file.answer_by.or(before.answer_by),
        ducts_agreed: before.ducts_agreed,
        replied_on: before.replied_on,
        published: file.published || before.published,
        started_on: before.started_on,
        stopped_on: before.stopped_on,
        finished_on: before.finished_on,
        ..file
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
