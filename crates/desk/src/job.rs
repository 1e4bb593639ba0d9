//! Long work that can be watched, left and found again, and stopped.
//!
//! Jobs live in this process: a restart forgets them, and what they would have answered is simply asked again.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use hatang_core::{AccountId, Role, Text, Viewer};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use crate::{
    desk::Desk,
    error::{DeskError, ErrorKind},
};

/// How many finished jobs of one account are kept; the oldest are forgotten first.
pub const KEPT: usize = 20;

/// Every job of this process.
#[derive(Debug, Default)]
pub struct Jobs {
    all: Mutex<BTreeMap<Uuid, Job>>,
    /// One long computation at a time: each of them uses every core by itself.
    turn: Mutex<()>,
}

#[derive(Debug)]
struct Job {
    kind: &'static str,
    question: Value,
    starter: Starter,
    started_at: Timestamp,
    signal: Arc<Signal>,
    end: Option<(Timestamp, End)>,
}

/// Who may see a job again: whoever started it, while still acting for the same organisation in the same role.
type Starter = (Option<AccountId>, Role, Option<hatang_core::OrganisationCode>);

#[derive(Debug)]
enum End {
    Done(Arc<Value>),
    Failed { code: &'static str, text: Text },
    Cancelled,
}

/// The line between a job and those who watch it.
#[derive(Debug, Default)]
pub struct Signal {
    cancelled: AtomicBool,
    progress: Mutex<Progress>,
}

/// How far a job is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Progress {
    /// What it is doing.
    pub step: &'static str,
    /// Parts of that which are done.
    pub done: usize,
    /// Parts in all.
    pub of: usize,
}

/// Somebody has stopped the job.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the job was cancelled")]
pub struct Cancelled;

impl Signal {
    /// Tells how far the work is, and hears whether to stop.
    ///
    /// # Errors
    /// [`Cancelled`] when somebody has asked for it.
    pub fn step(&self, step: &'static str, done: usize, of: usize) -> Result<(), Cancelled> {
        *self.progress.lock().unwrap_or_else(PoisonError::into_inner) = Progress { step, done, of };
        if self.cancelled.load(Ordering::Relaxed) { Err(Cancelled) } else { Ok(()) }
    }

    /// Asks the work to stop; it does so between two of its parts.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    fn progress(&self) -> Progress {
        *self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl From<Cancelled> for DeskError {
    fn from(cancelled: Cancelled) -> Self {
        Self::input(ErrorKind::Conflict, "job.cancelled", cancelled, "Việc tính đã bị dừng.", "The work was stopped.")
    }
}

/// A job as its starter sees it.
#[derive(Clone, Debug, Serialize)]
pub struct JobReport {
    /// Its identity.
    pub id: Uuid,
    /// What kind of work it is.
    pub kind: &'static str,
    /// `waiting`, `running`, `done`, `failed` or `cancelled`.
    pub state: &'static str,
    /// How far it is.
    pub progress: Progress,
    /// When it was asked for.
    pub started_at: Timestamp,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// What was asked.
    pub question: Value,
    /// What it answers; only asked for by identity, and only once it is done.
    #[serde(serialize_with = "shared")]
    pub result: Option<Arc<Value>>,
    /// Why it failed.
    pub problem: Option<JobProblem>,
}

/// Writes what is held by several as if it were held by one.
#[expect(clippy::ref_option, reason = "serde hands a field over by reference")]
fn shared<S: serde::Serializer>(result: &Option<Arc<Value>>, serializer: S) -> Result<S::Ok, S::Error> {
    result.as_deref().serialize(serializer)
}

/// Why a job failed.
#[derive(Clone, Debug, Serialize)]
pub struct JobProblem {
    /// Stable code.
    pub code: &'static str,
    /// A sentence in both languages.
    pub text: Text,
}

/// Starts work on a thread of its own and tells how it is found again. The caller has checked that the viewer may ask for it.
pub(crate) fn start(
    desk: &Arc<Desk>,
    who: &Viewer,
    kind: &'static str,
    question: Value,
    work: impl FnOnce(&Desk, &Signal) -> Result<Value, DeskError> + Send + 'static,
) -> JobReport {
    let id = desk.edge.new_uuid();
    let signal = Arc::new(Signal::default());
    let job = Job {
        kind,
        question,
        starter: starter(who),
        started_at: desk.edge.now(),
        signal: Arc::clone(&signal),
        end: None,
    };
    // Told before it begins: the answer does not depend on how fast it is.
    let report = job.report(id);
    desk.jobs.with(|all| {
        all.insert(id, job);
        forget_oldest(all, &starter(who));
    });
    let desk = Arc::clone(desk);
    std::thread::spawn(move || {
        let outcome = {
            let _turn = desk.jobs.turn.lock().unwrap_or_else(PoisonError::into_inner);
            signal.step("starting", 0, 1).map_err(DeskError::from).and_then(|()| {
                std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| work(&desk, &signal)))
                    .unwrap_or_else(|_| Err(stopped()))
            })
        };
        let end = match outcome {
            Ok(result) => End::Done(Arc::new(result)),
            Err(error) if error.code() == "job.cancelled" => End::Cancelled,
            Err(error) => End::Failed { code: error.code(), text: error.text() },
        };
        let now = desk.edge.now();
        desk.jobs.with(|all| {
            if let Some(job) = all.get_mut(&id) {
                job.end = Some((now, end));
            }
        });
    });
    report
}

