//! Unix sockets.

use std::io;
use std::path::Path;

use http::Uri;
use tower_service::Service;

pub(super) use hyperlocal::UnixStream as Stream;

pub(super) async fn connect(path: &Path) -> io::Result<Stream> {
    let uri: Uri = hyperlocal::Uri::new(path, "/").into();
    hyperlocal::UnixConnector.call(uri).await
}
