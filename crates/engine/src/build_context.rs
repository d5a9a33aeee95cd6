//! What is sent to the engine for a build.

mod archive;
mod dockerfile;
mod ignore_file;

use std::path::{Path, PathBuf};

use crate::error::{Error, ErrorKind, Result};
use crate::models::BuildParams;
use crate::stream::{ByteStream, collect};
use archive::{Extra, Owners};
use dockerfile::Dockerfile;
use ignore_file::IgnoreFile;

/// A build's source: a tar archive to send, or what the engine fetches itself.
pub(crate) struct BuildContext {
    /// The URL that the engine fetches.
    pub(crate) remote: Option<String>,
    /// The Dockerfile's path inside the context.
    pub(crate) dockerfile: Option<String>,
    /// The archive.
    pub(crate) archive: Option<ByteStream>,
    /// Whether the archive was compressed here.
    pub(crate) gzip: bool,
}

const REMOTE: [&str; 5] = ["http://", "https://", "git://", "github.com/", "git@"];

impl BuildContext {
    /// Makes the context that the parameters name.
    pub(crate) async fn new(params: &BuildParams, source: Option<ByteStream>) -> Result<Self> {
        let wrong = |words: &str| Err(Error::new(ErrorKind::InvalidArgument, words));
        if params.gzip && params.encoding.is_some() {
            return wrong("`gzip` and `encoding` contradict each other; give one of them");
        }
        let dockerfile = params.dockerfile.clone();
        match (&params.path, source) {
            (_, Some(archive)) if params.custom_context => {
                Ok(Self { remote: None, dockerfile, archive: Some(archive), gzip: false })
            }
            (_, None) if params.custom_context => {
                wrong("`custom_context` needs `fileobj`, the context as a tar archive")
            }
            (_, Some(source)) => {
                let text = collect(source).await?;
                let archive = archive::of_dockerfile(&text)?;
                Ok(Self { remote: None, dockerfile: None, archive: Some(archive), gzip: false })
            }
            (Some(path), None) if REMOTE.iter().any(|prefix| path.starts_with(prefix)) => {
                Ok(Self { remote: Some(path.clone()), dockerfile, archive: None, gzip: false })
            }
            (Some(path), None) => {
                Self::of_folder(PathBuf::from(path), dockerfile.as_deref(), params.gzip).await
            }
            (None, None) => wrong(
                "a build needs `path`, the folder or URL to build from, or `fileobj`, a Dockerfile or context",
            ),
        }
    }

    async fn of_folder(folder: PathBuf, dockerfile: Option<&str>, gzip: bool) -> Result<Self> {
        let is_folder =
            tokio::fs::metadata(&folder).await.map_err(|error| Error::file(&folder, &error))?.is_dir();
        if !is_folder {
            let words = format!("{}: not a folder; a build's `path` is one, or a URL", folder.display());
            return Err(Error::new(ErrorKind::IOError, words));
        }
        let Dockerfile { path, name, kept, text } = Dockerfile::find(&folder, dockerfile).await?;
        let ignored = IgnoreFile::read(&folder, &path).await?.keep(kept);
        let from_outside = name.clone().filter(|_| text.is_some());
        let ignore_file = ignored.for_engine(from_outside.as_deref());
        let extra = |name: Option<String>, text: Option<Vec<u8>>| Some(Extra { name: name?, text: text? });
        let extra = [
            extra(from_outside, text),
            extra(Some(".dockerignore".to_owned()), ignore_file.map(String::into_bytes)),
        ];
        let archive =
            archive::of_folder(folder, ignored, extra.into_iter().flatten().collect(), gzip, Owners::Root);
        Ok(Self { remote: None, dockerfile: name, archive: Some(archive), gzip })
    }
}

/// An archive of a plugin's folder, whole and with its files' owners.
pub(crate) fn of_plugin(folder: &Path) -> ByteStream {
    archive::of_folder(folder.to_owned(), IgnoreFile::default(), Vec::new(), false, Owners::Kept)
}

