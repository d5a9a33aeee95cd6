//! Scripts have docker-py's surface, or a reason stands in the table.

#[path = "surface/ours.rs"]
mod ours;

use moondock_tests::surface::reasons::{PENDING, REASONS};
use moondock_tests::surface::{compare, judge, recorded};

#[test]
fn what_differs_from_docker_py_has_a_reason() {
    let theirs = recorded().unwrap().surface().unwrap();
    let faults = judge(&compare(&theirs, &ours::surface()), REASONS, PENDING);
    assert!(faults.is_empty(), "{} differences and reasons do not fit:\n{}", faults.len(), faults.join("\n"));
}
