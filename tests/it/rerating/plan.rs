//! What a change of the plan, part by part, lets be judged again.

use hatang_core::{
    AssetClass, AssetId, Event, Lonlat, OrganisationCode, Record, RequestItem, RuleId, Shape,
    case::{About, CaseId},
    geodesy::TangentPlane,
    plan::{Constraint, Layer, Plan, Works, Zone},
};
use hatang_desk::{Desk, demo};
use hatang_store::Store;
use hatang_tests::{both, sample_data};
use uuid::Uuid;

use super::{changes, file_all, happens, looked_at, rescan};

/// So many changes are made, one after the other.
const ROUNDS: usize = 40;

fn plan_of(desk: &Desk) -> Plan {
    desk.read(|registry| registry.home().unwrap().1.plan.clone().unwrap())
}

fn items_of(desk: &Desk, id: CaseId) -> Vec<RequestItem> {
    desk.read(|registry| registry.cases().all_by_id(id).unwrap().case.items.clone())
}

fn square(middle: Lonlat, half: f64) -> Shape {
    let plane = TangentPlane::at(middle);
    let corners = [[-half, -half], [half, -half], [half, half], [-half, half], [-half, -half]];
    Shape::Polygon(vec![corners.map(|corner| plane.lonlat(corner)).to_vec()])
}

fn adopted(before: &Plan, now: Plan) -> Event {
    Event::PlanAdopted { plan: Box::new(now.after(Some(before))), reason: None }
}

#[tokio::test]
async fn a_zone_that_moves_far_away_re_rates_nothing_and_one_that_moves_onto_a_request_flags_it() {
    for place in both("rerating_zone").await {
        let desk = &place.desk;
        demo::load(desk, &sample_data()).await.unwrap();
        let filed = file_all(desk).await;
        let store = Store::open(&place.url).await.unwrap();
        let bare = plan_of(desk);
        let with = |at: Lonlat| {
            let zone = "military_approach".to_owned();
            let zone = Zone { zone, name: None, instrument: None, shape: square(at, 100.0) };
            Plan { zones: bare.zones.iter().cloned().chain([zone]).collect(), ..bare.clone() }
        };
        let looked = |plan: Plan| looked_at(desk, &Record::Plan { plan: Box::new(plan) });
        let [far, farther] = [(106.60, 20.80), (106.61, 20.82)].map(|(lon, lat)| Lonlat::new(lon, lat).unwrap());
        assert_eq!(looked(bare.clone()), 0, "{}: the same again", place.name);
        assert_eq!(looked(with(far)), 0, "{}: a new zone far away", place.name);
        happens(&store, desk, adopted(&plan_of(desk), with(far))).await;
        assert_eq!(looked(with(farther)), 0, "{}: one that moves far away", place.name);

        let is_mast = |id: &&CaseId| items_of(desk, **id)[0].class == AssetClass::Mast;
        let mast = *filed.iter().find(is_mast).unwrap();
        let onto = items_of(desk, mast)[0].shape.bounding_box().centre();
        let touched = looked(with(onto));
        assert!(0 < touched && touched < filed.len(), "{}: {touched} of {}", place.name, filed.len());
        happens(&store, desk, adopted(&plan_of(desk), with(onto))).await;
        let flagged = changes(desk, &filed).await;
        assert_eq!(flagged, rescan(desk, &filed), "{}", place.name);
        let number = filed.iter().position(|id| *id == mast).unwrap();
        let rule = About::Rule { rule: RuleId::new("GT-AIR-5").unwrap() };
        let verdicts = flagged[number].iter().find_map(|change| {
            let (before, now) = (change.before.as_ref()?, change.now.as_ref()?);
            (now.about == rule).then(|| (before.verdict.clone(), now.verdict.clone()))
        });
        let expected = ("complies".to_owned(), "does_not_comply".to_owned());
        assert_eq!(verdicts, Some(expected), "{}: {:?}", place.name, flagged[number]);

        happens(&store, desk, adopted(&plan_of(desk), with(farther))).await;
        assert!(changes(desk, &filed).await.iter().all(Vec::is_empty), "{}: it is gone again", place.name);
        store.close().await;
    }
}

#[tokio::test]
async fn what_acts_everywhere_lets_every_request_be_judged_again() {
    for place in both("rerating_everywhere").await {
        let desk = &place.desk;
        demo::load(desk, &sample_data()).await.unwrap();
        let filed = file_all(desk).await;
        let plan = plan_of(desk);
        let without = |word: &str| plan.complete.iter().filter(|part| **part != word).cloned().collect();
        let railway = Constraint {
            layer: Layer::Railways,
            class: None,
            name: None,
            instrument: None,
            height_m: None,
            depth_m: None,
            accuracy_m: None,
            shape: Shape::Point(Lonlat::new(106.60, 20.80).unwrap()),
        };
        let lines = plan.constraints.iter().cloned().chain([railway]).collect();
        for (name, now) in [
            ("its last day", Plan { valid_to: "2026-01-31".parse().ok(), ..plan.clone() }),
            ("what it holds everything of", Plan { complete: without("dykes"), ..plan.clone() }),
            ("the first line of its layer", Plan { constraints: lines, ..plan.clone() }),
        ] {
            let looked = looked_at(desk, &Record::Plan { plan: Box::new(now) });
            assert_eq!(looked, filed.len(), "{}: {name}", place.name);
        }
    }
}

