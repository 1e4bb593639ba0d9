//! Long computing, away from the threads that answer everybody else.

use crate::problem::Problem;

/// Runs CPU-bound work on a thread of its own and waits for it.
///
/// # Errors
/// [`Problem::internal`] when the work panics.
pub(crate) async fn off_the_async_threads<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Problem> {
    tokio::task::spawn_blocking(work).await.map_err(|error| {
        tracing::error!(%error, "a computation stopped");
        Problem::internal()
    })
}
