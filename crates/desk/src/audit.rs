//! The access log's near end: noting costs nothing, writing happens in batches.
//!
//! **In a use case**, after the permission and once it is known what was read:
//!
//! - `desk.audit(AccessKind::X, who, "what it concerned")` for one thing, `desk.audit_many(…, count)` for several;
//! - `desk.audit_sights(who, "operation", sights)` for assets that leave: it notes other owners' tenants and security
//!   sites among them, and nothing when there are none.
//!
//! Changes are noted by `Desk::append` and refusals by the edge: no use case needs to. What is said must name no person
//! and no secret: write codes and identities.

use std::sync::{Arc, Mutex, PoisonError};

use hatang_core::{Access, AccessKind, Sight, Viewer};
use hatang_store::Store;

use crate::{desk::Desk, error::DeskError};

/// How many of the entries that wait are looked through for one alike.
const LOOK_BACK: usize = 64;

/// What has been noted and is still to be written. Cheap to clone; clones share what waits.
///
/// Whoever opens a desk writes it down from time to time, and once more before the process ends.
#[derive(Clone, Debug)]
pub struct AccessLog {
    store: Store,
    waiting: Arc<Mutex<Vec<Access>>>,
    /// The batch that is being written: one at a time, so that entries keep their order. It stays when writing fails, or
    /// when nobody waits for it any more.
    writing: Arc<tokio::sync::Mutex<Vec<Access>>>,
}

impl AccessLog {
    pub(crate) fn new(store: Store) -> Self {
        Self { store, waiting: Arc::default(), writing: Arc::default() }
    }

    fn note(&self, access: Access) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        // Whoever asks the same again and again within one batch makes one entry that counts.
        let alike = waiting.iter_mut().rev().take(LOOK_BACK).find(|one| is_counted(one.kind) && one.is_like(&access));
        match alike {
            Some(one) => one.count = one.count.saturating_add(access.count),
            None => waiting.push(access),
        }
    }

    /// Writes down what waits; after a failure it goes on waiting.
    ///
    /// # Errors
    /// [`DeskError::Store`] when the store cannot be written.
    pub async fn write(&self) -> Result<(), DeskError> {
        let mut batch = self.writing.lock().await;
        batch.append(&mut self.waiting.lock().unwrap_or_else(PoisonError::into_inner));
        self.store.append_accesses(&batch).await?;
        batch.clear();
        Ok(())
    }
}

/// Whether several alike are one entry: reads and refusals, which one page may cause by the dozen.
const fn is_counted(kind: AccessKind) -> bool {
    matches!(
        kind,
        AccessKind::Refusal
            | AccessKind::TenantsRead
            | AccessKind::SecuritySitesRead
            | AccessKind::PersonalDataRead
            | AccessKind::AccessLogRead
    )
}

impl Desk {
    /// Notes what somebody did. Never waits.
    pub fn audit(&self, kind: AccessKind, who: &Viewer, about: &str) {
        self.audit_many(kind, who, about, 1);
    }

    /// Notes what somebody did with several records; nothing when there were none.
    pub fn audit_many(&self, kind: AccessKind, who: &Viewer, about: &str, count: usize) {
        if 0 < count {
            let count = u64::try_from(count).unwrap_or(u64::MAX);
            self.access_log.note(Access::new(self.edge.now(), kind, who, about, count));
        }
    }

    /// Notes what is restricted among assets that somebody reads.
    pub fn audit_sights<'a>(&self, who: &Viewer, about: &str, sights: impl IntoIterator<Item = &'a Sight<'a>>) {
        let (mut tenants, mut security_sites) = (0, 0);
        for sight in sights {
            tenants += usize::from(sight.shows_others_tenants());
            security_sites += usize::from(sight.shows_others_security_site());
        }
        self.audit_many(AccessKind::TenantsRead, who, about, tenants);
        self.audit_many(AccessKind::SecuritySitesRead, who, about, security_sites);
    }

    /// The same where only places leave, as on a map: security sites alone.
    pub fn audit_places<'a>(&self, who: &Viewer, about: &str, sights: impl IntoIterator<Item = &'a Sight<'a>>) {
        let security_sites = sights.into_iter().filter(|sight| sight.shows_others_security_site()).count();
        self.audit_many(AccessKind::SecuritySitesRead, who, about, security_sites);
    }

    /// What has been noted and is to be written down.
    #[must_use]
    pub const fn access_log(&self) -> &AccessLog {
        &self.access_log
    }
}
