//! The office's opinion: who may sign it, on what it must rest, and how what it lets come counts until it stands.

use hatang_core::{
    AccountId, Asset, AssetClass, Details, Event, OrganisationCode, Role, RuleId, RuleSetCode, Version, Viewer,
    case::{About, CaseId, CaseState, CaseStep, Conformity, Opinion, Outcome, Side},
};
use hatang_desk::{
    Desk, DeskError, ErrorKind,
    cases::CaseReceipt,
    demo,
    end_case::{Ending, end_case},
    issue_opinion::{Signed, issue_opinion},
    keep_screening::keep_screening,
    list_opportunities::list_opportunities,
    record_verdict::{Said, record_verdict},
    rerun_screening::rerun_screening,
    save_draft::{Draft, save_draft},
    screen_request::screen_request,
    show_case::show_case,
    submit_case::submit_case,
    verify_journal::verify_journal,
    withdraw_case::withdraw_case,
};
use hatang_tests::{both, happens, open, sample_data};
use serde_json::{Value, json};
use uuid::Uuid;

fn viewer(role: Role, organisation: &str) -> Viewer {
    Viewer::of(role, OrganisationCode::new(organisation).ok())
}

fn person(role: Role, number: u128) -> Viewer {
    Viewer { account: Some(AccountId(Uuid::from_u128(number))), ..viewer(role, "ubnd-vinh-bao") }
}

fn vnpt() -> Viewer {
    viewer(Role::CarrierEditor, "vnpt")
}

fn viettel() -> Viewer {
    viewer(Role::CarrierEditor, "viettel")
}

fn assessor() -> Viewer {
    person(Role::Assessor, 1)
}

fn signatory() -> Viewer {
    person(Role::Signatory, 2)
}

/// The sample's request of VNPT beside a mast of Viettel with one free slot.
fn of_vnpt() -> Vec<u8> {
    std::fs::read(sample_data().join("requests/mast-near-a-free-slot.geojson")).unwrap()
}

/// The same as Viettel's.
fn of_viettel() -> Vec<u8> {
    String::from_utf8(of_vnpt()).unwrap().replace("vnpt", "viettel").replace("vinaphone", "viettel").into_bytes()
}

async fn filed(desk: &Desk, who: &Viewer, request: &[u8]) -> CaseReceipt {
    let draft = save_draft(desk, who, Draft { title: None, rule_set: None, request }).await.unwrap();
    submit_case(desk, who, draft.id, draft.version).await.unwrap()
}

fn version(desk: &Desk, id: CaseId) -> Version {
    desk.read(|registry| registry.cases().all_by_id(id).unwrap().version)
}

fn signed(desk: &Desk, outcome: Conformity) -> Signed {
    let conditions = (outcome == Conformity::ConformsWithConditions).then(|| "Thiết kế dùng chung".to_owned());
    Signed { outcome, number: "12/KT-YK".to_owned(), dated: desk.today(), conditions, cites: vec![] }
}

async fn signs(desk: &Desk, who: &Viewer, id: CaseId, signed: Signed) -> Result<CaseReceipt, DeskError> {
    issue_opinion(desk, who, id, version(desk, id), signed).await
}

/// An officer's word on every structure that could host what is asked, as the office's newest screening found them.
async fn judges(desk: &Desk, id: CaseId, hosts: Opinion) {
    let outcomes = desk.read(|registry| registry.cases().newest(id, Side::Office).unwrap().outcomes.clone());
    for part in outcomes.into_iter().filter(Outcome::finds_a_host) {
        let reason = (hosts == Opinion::Disagree).then(|| "Cột sắp tháo dỡ".to_owned());
        let said = Said { item: part.item, about: part.about, opinion: Some(hosts), reason };
        record_verdict(desk, &assessor(), id, version(desk, id), said).await.unwrap();
    }
}

async fn disputes(desk: &Desk, id: CaseId, rule: &RuleId) {
    let about = About::Rule { rule: rule.clone() };
    let said = Said { item: 1, about, opinion: Some(Opinion::Disagree), reason: Some("Đo lại".to_owned()) };
    record_verdict(desk, &assessor(), id, version(desk, id), said).await.unwrap();
}

/// A request of VNPT that has been answered positively.
async fn answered(desk: &Desk) -> CaseReceipt {
    let case = filed(desk, &vnpt(), &of_vnpt()).await;
    keep_screening(desk, &assessor(), case.id, None).await.unwrap();
    judges(desk, case.id, Opinion::Disagree).await;
    signs(desk, &signatory(), case.id, signed(desk, Conformity::ConformsWithConditions)).await.unwrap()
}

