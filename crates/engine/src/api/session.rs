//! Sessions: the connection over which a builder calls its client back.
//!
//! ```
//! # moondock_tests::example!(|client| {
//! use moondock_engine::api::session::{SessionParams, session};
//!
//! let offered = ["/moby.filesync.v1.FileSync/DiffCopy".to_owned()];
//! let request = session(&SessionParams::default().uuid("a-build").methods(offered));
//! let connection = client.api().upgrade(request).await?;
//! // An HTTP/2 server takes the connection over.
//! # drop(connection);
//! # });
//! ```

use http::{HeaderName, HeaderValue, header};

use crate::params;
use crate::request::{Patience, Request, endpoints};

endpoints! {
    SESSION = "Session" POST "/session";
}

params! {
    /// What the client offers.
    pub struct SessionParams {
        /// The session's id, which a build names.
        uuid: String => required,
        /// The session's name.
        name: String = String::new(),
        /// What tells that two sessions come from the same place.
        shared_key: String = String::new(),
        /// The gRPC methods that the engine may call, for example `/moby.filesync.v1.FileSync/DiffCopy`.
        methods: Option<Vec<String>>,
    }
}

/// Opens a session. [`Client::upgrade`](crate::Client::upgrade) gives the connection, on which the engine speaks
/// HTTP/2 and calls; the caller serves it. Engines from API 1.53 on have it still, but advise against it.
pub fn session(params: &SessionParams) -> Request {
    let name = HeaderName::from_static;
    let mut request = Request::new(&SESSION)
        .header(header::CONNECTION, "Upgrade")
        .header(header::UPGRADE, "h2c")
        .header(name("x-docker-expose-session-uuid"), &params.uuid)
        .header(name("x-docker-expose-session-name"), &params.name)
        .header(name("x-docker-expose-session-sharedkey"), &params.shared_key)
        .patience(Patience::Forever);
    for method in params.methods.iter().flatten() {
        let key = name("x-docker-expose-session-grpc-method");
        match HeaderValue::from_str(method) {
            Ok(value) => {
                request.headers.append(key, value);
            }
            // Fails the request.
            Err(_) => request = request.header(key, method),
        }
    }
    request
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offers_each_method() {
        let params = SessionParams::default().uuid("u").methods(["/a/B".to_owned(), "/a/C".to_owned()]);
        let mut request = session(&params);
        assert_eq!(request.target().unwrap(), "/session");
        assert_eq!(request.headers[header::UPGRADE], "h2c");
        let offered = request.headers.get_all("x-docker-expose-session-grpc-method").iter().count();
        assert_eq!(offered, 2);
        let params = SessionParams::default().uuid("u").methods(["a\nb".to_owned()]);
        assert!(session(&params).target().is_err());
    }
}
