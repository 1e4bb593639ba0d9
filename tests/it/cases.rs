//! Requests from the first draft to a verdict that must be given again, on both databases.

use hatang_core::{
    Asset, AssetId, Details, Event, OrganisationCode, Role, Version, Viewer,
    case::{About, CaseId, CaseState, CaseStep, Opinion, Side},
    plan::Works,
};
use hatang_desk::{
    Desk, ErrorKind,
    cases::CaseReceipt,
    demo,
    keep_screening::keep_screening,
    list_cases::{CaseFilter, CaseList, list_cases},
    record_verdict::{Said, record_verdict},
    rerun_screening::{kept_screening, rerun_screening},
    save_draft::{Draft, amend_draft, save_draft},
    show_case::{ShownCase, show_case},
    submit_case::submit_case,
    verify_journal::verify_journal,
    withdraw_case::withdraw_case,
};
use hatang_tests::{Place, both, happens, open, sample_data};

fn viewer(role: Role, organisation: &str) -> Viewer {
    Viewer { role, organisation: OrganisationCode::new(organisation).ok(), ..Viewer::public() }
}

fn applicant() -> Viewer {
    viewer(Role::CarrierEditor, "vnpt")
}

fn rival() -> Viewer {
    viewer(Role::CarrierEditor, "viettel")
}

fn office() -> Viewer {
    viewer(Role::Assessor, "ubnd-vinh-bao")
}

/// The sample's request of VNPT beside a mast of Viettel with one free slot.
fn request() -> Vec<u8> {
    std::fs::read(sample_data().join("requests/mast-near-a-free-slot.geojson")).unwrap()
}

async fn saved(desk: &Desk) -> CaseReceipt {
    let request = request();
    let draft = Draft { title: Some("Trạm thôn Đông"), rule_set: None, request: &request };
    save_draft(desk, &applicant(), draft).await.unwrap()
}

async fn submitted(desk: &Desk) -> CaseReceipt {
    let draft = saved(desk).await;
    submit_case(desk, &applicant(), draft.id, draft.version).await.unwrap()
}

fn listed(desk: &Desk, who: &Viewer) -> CaseList {
    list_cases(desk, who, &CaseFilter::default(), None, 100)
}

/// The mast that could host the request.
fn host(desk: &Desk) -> Asset {
    let found = desk.read(|registry| {
        let console = Viewer::console();
        let is_it = |asset: &Asset| asset.code.as_ref().is_some_and(|code| code.as_str() == "VTL-COT-0005");
        registry.seen_by(&console).all().map(|sight| sight.asset().clone()).find(is_it)
    });
    found.unwrap()
}

fn stations_on_host(desk: &Desk) -> Vec<Asset> {
    let id = host(desk).id;
    desk.read(|registry| {
        let console = Viewer::console();
        let seen = registry.seen_by(&console);
        seen.stations_on(&seen.get(id).unwrap()).map(|station| station.asset().clone()).collect()
    })
}

async fn takes_slots(place: &Place, used: u32) {
    let mut mast = host(&place.desk);
    let Details::Mast(details) = &mut mast.details else { panic!("a mast") };
    details.slots.used = Some(used);
    happens(place, Event::AssetAmended { asset: Box::new(mast), reason: None }).await;
}

fn of_host(shown: &ShownCase, id: AssetId) -> Option<(Option<f64>, Option<f64>)> {
    let change = shown.changes.iter().find(|change| {
        let part = change.now.as_ref().or(change.before.as_ref()).unwrap();
        part.about == About::Host { asset: id }
    })?;
    Some((change.before.as_ref().and_then(|part| part.figure), change.now.as_ref().and_then(|part| part.figure)))
}

