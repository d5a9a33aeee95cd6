//! The work by hyper alone, which is the limit: one connection, and nothing is made of what comes.

use std::path::Path;

use anyhow::{Result, bail, ensure};
use bytes::Bytes;
use http_body_util::{BodyExt, Empty};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use tokio::net::UnixStream;

use crate::{PINGS, Work};

/// Does it and gives how many things came.
pub(crate) async fn run(work: Work, socket: &Path, subject: &str) -> Result<usize> {
    let (mut sender, connection) = handshake(TokioIo::new(UnixStream::connect(socket).await?)).await?;
    tokio::spawn(connection);
    let path = match work {
        Work::Ping => {
            let mut count = 0;
            for _ in 0..PINGS {
                count += get(&mut sender, "/v1.41/_ping").await?;
            }
            return Ok(count);
        }
        Work::Events => "/v1.41/events",
        Work::Logs => &format!("/v1.41/containers/{subject}/logs?stdout=1&stderr=1&follow=1"),
        Work::Save => "/v1.41/images/saved/get",
        Work::List | Work::Frames | Work::Lines | Work::Build => bail!("hyper alone does not know how"),
    };
    get(&mut sender, path).await
}

async fn get(sender: &mut SendRequest<Empty<Bytes>>, path: &str) -> Result<usize> {
    sender.ready().await?;
    let request = hyper::Request::get(path).header("Host", "docker").body(Empty::new())?;
    let mut response = sender.send_request(request).await?;
    ensure!(response.status().is_success(), "{path}: {}", response.status());
    let mut count = 0;
    while let Some(frame) = response.frame().await {
        count += frame?.data_ref().map_or(0, Bytes::len);
    }
    Ok(count)
}
