//! Compares a build request with the registry and the rules: the comparison that this product exists for.

mod coverage_effect;
mod left_uncovered;
mod plan_reads;
mod served;

use std::collections::BTreeMap;

use hatang_core::{
    Asset, BoundingBox, Lonlat, Metres, Reads, Registry, RequestItem, RuleSet, RuleSetCode, Seq, Territory, Viewer,
    geodesy,
    plan::{Plan, PlanIndex, Works},
    registry::{Ground, TerritoryState},
    rule_set::NATIONAL,
};
use hatang_exchange::{IgnoredProperty, ReadRequest, read_request};
use hatang_review::{DIG_ONCE_REACH, Part, Scene, Screened, ServedToday, screen_part};
use jiff::civil::Date;
use serde::Serialize;

pub(crate) use self::coverage_effect::together as coverage_together;
pub use self::{
    coverage_effect::{CoverageEffect, CoverageTogether},
    left_uncovered::LeftUncovered,
};
use crate::{
    desk::{Desk, read_positions, seen_position, seen_positions},
    error::{DeskError, ErrorKind},
    waiting::{still_unbuilt, still_waiting},
};

/// Positions this far outside the territory are still accepted: rules act across the boundary.
pub const MARGIN_M: f64 = 2_000.0;

/// What a screening cannot include, said in every answer in the same words, whoever asks.
const SCOPE_VI: &str = "Kết quả chỉ dựa trên những công trình, quy hoạch và đợt thi công mà người tra cứu được xem. \
    Kế hoạch và hồ sơ chưa công bố của đơn vị khác không được tính đến và có thể làm thay đổi kết luận.";
const SCOPE_EN: &str = "The result rests only on the assets, plans and works that the person asking may see. \
    Unpublished plans and requests of other organisations are not included and may change the conclusion.";

/// The answer to a request.
#[derive(Clone, Debug, Serialize)]
pub struct Screening {
    /// How many changes to what the viewer may see the answer rests on, see [`Desk::position_seen_by`]. Not a position in
    /// the journal, which would tell of what the viewer may not see.
    pub seq: Seq,
    /// The same for every journal that it rests on: the authority's rules, the territory's assets and plan.
    pub positions: BTreeMap<Territory, Seq>,
    /// The day of the question: rules and plan are those of that day.
    pub on: Date,
    /// The local rule set that it was judged by, beside the national one.
    pub ruleset: RuleSetCode,
    /// Every rule set that it was judged by, in the order of the findings.
    pub rule_sets: Vec<JudgedBy>,
    /// Whether the local rule set is another province's, for showing how a filled set works.
    pub template: bool,
    /// How far each journal had been read: what a later run folds to. Never told, because it moves with hidden changes too.
    #[serde(skip)]
    pub read_to: BTreeMap<Territory, Seq>,
    /// What the answer cannot include, in Vietnamese.
    pub scope_vi: &'static str,
    /// The same in English.
    pub scope_en: &'static str,
    /// Properties of the request that nothing reads; a misspelt name is among them.
    pub ignored: Vec<IgnoredProperty>,
    /// One answer for each requested structure, in the request's order.
    pub items: Vec<ScreenedItem>,
}

/// A rule set that a request was judged by.
#[derive(Clone, Debug, Serialize)]
pub struct JudgedBy {
    /// Its code.
    pub code: RuleSetCode,
    /// Its name in Vietnamese.
    pub title_vi: String,
    /// Its name in English.
    pub title_en: String,
    /// Whether it is another province's.
    pub template: bool,
    /// Whether it holds on the day of the question.
    pub in_force: bool,
}

/// The answer for one requested structure.
#[derive(Clone, Debug, Serialize)]
pub struct ScreenedItem {
    /// What was asked.
    pub request: RequestItem,
    /// Findings, hosts and works.
    #[serde(flatten)]
    pub screened: Screened,
    /// Who would be newly covered; absent for structures that carry no radio, or when it cannot be computed.
    pub coverage_effect: Option<CoverageEffect>,
}

