//! Coverage runs that are kept: broken off and resumed, computed again to the last byte, and proved after the registry has
//! moved on.

use std::{
    ops::ControlFlow,
    sync::atomic::{AtomicU32, Ordering},
};

use hatang_core::{Viewer, asset::Technology};
use hatang_desk::{
    demo,
    keep_coverage::{Environment, Progress, Quiet, keep_coverage, kept_runs, prove_coverage},
    run_coverage::CoverageQuestion,
};
use hatang_tests::{both, sample_data};

/// Breaks a run off when it is first heard of.
struct Impatient(AtomicU32);

impl Progress for Impatient {
    fn cells(&self, _: u64, _: u64) -> ControlFlow<()> {
        self.0.fetch_add(1, Ordering::Relaxed);
        ControlFlow::Break(())
    }
}

#[tokio::test]
async fn a_kept_run_is_resumed_where_it_stopped_and_proves_itself_to_the_last_byte() {
    for place in both("kept_coverage").await {
        demo::load(&place.desk, &sample_data()).await.unwrap();
        let console = Viewer::console();
        let question = CoverageQuestion::outdoors(Technology::G5, None);

        let impatient = Impatient(AtomicU32::new(0));
        let broken = keep_coverage(&place.desk, &console, &question, &impatient).await.unwrap_err();
        assert_eq!(broken.code(), "coverage.broken_off", "{}", place.name);
        assert!(0 < impatient.0.into_inner());
        let begun = &kept_runs(&place.desk, &console, 10).await.unwrap()[0];
        assert_eq!(begun.result, None, "{}: begun and not finished", place.name);
        let unfinished = prove_coverage(&place.desk, &console, &begun.run).await.unwrap_err();
        assert_eq!(unfinished.code(), "coverage.run_unknown", "{}", place.name);

        let run = keep_coverage(&place.desk, &console, &question, &Quiet).await.unwrap();
        assert_eq!(run.run, begun.run, "{}: the same inputs are the same run", place.name);
        let again = keep_coverage(&place.desk, &console, &question, &Quiet).await.unwrap();
        assert_eq!(run, again, "{}: nothing is computed twice", place.name);
        let proved = prove_coverage(&place.desk, &console, &run.run[..12]).await.unwrap();
        assert_eq!(proved.different, [0_u64; 0], "{}", place.name);

        let indoors = CoverageQuestion { environment: Environment::Indoor, ..question };
        let indoors = keep_coverage(&place.desk, &console, &indoors, &Quiet).await.unwrap();
        assert_ne!(run.result, indoors.result, "{}", place.name);
        assert_eq!(kept_runs(&place.desk, &console, 10).await.unwrap().len(), 2, "{}", place.name);

        let refused = keep_coverage(&place.desk, &Viewer::public(), &question_of(), &Quiet).await.unwrap_err();
        assert_ne!(refused.code(), "coverage.broken_off", "{}: the public keeps nothing", place.name);
    }
}

fn question_of() -> CoverageQuestion {
    CoverageQuestion::outdoors(Technology::G5, None)
}
