//! Tiles over HTTP; what is in them is tested beside the code that draws them.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};

use crate::server::on_both;

#[tokio::test]
async fn a_tile_is_found_where_its_description_says_and_may_travel_compressed() {
    on_both("tiles", async |server| {
        let server = server.with_commune().await;
        let request = Request::get("/tiles/assets").header(header::HOST, "hatang.test");
        let described = server.send(request.body(Body::empty()).unwrap()).await.json();
        assert_eq!(described["tiles"][0], "http://hatang.test/tiles/assets/{z}/{x}/{y}");
        assert_eq!(described["vector_layers"].as_array().unwrap().len(), 9);

        // 106.48 °E, 20.69 °N, the middle of the commune.
        let address = "/tiles/assets/12/3259/1807?v=1-public";
        let plain = server.get(address, None).await;
        assert_eq!(
            (plain.status, &plain.headers[header::CONTENT_TYPE]),
            (StatusCode::OK, &"application/vnd.mapbox-vector-tile".parse().unwrap())
        );
        assert!(1_000 < plain.body.len(), "{} bytes", plain.body.len());
        let request = Request::get(address).header(header::ACCEPT_ENCODING, "gzip");
        let small = server.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(small.headers[header::CONTENT_ENCODING], "gzip");
        assert!(small.body.len() < plain.body.len());
        let empty = server.get("/tiles/assets/12/0/0", None).await;
        assert_eq!((empty.status, empty.body.len()), (StatusCode::OK, 0));
    })
    .await;
}

#[tokio::test]
async fn coverage_cell_by_cell_is_for_those_who_may_know_where_masts_stand() {
    on_both("coverage_tiles", async |server| {
        let server = server.with_commune().await;
        let cases = [
            // account, network, status, code
            (None, "", 401, Some("session.required")),
            (None, "&network=viettel", 401, Some("session.required")),
            (Some("viettel"), "", 403, Some("action.refused")),
            (Some("viettel"), "&network=vnpt", 403, Some("action.refused")),
            (Some("viettel"), "&network=viettel", 200, None),
            (Some("quy-hoach"), "", 200, None),
            (Some("quy-hoach"), "&network=nobody", 404, Some("network.unknown")),
        ];
        for (account, network, status, code) in cases {
            let token = match account {
                Some(account) => Some(server.sign_in(account).await),
                None => None,
            };
            let address = format!("/tiles/coverage/9/407/225?technology=5g{network}");
            let reply = server.get(&address, token.as_deref()).await;
            assert_eq!(reply.status, status, "{account:?} {network}: {}", String::from_utf8_lossy(&reply.body));
            match code {
                Some(code) => assert_eq!(reply.code(), code, "{account:?} {network}"),
                None => assert!(100 < reply.body.len(), "{account:?} {network}"),
            }
        }
    })
    .await;
}
