//! Guessing and replaying: what somebody tries who is not whom they say.

use axum::http::{Method, StatusCode};
use hatang_core::Role;
use hatang_desk::account::invitation::first_operators_code;
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::people::{Browser, PASSPHRASE, account, for_real, pass};

/// As many failures of one name as are borne.
const BORNE: u8 = 10;

#[tokio::test]
async fn guessing_from_many_addresses_locks_that_name_alone_and_tells_nothing_about_it() {
    for_real("brute_force", async |server| {
        account(server, "a-real-one", Role::Assessor, None).await;
        account(server, "another", Role::Assessor, None).await;
        account(server, "van-hanh-that", Role::Operator, None).await;
        for name in ["a-real-one", "nobody-of-that-name"] {
            let mut answers = Vec::new();
            for guess in 0..BORNE {
                let reply = Browser::at([203, 0, 113, guess]).tries(server, name, &format!("guess {guess}")).await;
                answers.push((reply.status, reply.code()));
            }
            assert_eq!(answers, vec![(StatusCode::UNAUTHORIZED, "session.refused".to_owned()); BORNE.into()], "{name}");
            let locked = Browser::at([203, 0, 113, 99]).tries(server, name, PASSPHRASE).await;
            assert_eq!(
                (locked.status, locked.code().as_str()),
                (StatusCode::TOO_MANY_REQUESTS, "session.locked"),
                "{name}"
            );
        }
        Browser::at([203, 0, 113, 1]).signs_in(server, "another").await;

        let mut operator = Browser::default();
        operator.enrols(server, "van-hanh-that").await;
        let listed = operator.get(server, "/api/v1/accounts").await.json();
        let one = listed["accounts"].as_array().unwrap().iter().find(|one| one["account"] == "a-real-one").unwrap();
        assert!(one["locked_until"].is_string(), "{one}");
        let unlock = format!("/api/v1/accounts/{}/lock", one["id"].as_str().unwrap());
        assert_eq!(operator.ask(server, Method::DELETE, &unlock, Value::Null).await.status, StatusCode::NO_CONTENT);
        Browser::default().signs_in(server, "a-real-one").await;

        for guess in 0..=BORNE {
            Browser::at([203, 0, 113, guess]).tries(server, "a-real-one", "guess").await;
        }
        let locked = Browser::default().tries(server, "a-real-one", PASSPHRASE).await;
        assert_eq!(locked.status, StatusCode::TOO_MANY_REQUESTS);
        pass(SignedDuration::from_mins(15));
        Browser::default().signs_in(server, "a-real-one").await;
    })
    .await;
}

#[tokio::test]
async fn one_address_that_tries_many_names_is_stopped_and_others_are_not() {
    for_real("spraying", async |server| {
        account(server, "a-real-one", Role::Assessor, None).await;
        let mut sprayer = Browser::at([198, 51, 100, 7]);
        for guess in 0..50 {
            let reply = sprayer.tries(server, &format!("name-{guess}"), "summer sun and rain").await;
            assert_eq!(reply.status, StatusCode::UNAUTHORIZED, "{guess}");
        }
        let stopped = sprayer.tries(server, "a-real-one", PASSPHRASE).await;
        assert_eq!((stopped.status, stopped.code().as_str()), (StatusCode::TOO_MANY_REQUESTS, "session.locked"));
        Browser::at([198, 51, 100, 8]).signs_in(server, "a-real-one").await;
    })
    .await;
}

