//! Engines that are missing, fail, die or come back.

use std::fmt::Write as _;

use moondock_tests::engine::{self, ThrowawayEngine};
use moondock_tests::image;

use super::{DEADLINE, NOWHERE, run, start};

#[test]
fn an_engine_out_of_reach_ends_with_125_and_says_how_to_start_one() {
    for script in [
        ("lua", "require('docker').from_env():ping()"),
        ("rhai", "docker::from_env().ping();"),
        ("lua", "require('moondock').on('container.die', function() end)"),
        ("rhai", "moondock::on(\"container.die\", || ());"),
    ] {
        let finished = run(NOWHERE, script);
        let message = finished.stderr();
        assert_eq!(finished.code(), Some(125), "{script:?}: {message}");
        for words in ["stdin:1", NOWHERE, "No such file", "--host", "systemctl start docker"] {
            assert!(message.contains(words), "{script:?}: {message}");
        }
    }
}

#[test]
fn the_engines_words_are_shown_with_the_method() {
    let engine = engine::shared().unwrap();
    for script in [
        ("lua", "\nrequire('docker').from_env().containers:get('no-such-thing')"),
        ("rhai", "\ndocker::from_env().containers.get(\"no-such-thing\");"),
    ] {
        let finished = run(&engine.host(), script);
        assert_eq!(finished.code(), Some(1));
        let message = finished.stderr();
        for words in ["stdin:2", "Containers.get", "404", "No such container: no-such-thing"] {
            assert!(message.contains(words), "{script:?}: {message}");
        }
    }
}

/// One engine for what kills engines, in order: each takes seconds to start.
#[test]
fn engines_that_die_are_told_of_and_hooks_find_them_again() {
    let mut engine = ThrowawayEngine::start().unwrap();
    image::prepare(&engine.address()).unwrap();
    for script in [
        (
            "lua",
            "local c = require('docker').from_env().containers:run('busybox', 'sh -c \"echo up; sleep 600\"', {detach = true})
             for line in c:logs{stream = true}:lines() do print(line) end
             print('an end that is none')",
        ),
        (
            "rhai",
            "let c = docker::from_env().containers.run(\"busybox\", \"sh -c 'echo up; sleep 600'\", #{detach: true});
             for line in c.logs(#{stream: true}).lines() { print(line); }
             print(\"an end that is none\");",
        ),
    ] {
        let mut running = start(&engine.host(), script);
        running.wait_for_stdout("up", DEADLINE).unwrap();
        engine.kill().unwrap();
        let finished = running.wait(DEADLINE).unwrap();
        assert_eq!(finished.stdout(), "up\n", "{script:?}");
        assert_eq!(finished.code(), Some(125), "{script:?}: {}", finished.stderr());
        assert!(finished.stderr().starts_with("stdin:2"), "{script:?}: {}", finished.stderr());
        engine.restart().unwrap();
    }
    let hooks = [
        (
            "lua",
            "local m = require 'moondock'
             m.on('container.create', function(event) print(event.name) end)
             print('listening')",
        ),
        ("rhai", "moondock::on(\"container.create\", |event| print(event.name)); print(\"listening\");"),
    ];
    let mut listening = hooks.map(|script| start(&engine.host(), script));
    let mut expected = "listening\n".to_owned();
    for name in ["before", "after", "later"] {
        for running in &mut listening {
            running.wait_for_stdout("listening", DEADLINE).unwrap();
        }
        create(&engine, name);
        writeln!(expected, "{name}").unwrap();
        for running in &mut listening {
            running.wait_for_stdout(&format!("{name}\n"), DEADLINE).unwrap();
        }
        if name == "before" {
            engine.kill().unwrap();
            engine.restart().unwrap();
        }
    }
    for running in listening {
        running.signal(moondock_tests::process::Signal::TERM).unwrap();
        let finished = running.wait(DEADLINE).unwrap();
        assert_eq!(
            (finished.code(), finished.stdout()),
            (Some(143), expected.clone()),
            "{}",
            finished.stderr()
        );
    }
}

fn create(engine: &ThrowawayEngine, name: &str) {
    let path = format!("/containers/create?name={name}");
    let body = br#"{"Image": "busybox"}"#;
    engine.address().call("POST", &path, "application/json", body).unwrap().success().unwrap();
}

#[test]
fn archives_of_images_are_loaded_from_bytes_and_from_functions() {
    let engine = engine::shared().unwrap();
    let address = engine.address();
    let archive =
        address.call("GET", "/images/moondock%2Fbusybox:1/get", "", &[]).unwrap().success().unwrap().body;
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), archive).unwrap();
    let finished = run(
        &engine.host(),
        (
            "lua",
            &format!(
                "local client = require('docker').from_env()
                 local file = assert(io.open('{path}', 'rb'))
                 print(client.images:load(function() return file:read(65536) end)[1].tags[1] ~= nil)
                 file:seek('set')
                 print(#client.images:load(file:read('a')))",
                path = file.path().display()
            ),
        ),
    );
    assert_eq!((finished.stdout().as_str(), finished.stderr().as_str()), ("true\n1\n", ""));
}
