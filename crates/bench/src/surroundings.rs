//! What lies on a registry's ground beside its assets, as in a territory that has worked with the product for years.

use hatang_core::{
    Asset, AssetClass, AssetId, BoundingBox, Lonlat, Metres, NetworkCode, Organisation, OrganisationCode,
    OrganisationKind, Record, Registry, RequestItem, Seq, Shape, Territory, Text, Version, Viewer,
    event::Boundaries,
    geodesy::TangentPlane,
    plan::{Boundary, Constraint, Hamlet, Layer, Plan, Road, Works, WorksStage, Zone},
};
use hatang_review::{Served, ServedToday};
use serde_json::json;
use uuid::Uuid;

const ZONES: u32 = 200;
const HAMLETS: u32 = 300;
const PLANNED: u32 = 2_000;
const ROADS: u32 = 3_000;
const CONSTRAINTS: u32 = 2_000;
const WORKS: u32 = 500;
const WAITING: u32 = 1_000;

/// Who plans and who asks: not the one whose requests are judged first.
const OWNERS: [&str; 3] = ["vnpt", "viettel", "mobifone"];
/// Each carrier with its only network, and a tower company, which runs none.
const NETWORKS: [(&str, OrganisationKind, &[&str]); 5] = [
    ("viettel", OrganisationKind::Carrier, &["viettel"]),
    ("vnpt", OrganisationKind::Carrier, &["vinaphone"]),
    ("mobifone", OrganisationKind::Carrier, &["mobifone"]),
    ("fpt", OrganisationKind::Carrier, &["fpt"]),
    ("towerco", OrganisationKind::TowerCompany, &[]),
];
const WORDS: [&str; 5] = ["urban", "a1_only", "no_new_poles", "settlement", "military_height_zone"];
const KINDS: [&str; 4] = ["commune", "provincial", "lane", "national"];
/// Lines of other sectors, in the words of the national rules.
const LINES: [(Layer, Option<&str>); 8] = [
    (Layer::Dykes, Some("III")),
    (Layer::Canals, Some("earth_2_10")),
    (Layer::Waterways, Some("V")),
    (Layer::Railways, None),
    (Layer::PowerLines, Some("110_kv")),
    (Layer::WaterPipes, None),
    (Layer::Dykes, Some("IV")),
    (Layer::PowerLines, Some("over_1_to_35_kv")),
];
const SECTORS: [&str; 4] = ["road", "power", "lighting", "water"];

/// Works of other sectors, requests that wait, and the plan: 200 zones, 300 hamlets, 2,000 planned objects, 3,000 roads
/// and 2,000 lines of other sectors, all over the same ground.
#[derive(Clone, Debug)]
pub struct Surroundings {
    /// The plan, in force and issued for 2026, of which every layer is complete.
    pub plan: Plan,
    /// Works of the same year.
    pub works: Vec<Works>,
    /// Requests of others and of Viettel.
    pub waiting: Vec<RequestItem>,
}

impl Surroundings {
    /// Spreads everything over the ground that some places lie on, near those places. The first of each kind begins at
    /// the first place.
    ///
    /// # Panics
    /// When there are no places; what else it checks are constants.
    #[must_use]
    pub fn over(places: &[Lonlat]) -> Self {
        let near = |number, of| Near::new(places, number, of);
        let plan: Plan = serde_json::from_value(json!({
            "title": { "vi": "Quy hoạch mô phỏng", "en": "Synthetic plan" }, "instrument": "", "synthetic": true,
            "rule_set": "bac-ninh-72-2025", "years_issued": [2026],
            "complete": ["roads", "dykes", "canals", "waterways", "railways", "power_lines", "bridges", "water_pipes",
                "planned", "zone:urban", "zone:military_height_zone"],
        }))
        .expect("a plan without parts");
        let plan = Plan {
            zones: (0..ZONES).map(|number| zone(number, &near(number, ZONES))).collect(),
            hamlets: (0..HAMLETS).map(|number| hamlet(number, &near(number, HAMLETS))).collect(),
            planned: (0..PLANNED).map(|number| planned(number, &near(number, PLANNED))).collect(),
            roads: (0..ROADS).map(|number| road(number, &near(number, ROADS))).collect(),
            constraints: (0..CONSTRAINTS).map(|number| constraint(number, &near(number, CONSTRAINTS))).collect(),
            ..plan
        };
        Self {
            plan,
            works: (0..WORKS).map(|number| works(number, &near(number, WORKS))).collect(),
            waiting: (0..WAITING).map(|number| asked(number, &near(number, WAITING))).collect(),
        }
    }