#[tokio::test]
async fn a_request_goes_from_draft_to_the_office_and_can_be_taken_back() {
    for place in both("cases").await {
        let desk = &place.desk;
        demo::load(desk, &sample_data()).await.unwrap();
        let draft = saved(desk).await;
        assert_eq!((draft.reference.starts_with("VNPT-"), draft.state), (true, CaseState::Draft), "{}", place.name);
        assert_eq!((listed(desk, &applicant()).number_matched, listed(desk, &office()).number_matched), (1, 0));
        let second = saved(desk).await;
        assert!(draft.reference.ends_with("-001") && second.reference.ends_with("-002"), "{}", place.name);

        let request = request();
        let again = || Draft { title: Some("Tên khác"), rule_set: None, request: &request };
        let amended = amend_draft(desk, &applicant(), draft.id, draft.version, again()).await.unwrap();
        let late = amend_draft(desk, &applicant(), draft.id, draft.version, again()).await.unwrap_err();
        assert_eq!((late.kind(), late.code()), (ErrorKind::Conflict, "version.conflict"), "{}", place.name);
        let filed = submit_case(desk, &applicant(), draft.id, amended.version).await.unwrap();
        let seen = listed(desk, &office());
        assert_eq!((seen.number_matched, seen.cases[0].title.as_deref()), (1, Some("Tên khác")), "{}", place.name);
        let changed = amend_draft(desk, &applicant(), draft.id, filed.version, again()).await.unwrap_err();
        assert_eq!(changed.code(), "case.wrong_state", "{}", place.name);

        let near = show_case(desk, &applicant(), second.id).await.unwrap().near;
        assert_eq!(
            (near.len(), near[0].id, near[0].distance_m),
            (1, draft.id, 0.0),
            "{}: what was asked here",
            place.name
        );
        assert!(
            show_case(desk, &office(), draft.id).await.unwrap().near.is_empty(),
            "a draft near is nobody's business"
        );

        let back = withdraw_case(desk, &applicant(), draft.id, filed.version, Some("Đổi vị trí")).await.unwrap();
        assert_eq!(back.state, CaseState::Withdrawn);
        let shown = show_case(desk, &office(), draft.id).await.unwrap();
        assert_eq!((shown.withdrawn_because.as_deref(), shown.steps.len()), (Some("Đổi vị trí"), 0), "{}", place.name);
        assert_eq!(verify_journal(desk, &Viewer::console()).await.unwrap().faults, [], "{}", place.name);
    }
}

#[tokio::test]
async fn a_rival_never_learns_that_a_request_exists() {
    for place in both("cases_rival").await {
        let desk = &place.desk;
        demo::load(desk, &sample_data()).await.unwrap();
        let positions = desk.positions();
        let filed = submitted(desk).await;
        keep_screening(desk, &applicant(), filed.id, None).await.unwrap();
        let kept = keep_screening(desk, &office(), filed.id, None).await.unwrap();
        assert_eq!(desk.positions(), positions, "{}: no position that others see has moved", place.name);

        for who in [rival(), viewer(Role::Utility, "road"), Viewer::public()] {
            assert_eq!(listed(desk, &who).number_matched, 0, "{}: {:?}", place.name, who.role);
            let nobodys: CaseId = "0190a0b0-0000-7000-8000-000000000000".parse().unwrap();
            for id in [filed.id, nobodys] {
                let refused = [
                    show_case(desk, &who, id).await.unwrap_err(),
                    submit_case(desk, &who, id, Version(1)).await.unwrap_err(),
                    withdraw_case(desk, &who, id, Version(1), None).await.unwrap_err(),
                    keep_screening(desk, &who, id, None).await.unwrap_err(),
                    kept_screening(desk, &who, id, kept.id).await.unwrap_err(),
                ];
                for error in refused {
                    assert_eq!((error.kind(), error.code()), (ErrorKind::NotFound, "case.unknown"), "{}", place.name);
                }
            }
        }
        // The rival's own count begins at one, whatever others have filed.
        let text = String::from_utf8(request()).unwrap().replace("vnpt", "viettel").replace("vinaphone", "viettel");
        let draft = Draft { title: None, rule_set: None, request: text.as_bytes() };
        let own = save_draft(desk, &rival(), draft).await.unwrap();
        assert!(own.reference.starts_with("VIETTEL-") && own.reference.ends_with("-001"), "{}", own.reference);
        assert!(show_case(desk, &rival(), own.id).await.unwrap().near.is_empty(), "{}", place.name);

        let foreign = Draft { title: None, rule_set: None, request: &request() };
        assert_eq!(save_draft(desk, &rival(), foreign).await.unwrap_err().kind(), ErrorKind::Refused, "{}", place.name);
        // What the office saw with its own eyes is not the applicant's to read.
        let secret = kept_screening(desk, &applicant(), filed.id, kept.id).await.unwrap_err();
        assert_eq!(secret.code(), "screening.unknown", "{}", place.name);
    }
}

