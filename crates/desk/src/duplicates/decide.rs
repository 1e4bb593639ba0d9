//! Says whether records are of one structure, and makes them one.

use std::collections::BTreeSet;

use hatang_core::{
    Asset, AssetId, Event, Registry, Sight, Stream, Territory, Version, Viewer,
    asset::{Layer, Lifecycle},
    duplicate::{Duplicate, DuplicateAct, DuplicateAnswer, DuplicateState},
};
use hatang_store::Expected;
use uuid::Uuid;

use super::{
    group::{are_twins, said_of},
    list::{DuplicateView, acts, concerns, edits, found, ids, may_read, shown_now},
};
use crate::{
    amend_asset::{not_found, reason},
    desk::Desk,
    error::{DeskError, ErrorKind},
};

/// The most records of one decision.
const MOST_RECORDS: usize = 50;

/// What somebody says of records.
#[derive(Clone, Debug)]
pub struct DuplicateDecision {
    /// The records, each at the version that was seen.
    pub assets: Vec<(AssetId, Version)>,
    /// What is done.
    pub act: DuplicateAct,
    /// The record that is to stand; needed to agree and to merge.
    pub kept: Option<AssetId>,
    /// Why; needed to keep records apart.
    pub reason: Option<String>,
}

/// Agrees for an owner, merges, or keeps apart. The last owner to agree merges.
///
/// Merging changes all of it at once: the record that stands takes the other owners in as tenants, the others are given up
/// and name it, and what named them names it where it can.
///
/// # Errors
/// [`DeskError`] when the viewer may not know of these records or do this, they are no likely duplicates, or one of them
/// has changed since it was seen.
pub async fn decide_duplicate(
    desk: &Desk,
    who: &Viewer,
    decision: DuplicateDecision,
) -> Result<DuplicateView, DeskError> {
    may_read(desk, who)?;
    let why = match (decision.reason.as_deref().map(str::trim).filter(|text| !text.is_empty()), decision.act) {
        (None, DuplicateAct::KeepApart) => Some(reason("")?),
        (None, _) => None,
        (Some(text), _) => Some(reason(text)?),
    };
    let (new_id, at) = (desk.edge.new_uuid(), desk.edge.now());
    let (territory, duplicate, mut events) = desk.read(|registry| {
        let seen = registry.seen_by(who);
        let group = group(registry, who, &decision)?;
        let territory = group[0].territory().clone();
        let before = said_of(registry, &territory, &ids(&group));
        let state = before.map_or(DuplicateState::Proposed, |duplicate| duplicate.state);
        if !acts(who, &group, state).contains(&decision.act) {
            return Err(not_now(state, decision.act));
        }
        let kept = match decision.act {
            DuplicateAct::KeepApart => None,
            DuplicateAct::Agree | DuplicateAct::Merge => Some(kept(&group, &decision)?),
        };
        let answer = DuplicateAnswer { act: decision.act, kept, by: who.organisation.clone(), at, reason: why.clone() };
        let mut next = Duplicate {
            id: before.map_or(new_id, |duplicate| duplicate.id),
            state,
            assets: ids(&group),
            kept,
            answers: before.map_or_else(Vec::new, |duplicate| duplicate.answers.clone()),
        };
        next.answers.push(answer);
        let all_agree = group.iter().all(|sight| next.is_agreed_by(&sight.asset().owner) || edits(who, sight));
        let act = if decision.act == DuplicateAct::Agree && all_agree { DuplicateAct::Merge } else { decision.act };
        next.state = state.after(act).ok_or_else(|| not_now(state, act))?;
        let events = match kept {
            Some(kept) if act == DuplicateAct::Merge => {
                merged(seen.registry(), &group, kept, &told(next.id, why.as_deref()))
            }
            _ => Vec::new(),
        };
        Ok((territory, next, events))
    })?;
    let stream = Stream::Duplicate(duplicate.id);
    let expected = desk.expected(&territory, &stream).await?;
    events.push((expected, Event::DuplicateRecorded { duplicate: Box::new(duplicate.clone()) }));
    desk.append(&territory, events, who).await?;
    desk.read(|registry| shown_now(registry, who, &duplicate)).ok_or_else(|| not_found(duplicate.assets[0]))
}

