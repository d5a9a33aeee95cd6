//! Files that are made from others, or from what the crates say of themselves.

use std::fs;

use anyhow::{Context, Result, bail};
use moondock_script_api::emit;
use moondock_tests::surface;

use crate::engines;
use crate::run::root;
use crate::{guide, operations};

/// Writes every generated file; with `check`, fails if one is not what would be written.
pub(crate) fn codegen(check: bool) -> Result<()> {
    let mut stale = Vec::new();
    let documents = [guide::file()?, engines::file(), surface::document()];
    for (path, text) in emit::files().into_iter().chain(operations::files()).chain(documents) {
        let file = root().join(&path);
        if fs::read_to_string(&file).is_ok_and(|known| known == text) {
            continue;
        }
        if check {
            stale.push(path);
            continue;
        }
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&file, text).with_context(|| format!("{path} cannot be written"))?;
        eprintln!("wrote {path}");
    }
    if !stale.is_empty() {
        bail!("not up to date: {}; run `cargo xtask codegen`", stale.join(", "));
    }
    Ok(())
}
