//! What carriers hand in for a year is one need, waiting or planned, and decides once the year's plan is issued. On both
//! databases.

use std::collections::BTreeSet;

use hatang_core::{Event, OrganisationCode, Recorded, Role, Verdict, Viewer, case::CaseId, event::FORMAT, plan::Plan};
use hatang_desk::{
    Desk,
    cases::CaseReceipt,
    demo,
    describe_plan::describe_plan,
    list_opportunities::list_opportunities,
    register_works::register_works,
    save_draft::{Draft, save_draft},
    screen_request::screen_request,
    submit_case::submit_case,
    works::WorksDraft,
    yearly_plans::{AdoptedItem, Adoption, adopt_yearly_plans, consolidate_yearly_plans},
};
use hatang_store::{Expected, Store, Write};
use hatang_tests::{Place, both, sample_data};
use serde_json::{Value, json};

fn viewer(role: Role, organisation: &str) -> Viewer {
    Viewer { role, organisation: OrganisationCode::new(organisation).ok(), ..Viewer::public() }
}

fn carrier(code: &str) -> Viewer {
    viewer(Role::CarrierEditor, code)
}

fn office() -> Viewer {
    viewer(Role::PlanLead, "ubnd-vinh-bao")
}

/// The sample with a plan that holds nothing yet, has issued no year and never ends.
async fn with_an_empty_plan(place: &Place) {
    let desk = &place.desk;
    demo::load(desk, &sample_data()).await.unwrap();
    let plan = desk.read(|registry| registry.home().and_then(|(_, state)| state.plan.clone())).unwrap();
    let plan = Plan { planned: Vec::new(), years_issued: BTreeSet::new(), valid_to: None, ..plan };
    let event = Event::PlanAdopted { plan: Box::new(plan), reason: None };
    let territory = event.journal(&desk.home());
    let at = "2027-01-04T02:00:00Z".parse().unwrap();
    let recorded = Recorded { v: FORMAT, at, valid_on: None, by: None, event };
    let store = Store::open(&place.url).await.unwrap();
    store.append(&[Write { territory: &territory, expected: Expected::Any, recorded: &recorded }]).await.unwrap();
    store.close().await;
    desk.catch_up().await.unwrap();
}

fn this_year(desk: &Desk) -> u32 {
    u32::try_from(desk.today().year()).unwrap()
}

fn duct(owner: &str, bores: u32, plan_year: Option<u32>) -> Vec<u8> {
    let line = json!({ "type": "LineString", "coordinates": [[106.4795, 20.68005], [106.482, 20.68005]] });
    feature(&line, &json!({ "class": "duct", "owner": owner, "bores": bores, "plan_year": plan_year }))
}

fn mast(owner: &str, east: f64, plan_year: Option<u32>) -> Vec<u8> {
    let point = json!({ "type": "Point", "coordinates": [106.4805 + east, 20.68] });
    let properties = json!({ "class": "mast", "owner": owner, "height_m": 42, "operators_designed": 2, "accuracy_m": 2,
        "plan_year": plan_year });
    feature(&point, &properties)
}

fn feature(geometry: &Value, properties: &Value) -> Vec<u8> {
    json!({ "type": "Feature", "geometry": geometry, "properties": properties }).to_string().into_bytes()
}

async fn hand_in(desk: &Desk, owner: &str, request: &[u8]) -> CaseReceipt {
    let draft = Draft { title: None, rule_set: None, request };
    let saved = save_draft(desk, &carrier(owner), draft).await.unwrap();
    submit_case(desk, &carrier(owner), saved.id, saved.version).await.unwrap()
}

/// Takes the first structure of what was handed in into the plan.
async fn adopt(desk: &Desk, year: u32, case: CaseId) {
    let seen_version = describe_plan(desk, &office()).await.unwrap().unwrap().changes[0].version;
    let items = vec![AdoptedItem { case, number: 1 }];
    let adoption = Adoption { seen_version, reason: "Quyết định thử".to_owned(), items };
    adopt_yearly_plans(desk, &office(), year, adoption).await.unwrap();
}

/// What the office proposes with a request: the number, and how many others wait.
fn conditions(desk: &Desk, request: &[u8]) -> Vec<(&'static str, u32, u32)> {
    let answer = screen_request(desk, &office(), request, None).unwrap();
    answer.items[0].screened.conditions.iter().map(|one| (one.code, one.value, one.waiting)).collect()
}

