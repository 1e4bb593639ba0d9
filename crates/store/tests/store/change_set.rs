//! Staged imports: written as one event, told from what changed meanwhile, undone as one.

use hatang_core::{
    Asset, AssetClass, OrganisationCode, Seq, Version,
    asset::Lifecycle,
    change_set::{ImportMode, ImportState, RowAction},
};
use hatang_store::{Commit, Expected, Hash, ImportJob, Revert, StagedRow, Store, StoreError};

use crate::{
    both::{TestStore, on_both, same_on_both},
    samples::{amended, append, at, fill, id, mast, vinh_bao},
};

fn job() -> ImportJob {
    ImportJob {
        id: id(900),
        territory: vinh_bao(),
        owner: Some(OrganisationCode::new("viettel").unwrap()),
        account: None,
        idempotency_key: Some("once".to_owned()),
        created_at: at(70),
        state: ImportState::Uploaded,
        revision: 1,
        file: "cột.csv".to_owned(),
        file_sha256: Hash::GENESIS,
        size: 7,
        details: b"{}".to_vec(),
    }
}

fn row(number: u32, action: RowAction, version: u32, asset: Asset) -> StagedRow {
    StagedRow { row: number, action, version: Version(version), file_rows: vec![number + 1], asset }
}

/// What `fill` left, with a new mast 20, mast 12 renamed, mast 2 as it is, and mast 13 not in the file.
fn rows() -> Vec<StagedRow> {
    let retired = Asset { status: Lifecycle::Decommissioned, ..mast(13, None) };
    vec![
        row(1, RowAction::Added, 1, mast(20, Some("M-20"))),
        row(2, RowAction::Changed, 3, mast(12, Some("M-12c"))),
        row(3, RowAction::Unchanged, 1, mast(2, Some("M-2"))),
        row(4, RowAction::Missing, 2, retired),
    ]
}

const fn commit(mode: ImportMode) -> Commit<'static> {
    Commit {
        at: jiff::Timestamp::UNIX_EPOCH,
        valid_on: None,
        by: None,
        mode,
        class: AssetClass::Mast,
        rows_refused: 1,
        organisations: &[],
    }
}

async fn staged(store: &Store) -> ImportJob {
    fill(store).await;
    let parts = [b"co".to_vec(), b"de;x\n".to_vec()];
    store.create_import(&job(), parts.into_iter().map(Ok)).await.unwrap();
    assert_eq!(store.import_bytes(id(900)).await.unwrap(), b"code;x\n");
    stage(store, &job(), &rows()).await
}

/// Reads the file anew.
async fn stage(store: &Store, job: &ImportJob, rows: &[StagedRow]) -> ImportJob {
    let begun = store.begin_staging(job).await.unwrap();
    assert_eq!(begun.state, ImportState::Uploaded, "what is half staged cannot be committed");
    for part in rows.chunks(3) {
        store.stage_rows(job.id, part).await.unwrap();
    }
    store.update_import(&ImportJob { state: ImportState::Checked, ..begun }).await.unwrap()
}

async fn states(test: &TestStore) -> Vec<String> {
    let current = test.store.current(&vinh_bao(), None, 100).await.unwrap();
    let of = |record: &hatang_store::Current| match &record.record {
        hatang_core::Record::Asset { asset } => {
            let code = asset.code.as_ref().map_or("-", hatang_core::AssetCode::as_str);
            Some(format!("{code} {} v{}", asset.status, record.version.0))
        }
        _ => None,
    };
    current.iter().filter_map(of).collect()
}

#[tokio::test]
async fn a_full_set_adds_changes_and_gives_up_as_one_event_and_is_undone_as_one() {
    same_on_both("full_set", async |test| {
        let job = staged(&test.store).await;
        let written = ImportJob { state: ImportState::Committed, ..job };
        let receipt = |appended: &hatang_store::Appended| appended.seq.0.to_string().into_bytes();
        let (job, appended) = test.store.commit_import(&written, &commit(ImportMode::FullSet), receipt).await.unwrap();
        assert_eq!((appended.seq, job.details.as_slice()), (Seq(6), b"6".as_slice()), "{}", test.name);
        let after = [
            "M-1b operational v2",
            "M-2 operational v1",
            "M-11 operational v1",
            "M-12c operational v3",
            "- decommissioned v2",
            "M-20 operational v1",
        ];
        assert_eq!(states(&test).await, after, "{}", test.name);
        assert_eq!(test.store.import_bytes(id(900)).await.unwrap(), b"", "the file is not needed any more");

        let history = test.store.asset_versions(&vinh_bao(), mast(12, None).id).await.unwrap();
        let told: Vec<_> = history.iter().map(|one| (one.seq.0, one.version.0, one.import.is_some())).collect();
        assert_eq!(told, [(4, 1, true), (5, 2, false), (6, 3, true)]);

        let revert = Revert { id: id(901), at: at(80), by: None, seq: Seq(6) };
        let undone = ImportJob { state: ImportState::Reverted, ..job };
        let (_, reverted) = test.store.revert_import(&undone, &revert, receipt).await.unwrap();
        let before = [
            "M-1b operational v2",
            "M-2 operational v1",
            "M-11 operational v1",
            "M-12b operational v4",
            "- operational v3",
            "M-20 decommissioned v2",
        ];
        assert_eq!(states(&test).await, before, "{}", test.name);
        assert_eq!(test.store.verify(|_| {}).await.unwrap().faults, [], "{}", test.name);
        reverted.hash
    })
    .await;
}

