//! `cargo xtask test`: everything that must hold.

use std::process::{Command, ExitCode};

use anyhow::{Context as _, Result};
use hatang_testkit::TemporaryPostgres;

use crate::process::{cargo, npm, run};
use crate::project::{self, FEATURES};
use crate::steps::Steps;
use crate::summary::{self, Counts, count};
use crate::{fuzz, needs, web};

/// Runs every check and test, also after one has failed, and sums them up.
pub(crate) fn test() -> ExitCode {
    let mut steps = Steps::begin();
    let ready = steps.check("what this machine needs", &[], || {
        needs::node()?;
        needs::rust_components()?;
        needs::satisfy(&[needs::LIBPROJ, needs::POSTGRES, needs::GDAL, needs::CHROMIUM, needs::PYTHON])
    });
    steps.check("formatting", &[ready], || run(&mut cargo(["fmt", "--all", "--check"])));

    let packages = steps.check("web packages", &[ready], || web::install(&project::web()));
    steps.check("web types and lints", &[packages], || run(&mut npm(&project::web(), &["run", "check"])));
    steps.count("web tests", &[packages], || count(&mut npm(&project::web(), &["test"]), summary::vitest));
    let app = steps.check("web app", &[packages], web::build);

    // The same packages, features and profile from here on: everything is compiled once and checked once.
    steps.check("lints", &[ready], || run(workspace("clippy").args(["--all-targets", "--", "-D", "warnings"])));
    let built = steps.check("build", &[ready], || run(workspace("build").args(["--bins", "--tests"])));
    steps.count("Rust tests", &[built], rust_tests);
    steps
        .check("documentation", &[ready], || run(workspace("doc").arg("--no-deps").env("RUSTDOCFLAGS", "-D warnings")));

    let browser = steps.check("browser test packages", &[ready], || web::install(&project::browser_tests()));
    steps.count("browser tests", &[app, built, browser], browser_tests);
    let fuzzer = steps.check("Schemathesis", &[ready], fuzz::install);
    steps.count("every operation, invented questions", &[built, fuzzer], fuzz::run);
    steps.sum_up()
}

/// One of Cargo's commands about to run over the whole workspace.
fn workspace(command: &str) -> Command {
    let mut cargo = cargo([command, "--workspace"]);
    cargo.args(FEATURES);
    cargo
}

/// Every test of every crate, documentation examples included, on both databases.
fn rust_tests() -> Result<Counts> {
    let postgres = TemporaryPostgres::start().context("the tests' PostgreSQL does not start")?;
    let mut tests = workspace("test");
    tests.arg("--no-fail-fast").env("HATANG_TEST_POSTGRES", postgres.url()).env("HATANG_BIN", project::executable()?);
    count(&mut tests, summary::cargo)
}

/// The built server in a real browser.
fn browser_tests() -> Result<Counts> {
    let chromium = needs::chromium().context("Chromium is gone")?;
    let mut tests = npm(&project::browser_tests(), &["test"]);
    tests.env("HATANG_BIN", project::executable()?).env("CHROMIUM", chromium);
    count(&mut tests, summary::plain)
}
