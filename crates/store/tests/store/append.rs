//! Writing events.

use hatang_core::{Record, Seq, Territory, Version, event::Event, plan::Works};
use hatang_store::{Expected, Hash, StoreError, Write};

use crate::{
    both::{on_both, same_on_both},
    samples::{amended, append, mast, organisation, recorded, registered, vinh_bao},
};

#[tokio::test]
async fn an_event_gets_the_next_position_version_and_hash() {
    let heads = same_on_both("append", async |test| {
        let first = append(&test.store, Expected::New, &registered(1, mast(1, Some("M-1")))).await.unwrap();
        let second = append(&test.store, Expected::Version(Version(1)), &amended(2, mast(1, None))).await.unwrap();
        assert_eq!((first.seq, first.version), (Seq(1), Version(1)));
        assert_eq!((second.seq, second.version), (Seq(2), Version(2)));
        assert_eq!(second.territory, vinh_bao());
        assert_ne!(first.hash, second.hash);
        assert_eq!(test.store.head(&vinh_bao()).await.unwrap(), Some((Seq(2), second.hash)));
        (first.hash, second.hash)
    })
    .await;
    assert_ne!(heads.0, Hash::GENESIS);
}

#[tokio::test]
async fn an_expected_version_that_has_passed_is_a_conflict_and_writes_nothing() {
    let messages = same_on_both("conflict", async |test| {
        let mast = |second| registered(second, mast(1, Some("M-1")));
        append(&test.store, Expected::New, &mast(1)).await.unwrap();
        append(&test.store, Expected::Any, &mast(2)).await.unwrap();
        let mut messages = vec![];
        for (expected, fits) in [
            (Expected::New, false),
            (Expected::Version(Version(1)), false),
            (Expected::Version(Version(3)), false),
            (Expected::Version(Version(2)), true),
            (Expected::Any, true),
        ] {
            let result = append(&test.store, expected, &mast(3)).await;
            assert_eq!(result.is_ok(), fits, "{}: {expected:?}", test.name);
            messages.extend(result.err().map(|error| error.to_string()));
        }
        let absent = append(&test.store, Expected::Version(Version(1)), &organisation(4, "vnpt")).await.unwrap_err();
        assert!(matches!(absent, StoreError::Conflict { found: None, .. }), "{absent:?}");
        assert_eq!(test.store.head(&vinh_bao()).await.unwrap().unwrap().0, Seq(4));
        messages
    })
    .await;
    let stream = "asset:01930000-0000-7000-8000-000000000001";
    assert_eq!(messages[0], format!("`{stream}` is at version 2, but no such record was expected"));
    assert_eq!(messages[1], format!("`{stream}` is at version 2, but version 1 was expected"));
}

#[tokio::test]
async fn an_identity_is_unique_in_a_territory_and_free_in_the_next() {
    on_both("identity", async |test| {
        let elsewhere = Territory::new("11836").unwrap();
        append(&test.store, Expected::New, &registered(1, mast(1, Some("M-1")))).await.unwrap();
        append(&test.store, Expected::New, &registered(2, mast(2, Some("M-2")))).await.unwrap();

        let new = append(&test.store, Expected::New, &registered(3, mast(3, Some("M-1")))).await.unwrap_err();
        let renamed = append(&test.store, Expected::Any, &amended(4, mast(2, Some("M-1")))).await.unwrap_err();
        for error in [new, renamed] {
            assert_eq!(error.to_string(), "the territory already has an asset `viettel/mast/M-1`");
        }
        let other = registered(5, mast(4, Some("M-1")));
        let write = Write { territory: &elsewhere, expected: Expected::New, recorded: &other };
        test.store.append(&[write]).await.unwrap();
        assert_eq!(test.store.head(&vinh_bao()).await.unwrap().unwrap().0, Seq(2), "{}", test.name);
    })
    .await;
}

#[tokio::test]
async fn events_of_several_territories_are_written_together_or_not_at_all() {
    same_on_both("together", async |test| {
        let (authority, vinh_bao) = (Territory::authority(), vinh_bao());
        let carrier = organisation(1, "viettel");
        let (first, second) = (registered(2, mast(1, Some("M-1"))), registered(3, mast(2, Some("M-1"))));
        let new = |territory, recorded| Write { territory, expected: Expected::New, recorded };

        let writes = [new(&vinh_bao, &first), new(&authority, &carrier), new(&vinh_bao, &second)];
        let error = test.store.append(&writes).await.unwrap_err();
        assert!(matches!(error, StoreError::IdentityTaken { .. }), "{error:?}");
        assert_eq!(test.store.territories().await.unwrap(), [], "{}", test.name);
        assert_eq!(test.store.append(&[]).await.unwrap(), []);

        let written = test.store.append(&writes[..2]).await.unwrap();
        assert_eq!(test.store.territories().await.unwrap(), [(vinh_bao, Seq(1)), (authority, Seq(1))]);
        written
    })
    .await;
}

