//! Requests over HTTP: their forms, and that nobody else learns of them.

use axum::http::{StatusCode, header};
use serde_json::{Value, json};

use crate::{
    form::check,
    server::{Server, on_both},
};

/// A mast of VNPT beside the first mast of the commune.
async fn draft(server: &Server) -> Value {
    let all = server.get("/api/v1/assets?class=mast&limit=1", None).await.json();
    let at = &all["features"][0]["geometry"]["coordinates"];
    json!({ "title": "Trạm thử", "ruleset": "bac-ninh-72-2025", "request": {
        "type": "Feature",
        "geometry": { "type": "Point", "coordinates": at },
        "properties": { "class": "mast", "owner": "vnpt", "height_m": 42, "operators_designed": 2, "accuracy_m": 5 },
    } })
}

#[tokio::test]
async fn a_request_is_written_handed_in_screened_and_judged_in_the_forms_of_the_document() {
    on_both("cases_form", async |server| {
        let document = serde_json::to_value(hatang_api::openapi()).unwrap();
        let server = server.with_commune().await;
        let (carrier, office) = (server.sign_in("vnpt").await, server.sign_in("phong-kinh-te").await);
        let (carrier, office) = (Some(carrier.as_str()), Some(office.as_str()));
        let draft = draft(&server).await;

        let saved = server.post("/api/v1/cases", draft.to_string(), carrier).await;
        assert_eq!(saved.status, StatusCode::CREATED, "{}", saved.text());
        check("a receipt", ["/api/v1/cases", "post"], "201", &saved, &document);
        let id = saved.json()["id"].as_str().unwrap().to_owned();
        let at = |rest: &str| format!("/api/v1/cases/{id}{rest}");
        let mut amendment = draft.clone();
        amendment["version"] = json!(1);
        let amended = server.put(&at(""), amendment.to_string(), carrier).await;
        check("an amendment", ["/api/v1/cases/{id}", "put"], "200", &amended, &document);
        let filed = server.post(&at("/submission"), json!({ "version": 2 }).to_string(), carrier).await;
        check("a submission", ["/api/v1/cases/{id}/submission", "post"], "200", &filed, &document);
        for token in [carrier, office] {
            let kept = server.post(&at("/screenings"), "{}", token).await;
            check("a kept screening", ["/api/v1/cases/{id}/screenings", "post"], "201", &kept, &document);
            let screening = kept.json()["id"].as_str().unwrap().to_owned();
            let answer = server.get(&at(&format!("/screenings/{screening}")), token).await;
            check("an answer", ["/api/v1/cases/{id}/screenings/{screening}", "get"], "200", &answer, &document);
            let again = server.post(&at(&format!("/screenings/{screening}/rerun")), "", token).await;
            check("a rerun", ["/api/v1/cases/{id}/screenings/{screening}/rerun", "post"], "200", &again, &document);
            assert_eq!(again.json()["same"], true, "{}", again.text());
        }
        let says = json!({ "version": 3, "item": 1, "about": "rule", "part": "MA-2OP", "opinion": "disagree",
            "reason": "Bản vẽ chỉ có một tầng giá đỡ" });
        let judged = server.put(&at("/verdict"), says.to_string(), office).await;
        check("a verdict", ["/api/v1/cases/{id}/verdict", "put"], "200", &judged, &document);
        for token in [carrier, office] {
            let shown = server.get(&at(""), token).await;
            check("a request", ["/api/v1/cases/{id}", "get"], "200", &shown, &document);
            assert_eq!(shown.headers[header::CACHE_CONTROL], "private, no-store");
            let verdicts = shown.json()["verdicts"].as_array().unwrap().len();
            assert_eq!(verdicts, usize::from(token == office), "an officer's word is the office's own");
            let list = server.get("/api/v1/cases?state=submitted&class=mast&q=th%E1%BB%AD", token).await;
            check("a list", ["/api/v1/cases", "get"], "200", &list, &document);
            assert_eq!(list.json()["number_matched"], 1);
        }
        let back = server.post(&at("/withdrawal"), json!({ "version": 4 }).to_string(), carrier).await;
        check("a withdrawal", ["/api/v1/cases/{id}/withdrawal", "post"], "200", &back, &document);
        let late = server.post(&at("/submission"), json!({ "version": 5 }).to_string(), carrier).await;
        assert_eq!((late.status, late.code().as_str()), (StatusCode::CONFLICT, "case.wrong_state"));
    })
    .await;
}

