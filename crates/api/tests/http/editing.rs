//! One asset at a time: entered, changed, given up, and what it was.

use serde_json::{Value, json};

use crate::server::{Server, on_both};

fn mast(code: &str, lon: f64) -> Value {
    json!({
        "type": "Feature",
        "geometry": { "type": "Point", "coordinates": [lon, 20.678] },
        "properties": {
            "class": "mast", "owner": "viettel", "code": code, "status": "operational", "height_m": 42,
            "slots_total": 3, "slots_used": 1, "accuracy_m": 0.5, "levels": "36:2/1;30:1/0",
        },
    })
}

async fn register(server: &Server, token: &str, asset: Value) -> Value {
    let reply = server.ask("POST", "/api/v1/assets", asset, token, None).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    reply.json()
}

#[tokio::test]
async fn a_mast_is_entered_changed_and_given_up_and_every_version_stays() {
    on_both("editing", async |server| {
        let server = server.with_commune().await;
        let (owner, rival) = (server.sign_in("viettel").await, server.sign_in("vnpt").await);
        let dry = server.ask("POST", "/api/v1/assets?dry_run=true", mast("NEW-1", 106.48), &owner, None).await.json();
        assert!(dry["receipt"].is_null());
        let written = register(&server, &owner, mast("NEW-1", 106.48)).await;
        assert_eq!(written["receipt"]["version"], 1);
        let id = written["id"].as_str().unwrap();
        let address = format!("/api/v1/assets/{id}");

        // What somebody else may not do, whoever it is.
        let change = json!({ "properties": { "height_m": 45 }, "reason": "nâng cột" });
        let by_rival = server.ask("PATCH", &address, change.clone(), &rival, Some(("if-match", "\"1\""))).await;
        assert_eq!((by_rival.status.as_u16(), by_rival.code()), (403, "action.refused".to_owned()));
        let unseen = server.ask("PATCH", &address, change.clone(), &owner, None).await;
        assert_eq!((unseen.status.as_u16(), unseen.code()), (428, "version.required".to_owned()));

        let changed = server.ask("PATCH", &address, change.clone(), &owner, Some(("if-match", "\"1\""))).await;
        assert_eq!(changed.json()["receipt"]["version"], 2, "{}", changed.text());
        let stale = server.ask("PATCH", &address, change, &owner, Some(("if-match", "\"1\""))).await;
        assert_eq!((stale.status.as_u16(), stale.code()), (412, "version.stale".to_owned()));
        assert_eq!(stale.json()["value"], "2", "the present version");

        let moved =
            json!({ "geometry": { "type": "Point", "coordinates": [575_920.0, 2_287_480.0] }, "crs": "EPSG:9210" });
        let moved = server.ask("PATCH", &address, moved, &owner, Some(("if-match", "\"2\""))).await;
        assert_eq!(moved.status, 200, "{}", moved.text());
        let record = server.get(&format!("{address}/record"), Some(&owner)).await.json();
        assert_eq!((&record["version"], &record["may_edit"]), (&json!(3), &json!(true)));
        let properties = &record["feature"]["properties"];
        assert_eq!(properties["submitted_crs"], "EPSG:9210");
        assert_eq!((&properties["height_m"], &properties["levels"]), (&json!(45.0), &json!("36:2/1;30:1/0")));
        assert!(record["completeness"]["silent_fields"].as_array().unwrap().contains(&json!("mast_class")));

        let reason = json!({ "reason": "tháo dỡ theo hợp đồng" });
        let gone = server
            .ask("POST", &format!("{address}/retirement"), reason.clone(), &owner, Some(("if-match", "\"3\"")))
            .await;
        assert_eq!(gone.json()["receipt"]["version"], 4, "{}", gone.text());
        let again =
            server.ask("POST", &format!("{address}/retirement"), reason, &owner, Some(("if-match", "\"4\""))).await;
        assert_eq!(again.code(), "asset.retired");

        let history = server.get(&format!("{address}/history"), Some(&owner)).await.json();
        let kinds: Vec<&str> =
            history.as_array().unwrap().iter().map(|entry| entry["kind"].as_str().unwrap()).collect();
        assert_eq!(kinds, ["asset_retired", "asset_amended", "asset_amended", "asset_registered"]);
        assert_eq!(history[0]["reason"], "tháo dỡ theo hợp đồng");
        assert_eq!(history[0]["by"], "viettel");
        let raised = json!([{ "field": "height_m", "before": 42.0, "after": 45.0 }]);
        assert_eq!(history[2]["changes"], raised);
        assert_eq!(server.get(&format!("{address}/history"), Some(&rival)).await.status, 404);
        assert!(server.desk_is_whole().await);
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_with_a_form_is_told_field_by_field() {
    on_both("fields", async |server| {
        let server = server.with_commune().await;
        let owner = server.sign_in("viettel").await;
        let mut wrong = mast("NEW-2", 106.48);
        wrong["properties"]["height_m"] = json!("cao");
        wrong["properties"]["levels"] = json!("high");
        wrong["properties"]["hieght_m"] = json!(3);
        let reply = server.ask("POST", "/api/v1/assets", wrong, &owner, None).await;
        assert_eq!((reply.status.as_u16(), reply.code()), (400, "asset.fields".to_owned()));
        let told = reply.json();
        let fields: Vec<&str> =
            told["fields"].as_array().unwrap().iter().map(|field| field["field"].as_str().unwrap()).collect();
        assert_eq!(fields, ["height_m", "levels", "hieght_m"]);

        let far = server.ask("POST", "/api/v1/assets", mast("NEW-3", 107.9), &owner, None).await;
        assert_eq!(far.json()["fields"][0]["field"], "geometry");
        register(&server, &owner, mast("NEW-4", 106.48)).await;
        let taken = server.ask("POST", "/api/v1/assets", mast("NEW-4", 106.49), &owner, None).await;
        assert_eq!((taken.status.as_u16(), taken.code()), (409, "code.taken".to_owned()));
        let mut others = mast("NEW-5", 106.48);
        others["properties"]["owner"] = json!("vnpt");
        assert_eq!(server.ask("POST", "/api/v1/assets", others, &owner, None).await.status, 403);

        // The next mast stands where the one before does.
        let twin =
            server.ask("POST", "/api/v1/assets?dry_run=true", mast("NEW-6", 106.480_001), &owner, None).await.json();
        assert_eq!(twin["notices"][0]["rule"], "duplicate", "{twin}");
        let drawn = json!({ "class": "mast", "geometry": { "type": "Point", "coordinates": [106.48, 20.678] } });
        let near = server.ask("POST", "/api/v1/nearby", drawn, &owner, None).await.json();
        assert_eq!((&near[0]["code"], &near[0]["likely_duplicate"]), (&json!("NEW-4"), &json!(true)));
    })
    .await;
}

#[tokio::test]
async fn a_pasted_place_is_read_and_asked_about_when_two_readings_fit() {
    on_both("places", async |server| {
        let server = server.with_commune().await;
        let owner = server.sign_in("viettel").await;
        let read = async |text: &str| server.ask("POST", "/api/v1/places", json!({ "text": text }), &owner, None).await;
        let surveyed = read("X=2287478.442 Y=575910.005").await.json();
        assert_eq!(surveyed.as_array().unwrap().len(), 1);
        assert_eq!((&surveyed[0]["crs"], &surveyed[0]["order"]), (&json!("EPSG:9210"), &json!("north_first")));
        let nowhere = read("here").await;
        assert_eq!((nowhere.status.as_u16(), nowhere.code()), (400, "place.unreadable".to_owned()));
        assert_eq!(server.post("/api/v1/places", r#"{"text":"here"}"#, None).await.status, 401);
    })
    .await;
}

#[tokio::test]
async fn the_past_shows_what_was_and_no_secret_that_has_come_out_since() {
    on_both("past", async |server| {
        let server = server.with_commune().await;
        let (owner, rival, office) =
            (server.sign_in("viettel").await, server.sign_in("vnpt").await, server.sign_in("phong-kinh-te").await);
        let mut planned = mast("SECRET-1", 106.48);
        planned["properties"]["status"] = json!("planned");
        planned["valid_on"] = json!("2020-01-01");
        let id = register(&server, &owner, planned).await["id"].as_str().unwrap().to_owned();
        let built = json!({ "properties": { "status": "operational" }, "valid_on": "2021-06-01" });
        let built =
            server.ask("PATCH", &format!("/api/v1/assets/{id}"), built, &owner, Some(("if-match", "\"1\""))).await;
        assert_eq!(built.status, 200, "{}", built.text());

        let status_on = async |query: &str, token: &str| {
            let past = server.get(&format!("/api/v1/assets-as-of?{query}&class=mast"), Some(token)).await;
            assert_eq!(past.status, 200, "{}", past.text());
            let past = past.json();
            let found =
                past["features"].as_array().unwrap().iter().find(|feature| feature["id"] == id.as_str()).cloned();
            found.map(|feature| feature["properties"]["status"].as_str().unwrap().to_owned())
        };
        assert_eq!(status_on("valid=2019-12-31", &owner).await, None);
        assert_eq!(status_on("valid=2020-05-01", &owner).await.as_deref(), Some("planned"));
        assert_eq!(status_on("valid=2021-06-01", &office).await.as_deref(), Some("operational"));
        assert_eq!(status_on("valid=2020-05-01", &rival).await, None, "a plan was a secret then");
        assert_eq!(status_on("valid=2021-06-01", &rival).await.as_deref(), Some("operational"));
        assert_eq!(status_on("recorded=2019-01-01", &owner).await, None, "nobody had written it down");
        assert_eq!(server.get("/api/v1/assets-as-of?valid=then", Some(&owner)).await.code(), "as_of.invalid");

        // The same past as a file and on the map.
        let file = async |query: &str, token: &str| {
            let file = server.get(&format!("/api/v1/assets-export?class=mast&format=csv{query}"), Some(token)).await;
            assert_eq!(file.status, 200, "{}", file.text());
            file.text()
        };
        assert!(!file("&valid=2019-12-31", &owner).await.contains("SECRET-1"));
        assert!(file("&valid=2020-05-01", &owner).await.contains("SECRET-1"));
        assert!(!file("&valid=2020-05-01", &rival).await.contains("SECRET-1"));
        assert!(file("", &rival).await.contains("SECRET-1"));
        let unknown = server.get("/api/v1/assets-export?class=mast&format=dwg", Some(&owner)).await;
        assert_eq!((unknown.status.as_u16(), unknown.code()), (400, "format.unknown".to_owned()));
        // 106.48 °E, 20.678 °N.
        let drawn = async |query: &str, token: &str| {
            let tile = server.get(&format!("/tiles/assets/14/13038/7229?{query}"), Some(token)).await;
            assert_eq!(tile.status, 200);
            tile.body.windows(8).any(|bytes| bytes == b"SECRET-1")
        };
        assert!(drawn("", &rival).await, "it stands in this tile");
        assert!(!drawn("valid=2019-12-31", &owner).await);
        assert!(drawn("valid=2020-05-01", &owner).await);
        assert!(!drawn("valid=2020-05-01", &rival).await);
        assert_eq!(server.get("/tiles/assets/14/13038/7229?valid=then", Some(&owner)).await.code(), "as_of.invalid");
    })
    .await;
}

#[tokio::test]
async fn an_owner_reads_its_own_quality_and_takes_all_its_data_away() {
    on_both("quality", async |server| {
        let server = server.with_commune().await;
        let (owner, office) = (server.sign_in("viettel").await, server.sign_in("phong-kinh-te").await);
        let own = server.get("/api/v1/quality", Some(&owner)).await.json();
        let lines = own["owners"].as_array().unwrap();
        assert_eq!(lines.iter().map(|line| &line["owner"]).collect::<Vec<_>>(), [&json!("viettel")]);
        let all = server.get("/api/v1/quality", Some(&office)).await.json();
        assert!(3 < all["owners"].as_array().unwrap().len());
        assert_eq!(server.get("/api/v1/quality", None).await.status, 401);

        let file = server.get("/api/v1/own-data", Some(&owner)).await.json();
        let features = file["features"].as_array().unwrap();
        assert!(features.iter().all(|feature| feature["properties"]["owner"] == "viettel"));
        let stated = lines[0]["assets"].as_u64().unwrap();
        assert!(stated <= features.len() as u64 && 50 < stated, "{stated}");
        assert_eq!(server.get("/api/v1/own-data", None).await.status, 401);
        let lists = server.get("/api/v1/code-lists", None).await.json();
        assert!(lists.as_array().unwrap().iter().any(|list| list["name"] == "null-reason"));
    })
    .await;
}
