//! Acts on planned objects: they are read as one asset in a form is, with the same refusals.

use hatang_core::{Asset, AssetId, Fields, OrganisationCode, Shape, View, Viewer, plan::Plan, view};
use hatang_exchange::properties as properties_of;
use serde_json::json;

use super::{Properties, refused};
use crate::{
    amend_asset::laid_over,
    desk::Desk,
    draft::{Draft, extent_of},
    error::{DeskError, ErrorKind},
    import_planned::planned,
};

/// Plans another object.
pub(super) fn add(desk: &Desk, who: &Viewer, plan: &mut Plan, draft: Draft) -> Result<(), DeskError> {
    let object = planned(draft.read(AssetId(desk.edge.new_uuid()), desk.read(extent_of))?)?;
    check_name(desk, who, plan, &object)?;
    plan.planned.push(object);
    Ok(())
}

/// Changes an object's fields, or where it is, or both.
pub(super) fn change(
    desk: &Desk,
    who: &Viewer,
    plan: &mut Plan,
    id: AssetId,
    properties: &Properties,
    geometry: Option<&Shape>,
) -> Result<(), DeskError> {
    let at = position(desk, who, plan, id)?;
    let object = changed(desk, &plan.planned[at], properties, geometry)?;
    check_name(desk, who, plan, &object)?;
    plan.planned[at] = object;
    Ok(())
}

/// Gives an object up.
pub(super) fn retire(desk: &Desk, who: &Viewer, plan: &mut Plan, id: AssetId) -> Result<(), DeskError> {
    let at = position(desk, who, plan, id)?;
    plan.planned.remove(at);
    Ok(())
}

fn changed(desk: &Desk, before: &Asset, properties: &Properties, geometry: Option<&Shape>) -> Result<Asset, DeskError> {
    if properties.get("class").is_some_and(|class| *class != json!(before.class())) {
        return Err(refused(
            "plan.class_fixed",
            "class",
            "Không đổi được loại của công trình trong quy hoạch: hãy bỏ công trình này và thêm công trình khác.",
            "The class of a planned object cannot be changed: give this one up and add another.",
        ));
    }
    let draft = Draft {
        class: before.class(),
        owner: owner(before, properties)?,
        properties: laid_over(properties_of(before, Fields::ALL), properties),
        geometry: json!(geometry.unwrap_or(&before.shape)),
        crs: None,
    };
    let extent = if geometry.is_some() { desk.read(extent_of) } else { None };
    let read = draft.read(before.id, extent)?;
    // What was read back went through text; what did not change stays to its last bit.
    let (shape, submitted) = match geometry {
        Some(_) => (read.shape.clone(), read.submitted.clone()),
        None => (before.shape.clone(), before.submitted.clone()),
    };
    if properties.is_empty() {
        return Ok(Asset { shape, submitted, ..before.clone() });
    }
    let mut object = Asset { shape, submitted, ..read };
    object.keep_replacement(before);
    // What a file has brought into the plan with another status may keep it.
    if object.status == before.status { Ok(object) } else { planned(object) }
}

/// For whom the object is planned from now on.
fn owner(before: &Asset, properties: &Properties) -> Result<OrganisationCode, DeskError> {
    let Some(owner) = properties.get("owner") else { return Ok(before.owner.clone()) };
    owner.as_str().and_then(|code| OrganisationCode::new(code).ok()).ok_or_else(|| {
        refused(
            "plan.owner",
            owner,
            "Phải nêu mã của một tổ chức làm chủ sở hữu.",
            "The owner must be the code of an organisation.",
        )
    })
}

/// Two objects that others would name alike could not be told apart when a file comes again.
fn check_name(desk: &Desk, who: &Viewer, plan: &Plan, object: &Asset) -> Result<(), DeskError> {
    let Some(name) = object.name() else { return Ok(()) };
    let is_other = |other: &&Asset| other.id != object.id && other.name() == Some(name);
    if plan.planned.iter().filter(is_other).any(|other| is_shown(desk, who, other)) {
        return Err(DeskError::input(
            ErrorKind::Conflict,
            "plan.code_taken",
            name.code,
            "Quy hoạch đã có một công trình cùng chủ sở hữu, cùng loại mang mã này.",
            "The plan already has an object of this owner and class with this code.",
        ));
    }
    Ok(())
}

/// Where an object is that the viewer may know of.
fn position(desk: &Desk, who: &Viewer, plan: &Plan, id: AssetId) -> Result<usize, DeskError> {
    let is_it = |object: &Asset| object.id == id && is_shown(desk, who, object);
    plan.planned.iter().position(is_it).ok_or_else(|| {
        DeskError::input(
            ErrorKind::NotFound,
            "plan.not_there",
            id,
            "Quy hoạch không có đối tượng này.",
            "The plan holds no such object.",
        )
    })
}

fn is_shown(desk: &Desk, who: &Viewer, object: &Asset) -> bool {
    matches!(view(who, object, &desk.home()), View::Exact(_))
}
