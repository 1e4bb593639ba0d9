//! The works that a viewer may know of, with what others answer: names for owner and office, numbers for everybody else.

use hatang_core::{
    OrganisationCode, Registry, Role, Shape, Territory, Version, Viewer,
    works::{Answered, Interest, Works, WorksAnswer, WorksStage, WorksStep, sees_works, tells},
};
use jiff::{Timestamp, civil::Date};
use serde::Serialize;

use crate::{
    desk::Desk,
    permission::{About, Action, is_allowed},
    reply_clock::{ReplyClock, reply_clock, waiting_since},
    works::{days_since, steps},
};

/// The works that a viewer may know of.
#[derive(Clone, Debug, Serialize)]
pub struct WorksList {
    /// The day that the list was made on.
    pub today: Date,
    /// The works: those to come by their first day, undated ones after, done ones last.
    pub works: Vec<WorksRow>,
    /// Where the viewer's organisation wants to be told; none for everywhere.
    pub interest_area: Option<Shape>,
}

/// One work as a viewer may see it.
#[derive(Clone, Debug, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a field of its own in the answer")]
pub struct WorksRow {
    /// Its code.
    pub code: String,
    /// Its version; for those who may change it.
    pub version: Version,
    /// Road, power, lighting, water.
    pub sector: String,
    /// Who digs.
    pub owner: OrganisationCode,
    /// What is done.
    pub title: Option<String>,
    /// The published investment plan that it comes from.
    pub plan: Option<String>,
    /// How far it has come.
    pub stage: WorksStage,
    /// First day.
    pub starts_on: Option<Date>,
    /// Last day.
    pub ends_on: Option<Date>,
    /// Day on which the ground was opened last.
    pub started_on: Option<Date>,
    /// Day on which it was interrupted last.
    pub stopped_on: Option<Date>,
    /// Day on which the ground was closed for good.
    pub finished_on: Option<Date>,
    /// Until when others are asked.
    pub answer_by: Option<Date>,
    /// Whether everybody may read of it.
    pub published: bool,
    /// Where the ground is open.
    pub geometry: Shape,
    /// Whether it touches the ground on which the viewer's organisation wants to be told.
    pub concerns: bool,
    /// What has been answered, without names; none for the public.
    pub answered: Option<Answered>,
    /// What the viewer's own organisation has answered.
    pub own_answer: Option<GivenAnswer>,
    /// Who has answered what; for the owner and officials only.
    pub answers: Option<Vec<GivenAnswer>>,
    /// How many ducts the owner has agreed to lay for others.
    pub ducts_agreed: Option<u32>,
    /// When the owner replied.
    pub replied_on: Option<Date>,
    /// For how many days those who want ducts have been waiting for the owner's reply; none when nobody waits.
    pub waiting_days: Option<i64>,
    /// By when the owner is to reply, where the territory's rule set has a clock for it and somebody waits.
    pub reply_clock: Option<ReplyClock>,
    /// The steps that the viewer may take it.
    pub steps: Vec<WorksStep>,
    /// Whether the viewer may write it anew.
    pub may_amend: bool,
    /// Whether the viewer's organisation may answer now.
    pub may_answer: bool,
}

/// One answer with its name.
#[derive(Clone, Debug, Serialize)]
pub struct GivenAnswer {
    /// Who.
    pub organisation: OrganisationCode,
    /// What.
    pub interest: Interest,
    /// How many ducts.
    pub ducts: Option<u32>,
    /// When.
    pub at: Timestamp,
}

/// Lists the works that the viewer may know of.
#[must_use]
pub fn list_works(desk: &Desk, who: &Viewer) -> WorksList {
    let today = desk.today();
    desk.read(|registry| {
        let Some((territory, state)) = registry.home() else {
            return WorksList { today, works: Vec::new(), interest_area: None };
        };
        let seen = state.works.values().filter(|works| sees_works(who, works, today));
        let version = |works: &Works| state.works_versions.get(&works.code).copied().unwrap_or(Version(1));
        let mut rows: Vec<WorksRow> =
            seen.map(|works| row(registry, territory, who, works, version(works), today)).collect();
        rows.sort_by(|a, b| order(a).cmp(&order(b)));
        let area = who.organisation.as_ref().and_then(|own| registry.answers().area_of(territory, own));
        WorksList { today, works: rows, interest_area: area.and_then(|area| area.shape.clone()) }
    })
}

fn order(row: &WorksRow) -> (bool, bool, Option<Date>, &str) {
    (row.stage == WorksStage::Done, row.starts_on.is_none(), row.starts_on, &row.code)
}

fn row(
    registry: &Registry,
    territory: &Territory,
    who: &Viewer,
    works: &Works,
    version: Version,
    today: Date,
) -> WorksRow {
    let file = registry.answers();
    let answers: Vec<&WorksAnswer> = file.of_works(territory, &works.code).collect();
    let own = who.organisation.as_ref().filter(|_| who.role != Role::Public);
    let reads_names = who.is_official_of(territory) || own == Some(&works.owner);
    let may_amend = is_allowed(who, Action::EnterWorks, About::owner(&works.owner).in_territory(territory));
    let is_open = works.stage != WorksStage::Done && works.answer_by.is_none_or(|answer_by| today <= answer_by);
    let waiting = waiting_since(works, &answers).filter(|_| who.role != Role::Public);
    WorksRow {
        code: works.code.clone(),
        version,
        sector: works.sector.clone(),
        owner: works.owner.clone(),
        title: works.title.clone(),
        plan: works.plan.clone(),
        stage: works.stage,
        starts_on: works.starts_on,
        ends_on: works.ends_on,
        started_on: works.started_on,
        stopped_on: works.stopped_on,
        finished_on: works.finished_on,
        answer_by: works.answer_by,
        published: works.published,
        geometry: works.shape.clone(),
        concerns: own.is_none_or(|own| tells(file.area_of(territory, own), works)),
        answered: (who.role != Role::Public).then(|| Answered::of(answers.iter().copied())),
        own_answer: own.and_then(|own| answers.iter().find(|answer| answer.organisation == *own)).map(|it| given(it)),
        answers: reads_names.then(|| answers.iter().map(|answer| given(answer)).collect()),
        ducts_agreed: works.ducts_agreed,
        replied_on: works.replied_on,
        waiting_days: waiting.map(|since| days_since(since, today)),
        reply_clock: waiting.and_then(|since| reply_clock(registry, since, today)),
        steps: if may_amend { steps(works, today) } else { Vec::new() },
        may_amend,
        may_answer: is_open
            && own.is_some_and(|own| {
                *own != works.owner && is_allowed(who, Action::AnswerWorks, About::owner(own).in_territory(territory))
            }),
    }
}

fn given(answer: &WorksAnswer) -> GivenAnswer {
    GivenAnswer {
        organisation: answer.organisation.clone(),
        interest: answer.interest,
        ducts: answer.ducts,
        at: answer.at,
    }
}
