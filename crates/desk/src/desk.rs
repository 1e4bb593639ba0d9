//! The desk itself: a store, and the registry that follows its journal.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{
        Mutex, MutexGuard, PoisonError, RwLock,
        atomic::{AtomicBool, Ordering},
    },
};

use hatang_core::{
    AccessKind, Event, Held, Recorded, Registry, Seq, Territory, Viewer,
    event::{AssetChange, FORMAT, Stream},
};
use hatang_store::{Appended, Expected, Store, Write};
use jiff::civil::Date;
use tokio::sync::watch;
use uuid::Uuid;

use crate::{
    audit::AccessLog,
    day::vietnam_day,
    edge::Edge,
    error::{DeskError, ErrorKind},
    ground_sources::{Grounds, to_hold},
    imports::ImportProgress,
    job::Jobs,
    raster::LaidGrounds,
    registry_as_of::Pasts,
    rerating::{Change, Rerating},
    run_coverage::Runs,
};

/// How many rows are read from the store at once.
const PAGE: u32 = 5_000;

/// Everything a use case works with. Share it behind an `Arc`.
#[derive(Debug)]
pub struct Desk {
    pub(crate) store: Store,
    pub(crate) edge: Edge,
    pub(crate) runs: Mutex<Runs>,
    pub(crate) laid: Mutex<LaidGrounds>,
    pub(crate) access_log: AccessLog,
    pub(crate) jobs: Jobs,
    pub(crate) rerating: Mutex<Rerating>,
    pub(crate) pasts: Pasts,
    pub(crate) grounds: Grounds,
    /// The imports that are being worked on, and how far each is.
    progress: Mutex<HashMap<Uuid, watch::Sender<ImportProgress>>>,
    registry: RwLock<Registry>,
    /// Whether the demo's accounts are open, see [`crate::demo::open_accounts`].
    demo: AtomicBool,
    /// One follower at a time, so that entries are folded in their order.
    following: tokio::sync::Mutex<()>,
}

impl Desk {
    /// Opens a desk on a store: reads the current state, not the history.
    ///
    /// # Errors
    /// [`DeskError::Store`] when the store cannot be read.
    pub async fn open(store: Store, edge: Edge) -> Result<Self, DeskError> {
        let mut registry = Registry::new();
        for (territory, head) in store.territories().await? {
            let mut assets = Vec::new();
            let mut after: Option<String> = None;
            loop {
                let page = store.current(&territory, after.as_deref(), PAGE).await?;
                let Some(last) = page.last() else { break };
                after = Some(last.stream.clone());
                for row in page {
                    match row.record {
                        hatang_core::Record::Asset { asset } => assets.push(Held {
                            asset: *asset,
                            territory: territory.clone(),
                            version: row.version,
                            seq: row.seq,
                        }),
                        record => registry.put(&territory, row.seq, row.version, record),
                    }
                }
            }
            registry.put_assets(assets);
            registry.reach(&territory, head);
        }
        let rerating = Rerating::of(&registry);
        let grounds = Grounds::default();
        grounds.fetch(&store, to_hold(&registry)).await?;
        Ok(Self {
            access_log: AccessLog::new(store.clone()),
            store,
            edge,
            runs: Mutex::default(),
            laid: Mutex::default(),
            jobs: Jobs::default(),
            rerating: Mutex::new(rerating),
            pasts: Pasts::default(),
            grounds,
            progress: Mutex::default(),
            registry: RwLock::new(registry),
            demo: AtomicBool::new(false),
            following: tokio::sync::Mutex::new(()),
        })
    }

    /// The desk as it was when its journals had been read to these positions: the same store, and a registry folded from
    /// the history. Slow, exact, and for reading only. Journals that are not named have not been read at all.
    ///
    /// # Errors
    /// [`DeskError::Store`] when a journal cannot be read.
    pub(crate) async fn as_of(&self, positions: &BTreeMap<Territory, Seq>) -> Result<Self, DeskError> {
        let past = Self {
            access_log: AccessLog::new(self.store.clone()),
            store: self.store.clone(),
            edge: self.edge,
            runs: Mutex::default(),
            laid: Mutex::default(),
            jobs: Jobs::default(),
            rerating: Mutex::default(),
            pasts: Pasts::default(),
            grounds: Grounds::default(),
            progress: Mutex::default(),
            registry: RwLock::new(Registry::new()),
            demo: AtomicBool::new(self.is_demo()),
            following: tokio::sync::Mutex::new(()),
        };
        for (territory, until) in positions {
            past.follow(territory, *until).await?;
        }
        past.grounds.fetch(&past.store, past.read(to_hold)).await?;
        Ok(past)
    }

    pub(crate) fn is_demo(&self) -> bool {
        self.demo.load(Ordering::Relaxed)
    }

