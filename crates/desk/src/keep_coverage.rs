//! Keeps coverage runs with everything they were computed from, piece by piece, so that a long run can be broken off and
//! resumed and every run can be proved later: the same inputs give the same bytes.

use std::{
    io::{Read as _, Write as _},
    ops::ControlFlow,
};

use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use hatang_core::{AssetId, Seq, Territory, Viewer};
pub use hatang_coverage::Environment;
use hatang_coverage::{
    Grid, Land, LandClass, MissingTerrain, OverTerrain, Parameters, Reach, Station, Terrain, Watch,
    reach::{
        piece::{Piece, bytes, pieces, reach_piece},
        terrain::{OnTerrain, reach_piece_over_terrain},
    },
};
use hatang_store::{CoverageTile, Hash, NewCoverageRun, StoredCoverageRun};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    desk::Desk,
    error::{DeskError, ErrorKind},
    ground_sources::hash_of,
    permission::{About, Action},
    run_coverage::{CoverageQuestion, Inputs, missing_terrain},
};

/// Everything that a run's bytes follow from. Its own bytes are what the run is named by.
#[derive(Debug, Serialize, Deserialize)]
struct Header {
    /// The layout of this text.
    v: u32,
    model: String,
    model_version: String,
    program_version: String,
    technology: String,
    network: Option<String>,
    environment: String,
    parameters: Parameters,
    /// Terrain and the figures of the model over terrain; absent for the usual model.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    over_terrain: Option<KeptTerrain>,
    grid: Grid,
    /// One digit for each cell: the place of its class among all.
    land: String,
    stations: Vec<(AssetId, Station)>,
    operators: Vec<String>,
}

/// The terrain of a run as it was laid on the plane: its heights lie beside the journal's own files, by their hash.
#[derive(Debug, Serialize, Deserialize)]
struct KeptTerrain {
    figures: OverTerrain,
    grid: Grid,
    /// SHA-256 of the heights in little-endian single precision, in hexadecimal digits.
    heights: String,
}

/// The present layout.
const LAYOUT: u32 = 1;

/// A run that is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KeptRun {
    /// The hash of its inputs, which is its name.
    pub run: String,
    /// The hash of its result; absent while pieces are missing.
    pub result: Option<String>,
    /// The journal position that it rests on.
    pub seq: Seq,
    /// When it began.
    pub started_at: Timestamp,
    /// When its last piece was done.
    pub finished_at: Option<Timestamp>,
    /// How many pieces it has.
    pub tiles: u64,
}

impl KeptRun {
    fn of(stored: &StoredCoverageRun) -> Self {
        Self {
            run: stored.input_hash.to_string(),
            result: stored.finished.map(|(_, result)| result.to_string()),
            seq: stored.seq,
            started_at: stored.started_at,
            finished_at: stored.finished.map(|(at, _)| at),
            tiles: stored.tiles,
        }
    }
}

/// Hears how many cells of how many are done, and may break the run off; what is done by then is kept.
pub trait Progress: Sync {
    /// Called from several threads.
    fn cells(&self, done: u64, of: u64) -> ControlFlow<()>;
}

/// Nobody listens.
#[derive(Clone, Copy, Debug)]
pub struct Quiet;

impl Progress for Quiet {
    fn cells(&self, _: u64, _: u64) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}

