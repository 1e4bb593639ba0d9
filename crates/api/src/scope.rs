//! Which scope a program's token needs for an address. Deny by default: what is not said here needs the widest.

use axum::http::Method;
use hatang_desk::account::token::Scope;

/// Where people manage who they are: no token reaches there, so that a leaked one cannot make itself at home.
const FOR_PEOPLE: [&str; 4] = ["/api/v1/account", "/api/v1/accounts", "/api/v1/delegations", "/api/v1/session"];

/// Where assets are entered and amended.
const REGISTER: [&str; 2] = ["/api/v1/assets", "/api/v1/imports"];

/// Where requests are judged and nothing is filed.
const SCREEN: [&str; 1] = ["/api/v1/screenings"];

/// The scope that a token needs; `None` where no token is taken.
pub(crate) fn scope_of(method: &Method, path: &str) -> Option<Scope> {
    let below = |prefixes: &[&str]| {
        prefixes
            .iter()
            .any(|prefix| path.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
    };
    if below(&FOR_PEOPLE) {
        return None;
    }
    Some(match *method {
        Method::GET | Method::HEAD => Scope::Read,
        _ if below(&SCREEN) => Scope::Screen,
        _ if below(&REGISTER) => Scope::Register,
        _ => Scope::Change,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_named_needs_the_widest_scope() {
        for (method, path, expected) in [
            (Method::GET, "/api/v1/assets", Some(Scope::Read)),
            (Method::GET, "/tiles/assets/0/0/0", Some(Scope::Read)),
            (Method::POST, "/api/v1/screenings", Some(Scope::Screen)),
            (Method::PATCH, "/api/v1/assets/1", Some(Scope::Register)),
            (Method::POST, "/api/v1/imports", Some(Scope::Register)),
            (Method::POST, "/api/v1/importsandmore", Some(Scope::Change)),
            (Method::POST, "/api/v1/not-there-yet", Some(Scope::Change)),
            (Method::GET, "/api/v1/account", None),
            (Method::GET, "/api/v1/accounts/1", None),
            (Method::POST, "/api/v1/account/tokens", None),
        ] {
            assert_eq!(scope_of(&method, path), expected, "{method} {path}");
        }
    }
}
