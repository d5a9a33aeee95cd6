//! BuildKit's steps as lines of text, as `docker build --progress plain` shows them.

use std::collections::{BTreeMap, HashMap};
use std::fmt::{Display, Write};

use super::trace::{Status, Timestamp, Vertex, VertexLog, VertexStatus};

/// How much of a line is kept back until its end comes.
const LONGEST: usize = 64 << 10;

/// The steps that have been seen.
#[derive(Default)]
pub(super) struct Steps(HashMap<Vec<u8>, Step>);

#[derive(Default)]
struct Step {
    number: usize,
    named: bool,
    started: Option<Timestamp>,
    ended: Option<Timestamp>,
    /// Its parts, and whether they are done.
    parts: HashMap<Vec<u8>, bool>,
    /// The lines without an end yet, of stdout and stderr.
    unfinished: BTreeMap<i64, Vec<u8>>,
}

impl Steps {
    /// The lines that tell what is new, nothing if nothing is.
    pub(super) fn text(&mut self, status: &Status) -> String {
        let mut text = String::new();
        // Ends come last: a step may end in the same record as the last that it wrote.
        for vertex in status.vertexes.iter().filter(|vertex| vertex.started.is_some()) {
            self.step(&vertex.digest).begin(vertex, &mut text);
        }
        for status in &status.statuses {
            self.step(&status.vertex).advance(status, &mut text);
        }
        for warning in &status.warnings {
            let short = String::from_utf8_lossy(&warning.short);
            self.step(&warning.vertex).line(&mut text, format_args!("WARN: {short}"));
        }
        for log in &status.logs {
            self.step(&log.vertex).write(log, &mut text);
        }
        for vertex in &status.vertexes {
            if let (Some(started), Some(completed)) = (vertex.started, vertex.completed) {
                self.step(&vertex.digest).end(vertex, started, completed, &mut text);
            }
        }
        text
    }

    /// A step, which gets the next number when it is new.
    fn step(&mut self, digest: &[u8]) -> &mut Step {
        let number = self.0.len() + 1;
        self.0.entry(digest.to_vec()).or_insert_with(|| Step { number, ..Step::default() })
    }
}

impl Step {
    fn line(&self, text: &mut String, words: impl Display) {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "#{} {words}", self.number);
    }

    fn begin(&mut self, vertex: &Vertex, text: &mut String) {
        self.started = vertex.started;
        if !std::mem::replace(&mut self.named, true) {
            self.line(text, String::from_utf8_lossy(&vertex.name));
        }
    }

    /// Tells of a part when it begins and when it is done; how far it is between them would be too much.
    fn advance(&mut self, status: &VertexStatus, text: &mut String) {
        let done = status.completed.is_some();
        let before = self.parts.insert(status.id.clone(), done);
        if before.is_some_and(|before| before == done) {
            return;
        }
        let amount = match (status.current, status.total) {
            (current, total @ 1..) => format!(" {} / {}", bytes(current), bytes(total)),
            (current @ 1.., _) => format!(" {}", bytes(current)),
            _ => String::new(),
        };
        let end = match (status.started, status.completed) {
            (Some(started), Some(completed)) => {
                format!(" {} done", seconds(completed.milliseconds_since(started)))
            }
            _ => String::new(),
        };
        self.line(text, format_args!("{}{amount}{end}", String::from_utf8_lossy(&status.id)));
    }

    /// Gives the lines that are whole with this piece, with the time since the step began.
    fn write(&mut self, log: &VertexLog, text: &mut String) {
        let mut pending = self.unfinished.remove(&log.stream).unwrap_or_default();
        pending.extend_from_slice(&log.message);
        let whole = match pending.iter().rposition(|byte| *byte == b'\n') {
            Some(end) => end + 1,
            None if pending.len() > LONGEST => pending.len(),
            None => 0,
        };
        let rest = pending.split_off(whole);
        let time = match (log.timestamp, self.started) {
            (Some(now), Some(started)) => now.milliseconds_since(started),
            _ => 0,
        };
        for line in String::from_utf8_lossy(&pending).lines() {
            self.line(text, format_args!("{}.{:03} {line}", time / 1000, time % 1000));
        }
        if !rest.is_empty() {
            self.unfinished.insert(log.stream, rest);
        }
    }

    fn end(&mut self, vertex: &Vertex, started: Timestamp, completed: Timestamp, text: &mut String) {
        // Steps are told again, also with another time, since what is cached is looked up before it is used.
        if self.ended.replace(completed) == Some(completed) {
            return;
        }
        let time = completed.milliseconds_since(started);
        for rest in std::mem::take(&mut self.unfinished).into_values() {
            let line = String::from_utf8_lossy(&rest);
            self.line(text, format_args!("{}.{:03} {line}", time / 1000, time % 1000));
        }
        match String::from_utf8_lossy(&vertex.error).as_ref() {
            "" if vertex.cached => self.line(text, "CACHED"),
            "" => self.line(text, format_args!("DONE {}", seconds(time))),
            error if error.ends_with("context canceled") => self.line(text, "CANCELED"),
            error => self.line(text, format_args!("ERROR: {error}")),
        }
    }
}

/// A time with one digit behind the point.
fn seconds(milliseconds: i128) -> String {
    let tenths = (milliseconds + 50) / 100;
    format!("{}.{}s", tenths / 10, tenths % 10)
}

/// A number of bytes in the largest unit that it fills.
fn bytes(count: i64) -> String {
    let units = [(1_000_000_000, "GB"), (1_000_000, "MB"), (1000, "kB")];
    match units.into_iter().find(|(size, _)| count >= *size) {
        Some((size, unit)) => {
            let hundredths = i128::from(count) * 100 / i128::from(size);
            format!("{}.{:02}{unit}", hundredths / 100, hundredths % 100)
        }
        None => format!("{count}B"),
    }
}

#[cfg(test)]
mod tests;
