//! GeoJSON text that people read: one object per feature, contract order, six decimals, sorted.

use std::fmt::Write as _;

use hatang_core::{Lonlat, Planar};
use serde_json::Value;

use super::{
    path::Ring,
    plane::{lonlat, rounded},
};

/// Where a feature is.
#[derive(Clone, Debug)]
pub(super) enum Place {
    Point(Planar),
    Line(Vec<Planar>),
    Area(Ring),
    /// Two numbers exactly as given, for files that are wrong on purpose.
    AsGiven([f64; 2]),
}

/// One feature: fields in file order, and a geometry.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) fields: Vec<(String, Value)>,
    pub(super) place: Place,
}

impl Row {
    pub(super) fn new(place: Place) -> Self {
        Self { fields: Vec::new(), place }
    }

    /// Adds a field.
    pub(super) fn with(mut self, field: &str, value: impl Into<Value>) -> Self {
        self.fields.push((field.to_owned(), value.into()));
        self
    }

    /// Gives a field that is there another value.
    pub(super) fn but(mut self, field: &str, value: impl Into<Value>) -> Self {
        if let Some((_, old)) = self.fields.iter_mut().find(|(name, _)| name == field) {
            *old = value.into();
        }
        self
    }

    /// Adds a measured number, rounded to centimetres or hundredths.
    pub(super) fn number(self, field: &str, value: f64) -> Self {
        self.with(field, rounded(value, 2))
    }

    /// Adds an empty field with the reason why it is empty.
    pub(super) fn missing(self, field: &str, reason: &str) -> Self {
        self.with(field, Value::Null).with(&format!("{field}_null"), reason)
    }

    /// Adds a value, or the reason why there is none.
    pub(super) fn known(self, field: &str, value: Result<impl Into<Value>, &str>) -> Self {
        match value {
            Ok(value) => self.with(field, value),
            Err(reason) => self.missing(field, reason),
        }
    }

    /// The value of a field, when it is there and not empty.
    pub(super) fn get(&self, field: &str) -> Option<&Value> {
        self.fields.iter().find(|(name, value)| name == field && !value.is_null()).map(|(_, value)| value)
    }

    pub(super) fn text(&self, field: &str) -> &str {
        self.get(field).and_then(Value::as_str).unwrap_or_default()
    }

    /// The feature alone, for a file of its own.
    pub(super) fn feature(&self) -> String {
        let mut text = String::new();
        self.write(&mut text, "");
        text.push('\n');
        text
    }

    fn write(&self, text: &mut String, indent: &str) {
        let fields: Vec<String> = self.fields.iter().map(|(name, value)| format!("\"{name}\": {value}")).collect();
        let _ = write!(
            text,
            "{indent}{{ \"type\": \"Feature\",\n{indent}  \"properties\": {{ {} }},\n{indent}  \"geometry\": {} }}",
            fields.join(", "),
            geometry(&self.place, indent)
        );
    }
}

/// A collection's text. `about` is one sentence for whoever opens the file.
pub(super) fn collection(name: &str, about: &str, rows: &[Row]) -> String {
    let mut text = format!(
        "{{\n  \"type\": \"FeatureCollection\",\n  \"name\": {},\n  \"synthetic\": true,\n  \"about\": {},\n  \"features\": [\n",
        Value::from(name),
        Value::from(about)
    );
    for (index, row) in rows.iter().enumerate() {
        row.write(&mut text, "    ");
        text.push_str(if index + 1 == rows.len() { "\n" } else { ",\n" });
    }
    text.push_str("  ]\n}\n");
    text
}

fn geometry(place: &Place, indent: &str) -> String {
    match place {
        Place::Point(at) => format!("{{ \"type\": \"Point\", \"coordinates\": {} }}", pair(lonlat(*at))),
        Place::AsGiven([first, second]) => {
            format!("{{ \"type\": \"Point\", \"coordinates\": [{first:.6}, {second:.6}] }}")
        }
        Place::Line(points) => format!("{{ \"type\": \"LineString\", \"coordinates\": [{}] }}", run(points, indent)),
        Place::Area(ring) => {
            let mut points = ring.0.clone();
            points.push(points[0]);
            format!("{{ \"type\": \"Polygon\", \"coordinates\": [[{}]] }}", run(&points, indent))
        }
    }
}

fn pair(at: Lonlat) -> String {
    format!("[{:.6}, {:.6}]", at.lon(), at.lat())
}

/// Positions without immediate repetition, a few to the line when there are many.
fn run(points: &[Planar], indent: &str) -> String {
    let mut pairs: Vec<String> = points.iter().map(|at| pair(lonlat(*at))).collect();
    pairs.dedup();
    if pairs.len() <= 8 {
        return pairs.join(", ");
    }
    let lines: Vec<String> = pairs.chunks(5).map(|some| some.join(", ")).collect();
    format!("\n{indent}    {}", lines.join(&format!(",\n{indent}    ")))
}
