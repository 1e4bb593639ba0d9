//! The sign-on service: what is configured, what it says of itself, and what it vouches for.

use std::sync::Arc;

use openidconnect::{
    AuthorizationCode, ClientId, ClientSecret, CsrfToken, IssuerUrl, Nonce, PkceCodeChallenge, PkceCodeVerifier,
    RedirectUrl, Scope, TokenResponse as _,
    core::{CoreAuthenticationFlow, CoreClient, CoreProviderMetadata},
    url::{Host, Url},
};

use super::{
    CALLBACK,
    fetch::{Fetch, FetchError},
};
use crate::problem::Problem;

/// What an operator says about the sign-on service.
#[derive(Clone, Debug)]
pub struct SignOnConfiguration {
    /// What the button says, for example the name of the province's service.
    pub name: String,
    /// The service's address, as its tokens name it.
    pub issuer: String,
    /// What this installation is called there.
    pub client_id: String,
    /// What it proves itself with there.
    pub client_secret: String,
    /// The address that browsers reach this installation at.
    pub public_url: String,
}

/// A configuration that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum InvalidSignOn {
    /// Not an address.
    #[error("`{url}` is no address")]
    Address {
        /// As given.
        url: String,
        /// What is wrong.
        source: openidconnect::url::ParseError,
    },
    /// Passwords and codes would travel readable by everybody in between.
    #[error("`{url}` is not https; without it only an address of this machine itself is taken")]
    NotEncrypted {
        /// As given.
        url: String,
    },
}

/// A sign-on service, ready to be asked.
#[derive(Debug)]
pub struct SignOn {
    name: String,
    issuer: IssuerUrl,
    client_id: ClientId,
    client_secret: ClientSecret,
    callback: RedirectUrl,
    fetch: Fetch,
}

/// Somebody whom the service vouches for.
pub(super) struct Proven {
    pub(super) subject: String,
    pub(super) verified_email: Option<String>,
}

/// A question to the service, without its state.
pub(super) struct Asked {
    metadata: CoreProviderMetadata,
    service: Arc<SignOn>,
    pub(super) nonce: Nonce,
    pub(super) verifier: PkceCodeVerifier,
}

