//! Writing a whole file's assets as one event.

use std::collections::{BTreeSet, HashSet};

use hatang_core::{
    Asset, AssetClass, Event, Organisation, Record, Recorded, Stream, Territory, Version,
    event::{ChangeSet, FORMAT},
    visibility::AccountId,
};
use jiff::{Timestamp, civil::Date};
use sqlx::QueryBuilder;
use uuid::Uuid;

use crate::{
    Hash, Store, StoreError,
    chain::Root,
    constraint::{Constraint, broken},
    database::{Either, Transaction},
    number::to_sql,
    write::{Appended, Expected, Prepared, State, kind_of_record},
};

/// Assets per statement: enough that statements cost little, few enough for either database's limit of values.
const ROWS_AT_ONCE: usize = 500;

/// A file's assets on their way in.
#[derive(Clone, Copy, Debug)]
pub struct Import<'a> {
    /// Whose journal they go to.
    pub territory: &'a Territory,
    /// When they are written down.
    pub at: Timestamp,
    /// Since when they stand so, where that differs.
    pub valid_on: Option<Date>,
    /// The account that imports them; none for the installation's own commands.
    pub by: Option<AccountId>,
    /// The import's identity.
    pub id: Uuid,
    /// The file's name without its folders.
    pub file: &'a str,
    /// SHA-256 of the file's bytes.
    pub file_sha256: Hash,
    /// What the file holds.
    pub class: AssetClass,
    /// How many rows of the file were refused.
    pub rows_refused: u64,
    /// Organisations that the file names. Those that the authority's journal does not know are written with the import.
    pub organisations: &'a [Organisation],
    /// The assets, all new, in the file's order.
    pub assets: &'a [Asset],
}

impl Store {
    /// Writes an import: its event, its rows and every asset's state, or nothing.
    ///
    /// `O(n log n)` in the number of assets.
    ///
    /// # Errors
    /// [`StoreError::IdentityTaken`] with the first identity that an asset of the territory has or that comes twice,
    /// [`StoreError::Conflict`] with the first asset that is not new.
    pub async fn append_import(&self, import: &Import<'_>) -> Result<Appended, StoreError> {
        let mut transaction = self.writers.begin_writing().await?;
        let appended = append_all(&mut transaction, import).await;
        match transaction.finish(appended).await {
            Err(StoreError::Database(error)) => Err(match broken(&error) {
                Some(Constraint::Identity) => self.repeated_identity(import).await?,
                Some(Constraint::Stream) => self.repeated_stream(import).await?,
                _ => None,
            }
            .unwrap_or(StoreError::Database(error))),
            result => result,
        }
    }

    /// Why an identity was refused: it is there already, or comes twice.
    async fn repeated_identity(&self, import: &Import<'_>) -> Result<Option<StoreError>, StoreError> {
        let identities: Vec<String> = import.assets.iter().filter_map(identity).collect();
        let taken = self.identities_taken(import.territory, &identities).await?;
        Ok(first_repeated(identities, taken).map(|identity| StoreError::IdentityTaken { identity }))
    }

    /// Why a record was refused: it is there already, or comes twice.
    async fn repeated_stream(&self, import: &Import<'_>) -> Result<Option<StoreError>, StoreError> {
        let streams: Vec<String> = import.assets.iter().map(stream).collect();
        let known = self.streams_known(import.territory, &streams).await?;
        let found = Some(Version(1));
        Ok(first_repeated(streams, known).map(|stream| StoreError::Conflict { stream, expected: Expected::New, found }))
    }
}

/// The first text that is among the known ones or before itself.
fn first_repeated(texts: Vec<String>, known: Vec<String>) -> Option<String> {
    let mut known: HashSet<String> = known.into_iter().collect();
    texts.into_iter().find(|text| !known.insert(text.clone()))
}

async fn append_all(transaction: &mut Transaction, import: &Import<'_>) -> Result<Appended, StoreError> {
    let authority = Territory::authority();
    for territory in BTreeSet::from([&authority, import.territory]) {
        transaction.lock(territory).await?;
    }
    register_unknown(transaction, &authority, import.organisations, |event| recorded(import, event)).await?;
    let mut head = transaction.head(import.territory).await?;
    let seq = to_sql(head.seq.0 + 1)?;
    let mut root = Root::default();
    let mut first_row = 1;
    // The event comes last: it holds the root of what is written here.
    for assets in import.assets.chunks(ROWS_AT_ONCE) {
        let rows = assets.iter().map(Row::new).collect::<Result<Vec<_>, _>>()?;
        for row in &rows {
            root.add(&row.payload);
        }
        insert_rows(transaction, import.territory, seq, first_row, &rows).await?;
        insert_states(transaction, import.territory, seq, &rows).await?;
        first_row += to_sql(rows.len() as u64)?;
    }
    let event = Prepared::new(&recorded(import, change_set(import, root.finish())))?;
    let appended = transaction.insert_entry(import.territory, &mut head, &event, Version(1)).await?;
    transaction.put_state(&event, &appended).await?;
    count_rows(transaction).await?;
    Ok(appended)
}

