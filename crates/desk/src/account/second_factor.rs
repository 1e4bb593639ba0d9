//! The second factor: enrolling, giving a code, and codes for the day that the telephone is lost.

use std::fmt::Write;

use data_encoding::BASE32_NOPAD;
use hatang_core::{AccessKind, Text};
use hatang_store::{Hash, Stage};

use super::{
    Account, Code, Origin, administer, must_have_second_factor,
    session::{self, Recognised},
    sign_in::{self, SignedIn},
    totp, viewer,
};
use crate::{
    desk::Desk,
    error::{DeskError, ErrorKind},
};

/// How many recovery codes there are at a time.
pub const RECOVERY_CODES: usize = 10;

/// What an authenticator application needs.
#[derive(Debug)]
pub struct Enrolment {
    /// The key in base32, to type.
    pub key: String,
    /// The same as an address that applications read from a QR code.
    pub uri: String,
}

/// Makes a key for one's own second factor; it counts once a code of it was given.
///
/// # Errors
/// [`ErrorKind::Conflict`] when there is a second factor already.
pub async fn begin_enrolment(desk: &Desk, me: &Recognised) -> Result<Enrolment, DeskError> {
    let mut secret = [0; 20];
    (desk.edge.random)(&mut secret);
    if !desk.store.begin_second_factor(me.account.id, &secret).await? {
        return Err(DeskError::input(
            ErrorKind::Conflict,
            "second_factor.there",
            &me.account.name,
            "Tài khoản đã có xác thực hai lớp. Hãy bỏ lớp cũ trước, hoặc nhờ người quản trị đặt lại.",
            "This account has a second factor. Remove it first, or ask your administrator to reset it.",
        ));
    }
    let key = BASE32_NOPAD.encode(&secret);
    let name = encoded(&me.account.name);
    let uri = format!(
        "otpauth://totp/Hatang:{name}?secret={key}&issuer=Hatang&algorithm=SHA1&digits={}&period={}",
        totp::DIGITS,
        totp::STEP_S
    );
    Ok(Enrolment { key, uri })
}

/// Confirms the key with a first code: it counts from now on, recovery codes are made, and the session is a full one
/// under a new token.
///
/// # Errors
/// [`ErrorKind::Refused`] for a wrong code, [`ErrorKind::Conflict`] when there is nothing to confirm.
pub async fn confirm_enrolment(
    desk: &Desk,
    me: Recognised,
    code: &str,
    origin: &Origin,
) -> Result<(SignedIn, Vec<Code>), DeskError> {
    let waiting = desk.store.second_factor(me.account.id).await?.filter(|factor| !factor.confirmed);
    if waiting.is_none() {
        return Err(none_there(&me.account));
    }
    take(desk, &me.account, code, origin).await?;
    let codes = renew_recovery_codes(desk, &me.account).await?;
    note(desk, &me.account, "second factor enrolled");
    Ok((session::finish(desk, me, origin).await?, codes))
}

/// Gives the second factor of a session that waits for it: a code of the application, or a recovery code.
///
/// # Errors
/// [`ErrorKind::Refused`] for a wrong or used code, [`ErrorKind::TooMany`] after too many.
pub async fn give_second_factor(
    desk: &Desk,
    me: Recognised,
    code: &str,
    origin: &Origin,
) -> Result<SignedIn, DeskError> {
    if me.stage() != Stage::SecondFactor {
        return Err(none_there(&me.account));
    }
    take(desk, &me.account, code, origin).await?;
    session::finish(desk, me, origin).await
}

/// Makes new recovery codes; the old ones are worth nothing any more.
///
/// # Errors
/// [`ErrorKind::Refused`] for a wrong or used code.
pub async fn new_recovery_codes(
    desk: &Desk,
    me: &Recognised,
    code: &str,
    origin: &Origin,
) -> Result<Vec<Code>, DeskError> {
    confirmed(desk, &me.account).await?;
    take(desk, &me.account, code, origin).await?;
    note(desk, &me.account, "recovery codes renewed");
    renew_recovery_codes(desk, &me.account).await
}