    /// Lets a registry know the organisations, an outline around some places, the plan and the works. Requests are not
    /// kept.
    ///
    /// # Panics
    /// When there are no places; what else it checks are constants.
    pub fn enter(&self, registry: &mut Registry, places: &[Lonlat]) {
        let home = Territory::unbounded();
        let mut put = |territory: &Territory, record| registry.put(territory, Seq(1), Version(1), record);
        for (owner, kind, networks) in NETWORKS {
            let networks = networks.iter().map(|network| NetworkCode::new(network).expect("a constant code"));
            let organisation =
                Organisation { code: code(owner), name: owner.to_owned(), kind, networks: networks.collect() };
            put(&Territory::authority(), Record::Organisation { organisation });
        }
        let outline =
            Boundary { code: home.clone(), name: "Mô phỏng".to_owned(), shape: outline(places), people: None };
        put(&home, Record::Boundary { boundaries: Boundaries { home: outline, neighbours: Vec::new() } });
        put(&home, Record::Plan { plan: Box::new(self.plan.clone()) });
        for works in &self.works {
            put(&home, Record::Works { works: works.clone() });
        }
    }
}

/// Whom each mast of a registry alone serves, as a coverage run would have said.
#[must_use]
pub fn served(registry: &Registry) -> ServedToday {
    let console = Viewer::console();
    let masts = registry.seen_by(&console).in_box(AssetClass::Mast, BoundingBox::WORLD);
    let served = |number: u64| Served { people: 100 + number % 900, places: vec!["Trạm y tế".to_owned()] };
    let alone = (0..).zip(masts).map(|(number, mast)| (mast.asset().id, served(number))).collect();
    ServedToday { alone, basis: vec![Text::new("Theo một lần tính.", "By a run.")] }
}

fn outline(places: &[Lonlat]) -> Shape {
    let around = BoundingBox::around(places.iter().copied()).expect("there are places").expanded(2_000.0);
    let [west, south, east, north] = around.edges();
    let corner = |lon, lat| Lonlat::new(lon, lat).expect("a box on the earth");
    let first = corner(west, south);
    Shape::Polygon(vec![vec![first, corner(east, south), corner(east, north), corner(west, north), first]])
}

fn code(text: &str) -> OrganisationCode {
    OrganisationCode::new(text).expect("a constant code")
}

fn one_of<T: Copy>(words: &[T], number: u32) -> T {
    words[number as usize % words.len()]
}

fn zone(number: u32, near: &Near) -> Zone {
    let shape = near.area(150.0 + f64::from(number % 4) * 100.0);
    Zone { zone: one_of(&WORDS, number).to_owned(), name: Some(format!("Khu vực {number}")), instrument: None, shape }
}

fn hamlet(number: u32, near: &Near) -> Hamlet {
    Hamlet { name: format!("Thôn {number}"), people: 400, shape: near.area(300.0) }
}

