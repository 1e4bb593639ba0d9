//! Which metres of a requested route can run in what stands, and which must be built: the cheapest way from its start
//! to its end over existing lines and rows of poles, then along the requested route itself or along roads.

mod graph;
mod lines;
mod rows;

use hatang_core::{
    Asset, AssetClass, AssetId, Lonlat, Metres, OrganisationCode, RequestItem, Shape, Text,
    geodesy::{self, TangentPlane},
};
use serde::Serialize;

use self::{
    graph::{Graph, Kind, Pole, SAME_END, Step, Terms},
    lines::Usable,
    rows::Rows,
};
use crate::{assumption, scene::Scene, wording};

/// The way that saves most, stretch by stretch.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Way {
    /// Metres in lines that are known to have room.
    pub shared_m: f64,
    /// Metres in lines about which something must be asked first: their room, their state, their place, or when they
    /// are built.
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
    /// The line it runs in, or the pole that it hangs on.
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
/// What a metre in a line counts as against a new one, and how much new ground leads to a line.
const TERMS: Terms = Terms { access: 60.0, shared: 0.2, ask: 0.5 };

/// The cheapest way of each part of a route; none for what is no route, and where neither a line nor a row of poles helps.
///
/// `O((v + e) log v)` in the lines, poles and roads within [`DETOUR`] of the request, for each part.
pub(crate) fn way(item: &RequestItem, scene: &Scene<'_>) -> Option<Way> {
    let routes: Vec<&[Lonlat]> = match &item.shape {
        Shape::LineString(_) | Shape::MultiLineString(_) => item.shape.runs().collect(),
        Shape::Point(_) | Shape::Polygon(_) | Shape::MultiPolygon(_) => return None,
    };
    let classes: &[AssetClass] = match item.class {
        AssetClass::Duct | AssetClass::Trench => &[AssetClass::Duct, AssetClass::Trench],
        AssetClass::AerialRoute => &[AssetClass::AerialRoute],
        _ => return None,
    };
    let bounds = item.shape.bounding_box();
    let plane = TangentPlane::at(bounds.centre());
    let mut usable: Vec<Usable<'_>> = classes.iter().flat_map(|class| lines::usable(*class, item, scene)).collect();
    let is_aerial = item.class == AssetClass::AerialRoute;
    let Rows { posts, at: places, spans } = if is_aerial { rows::of(item, scene, &plane) } else { Rows::default() };
    let first_post = usable.len();
    usable.extend(posts);
    if usable.is_empty() {
        return None;
    }
    let metres = |line: &[Lonlat]| line.iter().map(|at| plane.metres(*at)).collect::<Vec<_>>();
    let mut graph = Graph::new(routes.iter().map(|route| metres(route)).collect(), TERMS);
    let roads = lines::roads(bounds.expanded(DETOUR), scene);
    let roads_left_out = graph.add_roads(roads.into_iter().map(|piece| piece.map(|at| plane.metres(at))).collect());
    for (number, line) in usable.iter().enumerate() {
        line.asset.shape.runs().for_each(|run| graph.add_line(&metres(run), line.radius, line.kind, number));
    }
    for span in spans {
        let pole = |post: usize| {
            let Usable { kind, radius, .. } = usable[first_post + post];
            Pole { at: places[post], kind, number: first_post + post, radius }
        };
        graph.add_span(span.map(pole));
    }
    let steps = graph.cheapest()?;
    let parts: Vec<WayPart> = steps.iter().map(|step| part(step, &usable, &plane)).collect();
    let total = |kind: Kind| {
        let of_kind = parts.iter().filter(|part| part.kind == kind.code());
        decimetres(of_kind.fold(0.0, |total, part| total + part.metres))
    };
    let (shared, ask, new) = (total(Kind::Shared), total(Kind::Ask), total(Kind::New));
    if shared + ask <= 0.0 {
        return None;
    }
    let requested = decimetres(routes.iter().fold(0.0, |total, route| total + geodesy::length(route).get()));
    let reason = reason([shared + ask + new, shared, ask, new, requested]);
    Some(Way {
        shared_m: shared,
        ask_m: ask,
        new_m: new,
        requested_m: requested,
        parts,
        reason_vi: reason.vi,
        reason_en: reason.en,
        assumptions: assumptions(item, &steps, &usable[..], first_post, roads_left_out),
    })
}

