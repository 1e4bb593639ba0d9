//! Whole-path tests: from a file to a cited answer, on both databases.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod audit;
mod cases;
mod clocks;
mod command_line;
mod coverage_plans;
mod desks;
mod kept_coverage;
mod log;
mod open_cases;
mod opinions;
mod outline;
mod plan_amendments;
mod plan_export;
mod plan_reload;
mod real_input;
mod rerating;
mod rule_area;
mod rules;
mod sample_commune;
mod served;
mod terrain;
mod undecided;
mod works;
mod yearly_plans;
