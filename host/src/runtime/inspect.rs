//! Looking at a component's file without running it: what it is, what it asks for and gives, whether it fits.

use super::digest::ComponentDigest;
use super::engine::engine;
use super::limits::Limits;
use super::load::{LoadError, compile, fit, read};
use super::signature::{ComponentSignature, SignatureError};
use super::signer::SignerKeyId;
use super::trust::Trust;
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
    /// What the signature beside it says, or why there is nothing to be said of one.
    pub signature: Result<SignatureNote, SignatureError>,
    /// Why it is not trusted, if it is not.
    pub trusted: Result<(), LoadError>,
    /// Why this host cannot load it, if it cannot, whether it is trusted or not.
    pub fits: Result<(), LoadError>,
}

/// What a signature says of itself: nothing to go by, unless the component is trusted for it.
#[derive(Debug)]
pub struct SignatureNote {
    /// The key that it was made with.
    pub made_with: SignerKeyId,
    /// What whoever signed wrote about it. Any character may be in it.
    pub comment: String,
}

impl Inspection {
    /// Looks at the file. It is compiled, which takes seconds, but not run: code of its own decides nothing here, and
    /// so it is described even where it is not to be trusted.
    ///
    /// # Errors
    /// Where it cannot be read, or nothing can be compiled on this machine. That it does not
    /// fit or is not trusted is no error.
    pub fn of(path: &Path, trust: &Trust) -> Result<Self, LoadError> {
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
        let signature = ComponentSignature::beside(path)
            .map(|it| SignatureNote { made_with: it.made_with(), comment: it.comment().to_owned() });
        let trusted = trust.admit(path, &bytes);
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        Ok(Self {
            bytes: size,
            digest: ComponentDigest::of(&bytes),
            imports,
            exports,
            signature,
            trusted,
            fits,
        })
    }

    /// Looks at the file as [`Self::of`] does, but only where it is trusted: nothing else is even compiled.
    ///
    /// # Errors
    /// As [`Self::of`], and where it is not trusted.
    pub fn of_trusted(path: &Path, trust: &Trust) -> Result<Self, LoadError> {
        trust.admit(path, &read(path)?)?;
        let inspection = Self::of(path, trust)?;
        match inspection.trusted {
            Ok(()) => Ok(inspection),
            // It was replaced meanwhile.
            Err(error) => Err(error),
        }
    }

    /// The versions of the contract that it was built for: one, unless it was put together oddly.
    pub fn contract(&self) -> Vec<&str> {
        let names = self.imports.iter().chain(&self.exports).filter(|name| name.starts_with(CONTRACT));
        let versions: BTreeSet<_> = names.filter_map(|name| Some(name.rsplit_once('@')?.1)).collect();
        versions.into_iter().collect()
    }
}
