//! Which of a file's columns are read, and which nobody reads.

use std::collections::{BTreeMap, BTreeSet};

use hatang_core::AssetClass;

use super::{ImportOptions, OwnerSource};
use crate::{
    FileError, fields, refusal,
    report::{Findings, Severity},
    rows::{BothPairs, Header, Mapping, both_pairs},
};

/// Written by exports and not read back: the geometry and the other fields say the same.
const OUTPUT_ONLY: [&str; 9] = [
    "asset_id",
    "free",
    "generalised",
    "accuracy_assumed_m",
    "class",
    "replaced_by",
    "submitted_crs",
    "submitted_coordinates",
    "submitted_operation",
];
const POSITIONS: [&str; 5] = ["lon", "lat", "e", "n", "wkt"];

/// The columns of one field.
#[derive(Clone, Debug)]
pub(super) struct FieldColumns {
    pub(super) value: String,
    /// The column with the reason for an empty value.
    pub(super) reason: String,
}

/// Every column that a row may be read from.
pub(super) struct Columns {
    pub(super) fields: BTreeMap<&'static str, FieldColumns>,
    /// The owner's column, and the field that names it in messages.
    pub(super) owner: String,
    pub(super) class: String,
    pub(super) tenants: String,
    /// The network of a tenancy, where rows are merged.
    pub(super) network: Option<String>,
    positions: Vec<(String, String)>,
    /// Columns that say the place a second time.
    second: Vec<String>,
    mapped: BTreeMap<String, String>,
}

/// The columns that a file has, in its own spelling.
#[derive(Debug, Default)]
pub(super) struct Seen(BTreeSet<String>);

impl Seen {
    pub(super) fn add<'a>(&mut self, names: impl IntoIterator<Item = &'a str>) {
        for name in names {
            if !self.0.contains(name) {
                self.0.insert(name.to_owned());
            }
        }
    }

    /// The file's own spelling of a column.
    fn as_written(&self, column: &str) -> Option<&str> {
        let exact = self.0.get(column);
        exact.or_else(|| self.0.iter().find(|name| name.to_lowercase() == column)).map(String::as_str)
    }
}

impl Columns {
    pub(super) fn new(options: &ImportOptions, mapping: &Mapping) -> Result<Self, FileError> {
        let names = fields::names(options.class);
        let column = |field: &str| mapping.column(field).to_owned();
        let fields = names
            .iter()
            .map(|&field| (field, FieldColumns { value: column(field), reason: column(&format!("{field}_null")) }));
        let mut mapped = options.map.clone();
        let owner = match &options.owner {
            OwnerSource::Code(_) => column("owner"),
            OwnerSource::Field(field) => {
                mapped.insert("owner".to_owned(), field.clone());
                field.clone()
            }
        };
        // A radio station's network is a field of its own.
        let network = (options.merge_same_position && !names.contains(&"network")).then(|| column("network"));
        let columns = Self {
            fields: fields.collect(),
            owner,
            class: column("class"),
            tenants: column("tenants"),
            network,
            positions: Vec::new(),
            second: Vec::new(),
            mapped,
        };
        columns.check_named_fields()?;
        Ok(columns)
    }

    fn check_named_fields(&self) -> Result<(), FileError> {
        let mut allowed: Vec<String> = self.fields.keys().map(|field| (*field).to_owned()).collect();
        allowed.extend(["owner", "class", "tenants"].into_iter().chain(POSITIONS).map(str::to_owned));
        allowed.extend(self.network.is_some().then(|| "network".to_owned()));
        let is_allowed = |field: &str| {
            allowed.iter().any(|name| name == field)
                || field.strip_suffix("_null").is_some_and(|field| self.fields.contains_key(field))
        };
        match self.mapped.keys().find(|field| !is_allowed(field)) {
            Some(field) => Err(FileError::UnknownField { field: field.clone(), allowed }),
            None => Ok(()),
        }
    }

    /// Notes the columns that positions are read from.
    pub(super) fn positions(&mut self, positions: Vec<(&'static str, &str)>) {
        self.positions = positions.into_iter().map(|(field, column)| (field.to_owned(), column.to_owned())).collect();
    }

    /// The columns with metres and with degrees, where rows may say their place in both.
    pub(super) fn pairs(&mut self, header: Option<&Header>, mapping: &Mapping) -> Option<BothPairs> {
        let column = |field: &str| mapping.column(field).to_owned();
        let pairs = match header {
            Some(header) => both_pairs(header, mapping)?,
            None => BothPairs { degrees: [column("lon"), column("lat")], metres: [column("e"), column("n")] },
        };
        self.second = pairs.degrees.iter().chain(&pairs.metres).cloned().collect();
        Some(pairs)
    }

    /// Checks that every column that was named for a field is there.
    pub(super) fn require_named(&self, seen: &Seen) -> Result<(), FileError> {
        let absent = self.mapped.iter().find(|(_, column)| seen.as_written(column).is_none());
        absent.map_or(Ok(()), |(field, column)| {
            Err(FileError::MappedColumnAbsent {
                field: field.clone(),
                column: column.clone(),
                found: seen.0.iter().cloned().collect(),
            })
        })
    }

    /// Every field with the column it was read from.
    pub(super) fn used(&self, seen: &Seen) -> BTreeMap<String, String> {
        self.readable()
            .filter_map(|(field, column)| Some((field, seen.as_written(&column)?.to_owned())))
            .chain(self.positions.iter().cloned())
            .collect()
    }

    /// Every field that is read if its column is there.
    fn readable(&self) -> impl Iterator<Item = (String, String)> + '_ {
        let fields = self.fields.iter().flat_map(|(field, columns)| {
            [((*field).to_owned(), columns.value.clone()), (format!("{field}_null"), columns.reason.clone())]
        });
        let others =
            [("owner", Some(&self.owner)), ("tenants", Some(&self.tenants)), ("network", self.network.as_ref())];
        let others = others.into_iter().filter_map(|(field, column)| Some((field.to_owned(), column?.clone())));
        fields.chain(others)
    }

    /// Tells of columns that nobody reads.
    pub(super) fn tell_unknown(&self, seen: &Seen, class: AssetClass, findings: &mut Findings) {
        let used: BTreeSet<String> = self.used(seen).into_values().collect();
        for column in &seen.0 {
            let is_known = used.contains(column)
                || OUTPUT_ONLY.contains(&column.as_str())
                || self.class == *column
                || self.second.contains(column)
                || column.starts_with('#');
            if !is_known {
                findings.tell(Severity::Info, None, Some(column), refusal::unknown_column(class));
            }
        }
    }
}
