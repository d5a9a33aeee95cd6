use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use proptest::prelude::*;
use prost::Message;

use super::super::trace::{VertexWarning, decode};
use super::*;

#[allow(clippy::unnecessary_wraps, reason = "every field that takes it is optional")]
fn at(seconds: i64, milliseconds: i32) -> Option<Timestamp> {
    Some(Timestamp { seconds, nanos: milliseconds * 1_000_000 })
}

fn vertex(digest: &str, name: &str, started: Option<Timestamp>, completed: Option<Timestamp>) -> Vertex {
    Vertex { digest: digest.into(), name: name.into(), started, completed, ..Vertex::default() }
}

fn wrote(stream: i64, message: &[u8], timestamp: Option<Timestamp>) -> VertexLog {
    VertexLog { vertex: b"b".to_vec(), timestamp, stream, message: message.to_vec() }
}

/// The text of statuses as they come from the wire, one after the other.
fn text(statuses: impl IntoIterator<Item = Status>) -> String {
    let mut steps = Steps::default();
    let sent = statuses.into_iter().map(|status| STANDARD.encode(status.encode_to_vec()));
    sent.map(|aux| steps.text(&decode(&aux).unwrap())).collect()
}

fn vertexes(vertexes: impl Into<Vec<Vertex>>) -> Status {
    Status { vertexes: vertexes.into(), ..Status::default() }
}

fn logs(logs: impl Into<Vec<VertexLog>>) -> Status {
    Status { logs: logs.into(), ..Status::default() }
}

#[test]
fn steps_are_numbered_as_they_begin() {
    let cached = Vertex { cached: true, ..vertex("c", "[3/3] COPY a /a", at(4, 0), at(4, 0)) };
    let text = text([
        vertexes([vertex("c", "[3/3] COPY a /a", None, None), vertex("a", "[1/3] FROM a", None, None)]),
        vertexes([vertex("a", "[1/3] FROM a", at(1, 0), None)]),
        vertexes([vertex("a", "[1/3] FROM a", at(1, 0), at(2, 960))]),
        vertexes([
            vertex("b", "[2/3] RUN x", at(3, 0), None),
            vertex("b", "[2/3] RUN x", at(3, 0), at(4, 0)),
        ]),
        vertexes([cached]),
    ]);
    let lines = [
        "#1 [1/3] FROM a\n#1 DONE 2.0s\n",
        "#2 [2/3] RUN x\n#2 DONE 1.0s\n",
        "#3 [3/3] COPY a /a\n#3 CACHED\n",
    ];
    assert_eq!(text, lines.concat());
}

#[test]
fn what_is_told_again_is_not_said_again() {
    let step = || vertex("a", "load", at(1, 0), at(2, 0));
    assert_eq!(text([vertexes([step()]), vertexes([step()])]), "#1 load\n#1 DONE 1.0s\n");
    let again = vertex("a", "load", at(5, 0), at(5, 300));
    assert_eq!(text([vertexes([step()]), vertexes([again])]), "#1 load\n#1 DONE 1.0s\n#1 DONE 0.3s\n");
}

#[test]
fn output_is_given_in_whole_lines() {
    let begun = vertexes([vertex("b", "RUN x", at(10, 0), None)]);
    let umlaut = "\u{fc}\n".as_bytes();
    let text = text([
        begun,
        logs([wrote(1, b"hello\r\npa", at(10, 5)), wrote(2, b"oops\n", at(10, 6))]),
        logs([wrote(1, b"rt\n\n", at(11, 250))]),
        logs([wrote(1, &umlaut[..1], at(12, 0)), wrote(1, &umlaut[1..], at(12, 1))]),
        // The end of a step comes with, and behind, the last that it wrote.
        Status {
            vertexes: vec![vertex("b", "RUN x", at(10, 0), at(13, 0))],
            ..logs([wrote(1, b"no end", at(12, 2))])
        },
    ]);
    let lines = [
        "#1 RUN x\n#1 0.005 hello\n#1 0.006 oops\n#1 1.250 part\n#1 1.250 \n",
        "#1 2.001 \u{fc}\n#1 3.000 no end\n#1 DONE 3.0s\n",
    ];
    assert_eq!(text, lines.concat());
}

