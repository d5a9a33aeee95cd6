//! HTTP/1.1 on one connection, as far as clients of the Engine API use it.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::os::unix::net::UnixStream;

use super::encoding;

/// A request as it arrived.
pub(crate) struct Received {
    pub(crate) method: String,
    /// The API version that the path began with, or nothing.
    pub(crate) version: String,
    /// The decoded path behind the version.
    pub(crate) path: String,
    pub(crate) query: String,
    /// Names in small letters.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Received {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The first value of a query argument.
    pub(crate) fn argument(&self, name: &str) -> Option<String> {
        encoding::query(&self.query).into_iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }
}

pub(crate) struct Connection {
    reader: BufReader<UnixStream>,
    writer: UnixStream,
    /// Whether bodies are kept, or only read.
    keeps: bool,
}

impl Connection {
    pub(crate) fn new(stream: UnixStream) -> io::Result<Self> {
        Ok(Self { reader: BufReader::new(stream.try_clone()?), writer: stream, keeps: true })
    }

    /// A connection that reads bodies without keeping them.
    pub(crate) fn forgetful(stream: UnixStream) -> io::Result<Self> {
        Ok(Self { keeps: false, ..Self::new(stream)? })
    }

    /// Reads the next request; none when the client has closed the connection.
    pub(crate) fn read(&mut self) -> io::Result<Option<Received>> {
        let line = self.line()?;
        if line.is_empty() {
            return Ok(None);
        }
        let mut parts = line.split(' ');
        let (Some(method), Some(target)) = (parts.next(), parts.next()) else {
            return Err(invalid(format!("no request line: {line}")));
        };
        let mut headers = Vec::new();
        loop {
            let line = self.line()?;
            match line.split_once(':') {
                Some((name, value)) => headers.push((name.to_ascii_lowercase(), value.trim().to_owned())),
                None if line.is_empty() => break,
                None => return Err(invalid(format!("no header: {line}"))),
            }
        }
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let (version, path) = split_version(path);
        let mut received = Received {
            method: method.to_owned(),
            version: version.to_owned(),
            path: encoding::path(path),
            query: query.to_owned(),
            headers,
            body: Vec::new(),
        };
        received.body = self.body(&received)?;
        Ok(Some(received))
    }

    fn line(&mut self) -> io::Result<String> {
        let mut line = String::new();
        self.reader.read_line(&mut line)?;
        Ok(line.trim_end_matches(['\r', '\n']).to_owned())
    }

    fn body(&mut self, received: &Received) -> io::Result<Vec<u8>> {
        let mut body = Vec::new();
        if received.header("transfer-encoding").is_some_and(|coding| coding.eq_ignore_ascii_case("chunked")) {
            loop {
                let size = self.line()?;
                let size = size.split(';').next().unwrap_or_default().trim();
                let size =
                    u64::from_str_radix(size, 16).map_err(|_| invalid(format!("no chunk size: {size}")))?;
                self.exactly(size, &mut body)?;
                let end = self.line()?;
                if !end.is_empty() {
                    return Err(invalid(format!("behind a chunk: {end}")));
                }
                if size == 0 {
                    return Ok(body);
                }
            }
        }
        if let Some(length) = received.header("content-length") {
            let length = length.parse().map_err(|_| invalid(format!("no content length: {length}")))?;
            self.exactly(length, &mut body)?;
        }
        Ok(body)
    }

    fn exactly(&mut self, length: u64, body: &mut Vec<u8>) -> io::Result<()> {
        let mut part = (&mut self.reader).take(length);
        let read =
            if self.keeps { part.read_to_end(body)? as u64 } else { io::copy(&mut part, &mut io::sink())? };
        if read == length { Ok(()) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
    }

    /// Sends the status and headers, and with them what follows at once.
    pub(crate) fn head(&mut self, status: &str, headers: &[(&str, &str)], then: &[u8]) -> io::Result<()> {
        let mut head = format!("HTTP/1.1 {status}\r\n");
        for (name, value) in headers {
            head.extend([name, ": ", value, "\r\n"]);
        }
        head.push_str("\r\n");
        let mut bytes = head.into_bytes();
        bytes.extend_from_slice(then);
        self.raw(&bytes)
    }

    /// Sends one chunk of a chunked body; an empty one ends it.
    pub(crate) fn chunk(&mut self, data: &[u8]) -> io::Result<()> {
        let mut chunk = format!("{:x}\r\n", data.len()).into_bytes();
        chunk.extend_from_slice(data);
        chunk.extend_from_slice(b"\r\n");
        self.raw(&chunk)
    }

    /// Sends bytes as they are.
    pub(crate) fn raw(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.writer.write_all(bytes)
    }
}

/// Takes `/v1.41` off a path.
fn split_version(path: &str) -> (&str, &str) {
    let versioned = path.strip_prefix("/v").and_then(|rest| {
        let (version, _) = rest.split_once('/')?;
        let numeric =
            !version.is_empty() && version.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        numeric.then(|| (version, &rest[version.len()..]))
    });
    versioned.unwrap_or(("", path))
}

fn invalid(words: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> io::Result<Option<Received>> {
        let (mut client, server) = UnixStream::pair().unwrap();
        client.write_all(bytes).unwrap();
        drop(client);
        Connection::new(server).unwrap().read()
    }

    #[test]
    fn reads_both_kinds_of_bodies() {
        let plain =
            read(b"POST /v1.41/a%20b/c?x=1 HTTP/1.1\r\nContent-Length: 2\r\n\r\nhiPOST").unwrap().unwrap();
        assert_eq!(
            (plain.method.as_str(), plain.version.as_str(), plain.path.as_str()),
            ("POST", "1.41", "/a b/c")
        );
        assert_eq!((plain.argument("x").as_deref(), plain.body.as_slice()), (Some("1"), b"hi".as_slice()));
        let chunked =
            b"PUT /volumes HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n1;x=y\r\n!\r\n0\r\n\r\n";
        let chunked = read(chunked).unwrap().unwrap();
        assert_eq!((chunked.version.as_str(), chunked.path.as_str()), ("", "/volumes"));
        assert_eq!(chunked.body, b"hi!");
    }

    #[test]
    fn a_request_cut_short_is_an_error() {
        assert!(read(b"").unwrap().is_none());
        assert!(read(b"POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\nhi").is_err());
        assert!(read(b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n").is_err());
    }
}
