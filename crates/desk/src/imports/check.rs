//! Reads a file and says what it would do. Nothing of it comes into the registry.

use std::{collections::BTreeMap, ops::ControlFlow, sync::Arc};

use hatang_core::{AssetClass, AssetId, OrganisationCode, Viewer, change_set::ImportAct};
use hatang_exchange::{
    CrsVerdict, FileError, ImportOptions, OwnerSource, ReadAsset, Report, Severity, Summary, stream_assets,
};
use tokio::sync::{mpsc, watch};
use uuid::Uuid;

use super::{
    compare::{Comparer, Comparison},
    conflict::{ConflictKind, Conflicts},
    job::{
        Details, FileProblem, ImportOptionsGiven, ImportProgress, ImportView, about, after, details, encoded, job,
        shown,
    },
};
use crate::{
    desk::Desk,
    draft::extent_of,
    error::{DeskError, ErrorKind},
    import_assets::{surroundings_of, unknown_organisations},
    permission::Action,
};

/// Reads a job's file, as it was told or as `options` say now, and stages what it would do.
///
/// The file is read twice: once to judge it as a whole, and once to hand its assets over in parts, so that a long file
/// needs little memory. A file that cannot be read leaves the job uploaded, with the reason.
///
/// # Errors
/// [`DeskError`] when there is no such job, it has gone too far, or the file as a whole cannot be read.
pub async fn check_import(
    desk: &Desk,
    who: &Viewer,
    id: Uuid,
    options: Option<ImportOptionsGiven>,
) -> Result<ImportView, DeskError> {
    let mut job = job(desk, who, id).await?;
    let state = after(job.state, ImportAct::Check)?;
    let mut details = details(&job)?;
    if let Some(options) = options {
        desk.may(who, Action::ImportAssets, about(options.owner.as_ref()))?;
        if options.owner != job.owner {
            return Err(DeskError::input(
                ErrorKind::BadInput,
                "import.owner_fixed",
                id,
                "Chủ sở hữu của một đợt nhập không đổi được; hãy tải tệp lên lại.",
                "The owner of an import cannot be changed; upload the file again.",
            ));
        }
        details.options = options;
    }
    let until_done = desk.begin_progress(id)?;
    // What others have written since is compared with too.
    desk.catch_up().await?;
    details.clear();
    job.details = encoded(&details);
    job = desk.store.begin_staging(&job).await?;
    match stage(desk, who, id, &job.file, &job.file_sha256.to_string(), &mut details).await {
        Ok(()) => {
            job.state = state;
            job.details = encoded(&details);
            job = desk.store.update_import(&job).await?;
        }
        Err(error) => {
            details.clear();
            details.problem =
                Some(FileProblem { code: error.code().to_owned(), value: error.value(), text: error.text() });
            job.details = encoded(&details);
            desk.store.update_import(&job).await?;
            return Err(error);
        }
    }
    drop(until_done);
    shown(desk, who, &job)
}

/// A file and how it is read.
struct Reading {
    file: String,
    bytes: Vec<u8>,
    options: ImportOptions,
}

/// How many assets are read, compared and kept at once.
const AT_ONCE: usize = 1_000;

/// Reads the file, compares it, keeps what it would do, and fills the job's details.
async fn stage(
    desk: &Desk,
    who: &Viewer,
    id: Uuid,
    file: &str,
    sha256: &str,
    details: &mut Details,
) -> Result<(), DeskError> {
    let source = details.options.owner_source()?;
    let options = options(desk, &details.options, source.clone())?;
    let reading = Arc::new(Reading { file: file.to_owned(), bytes: desk.store.import_bytes(id).await?, options });
    let Summary { organisations_seen, mut report } = judge(desk, id, &reading).await?;
    let owner = match &source {
        OwnerSource::Code(owner) => Some(owner),
        OwnerSource::Field(_) => None,
    };
    let (class, mode) = (details.options.class, details.options.mode);
    let columns = report.columns_used.clone();
    let mut comparer = Comparer::new(Comparison { class, owner, mode, columns: &columns });
    let mut parts = hand_over(&reading, desk.edge.asset_ids());
    let (mut done, of) = (0, u64::from(report.assets));
    while let Some(part) = parts.recv().await {
        done += part.len() as u64;
        let rows = desk.read(|registry| comparer.take(registry, who, part))?;
        desk.store.stage_rows(id, &rows).await?;
        desk.tell_progress(id, ImportProgress { step: "comparing", done, of });
    }
    if done != of {
        return Err(DeskError::stopped());
    }
    let missing = desk.read(|registry| comparer.missing(registry, who));
    for part in missing.chunks(AT_ONCE) {
        let rows = desk.read(|registry| comparer.give_up(registry, who, part));
        desk.store.stage_rows(id, &rows).await?;
    }
    report.refuse_registered(&comparer.refused);
    tell_conflicts(desk, &mut comparer.conflicts, &report, sha256, class);
    let names: BTreeMap<OrganisationCode, String> =
        organisations_seen.into_iter().map(|seen| (seen.code, seen.name)).collect();
    details.organisations = unknown_organisations(desk, &comparer.mentioned, &names);
    details.rows_refused = report.rows_refused;
    details.report = Some(serde_json::to_value(&report).expect("a report is JSON"));
    details.tally = Some(comparer.tally);
    details.conflicts = comparer.conflicts.finish();
    Ok(())
}

