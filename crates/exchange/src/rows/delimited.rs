//! Rows of delimited text.

use std::collections::HashSet;

use csv::{ReaderBuilder, StringRecord, Trim};
use geojson::{GeometryValue, Position};
use hatang_crs::Crs;

use super::{Cells, Header, Mapping, Place, Row};
use crate::{
    FileError, bytes, geometry,
    refusal::{self, Refusal},
    report::quoted,
    value::{Notation, number},
};

/// A file whose header line has been understood.
pub(crate) struct DelimitedFile<'a> {
    text: &'a str,
    delimiter: u8,
    pub(crate) header: Header,
    position: PositionColumns,
    pub(crate) notation: Notation,
}

/// The columns that say where a row is.
#[derive(Clone, Debug)]
enum PositionColumns {
    /// x and y with the names of their fields.
    Pair([(&'static str, String); 2]),
    Wkt(String),
}

impl<'a> DelimitedFile<'a> {
    pub(crate) fn open(text: &'a str, mapping: &Mapping, crs: Crs) -> Result<Self, FileError> {
        let not_csv = || FileError::NotCsv { beginning: bytes::beginning(text) };
        if text.trim_start().starts_with(['{', '[', '<']) || text.contains('\0') {
            return Err(not_csv());
        }
        let delimiter = delimiter(text);
        let names = reader(text, delimiter).headers().map_err(|_| not_csv())?.iter().map(str::to_owned).collect();
        let header = Header::new(names);
        let mut seen = HashSet::new();
        if let Some(column) = header.names.iter().find(|name| !name.is_empty() && !seen.insert(name.to_lowercase())) {
            return Err(FileError::DuplicateColumn { column: column.clone() });
        }
        let position = PositionColumns::find(&header, mapping, crs)?;
        Ok(Self { text, delimiter, header, position, notation: Notation { decimal_comma: delimiter == b';' } })
    }

    /// The fields that the position is read from, with their columns.
    pub(crate) fn position_columns(&self) -> Vec<(&'static str, &str)> {
        match &self.position {
            PositionColumns::Pair(pair) => pair.iter().map(|(field, column)| (*field, column.as_str())).collect(),
            PositionColumns::Wkt(column) => vec![("wkt", column)],
        }
    }

    /// Hands over every row that holds any text.
    pub(crate) fn each(&self, mut take: impl FnMut(&Row<'_>)) -> Result<(), FileError> {
        let mut reader = reader(self.text, self.delimiter);
        let mut record = StringRecord::new();
        let mut number = 2;
        // The reader skips empty lines, which a spreadsheet counts.
        let mut end_of_last = self.end_of_header(&mut reader)?;
        while reader.read_record(&mut record).map_err(|_| self.not_csv())? {
            number += empty_lines(self.text, end_of_last);
            end_of_last = offset(&reader);
            if record.iter().any(|cell| !cell.is_empty()) {
                let place = self.place(&record);
                take(&Row {
                    number,
                    id: None,
                    cells: Cells::Delimited { header: &self.header, record: &record },
                    place,
                });
            }
            number += 1;
        }
        Ok(())
    }

    fn end_of_header(&self, reader: &mut csv::Reader<&[u8]>) -> Result<usize, FileError> {
        reader.headers().map_err(|_| self.not_csv())?;
        Ok(offset(reader))
    }

    fn not_csv(&self) -> FileError {
        FileError::NotCsv { beginning: bytes::beginning(self.text) }
    }

    fn place(&self, record: &StringRecord) -> Place {
        let expected = self.header.names.len();
        if record.len() < expected || record.iter().skip(expected).any(|cell| !cell.is_empty()) {
            return Place::Broken(refusal::wrong_number_of_cells(record.len(), expected));
        }
        let cell = |column: &str| self.header.index(column).and_then(|index| record.get(index)).unwrap_or_default();
        match &self.position {
            PositionColumns::Pair([(x_field, x_column), (y_field, y_column)]) => {
                let (x_text, y_text) = (cell(x_column), cell(y_column));
                match (self.coordinate(x_field, x_text), self.coordinate(y_field, y_text)) {
                    (Ok(x), Ok(y)) => {
                        let coordinates = Position::from([x, y]);
                        Place::Given(GeometryValue::Point { coordinates }, Some(format!("{x_text} {y_text}")))
                    }
                    (Err(refused), _) | (_, Err(refused)) => refused,
                }
            }
            PositionColumns::Wkt(column) => {
                let text = cell(column);
                let read = if text.is_empty() { Err(refusal::missing_position()) } else { geometry::from_wkt(text) };
                match read {
                    Ok(geometry) => Place::Given(geometry, Some(text.to_owned())),
                    Err(refusal) => refused(refusal, "wkt", text),
                }
            }
        }
    }

    fn coordinate(&self, field: &'static str, text: &str) -> Result<f64, Place> {
        let missing = || if text.is_empty() { refusal::missing_position() } else { refusal::not_a_coordinate() };
        number(text, self.notation).ok_or_else(|| refused(missing(), field, text))
    }
}

fn refused(refusal: Refusal, field: &'static str, text: &str) -> Place {
    Place::Refused { refusal, field, value: (!text.is_empty()).then(|| quoted(text)) }
}

fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    ReaderBuilder::new().delimiter(delimiter).flexible(true).trim(Trim::All).from_reader(text.as_bytes())
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

impl PositionColumns {
    fn find(header: &Header, mapping: &Mapping, crs: Crs) -> Result<Self, FileError> {
        const LONLAT: [(&str, &[&str]); 2] =
            [("lon", &["lon", "longitude", "kinh_do"]), ("lat", &["lat", "latitude", "vi_do"])];
        const EAST_NORTH: [(&str, &[&str]); 2] = [("e", &["e", "easting"]), ("n", &["n", "northing"])];

        let (pair, expected) = if crs.is_projected() {
            (EAST_NORTH, "`e`, `n` / `easting`, `northing` / `wkt`")
        } else {
            (LONLAT, "`lon`, `lat` / `longitude`, `latitude` / `kinh_do`, `vi_do` / `wkt`")
        };
        let pair_is_named = pair.iter().any(|(field, _)| mapping.is_named(field));
        if !pair_is_named && (mapping.is_named("wkt") || header.index("wkt").is_some()) {
            return find_column(header, mapping, "wkt", &["wkt"])?
                .map(Self::Wkt)
                .ok_or_else(|| no_columns(header, crs, expected));
        }
        let mut columns = Vec::with_capacity(2);
        for (field, names) in pair {
            columns.extend(find_column(header, mapping, field, names)?.map(|column| (field, column)));
        }
        if let Ok(pair) = <[_; 2]>::try_from(columns) {
            return Ok(Self::Pair(pair));
        }
        if header.index("x").is_some() && header.index("y").is_some() {
            return Err(FileError::AmbiguousAxes);
        }
        Err(no_columns(header, crs, expected))
    }
}

fn no_columns(header: &Header, crs: Crs, expected: &'static str) -> FileError {
    FileError::NoPositionColumns { crs, expected, found: header.names.clone() }
}

/// The column that was named for a field, else the first of its usual names that the file has.
fn find_column(header: &Header, mapping: &Mapping, field: &str, names: &[&str]) -> Result<Option<String>, FileError> {
    if mapping.is_named(field) {
        let column = mapping.column(field);
        let absent = || FileError::MappedColumnAbsent {
            field: field.to_owned(),
            column: column.to_owned(),
            found: header.names.clone(),
        };
        return header.index(column).map(|index| Some(header.names[index].clone())).ok_or_else(absent);
    }
    Ok(names.iter().find_map(|name| header.index(name)).map(|index| header.names[index].clone()))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn numbers(text: &str) -> Vec<u32> {
        let file = DelimitedFile::open(text, &Mapping(BTreeMap::new()), Crs::WGS84).unwrap();
        let mut numbers = Vec::new();
        file.each(|row| numbers.push(row.number)).unwrap();
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
