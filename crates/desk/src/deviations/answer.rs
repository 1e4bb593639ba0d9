//! Answers a deviation: agrees, disagrees, claims, corrects, or takes an unclaimed object into the commune's keeping.

use std::collections::BTreeMap;

use hatang_core::{
    Asset, AssetId, Details, Event, Registry, Shape, Survey, Version, Viewer,
    asset::Lifecycle,
    deviation::{Deviation, DeviationAct, DeviationAnswer, DeviationKind},
};
use hatang_store::Expected;
use uuid::Uuid;

use super::list::{DeviationView, acts, found, shown};
use crate::{
    amend_asset::{not_found, reason},
    desk::Desk,
    error::{DeskError, ErrorKind},
};

/// What somebody does about a deviation.
#[derive(Clone, Debug)]
pub struct Answer {
    /// What.
    pub act: DeviationAct,
    /// Why; needed to disagree and to keep an object.
    pub reason: Option<String>,
}

/// Answers a deviation, and changes the registry where the answer does: correcting moves the asset, gives it up, or enters
/// the claimed object; keeping an object enters it as an orphan of the commune.
///
/// # Errors
/// [`DeskError`] when there is no such deviation, the viewer may not do this, or not now.
pub async fn answer_deviation(desk: &Desk, who: &Viewer, id: Uuid, answer: Answer) -> Result<DeviationView, DeskError> {
    let why = answer.reason.as_deref().map(str::trim).filter(|text| !text.is_empty());
    let why = match (why, answer.act) {
        (None, DeviationAct::Reject | DeviationAct::Orphan) => Some(reason("")?),
        (None, _) => None,
        (Some(text), _) => Some(reason(text)?),
    };
    let new_id = AssetId(desk.edge.new_uuid());
    let (at, today) = (desk.edge.now(), desk.today());
    let (territory, deviation, change) = desk.read(|registry| {
        let (territory, deviation) = found(registry, who, id)?;
        if !acts(registry, who, territory, deviation, today).contains(&answer.act) {
            return Err(not_now(deviation, answer.act));
        }
        let Some(state) = deviation.state.after(answer.act, deviation.kind) else {
            return Err(not_now(deviation, answer.act));
        };
        let mut next = Deviation { state, ..deviation.clone() };
        next.answers.push(DeviationAnswer { act: answer.act, by: who.organisation.clone(), at, reason: why.clone() });
        if answer.act == DeviationAct::Claim {
            next.owner.clone_from(&who.organisation);
        }
        let change = change(registry, who, &mut next, answer.act, new_id, why.as_deref())?;
        Ok((territory.clone(), next, change))
    })?;
    let stream = hatang_core::Stream::Deviation(id);
    let expected = desk.expected(&territory, &stream).await?;
    let mut events: Vec<(Expected, Event)> = change.into_iter().collect();
    events.push((expected, Event::DeviationRecorded { deviation: Box::new(deviation.clone()) }));
    desk.append(&territory, events, who).await?;
    Ok(desk.read(|registry| shown(registry, who, &territory, &deviation, today)))
}

/// What the answer does to the registry.
fn change(
    registry: &Registry,
    who: &Viewer,
    deviation: &mut Deviation,
    act: DeviationAct,
    new_id: AssetId,
    why: Option<&str>,
) -> Result<Option<(Expected, Event)>, DeskError> {
    match (act, deviation.kind) {
        (DeviationAct::Correct, DeviationKind::WrongPosition) => {
            let (version, mut asset) = present(registry, deviation)?;
            if let (Some(position), true) = (deviation.position, asset.class().is_point()) {
                asset.shape = Shape::Point(position);
                asset.submitted = None;
                asset.survey = Survey { accuracy_m: deviation.accuracy_m, method: None, surveyed_on: None };
            } else {
                return Err(DeskError::input(
                    ErrorKind::Conflict,
                    "deviation.by_hand",
                    asset.class(),
                    "Hãy vẽ lại tuyến này trong sổ đăng ký rồi xác nhận.",
                    "Draw this line anew in the registry.",
                ));
            }
            let reason = Some(format!("deviation {}", deviation.id));
            Ok(Some((Expected::Version(version), Event::AssetAmended { asset: Box::new(asset), reason })))
        }
        (DeviationAct::Correct, DeviationKind::NotFound) => {
            let (version, mut asset) = present(registry, deviation)?;
            asset.status = Lifecycle::Decommissioned;
            let reason = why.map_or_else(|| format!("deviation {}", deviation.id), str::to_owned);
            Ok(Some((Expected::Version(version), Event::AssetRetired { asset: Box::new(asset), reason })))
        }
        (DeviationAct::Correct, DeviationKind::UnknownObject) => enter(who, deviation, Lifecycle::Unknown, new_id),
        (DeviationAct::Orphan, _) => {
            deviation.owner.clone_from(&who.organisation);
            enter(who, deviation, Lifecycle::Orphan, new_id)
        }
        _ => Ok(None),
    }
}

/// The unknown object as an asset of whoever claims or keeps it.
fn enter(
    who: &Viewer,
    deviation: &mut Deviation,
    status: Lifecycle,
    id: AssetId,
) -> Result<Option<(Expected, Event)>, DeskError> {
    let (Some(class), Some(position)) = (deviation.class, deviation.position) else { return Ok(None) };
    let owner = deviation.owner.clone().or_else(|| who.organisation.clone());
    let Some(owner) = owner.filter(|_| class.is_point()) else {
        return Err(DeskError::input(
            ErrorKind::Conflict,
            "deviation.by_hand",
            class,
            "Hãy vẽ tuyến này trong sổ đăng ký.",
            "Draw this line in the registry.",
        ));
    };
    let asset = Asset {
        id,
        code: None,
        owner,
        manager: None,
        tenants: Vec::new(),
        status,
        shape: Shape::Point(position),
        survey: Survey { accuracy_m: deviation.accuracy_m, method: None, surveyed_on: None },
        built_on: None,
        source: Some(format!("deviation {}", deviation.id)),
        note: deviation.note.clone(),
        nulls: BTreeMap::new(),
        security_site: false,
        terms: hatang_core::asset::Terms::default(),
        submitted: None,
        replaced_by: None,
        details: Details::empty(class),
    };
    deviation.asset = Some(id);
    Ok(Some((Expected::New, Event::AssetRegistered { asset: Box::new(asset) })))
}

fn present(registry: &Registry, deviation: &Deviation) -> Result<(Version, Asset), DeskError> {
    let console = Viewer::console();
    let sight = deviation.asset.and_then(|id| registry.seen_by(&console).get(id));
    let sight = sight.ok_or_else(|| not_found(deviation.asset.unwrap_or(AssetId(deviation.id))))?;
    Ok((sight.version(), sight.asset().clone()))
}

fn not_now(deviation: &Deviation, act: DeviationAct) -> DeskError {
    DeskError::input(
        ErrorKind::Conflict,
        "deviation.act",
        format!("{act}: {}", deviation.state),
        "Bước này không thực hiện được ở trạng thái hiện tại, hoặc không thuộc quyền của bạn.",
        "This step cannot be taken in the present state, or is not yours to take.",
    )
}
