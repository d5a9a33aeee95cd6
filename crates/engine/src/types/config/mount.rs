//! Mounts, in docker's long form.

use std::str::FromStr;

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::{Options, invalid, map_of, read};
use crate::error::{Error, Result};
use crate::params;
use crate::types::Size;
use crate::types::part::PartType;

params! {
    /// What to mount where in a container (docker-py: `docker.types.Mount`).
    ///
    /// ```
    /// # moondock_tests::example!(|client| {
    /// use moondock_engine::models::RunParams;
    /// use moondock_engine::types::Mount;
    ///
    /// # let folder = tempfile::tempdir()?;
    /// # std::fs::write(folder.path().join("file"), "hi")?;
    /// # let folder = folder.path().display().to_string();
    /// let mounts = [Mount::bind(folder, "/data").read_only(true), Mount::tmpfs("/scratch").tmpfs_size("1m")];
    /// let mut params = RunParams::default().command("touch /data/file").remove(true);
    /// params.create = params.create.mounts(mounts);
    /// let error = client.containers().run("busybox", params).await.err().ok_or("it is read only")?;
    /// assert!(error.to_string().contains("Read-only file system"), "{error}");
    /// # });
    /// ```
    #[derive(Serialize, PartialEq)]
    pub struct Mount {
        /// The path in the container.
        target: Option<String> => required,
        /// What to mount: a path of the host, a volume's name or an image.
        source: Option<String>,
        /// The type: `bind`, `volume`, `tmpfs`, `npipe`, `image` (since API 1.48) or `cluster` (since API 1.42);
        /// `volume` by default.
        r#type: Option<String>,
        /// Read only.
        read_only: bool = false,
        /// How soon both sides must agree: `default`, `consistent`, `cached` or `delegated`.
        consistency: Option<String>,
        /// How mounts below a bind spread: `private`, `rprivate`, `shared`, `rshared`, `slave` or `rslave`.
        propagation: Option<String>,
        /// Do not fill a new volume with what the image has there.
        no_copy: bool = false,
        /// A new volume's labels.
        labels: Option<Map<String, Value>>,
        /// A new volume's driver: `{name, options}`.
        driver_config: Option<Map<String, Value>>,
        /// The size of a temporary file system.
        tmpfs_size: Option<Size>,
        /// The mode of a temporary file system, as a number: 1023 is 0o1777.
        tmpfs_mode: Option<i64>,
        /// The path inside a volume, or since API 1.48 an image, to mount instead of the whole.
        #[since(1, 45)]
        subpath: Option<String>,
        /// Bind without the mounts below.
        non_recursive: bool = false,
        /// Make the folder to bind if it is not there.
        #[since(1, 42)]
        create_mountpoint: bool = false,
        /// With `read_only`: leave mounts below a bind writable.
        #[since(1, 44)]
        read_only_non_recursive: bool = false,
        /// With `read_only`: fail if mounts below a bind cannot be made read only.
        #[since(1, 44)]
        read_only_force_recursive: bool = false,
        /// Mount options of a temporary file system, for example `[["noexec"], ["uid", "1000"]]`.
        #[since(1, 46)]
        tmpfs_options: Option<Vec<Vec<String>>>,
        /// Further fields, in the Engine API's own names.
        extra: Option<Map<String, Value>>,
    }
}

impl Mount {
    fn new(kind: &str, source: Option<String>, target: impl Into<String>) -> Self {
        Self { source, ..Self::default().r#type(kind).target(target.into()) }
    }

    /// A path of the host.
    pub fn bind(source: impl Into<String>, target: impl Into<String>) -> Self {
        Self::new("bind", Some(source.into()), target)
    }

    /// A volume by name.
    pub fn volume(source: impl Into<String>, target: impl Into<String>) -> Self {
        Self::new("volume", Some(source.into()), target)
    }

    /// A temporary file system.
    pub fn tmpfs(target: impl Into<String>) -> Self {
        Self::new("tmpfs", None, target)
    }

    /// An image's files, read only. Needs API 1.48.
    pub fn image(source: impl Into<String>, target: impl Into<String>) -> Self {
        Self::new("image", Some(source.into()), target)
    }
}

impl FromStr for Mount {
    type Err = Error;

