//! Works of other sectors: entered and taken on by their owners, answered without names, matched with needs. On both databases.

use hatang_core::{
    AssetClass, OrganisationCode, Role, RuleSet, RuleSetCode, Shape, Version, Viewer,
    asset::Technology,
    plan::Plan,
    rule_set::ClockLimit,
    works::{Interest, Works, WorksStage, WorksStep},
};
use hatang_desk::{
    Desk, DeskError, ErrorKind,
    answer_works::{answer_works, set_interest_area},
    demo,
    list_gaps::{GapQuestion, list_gaps},
    list_opportunities::list_opportunities,
    list_works::{WorksRow, list_works},
    load_plan::load_plan,
    register_asset::{NewAsset, register_asset},
    register_works::{amend_works, register_works},
    save_draft::{Draft, save_draft},
    step_works::{reply_works, step_works},
    submit_case::submit_case,
    upload_works::upload_works,
    verify_journal::verify_journal,
    works::WorksDraft,
};
use hatang_exchange::PlanFolder;
use hatang_tests::{both, sample_data};

fn viewer(role: Role, organisation: &str) -> Viewer {
    Viewer { role, organisation: OrganisationCode::new(organisation).ok(), ..Viewer::public() }
}

fn owner() -> Viewer {
    viewer(Role::Utility, "road")
}

fn carrier(code: &str) -> Viewer {
    viewer(Role::CarrierEditor, code)
}

fn office() -> Viewer {
    viewer(Role::Assessor, "ubnd-vinh-bao")
}

/// A trench of some hundred metres in the year 2100, long after these tests are run.
fn draft() -> WorksDraft {
    let shape = r#"{"type":"LineString","coordinates":[[106.48,20.68],[106.483,20.68]]}"#;
    WorksDraft {
        sector: "road".to_owned(),
        owner: OrganisationCode::new("road").unwrap(),
        title: Some("Cải tạo vỉa hè".to_owned()),
        plan: None,
        starts_on: "2100-03-01".parse().ok(),
        ends_on: "2100-04-30".parse().ok(),
        answer_by: "2100-02-01".parse().ok(),
        published: false,
        shape: serde_json::from_str::<Shape>(shape).unwrap(),
    }
}

fn seen(desk: &Desk, who: &Viewer, code: &str) -> Option<WorksRow> {
    list_works(desk, who).works.into_iter().find(|row| row.code == code)
}

#[tokio::test]
async fn an_owner_takes_a_work_on_and_nobody_else_does() {
    for place in both("works").await {
        let desk = &place.desk;
        demo::load(desk, &sample_data()).await.unwrap();
        let entered = register_works(desk, &owner(), None, draft()).await.unwrap();
        assert_eq!((entered.code.as_str(), entered.version), ("CT-ROAD-01", Version(1)), "{}", place.name);
        for other in [carrier("vnpt"), viewer(Role::Utility, "water"), viewer(Role::Auditor, "ubnd-vinh-bao")] {
            let refused = register_works(desk, &other, None, draft()).await.unwrap_err();
            assert_eq!(refused.kind(), ErrorKind::Refused, "{}", place.name);
            let refused = step_works(desk, &other, &entered.code, Version(1), WorksStep::Confirm).await.unwrap_err();
            assert_eq!(refused.kind(), ErrorKind::Refused, "{}", place.name);
        }
        let fixed = step_works(desk, &owner(), &entered.code, Version(1), WorksStep::Confirm).await.unwrap();
        let late = step_works(desk, &owner(), &entered.code, Version(1), WorksStep::Start).await.unwrap_err();
        assert_eq!(late.code(), "version.conflict", "{}", place.name);
        let early = step_works(desk, &owner(), &entered.code, fixed.version, WorksStep::Finish).await.unwrap_err();
        assert_eq!(early.code(), "works.wrong_stage", "{}", place.name);
        let begun = step_works(desk, &office(), &entered.code, fixed.version, WorksStep::Start).await.unwrap();
        let moved = WorksDraft { ends_on: "2100-05-31".parse().ok(), ..draft() };
        amend_works(desk, &owner(), &entered.code, begun.version, moved).await.unwrap();
        let row = seen(desk, &owner(), &entered.code).unwrap();
        assert_eq!((row.stage, row.started_on.is_some()), (WorksStage::InProgress, true), "{}", place.name);
        assert_eq!(row.ends_on, "2100-05-31".parse().ok(), "{}", place.name);
        let backwards = WorksDraft { ends_on: "2100-01-31".parse().ok(), ..draft() };
        let refused = register_works(desk, &owner(), None, backwards).await.unwrap_err();
        assert_eq!(refused.code(), "works.ends_before_it_starts", "{}", place.name);
        assert!(seen(desk, &Viewer::public(), &entered.code).is_none(), "{}: it is not published", place.name);
        assert_eq!(verify_journal(desk, &Viewer::console()).await.unwrap().faults, [], "{}", place.name);
    }
}

