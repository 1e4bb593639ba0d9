//! Who is looking: from the session cookie of a browser or the bearer token of a program.

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header, request::Parts},
};
use hatang_core::Viewer;
use hatang_desk::account::{
    Stage,
    session::{Recognised, recognise},
};

use crate::{AppState, problem::Problem, scope::scope_of};

/// The cookie that holds a browser's session.
const COOKIE: &str = "hatang_session";

/// What a client shows to be recognised.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Credential<'a> {
    /// A browser's cookie, sent along whether or not it still means anything.
    Cookie(&'a str),
    /// A program's token, sent on purpose.
    Bearer(&'a str),
}

impl<'a> Credential<'a> {
    /// A token sent on purpose counts before a cookie.
    pub(crate) fn of(headers: &'a HeaderMap) -> Option<Self> {
        let texts = |name| headers.get_all(name).into_iter().filter_map(|value| value.to_str().ok());
        let bearer = texts(header::AUTHORIZATION).find_map(|value| {
            let (scheme, token) = value.split_once(' ')?;
            scheme.eq_ignore_ascii_case("bearer").then(|| Self::Bearer(token.trim()))
        });
        bearer.or_else(|| cookie(headers, COOKIE).map(Self::Cookie))
    }

    pub(crate) const fn token(&self) -> &'a str {
        match self {
            Self::Cookie(token) | Self::Bearer(token) => token,
        }
    }
}

/// A cookie by its name.
pub(crate) fn cookie<'a>(headers: &'a HeaderMap, wanted: &str) -> Option<&'a str> {
    let lines = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    let mut pairs = lines.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == wanted).map(|(_, value)| value)
}

/// The cookie that begins a session, or ends it when there is no token: out of reach of scripts and of other sites.
pub(crate) fn set_cookie(token: Option<&str>, secure: bool) -> String {
    let secure = if secure { "; Secure" } else { "" };
    let end = if token.is_none() { "; Max-Age=0" } else { "" };
    format!("{COOKIE}={}; HttpOnly; SameSite=Lax; Path=/{secure}{end}", token.unwrap_or_default())
}

impl FromRequestParts<AppState> for Viewer {
    type Rejection = Problem;

    /// A cookie whose session has ended is that of somebody who has not signed in; such a bearer token is refused.
    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        // Several arguments of one handler may ask who is looking.
        if let Some(known) = parts.extensions.get::<Self>() {
            return Ok(known.clone());
        }
        let who = match Credential::of(&parts.headers) {
            None => Self::public(),
            Some(credential) => match (known(parts, state).await?, credential) {
                (Some(known), credential) => {
                    if matches!(credential, Credential::Bearer(_)) && known.stage() != Stage::Full {
                        return Err(Problem::session_unfinished());
                    }
                    let asked = scope_of(&parts.method, parts.uri.path());
                    if known.scopes.as_ref().is_some_and(|scopes| !asked.is_some_and(|asked| scopes.cover(asked))) {
                        return Err(Problem::out_of_scope());
                    }
                    known.viewer(&state.desk)
                }
                (None, Credential::Cookie(_)) => Self::public(),
                (None, Credential::Bearer(_)) => return Err(Problem::session_unknown()),
            },
        };
        parts.extensions.insert(who.clone());
        Ok(who)
    }
}

/// Whom the request's credential stands for, as the store knows it now.
async fn known(parts: &Parts, state: &AppState) -> Result<Option<Recognised>, Problem> {
    match Credential::of(&parts.headers) {
        Some(credential) => Ok(recognise(&state.desk, credential.token()).await?),
        None => Ok(None),
    }
}

/// Somebody who has begun to sign in, in person: never a program with a token of its own.
pub(crate) struct Anybody(pub(crate) Recognised);

impl FromRequestParts<AppState> for Anybody {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        if Credential::of(&parts.headers).is_none() {
            return Err(Problem::session_required());
        }
        let Some(known) = known(parts, state).await? else { return Err(Problem::session_unknown()) };
        if known.session.is_none() { Err(Problem::out_of_scope()) } else { Ok(Self(known)) }
    }
}

/// Somebody who has signed in all the way, in person.
pub(crate) struct Me(pub(crate) Recognised);

impl FromRequestParts<AppState> for Me {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let Anybody(known) = Anybody::from_request_parts(parts, state).await?;
        if known.stage() == Stage::Full { Ok(Self(known)) } else { Err(Problem::session_unfinished()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_credential_is_found_among_other_headers() {
        type Headers<'a> = &'a [(&'a str, &'a str)];
        let cases: [(&str, Headers<'_>, Option<Credential<'_>>); 7] = [
            ("nothing", &[], None),
            ("a cookie", &[("cookie", "hatang_session=abc")], Some(Credential::Cookie("abc"))),
            ("among others", &[("cookie", "a=b; hatang_session=abc; c=d")], Some(Credential::Cookie("abc"))),
            (
                "in a second header",
                &[("cookie", "a=b"), ("cookie", "hatang_session=abc")],
                Some(Credential::Cookie("abc")),
            ),
            ("only others", &[("cookie", "my_hatang_session=abc")], None),
            ("a token", &[("authorization", "bearer abc")], Some(Credential::Bearer("abc"))),
            ("another scheme", &[("authorization", "Basic abc")], None),
        ];
        for (name, headers, expected) in cases {
            let mut map = HeaderMap::new();
            for (header, value) in headers {
                map.append(*header, value.parse().unwrap());
            }
            assert_eq!(Credential::of(&map), expected, "{name}");
        }
    }

    #[test]
    fn the_cookie_is_for_this_site_alone() {
        assert_eq!(set_cookie(Some("abc"), true), "hatang_session=abc; HttpOnly; SameSite=Lax; Path=/; Secure");
        assert_eq!(set_cookie(None, false), "hatang_session=; HttpOnly; SameSite=Lax; Path=/; Max-Age=0");
    }
}
