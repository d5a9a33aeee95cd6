//! An engine that wants to see a certificate.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::future::try_join_all;
use moondock_engine::context::{ContextParams, Contexts};
use moondock_engine::models::{DockerClient, EventsParams};
use moondock_engine::{ErrorKind, Settings, Timeouts, Tls, TlsConfig};
use moondock_tests::engine::{Relay, ThrowawayEngine, abilities};
use moondock_tests::image;
use rcgen::{BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair};
use tempfile::TempDir;

use super::needs::needs;
use super::remote::{echo_by_exec, eventually};

const PORT: u16 = 2376;

/// An engine that listens with TLS, and a way to it.
struct Secured {
    engine: ThrowawayEngine,
    relay: Relay,
    files: TempDir,
}

/// The engine of all tests here, while one of them runs.
fn secured() -> Arc<Secured> {
    static SECURED: Mutex<Weak<Secured>> = Mutex::new(Weak::new());
    let mut shared = SECURED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(secured) = shared.upgrade() {
        return secured;
    }
    let files = tempfile::tempdir().unwrap();
    let (ca, stranger) = (Authority::new("authority"), Authority::new("stranger"));
    ca.write(&files.path().join("ca.pem"));
    stranger.write(&files.path().join("stranger.pem"));
    // Not for 127.0.0.1, so that both a right and a wrong name lead to the engine.
    ca.sign(files.path(), "server", ExtendedKeyUsagePurpose::ServerAuth);
    ca.sign(files.path(), "", ExtendedKeyUsagePurpose::ClientAuth);
    let file = |name: &str| files.path().join(name).display().to_string();
    let engine = ThrowawayEngine::start_with(&[
        "--host",
        &format!("tcp://127.0.0.1:{PORT}"),
        "--tlsverify",
        "--tlscacert",
        &file("ca.pem"),
        "--tlscert",
        &file("servercert.pem"),
        "--tlskey",
        &file("serverkey.pem"),
    ])
    .unwrap();
    image::prepare(&engine.address()).unwrap();
    let relay = engine.relay(PORT).unwrap();
    let secured = Arc::new(Secured { engine, relay, files });
    *shared = Arc::downgrade(&secured);
    secured
}

/// Who signs certificates.
struct Authority {
    certificate: String,
    issuer: Issuer<'static, KeyPair>,
}

impl Authority {
    fn new(name: &str) -> Self {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let certificate = params.self_signed(&key).unwrap().pem();
        Self { certificate, issuer: Issuer::new(params, key) }
    }

    fn write(&self, path: &Path) {
        std::fs::write(path, &self.certificate).unwrap();
    }

    fn sign(&self, folder: &Path, prefix: &str, usage: ExtendedKeyUsagePurpose) {
        let mut params = CertificateParams::new(["localhost".to_owned()]).unwrap();
        params.extended_key_usages = vec![usage];
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.issuer).unwrap().pem();
        std::fs::write(folder.join(format!("{prefix}cert.pem")), certificate).unwrap();
        std::fs::write(folder.join(format!("{prefix}key.pem")), key.serialize_pem()).unwrap();
    }
}

impl Secured {
    fn address(&self, scheme: &str, name: &str) -> String {
        format!("{scheme}://{name}:{}", self.relay.port())
    }

    fn path(&self, name: &str) -> String {
        self.files.path().join(name).display().to_string()
    }

    fn tls(&self) -> TlsConfig {
        TlsConfig::in_folder(self.files.path(), true)
    }

    fn client(&self, name: &str, tls: Tls) -> DockerClient {
        let host = self.address("tcp", name).parse().unwrap();
        DockerClient::new(Settings { tls: Some(tls), ..Settings::new(host) })
    }

    /// What a ping comes to.
    async fn ping(&self, name: &str, tls: TlsConfig) -> Result<bool, moondock_engine::Error> {
        self.client(name, tls.load().unwrap()).ping().await
    }
}

#[tokio::test]
async fn input_ends_over_tls() {
    needs(&abilities::TLS, async {
        let secured = secured();
        let client = secured.client("localhost", secured.tls().load().unwrap());
        echo_by_exec(&client, "by-tls").await;
    })
    .await;
}

