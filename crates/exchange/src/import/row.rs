//! One row, judged: either a draft of an asset, or findings that say why not.

use std::collections::HashMap;

use hatang_core::{
    AssetClass, AssetCode, OrganisationCode, Shape,
    asset::{Contradiction, Submitted, Tenancy},
};
use hatang_crs::Crs;

use super::{
    OrganisationSeen, OwnerSource,
    cells::{self, CellsRead, Reading},
    group::{Draft, Key},
};
use crate::{
    fields::Attributes,
    geometry::{self, Ground},
    refusal::{self, Refusal},
    report::{Findings, Severity},
    rows::{Cells, Place, Row},
    slug::slug,
    value::FieldValue,
};

/// Reads rows and remembers what must be unique in the file.
pub(super) struct RowReader<'a> {
    reading: Reading<'a>,
    ground: Ground,
    /// The row and the place that first had a code.
    codes: HashMap<(OrganisationCode, AssetCode), (u32, Key)>,
    ids: HashMap<String, u32>,
    organisations: Vec<OrganisationSeen>,
    by_name: HashMap<String, OrganisationCode>,
    rows_without_status: u32,
    rows_with_heights: u32,
}

impl<'a> RowReader<'a> {
    pub(super) fn new(reading: Reading<'a>, ground: Ground) -> Self {
        Self {
            reading,
            ground,
            codes: HashMap::new(),
            ids: HashMap::new(),
            organisations: Vec::new(),
            by_name: HashMap::new(),
            rows_without_status: 0,
            rows_with_heights: 0,
        }
    }

    /// Reads one row; `None` when it is refused. Every reason is noted, not only the first.
    pub(super) fn read(&mut self, row: &Row<'_>, findings: &mut Findings) -> Option<Draft> {
        if let Place::Broken(refusal) = &row.place {
            findings.refuse(row.number, None, None, refusal.clone());
            return None;
        }
        let CellsRead { mut attributes, network, given, is_refused } = cells::read(row, self.reading, findings);

        let mut refusals = Refusals { row: row.number, findings, any: is_refused };
        refusals.check_details(&attributes);
        self.check_id(row, &mut refusals);
        let owner = self.owner(&row.cells, &mut refusals);
        let place = self.place(row, &mut refusals);
        let (owner, (shape, submitted, key)) = (owner?, place?);
        self.check_code(&attributes, &owner, &key, &mut refusals);
        if refusals.any {
            return None;
        }
        self.rows_without_status += u32::from(attributes.status.is_none());
        let names_owner = matches!(self.reading.options.owner, OwnerSource::Field(_));
        if self.reading.options.merge_same_position && (names_owner || network.is_some()) {
            attributes.tenants.push(Tenancy { network, ..Tenancy::of(owner.clone()) });
        }
        Some(Draft {
            row: row.number,
            owner,
            attributes,
            given,
            notation: self.reading.notation,
            shape,
            submitted,
            key,
        })
    }

    /// Tells what concerns the whole file, and gives the owners that it names.
    pub(super) fn finish(self, findings: &mut Findings) -> Vec<OrganisationSeen> {
        if 0 < self.rows_without_status {
            findings.tell(Severity::Info, None, Some("status"), refusal::missing_status(self.rows_without_status));
        }
        if 0 < self.rows_with_heights {
            findings.tell(Severity::Info, None, Some("geometry"), refusal::dropped_heights(self.rows_with_heights));
        }
        self.organisations
    }

    fn check_id(&mut self, row: &Row<'_>, refusals: &mut Refusals<'_>) {
        let Some(id) = &row.id else { return };
        match self.ids.get(id) {
            Some(first) => refusals.refuse("id", Some(id), refusal::duplicate_id(*first)),
            None => {
                self.ids.insert(id.clone(), row.number);
            }
        }
    }

    /// A code is taken once it has been seen anywhere else; rows that will be merged may repeat it in their place.
    fn check_code(
        &mut self,
        attributes: &Attributes,
        owner: &OrganisationCode,
        key: &Key,
        refusals: &mut Refusals<'_>,
    ) {
        let Some(code) = &attributes.code else { return };
        let identity = (owner.clone(), code.clone());
        match self.codes.get(&identity) {
            Some((_, place)) if self.reading.options.merge_same_position && place == key => {}
            Some((first, _)) => refusals.refuse("code", Some(code.as_str()), refusal::duplicate_code(*first)),
            None if refusals.any => {}
            None => {
                self.codes.insert(identity, (refusals.row, key.clone()));
            }
        }
    }

