//! Files about the ground, terrain and grids of people: loaded, listed, retired, and held ready for computing.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use hatang_core::{
    Event, Lonlat, Registry, Seq, Stream, Territory, Viewer,
    coverage_source::SourceId,
    ground_source::{GroundForm, GroundKind, GroundSource},
};
use hatang_exchange::{
    coverage_sources::NotCounted,
    geotiff::{Raster, RasterError, read_geotiff},
    ground::{Population, read_population_raster, read_population_rows},
};
use hatang_store::{Hash, Store};
use jiff::civil::Date;
use serde::Serialize;

use crate::{
    desk::Desk,
    error::{DeskError, ErrorKind},
    permission::{About, Action},
};

/// A file's content, made ready.
#[derive(Debug)]
pub(crate) enum Content {
    Terrain(Raster),
    Population(Vec<(Lonlat, u64)>),
}

/// The contents of the files that are in force, and of those that a command has lent, by their hash.
#[derive(Debug, Default)]
pub(crate) struct Grounds(Mutex<BTreeMap<String, Arc<Content>>>);

impl Grounds {
    pub(crate) fn get(&self, sha256: &str) -> Option<Arc<Content>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(sha256).cloned()
    }

    fn put(&self, sha256: String, content: Content) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(sha256, Arc::new(content));
    }

    /// Reads what is in force and not held yet. A file that is not there is left out: whoever asks for it is told.
    pub(crate) async fn fetch(&self, store: &Store, wanted: Vec<(Territory, GroundSource)>) -> Result<(), DeskError> {
        for (territory, source) in wanted.into_iter().filter(|(_, source)| self.get(&source.sha256).is_none()) {
            let Some(hash) = hash_of(&source.sha256) else { continue };
            let Some(bytes) = store.ground_file(&territory, hash).await? else { continue };
            // It could be read when it was loaded; whoever asks for one that no longer can is told.
            if let Ok((content, ..)) = read(source.kind, source.form, &bytes) {
                self.put(source.sha256, content);
            }
        }
        Ok(())
    }
}

/// A hash by its hexadecimal digits.
pub(crate) fn hash_of(digits: &str) -> Option<Hash> {
    let bytes = data_encoding::HEXLOWER.decode(digits.as_bytes()).ok()?;
    bytes.try_into().ok().map(Hash)
}

/// What a file is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroundFacts {
    /// Terrain or people.
    pub kind: GroundKind,
    /// The day that it is of.
    pub dated: Date,
    /// Who made it, and where it comes from.
    pub source: String,
}

/// What came of a file.
#[derive(Clone, Debug, Serialize)]
pub struct GroundReport {
    /// The new source; none when nothing of the file counted.
    pub id: Option<SourceId>,
    /// SHA-256 of the file.
    pub sha256: String,
    /// Cells or rows that count.
    pub counted: u64,
    /// Rows that do not, with their rule; the first thousand.
    pub refused: Vec<NotCounted>,
    /// How many do not.
    pub refused_total: usize,
    /// How many changes the viewer may see.
    pub seq: Seq,
}

/// How many refused rows are told one by one.
const TOLD: usize = 1_000;

type Counted = (Content, u64, Vec<NotCounted>);

fn read(kind: GroundKind, form: GroundForm, bytes: &[u8]) -> Result<Counted, DeskError> {
    match (kind, form) {
        (GroundKind::Terrain, GroundForm::Geotiff) => {
            let raster = read_geotiff(bytes).map_err(|error| unreadable(&error))?;
            known_system(&raster)?;
            let counted = raster.values.iter().filter(|height| height.is_finite()).count() as u64;
            Ok((Content::Terrain(raster), counted, Vec::new()))
        }
        (GroundKind::Population, GroundForm::Geotiff) => {
            Ok(people(read_population_raster(bytes).map_err(|error| unreadable(&error))?))
        }
        (GroundKind::Population, GroundForm::Csv) => Ok(people(read_population_rows(bytes)?)),
        (GroundKind::Terrain, GroundForm::Csv) => Err(DeskError::input(
            ErrorKind::BadInput,
            "ground.form",
            "csv",
            "Địa hình phải là GeoTIFF.",
            "Terrain must be a GeoTIFF.",
        )),
    }
}

fn people(Population { places, refused }: Population) -> Counted {
    let counted = places.len() as u64;
    (Content::Population(places), counted, refused)
}

fn known_system(raster: &Raster) -> Result<(), DeskError> {
    hatang_crs::Crs::from_epsg(u32::from(raster.epsg)).map(|_| ()).map_err(|error| {
        DeskError::input(
            ErrorKind::BadInput,
            "ground.system",
            raster.epsg,
            &format!("Hệ tọa độ của ảnh raster chưa được hỗ trợ: {error}."),
            &format!("The raster's reference system is not known: {error}."),
        )
    })
}

fn unreadable(error: &RasterError) -> DeskError {
    DeskError::input(
        ErrorKind::BadInput,
        "ground.unreadable",
        error,
        "Không đọc được ảnh raster: cần GeoTIFF một kênh, có vị trí và hệ tọa độ, độ cao tính bằng mét.",
        "The raster cannot be read: it must be a GeoTIFF of one band, with place and reference system, heights in metres.",
    )
}

/// A TIFF begins with its byte order; everything else is taken for a table.
fn form_of(bytes: &[u8]) -> GroundForm {
    let is_tiff = bytes.starts_with(b"II") || bytes.starts_with(b"MM");
    if is_tiff { GroundForm::Geotiff } else { GroundForm::Csv }
}

