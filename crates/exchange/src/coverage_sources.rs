//! What others say about coverage: declared zones from GeoJSON, measurements from CSV with validity rules.

use std::collections::BTreeSet;

use hatang_core::{
    BoundingBox, Lonlat, Shape, Text,
    asset::Technology,
    coverage_source::{DeclaredZone, Measurement},
};
use jiff::{
    Timestamp,
    civil::{Date, DateTime, Time},
    tz::Offset,
};
use serde::Serialize;
use serde_json::Value;

use crate::FileError;

/// A row or feature that does not count, and why.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NotCounted {
    /// As a spreadsheet counts rows, the header being the first; features are counted from 1.
    pub row: usize,
    /// The rule that it breaks.
    pub rule: &'static str,
    /// The value at fault.
    pub value: String,
    /// What is wrong.
    pub text: Text,
}

/// What came out of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Read<T> {
    /// What counts.
    pub items: Vec<T>,
    /// What does not.
    pub refused: Vec<NotCounted>,
    /// Columns or properties that were dropped unread, so that nothing about a person comes in.
    pub dropped: BTreeSet<String>,
}

/// Where and when measurements count.
#[derive(Clone, Copy, Debug)]
pub struct Validity {
    /// What was measured.
    pub technology: Technology,
    /// The territory with its margin.
    pub within: BoundingBox,
    /// The present day.
    pub today: Date,
}

/// Measurements older than this count no more. Source: FCC, mobile challenge speed tests, one year.
const OLDEST_DAYS: i64 = 365;

/// The hours of the day in which measurements count. Source: FCC, mobile challenge speed tests, 6 a.m. to 10 p.m.
const HOURS: [i8; 2] = [6, 22];

/// The worst position that still says where it was, in metres.
const ACCURACY_M: f64 = 50.0;

/// Decimals of a degree that are kept: about 11 m.
const KEPT: f64 = 1e4;

const COLUMNS: [&str; 5] = ["lon", "lat", "rsrp_dbm", "time", "accuracy_m"];

/// Vietnam keeps one time all year, seven hours ahead of UTC.
const LOCAL: Offset = Offset::constant(7);

/// Reads measurements from CSV with the columns `lon, lat, rsrp_dbm, time` and, where known, `accuracy_m`. A time that
/// names its offset from UTC, or ends in `Z`, is an instant; any other is local.
///
/// Rows that break a validity rule are listed and do not count. Every other column is dropped unread, positions are
/// rounded to about 11 m and times to the day.
///
/// # Errors
/// [`FileError`] for what is no text or has not these columns.
pub fn read_measurements(bytes: &[u8], validity: &Validity) -> Result<Read<Measurement>, FileError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|error| FileError::NotUtf8 { at: error.valid_up_to() })?;
    let semicolons = text.lines().next().is_some_and(|header| header.contains(';'));
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(if semicolons { b';' } else { b',' })
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let header: Vec<String> = reader.headers().map_err(|_| FileError::Empty)?.iter().map(str::to_lowercase).collect();
    let column = |name: &str| header.iter().position(|column| column == name);
    if let Some(name) = COLUMNS.iter().take(4).find(|name| column(name).is_none()) {
        let field = (*name).to_owned();
        return Err(FileError::MappedColumnAbsent { column: field.clone(), field, found: header });
    }
    let dropped = header.iter().filter(|name| !COLUMNS.contains(&name.as_str())).cloned().collect();
    let mut read = Read { items: Vec::new(), refused: Vec::new(), dropped };
    for (index, record) in reader.records().enumerate() {
        let record = record.map_err(|_| FileError::NotCsv { beginning: text.chars().take(40).collect() })?;
        let cell = |name: &str| column(name).and_then(|column| record.get(column)).unwrap_or_default();
        match measurement(cell, validity) {
            Ok(point) => read.items.push(point),
            Err((rule, value, text)) => read.refused.push(NotCounted { row: index + 2, rule, value, text }),
        }
    }
    Ok(read)
}