fn part(step: &Step, usable: &[Usable<'_>], plane: &TangentPlane) -> WayPart {
    let line: Vec<Lonlat> = step.line.iter().map(|at| plane.lonlat(*at)).collect();
    let used = step.through.map(|number| usable[number].asset);
    WayPart {
        kind: step.kind.code(),
        asset: used.map(|asset| asset.id),
        class: used.map(Asset::class),
        code: used.and_then(|asset| asset.code.as_ref()).map(ToString::to_string),
        owner: used.map(|asset| asset.owner.clone()),
        metres: decimetres(geodesy::length(&line).get()),
        geometry: Shape::LineString(line),
    }
}

fn decimetres(metres: f64) -> f64 {
    (metres * 10.0).round() / 10.0
}

fn metres(length: f64) -> Text {
    wording::metres(Metres::computed(length))
}

/// The way's own length and what it is made of; the request's beside it, which is another.
fn reason(lengths: [f64; 5]) -> Text {
    let [all, shared, ask, new, requested] = lengths.map(metres);
    Text::new(
        format!(
            "Cách đi dài {}: {} trong công trình có sẵn, {} cần hỏi chủ sở hữu, {} phải làm mới \
             (tuyến đề nghị dài {}).",
            all.vi, shared.vi, ask.vi, new.vi, requested.vi
        ),
        format!(
            "The way is {}: {} in what stands, {} to ask for, {} new (the request is {}).",
            all.en, shared.en, ask.en, new.en, requested.en
        ),
    )
}

/// What the way rests on: the weights, and what of its own stretches is taken to be so.
fn assumptions(
    item: &RequestItem,
    steps: &[Step],
    usable: &[Usable<'_>],
    first_post: usize,
    roads_left_out: usize,
) -> Vec<Text> {
    let is_aerial = item.class == AssetClass::AerialRoute;
    let mut through: Vec<usize> = steps.iter().filter_map(|step| step.through).collect();
    through.sort_unstable();
    through.dedup();
    let used = || through.iter().map(|number| &usable[*number]);
    let unbuilt: Vec<String> = used().filter(|line| line.is_unbuilt).map(|line| wording::label(line.asset)).collect();
    let is_entered_midway = steps.iter().any(|step| step.midway);
    let told = [
        Some(working_numbers()),
        is_entered_midway.then(|| entered_midway(is_aerial)),
        (!is_aerial && item.bores.is_none()).then(assumption::one_bore),
        (!unbuilt.is_empty()).then(|| not_built(&unbuilt)),
        (0 < roads_left_out).then(|| left_out(roads_left_out)),
        through.iter().any(|number| first_post <= *number).then(rows_of_poles),
        assumption::of_request(item),
    ];
    told.into_iter().flatten().chain(used().filter_map(|line| line.assumed.clone())).collect()
}

fn working_numbers() -> Text {
    let [access, same_end, detour] = [TERMS.access, SAME_END, DETOUR].map(metres);
    let (shared, ask) = (wording::number(TERMS.shared, 1), wording::number(TERMS.ask, 1));
    Text::new(
        format!(
            "Giả định làm việc: một mét đi chung tính bằng {} mét làm mới, cần hỏi {}; đoạn nối vào tuyến có sẵn không \
             quá {}; đầu tuyến cách đầu hoặc thân tuyến khác không quá {} là nối nhau, xa hơn mà trong sai số thì cần \
             hỏi; xét trong phạm vi {}.",
            shared.vi, ask.vi, access.vi, same_end.vi, detour.vi
        ),
        format!(
            "Working assumptions: a shared metre counts as {} of a new one, one to ask for as {}; lines are reached \
             over no more than {} of new ground; a line that ends within {} of another leads into it, and one that may \
             as far as they are known is asked about; within {} of the request.",
            shared.en, ask.en, access.en, same_end.en, detour.en
        ),
    )
}

fn entered_midway(is_aerial: bool) -> Text {
    if is_aerial {
        return Text::new(
            "Giả định vào được tuyến cáp treo tại chỗ gần nhất; cần kiểm tra cột.",
            "Pole routes are taken to be entered where they come nearest: whether a pole stands there must be checked.",
        );
    }
    Text::new(
        "Giả định vào được ống tại chỗ gần nhất; cần kiểm tra hố ga.",
        "Lines are taken to be entered where they come nearest: whether a manhole is there must be checked.",
    )
}

fn not_built(labels: &[String]) -> Text {
    let labels: Vec<Text> = labels.iter().map(|label| Text::new(&**label, &**label)).collect();
    let listed = wording::list(&labels);
    Text::new(
        format!("Chưa xây xong, chỉ dùng được sau khi xây: {}.", listed.vi),
        format!("Not built yet, and of use only once built: {}.", listed.en),
    )
}

fn left_out(roads: usize) -> Text {
    let pieces = wording::counted(u32::try_from(roads).unwrap_or(u32::MAX), "đoạn đường", "piece");
    Text::new(
        format!("Không xét {} ở xa tuyến đề nghị nhất khi tìm đất làm mới.", pieces.vi),
        format!("New ground was not sought along {} of road, the farthest from the request.", pieces.en),
    )
}

fn rows_of_poles() -> Text {
    let span = wording::metres(rows::longest_span());
    Text::new(
        format!(
            "Giả định căng được cáp giữa hai cột liền nhau cách không quá {} dù sổ đăng ký chưa có tuyến; cần kiểm tra \
             thực địa.",
            span.vi
        ),
        format!(
            "Neighbouring poles within {} are taken to carry a span although no route is registered: check on site.",
            span.en
        ),
    )
}
