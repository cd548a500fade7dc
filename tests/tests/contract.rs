//! The built component against `wit/`: it can reach what the world lists and nothing else.

use portal_tests::artifacts::{artifacts, root};
use portal_tests::languages::tags;
use std::collections::BTreeSet;
use std::path::Path;
use wasmparser::{Parser, Payload};
use wit_parser::{Resolve, WorldItem, WorldKey};

/// In two languages; larger would mean that something crept in. Some 300 KiB of it read and verify passkeys.
const LARGEST: u64 = 1 << 20;
/// What another language may add.
const LANGUAGE: u64 = 64 << 10;

/// What the component itself imports and exports, by interface.
fn of_the_component() -> (BTreeSet<String>, BTreeSet<String>) {
    of(&artifacts().component)
}

/// What a component imports and exports, by interface.
fn of(component: &Path) -> (BTreeSet<String>, BTreeSet<String>) {
    let bytes = std::fs::read(component).expect("the component was built");
    let (mut imports, mut exports) = (BTreeSet::new(), BTreeSet::new());
    let mut depth = 0;
    for payload in Parser::new(0).parse_all(&bytes) {
        match payload.expect("a well-formed component") {
            Payload::ModuleSection { .. } | Payload::ComponentSection { .. } => depth += 1,
            Payload::End(_) if depth > 0 => depth -= 1,
            Payload::ComponentImportSection(section) if depth == 0 => {
                imports.extend(
                    section.into_iter().map(|import| import.expect("an import").name.name.to_owned()),
                );
            }
            Payload::ComponentExportSection(section) if depth == 0 => {
                exports.extend(
                    section.into_iter().map(|export| export.expect("an export").name.name.to_owned()),
                );
            }
            _ => {}
        }
    }
    (imports, exports)
}

/// What `wit/` allows, by interface.
fn of_the_world() -> (BTreeSet<String>, BTreeSet<String>) {
    let mut resolve = Resolve::default();
    let (package, _) = resolve.push_dir(root().join("wit")).expect("wit/ can be read");
    let world = resolve.select_world(&[package], Some("plugin")).expect("the world `plugin`");
    let names = |items: Vec<(&WorldKey, &WorldItem)>| {
        items.into_iter().map(|(key, _)| resolve.name_world_key(key)).collect::<BTreeSet<_>>()
    };
    let world = &resolve.worlds[world];
    (names(world.imports.iter().collect()), names(world.exports.iter().collect()))
}

#[test]
fn the_component_imports_exactly_what_the_world_lists() {
    let (component, _) = of_the_component();
    let (mut world, _) = of_the_world();
    // Words only, no function: an interface of types need not be imported to be used.
    let types = "ehr:patient-portal/types@0.1.2";
    if !component.contains(types) {
        world.remove(types);
    }
    assert_eq!(component, world);
}

#[test]
fn the_component_exports_exactly_what_the_world_lists() {
    assert_eq!(of_the_component().1, of_the_world().1);
}

#[test]
fn the_component_reaches_no_file_socket_environment_or_stdio() {
    for import in of_the_component().0 {
        for power in ["filesystem", "sockets", "cli", "io/", "http"] {
            assert!(!import.contains(power), "{import}");
        }
    }
}

#[test]
fn the_component_is_small() {
    let size = std::fs::metadata(&artifacts().component).expect("the component was built").len();
    let further = u64::try_from(tags().len()).expect("a few").saturating_sub(2);
    assert!(size <= LARGEST + further * LANGUAGE, "{size} bytes");
}

#[test]
fn the_component_tells_nobody_where_it_was_built() {
    let bytes = std::fs::read(&artifacts().component).expect("the component was built");
    let text = String::from_utf8_lossy(&bytes);
    let root = root().display().to_string();
    for place in [&root, ".cargo/registry", "/home/", "/root/"] {
        assert!(!text.contains(place), "the component contains {place}");
    }
}

/// The fault tests run it, and so show that a host serves what was built before the contract grew.
#[test]
fn the_component_that_misbehaves_is_one_of_the_contract_0_1_0() {
    let (imports, exports) = of(&artifacts().faulty_component);

    let ours = imports.iter().chain(&exports).filter(|name| name.starts_with("ehr:patient-portal/"));
    assert!(ours.clone().count() > 8 && ours.clone().all(|name| name.ends_with("@0.1.0")), "{imports:?}");
    let expected = ["patient-pages", "staff-tab"].map(|name| format!("ehr:patient-portal/{name}@0.1.0"));
    assert_eq!(exports, BTreeSet::from(expected));
}
