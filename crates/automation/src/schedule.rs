//! Calls at an interval.

use std::time::Duration;

use tokio::time::{Instant, MissedTickBehavior};

use crate::Handler;
use crate::registry::Calls;

pub(crate) async fn every(interval: Duration, handler: Handler<()>, calls: Calls) {
    let mut ticks = tokio::time::interval_at(Instant::now() + interval, interval);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
    while calls.unless_off(ticks.tick()).await.is_some() {
        calls.call(&handler, ()).await;
    }
}
