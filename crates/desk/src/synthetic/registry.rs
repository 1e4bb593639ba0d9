//! A registry of any size, for measuring: the mix of a province, block after block, without keeping anything in memory.

use hatang_core::{
    Asset, AssetClass, AssetCode, AssetId, Details, Lonlat, Metres, NullReason, Occupancy, OrganisationCode, Planar,
    Shape, Survey, SurveyMethod,
    asset::{Duct, Lifecycle, Manhole, Mast, MastClass, Pole, Surface, Trench, TrenchKind},
    geodesy::TangentPlane,
};
use uuid::Builder;

use super::{
    dice::{Dice, Room},
    plane::{bearing, plus, rounded},
};

/// The middle of the square that the registry fills.
const MIDDLE: [f64; 2] = [106.48, 20.80];
/// Half the side of a square of 3,200 km², in metres.
const HALF_SIDE: f64 = 28_284.0;
/// Assets that stand together, like those of a hamlet.
const BLOCK: usize = 100;
/// Half the side of a block, in metres.
const BLOCK_REACH: f64 = 420.0;
/// Owners and their shares in hundredths.
const OWNERS: [(&str, usize); 5] = [("viettel", 40), ("vnpt", 30), ("mobifone", 15), ("fpt", 10), ("towerco", 5)];

/// A synthetic registry over 3,200 km²: of every 100 assets 60 poles, 25 ducts of 2 to 20 positions, 8 trenches, 5
/// manholes and 2 masts. Streams; the same seed gives the same assets, and a smaller registry is the beginning of a
/// larger one. About one capacity in seven is unknown.
///
/// # Panics
/// Never: the constants it checks are codes and positions.
pub fn registry(assets: usize, seed: u64) -> impl Iterator<Item = Asset> {
    let mut dice = Dice::new(seed, Room::Registry);
    let middle = Lonlat::new(MIDDLE[0], MIDDLE[1]).expect("a constant on the earth");
    let plane = TangentPlane::at(middle);
    let mut block = Block::new(&mut dice);
    (0..assets).map(move |index| {
        if index % BLOCK == 0 {
            block = Block::new(&mut dice);
        }
        block.asset(&mut dice, &plane, index)
    })
}

/// Where a block lies and which way its street runs.
struct Block {
    middle: Planar,
    street: f64,
    /// The end of the run that is being laid.
    here: Planar,
}

impl Block {
    fn new(dice: &mut Dice) -> Self {
        let inner = HALF_SIDE - 2.0 * BLOCK_REACH;
        let middle = Planar::new(dice.about_zero(inner), dice.about_zero(inner));
        Self { middle, street: dice.between(0.0, 360.0), here: middle }
    }

    fn asset(&mut self, dice: &mut Dice, plane: &TangentPlane, index: usize) -> Asset {
        let details = details(dice, class_of(index % BLOCK));
        let shape = match details.class() {
            AssetClass::Pole => Shape::Point(self.step(dice, plane, 43.0)),
            AssetClass::Duct => self.line(dice, plane, 20, 35.0),
            AssetClass::Trench => self.line(dice, plane, 6, 60.0),
            _ => Shape::Point(self.anywhere(dice, plane)),
        };
        let mut bytes = dice.bytes();
        bytes[..6].copy_from_slice(&(index as u64).to_be_bytes()[2..]);
        let survey = Survey {
            accuracy_m: dice.chance(0.8).then(|| Metres::computed(dice.pick(&[0.1, 0.2, 5.0, 10.0]).to_owned())),
            method: Some(*dice.pick(SurveyMethod::ALL)),
            surveyed_on: None,
        };
        let unknown = details.occupancy().filter(|(occupancy, ..)| occupancy.used.is_none());
        Asset {
            id: AssetId(Builder::from_custom_bytes(bytes).into_uuid()),
            code: AssetCode::new(&format!("SYN-{index:08}")).ok(),
            owner: OrganisationCode::new(owner_of(index)).expect("a constant code"),
            manager: None,
            tenants: Vec::new(),
            status: *dice.pick(&[
                Lifecycle::Operational,
                Lifecycle::Operational,
                Lifecycle::Operational,
                Lifecycle::Inactive,
            ]),
            shape,
            survey,
            built_on: None,
            source: None,
            note: None,
            nulls: unknown.map(|(.., used)| (used.to_owned(), NullReason::NotSurveyed)).into_iter().collect(),
            security_site: false,
            terms: hatang_core::asset::Terms::default(),
            submitted: None,
            replaced_by: None,
            details,
        }
    }

