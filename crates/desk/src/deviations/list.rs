//! The deviations that somebody may know of.

use hatang_core::{
    AssetClass, AssetId, Lonlat, Metres, OrganisationCode, Registry, Territory, Viewer,
    deviation::{Deviation, DeviationAct, DeviationAnswer, DeviationKind, DeviationState},
};
use jiff::{Timestamp, civil::Date};
use serde::Serialize;
use uuid::Uuid;

use crate::{
    day::vietnam_day,
    desk::Desk,
    error::{DeskError, ErrorKind},
    permission::{About, Action, is_allowed},
    screen_request::rule_set_of,
};

/// A deviation as far as the viewer may see it.
#[derive(Clone, Debug, Serialize)]
pub struct DeviationView {
    /// Its identity.
    pub id: Uuid,
    /// Whose journal holds it.
    pub territory: Territory,
    /// How the ground differs.
    pub kind: DeviationKind,
    /// How far it has come.
    pub state: DeviationState,
    /// The asset it is about.
    pub asset: Option<AssetId>,
    /// Who must answer, or says that the object is theirs.
    pub owner: Option<OrganisationCode>,
    /// What it is, or looks like.
    pub class: Option<AssetClass>,
    /// The asset's code, where there is one.
    pub code: Option<String>,
    /// Where it stands, or where nothing was found: longitude, latitude in degrees.
    pub position: Option<Lonlat>,
    /// The 95 % radius of that position, in metres.
    pub accuracy_m: Option<Metres>,
    /// What was seen.
    pub note: Option<String>,
    /// Whose account reported it; null for the office, and for those who may not know.
    pub reported_by: Option<OrganisationCode>,
    /// When.
    pub reported_at: Timestamp,
    /// What was done about it, in order.
    pub answers: Vec<DeviationAnswer>,
    /// Until when owners may claim an unknown object before the commune keeps it; null where no rule set says so.
    pub claim_until: Option<Date>,
    /// What the viewer may do about it now.
    pub acts: Vec<DeviationAct>,
}

/// The clock that says how long owners may claim an unknown object.
const CLAIM_CLOCK: &str = "CK-CLAIM";

/// The deviations that the viewer may know of, the latest first: officials all; others what they reported, what is about
/// their own assets, and unknown objects that anybody may claim.
///
/// # Errors
/// [`DeskError`] for those who may not read any.
pub fn list_deviations(desk: &Desk, who: &Viewer) -> Result<Vec<DeviationView>, DeskError> {
    may_read(desk, who)?;
    let today = desk.today();
    Ok(desk.read(|registry| {
        let all = registry
            .territories()
            .iter()
            .flat_map(|(territory, state)| state.deviations.values().map(move |deviation| (territory, deviation)));
        let mut found: Vec<_> = all
            .filter(|(territory, deviation)| may_know(who, territory, deviation))
            .map(|(territory, deviation)| shown(registry, who, territory, deviation, today))
            .collect();
        found.sort_by_key(|deviation| std::cmp::Reverse(deviation.reported_at));
        found
    }))
}

/// One deviation.
///
/// # Errors
/// [`DeskError`] when there is none that the viewer may know of.
pub fn show_deviation(desk: &Desk, who: &Viewer, id: Uuid) -> Result<DeviationView, DeskError> {
    may_read(desk, who)?;
    let today = desk.today();
    desk.read(|registry| {
        let (territory, deviation) = found(registry, who, id)?;
        Ok(shown(registry, who, territory, deviation, today))
    })
}

/// Whoever may report may read; officials who may not report read too.
fn may_read(desk: &Desk, who: &Viewer) -> Result<(), DeskError> {
    if who.role.is_official() { Ok(()) } else { desk.may(who, Action::ReportDeviation, About::nothing()) }
}

