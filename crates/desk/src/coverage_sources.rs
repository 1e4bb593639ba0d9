//! Declarations of coverage and measurements: recorded, listed, retired.

use hatang_core::{
    Event, Lonlat, NetworkCode, OrganisationCode, Registry, Seq, Stream, Viewer,
    asset::Technology,
    coverage_source::{CoverageSource, SourceId, SourceSays},
};
use hatang_exchange::coverage_sources::{NotCounted, Read, Validity, read_declared_zones, read_measurements};
use jiff::civil::Date;
use serde::Serialize;

use crate::{
    desk::{Desk, home_of},
    error::{DeskError, ErrorKind},
    permission::{About, Action},
    run_coverage::{may_see_cells, networks},
};

/// Vietnam keeps one time all year, seven hours ahead of UTC.
const OFFSET_HOURS: i8 = 7;

/// Measurements this far outside the territory's box still count, in metres.
const MARGIN_M: f64 = 2_000.0;

/// The kind of a source, by its word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceKind {
    /// Zones that an operator declares, as GeoJSON.
    Declared,
    /// Measured levels, as CSV.
    Measured,
}

/// Who says what of which network, and since when.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceFacts {
    /// Whether it is declared or measured.
    pub kind: SourceKind,
    /// Whose network it speaks of.
    pub network: NetworkCode,
    /// Which technology.
    pub technology: Technology,
    /// Who says so.
    pub owner: OrganisationCode,
    /// The day from which a declaration holds; of measurements the last day is taken.
    pub dated: Option<Date>,
    /// The document, campaign or system that it comes from.
    pub source: String,
}

/// What came of a file.
#[derive(Clone, Debug, Serialize)]
pub struct SourceReport {
    /// The new source; none when nothing of the file counted.
    pub id: Option<SourceId>,
    /// Zones or measurements that count.
    pub counted: usize,
    /// Those that do not, with their rule; the first thousand.
    pub refused: Vec<NotCounted>,
    /// How many do not.
    pub refused_total: usize,
    /// Columns or properties that were dropped unread.
    pub dropped: Vec<String>,
    /// How many changes the viewer may see.
    pub seq: Seq,
}

/// How many refused rows are told one by one.
const TOLD: usize = 1_000;

/// A source in a list.
#[derive(Clone, Debug, Serialize)]
pub struct ListedSource {
    /// Its identity.
    pub id: SourceId,
    /// `declared` or `measured`.
    pub kind: &'static str,
    /// Whose network it speaks of.
    pub network: NetworkCode,
    /// Which technology.
    pub technology: Technology,
    /// Who says so.
    pub owner: OrganisationCode,
    /// Its day.
    pub dated: Date,
    /// Where it comes from.
    pub source: String,
    /// Zones or measurements in it.
    pub size: usize,
    /// Why it no longer counts.
    pub retired: Option<String>,
}

/// Records a file as one source.
///
/// # Errors
/// [`ErrorKind::Refused`] for whoever may not speak for that owner, [`ErrorKind::NotFound`] for an unknown network,
/// [`ErrorKind::BadInput`] for a file that cannot be read.
pub async fn record_coverage_source(
    desk: &Desk,
    who: &Viewer,
    facts: SourceFacts,
    file: &[u8],
) -> Result<SourceReport, DeskError> {
    desk.may(who, Action::RecordCoverage, About::owner(&facts.owner))?;
    let (bounds, known, operator) = desk.read(|registry| {
        let home = registry.home().and_then(|(_, state)| state.boundaries.as_ref());
        let known = networks(registry).contains(&&facts.network) && speaks_for(registry, who, &facts);
        let runs = |one: &&hatang_core::Organisation| one.networks.contains(&facts.network);
        let operator = registry.organisations().values().find(runs).map(|one| one.code.clone());
        (home.map(|both| both.home.shape.bounding_box()), known, operator)
    });
    if !known {
        return Err(unknown_network(&facts.network));
    }
    let bounds = bounds.ok_or_else(|| {
        DeskError::input(
            ErrorKind::NotFound,
            "plan.missing",
            "boundary",
            "Chưa nạp ranh giới địa bàn.",
            "No outline of the territory is loaded.",
        )
    })?;
    let today = today(desk);
    let (says, counted, refused, dropped, last) = match facts.kind {
        SourceKind::Declared => {
            let Read { items, refused, dropped } = read_declared_zones(file)?;
            let counted = items.len();
            (SourceSays::Declared { zones: items }, counted, refused, dropped, None)
        }
        SourceKind::Measured => {
            let validity = Validity { technology: facts.technology, within: bounds.expanded(MARGIN_M), today };
            let Read { items, refused, dropped } = read_measurements(file, &validity)?;
            let (counted, last) = (items.len(), items.iter().map(|point| point.on).max());
            (SourceSays::Measured { points: items }, counted, refused, dropped, last)
        }
    };
    let refused_total = refused.len();
    let report = |id, seq| SourceReport {
        id,
        counted,
        refused: refused.into_iter().take(TOLD).collect(),
        refused_total,
        dropped: dropped.into_iter().collect(),
        seq,
    };
    if counted == 0 {
        return Ok(report(None, desk.position_seen_by(who)));
    }
    let id = SourceId(desk.edge.new_uuid());
    let source = CoverageSource {
        id,
        network: facts.network,
        technology: facts.technology,
        operator: operator.filter(|operator| *operator != facts.owner),
        owner: facts.owner,
        dated: last.or(facts.dated).unwrap_or(today),
        source: facts.source,
        retired: None,
        says,
    };
    write(desk, who, source).await?;
    Ok(report(Some(id), desk.position_seen_by(who)))
}

