//! The cells of one row, as fields.

use std::collections::BTreeMap;

use hatang_core::{NetworkCode, NullReason, OrganisationCode, asset::Tenancy};
use serde_json::Value;

use super::{ImportOptions, columns::Columns};
use crate::{
    fields::{Attributes, FillField},
    refusal::{self, Refusal},
    report::{Findings, Severity},
    rows::Row,
    value::{self, FieldValue, Notation},
};

/// How the cells of every row of a file are read.
#[derive(Clone, Copy)]
pub(super) struct Reading<'a> {
    pub(super) options: &'a ImportOptions,
    pub(super) columns: &'a Columns,
    pub(super) notation: Notation,
}

/// What a row's cells say.
pub(super) struct CellsRead {
    pub(super) attributes: Attributes,
    /// The network of the tenancy that the row itself makes where rows are merged.
    pub(super) network: Option<NetworkCode>,
    /// The texts of all filled fields, kept only where rows are merged.
    pub(super) given: BTreeMap<&'static str, String>,
    /// Whether a cell refuses the row.
    pub(super) is_refused: bool,
}

/// Reads every field of a row but its owner and its place.
pub(super) fn read(row: &Row<'_>, reading: Reading<'_>, findings: &mut Findings) -> CellsRead {
    let (nulls, given) = (BTreeMap::new(), BTreeMap::new());
    let mut cells = CellReader { reading, row, findings, nulls, given, is_refused: false };
    let mut attributes = Attributes::empty(reading.options.class);
    attributes.fill(&mut cells);
    cells.check_class();
    let network = cells.network();
    attributes.tenants = cells.tenants();
    let CellReader { nulls, given, is_refused, .. } = cells;
    CellsRead { attributes: Attributes { nulls, ..attributes }, network, given, is_refused }
}

/// Fills fields from a row's cells.
struct CellReader<'a> {
    reading: Reading<'a>,
    row: &'a Row<'a>,
    findings: &'a mut Findings,
    nulls: BTreeMap<String, NullReason>,
    given: BTreeMap<&'static str, String>,
    is_refused: bool,
}

impl CellReader<'_> {
    fn refuse(&mut self, field: &str, value: &str, refusal: Refusal) {
        self.findings.refuse(self.row.number, Some(field), Some(value), refusal);
        self.is_refused = true;
    }

    fn read<T>(&mut self, field: &'static str, read: impl FnOnce(&str) -> Result<T, Refusal>) -> Option<T> {
        let columns = self.reading.columns.fields.get(field)?;
        let reason = self.row.cells.text(&columns.reason);
        let Some(text) = self.row.cells.text(&columns.value) else {
            if let Some(reason) = reason {
                self.null(field, &reason);
            }
            return None;
        };
        if reason.is_some() {
            self.findings.tell(Severity::Warning, Some(self.row.number), Some(field), refusal::value_and_reason(field));
        }
        match read(&text) {
            Ok(value) => {
                if self.reading.options.merge_same_position {
                    self.given.insert(field, text.into_owned());
                }
                Some(value)
            }
            Err(refusal) => {
                self.refuse(field, &text, refusal);
                None
            }
        }
    }

    fn null(&mut self, field: &'static str, reason: &str) {
        match NullReason::read(reason, self.reading.notation) {
            Ok(reason) => {
                self.nulls.insert(field.to_owned(), reason);
            }
            Err(refusal) => self.refuse(&format!("{field}_null"), reason, refusal),
        }
    }

    fn check_class(&mut self) {
        let class = self.reading.options.class;
        if let Some(text) = self.row.cells.text(&self.reading.columns.class).filter(|text| text != class.code()) {
            self.refuse("class", &text, refusal::other_class(class));
        }
    }

    /// The network of the row's own tenancy.
    fn network(&mut self) -> Option<NetworkCode> {
        let text = self.row.cells.text(self.reading.columns.network.as_ref()?)?;
        NetworkCode::read(&text, self.reading.notation).map_err(|refusal| self.refuse("network", &text, refusal)).ok()
    }

    fn tenants(&mut self) -> Vec<Tenancy> {
        let Some(text) = self.row.cells.text(&self.reading.columns.tenants) else { return Vec::new() };
        let read = match self.row.cells.json(&self.reading.columns.tenants) {
            Some(Value::Array(parts)) if parts.iter().any(Value::is_object) => {
                serde_json::from_value(Value::Array(parts.clone())).map_err(|_| refusal::not_tenants())
            }
            _ => value::list("tenants", &text, self.reading.notation)
                .map(|codes| codes.into_iter().map(occupant).collect()),
        };
        read.map_err(|refusal| self.refuse("tenants", &text, refusal)).unwrap_or_default()
    }
}

fn occupant(tenant: OrganisationCode) -> Tenancy {
    Tenancy::of(tenant)
}

impl FillField for CellReader<'_> {
    fn value<T: FieldValue>(&mut self, field: &'static str, slot: &mut Option<T>) {
        let notation = self.reading.notation;
        *slot = self.read(field, |text| value::read(field, text, notation));
    }

    fn list<T: FieldValue>(&mut self, field: &'static str, slot: &mut Vec<T>) {
        let notation = self.reading.notation;
        *slot = self.read(field, |text| value::list(field, text, notation)).unwrap_or_default();
    }
}
