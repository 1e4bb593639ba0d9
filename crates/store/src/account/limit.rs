//! How often signing in may fail. Counted here, so that several nodes count together.

use jiff::{SignedDuration, Timestamp};

use super::moment;
use crate::{Store, StoreError, number::from_sql};

/// How many failures are borne, and what follows.
#[derive(Clone, Copy, Debug)]
pub struct LimitRule {
    /// So many attempts in a window may fail.
    pub failures: u32,
    /// How long failures are remembered, from the first.
    pub window: SignedDuration,
    /// How long the first lock lasts; each further one twice as long as the one before.
    pub lock: SignedDuration,
    /// No lock lasts longer.
    pub longest_lock: SignedDuration,
}

/// What is known about a subject's attempts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// The attempt may be made; it counts as failed until [`Store::forget_attempts`].
    Open,
    /// Nothing is tried before then.
    Locked {
        /// When the lock ends.
        until: Timestamp,
    },
}

row! {
    LimitRow {
        failures: i64,
        locked_until: i64,
        locks: i64,
    }
}

impl Store {
    /// Counts an attempt before it is made, so that a thousand made at once are a thousand, on however many nodes.
    ///
    /// # Errors
    /// [`StoreError::Database`] if the write fails.
    pub async fn count_attempt(&self, subject: &str, now: Timestamp, rule: LimitRule) -> Result<Limit, StoreError> {
        let (now_s, stale) = (now.as_second(), (now - rule.window).as_second());
        // One statement: the row is locked while it is read and written, in both databases.
        let row: LimitRow = on_either!(&self.writers, pool => {
            sqlx::query_as(
                "insert into sign_in_limit (subject, failures, began_at, locked_until, locks)
                 values ($1, 1, $2, 0, 0)
                 on conflict (subject) do update
                 set failures = case
                         when $2 < sign_in_limit.locked_until then sign_in_limit.failures
                         when sign_in_limit.began_at <= $3 or 0 < sign_in_limit.locked_until then 1
                         else sign_in_limit.failures + 1
                     end,
                     began_at = case
                         when $2 < sign_in_limit.locked_until then sign_in_limit.began_at
                         when sign_in_limit.began_at <= $3 or 0 < sign_in_limit.locked_until then $2
                         else sign_in_limit.began_at
                     end,
                     locked_until = case
                         when $2 < sign_in_limit.locked_until then sign_in_limit.locked_until
                         else 0
                     end
                 returning failures, locked_until, locks",
            )
            .bind(subject)
            .bind(now_s)
            .bind(stale)
            .fetch_one(pool)
            .await?
        });
        let until = |seconds| Timestamp::from_second(seconds).unwrap_or(Timestamp::MAX);
        if now_s < row.locked_until {
            return Ok(Limit::Locked { until: until(row.locked_until) });
        }
        if row.failures <= i64::from(rule.failures) {
            return Ok(Limit::Open);
        }
        let locks: u32 = from_sql(row.locks, "locks", "sign_in_limit", subject)?;
        let longer = i64::from(1_u32.checked_shl(locks.min(16)).unwrap_or(u32::MAX));
        let lasts = rule.lock.as_secs().saturating_mul(longer).min(rule.longest_lock.as_secs());
        let locked_until = now_s + lasts;
        on_either!(&self.writers, pool => {
            sqlx::query(
                "update sign_in_limit
                 set locked_until = $2, locks = locks + 1
                 where subject = $1
                   and locked_until = 0",
            )
            .bind(subject)
            .bind(locked_until)
            .execute(pool)
            .await?;
        });
        Ok(Limit::Locked { until: until(locked_until) })
    }

    /// Takes back one attempt that ended well, where failures of others still count.
    ///
    /// # Errors
    /// [`StoreError::Database`] if the write fails.
    pub async fn return_attempt(&self, subject: &str) -> Result<(), StoreError> {
        on_either!(&self.writers, pool => {
            sqlx::query("update sign_in_limit set failures = failures - 1 where subject = $1 and 0 < failures")
                .bind(subject)
                .execute(pool)
                .await?;
        });
        Ok(())
    }

    /// Forgets a subject's failures and locks, after a success or by an administrator.
    ///
    /// # Errors
    /// [`StoreError::Database`] if the write fails.
    pub async fn forget_attempts(&self, subject: &str) -> Result<(), StoreError> {
        on_either!(&self.writers, pool => {
            sqlx::query("delete from sign_in_limit where subject = $1").bind(subject).execute(pool).await?;
        });
        Ok(())
    }

    /// Who is locked, and until when.
    ///
    /// # Errors
    /// As [`Store::account_by_name`].
    pub async fn locked_subjects(&self, now: Timestamp) -> Result<Vec<(String, Timestamp)>, StoreError> {
        let rows: Vec<(String, i64)> = on_either!(&self.readers, pool => {
            sqlx::query_as("select subject, locked_until from sign_in_limit where $1 < locked_until")
                .bind(now.as_second())
                .fetch_all(pool)
                .await?
        });
        rows.into_iter()
            .map(|(subject, until)| Ok((subject.clone(), moment(until, "sign_in_limit", &subject)?)))
            .collect()
    }

    /// Drops what is older than `before` and no longer locks anybody: addresses are not kept longer than needed.
    ///
    /// # Errors
    /// [`StoreError::Database`] if the write fails.
    pub async fn drop_old_attempts(&self, before: Timestamp, now: Timestamp) -> Result<(), StoreError> {
        on_either!(&self.writers, pool => {
            sqlx::query("delete from sign_in_limit where began_at <= $1 and locked_until <= $2")
                .bind(before.as_second())
                .bind(now.as_second())
                .execute(pool)
                .await?;
        });
        Ok(())
    }
}
