//! What is shipped: the host, the component, the contract and a configuration to begin with, in one folder that runs from there.

use crate::build::{host, shipped_component};
use crate::shell::{Stopped, root, say, target};
use std::fs;
use std::path::Path;

/// Fills target/dist anew; where it has to be quick, target/dist-quick, with a program that is not to be shipped.
pub(crate) fn dist(quick: bool) -> Result<(), Stopped> {
    let (component, host) = (shipped_component()?, host(!quick)?);
    let dist = target().join(if quick { "dist-quick" } else { "dist" });
    gather(&component, &host, &dist)?;
    say(format_args!(
        "{} is complete; from there: ./portal-host serve --component patient-portal.wasm",
        dist.display()
    ));
    Ok(())
}

/// Puts what was built into this folder, with what goes along, and nothing that was there before.
fn gather(component: &Path, host: &Path, folder: &Path) -> Result<(), Stopped> {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(|cause| Stopped::NotWritten { path: folder.to_owned(), cause })?;
    }
    copy(host, &folder.join("portal-host"))?;
    copy(component, &folder.join("patient-portal.wasm"))?;
    copy_folder(&root().join("wit"), &folder.join("wit"))?;
    copy(&root().join("docs/portal-host.toml"), &folder.join("portal-host.toml"))
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::env::temp_dir;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn what_is_shipped_is_in_one_folder() {
        let built = temp_dir().join(format!("shipped-{}", std::process::id()));
        let (component, host, folder) = (built.join("a.wasm"), built.join("a-host"), built.join("dist"));
        fs::create_dir_all(&folder).unwrap();
        fs::write(&component, "component").unwrap();
        fs::write(&host, "host").unwrap();
        fs::set_permissions(&host, fs::Permissions::from_mode(0o755)).unwrap();
        fs::write(folder.join("left over"), "").unwrap();

        gather(&component, &host, &folder).unwrap();

        let mut names: Vec<_> = fs::read_dir(&folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        assert_eq!(names, ["patient-portal.wasm", "portal-host", "portal-host.toml", "wit"]);
        assert_eq!(fs::read_to_string(folder.join("patient-portal.wasm")).unwrap(), "component");
        assert_eq!(fs::metadata(folder.join("portal-host")).unwrap().permissions().mode() & 0o111, 0o111);
        assert!(folder.join("wit/world.wit").is_file() && folder.join("wit/deps").is_dir());
        fs::remove_dir_all(built).unwrap();
    }
}
