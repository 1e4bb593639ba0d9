//! Adds, moves or retires one planned object or zone, as the plan's next version, with the reason.

use hatang_core::{
    Asset, AssetClass, AssetId, Event, OrganisationCode, Shape, Stream, Viewer,
    asset::Lifecycle,
    plan::{Plan, Zone},
};
use hatang_exchange::{ImportOptions, OwnerSource, read_assets};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    desk::{Desk, home_of},
    error::{DeskError, ErrorKind},
    permission::{About, Action},
};

/// What an official does to the plan.
#[derive(Clone, Debug, Deserialize)]
pub struct PlanChange {
    /// The version of the plan that the official has seen.
    pub seen_version: u32,
    /// Why.
    pub reason: String,
    /// What.
    #[serde(flatten)]
    pub act: PlanAct,
}

/// The acts.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum PlanAct {
    /// Plans another structure.
    AddPlanned {
        /// What kind.
        class: AssetClass,
        /// For whom.
        owner: OrganisationCode,
        /// Where.
        geometry: Shape,
        /// The fields of its class, as in files.
        #[serde(default)]
        properties: serde_json::Map<String, Value>,
    },
    /// Moves a planned structure.
    MovePlanned {
        /// Which.
        id: AssetId,
        /// Where it is now.
        geometry: Shape,
    },
    /// Gives up a planned structure.
    RetirePlanned {
        /// Which.
        id: AssetId,
    },
    /// Adds a zone.
    AddZone {
        /// What holds there.
        zone: String,
        /// Its name.
        name: Option<String>,
        /// The document that makes it a zone.
        instrument: Option<String>,
        /// Where.
        geometry: Shape,
    },
    /// Draws a zone anew.
    MoveZone {
        /// Its number in the layer, from 0.
        number: usize,
        /// Where it is now.
        geometry: Shape,
    },
    /// Gives up a zone.
    RetireZone {
        /// Its number in the layer, from 0.
        number: usize,
    },
}

/// Changes the plan and answers with its new version.
///
/// # Errors
/// [`DeskError`] when the viewer may not, there is no plan, somebody else was faster, or the act is impossible.
pub async fn amend_plan(desk: &Desk, who: &Viewer, change: PlanChange) -> Result<u32, DeskError> {
    desk.may(who, Action::AmendPlan, About::nothing())?;
    next_version(desk, who, change.seen_version, &change.reason, |plan| act(desk, plan, change.act)).await
}

/// Writes the plan's next version as a change makes it, from the version that was seen.
pub(crate) async fn next_version(
    desk: &Desk,
    who: &Viewer,
    seen_version: u32,
    reason: &str,
    change: impl FnOnce(&mut Plan) -> Result<(), DeskError>,
) -> Result<u32, DeskError> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(refused("plan.reason", "reason", "Phải nêu lý do sửa quy hoạch.", "Say why the plan is changed."));
    }
    let (territory, plan) =
        desk.read(|registry| (home_of(registry), registry.home().and_then(|(_, state)| state.plan.clone())));
    let before = plan.ok_or_else(no_plan)?;
    let history = desk.store.history(&territory, &Stream::Plan).await?;
    let version = history.last().map_or(0, |entry| entry.version.0);
    if version != seen_version {
        return Err(DeskError::input(
            ErrorKind::Conflict,
            "plan.changed_meanwhile",
            version,
            "Quy hoạch đã có phiên bản mới hơn: hãy tải lại trước khi sửa.",
            "The plan has a newer version: read it before changing it.",
        ));
    }
    let mut plan = before.clone();
    change(&mut plan)?;
    let plan = plan.after(Some(&before));
    let expected = desk.expected(&territory, &Stream::Plan).await?;
    let event = Event::PlanAdopted { plan: Box::new(plan), reason: Some(reason.to_owned()) };
    desk.append(&territory, vec![(expected, event)], who).await?;
    Ok(version + 1)
}