/// What a viewer finds for a request of Viettel at the same place that comes from requests that were answered.
fn hosts_to_come(desk: &Desk, who: &Viewer) -> Vec<Value> {
    let answer = json!(screen_request(desk, who, &of_viettel(), None).unwrap());
    let hosts = answer["items"][0]["hosts"].as_array().unwrap().clone();
    hosts.into_iter().filter(|host| host["origin"] == "issued").collect()
}

#[tokio::test]
async fn an_opinion_is_signed_by_a_second_person_and_rests_on_a_screening_that_stands() {
    for place in both("opinions_guards").await {
        let desk = &place.desk;
        demo::load(desk, &sample_data()).await.unwrap();
        let case = filed(desk, &vnpt(), &of_vnpt()).await;
        let conforms = || signed(desk, Conformity::Conforms);
        let code = |refused: Result<CaseReceipt, DeskError>| refused.unwrap_err().code().to_owned();
        assert_eq!(
            code(signs(desk, &signatory(), case.id, conforms()).await),
            "opinion.screen_first",
            "{}",
            place.name
        );
        let template = RuleSetCode::new("bac-ninh-72-2025").ok();
        keep_screening(desk, &assessor(), case.id, template).await.unwrap();
        for (who, kind) in [
            (assessor(), ErrorKind::Refused),
            (vnpt(), ErrorKind::Refused),
            (person(Role::PlanLead, 3), ErrorKind::Refused),
            (viettel(), ErrorKind::NotFound),
        ] {
            let refused = signs(desk, &who, case.id, conforms()).await.unwrap_err();
            assert_eq!(refused.kind(), kind, "{}: {:?}", place.name, who.role);
        }
        assert_eq!(code(signs(desk, &signatory(), case.id, conforms()).await), "opinion.hosts_not_judged");
        judges(desk, case.id, Opinion::Disagree).await;
        let themselves = Viewer { role: Role::Signatory, ..assessor() };
        assert_eq!(code(signs(desk, &themselves, case.id, conforms()).await), "opinion.same_person", "{}", place.name);

        let tomorrow = desk.today().tomorrow().unwrap();
        for (field, wrong) in [
            ("number", Signed { number: "  ".to_owned(), ..conforms() }),
            ("number", Signed { number: "1".repeat(101), ..conforms() }),
            ("dated", Signed { dated: tomorrow, ..conforms() }),
            ("conditions", Signed { conditions: None, ..signed(desk, Conformity::ConformsWithConditions) }),
            ("cites", signed(desk, Conformity::DoesNotYetConform)),
            ("cites", Signed { cites: vec![rule("SP-BN-1")], ..conforms() }),
        ] {
            let refused = signs(desk, &signatory(), case.id, wrong).await.unwrap_err();
            assert_eq!(
                (refused.code(), refused.value().as_deref()),
                ("opinion.incomplete", Some(field)),
                "{}",
                place.name
            );
        }
        // The mast of Viettel is nearer than the template's distance: a binding rule that is not met.
        assert_eq!(
            code(signs(desk, &signatory(), case.id, conforms()).await),
            "opinion.rule_not_met",
            "{}",
            place.name
        );
        let citing = |id: &str| Signed { cites: vec![rule(id)], ..signed(desk, Conformity::DoesNotYetConform) };
        assert_eq!(code(signs(desk, &signatory(), case.id, citing("DU-BN-1")).await), "opinion.rule_is_met");
        disputes(desk, case.id, &rule("SP-BN-1")).await;
        let mut seen = Vec::new();
        // Every binding rule that is not met is asked for, one after the other.
        while let Err(refused) = signs(desk, &signatory(), case.id, conforms()).await {
            assert_eq!(refused.code(), "opinion.rule_not_met", "{}", place.name);
            let open = rule(&refused.value().unwrap());
            assert!(!seen.contains(&open), "{}: {open} is asked for again", place.name);
            disputes(desk, case.id, &open).await;
            seen.push(open);
        }
        let shown = show_case(desk, &vnpt(), case.id).await.unwrap();
        let opinion = shown.advisory_opinion.unwrap();
        assert_eq!((shown.state, opinion.outcome), (CaseState::OpinionIssued, Conformity::Conforms), "{}", place.name);
        assert_eq!((opinion.number.as_str(), shown.steps), ("12/KT-YK", vec![CaseStep::Withdraw]), "{}", place.name);
        let again = signs(desk, &signatory(), case.id, conforms()).await;
        assert_eq!(code(again), "case.wrong_state", "{}", place.name);
        assert_eq!(verify_journal(desk, &Viewer::console()).await.unwrap().faults, [], "{}", place.name);
    }
}

fn rule(id: &str) -> RuleId {
    RuleId::new(id).unwrap()
}

