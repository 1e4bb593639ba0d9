//! A believable commune, and registries of any size, from a seed. Everything here is invented and says so.
//!
//! Pure: a seed goes in and texts come out. The same seed gives the same bytes.

mod cabinets;
mod dice;
mod dictionary;
mod faults;
mod feature;
mod ground;
mod hosts;
mod imports;
mod land;
mod masts;
mod organisations;
mod path;
mod places;
mod plan;
mod plane;
mod poles;
mod records;
mod registry;
mod requests;
mod roads;
mod stations;
mod table;
#[cfg(test)]
mod tests;
mod underground;
mod villages;
mod works;

use hatang_core::{Lonlat, Planar};

pub use self::registry::registry;
use self::{
    dictionary::Contents,
    feature::{Row, collection},
    land::Land,
};

/// One file of the sample folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SampleFile {
    /// Path within the folder, with `/`.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// Makes the synthetic commune's files, sorted by path.
///
/// `project` turns WGS 84 into the plane (easting and northing, EPSG:9210) of those files that a carrier hands in with
/// plane coordinates; this module knows no projection.
#[must_use]
pub fn commune(seed: u64, project: impl Fn(Lonlat) -> Planar) -> Vec<SampleFile> {
    let land = Land::new(seed);
    let places = places::places(seed, &land);
    let masts = masts::masts(seed, &land);
    let overhead = poles::overhead(seed, &land);
    let underground = underground::underground(seed, &land);
    let standing: Vec<Planar> = overhead.poles.iter().map(|pole| pole.at).collect();
    let layers: Vec<(&'static str, Vec<Row>)> = vec![
        ("assets/aerial_route.geojson", overhead.route_rows(seed)),
        ("assets/cabinet.geojson", cabinets::rows(seed, &land)),
        ("assets/duct.geojson", underground.duct_rows(seed)),
        ("assets/host.geojson", hosts::rows(seed, &land, &places, &standing)),
        ("assets/manhole.geojson", underground.manhole_rows(seed)),
        ("assets/mast.geojson", masts::rows(seed, &masts)),
        ("assets/pole.geojson", overhead.pole_rows(seed)),
        ("assets/radio_station.geojson", stations::rows(seed, &land, &masts)),
        ("assets/trench.geojson", underground::trench_rows(seed, &land)),
        ("plan/boundary.geojson", plan::boundary(&land)),
        ("plan/hamlets.geojson", plan::hamlets(&land)),
        ("plan/neighbours.geojson", plan::neighbours(&land)),
        ("plan/dykes.geojson", plan::dykes(&land)),
        ("plan/places.geojson", places::rows(&places)),
        ("plan/planned_duct.geojson", works::planned_ducts(&land)),
        ("plan/planned_mast.geojson", works::planned_masts(&land, &masts)),
        ("plan/power_lines.geojson", plan::power_lines(&land)),
        ("plan/roads.geojson", plan::roads(&land)),
        ("plan/works.geojson", works::works(&land)),
        ("plan/zones.geojson", plan::zones(&land, &places)),
    ];
    let requests = requests::requests(&land, &masts, &overhead, &underground);
    let faults = faults::faults(&land, &overhead.poles, &project);
    let contents = Contents {
        seed,
        land: &land,
        counts: layers.iter().map(|(path, rows)| (*path, rows.len())).collect(),
        doubled_road: &overhead.doubled,
        requests: &requests,
        faults: &faults,
    };
    let mut files = vec![
        file("README.md", dictionary::readme(&contents)),
        file("imports/towerco-masts-vn2000.csv", imports::masts_vn2000(&land, &masts, &project)),
        file("plan/organisations.json", organisations::text()),
        file("plan/plan.toml", plan::sheet(seed)),
    ];
    files.extend(layers.iter().map(|(path, rows)| file(path, collection(stem(path), ABOUT, rows))));
    files.extend(requests.iter().map(|request| file(&format!("requests/{}.geojson", request.name), request.text())));
    files.extend(faults.into_iter().map(|fault| file(&format!("faults/{}", fault.file), fault.text)));
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

const ABOUT: &str = "Dữ liệu mô phỏng / synthetic data";

fn file(path: &str, text: String) -> SampleFile {
    SampleFile { path: path.to_owned(), text }
}

fn stem(path: &str) -> &str {
    path.rsplit('/').next().and_then(|name| name.split('.').next()).unwrap_or(path)
}