/// Screens a request as one viewer may, by the rules of today. CPU-bound: call it off the asynchronous threads.
///
/// # Errors
/// [`ErrorKind::BadInput`] when the request cannot be read or lies elsewhere, [`ErrorKind::NotFound`] for an unknown
/// rule set.
pub fn screen_request(
    desk: &Desk,
    who: &Viewer,
    request: &[u8],
    rule_set: Option<&RuleSetCode>,
) -> Result<Screening, DeskError> {
    screen_request_on(desk, who, request, rule_set, desk.today())
}

/// Screens a request by the rules and the plan of one day.
///
/// # Errors
/// As [`screen_request`].
pub fn screen_request_on(
    desk: &Desk,
    who: &Viewer,
    request: &[u8],
    rule_set: Option<&RuleSetCode>,
    on: Date,
) -> Result<Screening, DeskError> {
    let ReadRequest { items, ignored } = read_request(request)?;
    screen_items(desk, who, &items, &ignored, rule_set, on)
}

/// Screens structures that have been read already, by the rules and the plan of one day.
pub(crate) fn screen_items(
    desk: &Desk,
    who: &Viewer,
    items: &[RequestItem],
    ignored: &[IgnoredProperty],
    rule_set: Option<&RuleSetCode>,
    on: Date,
) -> Result<Screening, DeskError> {
    desk.read(|registry| {
        items.iter().try_for_each(|item| standable(registry, who, item))?;
        rule_set_of(registry, rule_set).map(drop)
    })?;
    loop {
        let read_to = desk.read(read_positions);
        let served = served::near(desk, who, items, rule_set, on)?;
        let effects: Vec<_> =
            items.iter().map(|item| coverage_effect::of(desk, who, item)).collect::<Result<_, DeskError>>()?;
        let answer = desk.read(|registry| {
            // Coverage is computed while others may write: whoever judges then would mix two states of the world.
            if read_positions(registry) != read_to {
                return Ok(None);
            }
            let local = rule_set_of(registry, rule_set)?;
            let (served, reads) = (served.as_ref(), Reads::default());
            let beside = Beside { plan: plan_of(registry), served, reads: &reads, part: Part::Whole };
            let screened = judge_beside(registry, who, items, local, on, beside);
            let parts = items.iter().cloned().zip(screened).zip(effects);
            Ok::<_, DeskError>(Some(Screening {
                seq: seen_position(registry, who),
                positions: seen_positions(registry, who),
                on,
                ruleset: local.code.clone(),
                rule_sets: judged_together(registry, local).iter().map(|set| judged_by(set, on)).collect(),
                template: local.template,
                read_to,
                scope_vi: SCOPE_VI,
                scope_en: SCOPE_EN,
                ignored: ignored.to_vec(),
                items: parts
                    .map(|((request, screened), coverage_effect)| ScreenedItem { request, screened, coverage_effect })
                    .collect(),
            }))
        })?;
        if let Some(answer) = answer {
            return Ok(answer);
        }
    }
}

/// The national set holds everywhere, and the local one beside it: every rule of both answers.
fn judged_together<'a>(registry: &'a Registry, local: &'a RuleSet) -> Vec<&'a RuleSet> {
    let national = registry.rule_sets().values().find(|set| set.code.as_str() == NATIONAL);
    national.into_iter().filter(|set| set.code != local.code).chain([local]).collect()
}

fn judged_by(set: &RuleSet, on: Date) -> JudgedBy {
    JudgedBy {
        code: set.code.clone(),
        title_vi: set.title.vi.clone(),
        title_en: set.title.en.clone(),
        template: set.template,
        in_force: set.is_in_force(on),
    }
}

/// Checks that structures lie where this desk decides, that what they upgrade stands, and that the rule set exists.
pub(crate) fn check_items(
    desk: &Desk,
    who: &Viewer,
    items: &[RequestItem],
    rule_set: Option<&RuleSetCode>,
) -> Result<(), DeskError> {
    desk.read(|registry| {
        items.iter().try_for_each(|item| standable(registry, who, item))?;
        rule_set.map_or(Ok(()), |_| rule_set_of(registry, rule_set).map(drop))
    })
}

