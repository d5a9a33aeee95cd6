//! The work by this repository's client.

use std::path::Path;

use anyhow::Result;
use futures_util::StreamExt;
use moondock_engine::models::{
    BuildParams, ContainerListParams, DockerClient, Event, EventsParams, LogsParams, SaveParams,
};
use moondock_engine::stream::Lines;
use moondock_engine::{Host, Settings};

use crate::{PINGS, Work};

/// Does it and gives how many things came.
pub(crate) async fn run(work: Work, socket: &Path, subject: &str) -> Result<usize> {
    let client = DockerClient::new(Settings::new(Host::Unix(socket.to_owned())));
    let mut count = 0;
    match work {
        Work::Ping => {
            for _ in 0..PINGS {
                count += usize::from(client.ping().await?);
            }
        }
        Work::List => {
            count = client.containers().list(&ContainerListParams::default().all(true)).await?.len();
        }
        Work::Events => {
            let mut events = client.events(&EventsParams::default()).await?.typed::<Event>();
            while let Some(event) = events.next().await {
                count += usize::from(event?.kind == "container");
            }
        }
        Work::Logs => {
            let container = client.containers().get(subject).await?;
            let mut output = container.logs(&LogsParams::default().stream(true)).await?.joined();
            while let Some(piece) = output.next().await {
                count += piece?.len();
            }
        }
        Work::Frames => {
            let container = client.containers().get(subject).await?;
            let mut frames = container.logs(&LogsParams::default().stream(true)).await?;
            while let Some(frame) = frames.next().await {
                count += frame?.data.len();
            }
        }
        Work::Lines => {
            let container = client.containers().get(subject).await?;
            let frames = container.logs(&LogsParams::default().stream(true)).await?;
            let mut lines = Lines::new(frames.joined());
            while let Some(line) = lines.next().await {
                count += line?.len();
            }
        }
        Work::Save => {
            let mut archive = client.images().get("saved").await?.save(&SaveParams::default()).await?;
            while let Some(chunk) = archive.next().await {
                count += chunk?.len();
            }
        }
        Work::Build => {
            let params = BuildParams::default().path(subject).tag("built");
            count = client.images().build(&params, None).await?.log.len();
        }
    }
    Ok(count)
}