#[tokio::test]
async fn others_read_numbers_where_owner_and_office_read_names() {
    for place in both("works_answers").await {
        let desk = &place.desk;
        demo::load(desk, &sample_data()).await.unwrap();
        let code = register_works(desk, &owner(), None, draft()).await.unwrap().code;
        let positions = desk.positions();
        answer_works(desk, &carrier("vnpt"), &code, Interest::Interested, None).await.unwrap();
        answer_works(desk, &carrier("vnpt"), &code, Interest::PlaceDucts, Some(2)).await.unwrap();
        answer_works(desk, &carrier("viettel"), &code, Interest::NotInterested, None).await.unwrap();
        assert_eq!(desk.positions(), positions, "{}: no position that others see has moved", place.name);
        for who in [owner(), office()] {
            let row = seen(desk, &who, &code).unwrap();
            let names: Vec<String> =
                row.answers.unwrap().iter().map(|answer| answer.organisation.to_string()).collect();
            assert_eq!(names, ["viettel", "vnpt"], "{}", place.name);
        }
        for who in [carrier("viettel"), carrier("mobifone"), viewer(Role::Utility, "water")] {
            let row = seen(desk, &who, &code).unwrap();
            let counts = row.answered.unwrap();
            assert!(row.answers.is_none(), "{}", place.name);
            assert_eq!((counts.interested, counts.place_ducts, counts.ducts, counts.not_interested), (0, 1, 2, 1));
            let text = serde_json::to_string(&seen(desk, &who, &code)).unwrap();
            assert!(!text.contains("vnpt"), "{}: {text}", place.name);
        }
        for (interest, ducts) in
            [(Interest::PlaceDucts, None), (Interest::PlaceDucts, Some(0)), (Interest::Interested, Some(1))]
        {
            let refused = answer_works(desk, &carrier("vnpt"), &code, interest, ducts).await.unwrap_err();
            assert_eq!(refused.code(), "works.ducts_invalid", "{}: {interest} {ducts:?}", place.name);
        }
        for (who, code, expected) in [
            (owner(), code.as_str(), "works.no_answers"),
            (office(), code.as_str(), "action.refused"),
            (carrier("vnpt"), "nothing", "works.unknown"),
        ] {
            let refused = answer_works(desk, &who, code, Interest::Interested, None).await.unwrap_err();
            assert_eq!(refused.code(), expected, "{}", place.name);
        }
        // Who wants ducts waits until the owner replies; no rule set here sets a limit, so the days count up.
        let row = seen(desk, &owner(), &code).unwrap();
        assert_eq!((row.waiting_days, row.ducts_agreed), (Some(0), None), "{}", place.name);
        reply_works(desk, &owner(), &code, row.version, 2).await.unwrap();
        let row = seen(desk, &carrier("vnpt"), &code).unwrap();
        assert_eq!((row.waiting_days, row.ducts_agreed), (None, Some(2)), "{}", place.name);
    }
}

