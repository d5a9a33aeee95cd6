//! All that must hold before a change is taken.

use anyhow::{Context, Result};

use crate::editions::Edition;
use crate::run::{cargo, run};
use crate::{codegen, test};

type Step = (&'static str, fn() -> Result<()>);

const STEPS: [Step; 6] = [
    ("Format", || run(&mut cargo(&["fmt", "--all", "--check"]))),
    ("Lints", || {
        run(&mut cargo(&["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"]))
    }),
    ("Documentation", || run(cargo(&["doc", "--workspace", "--no-deps"]).env("RUSTDOCFLAGS", "-D warnings"))),
    ("Generated files", || codegen::codegen(true)),
    ("Tests", || test::test(Edition::Machine, &[])),
    ("Tests on Docker Engine 26.1", || test::test(Edition::Trixie, &[])),
];

/// Checks format, lints, docs, generated files and tests.
pub(crate) fn ci() -> Result<()> {
    for (name, step) in STEPS {
        eprintln!("\n== {name}");
        step().with_context(|| format!("CI failed at \"{name}\""))?;
    }
    eprintln!("\nAll of CI passed.");
    Ok(())
}
