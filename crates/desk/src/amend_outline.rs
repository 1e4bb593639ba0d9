//! Changes the territory's outline from a file, after a look at what would lie outside.

use hatang_core::{
    Event, Registry, Shape, Stream, Territory, Version, Viewer,
    asset::Lifecycle,
    event::Boundaries,
    geodesy,
    plan::{Boundary, Hamlet},
    shape::Area,
};
use hatang_exchange::read_outline;
use hatang_store::Expected;
use jiff::civil::Date;
use serde::Serialize;

use crate::{
    amended_rule_set::is_given,
    describe_rule_sets::{Change, changes},
    desk::Desk,
    error::{DeskError, ErrorKind},
    permission::{About, Action},
};

/// The outline as it is, with its changes.
#[derive(Clone, Debug, Serialize)]
pub struct OutlineSheet {
    /// The territory's official code.
    pub code: Territory,
    /// Its name.
    pub name: String,
    /// People who live there, where anybody has said so.
    pub people: Option<u32>,
    /// Geodesic area.
    pub area_km2: f64,
    /// Its changes, the newest first; for officials only.
    pub changes: Vec<Change>,
}

/// What an official says of a new outline, besides the file.
#[derive(Clone, Debug, Default)]
pub struct OutlineFile {
    /// The version of the outline that was seen; not asked for while nothing is written.
    pub seen_version: Option<u32>,
    /// The territory's name from now on; as it was where nobody says so.
    pub name: Option<String>,
    /// People who live there; as it was where nobody says so.
    pub people: Option<u32>,
    /// The day since which it is true, where that is not today.
    pub valid_on: Option<Date>,
    /// The instrument, and why; needed unless nothing is written.
    pub reason: String,
    /// Only say what would come of it.
    pub dry_run: bool,
}

/// What comes of a new outline.
#[derive(Clone, Debug, Serialize)]
pub struct OutlineChange {
    /// The version that it follows.
    pub before: u32,
    /// Its own version; none when nothing was written.
    pub version: Option<u32>,
    /// The territory's name.
    pub name: String,
    /// People who live there.
    pub people: Option<u32>,
    /// Geodesic area until now.
    pub area_before_km2: f64,
    /// Geodesic area of the new outline.
    pub area_km2: f64,
    /// Where the territory is.
    pub geometry: Shape,
    /// What lies in the old outline and not in the new one.
    pub left_out: LeftOut,
}

/// What lies in the old outline and not in the new one, as far as the viewer may know of it. It stays registered and planned.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// How many registered assets that are not taken down.
    pub assets: usize,
    /// How many planned objects.
    pub planned: usize,
    /// Hamlets, by their middles.
    pub hamlets: Vec<String>,
}

/// The outline; none while none is loaded.
///
/// # Errors
/// [`DeskError::Store`] when the journal cannot be read.
pub async fn describe_outline(desk: &Desk, who: &Viewer) -> Result<Option<OutlineSheet>, DeskError> {
    let home = desk.read(|registry| {
        let boundaries = registry.home().and_then(|(_, state)| state.boundaries.as_ref())?;
        Some(boundaries.home.clone())
    });
    let Some(Boundary { code, name, shape, people }) = home else { return Ok(None) };
    let changes = if who.is_official_of(&code) { changes(desk, &code, &Stream::Boundary).await? } else { Vec::new() };
    Ok(Some(OutlineSheet { name, people, area_km2: km2(&shape), changes, code }))
}

/// Reads the outline of the territory out of a file and writes it, or says what would come of it. The neighbours' outlines
/// stay.
///
/// # Errors
/// [`DeskError`] when the viewer may not, there is no outline yet, the file holds none that can be this territory's, somebody
/// else was faster, nothing would change, or no reason is given.
pub async fn amend_outline(
    desk: &Desk,
    who: &Viewer,
    bytes: &[u8],
    file: OutlineFile,
) -> Result<OutlineChange, DeskError> {
    desk.may(who, Action::AdoptPlan, About::nothing())?;
    let territory = desk.home();
    let (version, before) = current(desk, &territory).await?;
    let shape = read_outline(bytes, &territory)?;
    let (old, new) = areas(&before.home, &shape)?;
    let home = Boundary {
        name: file.name.map_or_else(|| before.home.name.clone(), |name| name.trim().to_owned()),
        people: file.people.or(before.home.people),
        shape,
        ..before.home.clone()
    };
    if home == before.home {
        let said = ("Ranh giới trong tệp giống ranh giới hiện tại.", "The file's outline is the one in force.");
        return Err(refused("outline.unchanged", version.0, said));
    }
    let left_out = left_out(desk, who, &old, &new);
    let mut change = OutlineChange {
        before: version.0,
        version: None,
        name: home.name.clone(),
        people: home.people,
        area_before_km2: km2(&before.home.shape),
        area_km2: km2(&home.shape),
        geometry: home.shape.clone(),
        left_out,
    };
    if !file.dry_run {
        check_said(desk, version, &home.name, file.seen_version, file.valid_on, &file.reason)?;
        let boundaries = Boundaries { home, neighbours: before.neighbours };
        let event = Event::BoundaryAdopted { boundaries, reason: Some(file.reason.trim().to_owned()) };
        // From the outline that was compared: whoever writes meanwhile is noticed.
        let events = vec![(Expected::Version(version), event)];
        desk.append_valid(&territory, events, who, file.valid_on).await?;
        change.version = Some(version.0 + 1);
    }
    Ok(change)
}

