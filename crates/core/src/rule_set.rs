//! Rules as dated data with a place and a source. Code holds only the predicates' names and parameters.
//!
//! A set keeps every version of each of its rules. A change never touches a version that stands: it adds the next one
//! with the first day on which it holds, so that a question about any day finds the rule of that day.

mod clock;
mod predicate;

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use self::{
    clock::{Clock, ClockLimit, InvalidLimit},
    predicate::{LandUse, Parameter, ParameterUnit, Predicate, SpacingBetween, Strip, UnknownParameter, ZoneSide},
};
use crate::{
    asset::AssetClass,
    code_list::code_list,
    codes::{RuleId, RuleSetCode},
    shape::Shape,
    text::Text,
};

/// The code of the set that holds everywhere, together with the local one.
pub const NATIONAL: &str = "national";

/// The rules of one authority.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RuleSet {
    /// Short code.
    pub code: RuleSetCode,
    /// Its name for people.
    pub title: Text,
    /// Whose rules these are.
    pub authority: String,
    /// Whether it is another province's, shipped only to show how a filled set works.
    #[serde(default)]
    pub template: bool,
    /// First day on which it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<Date>,
    /// Last day on which it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<Date>,
    /// Where it holds; wherever its authority decides when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<Shape>,
    /// Its rules, every version of each.
    pub rules: Vec<Rule>,
    /// Its periods and due dates, every version of each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clocks: Vec<Clock>,
}

/// One version of a rule: who it judges, by which predicate, and which text says so.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    /// Its id in the catalogue.
    pub id: RuleId,
    /// Counts up when an official changes it.
    pub version: u32,
    /// What it flags, for people.
    pub name: Text,
    /// The classes of request that it judges.
    pub subjects: Vec<AssetClass>,
    /// What follows when it is not met.
    pub severity: Severity,
    /// First day on which this version holds; the set's first day when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<Date>,
    /// Last day on which this version holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<Date>,
    /// The predicate with its parameters.
    pub predicate: Predicate,
    /// Whose own approval answers the rule, when it is another authority's to give.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gate: Option<Gate>,
    /// Rules of the same set that read the instrument otherwise: both findings are shown and an officer decides.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contradicts: Vec<RuleId>,
    /// The text it rests on.
    pub citation: Citation,
}

/// Another authority's own approval, or what is owed to it. The office shows it under that authority's name and never
/// gives it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gate {
    /// Who decides.
    pub authority: Text,
    /// What it gives, or is owed.
    pub approval: Text,
    /// Whether the applicant owes it to the authority, as a report, and the authority decides nothing.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub owed: bool,
    /// The clock of the set that its answer runs by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock: Option<RuleId>,
}

code_list! {
    /// What follows when a rule is not met.
    Severity, "severities" {
        /// The request cannot conform.
        Block = "block",
        /// Share an existing structure or move.
        ShareOrMove = "share_or_move",
        /// An officer should look.
        Warn = "warn",
        /// Worth knowing.
        Info = "info",
    }
}

/// Where a rule comes from and how sure that is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citation {
    /// The legal instrument or standard.
    pub instrument: String,
    /// Article, clause, point.
    pub article: String,
    /// What it says, in Vietnamese.
    pub text_vi: String,
    /// How the text is known.
    pub confidence: Confidence,
    /// The official who has compared it with the instrument; none yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reviewed_by: Option<String>,
}

code_list! {
    /// How the text of a rule is known. What nobody could verify is no entry: it is left unset.
    Confidence, "confidence words" {
        /// The legal or standard text itself was read.
        Text = "TEXT",
        /// A news item or excerpt states it.
        Excerpt = "EXCERPT",
        /// Stated inside another legal text that was read.
        Cited = "CITED",
        /// Computed.
        Measured = "MEASURED",
        /// Entered by an official together with its instrument.
        Entered = "ENTERED",
        /// The authority's number or text has not been entered.
        Unset = "UNSET",
    }
}