#[tokio::test]
async fn a_screening_is_computed_again_to_the_same_bytes_after_the_world_has_moved_on() {
    for place in both("cases_rerun").await {
        let desk = &place.desk;
        demo::load(desk, &sample_data()).await.unwrap();
        let filed = submitted(desk).await;
        let kept = keep_screening(desk, &office(), filed.id, None).await.unwrap();
        let first = kept_screening(desk, &office(), filed.id, kept.id).await.unwrap();
        takes_slots(&place, 2).await;
        // Without the stations on it nobody depends on the host any more.
        for station in stations_on_host(desk) {
            let gone = Asset { status: hatang_core::asset::Lifecycle::Decommissioned, ..station };
            happens(&place, Event::AssetRetired { asset: Box::new(gone), reason: "tháo dỡ".to_owned() }).await;
        }
        let plan = desk.read(|registry| registry.home().and_then(|(_, state)| state.plan.clone())).unwrap();
        let plan = hatang_core::plan::Plan { zones: Vec::new(), ..plan };
        happens(&place, Event::PlanAdopted { plan: Box::new(plan), reason: None }).await;

        let again = rerun_screening(desk, &office(), filed.id, kept.id).await.unwrap();
        assert!(again.same && again.changes.is_empty(), "{}: {:?}", place.name, again.changes);
        // The same from a desk that was opened later and never saw the past.
        let other = open(&place.url).await;
        assert!(rerun_screening(&other, &office(), filed.id, kept.id).await.unwrap().same, "{}", place.name);
        let newer = keep_screening(desk, &office(), filed.id, None).await.unwrap();
        let second = kept_screening(desk, &office(), filed.id, newer.id).await.unwrap();
        assert!(first.answer != second.answer, "{}: today's answer is another one", place.name);
        assert!(first.answer.contains("coverage_run"), "{}: who fails together is part of it", place.name);
        assert!(first.positions < second.positions && first.answer.contains("VTL-COT-0005"), "{}", place.name);
    }
}

