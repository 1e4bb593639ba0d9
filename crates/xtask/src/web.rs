//! The web app: its packages and its build, each done only when something has changed.

use std::path::Path;

use anyhow::Result;

use crate::process::{npm, run};
use crate::project::web;
use crate::stamp::{files_below, fingerprint, is_current, set};

/// Folders in `web/` that are made from the rest.
const MADE: [&str; 3] = ["node_modules", "dist", ".svelte-kit"];

/// Installs the packages that a folder's lock file names, unless they are there.
///
/// # Errors
/// When npm fails.
pub(crate) fn install(folder: &Path) -> Result<()> {
    let named = fingerprint(&["package.json", "package-lock.json"].map(|name| folder.join(name)))?;
    // Goes with the packages when somebody deletes them.
    let stamp = folder.join("node_modules/.hatang-packages");
    if is_current(&stamp, &named) {
        println!("packages unchanged since last time");
        return Ok(());
    }
    run(&mut npm(folder, &["ci", "--no-audit", "--no-fund"]))?;
    set(&stamp, &named)
}

/// Builds the web app into `web/dist`, unless it was built from the same sources and packages.
///
/// # Errors
/// When the build fails.
pub(crate) fn build() -> Result<()> {
    let folder = web();
    let sources = fingerprint(&files_below(&folder, &MADE)?)?;
    // Goes with the packages too: other packages build another app.
    let stamp = folder.join("node_modules/.hatang-dist");
    if folder.join("dist/index.html").is_file() && is_current(&stamp, &sources) {
        println!("sources unchanged since last time");
        return Ok(());
    }
    run(&mut npm(&folder, &["run", "build"]))?;
    set(&stamp, &sources)
}