pub(crate) fn no_plan() -> DeskError {
    DeskError::input(ErrorKind::NotFound, "plan.none", "plan", "Chưa nạp quy hoạch.", "No plan is loaded.")
}

fn act(desk: &Desk, plan: &mut Plan, act: PlanAct) -> Result<(), DeskError> {
    match act {
        PlanAct::AddPlanned { class, owner, geometry, properties } => {
            plan.planned.push(planned(desk, class, &owner, &geometry, &properties)?);
        }
        PlanAct::MovePlanned { id, geometry } => {
            let asset = plan.planned.iter_mut().find(|asset| asset.id == id).ok_or_else(|| absent(&id))?;
            let moved = Asset { shape: geometry, submitted: None, ..asset.clone() };
            moved.check().map_err(|error| impossible(&error))?;
            *asset = moved;
        }
        PlanAct::RetirePlanned { id } => {
            let number = plan.planned.iter().position(|asset| asset.id == id).ok_or_else(|| absent(&id))?;
            plan.planned.remove(number);
        }
        PlanAct::AddZone { zone, name, instrument, geometry } => {
            check_area(&geometry)?;
            if zone.trim().is_empty() {
                return Err(refused("plan.zone", "zone", "Phải nêu loại khu vực.", "Say what holds in the zone."));
            }
            plan.zones.push(Zone { zone, name, instrument, shape: geometry });
        }
        PlanAct::MoveZone { number, geometry } => {
            check_area(&geometry)?;
            plan.zones.get_mut(number).ok_or_else(|| absent(&number))?.shape = geometry;
        }
        PlanAct::RetireZone { number } => {
            if plan.zones.len() <= number {
                return Err(absent(&number));
            }
            plan.zones.remove(number);
        }
    }
    Ok(())
}

/// A planned structure is read as files are: the same fields, the same refusals.
fn planned(
    desk: &Desk,
    class: AssetClass,
    owner: &OrganisationCode,
    geometry: &Shape,
    properties: &serde_json::Map<String, Value>,
) -> Result<Asset, DeskError> {
    let feature = json!({ "type": "Feature", "geometry": geometry, "properties": properties });
    let file = json!({ "type": "FeatureCollection", "features": [feature] }).to_string();
    let options = ImportOptions::new(class, OwnerSource::Code(owner.clone()));
    let read = read_assets("planned.geojson", file.as_bytes(), &options, &mut desk.edge.asset_ids())?;
    let refusal = read.report.findings.iter().find(|finding| finding.severity == hatang_exchange::Severity::Error);
    if let Some(refusal) = refusal {
        return Err(DeskError::input(
            ErrorKind::BadInput,
            "plan.object",
            refusal.value.as_deref().unwrap_or_default(),
            &refusal.message.vi,
            &refusal.message.en,
        ));
    }
    let Some(one) = read.assets.into_iter().next() else { return Err(absent(&class)) };
    let status = if one.asset.status == Lifecycle::Unknown { Lifecycle::Planned } else { one.asset.status };
    Ok(Asset { status, ..one.asset })
}

fn check_area(shape: &Shape) -> Result<(), DeskError> {
    shape.check().map_err(|error| impossible(&error))?;
    if shape.is_area() { Ok(()) } else { Err(impossible(&shape.kind())) }
}

fn impossible(what: &dyn std::fmt::Display) -> DeskError {
    refused("plan.geometry", what, "Hình dạng không hợp lệ.", "The geometry is not one that can stand here.")
}

fn absent(what: &dyn std::fmt::Display) -> DeskError {
    DeskError::input(
        ErrorKind::NotFound,
        "plan.not_there",
        what,
        "Quy hoạch không có đối tượng này.",
        "The plan holds no such object.",
    )
}

fn refused(code: &'static str, value: impl std::fmt::Display, vi: &str, en: &str) -> DeskError {
    DeskError::input(ErrorKind::BadInput, code, value, vi, en)
}