#[tokio::test]
async fn an_area_of_interest_decides_what_concerns_an_organisation() {
    for place in both("works_area").await {
        let desk = &place.desk;
        demo::load(desk, &sample_data()).await.unwrap();
        let code = register_works(desk, &owner(), None, draft()).await.unwrap().code;
        let concerns = |desk: &Desk| seen(desk, &carrier("vnpt"), &code).unwrap().concerns;
        let square = |west: f64| {
            let ring = [[west, 20.6], [west + 0.01, 20.6], [west + 0.01, 20.7], [west, 20.7], [west, 20.6]];
            serde_json::from_value::<Shape>(serde_json::json!({ "type": "Polygon", "coordinates": [ring] })).unwrap()
        };
        assert!(concerns(desk), "{}: everywhere while no area is drawn", place.name);
        set_interest_area(desk, &carrier("vnpt"), Some(square(106.50))).await.unwrap();
        assert!(!concerns(desk), "{}", place.name);
        set_interest_area(desk, &carrier("vnpt"), Some(square(106.475))).await.unwrap();
        assert!(concerns(desk), "{}", place.name);
        assert!(seen(desk, &carrier("viettel"), &code).unwrap().concerns, "{}: an area is one's own", place.name);
        let line = set_interest_area(desk, &carrier("vnpt"), Some(draft().shape)).await.unwrap_err();
        assert_eq!(line.code(), "works.area_invalid", "{}", place.name);
        assert!(list_works(desk, &carrier("viettel")).interest_area.is_none(), "{}", place.name);
    }
}

#[tokio::test]
async fn a_file_of_works_comes_in_whole_or_not_at_all() {
    for place in both("works_file").await {
        let desk = &place.desk;
        demo::load(desk, &sample_data()).await.unwrap();
        let feature = |code: &str, owner: &str| {
            serde_json::json!({ "type": "Feature",
                "properties": { "code": code, "sector": "road", "owner": owner, "stage": "forward" },
                "geometry": { "type": "LineString", "coordinates": [[106.48, 20.68], [106.483, 20.68]] } })
        };
        let file = |features: &[serde_json::Value]| {
            serde_json::json!({ "type": "FeatureCollection", "features": features }).to_string().into_bytes()
        };
        let mixed = file(&[feature("F-1", "road"), feature("F-2", "water")]);
        assert_eq!(
            upload_works(desk, &owner(), &mixed).await.unwrap_err().kind(),
            ErrorKind::Refused,
            "{}",
            place.name
        );
        assert!(seen(desk, &owner(), "F-1").is_none(), "{}", place.name);
        let twice = file(&[feature("F-1", "road"), feature("F-1", "road")]);
        let twice = upload_works(desk, &owner(), &twice).await.unwrap_err();
        assert_eq!(refused_rows(twice), [(2, "code".to_owned())], "{}", place.name);
        let good = file(&[feature("F-1", "road"), feature("F-3", "road")]);
        let versions = |receipts: Vec<hatang_desk::works::WorksReceipt>| {
            receipts.into_iter().map(|receipt| receipt.version.0).collect::<Vec<_>>()
        };
        assert_eq!(versions(upload_works(desk, &owner(), &good).await.unwrap()), [1, 1], "{}", place.name);
        assert_eq!(versions(upload_works(desk, &owner(), &good).await.unwrap()), [2, 2], "{}", place.name);
    }
}

/// The rows and fields that an upload is refused for, after checking that each has its sentence in both languages.
fn refused_rows(error: DeskError) -> Vec<(u32, String)> {
    assert_eq!((error.kind(), error.code()), (ErrorKind::BadInput, "file.rows"), "{error}");
    let findings = match error {
        DeskError::Rows { findings, more: 0 } => findings,
        other => panic!("{other}"),
    };
    let row = |finding: hatang_desk::error::Finding| {
        let (vi, en) = (&finding.message.vi, &finding.message.en);
        assert!(!vi.is_empty() && !en.is_empty() && vi != en, "{finding:?}");
        (finding.row.unwrap(), finding.field.unwrap())
    };
    findings.into_iter().map(row).collect()
}

/// A file of works along one street, from their properties.
fn works_file(properties: &[serde_json::Value]) -> Vec<u8> {
    let line = serde_json::json!({ "type": "LineString", "coordinates": [[106.48, 20.68], [106.483, 20.68]] });
    let feature = |properties| serde_json::json!({ "type": "Feature", "properties": properties, "geometry": line });
    let features: Vec<_> = properties.iter().map(feature).collect();
    serde_json::json!({ "type": "FeatureCollection", "features": features }).to_string().into_bytes()
}

