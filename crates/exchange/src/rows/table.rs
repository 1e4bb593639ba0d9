//! Rows of delimited text.

use std::collections::HashSet;

use csv::{ReaderBuilder, StringRecord, Trim};
use hatang_crs::Crs;

use super::{Header, How, Mapping, Place, Raw, Row, RowSource, Stop, positions::PositionColumns};
use crate::{
    FileError, bytes, refusal,
    template::{self, TemplateMark},
    value::Notation,
};

/// A file whose header line has been understood.
pub(crate) struct DelimitedFile<'a> {
    text: &'a str,
    delimiter: u8,
    header: Header,
    /// The header's record, from 0.
    header_at: usize,
    position: PositionColumns,
    crs: Crs,
    template: Option<TemplateMark>,
}

impl<'a> DelimitedFile<'a> {
    pub(crate) fn open(text: &'a str, mapping: &Mapping, crs: Crs) -> Result<Self, FileError> {
        let not_csv = || FileError::NotCsv { beginning: bytes::beginning(text) };
        if text.trim_start().starts_with(['{', '[', '<']) || text.contains('\0') {
            return Err(not_csv());
        }
        let delimiter = delimiter(text);
        let mut records = reader(text, delimiter);
        let mut record = StringRecord::new();
        let (mut header_at, mut template) = (0, None);
        let names: Vec<String> = loop {
            if !records.read_record(&mut record).map_err(|_| not_csv())? {
                return Err(not_csv());
            }
            let first = record.get(0).unwrap_or_default();
            if header_at == 0 {
                template = TemplateMark::read(first);
            }
            if template.is_none() || first == template::FIELDS {
                break record.iter().map(str::to_owned).collect();
            }
            header_at += 1;
        };
        let header = header_of(names)?;
        let position = PositionColumns::find(&header, mapping, crs)?;
        Ok(Self { text, delimiter, header, header_at, position, crs, template })
    }

    /// Whether a comma comes before decimals anywhere in the file, so that a point might separate thousands.
    pub(crate) fn has_decimal_commas(&self) -> bool {
        // Unquoted, a comma ends a cell.
        if !self.text.contains(',') || (self.delimiter == b',' && !self.text.contains('"')) {
            return false;
        }
        let mut records = reader(self.text, self.delimiter);
        let mut record = StringRecord::new();
        while records.read_record(&mut record).unwrap_or(false) {
            if record.iter().any(crate::number::has_decimal_comma) {
                return true;
            }
        }
        false
    }

    fn not_csv(&self) -> FileError {
        FileError::NotCsv { beginning: bytes::beginning(self.text) }
    }

    fn place(&self, record: &StringRecord, notation: Notation) -> Place {
        let expected = self.header.names.len();
        if record.len() < expected || record.iter().skip(expected).any(|cell| !cell.is_empty()) {
            return Place::Broken(refusal::wrong_number_of_cells(record.len(), expected));
        }
        self.position.place(self.crs, |column| {
            let text = self.header.index(column).and_then(|index| record.get(index)).unwrap_or_default();
            (text, notation)
        })
    }
}

impl RowSource for DelimitedFile<'_> {
    fn header(&self) -> Option<&Header> {
        Some(&self.header)
    }

    fn position_fields(&self) -> Vec<(&'static str, &str)> {
        self.position.fields()
    }

    fn template(&self) -> Option<&TemplateMark> {
        self.template.as_ref()
    }

    /// Hands over every row that holds any text.
    fn each(&self, how: How, take: &mut dyn FnMut(&Row<'_>) -> Result<(), Stop>) -> Result<(), Stop> {
        let mut reader = reader(self.text, self.delimiter);
        let mut record = StringRecord::new();
        let mut number = 1;
        // The reader skips empty lines, which a spreadsheet counts; those before the header nobody counts.
        let mut end_of_last = None;
        let mut index = 0;
        while reader.read_record(&mut record).map_err(|_| self.not_csv())? {
            number += end_of_last.map_or(0, |end| empty_lines(self.text, end));
            end_of_last = Some(offset(&reader));
            let is_row = self.header_at < index && record.iter().any(|cell| !cell.is_empty());
            let is_remark = self.template.is_some() && template::is_remark(record.get(0).unwrap_or_default());
            if is_row && !is_remark {
                let place = self.place(&record, how.notation);
                let raw = Raw::Delimited { header: &self.header, record: &record };
                take(&Row::new(number, None, raw, how.words, place))?;
            }
            index += 1;
            number += 1;
        }
        Ok(())
    }
}