/// Judges structures by what one viewer may see. Whom structures serve is not told: it judges nothing.
pub(crate) fn judge(
    registry: &Registry,
    who: &Viewer,
    items: &[RequestItem],
    local: &RuleSet,
    on: Date,
) -> Vec<Screened> {
    judge_part(registry, who, items, local, on, (Part::Whole, &Reads::default()))
}

/// The same of a part, noting where the judgement looks.
pub(crate) fn judge_part(
    registry: &Registry,
    who: &Viewer,
    items: &[RequestItem],
    local: &RuleSet,
    on: Date,
    (part, reads): (Part, &Reads),
) -> Vec<Screened> {
    judge_beside(registry, who, items, local, on, Beside { plan: plan_of(registry), served: None, reads, part })
}

/// The same as if the territory's plan were another.
pub(crate) fn judge_by_plan(
    registry: &Registry,
    who: &Viewer,
    items: &[RequestItem],
    local: &RuleSet,
    on: Date,
    plan: Option<&Plan>,
) -> Vec<Screened> {
    let (index, reads) = (plan.map(PlanIndex::of), Reads::default());
    let beside = Beside { plan: plan.zip(index.as_ref()), served: None, reads: &reads, part: Part::Whole };
    judge_beside(registry, who, items, local, on, beside)
}

fn plan_of(registry: &Registry) -> Option<(&Plan, &PlanIndex)> {
    registry.home().and_then(|(_, state)| Some((state.plan.as_ref()?, &state.plan_index)))
}

/// What a judgement takes beside the registry and the rules.
#[derive(Clone, Copy)]
struct Beside<'a> {
    plan: Option<(&'a Plan, &'a PlanIndex)>,
    served: Option<&'a ServedToday>,
    reads: &'a Reads,
    part: Part,
}

fn judge_beside(
    registry: &Registry,
    who: &Viewer,
    items: &[RequestItem],
    local: &RuleSet,
    on: Date,
    Beside { plan, served, reads, part }: Beside<'_>,
) -> Vec<Screened> {
    let sets = judged_together(registry, local);
    let home = registry.home().map(|(_, state)| state);
    // Works are announced so that others can join them; they are no secret to anybody who has signed in.
    let works: Vec<&Works> = match who.role {
        hatang_core::Role::Public => Vec::new(),
        _ => home.into_iter().flat_map(|state| works_near(state, items)).collect(),
    };
    let (plan, plan_index) = plan.unzip();
    let seen = registry.seen_by(who).noting(reads);
    let scene = Scene { plan, plan_index, works: &works, served, ..Scene::new(seen, &sets, on) };
    let around: Vec<BoundingBox> =
        items.iter().map(|item| item.shape.bounding_box().expanded(scene.conditions_reach())).collect();
    // Officials see every request that was handed in, applicants their own, which set them no condition.
    let near = registry.cases().seen_near(who, &around);
    let decides = plan.filter(|plan| plan.is_in_force(on));
    let waiting = still_waiting(near.map(|held| &held.case), decides, scene.seen);
    let waiting: Vec<&RequestItem> = waiting.into_iter().map(|(_, item)| item).collect();
    // What is to come is looked for as widely as what the plan has.
    let wider: Vec<BoundingBox> = items.iter().map(|item| plan_reads::around(item, scene.conditions_reach())).collect();
    // Structures of one request are no neighbours that are to come to each other: they are judged as they were asked.
    let others = registry.cases().seen_near(who, &wider).map(|held| &held.case).filter(|case| case.items != items);
    let unbuilt = still_unbuilt(others, scene.seen);
    let issued: Vec<&Asset> = unbuilt.iter().collect();
    let scene = Scene { waiting: &waiting, issued: &issued, ..scene };
    for (item, wider) in items.iter().zip(wider) {
        reads.note(Ground::Requests, wider);
        if part == Part::Way {
            plan_reads::note_way(item, &scene, reads);
            continue;
        }
        reads.note(Ground::Works, item.shape.bounding_box().expanded(DIG_ONCE_REACH));
        plan_reads::note(item, &scene, reads);
    }
    items.iter().map(|item| screen_part(item, &scene, part)).collect()
}

