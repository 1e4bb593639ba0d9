//! Planned civil works of other sectors: a street that is opened anyway, who is told of it, and who answers.

mod answer;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use self::answer::{Answered, Interest, InterestArea, WorksAnswer, tells};
use crate::{
    code_list::code_list,
    codes::OrganisationCode,
    shape::Shape,
    visibility::{Role, Viewer},
};

code_list! {
    /// How far a work of another sector has come.
    WorksStage, "works stages" {
        /// Announced with a vague window.
        Forward = "forward",
        /// Fixed in place and time.
        Concrete = "concrete",
        /// Under way.
        InProgress = "in_progress",
        /// Over.
        Done = "done",
    }
}

code_list! {
    /// What can be done to a work.
    WorksStep, "works steps" {
        /// Fix it in place and time.
        Confirm = "confirm",
        /// Begin to dig.
        Start = "start",
        /// Interrupt it; it goes on another day.
        Stop = "stop",
        /// Close the ground.
        Finish = "finish",
        /// Take the last step back: it was noted by mistake.
        Revert = "revert",
    }
}

impl WorksStage {
    /// The stage after a step; `None` when the step cannot be taken from here. A stop that is taken back is not told by
    /// the stage, which is that of a work never begun: see [`Works::after`].
    const fn after(self, step: WorksStep) -> Option<Self> {
        match (self, step) {
            (Self::Forward, WorksStep::Confirm) | (Self::InProgress, WorksStep::Stop | WorksStep::Revert) => {
                Some(Self::Concrete)
            }
            (Self::Concrete, WorksStep::Start) | (Self::Done, WorksStep::Revert) => Some(Self::InProgress),
            (Self::InProgress, WorksStep::Finish) => Some(Self::Done),
            (Self::Concrete, WorksStep::Revert) => Some(Self::Forward),
            _ => None,
        }
    }
}

/// A planned civil work of another sector, during which a street is open.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Works {
    /// Its code, unique in the territory.
    pub code: String,
    /// Road, power, lighting, water.
    pub sector: String,
    /// Who digs.
    pub owner: OrganisationCode,
    /// First day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub starts_on: Option<Date>,
    /// Last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends_on: Option<Date>,
    /// How far it has come.
    pub stage: WorksStage,
    /// Where the ground is open.
    pub shape: Shape,
    /// What is done, in the owner's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The published investment plan that it comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<String>,
    /// Until when others are asked whether they want to join.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer_by: Option<Date>,
    /// How many ducts the owner has agreed to lay for others; 0 when it has declined, none while it has not replied.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ducts_agreed: Option<u32>,
    /// When the owner replied.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replied_on: Option<Date>,
    /// Whether everybody may read of it, signed in or not.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub published: bool,
    /// Day on which the ground was opened last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started_on: Option<Date>,
    /// Day on which it was interrupted last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stopped_on: Option<Date>,
    /// Day on which the ground was closed for good.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finished_on: Option<Date>,
}

/// How far ahead the public reads of published works, in months.
pub const PUBLIC_MONTHS: i32 = 6;

impl Works {
    /// A work of which nothing more is said than this.
    #[must_use]
    pub const fn new(code: String, sector: String, owner: OrganisationCode, stage: WorksStage, shape: Shape) -> Self {
        Self {
            code,
            sector,
            owner,
            starts_on: None,
            ends_on: None,
            stage,
            shape,
            title: None,
            plan: None,
            answer_by: None,
            ducts_agreed: None,
            replied_on: None,
            published: false,
            started_on: None,
            stopped_on: None,
            finished_on: None,
        }
    }

    /// The work after a step on a day; `None` when the step cannot be taken, or a work without both dates is to be fixed.
    #[must_use]
    pub fn after(&self, step: WorksStep, on: Date) -> Option<Self> {
        if step == WorksStep::Revert && self.is_stopped() {
            return Some(Self { stage: WorksStage::InProgress, stopped_on: None, ..self.clone() });
        }
        let stage = self.stage.after(step)?;
        let mut work = Self { stage, ..self.clone() };
        match step {
            WorksStep::Confirm if self.starts_on.is_none() || self.ends_on.is_none() => return None,
            WorksStep::Confirm => {}
            WorksStep::Start => (work.started_on, work.stopped_on) = (Some(on), None),
            WorksStep::Stop => work.stopped_on = Some(on),
            WorksStep::Finish => work.finished_on = Some(on),
            WorksStep::Revert if self.stage == WorksStage::Done => work.finished_on = None,
            WorksStep::Revert => (work.started_on, work.stopped_on) = (None, None),
        }
        Some(work)
    }

