//! Files about the ground, by the hash that the journal names them by.

use hatang_core::Territory;

use crate::{Hash, Store, StoreError};

impl Store {
    /// Keeps a file; one that is kept already stays.
    ///
    /// # Errors
    /// [`StoreError::Database`] when it cannot be written.
    pub async fn put_ground_file(&self, territory: &Territory, bytes: &[u8]) -> Result<Hash, StoreError> {
        let hash = Hash::of(bytes);
        on_either!(&self.writers, pool => {
            sqlx::query(
                "insert into ground_file (territory, sha256, bytes)
                 values ($1, $2, $3)
                 on conflict (territory, sha256) do nothing",
            )
            .bind(territory.as_str())
            .bind(&hash.0[..])
            .bind(bytes)
            .execute(pool)
            .await?;
        });
        Ok(hash)
    }

    /// A file by its hash.
    ///
    /// # Errors
    /// [`StoreError::Database`] when it cannot be read, [`StoreError::Corrupt`] when its bytes are no longer those that the
    /// hash is of.
    pub async fn ground_file(&self, territory: &Territory, hash: Hash) -> Result<Option<Vec<u8>>, StoreError> {
        let row: Option<(Vec<u8>,)> = on_either!(&self.readers, pool => {
            sqlx::query_as(
                "select bytes
                 from ground_file
                 where territory = $1
                   and sha256 = $2",
            )
            .bind(territory.as_str())
            .bind(&hash.0[..])
            .fetch_optional(pool)
            .await?
        });
        match row {
            Some((bytes,)) if Hash::of(&bytes) != hash => {
                Err(StoreError::corrupt("ground_file", hash.to_string(), "`bytes` have another hash".to_owned()))
            }
            row => Ok(row.map(|(bytes,)| bytes)),
        }
    }
}