#[tokio::test]
async fn a_duct_that_was_adopted_is_one_need_and_not_two() {
    for place in both("yearly_once").await {
        let desk = &place.desk;
        with_an_empty_plan(&place).await;
        let works = WorksDraft {
            sector: "road".to_owned(),
            owner: OrganisationCode::new("road").unwrap(),
            title: None,
            plan: None,
            starts_on: "2100-03-01".parse().ok(),
            ends_on: "2100-04-30".parse().ok(),
            answer_by: None,
            published: false,
            shape: serde_json::from_value(
                json!({ "type": "LineString", "coordinates": [[106.48, 20.68], [106.483, 20.68]] }),
            )
            .unwrap(),
        };
        let code = register_works(desk, &viewer(Role::Utility, "road"), None, works).await.unwrap().code;
        let wanted = || {
            let listed = list_opportunities(desk, &office()).opportunities.into_iter();
            let found = listed.map(|open| open.opportunity).find(|one| one.works == code);
            let needs = found.into_iter().flat_map(|one| one.needs);
            let of_viettel =
                needs.filter(|need| need.organisation.as_ref().is_some_and(|owner| owner.as_str() == "viettel"));
            of_viettel.map(|need| need.ducts).collect::<Vec<u32>>()
        };
        let year = this_year(desk);
        let planned = hand_in(desk, "viettel", &duct("viettel", 2, Some(year))).await;
        let asked = duct("vnpt", 3, None);
        assert_eq!((conditions(desk, &asked), wanted()), (vec![("leave_bores", 2, 1)], vec![2]), "{}", place.name);
        adopt(desk, year, planned.id).await;
        assert_eq!((conditions(desk, &asked), wanted()), (vec![("leave_bores", 2, 1)], vec![2]), "{}", place.name);
        // What is not adopted goes on waiting beside it.
        hand_in(desk, "viettel", &duct("viettel", 1, Some(year))).await;
        assert_eq!(conditions(desk, &asked), [("leave_bores", 3, 1)], "{}", place.name);
        let mut ducts = wanted();
        ducts.sort_unstable();
        assert_eq!(ducts, [1, 2], "{}", place.name);
    }
}

#[tokio::test]
async fn carriers_who_hand_in_the_same_street_meet_each_other_once() {
    for place in both("yearly_meet").await {
        let desk = &place.desk;
        with_an_empty_plan(&place).await;
        let year = this_year(desk);
        let first = hand_in(desk, "viettel", &duct("viettel", 2, Some(year))).await;
        hand_in(desk, "vnpt", &duct("vnpt", 3, Some(year))).await;
        let leaves = async || {
            let plans = consolidate_yearly_plans(desk, &office(), year).await.unwrap();
            let of = |owner: &str| {
                let item = plans.items.iter().find(|item| item.request.owner.as_str() == owner).unwrap();
                item.conditions.iter().map(|one| (one.value, one.waiting)).collect::<Vec<_>>()
            };
            (of("viettel"), of("vnpt"))
        };
        let once = (vec![(3, 1)], vec![(2, 1)]);
        assert_eq!(leaves().await, once, "{}", place.name);
        adopt(desk, year, first.id).await;
        assert_eq!(leaves().await, once, "{}: adopted or not", place.name);
    }
}

#[tokio::test]
async fn a_planned_mast_for_two_operators_is_a_chance_for_the_other_carrier() {
    for place in both("yearly_share").await {
        let desk = &place.desk;
        with_an_empty_plan(&place).await;
        let year = this_year(desk);
        hand_in(desk, "viettel", &mast("viettel", 0.0, Some(year))).await;
        let unsaid = String::from_utf8(mast("vnpt", 0.0003, Some(year))).unwrap();
        let unsaid = unsaid.replace("\"operators_designed\":2,", "");
        hand_in(desk, "vnpt", unsaid.as_bytes()).await;
        let plans = consolidate_yearly_plans(desk, &office(), year).await.unwrap();
        let of = |owner: &str| {
            let item = plans.items.iter().find(|item| item.request.owner.as_str() == owner).unwrap();
            item.meets.iter().map(|other| (other.applicant.to_string(), other.can_share)).collect::<Vec<_>>()
        };
        assert_eq!(of("vnpt"), [("viettel".to_owned(), Some(true))], "{}", place.name);
        assert_eq!(of("viettel"), [("vnpt".to_owned(), None)], "{}: nobody has said for how many", place.name);
    }
}

#[tokio::test]
async fn a_mast_is_judged_by_its_need_until_the_plan_of_the_year_is_issued() {
    use Verdict::{CannotTell, Complies, DoesNotApply};
    for place in both("yearly_issued").await {
        let desk = &place.desk;
        with_an_empty_plan(&place).await;
        let year = this_year(desk);
        let verdicts = || {
            let answer = screen_request(desk, &carrier("vnpt"), &mast("vnpt", 0.0, None), None).unwrap();
            let findings = &answer.items[0].screened.findings;
            let of = |rule: &str| findings.iter().find(|one| one.rule.as_str() == rule).unwrap().verdict;
            (of("MA-PLAN"), of("MA-NOPLAN"))
        };
        let issued = async || describe_plan(desk, &Viewer::public()).await.unwrap().unwrap().years_issued;
        // The plan is in force, but nothing of it has been issued.
        assert_eq!((verdicts(), issued().await), ((DoesNotApply, CannotTell), BTreeSet::new()), "{}", place.name);
        let next = hand_in(desk, "viettel", &mast("viettel", 0.02, Some(year + 1))).await;
        adopt(desk, year + 1, next.id).await;
        assert_eq!(verdicts(), (DoesNotApply, CannotTell), "{}: next year's plan is not this year's", place.name);
        let own = hand_in(desk, "vnpt", &mast("vnpt", 0.0, Some(year))).await;
        assert_eq!(verdicts(), (DoesNotApply, CannotTell), "{}: it is only handed in", place.name);
        adopt(desk, year, own.id).await;
        assert_eq!(verdicts(), (Complies, DoesNotApply), "{}", place.name);
        let years = [year, year + 1].map(|year| i16::try_from(year).unwrap());
        assert_eq!(issued().await, BTreeSet::from(years), "{}", place.name);
    }
}
