//! Tokens of programs: named, scoped, ending, revocable, shown once.

use std::fmt;

use hatang_core::{Text, Viewer};
use hatang_store::AccessToken;
use jiff::SignedDuration;
use uuid::Uuid;

use super::{
    Account, Token,
    administer::{administered_by_name, note},
    digest,
    session::Recognised,
};
use crate::{
    desk::Desk,
    error::{DeskError, ErrorKind},
};

/// Begins every token of a program, so that a scanner for leaked secrets recognises one.
pub const PREFIX: &str = "hatang_";

/// The longest that a token lasts, in days.
pub const DAYS_AT_MOST: u32 = 365;

/// How many living tokens an account may have.
const TOKENS_AT_MOST: usize = 50;

/// One thing that a token may do, as far as its account may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// Read what the account may see.
    Read,
    /// Have build requests judged, without filing them.
    Screen,
    /// Enter and amend assets.
    Register,
    /// Make any other change that the account may make.
    Change,
}

impl Scope {
    /// Every scope.
    pub const ALL: [Self; 4] = [Self::Read, Self::Screen, Self::Register, Self::Change];

    /// The scope as a word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Screen => "screen",
            Self::Register => "register",
            Self::Change => "change",
        }
    }
}

/// What a token may do. Its rights are what both its scopes and its account's role allow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scopes(Vec<Scope>);

impl Scopes {
    /// Reads words.
    ///
    /// # Errors
    /// [`ErrorKind::BadInput`] for a word that is no scope, and for no word at all.
    pub fn parse<'a>(words: impl IntoIterator<Item = &'a str>) -> Result<Self, DeskError> {
        let mut scopes = Vec::new();
        for word in words {
            let found = Scope::ALL.into_iter().find(|scope| scope.code() == word);
            scopes.push(found.ok_or_else(|| scope_unknown(word))?);
        }
        scopes.sort_unstable();
        scopes.dedup();
        if scopes.is_empty() { Err(scope_unknown("")) } else { Ok(Self(scopes)) }
    }

    /// Reads what is stored: a word of another version allows nothing.
    pub(crate) fn parse_stored(words: &str) -> Self {
        let known = |word| Scope::ALL.into_iter().find(|scope| scope.code() == word);
        Self(words.split(' ').filter_map(known).collect())
    }

    /// Whether a scope is among them.
    #[must_use]
    pub fn cover(&self, scope: Scope) -> bool {
        self.0.contains(&scope)
    }
}

impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<&str> = self.0.iter().map(|scope| scope.code()).collect();
        f.write_str(&words.join(" "))
    }
}

/// Makes a token for one's own account. The token is given out here and never again.
///
/// # Errors
/// [`ErrorKind::BadInput`] for a name or a time that is not taken, [`ErrorKind::Conflict`] when there are too many.
pub async fn make_token(
    desk: &Desk,
    me: &Recognised,
    name: &str,
    scopes: &Scopes,
    days: u32,
) -> Result<(Token, AccessToken), DeskError> {
    make(desk, &me.viewer(desk), &me.account, name, scopes, days).await
}

/// Makes a token for an account by its name; for the installation's own commands.
///
/// # Errors
/// As [`make_token`], and [`ErrorKind::NotFound`] when there is no such account.
pub async fn make_token_for(
    desk: &Desk,
    who: &Viewer,
    account: &str,
    name: &str,
    scopes: &Scopes,
    days: u32,
) -> Result<(Token, AccessToken), DeskError> {
    let account = administered_by_name(desk, who, account).await?;
    make(desk, who, &account, name, scopes, days).await
}

async fn make(
    desk: &Desk,
    who: &Viewer,
    account: &Account,
    name: &str,
    scopes: &Scopes,
    days: u32,
) -> Result<(Token, AccessToken), DeskError> {
    let name = name.trim();
    if !(1..=80).contains(&name.chars().count()) || name.chars().any(char::is_control) {
        return Err(DeskError::input(
            ErrorKind::BadInput,
            "token.name",
            name,
            "Tên mã truy cập có từ 1 đến 80 ký tự.",
            "A token's name has 1 to 80 characters.",
        ));
    }
    if !(1..=DAYS_AT_MOST).contains(&days) {
        return Err(DeskError::input(
            ErrorKind::BadInput,
            "token.days",
            days,
            "Mã truy cập có hạn từ 1 đến 365 ngày.",
            "A token lasts from 1 to 365 days.",
        ));
    }
    let now = desk.edge.now();
    let living = desk.store.access_tokens(account.id).await?;
    if TOKENS_AT_MOST <= living.iter().filter(|it| it.revoked_at.is_none() && now < it.expires_at).count() {
        return Err(DeskError::input(
            ErrorKind::Conflict,
            "token.too_many",
            TOKENS_AT_MOST,
            "Tài khoản đã có quá nhiều mã truy cập còn hạn; hãy thu hồi bớt.",
            "The account has too many living tokens; revoke some first.",
        ));
    }
    let token = Token::new(desk, PREFIX);
    let kept = AccessToken {
        id: desk.edge.new_uuid(),
        account: account.id,
        name: name.to_owned(),
        scopes: scopes.to_string(),
        created_at: now,
        expires_at: now + SignedDuration::from_hours(24 * i64::from(days)),
        used_at: None,
        revoked_at: None,
    };
    desk.store.put_access_token(&kept, digest(token.as_str())).await?;
    note(desk, who, account.id, &format!("token:{} made for {scopes}", kept.id));
    Ok((token, kept))
}

/// One's own tokens, newest first, also those that have ended.
///
/// # Errors
/// [`DeskError::Store`] when the store cannot be read.
pub async fn list_tokens(desk: &Desk, me: &Recognised) -> Result<Vec<AccessToken>, DeskError> {
    Ok(desk.store.access_tokens(me.account.id).await?)
}

/// Revokes one of one's own tokens, at once and for good.
///
/// # Errors
/// [`ErrorKind::NotFound`] when there is none to revoke.
pub async fn revoke_token(desk: &Desk, me: &Recognised, id: Uuid) -> Result<(), DeskError> {
    if desk.store.revoke_access_token(me.account.id, id, desk.edge.now()).await? {
        note(desk, &me.viewer(desk), me.account.id, &format!("token:{id} revoked"));
        return Ok(());
    }
    Err(DeskError::Input {
        kind: ErrorKind::NotFound,
        code: "token.not_there",
        value: Some(id.to_string()),
        text: Text::new(
            "Không có mã truy cập này, hoặc mã đã bị thu hồi.",
            "There is no such token, or it was revoked.",
        ),
    })
}

fn scope_unknown(word: &str) -> DeskError {
    DeskError::input(
        ErrorKind::BadInput,
        "token.scope",
        word,
        "Phạm vi của mã truy cập là một hoặc nhiều trong: read, screen, register, change.",
        "A token's scopes are one or more of: read, screen, register, change.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_are_words_of_a_list() {
        assert_eq!(Scopes::parse(["screen", "read", "read"]).unwrap().to_string(), "read screen");
        for words in [vec![], vec!["everything"], vec!["read", ""]] {
            assert!(Scopes::parse(words.clone()).is_err(), "{words:?}");
        }
        let stored = Scopes::parse_stored("read of-a-later-version");
        assert!(stored.cover(Scope::Read) && !stored.cover(Scope::Change));
    }
}
