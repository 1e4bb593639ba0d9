//! What the access log holds: who signed in, was refused, read what is not for everybody, took data out or changed it.
//!
//! An entry names accounts by identity, never a person, a password or a token, so that it can be kept when the person is
//! erased.

use jiff::Timestamp;

use crate::{
    code_list::code_list,
    codes::OrganisationCode,
    visibility::{AccountId, Role, Viewer},
};

code_list! {
    /// What somebody did.
    AccessKind, "kinds of access" {
        /// Signed in.
        SignIn = "sign_in",
        /// Tried to sign in and was refused.
        SignInRefused = "sign_in_refused",
        /// Signed out.
        SignOut = "sign_out",
        /// Asked for something that the account may not do or see.
        Refusal = "refusal",
        /// Read who occupies somebody else's assets.
        TenantsRead = "tenants_read",
        /// Read security sites of somebody else.
        SecuritySitesRead = "security_sites_read",
        /// Read what is held about people.
        PersonalDataRead = "personal_data_read",
        /// Read or exported this log.
        AccessLogRead = "access_log_read",
        /// Took data out of the registry as a file.
        Export = "export",
        /// Changed the registry; the change itself is in the journal.
        Change = "change",
        /// Made, changed or closed an account, a token or a delegation.
        AccountChange = "account_change",
    }
}

/// The longest text that says what an access concerned, in characters.
pub const ABOUT_AT_MOST: usize = 200;

/// One access, or several alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Access {
    /// When, to the microsecond; of several alike, the first.
    pub at: Timestamp,
    /// What.
    pub kind: AccessKind,
    /// Whose account; none when nobody had signed in, or when the command line did it.
    pub account: Option<AccountId>,
    /// What the account might be then.
    pub role: Role,
    /// Whom it acted for then.
    pub organisation: Option<OrganisationCode>,
    /// What it concerned: an operation, a record, a file's class; never a person or a secret.
    pub about: String,
    /// How many records, or accesses alike.
    pub count: u64,
}

impl Access {
    /// An access of one thing by a viewer. Control characters are dropped from `about`, and what is too long is cut.
    #[must_use]
    pub fn new(at: Timestamp, kind: AccessKind, viewer: &Viewer, about: &str, count: u64) -> Self {
        let about = about.chars().filter(|letter| !letter.is_control()).take(ABOUT_AT_MOST).collect();
        let (role, organisation) = (viewer.role, viewer.organisation.clone());
        Self { at, kind, account: viewer.account, role, organisation, about, count }
    }

    /// Whether two differ in nothing but when and how often.
    #[must_use]
    pub fn is_like(&self, other: &Self) -> bool {
        let rest = |one: &Self| (one.kind, one.account, one.role);
        rest(self) == rest(other) && self.about == other.about && self.organisation == other.organisation
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_it_concerned_is_one_short_line() {
        let about = format!("a\n\0b{}", "ộ".repeat(ABOUT_AT_MOST));
        let access = Access::new(Timestamp::UNIX_EPOCH, AccessKind::Export, &Viewer::public(), &about, 1);
        assert!(access.about.starts_with("abộ"), "{}", access.about);
        assert_eq!(access.about.chars().count(), ABOUT_AT_MOST);
    }
}
