//! Where a build's Dockerfile is.

use std::path::{Component, Path, PathBuf};

use super::ignore_file::slashed;
use crate::error::{Error, Result};

/// A Dockerfile inside a context, or one from outside that is put into it.
pub(super) struct Dockerfile {
    /// Its place on this machine.
    pub(super) path: PathBuf,
    /// Its path inside the context, if it was named: one from outside has a name of its own there.
    pub(super) name: Option<String>,
    /// What must be sent for it even if it is ignored.
    pub(super) kept: Vec<String>,
    /// The text of one from outside.
    pub(super) text: Option<Vec<u8>>,
}

impl Dockerfile {
    /// Finds the Dockerfile of a folder, `Dockerfile` if none is named; a path is taken from the folder on.
    pub(super) async fn find(folder: &Path, named: Option<&str>) -> Result<Self> {
        let Some(named) = named.filter(|named| !named.is_empty()) else {
            let kept = vec!["Dockerfile".to_owned()];
            return Ok(Self { path: folder.join("Dockerfile"), name: None, kept, text: None });
        };
        let path = folder.join(named);
        let real = |path: PathBuf| async move {
            tokio::fs::canonicalize(&path).await.map_err(|error| Error::file(&path, &error))
        };
        let (inner, outer) = (real(path.clone()).await?, real(folder.to_owned()).await?);
        if let Ok(relative) = inner.strip_prefix(&outer) {
            let real = slashed(relative);
            // The name that was given rather than that of what a link leads to, if it leads straight there.
            let name = plain(&path).and_then(|path| Some(slashed(path.strip_prefix(plain(folder)?).ok()?)));
            let name = name.unwrap_or_else(|| real.clone());
            return Ok(Self { path, name: Some(name.clone()), kept: vec![name, real], text: None });
        }
        let text = tokio::fs::read(&path).await.map_err(|error| Error::file(&path, &error))?;
        let name = format!(".dockerfile.{:016x}{:016x}", fastrand::u64(..), fastrand::u64(..));
        Ok(Self { path, name: Some(name), kept: Vec::new(), text: Some(text) })
    }
}

/// A path without `.`, from the root on; nothing if a `..` in it could lead anywhere.
fn plain(path: &Path) -> Option<PathBuf> {
    let path = std::path::absolute(path).ok()?;
    let parts = path.components().filter(|part| *part != Component::CurDir);
    (!path.components().any(|part| part == Component::ParentDir)).then(|| parts.collect())
}
