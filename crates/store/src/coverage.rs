//! Coverage runs: what they were computed from, and their cells piece by piece.

use hatang_core::{Seq, Territory};
use jiff::Timestamp;

use crate::{
    Hash, Store, StoreError,
    number::{from_sql, to_sql},
};

/// A run that begins, or goes on.
#[derive(Clone, Copy, Debug)]
pub struct NewCoverageRun<'a> {
    /// Whose territory it is about.
    pub territory: &'a Territory,
    /// The hash of the inputs before compression, which is the run's name.
    pub input_hash: Hash,
    /// The inputs, compressed.
    pub inputs: &'a [u8],
    /// The journal position that they were read at.
    pub seq: Seq,
    /// How many pieces there will be.
    pub tiles: u64,
    /// When it begins.
    pub at: Timestamp,
}

/// A run as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredCoverageRun {
    /// The hash of its inputs.
    pub input_hash: Hash,
    /// Its inputs, compressed.
    pub inputs: Vec<u8>,
    /// The journal position that they were read at.
    pub seq: Seq,
    /// How many pieces it has when it is whole.
    pub tiles: u64,
    /// When it began.
    pub started_at: Timestamp,
    /// When its last piece was done, and the hash of all.
    pub finished: Option<(Timestamp, Hash)>,
}

/// One piece as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoverageTile {
    /// Which piece.
    pub number: u64,
    /// The hash of its cells before compression.
    pub result_hash: Hash,
    /// Its cells, compressed.
    pub cells: Vec<u8>,
}

row! {
    /// A run in SQL.
    RunRow {
        input_hash: Vec<u8>,
        inputs: Vec<u8>,
        seq: i64,
        tiles: i64,
        started_at_us: i64,
        finished_at_us: Option<i64>,
        result_hash: Option<Vec<u8>>,
    }
}

row! {
    /// A piece in SQL.
    TileRow {
        number: i64,
        result_hash: Vec<u8>,
        cells: Vec<u8>,
    }
}

fn hash(bytes: &[u8], table: &'static str, column: &str, key: &str) -> Result<Hash, StoreError> {
    let wrong = |_| StoreError::corrupt(table, key.to_owned(), format!("`{column}` has {} bytes", bytes.len()));
    bytes.try_into().map(Hash).map_err(wrong)
}

impl TryFrom<RunRow> for StoredCoverageRun {
    type Error = StoreError;

    fn try_from(row: RunRow) -> Result<Self, StoreError> {
        const TABLE: &str = "coverage_run";
        let input_hash = hash(&row.input_hash, TABLE, "input_hash", "")?;
        let key = input_hash.to_string();
        let instant = |us: i64, column: &str| {
            let wrong = |error: jiff::Error| StoreError::corrupt(TABLE, key.clone(), format!("`{column}`: {error}"));
            Timestamp::from_microsecond(us).map_err(wrong)
        };
        let finished = match (row.finished_at_us, &row.result_hash) {
            (Some(at), Some(result)) => {
                Some((instant(at, "finished_at_us")?, hash(result, TABLE, "result_hash", &key)?))
            }
            _ => None,
        };
        Ok(Self {
            input_hash,
            seq: Seq(from_sql(row.seq, "seq", TABLE, &key)?),
            tiles: from_sql(row.tiles, "tiles", TABLE, &key)?,
            started_at: instant(row.started_at_us, "started_at_us")?,
            finished,
            inputs: row.inputs,
        })
    }
}

impl Store {
    /// Begins a run; one that has begun before is left as it is.
    ///
    /// # Errors
    /// [`StoreError::Database`] when it cannot be written.
    pub async fn begin_coverage_run(&self, run: &NewCoverageRun<'_>) -> Result<(), StoreError> {
        let (seq, tiles) = (to_sql(run.seq.0)?, to_sql(run.tiles)?);
        on_either!(&self.writers, pool => {
            sqlx::query(
                "insert into coverage_run (territory, input_hash, inputs, seq, tiles, started_at_us)
                 values ($1, $2, $3, $4, $5, $6)
                 on conflict (territory, input_hash) do nothing",
            )
            .bind(run.territory.as_str())
            .bind(&run.input_hash.0[..])
            .bind(run.inputs)
            .bind(seq)
            .bind(tiles)
            .bind(run.at.as_microsecond())
            .execute(pool)
            .await?;
        });
        Ok(())
    }

    /// A run by the hash of its inputs.
    ///
    /// # Errors
    /// [`StoreError::Database`] when it cannot be read, [`StoreError::Corrupt`] when it breaks a rule.
    pub async fn coverage_run(
        &self,
        territory: &Territory,
        input_hash: Hash,
    ) -> Result<Option<StoredCoverageRun>, StoreError> {
        let row = on_either!(&self.readers, pool => {
            sqlx::query_as::<_, RunRow>(
                "select input_hash, inputs, seq, tiles, started_at_us, finished_at_us, result_hash
                 from coverage_run
                 where territory = $1
                   and input_hash = $2",
            )
            .bind(territory.as_str())
            .bind(&input_hash.0[..])
            .fetch_optional(pool)
            .await?
        });
        row.map(StoredCoverageRun::try_from).transpose()
    }

