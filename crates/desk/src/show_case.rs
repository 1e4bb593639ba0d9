//! One request with everything that its reader may see: the newest screening, verdicts, what has expired, requests near.

mod near;

use hatang_core::{
    OrganisationCode, RequestItem, RuleId, RuleSetCode, Version, Viewer,
    case::{
        About, AdvisoryOpinion, Case, CaseId, CaseState, CaseStep, Changed, Conformity, KeptScreening, Opinion,
        ScreeningId, Side,
    },
    registry::HeldCase,
};
use jiff::{Timestamp, civil::Date};
use serde::Serialize;
use serde_json::Value;

pub use self::near::{NEAR_M, NearCase};
use crate::{
    cases::held,
    desk::Desk,
    error::DeskError,
    list_cases::side_of,
    permission::{self, Action, is_allowed},
    rerating::rerate_waiting,
    rerun_screening::kept_screening,
};

/// One request.
#[derive(Clone, Debug, Serialize)]
pub struct ShownCase {
    /// Its identity.
    pub id: CaseId,
    /// Its number.
    pub reference: String,
    /// Who asks.
    pub applicant: OrganisationCode,
    /// The year whose plan it asks to be taken into; none for a request to build.
    pub plan_year: Option<u32>,
    /// What the applicant calls it.
    pub title: Option<String>,
    /// How far it has come.
    pub state: CaseState,
    /// Its version, which the next change must name.
    pub version: Version,
    /// The rule set that the applicant named.
    pub rule_set: Option<RuleSetCode>,
    /// When it was first saved.
    pub saved_at: Timestamp,
    /// When it was handed in.
    pub submitted_at: Option<Timestamp>,
    /// When it was taken back.
    pub withdrawn_at: Option<Timestamp>,
    /// Why it was taken back.
    pub withdrawn_because: Option<String>,
    /// What the office answered.
    pub advisory_opinion: Option<ShownOpinion>,
    /// When it was closed or lapsed.
    pub ended_at: Option<Timestamp>,
    /// What was said of that.
    pub ended_because: Option<String>,
    /// What is to be built.
    pub items: Vec<RequestItem>,
    /// The newest screening that the viewer goes by: the office its own, else the applicant's.
    pub screening: Option<ShownScreening>,
    /// Earlier screenings of the same side, newest first.
    pub earlier_screenings: Vec<ScreeningLine>,
    /// What that screening would say differently now: it is to be re-rated.
    pub changes: Vec<Changed>,
    /// What officers think; for officials only.
    pub verdicts: Vec<ShownVerdict>,
    /// Requests near this one that the viewer may know of, nearest first.
    pub near: Vec<NearCase>,
    /// What the viewer may do with it now.
    pub steps: Vec<CaseStep>,
}

/// The office's advisory opinion.
#[derive(Clone, Debug, Serialize)]
pub struct ShownOpinion {
    /// What the office found.
    pub outcome: Conformity,
    /// The number of the signed document.
    pub number: String,
    /// The day of the document.
    pub dated: Date,
    /// What must be kept.
    pub conditions: Option<String>,
    /// The rules that are not met.
    pub cites: Vec<RuleId>,
    /// When it was recorded.
    pub at: Timestamp,
}

/// A kept screening with its answer.
#[derive(Clone, Debug, Serialize)]
pub struct ShownScreening {
    /// Its identity.
    pub id: ScreeningId,
    /// When it was made.
    pub at: Timestamp,
    /// Whether it is the applicant's own, which sees less than the office does.
    pub by_applicant: bool,
    /// Whether the request has been written anew since.
    pub of_earlier_items: bool,
    /// The answer, as `POST /api/v1/screenings` gives it.
    pub answer: Value,
}

/// A screening in a list.
#[derive(Clone, Debug, Serialize)]
pub struct ScreeningLine {
    /// Its identity.
    pub id: ScreeningId,
    /// When it was made.
    pub at: Timestamp,
    /// The rule set that it judged by.
    pub ruleset: RuleSetCode,
}

/// What an officer thinks of a part of the newest screening.
#[derive(Clone, Debug, Serialize)]
pub struct ShownVerdict {
    /// The number of the requested structure, from 1.
    pub item: u32,
    /// Which part.
    #[serde(flatten)]
    pub about: About,
    /// What the officer thought.
    pub opinion: Opinion,
    /// Whether the part has changed since, so that the verdict must be given again.
    pub rerate: bool,
    /// Why.
    pub reason: Option<String>,
    /// When.
    pub at: Timestamp,
}

