//! Lists that race with removals, and values that an engine may send.

use moondock_engine::ErrorKind;
use moondock_engine::models::{
    Container, ContainerListParams, ContainerPruneParams, CreateParams, Image, ImageListParams,
    ImagePruneParams, PullParams,
};
use serde_json::json;

use super::frames::container;
use super::gate::{run, run_on_threads};
use super::reply::Reply;
use super::server::Server;

#[test]
fn what_goes_away_meanwhile_is_left_out() {
    run(async {
        let server = Server::unix();
        server
            .on("GET /containers/json", Reply::json(&json!([{"Id": "a"}, {"Id": "gone"}, {"Id": "b"}])))
            .on("GET /containers/a/json", Reply::json(&json!({"Id": "a"})))
            .on("GET /containers/b/json", Reply::json(&json!({"Id": "b"})))
            .on("GET /containers/gone/json", Reply::error("404 Not Found", "No such container: gone"))
            .on("GET /images/json", Reply::json(&json!([{"Id": "gone"}, {"Id": "a"}])))
            .on("GET /images/a/json", Reply::json(&json!({"Id": "a"})))
            .on("GET /images/gone/json", Reply::error("404 Not Found", "No such image: gone"));
        let client = server.client();
        let containers = client.containers().list(&ContainerListParams::default()).await.unwrap();
        assert_eq!(containers.iter().map(Container::id).collect::<Vec<_>>(), ["a", "b"]);
        let images = client.images().list(&ImageListParams::default()).await.unwrap();
        assert_eq!(images.iter().map(Image::id).collect::<Vec<_>>(), ["a"]);
    });
}

#[test]
fn other_errors_of_a_list_are_errors() {
    run(async {
        let server = Server::unix();
        server
            .on("GET /containers/json", Reply::json(&json!([{"Id": "a"}, {"Id": "b"}])))
            .on("GET /containers/a/json", Reply::json(&json!({"Id": "a"})))
            .on("GET /containers/b/json", Reply::error("500 Internal Server Error", "it is dead"))
            .on("GET /images/json", Reply::json(&json!([{"Id": "a"}])))
            .on("GET /images/a/json", Reply::early().close());
        let client = server.client();
        let error = client.containers().list(&ContainerListParams::default()).await.unwrap_err();
        assert_eq!(error.explanation(), Some("it is dead"));
        let error = client.images().list(&ImageListParams::default()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ConnectionError);
    });
}

#[test]
fn a_long_list_keeps_its_order() {
    run_on_threads(async {
        let server = Server::unix();
        let ids: Vec<_> = (0..200).map(|number| format!("c{number}")).collect();
        for id in &ids {
            server.on(&format!("GET /containers/{id}/json"), Reply::json(&json!({ "Id": id })));
        }
        let list = ids.iter().map(|id| json!({ "Id": id })).collect::<Vec<_>>();
        server.on("GET /containers/json", Reply::json(&json!(list)));
        let containers = server.client().containers().list(&ContainerListParams::default()).await.unwrap();
        assert!(containers.iter().map(Container::id).eq(ids.iter()));
    });
}

#[test]
fn null_is_an_empty_list() {
    run(async {
        let server = Server::unix();
        let null = || Reply::json(&json!(null));
        server
            .on("GET /containers/json", null())
            .on("GET /images/json", null())
            .on("GET /containers/c1/changes", null())
            .on(
                "POST /containers/prune",
                Reply::json(&json!({"ContainersDeleted": null, "SpaceReclaimed": 0})),
            )
            .on("POST /images/prune", Reply::json(&json!({"ImagesDeleted": null, "SpaceReclaimed": 0})));
        let client = server.client();
        for sparse in [true, false] {
            let params = ContainerListParams::default().sparse(sparse);
            assert!(client.containers().list(&params).await.unwrap().is_empty());
        }
        assert!(client.images().list(&ImageListParams::default()).await.unwrap().is_empty());
        let pruned = client.containers().prune(&ContainerPruneParams::default()).await.unwrap();
        assert_eq!(pruned["ContainersDeleted"], json!([]));
        let pruned = client.images().prune(&ImagePruneParams::default()).await.unwrap();
        assert_eq!(pruned["ImagesDeleted"], json!([]));
        assert_eq!(container(&server, &client, false).await.diff().await.unwrap(), json!([]));
    });
}

