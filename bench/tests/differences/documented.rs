//! docs/engine-client.md names every test here, and none that is not there.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

const FILES: [&str; 6] = ["connections", "deadlines", "replies", "requests", "settings", "streams"];

#[test]
fn every_difference_is_documented_and_every_claim_tested() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut tests = BTreeSet::new();
    for file in FILES {
        let text = fs::read_to_string(folder.join(format!("tests/differences/{file}.rs"))).unwrap();
        let names = text.split("#[test]\nfn ").skip(1).filter_map(|rest| rest.split('(').next());
        tests.extend(names.map(|name| format!("{file}::{name}")));
    }
    let text = fs::read_to_string(folder.join("../docs/engine-client.md")).unwrap();
    let lines = text
        .lines()
        .filter(|line| line.starts_with("| ") && !line.contains("| test |") && !line.contains("---"));
    let claims: BTreeSet<_> = lines
        .map(|line| {
            line.trim_end_matches(" |").rsplit("| ").next().unwrap_or_default().trim_matches('`').to_owned()
        })
        .collect();
    assert_eq!(claims, tests);
}
