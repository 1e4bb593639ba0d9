//! Reads the generated texts back.

use std::collections::BTreeMap;

use hatang_core::{Lonlat, Planar, geodesy::TangentPlane};
use serde_json::Value;

use crate::synthetic::{commune, path::Ring};

/// Stands in for a projection: any plane will do here.
pub(super) fn shifted(at: Lonlat) -> Planar {
    let [east, north] = plane().metres(at);
    Planar::new(east + 575_000.0, north + 2_287_000.0)
}

fn plane() -> TangentPlane {
    TangentPlane::at(Lonlat::new(106.48, 20.6765).unwrap())
}

/// The files of one seed.
pub(super) struct Commune {
    pub(super) seed: u64,
    files: BTreeMap<String, String>,
}

impl Commune {
    pub(super) fn of(seed: u64) -> Self {
        Self { seed, files: commune(seed, shifted).into_iter().map(|file| (file.path, file.text)).collect() }
    }

    pub(super) fn text(&self, path: &str) -> &str {
        &self.files[path]
    }

    /// The GeoJSON files of a folder, without their ending.
    pub(super) fn names<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = String> + 'a {
        self.files
            .keys()
            .filter(move |path| path.starts_with(folder))
            .filter_map(|path| path.strip_suffix(".geojson"))
            .map(str::to_owned)
    }

    /// The features of a file, named without its ending.
    pub(super) fn layer(&self, name: &str) -> Vec<Feature> {
        let value: Value = serde_json::from_str(self.text(&format!("{name}.geojson")))
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        let features = value["features"].as_array().cloned().unwrap_or_else(|| vec![value]);
        features
            .into_iter()
            .map(|feature| Feature { properties: feature["properties"].clone(), geometry: feature["geometry"].clone() })
            .collect()
    }
}

/// One feature as read.
pub(super) struct Feature {
    pub(super) properties: Value,
    geometry: Value,
}

impl Feature {
    pub(super) fn maybe(&self, field: &str) -> Option<&str> {
        self.properties[field].as_str()
    }

    pub(super) fn text(&self, field: &str) -> &str {
        self.maybe(field).unwrap_or_default()
    }

    pub(super) fn number(&self, field: &str) -> Option<u64> {
        self.properties[field].as_u64()
    }

    pub(super) fn float(&self, field: &str) -> Option<f64> {
        self.properties[field].as_f64()
    }

    pub(super) fn is_line(&self) -> bool {
        self.geometry["type"] == "LineString"
    }

    /// All positions, in degrees.
    pub(super) fn lonlats(&self) -> Vec<[f64; 2]> {
        fn gather(value: &Value, found: &mut Vec<[f64; 2]>) {
            match value.as_array().map(Vec::as_slice) {
                Some([lon, lat]) if lon.is_number() => found.push([lon, lat].map(|number| number.as_f64().unwrap())),
                Some(inner) => inner.iter().for_each(|value| gather(value, found)),
                None => {}
            }
        }
        let mut found = Vec::new();
        gather(&self.geometry["coordinates"], &mut found);
        found
    }

    /// All positions, in metres.
    pub(super) fn points(&self) -> Vec<Planar> {
        let metres = |[lon, lat]: [f64; 2]| plane().metres(Lonlat::new(lon, lat).unwrap());
        self.lonlats().into_iter().map(metres).map(|[east, north]| Planar::new(east, north)).collect()
    }

    /// The outer ring, in metres.
    pub(super) fn ring(&self) -> Ring {
        let mut points = self.points();
        assert_eq!(points.first(), points.last(), "a ring is closed");
        points.pop();
        Ring(points)
    }
}
