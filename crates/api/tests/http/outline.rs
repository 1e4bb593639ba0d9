//! The territory's outline over HTTP: a look, a change, and who may.

use serde_json::{Value, json};

use crate::{
    form::check,
    server::{Server, on_both},
};

const OUTLINE: &str = "/api/v1/outline";

/// The outline's box without its east.
async fn western(server: &Server) -> Value {
    let territory = server.get("/api/v1/territory", None).await.json();
    let edges: Vec<f64> = territory["bbox"].as_array().unwrap().iter().map(|edge| edge.as_f64().unwrap()).collect();
    let (west, south, north) = (edges[0], edges[1], edges[3]);
    let east = f64::midpoint(west, edges[2]);
    let ring = [[west, south], [east, south], [east, north], [west, north], [west, south]];
    json!({ "type": "Polygon", "coordinates": [ring] })
}

#[tokio::test]
async fn whoever_adopts_plans_looks_at_an_outline_and_then_changes_it() {
    let document = serde_json::to_value(hatang_api::openapi()).unwrap();
    on_both("outline_http", async |server| {
        assert_eq!(server.get(OUTLINE, None).await.json(), Value::Null, "none is loaded yet");
        let server = server.with_commune().await;
        let (lead, office) = (server.sign_in("phu-trach-quy-hoach").await, server.sign_in("phong-kinh-te").await);
        let file = western(&server).await.to_string();
        let post = async |query: &str, token: Option<&str>| {
            server.post(&format!("{OUTLINE}?{query}"), file.clone(), token).await
        };
        assert_eq!(post("dry_run=true", None).await.status, 401);
        assert_eq!(post("dry_run=true", Some(&office)).await.code(), "action.refused");
        let looked = post("dry_run=true", Some(&lead)).await;
        check("a look", [OUTLINE, "post"], "200", &looked, &document);
        let looked = looked.json();
        assert_eq!((&looked["before"], &looked["version"]), (&json!(1), &Value::Null));
        assert!(looked["area_km2"].as_f64() < looked["area_before_km2"].as_f64(), "{looked}");
        for (query, status, code) in [
            ("seen_version=1", 400, "outline.reason"),
            ("seen_version=2&reason=x", 409, "outline.changed_meanwhile"),
            ("seen_version=1&reason=x&valid_on=2999-01-01", 400, "outline.future"),
            ("seen_version=1&reason=x&people=many", 400, "query.invalid"),
        ] {
            let refused = post(query, Some(&lead)).await;
            assert_eq!((refused.status.as_u16(), refused.code().as_str()), (status, code), "{query}");
        }
        let point = r#"{"type":"Point","coordinates":[106.4,20.6]}"#;
        let refused = server.post(&format!("{OUTLINE}?dry_run=true"), point, Some(&lead)).await;
        assert_eq!((refused.status.as_u16(), refused.code()), (400, "geometry.invalid".to_owned()));
        assert!(refused.json()["detail_vi"].as_str().unwrap().contains("Polygon, MultiPolygon"), "{}", refused.text());

        let written = post("seen_version=1&reason=Ngh%E1%BB%8B%20quy%E1%BA%BFt&people=1234&name=", Some(&lead)).await;
        check("a change", [OUTLINE, "post"], "200", &written, &document);
        assert_eq!(written.json()["version"], 2);
        let sheet = server.get(OUTLINE, Some(&office)).await;
        check("the sheet", [OUTLINE, "get"], "200", &sheet, &document);
        let sheet = sheet.json();
        assert_eq!((&sheet["people"], &sheet["changes"][0]["reason"]), (&json!(1234), &json!("Nghị quyết")));
        assert_eq!(server.get(OUTLINE, None).await.json()["changes"], json!([]));
        let layer = server.get("/api/v1/plan/boundary", None).await.json();
        assert_eq!(layer["features"][0]["geometry"], looked["geometry"]);
        assert!(server.desk_is_whole().await);
    })
    .await;
}