/// Gives one's own second factor up.
///
/// # Errors
/// [`ErrorKind::Refused`] for a wrong code, and for roles that must have one.
pub async fn drop_second_factor(desk: &Desk, me: &Recognised, code: &str, origin: &Origin) -> Result<(), DeskError> {
    if must_have_second_factor(desk, &me.account) {
        return Err(DeskError::input(
            ErrorKind::Refused,
            "second_factor.demanded",
            me.account.role,
            "Vai trò này bắt buộc xác thực hai lớp; người quản trị có thể đặt lại khi mất điện thoại.",
            "This role demands a second factor; an administrator can reset it when a telephone is lost.",
        ));
    }
    confirmed(desk, &me.account).await?;
    take(desk, &me.account, code, origin).await?;
    desk.store.drop_second_factor(me.account.id).await?;
    note(desk, &me.account, "second factor given up");
    Ok(())
}

/// Whether an account has a second factor that counts, and how many recovery codes are left.
pub(crate) async fn standing(desk: &Desk, account: &Account) -> Result<(bool, u32), DeskError> {
    let has_one = desk.store.second_factor(account.id).await?.is_some_and(|factor| factor.confirmed);
    Ok((has_one, desk.store.recovery_codes_left(account.id).await?))
}

fn note(desk: &Desk, account: &Account, what: &str) {
    administer::note(desk, &viewer(desk, account), account.id, what);
}

/// Takes a code once, counted like an attempt at the password.
async fn take(desk: &Desk, account: &Account, typed: &str, origin: &Origin) -> Result<(), DeskError> {
    sign_in::count_attempt(desk, &account.name, origin).await?;
    let factor = desk.store.second_factor(account.id).await?.ok_or_else(|| none_there(account))?;
    let taken = match totp::step_of(&factor.secret, typed, desk.edge.now()) {
        Some(step) => desk.store.take_code_of_step(account.id, step).await?,
        None => factor.confirmed && desk.store.take_recovery_code(account.id, Code::digest(typed)).await?,
    };
    if !taken {
        desk.audit(AccessKind::SignInRefused, &viewer(desk, account), "second factor");
        return Err(DeskError::Input {
            kind: ErrorKind::Refused,
            code: "second_factor.refused",
            value: None,
            text: Text::new(
                "Mã không đúng, đã hết hạn hoặc đã dùng. Hãy chờ mã mới trên điện thoại rồi nhập lại.",
                "The code is wrong, too old, or was used. Wait for the next one on your telephone and try again.",
            ),
        });
    }
    sign_in::forget_attempts(desk, &account.name, origin).await
}

async fn confirmed(desk: &Desk, account: &Account) -> Result<(), DeskError> {
    let has_one = desk.store.second_factor(account.id).await?.is_some_and(|factor| factor.confirmed);
    if has_one { Ok(()) } else { Err(none_there(account)) }
}

async fn renew_recovery_codes(desk: &Desk, account: &Account) -> Result<Vec<Code>, DeskError> {
    let codes: Vec<Code> = std::iter::repeat_with(|| Code::new(desk)).take(RECOVERY_CODES).collect();
    let hashes: Vec<Hash> = codes.iter().map(|code| Code::digest(code.as_str())).collect();
    desk.store.put_recovery_codes(account.id, &hashes).await?;
    Ok(codes)
}

fn none_there(account: &Account) -> DeskError {
    DeskError::input(
        ErrorKind::Conflict,
        "second_factor.absent",
        &account.name,
        "Tài khoản không ở bước xác thực hai lớp này.",
        "This account is not at this step of the second factor.",
    )
}

/// A name in an address: everything but plain letters and digits in percent signs.
fn encoded(name: &str) -> String {
    name.bytes().fold(String::new(), |mut text, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            let _ = write!(text, "%{byte:02X}");
        }
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_any_letters_fits_into_an_address() {
        assert_eq!(encoded("kinh-tế 1"), "kinh-t%E1%BA%BF%201");
    }
}
