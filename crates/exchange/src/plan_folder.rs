//! A plan folder in: what is intended in a territory, taken whole or not at all.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use hatang_core::{
    AssetId, Organisation, RuleSet, RuleSetCode, Territory, Text,
    asset::{Asset, AssetClass, Lifecycle},
    event::Boundaries,
    plan::{Boundary, Constraint, Layer, Plan, PlanVersions, Target, is_part},
    works::Works,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    FileError, ImportOptions, OwnerSource, Severity,
    boundary::boundary,
    bytes::{self, DEFAULT_MAX_BYTES},
    import::read_assets,
    items::{Item, read_items},
    plan_feature::{constraint, hamlet, place, road, zone},
    tables::{from_toml, read_organisations, read_rule_set},
    works::works,
};

/// Everything a plan folder holds.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanFolder {
    /// The code of the commune it is for.
    pub territory: Territory,
    /// The outline with its neighbours', where the folder has one.
    pub boundaries: Option<Boundaries>,
    /// The plan.
    pub plan: Plan,
    /// Planned civil works of other sectors.
    pub works: Vec<Works>,
    /// Rule sets, by file name.
    pub rule_sets: Vec<RuleSet>,
    /// Organisations that the plan names.
    pub organisations: Vec<Organisation>,
}

/// `plan.toml`.
#[derive(Debug, Serialize, Deserialize)]
struct Sheet {
    code: Territory,
    name: Option<String>,
    title_vi: String,
    title_en: String,
    instrument: String,
    valid_from: Option<Date>,
    valid_to: Option<Date>,
    #[serde(default)]
    synthetic: bool,
    population: Option<u32>,
    rule_set: RuleSetCode,
    /// Parts that hold everything there is in the territory.
    #[serde(default)]
    complete: Vec<String>,
    /// The years whose plan has been issued as a part of this one.
    #[serde(default)]
    years_issued: BTreeSet<i16>,
    #[serde(default)]
    targets: Vec<Target>,
}

/// What a plan folder holds, for whoever finds a misspelt name.
const FILES: &str = "plan.toml, boundary.geojson, neighbours.geojson, zones.geojson, hamlets.geojson, places.geojson, \
    roads.geojson, dykes.geojson, canals.geojson, waterways.geojson, railways.geojson, power_lines.geojson, \
    bridges.geojson, water_pipes.geojson, works.geojson, planned_<class>.geojson, organisations.json, \
    rules/<ruleset>.toml";

/// Reads the files of a plan folder.
///
/// # Errors
/// [`FileError::InFile`] for the first file that cannot be read, with its name.
pub fn read_plan_folder(folder: &Path, new_id: &mut impl FnMut() -> AssetId) -> Result<PlanFolder, FileError> {
    let mut files = BTreeMap::new();
    collect(folder, "", &mut files)?;
    collect(&folder.join("rules"), "rules/", &mut files)?;
    read_plan_files(&files, new_id)
}

/// Opens the files of one folder that is there; other kinds of files, such as a README, are left alone.
fn collect(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) -> Result<(), FileError> {
    if !prefix.is_empty() && !folder.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(folder).map_err(|error| FileError::unreadable(folder, &error))? {
        let path = entry.map_err(|error| FileError::unreadable(folder, &error))?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        if path.is_file() && [".toml", ".geojson", ".json"].iter().any(|ending| name.ends_with(ending)) {
            let bytes = fs::read(&path).map_err(|error| FileError::unreadable(&path, &error))?;
            files.insert(format!("{prefix}{name}"), bytes);
        }
    }
    Ok(())
}

/// Reads a plan from the contents of its files by their names within the folder.
///
/// # Errors
/// As for [`read_plan_folder`].
pub fn read_plan_files(
    files: &BTreeMap<String, Vec<u8>>,
    new_id: &mut impl FnMut() -> AssetId,
) -> Result<PlanFolder, FileError> {
    let files = Files(files);
    files.refuse_unexpected()?;
    let sheet: Sheet = files
        .with("plan.toml", |bytes| from_toml(&bytes::text(bytes, DEFAULT_MAX_BYTES)?))?
        .ok_or_else(|| FileError::Missing.in_file("plan.toml"))?;
    let plan = Plan {
        title: Text::new(sheet.title_vi.as_str(), sheet.title_en.as_str()),
        instrument: sheet.instrument.clone(),
        valid_from: sheet.valid_from,
        valid_to: sheet.valid_to,
        synthetic: sheet.synthetic,
        rule_set: sheet.rule_set.clone(),
        zones: files.features("zones.geojson", zone)?,
        hamlets: files.features("hamlets.geojson", hamlet)?,
        places: files.features("places.geojson", place)?,
        roads: files.features("roads.geojson", road)?,
        constraints: files.constraints()?,
        targets: sheet.targets.clone(),
        planned: files.planned(new_id)?,
        complete: complete(&sheet)?,
        years_issued: sheet.years_issued.clone(),
        versions: PlanVersions::default(),
    };
    Ok(PlanFolder {
        boundaries: files.boundaries(&sheet)?,
        plan,
        works: files.features("works.geojson", works)?,
        rule_sets: files.rule_sets()?,
        organisations: files.with("organisations.json", read_organisations)?.unwrap_or_default(),
        territory: sheet.code,
    })
}

