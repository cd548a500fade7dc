//! `wasi:clocks` and `wasi:random`: the host's clock and randomness.

use super::bindings::wasi::clocks::wall_clock;
use super::bindings::wasi::random::random;
use crate::runtime::{Breach, Call};

/// More randomness than any call of the portal needs.
const MOST_RANDOM_BYTES: u64 = 4096;

impl wall_clock::Host for Call {
    async fn now(&mut self) -> wasmtime::Result<wall_clock::Datetime> {
        Ok(wall_clock::Datetime { seconds: self.present().0, nanoseconds: 0 })
    }
}

impl random::Host for Call {
    async fn get_random_bytes(&mut self, len: u64) -> wasmtime::Result<Vec<u8>> {
        if len > MOST_RANDOM_BYTES {
            return Err(Breach("more than 4,096 random bytes in one call").into());
        }
        let mut bytes = vec![0; usize::try_from(len)?];
        self.lent.entropy.fill(&mut bytes)?;
        Ok(bytes)
    }
}
