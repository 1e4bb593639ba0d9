//! The access log: a chain of its own, read by filter, and proved.

use hatang_core::{
    Access, AccessKind, OrganisationCode, Viewer,
    visibility::{AccountId, Role},
};
use hatang_store::AccessFilter;
use jiff::{Timestamp, ToSpan as _};

use crate::{
    both::{on_both, same_on_both},
    samples::{fill, id},
};

fn editor() -> Viewer {
    Viewer {
        account: Some(AccountId(id(1))),
        role: Role::CarrierEditor,
        organisation: Some(OrganisationCode::new("viettel").unwrap()),
        ..Viewer::public()
    }
}

fn at(second: i64) -> Timestamp {
    "2026-11-22T01:00:00.123456Z".parse::<Timestamp>().unwrap() + second.seconds()
}

/// Six accesses, a second apart.
fn accesses() -> Vec<Access> {
    let kinds = [
        (AccessKind::SignInRefused, Viewer::public()),
        (AccessKind::SignIn, editor()),
        (AccessKind::Export, editor()),
        (AccessKind::Refusal, editor()),
        (AccessKind::Refusal, Viewer::public()),
        (AccessKind::SignOut, editor()),
    ];
    let all = (0..).zip(kinds).map(|(second, (kind, who))| Access::new(at(second), kind, &who, "thử “nghiệm”", 2));
    all.collect()
}

#[tokio::test]
async fn entries_are_read_back_newest_first_by_any_filter() {
    same_on_both("access_read", async |test| {
        let store = &test.store;
        store.append_accesses(&[]).await.unwrap();
        store.append_accesses(&accesses()[..2]).await.unwrap();
        store.append_accesses(&accesses()[2..]).await.unwrap();
        let all = store.accesses(&AccessFilter::default(), 100).await.unwrap();
        let (seqs, mut read): (Vec<u64>, Vec<Access>) =
            all.iter().map(|entry| (entry.seq, entry.access.clone())).unzip();
        read.reverse();
        assert_eq!((seqs, read), (vec![6, 5, 4, 3, 2, 1], accesses()), "{}", test.name);

        let found = async |filter: AccessFilter, limit| -> Vec<u64> {
            store.accesses(&filter, limit).await.unwrap().iter().map(|entry| entry.seq).collect()
        };
        let any = AccessFilter::default();
        let (refusal, account) = (Some(AccessKind::Refusal), Some(AccountId(id(1))));
        for (name, filter, limit, expected) in [
            ("a kind", AccessFilter { kind: refusal, ..any }, 9, &[5, 4][..]),
            ("an account", AccessFilter { account, ..any }, 9, &[6, 4, 3, 2]),
            ("both", AccessFilter { kind: refusal, account, ..any }, 9, &[4]),
            ("somebody else", AccessFilter { account: Some(AccountId(id(9))), ..any }, 9, &[]),
            ("from an instant on", AccessFilter { from: Some(at(4)), ..any }, 9, &[6, 5]),
            ("until an instant, without it", AccessFilter { until: Some(at(1)), ..any }, 9, &[1]),
            ("a page", any, 2, &[6, 5]),
            ("the page after it", AccessFilter { before: Some(5), ..any }, 2, &[4, 3]),
        ] {
            assert_eq!(found(filter, limit).await, expected, "{}: {name}", test.name);
        }
        all
    })
    .await;
}

#[tokio::test]
async fn what_is_changed_in_the_log_is_named() {
    let cases: [(&str, &str, &[&str]); 5] = [
        (
            "what it concerned",
            "update access_log set about = 'nothing' where seq = 3",
            &["territory authority, entry 3: the access-log entry was changed: its contents do not match its hash"],
        ),
        (
            "whose it was",
            "update access_log set account = null, organisation = null where seq = 2",
            &["territory authority, entry 2: the access-log entry was changed: its contents do not match its hash"],
        ),
        (
            "a removed entry",
            "delete from access_log where seq = 4",
            &["territory authority, entry 5: access-log entries are missing before this one: 1"],
        ),
        (
            "a removed beginning",
            "delete from access_log where seq <= 2",
            &["territory authority, entry 3: access-log entries are missing before this one: 2"],
        ),
        (
            "a hash",
            "update access_log set hash = previous_hash where seq = 2",
            &[
                "territory authority, entry 2: the access-log entry was changed: its contents do not match its hash",
                "territory authority, entry 3: the access-log entry does not continue the one before it: their hashes differ",
            ],
        ),
    ];
    for (name, statement, expected) in cases {
        same_on_both("access_tampered", async |test| {
            test.store.append_accesses(&accesses()).await.unwrap();
            test.tamper(statement).await;
            let verification = test.store.verify(|_| {}).await.unwrap();
            let found: Vec<String> = verification.faults.iter().map(ToString::to_string).collect();
            assert_eq!(found, *expected, "{}: {name}", test.name);
        })
        .await;
    }
}

#[tokio::test]
async fn a_whole_log_is_proved_beside_the_journal() {
    let [sqlite, postgres] = on_both("access_whole", async |test| {
        fill(&test.store).await;
        test.store.append_accesses(&accesses()).await.unwrap();
        let verification = test.store.verify(|_| {}).await.unwrap();
        assert_eq!(verification.faults, [], "{}", test.name);
        let newest = test.store.accesses(&AccessFilter::default(), 1).await.unwrap().remove(0);
        let log = verification.access_log.unwrap();
        assert_eq!((log.entries, log.head), (6, newest.hash), "{}", test.name);
        log
    })
    .await;
    assert_eq!(sqlite, postgres, "the same accesses give the same hashes");
}

#[tokio::test]
async fn two_nodes_that_write_at_once_make_one_chain() {
    on_both("access_race", async |test| {
        let write = async || {
            for _ in 0..10 {
                test.store.append_accesses(&accesses()).await.unwrap();
            }
        };
        tokio::join!(write(), write(), write());
        let verification = test.store.verify(|_| {}).await.unwrap();
        assert_eq!(verification.faults, [], "{}", test.name);
        assert_eq!(verification.access_log.unwrap().entries, 180, "{}", test.name);
    })
    .await;
}
