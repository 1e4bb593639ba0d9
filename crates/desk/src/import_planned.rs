//! Brings a file of planned objects, such as a filled planned template, into the plan as its next version.

use hatang_core::{
    AssetClass, OrganisationCode, Viewer,
    asset::{Asset, Layer, Lifecycle},
    plan::Plan,
};
use hatang_exchange::{ImportOptions, OwnerSource, Report, read_assets};
use serde::Serialize;

use crate::{
    amend_plan::next_version,
    desk::Desk,
    draft::extent_of,
    error::{DeskError, ErrorKind},
    import_assets::surroundings_of,
    permission::{About, Action},
};

/// What the file is, and why its objects are planned.
#[derive(Clone, Debug)]
pub struct PlannedFile {
    /// Its name; the ending says its format.
    pub name: String,
    /// The class of every row.
    pub class: AssetClass,
    /// For whom they are planned.
    pub owner: Option<String>,
    /// The column that names for whom.
    pub owner_field: Option<String>,
    /// The reference system of the file's numbers; what the file itself declares when left out.
    pub crs: Option<String>,
    /// The version of the plan that was seen.
    pub seen_version: u32,
    /// Why; needed unless nothing is written.
    pub reason: String,
    /// Only say what would come of it.
    pub dry_run: bool,
}

/// What came of it.
#[derive(Clone, Debug, Serialize)]
pub struct PlannedImport {
    /// What became of every row.
    pub report: Report,
    /// The plan's new version; none when nothing was written.
    pub version: Option<u32>,
    /// How many objects are new in the plan.
    pub added: u32,
    /// How many are planned anew.
    pub replaced: u32,
}

/// Reads the file and writes the plan's next version with its good rows. An object whose code the plan has for the same
/// owner and class is planned anew and keeps its identity; nothing leaves the plan.
///
/// # Errors
/// [`DeskError`] when the viewer may not, the file as a whole cannot be read, an object is not planned, there is no plan, or
/// somebody else was faster.
pub async fn import_planned(
    desk: &Desk,
    who: &Viewer,
    bytes: &[u8],
    file: PlannedFile,
) -> Result<PlannedImport, DeskError> {
    desk.may(who, Action::AmendPlan, About::nothing())?;
    let options = ImportOptions {
        crs: file.crs.as_deref().map(crs).transpose()?,
        extent: desk.read(extent_of),
        surroundings: desk.read(surroundings_of),
        ..ImportOptions::new(file.class, owner_source(&file)?)
    };
    let import = read_assets(&file.name, bytes, &options, desk.edge.asset_ids())?;
    let objects = import.assets.into_iter().map(|read| planned(read.asset)).collect::<Result<Vec<_>, _>>()?;
    let known = desk.read(|registry| registry.home().and_then(|(_, state)| state.plan.clone()));
    let replaced = objects.iter().filter(|object| known.as_ref().is_some_and(|plan| of_name(plan, object).is_some()));
    let replaced = u32::try_from(replaced.count()).unwrap_or(u32::MAX);
    let added = u32::try_from(objects.len()).unwrap_or(u32::MAX) - replaced;
    let version = if file.dry_run || objects.is_empty() {
        None
    } else {
        let version = next_version(desk, who, file.seen_version, &file.reason, |plan| {
            for object in objects {
                match of_name(plan, &object) {
                    Some(number) => plan.planned[number] = Asset { id: plan.planned[number].id, ..object },
                    None => plan.planned.push(object),
                }
            }
            Ok(())
        });
        Some(version.await?)
    };
    Ok(PlannedImport { report: import.report, version, added, replaced })
}

/// Where the plan has an object of the same name.
fn of_name(plan: &Plan, object: &Asset) -> Option<usize> {
    let name = object.name()?;
    plan.planned.iter().position(|known| known.name() == Some(name))
}

/// An object that says nothing else is planned; what stands belongs into the registry.
pub(crate) fn planned(object: Asset) -> Result<Asset, DeskError> {
    match object.status {
        Lifecycle::Unknown => Ok(Asset { status: Lifecycle::Planned, ..object }),
        status if status.layer() == Layer::Planned => Ok(object),
        _ => Err(not_planned(&object)),
    }
}

pub(crate) fn not_planned(object: &Asset) -> DeskError {
    let status = object.status;
    DeskError::input(
        ErrorKind::BadInput,
        "plan.not_planned",
        object.code.as_ref().map_or_else(|| status.to_string(), |code| format!("{code}: {status}")),
        "Quy hoạch chỉ nhận công trình dự kiến hoặc quy hoạch; công trình đã có thì nhập vào sổ đăng ký.",
        "A plan takes only what is proposed or planned; what stands is imported into the registry.",
    )
}

fn owner_source(file: &PlannedFile) -> Result<OwnerSource, DeskError> {
    let wrong = |value: &str| {
        DeskError::input(
            ErrorKind::BadInput,
            "import.owner",
            value,
            "Cần đúng một chủ sở hữu hợp lệ, hoặc một cột nêu chủ sở hữu.",
            "Give exactly one valid owner, or a column that names it.",
        )
    };
    match (&file.owner, &file.owner_field) {
        (Some(owner), None) => OrganisationCode::new(owner).map(OwnerSource::Code).map_err(|_| wrong(owner)),
        (None, Some(field)) => Ok(OwnerSource::Field(field.clone())),
        _ => Err(wrong("owner")),
    }
}

pub(crate) fn crs(text: &str) -> Result<hatang_crs::Crs, DeskError> {
    text.parse().map_err(|_| {
        DeskError::input(
            ErrorKind::BadInput,
            "crs.unknown",
            text,
            "Không có hệ toạ độ này trong danh sách được hỗ trợ; viết như EPSG:9210.",
            "This is no known reference system; write it like EPSG:9210.",
        )
    })
}
