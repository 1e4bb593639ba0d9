//! Agrees with, commits, undoes or gives up an import.

use hatang_core::{
    AccessKind, Viewer,
    change_set::{ImportAct, ImportState},
};
use hatang_store::{Appended, Commit, ImportJob, Revert, StoreError};
use uuid::Uuid;

use super::{
    conflict::ConflictKind,
    job::{Details, ImportView, JobReceipt, after, details, encoded, job, shown},
};
use crate::{
    amend_asset::reason,
    desk::Desk,
    error::{DeskError, ErrorKind},
};

/// Agrees with everything that an import would do; every conflict must be named.
///
/// # Errors
/// [`DeskError`] when there is no such import, it is not checked, or a conflict is not named.
pub async fn acknowledge_import(
    desk: &Desk,
    who: &Viewer,
    id: Uuid,
    revision: u32,
    kinds: &[ConflictKind],
) -> Result<ImportView, DeskError> {
    let mut job = at_revision(job(desk, who, id).await?, revision)?;
    job.state = after(job.state, ImportAct::Acknowledge)?;
    let mut details = details(&job)?;
    if details.tally.is_none_or(|tally| tally.writes(details.options.mode) == 0) {
        return Err(DeskError::input(
            ErrorKind::Conflict,
            "import.nothing",
            id,
            "Tệp này không làm thay đổi gì trong sổ đăng ký.",
            "This file would change nothing in the registry.",
        ));
    }
    for conflict in &mut details.conflicts {
        conflict.acknowledged = kinds.contains(&conflict.kind);
        if !conflict.acknowledged {
            let kind = serde_json::to_value(conflict.kind).unwrap_or_default();
            return Err(DeskError::Input {
                kind: ErrorKind::Conflict,
                code: "import.unacknowledged",
                value: kind.as_str().map(str::to_owned),
                text: conflict.text.clone(),
            });
        }
    }
    job.details = encoded(&details);
    shown(desk, who, &desk.store.update_import(&job).await?)
}

/// Writes an import that somebody has agreed with. Committing it again answers with the same receipt.
///
/// # Errors
/// [`DeskError`] when there is no such import, nobody has agreed, or an asset has changed since the check.
pub async fn commit_import(desk: &Desk, who: &Viewer, id: Uuid) -> Result<ImportView, DeskError> {
    let mut job = job(desk, who, id).await?;
    if job.state == ImportState::Committed {
        return shown(desk, who, &job);
    }
    job.state = after(job.state, ImportAct::Commit)?;
    let mut details = details(&job)?;
    let at = desk.edge.now();
    let organisations = details.organisations.clone();
    let commit = Commit {
        at,
        valid_on: details.options.valid_on,
        by: who.account,
        mode: details.options.mode,
        class: details.options.class,
        rows_refused: u64::from(details.rows_refused),
        organisations: &organisations,
    };
    let with_receipt = |appended: &Appended| {
        details.receipt = Some(JobReceipt::new(appended, at));
        encoded(&details)
    };
    let committed = desk.store.commit_import(&job, &commit, with_receipt).await;
    let (job, appended) = committed.map_err(overtaken)?;
    note(desk, who, &job, &appended, &details);
    desk.catch_up().await?;
    shown(desk, who, &job)
}

/// Undoes an import as one.
///
/// # Errors
/// [`DeskError`] when there is no such import, it is not in the registry, or one of its assets has changed since.
pub async fn revert_import(
    desk: &Desk,
    who: &Viewer,
    id: Uuid,
    revision: u32,
    why: &str,
) -> Result<ImportView, DeskError> {
    let mut job = at_revision(job(desk, who, id).await?, revision)?;
    job.state = after(job.state, ImportAct::Revert)?;
    let mut details = details(&job)?;
    details.revert_reason = Some(reason(why)?);
    let Some(receipt) = details.receipt.clone() else {
        return Err(DeskError::input(
            ErrorKind::Internal,
            "import.no_receipt",
            id,
            "Thiếu biên nhận.",
            "The receipt is missing.",
        ));
    };
    let at = desk.edge.now();
    let revert = Revert { id: desk.edge.new_uuid(), at, by: who.account, seq: receipt.seq };
    let with_receipt = |appended: &Appended| {
        details.reverted = Some(JobReceipt::new(appended, at));
        encoded(&details)
    };
    let reverted = desk.store.revert_import(&job, &revert, with_receipt).await;
    let (job, appended) = reverted.map_err(overtaken)?;
    note(desk, who, &job, &appended, &details);
    desk.catch_up().await?;
    shown(desk, who, &job)
}

/// Gives an import up before it comes in.
///
/// # Errors
/// [`DeskError`] when there is no such import, or it has gone too far.
pub async fn discard_import(desk: &Desk, who: &Viewer, id: Uuid) -> Result<ImportView, DeskError> {
    let mut job = job(desk, who, id).await?;
    job.state = after(job.state, ImportAct::Discard)?;
    shown(desk, who, &desk.store.discard_import(&job).await?)
}

/// Notes the change in the access log.
fn note(desk: &Desk, who: &Viewer, job: &ImportJob, appended: &Appended, details: &Details) {
    let Details { options, tally, .. } = details;
    let (class, state, id) = (options.class, job.state, job.id);
    let about = format!("{}/{} assets_imported {class} {state} {id}", appended.territory, appended.seq.0);
    let rows = tally.map_or(1, |tally| tally.writes(options.mode));
    desk.audit_many(AccessKind::Change, who, &about, usize::try_from(rows).unwrap_or(usize::MAX));
}

fn at_revision(job: ImportJob, revision: u32) -> Result<ImportJob, DeskError> {
    if job.revision == revision {
        return Ok(job);
    }
    Err(DeskError::input(
        ErrorKind::Stale,
        "version.stale",
        job.revision,
        "Đợt nhập đã thay đổi sau khi bạn mở; hãy xem lại.",
        "The import has changed since you opened it; look again.",
    ))
}

/// An asset of the import has changed meanwhile: what somebody agreed with is not what would happen.
fn overtaken(error: StoreError) -> DeskError {
    match error {
        StoreError::Conflict { stream, .. } => DeskError::input(
            ErrorKind::Conflict,
            "import.overtaken",
            stream,
            "Một công trình của đợt nhập đã thay đổi trong lúc đó; hãy kiểm tra lại tệp rồi xem kết quả mới. Không có gì được ghi.",
            "An asset of the import has changed meanwhile; check the file again and look at what it would do now. Nothing was written.",
        ),
        other => DeskError::Store(other),
    }
}
