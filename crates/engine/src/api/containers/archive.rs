//! Files of a container as tar archives.

use http::header;

use super::{ARCHIVE, ARCHIVE_INFO, EXPORT, PUT_ARCHIVE};
use crate::params;
use crate::request::{Patience, Request};
use crate::stream::ByteStream;

params! {
    /// How to give a container's file system.
    pub struct ExportParams {
        /// The size of the stream's pieces in bytes; by default they are given as they come.
        chunk_size: Option<i64>,
    }
}

/// Asks for a container's whole file system as a tar archive.
pub fn export(id: &str) -> Request {
    Request::new(&EXPORT).path("id", id)
}

params! {
    /// How to give files of a container.
    pub struct GetArchiveParams {
        /// The size of the stream's pieces in bytes; by default they are given as they come.
        chunk_size: Option<i64>,
        /// Let the engine compress the archive; the stream is compressed then.
        encode_stream: bool = false,
    }
}

/// Asks for a file or folder of a container as a tar archive. A header of the answer tells about the path, see
/// [`PathStat`](crate::types::PathStat).
pub fn get_archive(id: &str, path: &str, params: &GetArchiveParams) -> Request {
    let encoding = if params.encode_stream { "gzip, deflate" } else { "identity" };
    Request::new(&ARCHIVE).path("id", id).query("path", path).header(header::ACCEPT_ENCODING, encoding)
}

/// Asks about a file or folder of a container. The answer is in a header, see [`PathStat`](crate::types::PathStat).
pub fn archive_info(id: &str, path: &str) -> Request {
    Request::new(&ARCHIVE_INFO).path("id", id).query("path", path)
}

params! {
    /// How to unpack an archive in a container.
    pub struct PutArchiveParams {
        /// Fail rather than put a file where a folder is, or a folder where a file is.
        no_overwrite_dir_non_dir: bool = false,
        /// Give the files to the user that the container runs as.
        copy_uid_gid: bool = false,
    }
}

/// Unpacks a tar archive, perhaps compressed, in a folder of a container, which must be there.
pub fn put_archive(id: &str, path: &str, data: ByteStream, params: &PutArchiveParams) -> Request {
    Request::new(&PUT_ARCHIVE)
        .path("id", id)
        .query("path", path)
        .query_opt("noOverwriteDirNonDir", params.no_overwrite_dir_non_dir.then_some(1))
        .query_opt("copyUIDGID", params.copy_uid_gid.then_some(1))
        .stream(data)
        .patience(Patience::Forever)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_docker_pys() {
        assert_eq!(export("c").shown().0, "GET /containers/c/export");
        let request = get_archive("c", "/a b", &GetArchiveParams::default());
        assert_eq!(request.headers[header::ACCEPT_ENCODING], "identity");
        assert_eq!(request.shown().0, "GET /containers/c/archive?path=/a+b");
        let request = get_archive("c", "/", &GetArchiveParams::default().encode_stream(true));
        assert_eq!(request.headers[header::ACCEPT_ENCODING], "gzip, deflate");
        assert_eq!(archive_info("c", "/a").shown().0, "HEAD /containers/c/archive?path=/a");
        let put = |params| put_archive("c", "/a", crate::stream::once("x"), &params).shown().0;
        assert_eq!(put(PutArchiveParams::default()), "PUT /containers/c/archive?path=/a");
        assert_eq!(
            put(PutArchiveParams::default().no_overwrite_dir_non_dir(true).copy_uid_gid(true)),
            "PUT /containers/c/archive?path=/a&noOverwriteDirNonDir=1&copyUIDGID=1"
        );
    }
}
