//! The client: a handful of verbs that carry out any request.
//!
//! ```
//! # moondock_tests::example!(|client| {
//! use moondock_engine::Client;
//! use moondock_engine::api::{containers, system};
//!
//! let client: &Client = client.api();
//! assert_eq!(client.text(system::ping()).await?, "OK");
//! assert!(client.json(system::info()).await?["Containers"].is_i64());
//! // Up to the headers: the body is read as the caller likes.
//! let answer = client.send(system::version()).await?;
//! assert_eq!((answer.status().as_u16(), answer.content_type()), (200, "application/json"));
//! assert!(client.empty(containers::start("nobody")).await.is_err());
//! # });
//! ```

mod answer;
mod negotiation;
mod send;
mod sending;
mod settings;

use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Uri, header};
use hyper_util::client::legacy;
use hyper_util::rt::TokioExecutor;
use serde_json::Value;

use crate::auth::Session;
use crate::config_file::ConfigFile;
use crate::error::{Error, ErrorKind, Result};
use crate::request::Request;
use crate::stream::{ByteStream, Hijacked, JsonLines};
use crate::transport::Connector;
use crate::version::ApiVersion;
pub use answer::Answer;
use negotiation::Negotiation;
use sending::RequestBody;
pub use settings::{Settings, SshSettings, Timeouts};

/// The longest limit that counts; no clock can hold a deadline much further away.
const LONGEST: Duration = Duration::from_secs(10 * 365 * 24 * 60 * 60);

/// A client of one Docker Engine. Clones share its connections.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

struct Inner {
    http: legacy::Client<Connector, RequestBody>,
    settings: Settings,
    /// Where every request goes, in HTTP's words.
    origin: http::Result<Uri>,
    negotiation: Negotiation,
    /// The headers of every request that has none of these names itself.
    headers: OnceLock<HeaderMap>,
    session: Mutex<Session>,
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client").field("host", &self.inner.settings.host).finish_non_exhaustive()
    }
}

impl Client {
    /// Makes a client. Nothing is sent before the first call, which must come from within a tokio runtime.
    pub fn new(settings: Settings) -> Self {
        let http = legacy::Client::builder(TokioExecutor::new())
            .pool_max_idle_per_host(settings.idle_connections.unwrap_or(usize::MAX))
            .build(Connector::new(&settings));
        let authority = settings.host.authority();
        let inner = Inner {
            http,
            settings,
            origin: Uri::builder().scheme("http").authority(authority).path_and_query("/").build(),
            negotiation: Negotiation::default(),
            headers: OnceLock::new(),
            session: Mutex::default(),
        };
        Self { inner: Arc::new(inner) }
    }

    /// Reads docker's configuration file.
    pub(crate) fn config_file(&self) -> Result<ConfigFile> {
        ConfigFile::of(self.inner.settings.config_folder.as_deref())
    }

    /// The keys that detach from a container where a call names none.
    pub(crate) fn detach_keys(&self) -> Result<Option<String>> {
        Ok(self.config_file()?.detach_keys()?.map(str::to_owned))
    }

    /// The variables for the proxies that docker's configuration file has for this engine's containers.
    pub(crate) fn proxies(&self) -> Result<Vec<(String, String)>> {
        self.config_file()?.proxies(&self.inner.settings.host)
    }

    /// Works on what the client was logged in with.
    pub(crate) fn session<T>(&self, work: impl FnOnce(&mut Session) -> T) -> T {
        work(&mut self.inner.session.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The settings that the client was made with.
    pub fn settings(&self) -> &Settings {
        &self.inner.settings
    }

    /// Whether both are the same client, sharing connections.
    pub fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.inner, &other.inner)
    }

    /// The API version in use: the one asked for, or the newest that both sides know.
    ///
    /// # Errors
    ///
    /// When the engine is out of reach, or the version asked for or the engine's newest is before 1.41.
    pub async fn api_version(&self) -> Result<ApiVersion> {
        match self.inner.settings.version {
            Some(version) if version < ApiVersion::OLDEST => Err(Error::new(
                ErrorKind::InvalidVersion,
                format!("API {version} was asked for, but the oldest that can be is {}", ApiVersion::OLDEST),
            )),
            Some(version) => Ok(version),
            None => self.negotiated().await,
        }
    }

