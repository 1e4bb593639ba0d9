//! Every rule set as officials read it: rules with their versions, numbers and citations, clocks, and what is not entered.

use hatang_core::{
    AssetClass, Event, Rule, RuleId, RuleSet, RuleSetCode, Severity, Shape, Stream, Territory, Text, geodesy,
    rule_set::{Citation, Clock, ClockLimit, Gate, Parameter, Standing},
};
use jiff::{Timestamp, civil::Date};
use serde::Serialize;

use crate::{desk::Desk, error::DeskError};

/// A rule set to read.
#[derive(Clone, Debug, Serialize)]
pub struct RuleSetSheet {
    /// Its code.
    pub code: RuleSetCode,
    /// Its name.
    pub title: Text,
    /// Whose rules these are.
    pub authority: String,
    /// Whether it is another province's, for showing how a filled set works.
    pub template: bool,
    /// First day on which it holds.
    pub valid_from: Option<Date>,
    /// Last day on which it holds.
    pub valid_to: Option<Date>,
    /// Whether it holds in a part of the land only.
    pub has_area: bool,
    /// How large that part is; none where it has no area.
    pub area_km2: Option<f64>,
    /// Its rules.
    pub rules: Vec<RuleSheet>,
    /// Its periods and due dates.
    pub clocks: Vec<ClockSheet>,
}

/// One rule with all its versions.
#[derive(Clone, Debug, Serialize)]
pub struct RuleSheet {
    /// Its id.
    pub id: RuleId,
    /// What it flags.
    pub name: Text,
    /// The classes of request that it judges.
    pub subjects: Vec<AssetClass>,
    /// What follows when it is not met.
    pub severity: Severity,
    /// Whose own approval answers it.
    pub gate: Option<Gate>,
    /// Rules of the same set that read the instrument otherwise.
    pub contradicts: Vec<RuleId>,
    /// The version that holds today; none when none does.
    pub in_force: Option<u32>,
    /// Every version, the newest first.
    pub versions: Vec<RuleVersion>,
}

/// One version of a rule.
#[derive(Clone, Debug, Serialize)]
pub struct RuleVersion {
    /// Its number.
    pub version: u32,
    /// First day on which it holds.
    pub valid_from: Option<Date>,
    /// Last day on which it holds.
    pub valid_to: Option<Date>,
    /// The word of its predicate.
    pub predicate: &'static str,
    /// Its numbers.
    pub parameters: Vec<Parameter>,
    /// Whether a number that it needs is not entered.
    pub is_unset: bool,
    /// The text it rests on.
    pub citation: Citation,
}

/// One period or due date with all its versions.
#[derive(Clone, Debug, Serialize)]
pub struct ClockSheet {
    /// Its id.
    pub id: RuleId,
    /// What it measures.
    pub name: Text,
    /// Clocks of the same set that say otherwise of the same matter.
    pub contradicts: Vec<RuleId>,
    /// The version that holds today; none when none does.
    pub in_force: Option<u32>,
    /// Every version, the newest first.
    pub versions: Vec<ClockVersion>,
}

/// One version of a period or due date.
#[derive(Clone, Debug, Serialize)]
pub struct ClockVersion {
    /// Its number.
    pub version: u32,
    /// First day on which it holds.
    pub valid_from: Option<Date>,
    /// Last day on which it holds.
    pub valid_to: Option<Date>,
    /// How long, or until when; none while nobody has entered it.
    pub limit: Option<ClockLimit>,
    /// By how much it may be longer.
    pub extension: Option<ClockLimit>,
    /// The text it rests on.
    pub citation: Citation,
}

/// One change of a record, as the journal keeps it.
#[derive(Clone, Debug, Serialize)]
pub struct Change {
    /// The record's version since then.
    pub version: u32,
    /// When it was recorded.
    pub at: Timestamp,
    /// Why, where an official said it.
    pub reason: Option<String>,
}

/// Every rule set, the national one first.
#[must_use]
pub fn describe_rule_sets(desk: &Desk) -> Vec<RuleSetSheet> {
    let today = desk.today();
    let mut sheets: Vec<RuleSetSheet> =
        desk.read(|registry| registry.rule_sets().values().map(|set| sheet(set, today)).collect());
    sheets.sort_by_key(|sheet| (sheet.code.as_str() != hatang_core::rule_set::NATIONAL, sheet.template));
    sheets
}

