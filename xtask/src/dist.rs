//! What is shipped: the host, the component, the contract and a configuration to begin with, in one folder that runs from there.

use crate::build::{component, host};
use crate::shell::{Stopped, root, say, target};
use std::fs;
use std::path::Path;

/// Fills target/dist anew.
pub(crate) fn dist() -> Result<(), Stopped> {
    let (component, host) = (component()?, host(true)?);
    let dist = target().join("dist");
    if dist.exists() {
        fs::remove_dir_all(&dist).map_err(|cause| Stopped::NotWritten { path: dist.clone(), cause })?;
    }
    copy(&host, &dist.join("portal-host"))?;
    copy(&component, &dist.join("patient-portal.wasm"))?;
    copy_folder(&root().join("wit"), &dist.join("wit"))?;
    copy(&root().join("docs/portal-host.toml"), &dist.join("portal-host.toml"))?;
    say(format_args!(
        "{} is complete; from there: ./portal-host serve --component patient-portal.wasm",
        dist.display()
    ));
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Result<(), Stopped> {
    let failed = |cause| Stopped::NotWritten { path: to.to_owned(), cause };
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    fs::copy(from, to).map_err(failed)?;
    Ok(())
}

fn copy_folder(from: &Path, to: &Path) -> Result<(), Stopped> {
    let failed = |cause| Stopped::NotWritten { path: to.to_owned(), cause };
    for entry in fs::read_dir(from).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let (path, to) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() { copy_folder(&path, &to)? } else { copy(&path, &to)? }
    }
    Ok(())
}
