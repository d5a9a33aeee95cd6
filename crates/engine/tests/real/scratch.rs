//! Containers that tests make for themselves.

use std::ops::Deref;
use std::sync::Arc;

use moondock_engine::models::{Container, ContainerRemoveParams, CreateParams, DockerClient, StopParams};
use moondock_engine::stream::ByteStream;
use moondock_tests::engine::SharedEngine;

use super::shared;

/// A container of the test's own.
pub(super) struct Scratch {
    container: Container,
    _engine: Arc<SharedEngine>,
}

impl Scratch {
    /// Creates a container that runs a command.
    pub(super) async fn create(params: CreateParams) -> Self {
        let (engine, client) = shared();
        let container = client.containers().create("busybox", &params).await.unwrap();
        Self { container, _engine: engine }
    }

    /// Creates and starts a container that runs a script in a shell.
    pub(super) async fn run(script: &str, params: CreateParams) -> Self {
        let this = Self::create(params.command(["sh", "-c", script])).await;
        this.start().await.unwrap();
        this
    }

    /// Starts a container that does nothing until it is removed.
    pub(super) async fn idle() -> Self {
        Self::run("sleep 1000", CreateParams::default()).await
    }

    pub(super) fn client(&self) -> &DockerClient {
        self.container.client()
    }

    pub(super) async fn remove(self) {
        // Killed at once: what runs in it listens to no signal.
        let _ = self.container.stop(&StopParams::default().timeout(0)).await;
        self.container.remove(&ContainerRemoveParams::default().force(true).v(true)).await.unwrap();
    }
}

impl Deref for Scratch {
    type Target = Container;

    fn deref(&self) -> &Container {
        &self.container
    }
}

/// So many megabytes, none like the other.
pub(super) fn megabytes(count: u32) -> ByteStream {
    let chunk = |number: u32| number.to_be_bytes().repeat(1 << 18);
    Box::pin(futures_util::stream::iter((0..count).map(move |number| Ok(chunk(number).into()))))
}

/// Fails unless this is what [`megabytes`] gives.
pub(super) fn assert_megabytes(bytes: &[u8], count: u32) {
    assert_eq!(bytes.len(), (count as usize) << 20);
    assert!(
        bytes
            .chunks(1 << 20)
            .zip(0_u32..)
            .all(|(chunk, number)| { chunk.chunks(4).all(|part| part == number.to_be_bytes()) })
    );
}
