//! The planners' cases opened in the app: each in a registry of its own, its request handed in and judged.

use std::{
    cell::Cell,
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use hatang_core::{
    Role, Viewer,
    case::{CaseId, CaseState},
};
use hatang_desk::{
    Desk, Edge, ErrorKind,
    keep_screening::keep_screening,
    list_cases::{CaseFilter, list_cases},
    open_case::{OpenedCase, OpenedRequest, open_case},
    rerun_screening::kept_screening,
    screen_request::screen_request_on,
    shipped_rule_sets::adopt_shipped_rule_sets,
    submit_case::submit_case,
    verify_journal::verify_journal,
};
use hatang_store::Store;
use hatang_testkit::workspace_root;
use hatang_tests::{both, open};
use jiff::Timestamp;
use serde_json::{Value, json};

/// Cases that the app answers otherwise, each of which tells why when it is opened: it has no plan without an outline.
const OTHERWISE: [&str; 1] = ["commune-without-an-outline"];

thread_local! {
    /// What time it is at the desks of a test.
    static CLOCK: Cell<Timestamp> = const { Cell::new(Timestamp::UNIX_EPOCH) };
}

fn folder(name: &str) -> PathBuf {
    workspace_root().join("tests/cases").join(name)
}

fn expected(folder: &Path) -> Value {
    serde_json::from_slice(&fs::read(folder.join("expected.json")).unwrap()).unwrap()
}

fn names() -> Vec<String> {
    let entries = fs::read_dir(folder("")).unwrap().map(Result::unwrap);
    let folders = entries.filter(|entry| entry.file_type().unwrap().is_dir());
    let mut names: Vec<String> = folders.map(|entry| entry.file_name().into_string().unwrap()).collect();
    names.sort();
    assert!(100 <= names.len(), "only {} cases", names.len());
    names
}

/// An empty desk on the day of a case's question, in memory.
async fn desk_on_its_day(expected: &Value) -> Desk {
    let day = expected["on"].as_str().unwrap_or("2026-07-01");
    CLOCK.set(format!("{day}T05:00:00Z").parse().unwrap());
    let edge = Edge { now: || CLOCK.get(), ..Edge::real() };
    let desk = Desk::open(Store::open("sqlite::memory:").await.unwrap(), edge).await.unwrap();
    adopt_shipped_rule_sets(&desk).await.unwrap();
    desk
}

async fn opened(desk: &Desk, name: &str) -> OpenedCase {
    let opened = open_case(desk, &folder(name)).await;
    opened.unwrap_or_else(|error| panic!("{name}: {} {:?}", error.text().en, error.value()))
}

fn applicant(request: &OpenedRequest) -> Viewer {
    Viewer::of(Role::CarrierEditor, Some(request.owner.clone()))
}

/// The answer to a request that is kept, as its screener reads it.
async fn kept(desk: &Desk, who: &Viewer, case: CaseId) -> Value {
    let receipt = keep_screening(desk, who, case, None).await.unwrap();
    let kept = kept_screening(desk, who, case, receipt.id).await.unwrap();
    serde_json::from_str(&kept.answer).unwrap()
}

/// What the case's viewer reads of each structure, by its number: the applicant of the draft, the office of what was
/// handed in, and whoever is neither of the same file.
async fn answers(desk: &Desk, case: &OpenedCase) -> BTreeMap<usize, Value> {
    let mut answers = BTreeMap::new();
    for draft in &case.drafts {
        let own = applicant(draft);
        let answer = if case.viewer.role.is_official() {
            let filed = submit_case(desk, &own, draft.receipt.id, draft.receipt.version).await.unwrap();
            kept(desk, &case.viewer, filed.id).await
        } else if case.viewer == own {
            kept(desk, &own, draft.receipt.id).await
        } else {
            let request = fs::read(folder(&case.name).join("request.geojson")).unwrap();
            json!(screen_request_on(desk, &case.viewer, &request, Some(&case.rule_set), case.on).unwrap())
        };
        let items = answer["items"].as_array().unwrap().clone();
        assert_eq!(items.len(), draft.items.len(), "{}", case.name);
        answers.extend(draft.items.iter().copied().zip(items));
    }
    answers
}

/// The verdicts on the rules that a case is about, without those that do not apply.
fn verdicts(item: &Value, expected: &Value) -> Value {
    let is_about = |rule: &str| match expected["about"].as_array() {
        Some(rules) => rules.iter().any(|one| one == rule),
        None => rule.starts_with("SP-") || ["MA-2OP", "PO-DUP"].contains(&rule),
    };
    let findings = item["findings"].as_array().unwrap().iter();
    let judged = findings.filter(|finding| is_about(finding["rule"].as_str().unwrap()));
    let applies = judged.filter(|finding| finding["verdict"] != "does_not_apply");
    applies.map(|finding| (finding["rule"].as_str().unwrap().to_owned(), finding["verdict"].clone())).collect()
}

#[tokio::test]
async fn every_case_opens_and_is_judged_in_the_app_as_its_planner_expects() {
    let mut wrong = Vec::new();
    for name in names() {
        let expected = expected(&folder(&name));
        let desk = desk_on_its_day(&expected).await;
        let case = opened(&desk, &name).await;
        assert_eq!(desk.read(hatang_core::Registry::len), case.assets, "{name}");
        for draft in &case.drafts {
            assert_eq!(draft.receipt.state, CaseState::Draft, "{name}");
            let listed = list_cases(&desk, &applicant(draft), &CaseFilter::default(), None, 100);
            let own = listed.cases.iter().find(|row| row.id == draft.receipt.id).unwrap();
            assert_eq!(own.title.as_deref(), Some(name.as_str()), "{name}");
        }
        let answers = answers(&desk, &case).await;
        let items = expected["items"].as_array().unwrap();
        assert_eq!(answers.keys().copied().collect::<Vec<_>>(), (1..=items.len()).collect::<Vec<_>>(), "{name}");
        let found: Vec<Value> = answers.values().map(|item| verdicts(item, &expected)).collect();
        let stated: Vec<Value> = items.iter().map(|item| json!(item["findings"].as_object())).collect();
        let stated: Vec<Value> = stated.into_iter().map(|one| if one.is_null() { json!({}) } else { one }).collect();
        if (found != stated) != OTHERWISE.contains(&name.as_str()) {
            wrong.push(format!("{name}:\n  found    {}\n  expected {}", json!(found), json!(stated)));
        }
    }
    assert!(wrong.is_empty(), "{} cases are judged otherwise:\n{}", wrong.len(), wrong.join("\n"));
}

#[tokio::test]
async fn what_the_registry_cannot_hold_of_a_case_is_told_in_both_languages() {
    for (name, says) in [
        ("commune-without-an-outline", &["no outline"][..]),
        ("commune-without-any-mast", &[]),
        ("answered-and-unbuilt-mast-counts", &["no outline"]),
        ("who-fails-together-comes-from-the-coverage-run", &["no outline", "NOBODY, RUN"]),
        ("same-network-keeps-a-wider-distance", &["no outline", "one draft for each"]),
    ] {
        let desk = desk_on_its_day(&expected(&folder(name))).await;
        let case = opened(&desk, name).await;
        assert_eq!(case.told.len(), says.len(), "{name}: {:?}", case.told);
        for (told, says) in case.told.iter().zip(says) {
            assert!(told.en.contains(*says) && told.vi != told.en, "{name}: {told:?}");
        }
    }
    // On another day than the question's that is told too, and what is asked stays in one registry.
    let desk = desk_on_its_day(&json!({ "on": "2026-07-02" })).await;
    let case = opened(&desk, "commune-without-any-mast").await;
    assert!(case.told.len() == 1 && case.told[0].en.contains("2026-07-01"), "{:?}", case.told);
    let again = open_case(&desk, &folder("spacing-119-against-120")).await.unwrap_err();
    assert_eq!((again.kind(), again.code()), (ErrorKind::Conflict, "case.registry_not_empty"));
    let absent = open_case(&desk, &folder("no-such-case")).await.unwrap_err();
    assert_eq!((absent.kind(), absent.code()), (ErrorKind::BadInput, "file.unreadable"));
}

#[tokio::test]
async fn a_cases_waiting_requests_are_their_owners_and_set_conditions_on_both_databases() {
    let name = "others-wait-for-a-mast-nearby";
    let expected = expected(&folder(name));
    let office = Viewer::of(Role::Assessor, None);
    for place in both("open_case").await {
        let desk = &place.desk;
        let case = opened(desk, name).await;
        let owners: Vec<&str> = case.waiting.iter().map(|request| request.owner.as_str()).collect();
        assert_eq!(owners, ["viettel", "viettel", "mobifone", "vnpt", "towerco", "towerco"], "{}", place.name);
        assert!(case.waiting.iter().all(|one| one.receipt.state == CaseState::Submitted), "{}", place.name);
        assert_eq!((case.drafts.len(), &case.drafts[0].items), (1, &vec![1, 2, 3]), "{}", place.name);
        let seen = |desk: &Desk| list_cases(desk, &office, &CaseFilter::default(), None, 100).number_matched;
        assert_eq!(seen(desk), 6, "{}: a draft is nobody else's", place.name);

        let answers = answers(desk, &case).await;
        assert_eq!(seen(desk), 7, "{}", place.name);
        for (number, item) in (1..).zip(expected["items"].as_array().unwrap()) {
            let answer = &answers[&number];
            assert_eq!(verdicts(answer, &expected), item["findings"], "{} {number}", place.name);
            let conditions = answer["conditions"].as_array().unwrap().iter();
            let conditions: Vec<Value> =
                conditions.map(|one| json!([one["code"], one["value"], one["waiting"], one["met"]])).collect();
            assert_eq!(json!(conditions), item["conditions"], "{} {number}", place.name);
        }
        assert_eq!(verify_journal(desk, &Viewer::console()).await.unwrap().faults, [], "{}", place.name);
        assert_eq!(seen(&open(&place.url).await), 7, "{}: a desk that is opened later knows the same", place.name);
    }
}
