//! Build requests to try: each is a file of its own that says why it exists.

mod sites;

use hatang_core::Planar;

use self::sites::Sites;
use super::{
    feature::{Place, Row, collection},
    land::Land,
    masts::Mast,
    path::Path,
    poles::Overhead,
    roads::RoadKind,
    underground::Underground,
    works::OPENED,
};

/// A request file: its name, its rows, and what the office should see.
pub(super) struct Request {
    pub(super) name: &'static str,
    rows: Vec<Row>,
    vi: &'static str,
    pub(super) en: &'static str,
}

impl Request {
    /// The file's text: one Feature, or a collection when there are several items.
    pub(super) fn text(&self) -> String {
        let noted = |row: &Row| row.clone().with("note_vi", self.vi).with("note_en", self.en);
        match self.rows.as_slice() {
            [one] => noted(one).feature(),
            rows => {
                collection(self.name, "Hồ sơ mô phỏng / synthetic request", &rows.iter().map(noted).collect::<Vec<_>>())
            }
        }
    }
}

/// All requests of one seed.
pub(super) fn requests(land: &Land, masts: &[Mast], overhead: &Overhead, underground: &Underground) -> Vec<Request> {
    let sites = Sites { land, masts };
    let (shared, guest) = sites.near_a_free_slot();
    let (unsure, unsure_guest) = sites.near_an_unknown_slot();
    let (edge, edge_guest) = sites.at_the_limit();
    let open = sites.in_the_empty_dark_hamlet();
    let alone = sites.far_from_all();
    let line = pole_line(land, overhead);
    let opened = beside(land, OPENED, -1.0);
    vec![
        Request {
            name: "mast-near-a-free-slot",
            rows: vec![mast(shared, guest, 36.0, 2)],
            vi: "Cách cột có sẵn khoảng 100 m, cột đó còn vị trí trống: phải xem xét dùng chung trước.",
            en: "About 100 m from a standing mast with a free slot: spacing fails and the mast is the first host.",
        },
        Request {
            name: "mast-near-an-unknown-slot",
            rows: vec![mast(unsure, unsure_guest, 33.0, 2)],
            vi: "Cách cột có sẵn khoảng 150 m nhưng chưa biết cột đó còn chỗ hay không: chưa thể kết luận về dùng chung.",
            en: "About 150 m from a mast whose room nobody has surveyed: the host cannot be told, and is never called free.",
        },
        Request {
            name: "mast-at-the-limit",
            rows: vec![mast(edge, edge_guest, 27.0, 2)],
            vi: "Cách cột mạng khác 119 m trong khu trung tâm, sai số khảo sát ±5 m so với ngưỡng 120 m: không đủ dữ liệu.",
            en: "119 m from another network's mast in the urban zone, surveyed to ±5 m, against 120 m: cannot tell.",
        },
        Request {
            name: "mast-in-an-uncovered-hamlet",
            rows: vec![mast(open, "viettel", 36.0, 3)],
            vi: "Thôn chưa có 5G và không có cột nào gần: đạt khoảng cách, thêm nhiều người được phủ sóng.",
            en: "A hamlet without 5G and without any mast near: spacing complies and many people are newly covered.",
        },
        Request {
            name: "mast-for-one-operator",
            rows: vec![mast(alone, "vinaphone", 36.0, 1)],
            vi: "Đủ khoảng cách nhưng chỉ thiết kế cho một doanh nghiệp: chưa phù hợp yêu cầu từ hai doanh nghiệp trở lên.",
            en: "Far enough from every mast, yet designed for one operator: at least two are required.",
        },
        Request {
            name: "pole-line-on-a-served-road",
            rows: vec![
                Row::new(Place::Line(line.0))
                    .with("class", "aerial_route")
                    .with("owner", "mobifone")
                    .with("accuracy_m", 5.0)
                    .with("height_m", 7.0),
            ],
            vi: "Tuyến cột mới trên đường đã có tuyến cột: dùng chung cột sẵn có.",
            en: "A new pole line along a road that already has one: share the standing poles.",
        },
        Request {
            name: "duct-beside-free-bores",
            rows: vec![duct(beside_free_bores(underground), "fpt", ["2027-03-01", "2027-05-31"])],
            vi: "Cống cáp mới trên vỉa hè đã có cống cáp còn ống trống.",
            en: "A new duct on a pavement that already has ducts with free bores.",
        },
        Request {
            name: "duct-during-road-works",
            rows: vec![duct(opened.clone(), "viettel", ["2027-04-01", "2027-05-15"])],
            vi: "Cống cáp trên phố sắp cải tạo, cùng thời gian với công trình đường: đào một lần.",
            en: "A duct in a street that road works will open in the same months: dig once.",
        },
        Request {
            name: "duct-after-road-works",
            rows: vec![duct(opened, "viettel", ["2028-06-01", "2028-07-31"])],
            vi: "Như trên nhưng một năm sau khi đường đã làm xong: không còn cơ hội đào một lần.",
            en: "The same street a year after the works are over: the chance to dig once is gone.",
        },
        Request {
            name: "mast-and-duct",
            rows: vec![
                mast(alone, "mobifone", 33.0, 2),
                duct(to_the_road(land, alone), "mobifone", ["2027-01-15", "2027-02-28"]),
            ],
            vi: "Một hồ sơ hai hạng mục: cột ăng ten và đoạn cống cáp ra đường; mỗi hạng mục được đối chiếu riêng.",
            en: "One request with two items, a mast and a short duct to the road: each is judged on its own.",
        },
    ]
}

