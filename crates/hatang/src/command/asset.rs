//! `hatang asset`: single assets, by the same use cases as the page.

use std::{fs, path::PathBuf, process::ExitCode};

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand};
use hatang_core::{AssetClass, AssetCode, AssetId, OrganisationCode, Version, Viewer};
use hatang_crs::Crs;
use hatang_desk::{
    Desk,
    amend_asset::{Amendment, Retirement, amend_asset, retire_asset},
    asset_history::asset_history,
    asset_record::asset_record,
    nearby_structures::places_meant,
    register_asset::{NewAsset, register_asset},
};
use jiff::civil::Date;
use serde_json::{Map, Value};

use super::{Database, viewer};
use crate::output;

/// One asset: shown, entered, changed, given up. Answers are JSON, as over HTTP.
#[derive(Debug, Args)]
pub(crate) struct Asset {
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
    /// Show a record with its version and what is missing of it.
    Show {
        /// Its identity, or `OWNER/CLASS/CODE`.
        asset: String,
    },
    /// Show every version with who, when, why and what differs, the latest first.
    History {
        /// Its identity, or `OWNER/CLASS/CODE`.
        asset: String,
    },
    /// Enter an asset.
    Register {
        /// Its class.
        #[arg(long)]
        class: AssetClass,
        /// Whose it is.
        #[arg(long)]
        owner: OrganisationCode,
        #[command(flatten)]
        place: Place,
        #[command(flatten)]
        fields: Fields,
    },
    /// Change fields, or move it.
    Amend {
        /// Its identity, or `OWNER/CLASS/CODE`.
        asset: String,
        /// The version that was seen.
        #[arg(long)]
        version: u32,
        /// Why; no person's name.
        #[arg(long)]
        reason: Option<String>,
        #[command(flatten)]
        place: Place,
        #[command(flatten)]
        fields: Fields,
    },
    /// Give it up. It stays readable for ever.
    Retire {
        /// Its identity, or `OWNER/CLASS/CODE`.
        asset: String,
        /// The version that was seen.
        #[arg(long)]
        version: u32,
        /// Why; no person's name.
        #[arg(long)]
        reason: String,
        /// Since when it is gone, where that differs from today.
        #[arg(long)]
        valid_on: Option<Date>,
    },
}

/// Where it is.
#[derive(Debug, Args)]
struct Place {
    /// In any notation: `20.678, 106.4805`, `X=2287478 Y=575910`, well-known text, GeoJSON; each position of a line on a line
    /// of its own.
    #[arg(long)]
    at: Option<String>,
    /// A file that holds the same.
    #[arg(long, conflicts_with = "at")]
    geometry: Option<PathBuf>,
    /// The system of its numbers, such as `EPSG:9210`; found when absent.
    #[arg(long)]
    crs: Option<Crs>,
}

/// What is known of it.
#[derive(Debug, Args)]
struct Fields {
    /// Fields under their names in files; an empty value empties one: `--set height_m=42 code=VB-7 note=`.
    #[arg(long, num_args = 1.., value_parser = super::field_and_value, value_name = "FIELD=VALUE")]
    set: Vec<(String, String)>,
    /// Since when it is so, where that differs from today.
    #[arg(long)]
    valid_on: Option<Date>,
    /// Say what would follow, and write nothing.
    #[arg(long)]
    dry_run: bool,
}

impl Fields {
    fn properties(self) -> Map<String, Value> {
        let value = |text: String| if text.is_empty() { Value::Null } else { Value::String(text) };
        self.set.into_iter().map(|(field, text)| (field, value(text))).collect()
    }
}

impl Place {
    /// The one way in which the place can be understood.
    fn read(&self, desk: &Desk, who: &Viewer) -> anyhow::Result<Option<(Value, Crs)>> {
        let text = match (&self.at, &self.geometry) {
            (Some(text), _) => text.clone(),
            (None, Some(file)) => {
                fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?
            }
            (None, None) => return Ok(None),
        };
        let readings = places_meant(desk, who, &text, self.crs)?;
        let [reading] = readings.as_slice() else {
            for reading in &readings {
                output::note(format!(
                    "{} {:?}: {}",
                    reading.crs,
                    reading.order,
                    serde_json::to_string(&reading.shape)?
                ));
            }
            bail!("the place can be read in {} ways: say which with --crs, or name the axes", readings.len());
        };
        let crs = reading.crs.parse().ok().context("a reading has a known system")?;
        Ok(Some((serde_json::to_value(&reading.geometry)?, crs)))
    }
}

impl Asset {
    pub(crate) async fn run(self) -> anyhow::Result<ExitCode> {
        let desk = self.database.open().await?;
        let who = viewer(&desk, self.viewer.as_deref()).await?;
        match self.what {
            What::Show { asset } => {
                let id = named(&desk, &who, &asset)?;
                output::json(&asset_record(&desk, &who, id).with_context(|| format!("no asset `{asset}`"))?)?;
            }
            What::History { asset } => {
                output::json(&asset_history(&desk, &who, named(&desk, &who, &asset)?).await?)?;
            }
            What::Register { class, owner, place, fields } => {
                let (geometry, crs) = place.read(&desk, &who)?.context("give --at or --geometry")?;
                let (valid_on, dry_run) = (fields.valid_on, fields.dry_run);
                let properties = fields.properties();
                let new = NewAsset { class, owner, properties, geometry, crs: Some(crs), valid_on, dry_run };
                output::json(&register_asset(&desk, &who, new).await?)?;
            }
            What::Amend { asset, version, reason, place, fields } => {
                let (geometry, crs) = place.read(&desk, &who)?.unzip();
                let (valid_on, dry_run) = (fields.valid_on, fields.dry_run);
                let properties = fields.properties();
                let amendment = Amendment { properties, geometry, crs, reason, valid_on, dry_run };
                let id = named(&desk, &who, &asset)?;
                output::json(&amend_asset(&desk, &who, id, Version(version), amendment).await?)?;
            }
            What::Retire { asset, version, reason, valid_on } => {
                let (id, retirement) = (named(&desk, &who, &asset)?, Retirement { reason, valid_on });
                output::json(&retire_asset(&desk, &who, id, Version(version), retirement).await?)?;
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// The asset that a text names: by its identity, or as its owner does.
fn named(desk: &Desk, who: &Viewer, text: &str) -> anyhow::Result<AssetId> {
    if let Ok(id) = text.parse() {
        return Ok(id);
    }
    let mut parts = text.splitn(3, '/');
    let mut next = || parts.next().unwrap_or_default();
    let (owner, class, code) = (next(), next(), next());
    let name = OrganisationCode::new(owner).ok().zip(class.parse::<AssetClass>().ok()).zip(AssetCode::new(code).ok());
    let ((owner, class), code) = name.with_context(|| format!("`{text}` is no identity and no OWNER/CLASS/CODE"))?;
    let id = desk.read(|registry| registry.seen_by(who).by_code(&owner, class, &code).map(|sight| sight.asset().id));
    id.with_context(|| format!("no asset `{text}`"))
}
