//! Reading the journal and the current state.

use hatang_core::{Seq, Stream, Territory, Version};
use hatang_store::Expected;

use crate::{
    both::same_on_both,
    samples::{amended, append, fill, mast, organisation, registered, stream, vinh_bao},
};

#[tokio::test]
async fn a_journal_is_read_in_pages_from_any_position() {
    same_on_both("pages", async |test| {
        fill(&test.store).await;
        let all = test.store.after(&vinh_bao(), Seq(0), 100).await.unwrap();
        let mut paged = vec![];
        while let Some(entries) = Some(test.store.after(&vinh_bao(), Seq(paged.len() as u64), 2).await.unwrap()) {
            if entries.is_empty() {
                break;
            }
            paged.extend(entries);
        }
        assert_eq!(paged, all, "{}", test.name);
        assert_eq!(all.len(), 5);
        assert_eq!(all[0].recorded, registered(1, mast(1, Some("M-1"))));
        assert_eq!(test.store.after(&Territory::authority(), Seq(0), 100).await.unwrap(), []);
        assert_eq!(test.store.head(&Territory::authority()).await.unwrap(), None);
        all
    })
    .await;
}

#[tokio::test]
async fn the_current_state_is_read_in_pages_in_one_order() {
    let streams = same_on_both("state", async |test| {
        fill(&test.store).await;
        for code in ["Viettel", "viettel", "Đông", "zalo", "ab-c", "a-bc", "a bc"] {
            append(&test.store, Expected::New, &organisation(9, code)).await.unwrap();
        }
        let mut streams: Vec<String> = vec![];
        loop {
            let page = test.store.current(&vinh_bao(), streams.last().map(String::as_str), 3).await.unwrap();
            if page.is_empty() {
                break;
            }
            streams.extend(page.into_iter().map(|current| current.stream));
        }
        let mut ordered = streams.clone();
        ordered.sort();
        assert_eq!(streams, ordered, "{}: streams come in the order of their bytes", test.name);
        streams
    })
    .await;
    assert_eq!(streams.len(), 5 + 1 + 7);
}

#[tokio::test]
async fn a_records_history_is_complete_even_when_it_began_in_an_import() {
    same_on_both("history", async |test| {
        fill(&test.store).await;
        let history = async |stream: Stream| {
            let entries = test.store.history(&vinh_bao(), &stream).await.unwrap();
            entries.iter().map(|entry| (entry.seq.0, entry.version.0, entry.recorded.event.kind())).collect::<Vec<_>>()
        };
        assert_eq!(history(stream(1)).await, [(1, 1, "asset_registered"), (3, 2, "asset_amended")]);
        assert_eq!(history(stream(12)).await, [(4, 1, "assets_imported"), (5, 2, "asset_amended")]);
        assert_eq!(history(stream(99)).await, []);
        history(stream(13)).await
    })
    .await;
}

#[tokio::test]
async fn a_changed_record_has_its_last_state_alone() {
    same_on_both("last", async |test| {
        fill(&test.store).await;
        append(&test.store, Expected::Version(Version(2)), &amended(6, mast(12, Some("M-12")))).await.unwrap();
        let records = test.store.current(&vinh_bao(), None, 100).await.unwrap();
        let twelve = records.iter().find(|current| current.stream == stream(12).to_string()).unwrap();
        assert_eq!((twelve.version, twelve.seq), (Version(3), Seq(6)), "{}", test.name);
        // The identity that the record gave up is free again.
        append(&test.store, Expected::New, &registered(7, mast(20, Some("M-12b")))).await.unwrap().hash
    })
    .await;
}
