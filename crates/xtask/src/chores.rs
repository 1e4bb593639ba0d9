//! The commands that make something and are done.

use std::process::Command;
use std::thread::available_parallelism;

use anyhow::Result;

use crate::process::{cargo, npm, run};
use crate::project::{self, FEATURES, executable};
use crate::{needs, web};

/// The committed sample's seed: the commune's own code.
const SAMPLE_SEED: &str = "11824";

/// `cargo xtask bench`: the benchmarks, with what they print.
///
/// # Errors
/// When they do not compile or fail.
pub(crate) fn bench(arguments: &[String]) -> Result<()> {
    needs::satisfy(&[needs::LIBPROJ])?;
    // `hatang` is named for its feature only; it has no benchmarks.
    let packages = ["--package", "hatang-bench", "--package", "hatang", "--bench", "*"];
    run(cargo(["bench"]).args(packages).args(FEATURES).arg("--").args(arguments))
}

/// `cargo xtask openapi`: the server's own description of its API, and the TypeScript types made from it.
///
/// # Errors
/// When the server does not compile or npm fails.
pub(crate) fn openapi() -> Result<()> {
    needs::node()?;
    build_server()?;
    run(Command::new(executable()?).arg("openapi").arg(project::web().join("openapi.json")))?;
    web::install(&project::web())?;
    run(&mut npm(&project::web(), &["run", "types"]))
}

/// `cargo xtask sample-data`: the synthetic commune, the same bytes every time.
///
/// # Errors
/// When the server does not compile or cannot write.
pub(crate) fn sample_data() -> Result<()> {
    build_server()?;
    let sample = ["generate", "--commune", "--seed", SAMPLE_SEED, "--out"];
    run(Command::new(executable()?).args(sample).arg(project::sample_data()))
}

/// `cargo xtask release`: one executable that needs nothing beside it.
///
/// # Errors
/// When something is missing or does not compile.
pub(crate) fn release() -> Result<()> {
    needs::node()?;
    needs::satisfy(&[needs::PROJ_BUILD])?;
    web::install(&project::web())?;
    web::build()?;
    let cores = available_parallelism().map_or(1, usize::from);
    run(cargo(["build", "--release", "--package", "hatang"]).env("CMAKE_BUILD_PARALLEL_LEVEL", cores.to_string()))
}

fn build_server() -> Result<()> {
    needs::satisfy(&[needs::LIBPROJ])?;
    run(cargo(["build", "--package", "hatang"]).args(FEATURES))
}
