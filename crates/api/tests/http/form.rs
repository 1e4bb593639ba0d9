//! Whether replies have the form that the OpenAPI document gives them.

use serde_json::{Map, Value};

use crate::server::{Reply, on_both};

/// What is wrong with a value by a schema: a member that is missing, unknown or of another type.
fn faults(value: &Value, schema: &Value, document: &Value, at: &str) -> Vec<String> {
    let schema = resolved(schema, document);
    if let Some(choices) = ["oneOf", "anyOf"].iter().find_map(|word| schema[*word].as_array()) {
        let of_each: Vec<_> = choices.iter().map(|choice| faults(value, choice, document, at)).collect();
        if of_each.iter().any(Vec::is_empty) {
            return Vec::new();
        }
        return of_each.concat();
    }
    if let Some(words) = schema["enum"].as_array() {
        return if words.contains(value) { Vec::new() } else { vec![format!("{at}: {value} is none of {words:?}")] };
    }
    let types: Vec<&str> = match &schema["type"] {
        Value::String(one) => vec![one],
        Value::Array(several) => several.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let of_type = |word: &&str| match *word {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_u64() || value.is_i64(),
        "number" => value.is_number(),
        "null" => value.is_null(),
        other => panic!("{at}: type {other}"),
    };
    if !types.is_empty() && !types.iter().any(of_type) {
        return vec![format!("{at}: {value} is no {types:?}")];
    }
    match value {
        Value::Object(members) if types.contains(&"object") || schema["allOf"].is_array() => {
            of_members(members, schema, document, at)
        }
        Value::Array(items) => {
            let mut found = Vec::new();
            let length = items.len() as u64;
            if schema["minItems"].as_u64().is_some_and(|least| length < least)
                || schema["maxItems"].as_u64().is_some_and(|most| most < length)
            {
                found.push(format!("{at}: {length} items"));
            }
            let of_items = items.iter().enumerate();
            found.extend(
                of_items.flat_map(|(index, item)| faults(item, &schema["items"], document, &format!("{at}/{index}"))),
            );
            found
        }
        _ => Vec::new(),
    }
}

fn of_members(members: &Map<String, Value>, schema: &Value, document: &Value, at: &str) -> Vec<String> {
    let mut parts = vec![schema];
    let mut index = 0;
    while let Some(part) = parts.get(index) {
        parts.extend(part["allOf"].as_array().into_iter().flatten().map(|part| resolved(part, document)));
        index += 1;
    }
    let open =
        parts.iter().any(|part| !part["additionalProperties"].is_null() && part["additionalProperties"] != false);
    let required = parts.iter().flat_map(|part| part["required"].as_array().into_iter().flatten());
    let missing = required.filter_map(Value::as_str).filter(|name| !members.contains_key(*name));
    let mut found: Vec<String> = missing.map(|name| format!("{at}: `{name}` is missing")).collect();
    for (name, member) in members {
        match parts.iter().find_map(|part| part["properties"].get(name)) {
            Some(schema) => found.extend(faults(member, schema, document, &format!("{at}/{name}"))),
            None if open => {}
            None => found.push(format!("{at}: `{name}` is not in the document")),
        }
    }
    found
}

fn resolved<'a>(schema: &'a Value, document: &'a Value) -> &'a Value {
    match schema["$ref"].as_str() {
        Some(reference) => document.pointer(reference.trim_start_matches('#')).expect("a reference leads somewhere"),
        None => schema,
    }
}

const MAST: &str = r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[LON,LAT]},
    "properties":{"class":"mast","owner":"viettel","height_m":42,"operators_designed":2}}"#;

