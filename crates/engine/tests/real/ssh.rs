//! An engine on the other side of an ssh server.

use std::path::Path;
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::future::{join_all, try_join_all};
use moondock_engine::models::{DockerClient, EventsParams};
use moondock_engine::{ErrorKind, Settings, SshSettings, Timeouts};
use moondock_tests::ssh_server::SshServer;

use super::remote::{echo_by_exec, eventually};
use super::shared;

fn settings(server: &SshServer) -> Settings {
    let ssh = SshSettings { options: server.options(), ..SshSettings::default() };
    Settings { ssh, ..Settings::new(server.host().parse().unwrap()) }
}

fn logins(server: &SshServer) -> usize {
    server.log().matches("Accepted publickey").count()
}

fn sessions(server: &SshServer) -> usize {
    server.log().matches("Starting session: command").count()
}

/// The arguments, or the title, of a process that has these words in them.
fn running(words: &str) -> Option<String> {
    let processes = std::fs::read_dir("/proc").unwrap().filter_map(Result::ok);
    let lines = processes.filter_map(|process| std::fs::read(process.path().join("cmdline")).ok());
    lines.map(|line| String::from_utf8_lossy(&line).into_owned()).find(|line| line.contains(words))
}

#[tokio::test]
async fn input_ends_over_ssh() {
    let (engine, _) = shared();
    let server = SshServer::start(engine.socket()).unwrap();
    echo_by_exec(&DockerClient::new(settings(&server)), "by-ssh").await;
}

#[tokio::test]
async fn connections_share_one_and_leave_nothing() {
    let (engine, _) = shared();
    let server = SshServer::start_with(engine.socket(), "LogLevel VERBOSE").unwrap();
    let (client, params) = (DockerClient::new(settings(&server)), EventsParams::default());
    assert!(client.ping().await.unwrap());
    assert_eq!((logins(&server), sessions(&server)), (1, 1));

    let streams = [(); 4].map(|()| client.events(&params));
    let streams = try_join_all(streams).await.unwrap();
    assert_eq!(logins(&server), 1, "{}", server.log());
    assert!(sessions(&server) >= 4, "{}", server.log());

    let configuration = server.configuration().display().to_string();
    let session = running(&configuration).unwrap();
    let shared = session.split("ControlPath=").nth(1).unwrap().split("%C").next().unwrap();
    assert!(running(&format!("ssh: {shared}")).is_some());
    drop(streams);
    drop(client);
    eventually("ssh to be gone", || running(&configuration).or_else(|| running(shared)).is_none()).await;
    assert!(!Path::new(shared).exists());

    // Who has set up the sharing is left to it: here, that there is none.
    let mut own = settings(&server);
    own.ssh.options.extend(["-o".to_owned(), "ControlPath=none".to_owned()]);
    let client = DockerClient::new(own);
    let streams = [(); 3].map(|()| client.events(&params));
    let streams = try_join_all(streams).await.unwrap();
    assert_eq!(logins(&server), 1 + streams.len(), "{}", server.log());
}

#[tokio::test]
async fn many_calls_take_turns() {
    let (engine, _) = shared();
    let server = SshServer::start_with(engine.socket(), "LogLevel VERBOSE").unwrap();
    let mut few = settings(&server);
    few.ssh.connections = 3;
    few.timeouts.connect = Duration::from_secs(2);
    let (client, params) = (DockerClient::new(few), EventsParams::default());
    // A call that every engine answers at once.
    let answers = join_all((0..50).map(|_| client.ping())).await;
    for answer in &answers {
        assert!(answer.as_ref().is_ok_and(|up| *up), "{answer:?}");
    }
    assert!(sessions(&server) <= 3, "{}", server.log());

    let streams = [(); 3].map(|()| client.events(&params));
    let mut streams = try_join_all(streams).await.unwrap();
    let error = client.ping().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout, "{error}");
    assert!(error.to_string().contains("all 3 ssh connections are in use"), "{error}");
    streams.pop();
    assert!(client.ping().await.unwrap());
}

#[tokio::test]
async fn more_than_a_server_lets_share_still_get_through() {
    let (engine, _) = shared();
    let server = SshServer::start_with(engine.socket(), "MaxSessions 2").unwrap();
    let (client, params) = (DockerClient::new(settings(&server)), EventsParams::default());
    assert!(client.ping().await.unwrap());
    let streams = [(); 5].map(|()| client.events(&params));
    assert_eq!(try_join_all(streams).await.unwrap().len(), 5);
}

#[tokio::test]
async fn a_killed_server_breaks_what_runs() {
    let (engine, _) = shared();
    let server = SshServer::start(engine.socket()).unwrap();
    let timeouts = Timeouts { connect: Duration::from_secs(20), ..Timeouts::default() };
    let client = DockerClient::new(Settings { timeouts, ..settings(&server) });
    let mut events = client.events(&EventsParams::default()).await.unwrap();
    server.kill().unwrap();
    let error = loop {
        // What others do on the engine comes first.
        match events.next().await.expect("the stream ends without an error") {
            Ok(_) => {}
            Err(error) => break error,
        }
    };
    assert_eq!(error.kind(), ErrorKind::ConnectionError, "{error}");
    assert!(error.to_string().contains("ssh ended with"), "{error}");
    let error = client.ping().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ConnectionError, "{error}");
    assert!(error.to_string().contains("Connection refused"), "{error}");
}

#[tokio::test]
async fn the_socket_can_be_named() {
    let (engine, _) = shared();
    let server = SshServer::start(Path::new("/nowhere/docker.sock")).unwrap();
    // What the other side says is in the error.
    let error = DockerClient::new(settings(&server)).ping().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ConnectionError, "{error}");
    assert!(error.to_string().contains("/nowhere/docker.sock"), "{error}");

    let host = format!("{}{}", server.host(), engine.socket().display()).parse().unwrap();
    assert!(DockerClient::new(Settings { host, ..settings(&server) }).ping().await.unwrap());
}

#[tokio::test]
async fn ssh_asks_nothing() {
    let (engine, _) = shared();
    let server = SshServer::start(engine.socket()).unwrap();
    for (options, words) in [
        (vec!["-o", "IdentityFile=/nowhere/key", "-F", "none"], "Host key verification failed"),
        (
            vec![
                "-o",
                "StrictHostKeyChecking=no",
                "-o",
                "UserKnownHostsFile=/dev/null",
                "-o",
                "IdentityFile=/nowhere/key",
                "-o",
                "IdentityAgent=none",
                "-F",
                "none",
            ],
            "Permission denied",
        ),
    ] {
        let mut stranger = settings(&server);
        stranger.ssh.options = options.into_iter().map(str::to_owned).collect();
        let error = DockerClient::new(stranger).ping().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ConnectionError, "{error}");
        assert!(error.to_string().contains(words), "{error}");
    }
    let mut none = settings(&server);
    none.ssh.program = "/nowhere/ssh".into();
    let error = DockerClient::new(none).ping().await.unwrap_err().to_string();
    assert!(error.contains("`/nowhere/ssh` cannot be run"), "{error}");
}
