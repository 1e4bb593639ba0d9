//! The only outbound calls of the server: to the configured sign-on service and to nobody else.

use std::{io, time::Duration};

use openidconnect::{HttpRequest, HttpResponse, url::Origin};

/// How long the service may take for one answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// The longest answer that is read, in bytes.
const AT_MOST: u64 = 1 << 20;

/// Asks one origin over HTTP: no other, no redirect, no proxy of the environment, not for ever, not without end.
#[derive(Debug)]
pub(super) struct Fetch {
    agent: ureq::Agent,
    origin: Origin,
}

/// Why a call was not made or not answered.
#[derive(Debug, thiserror::Error)]
pub(super) enum FetchError {
    /// What the service says of itself names another host.
    #[error("`{url}` is not of the configured service")]
    OtherOrigin { url: String },
    #[error("the sign-on service does not answer")]
    Http(#[from] ureq::Error),
    #[error("the sign-on service's answer cannot be read")]
    Read(#[from] io::Error),
}

impl Fetch {
    pub(super) fn only(origin: Origin) -> Self {
        let agent = ureq::Agent::config_builder()
            .max_redirects(0)
            .http_status_as_error(false)
            .proxy(None)
            .timeout_global(Some(PATIENCE))
            .build()
            .into();
        Self { agent, origin }
    }

    /// Sends a request and reads the answer. Blocks.
    pub(super) fn send(&self, request: HttpRequest) -> Result<HttpResponse, FetchError> {
        let url = request.uri().to_string();
        let origin = openidconnect::url::Url::parse(&url).map(|url| url.origin());
        if origin.as_ref() != Ok(&self.origin) {
            return Err(FetchError::OtherOrigin { url });
        }
        let (parts, mut body) = self.agent.run(request)?.into_parts();
        let bytes = body.with_config().limit(AT_MOST).read_to_vec()?;
        Ok(HttpResponse::from_parts(parts, bytes))
    }
}
