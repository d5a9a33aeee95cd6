//! Copying files into a container and out of it, as `docker cp` does.

mod place;
mod source;

use std::path::Path;

use super::Container;
use crate::archive::{Root, Unpacking, is_plain, read};
use crate::error::{Error, ErrorKind, Result};
use crate::models::{GetArchiveParams, PutArchiveParams};
use crate::params;
use place::{Landing, landing};
pub use source::CopySource;
use source::Found;

params! {
    /// How to copy into a container.
    pub struct CopyToParams {
        /// If the source is a symbolic link, copy what it leads to.
        follow_link: bool = false,
        /// Give the files to the user that the container runs as. Otherwise they keep the numbers of their owners.
        copy_uid_gid: bool = false,
    }
}

params! {
    /// How to copy out of a container.
    pub struct CopyFromParams {
        /// If the path is a symbolic link, copy what it leads to.
        follow_link: bool = false,
        /// Also make symbolic links that lead out of what is copied. Nothing is written through them in any case.
        outside_links: bool = false,
    }
}

impl Container {
    /// Copies a file or a folder of this machine, or bytes with a name, into the container. It need not run.
    ///
    /// | `container_path` | a file | a folder |
    /// | --- | --- | --- |
    /// | is a folder | lands in it under its own name | lands in it under its own name; if the source ends in `/.`, what is inside of it lands there |
    /// | is a file | replaces it | is an error |
    /// | does not exist | lands there under that name; if the path ends in `/`, this is an error | lands there under that name |
    ///
    /// The folder above `container_path` must exist. Modes, times, symbolic and hard links are kept, and holes are not
    /// sent; sockets, pipes and devices are left out.
    ///
    /// ```
    /// # moondock_tests::example!(|client, container| {
    /// use moondock_engine::models::{CopyFromParams, CopySource, CopyToParams};
    ///
    /// let text = CopySource::bytes("app.conf", "debug = true\n");
    /// container.copy_to("/etc/", text, &CopyToParams::default()).await?;
    /// let folder = tempfile::tempdir()?;
    /// container.copy_from("/etc/app.conf", folder.path(), &CopyFromParams::default()).await?;
    /// assert_eq!(std::fs::read_to_string(folder.path().join("app.conf"))?, "debug = true\n");
    /// # });
    /// ```
    ///
    /// # Errors
    ///
    /// When a file cannot be read, or vanishes or shrinks meanwhile, with its path; where the table says so; when the
    /// engine refuses.
    pub async fn copy_to(
        &self,
        container_path: &str,
        source: impl Into<CopySource>,
        params: &CopyToParams,
    ) -> Result<()> {
        let source = Found::look(source.into(), params.follow_link).await?;
        let (path, existing) = self.follow(container_path).await?;
        let (folder, name) = match landing(&path, existing, source.is_folder, place::means_folder(&path))? {
            Landing::Inside => (path, source.name.clone()),
            Landing::At => {
                let (folder, name) = place::split(&path)?;
                (folder, Some(name.into()))
            }
        };
        let put =
            PutArchiveParams::default().no_overwrite_dir_non_dir(true).copy_uid_gid(params.copy_uid_gid);
        self.put_archive(&folder, source.pack(name), &put).await
    }

    /// Copies a file or a folder of the container to this machine, where it belongs to whoever copies it. The container
    /// need not run.
    ///
    /// It lands at `path` by the rules of [`copy_to`](Self::copy_to). Permissions, times, symbolic and hard links are
    /// kept, setuid and setgid bits are not, and long stretches of zeros become holes; pipes and devices are left out.
    /// Whatever the container holds, nothing is written outside of `path`, nor through a link.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`] when the path does not exist; where the table says so; [`ErrorKind::InvalidArgument`]
    /// when a name or a link leads out of what is copied; [`ErrorKind::IOError`] when a file cannot be written.
    pub async fn copy_from(
        &self,
        container_path: &str,
        path: impl AsRef<Path>,
        params: &CopyFromParams,
    ) -> Result<()> {
        let mut source = container_path.to_owned();
        let mut link = None;
        if params.follow_link {
            let stat = self.path_stat(container_path).await?;
            if stat.is_link() {
                stat.link_target().clone_into(&mut source);
                link = Some(stat.name().to_owned());
            }
        }
        let (archive, stat) = self.get_archive(&source, &GetArchiveParams::default()).await?;
        let root = match stat.name() {
            "." | "/" => Root::Contents,
            _ => Root::Shared,
        };
        let name = link.unwrap_or_else(|| stat.name().to_owned());
        if root != Root::Contents && !is_plain(Path::new(&name)) {
            let words =
                format!("the engine calls `{container_path}` by the name `{name}`, which leads elsewhere");
            return Err(Error::new(ErrorKind::InvalidArgument, words));
        }
        let (path, outside_links) = (path.as_ref().to_owned(), params.outside_links);
        read(archive, move |archive| {
            let name = (root != Root::Contents).then_some(name);
            let target = place::here(&path, stat.is_dir(), name.as_deref())?;
            Unpacking { root, target, outside_links }.run(archive)
        })
        .await
    }

    /// A path, followed if it is a link, and whether it is a folder, if it exists.
    async fn follow(&self, path: &str) -> Result<(String, Option<bool>)> {
        let look = async |path: &str| match self.path_stat(path).await {
            Ok(stat) => Ok(Some(stat)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        };
        match look(path).await? {
            Some(stat) if stat.is_link() => {
                let target = stat.link_target().to_owned();
                let existing = look(&target).await?.map(|stat| stat.is_dir());
                Ok((target, existing))
            }
            stat => Ok((path.to_owned(), stat.map(|stat| stat.is_dir()))),
        }
    }
}
