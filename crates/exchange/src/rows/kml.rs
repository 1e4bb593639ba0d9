//! Placemarks of a KML document, one after the other.

use geojson::{GeometryValue, Position};
use quick_xml::{
    Reader,
    escape::resolve_predefined_entity,
    events::{Event, attributes::Attribute},
};
use serde_json::{Map, Value};

use super::{How, Place, Raw, Row, RowSource, Stop};
use crate::{
    FileError,
    refusal::{self, Refusal},
};

/// A document that is read tag by tag.
pub(crate) struct KmlFile<'a> {
    text: &'a str,
}

impl<'a> KmlFile<'a> {
    pub(crate) fn open(text: &'a str) -> Result<Self, FileError> {
        // Of a table or a page of HTML nothing would be found, and nobody would know why.
        let beginning = text.trim_start();
        let is_kml = beginning.starts_with('<') && text.contains("<kml") || text.contains(":kml");
        if is_kml { Ok(Self { text }) } else { Err(not_kml("no <kml> element")) }
    }
}

#[expect(clippy::needless_pass_by_value, reason = "for `map_err`")]
fn not_kml(reason: impl ToString) -> FileError {
    FileError::NotKml { reason: reason.to_string() }
}

impl RowSource for KmlFile<'_> {
    fn each(&self, how: How, take: &mut dyn FnMut(&Row<'_>) -> Result<(), Stop>) -> Result<(), Stop> {
        let mut reader = Reader::from_str(self.text);
        let mut open: Vec<String> = Vec::new();
        let mut placemark: Option<Placemark> = None;
        let mut number = 0;
        loop {
            match reader.read_event().map_err(not_kml)? {
                Event::Start(tag) => {
                    let name = tag.local_name().into_inner().to_owned();
                    if name == "Placemark" {
                        let id = tag.try_get_attribute("id").ok().flatten();
                        let id = id.and_then(|id| value(&id));
                        placemark = Some(Placemark { id, ..Placemark::default() });
                    } else if let Some(placemark) = &mut placemark {
                        let of = tag.try_get_attribute("name").ok().flatten();
                        let of = of.and_then(|of| value(&of));
                        placemark.begin(&name, of);
                    }
                    open.push(name);
                }
                Event::Empty(tag) => {
                    if tag.local_name().into_inner() == "Placemark" {
                        number += 1;
                        hand_over(number, Placemark::default(), how, take)?;
                    }
                }
                Event::End(_) => {
                    let Some(name) = open.pop() else { continue };
                    let within = open.last().map_or("", String::as_str);
                    if let Some(open_placemark) = &mut placemark {
                        if name == "Placemark" {
                            number += 1;
                            hand_over(number, placemark.take().unwrap_or_default(), how, take)?;
                        } else {
                            open_placemark.end(&name, within);
                        }
                    }
                }
                Event::Text(text) => {
                    if let Some(placemark) = &mut placemark {
                        placemark.text.push_str(&text.xml10_content());
                    }
                }
                Event::CData(text) => {
                    if let Some(placemark) = &mut placemark {
                        placemark.text.push_str(&text.xml10_content());
                    }
                }
                Event::GeneralRef(entity) => {
                    let letter = entity.resolve_char_ref().map_err(not_kml)?.map(String::from);
                    let name = entity.xml10_content();
                    let letter = letter.or_else(|| resolve_predefined_entity(&name).map(str::to_owned));
                    // What a document defines for itself may grow without bound.
                    let letter = letter.ok_or_else(|| not_kml(format!("the entity `&{name};` is not accepted")))?;
                    if let Some(placemark) = &mut placemark {
                        placemark.text.push_str(&letter);
                    }
                }
                Event::DocType(_) => return Err(not_kml("a document type with definitions is not accepted").into()),
                Event::Eof if open.is_empty() => return Ok(()),
                Event::Eof => return Err(not_kml("it ends in the middle").into()),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            }
        }
    }
}

/// An attribute's value, of which only the entities of XML itself are known.
fn value(attribute: &Attribute<'_>) -> Option<String> {
    quick_xml::escape::unescape(&attribute.value).ok().map(std::borrow::Cow::into_owned)
}