/// A header whose columns can be told apart.
pub(super) fn header_of(names: Vec<String>) -> Result<Header, FileError> {
    let mut seen = HashSet::new();
    if let Some(column) = names.iter().find(|name| !name.is_empty() && !seen.insert(name.to_lowercase())) {
        return Err(FileError::DuplicateColumn { column: column.clone() });
    }
    Ok(Header::new(names))
}

fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .trim(Trim::All)
        .from_reader(text.as_bytes())
}

fn offset(reader: &csv::Reader<&[u8]>) -> usize {
    usize::try_from(reader.position().byte()).unwrap_or(usize::MAX)
}

/// Counts the empty lines after the end of a record.
fn empty_lines(text: &str, end: usize) -> u32 {
    let (record, rest) = text.as_bytes().split_at_checked(end).unwrap_or_default();
    // Of a Windows line break the reader leaves the second half.
    let rest = if record.ends_with(b"\r") { rest.strip_prefix(b"\n").unwrap_or(rest) } else { rest };
    let breaks = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).filter(|byte| **byte == b'\n').count();
    u32::try_from(breaks).unwrap_or(u32::MAX)
}

/// Whichever of comma, semicolon and tab the header line has most of outside quotes; a comma at a tie.
fn delimiter(text: &str) -> u8 {
    let mut quoted = false;
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    for byte in text.trim_start_matches(['\r', '\n']).bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            _ if quoted => {}
            _ => counts.iter_mut().filter(|(delimiter, _)| *delimiter == byte).for_each(|(_, count)| *count += 1),
        }
    }
    let best = counts.iter().fold(counts[0], |best, next| if best.1 < next.1 { *next } else { best });
    best.0
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn numbers(text: &str) -> Vec<u32> {
        let file = DelimitedFile::open(text, &Mapping(BTreeMap::new()), Crs::WGS84).unwrap();
        let mut numbers = Vec::new();
        file.each(How::default(), &mut |row| {
            numbers.push(row.number);
            Ok(())
        })
        .unwrap();
        numbers
    }

    #[test]
    fn rows_are_numbered_as_a_spreadsheet_shows_them() {
        for (name, text, rows) in [
            ("plain", "lon,lat\n1,2\n3,4\n", &[2, 3][..]),
            ("without a last line break", "lon,lat\n1,2\n3,4", &[2, 3]),
            ("Windows line breaks", "lon,lat\r\n1,2\r\n3,4\r\n", &[2, 3]),
            ("empty lines", "lon,lat\n\n1,2\n\n\n3,4\n", &[3, 6]),
            ("empty lines of Windows", "lon,lat\r\n\r\n1,2\r\n\r\n3,4", &[3, 5]),
            ("cells without text", "lon,lat\n,\n1,2\n", &[3]),
            ("line breaks in a cell", "lon,lat,note\n1,2,\"a\nb\nc\"\n3,4,d\n", &[2, 3]),
        ] {
            assert_eq!(numbers(text), rows, "{name}");
        }
    }

    #[test]
    fn the_delimiter_is_the_one_that_the_header_has_most_of() {
        for (header, expected) in [
            ("lon,lat", b','),
            ("lon;lat", b';'),
            ("lon\tlat", b'\t'),
            ("\"a;b;c;d\",lat", b','),
            ("lon;lat\n1,2,3,4", b';'),
            ("single", b','),
        ] {
            assert_eq!(delimiter(header), expected, "{header}");
        }
    }
}