    /// One step along the street; beyond the block's edge a new street begins.
    fn step(&mut self, dice: &mut Dice, plane: &TangentPlane, metres: f64) -> Lonlat {
        let next = plus(self.here, bearing(self.street + dice.about_zero(4.0), metres));
        let [east, north] = [next.east - self.middle.east, next.north - self.middle.north];
        self.here = if BLOCK_REACH < east.abs().max(north.abs()) {
            self.street += 90.0 + dice.about_zero(20.0);
            plus(self.middle, Planar::new(dice.about_zero(BLOCK_REACH), dice.about_zero(BLOCK_REACH)))
        } else {
            next
        };
        lonlat(plane, self.here)
    }

    /// A line of 2 to `most` positions that bends a little.
    fn line(&self, dice: &mut Dice, plane: &TangentPlane, most: u32, span: f64) -> Shape {
        let reach = BLOCK_REACH / 2.0;
        let mut at = plus(self.middle, Planar::new(dice.about_zero(reach), dice.about_zero(reach)));
        let mut heading = self.street + f64::from(dice.whole(0, 3)) * 90.0;
        let mut positions = vec![lonlat(plane, at)];
        for _ in 1..dice.whole(2, most) {
            heading += dice.about_zero(9.0);
            at = plus(at, bearing(heading, span * dice.between(0.5, 1.5)));
            positions.push(lonlat(plane, at));
        }
        Shape::LineString(positions)
    }

    fn anywhere(&self, dice: &mut Dice, plane: &TangentPlane) -> Lonlat {
        let offset = Planar::new(dice.about_zero(BLOCK_REACH), dice.about_zero(BLOCK_REACH));
        lonlat(plane, plus(self.middle, offset))
    }
}

fn lonlat(plane: &TangentPlane, at: Planar) -> Lonlat {
    let exact = plane.lonlat([at.east, at.north]);
    Lonlat::new(rounded(exact.lon(), 7), rounded(exact.lat(), 7)).expect("far from the earth's edges")
}

/// The classes of a block: spread so that any run of assets has about the mix of the whole.
fn class_of(place: usize) -> AssetClass {
    match place * 37 % BLOCK {
        0..60 => AssetClass::Pole,
        60..85 => AssetClass::Duct,
        85..93 => AssetClass::Trench,
        93..98 => AssetClass::Manhole,
        _ => AssetClass::Mast,
    }
}

/// The owner: runs of ten, so that neighbours often belong together.
fn owner_of(index: usize) -> &'static str {
    let mut rest = index / 10 * 61 % 100;
    for (owner, share) in OWNERS {
        if rest < share {
            return owner;
        }
        rest -= share;
    }
    OWNERS[0].0
}

fn details(dice: &mut Dice, class: AssetClass) -> Details {
    let mut occupancy = |totals: &[u32]| {
        let total = *dice.pick(totals);
        let used = dice.whole(0, total);
        Occupancy { total: Some(total), used: dice.chance(0.86).then_some(used) }
    };
    match class {
        AssetClass::Pole => {
            let attachments = occupancy(&[6, 8, 10]);
            let height_m = Some(Metres::computed(*dice.pick(&[6.5, 7.0, 8.5])));
            Details::Pole(Pole { attachments, height_m, material: Some("concrete".to_owned()), ..Pole::default() })
        }
        AssetClass::Duct => {
            let bores = occupancy(&[2, 4, 6, 9]);
            let surface = Some(*dice.pick(Surface::ALL));
            Details::Duct(Duct { bores, surface, depth_m: Some(Metres::computed(0.6)), ..Duct::default() })
        }
        AssetClass::Trench => {
            let slots = occupancy(&[4, 6, 12]);
            let kind = Some(if dice.chance(0.9) { TrenchKind::Trench } else { TrenchKind::Tunnel });
            Details::Trench(Trench { slots, kind, depth_m: Some(Metres::computed(1.2)), ..Trench::default() })
        }
        AssetClass::Manhole => Details::Manhole(Manhole { cover: Some("concrete".to_owned()), ..Manhole::default() }),
        _ => {
            let slots = occupancy(&[1, 2, 3, 4]);
            let height_m = Some(Metres::computed(*dice.pick(&[24.0, 30.0, 36.0, 42.0, 45.0])));
            let operators_designed = slots.total;
            Details::Mast(Mast {
                slots,
                mast_class: Some(MastClass::A2b),
                height_m,
                operators_designed,
                ..Mast::default()
            })
        }
    }
}
