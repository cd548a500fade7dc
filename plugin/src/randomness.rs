//! The random generator of the portal: nothing but the host's bytes, behind `rand`'s traits.

use std::convert::Infallible;

use rand::{TryCryptoRng, TryRng};

use crate::ehr::Entropy;

/// A cryptographically secure generator that asks the host for every byte.
///
/// It keeps no state, so there is nothing to seed, to leak or to repeat.
pub struct HostRng<'a>(&'a dyn Entropy);

impl<'a> HostRng<'a> {
    /// A generator over what the host lends.
    pub fn new(entropy: &'a dyn Entropy) -> Self {
        Self(entropy)
    }
}

impl TryRng for HostRng<'_> {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.0.fill(&mut bytes);
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.0.fill(&mut bytes);
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, buffer: &mut [u8]) -> Result<(), Infallible> {
        self.0.fill(buffer);
        Ok(())
    }
}

// The contract asks the host for bytes from a cryptographically secure generator.
impl TryCryptoRng for HostRng<'_> {}
