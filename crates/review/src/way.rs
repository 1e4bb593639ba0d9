//! Which metres of a requested route can run in what stands, and which must be built: the cheapest way from its start to
//! its end over existing lines, then along the requested route itself or along roads.

mod graph;

use hatang_core::{
    AssetClass, AssetId, BoundingBox, Capacity, Lonlat, Metres, OrganisationCode, RequestItem, Shape, Text,
    geodesy::{self, TangentPlane},
};
use serde::Serialize;

use self::graph::{Graph, Kind};
use crate::{host, scene::Scene, wording};

/// The way that saves most, stretch by stretch.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Way {
    /// Metres in lines that are known to have room.
    pub shared_m: f64,
    /// Metres in lines whose room nobody has stated: ask the owner.
    pub ask_m: f64,
    /// Metres that must be built.
    pub new_m: f64,
    /// Metres of the requested route, for comparison.
    pub requested_m: f64,
    /// The stretches in order.
    pub parts: Vec<WayPart>,
    /// What it comes to, in Vietnamese.
    pub reason_vi: String,
    /// What it comes to, in English.
    pub reason_en: String,
    /// What the choice rests on.
    pub assumptions: Vec<Text>,
}

/// One stretch of the way.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WayPart {
    /// `shared`, `ask` or `new`.
    pub kind: &'static str,
    /// The line it runs in.
    pub asset: Option<AssetId>,
    /// What that is.
    pub class: Option<AssetClass>,
    /// Its owner's code for it.
    pub code: Option<String>,
    /// Whom to ask.
    pub owner: Option<OrganisationCode>,
    /// How long it is.
    pub metres: f64,
    /// Where it runs.
    pub geometry: Shape,
}

/// Lines and roads this far beside the request are considered, in metres.
const DETOUR: f64 = 300.0;
/// A line is entered and left at its ends over new ground no longer than this, in metres.
const ACCESS: f64 = 60.0;
/// What a metre counts as against a new one: in a line with room, and in one whose owner must be asked.
const SHARED_COUNTS: f64 = 0.2;
const ASK_COUNTS: f64 = 0.5;

/// One line that the way may use.
struct Usable<'a> {
    id: AssetId,
    class: AssetClass,
    code: Option<String>,
    owner: &'a OrganisationCode,
    line: Vec<Lonlat>,
    kind: Kind,
}

