//! Carriers' plans for a year: handed in, put together, adopted; and what a request is judged by afterwards.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::{
    form::check,
    server::{Server, on_both},
};

/// A mast of an owner beside the first mast of the commune, so far to the east, in degrees.
async fn mast(server: &Server, owner: &str, east: f64, plan_year: Option<i16>) -> Value {
    let all = server.get("/api/v1/assets?class=mast&limit=1", None).await.json();
    let at = &all["features"][0]["geometry"]["coordinates"];
    json!({ "type": "Feature",
        "geometry": { "type": "Point", "coordinates": [at[0].as_f64().unwrap() + east, at[1]] },
        "properties": { "class": "mast", "owner": owner, "height_m": 42, "operators_designed": 2, "accuracy_m": 2,
            "plan_year": plan_year } })
}

async fn hand_in(server: &Server, token: &str, request: &Value) -> Value {
    let draft = json!({ "title": "Kế hoạch thử", "request": request }).to_string();
    let saved = server.post("/api/v1/cases", draft, Some(token)).await;
    assert_eq!(saved.status, StatusCode::CREATED, "{}", saved.text());
    let path = format!("/api/v1/cases/{}/submission", saved.json()["id"].as_str().unwrap());
    let filed = server.post(&path, r#"{"version":1}"#, Some(token)).await;
    assert_eq!(filed.status, StatusCode::OK, "{}", filed.text());
    saved.json()
}

#[tokio::test]
async fn plans_of_two_carriers_are_put_together_adopted_and_a_request_is_judged_by_them() {
    on_both("yearly_plans", async |server| {
        let document = serde_json::to_value(hatang_api::openapi()).unwrap();
        let server = server.with_commune().await;
        // This year's: what is adopted for it is what a request of today is judged by.
        let year = server.desk.today().year();
        let (one, other) = (server.sign_in("vnpt").await, server.sign_in("viettel").await);
        let lead = server.sign_in("phu-trach-quy-hoach").await;
        let of = |rest: &str| format!("/api/v1/yearly-plans/{year}{rest}");

        let first = mast(&server, "vnpt", 0.0, Some(year)).await;
        let first = hand_in(&server, &one, &first).await;
        assert_eq!(first["reference"], format!("VNPT-KH{year}-001"));
        let mut near = mast(&server, "viettel", 0.0003, Some(year)).await;
        near["properties"].as_object_mut().unwrap().remove("operators_designed");
        let second = hand_in(&server, &other, &near).await;

        let shown = server.get(&of(""), Some(&lead)).await;
        check("the year's plans", ["/api/v1/yearly-plans/{year}", "get"], "200", &shown, &document);
        let plans = shown.json();
        let references: Vec<&Value> =
            plans["submissions"].as_array().unwrap().iter().map(|it| &it["reference"]).collect();
        assert_eq!(references, [&first["reference"], &second["reference"]]);
        // Thirty metres apart both cannot stand. The first is designed for two operators and so has a place for the second,
        // of which nobody has said how many it could carry.
        for (item, meets, can_share) in [(0, &second, Value::Null), (1, &first, json!(true))] {
            let meeting = &plans["items"][item]["meets"][0];
            assert_eq!((&meeting["reference"], &meeting["can_share"]), (&meets["reference"], &can_share), "{meeting}");
            assert!(meeting["against"].as_array().unwrap().contains(&json!("SP-BN-1")), "{meeting}");
        }
        assert_eq!(plans["items"][0]["conditions"][0]["code"], "build_for_operators");
        // The commune of the sample shows the template, which names a day.
        let last_day = jiff::civil::date(year - 1, 11, 30);
        assert_eq!((&plans["dates"][0]["clock"], &plans["template"]), (&json!("CK-PLAN-IN"), &json!(true)));
        assert_eq!(plans["dates"][0]["last_day"], last_day.to_string());
        assert_eq!(plans["submissions"][0]["late"], last_day < server.desk.today());
        let (coverage, left) = (&plans["coverage"], &plans["coverage"]["left"]);
        let number = |value: &Value| value.as_u64().unwrap();
        let of_all = number(&coverage["people_newly_covered"]) + number(&left["people"]);
        assert_eq!(of_all, number(&coverage["people_uncovered"]), "{coverage}");
        let named = left["hamlets"].as_array().unwrap();
        assert_eq!(named.len() as u64, number(&left["hamlets_total"]).min(20), "{left}");
        let in_named: u64 = named.iter().map(|hamlet| number(&hamlet["people"])).sum();
        assert!(0 < in_named && in_named <= number(&left["people"]), "{left}");
        assert_eq!(left["places"].as_array().unwrap().len() as u64, number(&left["places_total"]).min(20), "{left}");

        // A year has four digits: the days of its calendar can be written down.
        for (no_year, status) in [("0", 404), ("999", 404), ("1000", 200), ("9999", 200), ("10000", 404), ("-1", 404)] {
            let told = server.get(&format!("/api/v1/yearly-plans/{no_year}"), Some(&one)).await;
            assert_eq!(told.status.as_u16(), status, "{no_year}: {}", told.text());
        }

        // A carrier sees its own plan alone, as if it were the only one.
        let own = server.get(&of(""), Some(&one)).await.json();
        assert_eq!((own["items"].as_array().unwrap().len(), &own["coverage"]), (1, &Value::Null));
        assert_eq!((&own["items"][0]["meets"], &own["may_adopt"]), (&json!([]), &json!(false)));

        let adoption = json!({ "seen_version": plans["plan_version"], "reason": "Quyết định thử",
            "items": [{ "case": first["id"], "number": 1 }] });
        let refused = server.post(&of("/adoption"), adoption.to_string(), Some(&one)).await;
        assert_eq!(refused.code(), "action.refused");
        let adopted = server.post(&of("/adoption"), adoption.to_string(), Some(&lead)).await;
        check("an adoption", ["/api/v1/yearly-plans/{year}/adoption", "post"], "200", &adopted, &document);
        let again = server.post(&of("/adoption"), adoption.to_string(), Some(&lead)).await;
        assert_eq!(again.code(), "plan.changed_meanwhile");
        let plans = server.get(&of(""), Some(&lead)).await.json();
        assert_eq!((&plans["submissions"][0]["adopted"], &plans["submissions"][1]["adopted"]), (&json!(1), &json!(0)));
        assert_eq!(plans["items"][0]["adopted"], true);
        let mut once_more = adoption.clone();
        once_more["seen_version"] = plans["plan_version"].clone();
        let once_more = server.post(&of("/adoption"), once_more.to_string(), Some(&lead)).await;
        assert_eq!(once_more.code(), "yearly_plan.already_adopted", "what the plan has moved since stays moved");
        assert_eq!(own["plan_version"], Value::Null);

        // A request to build is judged by what was adopted; the plan itself is not asked whether it is in the plan.
        let rule = |answer: &Value| {
            let all = answer["items"][0]["findings"].as_array().unwrap().clone();
            all.into_iter().find(|it| it["rule"] == "MA-PLAN").unwrap()["verdict"].clone()
        };
        for (planned_for, verdict) in [(None, "complies"), (Some(year), "does_not_apply")] {
            let request = mast(&server, "vnpt", 0.0, planned_for).await;
            let answer =
                server.post("/api/v1/screenings?ruleset=bac-ninh-72-2025", request.to_string(), Some(&one)).await;
            assert_eq!(rule(&answer.json()), verdict, "{}", answer.text());
        }
        assert!(server.desk_is_whole().await);
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_a_plan_is_refused_with_the_reason() {
    on_both("yearly_plans_refused", async |server| {
        let server = server.with_commune().await;
        let year = server.desk.today().year();
        let carrier = server.sign_in("vnpt").await;
        let save = async |features: Vec<Value>| {
            let request = json!({ "type": "FeatureCollection", "features": features });
            server.post("/api/v1/cases", json!({ "request": request }).to_string(), Some(&carrier)).await
        };
        for (years, code) in [
            (vec![Some(year - 1)], "case.plan_year_out_of_range"),
            (vec![Some(year + 6)], "case.plan_year_out_of_range"),
            (vec![Some(year), None], "case.several_years"),
            (vec![Some(year), Some(year + 1)], "case.several_years"),
        ] {
            let mut features = Vec::new();
            for planned_for in years {
                features.push(mast(&server, "vnpt", 0.0, planned_for).await);
            }
            assert_eq!(save(features).await.code(), code);
        }
        let mut upgrade = mast(&server, "vnpt", 0.0, Some(year)).await;
        upgrade["properties"]["upgrades"] = json!("NO-SUCH-MAST");
        assert_eq!(save(vec![upgrade]).await.code(), "request.upgrades_unknown");

        let saved = save(vec![mast(&server, "vnpt", 0.0, Some(year)).await]).await.json();
        let amended = json!({ "version": 1, "request": mast(&server, "vnpt", 0.0, None).await });
        let path = format!("/api/v1/cases/{}", saved["id"].as_str().unwrap());
        assert_eq!(server.put(&path, amended.to_string(), Some(&carrier)).await.code(), "case.plan_year_kept");

        let lead = server.sign_in("phu-trach-quy-hoach").await;
        let of = format!("/api/v1/yearly-plans/{year}/adoption");
        let plan = server.get(&format!("/api/v1/yearly-plans/{year}"), Some(&lead)).await.json();
        for (items, code) in [
            (json!([]), "yearly_plan.nothing_chosen"),
            // A draft is the carrier's own.
            (json!([{ "case": saved["id"], "number": 1 }]), "yearly_plan.not_handed_in"),
        ] {
            let adoption = json!({ "seen_version": plan["plan_version"], "reason": "thử", "items": items });
            assert_eq!(server.post(&of, adoption.to_string(), Some(&lead)).await.code(), code);
        }
    })
    .await;
}

#[tokio::test]
async fn a_filled_template_becomes_a_plan() {
    on_both("yearly_plans_file", async |server| {
        let document = serde_json::to_value(hatang_api::openapi()).unwrap();
        let server = server.with_commune().await;
        let year = server.desk.today().year() + 1;
        let carrier = server.sign_in("vnpt").await;
        let at = mast(&server, "vnpt", 0.0, None).await["geometry"]["coordinates"].clone();
        let rows = format!("code,lon,lat,status,height_m\nKH-1,{},{},planned,30\nKH-2,9,9,planned,30\n", at[0], at[1]);
        let path = format!("/api/v1/yearly-plans/{year}/items?file=ke-hoach.csv&class=mast&owner=vnpt");
        let read = server.post(&path, rows, Some(&carrier)).await;
        check("a file", ["/api/v1/yearly-plans/{year}/items", "post"], "200", &read, &document);
        let read = read.json();
        assert_eq!(
            (&read["report"]["rows_accepted"], &read["report"]["rows_refused"]),
            (&json!(1), &json!(1)),
            "{read}"
        );
        let properties = &read["request"]["features"][0]["properties"];
        assert_eq!((&properties["code"], &properties["plan_year"]), (&json!("KH-1"), &json!(year)));
        let saved = hand_in(&server, &carrier, &read["request"]).await;
        assert_eq!(saved["reference"], format!("VNPT-KH{year}-001"));
        let rival = server.post(&path.replace("owner=vnpt", "owner=viettel"), "code,lon,lat\n", Some(&carrier)).await;
        assert_eq!(rival.code(), "action.refused");
        let standing = format!("code,lon,lat,status\nKH-1,{},{},operational\n", at[0], at[1]);
        assert_eq!(server.post(&path, standing, Some(&carrier)).await.code(), "plan.not_planned");
    })
    .await;
}

#[tokio::test]
async fn a_request_that_another_carrier_hands_in_near_sets_a_condition_and_asks_for_re_rating() {
    on_both("waiting", async |server| {
        let server = server.with_commune().await;
        let (one, other) = (server.sign_in("vnpt").await, server.sign_in("viettel").await);
        let office = server.sign_in("phong-kinh-te").await;
        let first = mast(&server, "vnpt", 0.0, None).await;
        let first = hand_in(&server, &one, &first).await;
        let path = format!("/api/v1/cases/{}", first["id"].as_str().unwrap());
        for token in [&office, &one] {
            server.post(&format!("{path}/screenings"), "{}", Some(token)).await;
        }
        let conditions = async |token: &str| {
            let shown = server.get(&path, Some(token)).await.json();
            let conditions = &shown["screening"]["answer"]["items"][0]["conditions"];
            (conditions.as_array().unwrap().len(), shown["changes"].as_array().unwrap().len())
        };
        assert_eq!((conditions(&office).await, conditions(&one).await), ((0, 0), (0, 0)));

        let near = mast(&server, "viettel", 0.0003, None).await;
        hand_in(&server, &other, &near).await;
        assert_eq!(conditions(&office).await, (0, 1), "what is kept has expired");
        assert_eq!(conditions(&one).await, (0, 0), "a rival's request is a secret");
        let kept = server.post(&format!("{path}/screenings"), "{}", Some(&office)).await.json();
        assert_eq!((conditions(&office).await, conditions(&one).await), ((1, 0), (0, 0)));
        let rerun = format!("{path}/screenings/{}/rerun", kept["id"].as_str().unwrap());
        let again = server.post(&rerun, "", Some(&office)).await.json();
        assert_eq!(again["same"], true, "{again}");
    })
    .await;
}
