//! Agreeing with the engine on a version of its API.

use std::sync::{Mutex, OnceLock, PoisonError};

use futures_util::FutureExt;
use futures_util::future::{BoxFuture, Shared, WeakShared};

use super::Client;
use crate::api;
use crate::error::{Error, ErrorKind, Result};
use crate::request::Request;
use crate::version::ApiVersion;

/// A question that all who need its answer drive: one of them that is given up, or kept without being polled, holds
/// nobody up, and the last one to go takes it along.
type Asking = BoxFuture<'static, Result<ApiVersion>>;

/// What is known of the version, or asked about it.
#[derive(Default)]
pub(super) struct Negotiation {
    version: OnceLock<ApiVersion>,
    asking: Mutex<Option<WeakShared<Asking>>>,
}

impl Client {
    /// The version that was agreed upon; until then, what asking gives. A failure is not kept.
    pub(super) async fn negotiated(&self) -> Result<ApiVersion> {
        let version = &self.inner.negotiation.version;
        if let Some(version) = version.get() {
            return Ok(*version);
        }
        let agreed = self.asking().await?;
        Ok(*version.get_or_init(|| agreed))
    }

    /// The question that is under way, else a new one.
    fn asking(&self) -> Shared<Asking> {
        let mut asking = self.inner.negotiation.asking.lock().unwrap_or_else(PoisonError::into_inner);
        let running = asking.as_ref().and_then(WeakShared::upgrade).filter(|asking| asking.peek().is_none());
        running.unwrap_or_else(|| {
            let client = self.clone();
            let new = async move { client.negotiate().await }.boxed().shared();
            *asking = new.downgrade();
            new
        })
    }

    async fn negotiate(&self) -> Result<ApiVersion> {
        let answer = self.transmit(Request::new(&api::system::PING), None).await?;
        let spoken: ApiVersion = match answer.header("api-version") {
            Some(version) => version.parse()?,
            None => {
                return Err(Error::new(
                    ErrorKind::InvalidVersion,
                    format!(
                        "what answers at {} does not say which API version it speaks",
                        self.inner.settings.host
                    ),
                ));
            }
        };
        if spoken < ApiVersion::OLDEST {
            return Err(Error::new(
                ErrorKind::InvalidVersion,
                format!(
                    "the engine speaks API {spoken}, but at least {} (Docker Engine 20.10) is needed",
                    ApiVersion::OLDEST
                ),
            ));
        }
        Ok(spoken.min(ApiVersion::NEWEST))
    }
}