    /// Reads `[SOURCE:]TARGET[:MODE]` (docker-py: `Mount.parse_mount_string`): a source that begins with `/` is
    /// bound, any other is a volume; with a mode other than `rw` it is read only.
    fn from_str(text: &str) -> Result<Self> {
        let parts: Vec<_> = text.split(':').collect();
        let of = |source: &str, target: &str| {
            if source.starts_with('/') { Self::bind(source, target) } else { Self::volume(source, target) }
        };
        match parts[..] {
            [target] => Ok(Self::new("volume", None, target)),
            [source, target] => Ok(of(source, target)),
            [source, target, mode] => Ok(of(source, target).read_only(mode != "rw")),
            _ => Err(invalid(format!(
                "`{text}` is no mount; one looks like `SOURCE:TARGET` or `SOURCE:TARGET:ro`"
            ))),
        }
    }
}

impl From<Mount> for Map<String, Value> {
    fn from(mount: Mount) -> Self {
        map_of(&mount)
    }
}

impl PartType for Mount {
    const NAME: &'static str = "Mount";

    fn to_wire(&self) -> Result<Value> {
        made(self.clone())
    }
}

const TYPES: [&str; 6] = ["bind", "volume", "tmpfs", "npipe", "cluster", "image"];

/// One of the engine's `Mounts`. What has only the engine's own names is used as it is.
pub(crate) fn mount(options: &Options) -> Result<Value> {
    if options.contains_key("Target") && options.keys().all(|key| key.starts_with(char::is_uppercase)) {
        return Ok(Value::Object(options.clone()));
    }
    let names = [
        ("target", "Target"),
        ("source", "Source"),
        ("type", "Type"),
        ("read_only", "ReadOnly"),
        ("consistency", "Consistency"),
    ];
    made(read("mounts", options, &names)?)
}

fn made(mount: Mount) -> Result<Value> {
    let target = mount.target.ok_or_else(|| invalid("mounts: each one needs a `target`".to_owned()))?;
    let kind = mount.r#type.as_deref().unwrap_or("volume");
    if !TYPES.contains(&kind) {
        return Err(invalid(format!("mounts: `{kind}` is no type; one is {}", TYPES.join(", "))));
    }
    let on = |on: bool| on.then_some(Value::Bool(true));
    let map = |map: Option<Map<_, _>>| map.filter(|map| !map.is_empty()).map(Value::Object);
    let size = mount.tmpfs_size.map(|size| size.bytes()).transpose()?.filter(|size| *size != 0);
    // docker-py sends a bind's empty propagation, but none of the others that are empty.
    let propagation = mount.propagation.filter(|propagation| kind == "bind" || !propagation.is_empty());
    let volume = &["volume"][..];
    let subpath = mount.subpath.filter(|path| !path.is_empty()).map(Value::String);
    let fields = [
        ("propagation", "Propagation", &["bind"][..], propagation.map(Value::String)),
        ("non_recursive", "NonRecursive", &["bind"], on(mount.non_recursive)),
        ("create_mountpoint", "CreateMountpoint", &["bind"], on(mount.create_mountpoint)),
        ("read_only_non_recursive", "ReadOnlyNonRecursive", &["bind"], on(mount.read_only_non_recursive)),
        (
            "read_only_force_recursive",
            "ReadOnlyForceRecursive",
            &["bind"],
            on(mount.read_only_force_recursive),
        ),
        ("no_copy", "NoCopy", volume, on(mount.no_copy)),
        ("labels", "Labels", volume, map(mount.labels)),
        ("driver_config", "DriverConfig", volume, map(mount.driver_config.map(driver))),
        ("subpath", "Subpath", &["volume", "image"], subpath),
        ("tmpfs_mode", "Mode", &["tmpfs"], mount.tmpfs_mode.filter(|mode| *mode != 0).map(Value::from)),
        ("tmpfs_size", "SizeBytes", &["tmpfs"], size.map(Value::from)),
        ("tmpfs_options", "Options", &["tmpfs"], mount.tmpfs_options.map(Value::from)),
    ];
    let mut options = Map::new();
    for (name, wire, kinds, value) in fields {
        let Some(value) = value else { continue };
        if !kinds.contains(&kind) {
            let kinds = kinds.join(" or ");
            return Err(invalid(format!("mounts: `{name}` goes with the type {kinds}, not with {kind}")));
        }
        options.insert(wire.to_owned(), value);
    }
    let mut made =
        json!({"Target": target, "Source": mount.source, "Type": kind, "ReadOnly": mount.read_only});
    if let Some(consistency) = mount.consistency.filter(|consistency| !consistency.is_empty()) {
        made["Consistency"] = consistency.into();
    }
    let place = match kind {
        "bind" => "BindOptions",
        "tmpfs" => "TmpfsOptions",
        "image" => "ImageOptions",
        _ => "VolumeOptions",
    };
    if !options.is_empty() {
        made[place] = Value::Object(options);
    }
    if let (Value::Object(made), Some(extra)) = (&mut made, &mount.extra) {
        crate::request::join(made, extra);
    }
    Ok(made)
}

/// A volume's driver in the engine's own names.
fn driver(config: Options) -> Options {
    let wire = |key: String| match key.as_str() {
        "name" => "Name".to_owned(),
        "options" => "Options".to_owned(),
        _ => key,
    };
    config.into_iter().map(|(key, value)| (wire(key), value)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(options: &Value) -> Result<Value> {
        mount(options.as_object().unwrap())
    }

    #[test]
    fn makes_every_type() {
        let plain = |kind: &str, source: Option<&str>| json!({"Target": "/x", "Source": source, "Type": kind, "ReadOnly": false});
        let with = |mut mount: Value, place: &str, options: Value| {
            mount[place] = options;
            mount
        };
        for (options, expected) in [
            (json!({"target": "/x"}), plain("volume", None)),
            (json!({"target": "/x", "no_copy": false, "labels": {}, "tmpfs_mode": 0}), plain("volume", None)),
            (
                json!({"target": "/x", "source": "a", "type": "bind", "no_copy": false}),
                plain("bind", Some("a")),
            ),
            (
                json!({"target": "/x", "type": "tmpfs", "tmpfs_size": "64m", "tmpfs_mode": 0o1777}),
                with(plain("tmpfs", None), "TmpfsOptions", json!({"Mode": 1023, "SizeBytes": 64 << 20})),
            ),
            (
                json!({"target": "/x", "source": "i", "type": "image", "subpath": "a/b"}),
                with(plain("image", Some("i")), "ImageOptions", json!({"Subpath": "a/b"})),
            ),
            (
                json!({"Target": "/x", "source": "v", "labels": {"a": "b"}, "no_copy": true, "subpath": "s",
                       "driver_config": {"name": "local", "options": {}}}),
                with(
                    plain("volume", Some("v")),
                    "VolumeOptions",
                    json!({"NoCopy": true, "Labels": {"a": "b"}, "Subpath": "s",
                           "DriverConfig": {"Name": "local", "Options": {}}}),
                ),
            ),
            (
                json!({"Target": "/x", "Type": "new", "New": 1}),
                json!({"Target": "/x", "Type": "new", "New": 1}),
            ),
        ] {
            assert_eq!(of(&options).unwrap(), expected, "{options}");
        }
    }

    #[test]
    fn is_built_by_its_setters() {
        let made =
            mount(&Mount::bind("/a", "/x").create_mountpoint(true).propagation("rslave").into()).unwrap();
        let options = json!({"Propagation": "rslave", "CreateMountpoint": true});
        assert_eq!((&made["Type"], &made["BindOptions"]), (&json!("bind"), &options));
        let extra = json!({"BindOptions": {"New": 1}}).as_object().unwrap().clone();
        let made = mount(&Mount::bind("/a", "/x").non_recursive(true).extra(extra).into()).unwrap();
        assert_eq!(made["BindOptions"], json!({"NonRecursive": true, "New": 1}));
    }

    #[test]
    fn mistakes_are_named() {
        for (options, word) in [
            (json!({"source": "a"}), "`target`"),
            (json!({"target": "/x", "type": "folder"}), "`folder`"),
            (json!({"target": "/x", "type": "bind", "no_copy": true}), "`no_copy`"),
            (json!({"target": "/x", "type": "tmpfs", "subpath": "a"}), "`subpath`"),
            (json!({"target": "/x", "propagation": "shared"}), "`propagation`"),
            (json!({"target": "/x", "tmpfs_size": "huge", "type": "tmpfs"}), "`huge`"),
            (json!({"target": "/x", "tmpfs_mode": "1777", "type": "tmpfs"}), "`tmpfs_mode`"),
            (json!({"target": "/x", "readonly": true}), "`readonly`"),
        ] {
            let error = of(&options).unwrap_err().to_string();
            assert!(error.contains(word), "{error}");
        }
    }

    #[test]
    fn reads_docker_pys_text() {
        for (text, expected) in [
            ("/x", Mount::new("volume", None, "/x")),
            ("data:/x", Mount::volume("data", "/x")),
            ("/a:/x:rw", Mount::bind("/a", "/x")),
            ("/a:/x:ro", Mount::bind("/a", "/x").read_only(true)),
        ] {
            assert_eq!(text.parse::<Mount>().unwrap(), expected, "{text}");
        }
        assert!("a:b:c:d".parse::<Mount>().unwrap_err().to_string().contains("a:b:c:d"));
    }

    proptest! {
        #[test]
        fn never_panics(text in "\\PC{0,12}", kind in "[a-z]{0,6}") {
            let _ = text.parse::<Mount>();
            let _ = of(&json!({"target": text, "type": kind, "tmpfs_size": text}));
        }
    }
}