#[test]
fn a_line_that_does_not_end_is_not_kept_for_ever() {
    let text = text([logs([wrote(1, &vec![b'x'; LONGEST], None)]), logs([wrote(1, b"xy", None)])]);
    assert_eq!(text.len(), "#1 0.000 ".len() + LONGEST + "xy\n".len());
}

#[test]
fn failures_are_told() {
    let failed = |error: &str| Vertex { error: error.into(), ..vertex("a", "RUN x", at(1, 0), at(1, 0)) };
    let step = |error: &str| text([vertexes([failed(error)])]);
    assert_eq!(step("exit code: 3"), "#1 RUN x\n#1 ERROR: exit code: 3\n");
    assert_eq!(step("rpc error: context canceled"), "#1 RUN x\n#1 CANCELED\n");
}

#[test]
fn parts_are_told_when_they_begin_and_end() {
    let part = |current, total, completed| Status {
        statuses: vec![VertexStatus {
            id: b"sha256:1".to_vec(),
            vertex: b"a".to_vec(),
            current,
            total,
            started: at(1, 0),
            completed,
        }],
        ..Status::default()
    };
    let text = text([
        vertexes([vertex("a", "FROM a", at(1, 0), None)]),
        part(0, 0, None),
        part(1, 0, None),
        part(999, 2_719_000, None),
        part(2_719_000, 2_719_000, at(1, 310)),
        part(2_719_000, 2_719_000, at(1, 310)),
    ]);
    assert_eq!(text, "#1 FROM a\n#1 sha256:1\n#1 sha256:1 2.71MB / 2.71MB 0.3s done\n");
    assert_eq!(
        [0, 999, 1000, 123_456, 5_000_000_000].map(bytes),
        ["0B", "999B", "1.00kB", "123.45kB", "5.00GB"]
    );
}

#[test]
fn warnings_are_told() {
    let warning =
        VertexWarning { vertex: b"a".to_vec(), short: b"StageNameCasing: `A` should be lowercase".to_vec() };
    let warned = Status { warnings: vec![warning], ..vertexes([vertex("a", "load", at(1, 0), None)]) };
    assert_eq!(text([warned]), "#1 load\n#1 WARN: StageNameCasing: `A` should be lowercase\n");
}

#[test]
fn what_is_no_utf8_spoils_nothing() {
    let step = Vertex { name: b"RUN \xff".to_vec(), ..vertex("b", "", at(1, 0), None) };
    let status = Status { logs: vec![wrote(1, b"\xfe\n", at(1, 0))], ..vertexes([step]) };
    assert_eq!(text([status]), "#1 RUN \u{fffd}\n#1 0.000 \u{fffd}\n");
}

#[test]
fn what_is_no_trace_is_none() {
    for aux in ["!", "CnEK", "CnEKR3NoYTI1Njo=", "CnEKR3NoYTI1Njo"] {
        assert!(decode(aux).is_none(), "{aux}");
    }
    assert_eq!(Steps::default().text(&decode("").unwrap()), "");
}

prop_compose! {
    fn time()(some in any::<bool>(), seconds in any::<i64>(), nanos in any::<i32>()) -> Option<Timestamp> {
        some.then_some(Timestamp { seconds, nanos })
    }
}

prop_compose! {
    fn status()(
        times in prop::array::uniform6(time()),
        numbers in prop::array::uniform3(any::<i64>()),
        words in prop::array::uniform3(prop::collection::vec(any::<u8>(), 0..20)),
        digest in "[ab]",
    ) -> Status {
        let [name, error, message] = words;
        let [started, completed, begun, done, timestamp, _] = times;
        let [current, total, stream] = numbers;
        let vertex = || digest.clone().into_bytes();
        Status {
            vertexes: vec![Vertex { name, error, ..self::vertex(&digest, "", started, completed) }],
            statuses: vec![VertexStatus {
                id: message.clone(), vertex: vertex(), current, total, started: begun, completed: done,
            }],
            logs: vec![VertexLog { vertex: vertex(), timestamp, stream, message }],
            warnings: Vec::new(),
        }
    }
}

proptest! {
    #[test]
    fn bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..300), aux in ".{0,100}") {
        for aux in [STANDARD.encode(bytes), aux] {
            if let Some(status) = decode(&aux) {
                Steps::default().text(&status);
            }
        }
    }

    #[test]
    fn values_never_panic(statuses in prop::collection::vec(status(), 0..8)) {
        let text = text(statuses);
        prop_assert!(text.is_empty() || text.ends_with('\n'));
    }
}