/// Retires a source: it stays readable and no longer counts.
///
/// # Errors
/// [`ErrorKind::NotFound`] for one that is not there or not the viewer's to see, [`ErrorKind::Refused`] as for recording.
pub async fn retire_coverage_source(desk: &Desk, who: &Viewer, id: SourceId, reason: &str) -> Result<(), DeskError> {
    let found = desk.read(|registry| {
        let (territory, state) = registry.home()?;
        state.coverage_sources.get(&id).filter(|source| source.is_seen_by(territory, who)).cloned()
    });
    let source = found.ok_or_else(|| {
        DeskError::input(
            ErrorKind::NotFound,
            "coverage_source.unknown",
            id,
            "Không có nguồn dữ liệu phủ sóng này.",
            "There is no such source of coverage.",
        )
    })?;
    desk.may(who, Action::RecordCoverage, About::owner(&source.owner))?;
    write(desk, who, CoverageSource { retired: Some(reason.to_owned()), ..source }).await
}

async fn write(desk: &Desk, who: &Viewer, source: CoverageSource) -> Result<(), DeskError> {
    let territory = desk.home();
    let expected = desk.expected(&territory, &Stream::CoverageSource(source.id)).await?;
    let event = Event::CoverageSourceRecorded { source: Box::new(source) };
    desk.append(&territory, vec![(expected, event)], who).await?;
    Ok(())
}

/// The sources that a viewer may see: officials all of them, an organisation its own and those about its networks.
#[must_use]
pub fn list_coverage_sources(desk: &Desk, who: &Viewer) -> Vec<ListedSource> {
    desk.read(|registry| {
        let mut listed: Vec<ListedSource> = seen_by(registry, who).map(listed).collect();
        listed.sort_by(|a, b| b.dated.cmp(&a.dated).then(a.id.cmp(&b.id)));
        listed
    })
}

fn listed(source: &CoverageSource) -> ListedSource {
    let (kind, size) = match &source.says {
        SourceSays::Declared { zones } => ("declared", zones.len()),
        SourceSays::Measured { points } => ("measured", points.len()),
    };
    ListedSource {
        id: source.id,
        kind,
        network: source.network.clone(),
        technology: source.technology,
        owner: source.owner.clone(),
        dated: source.dated,
        source: source.source.clone(),
        size,
        retired: source.retired.clone(),
    }
}

/// Officials record what they are handed; an owner declares and measures its own networks.
fn speaks_for(registry: &Registry, who: &Viewer, facts: &SourceFacts) -> bool {
    who.is_official_of(&home_of(registry)) || may_see_cells(registry, who, Some(&facts.network))
}

fn today(desk: &Desk) -> Date {
    jiff::tz::Offset::constant(OFFSET_HOURS).to_datetime(desk.edge.now()).date()
}

fn unknown_network(network: &NetworkCode) -> DeskError {
    DeskError::input(
        ErrorKind::NotFound,
        "network.unknown",
        network,
        "Không có mạng nào mang mã này.",
        "There is no network with this code.",
    )
}

fn seen_by<'a>(registry: &'a Registry, who: &'a Viewer) -> impl Iterator<Item = &'a CoverageSource> {
    let home = registry.home().into_iter();
    home.flat_map(move |(territory, state)| {
        state.coverage_sources.values().filter(move |source| source.is_seen_by(territory, who))
    })
}

/// The sources about a technology and network that count and that a viewer may see.
pub(crate) fn in_force<'a>(
    registry: &'a Registry,
    who: &'a Viewer,
    technology: Technology,
    network: Option<&'a NetworkCode>,
) -> impl Iterator<Item = &'a CoverageSource> {
    seen_by(registry, who).filter(move |source| {
        source.retired.is_none()
            && source.technology == technology
            && network.is_none_or(|wanted| *wanted == source.network)
    })
}

/// The positions and levels of a source's measurements.
pub(crate) fn measurements(source: &CoverageSource) -> impl Iterator<Item = (Lonlat, f64)> {
    let points = match &source.says {
        SourceSays::Measured { points } => points.as_slice(),
        SourceSays::Declared { .. } => &[],
    };
    points.iter().map(|point| (point.at, point.rsrp_dbm))
}