    /// Whether it was begun and is interrupted.
    fn is_stopped(&self) -> bool {
        self.stage == WorksStage::Concrete && self.stopped_on.is_some()
    }
}

/// Whether a viewer may know of a work on a day. Whoever has signed in reads all of them, because they are announced so that
/// others join; the public those that are published, dated, and begin within [`PUBLIC_MONTHS`] or are under way.
#[must_use]
pub fn sees_works(viewer: &Viewer, works: &Works, today: Date) -> bool {
    if viewer.role != Role::Public {
        return true;
    }
    let horizon = today.saturating_add(jiff::Span::new().months(PUBLIC_MONTHS));
    let soon = works.starts_on.is_some_and(|starts| starts <= horizon);
    let over = works.stage == WorksStage::Done || works.ends_on.is_some_and(|ends| ends < today);
    works.published && soon && !over && works.ends_on.is_some()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::position::Lonlat;

    fn works() -> Works {
        let (owner, at) = (OrganisationCode::new("road").unwrap(), Lonlat::new(106.48, 20.68).unwrap());
        let announced = Works::new("CT-1".to_owned(), "road".to_owned(), owner, WorksStage::Forward, Shape::Point(at));
        let (starts_on, ends_on) = (Some(date(2027, 3, 1)), Some(date(2027, 4, 30)));
        Works { starts_on, ends_on, published: true, ..announced }
    }

    #[test]
    fn a_work_is_fixed_begun_interrupted_and_finished_and_a_mistake_is_taken_back() {
        use WorksStep::{Confirm, Finish, Revert, Start, Stop};
        let day = |day| date(2027, 3, day);
        let fixed = works().after(Confirm, day(1)).unwrap();
        let begun = fixed.after(Start, day(2)).unwrap();
        let stopped = begun.after(Stop, day(3)).unwrap();
        assert_eq!(
            (stopped.stage, stopped.started_on, stopped.stopped_on),
            (WorksStage::Concrete, Some(day(2)), Some(day(3)))
        );
        assert_eq!(stopped.after(Revert, day(4)).unwrap(), begun, "it goes on as if nobody had stopped it");
        assert_eq!(begun.after(Stop, day(3)).and_then(|work| work.after(Revert, day(3))), Some(begun.clone()));
        let again = stopped.after(Start, day(5)).unwrap();
        assert_eq!((again.started_on, again.stopped_on), (Some(day(5)), None));
        let done = again.after(Finish, day(9)).unwrap();
        assert_eq!((done.stage, done.finished_on), (WorksStage::Done, Some(day(9))));
        assert_eq!(done.after(Revert, day(9)).unwrap(), again);
        assert_eq!(begun.after(Revert, day(2)).unwrap(), fixed);
        assert_eq!(fixed.after(Revert, day(1)).unwrap(), works());
        for (from, step) in
            [(works(), Start), (works(), Revert), (fixed, Finish), (done.clone(), Start), (done, Confirm)]
        {
            assert_eq!(from.after(step, day(9)), None, "{} {step}", from.stage);
        }
        let undated = Works { ends_on: None, ..works() };
        assert_eq!(undated.after(Confirm, day(1)), None, "without dates nothing is fixed");
    }

    #[test]
    fn the_public_reads_published_works_of_the_next_six_months() {
        let today = date(2027, 1, 15);
        let signed_in = Viewer { role: Role::CarrierEditor, ..Viewer::public() };
        for (name, works, seen) in [
            ("published and near", works(), true),
            ("not published", Works { published: false, ..works() }, false),
            (
                "on the last day of the horizon",
                Works { starts_on: Some(date(2027, 7, 15)), ends_on: Some(date(2027, 8, 1)), ..works() },
                true,
            ),
            (
                "a day later",
                Works { starts_on: Some(date(2027, 7, 16)), ends_on: Some(date(2027, 8, 1)), ..works() },
                false,
            ),
            ("under way", Works { starts_on: Some(date(2026, 11, 1)), ..works() }, true),
            ("over", Works { starts_on: Some(date(2026, 11, 1)), ends_on: Some(date(2027, 1, 14)), ..works() }, false),
            ("without dates", Works { starts_on: None, ends_on: None, ..works() }, false),
            ("done early", Works { stage: WorksStage::Done, ..works() }, false),
        ] {
            assert_eq!(sees_works(&Viewer::public(), &works, today), seen, "{name}");
            assert!(sees_works(&signed_in, &works, today), "{name}");
        }
    }
}
