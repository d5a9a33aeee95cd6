//! The API version: asked for once, spoken always, refused before anything is sent.

use futures_util::FutureExt;
use futures_util::future::join_all;
use http::Method;
use moondock_engine::models::{CreateParams, DockerClient, EventsParams};
use moondock_engine::{ApiVersion, Endpoint, ErrorKind, Request};
use serde_json::json;

use super::gate::{Gate, run, run_on_threads};
use super::reply::Reply;
use super::server::Server;

const PING: &str = "GET /_ping";

static NEW: Endpoint =
    Endpoint { id: "Newfangled", method: Method::GET, path: "/new", since: ApiVersion::new(1, 50) };
static OLD: Endpoint = Endpoint { id: "Old", method: Method::GET, path: "/old", since: ApiVersion::OLDEST };

/// A `/_ping` of an engine whose newest version this is.
fn pong(version: &str) -> Reply {
    Reply::begin().head("200 OK", &[("Api-Version", version), ("Content-Length", "2")]).raw("OK")
}

#[test]
fn the_version_is_negotiated_once() {
    run_on_threads(async {
        let (server, go) = (Server::unix(), Gate::new());
        let mut late = Reply::begin().wait(&go);
        late.steps.extend(pong("1.47").steps.into_iter().skip(1));
        server.on(PING, late).on("GET /info", Reply::json(&json!({"ID": "x"})));
        let client = server.negotiating();
        let calls = (0..50).map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.info().await })
        });
        let calls: Vec<_> = calls.collect();
        go.open();
        for result in join_all(calls).await {
            assert_eq!(result.unwrap().unwrap(), json!({"ID": "x"}));
        }
        assert_eq!(server.to(PING).len(), 1);
        let asked = server.to("GET /info");
        assert_eq!(asked.len(), 50);
        assert!(asked.iter().all(|request| request.version == "1.47"));
        assert_eq!(client.api().api_version().await.unwrap(), ApiVersion::new(1, 47));
    });
}

#[test]
fn every_path_has_the_version() {
    run(async {
        let server = Server::unix();
        server.on(PING, pong("1.99")).on("GET /events", Reply::stream(&[]));
        let client = server.negotiating();
        client.events(&EventsParams::default()).await.unwrap();
        assert!(client.ping().await.unwrap());
        let newest = ApiVersion::NEWEST.to_string();
        let versions: Vec<_> = server.requests().into_iter().map(|request| request.version).collect();
        assert_eq!(versions, [String::new(), newest.clone(), newest]);
    });
}

#[test]
fn an_engine_that_is_too_old_is_refused() {
    run(async {
        for (version, words) in [("1.40", "1.40"), ("1.9", "1.9"), ("nonsense", "nonsense")] {
            let server = Server::unix();
            server.on(PING, pong(version));
            let error = server.negotiating().info().await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidVersion);
            assert!(error.to_string().contains(words), "{error}");
            assert_eq!(server.lines(), [PING]);
        }
    });
}

#[test]
fn what_does_not_say_its_version_is_refused() {
    run(async {
        let server = Server::unix();
        server.on(PING, Reply::whole("200 OK", "text/plain", "OK"));
        let error = server.negotiating().info().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidVersion);
        assert!(error.to_string().contains("docker.sock"), "it names what answered: {error}");
    });
}

#[test]
fn a_negotiation_that_failed_is_made_again() {
    run(async {
        let server = Server::unix();
        server
            .on(PING, Reply::early().close())
            .on(PING, Reply::early().close())
            .on(PING, Reply::error("503 Service Unavailable", "starting"))
            .on(PING, pong("1.45"))
            .on("GET /info", Reply::json(&json!({})));
        let client = server.negotiating();
        assert_eq!(client.info().await.unwrap_err().kind(), ErrorKind::ConnectionError);
        assert_eq!(client.info().await.unwrap_err().explanation(), Some("starting"));
        client.info().await.unwrap();
        client.info().await.unwrap();
        assert_eq!(server.to(PING).len(), 4);
    });
}

#[test]
fn a_negotiation_that_one_gives_up_goes_on_for_others() {
    run(async {
        let (server, arrived, go) = (Server::unix(), Gate::new(), Gate::new());
        let mut late = Reply::begin().open(&arrived).wait(&go);
        late.steps.extend(pong("1.45").steps.into_iter().skip(1));
        server.on(PING, late).on("GET /info", Reply::json(&json!({})));
        let client = server.negotiating();
        let first = tokio::spawn({
            let client = client.clone();
            async move { client.info().await }
        });
        arrived.opened().await;
        let mut second = Box::pin(client.info());
        assert!((&mut second).now_or_never().is_none());
        first.abort();
        assert!(first.await.unwrap_err().is_cancelled());
        go.open();
        second.await.unwrap();
        assert_eq!(server.to(PING).len(), 1);
    });
}

