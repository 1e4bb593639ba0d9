//! Reads tiles back, for tests only: written from the specification, not from the writer.

use std::collections::BTreeMap;

use super::mvt::{Unit, Value};

/// A feature as read.
#[derive(Debug)]
pub(super) struct Feature {
    pub(super) id: Option<u64>,
    pub(super) kind: u64,
    pub(super) properties: BTreeMap<String, Value>,
    pub(super) parts: Vec<Vec<Unit>>,
}

/// Layers by name.
pub(super) fn decode(tile: &[u8]) -> BTreeMap<String, Vec<Feature>> {
    fields(tile)
        .map(|(number, field)| (number, layer(field.bytes())))
        .map(|(number, layer)| {
            assert_eq!(number, 3, "a tile holds layers");
            layer
        })
        .collect()
}

enum Field<'a> {
    Number(u64),
    Bytes(&'a [u8]),
}

impl<'a> Field<'a> {
    fn number(&self) -> u64 {
        let Self::Number(number) = self else { panic!("expected a number") };
        *number
    }

    fn bytes(&self) -> &'a [u8] {
        let Self::Bytes(bytes) = self else { panic!("expected bytes") };
        bytes
    }

    fn text(&self) -> String {
        String::from_utf8(self.bytes().to_vec()).unwrap()
    }
}

fn varint(bytes: &mut &[u8]) -> u64 {
    let mut number = 0;
    for shift in (0..).step_by(7) {
        let byte = bytes[0];
        *bytes = &bytes[1..];
        number |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            break;
        }
    }
    number
}

fn fields(mut bytes: &[u8]) -> impl Iterator<Item = (u64, Field<'_>)> {
    std::iter::from_fn(move || {
        if bytes.is_empty() {
            return None;
        }
        let tag = varint(&mut bytes);
        let field = match tag & 7 {
            0 => Field::Number(varint(&mut bytes)),
            2 => {
                let length = usize::try_from(varint(&mut bytes)).unwrap();
                let (field, rest) = bytes.split_at(length);
                bytes = rest;
                Field::Bytes(field)
            }
            other => panic!("no field of tiles has wire type {other}"),
        };
        Some((tag >> 3, field))
    })
}

fn numbers(mut bytes: &[u8]) -> Vec<u64> {
    std::iter::from_fn(|| (!bytes.is_empty()).then(|| varint(&mut bytes))).collect()
}

fn layer(bytes: &[u8]) -> (String, Vec<Feature>) {
    let (mut name, mut keys, mut values, mut features) = (String::new(), Vec::new(), Vec::new(), Vec::new());
    let (mut extent, mut version) = (0, 0);
    for (number, field) in fields(bytes) {
        match number {
            1 => name = field.text(),
            2 => features.push(field.bytes()),
            3 => keys.push(field.text()),
            4 => values.push(value(field.bytes())),
            5 => extent = field.number(),
            15 => version = field.number(),
            other => panic!("no field {other} in a layer"),
        }
    }
    assert_eq!((extent, version), (4096, 2));
    (name, features.into_iter().map(|bytes| feature(bytes, &keys, &values)).collect())
}

fn value(bytes: &[u8]) -> Value {
    let (number, field) = fields(bytes).next().expect("a value has one field");
    match number {
        1 => Value::Text(field.text()),
        5 => Value::Count(field.number()),
        7 => Value::Flag(field.number() == 1),
        other => panic!("no value of kind {other}"),
    }
}

fn feature(bytes: &[u8], keys: &[String], values: &[Value]) -> Feature {
    let mut feature = Feature { id: None, kind: 0, properties: BTreeMap::new(), parts: Vec::new() };
    for (number, field) in fields(bytes) {
        match number {
            1 => feature.id = Some(field.number()),
            2 => {
                for pair in numbers(field.bytes()).chunks(2) {
                    let [key, value] = [pair[0], pair[1]].map(|index| usize::try_from(index).unwrap());
                    feature.properties.insert(keys[key].clone(), values[value].clone());
                }
            }
            3 => feature.kind = field.number(),
            4 => feature.parts = parts(&numbers(field.bytes())),
            other => panic!("no field {other} in a feature"),
        }
    }
    feature
}

fn parts(commands: &[u64]) -> Vec<Vec<Unit>> {
    let mut parts: Vec<Vec<Unit>> = Vec::new();
    let mut at = [0, 0];
    let mut rest = commands.iter();
    while let Some(command) = rest.next() {
        for _ in 0..command >> 3 {
            if command & 7 == 7 {
                continue;
            }
            for axis in &mut at {
                let number = i32::try_from(*rest.next().unwrap()).unwrap();
                *axis += (number >> 1) ^ -(number & 1);
            }
            if command & 7 == 1 {
                parts.push(Vec::new());
            }
            parts.last_mut().unwrap().push(at);
        }
    }
    parts
}
