//! Officials enter periods over HTTP and say where a set holds, and nobody else does.

use serde_json::{Value, json};

use crate::{
    form::check,
    server::{Server, on_both},
};

const CLOCK: &str = "/api/v1/rule-sets/hai-phong/clocks/CK-SHARE";

fn change(seen_version: u32, limit: &Value) -> Value {
    json!({ "seen_version": seen_version, "valid_from": "2026-01-01", "limit": limit, "extension": null,
        "instrument": "QĐ 1", "article": "Điều 1", "text_vi": "Trong 7 ngày làm việc.", "reason": "Nhập lần đầu" })
}

async fn clock_of(server: &Server) -> Value {
    let sets = server.get("/api/v1/rule-sets", None).await.json();
    let set = sets["rule_sets"].as_array().unwrap().iter().find(|set| set["code"] == "hai-phong").unwrap().clone();
    set["clocks"].as_array().unwrap().iter().find(|clock| clock["id"] == "CK-SHARE").unwrap().clone()
}

#[tokio::test]
async fn an_official_enters_a_period_and_it_is_read_with_its_versions() {
    let document = serde_json::to_value(hatang_api::openapi()).unwrap();
    on_both("rule_sets_clocks", async |server| {
        let document = &document;
        let server = server.with_commune().await;
        let (office, carrier) = (server.sign_in("phong-kinh-te").await, server.sign_in("viettel").await);
        let seven = json!({ "kind": "working_days", "count": 7 });
        let post = async |body: Value, token: Option<&str>| server.post(CLOCK, body.to_string(), token).await;
        assert_eq!(post(change(1, &seven), None).await.status, 401);
        assert_eq!(post(change(1, &seven), Some(&carrier)).await.code(), "action.refused");
        for limit in [json!({ "kind": "weeks", "count": 2 }), json!({ "kind": "days" }), json!(7)] {
            let refused = post(change(1, &limit), Some(&office)).await;
            assert_eq!((refused.status.as_u16(), refused.code()), (400, "body.not_json".to_owned()));
        }
        let never = post(change(1, &json!({ "kind": "each_year", "month": 2, "day": 30 })), Some(&office)).await;
        assert_eq!((never.status.as_u16(), never.code()), (400, "clock.limit".to_owned()));
        let elsewhere = CLOCK.replace("CK-SHARE", "CK-NONE");
        let unknown = server.post(&elsewhere, change(1, &seven).to_string(), Some(&office)).await;
        assert_eq!((unknown.status.as_u16(), unknown.code()), (404, "rule.unknown".to_owned()));

        let entered = post(change(1, &seven), Some(&office)).await;
        let path = "/api/v1/rule-sets/{code}/clocks/{clock}";
        check("a period entered", [path, "post"], "200", &entered, document);
        let stale = post(change(1, &seven), Some(&office)).await;
        assert_eq!((stale.status.as_u16(), stale.code()), (409, "rule.changed_meanwhile".to_owned()));
        let clock = clock_of(&server).await;
        assert_eq!((&clock["in_force"], &clock["versions"][0]["limit"]), (&json!(2), &seven));
        assert_eq!(clock["versions"][0]["citation"]["confidence"], "ENTERED");
        assert_eq!((&clock["versions"][1]["version"], &clock["versions"][1]["limit"]), (&json!(1), &Value::Null));
        let sets = server.get("/api/v1/rule-sets", None).await;
        check("the rule sets", ["/api/v1/rule-sets", "get"], "200", &sets, document);
        assert!(server.desk_is_whole().await);
    })
    .await;
}

#[tokio::test]
async fn whoever_adopts_plans_says_where_a_set_holds_and_everybody_can_read_it() {
    const AREA: &str = "/api/v1/rule-sets/hai-phong/area";
    let document = serde_json::to_value(hatang_api::openapi()).unwrap();
    on_both("rule_sets_area", async |server| {
        let server = server.with_commune().await;
        let (lead, office) = (server.sign_in("phu-trach-quy-hoach").await, server.sign_in("phong-kinh-te").await);
        let post = async |query: &str, body: &str, token: Option<&str>| {
            server.post(&format!("{AREA}?{query}"), body.to_owned(), token).await
        };
        let none = server.get(AREA, None).await;
        assert_eq!((none.status.as_u16(), none.code()), (404, "ruleset.no_area".to_owned()));
        assert_eq!(post("from=outline&seen_version=1&reason=x", "", None).await.status, 401);
        assert_eq!(post("from=outline&seen_version=1&reason=x", "", Some(&office)).await.code(), "action.refused");
        for (query, status, code) in [
            ("from=hamlet&seen_version=1&reason=x", 400, "query.invalid"),
            ("from=file&seen_version=1&reason=x", 400, "file.empty"),
            ("from=outline&seen_version=9&reason=x", 409, "ruleset.changed_meanwhile"),
        ] {
            let refused = post(query, "", Some(&lead)).await;
            assert_eq!((refused.status.as_u16(), refused.code().as_str()), (status, code), "{query}");
        }
        let set = post("from=outline&seen_version=1&reason=x", "", Some(&lead)).await;
        check("an area set", ["/api/v1/rule-sets/{code}/area", "post"], "200", &set, &document);
        let territory = server.get("/api/v1/territory", None).await.json();
        assert_eq!((&set.json()["has_area"], &set.json()["area_km2"]), (&json!(true), &territory["area_km2"]));
        let area = server.get(AREA, None).await;
        check("an area", ["/api/v1/rule-sets/{code}/area", "get"], "200", &area, &document);
        let outline = server.get("/api/v1/plan/boundary", None).await.json();
        assert_eq!(area.json()["geometry"], outline["features"][0]["geometry"]);
        let file = outline["features"][0].to_string();
        assert_eq!(post("from=file&seen_version=2&reason=x", &file, Some(&lead)).await.code(), "ruleset.unchanged");
        let gone = post("from=everywhere&seen_version=2&reason=x", "", Some(&lead)).await;
        assert_eq!((&gone.json()["has_area"], &gone.json()["area_km2"]), (&json!(false), &Value::Null));
        assert!(server.desk_is_whole().await);
    })
    .await;
}
