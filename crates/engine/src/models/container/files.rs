//! A container's files as tar archives.

use super::Container;
use crate::api::containers;
use crate::client::Answer;
use crate::error::{Error, ErrorKind, Result};
use crate::models::{ExportParams, GetArchiveParams, PutArchiveParams};
use crate::stream::{ByteStream, archive, chunks};
use crate::types::{PATH_STAT, PathStat};

impl Container {
    /// Its whole file system as a tar archive, without its volumes. Should the engine fail midway, its words are the
    /// stream's last error; they are looked for at the archive's end, where a whole one has zeros.
    ///
    /// # Errors
    ///
    /// When the container is gone.
    pub async fn export(&self, params: &ExportParams) -> Result<ByteStream> {
        let stream = self.client.api().bytes(containers::export(&self.id)).await?;
        chunks(archive(stream), params.chunk_size)
    }

    /// A file or folder as a tar archive, and what it is. The archive's names begin with the path's last part; those of
    /// a path that ends in `/.` are those of the folder's contents. It fails midway as [`Container::export`] does.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`] when the path or the container does not exist.
    pub async fn get_archive(&self, path: &str, params: &GetArchiveParams) -> Result<(ByteStream, PathStat)> {
        let answer = self.client.api().send(containers::get_archive(&self.id, path, params)).await?;
        let stat = stat_of(&answer)?;
        Ok((chunks(archive(answer.stream()), params.chunk_size)?, stat))
    }

    /// Unpacks a tar archive in a folder.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`] when the path or the container does not exist; when the path is no folder, or what is
    /// there is read only.
    pub async fn put_archive(&self, path: &str, data: ByteStream, params: &PutArchiveParams) -> Result<()> {
        self.client.api().empty(containers::put_archive(&self.id, path, data, params)).await
    }

    /// What a path is, without its content (the engine's `HEAD /containers/{id}/archive`).
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`] when the path or the container does not exist.
    pub async fn path_stat(&self, path: &str) -> Result<PathStat> {
        let answer = self.client.api().send(containers::archive_info(&self.id, path)).await;
        let answer = answer.map_err(|error| match error.kind() {
            ErrorKind::NotFound => {
                error.or_explained(&format!("no `{path}` in the container {}", self.short_id()))
            }
            _ => error,
        })?;
        stat_of(&answer)
    }
}

fn stat_of(answer: &Answer) -> Result<PathStat> {
    let header = answer.header(PATH_STAT).ok_or_else(|| {
        Error::new(ErrorKind::StreamParseError, format!("the engine's answer lacks the header {PATH_STAT}"))
    })?;
    PathStat::from_header(header)
}
