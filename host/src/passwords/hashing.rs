//! Argon2id over memory that is lent to it, and its result in the form that is stored. The crate's own functions for
//! that form make their memory themselves, for each hash anew.

use super::memory::Piece;
use argon2::password_hash::phc;
use argon2::{Algorithm, Argon2, Params, Version};
use zeroize::Zeroizing;

/// Hashes a password, as it is stored.
pub(super) fn hashed(
    password: &[u8],
    salt: &[u8],
    secret: &[u8],
    params: &Params,
    memory: Piece<'_>,
) -> Result<phc::PasswordHash, argon2::password_hash::Error> {
    Ok(phc::PasswordHash {
        algorithm: Algorithm::Argon2id.ident(),
        version: Some(Version::V0x13.into()),
        params: params.try_into()?,
        hash: Some(computed(password, salt, secret, params, memory)?),
        salt: Some(phc::Salt::new(salt)?),
    })
}

/// Whether a stored hash is of this password; compared in the same time wherever they differ.
pub(super) fn is_of(
    stored: &phc::PasswordHash,
    password: &[u8],
    secret: &[u8],
    memory: Piece<'_>,
) -> Result<bool, argon2::password_hash::Error> {
    let (Some(salt), Some(expected)) = (&stored.salt, &stored.hash) else { return Ok(false) };
    let params = Params::try_from(stored)?;
    Ok(computed(password, salt, secret, &params, memory)? == *expected)
}

/// What Argon2id makes of a password.
fn computed(
    password: &[u8],
    salt: &[u8],
    secret: &[u8],
    params: &Params,
    memory: Piece<'_>,
) -> Result<phc::Output, argon2::password_hash::Error> {
    let argon2 = Argon2::new_with_secret(secret, Algorithm::Argon2id, Version::V0x13, params.clone())?;
    let length = params.output_len().unwrap_or(Params::DEFAULT_OUTPUT_LEN);
    let mut out = Zeroizing::new(vec![0; length]);
    argon2.hash_password_into_with_memory(password, salt, &mut out, memory)?;
    Ok(phc::Output::new(&out)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::passwords::memory::Memory;
    use argon2::{PasswordHasher, PasswordVerifier};

    const PASSWORD: &[u8] = b"correct horse";

    /// What is stored was made by the crate's own function before, and has to be the same to the byte.
    #[test]
    fn what_is_stored_is_what_argon2s_own_functions_make_and_read() {
        let params = Params::new(64, 2, 1, None).unwrap();
        let (memory, secret, salt) = (Memory::of(&params), [7; 32], [9; 16]);
        let argon2 = Argon2::new_with_secret(&secret, Algorithm::Argon2id, Version::V0x13, params.clone());
        let argon2 = argon2.unwrap();
        for _ in 0..2 {
            let ours = hashed(PASSWORD, &salt, &secret, &params, memory.take()).unwrap();
            let theirs = argon2.hash_password_with_salt(PASSWORD, &salt).unwrap();

            assert_eq!(ours.to_string(), theirs.to_string());
            argon2.verify_password(PASSWORD, &ours).unwrap();
            assert!(is_of(&theirs, PASSWORD, &secret, memory.take()).unwrap());
            assert!(!is_of(&theirs, b"wrong horse", &secret, memory.take()).unwrap());
            assert!(!is_of(&theirs, PASSWORD, &[8; 32], memory.take()).unwrap());
        }
    }
}
