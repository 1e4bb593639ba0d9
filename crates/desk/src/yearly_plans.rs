//! The plans that carriers hand in for a year, put together: what stands in whose way, who could share, what stays
//! uncovered. What the commune adopts of them becomes part of its own plan.

mod adopt;
mod from_file;

use std::collections::BTreeMap;

use hatang_core::{
    Asset, AssetId, OrganisationCode, Registry, RequestItem, RuleId, RuleSet, RuleSetCode, Seq, Stream, Text, Verdict,
    Viewer,
    case::{Case, CaseId, CaseState},
    plan::Plan,
    rule_set::Citation,
};
use hatang_review::{Condition, DigOnce, Finding, HostCandidate, HostVerdict, Origin, Screened};
use jiff::{Timestamp, civil::Date};
use serde::Serialize;

pub(crate) use self::from_file::request_file;
pub use self::{
    adopt::{AdoptedItem, Adoption, adopt_yearly_plans},
    from_file::{ItemsFile, ItemsOfFile, read_items_of_file},
};
use crate::{
    amend_plan::no_plan,
    day::vietnam_day,
    desk::{Desk, home_of, seen_position},
    error::DeskError,
    permission::{About, Action, is_allowed},
    screen_request::{CoverageTogether, coverage_together, judge_by_plan, rule_set_of},
};

/// When carriers hand in, and when the commune has put the plans together.
const CLOCKS: [&str; 2] = ["CK-PLAN-IN", "CK-PLAN-OK"];

/// How many hosts of one structure are told, best first: the request itself tells all.
const HOSTS_TOLD: usize = 3;

/// A year's plans, as far as the viewer may see them: officials all that were handed in, a carrier its own.
#[derive(Clone, Debug, Serialize)]
pub struct YearlyPlans {
    /// The year.
    pub year: u32,
    /// How many changes to what the viewer may see this rests on.
    pub seq: Seq,
    /// The rule set that the structures were judged by.
    pub ruleset: RuleSetCode,
    /// Whether that rule set is another province's.
    pub template: bool,
    /// The version of the commune's plan that an adoption must name; none for whoever may not adopt, to whom it would tell of
    /// what the plan holds for others.
    pub plan_version: Option<u32>,
    /// Whether the viewer may adopt.
    pub may_adopt: bool,
    /// The dates that the rule set names, where it names any.
    pub dates: Vec<PlanDate>,
    /// What was handed in, the first first.
    pub submissions: Vec<Submission>,
    /// Every structure in them.
    pub items: Vec<ConsolidatedItem>,
    /// Who would be covered if all of them were built; none where nobody can say or the viewer may not see its grounds.
    pub coverage: Option<CoverageTogether>,
}

/// A date that the rule set names.
#[derive(Clone, Debug, Serialize)]
pub struct PlanDate {
    /// The clock.
    pub clock: RuleId,
    /// Its version.
    pub version: u32,
    /// What it is for.
    pub name: Text,
    /// The last day for this year's plans; none where no authority has set one.
    pub last_day: Option<Date>,
    /// The text it rests on.
    pub citation: Citation,
}

/// One carrier's plan.
#[derive(Clone, Debug, Serialize)]
pub struct Submission {
    /// The request that it is.
    pub case: CaseId,
    /// Its number.
    pub reference: String,
    /// Whose it is.
    pub applicant: OrganisationCode,
    /// What the carrier calls it.
    pub title: Option<String>,
    /// When it was handed in.
    pub submitted_at: Option<Timestamp>,
    /// Whether that was after the last day; none where no day is set.
    pub late: Option<bool>,
    /// How many structures it has.
    pub items: u32,
    /// How many of them the commune's plan holds.
    pub adopted: u32,
}

/// One structure of a carrier's plan, against what stands, what is planned and what other carriers hand in.
#[derive(Clone, Debug, Serialize)]
pub struct ConsolidatedItem {
    /// The request that it belongs to.
    pub case: CaseId,
    /// That request's number.
    pub reference: String,
    /// Its own number there, from 1.
    pub number: u32,
    /// Its identity in the commune's plan once it is adopted.
    pub planned: AssetId,
    /// Whether the commune's plan holds it.
    pub adopted: bool,
    /// What is to be built.
    pub request: RequestItem,
    /// What does not comply or cannot be told; what complies is left to the request's own page.
    pub findings: Vec<Finding>,
    /// The structures that could host it, best first, at most three.
    pub hosts: Vec<HostCandidate>,
    /// How many could.
    pub hosts_found: u32,
    /// What other structures of this year's plans mean for it.
    pub meets: Vec<Meeting>,
    /// What to build for others who wait near.
    pub conditions: Vec<Condition>,
    /// Works during which the ground is open anyway.
    pub dig_once: Vec<DigOnce>,
}

