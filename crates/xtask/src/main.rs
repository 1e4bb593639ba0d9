#![doc = include_str!("../README.md")]
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a developer reads the terminal, CI the last line")]

mod arguments;
mod chores;
mod demo;
mod fuzz;
mod needs;
mod process;
mod project;
mod stamp;
mod steps;
mod summary;
mod test;
mod web;

use std::env;
use std::process::ExitCode;

use crate::arguments::{Chosen, HELP};

fn main() -> ExitCode {
    let words: Vec<String> = env::args().skip(1).collect();
    match Chosen::parse(&words).and_then(run) {
        Ok(code) => code,
        // The developer needs the sentence, not where in this program it was made.
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(chosen: Chosen) -> anyhow::Result<ExitCode> {
    match chosen {
        Chosen::Help => println!("{HELP}"),
        Chosen::Demo { listen, shows } => demo::demo(listen, &shows)?,
        Chosen::Test => return Ok(test::test()),
        Chosen::Bench { arguments } => chores::bench(&arguments)?,
        Chosen::Openapi => chores::openapi()?,
        Chosen::SampleData => chores::sample_data()?,
        Chosen::Release => chores::release()?,
    }
    Ok(ExitCode::SUCCESS)
}
