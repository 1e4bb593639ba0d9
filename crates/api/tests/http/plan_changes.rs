//! An official changes the plan by what its sheet and its layers say of themselves, and yesterday's plan stays.

use std::cell::Cell;

use hatang_desk::Edge;
use hatang_testkit::{fresh_database, test_postgres_url};
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::{
    form::check,
    server::{Reply, Server},
};

const CHANGES: &str = "/api/v1/plan/changes";

async fn send(server: &Server, token: &str, seen_version: u32, mut act: Value) -> Reply {
    act["seen_version"] = json!(seen_version);
    act["reason"] = json!(format!("Lý do {seen_version}"));
    server.post(CHANGES, act.to_string(), Some(token)).await
}

async fn layer(server: &Server, rest: &str) -> Vec<Value> {
    let reply = server.get(&format!("/api/v1/plan/{rest}"), None).await;
    reply.json()["features"].as_array().unwrap().clone()
}

#[tokio::test]
async fn every_part_of_the_plan_is_changed_with_a_reason_and_yesterday_shows_what_was() {
    thread_local! {
        static CLOCK: Cell<i64> = const { Cell::new(1_795_000_000) };
    }
    let edge = Edge { now: || Timestamp::from_second(CLOCK.get()).unwrap(), ..Edge::real() };
    let document = serde_json::to_value(hatang_api::openapi()).unwrap();
    for url in ["sqlite::memory:".to_owned(), fresh_database(&test_postgres_url(), "plan_changes")] {
        CLOCK.set(1_795_000_000);
        let server = Server::open_at(&url, edge).await.with_commune().await;
        let yesterday = server.desk.today();
        CLOCK.set(CLOCK.get() + 86_400);
        let (lead, carrier) = (server.sign_in("phu-trach-quy-hoach").await, server.sign_in("viettel").await);
        let sheet = server.get("/api/v1/plan", Some(&lead)).await.json();
        assert_eq!(sheet["changes"][0]["version"], 1);
        let (hamlets, places, roads) =
            (layer(&server, "hamlets").await, layer(&server, "places").await, layer(&server, "roads").await);
        for part in ["zones", "hamlets", "places", "roads"] {
            let numbers: Vec<_> =
                layer(&server, part).await.iter().map(|one| one["properties"]["number"].as_u64()).collect();
            let expected: Vec<_> = (0_u64..).take(numbers.len()).map(Some).collect();
            assert_eq!(numbers, expected, "{part}");
        }

        let hamlet = hamlets.last().unwrap();
        let number = &hamlet["properties"]["number"];
        let people = json!({ "act": "change_feature", "layer": "hamlets", "number": number,
            "properties": { "people": 77 } });
        let refused = send(&server, &carrier, 1, people.clone()).await;
        assert_eq!((refused.status.as_u16(), refused.code()), (403, "action.refused".to_owned()));
        let changed = send(&server, &lead, 1, people.clone()).await;
        check("a change of the plan", [CHANGES, "post"], "200", &changed, &document);
        assert_eq!(changed.json()["version"], 2);
        let stale = send(&server, &lead, 1, people).await;
        assert_eq!((stale.status.as_u16(), stale.code()), (409, "plan.changed_meanwhile".to_owned()));

        let at = json!({ "type": "Point", "coordinates": [106.481, 20.679] });
        let school = json!({ "act": "add_feature", "layer": "places", "geometry": at,
            "properties": { "kind": "school", "name": "Trường mới" } });
        let way = json!({ "type": "LineString", "coordinates": [[106.47, 20.68], [106.471, 20.681]] });
        let road =
            json!({ "act": "change_feature", "layer": "roads", "number": 0, "geometry": way, "properties": null });
        let mut targets = sheet["targets"].clone();
        targets[0]["value"] = json!(90.5);
        let target = json!({ "act": "state", "says": { "targets": targets } });
        for (seen_version, act) in (2..).zip([school, road, target]) {
            let changed = send(&server, &lead, seen_version, act).await;
            assert_eq!(changed.json()["version"], seen_version + 1, "{}", changed.text());
        }
        let (now, added) = (layer(&server, "hamlets").await, layer(&server, "places").await);
        assert_eq!(now.last().unwrap()["properties"]["people"], 77);
        assert_eq!(now.last().unwrap()["properties"]["name"], hamlet["properties"]["name"]);
        assert_eq!((added.len(), &added[places.len()]["geometry"]), (places.len() + 1, &at));
        assert_eq!(layer(&server, "roads").await[0]["geometry"], way);

        let false_word = json!({ "act": "state", "says": { "complete": ["dykes", "rivers"] } });
        let refused = send(&server, &lead, 5, false_word).await;
        assert_eq!((refused.status.as_u16(), refused.code()), (400, "plan.part".to_owned()));
        let problem = refused.json();
        assert_eq!(problem["value"], "rivers");
        for word in ["waterways", "planned", "zone:"] {
            assert!(problem["detail_vi"].as_str().unwrap().contains(word), "{problem}");
        }
        let unread = json!({ "act": "change_feature", "layer": "hamlets", "number": number,
            "properties": { "people": "many" } });
        let refused = send(&server, &lead, 5, unread).await;
        assert_eq!((refused.status.as_u16(), refused.code()), (400, "plan.feature".to_owned()));
        let name = hamlet["properties"]["name"].as_str().unwrap();
        assert!(refused.json()["detail_en"].as_str().unwrap().contains(name), "{}", refused.text());

        let gone = json!({ "act": "retire_feature", "layer": "places", "number": places.len() });
        assert_eq!(send(&server, &lead, 5, gone).await.json()["version"], 6);
        assert_eq!(layer(&server, "places").await, places);

        for (part, then) in [("hamlets", &hamlets), ("places", &places), ("roads", &roads)] {
            assert_eq!(layer(&server, &format!("{part}?as_of={yesterday}")).await, *then, "{part} of yesterday");
        }
        let sheet = server.get("/api/v1/plan", Some(&lead)).await;
        check("the sheet", ["/api/v1/plan", "get"], "200", &sheet, &document);
        let sheet = sheet.json();
        assert_eq!(sheet["targets"][0]["value"], 90.5);
        let history = sheet["changes"].as_array().unwrap();
        let told: Vec<_> = history.iter().map(|one| (one["version"].as_u64(), one["reason"].as_str())).collect();
        let reasons = ["Lý do 5", "Lý do 4", "Lý do 3", "Lý do 2", "Lý do 1"];
        let expected = (2_u64..=6).rev().map(Some).zip(reasons.map(Some)).chain([(Some(1), None)]);
        assert_eq!(told, expected.collect::<Vec<_>>());
        assert!(server.desk_is_whole().await);
    }
}
