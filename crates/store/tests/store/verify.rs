//! Finding what was changed behind the store's back.

use hatang_core::{Seq, Territory};
use hatang_store::{Expected, Write};

use crate::{
    both::{TestStore, on_both, same_on_both},
    samples::{append, fill, mast, organisation, registered, stream, vinh_bao},
};

/// How the cases below name the samples' assets, and how the store does.
fn assets() -> impl Iterator<Item = (String, String)> {
    // Backwards, so that #1 is not found in #12.
    (1..20).rev().map(|number| (format!("#{number}"), stream(number).to_string()))
}

/// Every fault's sentence.
async fn faults(test: &TestStore) -> Vec<String> {
    let verification = test.store.verify(|_| {}).await.unwrap();
    let sentences = verification.faults.iter().map(ToString::to_string);
    sentences.map(|text| assets().fold(text, |text, (short, long)| text.replace(&long, &short))).collect()
}

#[tokio::test]
async fn a_whole_store_has_no_faults_and_names_its_heads() {
    same_on_both("whole", async |test| {
        assert_eq!(test.store.verify(|_| {}).await.unwrap(), hatang_store::Verification::default(), "empty");
        fill(&test.store).await;
        let (authority, carrier) = (Territory::authority(), organisation(1, "viettel"));
        let write = Write { territory: &authority, expected: Expected::New, recorded: &carrier };
        test.store.append(&[write]).await.unwrap();

        let mut progress = vec![];
        let verification = test.store.verify(|at| progress.push((at.territory.to_string(), at.seq))).await.unwrap();
        assert_eq!(verification.faults, [], "{}", test.name);
        assert_eq!(progress, [("11824".to_owned(), Seq(5)), ("authority".to_owned(), Seq(1))]);
        for verified in &verification.territories {
            let head = test.store.head(&verified.territory).await.unwrap().unwrap();
            assert_eq!((Seq(verified.entries), verified.head), head);
        }
        verification
    })
    .await;
}

/// What is done to the tables of the samples, and every sentence that must come of it.
type Case = (&'static str, &'static str, &'static [&'static str]);

async fn check(cases: &[Case]) {
    for (name, statement, expected) in cases {
        same_on_both("tampered", async |test| {
            fill(&test.store).await;
            let import = test.store.after(&vinh_bao(), Seq(3), 1).await.unwrap().remove(0).recorded.event.stream();
            let statement = assets().fold((*statement).to_owned(), |text, (short, long)| {
                text.replace(&format!("'{short}'"), &format!("'{long}'"))
            });
            test.tamper(&statement).await;
            let found: Vec<String> =
                faults(&test).await.iter().map(|fault| fault.replace(&import.to_string(), "import")).collect();
            assert_eq!(found, *expected, "{}: {name}", test.name);
        })
        .await;
    }
}

#[tokio::test]
async fn what_is_changed_in_the_journal_is_named() {
    check(&[
        (
            "a payload",
            "update journal set payload = (select payload from journal where seq = 1) where seq = 2",
            &["territory 11824, entry 2, #2: the journal entry was changed: its contents do not match its hash"],
        ),
        (
            "a time",
            "update journal set recorded_at = '2026-01-01T00:00:00Z' where seq = 2",
            &["territory 11824, entry 2, #2: the journal entry was changed: its contents do not match its hash"],
        ),
        (
            "a hash",
            "update journal set hash = previous_hash where seq = 2",
            &[
                "territory 11824, entry 2, #2: the journal entry was changed: its contents do not match its hash",
                "territory 11824, entry 3, #1: the journal entry does not continue the one before it: their hashes differ",
            ],
        ),
        (
            "a removed entry",
            "delete from journal where seq = 2",
            &[
                "territory 11824, entry 3, #1: journal entries are missing before this one: 1",
                "territory 11824, #2: the current state holds the record, which the journal lacks",
            ],
        ),
        (
            "a removed beginning",
            "delete from journal where seq <= 2",
            &[
                "territory 11824, entry 3, #1: journal entries are missing before this one: 2",
                "territory 11824, entry 3, #1: the record comes to version 2, where version 1 is next",
                "territory 11824, #2: the current state holds the record, which the journal lacks",
            ],
        ),
        (
            "a removed tail",
            "delete from journal where seq = 5",
            &["territory 11824, #12: the current state is version 2 of entry 5, but the journal ends at version 1"],
        ),
    ])
    .await;
}

