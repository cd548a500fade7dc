//! The component as it is shipped: smaller than the compiler makes it, by binaryen's `wasm-opt` over the portal's code,
//! and without the names of its parts.

use crate::programs::bring_wasm_opt;
use crate::shell::{Stopped, say, succeed};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use wasm_encoder::{Component, RawSection};
use wasmparser::{Parser, Payload, Validator};

/// What the code may use, which is what the compiler is told by default.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Which version makes it smaller: another makes another component.
const VERSION: &[u8] = include_bytes!("../binaryen/package-lock.json");

/// A custom section with names for whoever debugs the component.
const NAMES: &str = "component-name";

/// Puts a smaller component into this folder and says where it is. One that was made of the same is left alone.
pub(crate) fn shrink(linked: &Path, folder: &Path) -> Result<PathBuf, Stopped> {
    let (made_of, small) = (folder.join("made-of"), folder.join("patient-portal.wasm"));
    let bytes = fs::read(linked).map_err(|cause| not_written(linked, cause))?;
    let both = [VERSION, &bytes].concat();
    if small.is_file() && fs::read(&made_of).is_ok_and(|known| known == both) {
        return Ok(small);
    }
    let wasm_opt = bring_wasm_opt()?;
    say("making the component smaller");
    fs::create_dir_all(folder).map_err(|cause| not_written(folder, cause))?;
    let shrunk = shrunk(&bytes, |code| optimised(&wasm_opt, code, folder))
        .map_err(|cause| not_written(&small, cause))?;
    // Whoever looks meanwhile finds a whole one.
    let (unfinished, written) = (folder.join("unfinished.wasm"), |cause| not_written(&small, cause));
    fs::write(&unfinished, shrunk).and_then(|()| fs::rename(&unfinished, &small)).map_err(written)?;
    fs::write(&made_of, both).map_err(|cause| not_written(&made_of, cause))?;
    Ok(small)
}

fn not_written(path: &Path, cause: io::Error) -> Stopped {
    Stopped::NotWritten { path: path.to_owned(), cause }
}

/// The component with the largest of its modules, which is the portal, as `optimise` makes it, and without names.
fn shrunk(component: &[u8], optimise: impl FnOnce(&[u8]) -> io::Result<Vec<u8>>) -> io::Result<Vec<u8>> {
    let sections = sections(component).map_err(io::Error::other)?;
    let modules = sections.iter().filter(|section| section.is_module);
    let Some(portal) = modules.max_by_key(|section| section.data.len()) else {
        return Err(io::Error::other("it has no code"));
    };
    let (portal, code) = (portal.data.as_ptr(), optimise(portal.data)?);
    let mut made = Component::new();
    for &Section { id, data, is_names, .. } in &sections {
        if !is_names {
            made.section(&RawSection { id, data: if data.as_ptr() == portal { &code } else { data } });
        }
    }
    let made = made.finish();
    Validator::new().validate_all(&made).map_err(io::Error::other)?;
    Ok(made)
}

/// A section of the component itself.
struct Section<'c> {
    id: u8,
    data: &'c [u8],
    is_module: bool,
    is_names: bool,
}

fn sections(component: &[u8]) -> wasmparser::Result<Vec<Section<'_>>> {
    let mut sections = Vec::new();
    let mut depth = 0_u32;
    for payload in Parser::new(0).parse_all(component) {
        let payload = payload?;
        let whole = payload.as_section().filter(|_| depth == 0);
        if let Some((id, data)) = whole.and_then(|(id, range)| Some((id, component.get(range)?))) {
            let is_module = matches!(payload, Payload::ModuleSection { .. });
            let is_names = matches!(&payload, Payload::CustomSection(custom) if custom.name() == NAMES);
            sections.push(Section { id, data, is_module, is_names });
        }
        if matches!(payload, Payload::ModuleSection { .. } | Payload::ComponentSection { .. }) {
            depth = depth.saturating_add(1);
        } else if matches!(payload, Payload::End(_)) {
            depth = depth.saturating_sub(1);
        }
    }
    Ok(sections)
}

/// What `wasm-opt` makes of a module.
fn optimised(wasm_opt: &Path, module: &[u8], folder: &Path) -> io::Result<Vec<u8>> {
    let (from, to) = (folder.join("module.wasm"), folder.join("module-optimised.wasm"));
    fs::write(&from, module)?;
    let mut node = Command::new("node");
    node.arg(wasm_opt).arg("-Oz").args(FEATURES).arg(&from).arg("-o").arg(&to);
    succeed(&mut node).map_err(io::Error::other)?;
    fs::read(to)
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{ComponentSection, CustomSection, Module, ModuleSection};

    fn named(name: &'static str) -> CustomSection<'static> {
        CustomSection { name: name.into(), data: b"1234567890"[..].into() }
    }

    /// A component of two modules, one larger than the other, and what else is given.
    fn component(others: &[&dyn ComponentSection]) -> Vec<u8> {
        let (mut large, mut component) = (Module::new(), Component::new());
        large.section(&named("large"));
        component.section(&ModuleSection(&Module::new())).section(&ModuleSection(&large));
        others.iter().for_each(|&section| {
            let mut bytes = Vec::new();
            section.append_to_component(&mut bytes);
            component.section(&RawSection { id: bytes[0], data: &bytes[2..] });
        });
        component.finish()
    }

    #[test]
    fn the_largest_module_is_optimised_and_names_are_left_out() {
        let whole = component(&[&named("other"), &named(NAMES)]);

        let small = shrunk(&whole, |code| {
            assert!(code.windows(5).any(|it| it == b"large"));
            Ok(Module::new().finish())
        });

        assert_eq!(small.unwrap(), {
            let mut expected = Component::new();
            expected.section(&ModuleSection(&Module::new())).section(&ModuleSection(&Module::new()));
            expected.section(&named("other"));
            expected.finish()
        });
    }

    #[test]
    fn what_is_no_component_afterwards_is_not_kept() {
        assert!(shrunk(&component(&[]), |_| Ok(b"no module".to_vec())).is_err());
    }

    #[test]
    fn without_code_there_is_nothing_to_ship() {
        assert!(shrunk(&Component::new().finish(), |code| Ok(code.to_vec())).is_err());
        assert!(shrunk(b"not wasm", |code| Ok(code.to_vec())).is_err());
    }
}
