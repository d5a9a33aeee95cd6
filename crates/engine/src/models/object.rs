//! What objects of a swarm have in common.

/// Declares an object: its id, its attributes, and how the engine is asked for them anew.
macro_rules! object {
    ($(#[$meta:meta])* $name:ident, $inspect:expr) => {
        $(#[$meta])*
        #[derive(Clone, Debug)]
        pub struct $name {
            client: $crate::models::DockerClient,
            id: ::std::sync::Arc<str>,
            attrs: $crate::models::Attrs,
        }

        impl $name {
            pub(super) fn new(client: $crate::models::DockerClient, attrs: ::serde_json::Value) -> Self {
                let id = $crate::models::id_of(&attrs).into();
                Self { client, id, attrs: $crate::models::Attrs::new(attrs) }
            }

            /// The client that it came from.
            pub fn client(&self) -> &$crate::models::DockerClient {
                &self.client
            }

            /// The full id.
            pub fn id(&self) -> &str {
                &self.id
            }

            /// The first twelve characters of the id.
            pub fn short_id(&self) -> String {
                self.id.chars().take(12).collect()
            }

            /// The raw attributes as the engine gave them last.
            pub fn attrs(&self) -> ::std::sync::Arc<::serde_json::Value> {
                self.attrs.get()
            }

            /// Its version, which an update names. Once the engine has a newer one, an update is an error until
            /// [`reload`](Self::reload).
            pub fn version(&self) -> u64 {
                $crate::models::object::version(&self.attrs.get())
            }

            /// Gets the attributes anew.
            ///
            /// # Errors
            ///
            /// When it is gone.
            pub async fn reload(&self) -> $crate::error::Result<()> {
                self.attrs.set(self.client.api().json($inspect(&self.id)).await?);
                Ok(())
            }
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.id == other.id
            }
        }
    };
}
pub(super) use object;

use serde_json::Value;

/// The version of an object of a swarm; 0 where there is none.
pub(super) fn version(attrs: &Value) -> u64 {
    attrs.pointer("/Version/Index").and_then(Value::as_u64).unwrap_or_default()
}
