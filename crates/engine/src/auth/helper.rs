//! Programs that keep credentials: `docker-credential-NAME`.

use std::fmt;
use std::process::Stdio;
use std::time::Duration;

use serde::Deserialize;
use serde_json::{Map, Value, json};
use tokio::io::AsyncWriteExt;
use tokio::process::Command;

use crate::error::{Error, ErrorKind, Result};

/// How long a helper may take, unless it is told otherwise: a person may have to unlock it.
const DEADLINE: Duration = Duration::from_secs(30);

/// What every helper answers where it has nothing.
const NOT_FOUND: &str = "credentials not found in native keychain";

/// A program that keeps credentials (docker-py: `docker.credentials.Store`). It is run without a shell.
#[derive(Clone, Debug)]
pub struct CredentialHelper {
    program: String,
    environment: Vec<(String, String)>,
    deadline: Duration,
}

/// What a helper has for a registry.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct StoredCredentials {
    /// The user's name; `<token>` when the secret is an identity token.
    #[serde(default)]
    pub username: String,
    /// The password or token.
    #[serde(default)]
    pub secret: String,
}

impl fmt::Debug for StoredCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoredCredentials").field("username", &self.username).finish_non_exhaustive()
    }
}

impl CredentialHelper {
    /// The helper of a name, as `credsStore` has it: `pass` is the program `docker-credential-pass`.
    pub fn new(name: &str) -> Self {
        Self { program: format!("docker-credential-{name}"), environment: Vec::new(), deadline: DEADLINE }
    }

    /// Sets environment variables for the program, beside those that it inherits. Of these, `PATH` is also where the
    /// program is looked for.
    pub fn environment(mut self, variables: &[(String, String)]) -> Self {
        self.environment = variables.to_vec();
        self
    }

    /// Sets how long the program may take.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }

    /// Gets the credentials of a registry; nothing where there are none.
    ///
    /// # Errors
    ///
    /// When the program is not there, fails, does not end in time, or answers what cannot be read.
    pub async fn get(&self, server: &str) -> Result<Option<StoredCredentials>> {
        let answer = match self.run("get", server.as_bytes()).await? {
            Answer::Done(answer) => answer,
            Answer::NotFound => return Ok(None),
        };
        let found: StoredCredentials = self.read("get", &answer)?;
        // Some helpers succeed with nothing.
        Ok(Some(found).filter(|found| !found.username.is_empty() || !found.secret.is_empty()))
    }

    /// Keeps credentials for a registry.
    ///
    /// # Errors
    ///
    /// As [`CredentialHelper::get`].
    pub async fn store(&self, server: &str, username: &str, secret: &str) -> Result<()> {
        let entry = json!({"ServerURL": server, "Username": username, "Secret": secret});
        self.run("store", entry.to_string().as_bytes()).await.map(drop)
    }

    /// Forgets the credentials of a registry.
    ///
    /// # Errors
    ///
    /// As [`CredentialHelper::get`].
    pub async fn erase(&self, server: &str) -> Result<()> {
        self.run("erase", server.as_bytes()).await.map(drop)
    }

    /// The registries that it has credentials for, with the names of their users.
    ///
    /// # Errors
    ///
    /// As [`CredentialHelper::get`].
    pub async fn list(&self) -> Result<Map<String, Value>> {
        match self.run("list", b"").await? {
            Answer::Done(answer) => self.read("list", &answer),
            Answer::NotFound => Ok(Map::new()),
        }
    }

