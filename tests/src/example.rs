//! Runs the examples in the engine client's documentation on engines of the tests.

use std::process::Command;

use crate::engine;

/// Says that `DOCKER_HOST` names the shared engine.
const CHOSEN: &str = "MOONDOCK_TEST_CHOSEN";

/// Variables that lead a client elsewhere.
const ASIDE: [&str; 5] =
    ["DOCKER_API_VERSION", "DOCKER_CERT_PATH", "DOCKER_CONTEXT", "DOCKER_TLS", "DOCKER_TLS_VERIFY"];

/// Has `DOCKER_HOST` name the engine that tests share: an example is a process, which starts itself anew with it and
/// ends as that does.
pub fn choose_engine() {
    if std::env::var_os(CHOSEN).is_some() {
        return;
    }
    let ended = || -> anyhow::Result<_> {
        let engine = engine::shared()?;
        let folder = tempfile::tempdir()?;
        let mut again = Command::new(std::env::current_exe()?);
        again.args(std::env::args_os().skip(1)).env("DOCKER_HOST", engine.host()).env(CHOSEN, "1");
        again.env("DOCKER_CONFIG", folder.path());
        for name in ASIDE {
            again.env_remove(name);
        }
        Ok(again.status()?)
    };
    let ended = ended().unwrap_or_else(|error| panic!("{error:#}"));
    std::process::exit(ended.code().unwrap_or(1));
}

/// Runs an example with a `DockerClient` of the engine that tests share: names on it must be the example's own. With a
/// second name, that is a container of the example's, which sleeps.
///
/// Behind `alone` the engine is the example's as a whole, and has nothing. With a second name it has the image, and
/// that is the address of a registry beside it, which knows one [`USER`](crate::registry::USER).
///
/// It is a macro since `moondock_engine` and `tokio` are the example's, not this crate's.
#[macro_export]
macro_rules! example {
    (|$client:ident| { $($body:tt)* }) => {
        let engine = $crate::engine::shared().unwrap();
        $crate::example!(@run engine, $client, { $($body)* });
    };
    (|$client:ident, $container:ident| { $($body:tt)* }) => {
        let engine = $crate::engine::shared().unwrap();
        $crate::example!(@run engine, $client, {
            let params = ::moondock_engine::models::CreateParams::default().command("sleep 600");
            let $container = $client.containers().create("busybox", &params).await?;
            $container.start().await?;
            let result = $crate::example!(@body { $($body)* }).await;
            let params = ::moondock_engine::models::ContainerRemoveParams::default().force(true);
            $container.remove(&params).await?;
            result?;
        });
    };
    (alone |$client:ident| { $($body:tt)* }) => {
        let engine = $crate::engine::ThrowawayEngine::start().unwrap();
        $crate::example!(@run engine, $client, { $($body)* });
    };
    (alone |$client:ident, $registry:ident| { $($body:tt)* }) => {
        let mut engine = $crate::engine::ThrowawayEngine::start().unwrap();
        $crate::image::prepare(&engine.address()).unwrap();
        let registry = $crate::registry::Registry::start(&mut engine, 5000, true).unwrap();
        let $registry = registry.address();
        $crate::example!(@run engine, $client, { $($body)* });
    };
    (@run $engine:ident, $client:ident, $body:tt) => {
        let settings = ::moondock_engine::Settings::new($engine.host().parse().unwrap());
        let $client = ::moondock_engine::models::DockerClient::new(settings);
        let runtime = ::tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        if let Err(error) = runtime.block_on($crate::example!(@body $body)) {
            panic!("{error}");
        }
    };
    (@body { $($body:tt)* }) => {
        async {
            $($body)*
            Ok::<(), ::std::boxed::Box<dyn ::std::error::Error>>(())
        }
    };
}
