//! Authenticated ciphertext: what is stored so that the database alone does not tell it, and notices
//! when it is altered or moved to somebody else.

use super::KeyId;
use crate::ambient::{Entropy, NoEntropy};
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

/// Bytes of the nonce, which is drawn at random: 192 bits never meet again.
const NONCE: usize = 24;

/// Why something cannot be sealed or opened.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    /// There was no randomness for a nonce.
    #[error(transparent)]
    NoEntropy(#[from] NoEntropy),
    /// It was sealed under a key that is not in the key file.
    #[error("it was sealed under key {0}, which is not in the key file")]
    UnknownKey(KeyId),
    /// It was altered, or belongs to somebody else.
    #[error("what is sealed is not what was stored for this patient")]
    Altered,
}

/// The nonce and the ciphertext of `plain`, which opens only with the same parts in `bound_to`.
pub(super) fn seal(
    key: &[u8; 32],
    bound_to: &[&[u8]],
    plain: &[u8],
    entropy: &dyn Entropy,
) -> Result<Vec<u8>, SealError> {
    let mut nonce = [0; NONCE];
    entropy.fill(&mut nonce)?;
    let bound_to = joined(bound_to);
    let payload = Payload { msg: plain, aad: &bound_to };
    let cipher = XChaCha20Poly1305::new(&(*key).into());
    let sealed = cipher.encrypt(&XNonce::from(nonce), payload).map_err(|_| SealError::Altered)?;
    Ok([nonce.as_slice(), &sealed].concat())
}

/// What was sealed.
pub(super) fn open(
    key: &[u8; 32],
    bound_to: &[&[u8]],
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, SealError> {
    let (nonce, ciphertext) = sealed.split_first_chunk::<NONCE>().ok_or(SealError::Altered)?;
    let bound_to = joined(bound_to);
    let payload = Payload { msg: ciphertext, aad: &bound_to };
    let cipher = XChaCha20Poly1305::new(&(*key).into());
    cipher.decrypt(&XNonce::from(*nonce), payload).map(Zeroizing::new).map_err(|_| SealError::Altered)
}

/// The parts in a row, each but the last with its length in front, so that no two rows are alike.
fn joined(parts: &[&[u8]]) -> Vec<u8> {
    let Some((last, others)) = parts.split_last() else { return Vec::new() };
    let mut joined = Vec::new();
    for part in others {
        joined.extend_from_slice(&(part.len() as u64).to_be_bytes());
        joined.extend_from_slice(part);
    }
    joined.extend_from_slice(last);
    joined
}
