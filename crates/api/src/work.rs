//! Long computing, away from the threads that answer everybody else.

use std::{
    sync::{Arc, LazyLock},
    thread,
};

use tokio::sync::Semaphore;

use crate::problem::Problem;

/// One computation for each core: more at once would only make each of them, and everything else, slower.
static PLACES: LazyLock<Arc<Semaphore>> =
    LazyLock::new(|| Arc::new(Semaphore::new(thread::available_parallelism().map_or(2, usize::from))));

/// The same for work that also waits for the store.
///
/// # Errors
/// As [`off_the_async_threads`].
pub(crate) async fn waiting_off_the_async_threads<T: Send + 'static>(
    work: impl Future<Output = T> + Send + 'static,
) -> Result<T, Problem> {
    let runtime = tokio::runtime::Handle::current();
    off_the_async_threads(move || runtime.block_on(work)).await
}

/// Waits for a place, runs CPU-bound work on a thread of its own and waits for it.
///
/// The place is given back when the work ends, also when nobody waits for it any more.
///
/// # Errors
/// [`Problem::internal`] when the work panics.
pub(crate) async fn off_the_async_threads<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Problem> {
    let place = Arc::clone(&PLACES).acquire_owned().await.map_err(|_| Problem::internal())?;
    let computing = tokio::task::spawn_blocking(move || {
        let _until_the_end = place;
        work()
    });
    computing.await.map_err(|error| {
        tracing::error!(%error, "a computation stopped");
        Problem::internal()
    })
}
