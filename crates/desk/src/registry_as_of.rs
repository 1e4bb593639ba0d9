//! The registry as it was: as written down by an instant, or as true on a day.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use hatang_core::{
    AssetClass, BoundingBox, Event, Held, Record, Recorded, Registry, Seen, Seq, Sight, Territory, Viewer,
    event::AssetChange,
};
use hatang_exchange::feature;
use jiff::{Timestamp, civil::Date};
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};

use crate::{
    day::{end_of_vietnam_day, vietnam_day},
    desk::Desk,
    error::DeskError,
};

/// How many rows are read from the store at once.
const PAGE: u32 = 5_000;

/// Which past is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AsOf {
    /// What had been written down by then, right or wrong.
    Recorded(Timestamp),
    /// What was true on that day, by what has been written down since.
    Valid(Date),
}

impl AsOf {
    /// What had been written down by an instant, or by the end of a day in Vietnam; `None` for a text that is neither.
    #[must_use]
    pub fn end_of(text: &str) -> Option<Self> {
        let day = || end_of_vietnam_day(text.parse().ok()?);
        text.parse::<Timestamp>().ok().or_else(day).map(Self::Recorded)
    }

    /// `recorded` or `valid`: which time it is of.
    #[must_use]
    pub const fn time(self) -> &'static str {
        match self {
            Self::Recorded(_) => "recorded",
            Self::Valid(_) => "valid",
        }
    }
}

/// Assets as they were.
#[derive(Clone, Debug, Serialize)]
pub struct PastAssets {
    /// Always `FeatureCollection`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// `recorded` or `valid`: which time the date is of.
    pub time: &'static str,
    /// The date as asked.
    pub as_of: String,
    /// How many there were in the rectangle.
    pub matched: usize,
    /// The assets as GeoJSON features, by identity.
    pub features: Vec<Box<RawValue>>,
}

/// The last past that was asked for: people look at one date for a while.
#[derive(Debug, Default)]
pub(crate) struct Pasts(tokio::sync::Mutex<Option<Past>>);

/// When, the positions that the journals had come to, and the registry as it was.
type Past = (AsOf, BTreeMap<Territory, Seq>, Arc<Registry>);

/// The registry as it was. `O(n)` in everything that has been written until now; the last answer is kept, and whoever
/// asks while it is being made waits for it.
///
/// # Errors
/// [`DeskError::Store`] when a journal cannot be read.
pub async fn registry_as_of(desk: &Desk, when: AsOf) -> Result<Arc<Registry>, DeskError> {
    let mut kept = desk.pasts.0.lock().await;
    let heads: BTreeMap<Territory, Seq> = desk.store.territories().await?.into_iter().collect();
    if let Some((of, at, registry)) = &*kept
        && *of == when
        && *at == heads
    {
        return Ok(Arc::clone(registry));
    }
    let mut registry = Registry::new();
    for (territory, head) in &heads {
        fold(desk, &mut registry, territory, *head, when).await?;
    }
    let registry = Arc::new(registry);
    *kept = Some((when, heads, Arc::clone(&registry)));
    Ok(registry)
}

async fn fold(
    desk: &Desk,
    registry: &mut Registry,
    territory: &Territory,
    head: Seq,
    when: AsOf,
) -> Result<(), DeskError> {
    // What is true of a record on a day is what holds since the latest day before; of two, what was written later.
    let mut since: HashMap<String, (Date, Seq)> = HashMap::new();
    // In the order of identities: one past is told in one way, which tells nothing of what else there is.
    let mut assets: BTreeMap<hatang_core::AssetId, Held> = BTreeMap::new();
    let mut read = Seq(0);
    while read < head {
        let page = desk.store.after(territory, read, PAGE).await?;
        let Some(last) = page.last() else { break };
        read = last.seq;
        for entry in page {
            let Some(day) = counts(&entry.recorded, when) else { continue };
            registry.reach(territory, entry.seq);
            let mut newest = |stream: String| {
                let known = since.entry(stream).or_insert((day, entry.seq));
                let counts = *known <= (day, entry.seq);
                if counts {
                    *known = (day, entry.seq);
                }
                counts
            };
            let is_import = matches!(entry.recorded.event, Event::AssetsImported { .. });
            if is_import {
                let mut rows = 0;
                loop {
                    let changes = desk.store.rows_of(territory, entry.seq, rows, PAGE).await?;
                    if changes.is_empty() {
                        break;
                    }
                    rows += changes.len() as u64;
                    for AssetChange { version, asset } in changes {
                        if newest(hatang_core::Stream::Asset(asset.id).to_string()) {
                            let shown = Held { asset: *asset, territory: territory.clone(), version, seq: entry.seq };
                            assets.insert(shown.asset.id, shown);
                        }
                    }
                }
            }
            if !newest(entry.recorded.event.stream().to_string()) {
                continue;
            }
            match entry.recorded.event.into_record() {
                Record::Asset { asset } => {
                    let (version, seq) = (entry.version, entry.seq);
                    assets.insert(asset.id, Held { asset: *asset, territory: territory.clone(), version, seq });
                }
                record => registry.put(territory, entry.seq, entry.version, record),
            }
        }
    }
    registry.put_assets(assets.into_values());
    Ok(())
}

/// The day since when an entry is true, when it counts at all.
fn counts(recorded: &Recorded, when: AsOf) -> Option<Date> {
    let written = vietnam_day(recorded.at);
    match when {
        AsOf::Recorded(until) => (recorded.at <= until).then_some(Date::ZERO),
        AsOf::Valid(day) => Some(recorded.valid_on.unwrap_or(written)).filter(|since| *since <= day),
    }
}

impl std::fmt::Display for AsOf {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Recorded(instant) => instant.fmt(f),
            Self::Valid(day) => day.fmt(f),
        }
    }
}

/// Whether what somebody sees of a past may be shown: hidden is what is hidden now and what was hidden then, for a past that
/// was a secret stays one.
#[must_use]
pub fn is_shown_today(today: Seen<'_>, sight: &Sight<'_>) -> bool {
    today.get(sight.asset().id).is_some_and(|now| now.is_generalised() == sight.is_generalised())
}

/// What a viewer may see today of the assets in a rectangle as they were, see [`is_shown_today`].
///
/// # Errors
/// [`DeskError::Store`] when a journal cannot be read.
///
/// # Panics
/// Never: a feature is JSON.
pub async fn assets_as_of(
    desk: &Desk,
    who: &Viewer,
    when: AsOf,
    classes: &[AssetClass],
    bounds: BoundingBox,
) -> Result<PastAssets, DeskError> {
    let past = registry_as_of(desk, when).await?;
    let classes = if classes.is_empty() { AssetClass::ALL } else { classes };
    let seen = past.seen_by(who);
    let mut sights: Vec<_> = classes.iter().flat_map(|class| seen.in_box(*class, bounds)).collect();
    desk.read(|registry| sights.retain(|sight| is_shown_today(registry.seen_by(who), sight)));
    desk.audit_sights(who, "assets as of", &sights);
    sights.sort_unstable_by_key(|sight| sight.asset().id);
    let written = sights.iter().filter_map(|sight| feature(sight.asset(), &sight.view()));
    let features: Vec<_> = written.map(|feature| to_raw_value(&feature).expect("a feature is JSON")).collect();
    let (time, as_of) = (when.time(), when.to_string());
    Ok(PastAssets { kind: "FeatureCollection", time, as_of, matched: features.len(), features })
}
