//! Secrets and configs that a service's containers see as files.

use serde_json::{Value, json};

use crate::error::{Error, ErrorKind, Result};
use crate::params;
use crate::types::Scalar;
use crate::types::part::PartType;

params! {
    /// A secret as a file below `/run/secrets` (docker-py: `docker.types.SecretReference`).
    pub struct SecretReference {
        /// The secret's id.
        secret_id: String => required,
        /// The secret's name.
        secret_name: String => required,
        /// The file's name or path; the secret's name without one.
        filename: Option<String>,
        /// The user id of the file's owner; 0 without one.
        uid: Option<Scalar>,
        /// The group id of the file; 0 without one.
        gid: Option<Scalar>,
        /// The file's mode, as a number: 292 is 0o444.
        mode: i64 = 292,
    }
}

impl PartType for SecretReference {
    const NAME: &'static str = "SecretReference";

    fn to_wire(&self) -> Result<Value> {
        let file = file(&self.secret_name, self.filename.as_deref(), [&self.uid, &self.gid], self.mode);
        let id = identified(Self::NAME, "secret_id", &self.secret_id)?;
        Ok(json!({"SecretName": self.secret_name, "SecretID": id, "File": file}))
    }
}

params! {
    /// A config as a file (docker-py: `docker.types.ConfigReference`).
    pub struct ConfigReference {
        /// The config's id.
        config_id: String => required,
        /// The config's name.
        config_name: String => required,
        /// The file's path; the config's name in the root folder without one.
        filename: Option<String>,
        /// The user id of the file's owner; 0 without one.
        uid: Option<Scalar>,
        /// The group id of the file; 0 without one.
        gid: Option<Scalar>,
        /// The file's mode, as a number: 292 is 0o444.
        mode: i64 = 292,
        /// Not as a file, but for the engine itself, as for a credential specification. docker-py does not have it.
        runtime: bool = false,
    }
}

impl PartType for ConfigReference {
    const NAME: &'static str = "ConfigReference";

    fn to_wire(&self) -> Result<Value> {
        let id = identified(Self::NAME, "config_id", &self.config_id)?;
        let mut reference = json!({"ConfigName": self.config_name, "ConfigID": id});
        if self.runtime {
            reference["Runtime"] = json!({});
        } else {
            reference["File"] =
                file(&self.config_name, self.filename.as_deref(), [&self.uid, &self.gid], self.mode);
        }
        Ok(reference)
    }
}

fn file(name: &str, filename: Option<&str>, [uid, gid]: [&Option<Scalar>; 2], mode: i64) -> Value {
    let name = filename.filter(|name| !name.is_empty()).unwrap_or(name);
    let id = |id: &Option<Scalar>| id.as_ref().map_or_else(|| "0".to_owned(), Scalar::to_string);
    json!({"Name": name, "UID": id(uid), "GID": id(gid), "Mode": mode})
}

fn identified<'a>(part: &str, name: &str, id: &'a str) -> Result<&'a str> {
    if id.is_empty() {
        return Err(Error::new(ErrorKind::NullResource, format!("{part}.{name} is empty")));
    }
    Ok(id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::Part;

    #[test]
    fn names_a_file() {
        let secret = SecretReference::default().secret_id("1").secret_name("key");
        assert_eq!(
            Part::from(secret.clone()).to_wire().unwrap(),
            json!({"SecretName": "key", "SecretID": "1",
                   "File": {"Name": "key", "UID": "0", "GID": "0", "Mode": 0o444}})
        );
        let secret = secret.filename("/x").uid(7).mode(0o400);
        let file = Part::from(secret).to_wire().unwrap()["File"].take();
        assert_eq!(file, json!({"Name": "/x", "UID": "7", "GID": "0", "Mode": 0o400}));
        let config = ConfigReference::default().config_id("2").config_name("c");
        let made = Part::from(config.clone()).to_wire().unwrap();
        assert_eq!((&made["ConfigID"], &made["File"]["Name"]), (&json!("2"), &json!("c")));
        let made = Part::from(config.runtime(true)).to_wire().unwrap();
        assert_eq!(made, json!({"ConfigName": "c", "ConfigID": "2", "Runtime": {}}));
    }

    #[test]
    fn an_empty_id_is_an_error() {
        let error = Part::from(ConfigReference::default().config_name("c")).to_wire().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NullResource);
    }
}
