//! Streams of containers.

use bollard::container::LogOutput;
use bollard::query_parameters::{AttachContainerOptionsBuilder, LogsOptionsBuilder};
use futures_util::{Stream, StreamExt, TryStreamExt};
use moondock_engine::ErrorKind;
use moondock_engine::models::{AttachSocketParams, LogsParams};
use moondock_engine::stream::{Frames, collect};

use super::gate::{Gate, run};
use super::reply::Reply;
use super::server::Server;
use super::{bollard, container};

const LOGS: &str = "GET /containers/c/logs";
const RAW: &str = "application/vnd.docker.raw-stream";
const MULTIPLEXED: &str = "application/vnd.docker.multiplexed-stream";

async fn logs(server: &Server, tty: bool) -> Frames {
    let container = container(server, &server.client(), tty).await;
    container.logs(&LogsParams::default().follow(true)).await.unwrap()
}

fn bollards(server: &Server) -> impl Stream<Item = Result<LogOutput, bollard::errors::Error>> + use<> {
    let options = LogsOptionsBuilder::default().follow(true).stdout(true).stderr(true).build();
    bollard(server).logs("c", Some(options))
}

#[test]
fn a_terminal_is_not_guessed_from_its_bytes() {
    run(async {
        let server = Server::unix();
        server.on(LOGS, Reply::whole("200 OK", RAW, b"\x01hello you\n"));
        assert_eq!(collect(logs(&server, true).await.bytes()).await.unwrap(), b"\x01hello you\n");

        let output: Vec<_> = bollards(&server).try_collect().await.unwrap();
        assert_eq!(output.concat_bytes(), b"ou\n");
    });
}

#[test]
fn a_prompt_without_a_line_end_comes_through() {
    run(async {
        let (server, seen) = (Server::unix(), Gate::new());
        let prompt = || Reply::chunked(RAW).chunk("login: ");
        server.on(LOGS, prompt().wait(&seen).end()).on(LOGS, prompt().chunk("\nmore").read_to_end());
        let mut frames = logs(&server, true).await;
        assert_eq!(&frames.next().await.unwrap().unwrap().data[..], b"login: ");
        seen.open();

        // It is given the prompt with the line end that comes later, and what is behind that not at all.
        let mut output = Box::pin(bollards(&server));
        assert_eq!(&output.next().await.unwrap().unwrap().into_bytes()[..], b"login: \n");
        assert!(futures_util::poll!(output.next()).is_pending());
    });
}

#[test]
fn the_engines_own_error_is_one() {
    run(async {
        let server = Server::unix();
        let wire = b"\x03\0\0\0\0\0\0\x0cthe log died";
        server.on(LOGS, Reply::whole("200 OK", MULTIPLEXED, wire));
        let error = collect(logs(&server, false).await.bytes()).await.unwrap_err();
        assert_eq!(error.to_string(), "the engine broke off its stream: the log died");

        let output: Vec<_> = bollards(&server).try_collect().await.unwrap();
        assert_eq!(output.concat_bytes(), wire);
    });
}

#[test]
fn an_end_inside_a_frame_is_an_error() {
    run(async {
        let server = Server::unix();
        server.on(LOGS, Reply::whole("200 OK", MULTIPLEXED, b"\x01\0\0\0\0\0\0\x05ab"));
        let error = collect(logs(&server, false).await.bytes()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::StreamParseError);

        let output: Vec<_> = bollards(&server).try_collect().await.unwrap();
        assert_eq!(output.concat_bytes(), b"ab");
    });
}

#[test]
fn either_status_gives_up_a_connection() {
    run(async {
        let server = Server::unix();
        let output = Reply::hijacked("200 OK", b"ok").read_to_end();
        server.on("POST /containers/c/attach", output);
        let attached = container(&server, &server.client(), true).await;
        let params = AttachSocketParams::default().stdin(true).stdout(true).stream(true);
        let (mut frames, _input) = attached.attach_socket(&params).await.unwrap().frames();
        assert_eq!(&frames.next().await.unwrap().unwrap().data[..], b"ok");

        let options = AttachContainerOptionsBuilder::default().stream(true).stdin(true).stdout(true).build();
        assert!(bollard(&server).attach_container("c", Some(options)).await.is_err());
    });
}

trait Concat {
    fn concat_bytes(self) -> Vec<u8>;
}

impl Concat for Vec<LogOutput> {
    fn concat_bytes(self) -> Vec<u8> {
        self.into_iter().flat_map(LogOutput::into_bytes).collect()
    }
}
