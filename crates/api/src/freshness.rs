//! Whether what a client kept is still true, so that it need not be sent again.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use axum::{
    extract::FromRequestParts,
    http::{HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use hatang_core::Viewer;

use crate::AppState;

/// The tag of a reply that depends on nothing but what the viewer may see and the question.
///
/// As an argument it answers `304 Not Modified` by itself when the client's copy has the same tag.
pub(crate) struct Fresh(HeaderValue);

/// A reply that the client may keep, if it asks each time whether its copy is still true.
pub(crate) struct Kept<T> {
    reply: T,
    tag: HeaderValue,
}

/// Nobody in between may keep it: another viewer may see more or less.
const PRIVATE: HeaderValue = HeaderValue::from_static("private, no-cache");

impl Fresh {
    pub(crate) fn keep<T>(self, reply: T) -> Kept<T> {
        Kept { reply, tag: self.0 }
    }
}

impl FromRequestParts<AppState> for Fresh {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Response> {
        let viewer = Viewer::from_request_parts(parts, state).await.map_err(IntoResponse::into_response)?;
        let mut hasher = DefaultHasher::new();
        state.build.hash(&mut hasher);
        // What the viewer may not see moves no tag.
        state.desk.read(|registry| registry.seen_by(&viewer).progress()).hash(&mut hasher);
        (viewer.role, &viewer.organisation, &viewer.territory).hash(&mut hasher);
        // Works are published for a while ahead: another day shows others.
        state.desk.today().hash(&mut hasher);
        // A delegation begins and ends with a day, without anything new in a journal.
        viewer.delegations.hash(&mut hasher);
        // A verdict involves an applicant with a host, without anything new in the registry.
        viewer.involved.hash(&mut hasher);
        (parts.uri.path(), parts.uri.query()).hash(&mut hasher);
        // Weak, because the same reply may travel compressed or not.
        let tag = format!("W/\"{:016x}\"", hasher.finish());
        let kept = parts.headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
        let is_current = kept.flat_map(|value| value.split(',')).any(|kept| kept.trim() == tag);
        let tag = HeaderValue::try_from(tag).map_err(|_| crate::problem::Problem::internal().into_response())?;
        if is_current { Err(Kept { reply: StatusCode::NOT_MODIFIED, tag }.into_response()) } else { Ok(Self(tag)) }
    }
}

impl<T: IntoResponse> IntoResponse for Kept<T> {
    fn into_response(self) -> Response {
        ([(header::ETAG, self.tag), (header::CACHE_CONTROL, PRIVATE)], self.reply).into_response()
    }
}
