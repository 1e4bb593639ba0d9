//! A server with the synthetic commune, asked without a socket.

use std::{fs, sync::Arc};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode, header, request::Builder},
};
use hatang_api::{AppState, router};
use hatang_desk::{
    Desk, Edge, demo,
    sample_data::{SEED, sample_data},
    shipped_rule_sets::adopt_shipped_rule_sets,
};
use hatang_store::Store;
use hatang_testkit::{fresh_database, test_postgres_url};
use serde_json::Value;
use tower::ServiceExt as _;

use crate::documented;

/// A server and the desk behind it.
pub(crate) struct Server {
    router: Router,
    pub(crate) desk: Arc<Desk>,
}

/// A reply, read to its end.
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

/// Runs a test on an empty server for each database.
pub(crate) async fn on_both(name: &str, test: impl AsyncFn(Server)) {
    test(Server::open("sqlite::memory:").await).await;
    test(Server::open(&fresh_database(&test_postgres_url(), name)).await).await;
}

impl Server {
    /// A server over an empty database.
    pub(crate) async fn open(url: &str) -> Self {
        Self::open_at(url, Edge::real()).await
    }

    /// The same with a clock and chance of the test's own.
    pub(crate) async fn open_at(url: &str, edge: Edge) -> Self {
        let desk = Arc::new(Desk::open(Store::open(url).await.unwrap(), edge).await.unwrap());
        adopt_shipped_rule_sets(&desk).await.unwrap();
        demo::open_accounts(&desk).await.unwrap();
        Self { router: router(AppState::new(Arc::clone(&desk), true)), desk }
    }

    /// A server that is no demo, over an empty database, with a clock of the test's own.
    pub(crate) async fn open_for_real(url: &str, edge: Edge) -> Self {
        let desk = Arc::new(Desk::open(Store::open(url).await.unwrap(), edge).await.unwrap());
        adopt_shipped_rule_sets(&desk).await.unwrap();
        Self { router: router(AppState::new(Arc::clone(&desk), false)), desk }
    }

    /// The same with the synthetic commune.
    pub(crate) async fn with_commune(self) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for file in sample_data(SEED).unwrap() {
            let path = folder.path().join(&file.path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, file.text).unwrap();
        }
        demo::load(&self.desk, folder.path()).await.unwrap();
        self
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Reply {
        let (method, path) = (request.method().clone(), request.uri().path().to_owned());
        let reply = self.router.clone().oneshot(request).await.unwrap();
        documented::assert_status(&method, &path, reply.status());
        let (parts, body) = reply.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Reply { status: parts.status, headers: parts.headers, body }
    }

    /// `GET` as a visitor, or with a bearer token.
    pub(crate) async fn get(&self, path: &str, token: Option<&str>) -> Reply {
        let request = Request::get(path).header(header::ACCEPT, "application/json");
        let request = token
            .into_iter()
            .fold(request, |request, token| request.header(header::AUTHORIZATION, format!("Bearer {token}")));
        self.send(request.body(Body::empty()).unwrap()).await
    }

    /// `POST` of JSON as a visitor, or with a bearer token.
    pub(crate) async fn post(&self, path: &str, body: impl Into<Body>, token: Option<&str>) -> Reply {
        self.send_json(Request::post(path), body, token).await
    }

    /// `PUT` of JSON as a visitor, or with a bearer token.
    pub(crate) async fn put(&self, path: &str, body: impl Into<Body>, token: Option<&str>) -> Reply {
        self.send_json(Request::put(path), body, token).await
    }

    async fn send_json(&self, request: Builder, body: impl Into<Body>, token: Option<&str>) -> Reply {
        let request = request.header(header::CONTENT_TYPE, "application/json");
        let request = token
            .into_iter()
            .fold(request, |request, token| request.header(header::AUTHORIZATION, format!("Bearer {token}")));
        self.send(request.body(body.into()).unwrap()).await
    }

    /// Any method with a JSON body, a bearer token and perhaps one more header.
    pub(crate) async fn ask(
        &self,
        method: &str,
        path: &str,
        body: Value,
        token: &str,
        more: Option<(&str, &str)>,
    ) -> Reply {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::AUTHORIZATION, format!("Bearer {token}"));
        let request = more.into_iter().fold(request, |request, (name, value)| request.header(name, value));
        self.send(request.body(Body::from(body.to_string())).unwrap()).await
    }

    /// Whether the journal is whole and the current state follows from it.
    pub(crate) async fn desk_is_whole(&self) -> bool {
        let verification =
            hatang_desk::verify_journal::verify_journal(&self.desk, &hatang_core::Viewer::console()).await;
        let faults = verification.unwrap().faults;
        assert!(faults.is_empty(), "{faults:?}");
        true
    }

    /// Signs a demo account in and returns its token, out of the cookie.
    pub(crate) async fn sign_in(&self, account: &str) -> String {
        let body = format!(r#"{{"account":"{account}","password":"hatang-demo"}}"#);
        let reply = self.post("/api/v1/session", body, None).await;
        assert_eq!(reply.status, StatusCode::OK, "{account}");
        let cookie = reply.headers[header::SET_COOKIE].to_str().unwrap();
        cookie.split(['=', ';']).nth(1).unwrap().to_owned()
    }
}

impl Reply {
    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    /// The problem's code, after checking that the reply is a problem in both languages.
    pub(crate) fn code(&self) -> String {
        assert_eq!(self.headers[header::CONTENT_TYPE], "application/problem+json", "{}", self.text());
        let problem = self.json();
        assert_eq!(problem["status"], self.status.as_u16());
        for sentence in ["detail_vi", "detail_en"] {
            let sentence = problem[sentence].as_str().unwrap();
            assert!(sentence.ends_with('.') && 10 < sentence.len(), "{sentence}");
        }
        problem["code"].as_str().unwrap().to_owned()
    }
}