/// Another structure of the year's plans near one.
#[derive(Clone, Debug, Serialize)]
pub struct Meeting {
    /// The other's request.
    pub reference: String,
    /// Its number there, from 1.
    pub number: u32,
    /// Whose it is.
    pub applicant: OrganisationCode,
    /// How far it is, where it could be shared, in metres.
    pub distance_m: Option<f64>,
    /// The rules that do not let both stand.
    pub against: Vec<RuleId>,
    /// Whether one of the two could serve both; none where that is no question or nobody can tell.
    pub can_share: Option<bool>,
}

/// One structure that was handed in, and what it would be in the commune's plan.
struct HandedIn<'a> {
    case: &'a Case,
    number: u32,
    item: &'a RequestItem,
    twin: Asset,
}

/// Puts a year's plans together. CPU-bound in its judgements: `n` structures are each judged against all others.
///
/// # Errors
/// [`DeskError`] when there is no plan or no rule set, or the history cannot be read.
pub async fn consolidate_yearly_plans(desk: &Desk, who: &Viewer, year: u32) -> Result<YearlyPlans, DeskError> {
    let on = desk.today();
    let mut plans = desk.read(|registry| consolidated(registry, who, year, on))?;
    if plans.may_adopt {
        let history = desk.store.history(&desk.home(), &Stream::Plan).await?;
        plans.plan_version = Some(history.last().map_or(0, |entry| entry.version.0));
    }
    let requests: Vec<RequestItem> = plans.items.iter().map(|item| item.request.clone()).collect();
    plans.coverage = coverage_together(desk, who, &requests)?;
    Ok(plans)
}

fn consolidated(registry: &Registry, who: &Viewer, year: u32, on: Date) -> Result<YearlyPlans, DeskError> {
    let plan = registry.home().and_then(|(_, state)| state.plan.as_ref()).ok_or_else(no_plan)?;
    let local = rule_set_of(registry, None)?;
    let dates = dates(local, year, on);
    let cases: Vec<&Case> = handed_in(registry, who, year);
    let structures: Vec<HandedIn<'_>> = cases.iter().flat_map(|case| structures(case)).collect();
    let is_adopted = |id: AssetId| plan.planned.iter().any(|object| object.id == id);
    let screened = screened(registry, who, local, on, plan, &structures);
    let items = structures.iter().zip(screened).map(|(one, screened)| ConsolidatedItem {
        case: one.case.id,
        reference: one.case.reference.clone(),
        number: one.number,
        planned: one.twin.id,
        adopted: is_adopted(one.twin.id),
        request: one.item.clone(),
        meets: meetings(&screened, &structures),
        hosts_found: count(screened.hosts.iter().filter(|host| can_host(host)).count()),
        hosts: screened.hosts.into_iter().filter(can_host).take(HOSTS_TOLD).collect(),
        findings: screened.findings.into_iter().filter(is_open).collect(),
        conditions: screened.conditions,
        dig_once: screened.dig_once,
    });
    let last_day = dates.first().and_then(|date| date.last_day);
    let submissions = cases.iter().map(|case| Submission {
        case: case.id,
        reference: case.reference.clone(),
        applicant: case.applicant.clone(),
        title: case.title.clone(),
        submitted_at: case.submitted_at,
        late: last_day.and_then(|last| Some(last < vietnam_day(case.submitted_at?))),
        items: count(case.items.len()),
        adopted: count(structures_of(&structures, case).filter(|one| is_adopted(one.twin.id)).count()),
    });
    let territory = home_of(registry);
    Ok(YearlyPlans {
        year,
        seq: seen_position(registry, who),
        ruleset: local.code.clone(),
        template: local.template,
        plan_version: None,
        may_adopt: is_allowed(who, Action::AmendPlan, About::nothing().in_territory(&territory)),
        submissions: submissions.collect(),
        items: items.collect(),
        dates,
        coverage: None,
    })
}