#[tokio::test]
async fn every_bad_row_of_a_file_is_told_at_once_and_nothing_of_it_is_written() {
    for place in both("works_rows").await {
        let desk = &place.desk;
        demo::load(desk, &sample_data()).await.unwrap();
        let work = |code: &str, more: serde_json::Value| {
            let mut work = serde_json::json!({ "code": code, "sector": "road", "owner": "road", "stage": "forward" });
            for (field, value) in more.as_object().unwrap() {
                work[field] = value.clone();
            }
            work
        };
        let file = works_file(&[
            work("F-1", serde_json::json!({})),
            work("F-2", serde_json::json!({ "sector": "gas" })),
            work("F-3", serde_json::json!({ "stage": "begun" })),
            work("F-4", serde_json::json!({ "stage": "concrete", "starts_on": "2100-03-01" })),
            work("F-5", serde_json::json!({ "starts_on": "2100-03-01", "ends_on": "2100-02-01" })),
            work("F-6", serde_json::json!({ "title": "x".repeat(301) })),
            work("F-1", serde_json::json!({})),
        ]);
        let positions = desk.positions();
        let refused = upload_works(desk, &owner(), &file).await.unwrap_err();
        let said = refused.text();
        assert!(said.vi.contains("6 đối tượng") && said.vi.contains("đối tượng 7, `code`"), "{}", said.vi);
        assert!(said.en.contains("6 items") && said.en.contains("item 2, `sector`"), "{}", said.en);
        let fields = ["sector", "stage", "stage", "ends_on", "title", "code"].map(str::to_owned);
        let expected: Vec<(u32, String)> = (2..=7).zip(fields).collect();
        assert_eq!(refused_rows(refused), expected, "{}", place.name);
        assert_eq!(desk.positions(), positions, "{}: nothing is written", place.name);
        assert!(seen(desk, &owner(), "F-1").is_none(), "{}", place.name);
    }
}

#[tokio::test]
async fn a_file_moves_no_work_to_another_stage_and_takes_away_no_date() {
    for place in both("works_stage").await {
        let desk = &place.desk;
        demo::load(desk, &sample_data()).await.unwrap();
        let code = register_works(desk, &owner(), None, draft()).await.unwrap().code;
        let row = || seen(desk, &owner(), &code).unwrap();
        let stated = |stage: &str| {
            works_file(&[serde_json::json!({ "code": code, "sector": "road", "owner": "road", "stage": stage })])
        };
        step_works(desk, &owner(), &code, row().version, WorksStep::Confirm).await.unwrap();
        step_works(desk, &owner(), &code, row().version, WorksStep::Start).await.unwrap();
        for stage in ["forward", "concrete", "done"] {
            let refused = upload_works(desk, &owner(), &stated(stage)).await.unwrap_err();
            let said = refused.text();
            for word in [code.as_str(), "in_progress", stage] {
                assert!(said.vi.contains(word) && said.en.contains(word), "{}: {said:?}", place.name);
            }
            assert_eq!(refused_rows(refused), [(1, "stage".to_owned())], "{}", place.name);
        }
        let before = row();
        upload_works(desk, &owner(), &stated("in_progress")).await.unwrap();
        let after = row();
        assert_eq!((after.stage, after.started_on), (WorksStage::InProgress, before.started_on), "{}", place.name);
        assert_eq!((after.starts_on, after.ends_on), (draft().starts_on, draft().ends_on), "{}", place.name);
    }
}

#[tokio::test]
async fn a_stop_that_is_taken_back_leaves_the_work_as_it_went_on() {
    for place in both("works_stop").await {
        let desk = &place.desk;
        demo::load(desk, &sample_data()).await.unwrap();
        let code = register_works(desk, &owner(), None, draft()).await.unwrap().code;
        let row = || seen(desk, &owner(), &code).unwrap();
        for step in [WorksStep::Confirm, WorksStep::Start, WorksStep::Stop] {
            step_works(desk, &owner(), &code, row().version, step).await.unwrap();
        }
        assert!(row().steps.contains(&WorksStep::Revert), "{}: {:?}", place.name, row().steps);
        step_works(desk, &owner(), &code, row().version, WorksStep::Revert).await.unwrap();
        let after = row();
        assert_eq!((after.stage, after.stopped_on), (WorksStage::InProgress, None), "{}", place.name);
        assert_eq!(after.started_on, Some(desk.today()), "{}", place.name);
    }
}