    pub(crate) fn become_demo(&self) {
        self.demo.store(true, Ordering::Relaxed);
    }

    /// Reads the registry. Short: writers wait meanwhile, and nothing may be awaited inside.
    pub fn read<T>(&self, look: impl FnOnce(&Registry) -> T) -> T {
        look(&self.registry.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn change(&self, change: impl FnOnce(&mut Registry)) {
        change(&mut self.registry.write().unwrap_or_else(PoisonError::into_inner));
    }

    /// What an import is doing at the moment.
    pub(crate) fn progress_of(&self, import: Uuid) -> Option<ImportProgress> {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner).get(&import).map(|told| *told.borrow())
    }

    /// Tells of an import's progress until the work ends; none when nobody works on it here.
    pub(crate) fn progress_events(&self, import: Uuid) -> Option<watch::Receiver<ImportProgress>> {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner).get(&import).map(watch::Sender::subscribe)
    }

    pub(crate) fn tell_progress(&self, import: Uuid, progress: ImportProgress) {
        if let Some(told) = self.progress.lock().unwrap_or_else(PoisonError::into_inner).get(&import) {
            told.send_replace(progress);
        }
    }

    /// Marks an import as being worked on until what comes back is dropped.
    ///
    /// # Errors
    /// [`ErrorKind::Conflict`] when it is being worked on already.
    pub(crate) fn begin_progress(&self, import: Uuid) -> Result<UntilDone<'_>, DeskError> {
        let mut progress = self.progress.lock().unwrap_or_else(PoisonError::into_inner);
        if progress.contains_key(&import) {
            return Err(DeskError::input(
                ErrorKind::Conflict,
                "import.busy",
                import,
                "Đợt nhập này đang được xử lý.",
                "This import is being worked on.",
            ));
        }
        progress.insert(import, watch::Sender::new(ImportProgress { step: "reading", done: 0, of: 0 }));
        Ok(UntilDone { desk: self, import })
    }

    /// How far each journal has been read: the position that an answer rests on.
    #[must_use]
    pub fn positions(&self) -> BTreeMap<Territory, Seq> {
        self.read(positions_of)
    }

    /// The home territory, or the one without bounds while no outline is loaded.
    #[must_use]
    pub fn home(&self) -> Territory {
        self.read(home_of)
    }

    /// The journal position of the home territory.
    #[must_use]
    pub fn position(&self) -> Seq {
        self.read(position_of)
    }

    /// The day that it is in Vietnam.
    #[must_use]
    pub fn today(&self) -> jiff::civil::Date {
        vietnam_day(self.edge.now())
    }

    /// How far the home territory has come, as far as a viewer may know.
    #[must_use]
    pub fn position_seen_by(&self, who: &Viewer) -> Seq {
        self.read(|registry| seen_position(registry, who))
    }

    /// Folds in whatever the journals hold beyond what has been read: own writes and those of other processes.
    ///
    /// # Errors
    /// [`DeskError::Store`] when a journal cannot be read; what was folded in before stays.
    pub async fn catch_up(&self) -> Result<(), DeskError> {
        let _one_at_a_time = self.following.lock().await;
        for (territory, head) in self.store.territories().await? {
            self.follow(&territory, head).await?;
        }
        self.grounds.fetch(&self.store, self.read(to_hold)).await
    }

    /// Folds in a journal up to a position.
    async fn follow(&self, territory: &Territory, until: Seq) -> Result<(), DeskError> {
        loop {
            let read = self.read(|registry| registry.read_to(territory));
            if until <= read {
                return Ok(());
            }
            let entries = self.store.after(territory, read, PAGE).await?;
            if entries.is_empty() {
                return Ok(());
            }
            for entry in entries.into_iter().take_while(|entry| entry.seq <= until) {
                if let Event::AssetsImported { .. } = entry.recorded.event {
                    self.fold_import(territory, entry.seq).await?;
                }
                let record = entry.recorded.event.into_record();
                let mut change = Change::default();
                self.change(|registry| {
                    change.note(registry, &record);
                    registry.put(territory, entry.seq, entry.version, record);
                    registry.reach(territory, entry.seq);
                });
                // After the change: whoever re-rates meanwhile is told to do it again.
                self.rerating().changed(&change);
            }
        }
    }

    /// What is to be re-rated. Never asked for while the registry is being read: see [`crate::rerating`].
    pub(crate) fn rerating(&self) -> MutexGuard<'_, Rerating> {
        self.rerating.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn fold_import(&self, territory: &Territory, seq: Seq) -> Result<(), DeskError> {
        let mut all: Vec<AssetChange> = Vec::new();
        loop {
            let read = u64::try_from(all.len()).unwrap_or(u64::MAX);
            let page = self.store.rows_of(territory, seq, read, PAGE).await?;
            if page.is_empty() {
                break;
            }
            all.extend(page);
        }
        let mut change = Change::default();
        self.read(|registry| {
            for one in &all {
                if let Some(before) = registry.held(one.asset.id) {
                    change.note_asset(&before.asset);
                }
                change.note_asset(&one.asset);
            }
        });
        let held = |AssetChange { version, asset }| Held { asset: *asset, territory: territory.clone(), version, seq };
        self.change(|registry| registry.put_assets(all.into_iter().map(held)));
        self.rerating().changed(&change);
        Ok(())
    }

    /// Writes events in one transaction, each to the journal it belongs to, notes the change, and follows.
    pub(crate) async fn append(
        &self,
        territory: &Territory,
        events: Vec<(Expected, Event)>,
        who: &Viewer,
    ) -> Result<Vec<Appended>, DeskError> {
        self.append_valid(territory, events, who, None).await
    }

    /// The same for what is true since another day than it is written down.
    pub(crate) async fn append_valid(
        &self,
        territory: &Territory,
        events: Vec<(Expected, Event)>,
        who: &Viewer,
        valid_on: Option<Date>,
    ) -> Result<Vec<Appended>, DeskError> {
        let at = self.edge.now();
        let recorded: Vec<(Territory, Expected, Recorded)> = events
            .into_iter()
            .map(|(expected, event)| {
                (event.journal(territory), expected, Recorded { v: FORMAT, at, valid_on, by: who.account, event })
            })
            .collect();
        let writes: Vec<Write<'_>> = recorded
            .iter()
            .map(|(territory, expected, recorded)| Write { territory, expected: *expected, recorded })
            .collect();
        let appended = self.store.append(&writes).await?;
        if let (Some(first), Some((.., recorded))) = (appended.first(), recorded.first()) {
            let about = format!("{}/{} {}", first.territory, first.seq.0, recorded.event.kind());
            self.audit_many(AccessKind::Change, who, &about, appended.len());
        }
        self.catch_up().await?;
        Ok(appended)
    }

    /// The position that a writer is told of its own write. A journal's own positions count also what is hidden from most
    /// writers, so that two receipts would tell how much of it came between them.
    pub(crate) fn told_position(&self, who: &Viewer, appended: &Appended) -> Seq {
        if tells_positions(who, &appended.territory) {
            return appended.seq;
        }
        self.read(|registry| seen_positions(registry, who).get(&appended.territory).copied().unwrap_or_default())
    }

    /// The version that a stream has now, as the expectation of the next write to it.
    pub(crate) async fn expected(&self, territory: &Territory, stream: &Stream) -> Result<Expected, DeskError> {
        let history = self.store.history(territory, stream).await?;
        Ok(history.last().map_or(Expected::New, |entry| Expected::Version(entry.version)))
    }
}

