//! The memory that passwords are hashed in: a piece for each hash at a time, made when it is first needed and kept for
//! the next. Made anew for each hash, 19 MiB at a time would be given back to whichever thread's heap they came from
//! and stay there, some 60 MiB for each of many threads; and half of the time would go into clearing them.

use argon2::{Block, Params};
use std::sync::{Mutex, PoisonError};

/// Pieces that nobody hashes in at the moment.
pub(super) struct Memory {
    /// Blocks of 1 KiB that a hash takes.
    blocks: usize,
    free: Mutex<Vec<Vec<Block>>>,
}

/// A piece, given back when it is dropped.
pub(super) struct Piece<'m> {
    of: &'m Memory,
    blocks: Vec<Block>,
}

impl Memory {
    /// For hashes that cost as much as these, or less.
    pub(super) fn of(params: &Params) -> Self {
        Self { blocks: params.block_count(), free: Mutex::default() }
    }

    /// A piece for one hash. What is left in it of the one before is written over by the next.
    pub(super) fn take(&self) -> Piece<'_> {
        let kept = self.free.lock().unwrap_or_else(PoisonError::into_inner).pop();
        Piece { of: self, blocks: kept.unwrap_or_else(|| vec![Block::default(); self.blocks]) }
    }
}

impl AsMut<[Block]> for Piece<'_> {
    fn as_mut(&mut self) -> &mut [Block] {
        &mut self.blocks
    }
}

impl Drop for Piece<'_> {
    fn drop(&mut self) {
        let blocks = std::mem::take(&mut self.blocks);
        self.of.free.lock().unwrap_or_else(PoisonError::into_inner).push(blocks);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_pieces_are_made_as_are_used_at_a_time() {
        let memory = Memory::of(&Params::new(64, 1, 1, None).unwrap());
        for _ in 0..5 {
            let (mut one, other) = (memory.take(), memory.take());
            assert_eq!((one.as_mut().len(), other.blocks.len()), (64, 64));
        }
        assert_eq!(memory.free.lock().unwrap().len(), 2);
    }
}
