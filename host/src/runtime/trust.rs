//! Which components are loaded: any, one digest only, or those that somebody signed.

use super::digest::ComponentDigest;
use super::load::LoadError;
use super::signature::{ComponentSignature, signature_beside};
use super::signer::SignerKey;
use std::path::Path;

/// What a component's file must show before it is loaded; by default nothing. Where there are a digest and keys, both
/// must hold.
#[derive(Clone, Debug, Default)]
pub struct Trust {
    /// The digest that the file must have.
    pub pin: Option<ComponentDigest>,
    /// Whose signature must be beside the file, of exactly its bytes: that of any one of these. None asks for no
    /// signature.
    pub signers: Vec<SignerKey>,
}

impl Trust {
    /// Whether these bytes, which are those of the file at `path`, may be loaded. They are what is compiled
    /// afterwards; the file is not read again.
    pub(super) fn admit(&self, path: &Path, bytes: &[u8]) -> Result<(), LoadError> {
        if let Some(pinned) = self.pin {
            let found = ComponentDigest::of(bytes);
            if found != pinned {
                return Err(LoadError::NotPinned { path: path.to_owned(), pinned, found });
            }
        }
        if self.signers.is_empty() {
            return Ok(());
        }
        ComponentSignature::beside(path).and_then(|signature| signature.check(bytes, &self.signers)).map_err(
            |cause| LoadError::NotSigned { path: path.to_owned(), signature: signature_beside(path), cause },
        )
    }
}