#[tokio::test]
async fn who_must_have_a_second_factor_can_do_nothing_but_enrol() {
    for_real("enrolment", async |server| {
        account(server, "nguoi-ky", Role::Signatory, None).await;
        let mut browser = Browser::default();
        let session = browser.signs_in(server, "nguoi-ky").await;
        assert_eq!((&session["waits_for"], &session["account"]), (&"enrolment".into(), &Value::Null));
        assert_eq!(session["role"], "public");
        for path in ["/api/v1/account", "/api/v1/account/tokens", "/api/v1/account/data", "/api/v1/accounts"] {
            let reply = browser.get(server, path).await;
            assert_eq!(
                (reply.status, reply.code().as_str()),
                (StatusCode::UNAUTHORIZED, "session.unfinished"),
                "{path}"
            );
        }
        let half = browser.cookie.clone().unwrap();
        let bearer = server.get("/api/v1/assets", Some(&half)).await;
        assert_eq!(bearer.code(), "session.unfinished");

        let made = browser.ask(server, Method::POST, "/api/v1/account/second-factor", Value::Null).await.json();
        assert!(made["uri"].as_str().unwrap().starts_with("otpauth://totp/Hatang:nguoi-ky?secret="));
        assert!(made["qr_svg"].as_str().unwrap().contains("<svg"));
        let wrong = browser.ask(server, Method::PUT, "/api/v1/account/second-factor", json!({"code": "000000"})).await;
        assert_eq!(wrong.code(), "second_factor.refused");

        let (_, recovery) = browser.enrols(server, "nguoi-ky").await;
        assert_eq!(recovery.len(), 10);
        assert_eq!(browser.get(server, "/api/v1/account").await.json()["second_factor"], true);
        assert_ne!(browser.cookie.as_ref(), Some(&half), "the session goes on under another token");
        let old = server.get("/api/v1/session", Some(&half)).await;
        assert_eq!(old.status, StatusCode::OK, "another unfinished session of that time");
        let gone = browser.ask(server, Method::DELETE, "/api/v1/account/second-factor", json!({"code": "1"})).await;
        assert_eq!(gone.code(), "second_factor.demanded");
    })
    .await;
}

#[tokio::test]
async fn no_code_of_the_second_factor_is_taken_twice() {
    for_real("replay", async |server| {
        account(server, "can-bo", Role::Assessor, None).await;
        let (telephone, recovery) = Browser::default().enrols(server, "can-bo").await;
        let mut browser = Browser::default();
        let give = async |browser: &mut Browser, code: &str| {
            browser.ask(server, Method::POST, "/api/v1/session/second-factor", json!({ "code": code })).await
        };

        assert_eq!(browser.signs_in(server, "can-bo").await["waits_for"], "second_factor");
        let replayed = give(&mut browser, &telephone.code()).await;
        assert_eq!((replayed.status, replayed.code().as_str()), (StatusCode::FORBIDDEN, "second_factor.refused"));
        pass(SignedDuration::from_secs(30));
        let before = browser.cookie.clone().unwrap();
        let code = telephone.code();
        let entered = give(&mut browser, &code).await.json();
        assert_eq!((&entered["account"], &entered["waits_for"]), (&"can-bo".into(), &Value::Null));
        assert_eq!(server.get("/api/v1/session", Some(&before)).await.code(), "session.unknown");

        let mut thief = Browser::default();
        thief.signs_in(server, "can-bo").await;
        assert_eq!(give(&mut thief, &code).await.code(), "second_factor.refused", "looked at over a shoulder");
        assert_eq!(give(&mut thief, &recovery[0].to_lowercase()).await.status, StatusCode::OK);
        let mut again = Browser::default();
        again.signs_in(server, "can-bo").await;
        assert_eq!(give(&mut again, &recovery[0]).await.code(), "second_factor.refused", "used");
        assert_eq!(thief.get(server, "/api/v1/account").await.json()["recovery_codes_left"], 9);

        for _ in 0..BORNE {
            give(&mut again, "123456").await;
        }
        pass(SignedDuration::from_secs(60));
        assert_eq!(give(&mut again, &telephone.code()).await.code(), "session.locked", "codes are not guessed either");
    })
    .await;
}

