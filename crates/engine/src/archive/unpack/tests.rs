use moondock_tests::tree;
use proptest::prelude::*;

use super::*;
use crate::archive::{Choice, Owners, Writer, read, written};
use crate::stream::{ByteStream, once};

/// An entry with a name and a target that no decent archive has.
#[derive(Clone, Debug)]
struct Crafted {
    kind: EntryType,
    name: String,
    target: String,
    data: Vec<u8>,
}

impl Crafted {
    fn new(kind: EntryType, name: &str, target: &str, data: &str) -> Self {
        Self { kind, name: name.to_owned(), target: target.to_owned(), data: data.as_bytes().to_vec() }
    }

    fn file(name: &str, data: &str) -> Self {
        Self::new(EntryType::Regular, name, "", data)
    }

    fn link(name: &str, target: &str) -> Self {
        Self::new(EntryType::Symlink, name, target, "")
    }

    fn hard_link(name: &str, target: &str) -> Self {
        Self::new(EntryType::Link, name, target, "")
    }
}

fn archive(entries: &[Crafted]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for entry in entries {
        let mut header = Header::new_gnu();
        header.as_old_mut().name[..entry.name.len()].copy_from_slice(entry.name.as_bytes());
        header.as_old_mut().linkname[..entry.target.len()].copy_from_slice(entry.target.as_bytes());
        header.set_entry_type(entry.kind);
        header.set_mode(0o755);
        header.set_mtime(1_000_000_000);
        let data = if entry.kind.is_file() { &entry.data[..] } else { &[] };
        header.set_size(data.len() as u64);
        header.set_cksum();
        builder.append(&header, data).unwrap();
    }
    builder.into_inner().unwrap()
}

/// A folder with a secret beside the target, which the archive is unpacked into.
struct Scene {
    folder: tempfile::TempDir,
}

impl Scene {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("secret"), "kept").unwrap();
        fs::create_dir(folder.path().join("target")).unwrap();
        Self { folder }
    }

    fn target(&self) -> PathBuf {
        self.folder.path().join("target")
    }

    fn unpack_stream(&self, root: Root, stream: ByteStream, outside_links: bool) -> Result<()> {
        let how = Unpacking { root, target: self.target(), outside_links };
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(read(stream, move |source| how.run(source)))
    }

    fn unpack(&self, entries: &[Crafted]) -> Result<()> {
        self.unpack_stream(Root::Contents, once(archive(entries)), false)
    }

    /// Fails unless all that is beside the target is as it was.
    fn assert_untouched(&self) {
        let names: Vec<_> =
            fs::read_dir(self.folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(names.len(), 2, "{names:?}");
        assert_eq!(fs::read(self.folder.path().join("secret")).unwrap(), b"kept");
    }
}

#[test]
fn refuses_what_leads_out() {
    for (entries, words) in [
        (vec![Crafted::file("../evil", "x")], ".."),
        (vec![Crafted::file("a/../../evil", "x")], ".."),
        (vec![Crafted::link("l", "..")], "`..`, outside"),
        (vec![Crafted::link("l", "/etc")], "`/etc`, outside"),
        (vec![Crafted::link("a/l", "../../secret")], "outside"),
        (vec![Crafted::hard_link("h", "../secret")], "hard link to `../secret`"),
        (vec![Crafted::link("l", "a"), Crafted::file("l/x", "x")], "not a folder"),
        (vec![Crafted::link("l", "a"), Crafted::hard_link("h", "l/x")], "not a folder"),
    ] {
        let scene = Scene::new();
        let error = scene.unpack(&entries).unwrap_err();
        assert!(error.to_string().contains(words), "{entries:?}: {error}");
        scene.assert_untouched();
    }
}

#[test]
fn never_writes_through_a_link() {
    let scene = Scene::new();
    let secret = scene.folder.path().join("secret");
    std::os::unix::fs::symlink(&secret, scene.target().join("f")).unwrap();
    std::os::unix::fs::symlink(scene.folder.path(), scene.target().join("d")).unwrap();
    scene.unpack(&[Crafted::file("f", "replaced")]).unwrap();
    assert_eq!(fs::read(scene.target().join("f")).unwrap(), b"replaced");
    for name in ["d/secret", "d"] {
        let kind = if name == "d" { EntryType::Directory } else { EntryType::Regular };
        let error = scene.unpack(&[Crafted::new(kind, name, "", "x")]).unwrap_err();
        assert!(error.to_string().contains("not a folder"), "{error}");
    }
    let linked = [Crafted::link("out", ".."), Crafted::file("out/secret", "x")];
    let error = scene.unpack_stream(Root::Contents, once(archive(&linked)), true).unwrap_err();
    assert!(error.to_string().contains("not a folder"), "{error}");
    scene.assert_untouched();
}

#[test]
fn makes_links_outside_if_it_is_told_to() {
    let scene = Scene::new();
    let entries = [Crafted::link("l", "/etc/passwd"), Crafted::file("x", "x")];
    scene.unpack_stream(Root::Contents, once(archive(&entries)), true).unwrap();
    assert_eq!(fs::read_link(scene.target().join("l")).unwrap(), Path::new("/etc/passwd"));
}

#[test]
fn an_archive_cut_short_is_an_error() {
    let scene = Scene::new();
    let whole = archive(&[Crafted::file("a", "text"), Crafted::file("b", "text")]);
    for length in [0, 100, 512, 700, 1024, 1500, 2048] {
        let cut = once(whole[..length].to_vec());
        let error = scene.unpack_stream(Root::Contents, cut, false).unwrap_err();
        assert!(!error.to_string().is_empty(), "{length}");
    }
    scene.unpack_stream(Root::Contents, once(whole), false).unwrap();
}

