//! Looking at a component's file without running it: what it is, what it asks for and gives, whether it fits.

use super::digest::ComponentDigest;
use super::engine::engine;
use super::limits::Limits;
use super::load::{LoadError, compile, fit, read};
use crate::contract::link;
use std::collections::BTreeSet;
use std::path::Path;

/// The contract's package, as the names of its interfaces begin.
const CONTRACT: &str = "ehr:patient-portal/";

/// What there is in a component's file.
#[derive(Debug)]
pub struct Inspection {
    /// Its size.
    pub bytes: u64,
    /// Its digest.
    pub digest: ComponentDigest,
    /// What it asks of a host, by interface; empty where it is not a whole component.
    pub imports: Vec<String>,
    /// What it gives to a host, by interface; empty where it is not a whole component.
    pub exports: Vec<String>,
    /// Why this host cannot load it, if it cannot.
    pub fits: Result<(), LoadError>,
}

impl Inspection {
    /// Looks at the file. It is compiled, which takes seconds, but not run: code of its own decides nothing here.
    ///
    /// # Errors
    /// Where it cannot be read, or nothing can be compiled on this machine. That it does not fit is no error.
    pub fn of(path: &Path) -> Result<Self, LoadError> {
        let bytes = read(path)?;
        let engine = engine(&Limits::default(), None)?;
        let linker = link(&engine).map_err(LoadError::engine)?;
        let (mut imports, mut exports) = (Vec::new(), Vec::new());
        let fits = compile(&engine, path, &bytes).and_then(|component| {
            let of = component.component_type();
            imports = of.imports(&engine).map(|(name, _)| name.to_owned()).collect();
            exports = of.exports(&engine).map(|(name, _)| name.to_owned()).collect();
            fit(&linker, path, &component).map(drop)
        });
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        Ok(Self { bytes: size, digest: ComponentDigest::of(&bytes), imports, exports, fits })
    }

    /// The versions of the contract that it was built for: one, unless it was put together oddly.
    pub fn contract(&self) -> Vec<&str> {
        let names = self.imports.iter().chain(&self.exports).filter(|name| name.starts_with(CONTRACT));
        let versions: BTreeSet<_> = names.filter_map(|name| Some(name.rsplit_once('@')?.1)).collect();
        versions.into_iter().collect()
    }
}
