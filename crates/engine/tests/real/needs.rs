//! Tests of what not every engine can do.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use moondock_tests::engine::abilities::{Ability, NO_END};
use moondock_tests::engine::{self, Edition};

/// How long what an engine cannot do may take to fail.
const PATIENCE: Duration = Duration::from_secs(15);

/// Runs what needs an ability. On an engine that lacks it, it must fail, in the way that the table of abilities tells;
/// to hang is to fail.
pub(super) fn needs<'a>(ability: &'a Ability, body: impl Future<Output = ()> + 'a) -> LocalBoxFuture<'a, ()> {
    // On the heap, since bodies are large.
    let body = body.boxed_local();
    async move {
        let edition = Edition::of(&engine::shared().unwrap().address()).unwrap();
        let Some(lack) = ability.lack(edition) else { return body.await };
        let failure = match tokio::time::timeout(PATIENCE, AssertUnwindSafe(body).catch_unwind()).await {
            Ok(Ok(())) => None,
            Ok(Err(panic)) => Some(
                panic
                    .downcast::<String>()
                    .map_or_else(|_| "a panic without words".to_owned(), |words| *words),
            ),
            Err(_) => Some(format!("{NO_END} within {PATIENCE:?}")),
        };
        lack.judge(ability, failure.as_deref()).unwrap_or_else(|error| panic!("{error}"));
    }
    .boxed_local()
}