/// Lets PostgreSQL see how much has come in.
///
/// Until it counts by itself, minutes later, it takes the tables for small and sorts all of a territory for every page
/// that a starting node or a check reads.
pub(crate) async fn count_rows(transaction: &mut Transaction) -> Result<(), StoreError> {
    if let Either::Postgres(transaction) = transaction {
        sqlx::query("analyze change_set_row, current_state").execute(&mut **transaction).await?;
    }
    Ok(())
}

/// Makes known those organisations that nobody has registered; whoever did so meanwhile has the word.
pub(crate) async fn register_unknown(
    transaction: &mut Transaction,
    authority: &Territory,
    organisations: &[Organisation],
    recorded: impl Fn(Event) -> Recorded,
) -> Result<(), StoreError> {
    if organisations.is_empty() {
        return Ok(());
    }
    let mut head = transaction.head(authority).await?;
    for organisation in organisations {
        let event = Event::OrganisationRegistered { organisation: organisation.clone() };
        let prepared = Prepared::new(&recorded(event))?;
        if transaction.version(authority, &prepared.stream).await?.is_none() {
            let appended = transaction.insert_entry(authority, &mut head, &prepared, Version(1)).await?;
            transaction.put_state(&prepared, &appended).await?;
        }
    }
    Ok(())
}

fn change_set(import: &Import<'_>, root: String) -> Event {
    Event::AssetsImported {
        change_set: ChangeSet {
            id: import.id,
            file: import.file.to_owned(),
            file_sha256: import.file_sha256.to_string(),
            class: import.class,
            assets: import.assets.len() as u64,
            changed: 0,
            retired: 0,
            reverts: None,
            rows_refused: import.rows_refused,
            root,
        },
    }
}

fn recorded(import: &Import<'_>, event: Event) -> Recorded {
    Recorded { v: FORMAT, at: import.at, valid_on: import.valid_on, by: import.by, event }
}

/// An asset as the tables keep it.
pub(crate) struct Row {
    pub(crate) stream: String,
    pub(crate) version: Version,
    pub(crate) payload: Vec<u8>,
    pub(crate) state: State,
}

impl Row {
    pub(crate) fn new(asset: &Asset) -> Result<Self, StoreError> {
        Ok(Self {
            stream: stream(asset),
            version: Version(1),
            payload: serde_json::to_vec(asset).map_err(StoreError::Encode)?,
            state: State::of(&Record::Asset { asset: Box::new(asset.clone()) })?,
        })
    }
}

fn stream(asset: &Asset) -> String {
    Stream::Asset(asset.id).to_string()
}

fn identity(asset: &Asset) -> Option<String> {
    asset.code.as_ref().map(|code| hatang_core::event::identity(&asset.owner, asset.class(), code))
}

pub(crate) async fn insert_rows(
    transaction: &mut Transaction,
    territory: &Territory,
    seq: i64,
    first_row: i64,
    rows: &[Row],
) -> Result<(), StoreError> {
    on_either!(transaction, transaction => {
        QueryBuilder::new("insert into change_set_row (territory, seq, row, stream, payload) ")
            .push_values((first_row..).zip(rows), |mut values, (number, row)| {
                values
                    .push_bind(territory.as_str())
                    .push_bind(seq)
                    .push_bind(number)
                    .push_bind(&row.stream)
                    .push_bind(&row.payload);
            })
            .build()
            .execute(&mut **transaction)
            .await?;
    });
    Ok(())
}

async fn insert_states(
    transaction: &mut Transaction,
    territory: &Territory,
    seq: i64,
    rows: &[Row],
) -> Result<(), StoreError> {
    on_either!(transaction, transaction => {
        QueryBuilder::new("insert into current_state (territory, stream, version, seq, kind, identity, state) ")
            .push_values(rows, |mut values, row| {
                values
                    .push_bind(territory.as_str())
                    .push_bind(&row.stream)
                    .push_bind(1_i64)
                    .push_bind(seq)
                    .push_bind(kind_of_record(&row.stream))
                    .push_bind(&row.state.identity)
                    .push_bind(&row.state.bytes);
            })
            .build()
            .execute(&mut **transaction)
            .await?;
    });
    Ok(())
}