#[tokio::test]
async fn what_has_been_answered_positively_is_a_host_to_come_until_it_ends_and_its_rival_does_not_see_it() {
    for place in both("opinions_unbuilt").await {
        let desk = &place.desk;
        demo::load(desk, &sample_data()).await.unwrap();
        let other = filed(desk, &viettel(), &of_viettel()).await;
        keep_screening(desk, &assessor(), other.id, None).await.unwrap();
        assert!(hosts_to_come(desk, &assessor()).is_empty(), "{}", place.name);

        let case = answered(desk).await;
        let [to_come] = <[Value; 1]>::try_from(hosts_to_come(desk, &assessor())).unwrap();
        let planned = desk.read(|registry| registry.cases().all_by_id(case.id).unwrap().case.planned_id(1));
        assert_eq!((&to_come["asset"], &to_come["owner"]), (&json!(planned), &json!("vnpt")), "{}", place.name);
        assert!(hosts_to_come(desk, &viettel()).is_empty(), "{}: a rival is not told", place.name);
        assert!(hosts_to_come(&open(&place.url).await, &assessor()).len() == 1, "{}: opened later", place.name);
        // Whoever waits nearby is flagged, with what is new.
        let flagged = show_case(desk, &assessor(), other.id).await.unwrap().changes;
        let is_new = |about: &About| {
            flagged.iter().any(|one| one.before.is_none() && one.now.as_ref().is_some_and(|part| part.about == *about))
        };
        assert!(is_new(&About::Host { asset: planned }), "{}: {flagged:?}", place.name);
        assert!(show_case(desk, &viettel(), other.id).await.unwrap().changes.is_empty(), "{}", place.name);
        let beside = keep_screening(desk, &assessor(), other.id, None).await.unwrap();

        let early = end_case(desk, &assessor(), other.id, version(desk, other.id), Ending::Built, None).await;
        assert_eq!(early.unwrap_err().code(), "case.wrong_state", "{}", place.name);
        let own = end_case(desk, &vnpt(), case.id, case.version, Ending::Built, None).await.unwrap_err();
        assert_eq!(own.kind(), ErrorKind::Refused, "{}: the office says so, not the applicant", place.name);
        let closed = end_case(desk, &assessor(), case.id, case.version, Ending::Built, Some(" Đã nghiệm thu ")).await;
        assert_eq!(closed.unwrap().state, CaseState::Closed, "{}", place.name);
        let shown = show_case(desk, &vnpt(), case.id).await.unwrap();
        assert_eq!((shown.ended_because.as_deref(), shown.steps.len()), (Some("Đã nghiệm thu"), 0), "{}", place.name);
        assert!(hosts_to_come(desk, &assessor()).is_empty(), "{}", place.name);
        // What was found beside it is found again from the journal, to the byte.
        assert!(rerun_screening(desk, &assessor(), other.id, beside.id).await.unwrap().same, "{}", place.name);
        assert!(!show_case(desk, &assessor(), other.id).await.unwrap().changes.is_empty(), "{}", place.name);
        assert_eq!(verify_journal(desk, &Viewer::console()).await.unwrap().faults, [], "{}", place.name);
    }
}

#[tokio::test]
async fn what_is_answered_and_not_built_is_flagged_when_something_changes_near_it_and_can_lapse_or_be_given_up() {
    for place in both("opinions_expire").await {
        let desk = &place.desk;
        demo::load(desk, &sample_data()).await.unwrap();
        let case = answered(desk).await;
        assert!(
            show_case(desk, &assessor(), case.id).await.unwrap().changes.is_empty(),
            "{}: not by itself",
            place.name
        );
        let mut host = desk.read(|registry| {
            let console = Viewer::console();
            let is_it = |asset: &Asset| asset.code.as_ref().is_some_and(|code| code.as_str() == "VTL-COT-0005");
            registry.seen_by(&console).all().map(|sight| sight.asset().clone()).find(is_it).unwrap()
        });
        let Details::Mast(mast) = &mut host.details else { panic!("a mast") };
        mast.slots.used = mast.slots.total;
        let about = About::Host { asset: host.id };
        happens(&place, Event::AssetAmended { asset: Box::new(host), reason: None }).await;
        let shown = show_case(desk, &assessor(), case.id).await.unwrap();
        let parts: Vec<&About> = shown.changes.iter().filter_map(|one| Some(&one.now.as_ref()?.about)).collect();
        assert!(parts.contains(&&about), "{}: {:?}", place.name, shown.changes);
        assert_eq!(shown.steps, [CaseStep::Close, CaseStep::Lapse], "{}", place.name);

        let lapsed = end_case(desk, &signatory(), case.id, case.version, Ending::Lapsed, None).await.unwrap();
        assert_eq!(lapsed.state, CaseState::Lapsed, "{}", place.name);
        assert!(show_case(desk, &assessor(), case.id).await.unwrap().changes.is_empty(), "{}: it is over", place.name);
        let second = answered(desk).await;
        assert_eq!(hosts_to_come(desk, &assessor()).len(), 1, "{}", place.name);
        let back = withdraw_case(desk, &vnpt(), second.id, second.version, None).await.unwrap();
        assert_eq!(back.state, CaseState::Withdrawn, "{}", place.name);
        assert!(hosts_to_come(desk, &assessor()).is_empty(), "{}", place.name);
    }
}