#[tokio::test]
async fn an_opinion_is_recorded_and_a_request_ended_in_the_forms_of_the_document() {
    on_both("cases_opinion", async |server| {
        let document = serde_json::to_value(hatang_api::openapi()).unwrap();
        let server = server.with_commune().await;
        let [carrier, office, signatory] = ["vnpt", "phong-kinh-te", "lanh-dao"];
        let carrier = server.sign_in(carrier).await;
        let (office, signatory) = (server.sign_in(office).await, server.sign_in(signatory).await);
        let (carrier, office, signatory) = (Some(carrier.as_str()), Some(office.as_str()), Some(signatory.as_str()));
        let id = server.post("/api/v1/cases", draft(&server).await.to_string(), carrier).await.json()["id"].clone();
        let at = |rest: &str| format!("/api/v1/cases/{}{rest}", id.as_str().unwrap());
        let version = async || server.get(&at(""), office).await.json()["version"].clone();
        server.post(&at("/submission"), r#"{"version":1}"#, carrier).await;
        server.post(&at("/screenings"), "{}", office).await;
        let shown = server.get(&at(""), office).await.json();
        for host in shown["screening"]["answer"]["items"][0]["hosts"].as_array().unwrap() {
            let says = json!({ "version": version().await, "item": 1, "about": "host", "part": host["asset"],
                "opinion": "agree" });
            let said = server.put(&at("/verdict"), says.to_string(), office).await;
            assert_eq!(said.status, StatusCode::OK, "{}", said.text());
        }
        let signs = async |token, what: Value| {
            let mut body = json!({ "version": version().await, "outcome": "conforms_with_conditions",
                "number": "12/KT-YK", "dated": "2026-07-01", "conditions": "Thiết kế dùng chung" });
            body.as_object_mut().unwrap().extend(what.as_object().unwrap().clone());
            server.post(&at("/opinion"), body.to_string(), token).await
        };
        for (wrong, code) in [
            (json!({ "outcome": "permitted" }), "opinion.invalid"),
            (json!({ "dated": "1/7/2026" }), "opinion.invalid"),
            (json!({ "cites": [""] }), "opinion.invalid"),
            (json!({ "number": " " }), "opinion.incomplete"),
            (json!({ "version": 1 }), "version.conflict"),
        ] {
            let refused = signs(signatory, wrong.clone()).await;
            assert_eq!(refused.code(), code, "{wrong}: {}", refused.text());
        }
        let refused = signs(office, json!({})).await;
        assert_eq!((refused.status, refused.code().as_str()), (StatusCode::FORBIDDEN, "action.refused"));
        let issued = signs(signatory, json!({})).await;
        check("an opinion", ["/api/v1/cases/{id}/opinion", "post"], "200", &issued, &document);
        for token in [carrier, office] {
            let shown = server.get(&at(""), token).await;
            check("an answered request", ["/api/v1/cases/{id}", "get"], "200", &shown, &document);
            assert_eq!(shown.json()["advisory_opinion"]["number"], "12/KT-YK");
            assert!(shown.json()["advisory_opinion"]["by"].is_null(), "nobody's account is told");
            let list = server.get("/api/v1/cases?state=opinion_issued", token).await;
            assert_eq!(list.json()["number_matched"], 1);
        }
        let ends = async |ending: &str| {
            let body = json!({ "version": version().await, "ending": ending, "because": "Đã nghiệm thu" });
            server.post(&at("/ending"), body.to_string(), office).await
        };
        assert_eq!(ends("demolished").await.code(), "opinion.invalid");
        let ended = ends("built").await;
        check("an ending", ["/api/v1/cases/{id}/ending", "post"], "200", &ended, &document);
        assert_eq!(
            (ended.json()["state"].clone(), ends("lapsed").await.code()),
            (json!("closed"), "case.wrong_state".to_owned())
        );
    })
    .await;
}

#[tokio::test]
async fn an_applicant_is_shown_what_it_needs_to_build_on_a_host_once_an_officer_agreed_and_while_it_asks() {
    on_both("involved", async |server| {
        let server = server.with_commune().await;
        let (carrier, office) = (server.sign_in("vnpt").await, server.sign_in("phong-kinh-te").await);
        let (carrier, office) = (Some(carrier.as_str()), Some(office.as_str()));
        let draft = draft(&server).await;
        // A mast of somebody else with a place left, whose papers only its owner and officials read.
        let rival = server.sign_in("viettel").await;
        let mast = json!({ "type": "Feature", "geometry": draft["request"]["geometry"], "properties": {
            "class": "mast", "owner": "viettel", "status": "operational", "height_m": 60, "operators_designed": 4,
            "slots_total": 8, "slots_used": 1, "structural_use_pct": 20, "source": "Bản vẽ hoàn công", "note": "riêng" } });
        let mast = server.post("/api/v1/assets", mast.to_string(), Some(&rival)).await;
        assert_eq!(mast.status, StatusCode::OK, "{}", mast.text());
        let asset = mast.json()["id"].clone();
        let path = format!("/api/v1/assets/{}", asset.as_str().unwrap());
        let id = server.post("/api/v1/cases", draft.to_string(), carrier).await.json()["id"].clone();
        let at = |rest: &str| format!("/api/v1/cases/{}{rest}", id.as_str().unwrap());
        server.post(&at("/submission"), r#"{"version":1}"#, carrier).await;
        server.post(&at("/screenings"), "{}", office).await;
        let source = async || server.get(&path, carrier).await.json()["properties"]["source"].clone();
        assert!(source().await.is_null());

        let says = json!({ "version": 2, "item": 1, "about": "host", "part": asset, "opinion": "agree" });
        let said = server.put(&at("/verdict"), says.to_string(), office).await;
        assert_eq!(said.status, StatusCode::OK, "{}", said.text());
        assert_eq!(source().await, "Bản vẽ hoàn công");
        let shown = server.get(&path, carrier).await.json();
        assert!(shown["properties"]["note"].is_null() && shown["properties"]["tenants"].is_null(), "{shown}");
        let others = server.sign_in("duong-bo").await;
        assert!(server.get(&path, Some(&others)).await.json()["properties"]["source"].is_null());

        server.post(&at("/withdrawal"), r#"{"version":3}"#, carrier).await;
        assert!(source().await.is_null(), "it asks no more");
    })
    .await;
}

#[tokio::test]
async fn whom_an_applicant_lets_file_files_for_it_with_its_eyes_and_no_longer() {
    on_both("file_for", async |server| {
        let server = server.with_commune().await;
        let (owner, provider) = (server.sign_in("quan-tri-viettel").await, server.sign_in("vnpt").await);
        let (owner, provider) = (Some(owner.as_str()), Some(provider.as_str()));
        let mut request = draft(&server).await;
        request["request"]["properties"]["owner"] = json!("viettel");
        let refused = server.post("/api/v1/cases", request.to_string(), provider).await;
        assert_eq!(refused.code(), "action.refused");
        let lets = json!({ "owner": "viettel", "provider": "vnpt", "actions": ["file_requests"], "from": "2020-01-01",
            "to": "2999-12-31" });
        let granted = server.post("/api/v1/delegations", lets.to_string(), owner).await.json();
        let saved = server.post("/api/v1/cases", request.to_string(), provider).await;
        assert_eq!(saved.status, StatusCode::CREATED, "{}", saved.text());
        let path = format!("/api/v1/cases/{}", saved.json()["id"].as_str().unwrap());
        server.post(&format!("{path}/screenings"), "{}", provider).await;
        let [by_provider, read_by_owner] = [provider, owner].map(|token| server.get(&path, token));
        let [by_provider, read_by_owner] = [by_provider.await.json(), read_by_owner.await.json()];
        assert_eq!(by_provider["screening"], read_by_owner["screening"]);
        server.post(&format!("{path}/screenings"), "{}", owner).await;
        let own = server.get(&path, owner).await.json();
        assert_eq!(by_provider["screening"]["answer"]["items"], own["screening"]["answer"]["items"], "its own eyes");

        let path_of_grant = format!("/api/v1/delegations/{}", granted["id"].as_str().unwrap());
        server.ask("DELETE", &path_of_grant, Value::Null, owner.unwrap(), None).await;
        assert_eq!(server.get(&path, provider).await.code(), "case.unknown");
    })
    .await;
}

#[tokio::test]
async fn a_rival_reads_the_same_replies_before_and_after_a_request() {
    on_both("cases_rival_http", async |server| {
        let server = server.with_commune().await;
        let (carrier, rival) = (server.sign_in("vnpt").await, server.sign_in("viettel").await);
        let rival = Some(rival.as_str());
        let addresses =
            ["/api/v1/territory", "/api/v1/assets?limit=5", "/api/v1/plan/works", "/readyz", "/api/v1/cases"];
        let read = async |token| {
            let mut replies = Vec::new();
            for address in addresses {
                let reply = server.get(address, token).await;
                replies.push((reply.headers.get(header::ETAG).cloned(), reply.text()));
            }
            replies
        };
        let before = (read(rival).await, read(None).await);
        let saved = server.post("/api/v1/cases", draft(&server).await.to_string(), Some(&carrier)).await.json();
        let id = saved["id"].as_str().unwrap();
        server.post(&format!("/api/v1/cases/{id}/submission"), r#"{"version":1}"#, Some(&carrier)).await;
        assert_eq!(before, (read(rival).await, read(None).await));

        let nobodys = "0190a0b0-0000-7000-8000-000000000000";
        for path in ["", "/screenings/0190a0b0-0000-7000-8000-000000000000"] {
            let [theirs, none] = [id, nobodys].map(|id| format!("/api/v1/cases/{id}{path}"));
            let (theirs, none) = (server.get(&theirs, rival).await, server.get(&none, rival).await);
            assert_eq!((theirs.status, theirs.code()), (StatusCode::NOT_FOUND, "case.unknown".to_owned()));
            assert_eq!(theirs.text().replace(id, nobodys), none.text());
        }
        for path in ["/api/v1/cases".to_owned(), format!("/api/v1/cases/{id}")] {
            assert_eq!(server.get(&path, None).await.code(), "session.required");
        }
    })
    .await;
}

#[tokio::test]
async fn works_are_entered_taken_on_and_answered_in_the_forms_of_the_document() {
    on_both("works_form", async |server| {
        let document = serde_json::to_value(hatang_api::openapi()).unwrap();
        let server = server.with_commune().await;
        let tokens =
            [server.sign_in("duong-bo").await, server.sign_in("vnpt").await, server.sign_in("phong-kinh-te").await];
        let [road, carrier, office] = tokens.each_ref().map(|token| Some(token.as_str()));
        let work = json!({ "sector": "road", "owner": "road", "title": "Cải tạo vỉa hè", "starts_on": "2100-03-01",
            "ends_on": "2100-04-30", "published": true,
            "geometry": { "type": "LineString", "coordinates": [[106.48, 20.68], [106.483, 20.68]] } });
        let entered = server.post("/api/v1/works", work.to_string(), road).await;
        check("a work", ["/api/v1/works", "post"], "201", &entered, &document);
        let code = entered.json()["code"].as_str().unwrap().to_owned();
        let at = |rest: &str| format!("/api/v1/works/{code}{rest}");
        let mut amendment = work.clone();
        amendment["version"] = json!(1);
        let amended = server.put(&at(""), amendment.to_string(), road).await;
        check("an amendment", ["/api/v1/works/{code}", "put"], "200", &amended, &document);
        let step = server.post(&at("/steps"), json!({ "version": 2, "step": "confirm" }).to_string(), road).await;
        check("a step", ["/api/v1/works/{code}/steps", "post"], "200", &step, &document);
        let answer =
            server.put(&at("/answer"), json!({ "interest": "place_ducts", "ducts": 2 }).to_string(), carrier).await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.text());
        let area = json!({ "geometry": { "type": "Polygon",
            "coordinates": [[[106.4, 20.6], [106.5, 20.6], [106.5, 20.7], [106.4, 20.7], [106.4, 20.6]]] } });
        let area = server.put("/api/v1/interest-area", area.to_string(), carrier).await;
        assert_eq!(area.status, StatusCode::NO_CONTENT, "{}", area.text());
        let reply = server.put(&at("/reply"), json!({ "version": 3, "ducts": 2 }).to_string(), road).await;
        check("a reply", ["/api/v1/works/{code}/reply", "put"], "200", &reply, &document);
        for token in [road, carrier, office, None] {
            let list = server.get("/api/v1/works", token).await;
            check("the works", ["/api/v1/works", "get"], "200", &list, &document);
        }
        for token in [road, carrier, office] {
            let board = server.get("/api/v1/dig-once", token).await;
            check("needs", ["/api/v1/dig-once", "get"], "200", &board, &document);
        }
        assert_eq!(server.get("/api/v1/dig-once", None).await.code(), "session.required");
        let refused = server.post(&at("/steps"), json!({ "version": 4, "step": "start" }).to_string(), carrier).await;
        assert_eq!(refused.code(), "action.refused");
    })
    .await;
}