/// A deviation that the viewer may know of.
pub(super) fn found<'a>(
    registry: &'a Registry,
    who: &Viewer,
    id: Uuid,
) -> Result<(&'a Territory, &'a Deviation), DeskError> {
    let mut all = registry.territories().iter();
    let found = all.find_map(|(territory, state)| state.deviations.get(&id).map(|deviation| (territory, deviation)));
    found.filter(|(territory, deviation)| may_know(who, territory, deviation)).ok_or_else(|| {
        DeskError::input(
            ErrorKind::NotFound,
            "not_found",
            id,
            "Không có báo sai lệch này.",
            "There is no such deviation.",
        )
    })
}

fn may_know(who: &Viewer, territory: &Territory, deviation: &Deviation) -> bool {
    let mine = |organisation: &Option<OrganisationCode>| organisation.is_some() && *organisation == who.organisation;
    let open_claim = deviation.kind == DeviationKind::UnknownObject && deviation.state == DeviationState::Notified;
    who.is_official_of(territory) || mine(&deviation.reported_by) || mine(&deviation.owner) || open_claim
}

pub(super) fn shown(
    registry: &Registry,
    who: &Viewer,
    territory: &Territory,
    deviation: &Deviation,
    today: Date,
) -> DeviationView {
    let asset = deviation.asset.and_then(|id| registry.seen_by(who).get(id));
    let knows_reporter = who.is_official_of(territory) || deviation.reported_by == who.organisation;
    DeviationView {
        id: deviation.id,
        territory: territory.clone(),
        kind: deviation.kind,
        state: deviation.state,
        asset: asset.as_ref().map(|sight| sight.asset().id),
        owner: deviation.owner.clone(),
        class: deviation.class.or_else(|| asset.as_ref().map(|sight| sight.asset().class())),
        code: asset
            .as_ref()
            .filter(|sight| !sight.is_generalised())
            .and_then(|sight| sight.asset().code.as_ref().map(ToString::to_string)),
        position: deviation.position,
        accuracy_m: deviation.accuracy_m,
        note: deviation.note.clone(),
        // Rivals must not learn who looks at whose masts.
        reported_by: deviation.reported_by.clone().filter(|_| knows_reporter),
        reported_at: deviation.reported_at,
        answers: deviation.answers.clone(),
        claim_until: claim_until(registry, deviation),
        acts: acts(registry, who, territory, deviation, today),
    }
}

/// The last day on which owners may claim, by the territory's rule set as it stood when they were told.
fn claim_until(registry: &Registry, deviation: &Deviation) -> Option<Date> {
    let told = vietnam_day(deviation.notified_at?);
    let unknown = deviation.kind == DeviationKind::UnknownObject;
    let clocks = rule_set_of(registry, None).ok().filter(|_| unknown)?.clocks_on(told);
    clocks.into_iter().find(|clock| clock.id.as_str() == CLAIM_CLOCK)?.limit?.last_day(told)
}

/// What the viewer may do about it now: what the state allows, and the permission.
pub(super) fn acts(
    registry: &Registry,
    who: &Viewer,
    territory: &Territory,
    deviation: &Deviation,
    today: Date,
) -> Vec<DeviationAct> {
    let may_be_claimed = claim_until(registry, deviation).is_some_and(|last| today <= last);
    let allowed = |act: DeviationAct| {
        let of_owner = match (&deviation.owner, act) {
            (Some(owner), _) => is_allowed(who, Action::AnswerDeviation, About::owner(owner).in_territory(territory)),
            // Whoever claims an object becomes its owner.
            (None, DeviationAct::Claim) => who
                .organisation
                .as_ref()
                .is_some_and(|own| is_allowed(who, Action::AnswerDeviation, About::owner(own).in_territory(territory))),
            (None, _) => false,
        };
        let decides = is_allowed(who, Action::DecideDeviation, About::nothing().in_territory(territory));
        match act {
            // Told at once when it is reported.
            DeviationAct::Notify => false,
            DeviationAct::Confirm | DeviationAct::Claim | DeviationAct::Correct => of_owner,
            DeviationAct::Reject => of_owner || decides,
            DeviationAct::Orphan => decides && who.organisation.is_some() && !may_be_claimed,
        }
    };
    let possible = |act: &DeviationAct| deviation.state.after(*act, deviation.kind).is_some() && allowed(*act);
    DeviationAct::ALL.iter().copied().filter(possible).collect()
}
