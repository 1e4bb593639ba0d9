//! Works that could serve needs: requests, planned objects and gaps, each as far as the viewer may know of it.

use hatang_core::{
    AssetClass, Details, OrganisationCode, Registry, Role, Seen, Shape, Territory, View, Viewer,
    asset::Technology,
    plan::Plan,
    works::{Works, sees_works},
};
use hatang_review::{Need, NeedKind, Opportunity, Reply, opportunities};
use jiff::civil::Date;
use serde::Serialize;

use crate::{
    desk::Desk,
    list_gaps::{GapQuestion, RankedGap, list_gaps},
    reply_clock::{ReplyClock, reply_clock, waiting_since},
    waiting::{still_waiting, unbuilt},
    works::days_since,
};

/// The technology whose gaps the plan wants closed.
const TECHNOLOGY: Technology = Technology::G5;

/// Works that could serve needs.
#[derive(Clone, Debug, Serialize)]
pub struct OpportunityList {
    /// The works with the needs that they could serve, soonest to close first.
    pub opportunities: Vec<OpenOpportunity>,
    /// Whether coverage gaps were looked at; not where the viewer may not see where they are, or nothing can be computed.
    pub gaps_included: bool,
}

/// A work that could serve needs, and how long those who have asked its owner for ducts wait for the reply.
#[derive(Clone, Debug, Serialize)]
pub struct OpenOpportunity {
    /// The work with the needs.
    #[serde(flatten)]
    pub opportunity: Opportunity,
    /// For how many days they have been waiting; none when nobody waits.
    pub waiting_days: Option<i64>,
    /// By when the owner is to reply, where the territory's rule set has a clock for it and somebody waits.
    pub reply_clock: Option<ReplyClock>,
}

/// Lists the works that could serve needs: officials see every need, applicants their own requests and what the plan shows
/// them. What others want reaches an owner and other carriers only through their answers, which have names for the owner and
/// officials. CPU-bound: call it off the asynchronous threads.
#[must_use]
pub fn list_opportunities(desk: &Desk, who: &Viewer) -> OpportunityList {
    let is_official = who.is_official_of(&desk.home());
    let gaps = if is_official { list_gaps(desk, who, &GapQuestion::outdoors(TECHNOLOGY, None)).ok() } else { None };
    let gaps: Vec<RankedGap> = gaps.map(|found| found.gaps).unwrap_or_default();
    let outlined: Vec<(&str, &Shape)> =
        gaps.iter().filter_map(|gap| Some((gap.id.as_str(), gap.geometry.as_ref()?))).collect();
    let today = desk.today();
    let opportunities = desk.read(|registry| {
        let Some((territory, state)) = registry.home() else { return Vec::new() };
        let works: Vec<&Works> = state.works.values().filter(|works| sees_works(who, works, today)).collect();
        let mut needs = of_requests(registry, who, state.plan.as_ref());
        needs.extend(state.plan.iter().flat_map(|plan| of_plan(plan, registry.seen_by(who))));
        needs.extend(outlined.iter().map(|(code, shape)| of_gap(code, shape)));
        let since = |code: &str| {
            let answers: Vec<_> = registry.answers().of_works(territory, code).collect();
            waiting_since(state.works.get(code)?, &answers)
        };
        let open = |opportunity: Opportunity| {
            let since = since(&opportunity.works);
            let waiting_days = since.map(|since| days_since(since, today));
            let reply_clock = since.and_then(|since| reply_clock(registry, since, today));
            OpenOpportunity { opportunity, waiting_days, reply_clock }
        };
        opportunities(&works, &needs, &replies(registry, territory, who, &works)).into_iter().map(open).collect()
    });
    OpportunityList { opportunities, gaps_included: !outlined.is_empty() }
}

/// What is answered to works: counted for everybody who has signed in, with names for owner and office as in the list of
/// works.
fn replies<'a>(registry: &'a Registry, territory: &Territory, who: &Viewer, works: &[&Works]) -> Vec<Reply<'a>> {
    if who.role == Role::Public {
        return Vec::new();
    }
    let mut replies = Vec::new();
    for works in works {
        let reads_names = who.is_official_of(territory) || who.acts_for(&works.owner);
        let answers = registry.answers().of_works(territory, &works.code);
        replies
            .extend(answers.map(|answer| Reply { answer, named: reads_names || who.acts_for(&answer.organisation) }));
    }
    replies
}

fn of_requests<'a>(registry: &'a Registry, who: &'a Viewer, plan: Option<&Plan>) -> Vec<Need<'a>> {
    let cases = || registry.cases().seen_by(who).map(|held| &held.case);
    let seen = registry.seen_by(who);
    // What has been answered still has to be dug.
    let unbuilt = unbuilt(cases(), seen).map(|(case, _, item)| (case, item));
    let asked = still_waiting(cases(), plan, seen).into_iter().chain(unbuilt);
    let underground = asked.filter(|(_, item)| is_underground(item.class));
    let need = |(case, item): (&'a hatang_core::Case, &'a hatang_core::RequestItem)| Need {
        kind: NeedKind::Request,
        code: &case.reference,
        organisation: Some(&case.applicant),
        shape: &item.shape,
        from: item.starts_on,
        until: item.ends_on,
        ducts: item.bores.unwrap_or(1),
    };
    underground.map(need).collect()
}

fn of_plan<'a>(plan: &'a Plan, seen: Seen<'a>) -> impl Iterator<Item = Need<'a>> {
    let shown = plan.planned.iter().filter(move |asset| matches!(seen.view_of_planned(asset), View::Exact(_)));
    shown.filter(|asset| is_underground(asset.class())).map(move |asset| {
        let bores = match &asset.details {
            Details::Duct(duct) => duct.bores.total,
            _ => None,
        };
        planned(asset.code.as_ref().map_or("", |code| code.as_str()), &asset.owner, &asset.shape, plan, bores)
    })
}

fn planned<'a>(
    code: &'a str,
    owner: &'a OrganisationCode,
    shape: &'a Shape,
    plan: &Plan,
    bores: Option<u32>,
) -> Need<'a> {
    let (from, until): (Option<Date>, Option<Date>) = (plan.valid_from, plan.valid_to);
    let ducts = bores.unwrap_or(1);
    Need { kind: NeedKind::Planned, code, organisation: Some(owner), shape, from, until, ducts }
}

const fn of_gap<'a>(code: &'a str, shape: &'a Shape) -> Need<'a> {
    Need { kind: NeedKind::Gap, code, organisation: None, shape, from: None, until: None, ducts: 1 }
}

const fn is_underground(class: AssetClass) -> bool {
    matches!(class, AssetClass::Duct | AssetClass::Trench)
}