#[tokio::test]
async fn a_session_ends_without_use_after_a_day_and_with_the_password() {
    for_real("session_ends", async |server| {
        account(server, "can-bo", Role::Assessor, None).await;
        let (mut here, mut there) = (Browser::at([192, 0, 2, 1]), Browser::at([192, 0, 2, 2]));
        here.signs_in(server, "can-bo").await;
        there.signs_in(server, "can-bo").await;
        let listed = here.get(server, "/api/v1/account/sessions").await.json();
        let addresses: Vec<&Value> = listed["sessions"].as_array().unwrap().iter().map(|one| &one["address"]).collect();
        assert!(addresses.contains(&&json!("192.0.2.1")) && addresses.contains(&&json!("192.0.2.2")), "{listed}");

        let change = json!({"present": PASSPHRASE, "new": "muoi ba con vit qua song"});
        let guessed = json!({"present": "guess", "new": "muoi ba con vit qua song"});
        assert_eq!(here.ask(server, Method::PUT, "/api/v1/account/password", guessed).await.code(), "password.wrong");
        let weak = json!({"present": PASSPHRASE, "new": "password1234"});
        assert_eq!(here.ask(server, Method::PUT, "/api/v1/account/password", weak).await.code(), "password.guessable");
        let changed = here.ask(server, Method::PUT, "/api/v1/account/password", change).await;
        assert_eq!(changed.status, StatusCode::NO_CONTENT);
        assert_eq!(there.get(server, "/api/v1/account").await.code(), "session.unknown", "the other session");
        assert_eq!(there.tries(server, "can-bo", PASSPHRASE).await.code(), "session.refused", "the old password");

        for _ in 0..13 {
            assert_eq!(here.get(server, "/api/v1/account").await.status, StatusCode::OK);
            pass(SignedDuration::from_mins(55));
        }
        pass(SignedDuration::from_mins(5));
        assert_eq!(here.get(server, "/api/v1/account").await.code(), "session.unknown", "twelve hours");
        there.tries(server, "can-bo", "muoi ba con vit qua song").await;
        pass(SignedDuration::from_mins(61));
        assert_eq!(there.get(server, "/api/v1/account").await.code(), "session.unknown", "an hour without use");
    })
    .await;
}

#[tokio::test]
async fn the_first_operator_is_whoever_reads_the_console_and_nobody_after() {
    for_real("first_operator", async |server| {
        let mut browser = Browser::default();
        assert_eq!(browser.get(server, "/api/v1/session").await.json()["lacks_operator"], true);
        let code = first_operators_code(&server.desk).await.unwrap().unwrap();
        let set_up = |code: &str, password: &str| json!({"code": code, "account": "Truong-Phong", "display_name": "Trưởng phòng", "password": password});
        for (body, refused) in [
            (set_up("AAAAA-AAAAA-AAAAA-AAAAA", PASSPHRASE), "setup.code_unknown"),
            (set_up(code.as_str(), "password1234"), "password.guessable"),
            (json!({"code": code.as_str(), "password": PASSPHRASE}), "account.name"),
        ] {
            assert_eq!(browser.ask(server, Method::POST, "/api/v1/session/setup", body).await.code(), refused);
        }
        let typed = code.as_str().to_lowercase().replace('-', " ");
        let entered = browser.ask(server, Method::POST, "/api/v1/session/setup", set_up(&typed, PASSPHRASE)).await.json();
        assert_eq!(entered["waits_for"], "enrolment", "an operator must have a second factor");
        assert_eq!(entered["lacks_operator"], false);
        let again = Browser::default().ask(server, Method::POST, "/api/v1/session/setup", set_up(code.as_str(), PASSPHRASE)).await;
        assert_eq!(again.code(), "setup.code_unknown");
        assert!(first_operators_code(&server.desk).await.unwrap().is_none());
        browser.enrols(server, "truong-phong").await;
        assert_eq!(browser.get(server, "/api/v1/session").await.json()["role"], "operator");
    })
    .await;
}