/// What a set says on one day by one of its rules.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Standing<'a> {
    /// This version holds.
    InForce(&'a Rule),
    /// No version holds; this is the latest of them.
    NotInForce(&'a Rule),
}

impl RuleSet {
    /// Whether the set holds on a day.
    #[must_use]
    pub fn is_in_force(&self, on: Date) -> bool {
        within(self.valid_from, self.valid_to, on)
    }

    /// Each rule once, in the set's order, as it stands on a day: of the versions that hold, the latest. `O(n log n)`.
    #[must_use]
    pub fn on(&self, day: Date) -> Vec<Standing<'_>> {
        let mut order: Vec<&RuleId> = Vec::new();
        let mut versions: BTreeMap<&RuleId, Vec<&Rule>> = BTreeMap::new();
        for rule in &self.rules {
            let of_rule = versions.entry(&rule.id).or_default();
            if of_rule.is_empty() {
                order.push(&rule.id);
            }
            of_rule.push(rule);
        }
        order.into_iter().filter_map(|id| self.latest(versions[id].iter().copied(), day)).collect()
    }

    /// The rules in force on a day that bind some kind of predicate, in the set's order: what [`RuleSet::on`] has of them,
    /// without sorting all the others. `O(n)` for each version that binds it.
    #[must_use]
    pub fn in_force_where(&self, day: Date, binds: impl Fn(&Predicate) -> bool) -> Vec<&Rule> {
        let bound = self.rules.iter().filter(|rule| binds(&rule.predicate));
        let mut found: Vec<(usize, &Rule)> = bound.filter_map(|rule| self.place_in_force(rule, day)).collect();
        found.sort_by_key(|(place, _)| *place);
        found.into_iter().map(|(_, rule)| rule).collect()
    }

    /// Where a rule has its place in the set, which is that of its first version, if this version is the one in force.
    fn place_in_force<'a>(&'a self, rule: &'a Rule, day: Date) -> Option<(usize, &'a Rule)> {
        let versions = || self.rules.iter().enumerate().filter(|(_, version)| version.id == rule.id);
        match self.latest(versions().map(|(_, version)| version), day)? {
            Standing::InForce(latest) if latest.version == rule.version => Some((versions().next()?.0, rule)),
            Standing::InForce(_) | Standing::NotInForce(_) => None,
        }
    }

    /// How a rule stands on a day, of all its versions.
    fn latest<'a>(&self, versions: impl Iterator<Item = &'a Rule> + Clone, day: Date) -> Option<Standing<'a>> {
        let holds = |rule: &&Rule| self.is_in_force(day) && within(rule.valid_from, rule.valid_to, day);
        let latest_in_force = versions.clone().filter(holds).max_by_key(|rule| rule.version);
        let latest = || versions.max_by_key(|rule| rule.version);
        latest_in_force.map(Standing::InForce).or_else(|| latest().map(Standing::NotInForce))
    }

    /// One version of a rule.
    #[must_use]
    pub fn rule(&self, id: &RuleId, version: u32) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.id == *id && rule.version == version)
    }

    /// The newest version of a rule, whether it holds yet or not.
    #[must_use]
    pub fn newest(&self, id: &RuleId) -> Option<&Rule> {
        self.rules.iter().filter(|rule| rule.id == *id).max_by_key(|rule| rule.version)
    }

    /// Adds the next version of a rule behind those that stand. Nothing that stands is changed.
    #[must_use]
    pub fn with_next_version(&self, mut rule: Rule) -> Self {
        rule.version = self.newest(&rule.id).map_or(1, |newest| newest.version + 1);
        self.clone().with_version(rule)
    }

    /// Puts a version of a rule, under its own number, behind the other versions of the rule.
    #[must_use]
    pub fn with_version(mut self, rule: Rule) -> Self {
        let after = self.rules.iter().rposition(|other| other.id == rule.id).map_or(self.rules.len(), |last| last + 1);
        self.rules.insert(after, rule);
        self
    }

    /// One version of a clock.
    #[must_use]
    pub fn clock(&self, id: &RuleId, version: u32) -> Option<&Clock> {
        self.clocks.iter().find(|clock| clock.id == *id && clock.version == version)
    }

    /// The newest version of a clock, whether it holds yet or not.
    #[must_use]
    pub fn newest_clock(&self, id: &RuleId) -> Option<&Clock> {
        self.clocks.iter().filter(|clock| clock.id == *id).max_by_key(|clock| clock.version)
    }

    /// Adds the next version of a clock behind those that stand. Nothing that stands is changed.
    #[must_use]
    pub fn with_next_clock_version(&self, mut clock: Clock) -> Self {
        clock.version = self.newest_clock(&clock.id).map_or(1, |newest| newest.version + 1);
        self.clone().with_clock_version(clock)
    }

    /// Puts a version of a clock, under its own number, behind the other versions of the clock.
    #[must_use]
    pub fn with_clock_version(mut self, clock: Clock) -> Self {
        let last = self.clocks.iter().rposition(|other| other.id == clock.id);
        self.clocks.insert(last.map_or(self.clocks.len(), |last| last + 1), clock);
        self
    }

    /// Each clock once, in the set's order, as it stands on a day; none when no version holds.
    #[must_use]
    pub fn clocks_on(&self, day: Date) -> Vec<&Clock> {
        let mut found: Vec<&Clock> = Vec::new();
        let holds = |clock: &&Clock| self.is_in_force(day) && within(clock.valid_from, clock.valid_to, day);
        for clock in self.clocks.iter().filter(holds) {
            match found.iter_mut().find(|other| other.id == clock.id) {
                Some(other) if other.version < clock.version => *other = clock,
                Some(_) => {}
                None => found.push(clock),
            }
        }
        found
    }
}

/// Whether a day lies between two days, both included; an absent day bounds nothing.
fn within(from: Option<Date>, to: Option<Date>, day: Date) -> bool {
    from.is_none_or(|from| from <= day) && to.is_none_or(|to| day <= to)
}

#[cfg(test)]
mod tests;
