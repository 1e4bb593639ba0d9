//! What somebody should know before a record is written: likely duplicates, and references that lead nowhere.

use hatang_core::{
    Asset, AssetId, Details, Lonlat, Metres, Seen, Shape, Sight, Text,
    asset::{At, Layer},
    geodesy,
};
use serde::Serialize;

/// What a notice is about. The words are stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeRule {
    /// Another record is likely of the same structure.
    Duplicate,
    /// An asset is named that is not registered.
    Reference,
    /// An asset is named that lies elsewhere.
    FarReference,
}

/// Something to know before a record is written. It refuses nothing.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Notice {
    /// What it is about.
    pub rule: NoticeRule,
    /// The field concerned.
    pub field: Option<&'static str>,
    /// The asset concerned, where there is one that the viewer may see.
    pub asset: Option<AssetId>,
    /// How far away it is, in metres.
    pub distance_m: Option<f64>,
    /// The sentence for people.
    pub text: Text,
}

/// Two records of one class that lie this near are likely one structure, whatever their accuracy, in metres.
const SURELY_NEAR_M: f64 = 3.0;
/// Poor accuracies do not make everything in a street a duplicate, in metres.
const NEAR_AT_MOST_M: f64 = 30.0;
/// How far a line may end from what it ends at before somebody should look, in metres.
const ENDS_WITHIN_M: f64 = 25.0;

/// What somebody who enters this asset should know.
pub(crate) fn notices(seen: Seen<'_>, asset: &Asset) -> Vec<Notice> {
    let mut found = references(seen, asset);
    let twins = likely_duplicates(seen, asset).into_iter().map(|(sight, distance)| Notice {
        rule: NoticeRule::Duplicate,
        field: None,
        asset: Some(sight.asset().id),
        distance_m: Some(distance.get()),
        text: duplicate_text(&sight, distance),
    });
    found.extend(twins);
    found
}

/// Records of the same class and layer that are likely of the same structure, nearest first, at most ten.
pub(crate) fn likely_duplicates<'a>(seen: Seen<'a>, asset: &Asset) -> Vec<(Sight<'a>, Metres)> {
    twins(seen, asset).take(10).collect()
}

/// All of them.
pub(crate) fn twins<'a>(seen: Seen<'a>, asset: &Asset) -> impl Iterator<Item = (Sight<'a>, Metres)> {
    let near = seen.within(asset.class(), &asset.shape, Metres::computed(NEAR_AT_MOST_M));
    near.into_iter()
        .map(|near| (near.sight, near.nearest.distance))
        .filter(|(sight, distance)| is_twin(asset, sight, *distance))
}

/// Whether another record of the class, this far away, is likely of the same structure.
pub(crate) fn is_twin(asset: &Asset, sight: &Sight<'_>, distance: Metres) -> bool {
    let other = sight.asset();
    let both = joint_accuracy(asset, sight);
    other.id != asset.id
        && !sight.is_generalised()
        && other.status.layer() == asset.status.layer()
        && other.status.layer() != Layer::Past
        && distance.get() <= both
        && same_ends(&asset.shape, &other.shape, both)
        && may_be_one(asset, other)
}

/// Stations of several networks and technologies hang on one mast: only those of one owner, one network and the same
/// technologies may be one.
fn may_be_one(asset: &Asset, other: &Asset) -> bool {
    match (&asset.details, &other.details) {
        (Details::RadioStation(one), Details::RadioStation(another)) => {
            asset.owner == other.owner && one.network == another.network && one.technologies == another.technologies
        }
        _ => true,
    }
}

/// How far apart two records of one structure may lie by what is known of their places, in metres.
pub(crate) fn joint_accuracy(asset: &Asset, sight: &Sight<'_>) -> f64 {
    let accuracy = asset.survey.accuracy().radius;
    accuracy.combined_with(sight.accuracy().radius).get().clamp(SURELY_NEAR_M, NEAR_AT_MOST_M)
}

/// Lines are twins only when both ends meet, in either direction.
fn same_ends(one: &Shape, other: &Shape, within: f64) -> bool {
    let ends = |shape: &Shape| match shape {
        Shape::LineString(line) => line.first().copied().zip(line.last().copied()),
        _ => None,
    };
    let near = |a: Lonlat, b: Lonlat| geodesy::distance(a, b).get() <= within;
    match (ends(one), ends(other)) {
        (Some((a, b)), Some((c, d))) => (near(a, c) && near(b, d)) || (near(a, d) && near(b, c)),
        _ => true,
    }
}

fn references(seen: Seen<'_>, asset: &Asset) -> Vec<Notice> {
    let mut found = Vec::new();
    for named in asset.references() {
        let Some(sight) = seen.by_code(named.owner, named.class, named.code) else {
            let (owner, class, code) = (named.owner, named.class, named.code);
            found.push(Notice {
                rule: NoticeRule::Reference,
                field: Some(named.field),
                asset: None,
                distance_m: None,
                text: Text::new(
                    format!("chưa có {class} nào của {owner} mang mã {code}"),
                    format!("{owner} has no {class} with the code {code}"),
                ),
            });
            continue;
        };
        let place = match (named.at, &asset.shape) {
            (At::Start, Shape::LineString(line)) => line.first().copied().map(Shape::Point),
            (At::End, Shape::LineString(line)) => line.last().copied().map(Shape::Point),
            _ => None,
        };
        let distance = geodesy::nearest(place.as_ref().unwrap_or(&asset.shape), &sight.shape()).distance;
        let known = asset.survey.accuracy().radius.combined_with(sight.accuracy().radius).get();
        if ENDS_WITHIN_M + known < distance.get() {
            let metres = distance.get().round();
            found.push(Notice {
                rule: NoticeRule::FarReference,
                field: Some(named.field),
                asset: Some(sight.asset().id),
                distance_m: Some(distance.get()),
                text: Text::new(
                    format!("{} nằm cách vị trí này {metres} m", named.code),
                    format!("{} lies {metres} m away", named.code),
                ),
            });
        }
    }
    found
}

fn duplicate_text(sight: &Sight<'_>, distance: Metres) -> Text {
    let other = sight.asset();
    let name = other.code.as_ref().map_or_else(|| other.id.to_string(), ToString::to_string);
    let (owner, metres) = (&other.owner, (distance.get() * 10.0).round() / 10.0);
    Text::new(
        format!("có thể trùng với {name} của {owner}, cách {metres} m"),
        format!("likely the same structure as {name} of {owner}, {metres} m away"),
    )
}