/// One rule set as it reads today.
#[must_use]
pub fn sheet(set: &RuleSet, today: Date) -> RuleSetSheet {
    let of_rule = |standing| {
        let (newest, in_force) = match standing {
            Standing::InForce(rule) => (set.newest(&rule.id).unwrap_or(rule), Some(rule.version)),
            Standing::NotInForce(rule) => (rule, None),
        };
        let mut versions: Vec<RuleVersion> =
            set.rules.iter().filter(|other| other.id == newest.id).map(version).collect();
        versions.sort_by_key(|one| std::cmp::Reverse(one.version));
        RuleSheet {
            id: newest.id.clone(),
            name: newest.name.clone(),
            subjects: newest.subjects.clone(),
            severity: newest.severity,
            gate: newest.gate.clone(),
            contradicts: newest.contradicts.clone(),
            in_force,
            versions,
        }
    };
    RuleSetSheet {
        code: set.code.clone(),
        title: set.title.clone(),
        authority: set.authority.clone(),
        template: set.template,
        valid_from: set.valid_from,
        valid_to: set.valid_to,
        has_area: set.area.is_some(),
        area_km2: set.area.as_ref().map(|area| geodesy::area_m2(area) / 1e6),
        rules: set.on(today).into_iter().map(of_rule).collect(),
        clocks: clocks(set, today),
    }
}

/// Where a rule set holds; none for one that is not known or holds wherever its authority decides.
#[must_use]
pub fn rule_set_area(desk: &Desk, code: &RuleSetCode) -> Option<Shape> {
    desk.read(|registry| registry.rule_sets().get(code)?.area.clone())
}

/// Each clock once, in the set's order, with all its versions.
fn clocks(set: &RuleSet, today: Date) -> Vec<ClockSheet> {
    let in_force = set.clocks_on(today);
    let mut sheets: Vec<ClockSheet> = Vec::new();
    for clock in &set.clocks {
        let is_new = sheets.iter().all(|sheet| sheet.id != clock.id);
        let Some(newest) = set.newest_clock(&clock.id).filter(|_| is_new) else { continue };
        let mut versions: Vec<ClockVersion> =
            set.clocks.iter().filter(|other| other.id == clock.id).map(clock_version).collect();
        versions.sort_by_key(|one| std::cmp::Reverse(one.version));
        sheets.push(ClockSheet {
            id: newest.id.clone(),
            name: newest.name.clone(),
            contradicts: newest.contradicts.clone(),
            in_force: in_force.iter().find(|one| one.id == clock.id).map(|one| one.version),
            versions,
        });
    }
    sheets
}

fn clock_version(clock: &Clock) -> ClockVersion {
    ClockVersion {
        version: clock.version,
        valid_from: clock.valid_from,
        valid_to: clock.valid_to,
        limit: clock.limit,
        extension: clock.extension,
        citation: clock.citation.clone(),
    }
}

fn version(rule: &Rule) -> RuleVersion {
    let parameters = rule.predicate.parameters();
    RuleVersion {
        version: rule.version,
        valid_from: rule.valid_from,
        valid_to: rule.valid_to,
        predicate: rule.predicate.kind(),
        is_unset: parameters.iter().any(|one| one.required && one.value.is_none()),
        parameters,
        citation: rule.citation.clone(),
    }
}

/// Every change of a rule set, the newest first.
///
/// # Errors
/// [`DeskError::Store`] when the journal cannot be read.
pub async fn rule_set_changes(desk: &Desk, code: &RuleSetCode) -> Result<Vec<Change>, DeskError> {
    changes(desk, &Territory::authority(), &Stream::RuleSet(code.clone())).await
}

/// Every change of one record, the newest first.
pub(crate) async fn changes(desk: &Desk, territory: &Territory, stream: &Stream) -> Result<Vec<Change>, DeskError> {
    let history = desk.store.history(territory, stream).await?;
    let change = |entry: hatang_store::Entry| Change {
        version: entry.version.0,
        at: entry.recorded.at,
        reason: match entry.recorded.event {
            Event::RuleSetAdopted { reason, .. }
            | Event::PlanAdopted { reason, .. }
            | Event::BoundaryAdopted { reason, .. } => reason,
            _ => None,
        },
    };
    Ok(history.into_iter().rev().map(change).collect())
}
