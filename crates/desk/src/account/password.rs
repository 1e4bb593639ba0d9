//! Passwords: which are taken, how they are kept, and changing one's own.
//!
//! The policy follows NIST SP 800-63B: length counts, composition rules do not, and a password that guessers try early
//! is refused. "Early" is judged by `zxcvbn` from published frequency lists, names, dates and keyboard walks, together
//! with the account's own words.

use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use hatang_core::Text;
use hatang_store::PasswordHash;
use unicode_normalization::UnicodeNormalization as _;
use zxcvbn::Score;

use super::{Account, Origin, administer, session::Recognised, sign_in};
use crate::{
    desk::Desk,
    error::{DeskError, ErrorKind},
};

/// The shortest password that is taken, in characters.
pub const AT_LEAST: usize = 12;

/// The longest, in characters: beyond this nothing is gained, and hashing takes its time.
pub const AT_MOST: usize = 128;

/// A hash with today's parameters that no password is known for; it only takes as long to check as a real one.
const NOBODYS_HASH: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Passes a password that is long enough and that guessers do not try early.
///
/// # Errors
/// [`ErrorKind::BadInput`] with what is wrong; never the password.
pub fn check(password: &str, its_own_words: &[&str]) -> Result<(), DeskError> {
    let length = password.nfkc().count();
    let refuse = |code, text| Err(DeskError::Input { kind: ErrorKind::BadInput, code, value: None, text });
    if !(AT_LEAST..=AT_MOST).contains(&length) {
        return refuse(
            "password.length",
            Text::new(
                format!("Mật khẩu phải có từ {AT_LEAST} đến {AT_MOST} ký tự; mật khẩu này có {length}."),
                format!("A password has {AT_LEAST} to {AT_MOST} characters; this one has {length}."),
            ),
        );
    }
    let mut words = vec!["hatang", "hạ tầng", "viễn thông", "vien thong", "vinh bao", "hai phong"];
    words.extend(its_own_words.iter().copied().filter(|word| !word.is_empty()));
    if zxcvbn::zxcvbn(password, &words).score() < Score::Three {
        return refuse(
            "password.guessable",
            Text::new(
                "Mật khẩu này dễ đoán: nó gần với mật khẩu phổ biến, với tên, ngày tháng hoặc dãy phím liền nhau. Hãy dùng vài từ không liên quan với nhau.",
                "This password is easily guessed: it is close to common passwords, names, dates or neighbouring keys. Use several unrelated words.",
            ),
        );
    }
    Ok(())
}

/// Hashes a password off the threads that serve everybody else: it takes tens of milliseconds on purpose.
pub(crate) async fn hash(desk: &Desk, password: &str) -> Result<PasswordHash, DeskError> {
    let mut salt = [0; 16];
    (desk.edge.random)(&mut salt);
    let password: String = password.nfkc().collect();
    let hashed = tokio::task::spawn_blocking(move || {
        let hashed = Argon2::default().hash_password_with_salt(password.as_bytes(), &salt);
        PasswordHash(hashed.expect("the default parameters and a 16-byte salt are valid").to_string())
    });
    hashed.await.map_err(|_| DeskError::stopped())
}

/// Whether a password is the one behind a hash. Without a hash, it takes as long and never is.
pub(crate) async fn matches(password: &str, stored: Option<PasswordHash>) -> bool {
    let password: String = password.nfkc().collect();
    let stored = stored.unwrap_or_else(|| PasswordHash(NOBODYS_HASH.to_owned()));
    tokio::task::spawn_blocking(move || {
        argon2::PasswordHash::new(&stored.0)
            .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
    })
    .await
    .unwrap_or(false)
}

/// Changes one's own password, which ends one's other sessions.
///
/// # Errors
/// [`ErrorKind::Refused`] when the present password is wrong, [`ErrorKind::TooMany`] after too many wrong ones,
/// [`ErrorKind::BadInput`] for a new one that is not taken.
pub async fn change_password(
    desk: &Desk,
    me: &Recognised,
    present: &str,
    new: &str,
    origin: &Origin,
) -> Result<(), DeskError> {
    let account = &me.account;
    check(new, &words_of(account))?;
    sign_in::count_attempt(desk, &account.name, origin).await?;
    let stored = desk.store.password(account.id).await?.map(|(hash, _)| hash);
    if !matches(present, stored).await {
        return Err(DeskError::Input {
            kind: ErrorKind::Refused,
            code: "password.wrong",
            value: None,
            text: Text::new("Mật khẩu hiện tại không đúng.", "The present password is wrong."),
        });
    }
    sign_in::forget_attempts(desk, &account.name, origin).await?;
    let hash = hash(desk, new).await?;
    desk.store.set_password(account.id, &hash, desk.edge.now(), me.session_token).await?;
    administer::note(desk, &me.viewer(desk), account.id, "password changed");
    Ok(())
}

/// The words of an account that its password must not be built on.
pub(crate) fn words_of(account: &Account) -> Vec<&str> {
    let mut words = vec![account.name.as_str(), account.person.display_name.as_str()];
    words.extend(account.organisation.as_ref().map(hatang_core::OrganisationCode::as_str));
    words.extend(account.person.email.as_deref());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_guessers_try_early_is_refused() {
        for (name, password, expected) in [
            ("short", "Xk9#mPq2", Some("password.length")),
            ("endless", &"x".repeat(AT_MOST + 1), Some("password.length")),
            ("common", "password1234", Some("password.guessable")),
            ("a walk on the keyboard", "qwertyuiop12", Some("password.guessable")),
            ("one letter", "aaaaaaaaaaaaaaaa", Some("password.guessable")),
            ("the account's own words", "phong-kinh-te-2026", Some("password.guessable")),
            ("unrelated words", "gieng nuoc con meo vang", None),
            ("random letters", "r7Wq-tz0p-Lm4x", None),
        ] {
            let told = check(password, &["phong-kinh-te", "Phòng Kinh tế"]).err().map(|error| error.code().to_owned());
            assert_eq!(told.as_deref(), expected, "{name}");
        }
    }

    #[tokio::test]
    async fn an_unknown_name_costs_as_much_as_a_known_one() {
        let stand_in = argon2::PasswordHash::new(NOBODYS_HASH).unwrap();
        let desks = Argon2::default().hash_password_with_salt(b"password", &[7; 16]).unwrap();
        assert_eq!(stand_in.algorithm, desks.algorithm);
        assert_eq!(stand_in.params, desks.params);
        assert!(!matches("", None).await);
    }

    #[tokio::test]
    async fn a_password_is_the_same_with_composed_letters_and_in_parts() {
        let composed = Argon2::default().hash_password_with_salt("giếng nước".as_bytes(), &[7; 16]).unwrap();
        let parts = "gie\u{302}\u{301}ng nu\u{31b}o\u{31b}\u{301}c";
        assert!(matches(parts, Some(PasswordHash(composed.to_string()))).await);
    }
}
