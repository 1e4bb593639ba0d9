//! A screening that is kept: enough to compute the very same answer again.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{CaseId, outcome::Outcome};
use crate::{
    codes::{OrganisationCode, RuleId, RuleSetCode, Territory},
    event::Seq,
    request::RequestItem,
    visibility::{Role, Viewer},
};

/// The identity of a kept screening.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ScreeningId(pub Uuid);

impl std::fmt::Display for ScreeningId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl std::str::FromStr for ScreeningId {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

/// Through whose eyes a screening was made; the same role of the same organisation sees the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Eyes {
    /// What the viewer was.
    pub role: Role,
    /// Whom the viewer acted for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<OrganisationCode>,
    /// The one territory that the viewer answered for; every one when none is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub territory: Option<Territory>,
}

/// The two sides that screen a request: they see different things, and neither learns what only the other sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Who asks.
    Applicant,
    /// The office.
    Office,
}

impl Eyes {
    /// The eyes of a viewer.
    #[must_use]
    pub fn of(viewer: &Viewer) -> Self {
        let Viewer { role, organisation, territory, .. } = viewer.clone();
        Self { role, organisation, territory }
    }

    /// A viewer with these eyes and no account.
    #[must_use]
    pub fn viewer(&self) -> Viewer {
        let Self { role, organisation, territory } = self.clone();
        Viewer { role, organisation, territory, ..Viewer::public() }
    }

    /// Which side they belong to.
    #[must_use]
    pub const fn side(&self) -> Side {
        if self.role.is_official() { Side::Office } else { Side::Applicant }
    }
}

/// A screening with everything that it rests on. The same inputs give the same bytes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptScreening {
    /// Its identity.
    pub id: ScreeningId,
    /// The request that it judges.
    pub case: CaseId,
    /// Through whose eyes.
    pub eyes: Eyes,
    /// When it was made.
    pub at: Timestamp,
    /// How far each journal had been read.
    pub positions: BTreeMap<Territory, Seq>,
    /// The rule set that it judged by.
    pub rule_set: RuleSetCode,
    /// The version of each rule.
    pub rules: BTreeMap<RuleId, u32>,
    /// The version of the program: another one may compute or word an answer differently, and says so.
    pub program: String,
    /// What was judged; the request may have been written anew since.
    pub items: Vec<RequestItem>,
    /// The substance of the answer.
    pub outcomes: Vec<Outcome>,
    /// The answer, JSON as it was given. Not held in memory: see [`KeptScreening::without_answer`].
    pub answer: String,
}

impl KeptScreening {
    /// The same without the answer's text, which is read from the store when somebody asks for it.
    #[must_use]
    pub fn without_answer(mut self) -> Self {
        self.answer = String::new();
        self
    }
}
