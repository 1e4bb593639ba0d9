//! The table of a Shapefile's values (dBASE).

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::broken;
use crate::{
    FileError,
    text::{self, Encoding},
};

pub(super) struct Dbf {
    bytes: Vec<u8>,
    fields: Vec<Field>,
    records_from: usize,
    record_length: usize,
}

struct Field {
    name: String,
    kind: u8,
    from: usize,
    length: usize,
}

/// Records that the encoding is judged by.
const LOOKED_AT: usize = 5_000;

impl Dbf {
    pub(super) fn open(bytes: Vec<u8>) -> Result<Self, FileError> {
        let short = || broken("the .dbf breaks off within its header");
        let whole = |at: usize| Some(usize::from(u16::from_le_bytes([*bytes.get(at)?, *bytes.get(at + 1)?])));
        let records_from = whole(8).ok_or_else(short)?;
        let record_length = whole(10).ok_or_else(short)?;
        let mut fields = Vec::new();
        // The first byte of a record says whether it is deleted.
        let mut from = 1;
        for at in (32..records_from.min(bytes.len())).step_by(32) {
            if bytes.get(at) == Some(&0x0d) {
                break;
            }
            let Some(described) = bytes.get(at..at + 32) else { return Err(short()) };
            let name: Vec<u8> = described[..11].iter().copied().take_while(|byte| *byte != 0).collect();
            let length = usize::from(described[16]);
            let name = String::from_utf8_lossy(&name).trim().to_lowercase();
            fields.push(Field { name, kind: described[11], from, length });
            from += length;
        }
        if fields.is_empty() || record_length < from {
            return Err(broken("the .dbf describes no fields that fit its records"));
        }
        Ok(Self { bytes, fields, records_from, record_length })
    }

    /// Every record; none in the place of a deleted one.
    pub(super) fn records(&self) -> impl Iterator<Item = Option<&[u8]>> {
        let records = self.bytes.get(self.records_from..).unwrap_or_default();
        // One byte ends the file.
        records
            .chunks_exact(self.record_length)
            .take_while(|record| record[0] != 0x1a)
            .map(|record| (record[0] != b'*').then_some(record))
    }

    /// The declared encoding, else the one that the texts are found to be in.
    pub(super) fn encoding(&self, declared: Option<Encoding>) -> Result<Encoding, FileError> {
        if let Some(declared) = declared {
            return Ok(declared);
        }
        let mut sample = Vec::new();
        for record in self.records().flatten().take(LOOKED_AT) {
            for field in self.fields.iter().filter(|field| field.kind == b'C') {
                sample.extend(whole_letters(field.of(record)));
                sample.push(b'\n');
            }
        }
        text::decode(&sample, None).map(|(_, encoding)| encoding)
    }

    pub(super) fn properties(&self, record: &[u8], encoding: Encoding) -> Map<String, Value> {
        let value = |field: &Field| Some((field.name.clone(), field.value(record, encoding)?));
        self.fields.iter().filter_map(value).collect()
    }
}

impl Field {
    fn of<'r>(&self, record: &'r [u8]) -> &'r [u8] {
        record.get(self.from..self.from + self.length).unwrap_or_default().trim_ascii()
    }

    fn value(&self, record: &[u8], encoding: Encoding) -> Option<Value> {
        let bytes = self.of(record);
        let text = || String::from_utf8_lossy(bytes).into_owned();
        match self.kind {
            b'I' => {
                let bytes = record.get(self.from..self.from + 4)?.try_into().ok()?;
                Some(i32::from_le_bytes(bytes).into())
            }
            b'O' => Some(f64::from_le_bytes(record.get(self.from..self.from + 8)?.try_into().ok()?).into()),
            // Programs fill what has no value with zeros, with stars, or with a date of zeros.
            _ if bytes.is_empty() || bytes.iter().all(|byte| *byte == 0) => None,
            b'N' | b'F' if bytes.iter().all(|byte| *byte == b'*') => None,
            b'D' if bytes == b"00000000" => None,
            b'N' | b'F' => {
                let text = text();
                let whole = text.parse::<i64>().map(Value::from);
                Some(whole.or_else(|_| text.parse::<f64>().map(Value::from)).unwrap_or(Value::String(text)))
            }
            b'D' => {
                let text = text();
                let is_plain = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
                Some(Value::String(if is_plain {
                    format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..])
                } else {
                    text
                }))
            }
            b'L' => match bytes {
                b"T" | b"t" | b"Y" | b"y" => Some(true.into()),
                b"F" | b"f" | b"N" | b"n" => Some(false.into()),
                _ => None,
            },
            _ => Some(Value::String(decoded(bytes, encoding).into_owned())),
        }
    }
}

fn decoded(bytes: &[u8], encoding: Encoding) -> Cow<'_, str> {
    match encoding {
        Encoding::Utf8 => String::from_utf8_lossy(bytes),
        other => text::decode(bytes, Some(other)).map_or_else(|_| String::from_utf8_lossy(bytes), |(text, _)| text),
    }
}

/// Without a last letter that the field's width has cut in two.
fn whole_letters(bytes: &[u8]) -> &[u8] {
    match std::str::from_utf8(bytes) {
        Err(error) if error.error_len().is_none() => &bytes[..error.valid_up_to()],
        _ => bytes,
    }
}
