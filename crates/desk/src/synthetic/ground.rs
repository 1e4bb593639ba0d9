//! The outline, and the gentle bending of the whole drawing that makes straight lines look grown.

use hatang_core::Planar;

use super::{
    dice::{Dice, Room},
    path::{Path, Ring},
    plane::{bearing, dot, plus, scaled},
};

/// The commune's published area, in square metres.
pub(super) const AREA_M2: f64 = 30_600_000.0;

/// An invented outline in units of 100 m, counter-clockwise. It shares the published extent and the published area with
/// the real commune, and nothing else.
const OUTLINE: [(i16, i16); 32] = [
    (35, 4),
    (34, 10),
    (29, 14),
    (27, 21),
    (21, 26),
    (15, 27),
    (11, 33),
    (4, 35),
    (-3, 32),
    (-9, 33),
    (-17, 31),
    (-21, 26),
    (-27, 24),
    (-32, 19),
    (-31, 12),
    (-35, 6),
    (-34, -2),
    (-29, -6),
    (-30, -13),
    (-26, -19),
    (-20, -22),
    (-18, -29),
    (-11, -34),
    (-3, -33),
    (4, -35),
    (11, -31),
    (17, -29),
    (20, -24),
    (27, -22),
    (31, -17),
    (30, -9),
    (35, -4),
];

/// Draws on a flat draft and bends it into the final plane.
pub(super) struct Ground {
    bends: Vec<Wave>,
    /// Ripples of borders alone: a border follows ditches and paddy banks, a road does not.
    ripples: Vec<Wave>,
    scale: f64,
    /// The outline on the draft, before its ripples.
    pub(super) smooth: Ring,
    /// The outline on the draft.
    pub(super) draft: Ring,
    /// The outline as it is published.
    pub(super) outline: Ring,
}

/// One ripple of the bending. Its size stays well below its length, so that nothing ever folds over.
struct Wave {
    heading: Planar,
    push: Planar,
    phase: f64,
}

impl Ground {
    /// The ground of one seed.
    pub(super) fn new(seed: u64) -> Self {
        let mut dice = Dice::new(seed, Room::Ground);
        let mut waves =
            |sizes: &[(f64, f64)]| sizes.iter().map(|(length, size)| Wave::new(&mut dice, *length, *size)).collect();
        let bends = waves(&[(2_900.0, 75.0), (2_300.0, 55.0), (1_300.0, 26.0), (1_100.0, 20.0), (620.0, 7.0)]);
        let ripples = waves(&[(430.0, 20.0), (310.0, 12.0), (210.0, 7.0)]);
        let mut dice = Dice::new(seed, Room::Outline);
        let corner = |(east, north): &(i16, i16)| {
            let jitter = Planar::new(dice.about_zero(60.0), dice.about_zero(60.0));
            plus(scaled(Planar::new(f64::from(*east), f64::from(*north)), 100.0), jitter)
        };
        let mut corners: Vec<Planar> = OUTLINE.iter().map(corner).collect();
        corners.push(corners[0]);
        let mut points = Path(corners).smooth(28.0).0;
        points.pop();
        let smooth = Ring(points);
        let mut ground = Self { bends, ripples, scale: 1.0, draft: smooth.clone(), outline: smooth.clone(), smooth };
        ground.draft = Ring(ground.smooth.0.iter().map(|at| ground.ripple(*at)).collect());
        ground.scale = (AREA_M2 / ground.bend_all(&ground.draft.0).area()).sqrt();
        ground.outline = ground.bend_all(&ground.draft.0);
        ground
    }

    /// A border's point on the draft, a little off the line it was drawn on.
    pub(super) fn ripple(&self, at: Planar) -> Planar {
        moved(&self.ripples, at)
    }

    /// From the draft to the final plane.
    pub(super) fn bend(&self, at: Planar) -> Planar {
        scaled(moved(&self.bends, at), self.scale)
    }

    pub(super) fn bend_all(&self, points: &[Planar]) -> Ring {
        Ring(points.iter().map(|at| self.bend(*at)).collect())
    }
}

fn moved(waves: &[Wave], at: Planar) -> Planar {
    waves.iter().fold(at, |sum, wave| plus(sum, wave.at(at)))
}

impl Wave {
    fn new(dice: &mut Dice, length: f64, size: f64) -> Self {
        let heading = bearing(dice.between(0.0, 360.0), std::f64::consts::TAU / length);
        let push = bearing(dice.between(0.0, 360.0), size);
        Self { heading, push, phase: dice.between(0.0, std::f64::consts::TAU) }
    }

    fn at(&self, at: Planar) -> Planar {
        scaled(self.push, (dot(self.heading, at) + self.phase).sin())
    }
}