#[tokio::test]
async fn works_meet_the_needs_that_their_reader_may_know_of_and_a_shift_in_time_parts_them() {
    for place in both("works_needs").await {
        let desk = &place.desk;
        demo::load(desk, &sample_data()).await.unwrap();
        let code = register_works(desk, &owner(), None, draft()).await.unwrap().code;
        let request = br#"{"type":"Feature","geometry":{"type":"LineString","coordinates":[[106.4795,20.68005],[106.482,20.68005]]},
            "properties":{"class":"duct","owner":"vnpt","bores":3,"operators_designed":2,"starts_on":"2100-04-15","ends_on":"2100-05-31"}}"#;
        let draft_of = |request| Draft { title: None, rule_set: None, request };
        let saved = save_draft(desk, &carrier("vnpt"), draft_of(request)).await.unwrap();
        let found = |who: &Viewer| {
            let listed = list_opportunities(desk, who).opportunities;
            let of_code = listed.into_iter().map(|one| one.opportunity).find(|one| one.works == code);
            of_code.map_or_else(Vec::new, |one| one.needs.into_iter().map(|need| need.code).collect())
        };
        let has = |who: &Viewer| found(who).contains(&saved.reference);
        assert!(!has(&office()), "{}: a draft is nobody's business", place.name);
        submit_case(desk, &carrier("vnpt"), saved.id, saved.version).await.unwrap();
        assert!(has(&office()) && has(&carrier("vnpt")), "{}", place.name);
        assert!(
            !has(&carrier("viettel")) && !has(&owner()),
            "{}: a rival's request is told to nobody else",
            place.name
        );
        let version = seen(desk, &owner(), &code).unwrap().version;
        let earlier = WorksDraft { ends_on: "2100-03-31".parse().ok(), ..draft() };
        amend_works(desk, &owner(), &code, version, earlier).await.unwrap();
        assert!(!has(&office()), "{}: a month earlier the two do not meet", place.name);
    }
}

/// Lets requests be judged by another rule set of the installation, after something was done to it.
async fn judged_by(desk: &Desk, code: &str, change: impl Fn(&mut RuleSet)) {
    let (territory, plan, set) = desk.read(|registry| {
        let (territory, state) = registry.home().unwrap();
        let mut set = registry.rule_sets()[&RuleSetCode::new(code).unwrap()].clone();
        change(&mut set);
        (territory.clone(), Plan { rule_set: set.code.clone(), ..state.plan.clone().unwrap() }, set)
    });
    let folder =
        PlanFolder { territory, boundaries: None, plan, works: vec![], rule_sets: vec![set], organisations: vec![] };
    load_plan(desk, &Viewer::console(), folder).await.unwrap();
}

