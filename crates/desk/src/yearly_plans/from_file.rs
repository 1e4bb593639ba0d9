//! Reads a filled planned template, or any file of planned objects, as the structures of a carrier's plan.

use hatang_core::{
    AssetClass, OrganisationCode, RequestItem, Viewer,
    asset::{Asset, Layer, Lifecycle},
    case::CaseState,
};
use hatang_exchange::{ImportOptions, OwnerSource, Report, read_assets};
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::{
    desk::Desk,
    draft::extent_of,
    error::DeskError,
    import_assets::surroundings_of,
    import_planned::{crs, not_planned},
    permission::{About, Action},
};

/// What the file is.
#[derive(Clone, Debug)]
pub struct ItemsFile {
    /// Its name; the ending says its format.
    pub name: String,
    /// The class of every row.
    pub class: AssetClass,
    /// Whose plan it is.
    pub owner: OrganisationCode,
    /// The year whose plan it is for.
    pub year: u32,
    /// The reference system of the file's numbers; what the file itself declares when left out.
    pub crs: Option<String>,
}

/// What the file says, for the applicant to look at before anything is saved.
#[derive(Clone, Debug, Serialize)]
pub struct ItemsOfFile {
    /// What became of every row.
    pub report: Report,
    /// The good rows as a request: a GeoJSON collection of features.
    pub request: Value,
}

/// Reads the file; nothing is kept.
///
/// # Errors
/// [`DeskError`] when the viewer may not file for the owner, the file as a whole cannot be read, or a row is not planned.
pub fn read_items_of_file(desk: &Desk, who: &Viewer, bytes: &[u8], file: ItemsFile) -> Result<ItemsOfFile, DeskError> {
    desk.may(who, Action::FileCase, About::owner(&file.owner).in_state(CaseState::Draft.code()))?;
    let options = ImportOptions {
        crs: file.crs.as_deref().map(crs).transpose()?,
        extent: desk.read(extent_of),
        surroundings: desk.read(surroundings_of),
        ..ImportOptions::new(file.class, OwnerSource::Code(file.owner))
    };
    let import = read_assets(&file.name, bytes, &options, desk.edge.asset_ids())?;
    let items = import
        .assets
        .into_iter()
        .map(|read| Ok(RequestItem { plan_year: Some(file.year), ..RequestItem::of_planned(planned(read.asset)?) }));
    let items = items.collect::<Result<Vec<RequestItem>, DeskError>>()?;
    Ok(ItemsOfFile { report: import.report, request: request_file(&items) })
}

/// What stands belongs into the registry and not into a plan.
fn planned(object: Asset) -> Result<Asset, DeskError> {
    match object.status {
        Lifecycle::Unknown => Ok(object),
        status if status.layer() == Layer::Planned => Ok(object),
        _ => Err(not_planned(&object)),
    }
}

/// Structures as the file of a request has them.
pub(crate) fn request_file(items: &[RequestItem]) -> Value {
    let features: Vec<Value> = items.iter().map(feature).collect();
    json!({ "type": "FeatureCollection", "features": features })
}

/// A structure in the words of a request's file.
fn feature(item: &RequestItem) -> Value {
    let mut properties = match serde_json::to_value(item) {
        Ok(Value::Object(properties)) => properties,
        _ => Map::new(),
    };
    let geometry = properties.remove("shape");
    json!({ "type": "Feature", "geometry": geometry, "properties": properties })
}
