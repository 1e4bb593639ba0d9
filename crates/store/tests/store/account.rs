//! Accounts, sessions and what else people sign in with.

use hatang_core::{AccountId, OrganisationCode, Role, Territory};
use hatang_store::{
    AccessToken, Account, Hash, Limit, LimitRule, NewSession, PasswordHash, Person, SessionTimes, SignOnAttempt, Stage,
    StoreError,
};
use jiff::SignedDuration;

use crate::{
    both::on_both,
    samples::{at, id},
};

const TIMES: SessionTimes =
    SessionTimes { idle: SignedDuration::from_secs(60), noted_every: SignedDuration::from_secs(10) };

fn account(number: u32, name: &str) -> Account {
    Account {
        id: AccountId(id(number)),
        name: name.to_owned(),
        person: Person { display_name: "Phòng Kinh tế".to_owned(), ..Person::default() },
        role: Role::CarrierEditor,
        organisation: Some(OrganisationCode::new("viettel").unwrap()),
        territory: None,
        disabled: false,
        created_at: Some(at(0).round(jiff::Unit::Second).unwrap()),
        erasure_asked_at: None,
        erased_at: None,
    }
}

fn password() -> PasswordHash {
    PasswordHash("$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA".to_owned())
}

fn session(token: u8, account: AccountId) -> NewSession {
    NewSession {
        token_hash: Hash([token; 32]),
        id: id(u32::from(token)),
        account,
        stage: Stage::Full,
        began_at: at(0),
        expires_at: at(300),
        address: Some("203.0.113.7".to_owned()),
        client: None,
    }
}

