//! Contexts, shared with the docker CLI. Nothing here talks to an engine.

use std::path::Path;
use std::process::Command;

use moondock_engine::context::{ContextParams, Contexts};
use moondock_engine::{Settings, TlsConfig};
use moondock_tests::engine::requirements;
use serde_json::Value;

use super::remote::PATIENCE;

fn docker(folder: &Path, arguments: &[&str]) -> String {
    let docker = requirements::find("docker").unwrap();
    let mut command = Command::new(docker);
    command.arg("--config").arg(folder).arg("context").args(arguments);
    for variable in ["DOCKER_HOST", "DOCKER_CONTEXT", "DOCKER_TLS", "DOCKER_TLS_VERIFY"] {
        command.env_remove(variable);
    }
    moondock_tests::process::run(&mut command, PATIENCE).unwrap().success().unwrap().stdout()
}

fn inspected(folder: &Path, name: &str) -> Value {
    let all: Value = serde_json::from_str(&docker(folder, &["inspect", name])).unwrap();
    all[0].clone()
}

#[test]
fn the_docker_cli_reads_what_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let contexts = Contexts::at(folder.path());
    let params = ContextParams::default().host("ssh://me@box").description("a box");
    contexts.create("box", &params).unwrap();
    let path = |name: &str| format!("{}/src/tls/test_files/{name}", env!("CARGO_MANIFEST_DIR"));
    let tls =
        TlsConfig::default().ca_cert(path("ec.pem")).client_cert((path("rsa.pem"), path("rsa-pkcs1.pem")));
    let params = ContextParams::default().host("tcp://box:2376").tls_cfg(tls).skip_tls_verify(true);
    contexts.create("secured", &params).unwrap();
    for name in ["box", "secured"] {
        assert_eq!(inspected(folder.path(), name), contexts.inspect(name).unwrap());
    }
    contexts.set_current("secured").unwrap();
    assert_eq!(inspected(folder.path(), "secured"), contexts.current().unwrap().inspect());
    assert!(docker(folder.path(), &["ls"]).contains("secured *"));
    contexts.remove("secured").unwrap();
    assert!(docker(folder.path(), &["ls"]).contains("default *"));
    assert!(!docker(folder.path(), &["ls", "-q"]).contains("secured"));
}

#[test]
fn what_the_docker_cli_writes_is_read() {
    let folder = tempfile::tempdir().unwrap();
    docker(folder.path(), &["create", "box", "--docker", "host=tcp://box:2375", "--description", "a box"]);
    docker(folder.path(), &["use", "box"]);
    let contexts = Contexts::at(folder.path());
    let current = contexts.current().unwrap();
    assert_eq!((current.name(), current.description()), ("box", Some("a box")));
    assert_eq!(current.inspect(), inspected(folder.path(), "box"));
    let environment = |name: &str| (name == "DOCKER_CONFIG").then(|| folder.path().display().to_string());
    let settings = Settings::from_environment(environment).unwrap();
    assert_eq!(settings.host.to_string(), "tcp://box:2375");
    docker(folder.path(), &["use", "default"]);
    docker(folder.path(), &["rm", "box"]);
    assert_eq!(contexts.list().unwrap().len(), 1);
}