#[tokio::test]
async fn an_owners_reply_runs_by_the_rule_sets_clock_and_counts_up_where_it_has_none() {
    for place in both("works_clock").await {
        let desk = &place.desk;
        demo::load(desk, &sample_data()).await.unwrap();
        let code = register_works(desk, &owner(), None, draft()).await.unwrap().code;
        let row = |who: &Viewer| seen(desk, who, &code).unwrap();
        assert_eq!((row(&office()).waiting_days, row(&office()).reply_clock), (None, None), "{}", place.name);
        answer_works(desk, &carrier("vnpt"), &code, Interest::PlaceDucts, Some(2)).await.unwrap();
        // The template of another province names no period for this.
        assert_eq!((row(&office()).waiting_days, row(&office()).reply_clock), (Some(0), None), "{}", place.name);
        judged_by(desk, "hai-phong", |_| {}).await;
        let counts_up = row(&office()).reply_clock.unwrap();
        assert_eq!((counts_up.limit, counts_up.due_on, counts_up.overdue), (None, None, false), "{}", place.name);
        let said = serde_json::to_string(&counts_up).unwrap();
        assert!(!said.contains("Bắc Ninh") && !said.contains("72/2025"), "{}: {said}", place.name);
        judged_by(desk, "hai-phong", |set| {
            let clock = set.clocks.iter_mut().find(|clock| clock.id.as_str() == "CK-DIG-ONCE").unwrap();
            clock.limit = Some(ClockLimit::Days { count: 10 });
        })
        .await;
        let due = row(&carrier("viettel")).reply_clock.unwrap();
        let last = due.since.checked_add(jiff::ToSpan::days(10)).unwrap();
        assert_eq!((due.since, due.due_on, due.overdue), (desk.today(), Some(last), false), "{}", place.name);
        let request = br#"{"type":"Feature","geometry":{"type":"LineString","coordinates":[[106.4795,20.68005],[106.482,20.68005]]},
            "properties":{"class":"duct","owner":"vnpt","bores":3,"operators_designed":2,"starts_on":"2100-04-15","ends_on":"2100-05-31"}}"#;
        let saved = save_draft(desk, &carrier("vnpt"), Draft { title: None, rule_set: None, request }).await.unwrap();
        submit_case(desk, &carrier("vnpt"), saved.id, saved.version).await.unwrap();
        let listed = list_opportunities(desk, &office()).opportunities;
        let open = listed.into_iter().find(|one| one.opportunity.works == code).unwrap();
        assert_eq!((open.waiting_days, open.reply_clock), (Some(0), Some(due)), "{}", place.name);
        let of_public = seen(desk, &Viewer::public(), &code);
        assert!(of_public.is_none_or(|row| row.reply_clock.is_none()), "{}", place.name);
        reply_works(desk, &owner(), &code, row(&owner()).version, 1).await.unwrap();
        assert_eq!((row(&office()).waiting_days, row(&office()).reply_clock), (None, None), "{}: replied", place.name);
    }
}

#[tokio::test]
async fn what_organisations_answer_counts_once_with_what_they_request_and_has_names_for_owner_and_office() {
    for place in both("works_needs_answered").await {
        let desk = &place.desk;
        demo::load(desk, &sample_data()).await.unwrap();
        let code = register_works(desk, &owner(), None, draft()).await.unwrap().code;
        let found = |who: &Viewer| {
            let listed = list_opportunities(desk, who).opportunities;
            listed.into_iter().map(|one| one.opportunity).find(|one| one.works == code)
        };
        // The ducts that vnpt needs, as the office reads it.
        let of_vnpt = || {
            let needs = found(&office()).into_iter().flat_map(|one| one.needs);
            let own = needs.filter(|need| need.organisation.as_ref().is_some_and(|it| it.as_str() == "vnpt"));
            own.map(|need| need.ducts).sum::<u32>()
        };
        answer_works(desk, &carrier("mobifone"), &code, Interest::Interested, None).await.unwrap();
        assert_eq!(of_vnpt(), 0, "{}", place.name);
        answer_works(desk, &carrier("vnpt"), &code, Interest::PlaceDucts, Some(5)).await.unwrap();
        assert_eq!(of_vnpt(), 5, "{}: an answer is a need", place.name);
        let request = br#"{"type":"Feature","geometry":{"type":"LineString","coordinates":[[106.4795,20.68005],[106.482,20.68005]]},
            "properties":{"class":"duct","owner":"vnpt","bores":3,"operators_designed":2,"starts_on":"2100-04-15","ends_on":"2100-05-31"}}"#;
        let saved = save_draft(desk, &carrier("vnpt"), Draft { title: None, rule_set: None, request }).await.unwrap();
        submit_case(desk, &carrier("vnpt"), saved.id, saved.version).await.unwrap();
        assert_eq!(of_vnpt(), 5, "{}: the larger of both", place.name);

        let of_office = found(&office()).unwrap();
        let counts = (of_office.answered.interested, of_office.answered.place_ducts, of_office.answered.ducts);
        assert_eq!(counts, (1, 1, 5), "{}", place.name);
        assert!(
            of_office.advice_vi.ends_with("; trả lời: 1 đơn vị quan tâm và 1 đơn vị đề nghị đặt 5 ống."),
            "{}: {}",
            place.name,
            of_office.advice_vi
        );
        let of_owner = serde_json::to_string(&found(&owner())).unwrap();
        assert!(of_owner.contains("vnpt") && !of_owner.contains(&saved.reference), "{}: {of_owner}", place.name);
        // A rival reads the same numbers and no name.
        let of_rival = found(&carrier("viettel")).unwrap();
        assert_eq!((of_rival.answered, of_rival.ducts), (of_office.answered, 5), "{}", place.name);
        let of_rival = serde_json::to_string(&of_rival).unwrap();
        assert!(!of_rival.contains("vnpt") && !of_rival.contains("mobifone"), "{}: {of_rival}", place.name);

        answer_works(desk, &carrier("vnpt"), &code, Interest::NotInterested, None).await.unwrap();
        assert_eq!(of_vnpt(), 0, "{}: neither its answer nor its request", place.name);
    }
}

