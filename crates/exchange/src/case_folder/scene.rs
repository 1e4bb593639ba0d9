//! A case's scene: what stands, what is planned and who waits, told apart by what each feature says of itself.

use std::collections::BTreeMap;

use hatang_core::{
    Asset, AssetClass, AssetCode, AssetId, OrganisationCode, RequestItem,
    asset::{InvalidAsset, Lifecycle},
    code_list::UnknownCode,
    plan::{Boundary, Constraint, Hamlet, Layer, Road, Zone},
    works::Works,
};

use super::{SCENE, territory};
use crate::{
    FileError, ImportOptions, OwnerSource,
    bytes::{self, DEFAULT_MAX_BYTES},
    import::read_assets,
    items::{self, Item},
    plan_feature::{constraint, hamlet, road, zone},
    refusal,
    request::{request_item, unread},
    works::works,
};

/// The words of `layer`, for whoever misspells one.
const LAYERS: [&str; 11] = [
    "waiting",
    "planned",
    "issued",
    "roads",
    "dykes",
    "canals",
    "waterways",
    "railways",
    "power_lines",
    "bridges",
    "water_pipes",
];

/// What a scene's features are sorted into.
#[derive(Debug, Default)]
pub(super) struct Parts {
    pub(super) boundary: Option<Boundary>,
    pub(super) zones: Vec<Zone>,
    pub(super) hamlets: Vec<Hamlet>,
    pub(super) roads: Vec<Road>,
    pub(super) constraints: Vec<Constraint>,
    pub(super) works: Vec<Works>,
    pub(super) assets: Vec<Asset>,
    pub(super) planned: Vec<Asset>,
    pub(super) issued: Vec<Asset>,
    pub(super) waiting: Vec<RequestItem>,
    /// The feature that first had an owner's code.
    codes: BTreeMap<(Kind, OrganisationCode, AssetClass, AssetCode), u32>,
}

/// Reads every feature of a scene, up to the first error.
pub(super) fn read(bytes: &[u8], has_plan: bool, new_id: &mut impl FnMut() -> AssetId) -> Result<Parts, FileError> {
    let text = bytes::text(bytes, DEFAULT_MAX_BYTES)?;
    let file = items::open(&text)?;
    let mut parts = Parts::default();
    let mut texts = file.texts();
    items::read_each(&file, |item| {
        let kind = Kind::of(item)?;
        if kind.is_of_a_plan() && !has_plan {
            return Err(item.error(None, None, refusal::no_plan()));
        }
        parts.put(kind, item, texts.next().unwrap_or_default(), new_id)
    })?;
    Ok(parts)
}

/// What a feature of a scene is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Zone,
    Waiting,
    Hamlet,
    Works,
    Outline,
    Road,
    Constraint(Layer),
    Planned,
    Issued,
    Standing,
}

impl Kind {
    /// The first of these that the feature says of itself.
    fn of(item: &Item<'_>) -> Result<Self, FileError> {
        let says = |field: &str| item.optional::<String>(field).map(|value| value.is_some());
        let layer: Option<String> = item.optional("layer")?;
        if says("zone")? {
            return Ok(Self::Zone);
        }
        if layer.as_deref() == Some("waiting") {
            return Ok(Self::Waiting);
        }
        for (field, kind) in [("people", Self::Hamlet), ("stage", Self::Works), ("boundary", Self::Outline)] {
            if says(field)? {
                return Ok(kind);
            }
        }
        match layer.as_deref() {
            None => Ok(Self::Standing),
            Some("planned") => Ok(Self::Planned),
            Some("issued") => Ok(Self::Issued),
            Some(word) => match word.parse::<Layer>() {
                Ok(Layer::Roads) => Ok(Self::Road),
                Ok(layer) => Ok(Self::Constraint(layer)),
                Err(_) => {
                    let unknown = UnknownCode { list: "layers of a case", value: word.to_owned(), allowed: &LAYERS };
                    Err(item.error(Some("layer"), Some(word.into()), refusal::unknown_word(&unknown)))
                }
            },
        }
    }

    const fn is_of_a_plan(self) -> bool {
        matches!(self, Self::Zone | Self::Hamlet | Self::Road | Self::Constraint(_) | Self::Planned)
    }
}

