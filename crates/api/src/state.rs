//! What every handler can reach.

use std::{env, fs, sync::Arc, time::UNIX_EPOCH};

use hatang_desk::Desk;

use crate::sign_on::SignOn;

/// The desk behind the server, and how the server is run.
#[derive(Clone, Debug)]
pub struct AppState {
    pub(crate) desk: Arc<Desk>,
    pub(crate) demo: bool,
    pub(crate) secure_cookies: bool,
    /// The sign-on service, where one is configured.
    pub(crate) sign_on: Option<Arc<SignOn>>,
    /// Whether a proxy of one's own stands in front and says where requests come from.
    pub(crate) behind_proxy: bool,
    /// Tells builds apart, so that no client keeps a reply in an older form.
    pub(crate) build: Arc<str>,
}

impl AppState {
    /// A server for a desk. With `demo`, it shows the demo's accounts and passwords to everybody.
    #[must_use]
    pub fn new(desk: Arc<Desk>, demo: bool) -> Self {
        Self { desk, demo, secure_cookies: true, sign_on: None, behind_proxy: false, build: build().into() }
    }

    /// Lets people sign on with another service too.
    #[must_use]
    pub fn with_sign_on(self, service: SignOn) -> Self {
        Self { sign_on: Some(Arc::new(service)), ..self }
    }

    /// Believes the last address in `X-Forwarded-For`: only behind a proxy that writes it.
    #[must_use]
    pub fn behind_proxy(self, behind: bool) -> Self {
        Self { behind_proxy: behind, ..self }
    }
}

/// The version, and when the executable was built where the system tells.
fn build() -> String {
    let built = env::current_exe().and_then(fs::metadata).and_then(|file| file.modified()).ok();
    let since = built.and_then(|at| at.duration_since(UNIX_EPOCH).ok()).unwrap_or_default();
    format!("{} {}", env!("CARGO_PKG_VERSION"), since.as_nanos())
}
