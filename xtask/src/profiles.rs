//! Every package of ours is named where day-to-day builds say what is not optimised: one that is not would take long to
//! compile, and its failures would name no lines.

use crate::shell::root;
use std::fs;

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap()
}

#[test]
fn every_package_of_ours_is_built_fast_and_says_its_lines() {
    let workspace = read("Cargo.toml");
    let members = workspace.lines().find_map(|line| line.strip_prefix("members = [")).unwrap();
    let members: Vec<_> = members.trim_end_matches(']').split(", ").map(|it| it.trim_matches('"')).collect();
    let (_, table) = workspace.split_once("\n[profile.dev.package]\n").unwrap();

    for member in &members {
        let package = read(&format!("{member}/Cargo.toml"));
        let name = package.lines().find_map(|line| line.strip_prefix("name = ")).unwrap().trim_matches('"');
        let ours = format!("{name} = {{ opt-level = 0, debug = \"line-tables-only\" }}");
        assert!(table.lines().any(|line| line == ours), "Cargo.toml does not have: {ours}");
    }
    assert!(members.contains(&"plugin") && members.contains(&"xtask"), "{members:?}");
}