#[tokio::test]
async fn what_stands_with_its_code_and_what_is_only_changed_are_not_to_come() {
    for place in both("opinions_standing").await {
        let desk = &place.desk;
        demo::load(desk, &sample_data()).await.unwrap();
        let text = String::from_utf8(of_vnpt()).unwrap();
        let mut request: Value = serde_json::from_str(&text).unwrap();
        let properties = if request["features"].is_array() {
            &mut request["features"][0]["properties"]
        } else {
            &mut request["properties"]
        };
        let standing = desk.read(|registry| {
            let console = Viewer::console();
            let all = registry.seen_by(&console);
            let mine = all.all().map(|sight| sight.asset().clone());
            let mut masts = mine
                .filter(|one| one.class() == AssetClass::Mast && one.owner.as_str() == "vnpt" && one.status.stands());
            masts.find_map(|one| one.code).unwrap()
        });
        properties["code"] = json!(standing);
        let case = filed(desk, &vnpt(), request.to_string().as_bytes()).await;
        keep_screening(desk, &assessor(), case.id, None).await.unwrap();
        judges(desk, case.id, Opinion::Disagree).await;
        signs(desk, &signatory(), case.id, signed(desk, Conformity::ConformsWithConditions)).await.unwrap();
        assert!(hosts_to_come(desk, &assessor()).is_empty(), "{}: it stands", place.name);
    }
}

#[tokio::test]
async fn a_duct_that_has_been_answered_still_needs_the_road_to_be_opened_until_it_is_built() {
    for place in both("opinions_needs").await {
        let desk = &place.desk;
        demo::load(desk, &sample_data()).await.unwrap();
        let request = std::fs::read(sample_data().join("requests/duct-during-road-works.geojson")).unwrap();
        let read: Value = serde_json::from_slice(&request).unwrap();
        let owner = read.pointer("/properties/owner").or_else(|| read.pointer("/features/0/properties/owner"));
        let case = filed(desk, &viewer(Role::CarrierEditor, owner.and_then(Value::as_str).unwrap()), &request).await;
        let is_needed = || {
            let listed = list_opportunities(desk, &assessor()).opportunities;
            let mut needs = listed.iter().flat_map(|one| &one.opportunity.needs);
            needs.any(|need| need.code == case.reference)
        };
        assert!(is_needed(), "{}", place.name);
        keep_screening(desk, &assessor(), case.id, None).await.unwrap();
        judges(desk, case.id, Opinion::Disagree).await;
        let conditions = signed(desk, Conformity::ConformsWithConditions);
        let answered = signs(desk, &signatory(), case.id, conditions).await.unwrap();
        assert!(is_needed(), "{}: it is still to be dug", place.name);
        end_case(desk, &assessor(), case.id, answered.version, Ending::Built, None).await.unwrap();
        assert!(!is_needed(), "{}", place.name);
    }
}

#[tokio::test]
async fn structures_of_one_request_do_not_flag_each_other_once_it_has_been_answered() {
    for place in both("opinions_together").await {
        let desk = &place.desk;
        demo::load(desk, &sample_data()).await.unwrap();
        let one: Value = serde_json::from_slice(&of_vnpt()).unwrap();
        let mut other = one.clone();
        let east = other["geometry"]["coordinates"][0].as_f64().unwrap() + 0.001;
        other["geometry"]["coordinates"][0] = json!(east);
        let both_masts = json!({ "type": "FeatureCollection", "features": [one, other] });
        let case = filed(desk, &vnpt(), both_masts.to_string().as_bytes()).await;
        keep_screening(desk, &assessor(), case.id, None).await.unwrap();
        judges(desk, case.id, Opinion::Disagree).await;
        signs(desk, &signatory(), case.id, signed(desk, Conformity::ConformsWithConditions)).await.unwrap();
        let shown = show_case(desk, &assessor(), case.id).await.unwrap();
        assert_eq!(shown.changes, [], "{}", place.name);
    }
}
