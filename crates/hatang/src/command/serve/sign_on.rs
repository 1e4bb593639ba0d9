//! Which sign-on service people may use beside their passwords.

use std::env;

use anyhow::Context as _;
use clap::Args;
use hatang_api::{SignOn, SignOnConfiguration};

/// The secret has no option: a command line is read by everybody on the machine.
const SECRET: &str = "HATANG_SIGN_ON_CLIENT_SECRET";

/// A sign-on service (OpenID Connect).
#[derive(Debug, Args)]
pub(super) struct SignOnOptions {
    /// The sign-on service's issuer, for example `https://sso.example.vn`. Its secret comes from the variable
    /// `HATANG_SIGN_ON_CLIENT_SECRET`.
    #[arg(long, env = "HATANG_SIGN_ON_ISSUER", requires = "sign_on_client_id", requires = "public_url")]
    sign_on_issuer: Option<String>,
    /// What this installation is called at the sign-on service.
    #[arg(long, env = "HATANG_SIGN_ON_CLIENT_ID")]
    sign_on_client_id: Option<String>,
    /// What the sign-on service is called on the button.
    #[arg(long, env = "HATANG_SIGN_ON_NAME", default_value = "SSO")]
    sign_on_name: String,
    /// The address that browsers reach this installation at, for example `https://hatang.example.vn`.
    #[arg(long, env = "HATANG_PUBLIC_URL")]
    public_url: Option<String>,
}

impl SignOnOptions {
    /// The service, where one is configured.
    pub(super) fn service(&self) -> anyhow::Result<Option<SignOn>> {
        let (Some(issuer), Some(client_id), Some(public_url)) =
            (&self.sign_on_issuer, &self.sign_on_client_id, &self.public_url)
        else {
            return Ok(None);
        };
        let client_secret = env::var(SECRET).with_context(|| format!("{SECRET} is not set"))?;
        let configuration = SignOnConfiguration {
            name: self.sign_on_name.clone(),
            issuer: issuer.clone(),
            client_id: client_id.clone(),
            client_secret,
            public_url: public_url.clone(),
        };
        Ok(Some(SignOn::new(configuration).context("the sign-on service is not configured well")?))
    }
}
