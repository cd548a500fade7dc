//! The memory that passwords are hashed in: a piece for each hash that runs at the same time, kept for the next. An
//! allocator would give each hash another 19 MiB, on whichever thread it runs, and keep most of it afterwards: a storm
//! of sign-ins then holds a gigabyte.

use argon2::{Block, Params};
use std::sync::{Mutex, PoisonError};

/// Pieces that no hash is using now.
pub(crate) struct HashingMemory {
    blocks: usize,
    free: Mutex<Vec<Vec<Block>>>,
}

impl HashingMemory {
    /// Pieces that fit hashes of these parameters. The first hashes make them.
    pub(crate) fn for_hashes_of(params: &Params) -> Self {
        Self { blocks: params.block_count(), free: Mutex::default() }
    }

    /// Works with a piece that nobody else uses meanwhile. What the hash before left in it is overwritten, as it is
    /// in memory that an allocator gives out again.
    pub(crate) fn lend<T>(&self, work: impl FnOnce(&mut [Block]) -> T) -> T {
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut piece = free.unwrap_or_else(|| vec![Block::new(); self.blocks]);
        let done = work(&mut piece);
        self.free.lock().unwrap_or_else(PoisonError::into_inner).push(piece);
        done
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(memory: &HashingMemory) -> usize {
        memory.free.lock().unwrap().len()
    }

    #[test]
    fn there_are_as_many_pieces_as_hashes_at_the_same_time() {
        let memory = HashingMemory::for_hashes_of(&Params::new(64, 1, 1, None).unwrap());

        memory.lend(|one| {
            let size = one.len();
            assert_eq!(memory.lend(|other| other.len()), size);
            assert_eq!(memory.lend(|again| again.len()), size);
        });

        assert_eq!(pieces(&memory), 2);
    }
}
