//! What handlers take from a request, refused in both languages when it cannot be used.

use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Request},
    http::{StatusCode, request::Parts},
};
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::problem::Problem;

/// The largest body that is read, in mebibytes.
pub(crate) const BODY_AT_MOST_MIB: usize = 4;

/// The query, typed. A name that the operation does not know is refused rather than overlooked.
pub(crate) struct Query<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        let query = axum::extract::Query::<T>::try_from_uri(&parts.uri);
        query.map(|axum::extract::Query(query)| Self(query)).map_err(|rejection| {
            Problem::input(
                "query.invalid",
                parts.uri.query().unwrap_or_default(),
                "Có tham số truy vấn không hợp lệ hoặc không được hỗ trợ; xem /api/openapi.json.",
                format!("{}; see /api/openapi.json.", rejection.body_text()),
            )
        })
    }
}

/// The body's bytes, up to [`BODY_AT_MOST_MIB`].
pub(crate) struct Body(pub(crate) Bytes);

impl<S: Send + Sync> FromRequest<S> for Body {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        match Bytes::from_request(request, state).await {
            Ok(bytes) => Ok(Self(bytes)),
            Err(rejection) if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => {
                Err(Problem::body_too_large(BODY_AT_MOST_MIB))
            }
            Err(rejection) => Err(Problem::input(
                "body.unreadable",
                rejection.body_text(),
                "Không đọc được nội dung gửi lên.",
                "The body cannot be read.",
            )),
        }
    }
}

/// The body as JSON of a known form.
pub(crate) struct Json<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let Body(bytes) = Body::from_request(request, state).await?;
        serde_json::from_slice(&bytes).map(Self).map_err(|error| {
            // The body may hold a password: the place of the fault is told, its text is not.
            Problem::input(
                "body.not_json",
                format!("{}:{}", error.line(), error.column()),
                "Nội dung gửi lên không phải JSON đúng dạng; xem /api/openapi.json.",
                "The body is not JSON of the expected form; see /api/openapi.json.",
            )
        })
    }
}

/// An identity in a path. What is none names nothing, which is all that is said.
pub(crate) fn identity(text: &str) -> Result<Uuid, Problem> {
    Uuid::try_parse(text).map_err(|_| Problem::not_found(text))
}
