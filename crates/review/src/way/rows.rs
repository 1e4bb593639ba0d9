//! Rows of poles: what a cable can hang on where no registered route says that one does.

use std::collections::{BTreeSet, HashMap};

use hatang_core::{
    AssetClass, AssetId, Metres, RequestItem, SurveyMethod,
    asset::{Layer, Lifecycle},
    geodesy::TangentPlane,
};

use super::{
    graph::{At, around, cell, distance},
    lines::{self, Usable},
};
use crate::{
    assumption::POLE_SPAN,
    host::{self, Candidate},
    scene::Scene,
};

/// Poles this far beside the request are considered, in metres: a street, and the next one over new ground. Farther rows
/// are another route.
const BESIDE: f64 = 120.0;

/// Poles and lamp posts that a cable may hang on, and which of them are neighbours.
#[derive(Default)]
pub(super) struct Rows<'a> {
    pub(super) posts: Vec<Usable<'a>>,
    /// Where each of them stands, on the plane.
    pub(super) at: Vec<At>,
    /// Pairs of their numbers.
    pub(super) spans: Vec<[usize; 2]>,
}

/// A pole within [`BESIDE`], whether or not it has room: a full one still stands between its neighbours.
struct Post<'a> {
    id: AssetId,
    at: At,
    usable: Option<Usable<'a>>,
}

/// The rows of poles near a requested aerial route. Two poles of one registered route are no row: the route says itself
/// what can hang on it.
pub(super) fn of<'a>(item: &'a RequestItem, scene: &Scene<'a>, plane: &TangentPlane) -> Rows<'a> {
    let routes = lines::candidates(AssetClass::AerialRoute, BESIDE, item, scene);
    let on_route: Vec<BTreeSet<AssetId>> = routes.iter().map(|route| host::poles_of(route, scene).collect()).collect();
    let width = scene.corridor(item.class).width;
    let mut posts: Vec<Post<'_>> = [AssetClass::Pole, AssetClass::Host]
        .into_iter()
        .flat_map(|class| lines::candidates(class, BESIDE, item, scene))
        .filter(is_post)
        .map(|one| Post {
            id: one.asset.id,
            at: plane.metres(one.asset.anchor()),
            usable: lines::judged(&one, width, item, scene),
        })
        .collect();
    posts.sort_by_key(|post| post.id);
    let is_of_one_route = |[a, b]: &[usize; 2]| {
        let (a, b) = (posts[*a].id, posts[*b].id);
        on_route.iter().any(|route| route.contains(&a) && route.contains(&b))
    };
    let at: Vec<At> = posts.iter().map(|post| post.at).collect();
    let mut spans = neighbours(&at);
    spans.retain(|span| span.iter().all(|post| posts[*post].usable.is_some()) && !is_of_one_route(span));
    numbered(posts, &spans)
}

/// What is known worse than where nobody has said how it was found says nothing of the spans between poles.
fn is_post(candidate: &Candidate<'_>) -> bool {
    let is_there = candidate.asset.status.layer() == Layer::Current || candidate.asset.status == Lifecycle::Planned;
    let carries = candidate.asset.class() == AssetClass::Pole || host::carries_cable(candidate);
    is_there && carries && candidate.accuracy.radius <= SurveyMethod::Unknown.assumed_accuracy()
}

/// Those posts alone that have a neighbour to span to.
fn numbered<'a>(posts: Vec<Post<'a>>, spans: &[[usize; 2]]) -> Rows<'a> {
    let spanned: BTreeSet<usize> = spans.iter().flatten().copied().collect();
    let numbers: HashMap<usize, usize> = spanned.iter().enumerate().map(|(now, before)| (*before, now)).collect();
    let mut rows =
        Rows { spans: spans.iter().map(|span| span.map(|post| numbers[&post])).collect(), ..Rows::default() };
    let kept = posts.into_iter().enumerate().filter(|(number, _)| spanned.contains(number));
    for (at, usable) in kept.filter_map(|(_, post)| Some((post.at, post.usable?))) {
        rows.at.push(at);
        rows.posts.push(usable);
    }
    rows
}

/// Pairs within [`POLE_SPAN`] of which no third place is in the circle that has them at its ends: along a street each
/// place is next to the one before and the one after, and spans that skip one are left out. In the order of numbers.
/// `O(n)` in places, times the square of how many stand within a span of one.
fn neighbours(at: &[At]) -> Vec<[usize; 2]> {
    let mut cells: HashMap<(i64, i64), Vec<usize>> = HashMap::new();
    for (number, place) in at.iter().enumerate() {
        cells.entry(cell(*place, POLE_SPAN)).or_default().push(number);
    }
    let square = |a: usize, b: usize| distance(at[a], at[b]).powi(2);
    let mut pairs = Vec::new();
    for one in 0..at.len() {
        let beside = around(cell(at[one], POLE_SPAN)).filter_map(|cell| cells.get(&cell)).flatten().copied();
        let near: Vec<usize> =
            beside.filter(|other| *other != one && distance(at[one], at[*other]) <= POLE_SPAN).collect();
        let is_free = |other: usize| {
            let span = square(one, other);
            !near.iter().any(|third| *third != other && square(one, *third) + square(*third, other) < span)
        };
        pairs.extend(near.iter().copied().filter(|other| one < *other && is_free(*other)).map(|other| [one, other]));
    }
    pairs.sort_unstable();
    pairs
}

/// How far a span reaches, as people read it.
pub(super) fn longest_span() -> Metres {
    Metres::computed(POLE_SPAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn poles_of_a_street_span_to_the_next_one_and_skip_none() {
        let street: Vec<At> = (0..5).map(|pole| [f64::from(pole) * 35.0, 0.0]).collect();
        assert_eq!(neighbours(&street), [[0, 1], [1, 2], [2, 3], [3, 4]]);
        let wide: Vec<At> = [0.0, 70.0, 140.1].map(|east| [east, 0.0]).to_vec();
        assert_eq!(neighbours(&wide), [[0, 1]], "70 m is a span, and 70.1 m is none");
    }

    #[test]
    fn across_a_street_each_pole_spans_to_the_one_opposite() {
        let both: Vec<At> = vec![[0.0, 0.0], [40.0, 0.0], [0.0, 10.0], [40.0, 10.0]];
        assert_eq!(neighbours(&both), [[0, 1], [0, 2], [1, 3], [2, 3]], "and not to the one beyond it");
        let at_one_place: Vec<At> = vec![[0.0, 0.0], [0.0, 0.0], [50.0, 0.0]];
        assert_eq!(neighbours(&at_one_place), [[0, 1], [0, 2], [1, 2]], "two poles at one place are both there");
    }

    #[test]
    fn neighbours_are_the_same_as_when_every_third_place_is_asked() {
        let place = |number: u32| [f64::from(number * 7_919 % 400), f64::from(number * 104_729 % 300)];
        let at: Vec<At> = (0..60).map(place).collect();
        let square = |a: usize, b: usize| distance(at[a], at[b]).powi(2);
        let mut naive = Vec::new();
        for a in 0..at.len() {
            for b in a + 1..at.len() {
                let is_blocked = (0..at.len()).any(|c| c != a && c != b && square(a, c) + square(c, b) < square(a, b));
                if distance(at[a], at[b]) <= POLE_SPAN && !is_blocked {
                    naive.push([a, b]);
                }
            }
        }
        assert!(20 < naive.len(), "{}", naive.len());
        assert_eq!(neighbours(&at), naive);
    }
}
