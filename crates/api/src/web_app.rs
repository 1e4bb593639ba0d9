//! The built web app, out of the executable itself.

use axum::{
    extract::Request,
    http::{HeaderMap, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use rust_embed::{Embed, EmbeddedFile};

use crate::problem::Problem;

#[derive(Embed)]
#[folder = "$OUT_DIR/web"]
struct Files;

/// Where programs ask; no page is ever shown below these.
const FOR_PROGRAMS: [&str; 7] = ["/api", "/tiles", "/ogc", "/healthz", "/readyz", "/metrics", "/assets"];

/// Answers what no operation answers: with a file of the web app, with its page for the addresses that the app itself
/// understands, or with a problem.
pub(crate) async fn serve(request: Request) -> Response {
    let (path, headers) = (request.uri().path(), request.headers());
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Problem::not_found(path).into_response();
    }
    let name = path.trim_start_matches('/');
    if let Some(file) = Files::get(name) {
        return send(name, &file, headers);
    }
    let for_programs = FOR_PROGRAMS
        .iter()
        .any(|prefix| path.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')));
    let accepts_pages = headers.get(header::ACCEPT).is_none_or(|accepted| {
        accepted.to_str().is_ok_and(|accepted| accepted.contains("text/html") || accepted.contains("*/*"))
    });
    match Files::get("index.html") {
        Some(page) if !for_programs && accepts_pages => send("index.html", &page, headers),
        _ => Problem::not_found(path).into_response(),
    }
}

fn send(name: &str, file: &EmbeddedFile, headers: &HeaderMap) -> Response {
    let digest = file.metadata.sha256_hash();
    let tag = format!("W/\"{:016x}\"", u64::from_be_bytes(*digest.first_chunk().unwrap_or(&[0; 8])));
    // The build names what lies in `assets` by its content: such a name never means anything else.
    let cached = if name.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
    let shared = [(header::ETAG, tag.clone()), (header::CACHE_CONTROL, cached.to_owned())];
    let kept = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    if kept.flat_map(|value| value.split(',')).any(|kept| kept.trim() == tag) {
        return (StatusCode::NOT_MODIFIED, shared).into_response();
    }
    let kind = file.metadata.mimetype().to_owned();
    (shared, [(header::CONTENT_TYPE, kind)], file.data.clone().into_owned()).into_response()
}