/// Loads a file: terrain as `GeoTIFF`, people as `GeoTIFF` or CSV.
///
/// # Errors
/// [`ErrorKind::Refused`] for whoever may not adopt a plan, [`ErrorKind::BadInput`] for a file that cannot be read.
pub async fn record_ground_source(
    desk: &Desk,
    who: &Viewer,
    facts: GroundFacts,
    file: &[u8],
) -> Result<GroundReport, DeskError> {
    desk.may(who, Action::AdoptPlan, About::nothing())?;
    let form = form_of(file);
    let (content, counted, refused) = read(facts.kind, form, file)?;
    let sha256 = Hash::of(file).to_string();
    let refused_total = refused.len();
    let report = |id, sha256, seq| GroundReport {
        id,
        sha256,
        counted,
        refused: refused.into_iter().take(TOLD).collect(),
        refused_total,
        seq,
    };
    if counted == 0 {
        return Ok(report(None, sha256, desk.position_seen_by(who)));
    }
    let territory = desk.home();
    desk.store.put_ground_file(&territory, file).await?;
    desk.grounds.put(sha256.clone(), content);
    let id = SourceId(desk.edge.new_uuid());
    let source = GroundSource {
        id,
        kind: facts.kind,
        sha256: sha256.clone(),
        form,
        dated: facts.dated,
        source: facts.source,
        size: counted,
        retired: None,
    };
    write(desk, who, source).await?;
    Ok(report(Some(id), sha256, desk.position_seen_by(who)))
}

/// Retires a file: it stays listed and no longer counts.
///
/// # Errors
/// [`ErrorKind::NotFound`] for one that is not there, [`ErrorKind::Refused`] as for loading.
pub async fn retire_ground_source(desk: &Desk, who: &Viewer, id: SourceId, reason: &str) -> Result<(), DeskError> {
    desk.may(who, Action::AdoptPlan, About::nothing())?;
    let source = desk.read(|registry| all(registry).find(|source| source.id == id).cloned());
    let source = source.ok_or_else(|| unknown(id))?;
    write(desk, who, GroundSource { retired: Some(reason.to_owned()), ..source }).await
}

fn unknown(id: impl std::fmt::Display) -> DeskError {
    DeskError::input(
        ErrorKind::NotFound,
        "ground_source.unknown",
        id,
        "Không có tệp địa hình hoặc dân số nào như vậy đang được dùng.",
        "No such file of terrain or people is in use.",
    )
}

async fn write(desk: &Desk, who: &Viewer, source: GroundSource) -> Result<(), DeskError> {
    let territory = desk.home();
    let expected = desk.expected(&territory, &Stream::GroundSource(source.id)).await?;
    let event = Event::GroundSourceRecorded { source: Box::new(source) };
    desk.append(&territory, vec![(expected, event)], who).await?;
    Ok(())
}

/// Every file, the newest first, retired ones included.
#[must_use]
pub fn list_ground_sources(desk: &Desk) -> Vec<GroundSource> {
    desk.read(|registry| {
        let mut listed: Vec<GroundSource> = all(registry).cloned().collect();
        listed.sort_by(|a, b| b.dated.cmp(&a.dated).then(a.id.cmp(&b.id)));
        listed
    })
}

/// Lends a terrain file to the computations of this process without recording it.
///
/// # Errors
/// [`ErrorKind::BadInput`] for what is no terrain.
pub fn lend_terrain(desk: &Desk, file: &[u8]) -> Result<String, DeskError> {
    let (content, ..) = read(GroundKind::Terrain, GroundForm::Geotiff, file)?;
    let sha256 = Hash::of(file).to_string();
    desk.grounds.put(sha256.clone(), content);
    Ok(sha256)
}

fn all(registry: &Registry) -> impl Iterator<Item = &GroundSource> {
    registry.home().into_iter().flat_map(|(_, state)| state.ground_sources.values())
}

/// The files in force of every territory, with where they are kept.
pub(crate) fn to_hold(registry: &Registry) -> Vec<(Territory, GroundSource)> {
    let states = registry.territories().iter();
    let of = |(territory, state): (&Territory, &hatang_core::registry::TerritoryState)| {
        let in_force = state.ground_sources.values().filter(|source| source.retired.is_none()).cloned();
        in_force.map(|source| (territory.clone(), source)).collect::<Vec<_>>()
    };
    states.flat_map(of).collect()
}

/// The file of a kind that counts: the newest in force.
pub(crate) fn in_force(registry: &Registry, kind: GroundKind) -> Option<&GroundSource> {
    let of_kind = all(registry).filter(|source| source.kind == kind && source.retired.is_none());
    of_kind.max_by(|a, b| a.dated.cmp(&b.dated).then(a.id.cmp(&b.id)))
}

/// The terrain in force with an identity, or the newest.
///
/// # Errors
/// [`ErrorKind::NotFound`] when there is none.
pub(crate) fn terrain_in_force(registry: &Registry, id: Option<SourceId>) -> Result<&GroundSource, DeskError> {
    match id {
        Some(id) => {
            let is_wanted = |source: &&GroundSource| {
                source.id == id && source.kind == GroundKind::Terrain && source.retired.is_none()
            };
            all(registry).find(is_wanted).ok_or_else(|| unknown(id))
        }
        None => in_force(registry, GroundKind::Terrain).ok_or_else(|| {
            DeskError::input(
                ErrorKind::NotFound,
                "terrain.none",
                "terrain",
                "Chưa nạp địa hình nào, nên chưa tính được vùng phủ theo địa hình.",
                "No terrain is loaded yet, so coverage over terrain cannot be computed.",
            )
        }),
    }
}