fn stopped() -> DeskError {
    DeskError::input(
        ErrorKind::Internal,
        "job.stopped",
        "panic",
        "Việc tính bị gián đoạn do lỗi phần mềm.",
        "The work stopped because of a fault in the program.",
    )
}

fn starter(who: &Viewer) -> Starter {
    (who.account, who.role, who.organisation.clone())
}

fn forget_oldest(all: &mut BTreeMap<Uuid, Job>, starter: &Starter) {
    // Identities sort by time.
    let ended = all.iter().filter(|(_, job)| job.starter == *starter && job.end.is_some()).map(|(id, _)| *id);
    let ended: Vec<Uuid> = ended.collect();
    for id in ended.iter().take(ended.len().saturating_sub(KEPT)) {
        all.remove(id);
    }
}

impl Jobs {
    fn with<T>(&self, look: impl FnOnce(&mut BTreeMap<Uuid, Job>) -> T) -> T {
        look(&mut self.all.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The viewer's jobs, the newest first, without their results.
#[must_use]
pub fn list_jobs(desk: &Desk, who: &Viewer) -> Vec<JobReport> {
    desk.jobs.with(|all| {
        let own = all.iter().rev().filter(|(_, job)| job.starter == starter(who));
        own.map(|(id, job)| JobReport { result: None, ..job.report(*id) }).collect()
    })
}

/// One of the viewer's jobs with its result.
///
/// # Errors
/// [`ErrorKind::NotFound`] for one that is not there or is somebody else's.
pub fn show_job(desk: &Desk, who: &Viewer, id: Uuid) -> Result<JobReport, DeskError> {
    desk.jobs.with(|all| {
        let job = all.get(&id).filter(|job| job.starter == starter(who));
        job.map(|job| job.report(id)).ok_or_else(|| unknown(id))
    })
}

/// Asks one of the viewer's jobs to stop; it does so between two of its parts.
///
/// # Errors
/// As for [`show_job`].
pub fn cancel_job(desk: &Desk, who: &Viewer, id: Uuid) -> Result<(), DeskError> {
    desk.jobs.with(|all| {
        let job = all.get(&id).filter(|job| job.starter == starter(who)).ok_or_else(|| unknown(id))?;
        job.signal.cancel();
        Ok(())
    })
}

fn unknown(id: Uuid) -> DeskError {
    DeskError::input(
        ErrorKind::NotFound,
        "job.unknown",
        id,
        "Không có việc tính này, hoặc kết quả đã bị xóa sau khi khởi động lại.",
        "There is no such job, or a restart has forgotten it.",
    )
}

impl Job {
    fn report(&self, id: Uuid) -> JobReport {
        let progress = self.signal.progress();
        let (state, result, problem) = match &self.end {
            None if progress.step.is_empty() => ("waiting", None, None),
            None => ("running", None, None),
            Some((_, End::Done(result))) => ("done", Some(Arc::clone(result)), None),
            Some((_, End::Failed { code, text })) => ("failed", None, Some(JobProblem { code, text: text.clone() })),
            Some((_, End::Cancelled)) => ("cancelled", None, None),
        };
        JobReport {
            id,
            kind: self.kind,
            state,
            progress,
            started_at: self.started_at,
            ended_at: self.end.as_ref().map(|(at, _)| *at),
            question: self.question.clone(),
            result,
            problem,
        }
    }
}