/// What somebody must agree with because of the file itself.
fn tell_conflicts(desk: &Desk, conflicts: &mut Conflicts, report: &Report, sha256: &str, class: AssetClass) {
    let rows = |severity: Severity| -> Vec<u32> {
        let findings = report.findings.iter().filter(move |finding| finding.severity == severity);
        findings.filter_map(|finding| finding.row).collect()
    };
    let (warned, refused) = (rows(Severity::Warning), rows(Severity::Error));
    let more: u64 =
        report.more.iter().filter(|more| more.severity == Severity::Warning).map(|more| u64::from(more.count)).sum();
    conflicts.add_many(ConflictKind::Warnings, warned.len() as u64 + more, &warned);
    conflicts.add_many(ConflictKind::Refused, u64::from(report.rows_refused), &refused);
    if report.crs_check.verdict == CrsVerdict::Suspected {
        conflicts.add(ConflictKind::Crs, &[]);
    }
    let same_file = desk.read(|registry| {
        let mut territories = registry.territories().values();
        territories.any(|state| state.imported(sha256, class).is_some())
    });
    if same_file {
        conflicts.add(ConflictKind::SameFile, &[]);
    }
}

fn options(desk: &Desk, given: &ImportOptionsGiven, source: OwnerSource) -> Result<ImportOptions, DeskError> {
    let crs = given.crs.as_deref().map(|crs| {
        crs.parse().map_err(|_| {
            DeskError::input(
                ErrorKind::BadInput,
                "crs.unknown",
                crs,
                "Không có hệ toạ độ này trong danh sách được hỗ trợ; viết như EPSG:9210.",
                "This is no known reference system; write it like EPSG:9210.",
            )
        })
    });
    Ok(ImportOptions {
        crs: crs.transpose()?,
        crs_overrides_file: given.crs_overrides_file,
        axes: given.axes,
        encoding: given.encoding,
        decimal: given.decimal,
        layer: given.layer.clone(),
        map: given.map.clone(),
        merge_same_position: given.merge_same_position,
        extent: desk.read(extent_of),
        surroundings: desk.read(surroundings_of),
        ..ImportOptions::new(given.class, source)
    })
}

/// Reads the file to its end and keeps nothing of it but what it comes to; tells now and then how far it is.
async fn judge(desk: &Desk, id: Uuid, reading: &Arc<Reading>) -> Result<Summary, DeskError> {
    let (reading, (tell, mut told)) = (Arc::clone(reading), watch::channel(0));
    // Seconds of work for a large file, so off the threads that serve everybody else.
    let mut judging = tokio::task::spawn_blocking(move || {
        let mut assets = 0_u64;
        reading.each(
            || AssetId(Uuid::nil()),
            |_| {
                assets += 1;
                if assets.is_multiple_of(AT_ONCE as u64) {
                    tell.send_replace(assets);
                }
                ControlFlow::Continue(())
            },
        )
    });
    let judged = loop {
        tokio::select! {
            judged = &mut judging => break judged,
            Ok(()) = told.changed() => {
                let done = *told.borrow_and_update();
                desk.tell_progress(id, ImportProgress { step: "reading", done, of: 0 });
            }
        }
    };
    Ok(judged.map_err(|_| DeskError::stopped())??)
}

/// Reads the file again and hands its assets over in parts, no faster than they are taken.
fn hand_over(reading: &Arc<Reading>, ids: impl FnMut() -> AssetId + Send + 'static) -> mpsc::Receiver<Vec<ReadAsset>> {
    let (reading, (sender, parts)) = (Arc::clone(reading), mpsc::channel(1));
    tokio::task::spawn_blocking(move || {
        let mut part = Vec::with_capacity(AT_ONCE);
        // It was read to its end once already: what can fail has not.
        let _ = reading.each(ids, |asset| {
            part.push(asset);
            if part.len() < AT_ONCE {
                return ControlFlow::Continue(());
            }
            let full = std::mem::replace(&mut part, Vec::with_capacity(AT_ONCE));
            // Nobody takes them any more when the check was given up.
            if sender.blocking_send(full).is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        if !part.is_empty() {
            let _ = sender.blocking_send(part);
        }
    });
    parts
}

impl Reading {
    fn each(
        &self,
        ids: impl FnMut() -> AssetId,
        take: impl FnMut(ReadAsset) -> ControlFlow<()>,
    ) -> Result<Summary, FileError> {
        stream_assets(&self.file, &self.bytes, &self.options, ids, take)
    }
}
