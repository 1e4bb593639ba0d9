//! Schemathesis: invents questions from the OpenAPI document and holds the replies against it.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result};
use hatang_testkit::workspace_root;

use crate::process;
use crate::project;
use crate::stamp::{is_current, set};
use crate::summary::{self, Counts, count};

/// The version that the checks were written for.
const PACKAGE: &str = "schemathesis==4.32.5";

/// Installs it from the Python registry into a virtual environment in Cargo's target folder, unless it is there.
///
/// # Errors
/// When Python or pip fails.
pub(crate) fn install() -> Result<()> {
    let folder = folder()?;
    let stamp = folder.join(".hatang-package");
    if is_current(&stamp, PACKAGE) {
        println!("unchanged since last time");
        return Ok(());
    }
    process::run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&folder))?;
    let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", PACKAGE];
    process::run(Command::new(folder.join("bin/python")).args(pip))?;
    set(&stamp, PACKAGE)
}

/// Asks the built server, signed out and as two roles.
///
/// # Errors
/// When the server or Schemathesis cannot be started.
pub(crate) fn run() -> Result<Counts> {
    let folder = folder()?;
    let mut asking = Command::new(folder.join("bin/python"));
    asking.arg(workspace_root().join("tests/fuzz/run.py"));
    asking.env("HATANG_BIN", project::executable()?).env("SCHEMATHESIS", folder.join("bin/schemathesis"));
    count(&mut asking, summary::plain)
}

fn folder() -> Result<PathBuf> {
    let executable = project::executable()?;
    let beside = executable.parent().context("the executable lies in a folder")?;
    Ok(beside.join("schemathesis"))
}
