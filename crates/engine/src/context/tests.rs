use std::ffi::OsString;
use std::fs;
use std::path::Path;

use serde_json::json;
use tempfile::TempDir;

use super::*;

/// SHA-256 of `foo`.
const FOO: &str = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae";

fn store() -> (TempDir, Contexts) {
    let folder = tempfile::tempdir().unwrap();
    let contexts = Contexts::at(folder.path());
    (folder, contexts)
}

fn ssh(name: &str) -> ContextParams {
    ContextParams::default().host(format!("ssh://me@{name}")).description("a box")
}

fn pem(name: &str) -> String {
    format!("{}/src/tls/test_files/{name}", env!("CARGO_MANIFEST_DIR"))
}

fn names(folder: &Path) -> Vec<OsString> {
    let mut names = file::entries(folder).unwrap();
    names.sort();
    names
}

#[test]
fn writes_what_the_docker_cli_writes() {
    let (folder, contexts) = store();
    contexts.create("foo", &ssh("box")).unwrap();
    let meta = folder.path().join("contexts/meta").join(FOO);
    let expected = r#"{"Name":"foo","Metadata":{"Description":"a box"},"Endpoints":{"docker":{"Host":"ssh://me@box","SkipTLSVerify":false}}}"#;
    assert_eq!(fs::read_to_string(meta.join("meta.json")).unwrap(), expected);
    assert_eq!(names(&meta), ["meta.json"]);
    let expected = json!({
        "Name": "foo",
        "Metadata": {"Description": "a box"},
        "Endpoints": {"docker": {"Host": "ssh://me@box", "SkipTLSVerify": false}},
        "TLSMaterial": {},
        "Storage": {"MetadataPath": meta, "TLSPath": folder.path().join("contexts/tls").join(FOO)},
    });
    assert_eq!(contexts.inspect("foo").unwrap(), expected);
}

#[test]
fn lists_what_is_there_with_the_default_first() {
    let (_folder, contexts) = store();
    for name in ["zeta", "alpha"] {
        contexts.create(name, &ssh(name)).unwrap();
    }
    let all = contexts.list().unwrap();
    let all: Vec<_> = all.iter().map(|context| (context.name(), context.host().unwrap())).collect();
    let expected =
        [("default", "unix:///var/run/docker.sock"), ("alpha", "ssh://me@alpha"), ("zeta", "ssh://me@zeta")];
    assert_eq!(all, expected);
}

#[test]
fn keeps_the_material_for_tls() {
    let (folder, contexts) = store();
    let tls = TlsConfig::default()
        .ca_cert(pem("ec.pem"))
        .client_cert((pem("rsa.pem"), pem("rsa-pkcs1.pem")))
        .verify(false);
    let params = ContextParams::default().host("tcp://box:2376").tls_cfg(tls);
    let context = contexts.create("foo", &params).unwrap();
    assert!(context.skip_tls_verify());
    let files = folder.path().join("contexts/tls").join(FOO).join("docker");
    assert_eq!(names(&files), ["ca.pem", "cert.pem", "key.pem"]);
    assert_eq!(fs::read(files.join("key.pem")).unwrap(), fs::read(pem("rsa-pkcs1.pem")).unwrap());
    assert_eq!(context.inspect()["TLSMaterial"], json!({"docker": ["ca.pem", "cert.pem", "key.pem"]}));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(files.join("key.pem")).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::metadata(&files).unwrap().permissions().mode() & 0o777, 0o700);
    }

    // What is not given stays; files that are no longer named go.
    let context = contexts.update("foo", &ContextParams::default().description("new")).unwrap();
    assert!(context.skip_tls_verify() && context.settings().unwrap().tls.is_some());
    let tls = TlsConfig::default().ca_cert(pem("ec.pem"));
    let context = contexts.update("foo", &ContextParams::default().tls_cfg(tls)).unwrap();
    assert_eq!((context.description(), context.host()), (Some("new"), Some("tcp://box:2376")));
    assert_eq!(names(&files), ["ca.pem"]);
    assert!(!context.skip_tls_verify() && context.settings().unwrap().tls.is_some());

    contexts.remove("foo").unwrap();
    assert_eq!(contexts.get("foo").unwrap_err().kind(), ErrorKind::ContextNotFound);
    assert!(!files.exists());
}

#[test]
fn the_current_one_stands_in_the_configuration() {
    let (folder, contexts) = store();
    let path = folder.path().join("config.json");
    let before = "{\n  \"zeta\": [\n    1\n  ],\n  \"auths\": {}\n}\n";
    fs::write(&path, before).unwrap();
    contexts.create("foo", &ssh("box")).unwrap();
    contexts.set_current("foo").unwrap();
    assert_eq!(contexts.current().unwrap().host(), Some("ssh://me@box"));
    let after = "{\n  \"zeta\": [\n    1\n  ],\n  \"auths\": {},\n  \"currentContext\": \"foo\"\n}\n";
    assert_eq!(fs::read_to_string(&path).unwrap(), after);

    // A link to the file stays one.
    #[cfg(unix)]
    {
        let target = folder.path().join("elsewhere.json");
        fs::rename(&path, &target).unwrap();
        std::os::unix::fs::symlink(&target, &path).unwrap();
        contexts.remove("foo").unwrap();
        assert!(fs::symlink_metadata(&path).unwrap().is_symlink());
    }
    assert_eq!(fs::read_to_string(&path).unwrap(), before);
    assert_eq!(contexts.current_name().unwrap(), DEFAULT);
}

#[test]
fn a_new_configuration_is_written_as_the_docker_cli_does() {
    let (folder, contexts) = store();
    contexts.create("foo", &ssh("box")).unwrap();
    contexts.set_current("foo").unwrap();
    let text = fs::read_to_string(folder.path().join("config.json")).unwrap();
    assert_eq!(text, "{\n\t\"currentContext\": \"foo\"\n}");
}

#[test]
fn says_why_it_cannot() {
    let (folder, contexts) = store();
    contexts.create("foo", &ssh("box")).unwrap();
    let kind = |result: Result<Context>| result.unwrap_err().kind();
    assert_eq!(kind(contexts.create("foo", &ssh("box"))), ErrorKind::ContextAlreadyExists);
    for name in ["default", "a", "", ".x", "a b", "../x", "-x"] {
        assert_eq!(kind(contexts.create(name, &ssh("box"))), ErrorKind::ContextException, "{name}");
        assert!(contexts.remove(name).is_err(), "{name}");
    }
    assert_eq!(kind(contexts.get("nope")), ErrorKind::ContextNotFound);
    assert_eq!(contexts.set_current("nope").unwrap_err().kind(), ErrorKind::ContextNotFound);
    let wrong = ContextParams::default().host("gopher://x");
    assert_eq!(kind(contexts.create("bar", &wrong)), ErrorKind::InvalidArgument);
    let wrong = TlsConfig::default().ca_cert("/nowhere/ca.pem");
    let wrong = ContextParams::default().host("tcp://x:1").tls_cfg(wrong);
    assert_eq!(kind(contexts.create("bar", &wrong)), ErrorKind::TLSParameterError);
    assert_eq!(contexts.list().unwrap().len(), 2);

    // A broken file is named, and nothing is written over it.
    let path = folder.path().join("config.json");
    fs::write(&path, "{").unwrap();
    let error = contexts.set_current("foo").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidConfigFile);
    assert!(error.to_string().contains("config.json"), "{error}");
    fs::write(folder.path().join("contexts/meta").join(FOO).join("meta.json"), "[]").unwrap();
    assert_eq!(kind(contexts.get("foo")), ErrorKind::ContextException);
}
