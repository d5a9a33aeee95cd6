//! How scripts end.

use std::process::{Command, Stdio};

use moondock_tests::binary::command;
use moondock_tests::engine;
use moondock_tests::process::{Running, Signal, run as run_command};

use super::{DEADLINE, NOWHERE, from_stdin, run, start};

#[test]
fn a_failure_shows_file_line_and_words() {
    for (script, place, words) in [
        (("lua", "\nerror('because')"), "stdin:2", "because"),
        (("rhai", "\nthrow \"because\";"), "stdin:2:1", "because"),
        (
            ("lua", "local function deep()\n  local x = nil + 1\nend\ndeep()"),
            "stdin:2",
            "arithmetic on a nil value",
        ),
        (("rhai", "fn deep() {\n  let x = () + 1;\n}\ndeep();"), "stdin:2", "+"),
        (("lua", "x = = 1"), "stdin:1", "unexpected symbol"),
        (("rhai", "let = 1;"), "stdin:1:5", "Syntax error"),
        (("lua", "require('docker').from_env():pong()"), "stdin:1", "did you mean `ping`?"),
        (("rhai", "docker::from_env().pong();"), "stdin:1", "did you mean `ping`?"),
        (("lua", "require('docker').from_environment()"), "stdin:1", "has no function `from_environment`"),
        (("rhai", "docker::from_environment();"), "stdin:1", "has no function `from_environment`"),
        (("lua", "require('docker').from_env():ping(1)"), "DockerClient.ping", "takes no arguments"),
        (("rhai", "docker::from_env().ping(1);"), "DockerClient.ping", "takes no arguments"),
        (
            ("rhai", "docker::from_env().containers.list(timestamp());"),
            "stdin:1:31: Containers.list: ",
            "a timestamp is no value here",
        ),
    ] {
        let finished = run(NOWHERE, script);
        let message = finished.stderr();
        assert_eq!(finished.code(), Some(1), "{script:?}: {message}");
        assert!(message.starts_with("stdin:") && message.contains(place), "{script:?}: {message}");
        assert!(message.contains(words), "{script:?}: {message}");
        assert_eq!(finished.stdout(), "", "{script:?}");
    }
}

#[test]
fn a_failure_without_calls_shows_its_place_once() {
    for (script, words) in [
        (("lua", "error('because')"), "stdin:1: because\n"),
        (("rhai", "throw \"because\";"), "stdin:1:1: because\n"),
    ] {
        assert_eq!(run(NOWHERE, script).stderr(), words, "{script:?}");
    }
}

#[test]
fn an_exit_code_passes_through_behind_the_shutdown_handlers() {
    for script in [
        (
            "lua",
            "local m = require 'moondock'
             m.on_shutdown(function() print('bye') end)
             pcall(m.exit, 7)
             print('never')",
        ),
        (
            "rhai",
            "moondock::on_shutdown(|| print(\"bye\")); try { moondock::exit(7); } catch {} print(\"never\");",
        ),
        (
            "lua",
            "local m = require 'moondock'
             m.on_shutdown(function() print('bye') end)
             m.every('10ms', function() m.exit(7) end)",
        ),
        (
            "rhai",
            "moondock::on_shutdown(|| print(\"bye\")); moondock::every(\"10ms\", || moondock::exit(7));",
        ),
    ] {
        let finished = run(NOWHERE, script);
        assert_eq!(finished.code(), Some(7), "{script:?}: {}", finished.stderr());
        assert_eq!((finished.stdout().as_str(), finished.stderr().as_str()), ("bye\n", ""), "{script:?}");
    }
}

