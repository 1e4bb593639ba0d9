//! Rules as dated data with a place and a source. Code holds only the predicates' names and parameters.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    asset::AssetClass,
    code_list::code_list,
    codes::{RuleId, RuleSetCode},
    text::Text,
    units::Metres,
};

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
    /// Its rules.
    pub rules: Vec<Rule>,
}

/// One rule: who it judges, by which predicate, and which text says so.
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
    /// The predicate with its parameters.
    pub predicate: Predicate,
    /// The text it rests on.
    pub citation: Citation,
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
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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
    /// How the text of a rule is known.
    Confidence, "confidence words" {
        /// The legal or standard text itself was read.
        Text = "TEXT",
        /// A news item or excerpt states it.
        Excerpt = "EXCERPT",
        /// Stated inside another legal text that was read.
        Cited = "CITED",
        /// Computed.
        Measured = "MEASURED",
        /// The authority's number or text has not been entered.
        Unset = "UNSET",
    }
}

code_list! {
    /// Which networks on neighbouring masts a spacing rule counts.
    SpacingBetween, "spacing counterparts" {
        /// Masts that carry a network other than the applicant's.
        OtherNetworks = "other_networks",
        /// Masts that carry the applicant's network.
        SameNetwork = "same_network",
        /// Every mast.
        AnyNetwork = "any_network",
    }
}

/// The closed set of things a rule can ask, each with its parameters. A parameter that no authority has set is `None`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Predicate {
    /// The nearest counted mast is at least this far away.
    Spacing {
        /// Which masts count.
        between: SpacingBetween,
        /// Least distance on urban land.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        urban_m: Option<Metres>,
        /// Least distance elsewhere.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        non_urban_m: Option<Metres>,
        /// Masts and requests up to this height are exempt.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        exempt_height_m: Option<Metres>,
    },
    /// The structure is designed for at least so many operators.
    DesignedFor {
        /// Least number of operators.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        operators: Option<u32>,
    },
    /// No line of the same kind already stands along the requested route.
    NoParallelLine {
        /// Lines nearer than this run along the same street. Hatang's working assumption, not a legal number.
        corridor_m: Metres,
        /// Runs shorter than this, such as crossings, do not count. Hatang's working assumption.
        shortest_run_m: Metres,
    },
}
