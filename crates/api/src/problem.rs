//! What went wrong, in words for people in both languages and with a stable code for programs (RFC 9457).

use std::any::Any;

use axum::{
    Json,
    http::{Method, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use hatang_core::Text;
use hatang_desk::{DeskError, ErrorKind, error::Finding};
use serde::Serialize;
use utoipa::ToSchema;

/// Every error of every operation, as `application/problem+json`.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Problem {
    /// Always `about:blank`: the status says what kind of problem it is, `code` which one.
    #[serde(rename = "type")]
    #[schema(example = "about:blank")]
    type_uri: &'static str,
    /// The status in words.
    title: &'static str,
    /// The HTTP status.
    status: u16,
    /// Which problem it is; the code never changes its meaning.
    #[schema(example = "box.invalid")]
    code: &'static str,
    /// The value that is at fault, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    value: Option<Box<str>>,
    /// A sentence in Vietnamese.
    #[schema(value_type = String)]
    detail_vi: Box<str>,
    /// The same sentence in English.
    #[schema(value_type = String)]
    detail_en: Box<str>,
    /// Everything that is wrong with the fields of a record, or with the rows of a file, that was sent, when that is the
    /// problem.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    #[schema(value_type = Vec<FieldProblem>, required = false)]
    fields: Box<[FieldProblem]>,
}

/// What is wrong with one field.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct FieldProblem {
    /// The row of a file, as a spreadsheet shows it, or the number of a feature, from 1; absent for a record.
    #[serde(skip_serializing_if = "Option::is_none")]
    row: Option<u32>,
    /// The field's name in files; null for the record as a whole.
    #[schema(required)]
    field: Option<String>,
    /// The value as given.
    #[schema(required)]
    value: Option<String>,
    /// What is wrong, in Vietnamese.
    detail_vi: String,
    /// The same in English.
    detail_en: String,
}

/// A problem's code, beside the reply for those who stand behind the operation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ProblemCode(pub(crate) &'static str);

/// The longest offending value that is sent back, in characters.
const VALUE_AT_MOST: usize = 200;

impl Problem {
    /// A problem without an offending value.
    pub(crate) fn new(status: StatusCode, code: &'static str, detail: Text) -> Self {
        Self {
            type_uri: "about:blank",
            title: status.canonical_reason().unwrap_or("Error"),
            status: status.as_u16(),
            code,
            value: None,
            detail_vi: sentence(detail.vi),
            detail_en: sentence(detail.en),
            fields: Box::default(),
        }
    }

    /// The same problem, naming the value at fault.
    pub(crate) fn with_value(self, value: impl Into<String>) -> Self {
        let value = value.into();
        let shortened = value.char_indices().nth(VALUE_AT_MOST).map(|(end, _)| format!("{}…", &value[..end]));
        Self { value: Some(shortened.unwrap_or(value).into()), ..self }
    }

    /// The same problem under the code that this operation promises.
    pub(crate) fn coded(self, code: impl FnOnce(&'static str) -> &'static str) -> Self {
        Self { code: code(self.code), ..self }
    }

    /// A part of the query or of the path that cannot be used.
    pub(crate) fn input(
        code: &'static str,
        value: impl Into<String>,
        vi: impl Into<String>,
        en: impl Into<String>,
    ) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, Text::new(vi, en)).with_value(value)
    }

    /// There is no such thing, or the viewer may not know of it.
    pub(crate) fn not_found(what: impl Into<String>) -> Self {
        let detail = Text::new("Không tìm thấy nội dung này.", "There is nothing here.");
        Self::new(StatusCode::NOT_FOUND, "not_found", detail).with_value(what)
    }

    /// The path exists, and not for this method.
    pub(crate) fn method_not_allowed(method: &Method, uri: &Uri) -> Self {
        let detail = Text::new(
            "Địa chỉ này không nhận phương thức vừa dùng.",
            "This address does not answer the method that was used.",
        );
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "method.not_allowed", detail)
            .with_value(format!("{method} {}", uri.path()))
    }

    /// More bytes than the server reads.
    pub(crate) fn body_too_large(limit_mib: usize) -> Self {
        let detail = Text::new(
            format!("Nội dung gửi lên vượt quá {limit_mib} MiB."),
            format!("The body is larger than {limit_mib} MiB."),
        );
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "body.too_large", detail)
    }

    /// A token that opens nothing, or nothing any more.
    pub(crate) fn session_unknown() -> Self {
        let detail = Text::new(
            "Phiên đăng nhập không tồn tại hoặc đã hết hạn. Hãy đăng nhập lại.",
            "There is no such session, or it has ended. Sign in again.",
        );
        Self::new(StatusCode::UNAUTHORIZED, "session.unknown", detail)
    }

    /// Signed in by half: the second factor is still missing.
    pub(crate) fn session_unfinished() -> Self {
        let detail = Text::new(
            "Chưa xong đăng nhập: còn thiếu bước xác thực hai lớp.",
            "Signing in is not finished: the second factor is still missing.",
        );
        Self::new(StatusCode::UNAUTHORIZED, "session.unfinished", detail)
    }

    /// A token that is good, and not for this.
    pub(crate) fn out_of_scope() -> Self {
        let detail = Text::new(
            "Mã truy cập này không có phạm vi cho việc đó. Việc quản lý tài khoản chỉ làm được khi đăng nhập.",
            "This token has no scope for that. Accounts are managed by people who sign in, never by a token.",
        );
        Self::new(StatusCode::FORBIDDEN, "token.out_of_scope", detail)
    }

    /// The sign-on service did not vouch for anybody, or its word does not hold. Why is in the log.
    pub(crate) fn sign_on_refused() -> Self {
        let detail = Text::new(
            "Dịch vụ đăng nhập một lần không xác nhận danh tính này. Hãy thử lại hoặc dùng mật khẩu.",
            "The sign-on service does not vouch for this identity. Try again or use your password.",
        );
        Self::new(StatusCode::FORBIDDEN, "sign_on.refused", detail)
    }

    /// The sign-on service does not answer.
    pub(crate) fn sign_on_unreachable() -> Self {
        let detail = Text::new(
            "Không liên hệ được với dịch vụ đăng nhập một lần. Hãy dùng mật khẩu hoặc thử lại sau.",
            "The sign-on service does not answer. Use your password or try again later.",
        );
        Self::new(StatusCode::BAD_GATEWAY, "sign_on.unreachable", detail)
    }

    /// The code, for places that cannot show a whole problem.
    pub(crate) const fn code(&self) -> &'static str {
        self.code
    }

    /// Only for those who have signed in.
    pub(crate) fn session_required() -> Self {
        let detail = Text::new("Hãy đăng nhập để xem nội dung này.", "Sign in to see this.");
        Self::new(StatusCode::UNAUTHORIZED, "session.required", detail)
    }

    /// Signed in, and not for this role.
    pub(crate) fn refused(role: hatang_core::Role) -> Self {
        let detail = Text::new("Vai trò của bạn không được xem nội dung này.", "Your role may not see this.");
        Self::new(StatusCode::FORBIDDEN, "action.refused", detail).with_value(role.code())
    }

    /// Another site's page tried to act in the viewer's name.
    pub(crate) fn cross_site() -> Self {
        let detail = Text::new(
            "Yêu cầu đến từ một trang khác nên không được thực hiện.",
            "The request comes from another site and is not carried out.",
        );
        Self::new(StatusCode::FORBIDDEN, "request.cross_site", detail)
    }

    /// The answer was not there in time.
    pub(crate) fn timed_out() -> Self {
        let detail = Text::new(
            "Yêu cầu mất quá nhiều thời gian nên đã dừng. Hãy thu hẹp phạm vi rồi thử lại.",
            "The request took too long and was stopped. Ask for less and try again.",
        );
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "request.timed_out", detail)
    }

    /// The installation is at fault. What exactly is in its log, never in the reply.
    pub(crate) fn internal() -> Self {
        let detail = Text::new(
            "Máy chủ gặp lỗi. Hãy thử lại hoặc báo người vận hành.",
            "The server is at fault. Try again or tell the operator.",
        );
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "server.failed", detail)
    }

    /// The same for a handler that panicked.
    #[expect(clippy::needless_pass_by_value, reason = "the layer that catches panics hands them over")]
    pub(crate) fn of_panic(panic: Box<dyn Any + Send>) -> Response {
        let message = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
        tracing::error!(message = message.unwrap_or("no message"), "a handler panicked");
        Self::internal().into_response()
    }
}