type Fault = (&'static str, String, Text);

fn measurement<'a>(cell: impl Fn(&str) -> &'a str, validity: &Validity) -> Result<Measurement, Fault> {
    let fault = |rule, name: &str, vi: &str, en: &str| (rule, cell(name).to_owned(), Text::new(vi, en));
    let number = |name: &str| cell(name).replace(',', ".").parse::<f64>().ok().filter(|number| number.is_finite());
    let position = number("lon").zip(number("lat")).and_then(|(lon, lat)| Lonlat::new(lon, lat).ok());
    let at = position.filter(|at| validity.within.contains(*at)).ok_or_else(|| {
        fault(
            "ME-POS",
            "lon",
            "Vị trí không đọc được hoặc nằm ngoài địa bàn.",
            "The position cannot be read or lies outside the territory.",
        )
    })?;
    let levels = match validity.technology {
        Technology::G5 => -156.0..=-31.0,
        _ => -140.0..=-43.0,
    };
    let rsrp_dbm = number("rsrp_dbm").filter(|level| levels.contains(level)).ok_or_else(|| {
        fault(
            "ME-LEVEL",
            "rsrp_dbm",
            "Mức thu nằm ngoài dải báo cáo của công nghệ này.",
            "The level is outside what this technology reports.",
        )
    })?;
    let (on, time) = moment(cell("time")).ok_or_else(|| {
        fault("ME-TIME", "time", "Không đọc được thời điểm đo.", "The time of measuring cannot be read.")
    })?;
    let age_days = on.until(validity.today).map_or(i64::MAX, |span| i64::from(span.get_days()));
    if !(0..=OLDEST_DAYS).contains(&age_days) {
        return Err(fault(
            "ME-AGE",
            "time",
            "Phép đo cũ hơn một năm hoặc ở tương lai.",
            "The measurement is older than a year or in the future.",
        ));
    }
    if !(HOURS[0]..HOURS[1]).contains(&time.hour()) {
        return Err(fault(
            "ME-HOUR",
            "time",
            "Phép đo ngoài khung 6 giờ đến 22 giờ.",
            "The measurement is not between 6 a.m. and 10 p.m.",
        ));
    }
    if number("accuracy_m").is_some_and(|accuracy| ACCURACY_M < accuracy) {
        return Err(fault(
            "ME-ACC",
            "accuracy_m",
            "Sai số vị trí lớn hơn 50 m.",
            "The position is known worse than 50 m.",
        ));
    }
    let rounded = |degrees: f64| (degrees * KEPT).round() / KEPT;
    let at = Lonlat::new(rounded(at.lon()), rounded(at.lat())).unwrap_or(at);
    Ok(Measurement { at, rsrp_dbm, on })
}

/// A local day and hour: `2026-11-20T09:30`, `2026-11-20 09:30:12`, or an instant such as `2026-11-20T02:30:00Z`. A day
/// without an hour is none.
fn moment(text: &str) -> Option<(Date, Time)> {
    let text = text.replacen(' ', "T", 1);
    if let Ok(instant) = text.parse::<Timestamp>() {
        let at = LOCAL.to_datetime(instant);
        return Some((at.date(), at.time()));
    }
    let at: DateTime = text.parse().ok()?;
    (10 < text.len()).then_some((at.date(), at.time()))
}

/// Reads declared zones from a GeoJSON `FeatureCollection` of areas with `zone` and, where declared, `download_mbps`.
///
/// # Errors
/// [`FileError`] for what is no such collection.
pub fn read_declared_zones(bytes: &[u8]) -> Result<Read<DeclaredZone>, FileError> {
    let value: Value =
        serde_json::from_slice(bytes).map_err(|error| FileError::NotJson { reason: error.to_string() })?;
    let features = value.get("features").and_then(Value::as_array).ok_or(FileError::Empty)?;
    let mut read = Read { items: Vec::new(), refused: Vec::new(), dropped: BTreeSet::new() };
    for (index, feature) in features.iter().enumerate() {
        let properties = feature.get("properties");
        let names = properties.and_then(Value::as_object).into_iter().flat_map(|map| map.keys());
        read.dropped.extend(names.filter(|name| !["zone", "download_mbps"].contains(&name.as_str())).cloned());
        let shape = feature.get("geometry").and_then(|geometry| serde_json::from_value::<Shape>(geometry.clone()).ok());
        match shape.filter(|shape| shape.is_area() && shape.check().is_ok()) {
            Some(shape) => read.items.push(DeclaredZone {
                zone: properties.and_then(|map| map.get("zone")).map_or_else(|| "1".to_owned(), word),
                download_mbps: properties.and_then(|map| map.get("download_mbps")).and_then(Value::as_f64),
                shape,
            }),
            None => read.refused.push(NotCounted {
                row: index + 1,
                rule: "DE-AREA",
                value: feature.pointer("/geometry/type").map_or_else(String::new, word),
                text: Text::new("Vùng khai báo phải là đa giác hợp lệ.", "A declared zone must be a valid polygon."),
            }),
        }
    }
    Ok(read)
}

