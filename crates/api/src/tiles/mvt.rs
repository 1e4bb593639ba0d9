//! Writes Mapbox Vector Tiles 2.1: the protobuf bytes of layers, features and their geometry.
//!
//! Source: Mapbox Vector Tile Specification 2.1, and protocol buffers' encoding (varints, lengths, field numbers).

use std::collections::HashMap;

use super::mercator::EXTENT;

/// A position in whole units of a tile.
pub(crate) type Unit = [i32; 2];

/// What a feature looks like in a tile.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Geometry {
    /// One position.
    Point(Unit),
    /// Lines, each of at least two positions and never two equal ones in a row.
    Lines(Vec<Vec<Unit>>),
    /// Outer rings without holes, each of at least three positions, the first not repeated, clockwise as drawn.
    Areas(Vec<Vec<Unit>>),
}

/// The value of a property.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Value {
    Text(String),
    Count(u64),
    Flag(bool),
}

/// One layer in the making.
pub(crate) struct Layer {
    name: &'static str,
    features: Vec<u8>,
    keys: Vec<&'static str>,
    values: Vec<u8>,
    numbers: HashMap<Value, u64>,
}

impl Layer {
    pub(crate) fn new(name: &'static str) -> Self {
        Self { name, features: Vec::new(), keys: Vec::new(), values: Vec::new(), numbers: HashMap::new() }
    }

    /// Adds a feature; `id` is what a map tells features apart by.
    pub(crate) fn add(&mut self, id: Option<u64>, properties: Vec<(&'static str, Value)>, geometry: &Geometry) {
        let mut tags = Vec::with_capacity(4 * properties.len());
        for (key, value) in properties {
            varint(&mut tags, self.key(key));
            varint(&mut tags, self.value(value));
        }
        let (kind, commands) = commands(geometry);
        let mut feature = Vec::with_capacity(tags.len() + commands.len() + 16);
        if let Some(id) = id {
            number(&mut feature, 1, id);
        }
        bytes(&mut feature, 2, &tags);
        number(&mut feature, 3, kind);
        bytes(&mut feature, 4, &commands);
        bytes(&mut self.features, 2, &feature);
    }

    /// Ends the layer and appends it to a tile; an empty layer leaves no trace.
    pub(crate) fn write_to(self, tile: &mut Vec<u8>) {
        if self.features.is_empty() {
            return;
        }
        let mut layer = Vec::with_capacity(self.features.len() + self.values.len() + 64);
        bytes(&mut layer, 1, self.name.as_bytes());
        layer.extend(self.features);
        for key in self.keys {
            bytes(&mut layer, 3, key.as_bytes());
        }
        layer.extend(self.values);
        number(&mut layer, 5, u64::from(EXTENT));
        number(&mut layer, 15, 2);
        bytes(tile, 3, &layer);
    }

    fn key(&mut self, key: &'static str) -> u64 {
        let known = self.keys.iter().position(|other| *other == key);
        let position = known.unwrap_or_else(|| {
            self.keys.push(key);
            self.keys.len() - 1
        });
        position as u64
    }

    fn value(&mut self, value: Value) -> u64 {
        let next = self.numbers.len() as u64;
        let values = &mut self.values;
        *self.numbers.entry(value).or_insert_with_key(|value| {
            let mut encoded = Vec::new();
            match value {
                Value::Text(text) => bytes(&mut encoded, 1, text.as_bytes()),
                Value::Count(count) => number(&mut encoded, 5, *count),
                Value::Flag(flag) => number(&mut encoded, 7, u64::from(*flag)),
            }
            bytes(values, 4, &encoded);
            next
        })
    }
}

/// The geometry's type and its drawing commands, positions as differences from the one before.
fn commands(geometry: &Geometry) -> (u64, Vec<u8>) {
    const MOVE: u64 = 1;
    const LINE: u64 = 2;
    const CLOSE: u64 = 7;
    let mut pen = Pen { at: [0, 0], written: Vec::new() };
    let kind = match geometry {
        Geometry::Point(at) => {
            pen.command(MOVE, std::slice::from_ref(at));
            1
        }
        Geometry::Lines(lines) => {
            for line in lines {
                pen.command(MOVE, &line[..1]);
                pen.command(LINE, &line[1..]);
            }
            2
        }
        Geometry::Areas(rings) => {
            for ring in rings {
                pen.command(MOVE, &ring[..1]);
                pen.command(LINE, &ring[1..]);
                varint(&mut pen.written, 1 << 3 | CLOSE);
            }
            3
        }
    };
    (kind, pen.written)
}

struct Pen {
    at: Unit,
    written: Vec<u8>,
}

impl Pen {
    fn command(&mut self, command: u64, positions: &[Unit]) {
        varint(&mut self.written, (positions.len() as u64) << 3 | command);
        for position in positions {
            for axis in [0, 1] {
                varint(&mut self.written, zigzag(position[axis] - self.at[axis]));
            }
            self.at = *position;
        }
    }
}

/// Small numbers of either sign as small numbers.
fn zigzag(number: i32) -> u64 {
    u64::from(((number << 1) ^ (number >> 31)).cast_unsigned())
}

fn varint(to: &mut Vec<u8>, mut number: u64) {
    while 0x7f < number {
        to.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    to.push((number & 0x7f) as u8);
}

fn number(to: &mut Vec<u8>, field: u64, value: u64) {
    varint(to, field << 3);
    varint(to, value);
}

fn bytes(to: &mut Vec<u8>, field: u64, value: &[u8]) {
    varint(to, field << 3 | 2);
    varint(to, value.len() as u64);
    to.extend_from_slice(value);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_those_of_the_specifications_examples() {
        // Source: Vector Tile Specification 2.1, §4.3.5.
        let cases = [
            ("point", Geometry::Point([25, 17]), 1, vec![9, 50, 34]),
            (
                "lines",
                Geometry::Lines(vec![vec![[2, 2], [2, 10], [10, 10]], vec![[1, 1], [3, 5]]]),
                2,
                vec![9, 4, 4, 18, 0, 16, 16, 0, 9, 17, 17, 10, 4, 8],
            ),
            ("area", Geometry::Areas(vec![vec![[3, 6], [8, 12], [20, 34]]]), 3, vec![9, 6, 12, 18, 10, 12, 24, 44, 15]),
        ];
        for (name, geometry, kind, expected) in cases {
            assert_eq!(commands(&geometry), (kind, expected), "{name}");
        }
    }

    #[test]
    fn varints_carry_seven_bits_a_byte() {
        for (number, expected) in [(0, vec![0]), (127, vec![127]), (128, vec![128, 1]), (300, vec![172, 2])] {
            let mut written = Vec::new();
            varint(&mut written, number);
            assert_eq!(written, expected, "{number}");
        }
        assert_eq!([0, -1, 1, -2, 4160].map(zigzag), [0, 1, 2, 3, 8320]);
    }
}
