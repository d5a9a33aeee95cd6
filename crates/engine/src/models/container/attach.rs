//! A container's input and output while it runs.

use super::{Container, is_multiplexed};
use crate::api::containers;
use crate::error::Result;
use crate::models::{AttachParams, AttachSocketParams, ResizeParams};
use crate::stream::{ByteStream, Frames, Hijacked};

impl Container {
    /// Takes part in its output, which comes as frames: up to now, or with `stream` until it ends.
    /// [`Frames::bytes`] and [`Frames::apart`] collect them.
    ///
    /// # Errors
    ///
    /// When the container is gone, or with `logs` when its log driver cannot be read.
    pub async fn attach(&self, params: &AttachParams) -> Result<Frames> {
        let connection = self.client.api().upgrade(containers::attach(&self.id, params)).await?;
        Ok(self.told_apart(connection).await?.frames().0)
    }

    /// Connects to its input and output. [`Hijacked::feed`] writes while it reads; shutting down the writing side ends
    /// the input.
    ///
    /// ```
    /// # moondock_tests::example!(|client| {
    /// use moondock_engine::models::{AttachSocketParams, ContainerRemoveParams, CreateParams};
    /// use moondock_engine::stream::{collect, once};
    ///
    /// let params = CreateParams::default().command("wc -c").stdin_open(true);
    /// let container = client.containers().create("busybox", &params).await?;
    /// let connection = container.attach_socket(&AttachSocketParams::default().stdin(true)).await?;
    /// container.start().await?;
    /// let output = collect(connection.feed(once("all of its input")).bytes()).await?;
    /// assert_eq!(output, b"16\n");
    /// container.remove(&ContainerRemoveParams::default().force(true)).await?;
    /// # });
    /// ```
    ///
    /// # Errors
    ///
    /// When the container is gone, or it is paused or restarts.
    pub async fn attach_socket(&self, params: &AttachSocketParams) -> Result<Hijacked> {
        let mut params = params.clone();
        if params.detach_keys.is_none() {
            params.detach_keys = self.client.api().detach_keys()?;
        }
        let request = containers::attach_socket(&self.id, &params);
        if params.ws {
            return self.client.api().web_socket(request).await;
        }
        let connection = self.client.api().upgrade(request).await?;
        self.told_apart(connection).await
    }

    /// Sets the size of its terminal, in characters.
    ///
    /// # Errors
    ///
    /// When it does not run.
    pub async fn resize(&self, params: &ResizeParams) -> Result<()> {
        self.client.api().empty(containers::resize(&self.id, params)).await
    }

    async fn told_apart(&self, connection: Hijacked) -> Result<Hijacked> {
        let multiplexed =
            is_multiplexed(&self.client, connection.content_type(), self.has_terminal()).await?;
        Ok(connection.with_frames(multiplexed))
    }

    /// Takes part in its output from its start on, before which nothing tells whether there will be frames.
    pub(in crate::models) async fn attach_output(&self, tty: bool) -> Result<Frames> {
        let request = containers::attach(&self.id, &AttachParams::default().stream(true));
        let stream: ByteStream = self.client.api().bytes(request).await?;
        Ok(if tty { Frames::raw(stream) } else { Frames::multiplexed(stream) })
    }
}