fn word(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn validity() -> Validity {
        Validity {
            technology: Technology::G5,
            within: BoundingBox::around([Lonlat::new(106.4, 20.6).unwrap(), Lonlat::new(106.6, 20.8).unwrap()])
                .unwrap(),
            today: date(2026, 11, 27),
        }
    }

    #[test]
    fn rows_count_only_when_they_keep_every_validity_rule_and_nothing_else_comes_in() {
        let file = "\
lon,lat,rsrp_dbm,time,accuracy_m,imei,phone
106.481234,20.691234,-95.5,2026-11-20 09:30,8,356938035643809,0912345678
106.9,20.69,-95,2026-11-20 09:30,8,,
106.48,20.69,-20,2026-11-20 09:30,8,,
106.48,20.69,-95,yesterday,8,,
106.48,20.69,-95,2025-10-01 09:30,8,,
106.48,20.69,-95,2026-11-20 23:10,8,,
106.48,20.69,-95,2026-11-20 09:30,80,,
106.48,20.69,-95,2026-11-20,8,,
";
        let read = read_measurements(file.as_bytes(), &validity()).unwrap();
        let kept = Measurement { at: Lonlat::new(106.4812, 20.6912).unwrap(), rsrp_dbm: -95.5, on: date(2026, 11, 20) };
        assert_eq!(read.items, [kept]);
        let refused: Vec<(usize, &str)> = read.refused.iter().map(|one| (one.row, one.rule)).collect();
        assert_eq!(
            refused,
            [
                (3, "ME-POS"),
                (4, "ME-LEVEL"),
                (5, "ME-TIME"),
                (6, "ME-AGE"),
                (7, "ME-HOUR"),
                (8, "ME-ACC"),
                (9, "ME-TIME")
            ]
        );
        assert_eq!(read.dropped.into_iter().collect::<Vec<_>>(), ["imei", "phone"]);
        let without = read_measurements(b"lon,lat,level\n1,2,3\n", &validity());
        assert!(without.is_err(), "{without:?}");
    }

    #[test]
    fn a_time_with_an_offset_is_an_instant_and_counts_by_the_local_clock() {
        for (time, expected) in [
            ("2026-11-20T02:30:00Z", Ok(date(2026, 11, 20))),
            ("2026-11-20 02:30Z", Ok(date(2026, 11, 20))),
            ("2026-11-19T23:30:00Z", Ok(date(2026, 11, 20))),
            ("2026-11-20T09:30:00+07:00", Ok(date(2026, 11, 20))),
            ("2026-11-20T09:30:00Z", Ok(date(2026, 11, 20))),
            ("2026-11-20T16:30:00Z", Err("ME-HOUR")),
            ("2026-11-20T02:30:00X", Err("ME-TIME")),
        ] {
            let file = format!("lon,lat,rsrp_dbm,time\n106.48,20.69,-95,{time}\n");
            let read = read_measurements(file.as_bytes(), &validity()).unwrap();
            let seen = read.items.first().map(|point| point.on).ok_or_else(|| read.refused[0].rule);
            assert_eq!(seen, expected, "{time}");
        }
    }

    #[test]
    fn declared_zones_are_areas() {
        let file = br#"{"type":"FeatureCollection","features":[
          {"type":"Feature","properties":{"zone":"1","download_mbps":15,"contact":"x"},"geometry":{"type":"Polygon","coordinates":[[[106.4,20.6],[106.5,20.6],[106.5,20.7],[106.4,20.6]]]}},
          {"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[106.4,20.6]}}]}"#;
        let read = read_declared_zones(file).unwrap();
        assert_eq!((read.items.len(), read.items[0].zone.as_str(), read.items[0].download_mbps), (1, "1", Some(15.0)));
        assert_eq!(read.refused.iter().map(|one| (one.row, one.rule)).collect::<Vec<_>>(), [(2, "DE-AREA")]);
        assert!(read.dropped.contains("contact"));
    }
}
