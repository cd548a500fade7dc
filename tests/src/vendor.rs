//! A vendor who signs components, by the library of minisign itself and with a key made for one test.

use crate::versions::put;
use minisign::KeyPair;
use portal_host::signature_beside;
use std::io::Cursor;
use std::path::Path;

/// Whoever has the secret key.
pub struct Vendor(KeyPair);

impl Vendor {
    /// One with a new key.
    ///
    /// # Panics
    /// Where none can be made.
    #[must_use]
    #[expect(clippy::new_without_default, reason = "each has another key")]
    pub fn new() -> Self {
        Self(KeyPair::generate_unencrypted_keypair().expect("a key"))
    }

    /// The public key, as operators name it.
    pub fn key(&self) -> String {
        self.0.pk.to_base64()
    }

    /// What minisign calls the key by.
    ///
    /// # Panics
    /// Where minisign writes no .pub file.
    pub fn key_id(&self) -> String {
        let file = self.0.pk.to_box().expect("a .pub file").into_string();
        let comment = file.lines().next().expect("a comment");
        comment.rsplit(' ').next().expect("the key's name").to_owned()
    }

    /// A signature of these bytes, as the file that is shipped with them.
    ///
    /// # Panics
    /// Where they cannot be signed.
    pub fn signature(&self, bytes: &[u8], comment: &str) -> String {
        let signed = minisign::sign(None, &self.0.sk, Cursor::new(bytes), Some(comment), None);
        signed.expect("a signature").into_string()
    }

    /// Puts a signature of these bytes beside the component, whatever that is.
    pub fn sign_beside(&self, component: &Path, bytes: &[u8]) {
        put(&signature_beside(component), self.signature(bytes, "patient-portal").as_bytes());
    }
}
