//! Where the ground differs: told to whoever must answer, answered, and corrected in the registry.

use std::cell::Cell;

use hatang_core::{
    RuleId, Viewer,
    rule_set::{Clock, ClockLimit},
};
use hatang_desk::{Edge, load_plan::load_plan};
use hatang_exchange::PlanFolder;
use hatang_testkit::{fresh_database, test_postgres_url};
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::server::{Server, on_both};

async fn report(server: &Server, token: &str, body: Value) -> Value {
    let reply = server.ask("POST", "/api/v1/deviations", body, token, None).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    reply.json()
}

async fn answer(server: &Server, token: &str, id: &Value, body: Value) -> crate::server::Reply {
    server.ask("POST", &format!("/api/v1/deviations/{}/answers", id.as_str().unwrap()), body, token, None).await
}

async fn known_to(server: &Server, token: &str) -> Vec<String> {
    let list = server.get("/api/v1/deviations", Some(token)).await.json();
    list.as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_wrong_position_is_confirmed_and_corrected_by_its_owner_and_rivals_hear_nothing_of_it() {
    on_both("wrong_position", async |server| {
        let server = server.with_commune().await;
        let (office, owner, rival) =
            (server.sign_in("phong-kinh-te").await, server.sign_in("viettel").await, server.sign_in("vnpt").await);
        let masts = server.get("/api/v1/assets?class=mast&limit=10000", Some(&office)).await.json();
        let of_viettel = |mast: &&Value| mast["properties"]["owner"] == "viettel" && mast["properties"]["status"] == "operational";
        let mast = masts["features"].as_array().unwrap().iter().find(of_viettel).unwrap();
        let id = mast["id"].as_str().unwrap();

        let told = json!({ "kind": "wrong_position", "asset": id, "position": [106.4811, 20.6788], "accuracy_m": 3.0, "note": "lệch 60 m" });
        let deviation = report(&server, &office, told).await;
        assert_eq!((&deviation["state"], &deviation["owner"]), (&json!("notified"), &json!("viettel")));
        assert_eq!(known_to(&server, &owner).await.len(), 1);
        assert!(known_to(&server, &rival).await.is_empty());
        let hidden = server.get(&format!("/api/v1/deviations/{}", deviation["id"].as_str().unwrap()), Some(&rival)).await;
        assert_eq!(hidden.status, 404);
        let by_rival = answer(&server, &rival, &deviation["id"], json!({ "act": "confirm" })).await;
        assert_eq!(by_rival.status, 404);
        let too_early = answer(&server, &owner, &deviation["id"], json!({ "act": "correct" })).await;
        assert_eq!((too_early.status.as_u16(), too_early.code()), (409, "deviation.act".to_owned()));

        let confirmed = answer(&server, &owner, &deviation["id"], json!({ "act": "confirm" })).await.json();
        assert_eq!((&confirmed["state"], &confirmed["acts"]), (&json!("confirmed"), &json!(["correct"])));
        let corrected = answer(&server, &owner, &deviation["id"], json!({ "act": "correct" })).await.json();
        assert_eq!(corrected["state"], "corrected");
        let moved = server.get(&format!("/api/v1/assets/{id}"), Some(&owner)).await.json();
        assert_eq!(moved["geometry"]["coordinates"], json!([106.4811, 20.6788]));
        assert_eq!(moved["properties"]["accuracy_m"], 3.0);
        assert!(server.desk_is_whole().await);
    })
    .await;
}

#[tokio::test]
async fn an_unknown_object_is_claimed_or_kept_by_the_commune_as_a_candidate_host() {
    on_both("unknown_object", async |server| {
        let server = server.with_commune().await;
        let (office, owner, rival) =
            (server.sign_in("phong-kinh-te").await, server.sign_in("viettel").await, server.sign_in("vnpt").await);
        let object = json!({ "kind": "unknown_object", "class": "pole", "position": [106.4805, 20.6780], "accuracy_m": 5.0 });
        let first = report(&server, &owner, object.clone()).await;
        let seen = server.get(&format!("/api/v1/deviations/{}", first["id"].as_str().unwrap()), Some(&rival)).await.json();
        assert_eq!((&seen["reported_by"], &seen["acts"]), (&Value::Null, &json!(["claim"])), "who reports is not told to rivals");
        let claimed = answer(&server, &rival, &first["id"], json!({ "act": "claim" })).await.json();
        assert_eq!((&claimed["state"], &claimed["owner"]), (&json!("claimed"), &json!("vnpt")));
        let entered = answer(&server, &rival, &first["id"], json!({ "act": "correct" })).await.json();
        let pole = server.get(&format!("/api/v1/assets/{}", entered["asset"].as_str().unwrap()), Some(&rival)).await.json();
        assert_eq!(pole["properties"]["owner"], "vnpt");

        let second = report(&server, &office, object).await;
        let silent = answer(&server, &office, &second["id"], json!({ "act": "orphan" })).await;
        assert_eq!(silent.code(), "reason.required");
        let kept = answer(&server, &office, &second["id"], json!({ "act": "orphan", "reason": "hết hạn nhận" })).await.json();
        assert_eq!(kept["state"], "orphaned");
        let orphan = server.get(&format!("/api/v1/assets/{}", kept["asset"].as_str().unwrap()), Some(&office)).await.json();
        assert_eq!((&orphan["properties"]["status"], &orphan["properties"]["owner"]), (&json!("orphan"), &json!("ubnd-vinh-bao")));
        let line = json!({ "type": "Feature", "properties": { "class": "aerial_route", "owner": "viettel", "operators_designed": 2 },
            "geometry": { "type": "LineString", "coordinates": [[106.4804, 20.6779], [106.4806, 20.6781]] } });
        let screened = server.post("/api/v1/screenings?ruleset=hai-phong", line.to_string(), Some(&owner)).await;
        assert!(screened.text().contains(kept["asset"].as_str().unwrap()), "an orphan is a candidate host: {}", screened.text());
        assert_eq!(server.get("/api/v1/deviations", None).await.status, 401);
        let incomplete = server.ask("POST", "/api/v1/deviations", json!({ "kind": "not_found" }), &owner, None).await;
        assert_eq!((incomplete.status.as_u16(), incomplete.code()), (400, "deviation.incomplete".to_owned()));
    })
    .await;
}

/// The rule set of the home plan with so many days to claim an unknown object.
async fn let_claim(server: &Server, days: u32) {
    let (territory, plan, mut set) = server.desk.read(|registry| {
        let (territory, state) = registry.home().unwrap();
        let plan = state.plan.clone().unwrap();
        let set = registry.rule_sets()[&plan.rule_set].clone();
        (territory.clone(), plan, set)
    });
    let claim = Clock {
        id: RuleId::new("CK-CLAIM").unwrap(),
        limit: Some(ClockLimit::Days { count: days }),
        extension: None,
        contradicts: Vec::new(),
        ..set.clocks[0].clone()
    };
    set.clocks.push(claim);
    let folder =
        PlanFolder { territory, boundaries: None, plan, works: vec![], rule_sets: vec![set], organisations: vec![] };
    load_plan(&server.desk, &Viewer::console(), folder).await.unwrap();
}

#[tokio::test]
async fn the_commune_keeps_an_unknown_object_only_after_the_days_that_the_rule_set_lets_owners_claim_it() {
    thread_local! {
        static CLOCK: Cell<i64> = const { Cell::new(1_795_000_000) };
    }
    let edge = Edge { now: || Timestamp::from_second(CLOCK.get()).unwrap(), ..Edge::real() };
    for url in ["sqlite::memory:".to_owned(), fresh_database(&test_postgres_url(), "claim_window")] {
        CLOCK.set(1_795_000_000);
        let server = Server::open_at(&url, edge).await.with_commune().await;
        let_claim(&server, 30).await;
        let office = server.sign_in("phong-kinh-te").await;
        let object =
            json!({ "kind": "unknown_object", "class": "pole", "position": [106.4805, 20.6780], "accuracy_m": 5.0 });
        let told = report(&server, &office, object).await;
        // 18 November 2026 in Vietnam, and thirty days.
        assert_eq!((&told["claim_until"], &told["acts"]), (&json!("2026-12-18"), &json!(["reject", "claim"])));
        let keep = json!({ "act": "orphan", "reason": "hết hạn nhận" });
        let early = answer(&server, &office, &told["id"], keep.clone()).await;
        assert_eq!((early.status.as_u16(), early.code()), (409, "deviation.act".to_owned()));
        CLOCK.set(CLOCK.get() + 31 * 86_400);
        let office = server.sign_in("phong-kinh-te").await;
        let kept = answer(&server, &office, &told["id"], keep).await;
        assert_eq!(kept.json()["state"], "orphaned", "{}", kept.text());
    }
}
