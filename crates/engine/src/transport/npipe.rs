//! Named pipes of Windows. Compiled there alone, and not tested.

use std::io;
use std::time::Duration;

use tokio::net::windows::named_pipe::ClientOptions;

pub(super) use tokio::net::windows::named_pipe::NamedPipeClient as Stream;

/// `ERROR_PIPE_BUSY`: every instance of the pipe is taken for the moment.
const BUSY: i32 = 231;
/// How long to wait for an instance to become free before looking again.
const PAUSE: Duration = Duration::from_millis(10);

pub(super) async fn connect(path: &str) -> io::Result<Stream> {
    loop {
        match ClientOptions::new().open(path) {
            Err(error) if error.raw_os_error() == Some(BUSY) => tokio::time::sleep(PAUSE).await,
            result => return result,
        }
    }
}
