//! The steps of a command: shown while they run, summed up at the end.

use std::fmt;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::Result;

use crate::summary::Counts;

/// Steps that were done one after the other.
pub(crate) struct Steps {
    began: Instant,
    number: usize,
    done: Vec<Done>,
}

struct Done {
    name: &'static str,
    counts: Counts,
    took: Duration,
}

/// Whether a step held, for the steps that build on it.
#[derive(Clone, Copy)]
pub(crate) struct Held(bool);

impl Steps {
    pub(crate) fn begin() -> Self {
        Self { began: Instant::now(), number: 0, done: Vec::new() }
    }

    /// Does one step that the rest cannot do without.
    ///
    /// # Errors
    /// The step's own.
    pub(crate) fn must<T>(&mut self, name: &str, step: impl FnOnce() -> Result<T>) -> Result<T> {
        self.number += 1;
        println!("\n=== {}. {name}", self.number);
        let began = Instant::now();
        let outcome = step();
        println!("=== {name}: {}, {} in all", Elapsed(began.elapsed()), Elapsed(self.began.elapsed()));
        outcome
    }

    /// Does one check that holds or not, once those that it builds on have held.
    pub(crate) fn check(&mut self, name: &'static str, after: &[Held], check: impl FnOnce() -> Result<()>) -> Held {
        self.count(name, after, || check().map(|()| Counts { passed: 1, ..Counts::default() }))
    }

    /// Runs tests that are counted one by one, once the steps that they build on have held.
    pub(crate) fn count(&mut self, name: &'static str, after: &[Held], tests: impl FnOnce() -> Result<Counts>) -> Held {
        let began = Instant::now();
        let counts = if after.iter().all(|Held(held)| *held) {
            self.must(name, tests).unwrap_or_else(|error| {
                println!("{error:#}");
                failure(Vec::new())
            })
        } else {
            failure(vec![format!("not run: {name}, because a step before it failed")])
        };
        let held = Held(counts.failed == 0);
        self.done.push(Done { name, counts, took: began.elapsed() });
        held
    }

    /// Prints what every step came to; the last line is `N passed, N failed`.
    pub(crate) fn sum_up(self) -> ExitCode {
        let mut total = Counts::default();
        println!("\n{:28} {:>7} {:>7} {:>8} {:>12}", "step", "passed", "failed", "ignored", "time");
        for Done { name, counts, took } in self.done {
            let Counts { passed, failed, ignored, .. } = counts;
            println!("{name:28} {passed:>7} {failed:>7} {ignored:>8} {:>12}", Elapsed(took).to_string());
            total += counts;
        }
        println!("{:28} {:>37}\n", "in all", Elapsed(self.began.elapsed()).to_string());
        for line in &total.not_run {
            println!("{line}");
        }
        println!("{} passed, {} failed", total.passed, total.failed);
        if total.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

fn failure(not_run: Vec<String>) -> Counts {
    Counts { failed: 1, not_run, ..Counts::default() }
}

/// A time as people say it.
struct Elapsed(Duration);

impl fmt::Display for Elapsed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.as_secs() {
            seconds @ 60.. => write!(f, "{} min {} s", seconds / 60, seconds % 60),
            _ => write!(f, "{:.1} s", self.0.as_secs_f64()),
        }
    }
}

#[cfg(test)]
mod tests {
    use anyhow::bail;

    use super::*;

    #[test]
    fn a_step_that_builds_on_a_failed_one_is_not_run_and_counts_as_failed() {
        let mut steps = Steps::begin();
        let good = steps.check("good", &[], || Ok(()));
        let bad = steps.check("bad", &[good], || bail!("broken"));
        steps.check("after bad", &[good, bad], || panic!("must not run"));
        steps.count("tests", &[good], || Ok(Counts { passed: 7, ..Counts::default() }));

        let outcome: Vec<_> = steps.done.iter().map(|done| (done.counts.passed, done.counts.failed)).collect();
        assert_eq!(outcome, [(1, 0), (0, 1), (0, 1), (7, 0)]);
        assert_eq!(steps.done[2].counts.not_run, ["not run: after bad, because a step before it failed"]);
        assert_eq!(steps.sum_up(), ExitCode::FAILURE);
    }

    #[test]
    fn times_are_said_as_people_say_them() {
        let cases = [(340, "0.3 s"), (59_940, "59.9 s"), (60_000, "1 min 0 s"), (754_000, "12 min 34 s")];
        for (milliseconds, expected) in cases {
            assert_eq!(Elapsed(Duration::from_millis(milliseconds)).to_string(), expected);
        }
    }
}
