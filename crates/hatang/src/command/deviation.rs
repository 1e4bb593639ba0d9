//! `hatang deviation`: where the registry and the ground differ, by the same use cases as the page.

use std::process::ExitCode;

use clap::{Args, Subcommand};
use hatang_core::{
    AssetClass, AssetId, Lonlat, Metres,
    deviation::{DeviationAct, DeviationKind},
};
use hatang_desk::deviations::{Answer, NewDeviation, answer_deviation, list_deviations, report_deviation};
use uuid::Uuid;

use super::{Database, viewer};
use crate::output;

/// Corrections: listed, reported, answered. Answers are JSON, as over HTTP.
#[derive(Debug, Args)]
pub(crate) struct Deviation {
    #[command(subcommand)]
    what: What,
    /// The account whose view and rights to use; everything when absent.
    #[arg(long = "as", global = true)]
    viewer: Option<String>,
    #[command(flatten)]
    database: Database,
}

#[derive(Debug, Subcommand)]
enum What {
    /// List them, the latest first.
    List,
    /// Say that the ground differs from the registry.
    Report {
        /// `wrong_position`, `not_found` or `unknown_object`.
        #[arg(long)]
        kind: DeviationKind,
        /// The asset it is about; left out for an unknown object.
        #[arg(long)]
        asset: Option<AssetId>,
        /// What an unknown object looks like.
        #[arg(long)]
        class: Option<AssetClass>,
        /// Where it stands: longitude and latitude in degrees, `106.4805,20.678`.
        #[arg(long, value_parser = lonlat, value_name = "LON,LAT", allow_hyphen_values = true)]
        position: Option<Lonlat>,
        /// The 95 % radius of that position, in metres.
        #[arg(long, value_parser = metres)]
        accuracy_m: Option<Metres>,
        /// What was seen; no person's name.
        #[arg(long)]
        note: Option<String>,
    },
    /// Agree, disagree, claim, correct the registry, or keep an unclaimed object.
    Answer {
        /// The deviation.
        deviation: Uuid,
        /// `confirm`, `reject`, `claim`, `correct` or `orphan`.
        act: DeviationAct,
        /// Why; needed to reject and to keep an object. No person's name.
        #[arg(long)]
        reason: Option<String>,
    },
}

impl Deviation {
    pub(crate) async fn run(self) -> anyhow::Result<ExitCode> {
        let desk = self.database.open().await?;
        let who = viewer(&desk, self.viewer.as_deref()).await?;
        match self.what {
            What::List => output::json(&list_deviations(&desk, &who)?)?,
            What::Report { kind, asset, class, position, accuracy_m, note } => {
                let new = NewDeviation { kind, asset, class, position, accuracy_m, note };
                output::json(&report_deviation(&desk, &who, new).await?)?;
            }
            What::Answer { deviation, act, reason } => {
                output::json(&answer_deviation(&desk, &who, deviation, Answer { act, reason }).await?)?;
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn lonlat(text: &str) -> Result<Lonlat, String> {
    let (lon, lat) = text.split_once(',').ok_or("expected LON,LAT")?;
    let degrees = |text: &str| text.trim().parse::<f64>().map_err(|error| error.to_string());
    Lonlat::new(degrees(lon)?, degrees(lat)?).map_err(|error| error.to_string())
}

fn metres(text: &str) -> Result<Metres, String> {
    let metres = text.parse::<f64>().map_err(|error| error.to_string())?;
    Metres::new(metres).map_err(|error| error.to_string())
}
