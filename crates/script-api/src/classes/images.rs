//! The images of an engine.

use moondock_engine::models::{
    BuildParams, ImageListParams, ImageLoadParams, ImagePruneParams, ImageRemoveParams, Images, PullParams,
};
use moondock_engine::{Kind, params};

use super::{nameless, show};
use crate::arguments::ImageRef;
use crate::describe::{Class, method};
use crate::error::Result;
use crate::stream::Source;
use crate::value::{Scripted, Value};

params! {
    /// Which image to get.
    struct GetParams {
        /// The name or id.
        name: String => required,
    }
}

params! {
    /// What to pull.
    struct PullArguments {
        /// The repository, perhaps with a tag.
        repository: String => required;
        /// How.
        ..pull: PullParams,
    }
}

params! {
    /// What to build, and how; the source is the fourth by place, as docker-py has it.
    struct BuildArguments in [path, tag, quiet, fileobj] {
        /// A Dockerfile, or with `custom_context` a whole context as a tar archive: bytes, a stream or a function.
        fileobj: Option<Source>;
        /// How.
        ..build: BuildParams,
    }
}

params! {
    /// What to remove.
    struct RemoveArguments {
        /// The image, or its name or id.
        image: ImageRef => required;
        /// How.
        ..remove: ImageRemoveParams,
    }
}

params! {
    /// What to load.
    struct LoadParams {
        /// The archive that `docker save` made: bytes, a stream or a function.
        data: Option<Source> => required,
    }
}

impl Scripted for Images {
    const CLASS: &'static Class = &CLASS;
}

async fn build(images: &Images, arguments: BuildArguments) -> Result<Value> {
    let source = match arguments.fileobj {
        Some(source) => Some(source.stream().await?),
        None => None,
    };
    let built = images.build(&arguments.build, source).await?;
    Ok(Value::Tuple(vec![built.image.into(), serde_json::Value::from(built.log).into()]))
}

async fn load(images: &Images, data: Option<Source>) -> Result<Value> {
    let Some(data) = data else { return Ok(Value::List(Vec::new())) };
    Ok(images.load(data.stream().await?, &ImageLoadParams::default()).await?.into())
}

pub(super) static CLASS: Class = Class {
    name: "Images",
    doc: "The images of an engine: `client.images`.",
    properties: &[],
    methods: &[
        method!(Read, "get", Images, GetParams => Kind::Object("Image"),
            "Gets an image. Without one, the error is an `ImageNotFound`.",
            |images, params, _| Ok(images.get(&params.name).await?)),
        method!(Read, "list", Images, ImageListParams => Kind::List(&Kind::Object("Image")),
            "Lists images.", |images, params, _| Ok(images.list(&params).await?)),
        method!(Write, "pull", Images, PullArguments => Kind::Union(&[Kind::Object("Image"), Kind::List(&Kind::Object("Image"))]),
        "Pulls an image and gives it; with `all_tags`, a list of images.",
        |images, params, _| Ok(if params.pull.all_tags {
            Value::from(images.pull_all(&params.repository, &params.pull).await?)
        } else {
            Value::from(images.pull(&params.repository, &params.pull).await?)
        })),
        method!(Write, "build", Images, BuildArguments => Kind::Tuple(&[Kind::Object("Image"), Kind::List(&Kind::Any)]),
            "Builds an image. Gives the image and the list of the builder's progress, in which `stream` is text for people \
             whatever the builder. When the build fails, the error is a `BuildError` with `build_log`.",
            |images, params, _| build(&images, params).await),
        method!(Write, "remove", Images, RemoveArguments => Kind::List(&Kind::Any),
            "Removes an image. Gives a list of what was untagged and deleted.",
            |images, params, _| Ok(images.remove(&params.image.0, &params.remove).await?)),
        method!(Write, "load", Images, LoadParams => Kind::List(&Kind::Object("Image")),
            "Loads the images of an archive that `docker save` made, and gives them.",
            |images, params, _| load(&images, params.data).await),
        method!(Write, "prune", Images, ImagePruneParams => Kind::Map(&Kind::Any),
            "Removes unused images. Gives `ImagesDeleted` and `SpaceReclaimed`.",
            |images, params, _| Ok(images.prune(&params).await?)),
    ],
    display: show,
    identity: nameless,
};

#[cfg(test)]
mod tests {
    use moondock_engine::Params;

    use super::*;

    #[test]
    fn a_build_takes_what_docker_py_does_in_its_order_then_what_is_newer() {
        let names: Vec<_> = BuildArguments::LIST.all().iter().map(|param| param.name).collect();
        assert_eq!(
            names,
            [
                "path",
                "tag",
                "quiet",
                "fileobj",
                "nocache",
                "rm",
                "timeout",
                "custom_context",
                "encoding",
                "pull",
                "forcerm",
                "dockerfile",
                "container_limits",
                "decode",
                "buildargs",
                "gzip",
                "shmsize",
                "labels",
                "cache_from",
                "target",
                "network_mode",
                "squash",
                "extra_hosts",
                "platform",
                "isolation",
                "use_config_proxy",
                "builder",
                "outputs",
            ]
        );
    }
}
