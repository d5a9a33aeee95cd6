//! Output that is no text, has no lines, or has very long ones.

use futures_util::StreamExt;
use moondock_engine::models::LogsParams;
use moondock_engine::stream::{Lines, collect};

use super::frames::{LOGS, MULTIPLEXED, RAW, container, frame};
use super::gate::{Gate, run};
use super::reply::Reply;
use super::server::Server;

const LONG: usize = 10_000_000;

#[test]
fn a_line_of_ten_megabytes_is_one_line() {
    run(async {
        let mut line = vec![b'x'; LONG];
        line.extend(b"\nnext");
        // In one frame, and in the frames of 16 KiB that a log driver cuts it into.
        let many: Vec<u8> = line.chunks(16 * 1024).flat_map(|piece| frame(1, piece)).collect();
        for (kind, wire) in [(MULTIPLEXED, frame(1, &line)), (MULTIPLEXED, many), (RAW, line)] {
            let server = Server::unix();
            let reply = wire.chunks(1_000_003).fold(Reply::chunked(kind), Reply::chunk).end();
            server.on(LOGS, reply);
            let container = container(&server, &server.client(), kind == RAW).await;
            let logs = container.logs(&LogsParams::default()).await.unwrap();
            let lines: Vec<_> = Lines::new(logs.bytes()).map(Result::unwrap).collect().await;
            assert_eq!((lines.len(), lines[0].len(), &lines[1][..]), (2, LONG, &b"next"[..]));
        }
    });
}

#[test]
fn a_prompt_without_a_line_end_comes_through_at_once() {
    run(async {
        for (kind, wire) in [(MULTIPLEXED, frame(1, "login: ")), (RAW, b"login: ".to_vec())] {
            let (server, gone) = (Server::unix(), Gate::new());
            server.on(LOGS, Reply::chunked(kind).chunk(wire).read_to_end().open(&gone));
            let container = container(&server, &server.client(), kind == RAW).await;
            let mut logs = container.logs(&LogsParams::default().follow(true)).await.unwrap();
            assert_eq!(logs.next().await.unwrap().unwrap().data, "login: ");
            drop(logs);
            gone.opened().await;
        }
    });
}

#[test]
fn bytes_that_are_no_text_pass() {
    run(async {
        let all: Vec<u8> = (0..=255).collect();
        for (kind, wire) in [(MULTIPLEXED, frame(1, &all)), (RAW, all.clone())] {
            let server = Server::unix();
            let reply = wire.chunks(3).fold(Reply::chunked(kind), Reply::chunk).end();
            server.on(LOGS, reply);
            let container = container(&server, &server.client(), kind == RAW).await;
            let logs = container.logs(&LogsParams::default()).await.unwrap();
            assert_eq!(collect(logs.bytes()).await.unwrap(), all);
        }
    });
}
