//! Statuses and the bodies of errors.

use moondock_engine::ErrorKind;
use moondock_engine::models::{ContainerRemoveParams, PullParams, StopParams};
use serde_json::{Map, Value, json};

use super::frames::container;
use super::gate::run;
use super::reply::Reply;
use super::server::Server;

#[test]
fn what_has_happened_already_is_success() {
    run(async {
        let server = Server::unix();
        for line in ["POST /containers/c1/start", "POST /containers/c1/stop"] {
            server.on(line, Reply::bare("304 Not Modified"));
        }
        let container = container(&server, &server.client(), false).await;
        container.start().await.unwrap();
        container.stop(&StopParams::default()).await.unwrap();
        // The connection is still good: a 304 has no body, whatever its headers say.
        assert!(server.requests().iter().all(|request| request.connection == 0));
    });
}

#[test]
fn an_error_has_the_engines_words_in_whatever_form_they_come() {
    run(async {
        let (json, text) = ("application/json", "text/plain; charset=utf-8");
        for (kind, body, explanation) in [
            (json, "{\"message\":\"it is in use\"}\n", "it is in use"),
            (json, "{\"unknown\":1}", "{\"unknown\":1}"),
            (json, "", ""),
            (json, "{\"message\":", "{\"message\":"),
            (text, "it is in use\n", "it is in use"),
            (text, "", ""),
            ("text/html", "<h1>Bad Gateway</h1>", "<h1>Bad Gateway</h1>"),
        ] {
            let server = Server::unix();
            server.on("DELETE /containers/c1", Reply::whole("409 Conflict", kind, body));
            let container = container(&server, &server.client(), false).await;
            let error = container.remove(&ContainerRemoveParams::default()).await.unwrap_err();
            assert_eq!((error.kind(), error.status_code()), (ErrorKind::APIError, Some(409)));
            assert_eq!(error.explanation(), Some(explanation));
            assert_eq!(error.request(), Some("DELETE /containers/c1"));
            assert!(error.is_client_error() && !error.is_server_error());
        }
    });
}

#[test]
fn an_error_without_a_length_and_one_in_chunks_are_read() {
    run(async {
        let server = Server::unix();
        let open = Reply::begin().head("500 Internal Server Error", &[]).raw("it broke").close();
        let chunked = Reply::begin().head("500 Internal Server Error", &[("Transfer-Encoding", "chunked")]);
        server.on("GET /info", open).on("GET /info", chunked.chunk("it ").chunk("broke").end());
        for _ in 0..2 {
            let error = server.client().info().await.unwrap_err();
            assert_eq!((error.explanation(), error.is_server_error()), (Some("it broke"), true));
        }
    });
}

#[test]
fn a_broken_body_does_not_hide_the_status() {
    run(async {
        let server = Server::unix();
        let head = [("Content-Type", "text/plain"), ("Content-Length", "1000")];
        server.on("GET /info", Reply::begin().head("503 Service Unavailable", &head).raw("so far").close());
        let error = server.client().info().await.unwrap_err();
        assert_eq!((error.status_code(), error.explanation()), (Some(503), Some("so far")));
    });
}

#[test]
fn a_missing_image_is_told_apart_from_what_else_is_missing() {
    run(async {
        let server = Server::unix();
        server
            .on("GET /images/x/json", Reply::error("404 Not Found", "No such image: x:latest"))
            .on("GET /containers/x/json", Reply::error("404 Not Found", "No such container: x"));
        let client = server.client();
        let error = client.images().get("x").await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ImageNotFound);
        let error = client.containers().get("x").await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotFound);
    });
}

#[test]
fn credentials_are_url_safe_base64_with_padding() {
    run(async {
        let server = Server::unix();
        server
            .on("POST /images/create", Reply::stream(&["{\"status\":\"Done\"}"]))
            .on("GET /images/host:5000/a:1/json", Reply::json(&json!({"Id": "sha256:1"})));
        // In the other alphabet these would hold `/` and `+`.
        let auth = json!({"username": "a", "password": "???>>>~~"});
        let auth: Map<String, Value> = auth.as_object().unwrap().clone();
        let params = PullParams::default().auth_config(auth);
        server.client().images().pull("host:5000/a:1", &params).await.unwrap();
        let request = &server.requests()[0];
        let header = request.header("x-registry-auth").unwrap();
        assert_eq!(header, "eyJ1c2VybmFtZSI6ImEiLCJwYXNzd29yZCI6Ij8_Pz4-Pn5-In0=");
        assert!(!request.query.contains("password"));
    });
}

#[test]
fn credentials_are_in_no_error() {
    run(async {
        let server = Server::unix();
        server.on("POST /images/create", Reply::error("500 Internal Server Error", "no"));
        let auth: Map<String, Value> = Map::from_iter([("password".to_owned(), json!("hunter2"))]);
        let error =
            server.client().images().pull("a", &PullParams::default().auth_config(auth)).await.unwrap_err();
        let words = format!("{error} {error:?}");
        assert!(!words.contains("hunter2") && !words.contains("eyJ"), "{words}");
    });
}