#[tokio::test]
async fn whatever_changes_in_the_plan_flags_what_judging_everything_again_would_flag() {
    for place in both("rerating_plan").await {
        let desk = &place.desk;
        demo::load(desk, &sample_data()).await.unwrap();
        let filed = file_all(desk).await;
        let store = Store::open(&place.url).await.unwrap();
        let places: Vec<Lonlat> =
            filed.iter().flat_map(|id| items_of(desk, *id)).map(|item| item.shape.bounding_box().centre()).collect();
        let mut dice = Dice { state: 20_270_104, places };
        let (mut some, mut most) = (0, 0);
        for round in 0..ROUNDS {
            let (what, event) = something(desk, &mut dice);
            happens(&store, desk, event).await;
            let indexed = changes(desk, &filed).await;
            assert_eq!(indexed, rescan(desk, &filed), "{}: round {round}, {what}", place.name);
            let flagged = indexed.iter().filter(|changes| !changes.is_empty()).count();
            (some, most) = (some + usize::from(0 < flagged), most.max(flagged));
        }
        assert!(0 < some && 1 < most, "{}: changes touch requests: {some} rounds, at most {most}", place.name);
        store.close().await;
    }
}

/// One change of the plan or of a work, near a request or far from all.
fn something(desk: &Desk, dice: &mut Dice) -> (&'static str, Event) {
    let before = plan_of(desk);
    let mut plan = before.clone();
    let at = dice.somewhere();
    let what = match dice.below(12) {
        0 => {
            let words = ["urban", "a1_only", "no_new_poles", "military_approach", "mast_land"];
            let zone = words[dice.below(words.len())].to_owned();
            plan.zones.push(Zone { zone, name: None, instrument: None, shape: square(at, 150.0) });
            "a new zone"
        }
        1 if !plan.zones.is_empty() => {
            let number = dice.below(plan.zones.len());
            plan.zones[number].shape = square(at, 250.0);
            "a zone that moves"
        }
        2 if !plan.zones.is_empty() => {
            plan.zones.remove(dice.below(plan.zones.len()));
            "a zone that is given up"
        }
        3 | 4 => {
            let classes = [AssetClass::Mast, AssetClass::Duct, AssetClass::AerialRoute, AssetClass::Host];
            let class = classes[dice.below(classes.len())];
            let shape = if class.is_line() { dice.line(at) } else { Shape::Point(at) };
            let owners = ["viettel", "vnpt", "mobifone", "fpt"];
            let owner = OrganisationCode::new(owners[dice.below(owners.len())]).unwrap();
            let id = AssetId(Uuid::from_u128(u128::from(dice.draw())));
            plan.planned.push(RequestItem::new(class, owner, shape).planned_twin(id, String::new()));
            "a new planned object"
        }
        5 if !plan.planned.is_empty() => {
            let number = dice.below(plan.planned.len());
            let is_line = plan.planned[number].class().is_line();
            plan.planned[number].shape = if is_line { dice.line(at) } else { Shape::Point(at) };
            "a planned object that moves"
        }
        6 if !plan.planned.is_empty() => {
            plan.planned.remove(dice.below(plan.planned.len()));
            "a planned object that is given up"
        }
        7 => {
            let number = dice.below(plan.roads.len());
            plan.roads[number].shape = dice.line(at);
            "a road that is drawn anew"
        }
        8 | 9 => {
            plan.constraints.push(dice.constraint(at));
            "a line of another sector"
        }
        10 if !plan.complete.is_empty() => {
            plan.complete.rotate_left(1);
            plan.complete.pop();
            "a part of which not everything is known any more"
        }
        _ => {
            let works: Vec<Works> = desk.read(|registry| registry.home().unwrap().1.works.values().cloned().collect());
            let works = Works { shape: dice.line(at), ..works[dice.below(works.len())].clone() };
            return ("a work that moves", Event::WorksRegistered { works });
        }
    };
    (what, adopted(&before, plan))
}

/// The same throws every time (`SplitMix64`), and the places that they lie around.
struct Dice {
    state: u64,
    places: Vec<Lonlat>,
}

impl Dice {
    fn draw(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, count: usize) -> usize {
        usize::try_from(self.draw() % u64::try_from(count).unwrap()).unwrap()
    }

    fn metres(&mut self, most: u32) -> f64 {
        let drawn = u32::try_from(self.draw() % (2 * u64::from(most) + 1)).unwrap();
        f64::from(drawn) - f64::from(most)
    }

    /// More often near a request than not.
    fn somewhere(&mut self) -> Lonlat {
        let number = self.below(self.places.len());
        let most = [40, 150, 400, 1_200, 12_000][self.below(5)];
        let aside = [self.metres(most), self.metres(most)];
        TangentPlane::at(self.places[number]).lonlat(aside)
    }

    fn line(&mut self, from: Lonlat) -> Shape {
        let way = [self.metres(300), self.metres(300)];
        let plane = TangentPlane::at(from);
        Shape::LineString(vec![from, plane.lonlat([way[0] + 1.0, way[1]])])
    }

    fn constraint(&mut self, at: Lonlat) -> Constraint {
        let kinds = [
            (Layer::Dykes, Some("III")),
            (Layer::PowerLines, Some("110_kv")),
            (Layer::Canals, Some("earth_2_10")),
            (Layer::Waterways, Some("V")),
            (Layer::WaterPipes, None),
            (Layer::Bridges, None),
        ];
        let (layer, class) = kinds[self.below(kinds.len())];
        Constraint {
            layer,
            class: class.map(str::to_owned),
            name: None,
            instrument: None,
            height_m: None,
            depth_m: None,
            accuracy_m: None,
            shape: self.line(at),
        }
    }
}