fn hand_over(
    number: u32,
    placemark: Placemark,
    how: How,
    take: &mut dyn FnMut(&Row<'_>) -> Result<(), Stop>,
) -> Result<(), Stop> {
    let place = placemark.place();
    let Placemark { id, mut properties, .. } = placemark;
    // Our own documents name a placemark by its code.
    if properties.get("name").is_some_and(|name| properties.get("code") == Some(name)) {
        properties.remove("name");
    }
    take(&Row::new(number, id, Raw::Properties(&properties), how.words, place))
}

/// What has been read of a placemark so far.
#[derive(Default)]
struct Placemark {
    id: Option<String>,
    properties: Map<String, Value>,
    /// The name of the datum that is open.
    datum: Option<String>,
    text: String,
    points: Vec<Position>,
    lines: Vec<Vec<Position>>,
    polygons: Vec<Vec<Vec<Position>>>,
    rings: Vec<Vec<Position>>,
    refusal: Option<(Refusal, String)>,
}

impl Placemark {
    fn begin(&mut self, tag: &str, of: Option<String>) {
        self.text.clear();
        match tag {
            "Data" | "SimpleData" => self.datum = of,
            "Polygon" => self.rings.clear(),
            _ => {}
        }
    }

    fn end(&mut self, tag: &str, within: &str) {
        let text = std::mem::take(&mut self.text);
        match (tag, within) {
            ("name" | "description", "Placemark") if !text.trim().is_empty() => {
                // What the data say by name is said better.
                self.properties.entry(tag).or_insert_with(|| Value::String(text.trim().to_owned()));
            }
            ("value", "Data") | ("SimpleData", _) => {
                if let Some(name) = self.datum.take() {
                    self.properties.insert(name, Value::String(text));
                }
            }
            ("coordinates", "Point") => {
                let mut at = self.coordinates(&text);
                self.points.append(&mut at);
            }
            ("coordinates", "LineString") => {
                let line = self.coordinates(&text);
                self.lines.push(line);
            }
            ("coordinates", "LinearRing") => {
                let ring = self.coordinates(&text);
                self.rings.push(ring);
            }
            ("Polygon", _) => self.polygons.push(std::mem::take(&mut self.rings)),
            _ => {}
        }
    }

    fn coordinates(&mut self, text: &str) -> Vec<Position> {
        let mut positions = Vec::new();
        for tuple in text.split_whitespace() {
            let numbers: Option<Vec<f64>> = tuple.split(',').map(|number| number.parse().ok()).collect();
            match numbers {
                Some(numbers) if (2..=3).contains(&numbers.len()) => {
                    // Programs write a height of 0 where they have none.
                    let kept = if numbers.get(2) == Some(&0.0) { &numbers[..2] } else { &numbers[..] };
                    positions.push(Position::from(kept.to_vec()));
                }
                _ => {
                    self.refusal.get_or_insert_with(|| (refusal::not_a_coordinate(), tuple.to_owned()));
                }
            }
        }
        positions
    }

    fn place(&self) -> Place {
        if let Some((refusal, value)) = &self.refusal {
            return Place::Refused { refusal: refusal.clone(), field: "geometry", value: Some(value.clone()) };
        }
        let given = match (&self.points[..], &self.lines[..], &self.polygons[..]) {
            ([at], [], []) => GeometryValue::Point { coordinates: at.clone() },
            ([], [line], []) => GeometryValue::LineString { coordinates: line.clone() },
            ([], lines @ [_, ..], []) => GeometryValue::MultiLineString { coordinates: lines.to_vec() },
            ([], [], [rings]) => GeometryValue::Polygon { coordinates: rings.clone() },
            ([], [], polygons @ [_, ..]) => GeometryValue::MultiPolygon { coordinates: polygons.to_vec() },
            ([], [], []) => {
                return Place::Refused { refusal: refusal::no_geometry(), field: "geometry", value: None };
            }
            _ => {
                let refusal = refusal::wrong_geometry("MultiGeometry", "Point, LineString, Polygon");
                return Place::Refused { refusal, field: "geometry", value: None };
            }
        };
        Place::Given(given, None)
    }
}