#[test]
fn a_file_does_not_take_a_folders_place_nor_the_reverse() {
    let scene = Scene::new();
    let folder = Crafted::new(EntryType::Directory, "a", "", "");
    scene.unpack(&[folder.clone(), Crafted::file("f", "1")]).unwrap();
    assert!(scene.unpack(&[Crafted::file("a", "x")]).unwrap_err().to_string().contains("has a file here"));
    let folder = Crafted { name: "f".to_owned(), ..folder };
    assert!(scene.unpack(&[folder]).unwrap_err().to_string().contains("has one here"));
    scene.unpack(&[Crafted::file("f", "2"), Crafted::hard_link("f", "f")]).unwrap();
    assert_eq!(fs::read(scene.target().join("f")).unwrap(), b"2");
}

#[test]
fn gives_back_what_was_packed() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

    let source = tempfile::tempdir().unwrap();
    let root = source.path();
    let deep = root.join("n".repeat(150)).join("ü".repeat(60));
    fs::create_dir_all(&deep).unwrap();
    fs::write(deep.join("file"), "deep").unwrap();
    fs::write(root.join("program"), "#!/bin/sh").unwrap();
    fs::set_permissions(root.join("program"), fs::Permissions::from_mode(0o751)).unwrap();
    fs::hard_link(root.join("program"), root.join("same program")).unwrap();
    symlink("./program", root.join("link")).unwrap();
    symlink(format!("{}/x", "l".repeat(200)), root.join("long link")).unwrap();
    let holes = File::create(root.join("holes")).unwrap();
    holes.set_len(50 << 20).unwrap();
    fs::write(root.join("empty"), "").unwrap();
    fs::create_dir(root.join("closed")).unwrap();
    fs::write(root.join("closed/inside"), "x").unwrap();
    fs::set_permissions(root.join("closed"), fs::Permissions::from_mode(0o555)).unwrap();
    let old = SystemTime::UNIX_EPOCH + Duration::from_secs(1_234_567_890);
    for name in ["program", "holes", "closed"] {
        File::open(root.join(name)).unwrap().set_modified(old).unwrap();
    }

    let packed = root.to_owned();
    let pack = move || {
        let packed = packed.clone();
        written(move |sink| {
            let mut writer = Writer::new(sink, Owners::Kept);
            let metadata = fs::symlink_metadata(&packed).unwrap();
            writer.add(&packed, Path::new("b"), &metadata)?;
            writer.add_contents(&packed, Path::new("b"), &|_| Choice::ALL)?;
            writer.finish()
        })
    };
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let size = runtime.block_on(async { crate::stream::collect(pack()).await.unwrap().len() });
    assert!(size < 1 << 20, "the holes are packed as {size} bytes");

    let scene = Scene::new();
    let stream = {
        let _guard = runtime.enter();
        pack()
    };
    scene.unpack_stream(Root::Shared, stream, false).unwrap();
    let (before, after) = (tree::of(root).unwrap(), tree::of(&scene.target()).unwrap());
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    for (path, was) in &before {
        assert!(after[path] == *was, "{} differs", path.display());
    }
    let inode = |name: &str| fs::metadata(scene.target().join(name)).unwrap().ino();
    assert_eq!(inode("program"), inode("same program"));
    assert!(fs::metadata(scene.target().join("holes")).unwrap().blocks() * 512 < 1 << 20);
}

#[test]
fn drops_what_gives_rights() {
    use std::os::unix::fs::PermissionsExt;

    let mut bytes = archive(&[Crafted::file("a", "x")]);
    let header: &mut [u8; 512] = bytes.first_chunk_mut().unwrap();
    let mut changed = Header::from_byte_slice(header).clone();
    changed.set_mode(0o6755);
    changed.set_cksum();
    header.copy_from_slice(changed.as_bytes());
    let scene = Scene::new();
    scene.unpack_stream(Root::Contents, once(bytes), false).unwrap();
    let mode = fs::metadata(scene.target().join("a")).unwrap().permissions().mode();
    assert_eq!(mode & 0o7777, 0o755);
}

fn crafted() -> impl Strategy<Value = Crafted> {
    let kind = prop::sample::select(vec![
        EntryType::Regular,
        EntryType::Directory,
        EntryType::Symlink,
        EntryType::Link,
        EntryType::Fifo,
    ]);
    let path = "(/|\\./|\\.\\./)?([abs]|\\.\\.)(/([ab]|\\.\\.|secret)){0,3}/?";
    (kind, path, path).prop_map(|(kind, name, target)| Crafted { kind, name, target, data: b"evil".to_vec() })
}

proptest! {
    #[test]
    fn nothing_leaves_the_target(entries in prop::collection::vec(crafted(), 1..12), outside in any::<bool>()) {
        let scene = Scene::new();
        // Each by itself, for one that is refused must not hide the next.
        for entry in &entries {
            let entry = once(archive(std::slice::from_ref(entry)));
            let _ = scene.unpack_stream(Root::Contents, entry, outside);
        }
        let _ = scene.unpack_stream(Root::Contents, once(archive(&entries)), outside);
        scene.assert_untouched();
        if !outside {
            let inside = scene.target().canonicalize().unwrap();
            for path in tree::of(&scene.target()).unwrap().into_keys() {
                let path = scene.target().join(path);
                if let Ok(real) = path.canonicalize() {
                    prop_assert!(real.starts_with(&inside), "{} leads to {}", path.display(), real.display());
                }
            }
        }
    }

    #[test]
    fn no_bytes_harm(bytes in prop::collection::vec(any::<u8>(), 0..3000)) {
        let scene = Scene::new();
        let _ = scene.unpack_stream(Root::Contents, once(bytes), false);
        scene.assert_untouched();
    }
}