/// Computes a run and keeps it; pieces that are kept already are not computed again.
///
/// # Errors
/// [`ErrorKind::Refused`] when `who` may not keep runs, [`ErrorKind::Conflict`] when the run was broken off, and as for
/// [`crate::run_coverage::answer_coverage`].
pub async fn keep_coverage(
    desk: &Desk,
    who: &Viewer,
    question: &CoverageQuestion,
    progress: &impl Progress,
) -> Result<KeptRun, DeskError> {
    desk.may(who, Action::KeepCoverage, About::nothing())?;
    question.check()?;
    let inputs = Inputs::of(desk, question)?;
    let land = inputs.ground.land.clone();
    let seq = inputs.seq;
    let (model, model_version) = inputs.model();
    let over_terrain = match &inputs.laid {
        Some(terrain) => {
            let (figures, grid) = (terrain.figures.clone(), *terrain.terrain.grid());
            let heights = desk.store.put_ground_file(&desk.home(), &terrain.terrain.bytes()).await?.to_string();
            Some(KeptTerrain { figures, grid, heights })
        }
        None => None,
    };
    let header = Header {
        v: LAYOUT,
        model: model.to_owned(),
        model_version: model_version.to_owned(),
        program_version: env!("CARGO_PKG_VERSION").to_owned(),
        technology: question.technology.to_string(),
        network: question.network.as_ref().map(ToString::to_string),
        environment: question.environment.code().to_owned(),
        parameters: inputs.parameters,
        over_terrain,
        grid: *land.grid(),
        land: land.classes().iter().map(|class| char::from(b'0' + *class as u8)).collect(),
        stations: inputs.stations,
        operators: inputs.operators,
    };
    let text = serde_json::to_vec(&header).map_err(unreadable)?;
    let (territory, run) = (desk.home(), Hash::of(&text));
    let all: Vec<Piece> = pieces(land.grid()).collect();
    desk.store
        .begin_coverage_run(&NewCoverageRun {
            territory: &territory,
            input_hash: run,
            inputs: &packed(&text)?,
            seq,
            tiles: all.len() as u64,
            at: desk.edge.now(),
        })
        .await?;
    let done = desk.store.coverage_tiles_done(&territory, run).await?;
    let stations: Vec<Station> = header.stations.iter().map(|(_, station)| station.clone()).collect();
    let count = Count::new(land.grid().len() as u64, progress);
    for piece in &all {
        if done.iter().any(|(number, _)| *number == piece.number) {
            count.skip(piece);
            continue;
        }
        let on = inputs.laid.as_ref().map(|laid| laid.on(&inputs.ground, &header.parameters));
        let reach = computed(piece, (&land, on), &stations, &header.parameters, &count)
            .map_err(|missing| missing_terrain(&missing, &inputs.ground, &header.stations))?
            .ok_or_else(broken_off)?;
        let cells = bytes(&reach);
        let tile = CoverageTile { number: piece.number, result_hash: Hash::of(&cells), cells: packed(&cells)? };
        desk.store.put_coverage_tile(&territory, run, &tile).await?;
    }
    let done = desk.store.coverage_tiles_done(&territory, run).await?;
    let result = joined(done.iter().map(|(_, hash)| *hash));
    desk.store.finish_coverage_run(&territory, run, result, desk.edge.now()).await?;
    kept(desk, &territory, run).await
}

/// The runs that are kept, the latest first.
///
/// # Errors
/// [`ErrorKind::Refused`] when `who` may not keep runs, [`DeskError::Store`] when they cannot be read.
pub async fn kept_runs(desk: &Desk, who: &Viewer, limit: u32) -> Result<Vec<KeptRun>, DeskError> {
    desk.may(who, Action::KeepCoverage, About::nothing())?;
    Ok(desk.store.coverage_runs(&desk.home(), limit).await?.iter().map(KeptRun::of).collect())
}

/// What computing a kept run again has shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProvedRun {
    /// The run.
    pub run: KeptRun,
    /// Pieces whose bytes are no longer those that were kept, or that were tampered with.
    pub different: Vec<u64>,
}

/// Computes a kept run again from its own inputs and compares every piece's bytes.
///
/// # Errors
/// [`ErrorKind::Refused`] when `who` may not keep runs, [`ErrorKind::NotFound`] for an unknown or unfinished run.
pub async fn prove_coverage(desk: &Desk, who: &Viewer, run: &str) -> Result<ProvedRun, DeskError> {
    desk.may(who, Action::KeepCoverage, About::nothing())?;
    let unknown = || {
        DeskError::input(
            ErrorKind::NotFound,
            "coverage.run_unknown",
            run,
            "Không có lần tính nào đã hoàn tất mang mã này.",
            "There is no finished run with this name.",
        )
    };
    let territory = desk.home();
    let runs = desk.store.coverage_runs(&territory, u32::MAX >> 1).await?;
    let stored = runs.into_iter().find(|stored| stored.input_hash.to_string().starts_with(run)).ok_or_else(unknown)?;
    if stored.finished.is_none() {
        return Err(unknown());
    }
    let text = unpacked(&stored.inputs)?;
    let header: Header = serde_json::from_slice(&text).map_err(unreadable)?;
    let class = |digit: u8| LandClass::from_byte(digit.wrapping_sub(b'0')).ok_or_else(|| unreadable("land"));
    let classes = header.land.bytes().map(class).collect::<Result<Vec<_>, _>>()?;
    if classes.len() != header.grid.len() || Hash::of(&text) != stored.input_hash {
        return Err(unreadable("inputs"));
    }
    let land = Land::new(header.grid, classes);
    let stations: Vec<Station> = header.stations.into_iter().map(|(_, station)| station).collect();
    let terrain = match header.over_terrain {
        Some(kept) => Some((kept.figures, laid_again(desk, &territory, kept.grid, &kept.heights).await?)),
        None => None,
    };
    let mut different = Vec::new();
    let mut hashes = Vec::new();
    for piece in pieces(land.grid()) {
        let quiet = Count::new(land.grid().len() as u64, &Quiet);
        let on = terrain.as_ref().map(|(figures, terrain)| OnTerrain {
            land: &land,
            terrain,
            figures,
            parameters: &header.parameters,
        });
        let reach = computed(&piece, (&land, on), &stations, &header.parameters, &quiet)
            .map_err(unreadable)?
            .ok_or_else(broken_off)?;
        let again = Hash::of(&bytes(&reach));
        let tile = desk.store.coverage_tile(&territory, stored.input_hash, piece.number).await?;
        let same = match tile {
            Some(tile) => {
                tile.result_hash == again && unpacked(&tile.cells).is_ok_and(|cells| Hash::of(&cells) == again)
            }
            None => false,
        };
        if !same {
            different.push(piece.number);
        }
        hashes.push(again);
    }
    let whole = stored.finished.is_some_and(|(_, result)| result == joined(hashes.into_iter()));
    if !whole && different.is_empty() {
        different.extend(0..stored.tiles);
    }
    Ok(ProvedRun { run: KeptRun::of(&stored), different })
}

