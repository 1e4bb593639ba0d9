//! Accounts and sessions.

use hatang_core::{AccountId, OrganisationCode, Role};
use hatang_store::{Account, Hash, PasswordHash, StoreError};

use crate::{
    both::on_both,
    samples::{at, id},
};

fn account(number: u32, name: &str) -> Account {
    Account {
        id: AccountId(id(number)),
        name: name.to_owned(),
        display_name: "Phòng Kinh tế".to_owned(),
        password_hash: PasswordHash("$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA".to_owned()),
        role: Role::CarrierEditor,
        organisation: Some(OrganisationCode::new("viettel").unwrap()),
        disabled: false,
    }
}

#[tokio::test]
async fn an_account_is_found_by_its_name_and_its_identity() {
    on_both("account", async |test| {
        let officer = Account { organisation: None, role: Role::Assessor, ..account(1, "kinh-tế") };
        let carrier = account(2, "viettel");
        for account in [&officer, &carrier] {
            test.store.create_account(account).await.unwrap();
        }
        assert_eq!(test.store.account_by_name("kinh-tế").await.unwrap(), Some(officer.clone()), "{}", test.name);
        assert_eq!(test.store.account_by_id(carrier.id).await.unwrap(), Some(carrier));
        assert_eq!(test.store.account_by_name("Viettel").await.unwrap(), None);
        assert_eq!(test.store.account_by_id(AccountId(id(3))).await.unwrap(), None);

        let error = test.store.create_account(&account(3, "viettel")).await.unwrap_err();
        assert_eq!(error.to_string(), "there is already an account `viettel`");
        let error = test.store.create_account(&account(1, "other")).await.unwrap_err();
        assert!(matches!(error, StoreError::Database(_)), "{error:?}");
    })
    .await;
}

#[tokio::test]
async fn a_session_lasts_until_it_ends_or_is_ended() {
    on_both("session", async |test| {
        let carrier = account(1, "viettel");
        test.store.create_account(&carrier).await.unwrap();
        let (token, other) = (Hash([7; 32]), Hash([8; 32]));
        test.store.put_session(token, carrier.id, at(60)).await.unwrap();
        let who = async |token, second| test.store.session_account(token, at(second)).await.unwrap();
        assert_eq!(who(token, 0).await, Some(carrier.clone()), "{}", test.name);
        assert_eq!(who(token, 59).await, Some(carrier.clone()));
        assert_eq!(who(token, 60).await, None, "it has ended");
        assert_eq!(who(other, 0).await, None, "nobody signed in with it");

        test.store.end_session(other).await.unwrap();
        assert_eq!(who(token, 0).await, Some(carrier.clone()));
        test.store.end_session(token).await.unwrap();
        assert_eq!(who(token, 0).await, None, "it was ended");
        test.store.put_session(token, AccountId(id(9)), at(60)).await.expect_err("there is no such account");
    })
    .await;
}

#[tokio::test]
async fn a_disabled_account_is_signed_in_nowhere() {
    on_both("disabled", async |test| {
        let carrier = account(1, "viettel");
        test.store.create_account(&carrier).await.unwrap();
        let token = Hash([7; 32]);
        test.store.put_session(token, carrier.id, at(60)).await.unwrap();
        test.tamper("update account set disabled = (name = 'viettel')").await;
        assert_eq!(test.store.session_account(token, at(0)).await.unwrap(), None, "{}", test.name);
        assert!(test.store.account_by_name("viettel").await.unwrap().unwrap().disabled);
    })
    .await;
}

#[tokio::test]
async fn an_account_with_an_unknown_role_is_an_inconsistency() {
    on_both("role", async |test| {
        test.store.create_account(&account(1, "viettel")).await.unwrap();
        test.tamper("update account set role = 'emperor'").await;
        let error = test.store.account_by_name("viettel").await.unwrap_err().to_string();
        let key = id(1);
        assert!(error.starts_with(&format!("inconsistency: table `account`, row `{key}`: `role`: `emperor` is not")));
    })
    .await;
}

#[test]
fn a_password_hash_is_not_shown() {
    assert!(!format!("{:?}", account(1, "viettel")).contains("argon2"));
}