#[test]
fn a_negotiation_that_all_give_up_ends() {
    run(async {
        let (server, arrived, gone) = (Server::unix(), Gate::new(), Gate::new());
        server
            .on(PING, Reply::begin().open(&arrived).read_to_end().open(&gone))
            .on(PING, pong("1.45"))
            .on("GET /info", Reply::json(&json!({})));
        let client = server.negotiating();
        let calls = [(); 2].map(|()| {
            let client = client.clone();
            tokio::spawn(async move { client.info().await })
        });
        arrived.opened().await;
        for call in calls {
            call.abort();
        }
        gone.opened().await;
        client.info().await.unwrap();
        assert_eq!(server.to(PING).len(), 2);
    });
}

#[test]
fn a_negotiation_whose_first_caller_is_not_polled_goes_on() {
    run(async {
        let server = Server::unix();
        server.on(PING, pong("1.45")).on("GET /info", Reply::json(&json!({})));
        let client = server.negotiating();
        let mut first = Box::pin(client.info());
        assert!((&mut first).now_or_never().is_none());
        // The first one has asked by now, and is kept as it is.
        client.info().await.unwrap();
        client.info().await.unwrap();
        assert_eq!(server.to(PING).len(), 1);
        first.await.unwrap();
    });
}

#[test]
fn a_failure_that_somebody_still_holds_is_not_kept() {
    run(async {
        let server = Server::unix();
        server
            .on(PING, Reply::error("503 Service Unavailable", "starting"))
            .on(PING, pong("1.45"))
            .on("GET /info", Reply::json(&json!({})));
        let client = server.negotiating();
        let mut first = Box::pin(client.info());
        assert!((&mut first).now_or_never().is_none());
        assert_eq!(client.info().await.unwrap_err().explanation(), Some("starting"));
        client.info().await.unwrap();
        assert_eq!(first.await.unwrap_err().explanation(), Some("starting"));
    });
}

#[test]
fn a_version_that_is_asked_for_is_not_negotiated() {
    run(async {
        let server = Server::unix();
        server.on("GET /info", Reply::json(&json!({})));
        DockerClient::new(server.settings(41)).info().await.unwrap();
        let requests = server.requests();
        assert_eq!((requests.len(), requests[0].version.as_str()), (1, "1.41"));
        let error = DockerClient::new(server.settings(40)).info().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidVersion);
        assert_eq!(server.requests().len(), 1);
    });
}

#[test]
fn what_is_newer_than_the_version_is_not_sent() {
    run(async {
        let server = Server::unix();
        server.on("GET /new", Reply::json(&json!(1))).on("GET /old", Reply::json(&json!(2)));
        let client = DockerClient::new(server.settings(49));
        let shiny = || Request::new(&OLD).query("shiny", 1).needs("shiny", ApiVersion::new(1, 50));
        for (request, what) in [(Request::new(&NEW), "Newfangled"), (shiny(), "shiny")] {
            let error = client.api().json(request).await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidVersion);
            assert_eq!(
                error.to_string(),
                format!("{what} needs API 1.50, but the engine is spoken to in API 1.49")
            );
        }
        assert!(server.requests().is_empty());
        let client = DockerClient::new(server.settings(50));
        assert_eq!(client.api().json(Request::new(&NEW)).await.unwrap(), json!(1));
        assert_eq!(client.api().json(shiny()).await.unwrap(), json!(2));
    });
}

#[test]
fn further_fields_are_checked_by_what_is_known_of_them() {
    run(async {
        let server = Server::unix();
        let create = "POST /containers/create";
        server.on(create, Reply::error("409 Conflict", "the name is taken"));
        let client = DockerClient::new(server.settings(42));
        let with = |extra: serde_json::Value| {
            let params = CreateParams::default().extra(extra.as_object().unwrap().clone());
            let client = &client;
            async move { client.containers().create("app", &params).await.unwrap_err() }
        };
        let error = with(json!({"HostConfig": {"Annotations": {"a": "b"}}})).await;
        assert_eq!(error.kind(), ErrorKind::InvalidVersion);
        let words = "annotations needs API 1.43, but the engine is spoken to in API 1.42";
        assert_eq!(error.to_string(), words);
        assert!(server.requests().is_empty());
        // What is not known goes to the engine as it is.
        assert_eq!(with(json!({"HostConfig": {"Newer": 1}})).await.status_code(), Some(409));
        assert_eq!(server.to(create).len(), 1);
    });
}
