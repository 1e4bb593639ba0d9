//! The likely duplicates that somebody may know of, and what became of earlier ones.

use hatang_core::{
    AssetClass, AssetId, OrganisationCode, Registry, Seen, Sight, Territory, Version, Viewer,
    duplicate::{Duplicate, DuplicateAct, DuplicateAnswer, DuplicateState},
};
use hatang_exchange::{completeness, feature};
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};
use uuid::Uuid;

use super::group::{KeptApart, headed_by, said_of, spread};
use crate::{
    desk::Desk,
    error::DeskError,
    permission::{About, Action, is_allowed},
};

/// The most groups on one page.
const MOST_GROUPS: usize = 200;
/// How many records one page looks at, at most: a page of a large registry ends there, and the next goes on.
const MOST_LOOKED_AT: usize = 20_000;

/// Which duplicates are asked for.
#[derive(Clone, Copy, Debug)]
pub struct DuplicateQuery {
    /// Of one class; of every class when left out.
    pub class: Option<AssetClass>,
    /// Those that wait for an answer (`proposed`, which `agreed` is part of), or what became of earlier ones.
    pub state: DuplicateState,
    /// The `next` of the page before.
    pub after: Option<AssetId>,
    /// How many groups at most.
    pub limit: usize,
}

/// One page of duplicates.
#[derive(Debug, Serialize)]
pub struct DuplicatePage {
    /// The groups.
    pub groups: Vec<DuplicateView>,
    /// What to send as `after` for the next page; null on the last.
    pub next: Option<AssetId>,
}

/// Records that are likely of one structure, or were.
#[derive(Debug, Serialize)]
pub struct DuplicateView {
    /// Its identity; null while nobody has said anything.
    pub id: Option<Uuid>,
    /// How far it has come.
    pub state: DuplicateState,
    /// Whose journal holds the records.
    pub territory: Territory,
    /// What they are.
    pub class: AssetClass,
    /// The records, in the order of their identities.
    pub members: Vec<DuplicateMember>,
    /// How far apart they lie at most, in metres.
    pub apart_m: f64,
    /// How far apart records of one structure may lie by what is known of their places, in metres.
    pub within_m: f64,
    /// The record that says most and best where it is.
    pub suggested: AssetId,
    /// The record that stands, or that owners have agreed on.
    pub kept: Option<AssetId>,
    /// Owners that have not agreed yet, once one has.
    pub waiting: Vec<OrganisationCode>,
    /// What was done about it, in order.
    pub answers: Vec<DuplicateAnswer>,
    /// What the viewer may do about it now.
    pub acts: Vec<DuplicateAct>,
}

/// One record of a group.
#[derive(Debug, Serialize)]
pub struct DuplicateMember {
    /// Its identity.
    pub id: AssetId,
    /// How often it has changed; to be sent back with a decision.
    pub version: Version,
    /// The record as the viewer may see it, as a GeoJSON feature.
    pub feature: Box<RawValue>,
}

/// The likely duplicates that the viewer may know of, in the order in which they entered the registry; or what became of
/// earlier ones, the latest first. Officials see all; others those that a record of their own is among.
///
/// # Errors
/// [`DeskError`] for those who may not read any.
pub fn list_duplicates(desk: &Desk, who: &Viewer, query: &DuplicateQuery) -> Result<DuplicatePage, DeskError> {
    may_read(desk, who)?;
    let limit = query.limit.clamp(1, MOST_GROUPS);
    Ok(desk.read(|registry| {
        let seen = registry.seen_by(who);
        let page = match query.state {
            DuplicateState::Proposed | DuplicateState::Agreed => proposed(seen, query, limit),
            DuplicateState::Merged | DuplicateState::Apart => said(seen, query),
        };
        let (groups, next) = page;
        let sights: Vec<_> = groups.iter().flat_map(|(group, _)| group.iter().copied()).collect();
        desk.audit_sights(who, "duplicates", &sights);
        let groups = groups.into_iter().map(|(group, duplicate)| shown(who, &group, duplicate)).collect();
        DuplicatePage { groups, next }
    }))
}

type Group<'a> = (Vec<Sight<'a>>, Option<&'a Duplicate>);

fn proposed<'a>(seen: Seen<'a>, query: &DuplicateQuery, limit: usize) -> (Vec<Group<'a>>, Option<AssetId>) {
    let registry = seen.registry();
    let apart = KeptApart::of(registry);
    let wanted = |sight: &Sight<'_>| query.class.is_none_or(|class| sight.asset().class() == class);
    let mut heads: Vec<Sight<'a>> =
        seen.all().filter(|sight| wanted(sight) && query.after.is_none_or(|after| after < sight.asset().id)).collect();
    heads.sort_by_key(|sight| sight.asset().id);
    let (mut groups, n_heads) = (Vec::new(), heads.len());
    for (n, head) in heads.into_iter().enumerate() {
        let group = headed_by(seen, &apart, head).filter(|group| concerns(seen.viewer(), group));
        if let Some(group) = group {
            let said = said_of(registry, head.territory(), &ids(&group));
            groups.push((group, said.filter(|duplicate| duplicate.state == DuplicateState::Agreed)));
        }
        if n + 1 < n_heads && (groups.len() == limit || n + 1 == MOST_LOOKED_AT) {
            return (groups, Some(head.asset().id));
        }
    }
    (groups, None)
}

