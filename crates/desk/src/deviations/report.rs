//! Says that the ground differs from the registry.

use hatang_core::{
    AssetClass, AssetId, Event, Lonlat, Metres, Viewer,
    deviation::{Deviation, DeviationAct, DeviationAnswer, DeviationKind, DeviationState},
};
use hatang_store::Expected;

use super::list::{DeviationView, shown};
use crate::{
    amend_asset::not_found,
    desk::{Desk, home_of},
    draft::extent_of,
    error::{DeskError, ErrorKind},
    permission::{About, Action},
};

/// The longest note, in characters.
const LONGEST_NOTE: usize = 1_000;

/// What somebody has seen on the ground.
#[derive(Clone, Debug)]
pub struct NewDeviation {
    /// How it differs.
    pub kind: DeviationKind,
    /// The asset it is about; none for an unknown object.
    pub asset: Option<AssetId>,
    /// What an unknown object looks like.
    pub class: Option<AssetClass>,
    /// Where it stands, or where nothing was found.
    pub position: Option<Lonlat>,
    /// The 95 % radius of that position.
    pub accuracy_m: Option<Metres>,
    /// What was seen; never a person's name.
    pub note: Option<String>,
}

/// Reports a deviation. Whoever must answer is told at once: the asset's owner, or for an unknown object every owner.
///
/// # Errors
/// [`DeskError`] when the viewer may not report, or does not say what the kind of deviation needs.
pub async fn report_deviation(desk: &Desk, who: &Viewer, new: NewDeviation) -> Result<DeviationView, DeskError> {
    desk.may(who, Action::ReportDeviation, About::nothing())?;
    let (territory, owner) = about(desk, who, &new)?;
    if new.note.as_ref().is_some_and(|note| note.chars().nth(LONGEST_NOTE).is_some()) {
        return Err(DeskError::input(
            ErrorKind::BadInput,
            "deviation.note",
            LONGEST_NOTE,
            "Ghi chú dài quá 1.000 ký tự.",
            "The note is longer than 1,000 characters.",
        ));
    }
    let at = desk.edge.now();
    let reported = Deviation {
        id: desk.edge.new_uuid(),
        kind: new.kind,
        state: DeviationState::Reported,
        asset: new.asset,
        owner,
        class: new.class,
        position: new.position,
        accuracy_m: new.accuracy_m,
        note: new.note.filter(|note| !note.trim().is_empty()),
        reported_by: who.organisation.clone(),
        reported_at: at,
        notified_at: None,
        answers: Vec::new(),
    };
    let told = Deviation {
        state: DeviationState::Notified,
        notified_at: Some(at),
        answers: vec![DeviationAnswer { act: DeviationAct::Notify, by: None, at, reason: None }],
        ..reported.clone()
    };
    let event = |deviation: &Deviation| Event::DeviationRecorded { deviation: Box::new(deviation.clone()) };
    let events = vec![(Expected::New, event(&reported)), (Expected::Any, event(&told))];
    desk.append(&territory, events, who).await?;
    let today = desk.today();
    Ok(desk.read(|registry| shown(registry, who, &territory, &told, today)))
}

/// The territory, and who must answer.
fn about(
    desk: &Desk,
    who: &Viewer,
    new: &NewDeviation,
) -> Result<(hatang_core::Territory, Option<hatang_core::OrganisationCode>), DeskError> {
    let needs = |field: &str| {
        DeskError::input(
            ErrorKind::BadInput,
            "deviation.incomplete",
            field,
            "Thiếu thông tin cần cho loại sai lệch này.",
            "What this kind of deviation needs is missing.",
        )
    };
    desk.read(|registry| match (new.kind, new.asset) {
        (DeviationKind::UnknownObject, _) => {
            let at = new.position.ok_or_else(|| needs("position"))?;
            new.class.ok_or_else(|| needs("class"))?;
            let inside =
                extent_of(registry).is_none_or(|extent| extent.bbox.expanded(extent.margin.get()).contains(at));
            if inside { Ok((home_of(registry), None)) } else { Err(needs("position")) }
        }
        (_, None) => Err(needs("asset")),
        (kind, Some(id)) => {
            let sight = registry.seen_by(who).get(id).ok_or_else(|| not_found(id))?;
            if kind == DeviationKind::WrongPosition && new.position.is_none() {
                return Err(needs("position"));
            }
            Ok((sight.territory().clone(), Some(sight.asset().owner.clone())))
        }
    })
}