/// One piece, by the model of its run.
fn computed(
    piece: &Piece,
    (land, on): (&Land, Option<OnTerrain<'_>>),
    stations: &[Station],
    parameters: &Parameters,
    watch: &impl Watch,
) -> Result<Option<Reach>, MissingTerrain> {
    match on {
        Some(on) => reach_piece_over_terrain(on, stations, piece, watch),
        None => Ok(reach_piece(&land.window(&piece.columns, &piece.rows), stations, parameters, watch)),
    }
}

/// The terrain of a kept run, as it was laid.
async fn laid_again(desk: &Desk, territory: &Territory, grid: Grid, heights: &str) -> Result<Terrain, DeskError> {
    let hash = hash_of(heights).ok_or_else(|| unreadable("heights"))?;
    let bytes = desk.store.ground_file(territory, hash).await?.ok_or_else(|| unreadable("heights"))?;
    Terrain::of_bytes(grid, &bytes).ok_or_else(|| unreadable("heights"))
}

async fn kept(desk: &Desk, territory: &Territory, run: Hash) -> Result<KeptRun, DeskError> {
    let stored = desk.store.coverage_run(territory, run).await?;
    stored.as_ref().map(KeptRun::of).ok_or_else(|| unreadable("run"))
}

/// The hash of all pieces' hashes in their order.
fn joined(hashes: impl Iterator<Item = Hash>) -> Hash {
    Hash::of(&hashes.flat_map(|hash| hash.0).collect::<Vec<u8>>())
}

fn packed(bytes: &[u8]) -> Result<Vec<u8>, DeskError> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).map_err(unreadable)?;
    encoder.finish().map_err(unreadable)
}

fn unpacked(bytes: &[u8]) -> Result<Vec<u8>, DeskError> {
    let mut text = Vec::new();
    GzDecoder::new(bytes).read_to_end(&mut text).map_err(unreadable)?;
    Ok(text)
}

fn unreadable(why: impl std::fmt::Display) -> DeskError {
    DeskError::input(
        ErrorKind::Internal,
        "coverage.run_unreadable",
        why,
        "Không đọc được lần tính vùng phủ đã lưu.",
        "A kept coverage run cannot be read.",
    )
}

fn broken_off() -> DeskError {
    DeskError::input(
        ErrorKind::Conflict,
        "coverage.broken_off",
        "run",
        "Lần tính đã bị dừng; phần đã tính được giữ lại và lần sau tính tiếp.",
        "The run was broken off; what was done is kept, and the next run goes on from there.",
    )
}

/// Counts cells over all pieces.
struct Count<'p, P> {
    done: std::sync::atomic::AtomicU64,
    of: u64,
    progress: &'p P,
}

impl<'p, P: Progress> Count<'p, P> {
    const fn new(of: u64, progress: &'p P) -> Self {
        Self { done: std::sync::atomic::AtomicU64::new(0), of, progress }
    }

    fn add(&self, cells: u64) -> ControlFlow<()> {
        let before = self.done.fetch_add(cells, std::sync::atomic::Ordering::Relaxed);
        self.progress.cells(before + cells, self.of)
    }

    /// A piece that was there already; only computing can be broken off.
    fn skip(&self, piece: &Piece) {
        let _ =
            self.add(u64::from(piece.columns.end - piece.columns.start) * u64::from(piece.rows.end - piece.rows.start));
    }
}

impl<P: Progress> Watch for Count<'_, P> {
    fn advanced(&self, cells: usize) -> ControlFlow<()> {
        self.add(cells as u64)
    }
}
