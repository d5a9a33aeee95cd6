//! What objects have in common.

/// Declares an object: its id, its attributes, and how the engine is asked for them anew by that id. What names an
/// object is its `Id`, unless another attribute is given.
macro_rules! object {
    ($(#[$meta:meta])* $name:ident, $inspect:expr $(, named by $id:literal)?) => {
        $(#[$meta])*
        #[derive(Clone, Debug)]
        pub struct $name {
            client: $crate::models::DockerClient,
            id: ::std::sync::Arc<str>,
            attrs: $crate::models::Attrs,
        }

        impl $name {
            pub(super) fn new(client: $crate::models::DockerClient, attrs: impl Into<$crate::models::Attrs>) -> Self {
                let attrs = attrs.into();
                let id = object!(@id attrs $($id)?).into();
                Self { client, id, attrs }
            }

            /// The object that a request inspects.
            pub(super) async fn inspected(
                client: &$crate::models::DockerClient,
                request: $crate::request::Request,
            ) -> $crate::error::Result<Self> {
                let attrs: $crate::models::Attrs = client.api().json_as(request).await?;
                Ok(Self::new(client.clone(), attrs))
            }

            /// The client that it came from.
            pub fn client(&self) -> &$crate::models::DockerClient {
                &self.client
            }

            /// The full id; a volume's is its name.
            pub fn id(&self) -> &str {
                &self.id
            }

            /// The first twelve characters of the id, behind its algorithm if it has one.
            pub fn short_id(&self) -> String {
                $crate::models::object::short(&self.id)
            }

            /// The raw attributes as the engine gave them last.
            pub fn attrs(&self) -> ::std::sync::Arc<::serde_json::Value> {
                self.attrs.get()
            }

            /// Gets the attributes anew.
            ///
            /// # Errors
            ///
            /// When it is gone.
            pub async fn reload(&self) -> $crate::error::Result<()> {
                self.attrs.set(&self.client.api().json_as($inspect(&self.id)).await?);
                Ok(())
            }
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.id == other.id
            }
        }
    };
    (@id $attrs:ident) => { $attrs.id() };
    (@id $attrs:ident $id:literal) => { $attrs.text(concat!("/", $id)) };
}
pub(super) use object;

/// Declares that an object of a swarm has a version.
macro_rules! versioned {
    ($name:ident) => {
        impl $name {
            /// Its version, which an update names. Once the engine has a newer one, an update is an error until
            /// [`reload`](Self::reload).
            pub fn version(&self) -> u64 {
                self.attrs.at("/Version/Index").as_u64().unwrap_or_default()
            }
        }
    };
}
pub(super) use versioned;

use serde_json::Value;

/// An id cut to its first twelve characters. Those of its algorithm do not count.
pub(super) fn short(id: &str) -> String {
    let algorithm = if id.starts_with("sha256:") { "sha256:".len() } else { 0 };
    id.chars().take(algorithm + 12).collect()
}

/// The version of an object of a swarm; 0 where there is none.
pub(super) fn version(attrs: &Value) -> u64 {
    attrs.pointer("/Version/Index").and_then(Value::as_u64).unwrap_or_default()
}
