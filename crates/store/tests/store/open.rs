//! Opening a database.

use std::{fs, os::unix::fs::PermissionsExt as _};

use hatang_core::Seq;
use hatang_store::{Expected, Store, StoreError};

use crate::{
    both::on_both,
    samples::{append, fill, mast, registered, vinh_bao},
};

#[tokio::test]
async fn a_store_that_is_opened_again_has_everything_and_goes_on() {
    on_both("again", async |test| {
        fill(&test.store).await;
        let before = test.store.current(&vinh_bao(), None, 100).await.unwrap();
        let head = test.store.head(&vinh_bao()).await.unwrap();
        test.store.close().await;

        let store = Store::open(&test.url).await.unwrap();
        assert_eq!(store.current(&vinh_bao(), None, 100).await.unwrap(), before, "{}", test.name);
        assert_eq!(store.head(&vinh_bao()).await.unwrap(), head);
        assert_eq!(append(&store, Expected::New, &registered(9, mast(9, None))).await.unwrap().seq, Seq(6));
        assert_eq!(store.verify(|_| {}).await.unwrap().faults, []);
    })
    .await;
}

#[tokio::test]
async fn two_openers_at_once_see_each_others_writes() {
    on_both("two", async |test| {
        let other = Store::open(&test.url).await.unwrap();
        append(&test.store, Expected::New, &registered(1, mast(1, None))).await.unwrap();
        assert_eq!(append(&other, Expected::New, &registered(2, mast(2, None))).await.unwrap().seq, Seq(2));
        assert_eq!(test.store.head(&vinh_bao()).await.unwrap().unwrap().0, Seq(2), "{}", test.name);
    })
    .await;
}

#[tokio::test]
async fn an_embedded_database_is_private_to_its_owner() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("hatang.db").display());
    for opened in ["new", "again, after a copy made it readable"] {
        let store = Store::open(&url).await.unwrap();
        append(&store, Expected::Any, &registered(1, mast(1, None))).await.unwrap();
        for file in ["hatang.db", "hatang.db-wal", "hatang.db-shm"] {
            let path = folder.path().join(file);
            let mode = fs::metadata(&path).unwrap().permissions().mode() & 0o777;
            assert_eq!(mode, 0o600, "{opened}: {file}");
            fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        }
        store.close().await;
        assert!(!folder.path().join("hatang.db-wal").exists(), "a closed database is one file");
    }
}

#[tokio::test]
async fn a_store_in_memory_keeps_what_it_is_told_and_starts_empty() {
    for _ in 0..2 {
        let store = Store::open("sqlite::memory:").await.unwrap();
        assert_eq!(store.territories().await.unwrap(), []);
        fill(&store).await;
        assert_eq!(store.head(&vinh_bao()).await.unwrap().unwrap().0, Seq(5));
        assert_eq!(store.verify(|_| {}).await.unwrap().faults, []);
    }
}

#[tokio::test]
async fn an_address_that_is_no_database_is_refused_without_its_password() {
    for (url, scheme) in [("mysql://me:secret@host/db", "mysql"), ("hatang.db", "hatang.db")] {
        let error = Store::open(url).await.unwrap_err();
        assert_eq!(error.to_string(), format!("`{scheme}` is no database: `sqlite:hatang.db` or `postgres://…` is"));
    }
    let error = Store::open("sqlite:/no/such/folder/hatang.db").await.unwrap_err();
    assert!(matches!(error, StoreError::File { .. }), "{error:?}");
}

#[tokio::test]
async fn tables_of_a_newer_program_are_left_alone() {
    on_both("newer", async |test| {
        test.tamper("update _sqlx_migrations set version = 9999 where version = 5").await;
        let error = Store::open(&test.url).await.unwrap_err();
        assert!(matches!(error, StoreError::Migration(_)), "{}: {error:?}", test.name);
    })
    .await;
}