#[test]
fn null_attributes_are_empty_ones() {
    run(async {
        let server = Server::unix();
        let attrs = json!({
            "Id": "c2", "Name": null, "State": null, "Config": {"Labels": null}, "NetworkSettings": {"Ports": null},
        });
        server
            .on("GET /containers/c2/json", Reply::json(&attrs))
            .on("GET /images/i/json", Reply::json(&json!({"Id": "i", "RepoTags": null, "Config": null})));
        let container = server.client().containers().get("c2").await.unwrap();
        assert_eq!((container.name().as_str(), container.status().as_str()), ("", ""));
        assert_eq!(container.health(), "unknown");
        assert!(container.labels().is_empty() && container.ports().is_empty());
        let image = server.client().images().get("i").await.unwrap();
        assert!(image.tags().is_empty() && image.labels().is_empty());
    });
}

#[test]
fn values_stay_as_they_came() {
    run(async {
        let server = Server::unix();
        let attrs = json!({
            "Id": "c2", "SizeRw": i64::MAX, "Negative": i64::MIN, "Unsigned": u64::MAX, "Beyond": 9_007_199_254_740_993_i64,
            "Zebra": 1, "Alpha": {"z": null, "a": -1}, "Created": "2026-01-31T12:00:00.123456789Z",
            "State": {"Status": "hibernating", "Health": {"Status": "confused"}},
            "NetworkSettings": {"Ports": {"80/tcp": [{"HostIp": "::", "HostPort": "8080"}], "53/udp": null}},
        });
        server.on("GET /containers/c2/json", Reply::json(&attrs));
        let container = server.client().containers().get("c2").await.unwrap();
        assert_eq!(container.attrs().to_string(), attrs.to_string());
        assert_eq!((container.status().as_str(), container.health().as_str()), ("hibernating", "confused"));
        assert_eq!(container.ports()["53/udp"], json!(null));
    });
}

#[test]
fn a_name_is_resolved_once() {
    run(async {
        let server = Server::unix();
        server
            .on("GET /containers/web/json", Reply::json(&json!({"Id": "c1", "Name": "/web"})))
            .on("GET /containers/c1/json", Reply::json(&json!({"Id": "c1", "Name": "/moved"})))
            .on("POST /containers/c1/start", Reply::bare("204 No Content"));
        let container = server.client().containers().get("web").await.unwrap();
        container.start().await.unwrap();
        container.reload().await.unwrap();
        assert_eq!((container.id(), container.name().as_str()), ("c1", "moved"));
    });
}

#[test]
fn a_registrys_port_is_no_tag() {
    run(async {
        let server = Server::unix();
        server.on("POST /images/create", Reply::stream(&["{\"status\":\"Done\"}"]));
        for (name, from, tag, inspected) in [
            ("host:5000/a", "host%3A5000%2Fa", "latest", "host:5000/a:latest"),
            ("host:5000/a/b:1", "host%3A5000%2Fa%2Fb", "1", "host:5000/a/b:1"),
            ("[::1]:5000/a", "%5B%3A%3A1%5D%3A5000%2Fa", "latest", "%5B::1%5D:5000/a:latest"),
            ("a@sha256:0f", "a", "sha256%3A0f", "a%40sha256:0f"),
        ] {
            server.on(&format!("GET /images/{inspected}/json"), Reply::json(&json!({"Id": "sha256:1"})));
            server.client().images().pull(name, &PullParams::default()).await.unwrap();
            let request = server.to("POST /images/create").pop().unwrap();
            assert_eq!(request.query, format!("tag={tag}&fromImage={from}"), "{name}");
        }
    });
}

#[test]
fn numbers_of_64_bits_leave_exactly() {
    run(async {
        let server = Server::unix();
        server
            .on("POST /containers/create", Reply::whole("201 Created", "application/json", "{\"Id\":\"c1\"}"))
            .on("GET /containers/c1/json", Reply::json(&json!({"Id": "c1"})));
        let mut params = CreateParams::default().nano_cpus(9_007_199_254_740_993_i64).pids_limit(-1);
        params.container.use_config_proxy = false;
        server.client().containers().create("small", &params).await.unwrap();
        let body = String::from_utf8_lossy(&server.requests()[0].body).into_owned();
        assert!(body.contains("\"NanoCpus\":9007199254740993"), "{body}");
        assert!(body.contains("\"PidsLimit\":-1"), "{body}");
    });
}
