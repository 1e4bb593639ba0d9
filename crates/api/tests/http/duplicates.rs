//! Several records of one structure: proposed to whom it concerns, made one, or kept apart.

use serde_json::{Value, json};

use crate::server::{Reply, Server, on_both};

/// Three licence rows of one mast, two of them one owner's, and a mast that stands alone.
async fn three_rows(server: &Server, tokens: [&str; 2]) -> [Value; 3] {
    let rows =
        [("viettel", "V-1", 106.480_00, 3.0), ("viettel", "V-2", 106.480_02, 10.0), ("vnpt", "N-1", 106.480_03, 10.0)];
    let mut ids = Vec::new();
    for (owner, code, lon, accuracy) in rows.into_iter().chain([("vnpt", "N-9", 106.490, 3.0)]) {
        let token = if owner == "viettel" { tokens[0] } else { tokens[1] };
        let mast = json!({ "type": "Feature", "geometry": { "type": "Point", "coordinates": [lon, 20.678] },
            "properties": { "class": "mast", "owner": owner, "code": code, "status": "operational", "accuracy_m": accuracy } });
        let reply = server.ask("POST", "/api/v1/assets", mast, token, None).await;
        assert_eq!(reply.status, 200, "{}", reply.text());
        ids.push(reply.json()["id"].clone());
    }
    ids.truncate(3);
    ids.try_into().unwrap()
}

async fn listed(server: &Server, token: &str, query: &str) -> Vec<Value> {
    let reply = server.get(&format!("/api/v1/duplicates?{query}"), Some(token)).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    reply.json()["groups"].as_array().unwrap().clone()
}

fn ids(group: &Value) -> Vec<Value> {
    group["members"].as_array().unwrap().iter().map(|member| member["id"].clone()).collect()
}

async fn decide(server: &Server, token: &str, group: &Value, act: &str, kept: &Value, reason: &str) -> Reply {
    let seen = |member: &Value| json!({ "id": member["id"], "version": member["version"] });
    let assets: Vec<Value> = group["members"].as_array().unwrap().iter().map(seen).collect();
    let body = json!({ "assets": assets, "act": act, "kept": kept, "reason": reason });
    server.ask("POST", "/api/v1/duplicates", body, token, None).await
}

async fn asset(server: &Server, token: &str, id: &Value) -> Value {
    server.get(&format!("/api/v1/assets/{}", id.as_str().unwrap()), Some(token)).await.json()
}

#[tokio::test]
async fn an_official_makes_one_structure_of_several_licence_rows_and_the_other_owner_becomes_its_tenant() {
    on_both("duplicates", async |server| {
        let (office, owner, other, rival) = (
            server.sign_in("phong-kinh-te").await,
            server.sign_in("viettel").await,
            server.sign_in("vnpt").await,
            server.sign_in("duong-bo").await,
        );
        let [first, second, third] = three_rows(&server, [&owner, &other]).await;
        let other_network = json!({ "type": "Feature", "geometry": { "type": "Point", "coordinates": [106.480_03, 20.678] },
            "properties": { "class": "radio_station", "owner": "viettel", "network": "viettel", "status": "operational" } });
        assert_eq!(server.ask("POST", "/api/v1/assets", other_network, &owner, None).await.status, 200);
        let station = json!({ "type": "Feature", "geometry": { "type": "Point", "coordinates": [106.480_03, 20.678] },
            "properties": { "class": "radio_station", "owner": "vnpt", "mast": "N-1", "network": "vinaphone", "status": "operational" } });
        let station = server.ask("POST", "/api/v1/assets", station, &other, None).await.json()["id"].clone();

        let groups = listed(&server, &office, "state=proposed").await;
        assert_eq!(groups.len(), 1, "neither the mast that stands alone nor two networks on one mast");
        let group = &groups[0];
        let members = ids(group);
        assert_eq!((members.len(), [&first, &second, &third].iter().all(|id| members.contains(id))), (3, true));
        assert_eq!((&group["suggested"], &group["acts"]), (&first, &json!(["merge", "keep_apart"])), "the best place");
        assert!(listed(&server, &rival, "state=proposed").await.is_empty(), "it is none of a rival's business");
        assert_eq!(server.get("/api/v1/duplicates", None).await.status, 401);
        let by_rival = decide(&server, &rival, group, "merge", &first, "").await;
        assert_eq!((by_rival.status.as_u16(), by_rival.code()), (404, "not_found".to_owned()));
        let by_owner = decide(&server, &owner, group, "merge", &first, "").await;
        assert_eq!((by_owner.status.as_u16(), by_owner.code()), (409, "duplicate.act".to_owned()), "not all of it is its own");
        assert_eq!(decide(&server, &office, group, "merge", &station, "").await.code(), "duplicate.kept");

        let merged = decide(&server, &office, group, "merge", &first, "một cột, ba giấy phép").await;
        assert_eq!(merged.status, 200, "{}", merged.text());
        assert_eq!((&merged.json()["state"], &merged.json()["acts"]), (&json!("merged"), &json!([])));
        let kept = asset(&server, &office, &first).await;
        assert_eq!(kept["properties"]["tenants"], json!([{ "tenant": "vnpt" }]));
        for gone in [&second, &third] {
            let gone = asset(&server, &office, gone).await;
            assert_eq!(gone["properties"]["status"], "decommissioned");
            assert_eq!(gone["properties"]["replaced_by"], first);
        }
        let named = asset(&server, &other, &station).await;
        assert_eq!((&named["properties"]["mast"], &named["properties"]["mast_owner"]), (&json!("V-1"), &json!("viettel")));
        let history = server.get(&format!("/api/v1/assets/{}/history", third.as_str().unwrap()), Some(&other)).await.json();
        assert_eq!((&history[0]["kind"], &history[0]["by"]), (&json!("asset_retired"), &json!("ubnd-vinh-bao")));
        assert!(history[0]["reason"].as_str().unwrap().ends_with("một cột, ba giấy phép"), "{history}");

        assert!(listed(&server, &office, "state=proposed").await.is_empty());
        let before = listed(&server, &other, "state=merged").await;
        assert_eq!((before.len(), &before[0]["kept"]), (1, &first));
        assert!(listed(&server, &rival, "state=merged").await.is_empty());
        let again = decide(&server, &office, group, "merge", &first, "").await;
        assert_eq!((again.status.as_u16(), again.code()), (412, "version.stale".to_owned()));
        let again = decide(&server, &office, &before[0], "merge", &first, "").await;
        assert_eq!((again.status.as_u16(), again.code()), (409, "duplicate.unlike".to_owned()), "what is given up is no duplicate");
        assert!(server.desk_is_whole().await);
    })
    .await;
}

