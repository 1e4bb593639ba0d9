//! Coverage runs and their pieces.

use hatang_core::{Seq, Territory};
use hatang_store::{CoverageTile, Hash, NewCoverageRun};
use jiff::Timestamp;

use crate::both::same_on_both;

#[tokio::test]
async fn a_run_that_was_broken_off_goes_on_with_the_pieces_that_are_missing() {
    let answer = same_on_both("coverage_run", |test| async move {
        // Keeps the folder too, which a captured field alone would not.
        let test = test;
        let store = &test.store;
        let territory = Territory::unbounded();
        let at: Timestamp = "2026-11-22T01:00:00.123456Z".parse().unwrap();
        let run = Hash::of(b"inputs");
        let new =
            NewCoverageRun { territory: &territory, input_hash: run, inputs: b"packed", seq: Seq(7), tiles: 2, at };
        store.begin_coverage_run(&new).await.unwrap();
        let tile = |number| CoverageTile { number, result_hash: Hash::of(&[7]), cells: vec![1, 2, 3] };
        store.put_coverage_tile(&territory, run, &tile(1)).await.unwrap();

        // The same inputs again, later: the run stays as it began.
        let later = NewCoverageRun { seq: Seq(9), at: "2027-01-01T00:00:00Z".parse().unwrap(), ..new };
        store.begin_coverage_run(&later).await.unwrap();
        let begun = store.coverage_run(&territory, run).await.unwrap().unwrap();
        assert_eq!((begun.seq, begun.started_at, begun.finished), (Seq(7), at, None));
        let done: Vec<u64> =
            store.coverage_tiles_done(&territory, run).await.unwrap().into_iter().map(|(number, _)| number).collect();
        assert_eq!(done, [1]);

        store.put_coverage_tile(&territory, run, &tile(0)).await.unwrap();
        let changed = CoverageTile { cells: vec![9], ..tile(0) };
        store.put_coverage_tile(&territory, run, &changed).await.unwrap();
        assert_eq!(store.coverage_tile(&territory, run, 0).await.unwrap(), Some(tile(0)), "a kept piece stays");
        assert_eq!(store.coverage_tile(&territory, run, 2).await.unwrap(), None);

        store.finish_coverage_run(&territory, run, Hash::of(b"all"), at).await.unwrap();
        store.finish_coverage_run(&territory, run, Hash::of(b"other"), at).await.unwrap();
        store.coverage_runs(&territory, 10).await.unwrap()
    })
    .await;
    assert_eq!(answer.len(), 1);
    assert_eq!(answer[0].finished.map(|(_, result)| result), Some(Hash::of(b"all")), "a closed run stays closed");
}

#[tokio::test]
async fn a_piece_belongs_to_a_run() {
    same_on_both("coverage_tile", |test| async move {
        let test = test;
        let tile = CoverageTile { number: 0, result_hash: Hash::of(&[]), cells: Vec::new() };
        let orphan = test.store.put_coverage_tile(&Territory::unbounded(), Hash::of(b"nothing"), &tile).await;
        assert!(orphan.is_err(), "{}", test.name);
    })
    .await;
}
