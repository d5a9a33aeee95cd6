//! A server that records requests and answers them by scripts.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use moondock_engine::models::DockerClient;
use moondock_engine::{ApiVersion, Host, Settings};
use tempfile::TempDir;
use tokio::net::{TcpListener, UnixListener};
use tokio::task::{AbortHandle, JoinSet};

use super::peer::{Received, Socket, serve};
use super::reply::Reply;

/// The scripts of a route: each is played once, the last again and again.
type Route = (String, VecDeque<Reply>);

/// What the connections share.
#[derive(Default)]
pub(super) struct Shared {
    routes: Mutex<Vec<Route>>,
    pub(super) requests: Mutex<Vec<Received>>,
}

/// A scripted server. It ends when it is dropped.
pub(crate) struct Server {
    host: Host,
    shared: Arc<Shared>,
    listening: AbortHandle,
    connections: Arc<Mutex<JoinSet<()>>>,
    _folder: Option<TempDir>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

trait Listener: Send + 'static {
    fn next(&self) -> impl Future<Output = Box<dyn Socket>> + Send;
}

impl Listener for UnixListener {
    async fn next(&self) -> Box<dyn Socket> {
        Box::new(self.accept().await.unwrap().0)
    }
}

impl Listener for TcpListener {
    async fn next(&self) -> Box<dyn Socket> {
        Box::new(self.accept().await.unwrap().0)
    }
}

impl Server {
    /// Listens at a unix socket of its own.
    pub(crate) fn unix() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("docker.sock");
        let listener = UnixListener::bind(&path).unwrap();
        Self::start(Host::Unix(path), Some(folder), listener)
    }

    /// Listens at a free port of this machine.
    pub(crate) async fn tcp() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        Self::start(Host::Tcp { host: "127.0.0.1".to_owned(), port }, None, listener)
    }

    fn start(host: Host, folder: Option<TempDir>, listener: impl Listener) -> Self {
        let shared = Arc::new(Shared::default());
        let connections = Arc::<Mutex<JoinSet<()>>>::default();
        let (serving, opened) = (Arc::clone(&shared), Arc::clone(&connections));
        let listening = tokio::spawn(async move {
            for connection in 0.. {
                let served = serve(listener.next().await, connection, Arc::clone(&serving));
                opened.lock().unwrap().spawn(served);
            }
        });
        Self { host, shared, listening: listening.abort_handle(), connections, _folder: folder }
    }

    /// Closes all connections, as an engine that starts anew does.
    pub(crate) async fn hang_up(&self) {
        let mut connections = std::mem::take(&mut *self.connections.lock().unwrap());
        connections.shutdown().await;
    }

    /// One of each kind.
    pub(crate) async fn both() -> [Self; 2] {
        [Self::unix(), Self::tcp().await]
    }

    /// Adds a script for `METHOD /path`, the path without its version and query.
    pub(crate) fn on(&self, line: &str, reply: Reply) -> &Self {
        let mut routes = self.shared.routes.lock().unwrap();
        match routes.iter_mut().find(|(known, _)| known == line) {
            Some((_, replies)) => replies.push_back(reply),
            None => routes.push((line.to_owned(), VecDeque::from([reply]))),
        }
        self
    }

    /// Puts a script in the place of those for `METHOD /path`.
    pub(crate) fn instead(&self, line: &str, reply: Reply) -> &Self {
        self.shared.routes.lock().unwrap().retain(|(known, _)| known != line);
        self.on(line, reply)
    }

    /// Settings for this server and an API version, so that nothing is negotiated.
    pub(crate) fn settings(&self, minor: u16) -> Settings {
        Settings { version: Some(ApiVersion::new(1, minor)), ..Settings::new(self.host.clone()) }
    }

    /// A client that speaks API 1.45.
    pub(crate) fn client(&self) -> DockerClient {
        DockerClient::new(self.settings(45))
    }

    /// A client that asks for the API version.
    pub(crate) fn negotiating(&self) -> DockerClient {
        DockerClient::new(Settings::new(self.host.clone()))
    }

    /// The requests so far, in the order of their heads.
    pub(crate) fn requests(&self) -> Vec<Received> {
        self.shared.requests.lock().unwrap().clone()
    }

    /// The requests' methods and paths.
    pub(crate) fn lines(&self) -> Vec<String> {
        self.requests().iter().map(Received::line).collect()
    }

    /// The requests to one method and path.
    pub(crate) fn to(&self, line: &str) -> Vec<Received> {
        self.requests().into_iter().filter(|request| request.line() == line).collect()
    }
}

impl Shared {
    /// The script for a request.
    pub(super) fn reply(&self, line: &str) -> Reply {
        let mut routes = self.routes.lock().unwrap();
        match routes.iter_mut().find(|(known, _)| known == line) {
            Some((_, replies)) if replies.len() > 1 => replies.pop_front(),
            Some((_, replies)) => replies.front().cloned(),
            None => None,
        }
        .unwrap_or_else(|| Reply::error("501 Not Implemented", &format!("no script for {line}")))
    }
}