    /// Carries out a request up to the answer's headers.
    ///
    /// # Errors
    ///
    /// When the engine is out of reach, does not answer in time, or answers with an error status; also, before
    /// anything is sent, when the request or one of its options needs a newer API version than the one in use.
    pub async fn send(&self, request: Request) -> Result<Answer> {
        let version = self.api_version().await?;
        let needs = request.needs.iter().map(|(option, since)| (*option, *since));
        let endpoint = (request.endpoint.id, request.endpoint.since);
        for (what, since) in std::iter::once(endpoint).chain(needs) {
            if version < since {
                return Err(Error::new(
                    ErrorKind::InvalidVersion,
                    format!("{what} needs API {since}, but the engine is spoken to in API {version}"),
                ));
            }
        }
        if let Some((option, gone)) = request.gone.iter().find(|(_, gone)| version >= *gone) {
            return Err(Error::new(
                ErrorKind::InvalidVersion,
                format!("{option} left the API with {gone}, but the engine is spoken to in API {version}"),
            ));
        }
        self.transmit(request, Some(version)).await
    }

    /// Carries out a request whose answer is JSON.
    ///
    /// # Errors
    ///
    /// As [`Client::whole`], and when the answer is no JSON.
    pub async fn json(&self, request: Request) -> Result<Value> {
        self.read(request, Answer::json).await
    }

    /// Carries out a request whose answer is JSON, and reads it from its text.
    pub(crate) async fn json_as<T>(&self, request: Request) -> Result<T>
    where
        T: TryFrom<Bytes, Error = serde_json::Error>,
    {
        self.read(request, Answer::json_as).await
    }

    /// Carries out a request whose answer is short text.
    ///
    /// # Errors
    ///
    /// As [`Client::whole`].
    pub async fn text(&self, request: Request) -> Result<String> {
        Ok(String::from_utf8_lossy(&self.whole(request).await?).into_owned())
    }

    /// Carries out a request and reads the answer's body whole.
    ///
    /// # Errors
    ///
    /// As [`Client::send`], and when the whole takes longer than the client's `total` limit.
    pub async fn whole(&self, request: Request) -> Result<Bytes> {
        self.read(request, Answer::whole).await
    }

    async fn read<T, F: Future<Output = Result<T>>>(
        &self,
        request: Request,
        read: impl FnOnce(Answer) -> F,
    ) -> Result<T> {
        let Some(limit) = self.inner.settings.timeouts.total else {
            return read(self.send(request).await?).await;
        };
        let line = request.line();
        let result = tokio::time::timeout(limit, async { read(self.send(request).await?).await }).await;
        result.unwrap_or_else(|_| Err(Error::timeout("complete answer", limit).with_request(&line)))
    }

    /// Carries out a request whose answer says nothing beyond success. "Not modified" is success too.
    ///
    /// # Errors
    ///
    /// As [`Client::whole`].
    pub async fn empty(&self, request: Request) -> Result<()> {
        self.whole(request).await.map(drop)
    }

    /// Carries out a request whose answer is a stream of bytes. Dropping the stream ends the request.
    ///
    /// # Errors
    ///
    /// As [`Client::send`].
    pub async fn bytes(&self, request: Request) -> Result<ByteStream> {
        Ok(self.send(request).await?.stream())
    }

    /// Carries out a request whose answer is a stream of JSON values. Dropping the stream ends the request.
    ///
    /// # Errors
    ///
    /// As [`Client::send`].
    pub async fn json_lines(&self, request: Request) -> Result<JsonLines> {
        Ok(JsonLines::new(self.bytes(request).await?))
    }

    /// Carries out a request that turns its connection into a two-way stream.
    ///
    /// # Errors
    ///
    /// As [`Client::send`], and when the engine does not give up the connection.
    pub async fn upgrade(&self, request: Request) -> Result<Hijacked> {
        let request = if request.headers.contains_key(header::UPGRADE) {
            request
        } else {
            request.header(header::CONNECTION, "Upgrade").header(header::UPGRADE, "tcp")
        };
        self.send(request).await?.hijack().await
    }

    /// Carries out a request that turns its connection into a WebSocket.
    ///
    /// # Errors
    ///
    /// As [`Client::send`], and when what answers speaks no WebSocket.
    pub async fn web_socket(&self, request: Request) -> Result<Hijacked> {
        let key = tokio_tungstenite::tungstenite::handshake::client::generate_key();
        let request = request
            .header(header::CONNECTION, "Upgrade")
            .header(header::UPGRADE, "websocket")
            .header(header::SEC_WEBSOCKET_VERSION, "13")
            .header(header::SEC_WEBSOCKET_KEY, &key);
        self.send(request).await?.web_socket(&key).await
    }
}