/// Shows a request.
///
/// # Errors
/// [`DeskError`] when there is none that the viewer may know of, or the store cannot be read.
pub async fn show_case(desk: &Desk, who: &Viewer, id: CaseId) -> Result<ShownCase, DeskError> {
    let held = held(desk, who, id)?;
    rerate_waiting(desk);
    let (side, newest, earlier, near) = desk.read(|registry| {
        let file = registry.cases();
        let own = side_of(who);
        let side = if file.newest(id, own).is_some() { own } else { Side::Applicant };
        let mut all: Vec<KeptScreening> = file.screenings(id, side).cloned().collect();
        let newest = all.pop();
        all.reverse();
        (side, newest, all, near::cases_near(registry, who, &held.case))
    });
    let changes = desk.rerating().changes(id, side);
    let verdicts =
        if side_of(who) == Side::Office { verdicts(&held.case, newest.as_ref(), &changes) } else { Vec::new() };
    let screening = match &newest {
        Some(newest) => Some(shown(&kept_screening(desk, who, id, newest.id).await?, &held.case)),
        None => None,
    };
    let steps = steps(who, &held, side, newest.is_some());
    let line = |kept: KeptScreening| ScreeningLine { id: kept.id, at: kept.at, ruleset: kept.rule_set };
    let case = held.case;
    Ok(ShownCase {
        id,
        plan_year: case.plan_year(),
        reference: case.reference,
        applicant: case.applicant,
        title: case.title,
        state: case.state,
        version: held.version,
        rule_set: case.rule_set,
        saved_at: case.saved_at,
        submitted_at: case.submitted_at,
        withdrawn_at: case.withdrawn_at,
        withdrawn_because: case.withdrawn_because,
        advisory_opinion: case.advisory_opinion.map(ShownOpinion::from),
        ended_at: case.ended_at,
        ended_because: case.ended_because,
        items: case.items,
        screening,
        earlier_screenings: earlier.into_iter().map(line).collect(),
        changes,
        verdicts,
        near,
        steps,
    })
}

impl From<AdvisoryOpinion> for ShownOpinion {
    fn from(AdvisoryOpinion { outcome, number, dated, conditions, cites, at, .. }: AdvisoryOpinion) -> Self {
        Self { outcome, number, dated, conditions, cites, at }
    }
}

fn shown(kept: &KeptScreening, case: &Case) -> ShownScreening {
    ShownScreening {
        id: kept.id,
        at: kept.at,
        by_applicant: kept.eyes.side() == Side::Applicant,
        of_earlier_items: kept.items != case.items,
        answer: serde_json::from_str(&kept.answer).unwrap_or(Value::Null),
    }
}

/// A verdict stands while the part that it judges is what it was, in the newest screening and in the registry.
fn verdicts(case: &Case, newest: Option<&KeptScreening>, changes: &[Changed]) -> Vec<ShownVerdict> {
    let stands = |verdict: &hatang_core::case::OfficerVerdict| {
        let same = |part: &hatang_core::case::Outcome| (part.item, &part.about) == (verdict.on.item, &verdict.on.about);
        let in_newest = newest.is_some_and(|newest| newest.outcomes.contains(&verdict.on));
        let is_changed = changes.iter().flat_map(|one| one.before.iter().chain(&one.now)).any(same);
        in_newest && !is_changed
    };
    let shown = |verdict: &hatang_core::case::OfficerVerdict| ShownVerdict {
        item: verdict.on.item,
        about: verdict.on.about.clone(),
        opinion: verdict.opinion,
        rerate: !stands(verdict),
        reason: verdict.reason.clone(),
        at: verdict.at,
    };
    case.verdicts.iter().map(shown).collect()
}

/// The steps that the state allows and the viewer's role too.
fn steps(who: &Viewer, held: &HeldCase, side: Side, is_screened: bool) -> Vec<CaseStep> {
    let case = &held.case;
    let territory = held.journal.without_confidence();
    let about = permission::About::owner(&case.applicant).in_state(case.state.code()).in_territory(&territory);
    let is_allowed = |step: &CaseStep| {
        let action = match step {
            CaseStep::IssueOpinion => Action::IssueOpinion,
            CaseStep::Judge | CaseStep::Close | CaseStep::Lapse => Action::AssessCase,
            CaseStep::Screen if side_of(who) == Side::Office => Action::AssessCase,
            CaseStep::Save | CaseStep::Submit | CaseStep::Withdraw | CaseStep::Screen => Action::FileCase,
        };
        let role = is_allowed(who, action, about);
        let needs_grounds = matches!(step, CaseStep::Judge | CaseStep::IssueOpinion);
        let has_grounds = !needs_grounds || (is_screened && side == Side::Office);
        role && has_grounds && case.after(*step).is_some()
    };
    CaseStep::ALL.iter().copied().filter(is_allowed).collect()
}