/// The cheapest way; none for what is no route, and where no standing line helps.
///
/// `O((v + e) log v)` in the lines and roads within [`DETOUR`] of the request.
pub(crate) fn way(item: &RequestItem, scene: &Scene<'_>) -> Option<Way> {
    let Shape::LineString(route) = &item.shape else { return None };
    let classes: &[AssetClass] = match item.class {
        AssetClass::Duct | AssetClass::Trench => &[AssetClass::Duct, AssetClass::Trench],
        AssetClass::AerialRoute => &[AssetClass::AerialRoute],
        _ => return None,
    };
    let bounds = item.shape.bounding_box().expanded(DETOUR);
    let usable: Vec<Usable<'_>> = classes.iter().flat_map(|class| usable_lines(*class, bounds, item, scene)).collect();
    if usable.is_empty() {
        return None;
    }
    let plane = TangentPlane::at(item.shape.bounding_box().centre());
    let metres = |line: &[Lonlat]| line.iter().map(|at| plane.metres(*at)).collect::<Vec<_>>();
    let mut graph = Graph::new(metres(route));
    for road in scene.plan.into_iter().flat_map(|plan| &plan.roads) {
        if road.shape.bounding_box().intersects(bounds) {
            road.shape.runs().for_each(|run| graph.add_road(&metres(run)));
        }
    }
    for (number, line) in usable.iter().enumerate() {
        graph.add_line(&metres(&line.line), line.kind, number);
    }
    let steps = graph.cheapest(ACCESS, SHARED_COUNTS, ASK_COUNTS)?;
    let parts: Vec<WayPart> = steps
        .into_iter()
        .map(|step| {
            let line: Vec<Lonlat> = step.line.iter().map(|at| plane.lonlat(*at)).collect();
            let used = step.through.map(|number| &usable[number]);
            WayPart {
                kind: step.kind.code(),
                asset: used.map(|used| used.id),
                class: used.map(|used| used.class),
                code: used.and_then(|used| used.code.clone()),
                owner: used.map(|used| used.owner.clone()),
                metres: decimetres(geodesy::length(&line).get()),
                geometry: Shape::LineString(line),
            }
        })
        .collect();
    let total =
        |kind: Kind| decimetres(parts.iter().filter(|part| part.kind == kind.code()).map(|part| part.metres).sum());
    let (shared, ask, new) = (total(Kind::Shared), total(Kind::Ask), total(Kind::New));
    if shared + ask <= 0.0 {
        return None;
    }
    let requested = decimetres(geodesy::length(route).get());
    let text = |length: f64| wording::metres(Metres::computed(length));
    let [shared_text, ask_text, new_text, all] = [shared, ask, new, requested].map(text);
    Some(Way {
        shared_m: shared,
        ask_m: ask,
        new_m: new,
        requested_m: requested,
        parts,
        reason_vi: format!(
            "Tuyến đề nghị {}: đi trong công trình có sẵn {}, cần hỏi chủ sở hữu {}, phải làm mới {}.",
            all.vi, shared_text.vi, ask_text.vi, new_text.vi
        ),
        reason_en: format!(
            "Of the {} requested, {} can run in what stands, {} if the owner has room, {} must be new.",
            all.en, shared_text.en, ask_text.en, new_text.en
        ),
        assumptions: vec![assumed()],
    })
}

fn decimetres(metres: f64) -> f64 {
    (metres * 10.0).round() / 10.0
}

fn assumed() -> Text {
    let metres = |length| wording::metres(Metres::computed(length));
    let (access, detour) = (metres(ACCESS), metres(DETOUR));
    let (shared, ask) = (wording::number(SHARED_COUNTS, 1), wording::number(ASK_COUNTS, 1));
    Text::new(
        format!(
            "Giả định làm việc: một mét đi chung tính bằng {} mét làm mới, cần hỏi {}; vào ra ở hai đầu tuyến có sẵn, \
             đoạn nối không quá {}; xét trong phạm vi {}.",
            shared.vi, ask.vi, access.vi, detour.vi
        ),
        format!(
            "Working assumptions: a shared metre counts as {} of a new one, one to ask for as {}; lines are entered at \
             their ends over no more than {} of new ground; within {} of the request.",
            shared.en, ask.en, access.en, detour.en
        ),
    )
}

/// Lines in a box that stand, may be shared and have room, or may have it.
fn usable_lines<'a>(class: AssetClass, bounds: BoundingBox, item: &RequestItem, scene: &Scene<'a>) -> Vec<Usable<'a>> {
    let needed = item.bores.unwrap_or(1);
    let in_use = scene.seen.in_box(class, bounds).filter(|sight| {
        let asset = sight.asset();
        !sight.is_generalised() && host::may_be_asked_for(asset)
    });
    let usable = in_use.filter_map(|sight| {
        let asset = sight.asset();
        let free = host::free_along(&sight, scene);
        let needed = if class == AssetClass::Duct { needed } else { 1 };
        let kind = match free {
            Capacity::Known(free) if needed <= free => Kind::Shared,
            Capacity::Known(_) => return None,
            Capacity::Unknown(_) => Kind::Ask,
        };
        let Shape::LineString(line) = &asset.shape else { return None };
        let code = asset.code.as_ref().map(ToString::to_string);
        Some(Usable { id: asset.id, class, code, owner: &asset.owner, line: line.clone(), kind })
    });
    let mut usable: Vec<Usable<'a>> = usable.collect();
    usable.sort_by_key(|one| one.id);
    usable
}
