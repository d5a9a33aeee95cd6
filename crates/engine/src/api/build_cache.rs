//! The builder's cache.
//!
//! ```
//! # moondock_tests::example!(|client| {
//! use moondock_engine::api::build_cache::{self, BuildPruneParams};
//! use moondock_engine::types::Filters;
//!
//! let older_than_a_year = Filters::default().with("until", "8760h");
//! let params = BuildPruneParams::default().filters(older_than_a_year).keep_storage("10g");
//! let pruned = client.api().json(build_cache::prune(&params)).await?;
//! assert_eq!(pruned["SpaceReclaimed"], 0);
//! # });
//! ```

use crate::params;
use crate::request::{Patience, Request, endpoints};
use crate::types::{Filters, Size};

endpoints! {
    PRUNE = "BuildPrune" POST "/build/prune";
}

params! {
    /// What to remove of the builder's cache.
    pub struct BuildPruneParams {
        /// Only what matches, for example `{until: "24h", type: "regular", inuse: false}`.
        filters: Option<Filters>,
        /// How much to keep. Since API 1.48 its name is `reserved_space`; engines take both.
        keep_storage: Option<Size>,
        /// Also what the builder would need first.
        all: Option<bool>,
        /// How much to keep.
        #[since(1, 48)]
        reserved_space: Option<Size>,
        /// How much the cache may take at most.
        #[since(1, 48)]
        max_used_space: Option<Size>,
        /// How much of the disk to have free afterwards.
        #[since(1, 48)]
        min_free_space: Option<Size>,
    }
}

/// Removes what the builder has cached (docker-py: `prune_builds`).
pub fn prune(params: &BuildPruneParams) -> Request {
    let mut request = Request::new(&PRUNE)
        .query_opt("filters", params.filters.as_ref().map(Filters::to_query))
        .query_opt("all", params.all)
        .needs_of(params)
        .patience(Patience::Forever);
    for (argument, name, size) in [
        ("keep_storage", "keep-storage", &params.keep_storage),
        ("reserved_space", "reserved-space", &params.reserved_space),
        ("max_used_space", "max-used-space", &params.max_used_space),
        ("min_free_space", "min-free-space", &params.min_free_space),
    ] {
        request = match size.as_ref().map(Size::bytes).transpose() {
            Ok(bytes) => request.query_opt(name, bytes),
            Err(error) => request.fail(error.in_argument(argument)),
        };
    }
    request
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::version::ApiVersion;

    #[test]
    fn sends_what_is_given() {
        assert_eq!(prune(&BuildPruneParams::default()).shown().0, "POST /build/prune");
        let params =
            BuildPruneParams::default().filters(Filters::default().with("id", "x")).keep_storage(5).all(true);
        let request = prune(&params);
        assert_eq!(request.needs, []);
        let line = r#"POST /build/prune?filters={"id":["x"]}&all=true&keep-storage=5"#;
        assert_eq!(request.shown().0, line);
        let request =
            prune(&BuildPruneParams::default().reserved_space("1k").max_used_space(2).min_free_space(3));
        let since = ApiVersion::new(1, 48);
        assert_eq!(
            request.needs,
            ["reserved_space", "max_used_space", "min_free_space"].map(|name| (name, since))
        );
        let line = "POST /build/prune?reserved-space=1024&max-used-space=2&min-free-space=3";
        assert_eq!(request.shown().0, line);
        let error = prune(&BuildPruneParams::default().keep_storage("much")).target().unwrap_err();
        assert!(error.to_string().contains("keep_storage"), "{error}");
    }
}
