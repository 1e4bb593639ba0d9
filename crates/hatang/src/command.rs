//! The commands, one file each.

mod account;
mod asset;
mod boundary;
mod cases;
mod changes;
mod closing_plan;
mod coverage;
mod coverage_hexagons;
mod coverage_runs;
mod deviation;
mod duplicate;
mod export;
mod fibre;
mod generate;
mod ground;
mod import;
mod journal;
mod link;
mod openapi;
mod plan;
mod rules;
mod screen;
mod serve;
mod template;
mod undecided;
mod yearly_plan;

use std::{
    mem,
    process::ExitCode,
    sync::{Mutex, PoisonError},
};

use anyhow::Context as _;
use clap::{Args, Parser, Subcommand};
use hatang_core::{Role, Viewer, ground_source::GroundKind};
use hatang_desk::{
    Desk, Edge, account::viewer_of_account, audit::AccessLog, shipped_rule_sets::adopt_shipped_rule_sets,
};
use hatang_store::Store;

/// Registry, review desk and coverage map for passive telecom infrastructure.
#[derive(Debug, Parser)]
#[command(version, about)]
pub(crate) struct Command {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Serve the desks, the tiles and the map over HTTP.
    Serve(serve::Serve),
    /// Bring a file's assets into the registry. Exit 0: all rows in, 2: some refused, 1: nothing done.
    Import(import::Import),
    /// A file as a change set: checked, agreed with, written and undone as one.
    Changes(changes::Changes),
    /// One asset: shown, entered, changed, given up, with its history.
    Asset(Box<asset::Asset>),
    /// Where the registry and the ground differ: listed, reported, answered.
    Deviation(deviation::Deviation),
    /// Records that are likely of one structure: listed, made one, or kept apart.
    Duplicate(duplicate::Duplicate),
    /// Carriers' plans for a year: put together, handed in, adopted.
    YearlyPlan(yearly_plan::YearlyPlan),
    /// Rules that a newer version of the product brings: listed, adopted.
    Rules(rules::Rules),
    /// Write a class of assets to a file.
    Export(export::Export),
    /// Write a workbook to be filled in and imported.
    Template(template::Template),
    /// Judge a build request against registry and rules.
    Screen(screen::Screen),
    /// Say how much of what is judged nobody can tell, and what would decide it.
    Undecided(undecided::Undecided),
    /// List the build requests that were handed in.
    Cases(cases::Cases),
    /// Compute who is covered.
    Coverage(coverage::Coverage),
    /// Terrain that coverage is computed over: loaded, listed, retired.
    Terrain(ground::Ground),
    /// Grids of people that say where within their hamlets they live: loaded, listed, retired.
    Population(ground::Ground),
    /// Report coverage by H3 hexagon, as CSV.
    CoverageHexagons(coverage_hexagons::CoverageHexagons),
    /// Keep coverage runs with everything they were computed from, and prove them.
    CoverageRuns(coverage_runs::CoverageRuns),
    /// List the coverage gaps, worst first.
    Gaps(coverage::Gaps),
    /// Compute the path loss of one radio link, or of every row of a CSV file. Exit 0: all, 2: some rows, 1: none.
    Link(Box<link::Link>),
    /// Plan how to close the coverage gaps with what already stands.
    ClosingPlan(closing_plan::ClosingPlan),
    /// Say who fibre can reach without a new trench, and the cheapest way to reach the others.
    Fibre(fibre::Fibre),
    /// Plans.
    Plan(plan::Plan),
    /// Outlines of territories.
    Boundary(boundary::Boundary),
    /// Accounts.
    Account(account::Account),
    /// The journal.
    Journal(journal::Journal),
    /// Make a synthetic commune's files, or a synthetic registry of any size.
    Generate(generate::Generate),
    /// Write the OpenAPI document.
    Openapi(openapi::Openapi),
}

impl Command {
    pub(crate) async fn run(self) -> anyhow::Result<ExitCode> {
        let code = match self.what {
            What::Serve(serve) => serve.run().await,
            What::Import(import) => import.run().await,
            What::Changes(changes) => changes.run().await,
            What::Asset(asset) => asset.run().await,
            What::Deviation(deviation) => deviation.run().await,
            What::Duplicate(duplicate) => duplicate.run().await,
            What::YearlyPlan(plan) => plan.run().await,
            What::Rules(rules) => rules.run().await,
            What::Export(export) => export.run().await,
            What::Template(template) => template.run(),
            What::Screen(screen) => screen.run().await,
            What::Undecided(undecided) => undecided.run().await,
            What::Cases(cases) => cases.run().await,
            What::Coverage(coverage) => coverage.run().await,
            What::Terrain(terrain) => terrain.run(GroundKind::Terrain).await,
            What::Population(population) => population.run(GroundKind::Population).await,
            What::CoverageHexagons(hexagons) => hexagons.run().await,
            What::CoverageRuns(runs) => runs.run().await,
            What::Gaps(gaps) => gaps.run().await,
            What::Link(link) => link.run(),
            What::ClosingPlan(plan) => plan.run().await,
            What::Fibre(fibre) => fibre.run().await,
            What::Plan(plan) => plan.run().await,
            What::Boundary(boundary) => boundary.run().await,
            What::Account(account) => account.run().await,
            What::Journal(journal) => journal.run().await,
            What::Generate(generate) => generate.run().await,
            What::Openapi(openapi) => openapi.run(),
        };
        // Also after a failure: what was refused is noted too.
        let noted = mem::take(&mut *NOTED.lock().unwrap_or_else(PoisonError::into_inner));
        for log in noted {
            log.write().await.context("the access log cannot be written")?;
        }
        code
    }
}

/// The access logs of the desks that a command has opened, written down before the process ends.
static NOTED: Mutex<Vec<AccessLog>> = Mutex::new(Vec::new());

/// Whose view and rights a command uses: a role's, an account's, or the console's when none is named.
async fn viewer(desk: &Desk, name: Option<&str>) -> anyhow::Result<Viewer> {
    Ok(match name {
        None => Viewer::console(),
        Some(name) => match name.parse::<Role>() {
            Ok(role) => Viewer { role, ..Viewer::public() },
            Err(_) => viewer_of_account(desk, name).await?,
        },
    })
}

/// `FIELD=VALUE` on the command line.
fn field_and_value(text: &str) -> Result<(String, String), String> {
    let (field, value) = text.split_once('=').ok_or("expected FIELD=VALUE")?;
    Ok((field.to_owned(), value.to_owned()))
}

/// Where the registry is.
#[derive(Debug, Args)]
pub(crate) struct Database {
    /// `sqlite:FILE` or `postgres://…`
    #[arg(long, env = "HATANG_DATABASE", default_value = "sqlite:hatang.db")]
    database: String,
}

impl Database {
    /// Opens the desk on it; an SQLite file that is not there yet is made.
    async fn open(&self) -> anyhow::Result<Desk> {
        // The address may hold a password, so it is not repeated in the message.
        let store = Store::open(&self.database).await.context("the database cannot be opened")?;
        let desk = Desk::open(store, Edge::real()).await?;
        NOTED.lock().unwrap_or_else(PoisonError::into_inner).push(desk.access_log().clone());
        adopt_shipped_rule_sets(&desk).await?;
        Ok(desk)
    }
}
