//! How long something took.

use std::time::Duration;

/// How long something took, time after time.
#[derive(Clone, Debug, Default)]
pub struct Times(Vec<Duration>);

impl Times {
    /// Notes one more.
    pub fn add(&mut self, time: Duration) {
        self.0.push(time);
    }

    /// So many hundredths of all took no longer than this; zero while nothing was timed.
    #[must_use]
    pub fn at(&self, hundredth: usize) -> Duration {
        let mut sorted = self.0.clone();
        sorted.sort();
        let last = sorted.len().saturating_sub(1);
        sorted.get((sorted.len() * hundredth / 100).min(last)).copied().unwrap_or_default()
    }

    /// Median, 95th percentile and worst, for people.
    #[must_use]
    pub fn told(&self) -> String {
        let [median, most, worst] = [50, 95, 100].map(|hundredth| self.at(hundredth));
        format!("median {median:.3?}, p95 {most:.3?}, worst {worst:.3?} of {}", self.0.len())
    }
}
