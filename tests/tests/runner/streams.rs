//! Streams that an engine splits anywhere, fills with anything, or cuts short.

use std::time::Duration;

use moondock_tests::process::Finished;
use moondock_tests::replay::{Played, ReplayEngine, log_lines};
use serde_json::json;

use super::{DEADLINE, run, start};

const LOGS: &str = "application/octet-stream";

/// Reads a container's logs line by line and shows the length of each.
const LINES: [(&str, &str); 2] = [
    (
        "lua",
        "for line in require('docker').from_env().containers:get('c'):logs{stream = true}:lines() do print(#line) end",
    ),
    (
        "rhai",
        "for line in docker::from_env().containers.get(\"c\").logs(#{stream: true}).lines() { print(line.len); }",
    ),
];

/// Reads events and shows whom they are about.
const EVENTS: [(&str, &str); 2] = [
    ("lua", "for event in require('docker').from_env():events() do print(event.Actor.Attributes.name) end"),
    ("rhai", "for event in docker::from_env().events() { print(event.Actor.Attributes.name); }"),
];

/// An engine with one container, whose logs, and the events, are this.
fn engine(stream: Played) -> ReplayEngine {
    let engine = ReplayEngine::start(move |_, path| match path {
        "/containers/c/json" => Some(Played::json(&json!({"Id": "c", "Config": {"Tty": false}}))),
        "/containers/c/logs" | "/events" => Some(stream.clone()),
        _ => None,
    });
    engine.unwrap()
}

fn frame(data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).unwrap();
    [&[1, 0, 0, 0], &length.to_be_bytes()[..], data].concat()
}

fn assert_engine_failed(finished: &Finished, words: &str) {
    assert_eq!(finished.code(), Some(125), "{}", finished.stderr());
    assert!(finished.stderr().contains("stdin:1"), "{}", finished.stderr());
    assert!(finished.stderr().contains(words), "{}", finished.stderr());
}

#[test]
fn a_frame_cut_short_is_an_error_behind_what_came() {
    let cut = frame(b"second")[..10].to_vec();
    let ended = engine(Played::Pieces(LOGS, vec![frame(b"first\n"), cut.clone()]));
    let broken = engine(Played::Broken(LOGS, vec![frame(b"first\n"), cut]));
    for script in LINES {
        for (engine, words) in [(&ended, "ended before"), (&broken, "broke off its answer")] {
            let finished = run(&engine.host(), script);
            assert_eq!(finished.stdout(), "5\n");
            assert_engine_failed(&finished, words);
        }
    }
}

#[test]
fn json_is_read_however_it_is_split() {
    let event =
        |name: &str| json!({"Type": "container", "Actor": {"Attributes": {"name": name}}}).to_string();
    let wire = format!("{}\r\n{}{}\n", event("eins"), event("größer"), event("\"{x"));
    for size in [1, 7, wire.len()] {
        let pieces = wire.as_bytes().chunks(size).map(<[u8]>::to_vec).collect();
        let engine = engine(Played::Pieces("application/json", pieces));
        for script in EVENTS {
            let finished = run(&engine.host(), script).success().unwrap();
            assert_eq!(finished.stdout(), "eins\ngrößer\n\"{x\n", "pieces of {size}");
        }
    }
}

#[test]
fn what_is_no_json_is_an_error_that_shows_it() {
    let engine = engine(Played::Pieces("application/json", vec![b"<html>no engine</html>\n".to_vec()]));
    for script in EVENTS {
        assert_engine_failed(&run(&engine.host(), script), "<html>no engine");
    }
}

#[test]
fn bytes_that_are_no_text_arrive() {
    let engine = engine(Played::Pieces(LOGS, vec![frame(b"a\xff\xfeb\n")]));
    let lua = "io.write(require('docker').from_env().containers:get('c'):logs())";
    assert_eq!(run(&engine.host(), ("lua", lua)).stdout, b"a\xff\xfeb\n");
    let replaced = "print(docker::from_env().containers.get(\"c\").logs());";
    assert_eq!(run(&engine.host(), ("rhai", replaced)).stdout(), "a\u{fffd}\u{fffd}b\n\n");
    let kept = "print(docker::from_env().containers.get(\"c\").logs(#{bytes: true}));";
    assert_eq!(run(&engine.host(), ("rhai", kept)).stdout(), "[61fffe620a]\n");
    for (text, printed) in [
        // What is made of a stream of blobs has blobs too, unless it is told otherwise.
        ("for line in c.logs(#{stream: true, bytes: true}).lines() { print(line); }", "[61fffe62]\n"),
        ("print(c.logs(#{stream: true, bytes: true}).next());", "[61fffe620a]\n"),
        ("for line in c.logs(#{stream: true}).lines(#{bytes: true}) { print(line); }", "[61fffe62]\n"),
        (
            "for line in c.logs(#{stream: true, bytes: true}).lines(#{bytes: false}) { print(line); }",
            "a\u{fffd}\u{fffd}b\n",
        ),
        (
            "try { c.logs(#{bytes: 1}); } catch (err) { print(err); }",
            "Container.logs: `bytes` takes true or false, but got the number 1\n",
        ),
    ] {
        let text = format!("let c = docker::from_env().containers.get(\"c\"); {text}");
        let finished = run(&engine.host(), ("rhai", &text));
        assert_eq!((finished.stdout().as_str(), finished.stderr().as_str()), (printed, ""), "{text}");
    }
}

#[test]
fn a_line_of_ten_megabytes_is_one_line() {
    let line = [vec![b'x'; 10_000_000], b"\nend\n".to_vec()].concat();
    let pieces = line.chunks(16 << 10).map(frame).collect();
    let engine = engine(Played::Pieces(LOGS, pieces));
    for script in LINES {
        let finished = run(&engine.host(), script).success().unwrap();
        assert_eq!(finished.stdout(), "10000000\n3\n");
    }
}

#[test]
fn long_logs_are_not_held() {
    const PIECE: usize = 1 << 20;
    const PIECES: usize = 64;
    let engine = engine(Played::Repeated(LOGS, log_lines(PIECE), PIECES));
    for (language, text) in [
        (
            "lua",
            "local n = 0
             for _ in require('docker').from_env().containers:get('c'):logs{stream = true}:lines() do n = n + 1 end
             print(n)",
        ),
        (
            "rhai",
            "let n = 0;
             for line in docker::from_env().containers.get(\"c\").logs(#{stream: true}).lines() { n += 1; }
             print(n);",
        ),
    ] {
        let running = start(&engine.host(), (language, text));
        let id = running.id();
        let watching = std::thread::spawn(move || {
            let looks = std::iter::from_fn(|| {
                std::thread::sleep(Duration::from_millis(5));
                most_memory_of(id)
            });
            looks.last()
        });
        let finished = running.wait(DEADLINE).unwrap().success().unwrap();
        assert_eq!(finished.stdout(), format!("{}\n", PIECES * log_lines(PIECE).len() / 88));
        let peak = watching.join().unwrap().unwrap();
        assert!(peak < 40 << 20, "{language} held {peak} bytes");
    }
}

/// The most memory that a process has held, in bytes; nothing when it has ended.
fn most_memory_of(id: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.split_whitespace().next()?.parse::<u64>().unwrap() * 1024)
}