struct Files<'a>(&'a BTreeMap<String, Vec<u8>>);

impl Files<'_> {
    fn with<T>(&self, name: &str, read: impl FnOnce(&[u8]) -> Result<T, FileError>) -> Result<Option<T>, FileError> {
        self.0.get(name).map(|bytes| read(bytes).map_err(|error| error.in_file(name))).transpose()
    }

    fn features<T>(&self, name: &str, read: impl Fn(&Item<'_>) -> Result<T, FileError>) -> Result<Vec<T>, FileError> {
        Ok(self.with(name, |bytes| read_items(bytes, &read))?.unwrap_or_default())
    }

    fn refuse_unexpected(&self) -> Result<(), FileError> {
        const KNOWN: [&str; 9] = [
            "plan.toml",
            "boundary.geojson",
            "neighbours.geojson",
            "zones.geojson",
            "hamlets.geojson",
            "places.geojson",
            "roads.geojson",
            "works.geojson",
            "organisations.json",
        ];
        let is_rule_set = |name: &str| name.starts_with("rules/") && name.strip_suffix(".toml").is_some();
        let is_known = |name: &str| {
            KNOWN.contains(&name) || is_rule_set(name) || planned_class(name).is_some() || layer_of(name).is_some()
        };
        match self.0.keys().find(|name| !is_known(name)) {
            Some(name) => Err(FileError::Unexpected { expected: FILES }.in_file(name)),
            None => Ok(()),
        }
    }

    fn boundaries(&self, sheet: &Sheet) -> Result<Option<Boundaries>, FileError> {
        let outlines: Vec<Boundary> = self.features("boundary.geojson", boundary)?;
        if outlines.is_empty() {
            return Ok(None);
        }
        let mut boundaries =
            crate::boundary::around(outlines, &sheet.code).map_err(|error| error.in_file("boundary.geojson"))?;
        boundaries.home.people = boundaries.home.people.or(sheet.population);
        boundaries.neighbours.extend(self.features("neighbours.geojson", boundary)?);
        Ok(Some(boundaries))
    }

    fn rule_sets(&self) -> Result<Vec<RuleSet>, FileError> {
        let names = self.0.keys().filter(|name| name.starts_with("rules/"));
        let read = |bytes: &[u8]| read_rule_set(&bytes::text(bytes, DEFAULT_MAX_BYTES)?);
        names.filter_map(|name| self.with(name, read).transpose()).collect()
    }

    fn constraints(&self) -> Result<Vec<Constraint>, FileError> {
        let mut constraints = Vec::new();
        for name in self.0.keys() {
            let Some(layer) = layer_of(name) else { continue };
            constraints.extend(self.features(name, |item| constraint(layer, item))?);
        }
        Ok(constraints)
    }

    fn planned(&self, new_id: &mut impl FnMut() -> AssetId) -> Result<Vec<Asset>, FileError> {
        let mut planned = Vec::new();
        for name in self.0.keys() {
            let Some(class) = planned_class(name) else { continue };
            planned.extend(self.with(name, |bytes| planned_assets(name, bytes, class, new_id))?.unwrap_or_default());
        }
        Ok(planned)
    }
}

/// The parts that the sheet declares complete; a word that names no part is an error, because nothing would read it.
fn complete(sheet: &Sheet) -> Result<Vec<String>, FileError> {
    match sheet.complete.iter().find(|word| !is_part(word)) {
        Some(word) => Err(FileError::UnknownKey { key: format!("complete: {word}") }.in_file("plan.toml")),
        None => Ok(sheet.complete.clone()),
    }
}

/// The layer of `<layer>.geojson`; roads have a record of their own.
fn layer_of(name: &str) -> Option<Layer> {
    name.strip_suffix(".geojson")?.parse().ok().filter(|layer| *layer != Layer::Roads)
}

/// The class of `planned_<class>.geojson`.
fn planned_class(name: &str) -> Option<AssetClass> {
    name.strip_prefix("planned_")?.strip_suffix(".geojson")?.parse().ok()
}

/// Planned objects are read like assets. One that names no status is planned.
fn planned_assets(
    name: &str,
    bytes: &[u8],
    class: AssetClass,
    new_id: &mut impl FnMut() -> AssetId,
) -> Result<Vec<Asset>, FileError> {
    let options = ImportOptions::new(class, OwnerSource::Field("owner".to_owned()));
    let import = read_assets(name, bytes, &options, new_id)?;
    if let Some(error) = import.report.findings.into_iter().find(|finding| finding.severity == Severity::Error) {
        return Err(FileError::Item {
            number: error.row.unwrap_or_default(),
            rule: error.rule,
            field: error.field,
            value: error.value,
            message: Box::new(error.message),
        });
    }
    let planned = |mut asset: Asset| {
        if asset.status == Lifecycle::Unknown {
            asset.status = Lifecycle::Planned;
        }
        asset
    };
    Ok(import.assets.into_iter().map(|read| planned(read.asset)).collect())
}
