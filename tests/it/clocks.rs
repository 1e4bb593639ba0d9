//! An official enters how long a period is: what began earlier runs by the version of its day. On both databases.

use hatang_core::{
    OrganisationCode, Role, RuleId, RuleSetCode, Viewer,
    rule_set::{ClockLimit, Confidence},
    works::Interest,
};
use hatang_desk::{
    Desk, DeskError, ErrorKind,
    amend_clock::{ClockChange, amend_clock},
    answer_works::answer_works,
    demo,
    describe_rule_sets::{ClockSheet, describe_rule_sets, rule_set_changes},
    list_works::list_works,
    load_plan::load_plan,
    register_works::register_works,
    reply_clock::ReplyClock,
    verify_journal::verify_journal,
    works::WorksDraft,
    yearly_plans::consolidate_yearly_plans,
};
use hatang_exchange::PlanFolder;
use hatang_tests::{both, sample_data};
use jiff::civil::Date;

fn viewer(role: Role, organisation: &str) -> Viewer {
    Viewer { role, organisation: OrganisationCode::new(organisation).ok(), ..Viewer::public() }
}

fn office() -> Viewer {
    viewer(Role::Assessor, "ubnd-vinh-bao")
}

fn hai_phong() -> RuleSetCode {
    RuleSetCode::new("hai-phong").unwrap()
}

fn limited(seen_version: u32, valid_from: Date, limit: Option<ClockLimit>) -> ClockChange {
    ClockChange {
        seen_version,
        valid_from,
        limit,
        extension: None,
        instrument: "Văn bản thử".to_owned(),
        article: "Điều 1".to_owned(),
        text_vi: "Thời hạn để thử.".to_owned(),
        reason: format!("Lý do {seen_version}"),
    }
}

async fn enter(desk: &Desk, clock: &str, change: ClockChange) -> Result<(), DeskError> {
    amend_clock(desk, &office(), &hai_phong(), &RuleId::new(clock).unwrap(), change).await.map(drop)
}

fn sheet(desk: &Desk, clock: &str) -> ClockSheet {
    let set = describe_rule_sets(desk).into_iter().find(|sheet| sheet.code == hai_phong()).unwrap();
    set.clocks.into_iter().find(|sheet| sheet.id.as_str() == clock).unwrap()
}

/// The sample, judged by the province's own rule set, with works that somebody wants ducts in since today.
async fn with_a_wish(desk: &Desk) -> String {
    demo::load(desk, &sample_data()).await.unwrap();
    let (territory, mut plan) = desk.read(|registry| {
        let (territory, state) = registry.home().unwrap();
        (territory.clone(), state.plan.clone().unwrap())
    });
    plan.rule_set = hai_phong();
    let folder =
        PlanFolder { territory, boundaries: None, plan, works: vec![], rule_sets: vec![], organisations: vec![] };
    load_plan(desk, &Viewer::console(), folder).await.unwrap();
    let shape = r#"{"type":"LineString","coordinates":[[106.48,20.68],[106.483,20.68]]}"#;
    let draft = WorksDraft {
        sector: "road".to_owned(),
        owner: OrganisationCode::new("road").unwrap(),
        title: None,
        plan: None,
        starts_on: "2100-03-01".parse().ok(),
        ends_on: "2100-04-30".parse().ok(),
        answer_by: None,
        published: false,
        shape: serde_json::from_str(shape).unwrap(),
    };
    let code = register_works(desk, &viewer(Role::Utility, "road"), None, draft).await.unwrap().code;
    answer_works(desk, &viewer(Role::CarrierEditor, "vnpt"), &code, Interest::PlaceDucts, Some(2)).await.unwrap();
    code
}

fn reply_clock(desk: &Desk, works: &str) -> ReplyClock {
    let rows = list_works(desk, &office()).works;
    rows.into_iter().find(|row| row.code == works).unwrap().reply_clock.unwrap()
}