#[tokio::test]
async fn an_account_is_found_by_its_name_and_its_identity() {
    on_both("account", async |test| {
        let territory = Some(Territory::new("11824").unwrap());
        let officer = Account { organisation: None, territory, role: Role::Assessor, ..account(1, "kinh-tế") };
        let carrier = account(2, "viettel");
        test.store.create_account(&officer, Some(&password())).await.unwrap();
        test.store.create_account(&carrier, None).await.unwrap();
        assert_eq!(test.store.account_by_name("kinh-tế").await.unwrap(), Some(officer.clone()), "{}", test.name);
        assert_eq!(test.store.account_by_id(carrier.id).await.unwrap(), Some(carrier.clone()));
        assert_eq!(test.store.account_by_name("Viettel").await.unwrap(), None);
        assert_eq!(test.store.account_by_id(AccountId(id(3))).await.unwrap(), None);
        let viettel = OrganisationCode::new("viettel").unwrap();
        assert_eq!(test.store.accounts(Some(&viettel)).await.unwrap(), [carrier]);
        assert_eq!(test.store.accounts(None).await.unwrap().len(), 2);
        assert_eq!(test.store.accounts_with_password().await.unwrap(), [officer.id]);

        let error = test.store.create_account(&account(3, "viettel"), None).await.unwrap_err();
        assert_eq!(error.to_string(), "there is already an account `viettel`");
        let error = test.store.create_account(&account(1, "other"), None).await.unwrap_err();
        assert!(matches!(error, StoreError::Database(_)), "{error:?}");
        assert!(test.store.lacks_operator().await.unwrap());
        test.store.set_account_role(officer.id, Role::Operator).await.unwrap();
        assert!(!test.store.lacks_operator().await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn a_session_lasts_while_it_is_used_until_it_ends_or_is_ended() {
    on_both("session", async |test| {
        let carrier = account(1, "viettel");
        test.store.create_account(&carrier, None).await.unwrap();
        test.store.put_session(&session(7, carrier.id)).await.unwrap();
        let who = async |token, second| {
            let found = test.store.session_of(Hash([token; 32]), at(second), TIMES).await.unwrap();
            found.map(|(account, _)| account)
        };
        for used in [0, 50, 100, 150, 200, 250, 299] {
            assert_eq!(who(7, used).await, Some(carrier.clone()), "{} {used}", test.name);
        }
        assert_eq!(who(7, 300).await, None, "it has ended however much it was used");
        assert_eq!(who(8, 0).await, None, "nobody signed in with it");

        test.store.put_session(&session(9, carrier.id)).await.unwrap();
        assert_eq!(who(9, 59).await, Some(carrier.clone()));
        assert_eq!(who(9, 121).await, None, "nobody used it for a minute");
        assert_eq!(test.store.sessions(carrier.id, at(30), TIMES).await.unwrap().len(), 2);

        test.store.put_session(&session(10, carrier.id)).await.unwrap();
        assert!(!test.store.end_session_of(AccountId(id(99)), id(10)).await.unwrap(), "it is somebody else's");
        assert!(test.store.end_session_of(carrier.id, id(10)).await.unwrap());
        assert_eq!(who(10, 0).await, None, "it was ended");
        test.store.put_session(&session(11, AccountId(id(98)))).await.expect_err("there is no such account");
    })
    .await;
}

#[tokio::test]
async fn a_new_password_ends_the_other_sessions() {
    on_both("password", async |test| {
        let carrier = account(1, "viettel");
        test.store.create_account(&carrier, None).await.unwrap();
        for token in [1, 2, 3] {
            test.store.put_session(&session(token, carrier.id)).await.unwrap();
        }
        test.store.set_password(carrier.id, &password(), at(1), Some(Hash([2; 32]))).await.unwrap();
        let left = test.store.sessions(carrier.id, at(1), TIMES).await.unwrap();
        assert_eq!(left.iter().map(|session| session.id).collect::<Vec<_>>(), [id(2)], "{}", test.name);
        test.store.drop_password(carrier.id).await.unwrap();
        assert_eq!(test.store.password(carrier.id).await.unwrap(), None);
        assert_eq!(test.store.sessions(carrier.id, at(1), TIMES).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn a_disabled_account_is_signed_in_nowhere() {
    on_both("disabled", async |test| {
        let carrier = account(1, "viettel");
        test.store.create_account(&carrier, None).await.unwrap();
        test.store.put_session(&session(7, carrier.id)).await.unwrap();
        let token = access_token(carrier.id);
        test.store.put_access_token(&token, Hash([8; 32])).await.unwrap();
        test.tamper("update account set disabled = (name = 'viettel')").await;
        assert_eq!(test.store.session_of(Hash([7; 32]), at(0), TIMES).await.unwrap(), None, "{}", test.name);
        assert_eq!(test.store.access_token(Hash([8; 32]), at(0), TIMES.idle).await.unwrap(), None);
        assert!(test.store.account_by_name("viettel").await.unwrap().unwrap().disabled);
    })
    .await;
}

const RULE: LimitRule = LimitRule {
    failures: 3,
    window: SignedDuration::from_secs(100),
    lock: SignedDuration::from_secs(50),
    longest_lock: SignedDuration::from_secs(150),
};

#[tokio::test]
async fn too_many_failures_lock_for_a_while_and_each_time_for_longer() {
    on_both("limit", async |test| {
        let count = async |second| test.store.count_attempt("name:a", at(second), RULE).await.unwrap();
        let until = |second| Limit::Locked { until: at(second).round(unit()).unwrap() };
        for second in [0, 1, 2] {
            assert_eq!(count(second).await, Limit::Open, "{}", test.name);
        }
        assert_eq!(count(3).await, until(53));
        assert_eq!(count(40).await, until(53), "trying does not make it longer");
        assert_eq!(test.store.count_attempt("name:b", at(40), RULE).await.unwrap(), Limit::Open, "only this one");
        assert_eq!(test.store.locked_subjects(at(40)).await.unwrap().len(), 1);
        for second in [53, 54, 55] {
            assert_eq!(count(second).await, Limit::Open);
        }
        assert_eq!(count(56).await, until(156), "twice as long");
        for second in [156, 157, 158] {
            assert_eq!(count(second).await, Limit::Open);
        }
        assert_eq!(count(159).await, until(309), "and not beyond the longest");
        test.store.forget_attempts("name:a").await.unwrap();
        assert_eq!(count(160).await, Limit::Open, "unlocked by hand");

        for second in [0, 1, 2, 101, 102, 103] {
            assert_eq!(test.store.count_attempt("name:c", at(second), RULE).await.unwrap(), Limit::Open, "{second}");
        }
        test.store.drop_old_attempts(at(150), at(1_000)).await.unwrap();
        assert_eq!(test.store.locked_subjects(at(0)).await.unwrap(), []);
    })
    .await;
}

fn unit() -> jiff::TimestampRound {
    jiff::TimestampRound::new().smallest(jiff::Unit::Second).mode(jiff::RoundMode::Trunc)
}

#[tokio::test]
async fn attempts_at_once_are_counted_each() {
    on_both("race", async |test| {
        let mut attempts = tokio::task::JoinSet::new();
        for _ in 0..20 {
            let store = test.store.clone();
            attempts.spawn(async move { store.count_attempt("name:a", at(0), RULE).await.unwrap() });
        }
        let open = attempts.join_all().await.into_iter().filter(|limit| *limit == Limit::Open).count();
        assert_eq!(open, 3, "{}", test.name);
    })
    .await;
}

#[tokio::test]
async fn codes_are_good_once() {
    on_both("codes", async |test| {
        let carrier = account(1, "viettel");
        test.store.create_account(&carrier, None).await.unwrap();
        assert!(test.store.begin_second_factor(carrier.id, &[1; 20]).await.unwrap(), "{}", test.name);
        assert!(test.store.begin_second_factor(carrier.id, &[2; 20]).await.unwrap(), "not confirmed yet");
        for (step, taken) in [(7, true), (7, false), (6, false), (8, true)] {
            assert_eq!(test.store.take_code_of_step(carrier.id, step).await.unwrap(), taken, "{step}");
        }
        assert!(!test.store.begin_second_factor(carrier.id, &[3; 20]).await.unwrap(), "confirmed");
        assert_eq!(test.store.second_factor(carrier.id).await.unwrap().unwrap().secret, [2; 20]);
        assert_eq!(test.store.accounts_with_second_factor().await.unwrap(), [carrier.id]);

        test.store.put_recovery_codes(carrier.id, &[Hash([1; 32]), Hash([2; 32])]).await.unwrap();
        for (code, taken) in [(1, true), (1, false), (3, false)] {
            assert_eq!(test.store.take_recovery_code(carrier.id, Hash([code; 32])).await.unwrap(), taken, "{code}");
        }
        assert_eq!(test.store.recovery_codes_left(carrier.id).await.unwrap(), 1);

        test.store.put_invitation(Hash([4; 32]), Some(carrier.id), at(60)).await.unwrap();
        test.store.put_invitation(Hash([5; 32]), None, at(60)).await.unwrap();
        test.store.put_invitation(Hash([6; 32]), Some(carrier.id), at(60)).await.unwrap();
        let whose = async |code, second| test.store.invitation(Hash([code; 32]), at(second)).await.unwrap();
        assert_eq!(whose(4, 0).await, None, "replaced");
        assert_eq!(whose(5, 0).await, Some(None));
        assert_eq!(whose(6, 0).await, Some(Some(carrier.id)));
        assert_eq!(whose(6, 60).await, None, "too old");
        assert!(test.store.take_invitation(Hash([6; 32]), at(0)).await.unwrap());
        assert!(!test.store.take_invitation(Hash([6; 32]), at(0)).await.unwrap());

        let attempt = SignOnAttempt {
            browser: Hash([1; 32]),
            nonce: "n".to_owned(),
            verifier: "v".to_owned(),
            return_to: "/".to_owned(),
        };
        test.store.put_sign_on_attempt(Hash([7; 32]), &attempt, at(0), at(60)).await.unwrap();
        assert_eq!(test.store.take_sign_on_attempt(Hash([7; 32]), at(60)).await.unwrap(), None, "too old");
        assert_eq!(test.store.take_sign_on_attempt(Hash([7; 32]), at(1)).await.unwrap(), Some(attempt));
        assert_eq!(test.store.take_sign_on_attempt(Hash([7; 32]), at(1)).await.unwrap(), None, "taken");
    })
    .await;
}

fn access_token(account: AccountId) -> AccessToken {
    let second = |second| at(second).round(unit()).unwrap();
    AccessToken {
        id: id(50),
        account,
        name: "IOC".to_owned(),
        scopes: "read".to_owned(),
        created_at: second(0),
        expires_at: second(100),
        used_at: None,
        revoked_at: None,
    }
}

#[tokio::test]
async fn a_token_lasts_until_it_ends_or_is_revoked() {
    on_both("token", async |test| {
        let carrier = account(1, "viettel");
        test.store.create_account(&carrier, None).await.unwrap();
        let token = access_token(carrier.id);
        test.store.put_access_token(&token, Hash([8; 32])).await.unwrap();
        let who = async |second| {
            let found = test.store.access_token(Hash([8; 32]), at(second), SignedDuration::from_secs(10)).await;
            found.unwrap().map(|(account, _)| account)
        };
        assert_eq!(who(5).await, Some(carrier.clone()), "{}", test.name);
        let used = async || test.store.access_tokens(carrier.id).await.unwrap()[0].used_at;
        assert_eq!(used().await, Some(at(5).round(unit()).unwrap()));
        assert_eq!(who(9).await, Some(carrier.clone()));
        assert_eq!(used().await, Some(at(5).round(unit()).unwrap()), "not written each time");
        assert_eq!(who(100).await, None, "it has ended");
        assert!(!test.store.revoke_access_token(AccountId(id(9)), token.id, at(10)).await.unwrap());
        assert!(test.store.revoke_access_token(carrier.id, token.id, at(10)).await.unwrap());
        assert!(!test.store.revoke_access_token(carrier.id, token.id, at(11)).await.unwrap());
        assert_eq!(who(12).await, None, "it was revoked");
    })
    .await;
}

#[tokio::test]
async fn an_identity_belongs_to_one_account_and_an_account_to_one_of_a_service() {
    on_both("identity", async |test| {
        let with_address = |number, name, address: &str| {
            let person = Person { sign_on_email: Some(address.to_owned()), ..Person::default() };
            Account { person, ..account(number, name) }
        };
        let first = with_address(1, "first", "a@b.vn");
        test.store.create_account(&first, None).await.unwrap();
        let error = test.store.create_account(&with_address(2, "second", "a@b.vn"), None).await.unwrap_err();
        assert!(matches!(error, StoreError::SignOnEmailTaken), "{}: {error:?}", test.name);
        assert_eq!(test.store.account_by_name("second").await.unwrap(), None, "nothing of it is there");
        let second = account(2, "second");
        test.store.create_account(&second, None).await.unwrap();
        assert_eq!(test.store.account_by_sign_on_email("a@b.vn").await.unwrap(), Some(first.clone()));

        let link = async |subject, account| test.store.link_identity("https://sso", subject, account, at(0)).await;
        assert!(link("s", first.id).await.unwrap());
        assert!(!link("s", second.id).await.unwrap(), "the identity is taken");
        assert!(!link("t", first.id).await.unwrap(), "the account has one there");
        let found = async |issuer, subject| test.store.account_by_identity(issuer, subject).await.unwrap();
        assert_eq!(found("https://sso", "s").await, Some(first.clone()));
        assert_eq!(found("https://other", "s").await, None);
        test.store.unlink_identities(first.id).await.unwrap();
        assert_eq!(found("https://sso", "s").await, None);
    })
    .await;
}

#[tokio::test]
async fn an_erased_person_leaves_an_identity_and_nothing_else() {
    on_both("erased", async |test| {
        let mut carrier = account(1, "nguyen-van-a");
        carrier.person.email = Some("a@b.vn".to_owned());
        test.store.create_account(&carrier, Some(&password())).await.unwrap();
        test.store.put_session(&session(7, carrier.id)).await.unwrap();
        test.store.begin_second_factor(carrier.id, &[1; 20]).await.unwrap();
        test.store.put_recovery_codes(carrier.id, &[Hash([1; 32])]).await.unwrap();
        test.store.put_access_token(&access_token(carrier.id), Hash([8; 32])).await.unwrap();
        test.store.put_invitation(Hash([4; 32]), Some(carrier.id), at(60)).await.unwrap();
        test.store.link_identity("https://sso", "s", carrier.id, at(0)).await.unwrap();
        test.store.erase_person(carrier.id, at(9)).await.unwrap();

        let left = test.store.account_by_id(carrier.id).await.unwrap().unwrap();
        assert_eq!(left.person, Person::default(), "{}", test.name);
        assert_eq!((left.name, left.disabled), (format!("erased-{}", carrier.id.0), true));
        assert!(left.erased_at.is_some());
        assert_eq!(test.store.password(carrier.id).await.unwrap(), None);
        assert_eq!(test.store.sessions(carrier.id, at(9), TIMES).await.unwrap(), []);
        assert_eq!(test.store.second_factor(carrier.id).await.unwrap(), None);
        assert_eq!(test.store.recovery_codes_left(carrier.id).await.unwrap(), 0);
        assert_eq!(test.store.access_tokens(carrier.id).await.unwrap(), []);
        assert_eq!(test.store.invitation(Hash([4; 32]), at(0)).await.unwrap(), None);
        assert_eq!(test.store.identities(carrier.id).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn two_operators_who_close_each_other_leave_one() {
    on_both("last_operator", async |test| {
        let operator = |number, name| Account { organisation: None, role: Role::Operator, ..account(number, name) };
        let both = [operator(1, "a"), operator(2, "b")];
        for one in &both {
            test.store.create_account(one, Some(&password())).await.unwrap();
        }
        let closed = tokio::join!(
            test.store.set_account_disabled(both[0].id, true),
            test.store.set_account_disabled(both[1].id, true),
        );
        let refused = [closed.0, closed.1].into_iter().filter_map(Result::err).collect::<Vec<_>>();
        assert!(matches!(refused[..], [StoreError::LastOperator]), "{}: {refused:?}", test.name);
        assert!(!test.store.lacks_operator().await.unwrap());
        let left = test.store.accounts(None).await.unwrap().into_iter().find(|one| !one.disabled).unwrap();
        for refused in
            [test.store.set_account_role(left.id, Role::Auditor).await, test.store.erase_person(left.id, at(9)).await]
        {
            assert!(matches!(refused, Err(StoreError::LastOperator)), "{}: {refused:?}", test.name);
        }
        assert_eq!(test.store.account_by_id(left.id).await.unwrap(), Some(left), "nothing of it happened");
    })
    .await;
}

#[tokio::test]
async fn an_account_with_an_unknown_role_is_an_inconsistency() {
    on_both("role", async |test| {
        test.store.create_account(&account(1, "viettel"), None).await.unwrap();
        test.tamper("update account set role = 'emperor'").await;
        let error = test.store.account_by_name("viettel").await.unwrap_err().to_string();
        let key = id(1);
        assert!(error.starts_with(&format!("inconsistency: table `account`, row `{key}`: `role`: `emperor` is not")));
    })
    .await;
}

#[test]
fn a_password_hash_is_not_shown() {
    assert!(!format!("{:?}", password()).contains("argon2"));
}
