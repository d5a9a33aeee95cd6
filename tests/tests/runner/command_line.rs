//! What is given on the command line.

use moondock_tests::binary::command;
use moondock_tests::process::{Finished, run as run_command};

use super::{DEADLINE, NOWHERE, run};

fn moondock(arguments: &[&str]) -> Finished {
    run_command(command(NOWHERE).unwrap().args(arguments), DEADLINE).unwrap()
}

#[test]
fn version_and_help_are_data() {
    let version = moondock(&["--version"]);
    assert_eq!(version.stdout(), format!("moondock {}\n", env!("CARGO_PKG_VERSION")));
    let help = moondock(&["--help"]);
    for word in ["run", "--host", "Exit codes", "125"] {
        assert!(help.stdout().contains(word), "{}", help.stdout());
    }
    for finished in [version, help, moondock(&["run", "--help"])] {
        assert_eq!((finished.code(), finished.stderr()), (Some(0), String::new()));
    }
}

#[test]
fn wrong_usage_ends_with_2_and_says_what_would_be_right() {
    for (arguments, words) in [
        (&[][..], "Usage:"),
        (&["run"], "<FILE>"),
        (&["walk"], "walk"),
        (&["run", "--fast", "x.lua"], "--fast"),
        (&["run", "no-such-script.lua"], "no-such-script.lua: No such file"),
        (&["run", "Cargo.toml"], "--lang"),
        (&["run", "crates"], "crates"),
        (&["run", "-"], "--lang lua"),
        (&["run", "-", "--lang", "python"], "lua, rhai"),
        (&["--host", "gopher://x", "run", "scripts/examples/lua/01-hello.lua"], "unix://"),
    ] {
        let finished = moondock(arguments);
        assert_eq!(finished.code(), Some(2), "{arguments:?}: {}", finished.stderr());
        assert!(finished.stderr().contains(words), "{arguments:?}: {}", finished.stderr());
        assert_eq!(finished.stdout(), "", "{arguments:?}");
    }
}

#[test]
fn a_script_gets_what_stands_behind_two_dashes() {
    for (language, text) in
        [("lua", "print(#arg, arg[1], arg[2])"), ("rhai", "print(`${ARGS.len()}\t${ARGS[0]}\t${ARGS[1]}`);")]
    {
        let mut running = moondock_tests::process::Running::start(
            super::from_stdin(NOWHERE, language).args(["--", "-x", "a b"]),
        )
        .unwrap();
        running.write(text);
        running.close_input();
        let finished = running.wait(DEADLINE).unwrap().success().unwrap();
        assert_eq!(finished.stdout(), "2\t-x\ta b\n");
    }
}

#[test]
fn an_empty_script_does_nothing_and_needs_no_engine() {
    for script in [
        ("lua", ""),
        ("rhai", ""),
        ("lua", "#!/usr/bin/env moondock\n"),
        ("rhai", "#!/usr/bin/env moondock\n"),
    ] {
        let finished = run(NOWHERE, script);
        assert_eq!(
            (finished.code(), finished.stdout(), finished.stderr()),
            (Some(0), String::new(), String::new())
        );
    }
}

#[test]
fn a_host_on_the_command_line_wins() {
    for (language, text) in
        [("lua", "require('docker').from_env():ping()"), ("rhai", "docker::from_env().ping();")]
    {
        let mut moondock = command(NOWHERE).unwrap();
        moondock.args(["run", "-", "--lang", language, "-H", "unix:///elsewhere/docker.sock"]);
        let mut running = moondock_tests::process::Running::start(&mut moondock).unwrap();
        running.write(text);
        running.close_input();
        let finished = running.wait(DEADLINE).unwrap();
        assert!(finished.stderr().contains("unix:///elsewhere/docker.sock"), "{}", finished.stderr());
    }
}
