//! The tables, one change per file, the same changes for both databases.

use sqlx::{
    SqlSafeStr,
    migrate::{Migration, MigrationType, Migrator},
};

use crate::{StoreError, database::Pool};

/// The files of both databases. Listed here rather than found by a macro, which would compile both drivers twice.
macro_rules! migrations {
    ($folder:literal) => {
        migrations!($folder: "0001_journal", "0002_change_set_row", "0003_current_state", "0004_account", "0005_session", "0006_access_log", "0007_person", "0008_password", "0009_account_times", "0010_session", "0011_sign_in_limit", "0012_second_factor", "0013_recovery_code", "0014_invitation", "0015_access_token", "0016_sign_on_identity", "0017_sign_on_attempt", "0018_coverage_run", "0019_import_job", "0020_change_set_row_changes", "0021_account_territory", "0022_ground_file")
    };
    ($folder:literal: $($file:literal),+) => {
        [$(($file, include_str!(concat!("../../../migrations/", $folder, "/", $file, ".sql")))),+]
    };
}

const SQLITE: &[(&str, &str)] = &migrations!("sqlite");
const POSTGRES: &[(&str, &str)] = &migrations!("postgres");

/// Brings the tables to this program's version.
pub(crate) async fn run(pool: &Pool) -> Result<(), StoreError> {
    match pool {
        Pool::Sqlite(pool) => migrator(SQLITE).run(pool).await,
        Pool::Postgres(pool) => migrator(POSTGRES).run(pool).await,
    }
    .map_err(StoreError::Migration)
}

fn migrator(files: &'static [(&str, &str)]) -> Migrator {
    let migrations = (1..).zip(files).map(|(version, (name, sql))| {
        let description = name[name.find('_').map_or(0, |at| at + 1)..].into();
        Migration::new(version, description, MigrationType::Simple, sql.into_sql_str(), false)
    });
    Migrator::with_migrations(migrations.collect())
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use super::*;

    #[test]
    fn every_file_in_the_folders_is_listed_under_its_number() {
        for (folder, listed) in [("sqlite", SQLITE), ("postgres", POSTGRES)] {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../migrations").join(folder);
            let mut files: Vec<String> = fs::read_dir(folder)
                .unwrap()
                .map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
                .collect();
            files.sort();
            assert_eq!(files, listed.iter().map(|(name, _)| *name).collect::<Vec<_>>());
            for (number, (name, _)) in (1..).zip(listed) {
                assert!(name.starts_with(&format!("{number:04}_")), "{name}");
            }
        }
    }
}
