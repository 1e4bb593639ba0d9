//! What a client kept is sent again only when it has changed, and never to another viewer.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use hatang_core::{AssetClass, OrganisationCode, Viewer};
use hatang_desk::import_assets::{ImportRequest, import_assets};
use hatang_exchange::OwnerSource;

use crate::server::{Reply, Server, on_both};

async fn ask(server: &Server, address: &str, token: Option<&str>, kept: Option<&str>) -> Reply {
    let mut request = Request::get(address);
    if let Some(token) = token {
        request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
    }
    if let Some(kept) = kept {
        request = request.header(header::IF_NONE_MATCH, kept);
    }
    server.send(request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn a_copy_holds_until_the_journal_moves_and_for_one_kind_of_viewer() {
    on_both("freshness", async |server| {
        let server = server.with_commune().await;
        let [viettel, vnpt] = [server.sign_in("viettel").await, server.sign_in("vnpt").await];
        let addresses =
            ["/api/v1/assets?class=mast", "/api/v1/coverage?technology=5g", "/tiles/assets/9/407/225", "/tiles/assets"];
        let mut tags = Vec::new();
        for address in addresses {
            let first = ask(&server, address, Some(&viettel), None).await;
            assert_eq!(first.status, StatusCode::OK, "{address}: {}", first.text());
            assert_eq!(first.headers[header::CACHE_CONTROL], "private, no-cache");
            let tag = first.headers[header::ETAG].to_str().unwrap().to_owned();
            let again = ask(&server, address, Some(&viettel), Some(&format!("W/\"other\", {tag}"))).await;
            assert_eq!((again.status, again.body.len()), (StatusCode::NOT_MODIFIED, 0), "{address}");
            assert_eq!(again.headers[header::ETAG], tag, "{address}");
            for other in [None, Some(vnpt.as_str())] {
                assert_eq!(ask(&server, address, other, Some(&tag)).await.status, StatusCode::OK, "{address}");
            }
            tags.push(tag);
        }
        let assets = ask(&server, "/api/v1/assets?class=pole", Some(&viettel), Some(&tags[0])).await;
        assert_eq!(assets.status, StatusCode::OK, "another question has another tag");

        add_a_mast(&server).await;
        for (address, tag) in addresses.iter().zip(&tags) {
            assert_eq!(ask(&server, address, Some(&viettel), Some(tag)).await.status, StatusCode::OK, "{address}");
        }
    })
    .await;
}

async fn add_a_mast(server: &Server) {
    let territory = server.get("/api/v1/territory", None).await.json();
    let [lon, lat] = [0, 1].map(|axis| {
        f64::midpoint(territory["bbox"][axis].as_f64().unwrap(), territory["bbox"][axis + 2].as_f64().unwrap())
    });
    let file = format!("code,lon,lat\nNEW-1,{lon},{lat}\n");
    let owner = OrganisationCode::new("viettel").unwrap();
    let request = ImportRequest::new(AssetClass::Mast, OwnerSource::Code(owner));
    let outcome = import_assets(&server.desk, &Viewer::console(), "new.csv", file.as_bytes(), &request).await.unwrap();
    assert!(outcome.receipt.is_some(), "{:?}", outcome.report);
}