#[tokio::test]
async fn a_change_of_a_hosts_free_slots_flags_the_request_and_a_change_back_clears_it() {
    for place in both("cases_expire").await {
        let desk = &place.desk;
        demo::load(desk, &sample_data()).await.unwrap();
        let filed = submitted(desk).await;
        keep_screening(desk, &applicant(), filed.id, None).await.unwrap();
        keep_screening(desk, &office(), filed.id, None).await.unwrap();
        let host = host(desk).id;
        let about = About::Host { asset: host };
        let said = |opinion, reason: Option<&str>| Said {
            item: 1,
            about: about.clone(),
            opinion,
            reason: reason.map(str::to_owned),
        };
        let silent =
            record_verdict(desk, &office(), filed.id, filed.version, said(Some(Opinion::Disagree), None)).await;
        assert_eq!(silent.unwrap_err().code(), "verdict.no_reason", "{}", place.name);
        let own = record_verdict(desk, &applicant(), filed.id, filed.version, said(Some(Opinion::Agree), None)).await;
        assert_eq!(own.unwrap_err().kind(), ErrorKind::Refused, "{}", place.name);
        let judged =
            record_verdict(desk, &office(), filed.id, filed.version, said(Some(Opinion::Agree), None)).await.unwrap();
        let shown = show_case(desk, &office(), filed.id).await.unwrap();
        assert_eq!(
            (shown.verdicts.len(), shown.verdicts[0].rerate, shown.changes.len()),
            (1, false, 0),
            "{}",
            place.name
        );
        assert!(shown.steps.contains(&CaseStep::Judge), "{}", place.name);
        assert!(show_case(desk, &applicant(), filed.id).await.unwrap().verdicts.is_empty(), "{}", place.name);

        takes_slots(&place, 2).await;
        let shown = show_case(desk, &office(), filed.id).await.unwrap();
        assert_eq!(of_host(&shown, host), Some((Some(1.0), Some(0.0))), "{}: {:?}", place.name, shown.changes);
        assert!(shown.verdicts[0].rerate, "{}: the verdict must be given again", place.name);
        assert_eq!(listed(desk, &office()).cases[0].changes, shown.changes.len(), "{}", place.name);
        let only = CaseFilter { expired: true, ..CaseFilter::default() };
        assert_eq!(list_cases(desk, &office(), &only, None, 100).number_matched, 1, "{}", place.name);
        let outdated =
            record_verdict(desk, &office(), filed.id, judged.version, said(Some(Opinion::Agree), None)).await;
        assert_eq!(outdated.unwrap_err().code(), "verdict.outdated", "{}", place.name);
        let own = show_case(desk, &applicant(), filed.id).await.unwrap();
        assert_eq!(of_host(&own, host), Some((Some(1.0), Some(0.0))), "{}: the applicant is told too", place.name);

        // A desk that was opened later finds the same.
        let other = open(&place.url).await;
        let found = show_case(&other, &office(), filed.id).await.unwrap();
        assert_eq!(found.changes, shown.changes, "{}", place.name);

        takes_slots(&place, 1).await;
        let shown = show_case(desk, &office(), filed.id).await.unwrap();
        assert_eq!((shown.changes.len(), shown.verdicts[0].rerate), (0, false), "{}: nothing differs", place.name);
    }
}

#[tokio::test]
async fn a_work_of_another_sector_that_comes_near_flags_the_request() {
    for place in both("cases_works").await {
        let desk = &place.desk;
        demo::load(desk, &sample_data()).await.unwrap();
        let request = std::fs::read(sample_data().join("requests/duct-during-road-works.geojson")).unwrap();
        let owner = serde_json::from_slice::<serde_json::Value>(&request).unwrap();
        let owner = owner.pointer("/properties/owner").or_else(|| owner.pointer("/features/0/properties/owner"));
        let who = viewer(Role::CarrierEditor, owner.and_then(serde_json::Value::as_str).unwrap());
        let draft = Draft { title: None, rule_set: None, request: &request };
        let case = save_draft(desk, &who, draft).await.unwrap();
        keep_screening(desk, &who, case.id, None).await.unwrap();
        let shown = show_case(desk, &who, case.id).await.unwrap();
        let met = shown.screening.unwrap().answer["items"][0]["dig_once"][0]["works"].as_str().unwrap().to_owned();
        let works = desk.read(|registry| registry.home().unwrap().1.works[&met].clone());
        let year = jiff::Span::new().years(1);
        let later = Works {
            starts_on: works.starts_on.map(|day| day + year),
            ends_on: works.ends_on.map(|day| day + year),
            ..works
        };
        happens(&place, Event::WorksRegistered { works: later }).await;
        let shown = show_case(desk, &who, case.id).await.unwrap();
        assert_eq!(shown.changes.len(), 1, "{}: {:?}", place.name, shown.changes);
        let gone = &shown.changes[0];
        assert!(gone.now.is_none(), "{}", place.name);
        assert_eq!(gone.before.as_ref().unwrap().about, About::Works { works: met }, "{}", place.name);
        assert!(desk.read(|registry| registry.cases().newest(case.id, Side::Office).is_none()));
    }
}
