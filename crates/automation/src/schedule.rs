//! Calls at an interval.

use std::time::Duration;

use tokio::time::{Instant, MissedTickBehavior};

use crate::registry::Calls;
use crate::{AutomationError, Handler};

/// Refuses an interval that is nothing, or that ends behind the last moment of the clock.
pub(crate) fn check(interval: Duration) -> Result<(), AutomationError> {
    if interval.is_zero() {
        return Err(AutomationError::Interval);
    }
    match Instant::now().checked_add(interval) {
        Some(_) => Ok(()),
        None => Err(AutomationError::EndlessInterval(interval)),
    }
}

pub(crate) async fn every(interval: Duration, handler: Handler<()>, calls: Calls) {
    let mut ticks = tokio::time::interval_at(Instant::now() + interval, interval);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
    while calls.unless_off(ticks.tick()).await.is_some() {
        calls.call(&handler, ()).await;
    }
}
