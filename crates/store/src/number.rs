//! Counts are unsigned in the domain and signed in SQL; nothing changes its value on the way.

use crate::StoreError;

/// A count as SQL keeps it.
pub(crate) fn to_sql(number: u64) -> Result<i64, StoreError> {
    i64::try_from(number).map_err(|_| StoreError::Unstorable {
        what: format!("the number {number}"),
        why: "it is larger than a database's integers",
    })
}

/// A count as the domain keeps it; `column`, `table` and `key` say where it came from.
pub(crate) fn from_sql<T: TryFrom<i64>>(
    number: i64,
    column: &str,
    table: &'static str,
    key: &str,
) -> Result<T, StoreError> {
    T::try_from(number).map_err(|_| StoreError::corrupt(table, key, format!("`{column}` is {number}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_kept_or_refused_but_never_changed() {
        assert_eq!(to_sql(7).unwrap(), 7);
        assert!(to_sql(u64::MAX).unwrap_err().to_string().contains("18446744073709551615"));
        assert_eq!(from_sql::<u32>(7, "version", "journal", "1").unwrap(), 7);
        for bad in [-1, i64::from(u32::MAX) + 1] {
            let error = from_sql::<u32>(bad, "version", "journal", "11824/3").unwrap_err();
            assert_eq!(error.to_string(), format!("inconsistency: table `journal`, row `11824/3`: `version` is {bad}"));
        }
    }
}
