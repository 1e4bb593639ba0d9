//! How much of what is judged nobody can tell, and who could say what is missing.

mod probes;
mod tally;

use hatang_core::{NetworkCode, Registry, RequestItem, RuleSetCode, Viewer};
use jiff::civil::Date;
use serde::Serialize;

pub use self::tally::{HostTally, MissingTally, RuleTally, Tally};
use crate::{
    desk::Desk,
    error::{DeskError, ErrorKind},
    screen_request::{judge, rule_set_of},
};

/// Which requests are judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Probed {
    /// The open requests that the viewer may see.
    Requests,
    /// A mast, a duct and a pole line at every point of a grid over the territory.
    Grid,
}

impl Probed {
    /// The one with this word.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        [Self::Requests, Self::Grid].into_iter().find(|probed| probed.code() == word)
    }

    /// Its word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Requests => "requests",
            Self::Grid => "grid",
        }
    }
}

/// What cannot be told, and what would decide it.
#[derive(Clone, Debug, Serialize)]
pub struct Undecided {
    /// `requests` or `grid`.
    pub probed: &'static str,
    /// The local rule set, beside the national one.
    pub ruleset: RuleSetCode,
    /// The day whose rules and plan were asked.
    pub on: Date,
    /// How many requested structures were judged.
    pub items: usize,
    /// The side of the grid's squares, in metres; none for requests.
    pub grid_m: Option<f64>,
    /// For whom the grid's structures are asked; none for requests.
    pub network: Option<NetworkCode>,
    /// The counts.
    #[serde(flatten)]
    pub tally: Tally,
}

/// Judges every open request or a grid of probe requests by today's rules, and counts what nobody can tell. CPU-bound: call it
/// off the asynchronous threads.
///
/// # Errors
/// [`ErrorKind::Refused`] for everybody but officials, [`ErrorKind::NotFound`] for an unknown rule set or while no outline is
/// loaded.
pub fn undecided(
    desk: &Desk,
    who: &Viewer,
    probed: Probed,
    rule_set: Option<&RuleSetCode>,
) -> Result<Undecided, DeskError> {
    if !who.is_official_of(&desk.home()) {
        let (vi, en) = ("Chỉ cơ quan quản lý xem được.", "Only officials may read this.");
        return Err(DeskError::input(ErrorKind::Refused, "action.refused", who.role, vi, en));
    }
    let on = desk.today();
    desk.read(|registry| {
        let local = rule_set_of(registry, rule_set)?;
        let (items, grid) = match probed {
            Probed::Requests => (requests(registry, who), None),
            Probed::Grid => {
                let grid = probes::grid(registry)?;
                (grid.items, Some((grid.side_m, grid.network)))
            }
        };
        let screened = judge(registry, who, &items, local, on);
        let (grid_m, network) = grid.map_or((None, None), |(side, network)| (Some(side), network));
        let tally = Tally::of(&screened);
        Ok(Undecided {
            probed: probed.code(),
            ruleset: local.code.clone(),
            on,
            items: items.len(),
            grid_m,
            network,
            tally,
        })
    })
}

fn requests(registry: &Registry, who: &Viewer) -> Vec<RequestItem> {
    let open = registry.cases().seen_by(who).filter(|held| held.case.state.is_open());
    open.flat_map(|held| held.case.items.iter().cloned()).collect()
}
