//! The work by bollard.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use bollard::query_parameters::{
    BuildImageOptionsBuilder, EventsOptions, InspectContainerOptions, ListContainersOptionsBuilder,
    LogsOptionsBuilder,
};
use bollard::{API_DEFAULT_VERSION, Docker, body_stream};
use bytes::Bytes;
use futures_util::{StreamExt, TryStreamExt, stream};
use tokio::sync::mpsc;

use crate::{PINGS, Work};

/// How many inspections are made at once, as many as the other client makes.
const AT_ONCE: usize = 16;

/// Does it and gives how many things came.
pub(crate) async fn run(work: Work, socket: &Path, subject: &str) -> Result<usize> {
    let address = socket.to_str().context("the socket's path is text")?;
    let docker = Docker::connect_with_unix(address, 120, API_DEFAULT_VERSION)?.negotiate_version().await?;
    let mut count = 0;
    match work {
        Work::Ping => {
            for _ in 0..PINGS {
                count += usize::from(docker.ping().await? == "OK");
            }
        }
        Work::List => {
            let options = ListContainersOptionsBuilder::default().all(true).build();
            let ids = docker.list_containers(Some(options)).await?.into_iter().filter_map(|found| found.id);
            let inspections = ids.map(|id| {
                let docker = docker.clone();
                async move { docker.inspect_container(&id, None::<InspectContainerOptions>).await }
            });
            let found: Vec<_> = stream::iter(inspections).buffered(AT_ONCE).try_collect().await?;
            count = found.len();
        }
        Work::Events => {
            let mut events = docker.events(None::<EventsOptions>);
            while let Some(event) = events.next().await {
                count += usize::from(event?.typ.is_some());
            }
        }
        Work::Logs | Work::Frames | Work::Lines => {
            let options = LogsOptionsBuilder::default().follow(true).stdout(true).stderr(true).build();
            let mut output = docker.logs(subject, Some(options));
            let mut line = Vec::new();
            while let Some(piece) = output.next().await {
                let piece = piece?.into_bytes();
                if !matches!(work, Work::Lines) {
                    count += piece.len();
                    continue;
                }
                for part in piece.split_inclusive(|byte| *byte == b'\n') {
                    line.extend_from_slice(part);
                    if line.last() == Some(&b'\n') {
                        count += line.len() - 1;
                        line.clear();
                    }
                }
            }
        }
        Work::Save => {
            let mut archive = docker.export_image("saved");
            while let Some(chunk) = archive.next().await {
                count += chunk?.len();
            }
        }
        Work::Build => {
            let folder = PathBuf::from(subject);
            let options = BuildImageOptionsBuilder::default().t("built").build();
            let mut log = docker.build_image(options, None, Some(body_stream(archive(folder))));
            while let Some(record) = log.next().await {
                record?;
                count += 1;
            }
        }
    }
    Ok(count)
}

/// An archive of a folder, made while it is sent: bollard leaves that to its user.
fn archive(folder: PathBuf) -> impl futures_util::Stream<Item = Bytes> + Send + 'static {
    let (sender, receiver) = mpsc::channel(4);
    tokio::task::spawn_blocking(move || {
        let mut builder = tar::Builder::new(std::io::BufWriter::with_capacity(64 << 10, Sink(sender)));
        builder
            .append_dir_all(".", folder)
            .and_then(|()| builder.into_inner()?.into_inner().map(drop).map_err(Into::into))
    });
    stream::unfold(receiver, |mut receiver| async move { Some((receiver.recv().await?, receiver)) })
}

struct Sink(mpsc::Sender<Bytes>);

impl std::io::Write for Sink {
    fn write(&mut self, data: &[u8]) -> std::io::Result<usize> {
        let sent = self.0.blocking_send(Bytes::copy_from_slice(data));
        sent.map_err(|_| std::io::Error::from(std::io::ErrorKind::BrokenPipe))?;
        Ok(data.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