#[tokio::test]
async fn a_period_that_an_official_enters_holds_from_its_day_and_what_began_before_keeps_its_own() {
    const CLOCK: &str = "CK-DIG-ONCE";
    for place in both("clock_versions").await {
        let desk = &place.desk;
        let works = with_a_wish(desk).await;
        let today = desk.today();
        assert_eq!(reply_clock(desk, &works).limit, None, "{}: nothing is entered", place.name);

        let ten = Some(ClockLimit::Days { count: 10 });
        enter(desk, CLOCK, limited(1, today.tomorrow().unwrap(), ten)).await.unwrap();
        assert_eq!(reply_clock(desk, &works).limit, None, "{}: the wish came in a day earlier", place.name);
        let stale = enter(desk, CLOCK, limited(1, today, ten)).await.unwrap_err();
        assert_eq!((stale.kind(), stale.code()), (ErrorKind::Conflict, "rule.changed_meanwhile"), "{}", place.name);

        let seven = ClockLimit::Days { count: 7 };
        let longer =
            ClockChange { extension: Some(ClockLimit::WorkingDays { count: 5 }), ..limited(2, today, Some(seven)) };
        enter(desk, CLOCK, longer).await.unwrap();
        let due = reply_clock(desk, &works);
        assert_eq!((due.limit, due.due_on), (Some(seven), seven.last_day(today)), "{}", place.name);
        assert_eq!(due.citation.confidence, Confidence::Entered, "{}", place.name);
        let entered = sheet(desk, CLOCK);
        let versions: Vec<u32> = entered.versions.iter().map(|version| version.version).collect();
        assert_eq!((versions, entered.in_force), (vec![3, 2, 1], Some(3)), "{}: the history is readable", place.name);
        assert_eq!(entered.versions[0].extension, Some(ClockLimit::WorkingDays { count: 5 }), "{}", place.name);

        enter(desk, CLOCK, limited(3, today, None)).await.unwrap();
        let taken_away = reply_clock(desk, &works);
        assert_eq!((taken_away.limit, taken_away.citation.confidence), (None, Confidence::Unset), "{}", place.name);
        assert_eq!(sheet(desk, CLOCK).versions[0].extension, None, "{}", place.name);

        let changes = rule_set_changes(desk, &hai_phong()).await.unwrap();
        let reasons: Vec<Option<&str>> = changes.iter().map(|change| change.reason.as_deref()).collect();
        assert_eq!(reasons, [Some("Lý do 3"), Some("Lý do 2"), Some("Lý do 1"), None], "{}", place.name);
        assert_eq!(verify_journal(desk, &Viewer::console()).await.unwrap().faults, [], "{}", place.name);
    }
}

#[tokio::test]
async fn the_dates_of_a_years_plan_follow_the_version_in_force() {
    for place in both("clock_dates").await {
        let desk = &place.desk;
        with_a_wish(desk).await;
        let today = desk.today();
        let year = u32::try_from(today.year()).unwrap() + 1;
        let date = async || {
            let plans = consolidate_yearly_plans(desk, &viewer(Role::PlanLead, "ubnd-vinh-bao"), year).await.unwrap();
            let date = plans.dates.into_iter().find(|date| date.clock.as_str() == "CK-PLAN-IN").unwrap();
            (date.version, date.last_day)
        };
        assert_eq!(date().await, (1, None), "{}", place.name);
        let october = Some(ClockLimit::EachYear { month: 10, day: 31 });
        enter(desk, "CK-PLAN-IN", limited(1, today.tomorrow().unwrap(), october)).await.unwrap();
        assert_eq!(date().await, (1, None), "{}: from tomorrow on", place.name);
        let september = Some(ClockLimit::EachYear { month: 9, day: 30 });
        enter(desk, "CK-PLAN-IN", limited(2, today, september)).await.unwrap();
        assert_eq!(date().await, (3, Date::new(today.year(), 9, 30).ok()), "{}", place.name);
    }
}

#[tokio::test]
async fn a_period_without_its_text_or_that_nobody_can_count_is_refused_and_nothing_is_written() {
    for place in both("clock_refusals").await {
        let desk = &place.desk;
        let today = desk.today();
        let good = || limited(1, today, Some(ClockLimit::Months { count: 1 }));
        let each_year = |month, day| Some(ClockLimit::EachYear { month, day });
        for (name, change, code) in [
            ("no article", ClockChange { article: " ".to_owned(), ..good() }, "rule.incomplete"),
            ("no reason", ClockChange { reason: String::new(), ..good() }, "rule.incomplete"),
            ("nothing to count", limited(1, today, Some(ClockLimit::Hours { count: 0 })), "clock.limit"),
            ("29 February", limited(1, today, each_year(2, 29)), "clock.limit"),
            ("an extension until a day", ClockChange { extension: each_year(1, 1), ..good() }, "clock.limit"),
            ("an extension of nothing", ClockChange { limit: None, extension: good().limit, ..good() }, "clock.limit"),
        ] {
            let refused = enter(desk, "CK-SHARE", change).await.unwrap_err();
            assert_eq!((refused.kind(), refused.code()), (ErrorKind::BadInput, code), "{}: {name}", place.name);
        }
        let unknown = enter(desk, "CK-NONE", good()).await.unwrap_err();
        assert_eq!((unknown.kind(), unknown.code()), (ErrorKind::NotFound, "rule.unknown"), "{}", place.name);
        let clock = RuleId::new("CK-SHARE").unwrap();
        for role in [Role::Planner, Role::CarrierAdministrator, Role::Auditor] {
            let refused = amend_clock(desk, &viewer(role, "vnpt"), &hai_phong(), &clock, good()).await.unwrap_err();
            assert_eq!(refused.kind(), ErrorKind::Refused, "{}: {role:?}", place.name);
        }
        assert_eq!(rule_set_changes(desk, &hai_phong()).await.unwrap().len(), 1, "{}", place.name);
    }
}