    fn owner(&mut self, cells: &Cells<'_>, refusals: &mut Refusals<'_>) -> Option<OrganisationCode> {
        let text = cells.text(&self.reading.columns.owner);
        match &self.reading.options.owner {
            OwnerSource::Code(declared) => {
                if let Some(other) = text.filter(|text| text != declared.as_str()) {
                    refusals.refuse("owner", Some(&other), refusal::other_owner(declared.as_str()));
                }
                Some(declared.clone())
            }
            OwnerSource::Field(_) => match text {
                None => {
                    refusals.refuse("owner", None, refusal::missing_owner());
                    None
                }
                Some(name) => self.named_owner(&name, refusals),
            },
        }
    }

    fn named_owner(&mut self, name: &str, refusals: &mut Refusals<'_>) -> Option<OrganisationCode> {
        if let Some(code) = self.by_name.get(name) {
            return Some(code.clone());
        }
        let code = match slug(name) {
            empty if empty.is_empty() => Err(refusal::owner_without_letters()),
            slug => OrganisationCode::read(&slug, self.reading.notation),
        };
        let code = code.map_err(|refusal| refusals.refuse("owner", Some(name), refusal)).ok()?;
        self.by_name.insert(name.to_owned(), code.clone());
        match self.organisations.iter().find(|seen| seen.code == code) {
            Some(first) => {
                let told = refusal::names_share_a_code(code.as_str(), &first.name);
                refusals.findings.push(Severity::Warning, Some(refusals.row), Some("owner"), Some(name), told);
            }
            None => self.organisations.push(OrganisationSeen { code: code.clone(), name: name.to_owned() }),
        }
        Some(code)
    }

    fn place(&mut self, row: &Row<'_>, refusals: &mut Refusals<'_>) -> Option<(Shape, Option<Submitted>, Key)> {
        let (given, text) = match &row.place {
            Place::Given(given, text) => (given, text),
            Place::Refused { refusal, field, value } => {
                refusals.refuse(field, value.as_deref(), refusal.clone());
                return None;
            }
            Place::Broken(_) => return None,
        };
        let class = self.reading.options.class;
        if let Some(expected) = wrong_type(class, given.type_name()) {
            let value = Some(given.type_name());
            refusals.refuse("geometry", value, refusal::wrong_geometry(given.type_name(), expected));
            return None;
        }
        let shape =
            self.ground.shape(given).map_err(|(refusal, value)| refusals.refuse("geometry", value.as_deref(), refusal));
        let shape = shape.ok()?;
        self.rows_with_heights += u32::from(geometry::positions(given).any(|at| 2 < at.len()));
        let crs = self.ground.crs;
        let submitted = (crs != Crs::WGS84).then(|| Submitted {
            crs: crs.to_string(),
            coordinates: text.clone().unwrap_or_else(|| geometry::to_text(given)),
            operation: crs.operation().map(str::to_owned),
        });
        let key = if self.reading.options.merge_same_position { Key::of(given) } else { Key::default() };
        Some((shape, submitted, key))
    }
}

/// What an asset of a class must be, when it is not.
fn wrong_type(class: AssetClass, found: &str) -> Option<&'static str> {
    match found {
        "Point" if class.is_point() => None,
        "LineString" if class.is_line() => None,
        "Polygon" | "MultiPolygon" if class == AssetClass::Host => None,
        _ if class == AssetClass::Host => Some("Point, Polygon, MultiPolygon"),
        _ if class.is_line() => Some("LineString"),
        _ => Some("Point"),
    }
}

/// Notes why a row is refused.
struct Refusals<'a> {
    row: u32,
    findings: &'a mut Findings,
    any: bool,
}

impl Refusals<'_> {
    fn refuse(&mut self, field: &str, value: Option<&str>, refusal: Refusal) {
        self.findings.refuse(self.row, Some(field), value, refusal);
        self.any = true;
    }

    fn check_details(&mut self, attributes: &Attributes) {
        if let Some((occupancy, _, used_field)) = attributes.details.occupancy()
            && let Err(overfull) = occupancy.check()
        {
            let value = overfull.used.to_string();
            self.refuse(used_field, Some(&value), refusal::overfull(overfull.used, overfull.total));
        }
        if let Err(contradiction) = attributes.details.check() {
            let value = match &contradiction {
                Contradiction::SameEnds { code, .. } => Some(code.as_str()),
                _ => None,
            };
            self.refuse(contradiction.field(), value, refusal::contradiction(&contradiction));
        }
    }
}
