//! Fills a registry with synthetic assets, for trying out sizes.

use hatang_core::Asset;
use hatang_store::{Hash, Import};

use crate::{desk::Desk, error::DeskError, synthetic::registry};

/// How many assets are written at once.
const AT_ONCE: usize = 50_000;

/// Brings so many synthetic assets into the registry of the home territory, in imports of bounded size.
///
/// # Errors
/// [`DeskError::Store`] when the store cannot be written; whole imports before that stay.
pub async fn generate_assets(desk: &Desk, count: usize, seed: u64) -> Result<usize, DeskError> {
    let territory = desk.home();
    let mut assets = registry(count, seed);
    let mut written = 0;
    loop {
        let mut part: Vec<Asset> = assets.by_ref().take(AT_ONCE).collect();
        if part.is_empty() {
            break;
        }
        // An import holds one class.
        part.sort_by_key(Asset::class);
        for assets in part.chunk_by(|a, b| a.class() == b.class()) {
            let import = Import {
                territory: &territory,
                at: desk.edge.now(),
                valid_on: None,
                by: None,
                id: desk.edge.new_uuid(),
                file: "synthetic",
                // No file: nothing can come again.
                file_sha256: Hash::GENESIS,
                class: assets[0].class(),
                rows_refused: 0,
                organisations: &[],
                assets,
            };
            desk.store.append_import(&import).await?;
        }
        written += part.len();
    }
    desk.catch_up().await?;
    Ok(written)
}
