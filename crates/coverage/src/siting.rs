//! Closing plans: where further stations serve the most people for the money, using first what already stands.
//!
//! This is the maximal covering problem (Church and Revelle 1974) with costs, a budget and structures that hold only so
//! many. [`greedy()`] explains each of its picks; [`exact()`] finds the optimum of the same question, so that the difference
//! between the two can be shown.

pub mod exact;
pub mod failure;
pub mod greedy;
mod heap;
pub mod outcome;
pub mod question;

pub use self::exact::{NoOptimum, exact};
pub use self::failure::{FailsTogether, fails_together};
pub use self::greedy::greedy;
pub use self::outcome::{Outcome, Pick, Rival, Totals, Unusable, Why, WhyUnusable};
pub use self::question::{Candidate, Demand, InvalidQuestion, Limits, Means, Preference, Question, Ready};

#[cfg(test)]
mod tests;