impl Parts {
    /// Sorts one feature in. `text` is the feature as the file has it.
    fn put(
        &mut self,
        kind: Kind,
        item: &Item<'_>,
        text: &str,
        new_id: &mut impl FnMut() -> AssetId,
    ) -> Result<(), FileError> {
        match kind {
            Kind::Zone => self.zones.push(zone(item)?),
            Kind::Hamlet => self.hamlets.push(hamlet(item)?),
            Kind::Road => self.roads.push(road(item)?),
            Kind::Constraint(layer) => self.constraints.push(constraint(layer, item)?),
            Kind::Works => {
                self.works.push(Works { ducts_agreed: item.optional("ducts_agreed")?, ..works(item)? });
            }
            Kind::Waiting => self.waiting.push(waiting(item)?),
            Kind::Outline => self.put_outline(item)?,
            Kind::Planned | Kind::Issued | Kind::Standing => {
                let asset = asset(item, text, new_id)?;
                self.note_code(kind, item, &asset)?;
                match kind {
                    Kind::Planned => self.planned.push(asset),
                    Kind::Issued => self.issued.push(asset),
                    _ => self.assets.push(asset),
                }
            }
        }
        Ok(())
    }

    fn put_outline(&mut self, item: &Item<'_>) -> Result<(), FileError> {
        if self.boundary.is_some() {
            return Err(item.error(Some("boundary"), None, refusal::second_outline()));
        }
        let (name, shape) = (item.required("boundary")?, item.shape(&["Polygon", "MultiPolygon"])?);
        self.boundary = Some(Boundary { code: territory(), name, shape, people: None });
        Ok(())
    }

    /// An owner's code is of one structure, among those that stand as among those that are planned.
    fn note_code(&mut self, kind: Kind, item: &Item<'_>, asset: &Asset) -> Result<(), FileError> {
        let Some(code) = &asset.code else { return Ok(()) };
        let name = (kind, asset.owner.clone(), asset.class(), code.clone());
        match self.codes.insert(name, item.number()) {
            None => Ok(()),
            Some(first) => Err(item.error(Some("code"), Some(code.as_str().into()), refusal::duplicate_code(first))),
        }
    }
}

/// A request of somebody else, read as every request is.
fn waiting(item: &Item<'_>) -> Result<RequestItem, FileError> {
    match unread(item).find(|ignored| !is_for_the_scene(&ignored.property)) {
        Some(ignored) => Err(item.error(Some(&ignored.property), None, refusal::unread_property())),
        None => request_item(item),
    }
}

/// A structure, read as a file's row is. A case says whose it is and how far it has come, and nothing that nobody
/// reads.
fn asset(item: &Item<'_>, text: &str, new_id: &mut impl FnMut() -> AssetId) -> Result<Asset, FileError> {
    let class: AssetClass = item.required("class")?;
    item.required::<OrganisationCode>("owner")?;
    item.required::<Lifecycle>("status")?;
    let options = ImportOptions::new(class, OwnerSource::Field("owner".to_owned()));
    let import = read_assets(SCENE, text.as_bytes(), &options, new_id)?;
    let unknown = refusal::unknown_column(class).message;
    let refuses = import.report.findings.into_iter().find(|finding| {
        let is_left_alone = finding.field.as_deref().is_some_and(is_for_the_scene);
        finding.row.is_some() || (finding.message == unknown && !is_left_alone)
    });
    if let Some(finding) = refuses {
        return Err(FileError::Item {
            number: item.number(),
            rule: finding.rule,
            field: finding.field,
            value: finding.value,
            message: Box::new(finding.message),
        });
    }
    let Some(read) = import.assets.into_iter().next() else { unreachable!("a row that nothing refuses is an asset") };
    match read.asset.check() {
        Ok(()) => Ok(read.asset),
        Err(error) => Err(contradiction(item, &error)),
    }
}

/// A structure whose fields cannot all be right.
fn contradiction(item: &Item<'_>, error: &InvalidAsset) -> FileError {
    let (field, refusal) = match error {
        InvalidAsset::Shape(error) => (Some("geometry"), refusal::invalid_shape(error)),
        InvalidAsset::WrongGeometry { expected, found, .. } => {
            (Some("geometry"), refusal::wrong_geometry(found, expected))
        }
        InvalidAsset::Overfull(overfull) => (None, refusal::overfull(overfull.used, overfull.total)),
        InvalidAsset::Contradiction(contradiction) => {
            (Some(contradiction.field()), refusal::contradiction(contradiction))
        }
    };
    item.error(field, None, refusal)
}

/// Properties that sort a feature, or explain it to its reader.
fn is_for_the_scene(property: &str) -> bool {
    property == "layer" || property.starts_with("note")
}
