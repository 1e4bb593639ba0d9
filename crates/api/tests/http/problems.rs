//! Bad input: a stable code, the value and a sentence in both languages; never a panic.

use axum::{
    body::Body,
    http::{Method, Request, StatusCode},
};

use crate::server::on_both;

#[tokio::test]
async fn bad_addresses_are_answered_with_a_code_and_the_value() {
    on_both("bad_addresses", async |server| {
        let server = server.with_commune().await;
        let cases = [
            // address, status, code, value
            ("/api/v1/nothing", 404, "not_found", "/api/v1/nothing"),
            ("/tiles/nothing/1/1/1", 404, "not_found", "/tiles/nothing/1/1/1"),
            ("/api/v1/assets?bbox=106.5,20.7", 400, "box.invalid", "106.5,20.7"),
            ("/api/v1/assets?bbox=106.5,20.7,106.4,20.8", 400, "box.invalid", "106.5,20.7,106.4,20.8"),
            ("/api/v1/assets?bbox=20.6,106.4,20.8,106.5", 400, "box.invalid", "20.6,106.4,20.8,106.5"),
            ("/api/v1/assets?bbox=a,b,c,d", 400, "box.invalid", "a,b,c,d"),
            ("/api/v1/assets?bbox=NaN,0,1,1", 400, "box.invalid", "NaN,0,1,1"),
            ("/api/v1/assets?class=mast,tower", 400, "class.unknown", "tower"),
            ("/api/v1/assets?limit=0", 400, "limit.invalid", "0"),
            ("/api/v1/assets?limit=many", 400, "limit.invalid", "many"),
            ("/api/v1/assets?after=x", 400, "after.invalid", "x"),
            ("/api/v1/assets?clas=mast", 400, "query.invalid", "clas=mast"),
            ("/api/v1/assets/x", 404, "not_found", "x"),
            (
                "/api/v1/assets/00000000-0000-7000-8000-000000000000",
                404,
                "not_found",
                "00000000-0000-7000-8000-000000000000",
            ),
            ("/api/v1/plan/rivers", 404, "layer.unknown", "rivers"),
            ("/api/v1/coverage", 400, "technology.unknown", ""),
            ("/api/v1/coverage?technology=6g", 400, "technology.unknown", "6g"),
            ("/api/v1/coverage?technology=2g", 400, "technology.no_parameters", "2g"),
            ("/api/v1/coverage?technology=5g&network=nobody", 404, "network.unknown", "nobody"),
            ("/api/v1/gaps?technology=5g&network=nobody", 404, "network.unknown", "nobody"),
            ("/tiles/assets/3/8/0", 400, "tile.invalid", "/tiles/assets/3/8/0"),
            ("/tiles/assets/23/0/0", 400, "tile.invalid", "/tiles/assets/23/0/0"),
            ("/tiles/assets/a/b/c", 400, "tile.invalid", "/tiles/assets/a/b/c"),
        ];
        for (address, status, code, value) in cases {
            let reply = server.get(address, None).await;
            assert_eq!(reply.code(), code, "{address}");
            assert_eq!(reply.status, status, "{address}");
            assert_eq!(reply.json()["value"], value, "{address}");
        }
    })
    .await;
}

#[tokio::test]
async fn bad_requests_to_screen_are_answered_with_a_code() {
    let point = |lon: f64, lat: f64, class: &str| {
        format!(
            r#"{{"type":"Feature","geometry":{{"type":"Point","coordinates":[{lon},{lat}]}},
                "properties":{{"class":"{class}","owner":"viettel","height_m":30}}}}"#
        )
    };
    on_both("bad_requests", async |server| {
        let server = server.with_commune().await;
        let [lon, lat] = middle(&server).await;
        let cases = [
            ("no JSON", "mast here please".to_owned(), 400, "request.not_geojson"),
            ("no GeoJSON", r#"{"class":"mast"}"#.to_owned(), 400, "request.not_geojson"),
            ("no feature", r#"{"type":"FeatureCollection","features":[]}"#.to_owned(), 400, "request.no_items"),
            ("another class", point(lon, lat, "tower"), 400, "class.unknown"),
            ("far away", point(105.8, 21.0, "mast"), 400, "request.outside_territory"),
            ("swapped", point(lat, lon, "mast"), 400, "geometry.swapped_axes"),
            ("too large", " ".repeat((4 << 20) + 1), 413, "body.too_large"),
        ];
        for (name, body, status, code) in cases {
            let reply = server.post("/api/v1/screenings", body, None).await;
            assert_eq!(reply.code(), code, "{name}: {}", reply.text());
            assert_eq!(reply.status, status, "{name}");
        }
        let reply = server.post("/api/v1/screenings?ruleset=nowhere", point(lon, lat, "mast"), None).await;
        assert_eq!((reply.status, reply.code().as_str()), (StatusCode::NOT_FOUND, "rule_set.unknown"));
    })
    .await;
}

/// The middle of the loaded territory.
async fn middle(server: &crate::server::Server) -> [f64; 2] {
    let territory = server.get("/api/v1/territory", None).await.json();
    [0, 1].map(|axis| {
        f64::midpoint(territory["bbox"][axis].as_f64().unwrap(), territory["bbox"][axis + 2].as_f64().unwrap())
    })
}

#[tokio::test]
async fn a_method_that_an_address_does_not_answer_is_a_problem() {
    on_both("bad_methods", async |server| {
        for (method, address) in
            [(Method::PUT, "/api/v1/assets"), (Method::POST, "/tiles/assets"), (Method::DELETE, "/healthz")]
        {
            let request = Request::builder().method(&method).uri(address).body(Body::empty()).unwrap();
            let reply = server.send(request).await;
            assert_eq!((reply.status, reply.code().as_str()), (StatusCode::METHOD_NOT_ALLOWED, "method.not_allowed"));
            assert_eq!(reply.json()["value"], format!("{method} {address}"));
        }
    })
    .await;
}

#[tokio::test]
async fn without_a_territory_coverage_says_what_is_missing() {
    on_both("no_territory", async |server| {
        let reply = server.get("/api/v1/coverage?technology=5g", None).await;
        assert_eq!((reply.status, reply.code().as_str()), (StatusCode::NOT_FOUND, "plan.missing"));
        for address in ["/healthz", "/readyz", "/api/openapi.json"] {
            assert_eq!(server.get(address, None).await.status, StatusCode::OK, "{address}");
        }
    })
    .await;
}
