//! What a closing plan is asked: who is out of reach, what could serve them, and within which limits.

use hatang_core::Capacity;
use serde::{Deserialize, Serialize};

use super::outcome::{Unusable, WhyUnusable};

/// A place that is out of reach: what it counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Demand {
    /// People who live there.
    pub people: u64,
    /// Priority places there.
    pub places: u32,
    /// How many people its priority places count as, in all.
    pub places_weight: u64,
}

impl Demand {
    /// What the plan maximises the sum of.
    #[must_use]
    pub const fn weight(&self) -> u64 {
        self.people + self.places_weight
    }
}

/// How a candidate would be realised, the most preferred first.
///
/// Source: the commune's plan, shared use first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Means {
    /// The network already stands there with other equipment.
    OwnUpgrade,
    /// A free slot on a standing mast.
    FreeSlot,
    /// A roof, lamp post or pole of another sector.
    OtherSector,
    /// A new mast.
    NewMast,
}

impl Means {
    /// Every means, the most preferred first.
    pub const ALL: [Self; 4] = [Self::OwnUpgrade, Self::FreeSlot, Self::OtherSector, Self::NewMast];
}

/// One thing that could be done.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// How.
    pub means: Means,
    /// What it costs; the unit is the caller's and the same for budget and candidates.
    pub cost: u64,
    /// The structure on which it takes one place; none where it needs no place of anybody's.
    pub structure: Option<usize>,
    /// The demand that it would serve, by index.
    pub covers: Vec<usize>,
}

/// Who and what may serve whom.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Question {
    /// Everybody out of reach.
    pub demand: Vec<Demand>,
    /// Everything that could be done.
    pub candidates: Vec<Candidate>,
    /// The free places of each structure that candidates name. They are never exceeded, and what is unknown is not free.
    pub structures: Vec<Capacity>,
}

/// What a less preferred means may be justified by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Preference {
    /// A means counts only those whom no more preferred usable means could serve.
    #[default]
    InOrder,
    /// A new mast counts only those whom nothing that stands could serve.
    StandingFirst,
    /// Everybody counts; only cost tells means apart.
    CostOnly,
}

impl Preference {
    /// Means of a lower rank are justified first.
    pub(super) const fn rank(self, means: Means) -> u8 {
        match (self, means) {
            (Self::InOrder, Means::NewMast) => 3,
            (Self::InOrder, Means::OtherSector) => 2,
            (Self::InOrder, Means::FreeSlot) | (Self::StandingFirst, Means::NewMast) => 1,
            (Self::InOrder | Self::StandingFirst | Self::CostOnly, _) => 0,
        }
    }
}

/// Within which limits to plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// What may be spent in each phase; what a phase leaves is the next one's. Empty: money is no object.
    pub phases: Vec<u64>,
    /// How many candidates may be picked in all.
    pub sites: Option<usize>,
    /// Candidates that are picked in any case.
    pub forced: Vec<usize>,
    /// Candidates that are not picked in any case.
    pub forbidden: Vec<usize>,
    /// What a less preferred means may be justified by.
    pub preference: Preference,
}

impl Limits {
    /// What may be spent in all.
    #[must_use]
    pub fn budget(&self) -> Option<u64> {
        (!self.phases.is_empty()).then(|| self.phases.iter().sum())
    }
}

/// Why a question has no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidQuestion {
    /// A candidate, structure or demand that is not there.
    #[error("there is no {what} {index}")]
    Unknown {
        /// `candidate`, `structure` or `demand`.
        what: &'static str,
        /// The index as given.
        index: usize,
    },
    /// A candidate that must and must not be picked.
    #[error("candidate {candidate} is both forced and forbidden")]
    Contradiction {
        /// Its index.
        candidate: usize,
    },
    /// A forced candidate whose structure is full, or of which nobody knows whether it is.
    #[error("candidate {candidate} is forced, and its structure has no place that is known to be free")]
    ForcedWithoutRoom {
        /// Its index.
        candidate: usize,
    },
    /// What is forced exceeds the limits by itself.
    #[error("the forced candidates cost {cost} and are {sites}, which is beyond the limits")]
    ForcedBeyondLimits {
        /// What they cost together.
        cost: u64,
        /// How many they are.
        sites: usize,
    },
}