impl SignOn {
    /// Checks a configuration. Nothing is asked of the service yet, so that an installation starts without it.
    ///
    /// # Errors
    /// [`InvalidSignOn`] for an address that is none, or that is not encrypted and not of this machine.
    pub fn new(configuration: SignOnConfiguration) -> Result<Self, InvalidSignOn> {
        let issuer = encrypted(&configuration.issuer)?;
        let public = encrypted(&configuration.public_url)?;
        let callback =
            public.join(CALLBACK).map_err(|source| InvalidSignOn::Address { url: public.to_string(), source })?;
        let unreadable = |source| InvalidSignOn::Address { url: configuration.issuer.clone(), source };
        Ok(Self {
            name: configuration.name,
            fetch: Fetch::only(issuer.origin()),
            issuer: IssuerUrl::new(configuration.issuer.clone()).map_err(unreadable)?,
            client_id: ClientId::new(configuration.client_id),
            client_secret: ClientSecret::new(configuration.client_secret),
            callback: RedirectUrl::from_url(callback),
        })
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn issuer(&self) -> &str {
        &self.issuer
    }

    /// Prepares a question: asks the service what it is, and makes what its answer must match.
    pub(super) async fn ask(self: &Arc<Self>) -> Result<Asked, Problem> {
        let metadata = self.discover().await?;
        let verifier = PkceCodeVerifier::new(CsrfToken::new_random_len(48).secret().clone());
        Ok(Asked { metadata, service: Arc::clone(self), nonce: Nonce::new_random(), verifier })
    }

    /// Redeems an answer's code and checks the identity token: signature by the service's own keys, issuer, audience,
    /// time and nonce.
    pub(super) async fn redeem(
        self: &Arc<Self>,
        code: String,
        nonce: String,
        verifier: String,
    ) -> Result<Proven, Problem> {
        // Read anew each time, so that keys which the service has changed are known.
        let metadata = self.discover().await?;
        let service = Arc::clone(self);
        let redeeming = tokio::task::spawn_blocking(move || service.redeem_with(metadata, code, nonce, verifier));
        redeeming.await.map_err(|_| Problem::internal())?.map_err(|reason| {
            tracing::warn!(reason, "a sign-on was refused");
            Problem::sign_on_refused()
        })
    }

    fn redeem_with(
        &self,
        metadata: CoreProviderMetadata,
        code: String,
        nonce: String,
        verifier: String,
    ) -> Result<Proven, String> {
        let client =
            CoreClient::from_provider_metadata(metadata, self.client_id.clone(), Some(self.client_secret.clone()))
                .set_redirect_uri(self.callback.clone());
        let request = client.exchange_code(AuthorizationCode::new(code)).map_err(|error| error.to_string())?;
        let tokens = request
            .set_pkce_verifier(PkceCodeVerifier::new(verifier))
            .request(&|request| self.fetch.send(request))
            .map_err(|error| format!("the code is not redeemed: {error}"))?;
        let token = tokens.id_token().ok_or("there is no identity token")?;
        let claims = token
            .claims(&client.id_token_verifier(), &Nonce::new(nonce))
            .map_err(|error| format!("the identity token is not good: {error}"))?;
        let is_verified = claims.email_verified() == Some(true);
        Ok(Proven {
            subject: claims.subject().to_string(),
            verified_email: claims.email().filter(|_| is_verified).map(|email| email.to_string()),
        })
    }

    async fn discover(self: &Arc<Self>) -> Result<CoreProviderMetadata, Problem> {
        let service = Arc::clone(self);
        let asking = tokio::task::spawn_blocking(move || {
            CoreProviderMetadata::discover(&service.issuer, &|request| -> Result<_, FetchError> {
                service.fetch.send(request)
            })
            .map_err(|error| error.to_string())
        });
        asking.await.map_err(|_| Problem::internal())?.map_err(|reason| {
            tracing::warn!(reason, "the sign-on service cannot be asked");
            Problem::sign_on_unreachable()
        })
    }
}

impl Asked {
    /// Where to send the browser.
    pub(super) fn address(&self, state: &str) -> String {
        let client = CoreClient::from_provider_metadata(
            self.metadata.clone(),
            self.service.client_id.clone(),
            Some(self.service.client_secret.clone()),
        )
        .set_redirect_uri(self.service.callback.clone());
        let (state, nonce) = (CsrfToken::new(state.to_owned()), self.nonce.clone());
        let (address, ..) = client
            .authorize_url(CoreAuthenticationFlow::AuthorizationCode, move || state, move || nonce)
            .add_scope(Scope::new("email".to_owned()))
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&self.verifier))
            .url();
        address.to_string()
    }
}

/// An address that is encrypted, or that never leaves this machine.
fn encrypted(text: &str) -> Result<Url, InvalidSignOn> {
    let url = Url::parse(text).map_err(|source| InvalidSignOn::Address { url: text.to_owned(), source })?;
    let loopback = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    match url.scheme() {
        "https" => Ok(url),
        "http" if loopback => Ok(url),
        _ => Err(InvalidSignOn::NotEncrypted { url: text.to_owned() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_encrypted_addresses_and_this_machine_are_taken() {
        for (url, good) in [
            ("https://sso.haiphong.example", true),
            ("http://127.0.0.1:4000", true),
            ("http://[::1]:4000", true),
            ("http://localhost:4000", true),
            ("http://sso.haiphong.example", false),
            ("http://169.254.169.254", false),
            ("file:///etc/passwd", false),
            ("sso", false),
        ] {
            assert_eq!(encrypted(url).is_ok(), good, "{url}");
        }
    }

    #[test]
    fn nobody_but_the_service_is_asked() {
        let fetch = Fetch::only(Url::parse("http://127.0.0.1:9/").unwrap().origin());
        for url in ["http://127.0.0.1:10/token", "https://127.0.0.1:9/token", "http://169.254.169.254/latest/meta-data"]
        {
            let mut request = openidconnect::HttpRequest::new(Vec::new());
            *request.uri_mut() = url.parse().unwrap();
            assert!(matches!(fetch.send(request), Err(FetchError::OtherOrigin { .. })), "{url}");
        }
    }
}
