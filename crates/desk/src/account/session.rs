//! Sessions: beginning, recognising, listing and ending them.

use hatang_core::{AccessKind, Text, Viewer};
use hatang_store::{Account, Hash, NewSession, Session, SessionTimes, Stage};
use jiff::SignedDuration;
use uuid::Uuid;

use super::{
    Origin, Token, digest,
    sign_in::SignedIn,
    token::{PREFIX, Scopes},
    viewer,
};
use crate::{
    desk::Desk,
    error::{DeskError, ErrorKind},
};

/// A session ends after so long without use,
pub const IDLE: SignedDuration = SignedDuration::from_hours(1);

/// and in any case after so long: a working day.
pub const AT_MOST: SignedDuration = SignedDuration::from_hours(12);

/// One that still waits for a second factor ends sooner.
const UNFINISHED: SignedDuration = SignedDuration::from_mins(10);

pub(crate) const TIMES: SessionTimes = SessionTimes { idle: IDLE, noted_every: SignedDuration::from_mins(1) };

/// The longest description of a browser that is kept, in characters.
const CLIENT_AT_MOST: usize = 200;

/// Somebody who was recognised by a token.
#[derive(Clone, Debug)]
pub struct Recognised {
    /// Who it is.
    pub account: Account,
    /// The session, unless a program's token was shown.
    pub session: Option<Session>,
    /// SHA-256 of the session's token.
    pub(crate) session_token: Option<Hash>,
    /// What a program's token may do; a session may do all that its account may.
    pub scopes: Option<Scopes>,
}

impl Recognised {
    /// How far signing in has come.
    #[must_use]
    pub fn stage(&self) -> Stage {
        self.session.as_ref().map_or(Stage::Full, |session| session.stage)
    }

    /// Who is looking: nobody yet while a second factor is missing.
    #[must_use]
    pub fn viewer(&self, desk: &Desk) -> Viewer {
        if self.stage() == Stage::Full { viewer(desk, &self.account) } else { Viewer::public() }
    }
}

/// Whom a token stands for, of a session or of a program; `None` when it is unknown, ended or its account is closed.
///
/// # Errors
/// [`DeskError::Store`] when the store cannot be read.
pub async fn recognise(desk: &Desk, token: &str) -> Result<Option<Recognised>, DeskError> {
    let (hash, now) = (digest(token), desk.edge.now());
    if token.starts_with(PREFIX) {
        let found = desk.store.access_token(hash, now, TIMES.noted_every).await?;
        if let Some((account, token)) = &found
            && token.used_at.is_none_or(|used| used <= now - IDLE)
        {
            // Like a sign-in: noted when it begins again after a pause, not for each request.
            desk.audit(AccessKind::SignIn, &viewer(desk, account), &format!("token:{}", token.id));
        }
        return Ok(found.map(|(account, token)| Recognised {
            account,
            session: None,
            session_token: None,
            scopes: Some(Scopes::parse_stored(&token.scopes)),
        }));
    }
    let found = desk.store.session_of(hash, now, TIMES).await?;
    Ok(found.map(|(account, session)| Recognised {
        account,
        session: Some(session),
        session_token: Some(hash),
        scopes: None,
    }))
}

/// The account that has signed in all the way with a token.
///
/// # Errors
/// [`DeskError::Store`] when the store cannot be read.
pub async fn account_of(desk: &Desk, token: &str) -> Result<Option<Account>, DeskError> {
    Ok(recognise(desk, token).await?.filter(|known| known.stage() == Stage::Full).map(|known| known.account))
}

/// Begins a session; `by` says for the access log what opened it.
pub(crate) async fn begin(
    desk: &Desk,
    account: Account,
    stage: Stage,
    origin: &Origin,
    by: &str,
) -> Result<SignedIn, DeskError> {
    let token = Token::new(desk, "");
    let began_at = desk.edge.now();
    let client = origin.client.as_ref().map(|client| client.chars().take(CLIENT_AT_MOST).collect());
    let session = NewSession {
        token_hash: digest(token.as_str()),
        id: desk.edge.new_uuid(),
        account: account.id,
        stage,
        began_at,
        expires_at: began_at + if stage == Stage::Full { AT_MOST } else { UNFINISHED },
        address: origin.address.clone(),
        client,
    };
    desk.store.put_session(&session).await?;
    // One that is not finished is no sign-in yet; what follows it is noted when it ends, either way.
    if stage == Stage::Full {
        desk.audit(AccessKind::SignIn, &viewer(desk, &account), by);
    }
    Ok(SignedIn { token, account, stage })
}

/// Goes all the way: the unfinished session ends, and one with a new token begins, so that what was known before the
/// second factor opens nothing after it.
pub(crate) async fn finish(desk: &Desk, me: Recognised, origin: &Origin) -> Result<SignedIn, DeskError> {
    if let Some(token) = me.session_token {
        desk.store.end_session(token).await?;
    }
    begin(desk, me.account, Stage::Full, origin, "second factor").await
}

/// Ends a session. Ending one that is not there is no failure.
///
/// # Errors
/// [`DeskError::Store`] when the store cannot be written.
pub async fn sign_out(desk: &Desk, token: &str) -> Result<(), DeskError> {
    if let Some(known) = recognise(desk, token).await?.filter(|known| known.session.is_some()) {
        desk.audit(AccessKind::SignOut, &known.viewer(desk), "session");
    }
    Ok(desk.store.end_session(digest(token)).await?)
}

/// One's own sessions, newest first.
///
/// # Errors
/// [`DeskError::Store`] when the store cannot be read.
pub async fn list_sessions(desk: &Desk, me: &Recognised) -> Result<Vec<Session>, DeskError> {
    Ok(desk.store.sessions(me.account.id, desk.edge.now(), TIMES).await?)
}

/// Ends one of one's own sessions.
///
/// # Errors
/// [`ErrorKind::NotFound`] when there is no such session.
pub async fn end_session(desk: &Desk, me: &Recognised, id: Uuid) -> Result<(), DeskError> {
    if desk.store.end_session_of(me.account.id, id).await? {
        return Ok(());
    }
    Err(DeskError::Input {
        kind: ErrorKind::NotFound,
        code: "session.not_there",
        value: Some(id.to_string()),
        text: Text::new("Không có phiên này, hoặc phiên đã kết thúc.", "There is no such session, or it has ended."),
    })
}

/// Ends all of one's own sessions but the present one, and says how many.
///
/// # Errors
/// [`DeskError::Store`] when the store cannot be written.
pub async fn end_other_sessions(desk: &Desk, me: &Recognised) -> Result<u64, DeskError> {
    let kept = me.session.as_ref().map_or_else(Uuid::nil, |session| session.id);
    Ok(desk.store.end_other_sessions(me.account.id, kept).await?)
}
