//! Which builder builds, and what it makes.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::BuildParams;
use crate::error::{Error, ErrorKind, Result};
use crate::params;
use crate::params::{Kind, ParamType};
use crate::types::{PartType, plain};

/// A builder of the engine's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum Builder {
    /// The first one, which runs a container for each step.
    Classic,
    /// BuildKit, without a session: a step that needs a secret, ssh or a login at a registry fails, and base images that
    /// need a login are to be pulled before.
    BuildKit,
}

impl Builder {
    /// The API's name.
    pub(super) fn version(self) -> &'static str {
        match self {
            Self::Classic => "1",
            Self::BuildKit => "2",
        }
    }
}

impl TryFrom<String> for Builder {
    type Error = String;

    fn try_from(name: String) -> std::result::Result<Self, String> {
        match name.as_str() {
            "classic" | "1" => Ok(Self::Classic),
            "buildkit" | "2" => Ok(Self::BuildKit),
            _ => Err(format!("`{name}` is no builder; there are `classic` and `buildkit`")),
        }
    }
}

impl ParamType for Builder {
    const KIND: Kind = Kind::Str;
}

params! {
    /// What BuildKit makes of a build's result.
    pub struct BuildOutput {
        /// The exporter, for example `moby`, the engine's images.
        r#type: String => required,
        /// What the exporter is told, for example `{"force-compression": true}`.
        attrs: Option<Map<String, Value>>,
    }
}

impl PartType for BuildOutput {
    const NAME: &'static str = "BuildOutput";

    fn to_wire(&self) -> Result<Value> {
        let attrs = self.attrs.iter().flatten();
        let attrs: Map<_, _> = attrs.map(|(name, value)| (name.clone(), plain(value).into())).collect();
        Ok(json!({"Type": self.r#type, "Attrs": attrs}))
    }
}

/// The exporters that send their result to the client, for which BuildKit waits in vain where it has no session.
const TO_CLIENT: [&str; 4] = ["local", "tar", "oci", "docker"];

/// What the engine is told of a build's outputs.
pub(super) fn outputs(params: &BuildParams) -> Result<Option<Value>> {
    let refused = |words: String| Err(Error::new(ErrorKind::InvalidArgument, words));
    let Some(outputs) = params.outputs.as_ref().filter(|outputs| !outputs.is_empty()) else {
        return Ok(None);
    };
    if params.builder != Some(Builder::BuildKit) {
        return refused("`outputs` is for BuildKit; set `builder` to `buildkit`".to_owned());
    }
    let mut wires = Vec::new();
    for output in outputs {
        let mut wire = output.to_wire()?;
        let kind = wire["Type"].as_str().unwrap_or_default();
        if TO_CLIENT.contains(&kind) {
            return refused(format!(
                "`outputs`: `{kind}` is sent to the client in a session, which this client does not open; build an \
                 image and save it, or get files out of a container of it"
            ));
        }
        // Engine 20.10 breaks down over one without.
        if wire["Attrs"].is_null() {
            wire["Attrs"] = json!({});
        }
        wires.push(wire);
    }
    Ok(Some(Value::Array(wires)))
}

#[cfg(test)]
mod tests {
    use super::super::build;
    use super::*;

    fn params(value: Value) -> BuildParams {
        serde_json::from_value(value).unwrap()
    }

    fn line(value: Value) -> Result<String> {
        build(&params(value), None, None, None).map(|request| request.shown().0)
    }

    #[test]
    fn the_builder_has_names_and_numbers() {
        let unset = line(json!({})).unwrap();
        assert!(!unset.contains("version"), "{unset}");
        for (name, version) in [("classic", "1"), ("1", "1"), ("buildkit", "2"), ("2", "2")] {
            let line = line(json!({"builder": name})).unwrap();
            assert!(line.ends_with(&format!("&version={version}")), "{line}");
        }
        let error = serde_json::from_value::<BuildParams>(json!({"builder": "kaniko"})).unwrap_err();
        assert!(error.to_string().contains("`kaniko` is no builder; there are `classic`"), "{error}");
    }

    #[test]
    fn outputs_are_sent_in_the_engines_spelling() {
        let sent = |outputs: Value| line(json!({"builder": "buildkit", "outputs": outputs})).unwrap();
        let named = sent(json!([{"type": "moby", "attrs": {"force-compression": true, "name": "a"}}]));
        let expected = r#"&outputs=[{"Type":"moby","Attrs":{"force-compression":"true","name":"a"}}]"#;
        assert!(named.ends_with(expected), "{named}");
        // The engine's spelling passes, and no output is without attributes.
        for bare in
            [json!([{"Type": "moby"}]), json!([{"type": "moby"}]), json!([{"Type": "moby", "Attrs": null}])]
        {
            let line = sent(bare);
            assert!(line.ends_with(r#"&outputs=[{"Type":"moby","Attrs":{}}]"#), "{line}");
        }
        assert!(!sent(json!([])).contains("outputs"));
    }

    #[test]
    fn what_cannot_work_is_not_sent() {
        for kind in ["local", "tar", "oci", "docker"] {
            for output in [json!({"type": kind}), json!({"Type": kind, "Attrs": {"dest": "out"}})] {
                let error = line(json!({"builder": "buildkit", "outputs": [output]})).unwrap_err();
                assert_eq!(error.kind(), ErrorKind::InvalidArgument);
                assert!(error.to_string().contains(&format!("`{kind}` is sent to the client")), "{error}");
            }
        }
        for builder in [json!(null), json!("classic")] {
            let error = line(json!({"builder": builder, "outputs": [{"type": "moby"}]})).unwrap_err();
            assert!(error.to_string().contains("set `builder` to `buildkit`"), "{error}");
        }
    }
}
