//! What is copied into a container.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use bytes::Bytes;

use super::place::means_folder;
use crate::archive::{Choice, Owners, Writer, is_plain, written};
use crate::error::{Error, ErrorKind, Result};
use crate::stream::ByteStream;

/// What to copy into a container.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CopySource {
    /// A file or folder of this machine.
    Path(PathBuf),
    /// Bytes that become a file.
    Bytes {
        /// The file's name.
        name: String,
        /// What it holds.
        data: Bytes,
        /// Its permissions.
        mode: u32,
    },
}

impl CopySource {
    /// Bytes that become a file of this name, which everybody may read.
    pub fn bytes(name: impl Into<String>, data: impl Into<Bytes>) -> Self {
        Self::Bytes { name: name.into(), data: data.into(), mode: 0o644 }
    }
}

macro_rules! from_paths {
    ($($type:ty),+) => {
        $(impl From<$type> for CopySource {
            fn from(path: $type) -> Self {
                Self::Path(path.into())
            }
        })+
    };
}

from_paths!(&str, String, &Path, &PathBuf, PathBuf);

/// A source that is there.
pub(super) struct Found {
    source: CopySource,
    follow: bool,
    /// The name that it lands under in a folder; none for a folder's contents.
    pub(super) name: Option<OsString>,
    pub(super) is_folder: bool,
}

impl Found {
    pub(super) async fn look(source: CopySource, follow: bool) -> Result<Self> {
        let path = match &source {
            CopySource::Path(path) => path,
            CopySource::Bytes { name, .. } => {
                if !is_plain(Path::new(name)) {
                    let words = format!("`{name}` is no file's name; one has no slash in it");
                    return Err(Error::new(ErrorKind::InvalidArgument, words));
                }
                let name = Some(name.into());
                return Ok(Self { source, follow, name, is_folder: false });
            }
        };
        let failed = |error: &std::io::Error| Error::file(path, error);
        let metadata =
            if follow { tokio::fs::metadata(path).await } else { tokio::fs::symlink_metadata(path).await };
        let metadata = metadata.map_err(|error| failed(&error))?;
        let is_folder = metadata.is_dir();
        if !is_folder && !metadata.is_file() && !metadata.is_symlink() {
            let words = format!("{}: neither a file nor a folder nor a link", path.display());
            return Err(Error::new(ErrorKind::IOError, words));
        }
        let shown = path.to_string_lossy();
        let contents = means_folder(&shown) && shown.ends_with('.');
        let name = match path.file_name() {
            _ if contents => None,
            Some(name) => Some(name.to_owned()),
            // `..` and the like have a name elsewhere; only `/` has none.
            None => {
                let real = tokio::fs::canonicalize(path).await.map_err(|error| failed(&error))?;
                real.file_name().map(ToOwned::to_owned)
            }
        };
        Ok(Self { source, follow, name, is_folder })
    }

    /// An archive of it under this name, or of a folder's contents, read while it is sent.
    pub(super) fn pack(self, name: Option<OsString>) -> ByteStream {
        let Self { source, follow, is_folder, .. } = self;
        let name = name.map(PathBuf::from);
        written(move |sink| {
            let mut writer = Writer::new(sink, Owners::Kept);
            match source {
                CopySource::Bytes { name: own, data, mode } => {
                    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
                    writer.add_bytes(&name.unwrap_or_else(|| own.into()), &data, mode, now.as_secs())?;
                }
                CopySource::Path(path) => {
                    if let Some(name) = &name {
                        let metadata = if follow { fs::metadata(&path) } else { fs::symlink_metadata(&path) };
                        let metadata = metadata.map_err(|error| Error::file(&path, &error))?;
                        writer.add(&path, name, &metadata)?;
                    }
                    if is_folder {
                        writer.add_contents(&path, &name.unwrap_or_default(), &|_| Choice::ALL)?;
                    }
                }
            }
            writer.finish()
        })
    }
}
