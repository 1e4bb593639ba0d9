//! How many boxes one operator hangs on one pole.

use hatang_core::{AssetClass, Details, Metres, Near, RequestItem};

use crate::{
    assumption,
    finding::{Limit, Outcome, Quantity},
    missing::Missing,
    scene::Scene,
    wording,
};

const UNIT: &str = "boxes";
/// A box hangs on the pole that it stands this near to, beyond both accuracies.
const ON_POLE: f64 = 1.0;

/// Judges the boxes of the applicant on the pole that the requested one would hang on.
///
/// The boxes that are registered there count by their owner; a pole that says it carries more boxes than are registered
/// leaves it open whose they are. `O(log n + k)`.
///
/// Source: the rule's instrument and article, for example QCVN 33:2019/BTTTT.
pub(super) fn judge(most: Option<u32>, item: &RequestItem, scene: &Scene<'_>) -> Outcome {
    let Some(most) = most else { return Outcome::unset() };
    let request = item.accuracy().radius;
    let may_touch = |near: &Near<'_>| {
        let radius = near.sight.accuracy().radius.combined_with(request).get();
        near.sight.asset().status.stands() && near.nearest.distance.get() <= ON_POLE + radius
    };
    let poles = scene.around(AssetClass::Pole, item, ON_POLE);
    let Some(pole) = poles.into_iter().find(may_touch) else {
        return Outcome::not_asked("Tủ, hộp không đặt trên cột nào đã đăng ký.", "It hangs on no registered pole.");
    };
    let (sight, label) = (pole.sight, wording::label_seen(&pole.sight));
    let on_pole: Vec<_> = scene
        .seen
        .within(AssetClass::Cabinet, &sight.shape(), Metres::computed(ON_POLE + sight.accuracy().radius.get()))
        .into_iter()
        .filter(|near| near.sight.asset().status.stands())
        .collect();
    let own = on_pole.iter().filter(|near| near.sight.asset().owner == item.owner);
    let count = u32::try_from(own.clone().count()).unwrap_or(u32::MAX);
    let registered = u32::try_from(on_pole.len()).unwrap_or(u32::MAX);
    let stated = match &sight.asset().details {
        Details::Pole(known) if !sight.is_generalised() => known.boxes,
        _ => None,
    };
    let with_new = count.saturating_add(1);
    let outcome = if most < with_new {
        Outcome::fails(
            format!("Trên cột {label} bên đề nghị đã có {count} tủ, hộp; mỗi doanh nghiệp nhiều nhất {most}."),
            format!("The applicant has {count} boxes on pole {label} already; one operator may have {most} at most."),
        )
    } else if stated.is_some_and(|boxes| boxes <= registered) {
        Outcome::complies(
            format!(
                "Trên cột {label} bên đề nghị có {count} tủ, hộp trước khi lắp thêm; mỗi doanh nghiệp nhiều nhất {most}."
            ),
            format!(
                "The applicant has {count} boxes on pole {label} before this one; one operator may have {most} at most."
            ),
        )
    } else {
        Outcome::lacks(vec![Missing::of_asset("boxes", sight.asset().id, &label)])
    };
    let assets = std::iter::once(sight.asset().id).chain(own.map(|near| near.sight.asset().id));
    Outcome {
        measured: Some(Quantity { value: with_new.into(), accuracy: 0.0, unit: UNIT }),
        limit: Some(Limit { value: most.into(), unit: UNIT }),
        assets: assets.collect(),
        assumptions: assumption::of_request(item)
            .into_iter()
            .chain(assumption::of_neighbour(&label, sight.accuracy()))
            .collect(),
        ..outcome
    }
}