fn planned(number: u32, near: &Near) -> Asset {
    let class = one_of(&[AssetClass::Mast, AssetClass::Duct, AssetClass::Mast, AssetClass::AerialRoute], number);
    let shape = if class.is_line() { near.line(8, 60.0) } else { near.point() };
    let item = RequestItem {
        height_m: (class == AssetClass::Mast).then(|| Metres::computed(36.0)),
        operators_designed: (class == AssetClass::Mast).then_some(3),
        bores: (class == AssetClass::Duct).then_some(4),
        accuracy_m: Some(Metres::computed(5.0)),
        ..RequestItem::new(class, code(one_of(&OWNERS, number)), shape)
    };
    // Apart from the registry's identities, which begin with their numbers.
    let id = AssetId(Uuid::from_u128(u128::MAX - u128::from(number)));
    item.planned_twin(id, "Kế hoạch năm 2026 (mô phỏng)".to_owned())
}

fn road(number: u32, near: &Near) -> Road {
    Road {
        name: Some(format!("Đường {number}")),
        kind: one_of(&KINDS, number).to_owned(),
        land_width_m: (number % 2 == 1).then(|| Metres::computed(12.0)),
        shape: near.line(20, 40.0),
    }
}

fn constraint(number: u32, near: &Near) -> Constraint {
    let (layer, class) = one_of(&LINES, number);
    Constraint {
        layer,
        class: class.map(str::to_owned),
        name: Some(format!("Tuyến {number}")),
        instrument: None,
        height_m: (layer == Layer::PowerLines).then(|| Metres::computed(14.0)),
        depth_m: (layer == Layer::WaterPipes).then(|| Metres::computed(1.0)),
        accuracy_m: Some(Metres::computed(2.0)),
        shape: near.line(20, 50.0),
    }
}

fn works(number: u32, near: &Near) -> Works {
    let sector = one_of(&SECTORS, number);
    Works {
        starts_on: "2026-05-01".parse().ok(),
        ends_on: "2026-09-30".parse().ok(),
        ..Works::new(format!("CT-{number}"), sector.to_owned(), code(sector), WorksStage::Concrete, near.line(12, 50.0))
    }
}

fn asked(number: u32, near: &Near) -> RequestItem {
    let class = one_of(&[AssetClass::Mast, AssetClass::Duct, AssetClass::AerialRoute], number);
    let shape = if class.is_line() { near.line(8, 60.0) } else { near.point() };
    RequestItem { bores: Some(2), ..RequestItem::new(class, code(one_of(&OWNERS, number / 3)), shape) }
}

/// The ground near one place.
struct Near {
    plane: TangentPlane,
    start: [f64; 2],
    heading: f64,
}

/// Turning by this much each time, directions never repeat; in radians.
const GOLDEN_TURN: f64 = 2.399_963_23;

impl Near {
    /// The place of one of so many things, up to 400 m off the place that is its turn.
    fn new(places: &[Lonlat], number: u32, of: u32) -> Self {
        let place = places[number as usize * places.len() / of as usize];
        let turn = GOLDEN_TURN * f64::from(number);
        let off = f64::from(number * 97 % 400);
        Self { plane: TangentPlane::at(place), start: [off * turn.cos(), off * turn.sin()], heading: turn + 1.0 }
    }

    fn point(&self) -> Shape {
        Shape::Point(self.plane.lonlat(self.start))
    }

    /// A line that winds a little.
    fn line(&self, positions: u32, step: f64) -> Shape {
        let [east, north] = self.start;
        let at = |number: u32| {
            let (along, aside) = (step * f64::from(number), 6.0 * f64::from(number).sin());
            let (sin, cos) = self.heading.sin_cos();
            self.plane.lonlat([east + along * cos - aside * sin, north + along * sin + aside * cos])
        };
        Shape::LineString((0..positions).map(at).collect())
    }

    /// An area of 24 corners.
    fn area(&self, radius: f64) -> Shape {
        let [east, north] = self.start;
        let at = |number: u32| {
            let (sin, cos) = (f64::from(number % 24) * std::f64::consts::TAU / 24.0).sin_cos();
            self.plane.lonlat([east + radius * cos, north + radius * sin])
        };
        Shape::Polygon(vec![(0..=24).map(at).collect()])
    }
}
