//! The connections that requests go by.

use serde_json::json;

use super::bollard;
use super::gate::run;
use super::reply::Reply;
use super::server::Server;

#[test]
fn a_connection_is_used_again() {
    run(async {
        let server = Server::unix();
        server.on("GET /info", Reply::json(&json!({})));
        let (client, docker) = (server.client(), bollard(&server));
        for _ in 0..3 {
            client.info().await.unwrap();
        }
        for _ in 0..3 {
            docker.info().await.unwrap();
        }
        let connections: Vec<_> = server.requests().iter().map(|request| request.connection).collect();
        assert_eq!(connections, [0, 0, 0, 1, 2, 3]);
    });
}
