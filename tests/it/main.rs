//! Whole-path tests: from a file to a cited answer, on both databases.

mod audit;
mod cases;
mod command_line;
mod coverage_plans;
mod desks;
mod kept_coverage;
mod log;
mod real_input;
mod rerating;
mod rules;
mod sample_commune;
mod works;
