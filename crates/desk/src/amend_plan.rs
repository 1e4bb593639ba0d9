//! Changes the plan part by part, each time as its next version with the reason: features of its layers, planned
//! objects, and what it says of itself. Its outline and rule sets have acts of their own.

mod features;
mod planned;
mod statement;

use hatang_core::{AssetClass, AssetId, Event, OrganisationCode, Shape, Stream, Version, Viewer, plan::Plan};
use hatang_store::{Entry, Expected};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value, json};

use self::features::Edit;
use crate::{
    desk::Desk,
    draft::Draft,
    error::{DeskError, ErrorKind},
    permission::{About, Action},
};

/// Fields under their names in files.
pub type Properties = Map<String, Value>;

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
///
/// A layer is named by the word of its file in a plan folder: `zones`, `hamlets`, `places`, `roads`, `dykes`, `canals`,
/// `waterways`, `railways`, `power_lines`, `bridges`, `water_pipes`. Its features have numbers, from 0, which hold for
/// the version that was seen. They are read and refused as that file is; a property that nothing reads is refused too.
///
/// The outline is no layer: it comes with a folder or a file of its own, because assets and requests hang on it.
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
        #[serde(default, deserialize_with = "or_none")]
        properties: Properties,
    },
    /// Changes what is known of a planned structure, its owner too, or where it is.
    ChangePlanned {
        /// Which.
        id: AssetId,
        /// What changes; null empties a field, what is not named stays.
        #[serde(default, deserialize_with = "or_none")]
        properties: Properties,
        /// Where it is now, if that changes.
        #[serde(default)]
        geometry: Option<Shape>,
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
    /// Adds a feature to a layer, as its last.
    AddFeature {
        /// Which layer.
        layer: String,
        /// Its properties, as in files.
        #[serde(default, deserialize_with = "or_none")]
        properties: Properties,
        /// Where it is: GeoJSON.
        geometry: Value,
    },
    /// Changes a feature's properties, or where it is, or both.
    ChangeFeature {
        /// Which layer.
        layer: String,
        /// Its number in the layer, from 0.
        number: usize,
        /// What changes; null empties a property, what is not named stays.
        #[serde(default, deserialize_with = "or_none")]
        properties: Properties,
        /// Where it is now, if that changes: GeoJSON.
        #[serde(default)]
        geometry: Option<Value>,
    },
    /// Gives up a feature. Those behind it move up by one number.
    RetireFeature {
        /// Which layer.
        layer: String,
        /// Its number in the layer, from 0.
        number: usize,
    },
    /// Adds a zone: a feature of `zones`.
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
    /// Changes what the plan says of itself.
    State {
        /// What changes, by the words of the plan's sheet: `title`, `instrument`, `valid_from`, `valid_to`,
        /// `synthetic`, `complete`, `years_issued`, `targets`. Lists are given whole; null empties a day; what is not
        /// named stays.
        says: Properties,
    },
}

/// Null is nothing, as what is left out.
fn or_none<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Properties, D::Error> {
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}

/// Changes the plan and answers with its new version.
///
/// # Errors
/// [`DeskError`] when the viewer may not, there is no plan, somebody else was faster, the act is impossible, or nothing
/// would change.
pub async fn amend_plan(desk: &Desk, who: &Viewer, change: PlanChange) -> Result<u32, DeskError> {
    desk.may(who, Action::AmendPlan, About::nothing())?;
    let PlanChange { seen_version, reason, act } = change;
    next_version(desk, who, seen_version, &reason, |plan| {
        let before = plan.clone();
        act_on(desk, who, plan, act)?;
        if *plan == before { Err(unchanged(seen_version)) } else { Ok(()) }
    })
    .await
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
    let territory = desk.home();
    let history = desk.store.history(&territory, &Stream::Plan).await?;
    let (version, before) = history.last().and_then(adopted).ok_or_else(no_plan)?;
    if version.0 != seen_version {
        return Err(DeskError::input(
            ErrorKind::Conflict,
            "plan.changed_meanwhile",
            version.0,
            "Quy hoạch đã có phiên bản mới hơn: hãy tải lại trước khi sửa.",
            "The plan has a newer version: read it before changing it.",
        ));
    }
    let mut plan = before.clone();
    change(&mut plan)?;
    let plan = plan.after(Some(before));
    let event = Event::PlanAdopted { plan: Box::new(plan), reason: Some(reason.to_owned()) };
    // From the history that was changed: whoever writes meanwhile is noticed.
    desk.append(&territory, vec![(Expected::Version(version), event)], who).await?;
    Ok(version.0 + 1)
}

fn adopted(entry: &Entry) -> Option<(Version, &Plan)> {
    match &entry.recorded.event {
        Event::PlanAdopted { plan, .. } => Some((entry.version, &**plan)),
        _ => None,
    }
}

pub(crate) fn no_plan() -> DeskError {
    DeskError::input(ErrorKind::NotFound, "plan.none", "plan", "Chưa nạp quy hoạch.", "No plan is loaded.")
}

fn act_on(desk: &Desk, who: &Viewer, plan: &mut Plan, act: PlanAct) -> Result<(), DeskError> {
    match act {
        PlanAct::AddPlanned { class, owner, geometry, properties } => {
            planned::add(desk, who, plan, Draft { class, owner, properties, geometry: json!(geometry), crs: None })
        }
        PlanAct::ChangePlanned { id, properties, geometry } => {
            planned::change(desk, who, plan, id, &properties, geometry.as_ref())
        }
        PlanAct::MovePlanned { id, geometry } => {
            planned::change(desk, who, plan, id, &Properties::new(), Some(&geometry))
        }
        PlanAct::RetirePlanned { id } => planned::retire(desk, who, plan, id),
        PlanAct::AddFeature { layer, properties, geometry } => {
            features::amend(plan, &layer, Edit::Add { properties, geometry })
        }
        PlanAct::ChangeFeature { layer, number, properties, geometry } => {
            features::amend(plan, &layer, Edit::Change { number, properties, geometry })
        }
        PlanAct::RetireFeature { layer, number } => features::amend(plan, &layer, Edit::Retire { number }),
        PlanAct::AddZone { zone, name, instrument, geometry } => {
            let fields = [("zone", Some(zone)), ("name", name), ("instrument", instrument)];
            let properties = fields.map(|(field, value)| (field.to_owned(), json!(value))).into_iter().collect();
            features::amend(plan, ZONES, Edit::Add { properties, geometry: json!(geometry) })
        }
        PlanAct::MoveZone { number, geometry } => {
            let (properties, geometry) = (Properties::new(), Some(json!(geometry)));
            features::amend(plan, ZONES, Edit::Change { number, properties, geometry })
        }
        PlanAct::RetireZone { number } => features::amend(plan, ZONES, Edit::Retire { number }),
        PlanAct::State { says } => statement::state(plan, says),
    }
}

/// The word of the layer of zones.
const ZONES: &str = "zones";

fn unchanged(version: u32) -> DeskError {
    refused(
        "plan.unchanged",
        version,
        "Không có gì thay đổi so với quy hoạch hiện tại.",
        "Nothing would change in the plan.",
    )
}

fn refused(code: &'static str, value: impl std::fmt::Display, vi: &str, en: &str) -> DeskError {
    DeskError::input(ErrorKind::BadInput, code, value, vi, en)
}