#[tokio::test]
async fn each_side_checks_the_other() {
    needs(&abilities::TLS, async {
        let secured = secured();
        let tls = secured.tls();
        assert!(secured.ping("localhost", tls.clone()).await.unwrap());

        // The engine wants to see a certificate.
        let mut nobody = tls.clone();
        nobody.client_cert = None;
        let error = secured.ping("localhost", nobody).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ConnectionError, "{error}");
        assert!(error.to_string().contains("ertificate"), "{error}");

        // One of an authority that has not signed the engine's, and the system's.
        for ca in [Some(secured.path("stranger.pem")), None] {
            let mut stranger = tls.clone();
            (stranger.ca_cert, stranger.verify) = (ca, None);
            let error = secured.ping("localhost", stranger).await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::ConnectionError, "{error}");
            assert!(error.to_string().contains("UnknownIssuer"), "{error}");
        }
        let stranger = tls.clone().ca_cert(secured.path("stranger.pem"));
        assert!(secured.ping("localhost", stranger.clone().verify(false)).await.unwrap());
        assert!(secured.ping("localhost", stranger.clone().verify(secured.path("ca.pem"))).await.unwrap());

        // The certificate is for another name.
        let error = secured.ping("127.0.0.1", tls.clone()).await.unwrap_err();
        assert!(error.to_string().contains("not valid for name"), "{error}");
        assert!(secured.ping("127.0.0.1", tls.assert_hostname(false)).await.unwrap());
        let error = secured.ping("127.0.0.1", stranger.assert_hostname(false)).await.unwrap_err();
        assert!(error.to_string().contains("UnknownIssuer"), "{error}");

        // Whoever does not speak TLS is told so.
        let plain = DockerClient::new(Settings::new(secured.address("tcp", "localhost").parse().unwrap()));
        let error = plain.ping().await.unwrap_err();
        assert!(error.to_string().contains("HTTPS server"), "{error}");
    })
    .await;
}

#[tokio::test]
async fn the_environment_and_contexts_lead_there() {
    needs(&abilities::TLS, async {
        let secured = secured();
        let folder = tempfile::tempdir().unwrap();
        let environment = |host: Option<String>, verify: &str| {
            let settings = Settings::from_environment(|name| match name {
                "DOCKER_CONFIG" => Some(folder.path().display().to_string()),
                "DOCKER_CERT_PATH" => Some(secured.files.path().display().to_string()),
                "DOCKER_TLS_VERIFY" => Some(verify.to_owned()),
                "DOCKER_HOST" => host.clone(),
                _ => None,
            });
            DockerClient::new(settings.unwrap())
        };
        for (scheme, name, verify, reached) in [
            ("tcp", "localhost", "1", true),
            ("https", "localhost", "1", true),
            ("tcp", "127.0.0.1", "1", false),
            ("tcp", "127.0.0.1", "", true),
        ] {
            let client = environment(Some(secured.address(scheme, name)), verify);
            assert_eq!(client.ping().await.is_ok(), reached, "{scheme}://{name}, verify {verify:?}");
        }

        let contexts = Contexts::at(folder.path());
        let params =
            ContextParams::default().host(secured.address("tcp", "localhost")).tls_cfg(secured.tls());
        contexts.create("secured", &params).unwrap();
        contexts.set_current("secured").unwrap();
        assert!(environment(None, "").ping().await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn a_dropped_stream_closes_its_connection() {
    needs(&abilities::TLS, async {
        let secured = secured();
        // A way of its own, whose connections nobody else counts.
        let relay = secured.engine.relay(PORT).unwrap();
        let host = format!("tcp://localhost:{}", relay.port()).parse().unwrap();
        let settings = Settings { tls: Some(secured.tls().load().unwrap()), ..Settings::new(host) };
        let client = DockerClient::new(settings.clone());
        assert!(client.ping().await.unwrap());
        let before = relay.open();
        let params = EventsParams::default();
        let streams = try_join_all([(); 3].map(|()| client.events(&params))).await.unwrap();
        assert!(relay.open() > before);
        drop(streams);
        eventually("the connections to close", || relay.open() <= before).await;
        drop(client);
        eventually("the last connection to close", || relay.open() == 0).await;

        // A limit between two pieces ends a stream that has none.
        let timeouts = Timeouts { stream: Some(Duration::from_millis(200)), ..Timeouts::default() };
        let client = DockerClient::new(Settings { timeouts, ..settings });
        let mut events = client.events(&params).await.unwrap();
        let error = loop {
            // What other tests do on the engine comes first.
            if let Err(error) = events.next().await.unwrap() {
                break error;
            }
        };
        assert_eq!(error.kind(), ErrorKind::Timeout, "{error}");
    })
    .await;
}
