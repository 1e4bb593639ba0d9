//! The access log over HTTP: every refusal is in it, and only those who oversee read it.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use hatang_core::{OrganisationCode, Role, Viewer};

use crate::server::{Reply, Server, on_both};

async fn ask(server: &Server, viewer: &Viewer, path: &str) -> Reply {
    let mut request = Request::get(path).body(Body::empty()).unwrap();
    request.extensions_mut().insert(viewer.clone());
    server.send(request).await
}

fn viewer(role: Role) -> Viewer {
    let organisation = matches!(role, Role::CarrierEditor).then(|| OrganisationCode::new("vnpt").unwrap());
    Viewer { role, organisation, ..Viewer::public() }
}

#[tokio::test]
async fn whatever_is_refused_is_noted_with_the_operation_and_the_role() {
    on_both("audit_refusals", async |server| {
        let cases = [
            (Role::Public, "/api/v1/audit", StatusCode::UNAUTHORIZED),
            (Role::CarrierEditor, "/api/v1/audit?kind=export", StatusCode::FORBIDDEN),
            (Role::Assessor, "/api/v1/audit/export", StatusCode::FORBIDDEN),
            (Role::Public, "/tiles/coverage/14/13038/7228?technology=5g", StatusCode::UNAUTHORIZED),
            (Role::Public, "/api/v1/assets/00000000-0000-7000-8000-000000000000", StatusCode::NOT_FOUND),
        ];
        for (role, path, status) in cases {
            assert_eq!(ask(&server, &viewer(role), path).await.status, status, "{path}");
        }
        let log = ask(&server, &viewer(Role::Auditor), "/api/v1/audit?kind=refusal").await.json();
        let noted: Vec<(&str, &str)> = log["entries"]
            .as_array()
            .unwrap()
            .iter()
            .rev()
            .map(|entry| (entry["role"].as_str().unwrap(), entry["about"].as_str().unwrap()))
            .collect();
        assert_eq!(
            noted,
            [
                ("public", "GET /api/v1/audit session.required"),
                ("carrier_editor", "GET /api/v1/audit action.refused"),
                ("assessor", "GET /api/v1/audit/export action.refused"),
                ("public", "GET /tiles/coverage/{z}/{x}/{y} session.required"),
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn the_log_is_read_page_by_page_and_exported_whole() {
    on_both("audit_pages", async |server| {
        let auditor = viewer(Role::Auditor);
        for number in 0..25 {
            server.desk.audit(hatang_core::AccessKind::Export, &Viewer::console(), &format!("file {number:02}"));
        }
        let (mut before, mut seen) = (String::new(), Vec::new());
        loop {
            let page = ask(&server, &auditor, &format!("/api/v1/audit?kind=export&limit=10&before={before}")).await;
            assert_eq!(page.headers[header::CACHE_CONTROL], "no-store");
            let page = page.json();
            seen.extend(page["entries"].as_array().unwrap().iter().map(|entry| entry["about"].to_string()));
            let Some(next) = page["next"].as_u64() else { break };
            before = next.to_string();
        }
        let expected: Vec<String> = (0..25).rev().map(|number| format!("\"file {number:02}\"")).collect();
        assert_eq!(seen, expected);

        let csv = ask(&server, &auditor, "/api/v1/audit/export?kind=export").await;
        assert_eq!(csv.headers[header::CONTENT_TYPE], "text/csv; charset=utf-8");
        assert_eq!(csv.text().lines().count(), 26);
        let json = ask(&server, &auditor, "/api/v1/audit/export?kind=export&format=json").await.json();
        assert_eq!(json.as_array().unwrap().len(), 26, "the export before is an export too");
        for (query, code) in [
            ("kind=gossip", "access_kind.unknown"),
            ("account=somebody", "account.invalid"),
            ("from=yesterday", "instant.invalid"),
            ("limit=0", "limit.invalid"),
            ("before=x", "before.invalid"),
        ] {
            assert_eq!(ask(&server, &auditor, &format!("/api/v1/audit?{query}")).await.code(), code);
        }
    })
    .await;
}