#[tokio::test]
async fn what_is_changed_in_the_current_state_is_named() {
    check(&[
        (
            "a state",
            "update current_state set state = (select state from current_state where stream = '#1') where stream = '#2'",
            &["territory 11824, #2: the current state was changed: it is not what the journal says"],
        ),
        (
            "the state of an imported asset",
            "update current_state set state = (select state from current_state where stream = '#1') where stream = '#11'",
            &["territory 11824, #11: the current state was changed: it is not what the journal says"],
        ),
        (
            "an identity",
            "update current_state set identity = 'viettel/mast/M-99' where stream = '#2'",
            &["territory 11824, #2: the current state was changed: it is not what the journal says"],
        ),
        (
            "a kind",
            "update current_state set kind = 'plan' where stream = '#2'",
            &["territory 11824, #2: the current state was changed: it is not what the journal says"],
        ),
        (
            "a version",
            "update current_state set version = 7 where stream = '#2'",
            &["territory 11824, #2: the current state is version 7 of entry 2, but the journal ends at version 1"],
        ),
        (
            "a removed state",
            "delete from current_state where stream = '#2'",
            &["territory 11824, #2: the current state lacks the record, which the journal holds"],
        ),
        (
            "an added state",
            "insert into current_state (territory, stream, version, seq, kind, state)
             select territory, 'asset:9', 1, 2, 'asset', state from current_state where stream = '#2'",
            &["territory 11824, asset:9: the current state holds the record, which the journal lacks"],
        ),
        (
            "a territory that has nothing but a state",
            "insert into current_state (territory, stream, version, seq, kind, state)
             select 'z', 'asset:9', 1, 2, 'asset', state from current_state where stream = '#2'",
            &["territory z, asset:9: the current state holds the record, which the journal lacks"],
        ),
    ])
    .await;
}

#[tokio::test]
async fn what_is_changed_in_an_imports_rows_is_named() {
    check(&[
        (
            "a row of an import",
            "update change_set_row set payload = (select payload from change_set_row where row = 2) where row = 1",
            &[
                "territory 11824, entry 4, #11: row 1 of the import is no asset: it is another one",
                "territory 11824, entry 4, import: the rows of the import were changed: they do not match its root hash",
            ],
        ),
        (
            "rows of an import in another order",
            "update change_set_row set row = row + 3 where row = 1",
            &["territory 11824, entry 4, import: the rows of the import were changed: they do not match its root hash"],
        ),
        (
            "a removed row of an import",
            "delete from change_set_row where row = 3",
            &[
                "territory 11824, entry 4, import: the import brought 3 assets in, but has 2 rows",
                "territory 11824, #13: the current state holds the record, which the journal lacks",
            ],
        ),
        (
            "rows that no import accounts for",
            "insert into change_set_row (territory, seq, row, stream, payload)
             select territory, 2, row, 'asset:9', payload from change_set_row where row = 2",
            &["territory 11824: rows that belong to no import: 1"],
        ),
    ])
    .await;
}

#[tokio::test]
async fn a_check_while_others_write_finds_nothing() {
    on_both("meanwhile", async |test| {
        fill(&test.store).await;
        let (check, write) = (test.store.verify(|_| {}), async {
            for number in 100..150 {
                append(&test.store, Expected::New, &registered(9, mast(number, None))).await.unwrap();
            }
        });
        let (verification, ()) = tokio::join!(check, write);
        assert_eq!(verification.unwrap().faults, [], "{}", test.name);
    })
    .await;
}

#[tokio::test]
async fn a_damaged_row_is_an_inconsistency_when_it_is_read() {
    on_both("damaged", async |test| {
        fill(&test.store).await;
        test.tamper("update journal set payload = previous_hash where seq = 2").await;
        test.tamper("update current_state set version = 5000000000 where seq = 3").await;
        let error = test.store.after(&vinh_bao(), Seq(0), 10).await.unwrap_err().to_string();
        assert!(
            error.starts_with("inconsistency: table `journal`, row `11824/2`: `payload` is no event"),
            "{}: {error}",
            test.name
        );
        let error = test.store.current(&vinh_bao(), None, 100).await.unwrap_err().to_string();
        let key = stream(1);
        assert_eq!(error, format!("inconsistency: table `current_state`, row `11824/{key}`: `version` is 5000000000"));
    })
    .await;
}
