//! Files that are wrong on purpose, with what Hatang should say about each.

use super::{
    feature::{Place, Row, collection},
    land::Land,
    plane::lonlat,
    poles::Pole,
    table::{Projection, table},
};

/// A faulty file.
pub(super) struct Fault {
    /// File name with its ending.
    pub(super) file: &'static str,
    /// The class and the options to import it with.
    pub(super) options: &'static str,
    /// What is wrong, and what Hatang should say.
    pub(super) says: &'static str,
    pub(super) text: String,
}

/// All faulty files of one seed. Rows that are not at fault are sound and shall go in.
pub(super) fn faults(land: &Land, poles: &[Pole], project: Projection<'_>) -> Vec<Fault> {
    let mut all = in_features(land);
    all.extend(in_tables(land, poles, project));
    all
}

fn in_features(land: &Land) -> Vec<Fault> {
    let spot = |number: usize| land.network.anchors[number];
    let sound = |code: &str| mast(Place::Point(spot(9)), code, "A2b");
    let swapped = [lonlat(spot(8)).lat(), lonlat(spot(8)).lon()];
    vec![
        Fault {
            file: "swapped-axes.geojson",
            options: "--class mast --owner viettel",
            says: "Row 1 gives latitude before longitude: refused, with the hint that the axes look swapped. Row 2 is sound.",
            text: file("swapped-axes", &[mast(Place::AsGiven(swapped), "VTL-COT-9101", "A2b"), sound("VTL-COT-9102")]),
        },
        Fault {
            file: "far-outside.geojson",
            options: "--class mast --owner vnpt",
            says: "Row 1 lies in Hà Nội, some 75 km away: refused as outside the loaded territory. Row 2 is sound.",
            text: file(
                "far-outside",
                &[mast(Place::AsGiven([105.8542, 21.0285]), "VNP-COT-9101", "A2b"), sound("VNP-COT-9102")],
            ),
        },
        Fault {
            file: "unknown-words.geojson",
            options: "--class mast --owner mobifone",
            says: "Row 1 has mast class `B7` and row 2 status `abandoned`, which are in no code list: both refused, each with the list. Row 3 is sound.",
            text: file(
                "unknown-words",
                &[
                    mast(Place::Point(spot(10)), "MBF-COT-9101", "B7"),
                    mast(Place::Point(spot(11)), "MBF-COT-9102", "A2b").but("status", "abandoned"),
                    sound("MBF-COT-9103"),
                ],
            ),
        },
        Fault {
            file: "wrong-geometry.geojson",
            options: "--class mast --owner viettel",
            says: "Row 1 draws a mast as a line: refused, a mast is a point. Row 2 is sound.",
            text: file(
                "wrong-geometry",
                &[mast(Place::Line(vec![spot(12), spot(13)]), "VTL-COT-9201", "A2b"), sound("VTL-COT-9202")],
            ),
        },
        Fault {
            file: "more-used-than-there-are.geojson",
            options: "--class mast --owner vnpt",
            says: "Row 1 uses 4 of 3 slots: refused, the numbers contradict each other. Row 2 is sound.",
            text: file(
                "more-used-than-there-are",
                &[mast(Place::Point(spot(14)), "VNP-COT-9201", "A2b").but("slots_used", 4), sound("VNP-COT-9202")],
            ),
        },
        Fault {
            file: "cut-off.geojson",
            options: "--class mast --owner viettel",
            says: "The file ends in the middle: nothing is imported, the sentence names the place where it stops being GeoJSON.",
            text: file("cut-off", &[sound("VTL-COT-9301")]).chars().take(260).collect(),
        },
    ]
}

fn in_tables(land: &Land, poles: &[Pole], project: Projection<'_>) -> Vec<Fault> {
    let at = |number: usize| lonlat(land.network.anchors[number]);
    let degrees = |number: usize| [format!("{:.6}", at(number).lon()), format!("{:.6}", at(number).lat())];
    let csv_row = |code: &str, number: usize, height: &str| {
        let [lon, lat] = degrees(number);
        vec![code.to_owned(), lon, lat, height.to_owned(), "concrete".to_owned()]
    };
    let pole_head = ["code", "lon", "lat", "height_m", "material"];
    let plane_row = |number: usize| {
        let plane = project(at(number));
        let [east, north] = [plane.east, plane.north].map(|metres| format!("{metres:.2}"));
        vec![format!("TWC-COT-93{number:02}"), east, north, "36".to_owned()]
    };
    let standing = poles.iter().find(|pole| pole.owner == "vnpt").map_or("VNP-TRU-0001", |pole| pole.code.as_str());
    vec![
        Fault {
            file: "duplicate-code.csv",
            options: "--class pole --owner vnpt",
            says: "Row 3 repeats the code of row 2, and row 4 has the code of a pole that the sample's registry holds: both are refused, nothing is overwritten silently. Row 2 is sound.",
            text: table(
                &pole_head,
                &[csv_row("VNP-TRU-9101", 15, "7"), csv_row("VNP-TRU-9101", 16, "7"), csv_row(standing, 17, "7")],
            ),
        },
        Fault {
            file: "height-in-words.csv",
            options: "--class pole --owner vnpt",
            says: "Row 2 has the height `ba mươi`, row 3 a height of -7, row 4 no longitude: refused, each with its value. Row 5 is sound.",
            text: table(
                &pole_head,
                &[
                    csv_row("VNP-TRU-9201", 18, "ba mươi"),
                    csv_row("VNP-TRU-9202", 19, "-7"),
                    vec![
                        "VNP-TRU-9203".to_owned(),
                        String::new(),
                        format!("{:.6}", at(20).lat()),
                        "7".to_owned(),
                        "steel".to_owned(),
                    ],
                    csv_row("VNP-TRU-9204", 21, "7.5"),
                ],
            ),
        },
        Fault {
            file: "wrong-zone.csv",
            options: "--class mast --owner towerco --crs EPSG:9209",
            says: "The numbers are EPSG:9210 (105°45′) and the import declares EPSG:9209 (105°30′): every row lands 26 km to the west and is refused, with the hint that another zone fits. With --crs EPSG:9210 all rows are sound.",
            text: table(
                &["code", "easting", "northing", "height_m"],
                &(1..=4).map(|number| plane_row(number + 21)).collect::<Vec<_>>(),
            ),
        },
    ]
}

fn file(name: &str, rows: &[Row]) -> String {
    collection(name, "Sai có chủ ý, xem README / wrong on purpose, see README", rows)
}

fn mast(place: Place, code: &str, class: &str) -> Row {
    Row::new(place)
        .with("code", code)
        .with("status", "operational")
        .with("mast_class", class)
        .number("height_m", 36.0)
        .with("slots_total", 3)
        .with("slots_used", 1)
}
