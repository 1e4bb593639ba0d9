//! Lanes: the fishbone of a delta village, on both sides of the road through it.

use hatang_core::Planar;

use super::{
    RoadKind,
    drawing::{Drawing, Joint},
};
use crate::synthetic::{
    dice::{Dice, Room},
    ground::Ground,
    path::Path,
    plane::{distance, left_of, minus, mix, plus, scaled},
    villages::{Kind, Village},
};

/// Draws each hamlet's lanes. A lane that would meet another road is left out.
pub(super) fn draw(seed: u64, drawing: &mut Drawing, ground: &Ground, villages: &[Village], anchors: &[Planar]) {
    let mut dice = Dice::new(seed, Room::Lanes);
    for (village, anchor) in villages.iter().zip(anchors) {
        let tries = if village.kind == Kind::Town { 30 } else { 26 };
        let mut drawn = 0;
        for _ in 0..tries {
            let reach = dice.about_zero(440.0);
            let about = plus(*anchor, scaled(Planar::new(dice.about_zero(1.0), dice.about_zero(1.0)), reach));
            let joint = drawing.nearest(about);
            let Some(lane) = lane(&mut dice, joint, about) else { continue };
            let end = lane.0[lane.0.len() - 1];
            let free = lane.part(30.0, lane.length());
            let inside = ground.draft.contains(end) && 60.0 < ground.draft.edge_distance(end);
            if inside && !drawing.meets(&free, 28.0) {
                drawn += 1;
                let start = drawing.joint(joint);
                let mut points = lane.0;
                points[0] = start;
                drawing.draw(format!("Ngõ {drawn}, {}", village.name), RoadKind::Lane, Path(points));
            }
        }
    }
}

/// From the road towards `about` and a little further; `None` where that is too close to be a lane.
fn lane(dice: &mut Dice, joint: Joint, about: Planar) -> Option<Path> {
    if joint.away < 45.0 {
        return None;
    }
    let start = joint.at;
    let length = dice.between(90.0, 240.0);
    let end = plus(start, scaled(minus(about, start), length / distance(start, about)));
    let middle = plus(mix(start, end, 0.5), scaled(left_of(minus(end, start)), dice.about_zero(0.09)));
    Some(Path(vec![start, middle, end]).smooth(50.0))
}