fn mast(at: Planar, network: &str, height: f64, operators: u32) -> Row {
    let carrier =
        super::masts::NETWORKS.iter().find(|(name, _)| *name == network).map_or("towerco", |(_, carrier)| *carrier);
    Row::new(Place::Point(at))
        .with("class", "mast")
        .with("owner", carrier)
        .with("network", network)
        .with("accuracy_m", 5.0)
        .number("height_m", height)
        .with("on_building", false)
        .with("operators_designed", operators)
}

fn duct(path: Path, owner: &str, [starts, ends]: [&str; 2]) -> Row {
    Row::new(Place::Line(path.0))
        .with("class", "duct")
        .with("owner", owner)
        .with("accuracy_m", 5.0)
        .with("depth_m", 0.6)
        .with("bores", 4)
        .with("starts_on", starts)
        .with("ends_on", ends)
}

fn beside(land: &Land, street: &str, side: f64) -> Path {
    let road = land.road(street);
    road.path.beside(side * (road.kind.half_width() + 1.5))
}

/// Along the other side of a road with one pole line of a single owner.
fn pole_line(land: &Land, overhead: &Overhead) -> Path {
    let single = |name: &str| name != overhead.doubled && land.road(name).kind == RoadKind::Commune;
    let line = overhead.lines.iter().filter(|line| single(&line.road)).max_by_key(|line| line.poles.len());
    let line = line.or(overhead.lines.first()).expect("there are pole lines");
    let road = land.road(&line.road);
    let (_, first) = road.path.nearest(overhead.poles[line.poles[1]].at);
    let path = road.path.part(0.2 * road.path.length(), 0.8 * road.path.length());
    let side = path.beside(1.0).nearest(overhead.poles[line.poles[line.poles.len() / 2]].at).1 < first;
    path.beside(if side { -4.0 } else { 4.0 })
}

/// A metre from the three neighbouring ducts that have the most known free bores.
fn beside_free_bores(underground: &Underground) -> Path {
    let free = |run: &&[super::underground::Duct]| {
        let one_street =
            run.iter().all(|duct| duct.street == run[0].street && duct.owner != "fpt" && !duct.street.is_empty());
        let room =
            |duct: &super::underground::Duct| duct.bores.and_then(|all| duct.used.map(|used| all - used)).unwrap_or(0);
        if one_street { run.iter().map(room).min().unwrap_or(0) } else { 0 }
    };
    let best = underground.ducts.windows(3).max_by_key(free).expect("there are ducts");
    Path(best.iter().flat_map(|duct| duct.path.0.iter().copied()).collect()).beside(1.0)
}

fn to_the_road(land: &Land, from: Planar) -> Path {
    let (_, stop, _) = land.nearest_road(from);
    Path(vec![from, stop.at])
}
