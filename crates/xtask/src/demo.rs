//! `cargo xtask demo`: from a clean clone to a running server.

use std::fs;
use std::net::SocketAddr;
use std::os::unix::process::CommandExt as _;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::arguments::Shows;
use crate::process::{cargo, run};
use crate::project::{self, FEATURES};
use crate::steps::Steps;
use crate::{needs, web};

/// Builds everything and becomes the server, which loads what it shows and prints the demo's accounts.
///
/// # Errors
/// When a step fails; never returns otherwise.
pub(crate) fn demo(listen: SocketAddr, shows: &Shows) -> Result<()> {
    let mut steps = Steps::begin();
    steps.must("what this machine needs", || needs::node().and_then(|()| needs::satisfy(&[needs::LIBPROJ])))?;
    steps.must("web packages", || web::install(&project::web()))?;
    steps.must("web app", web::build)?;
    steps.must("server", || run(cargo(["build", "--package", "hatang"]).args(FEATURES)))?;
    let database = steps.must("database", || database(shows))?;

    let mut server = Command::new(project::executable()?);
    server.args(["serve", "--demo", "--listen", &listen.to_string(), "--database"]);
    server.arg(format!("sqlite:{}", database.display()));
    match shows {
        Shows::SampleData | Shows::SampleDataAnew => server.arg("--sample-data").arg(project::sample_data()),
        Shows::Case(folder) => server.arg("--case").arg(folder),
    };
    // Takes this process's place, so that Ctrl-C reaches the server and nothing is left behind.
    Err(server.exec()).context("cannot start the server")
}

/// The demo's database: the one of last time, or none yet, which the server fills. A case is judged by what it holds
/// alone, so its database is always a new one, beside the other.
fn database(shows: &Shows) -> Result<PathBuf> {
    let folder = match shows {
        Shows::SampleData | Shows::SampleDataAnew => project::demo()?,
        Shows::Case(_) => project::demo()?.with_file_name("demo-case"),
    };
    if *shows != Shows::SampleData && folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("cannot throw away {}", folder.display()))?;
    }
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    Ok(folder.join("hatang.db"))
}
