//! How good each owner's data are: complete, accurate, fresh, undisputed.

use std::collections::BTreeMap;

use hatang_core::{AssetClass, OrganisationCode, Viewer, asset::Layer};
use hatang_exchange::{Completeness, completeness};
use jiff::{ToSpan as _, civil::Date, tz::TimeZone};
use serde::Serialize;

use crate::{
    desk::Desk,
    error::DeskError,
    permission::{About, Action},
};

/// One owner's line on the board.
#[derive(Clone, Debug, Serialize)]
pub struct OwnerQuality {
    /// Who.
    pub owner: OrganisationCode,
    /// How many assets it has that are not past.
    pub assets: u32,
    /// Known fields among those that apply, in percent.
    pub completeness_pct: u32,
    /// Fields by whether they are known, missing for a reason, or missing in silence.
    pub fields: Completeness,
    /// The same for each class.
    pub classes: BTreeMap<AssetClass, ClassQuality>,
    /// Positions whose accuracy is stated.
    pub accuracy_stated: u32,
    /// The middle 95 % radius of all positions, stated or assumed, in metres.
    pub accuracy_median_m: f64,
    /// Assets that nobody has surveyed or changed for more than a quarter.
    pub stale: u32,
    /// Differences from the ground that somebody still has to do something about.
    pub open_deviations: u32,
}

/// One class of one owner.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct ClassQuality {
    /// How many.
    pub assets: u32,
    /// Known fields among those that apply, in percent.
    pub completeness_pct: u32,
    /// Fields by whether they are known.
    pub fields: Completeness,
}

/// The board.
#[derive(Clone, Debug, Serialize)]
pub struct QualityBoard {
    /// The last day that still counts as fresh.
    pub fresh_since: Date,
    /// One line for each owner that the viewer may look at, by code.
    pub owners: Vec<OwnerQuality>,
}

/// Shows how good data are: an owner its own, officials everybody's.
///
/// # Errors
/// [`DeskError`] for somebody who acts for nobody.
pub async fn quality_board(desk: &Desk, who: &Viewer) -> Result<QualityBoard, DeskError> {
    let only = if desk.allows(who, Action::ReadQuality, About::nothing()) {
        None
    } else {
        let about = who.organisation.as_ref().map_or(About::nothing(), About::owner);
        desk.may(who, Action::ReadQuality, about)?;
        who.organisation.clone()
    };
    let today = desk.edge.now().to_zoned(TimeZone::UTC).date();
    // A quarter of a year: three months.
    let fresh_since = today.checked_sub(3.months()).unwrap_or(today);
    let mut changed_before = BTreeMap::new();
    for (territory, _) in desk.store.territories().await? {
        if let Some(last_old) = desk.store.last_before(&territory, fresh_since).await? {
            changed_before.insert(territory, last_old);
        }
    }
    Ok(desk.read(|registry| {
        let mut lines: BTreeMap<OrganisationCode, (OwnerQuality, Vec<f64>)> = BTreeMap::new();
        for sight in registry.seen_by(who).all() {
            let asset = sight.asset();
            let is_asked = only.as_ref().is_none_or(|own| *own == asset.owner);
            if !is_asked || asset.status.layer() == Layer::Past {
                continue;
            }
            let (line, radii) = lines.entry(asset.owner.clone()).or_insert_with(|| (empty(&asset.owner), Vec::new()));
            let (count, _) = completeness(asset);
            line.assets += 1;
            line.fields = line.fields.and(count);
            let class = line.classes.entry(asset.class()).or_default();
            class.assets += 1;
            class.fields = class.fields.and(count);
            line.accuracy_stated += u32::from(asset.survey.accuracy_m.is_some());
            radii.push(asset.survey.accuracy().radius.get());
            let written_late = changed_before.get(sight.territory()).is_none_or(|last_old| *last_old < sight.seq());
            let surveyed_late = asset.survey.surveyed_on.is_some_and(|on| fresh_since <= on);
            line.stale += u32::from(!written_late && !surveyed_late);
        }
        for deviation in registry.territories().values().flat_map(|state| state.deviations.values()) {
            if let Some(owner) = deviation.owner.as_ref().filter(|_| deviation.state.is_open())
                && let Some((line, _)) = lines.get_mut(owner)
            {
                line.open_deviations += 1;
            }
        }
        let owners = lines.into_values().map(|(line, radii)| finished(line, radii)).collect();
        QualityBoard { fresh_since, owners }
    }))
}

fn empty(owner: &OrganisationCode) -> OwnerQuality {
    OwnerQuality {
        owner: owner.clone(),
        assets: 0,
        completeness_pct: 0,
        fields: Completeness::default(),
        classes: BTreeMap::new(),
        accuracy_stated: 0,
        accuracy_median_m: 0.0,
        stale: 0,
        open_deviations: 0,
    }
}

fn finished(mut line: OwnerQuality, mut radii: Vec<f64>) -> OwnerQuality {
    line.completeness_pct = line.fields.percent();
    for class in line.classes.values_mut() {
        class.completeness_pct = class.fields.percent();
    }
    radii.sort_by(f64::total_cmp);
    line.accuracy_median_m = radii.get(radii.len() / 2).copied().unwrap_or(0.0);
    line
}