/// Works that may open the ground where structures are asked for.
fn works_near<'a>(state: &'a TerritoryState, items: &[RequestItem]) -> impl Iterator<Item = &'a Works> {
    let around: Vec<BoundingBox> =
        items.iter().map(|item| item.shape.bounding_box().expanded(DIG_ONCE_REACH)).collect();
    let near = state.works_boxes.iter().filter(move |(_, bounds)| around.iter().any(|one| one.intersects(**bounds)));
    near.filter_map(|(code, _)| state.works.get(code))
}

pub(crate) fn rule_set_of<'a>(registry: &'a Registry, asked: Option<&RuleSetCode>) -> Result<&'a RuleSet, DeskError> {
    let default = registry.home().and_then(|(_, state)| Some(&state.plan.as_ref()?.rule_set));
    let only = || {
        let mut local = registry.rule_sets().keys().filter(|code| code.as_str() != NATIONAL);
        local.next().filter(|_| local.next().is_none())
    };
    let Some(code) = asked.or(default).or_else(only) else {
        return Err(DeskError::input(
            ErrorKind::NotFound,
            "rule_set.none",
            "ruleset",
            "Chưa có bộ quy tắc nào được chọn: hãy nạp quy hoạch hoặc nêu mã bộ quy tắc.",
            "No rule set is chosen: load a plan or name a rule set.",
        ));
    };
    registry.rule_sets().get(code).ok_or_else(|| {
        DeskError::input(
            ErrorKind::NotFound,
            "rule_set.unknown",
            code,
            "Không có bộ quy tắc nào mang mã này.",
            "There is no rule set with this code.",
        )
    })
}

/// Passes when an item lies where this desk decides, and what it upgrades is known to the viewer.
fn standable(registry: &Registry, who: &Viewer, item: &RequestItem) -> Result<(), DeskError> {
    inside_territory(registry, item)?;
    let Some(code) = &item.upgrades else { return Ok(()) };
    let known = registry.seen_by(who).by_code(&item.owner, item.class, code);
    if known.is_some_and(|sight| !sight.is_generalised() && sight.asset().status.stands()) {
        return Ok(());
    }
    Err(DeskError::input(
        ErrorKind::BadInput,
        "request.upgrades_unknown",
        code,
        "Không có công trình nào đang đứng, cùng loại, của đơn vị đề nghị mang mã này để nâng cấp.",
        "No standing structure of this class and owner has this code, so none can be upgraded.",
    ))
}

/// Passes when the whole item lies in the loaded territory or within the margin around it.
fn inside_territory(registry: &Registry, item: &RequestItem) -> Result<(), DeskError> {
    let Some(boundaries) = registry.home().and_then(|(_, state)| state.boundaries.as_ref()) else { return Ok(()) };
    let outline = &boundaries.home.shape;
    let outside = |at: &Lonlat| {
        !outline.bounding_box().expanded(MARGIN_M).contains(*at)
            || geodesy::nearest(&hatang_core::Shape::Point(*at), outline).distance > Metres::computed(MARGIN_M)
    };
    let Some(at) = item.shape.positions().find(outside) else { return Ok(()) };
    let swapped = Lonlat::new(at.lat(), at.lon()).is_ok_and(|swapped| !outside(&swapped));
    let (vi, en) = if swapped {
        (
            "Vị trí nằm ngoài địa bàn; nếu đổi chỗ hai số thì lại nằm trong địa bàn. GeoJSON ghi kinh độ trước, vĩ độ sau.",
            "The position lies outside the territory, and inside it with the two numbers swapped. GeoJSON puts longitude first.",
        )
    } else {
        ("Vị trí nằm ngoài địa bàn đã nạp quá 2 km.", "The position lies more than 2 km outside the loaded territory.")
    };
    let value = format!("{}, {}", at.lon(), at.lat());
    Err(DeskError::input(ErrorKind::BadInput, "request.outside_territory", value, vi, en))
}
