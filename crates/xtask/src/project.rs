//! Where things are in the project.

use std::env;
use std::path::PathBuf;

use anyhow::{Context as _, Result};
use hatang_testkit::workspace_root;

/// Links Debian's libproj instead of compiling PROJ: minutes less, the same numbers.
pub(crate) const FEATURES: [&str; 2] = ["--features", "hatang/system-libproj"];

/// The web app's folder.
pub(crate) fn web() -> PathBuf {
    workspace_root().join("web")
}

/// The folder of the browser tests.
pub(crate) fn browser_tests() -> PathBuf {
    workspace_root().join("tests/e2e")
}

/// The committed synthetic commune.
pub(crate) fn sample_data() -> PathBuf {
    workspace_root().join("sample-data")
}

/// The development build of `hatang`: Cargo puts it beside this program, wherever its target folder is.
pub(crate) fn executable() -> Result<PathBuf> {
    Ok(this_program()?.with_file_name("hatang"))
}

/// A folder for the demo's database, in Cargo's target folder.
pub(crate) fn demo() -> Result<PathBuf> {
    Ok(this_program()?.with_file_name("demo"))
}

fn this_program() -> Result<PathBuf> {
    env::current_exe().context("this program has no path")
}
