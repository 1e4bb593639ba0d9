//! Importing a file's assets.

use hatang_core::{Event, Organisation, OrganisationCode, OrganisationKind, Record, Seq, Territory, Version};
use hatang_store::{Expected, StoreError};

use crate::{
    both::{on_both, same_on_both},
    samples::{append, import, import_with, mast, registered, stream, vinh_bao},
};

#[tokio::test]
async fn an_import_is_one_event_with_its_rows_and_every_assets_state() {
    let (root, head) = same_on_both("import", async |test| {
        let assets: Vec<_> = (1..=1_234).map(|number| mast(number, Some(&format!("M-{number}")))).collect();
        let appended = import(&test.store, &assets).await.unwrap();
        assert_eq!((appended.seq, appended.version), (Seq(1), Version(1)));

        let entry = test.store.after(&vinh_bao(), Seq(0), 10).await.unwrap().remove(0);
        let Event::AssetsImported { change_set } = entry.recorded.event else { panic!("{:?}", entry.recorded) };
        assert_eq!((change_set.assets, change_set.rows_refused), (1_234, 2));
        assert_eq!(change_set.file, "cột.csv");

        let mut rows = test.store.rows_of(&vinh_bao(), Seq(1), 0, 1_000).await.unwrap();
        rows.extend(test.store.rows_of(&vinh_bao(), Seq(1), 1_000, 1_000).await.unwrap());
        assert!(rows.iter().all(|change| change.version == Version(1)));
        let brought: Vec<_> = rows.into_iter().map(|change| *change.asset).collect();
        assert_eq!(brought, assets, "{}", test.name);

        let first = test.store.current(&vinh_bao(), None, 1).await.unwrap().remove(0);
        assert_eq!(first.record, Record::Asset { asset: Box::new(assets[0].clone()) });
        assert_eq!((first.seq, first.version), (Seq(1), Version(1)));
        assert_eq!(test.store.current(&vinh_bao(), None, 2_000).await.unwrap().len(), 1_235, "and the import itself");
        (change_set.root, appended.hash)
    })
    .await;
    assert_eq!(root.len(), 64);
    assert_ne!(head.to_string(), root);
}

#[tokio::test]
async fn an_import_that_repeats_an_identity_writes_nothing() {
    same_on_both("repeated", async |test| {
        append(&test.store, Expected::New, &registered(1, mast(1, Some("M-1")))).await.unwrap();
        let many = |repeated: &str| {
            let mut assets: Vec<_> = (100..1_300).map(|number| mast(number, Some(&format!("N-{number}")))).collect();
            assets[700] = mast(5_000, Some(repeated));
            assets
        };
        for (name, repeated) in [("of the registry", "M-1"), ("of a row in the same file", "N-101")] {
            let error = import(&test.store, &many(repeated)).await.unwrap_err();
            let StoreError::IdentityTaken { identity } = error else { panic!("{}: {name}: {error:?}", test.name) };
            assert!(identity.ends_with(&format!("/{repeated}")), "{name}: {identity}");
        }
        assert_eq!(test.store.head(&vinh_bao()).await.unwrap().unwrap().0, Seq(1), "{}", test.name);
        assert_eq!(test.store.current(&vinh_bao(), None, 10).await.unwrap().len(), 1);
        assert_eq!(test.store.rows_of(&vinh_bao(), Seq(2), 0, 10).await.unwrap(), []);
        assert_eq!(test.store.verify(|_| {}).await.unwrap().faults, []);
        // And the same file without the fault goes in.
        import(&test.store, &many("M-2")).await.unwrap().hash
    })
    .await;
}

