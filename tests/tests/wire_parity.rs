//! Lua and Rhai must send the engine what docker-py sends for the same calls.

use moondock_tests::wire::parity::{self, Outcome};
use moondock_tests::wire::render::Language;

fn assert_parity(language: Language) {
    let Outcome { cases, failures } = parity::run(language).unwrap_or_else(|error| panic!("{error:#}"));
    assert!(cases > 0, "no case was run");
    assert!(failures.is_empty(), "{} of {cases} cases differ:\n\n{}", failures.len(), failures.join("\n\n"));
}

#[test]
fn lua_sends_what_docker_py_sends() {
    assert_parity(Language::Lua);
}

#[test]
fn rhai_sends_what_docker_py_sends() {
    assert_parity(Language::Rhai);
}
