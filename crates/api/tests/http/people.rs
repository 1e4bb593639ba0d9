//! People at their browsers: a cookie, an address, a telephone with an authenticator, and a clock that the test moves.

use std::{cell::Cell, net::SocketAddr};

use axum::{
    body::Body,
    extract::ConnectInfo,
    http::{Method, Request, StatusCode, header},
};
use data_encoding::BASE32_NOPAD;
use hatang_core::{OrganisationCode, Role, Viewer};
use hatang_desk::{
    Edge,
    account::{NewAccount, administer::add_account_with_password},
};
use hatang_testkit::{fresh_database, test_postgres_url};
use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use sha1::Sha1;

use crate::server::{Reply, Server};

pub(crate) const PASSPHRASE: &str = "gieng nuoc con meo vang";

thread_local! {
    /// Seconds; each test has a thread of its own, and so a clock of its own.
    static CLOCK: Cell<i64> = const { Cell::new(1_795_000_000) };
}

/// Lets time pass.
pub(crate) fn pass(duration: SignedDuration) {
    CLOCK.set(CLOCK.get() + duration.as_secs());
}

fn edge() -> Edge {
    Edge { now: || Timestamp::from_second(CLOCK.get()).unwrap(), ..Edge::real() }
}

/// Runs a test on a server that is no demo, for each database.
pub(crate) async fn for_real(name: &str, test: impl AsyncFn(&Server)) {
    test(&Server::open_for_real("sqlite::memory:", edge()).await).await;
    test(&Server::open_for_real(&fresh_database(&test_postgres_url(), name), edge()).await).await;
}

/// Opens an account with [`PASSPHRASE`].
pub(crate) async fn account(server: &Server, name: &str, role: Role, organisation: Option<&str>) {
    let organisation = organisation.map(|code| OrganisationCode::new(code).unwrap());
    let new =
        NewAccount { name, display_name: name, email: None, sign_on_email: None, role, organisation, territory: None };
    add_account_with_password(&server.desk, &Viewer::console(), new, PASSPHRASE).await.unwrap();
}

/// A browser: what it keeps and where it is.
#[derive(Clone, Default)]
pub(crate) struct Browser {
    pub(crate) cookie: Option<String>,
    address: [u8; 4],
}

impl Browser {
    pub(crate) fn at(address: [u8; 4]) -> Self {
        Self { cookie: None, address }
    }

    /// Asks, and keeps the cookie that comes back.
    pub(crate) async fn ask(&mut self, server: &Server, method: Method, path: &str, body: Value) -> Reply {
        let mut request = Request::builder().method(method).uri(path).header(header::ACCEPT, "application/json");
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, format!("hatang_session={cookie}"));
        }
        let body = if body.is_null() { Body::empty() } else { Body::from(body.to_string()) };
        let mut request = request.header(header::CONTENT_TYPE, "application/json").body(body).unwrap();
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from((self.address, 40_000))));
        let reply = server.send(request).await;
        if let Some(set) = reply.headers.get(header::SET_COOKIE) {
            let value = set.to_str().unwrap().split(['=', ';']).nth(1).unwrap();
            self.cookie = Some(value.to_owned()).filter(|value| !value.is_empty());
        }
        reply
    }

    pub(crate) async fn get(&mut self, server: &Server, path: &str) -> Reply {
        self.ask(server, Method::GET, path, Value::Null).await
    }

    /// Tries a name and a password.
    pub(crate) async fn tries(&mut self, server: &Server, name: &str, password: &str) -> Reply {
        self.cookie = None;
        self.ask(server, Method::POST, "/api/v1/session", json!({"account": name, "password": password})).await
    }

    /// Signs in with [`PASSPHRASE`].
    pub(crate) async fn signs_in(&mut self, server: &Server, name: &str) -> Value {
        let reply = self.tries(server, name, PASSPHRASE).await;
        assert_eq!(reply.status, StatusCode::OK, "{name}: {}", reply.text());
        reply.json()
    }

    /// Signs in with [`PASSPHRASE`] and a new authenticator; also whom the role does not force.
    pub(crate) async fn enrols(&mut self, server: &Server, name: &str) -> (Telephone, Vec<String>) {
        self.signs_in(server, name).await;
        let made = self.ask(server, Method::POST, "/api/v1/account/second-factor", Value::Null).await.json();
        let telephone = Telephone { secret: BASE32_NOPAD.decode(made["key"].as_str().unwrap().as_bytes()).unwrap() };
        let confirmed = json!({"code": telephone.code()});
        let reply = self.ask(server, Method::PUT, "/api/v1/account/second-factor", confirmed).await;
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
        let codes = reply.json()["recovery_codes"].as_array().unwrap().clone();
        (telephone, codes.iter().map(|code| code.as_str().unwrap().to_owned()).collect())
    }
}

/// An authenticator application, written apart from the product's own.
pub(crate) struct Telephone {
    secret: Vec<u8>,
}

impl Telephone {
    /// What it shows now.
    pub(crate) fn code(&self) -> String {
        let mut mac = Hmac::<Sha1>::new_from_slice(&self.secret).unwrap();
        mac.update(&(CLOCK.get() / 30).to_be_bytes());
        let hash = mac.finalize().into_bytes();
        let at = usize::from(hash[19] % 16);
        let number = hash[at..at + 4].iter().fold(0_u32, |number, byte| number << 8 | u32::from(*byte)) % (1 << 31);
        format!("{:06}", number % 1_000_000)
    }
}