/// The records as the viewer sees them, in the order of their identities, when they are what was seen and may be one.
fn group<'a>(
    registry: &'a Registry,
    who: &'a Viewer,
    decision: &DuplicateDecision,
) -> Result<Vec<Sight<'a>>, DeskError> {
    let assets: BTreeSet<AssetId> = decision.assets.iter().map(|(id, _)| *id).collect();
    let n_records = assets.len();
    if !(2..=MOST_RECORDS).contains(&n_records) || n_records < decision.assets.len() {
        return Err(DeskError::input(
            ErrorKind::BadInput,
            "duplicate.records",
            decision.assets.len(),
            "Cần từ 2 đến 50 bản ghi khác nhau.",
            "Give 2 to 50 different records.",
        ));
    }
    let assets: Vec<AssetId> = assets.into_iter().collect();
    let seen = registry.seen_by(who);
    let hidden = || {
        let unknown = assets.iter().find(|id| seen.get(**id).is_none_or(|sight| sight.is_generalised()));
        not_found(*unknown.unwrap_or(&assets[0]))
    };
    let group = found(seen, &assets).filter(|group| concerns(who, group)).ok_or_else(hidden)?;
    for sight in &group {
        let id = sight.asset().id;
        if !decision.assets.contains(&(id, sight.version())) {
            return Err(DeskError::input(
                ErrorKind::Stale,
                "version.stale",
                id,
                "Bản ghi này đã được thay đổi sau khi bạn mở; hãy xem lại rồi quyết định.",
                "This record has changed since you opened it; look again and decide.",
            ));
        }
    }
    let near = |one: &Sight<'_>, other: &Sight<'_>| one.territory() == other.territory() && are_twins(one, other);
    let strange =
        group.iter().find(|one| group.iter().any(|other| one.asset().id != other.asset().id && !near(one, other)));
    match strange {
        None => Ok(group),
        Some(sight) => Err(DeskError::input(
            ErrorKind::Conflict,
            "duplicate.unlike",
            sight.asset().id,
            "Các bản ghi này không thể là một công trình: khác loại, khác giai đoạn, đã ngừng sử dụng hoặc cách nhau quá độ chính xác đã khai.",
            "These records cannot be of one structure: they differ in class or stage, are given up, or lie farther apart than their accuracy allows.",
        )),
    }
}

/// The record that is to stand.
fn kept(group: &[Sight<'_>], decision: &DuplicateDecision) -> Result<AssetId, DeskError> {
    let among = decision.kept.filter(|kept| group.iter().any(|sight| sight.asset().id == *kept));
    among.ok_or_else(|| {
        DeskError::input(
            ErrorKind::BadInput,
            "duplicate.kept",
            decision.kept.map_or_else(String::new, |kept| kept.to_string()),
            "Hãy chọn bản ghi giữ lại trong số các bản ghi này.",
            "Choose which of these records is to stand.",
        )
    })
}

/// Everything that merging changes.
fn merged(registry: &Registry, group: &[Sight<'_>], kept: AssetId, why: &str) -> Vec<(Expected, Event)> {
    let (stands, given_up): (Vec<&Sight<'_>>, Vec<&Sight<'_>>) =
        group.iter().partition(|sight| sight.asset().id == kept);
    let Some(stands) = stands.first() else { return Vec::new() };
    let mut events = Vec::new();
    let mut one = stands.asset().clone();
    for sight in &given_up {
        one.take_in(sight.asset());
    }
    if one != *stands.asset() {
        events.push(amended(stands.version(), one, why));
    }
    for sight in &given_up {
        let asset = Asset { status: Lifecycle::Decommissioned, replaced_by: Some(kept), ..sight.asset().clone() };
        let event = Event::AssetRetired { asset: Box::new(asset), reason: why.to_owned() };
        events.push((Expected::Version(sight.version()), event));
    }
    events.extend(renamed(registry, stands.asset(), &given_up, why));
    events
}

/// Whatever named a record that is given up, and can name the one that stands. Seen or not: a reference is not shown by it.
fn renamed(registry: &Registry, stands: &Asset, given_up: &[&Sight<'_>], why: &str) -> Vec<(Expected, Event)> {
    let Some(to) = stands.name() else { return Vec::new() };
    let names: Vec<_> = given_up.iter().filter_map(|sight| sight.asset().name()).collect();
    let territory: &Territory = given_up[0].territory();
    let console = Viewer::console();
    let mut events = Vec::new();
    for sight in registry.seen_by(&console).all() {
        let is_past = sight.asset().status.layer() == Layer::Past;
        if is_past || sight.territory() != territory || sight.asset().references().is_empty() {
            continue;
        }
        let mut asset = sight.asset().clone();
        let changed = names.iter().filter(|from| asset.rename(**from, to)).count();
        if 0 < changed {
            events.push(amended(sight.version(), asset, why));
        }
    }
    events
}

fn amended(version: Version, asset: Asset, why: &str) -> (Expected, Event) {
    (Expected::Version(version), Event::AssetAmended { asset: Box::new(asset), reason: Some(why.to_owned()) })
}

/// Why the records changed: the decision, and what was said with it.
fn told(id: Uuid, why: Option<&str>) -> String {
    why.map_or_else(|| format!("duplicate {id}"), |why| format!("duplicate {id}: {why}"))
}

fn not_now(state: DuplicateState, act: DuplicateAct) -> DeskError {
    DeskError::input(
        ErrorKind::Conflict,
        "duplicate.act",
        format!("{act}: {state}"),
        "Bước này không thực hiện được ở trạng thái hiện tại, hoặc không thuộc quyền của bạn.",
        "This step cannot be taken in the present state, or is not yours to take.",
    )
}