#[test]
fn an_exit_ends_a_shutdown_handler_and_not_those_behind_it() {
    for (script, code) in [
        (
            (
                "lua",
                "local m = require 'moondock'
                 m.on_shutdown(function() print('one') pcall(m.exit, 5) print('never') end)
                 m.on_shutdown(function() print('two') m.exit(6) end)
                 m.on_shutdown(function() print('three') end)",
            ),
            5,
        ),
        (
            (
                "rhai",
                "moondock::on_shutdown(|| { print(\"one\"); try { moondock::exit(5); } catch {} print(\"never\"); });
                 moondock::on_shutdown(|| { print(\"two\"); moondock::exit(6); });
                 moondock::on_shutdown(|| print(\"three\"));",
            ),
            5,
        ),
        (
            (
                "lua",
                "local m = require 'moondock'
                 m.on_shutdown(function() print('one') m.exit(5) end)
                 m.on_shutdown(function() print('two') end)
                 m.on_shutdown(function() print('three') end)
                 m.exit(4)",
            ),
            4,
        ),
        (
            (
                "rhai",
                "moondock::on_shutdown(|| { print(\"one\"); moondock::exit(5); });
                 moondock::on_shutdown(|| print(\"two\"));
                 moondock::on_shutdown(|| print(\"three\"));
                 moondock::exit(4);",
            ),
            4,
        ),
    ] {
        let finished = run(NOWHERE, script);
        assert_eq!(finished.code(), Some(code), "{script:?}: {}", finished.stderr());
        // A handler that is left behind would be told of.
        let printed = (finished.stdout(), finished.stderr());
        assert_eq!(printed, ("one\ntwo\nthree\n".to_owned(), String::new()), "{script:?}");
    }
}

#[test]
fn an_exit_in_a_handler_that_a_signal_lets_end_does_so() {
    let engine = engine::shared().unwrap();
    for script in [
        (
            "lua",
            "local m = require 'moondock'
             m.on_shutdown(function() print('bye') end)
             local client = require('docker').from_env()
             local one
             one = m.every('1ms', function()
                 print('ready')
                 while one.active do client:ping() end
                 m.exit(7)
             end)",
        ),
        (
            "rhai",
            "moondock::on_shutdown(|| print(\"bye\"));
             let client = docker::from_env();
             let one = ();
             one = moondock::every(\"1ms\", || {
                 print(\"ready\");
                 while one.active { client.ping(); }
                 moondock::exit(7);
             });",
        ),
    ] {
        let mut running = start(&engine.host(), script);
        running.wait_for_stdout("ready", DEADLINE).unwrap();
        running.signal(Signal::TERM).unwrap();
        let finished = running.wait(DEADLINE).unwrap();
        assert_eq!(finished.code(), Some(143), "{script:?}: {}", finished.stderr());
        // A handler that is left behind would be told of.
        let printed = (finished.stdout(), finished.stderr());
        assert_eq!(printed, ("ready\nbye\n".to_owned(), String::new()), "{script:?}");
    }
}

#[test]
fn a_failure_counts_more_than_an_exit_in_a_shutdown_handler() {
    for script in [
        (
            "lua",
            "local m = require 'moondock'
             m.on_shutdown(function() m.exit(0) end)
             error('because')",
        ),
        ("rhai", "moondock::on_shutdown(|| moondock::exit(0)); throw \"because\";"),
    ] {
        let finished = run(NOWHERE, script);
        assert_eq!(finished.code(), Some(1), "{script:?}");
        assert!(finished.stderr().contains("because"), "{script:?}: {}", finished.stderr());
    }
}

#[test]
fn signals_end_a_script_in_order() {
    for (signal, code) in [(Signal::INT, 130), (Signal::TERM, 143)] {
        for script in [
            (
                "lua",
                "local m = require 'moondock'
                 m.on_shutdown(function() print('bye') end)
                 m.every('1h', function() end)
                 print('ready')",
            ),
            (
                "rhai",
                "moondock::on_shutdown(|| print(\"bye\")); moondock::every(\"1h\", || ()); print(\"ready\");",
            ),
            // While the main part computes.
            (
                "lua",
                "require('moondock').on_shutdown(function() print('bye') end) print('ready') while true do end",
            ),
            ("rhai", "moondock::on_shutdown(|| print(\"bye\")); print(\"ready\"); loop {}"),
        ] {
            let mut running = start(NOWHERE, script);
            running.wait_for_stdout("ready", DEADLINE).unwrap();
            running.signal(signal).unwrap();
            let finished = running.wait(DEADLINE).unwrap();
            assert_eq!(finished.code(), Some(code), "{script:?}: {}", finished.stderr());
            assert_eq!(finished.stdout(), "ready\nbye\n", "{script:?}");
        }
    }
}

#[test]
fn a_second_signal_does_not_wait_for_a_handler_that_hangs() {
    for script in [
        (
            "lua",
            "local m = require 'moondock'
             m.on_shutdown(function() print('hanging') while true do end end)
             m.every('1h', function() end)
             print('ready')",
        ),
        (
            "rhai",
            "moondock::on_shutdown(|| { print(\"hanging\"); loop {} }); moondock::every(\"1h\", || ()); print(\"ready\");",
        ),
    ] {
        let mut running = start(NOWHERE, script);
        running.wait_for_stdout("ready", DEADLINE).unwrap();
        running.signal(Signal::TERM).unwrap();
        running.wait_for_stdout("hanging", DEADLINE).unwrap();
        running.signal(Signal::TERM).unwrap();
        assert_eq!(running.wait(DEADLINE).unwrap().code(), Some(143), "{script:?}");
    }
}

#[test]
fn a_handler_that_fails_is_told_of_and_the_script_lives_on() {
    for script in [
        (
            "lua",
            "local m = require 'moondock'
             local n = 0
             m.every('10ms', function()
                 n = n + 1
                 if n == 1 then error('broken') end
                 print('again') m.exit(0)
             end)",
        ),
        (
            "rhai",
            "let n = 0;
             moondock::every(\"10ms\", || {
                 n += 1;
                 if n == 1 { throw \"broken\"; }
                 print(\"again\"); moondock::exit(0);
             });",
        ),
    ] {
        let finished = run(NOWHERE, script);
        assert_eq!((finished.code(), finished.stdout().as_str()), (Some(0), "again\n"), "{script:?}");
        let message = finished.stderr();
        assert!(
            message.contains("every") && message.contains("stdin:") && message.contains("broken"),
            "{message}"
        );
    }
}

#[test]
fn messages_that_cannot_be_written_change_nothing() {
    for (language, text, code) in [
        ("lua", "error('because')", 1),
        ("rhai", "throw \"because\";", 1),
        ("lua", "require('docker').from_env():ping()", 125),
        ("rhai", "docker::from_env().ping();", 125),
        // What a handler raises is told by the reporter.
        (
            "lua",
            "local m = require 'moondock'
             local n = 0
             m.every('10ms', function() n = n + 1 if n == 1 then error('broken') end m.exit(7) end)",
            7,
        ),
        (
            "rhai",
            "let n = 0; moondock::every(\"10ms\", || { n += 1; if n == 1 { throw \"broken\"; } moondock::exit(7); });",
            7,
        ),
    ] {
        let mut running = Running::start(&mut without_stderr(&from_stdin(NOWHERE, language))).unwrap();
        running.write(text);
        running.close_input();
        assert_eq!(running.wait(DEADLINE).unwrap().code(), Some(code), "{language}: {text}");
    }
    let mut missing = command(NOWHERE).unwrap();
    missing.args(["run", "no-such-script.lua"]);
    assert_eq!(run_command(&mut without_stderr(&missing), DEADLINE).unwrap().code(), Some(2));
}

/// A command whose standard error takes nothing.
fn without_stderr(command: &Command) -> Command {
    let mut full = Command::new("bash");
    full.args(["-c", "exec \"$@\" 2>/dev/full", "bash"]).arg(command.get_program()).args(command.get_args());
    full.env("DOCKER_HOST", NOWHERE);
    full
}

#[test]
fn a_call_that_fails_in_a_handler_shows_its_place() {
    for (script, words) in [
        (
            ("lua", "require('moondock').on_shutdown(function()\n  require('docker').from_env():ping() end)"),
            "on_shutdown: stdin:2: DockerClient.ping: cannot connect",
        ),
        (
            ("rhai", "moondock::on_shutdown(||\n  docker::from_env().ping());"),
            "on_shutdown: stdin:2:22: DockerClient.ping: cannot connect",
        ),
    ] {
        let finished = run(NOWHERE, script);
        assert!(finished.stderr().starts_with(words), "{script:?}: {}", finished.stderr());
    }
}

#[test]
fn output_that_nobody_reads_ends_the_script() {
    for (language, text) in [("lua", "while true do print('x') end"), ("rhai", "loop { print(\"x\"); }")] {
        let mut moondock = from_stdin(NOWHERE, language);
        let line = format!(
            "printf '%s' \"$1\" | {} run - --lang {language} | head -n 1; echo",
            moondock.get_program().display()
        );
        moondock = Command::new("bash");
        moondock.args(["-o", "pipefail", "-c", &line, "bash", text]).stdin(Stdio::null());
        let finished = Running::start(&mut moondock).unwrap().wait(DEADLINE).unwrap();
        assert!(finished.stdout().starts_with("x\n"), "{}", finished.stdout());
        assert!(finished.stderr().contains("the output cannot be written"), "{}", finished.stderr());
        assert!(!finished.stderr().contains("panicked"), "{}", finished.stderr());
    }
}