/// A mast with a 5G station on it, beside a place.
async fn a_mast_stands_up(desk: &Desk, [lon, lat]: [f64; 2]) {
    let who = carrier("mobifone");
    let mast = serde_json::json!({ "code": "MBF-COT-9001", "status": "operational", "height_m": 42 });
    let station = serde_json::json!({ "code": "MBF-TRAM-9001", "status": "operational", "mast": "MBF-COT-9001",
        "network": "mobifone", "technologies": "5g", "bands_mhz": "3800", "azimuths_deg": "0;120;240",
        "antenna_height_m": 40, "eirp_dbm": 69 });
    for (class, properties) in [(AssetClass::Mast, mast), (AssetClass::RadioStation, station)] {
        let new = NewAsset {
            class,
            owner: OrganisationCode::new("mobifone").unwrap(),
            properties: properties.as_object().unwrap().clone(),
            geometry: serde_json::json!({ "type": "Point", "coordinates": [lon, lat] }),
            crs: None,
            valid_on: None,
            dry_run: false,
        };
        register_asset(desk, &who, new).await.unwrap();
    }
}

#[tokio::test]
async fn a_gap_that_a_new_mast_closes_is_a_need_of_the_trench_no_more() {
    for place in both("works_gap").await {
        let desk = &place.desk;
        demo::load(desk, &sample_data()).await.unwrap();
        let gaps = list_gaps(desk, &office(), &GapQuestion::outdoors(Technology::G5, None)).unwrap().gaps;
        let at = gaps.first().expect("the sample has places without 5G").centre;
        let trench = serde_json::json!({ "type": "LineString",
            "coordinates": [[at.lon(), at.lat()], [at.lon() + 0.0003, at.lat()]] });
        let through = WorksDraft { shape: serde_json::from_value(trench).unwrap(), ..draft() };
        let code = register_works(desk, &owner(), None, through).await.unwrap().code;
        let gap_is_a_need = || {
            let listed = list_opportunities(desk, &office());
            let of_code = listed.opportunities.into_iter().map(|one| one.opportunity).find(|one| one.works == code);
            let codes: Vec<String> = of_code.into_iter().flat_map(|one| one.needs).map(|need| need.code).collect();
            (listed.gaps_included, codes.iter().any(|code| code.starts_with("gap-")))
        };
        assert_eq!(gap_is_a_need(), (true, true), "{}", place.name);
        a_mast_stands_up(desk, [at.lon(), at.lat() + 0.0006]).await;
        assert_eq!(gap_is_a_need(), (true, false), "{}: other gaps are still looked at", place.name);
    }
}

#[test]
fn a_work_from_before_these_fields_is_still_read() {
    let old = r#"{"code":"CT-1","sector":"road","owner":"road","stage":"concrete","shape":{"type":"Point","coordinates":[106.48,20.68]}}"#;
    let works: Works = serde_json::from_str(old).unwrap();
    assert_eq!(serde_json::to_string(&works).unwrap(), old, "and written as it was, so that its hash stands");
}