/// Operations whose replies are JSON, with an address of each.
const ASKED: [(&str, &str); 13] = [
    ("/api/v1/session", "/api/v1/session"),
    ("/api/v1/territory", "/api/v1/territory"),
    ("/api/v1/assets", "/api/v1/assets?limit=10000"),
    ("/api/v1/plan/{layer}", "/api/v1/plan/boundary"),
    ("/api/v1/plan/{layer}", "/api/v1/plan/hamlets"),
    ("/api/v1/plan/{layer}", "/api/v1/plan/works"),
    ("/api/v1/plan/{layer}", "/api/v1/plan/planned"),
    ("/api/v1/coverage", "/api/v1/coverage?technology=5g"),
    ("/api/v1/gaps", "/api/v1/gaps?technology=5g"),
    ("/api/v1/gaps", "/api/v1/gaps?technology=5g&network=viettel"),
    ("/api/v1/permissions", "/api/v1/permissions"),
    ("/tiles/assets", "/tiles/assets"),
    ("/tiles/coverage", "/tiles/coverage"),
];

/// Holds a reply against the form of its operation.
pub(crate) fn check(name: &str, operation: [&str; 2], status: &str, reply: &Reply, document: &Value) {
    assert_eq!(reply.status.as_str(), status, "{name}: {}", reply.text());
    let content = &document["paths"][operation[0]][operation[1]]["responses"][status]["content"];
    let kind = reply.headers["content-type"].to_str().unwrap();
    let schema = &content[kind]["schema"];
    assert!(schema.is_object(), "{name}: {kind} is not in the document: {content}");
    let found = faults(&reply.json(), schema, document, "");
    assert!(found.is_empty(), "{name}: {:#?}", &found[..found.len().min(12)]);
}

#[tokio::test]
async fn replies_have_the_form_that_the_document_gives_them() {
    on_both("form", async |server| {
        let document = serde_json::to_value(hatang_api::openapi()).unwrap();
        let empty = server.get("/api/v1/territory", None).await;
        check("an empty territory", ["/api/v1/territory", "get"], "200", &empty, &document);
        let server = server.with_commune().await;
        for account in [None, Some("viettel"), Some("phong-kinh-te")] {
            let token = match account {
                Some(account) => Some(server.sign_in(account).await),
                None => None,
            };
            let token = token.as_deref();
            let name = account.unwrap_or("the public");
            for (path, address) in ASKED {
                let reply = server.get(address, token).await;
                check(&format!("{address} for {name}"), [path, "get"], "200", &reply, &document);
            }
            let all = server.get("/api/v1/assets?class=mast&limit=1", token).await.json();
            let mast = &all["features"][0];
            let one = server.get(&format!("/api/v1/assets/{}", mast["id"].as_str().unwrap()), token).await;
            check(&format!("a mast for {name}"), ["/api/v1/assets/{id}", "get"], "200", &one, &document);
            assert_eq!(&one.json(), mast, "{name}");
            let at = &mast["geometry"]["coordinates"];
            let request = MAST.replace("LON", &at[0].to_string()).replace("LAT", &at[1].to_string());
            for set in ["hai-phong", "bac-ninh-72-2025"] {
                let reply = server.post(&format!("/api/v1/screenings?ruleset={set}"), request.clone(), token).await;
                let name = format!("a screening by {set} for {name}");
                check(&name, ["/api/v1/screenings", "post"], "200", &reply, &document);
                assert!(!reply.json()["items"][0]["hosts"].as_array().unwrap().is_empty(), "{name}");
            }
        }
    })
    .await;
}

#[test]
fn a_fault_of_form_is_found() {
    let document = serde_json::json!({ "components": { "schemas": { "Text": {
        "type": "object", "required": ["vi"], "properties": { "vi": { "type": "string" }, "en": { "type": ["string", "null"] } },
    } } } });
    let schema = serde_json::json!({ "$ref": "#/components/schemas/Text" });
    for (name, value, count) in [
        ("good", serde_json::json!({ "vi": "a", "en": null }), 0),
        ("missing", serde_json::json!({ "en": "a" }), 1),
        ("unknown", serde_json::json!({ "vi": "a", "fr": "b" }), 1),
        ("of another type", serde_json::json!({ "vi": 1 }), 1),
        ("not at all", serde_json::json!([]), 1),
    ] {
        assert_eq!(faults(&value, &schema, &document, "").len(), count, "{name}");
    }
}
