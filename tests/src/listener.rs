//! Servers on unix sockets of their own, a thread for each connection.

use std::io;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use tempfile::TempDir;

/// How long a connection may be silent before it is closed.
const SILENCE: Duration = Duration::from_secs(60);

/// A server; dropped, it ends and its folder goes away.
pub(crate) struct Listener {
    folder: TempDir,
    stopping: Arc<AtomicBool>,
    listening: Option<JoinHandle<()>>,
}

impl Listener {
    /// Starts a server that handles each connection so.
    ///
    /// # Errors
    ///
    /// When no socket can be made in the folder for temporary files.
    pub(crate) fn start(
        prefix: &str,
        serve: impl Fn(UnixStream) -> io::Result<()> + Send + Sync + 'static,
    ) -> io::Result<Self> {
        let folder = tempfile::Builder::new().prefix(prefix).tempdir()?;
        let listener = UnixListener::bind(socket(folder.path()))?;
        let stopping = Arc::new(AtomicBool::new(false));
        let (stop, serve) = (Arc::clone(&stopping), Arc::new(serve));
        let listening = std::thread::spawn(move || {
            for stream in listener.incoming() {
                if stop.load(Ordering::SeqCst) {
                    return;
                }
                let serve = Arc::clone(&serve);
                // A connection that breaks is the client's business.
                std::thread::spawn(move || stream.and_then(limited).and_then(|stream| serve(stream)));
            }
        });
        Ok(Self { folder, stopping, listening: Some(listening) })
    }

    /// The server's folder.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The socket's path.
    pub(crate) fn socket(&self) -> PathBuf {
        socket(self.folder.path())
    }
}

#[cfg(test)]
impl Listener {
    /// Sends a request and gives all that comes back.
    pub(crate) fn ask(&self, request: &str) -> String {
        use std::io::{Read, Write};
        let mut stream = UnixStream::connect(self.socket()).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        stream.shutdown(std::net::Shutdown::Write).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }
}

fn socket(folder: &Path) -> PathBuf {
    folder.join("docker.sock")
}

fn limited(stream: UnixStream) -> io::Result<UnixStream> {
    stream.set_read_timeout(Some(SILENCE))?;
    stream.set_write_timeout(Some(SILENCE))?;
    Ok(stream)
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.stopping.store(true, Ordering::SeqCst);
        // Wakes the listener, which then sees that it is to stop.
        let woken = UnixStream::connect(self.socket());
        if let (Ok(_), Some(listening)) = (woken, self.listening.take()) {
            let _ = listening.join();
        }
    }
}