/// The newest outlines with their version.
async fn current(desk: &Desk, territory: &Territory) -> Result<(Version, Boundaries), DeskError> {
    let history = desk.store.history(territory, &Stream::Boundary).await?;
    let newest = history.into_iter().next_back().and_then(|entry| match entry.recorded.event {
        Event::BoundaryAdopted { boundaries, .. } => Some((entry.version, boundaries)),
        _ => None,
    });
    newest.ok_or_else(|| {
        DeskError::input(
            ErrorKind::NotFound,
            "outline.none",
            territory,
            "Chưa có ranh giới nào được nạp; ranh giới đầu tiên đi cùng thư mục quy hoạch.",
            "No outline is loaded yet; the first one comes with a plan folder.",
        )
    })
}

/// The least share of a new outline that lies in the old one. Outlines of neighbours from two sources overlap in slivers
/// along their common border.
const LEAST_SHARED: f64 = 0.01;

/// The old and the new area; an error when the new one lies elsewhere.
fn areas(before: &Boundary, shape: &Shape) -> Result<(Area, Area), DeskError> {
    let elsewhere = || {
        refused(
            "outline.elsewhere",
            km2(shape),
            (
                "Vùng trong tệp gần như không chồng lên ranh giới hiện tại: có thể là xã khác hoặc sai hệ toạ độ.",
                "The file's area hardly overlaps the outline in force: it may be another commune's, or in another \
                 reference system.",
            ),
        )
    };
    let (old, new) = Area::of(&before.shape).zip(Area::of(shape)).ok_or_else(elsewhere)?;
    if new.share_in(&old) < LEAST_SHARED { Err(elsewhere()) } else { Ok((old, new)) }
}

/// Whether what is said with the file will do.
fn check_said(
    desk: &Desk,
    newest: Version,
    name: &str,
    seen_version: Option<u32>,
    valid_on: Option<Date>,
    reason: &str,
) -> Result<(), DeskError> {
    if seen_version != Some(newest.0) {
        return Err(DeskError::input(
            ErrorKind::Conflict,
            "outline.changed_meanwhile",
            newest.0,
            "Ranh giới đã có phiên bản mới hơn: hãy kiểm tra lại tệp trước khi lưu.",
            "The outline has a newer version: check the file again before it is saved.",
        ));
    }
    if !is_given(name) || !is_given(reason) {
        let said = ("Phải nêu văn bản và lý do đổi ranh giới.", "Name the instrument and why the outline changes.");
        return Err(refused("outline.reason", if is_given(name) { "reason" } else { "name" }, said));
    }
    match valid_on.filter(|day| desk.today() < *day) {
        Some(day) => Err(refused(
            "outline.future",
            day,
            (
                "Ranh giới mới có hiệu lực ngay khi lưu nên ngày thay đổi không thể ở tương lai.",
                "A new outline holds as soon as it is saved: the day of the change cannot lie ahead.",
            ),
        )),
        None => Ok(()),
    }
}

fn left_out(desk: &Desk, who: &Viewer, old: &Area, new: &Area) -> LeftOut {
    let is_left_out = |shape: &Shape| old.encloses_some_of(shape) && !new.encloses_some_of(shape);
    // Measured outside: writers wait while the registry is read.
    let (standing, planned, hamlets) = desk.read(|registry| {
        let plan = registry.home().and_then(|(_, state)| state.plan.as_ref());
        let planned: Vec<Shape> =
            plan.iter().flat_map(|plan| &plan.planned).map(|object| object.shape.clone()).collect();
        let hamlets: Vec<Hamlet> = plan.map(|plan| plan.hamlets.clone()).unwrap_or_default();
        (standing(registry, who), planned, hamlets)
    });
    let count = |shapes: &[Shape]| shapes.iter().filter(|shape| is_left_out(shape)).count();
    let is_out = |hamlet: &&Hamlet| old.encloses(hamlet.middle()) && !new.encloses(hamlet.middle());
    LeftOut {
        assets: count(&standing),
        planned: count(&planned),
        hamlets: hamlets.iter().filter(is_out).map(|hamlet| hamlet.name.clone()).collect(),
    }
}

/// Where the assets are that the viewer may see and that are not taken down.
fn standing(registry: &Registry, who: &Viewer) -> Vec<Shape> {
    let seen = registry.seen_by(who).all();
    let stands = seen.filter(|sight| sight.asset().status != Lifecycle::Decommissioned);
    stands.map(|sight| sight.shape().into_owned()).collect()
}

fn km2(shape: &Shape) -> f64 {
    geodesy::area_m2(shape) / 1e6
}

fn refused(code: &'static str, value: impl std::fmt::Display, (vi, en): (&str, &str)) -> DeskError {
    DeskError::input(ErrorKind::BadInput, code, value, vi, en)
}