    async fn run(&self, action: &str, input: &[u8]) -> Result<Answer> {
        if self.program.contains(['/', '\\']) {
            let words = format!("`{}` is a path, not the name of a credential helper", self.program);
            return Err(Error::new(ErrorKind::InvalidArgument, words));
        }
        let mut command = Command::new(&self.program);
        command.arg(action).envs(self.environment.iter().map(|(name, value)| (name, value)));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
        let mut child = command.spawn().map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => self.failed(action, "it is not installed, or not in PATH"),
            _ => self.failed(action, error),
        })?;
        let stdin = child.stdin.take();
        let fed = async {
            if let Some(mut stdin) = stdin {
                // One that does not read its input may have ended already; its answer tells.
                let _ = stdin.write_all(input).await;
            }
        };
        let talk = async { tokio::join!(fed, child.wait_with_output()).1 };
        let output = tokio::time::timeout(self.deadline, talk).await.map_err(|_| {
            let words = format!("it has not ended within {} s", self.deadline.as_secs_f64());
            Error::new(ErrorKind::Timeout, self.failed(action, words).to_string())
        })?;
        let output = output.map_err(|error| self.failed(action, error))?;
        if output.status.success() {
            return Ok(Answer::Done(output.stdout));
        }
        let words = [&output.stdout, &output.stderr].map(|words| String::from_utf8_lossy(words));
        match words.iter().map(|words| words.trim()).find(|words| !words.is_empty()) {
            Some(words) if words.contains(NOT_FOUND) => Ok(Answer::NotFound),
            Some(words) => Err(self.failed(action, words)),
            None => Err(self.failed(action, output.status)),
        }
    }

    fn read<T: serde::de::DeserializeOwned>(&self, action: &str, answer: &[u8]) -> Result<T> {
        // What is there instead may be a secret, so only its place is told.
        serde_json::from_slice(answer).map_err(|error| {
            let place = format!("line {}, column {}", error.line(), error.column());
            self.failed(action, format!("its answer is not what a helper answers, from {place} on"))
        })
    }

    fn failed(&self, action: &str, why: impl fmt::Display) -> Error {
        Error::new(
            ErrorKind::DockerException,
            format!("the credential helper `{} {action}`: {why}", self.program),
        )
    }
}

enum Answer {
    Done(Vec<u8>),
    NotFound,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A helper that keeps what it is told in a folder; its name says how it behaves.
    fn helper(name: &str) -> (tempfile::TempDir, CredentialHelper) {
        let folder = tempfile::tempdir().unwrap();
        let program = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/docker-credential.sh");
        std::os::unix::fs::symlink(program, folder.path().join(format!("docker-credential-{name}"))).unwrap();
        let path = format!("{}:{}", folder.path().display(), std::env::var("PATH").unwrap());
        let kept = folder.path().join("kept");
        std::fs::create_dir(&kept).unwrap();
        let variables =
            [("PATH".to_owned(), path), ("CREDENTIALS".to_owned(), kept.to_str().unwrap().to_owned())];
        (folder, CredentialHelper::new(name).environment(&variables))
    }

    #[tokio::test]
    async fn keeps_gets_lists_and_forgets() {
        let (_folder, helper) = helper("works");
        assert_eq!(helper.get("host:5000").await.unwrap(), None);
        helper.store("host:5000", "me", "it's \"$HOME\" `x`").await.unwrap();
        let found = helper.get("host:5000").await.unwrap().unwrap();
        assert_eq!((found.username.as_str(), found.secret.as_str()), ("me", "it's \"$HOME\" `x`"));
        assert!(!format!("{found:?}").contains("HOME"));
        assert_eq!(Value::Object(helper.list().await.unwrap()), json!({"host:5000": "me"}));
        helper.erase("host:5000").await.unwrap();
        assert_eq!(helper.get("host:5000").await.unwrap(), None);
    }

    #[tokio::test]
    async fn what_goes_wrong_names_the_program() {
        for (name, words) in [
            ("fails", "the keychain is locked"),
            ("silent", "exit status: 3"),
            ("talks", "its answer is not what a helper answers, from line 1"),
        ] {
            let (_folder, helper) = helper(name);
            let error = helper.get("host").await.unwrap_err().to_string();
            assert!(error.contains(&format!("docker-credential-{name} get`: ")), "{error}");
            assert!(error.contains(words) && !error.contains("hush"), "{error}");
        }
        let error = CredentialHelper::new("moondock-has-none").get("host").await.unwrap_err().to_string();
        assert!(error.contains("not installed, or not in PATH"), "{error}");
        let error = CredentialHelper::new("../../bin/sh").get("host").await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidArgument);
    }

    #[tokio::test]
    async fn nothing_is_not_found() {
        let (_folder, helper) = helper("empty");
        assert_eq!(helper.get("host").await.unwrap(), None);
    }

    #[tokio::test]
    async fn one_that_hangs_is_ended() {
        let (_folder, helper) = helper("hangs");
        let error = helper.deadline(Duration::from_millis(50)).get("host").await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout);
        assert!(error.to_string().contains("has not ended within 0.05 s"), "{error}");
    }
}