impl From<DeskError> for Problem {
    fn from(error: DeskError) -> Self {
        let status = match error.kind() {
            ErrorKind::BadInput => StatusCode::BAD_REQUEST,
            ErrorKind::SignInNeeded => StatusCode::UNAUTHORIZED,
            ErrorKind::Refused => StatusCode::FORBIDDEN,
            ErrorKind::NotFound => StatusCode::NOT_FOUND,
            ErrorKind::Conflict => StatusCode::CONFLICT,
            ErrorKind::TooMany => StatusCode::TOO_MANY_REQUESTS,
            ErrorKind::Stale => StatusCode::PRECONDITION_FAILED,
            ErrorKind::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        };
        if error.kind() == ErrorKind::Internal {
            log_chain(&error);
        }
        let mut problem = Self::new(status, error.code(), error.text());
        if let DeskError::Fields { findings } | DeskError::Rows { findings, .. } = &error {
            let is_of_file = matches!(error, DeskError::Rows { .. });
            let of = |finding: &Finding| FieldProblem {
                row: finding.row.filter(|_| is_of_file),
                field: finding.field.clone(),
                value: finding.value.clone(),
                detail_vi: finding.message.vi.clone(),
                detail_en: finding.message.en.clone(),
            };
            problem.fields = findings.iter().map(of).collect();
        }
        match error.value() {
            Some(value) => problem.with_value(value),
            None => problem,
        }
    }
}

/// A reason as a sentence of its own: some begin small and end openly because reports put them in a row.
fn sentence(mut reason: String) -> Box<str> {
    if let Some(first) = reason.chars().next() {
        reason.replace_range(..first.len_utf8(), &first.to_uppercase().to_string());
    }
    if !reason.ends_with(['.', '!', '?', '…']) {
        reason.push('.');
    }
    reason.into()
}

/// Writes an error and everything behind it to the log, once.
fn log_chain(error: &DeskError) {
    let mut chain = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        chain.push_str(": ");
        chain.push_str(&cause.to_string());
        source = cause.source();
    }
    tracing::error!(error = chain, "a use case failed");
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let headers = [(header::CONTENT_TYPE, "application/problem+json"), (header::CACHE_CONTROL, "no-store")];
        let code = ProblemCode(self.code);
        (status, headers, axum::Extension(code), Json(self)).into_response()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_becomes_a_sentence() {
        for (reason, expected) in
            [("ô `lon` để trống", "Ô `lon` để trống."), ("The box is empty.", "The box is empty."), ("", ".")]
        {
            assert_eq!(&*sentence(reason.to_owned()), expected);
        }
    }

    #[test]
    fn a_long_value_is_cut_between_letters() {
        let problem = Problem::not_found("ộ".repeat(VALUE_AT_MOST + 1));
        assert_eq!(problem.value, Some(("ộ".repeat(VALUE_AT_MOST) + "…").into()));
        assert_eq!(Problem::not_found("ộ").value.as_deref(), Some("ộ"));
    }
}
