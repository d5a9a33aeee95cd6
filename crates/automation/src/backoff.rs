//! How long to wait before a connection is tried again.

use std::time::{Duration, Instant};

const FIRST: Duration = Duration::from_millis(800);
const LONGEST: Duration = Duration::from_secs(30);
/// A connection that held so long starts the waiting anew.
const QUIET: Duration = Duration::from_secs(120);

/// Waits that double, with jitter, so that many clients do not come back at once.
pub(crate) struct Backoff {
    next: Duration,
    last: Option<Instant>,
}

impl Backoff {
    pub(crate) fn new() -> Self {
        Self { next: FIRST, last: None }
    }

    /// How long to wait before the next try.
    pub(crate) fn wait(&mut self, now: Instant) -> Duration {
        if self.last.is_some_and(|last| now.duration_since(last) > QUIET + LONGEST) {
            self.next = FIRST;
        }
        self.last = Some(now);
        let wait = self.next;
        self.next = (wait * 2).min(LONGEST);
        wait.mul_f64(0.75 + fastrand::f64() / 2.0).min(LONGEST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubles_and_starts_anew() {
        let mut backoff = Backoff::new();
        let start = Instant::now();
        let waits: Vec<_> = (0..8).map(|_| backoff.wait(start)).collect();
        assert!(waits[0] >= FIRST.mul_f64(0.75) && waits[0] <= FIRST.mul_f64(1.25));
        assert!(waits[7] >= LONGEST.mul_f64(0.75) && waits[7] <= LONGEST);
        let later = start + QUIET + LONGEST + Duration::from_secs(1);
        assert!(backoff.wait(later) <= FIRST.mul_f64(1.25));
    }
}
