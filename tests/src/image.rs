//! The small image that tests and the demo run: Debian's static busybox, made here, since none can be relied on to be
//! pulled.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use tar::{Builder, EntryType, Header};

use crate::engine::{Address, requirements};

/// The names under which tests find the image.
pub const NAMES: [&str; 2] = ["busybox:latest", "moondock/busybox:1"];

const CHANGES: [&str; 2] =
    ["CMD [\"sh\"]", "ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"];

const FOLDERS: [(&str, u32); 6] =
    [("bin", 0o755), ("dev", 0o755), ("etc", 0o755), ("root", 0o700), ("tmp", 0o1777), ("var", 0o755)];

const FILES: [(&str, &str); 2] = [
    (
        "etc/passwd",
        "root:x:0:0:root:/root:/bin/sh\ndaemon:x:1:1:daemon:/:/bin/false\nnobody:x:65534:65534:nobody:/:/bin/false\n",
    ),
    ("etc/group", "root:x:0:\ndaemon:x:1:\nnobody:x:65534:\n"),
];

/// The file of the busybox that the image is made of.
///
/// # Errors
/// There is none.
pub fn busybox() -> Result<PathBuf> {
    let requirements::Requirement { program, package } = requirements::BUSYBOX;
    requirements::find(program)
        .with_context(|| format!("busybox is not installed; it is in the package {package}"))
}

/// The image's files as a tar archive.
///
/// # Errors
/// busybox is missing, or does not run.
pub fn archive() -> Result<Vec<u8>> {
    let busybox = busybox()?;
    let listed =
        crate::process::run(Command::new(&busybox).arg("--list"), Duration::from_secs(30))?.success()?;
    write_archive(&std::fs::read(&busybox)?, listed.stdout().lines())
}

fn write_archive<'a>(busybox: &[u8], applets: impl Iterator<Item = &'a str>) -> Result<Vec<u8>> {
    let mut archive = Builder::new(Vec::new());
    for (path, mode) in FOLDERS {
        append(&mut archive, EntryType::Directory, path, mode, &[])?;
    }
    for (path, text) in FILES {
        append(&mut archive, EntryType::Regular, path, 0o644, text.as_bytes())?;
    }
    append(&mut archive, EntryType::Regular, "bin/busybox", 0o755, busybox)?;
    for applet in applets.filter(|applet| *applet != "busybox") {
        let mut header = header(EntryType::Symlink, 0o777);
        archive.append_link(&mut header, Path::new("bin").join(applet), "busybox")?;
    }
    Ok(archive.into_inner()?)
}

fn append(
    archive: &mut Builder<impl Write>,
    kind: EntryType,
    path: &str,
    mode: u32,
    content: &[u8],
) -> Result<()> {
    let mut header = header(kind, mode);
    header.set_size(content.len() as u64);
    Ok(archive.append_data(&mut header, path, content)?)
}

fn header(kind: EntryType, mode: u32) -> Header {
    let mut header = Header::new_gnu();
    header.set_entry_type(kind);
    header.set_mode(mode);
    header.set_mtime(0);
    header.set_uid(0);
    header.set_gid(0);
    header.set_size(0);
    header
}

/// Makes the image under all of its [`NAMES`] in an engine of the tests.
///
/// # Errors
/// The image cannot be made.
pub fn prepare(engine: &Address) -> Result<()> {
    let [name, other] = NAMES;
    prepare_as(engine, name)?;
    let (repository, tag) = split(other)?;
    let query = query(&[("repo", repository), ("tag", tag)]);
    engine.call("POST", &format!("/images/{name}/tag?{query}"), "", &[])?.success()?;
    Ok(())
}

/// Makes the image under one name unless the engine has an image of that name; tells whether it had to.
///
/// # Errors
/// The image cannot be made.
pub fn prepare_as(engine: &Address, name: &str) -> Result<bool> {
    let found = engine.call("GET", &format!("/images/{name}/json"), "", &[])?;
    if found.status != 404 {
        found.success()?;
        return Ok(false);
    }
    let (repository, tag) = split(name)?;
    let mut pairs = vec![("fromSrc", "-"), ("repo", repository), ("tag", tag)];
    pairs.extend(CHANGES.iter().map(|change| ("changes", *change)));
    let path = format!("/images/create?{}", query(&pairs));
    let answer = engine.call("POST", &path, "application/x-tar", &archive()?)?.success()?;
    // What goes wrong while the engine reads the archive stands inside of an answer that began well.
    if answer.text().contains("\"error\"") {
        bail!("the image {name} cannot be made: {}", answer.text().trim());
    }
    Ok(true)
}

fn split(name: &str) -> Result<(&str, &str)> {
    name.rsplit_once(':').with_context(|| format!("the image's name {name:?} has no tag"))
}

fn query(pairs: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_archive_has_busybox_and_a_link_for_each_applet() {
        let bytes = write_archive(b"program", ["busybox", "sh", "["].into_iter()).unwrap();
        let mut archive = tar::Archive::new(&bytes[..]);
        let entries = archive.entries().unwrap().map(|entry| {
            let entry = entry.unwrap();
            let link = entry.link_name().unwrap().map(|link| link.display().to_string());
            (entry.path().unwrap().display().to_string(), entry.header().mode().unwrap(), link)
        });
        let entries = entries.collect::<Vec<_>>();
        assert!(entries.contains(&("tmp".to_owned(), 0o1777, None)), "{entries:?}");
        assert!(entries.contains(&("bin/busybox".to_owned(), 0o755, None)), "{entries:?}");
        for applet in ["bin/sh", "bin/["] {
            assert!(entries.contains(&(applet.to_owned(), 0o777, Some("busybox".to_owned()))), "{entries:?}");
        }
    }
}