    /// The runs of a territory, the latest first.
    ///
    /// # Errors
    /// As for [`Store::coverage_run`].
    pub async fn coverage_runs(&self, territory: &Territory, limit: u32) -> Result<Vec<StoredCoverageRun>, StoreError> {
        let rows = on_either!(&self.readers, pool => {
            sqlx::query_as::<_, RunRow>(
                "select input_hash, inputs, seq, tiles, started_at_us, finished_at_us, result_hash
                 from coverage_run
                 where territory = $1
                 order by started_at_us desc, input_hash
                 limit $2",
            )
            .bind(territory.as_str())
            .bind(i64::from(limit))
            .fetch_all(pool)
            .await?
        });
        rows.into_iter().map(StoredCoverageRun::try_from).collect()
    }

    /// Keeps one piece; one that is kept already stays.
    ///
    /// # Errors
    /// [`StoreError::Database`] when it cannot be written.
    pub async fn put_coverage_tile(
        &self,
        territory: &Territory,
        run: Hash,
        tile: &CoverageTile,
    ) -> Result<(), StoreError> {
        let number = to_sql(tile.number)?;
        on_either!(&self.writers, pool => {
            sqlx::query(
                "insert into coverage_tile (territory, input_hash, number, result_hash, cells)
                 values ($1, $2, $3, $4, $5)
                 on conflict (territory, input_hash, number) do nothing",
            )
            .bind(territory.as_str())
            .bind(&run.0[..])
            .bind(number)
            .bind(&tile.result_hash.0[..])
            .bind(&tile.cells)
            .execute(pool)
            .await?;
        });
        Ok(())
    }

    /// One piece of a run.
    ///
    /// # Errors
    /// As for [`Store::coverage_run`].
    pub async fn coverage_tile(
        &self,
        territory: &Territory,
        run: Hash,
        number: u64,
    ) -> Result<Option<CoverageTile>, StoreError> {
        let wanted = to_sql(number)?;
        let row = on_either!(&self.readers, pool => {
            sqlx::query_as::<_, TileRow>(
                "select number, result_hash, cells
                 from coverage_tile
                 where territory = $1
                   and input_hash = $2
                   and number = $3",
            )
            .bind(territory.as_str())
            .bind(&run.0[..])
            .bind(wanted)
            .fetch_optional(pool)
            .await?
        });
        row.map(CoverageTile::try_from).transpose()
    }

    /// The pieces that a run has, by number, each with its hash.
    ///
    /// # Errors
    /// As for [`Store::coverage_run`].
    pub async fn coverage_tiles_done(&self, territory: &Territory, run: Hash) -> Result<Vec<(u64, Hash)>, StoreError> {
        let rows: Vec<(i64, Vec<u8>)> = on_either!(&self.readers, pool => {
            sqlx::query_as(
                "select number, result_hash
                 from coverage_tile
                 where territory = $1
                   and input_hash = $2
                 order by number",
            )
            .bind(territory.as_str())
            .bind(&run.0[..])
            .fetch_all(pool)
            .await?
        });
        let key = run.to_string();
        rows.into_iter()
            .map(|(number, result)| {
                let number = from_sql(number, "number", "coverage_tile", &key)?;
                Ok((number, hash(&result, "coverage_tile", "result_hash", &key)?))
            })
            .collect()
    }

    /// Closes a run with the hash of all its pieces; one that is closed stays as it is.
    ///
    /// # Errors
    /// [`StoreError::Database`] when it cannot be written.
    pub async fn finish_coverage_run(
        &self,
        territory: &Territory,
        run: Hash,
        result: Hash,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        on_either!(&self.writers, pool => {
            sqlx::query(
                "update coverage_run
                 set finished_at_us = $3, result_hash = $4
                 where territory = $1
                   and input_hash = $2
                   and finished_at_us is null",
            )
            .bind(territory.as_str())
            .bind(&run.0[..])
            .bind(at.as_microsecond())
            .bind(&result.0[..])
            .execute(pool)
            .await?;
        });
        Ok(())
    }
}

impl TryFrom<TileRow> for CoverageTile {
    type Error = StoreError;

    fn try_from(row: TileRow) -> Result<Self, StoreError> {
        let key = row.number.to_string();
        Ok(Self {
            number: from_sql(row.number, "number", "coverage_tile", &key)?,
            result_hash: hash(&row.result_hash, "coverage_tile", "result_hash", &key)?,
            cells: row.cells,
        })
    }
}
