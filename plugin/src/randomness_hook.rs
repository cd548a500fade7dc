//! Where libraries that ask the system for randomness get it: from the host, by the same import that
//! [`HostRng`](crate::randomness::HostRng) asks. There is no other source on this target.

#![allow(unsafe_code, reason = "the hook has a fixed symbol name and is handed raw memory")]

use getrandom::Error;

use crate::contract::random_bytes;

/// Fills `buffer` from the host, whole or not at all.
///
/// # Safety
/// `buffer` is valid for writing `length` bytes, which `getrandom` promises.
#[unsafe(no_mangle)]
unsafe extern "Rust" fn __getrandom_v03_custom(buffer: *mut u8, length: usize) -> Result<(), Error> {
    let bytes = random_bytes(length).ok_or(Error::UNEXPECTED)?;
    // SAFETY: there are `length` bytes on either side, and fresh memory overlaps with no other.
    unsafe { core::ptr::copy_nonoverlapping(bytes.as_ptr(), buffer, length) };
    Ok(())
}