/// What was handed in for a year, as the viewer may see it, the first first.
fn handed_in<'a>(registry: &'a Registry, who: &Viewer, year: u32) -> Vec<&'a Case> {
    let seen = registry.cases().seen_by(who).map(|held| &held.case);
    let mut cases: Vec<&Case> =
        seen.filter(|case| case.plan_year() == Some(year) && case.state == CaseState::Submitted).collect();
    cases.sort_by_key(|case| (case.submitted_at, case.id));
    cases
}

fn structures(case: &Case) -> impl Iterator<Item = HandedIn<'_>> {
    let numbered = (1..).zip(&case.items);
    numbered.map(move |(number, item)| HandedIn { case, number, item, twin: twin(case, number, item) })
}

/// The object of the plan that a structure becomes; its source names the request.
fn twin(case: &Case, number: u32, item: &RequestItem) -> Asset {
    item.planned_twin(case.planned_id(number), format!("{}/{number}", case.reference))
}

fn structures_of<'a>(all: &'a [HandedIn<'a>], case: &Case) -> impl Iterator<Item = &'a HandedIn<'a>> {
    let id = case.id;
    all.iter().filter(move |one| one.case.id == id)
}

/// Each structure judged as if all others were already in the plan.
fn screened(
    registry: &Registry,
    who: &Viewer,
    local: &RuleSet,
    on: Date,
    plan: &Plan,
    structures: &[HandedIn<'_>],
) -> Vec<Screened> {
    let twins: BTreeMap<AssetId, &Asset> = structures.iter().map(|one| (one.twin.id, &one.twin)).collect();
    let mut together = plan.clone();
    together.planned.retain(|object| !twins.contains_key(&object.id));
    let stays = together.planned.len();
    together.planned.extend(twins.values().copied().cloned());
    let judged = structures.iter().map(|one| {
        // A structure does not stand in its own way.
        let itself = together.planned[stays..].iter().position(|object| object.id == one.twin.id);
        let itself = itself.map(|number| together.planned.swap_remove(stays + number));
        let items = std::slice::from_ref(one.item);
        let screened = judge_by_plan(registry, who, items, local, on, Some(&together));
        together.planned.extend(itself);
        screened
    });
    judged.flatten().collect()
}

/// What others of the year's plans a judgement speaks of.
fn meetings(screened: &Screened, structures: &[HandedIn<'_>]) -> Vec<Meeting> {
    let of_other = |other: &HandedIn<'_>| {
        let fails = screened.findings.iter().filter(|finding| finding.verdict == Verdict::DoesNotComply);
        let against: Vec<RuleId> = fails
            .filter(|finding| finding.assets.contains(&other.twin.id))
            .map(|finding| finding.rule.clone())
            .collect();
        let host = screened.hosts.iter().find(|host| host.origin == Origin::Plan && host.asset == other.twin.id);
        if against.is_empty() && host.is_none() {
            return None;
        }
        let can_share = host.and_then(|host| match host.verdict {
            HostVerdict::Shareable | HostVerdict::ShareableAfterWorks => Some(true),
            HostVerdict::NotShareable => Some(false),
            HostVerdict::CannotTell => None,
        });
        Some(Meeting {
            reference: other.case.reference.clone(),
            number: other.number,
            applicant: other.case.applicant.clone(),
            distance_m: host.map(|host| host.distance_m),
            against,
            can_share,
        })
    };
    structures.iter().filter_map(of_other).collect()
}

const fn can_host(host: &HostCandidate) -> bool {
    matches!(host.verdict, HostVerdict::Shareable | HostVerdict::ShareableAfterWorks)
}

const fn is_open(finding: &Finding) -> bool {
    matches!(finding.verdict, Verdict::DoesNotComply | Verdict::CannotTell)
}

/// The dates of a year's plans: they lie in the year before.
fn dates(rules: &RuleSet, year: u32, on: Date) -> Vec<PlanDate> {
    let new_year = i16::try_from(year).ok().and_then(|year| Date::new(year - 1, 1, 1).ok());
    let clocks = rules.clocks_on(on);
    let known = CLOCKS.iter().filter_map(|id| clocks.iter().find(|clock| clock.id.as_str() == *id));
    let date = |clock: &&hatang_core::rule_set::Clock| PlanDate {
        clock: clock.id.clone(),
        version: clock.version,
        name: clock.name.clone(),
        last_day: clock.limit.zip(new_year).and_then(|(limit, begins)| limit.last_day(begins)),
        citation: clock.citation.clone(),
    };
    known.map(date).collect()
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
