//! The permission table and the access log.

use utoipa::ToSchema;

/// What every role is granted.
#[derive(Debug, ToSchema)]
pub struct Permissions {
    /// The roles, in the order of the grants.
    pub roles: Vec<String>,
    /// One row for each action and state.
    pub rows: Vec<PermissionRow>,
    /// How somebody may stand to a record, in the order of what is shown.
    pub audiences: Vec<String>,
    /// One row for each kind of secrecy.
    pub visibility: Vec<VisibilityRow>,
}

/// What every audience is shown of records of one secrecy.
#[derive(Debug, ToSchema)]
pub struct VisibilityRow {
    /// How secret they are.
    #[schema(example = "intended")]
    pub secrecy: String,
    /// What is shown to each audience: `nothing`, `blurred`, `published`, `own_tenancy` or `all`.
    pub shown: Vec<String>,
}

/// What every role is granted of one action in one state.
#[derive(Debug, ToSchema)]
pub struct PermissionRow {
    /// The action's word.
    #[schema(example = "import_assets")]
    pub action: String,
    /// The state of the record that it concerns; null where the state does not matter.
    #[schema(required)]
    pub state: Option<String>,
    /// What it is called in Vietnamese.
    pub name_vi: String,
    /// The same in English.
    pub name_en: String,
    /// One grant for each role.
    pub grants: Vec<Grant>,
}

/// What a role is granted.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum Grant {
    /// Nothing.
    No,
    /// What concerns the account's own organisation.
    Own,
    /// Whatever it concerns.
    All,
}

/// A page of the access log, newest first.
#[derive(Debug, ToSchema)]
pub struct AccessPage {
    /// The entries.
    pub entries: Vec<AccessEntry>,
    /// Where the next page begins; null on the last.
    #[schema(required)]
    pub next: Option<u64>,
}

/// One entry of the access log. It names accounts by identity, never a person.
#[derive(Debug, ToSchema)]
pub struct AccessEntry {
    /// Its position in the log, from 1.
    pub seq: u64,
    /// When (RFC 3339).
    #[schema(format = DateTime)]
    pub at: String,
    /// What.
    #[schema(example = "sign_in")]
    pub kind: String,
    /// Whose account; null when nobody had signed in.
    #[schema(required, format = "uuid")]
    pub account: Option<String>,
    /// What the account might be then.
    pub role: String,
    /// Whom it acted for then.
    #[schema(required)]
    pub organisation: Option<String>,
    /// What it concerned.
    pub about: String,
    /// How many records, or accesses alike.
    pub count: u64,
    /// The entry's hash, which covers every entry before it.
    pub hash: String,
}