#[tokio::test]
async fn two_events_of_one_record_in_one_write_follow_each_other() {
    on_both("follow", async |test| {
        let vinh_bao = vinh_bao();
        let (first, second) = (registered(1, mast(1, None)), amended(2, mast(1, Some("M-1"))));
        let written = test
            .store
            .append(&[
                Write { territory: &vinh_bao, expected: Expected::New, recorded: &first },
                Write { territory: &vinh_bao, expected: Expected::Version(Version(1)), recorded: &second },
            ])
            .await
            .unwrap();
        assert_eq!(written.iter().map(|one| one.version).collect::<Vec<_>>(), [Version(1), Version(2)]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_writers_at_once_leave_no_gap_and_lose_nothing() {
    const WRITERS: u32 = 8;
    const EACH: u32 = 50;
    on_both("writers", async |test| {
        let writers: Vec<_> = (0..WRITERS)
            .map(|writer| {
                let store = test.store.clone();
                tokio::spawn(async move {
                    for number in (0..EACH).map(|number| 1 + writer * EACH + number) {
                        let code = format!("M-{number}");
                        let mast = registered(1, mast(number, Some(&code)));
                        append(&store, Expected::New, &mast).await.unwrap();
                    }
                })
            })
            .collect();
        for writer in writers {
            writer.await.unwrap();
        }
        let entries = test.store.after(&vinh_bao(), Seq(0), 1_000).await.unwrap();
        let seqs: Vec<u64> = entries.iter().map(|entry| entry.seq.0).collect();
        assert_eq!(seqs, (1..=u64::from(WRITERS * EACH)).collect::<Vec<_>>(), "{}", test.name);
        assert_eq!(test.store.current(&vinh_bao(), None, 1_000).await.unwrap().len(), entries.len());
        assert_eq!(test.store.verify(|_| {}).await.unwrap().faults, []);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_writers_who_expect_the_same_version_one_succeeds() {
    on_both("race", async |test| {
        append(&test.store, Expected::New, &registered(0, mast(1, None))).await.unwrap();
        let racers: Vec<_> = (1..=8)
            .map(|second| {
                let store = test.store.clone();
                tokio::spawn(async move {
                    append(&store, Expected::Version(Version(1)), &amended(second, mast(1, None))).await
                })
            })
            .collect();
        let mut winners = 0;
        for racer in racers {
            match racer.await.unwrap() {
                Ok(_) => winners += 1,
                Err(error) => assert!(matches!(error, StoreError::Conflict { .. }), "{error:?}"),
            }
        }
        assert_eq!(winners, 1, "{}", test.name);
    })
    .await;
}

#[tokio::test]
async fn text_is_kept_letter_by_letter_whatever_it_says() {
    let codes = ["'; drop table journal; --", "$1", "%_\\", "Cột số 1 \u{1f4e1}", "é", "e\u{301}", "\"quoted\""];
    same_on_both("text", async |test| {
        for (number, code) in (1..).zip(codes) {
            append(&test.store, Expected::New, &registered(1, mast(number, Some(code)))).await.unwrap();
            append(&test.store, Expected::New, &organisation(2, code)).await.unwrap();
        }
        let records = test.store.current(&vinh_bao(), None, 100).await.unwrap();
        for code in codes {
            let kept = records.iter().any(|current| match &current.record {
                Record::Asset { asset } => asset.code.as_ref().is_some_and(|kept| kept.as_str() == code),
                _ => false,
            });
            assert!(kept, "{}: {code}", test.name);
            assert!(records.iter().any(|current| current.stream == format!("organisation:{code}")), "{code}");
        }
        assert_eq!(test.store.verify(|_| {}).await.unwrap().faults, []);
        records.into_iter().map(|current| current.stream).collect::<Vec<_>>()
    })
    .await;
}

#[tokio::test]
async fn what_one_database_could_not_keep_is_refused_by_both() {
    let message = same_on_both("nul", async |test| {
        let works: Works = serde_json::from_value(serde_json::json!({
            "code": "a\0b", "sector": "road", "owner": "so-xay-dung", "stage": "concrete",
            "shape": {"type": "Point", "coordinates": [106.5, 20.7]},
        }))
        .unwrap();
        let works = recorded(1, Event::WorksRegistered { works });
        append(&test.store, Expected::New, &works).await.unwrap_err().to_string()
    })
    .await;
    assert!(message.contains("`works:a\\u{0}b`"), "{message}");
}

#[tokio::test]
async fn numbers_come_back_to_their_last_bit() {
    on_both("bits", async |test| {
        for number in 1..200 {
            append(&test.store, Expected::New, &registered(1, mast(number, None))).await.unwrap();
        }
        for (number, current) in (1..).zip(test.store.current(&vinh_bao(), None, 500).await.unwrap()) {
            assert_eq!(current.record, Record::Asset { asset: Box::new(mast(number, None)) });
        }
    })
    .await;
}
