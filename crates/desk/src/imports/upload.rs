//! Takes a file in, and shows what is on its way.

use std::{
    fs::File,
    io::{self, Read as _, Seek as _},
};

use hatang_core::{Viewer, change_set::ImportState};
use hatang_store::{Hash, ImportJob, StoreError};
use sha2::{Digest as _, Sha256};
use tokio::sync::watch;
use uuid::Uuid;

use super::job::{Details, ImportOptionsGiven, ImportProgress, ImportView, about, encoded, job, shown};
use crate::{
    desk::{Desk, home_of},
    error::{DeskError, ErrorKind},
    permission::Action,
};

/// The most bytes of a file.
pub const MOST_BYTES: u64 = 64 << 20;
/// How much of it is read at once.
pub(crate) const PART: usize = 1 << 20;
/// How many jobs a list shows.
const MOST_JOBS: u32 = 200;

/// Keeps a file that has arrived. Nothing of it is read yet.
///
/// With an idempotency key the same upload again answers with the job that it began.
///
/// # Errors
/// [`DeskError`] when the viewer may not, the file is empty or too large, or the key was used for another file.
pub async fn upload_import(
    desk: &Desk,
    who: &Viewer,
    file_name: &str,
    mut file_bytes: File,
    options: ImportOptionsGiven,
    idempotency_key: Option<String>,
) -> Result<ImportView, DeskError> {
    let (size, file_sha256) = measured(&mut file_bytes).map_err(StoreError::Upload)?;
    if MOST_BYTES < size {
        return Err(wrong_size(size));
    }
    let file = Upload { name: file_name, size, sha256: file_sha256 };
    keep(desk, who, &file, parts(file_bytes), options, idempotency_key).await
}

/// A file's name, size in bytes and hash.
pub(crate) struct Upload<'a> {
    pub(crate) name: &'a str,
    pub(crate) size: u64,
    pub(crate) sha256: Hash,
}

/// Keeps a file of any size, part by part.
pub(crate) async fn keep(
    desk: &Desk,
    who: &Viewer,
    file: &Upload<'_>,
    parts: impl Iterator<Item = io::Result<Vec<u8>>> + Send,
    options: ImportOptionsGiven,
    idempotency_key: Option<String>,
) -> Result<ImportView, DeskError> {
    may_import(desk, who, &options)?;
    options.owner_source()?;
    if file.size == 0 {
        return Err(wrong_size(file.size));
    }
    if let (Some(account), Some(key)) = (who.account, &idempotency_key)
        && let Some(before) = desk.store.import_job_by_key(account, key).await?
    {
        return if before.file_sha256 == file.sha256 { shown(desk, who, &before) } else { Err(key_reused(key)) };
    }
    let details = Details::of(options);
    let job = ImportJob {
        id: desk.edge.new_uuid(),
        territory: desk.read(home_of),
        owner: details.options.owner.clone(),
        account: who.account,
        idempotency_key,
        created_at: desk.edge.now(),
        state: ImportState::Uploaded,
        revision: 1,
        file: name_of(file.name),
        file_sha256: file.sha256,
        size: file.size,
        details: encoded(&details),
    };
    desk.store.create_import(&job, parts).await.map_err(|error| match error {
        StoreError::NameTaken { name } => key_reused(&name),
        other => DeskError::Store(other),
    })?;
    shown(desk, who, &job)
}

fn wrong_size(size: u64) -> DeskError {
    DeskError::input(
        ErrorKind::BadInput,
        "import.size",
        size,
        "Tệp rỗng hoặc lớn hơn 64 MiB.",
        "The file is empty or larger than 64 MiB.",
    )
}

/// Passes when the viewer may import what the options say; asked before the first byte is kept.
///
/// # Errors
/// [`DeskError`] when the viewer may not.
pub fn may_import(desk: &Desk, who: &Viewer, options: &ImportOptionsGiven) -> Result<(), DeskError> {
    desk.may(who, Action::ImportAssets, about(options.owner.as_ref()))
}

/// The jobs that the viewer may know of, the latest first.
///
/// # Errors
/// [`DeskError`] for those who may not import anything.
pub async fn list_imports(desk: &Desk, who: &Viewer) -> Result<Vec<ImportView>, DeskError> {
    let owner = who.organisation.as_ref();
    desk.may(who, Action::ImportAssets, about(owner))?;
    let everything = desk.allows(who, Action::ImportAssets, about(None));
    let jobs = desk.store.import_jobs(if everything { None } else { owner }, MOST_JOBS).await?;
    jobs.iter().map(|job| shown(desk, who, job).map(|view| ImportView { report: None, ..view })).collect()
}

/// One job.
///
/// # Errors
/// [`DeskError`] when there is none that the viewer may know of.
pub async fn show_import(desk: &Desk, who: &Viewer, id: Uuid) -> Result<ImportView, DeskError> {
    shown(desk, who, &job(desk, who, id).await?)
}

/// How far a job is, now and after each step of the work; none when nobody works on it here.
///
/// # Errors
/// As [`show_import`].
pub async fn watch_import(
    desk: &Desk,
    who: &Viewer,
    id: Uuid,
) -> Result<Option<watch::Receiver<ImportProgress>>, DeskError> {
    job(desk, who, id).await?;
    Ok(desk.progress_events(id))
}

fn key_reused(key: &str) -> DeskError {
    DeskError::input(
        ErrorKind::Conflict,
        "idempotency.reused",
        key,
        "Khoá chống gửi trùng này đã dùng cho một tệp khác.",
        "This idempotency key was used for another file.",
    )
}

/// A file's name without its folders and control characters.
fn name_of(given: &str) -> String {
    let name = given.rsplit(['/', '\\']).next().unwrap_or(given);
    let clean: String = name.chars().filter(|c| !c.is_control()).take(200).collect();
    if clean.trim().is_empty() { "file".to_owned() } else { clean }
}

fn measured(file: &mut File) -> io::Result<(u64, Hash)> {
    file.rewind()?;
    let (mut sha, mut size, mut buffer) = (Sha256::new(), 0, vec![0; PART]);
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            break;
        }
        size += read as u64;
        sha.update(&buffer[..read]);
    }
    file.rewind()?;
    Ok((size, Hash(sha.finalize().into())))
}

/// The file in parts, each as it is asked for.
fn parts(mut file: File) -> impl Iterator<Item = io::Result<Vec<u8>>> + Send {
    std::iter::from_fn(move || {
        let mut part = Vec::with_capacity(PART);
        match (&mut file).take(PART as u64).read_to_end(&mut part) {
            Ok(0) => None,
            Ok(_) => Some(Ok(part)),
            Err(error) => Some(Err(error)),
        }
    })
}