fn said<'a>(seen: Seen<'a>, query: &DuplicateQuery) -> (Vec<Group<'a>>, Option<AssetId>) {
    let all = seen.registry().territories().values().flat_map(|state| state.duplicates.values());
    let mut groups: Vec<Group<'a>> = all
        .filter(|duplicate| duplicate.state == query.state)
        .filter_map(|duplicate| Some((found(seen, &duplicate.assets)?, Some(duplicate))))
        .filter(|(group, _)| query.class.is_none_or(|class| group.iter().all(|sight| sight.asset().class() == class)))
        .filter(|(group, _)| concerns(seen.viewer(), group))
        .collect();
    let at = |duplicate: Option<&Duplicate>| duplicate.and_then(|it| it.answers.last()).map(|answer| answer.at);
    groups.sort_by_key(|(_, duplicate)| std::cmp::Reverse(at(*duplicate)));
    (groups, None)
}

/// The records, when the viewer sees every one of them where it is.
pub(super) fn found<'a>(seen: Seen<'a>, assets: &[AssetId]) -> Option<Vec<Sight<'a>>> {
    assets.iter().map(|id| seen.get(*id).filter(|sight| !sight.is_generalised())).collect()
}

/// Whoever may answer for records of an owner may read; officials who may not read too.
pub(super) fn may_read(desk: &Desk, who: &Viewer) -> Result<(), DeskError> {
    if who.role.is_official() {
        return Ok(());
    }
    desk.may(who, Action::EditAssets, who.organisation.as_ref().map_or(About::nothing(), About::owner))
}

/// Whether a group is the viewer's business: an official's, or an owner's of one of its records.
pub(super) fn concerns(who: &Viewer, group: &[Sight<'_>]) -> bool {
    group.iter().any(|sight| who.is_official_of(sight.territory()) || edits(who, sight))
}

pub(super) fn edits(who: &Viewer, sight: &Sight<'_>) -> bool {
    is_allowed(who, Action::EditAssets, About::owner(&sight.asset().owner).in_territory(sight.territory()))
}

/// What the viewer may do about a group now: what its state allows, and the permission.
pub(super) fn acts(who: &Viewer, group: &[Sight<'_>], state: DuplicateState) -> Vec<DuplicateAct> {
    let decides = group
        .iter()
        .all(|sight| is_allowed(who, Action::DecideDuplicate, About::nothing().in_territory(sight.territory())));
    let (any, all) = (group.iter().any(|sight| edits(who, sight)), group.iter().all(|sight| edits(who, sight)));
    let allowed = |act: DuplicateAct| match act {
        DuplicateAct::Merge => decides || all,
        DuplicateAct::Agree => any && !decides && !all,
        DuplicateAct::KeepApart => decides || any,
    };
    let possible = |act: &DuplicateAct| state.after(*act).is_some() && allowed(*act);
    DuplicateAct::ALL.iter().copied().filter(possible).collect()
}

pub(super) fn ids(group: &[Sight<'_>]) -> Vec<AssetId> {
    group.iter().map(|sight| sight.asset().id).collect()
}

/// A group as the viewer may see it. There is at least one record.
pub(super) fn shown(who: &Viewer, group: &[Sight<'_>], duplicate: Option<&Duplicate>) -> DuplicateView {
    let state = duplicate.map_or(DuplicateState::Proposed, |duplicate| duplicate.state);
    let members = group.iter().filter_map(|sight| {
        let feature = feature(sight.asset(), &sight.view())?;
        let feature = to_raw_value(&feature).expect("a feature is JSON");
        Some(DuplicateMember { id: sight.asset().id, version: sight.version(), feature })
    });
    // The best place first, then the most that is said, then who was there first.
    let rank = |sight: &&Sight<'_>| {
        // What an owner keeps to itself must not show in which record is suggested.
        let said = if who.is_official_of(sight.territory()) { completeness(sight.asset()).0.percent() } else { 0 };
        let radius = sight.accuracy().radius.get();
        ((radius * 1_000.0).round().to_bits(), std::cmp::Reverse(said), sight.asset().id)
    };
    let suggested = group.iter().min_by_key(rank).map_or(group[0].asset().id, |sight| sight.asset().id);
    let (apart_m, within_m) = spread(group);
    let mut waiting: Vec<OrganisationCode> = duplicate
        .filter(|duplicate| duplicate.state == DuplicateState::Agreed)
        .into_iter()
        .flat_map(|duplicate| {
            group.iter().map(|sight| &sight.asset().owner).filter(|owner| !duplicate.is_agreed_by(owner))
        })
        .cloned()
        .collect();
    waiting.sort();
    waiting.dedup();
    DuplicateView {
        id: duplicate.map(|duplicate| duplicate.id),
        state,
        territory: group[0].territory().clone(),
        class: group[0].asset().class(),
        members: members.collect(),
        apart_m,
        within_m,
        suggested,
        kept: duplicate.and_then(|duplicate| duplicate.kept),
        waiting,
        answers: duplicate.map_or_else(Vec::new, |duplicate| duplicate.answers.clone()),
        acts: acts(who, group, state),
    }
}

/// What a registry says of a group now.
pub(super) fn shown_now(registry: &Registry, who: &Viewer, duplicate: &Duplicate) -> Option<DuplicateView> {
    Some(shown(who, &found(registry.seen_by(who), &duplicate.assets)?, Some(duplicate)))
}