/// A question whose parts fit together, with what follows from it at once.
#[derive(Clone, Debug)]
pub struct Ready<'a> {
    /// The question.
    pub question: &'a Question,
    /// Its limits.
    pub limits: &'a Limits,
    /// What cannot be used, and why.
    pub unusable: Vec<Unusable>,
    /// The demand that justifies each candidate, by index; empty for one that cannot be used.
    pub(super) counted: Vec<Vec<usize>>,
    pub(super) usable: Vec<bool>,
}

impl<'a> Ready<'a> {
    /// Checks a question.
    ///
    /// # Errors
    /// [`InvalidQuestion`] for the first contradiction.
    pub fn new(question: &'a Question, limits: &'a Limits) -> Result<Self, InvalidQuestion> {
        let known =
            |what, index, below| if index < below { Ok(()) } else { Err(InvalidQuestion::Unknown { what, index }) };
        for candidate in &question.candidates {
            candidate.structure.map_or(Ok(()), |index| known("structure", index, question.structures.len()))?;
            candidate.covers.iter().try_for_each(|index| known("demand", *index, question.demand.len()))?;
        }
        for index in limits.forced.iter().chain(&limits.forbidden) {
            known("candidate", *index, question.candidates.len())?;
        }
        if let Some(candidate) = limits.forced.iter().copied().find(|index| limits.forbidden.contains(index)) {
            return Err(InvalidQuestion::Contradiction { candidate });
        }
        let mut ready = Self { question, limits, unusable: Vec::new(), counted: Vec::new(), usable: Vec::new() };
        ready.check_forced()?;
        ready.sort_out();
        ready.count();
        Ok(ready)
    }

    fn check_forced(&self) -> Result<(), InvalidQuestion> {
        let mut room = self.question.structures.clone();
        let mut cost = 0;
        let forced = self.forced();
        for &candidate in &forced {
            let Candidate { structure, cost: own, .. } = self.question.candidates[candidate];
            cost += own;
            if let Some(structure) = structure {
                room[structure] = match room[structure] {
                    Capacity::Known(free @ 1..) => Capacity::Known(free - 1),
                    _ => return Err(InvalidQuestion::ForcedWithoutRoom { candidate }),
                };
            }
        }
        let beyond = self.limits.budget().is_some_and(|budget| budget < cost)
            || self.limits.sites.is_some_and(|sites| sites < forced.len());
        if beyond { Err(InvalidQuestion::ForcedBeyondLimits { cost, sites: forced.len() }) } else { Ok(()) }
    }

    /// The forced candidates, each once, in order.
    pub(super) fn forced(&self) -> Vec<usize> {
        let mut forced = self.limits.forced.clone();
        forced.sort_unstable();
        forced.dedup();
        forced
    }

    fn sort_out(&mut self) {
        for (candidate, asked) in self.question.candidates.iter().enumerate() {
            let why = match asked.structure.map(|structure| self.question.structures[structure]) {
                Some(Capacity::Unknown(reason)) => Some(WhyUnusable::AskTheOwner { reason }),
                Some(Capacity::Known(0)) => Some(WhyUnusable::Full),
                _ if self.limits.forbidden.contains(&candidate) => Some(WhyUnusable::Forbidden),
                _ => None,
            };
            self.usable.push(why.is_none());
            if let Some(why) = why {
                let gain = asked.covers.iter().map(|demand| self.question.demand[*demand]).collect();
                self.unusable.push(Unusable { candidate, why, would_serve: gain });
            }
        }
    }

    fn count(&mut self) {
        let rank = |candidate: usize| self.limits.preference.rank(self.question.candidates[candidate].means);
        let mut best = vec![u8::MAX; self.question.demand.len()];
        for (candidate, asked) in self.question.candidates.iter().enumerate().filter(|(index, _)| self.usable[*index]) {
            for demand in &asked.covers {
                best[*demand] = best[*demand].min(rank(candidate));
            }
        }
        self.counted = self
            .question
            .candidates
            .iter()
            .enumerate()
            .map(|(candidate, asked)| {
                let justifies = |demand: &usize| self.usable[candidate] && rank(candidate) <= best[*demand];
                let mut counted: Vec<usize> = asked.covers.iter().copied().filter(justifies).collect();
                counted.sort_unstable();
                counted.dedup();
                counted
            })
            .collect();
    }
}