#[tokio::test]
async fn owners_agree_one_after_the_other_and_the_last_of_them_merges() {
    on_both("duplicate_owners", async |server| {
        let (owner, other) = (server.sign_in("viettel").await, server.sign_in("vnpt").await);
        let [first, _, third] = three_rows(&server, [&owner, &other]).await;
        let group = listed(&server, &owner, "class=mast").await.remove(0);
        assert_eq!(group["acts"], json!(["agree", "keep_apart"]));
        let agreed = decide(&server, &owner, &group, "agree", &first, "").await.json();
        assert_eq!((&agreed["state"], &agreed["waiting"]), (&json!("agreed"), &json!(["vnpt"])));
        assert_eq!(
            asset(&server, &owner, &third).await["properties"]["status"],
            "operational",
            "nothing is merged yet"
        );

        let seen = listed(&server, &other, "").await.remove(0);
        assert_eq!((&seen["state"], &seen["kept"]), (&json!("agreed"), &first));
        let otherwise = decide(&server, &other, &seen, "agree", &third, "").await.json();
        assert_eq!(
            (&otherwise["state"], &otherwise["waiting"]),
            (&json!("agreed"), &json!(["viettel"])),
            "for another record"
        );
        let merged = decide(&server, &owner, &otherwise, "agree", &third, "").await.json();
        assert_eq!(merged["state"], "merged");
        assert_eq!(asset(&server, &owner, &first).await["properties"]["replaced_by"], third);
        assert!(server.desk_is_whole().await);
    })
    .await;
}

#[tokio::test]
async fn what_is_kept_apart_is_not_proposed_again_and_a_third_record_is_no_reason_to() {
    on_both("duplicates_apart", async |server| {
        let (office, owner, other) =
            (server.sign_in("phong-kinh-te").await, server.sign_in("viettel").await, server.sign_in("vnpt").await);
        let [first, second, third] = three_rows(&server, [&owner, &other]).await;
        let group = listed(&server, &office, "").await.remove(0);
        let own = |member: &&Value| [&first, &second].contains(&&member["id"]);
        let pair: Vec<&Value> = group["members"].as_array().unwrap().iter().filter(own).collect();
        let pair = json!({ "members": pair });
        let silent = decide(&server, &office, &pair, "keep_apart", &Value::Null, " ").await;
        assert_eq!((silent.status.as_u16(), silent.code()), (400, "reason.required".to_owned()));
        let apart = decide(&server, &owner, &pair, "keep_apart", &Value::Null, "hai cột cạnh nhau").await.json();
        assert_eq!((&apart["state"], &apart["acts"]), (&json!("apart"), &json!(["merge"])), "both are its own");

        // Each of the two may still be the third's.
        let mut met = Vec::new();
        while let Some(group) = listed(&server, &office, "").await.first() {
            assert!(ids(group).len() == 2 && ids(group).contains(&third), "{group}");
            met.extend(ids(group));
            let last = decide(&server, &office, group, "keep_apart", &Value::Null, "khảo sát 12/2026").await;
            assert_eq!(last.status, 200, "{}", last.text());
        }
        assert!(met.len() == 4 && met.contains(&first) && met.contains(&second), "{met:?}");
        assert!(listed(&server, &office, "").await.is_empty());
        let said = listed(&server, &office, "state=apart").await;
        assert_eq!(said.len(), 3);
        let mistaken = decide(&server, &office, &said[0], "merge", &said[0]["members"][0]["id"], "").await.json();
        assert_eq!(mistaken["state"], "merged", "who was wrong may still make one of them");
        assert!(server.desk_is_whole().await);
    })
    .await;
}