/// Forgets an import's progress when it is dropped, however the work ended.
pub(crate) struct UntilDone<'a> {
    desk: &'a Desk,
    import: Uuid,
}

impl Drop for UntilDone<'_> {
    fn drop(&mut self) {
        self.desk.progress.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.import);
    }
}

pub(crate) fn home_of(registry: &Registry) -> Territory {
    registry.home().map_or_else(Territory::unbounded, |(territory, _)| territory.clone())
}

/// Whether a viewer is told a journal's own positions: whoever may see everything that moves them.
pub(crate) fn tells_positions(who: &Viewer, territory: &Territory) -> bool {
    who.role.sees_security_sites() && who.answers_for(territory)
}

pub(crate) fn positions_of(registry: &Registry) -> BTreeMap<Territory, Seq> {
    registry.territories().iter().map(|(code, state)| (code.clone(), state.seq)).collect()
}

/// How far every journal has been read, the confidential ones too: what an answer is folded from again.
pub(crate) fn read_positions(registry: &Registry) -> BTreeMap<Territory, Seq> {
    let confidential = registry.confidential().map(|(journal, seq)| (journal.clone(), seq));
    positions_of(registry).into_iter().chain(confidential).collect()
}

/// How far each journal has come, as far as a viewer may know: the number of changes made to what it may see.
///
/// A journal's own positions are for the desk alone: they move also with what a viewer must not notice.
pub(crate) fn seen_positions(registry: &Registry, who: &Viewer) -> BTreeMap<Territory, Seq> {
    registry.seen_by(who).progress().changes
}

/// The same of the home territory.
pub(crate) fn seen_position(registry: &Registry, who: &Viewer) -> Seq {
    seen_positions(registry, who).get(&home_of(registry)).copied().unwrap_or_default()
}

pub(crate) fn position_of(registry: &Registry) -> Seq {
    registry.territories().get(&home_of(registry)).map_or(Seq(0), |state| state.seq)
}