#[tokio::test]
async fn a_delta_leaves_what_the_file_does_not_have() {
    on_both("delta", async |test| {
        let job = staged(&test.store).await;
        test.store.commit_import(&job, &commit(ImportMode::Delta), |_| Vec::new()).await.unwrap();
        assert!(states(&test).await.contains(&"- operational v1".to_owned()), "{}", test.name);
        assert_eq!(test.store.verify(|_| {}).await.unwrap().faults, []);
    })
    .await;
}

#[tokio::test]
async fn what_changed_since_the_check_or_since_the_commit_stops_everything() {
    on_both("overtaken", async |test| {
        let job = staged(&test.store).await;
        append(&test.store, Expected::Any, &amended(90, mast(12, Some("M-12x")))).await.unwrap();
        let before = states(&test).await;
        let refused = test.store.commit_import(&job, &commit(ImportMode::Delta), |_| Vec::new()).await;
        assert!(matches!(refused, Err(StoreError::Conflict { .. })), "{}: {refused:?}", test.name);
        assert_eq!(states(&test).await, before, "nothing half written");

        let again = [row(1, RowAction::Changed, 4, mast(12, Some("M-12c")))];
        let job = stage(&test.store, &job, &again).await;
        let (job, appended) = test.store.commit_import(&job, &commit(ImportMode::Delta), |_| Vec::new()).await.unwrap();
        append(&test.store, Expected::Any, &amended(91, mast(12, Some("M-12y")))).await.unwrap();
        let revert = Revert { id: id(901), at: at(95), by: None, seq: appended.seq };
        let refused = test.store.revert_import(&job, &revert, |_| Vec::new()).await;
        assert!(matches!(refused, Err(StoreError::Conflict { .. })), "{}: {refused:?}", test.name);
        assert_eq!(test.store.verify(|_| {}).await.unwrap().faults, []);
    })
    .await;
}

#[tokio::test]
async fn two_people_do_not_overwrite_each_others_step_and_a_given_up_file_leaves_nothing() {
    on_both("revisions", async |test| {
        let job = staged(&test.store).await;
        assert_eq!(job.revision, 3, "uploaded, begun, checked");
        let late = ImportJob { revision: 1, ..job.clone() };
        assert!(matches!(test.store.update_import(&late).await, Err(StoreError::Conflict { .. })), "{}", test.name);
        let discarded = ImportJob { state: ImportState::Discarded, ..job };
        test.store.discard_import(&discarded).await.unwrap();
        assert_eq!(test.store.import_bytes(id(900)).await.unwrap(), b"");
        assert_eq!(test.store.staged_rows(id(900), None, 0, 10).await.unwrap(), []);
        assert_eq!(test.store.import_job(id(900)).await.unwrap().unwrap().state, ImportState::Discarded);
        let owner = OrganisationCode::new("vnpt").unwrap();
        assert_eq!(test.store.import_jobs(Some(&owner), 10).await.unwrap(), []);
        assert_eq!(test.store.import_jobs(None, 10).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_changed_row_that_somebody_tampers_with_shows() {
    on_both("tampered_change", async |test| {
        let job = staged(&test.store).await;
        test.store.commit_import(&job, &commit(ImportMode::Delta), |_| Vec::new()).await.unwrap();
        test.tamper("delete from change_set_row where seq = 6 and row = 2").await;
        let faults: Vec<String> =
            test.store.verify(|_| {}).await.unwrap().faults.iter().map(ToString::to_string).collect();
        assert!(faults.iter().any(|fault| fault.contains("but has 1 rows")), "{}: {faults:?}", test.name);
    })
    .await;
}
