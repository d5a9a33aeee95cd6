//! What is sent to the engine for a build.

mod archive;
mod ignore_file;

use std::path::{Path, PathBuf};

use crate::error::{Error, ErrorKind, Result};
use crate::models::BuildParams;
use crate::stream::{ByteStream, collect};
use archive::{Extra, Owners};
use ignore_file::IgnoreFile;

/// A build's source: a tar archive to send, or what the engine fetches itself.
pub(crate) struct BuildContext {
    /// The URL that the engine fetches.
    pub(crate) remote: Option<String>,
    /// The Dockerfile's path inside the context.
    pub(crate) dockerfile: Option<String>,
    /// The archive.
    pub(crate) archive: Option<ByteStream>,
}

const REMOTE: [&str; 5] = ["http://", "https://", "git://", "github.com/", "git@"];

impl BuildContext {
    /// Makes the context that the parameters name.
    pub(crate) async fn new(params: &BuildParams, source: Option<ByteStream>) -> Result<Self> {
        let dockerfile = params.dockerfile.clone();
        match (&params.path, source) {
            (_, Some(archive)) if params.custom_context => {
                Ok(Self { remote: None, dockerfile, archive: Some(archive) })
            }
            (_, Some(source)) => {
                let text = collect(source).await?;
                let archive = archive::of_dockerfile(&text)?;
                Ok(Self { remote: None, dockerfile: None, archive: Some(archive) })
            }
            (Some(path), None) if REMOTE.iter().any(|prefix| path.starts_with(prefix)) => {
                Ok(Self { remote: Some(path.clone()), dockerfile, archive: None })
            }
            (Some(path), None) => {
                Self::of_folder(PathBuf::from(path), dockerfile.as_deref(), params.gzip).await
            }
            (None, None) => Err(Error::new(
                ErrorKind::InvalidArgument,
                "a build needs `path`, the folder or URL to build from, or `fileobj`, a Dockerfile or context",
            )),
        }
    }

    async fn of_folder(folder: PathBuf, dockerfile: Option<&str>, gzip: bool) -> Result<Self> {
        let is_folder =
            tokio::fs::metadata(&folder).await.map_err(|error| Error::file(&folder, &error))?.is_dir();
        if !is_folder {
            let words = format!("{}: not a folder; a build's `path` is one, or a URL", folder.display());
            return Err(Error::new(ErrorKind::IOError, words));
        }
        let (inside, extra) = place(&folder, dockerfile).await?;
        let ignored = IgnoreFile::read(&folder, inside.as_deref().unwrap_or("Dockerfile")).await?;
        // The engine's own copy of a Dockerfile from outside must not end up in the image.
        let ignore = extra.as_ref().map(|Extra { name, .. }| Extra {
            name: ".dockerignore".to_owned(),
            text: ignored.text_without(name).into_bytes(),
        });
        let extra = extra.into_iter().chain(ignore).collect();
        let archive = archive::of_folder(folder, ignored, extra, gzip, Owners::Root);
        Ok(Self { remote: None, dockerfile: inside, archive: Some(archive) })
    }
}

/// An archive of a plugin's folder, whole and with its files' owners.
pub(crate) fn of_plugin(folder: &Path) -> ByteStream {
    archive::of_folder(folder.to_owned(), IgnoreFile::default(), Vec::new(), false, Owners::Kept)
}

/// The Dockerfile's path inside the context; one from outside is put into it under a name of its own.
async fn place(folder: &Path, dockerfile: Option<&str>) -> Result<(Option<String>, Option<Extra>)> {
    let Some(dockerfile) = dockerfile.filter(|dockerfile| !dockerfile.is_empty()) else {
        return Ok((None, None));
    };
    let path = folder.join(dockerfile);
    let real = |path: PathBuf| async move {
        tokio::fs::canonicalize(&path).await.map_err(|error| Error::file(&path, &error))
    };
    let (inner, outer) = (real(path.clone()).await?, real(folder.to_owned()).await?);
    if let Ok(relative) = inner.strip_prefix(&outer) {
        let parts: Vec<_> = relative.iter().map(|part| part.to_string_lossy()).collect();
        return Ok((Some(parts.join("/")), None));
    }
    let text = tokio::fs::read(&path).await.map_err(|error| Error::file(&path, &error))?;
    let name = format!(".dockerfile.{:016x}{:016x}", fastrand::u64(..), fastrand::u64(..));
    Ok((Some(name.clone()), Some(Extra { name, text })))
}