#[cfg(test)]
mod tests {
    use std::fs::{self, File};
    use std::io::Read;
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::os::unix::net::UnixListener;
    use std::time::{Duration, UNIX_EPOCH};

    use futures_util::StreamExt;
    use tar::EntryType;

    use super::*;

    struct Entry {
        name: String,
        kind: EntryType,
        mode: u32,
        mtime: u64,
        owner: (u64, u64),
        text: String,
    }

    fn entries(archive: impl Read) -> Vec<Entry> {
        let mut archive = tar::Archive::new(archive);
        let read = |entry: std::io::Result<tar::Entry<'_, _>>| {
            let mut entry = entry.unwrap();
            let mut text = String::new();
            entry.read_to_string(&mut text).unwrap();
            let header = entry.header();
            Entry {
                name: entry.path().unwrap().to_string_lossy().trim_end_matches('/').to_owned(),
                kind: header.entry_type(),
                mode: header.mode().unwrap() & 0o7777,
                mtime: header.mtime().unwrap(),
                owner: (header.uid().unwrap(), header.gid().unwrap()),
                text,
            }
        };
        archive.entries().unwrap().map(read).collect()
    }

    fn of(folder: &Path) -> BuildParams {
        BuildParams::default().path(folder.to_string_lossy())
    }

    async fn sent(params: &BuildParams) -> (Option<String>, Vec<Entry>) {
        let context = BuildContext::new(params, None).await.unwrap();
        let bytes = collect(context.archive.unwrap()).await.unwrap();
        (context.dockerfile, entries(&bytes[..]))
    }

    async fn names(params: &BuildParams) -> Vec<String> {
        sent(params).await.1.into_iter().map(|entry| entry.name).collect()
    }

    async fn refused(params: &BuildParams) -> String {
        BuildContext::new(params, None).await.err().unwrap().to_string()
    }

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        folder
    }

    #[tokio::test]
    async fn files_keep_what_matters_of_them() {
        let folder = folder(&[("Dockerfile", "FROM x"), ("run.sh", "echo")]);
        let root = folder.path();
        fs::create_dir(root.join("empty")).unwrap();
        fs::set_permissions(root.join("empty"), fs::Permissions::from_mode(0o710)).unwrap();
        fs::set_permissions(root.join("run.sh"), fs::Permissions::from_mode(0o4755)).unwrap();
        let time = UNIX_EPOCH + Duration::from_secs(1_234_567_890);
        File::options().write(true).open(root.join("run.sh")).unwrap().set_modified(time).unwrap();
        fs::hard_link(root.join("run.sh"), root.join("same.sh")).unwrap();
        symlink("/nowhere", root.join("link")).unwrap();
        let _listener = UnixListener::bind(root.join("socket")).unwrap();

        let (_, entries) = sent(&of(root)).await;
        let shown: Vec<_> = entries.iter().map(|entry| (entry.name.as_str(), entry.kind)).collect();
        let file = EntryType::Regular;
        let expected = [
            ("Dockerfile", file),
            ("empty", EntryType::Directory),
            ("link", EntryType::Symlink),
            ("run.sh", file),
            ("same.sh", file),
        ];
        assert_eq!(shown, expected);
        assert_eq!((entries[1].mode, entries[3].mode, entries[3].mtime), (0o710, 0o4755, 1_234_567_890));
        assert_eq!((entries[3].text.as_str(), entries[4].text.as_str()), ("echo", "echo"));
        assert!(entries.iter().all(|entry| entry.owner == (0, 0)));
    }

    #[tokio::test]
    async fn exceptions_come_with_their_folders() {
        let folder = folder(&[
            ("Dockerfile", ""),
            ("a/b/keep", "1"),
            ("a/b/drop", "2"),
            ("a/c/drop", "3"),
            ("d/e", "4"),
            (".dockerignore", "*\n!a/b/keep\nDockerfile\n"),
        ]);
        fs::set_permissions(folder.path().join("a"), fs::Permissions::from_mode(0o700)).unwrap();
        let (_, entries) = sent(&of(folder.path())).await;
        let names: Vec<_> = entries.iter().map(|entry| entry.name.as_str()).collect();
        assert_eq!(names, [".dockerignore", "Dockerfile", "a", "a/b", "a/b/keep"]);
        assert_eq!(entries[2].mode, 0o700);
    }

    #[tokio::test]
    async fn the_ignore_file_beside_the_dockerfile_wins() {
        let folder = folder(&[
            ("docker/Dev", "FROM x"),
            ("docker/Dev.dockerignore", "b\n"),
            ("a", ""),
            ("b", ""),
            (".dockerignore", "a\n"),
        ]);
        let (dockerfile, entries) = sent(&of(folder.path()).dockerfile("docker/Dev")).await;
        assert_eq!(dockerfile.as_deref(), Some("docker/Dev"));
        let names: Vec<_> = entries.iter().map(|entry| entry.name.as_str()).collect();
        assert_eq!(names, ["a", "docker", "docker/Dev", "docker/Dev.dockerignore", ".dockerignore"]);
        assert_eq!(entries[4].text, "b\n\n.dockerignore\n");

        let other = self::folder(&[("Dev", "FROM y"), ("Dev.dockerignore", "**/Dev\n.dockerignore")]);
        let dockerfile = other.path().join("Dev");
        let (name, entries) = sent(&of(folder.path()).dockerfile(dockerfile.to_string_lossy())).await;
        let name = name.unwrap();
        let names: Vec<_> = entries.iter().map(|entry| entry.name.as_str()).collect();
        assert_eq!(names, ["a", "b", "docker", "docker/Dev.dockerignore", &name, ".dockerignore"]);
        assert_eq!(entries[4].text, "FROM y");
    }

    #[tokio::test]
    async fn a_dockerfile_from_outside_stays_out_of_the_image() {
        let context = folder(&[("a", "")]);
        let outside = folder(&[("Dockerfile", "FROM y")]);
        let params = of(context.path()).dockerfile(outside.path().join("Dockerfile").to_string_lossy());
        let (name, entries) = sent(&params).await;
        let name = name.unwrap();
        assert!(name.starts_with(".dockerfile."), "{name}");
        assert_eq!(entries[1].text, "FROM y");
        assert_eq!(entries[2].text, format!(".dockerignore\n{name}\n"));

        symlink(outside.path().join("Dockerfile"), context.path().join("link")).unwrap();
        let (name, _) = sent(&of(context.path()).dockerfile("link")).await;
        assert!(name.unwrap().starts_with(".dockerfile."));
    }

    #[tokio::test]
    async fn a_dockerfile_inside_is_named_as_it_was_given() {
        let context = folder(&[("sub/Dev", "FROM x"), (".dockerignore", "sub")]);
        symlink("sub/Dev", context.path().join("Link")).unwrap();
        let whole = context.path().join("sub/Dev").to_string_lossy().into_owned();
        for (given, name) in [
            ("sub/Dev", "sub/Dev"),
            ("./sub/./Dev", "sub/Dev"),
            ("sub/../sub/Dev", "sub/Dev"),
            (&whole, "sub/Dev"),
            ("Link", "Link"),
        ] {
            let (dockerfile, entries) = sent(&of(context.path()).dockerfile(given)).await;
            assert_eq!(dockerfile.as_deref(), Some(name), "{given}");
            assert!(entries.iter().any(|entry| entry.name == "sub/Dev"), "{given}");
        }
        let error = refused(&of(context.path()).dockerfile("Gone")).await;
        assert!(error.starts_with(&context.path().join("Gone").display().to_string()), "{error}");
    }

    #[tokio::test]
    async fn gzip_is_of_what_is_made_here() {
        let context = folder(&[("Dockerfile", "FROM x")]);
        let made = BuildContext::new(&of(context.path()).gzip(true), None).await.unwrap();
        assert!(made.gzip);
        let bytes = collect(made.archive.unwrap()).await.unwrap();
        assert_eq!(entries(flate2::read::GzDecoder::new(&bytes[..]))[0].text, "FROM x");

        let text = || Some(crate::stream::once(b"FROM x".to_vec()));
        let made = BuildContext::new(&BuildParams::default().gzip(true), text()).await.unwrap();
        assert!(!made.gzip);
        let bytes = collect(made.archive.unwrap()).await.unwrap();
        assert_eq!(entries(&bytes[..])[0].name, "Dockerfile");
        let params = BuildParams::default().custom_context(true).dockerfile("sub/Dockerfile");
        let made = BuildContext::new(&params, text()).await.unwrap();
        assert_eq!(collect(made.archive.unwrap()).await.unwrap(), b"FROM x");
        assert_eq!(made.dockerfile.as_deref(), Some("sub/Dockerfile"));
    }

    #[tokio::test]
    async fn the_engine_fetches_what_is_remote() {
        for path in
            ["https://a/b.git#main:dir", "git://a/b", "github.com/a/b", "git@a:b", "http://a/b.tar.gz"]
        {
            let params = BuildParams::default().path(path).dockerfile("sub/Dockerfile");
            let context = BuildContext::new(&params, None).await.unwrap();
            assert_eq!(context.remote.as_deref(), Some(path));
            assert_eq!(context.dockerfile.as_deref(), Some("sub/Dockerfile"));
            assert!(context.archive.is_none());
        }
    }

    #[tokio::test]
    async fn what_cannot_be_a_context_is_refused() {
        let context = folder(&[("Dockerfile", "FROM x"), (".dockerignore", "ok\n[a\n")]);
        let file = context.path().join("Dockerfile");
        for (params, words) in [
            (BuildParams::default(), "needs `path`"),
            (BuildParams::default().custom_context(true), "`fileobj`"),
            (of(context.path()).gzip(true).encoding("gzip"), "`encoding`"),
            (of(&file), "not a folder"),
            (of(Path::new("/nonexistent/folder")), "/nonexistent/folder: "),
            (of(context.path()), ".dockerignore: line 2: `[a`"),
        ] {
            let error = refused(&params).await;
            assert!(error.contains(words), "{error}");
        }
    }

    #[tokio::test]
    async fn order_is_the_same_every_time() {
        let context = folder(&[("b/x", ""), ("a", ""), ("c", ""), ("b/a", ""), ("B", "")]);
        assert_eq!(names(&of(context.path())).await, ["B", "a", "b", "b/a", "b/x", "c"]);
    }

    /// Begins to read a context whose first file is larger than all that is read ahead.
    async fn begun(root: &Path) -> ByteStream {
        fs::write(root.join("0-large"), vec![7; 4 << 20]).unwrap();
        let mut archive = BuildContext::new(&of(root), None).await.unwrap().archive.unwrap();
        archive.next().await.unwrap().unwrap();
        archive
    }

    #[tokio::test]
    async fn a_file_that_vanishes_is_an_error_with_its_path() {
        let context = folder(&[("gone", "1")]);
        let archive = begun(context.path()).await;
        fs::remove_file(context.path().join("gone")).unwrap();
        let error = collect(archive).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::IOError);
        assert!(error.to_string().starts_with(&context.path().join("gone").display().to_string()), "{error}");
    }

    #[tokio::test]
    async fn a_file_that_shrinks_is_an_error_with_its_path() {
        let context = folder(&[]);
        let archive = begun(context.path()).await;
        File::options().write(true).open(context.path().join("0-large")).unwrap().set_len(10).unwrap();
        let error = collect(archive).await.unwrap_err();
        assert!(
            error.to_string().starts_with(&context.path().join("0-large").display().to_string()),
            "{error}"
        );
    }

    #[tokio::test]
    async fn a_file_that_grows_is_sent_as_long_as_it_was() {
        let context = folder(&[("Dockerfile", "FROM x")]);
        let archive = begun(context.path()).await;
        File::options().write(true).open(context.path().join("0-large")).unwrap().set_len(8 << 20).unwrap();
        let rest = collect(archive).await.unwrap();
        assert!(rest.len() < 5 << 20, "{}", rest.len());
        let end = &rest[rest.len() - 2048..];
        assert!(end.starts_with(b"Dockerfile"), "the archive is out of step");
    }
}