#[tokio::test]
async fn an_import_of_an_asset_that_is_not_new_is_a_conflict() {
    on_both("not_new", async |test| {
        append(&test.store, Expected::New, &registered(1, mast(7, None))).await.unwrap();
        for (name, assets, repeated) in [
            ("registered before", [mast(6, None), mast(7, None)], 7),
            ("twice in one file", [mast(8, None), mast(8, None)], 8),
        ] {
            let error = import(&test.store, &assets).await.unwrap_err();
            let StoreError::Conflict { stream: found, .. } = error else { panic!("{}: {name}: {error:?}", test.name) };
            assert_eq!(found, stream(repeated).to_string(), "{name}");
        }
        assert_eq!(test.store.head(&vinh_bao()).await.unwrap().unwrap().0, Seq(1));
    })
    .await;
}

#[tokio::test]
async fn an_import_without_its_rows_is_refused() {
    on_both("no_rows", async |test| {
        import(&test.store, &[mast(1, None)]).await.unwrap();
        let entry = test.store.after(&vinh_bao(), Seq(0), 1).await.unwrap().remove(0);
        let error = append(&test.store, Expected::Any, &entry.recorded).await.unwrap_err();
        assert!(matches!(error, StoreError::Unstorable { .. }), "{}: {error:?}", test.name);
    })
    .await;
}

#[tokio::test]
async fn a_file_of_which_every_row_was_refused_is_an_import_of_nothing() {
    on_both("nothing", async |test| {
        assert_eq!(import(&test.store, &[]).await.unwrap().seq, Seq(1));
        assert_eq!(test.store.verify(|_| {}).await.unwrap().faults, [], "{}", test.name);
    })
    .await;
}

#[tokio::test]
async fn identities_that_are_taken_are_told_in_the_order_asked() {
    on_both("taken", async |test| {
        import(&test.store, &[mast(1, Some("M-1")), mast(2, Some("M-2")), mast(3, None)]).await.unwrap();
        let asked = ["viettel/mast/M-2", "viettel/mast/M-9", "vnpt/mast/M-1", "viettel/mast/M-1"].map(String::from);
        let taken = test.store.identities_taken(&vinh_bao(), &asked).await.unwrap();
        assert_eq!(taken, ["viettel/mast/M-2", "viettel/mast/M-1"], "{}", test.name);

        let many: Vec<String> = (0..25_000).map(|number| format!("viettel/mast/M-{number}")).collect();
        assert_eq!(test.store.identities_taken(&vinh_bao(), &many).await.unwrap().len(), 2);
        assert_eq!(test.store.identities_taken(&vinh_bao(), &[]).await.unwrap(), [] as [String; 0]);
    })
    .await;
}

#[tokio::test]
async fn organisations_come_with_the_import_or_not_at_all_and_never_over_what_is_known() {
    same_on_both("organisations", async |test| {
        let named = |code: &str, kind| Organisation {
            code: OrganisationCode::new(code).unwrap(),
            name: code.to_owned(),
            kind,
            networks: vec![],
        };
        let unknown = [named("new", OrganisationKind::Unknown), named("other", OrganisationKind::Unknown)];
        append(&test.store, Expected::New, &registered(1, mast(1, Some("M-1")))).await.unwrap();
        let refused = import_with(&test.store, &[mast(2, Some("M-1"))], &unknown).await;
        assert!(matches!(refused, Err(StoreError::IdentityTaken { .. })), "{}: {refused:?}", test.name);
        assert_eq!(
            test.store.head(&Territory::authority()).await.unwrap(),
            None,
            "{}: nothing half written",
            test.name
        );

        import_with(&test.store, &[mast(3, Some("M-3"))], &unknown[..1]).await.unwrap();
        import_with(&test.store, &[mast(4, Some("M-4"))], &unknown).await.unwrap();
        let authority = test.store.after(&Territory::authority(), Seq(0), 10).await.unwrap();
        let versions: Vec<_> = authority.iter().map(|entry| (entry.seq, entry.version)).collect();
        assert_eq!(versions, [(Seq(1), Version(1)), (Seq(2), Version(1))], "{}: each is registered once", test.name);
        assert!(test.store.verify(|_| {}).await.unwrap().faults.is_empty(), "{}", test.name);
    })
    .await;
}
