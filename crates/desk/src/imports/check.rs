//! Reads a file and says what it would do. Nothing of it comes into the registry.

use std::collections::BTreeMap;

use hatang_core::{
    Asset, OrganisationCode, Viewer,
    change_set::{ImportAct, RowAction},
};
use hatang_exchange::{Import, ImportOptions, OwnerSource, Severity, read_assets};
use uuid::Uuid;

use super::{
    compare::{Comparison, compare},
    conflict::ConflictKind,
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
/// A file that cannot be read leaves the job where it was, with the reason.
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
    match read(desk, id, &job.file, &details).await {
        Ok((import, source)) => {
            let rows = stage(desk, id, import, &source, &job.file_sha256.to_string(), &mut details)?;
            job.state = state;
            job.details = encoded(&details);
            desk.tell_progress(id, ImportProgress { step: "keeping", done: 0, of: rows.len() as u64 });
            job = desk.store.stage_import(&job, &rows).await?;
        }
        Err(error) => {
            details.problem =
                Some(FileProblem { code: error.code().to_owned(), value: error.value(), text: error.text() });
            job.details = encoded(&details);
            desk.store.update_import(&job).await?;
            return Err(error);
        }
    }
    drop(until_done);
    shown(desk, &job)
}

async fn read(desk: &Desk, id: Uuid, file: &str, details: &Details) -> Result<(Import, OwnerSource), DeskError> {
    let given = &details.options;
    let source = given.owner_source()?;
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
    let options = ImportOptions {
        crs: crs.transpose()?,
        map: given.map.clone(),
        merge_same_position: given.merge_same_position,
        extent: desk.read(extent_of),
        surroundings: desk.read(surroundings_of),
        ..ImportOptions::new(given.class, source.clone())
    };
    desk.tell_progress(id, ImportProgress { step: "reading", done: 0, of: 0 });
    let bytes = desk.store.import_bytes(id).await?;
    let (file, ids) = (file.to_owned(), desk.edge.asset_ids());
    // Seconds of work for a large file, so off the threads that serve everybody else.
    let reading = tokio::task::spawn_blocking(move || read_assets(&file, &bytes, &options, ids));
    let import = reading.await.map_err(|_| {
        DeskError::input(
            ErrorKind::Internal,
            "import.stopped",
            id,
            "Việc đọc tệp bị dừng.",
            "Reading the file stopped.",
        )
    })??;
    Ok((import, source))
}

/// Compares and fills the job's details.
fn stage(
    desk: &Desk,
    id: Uuid,
    import: Import,
    source: &OwnerSource,
    sha256: &str,
    details: &mut Details,
) -> Result<Vec<hatang_store::StagedRow>, DeskError> {
    let Import { assets, organisations_seen, report } = import;
    let warnings =
        report.findings.iter().filter(|finding| finding.severity == Severity::Warning && finding.row.is_some());
    let warned: Vec<u32> = warnings.filter_map(|finding| finding.row).collect();
    let more: u64 =
        report.more.iter().filter(|more| more.severity == Severity::Warning).map(|more| u64::from(more.count)).sum();
    let refused: Vec<u32> = report
        .findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .filter_map(|finding| finding.row)
        .collect();
    let of = assets.len() as u64;
    let comparison = Comparison {
        class: details.options.class,
        owner: match source {
            OwnerSource::Code(owner) => Some(owner),
            OwnerSource::Field(_) => None,
        },
        mode: details.options.mode,
        columns: &report.columns_used,
    };
    let mut compared = desk.read(|registry| {
        compare(registry, assets, &comparison, |done| {
            desk.tell_progress(id, ImportProgress { step: "comparing", done, of });
        })
    })?;
    compared.conflicts.add_many(ConflictKind::Warnings, warned.len() as u64 + more, &warned);
    compared.conflicts.add_many(ConflictKind::Refused, u64::from(report.rows_refused), &refused);
    let same_file = desk.read(|registry| {
        registry.territories().values().any(|state| state.imported(sha256, details.options.class).is_some())
    });
    if same_file {
        compared.conflicts.add(ConflictKind::SameFile, &[]);
    }
    let names: BTreeMap<OrganisationCode, String> =
        organisations_seen.into_iter().map(|seen| (seen.code, seen.name)).collect();
    let written = compared.rows.iter().filter(|row| row.action != RowAction::Unchanged);
    let written: Vec<&Asset> = written.map(|row| &row.asset).collect();
    details.organisations = unknown_organisations(desk, written, &names);
    details.rows_refused = report.rows_refused;
    details.report = Some(serde_json::to_value(&report).expect("a report is JSON"));
    details.tally = Some(compared.tally);
    details.conflicts = compared.conflicts.finish();
    details.problem = None;
    Ok(compared.rows)
}
