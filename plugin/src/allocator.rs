//! The component's allocator: a static arena that fits a whole request, then growth.
//!
//! Every request gets a fresh instance. A memory that never grows lets the host hand out
//! instances without a system call, which is worth 2-2.5 times the throughput.
//! The arena is zero bytes in the component: it is only reserved memory.

#![allow(unsafe_code, reason = "an allocator is made of raw memory")]

use core::alloc::Layout;
use core::arch::wasm32::memory_grow;
use core::mem::MaybeUninit;

use talc::base::binning::Binning;
use talc::base::{CHUNK_UNIT, Talc};
use talc::cell::TalcSyncCell;
use talc::source::Source;
use talc::wasm::WasmBinning;

/// Measured: a page takes some tens of KiB, the longest body the host sends is 64 KiB, and
/// parsing and answering it copies it a few times.
const ARENA_BYTES: usize = 512 * 1024;

/// The size of a page of WebAssembly memory.
const PAGE_BYTES: usize = 64 * 1024;

static mut ARENA: [MaybeUninit<u8>; ARENA_BYTES] = [const { MaybeUninit::uninit() }; ARENA_BYTES];

#[global_allocator]
static ALLOCATOR: TalcSyncCell<ArenaThenGrowth, WasmBinning> =
    TalcSyncCell::new_wasm(ArenaThenGrowth { arena_used: false });

/// Lends the arena first, and after that as much of the memory's growth as the host allows.
#[derive(Debug)]
struct ArenaThenGrowth {
    arena_used: bool,
}

// SAFETY: `acquire` touches no allocator but the one passed in.
unsafe impl Source for ArenaThenGrowth {
    fn acquire<B: Binning>(talc: &mut Talc<Self, B>, layout: Layout) -> Result<(), ()> {
        let (base, size) = if talc.source.arena_used {
            grown(layout).ok_or(())?
        } else {
            talc.source.arena_used = true;
            ((&raw mut ARENA).cast::<u8>(), ARENA_BYTES)
        };
        // SAFETY: the arena is named nowhere else and lent once; grown pages are nobody's
        // yet, since on this target nothing but this function grows the memory.
        unsafe { talc.claim(base, size) }.map(|_| ()).ok_or(())
    }
}

/// New pages that fit `layout` with the allocator's own overhead.
fn grown(layout: Layout) -> Option<(*mut u8, usize)> {
    let overhead = layout.align().checked_add(4 * CHUNK_UNIT)?;
    let pages = layout.size().checked_add(overhead)?.div_ceil(PAGE_BYTES);
    let first_page = memory_grow::<0>(pages);
    // The instruction answers -1 where the host refuses.
    let base = first_page.checked_mul(PAGE_BYTES)?;
    Some((core::ptr::with_exposed_provenance_mut(base), pages.checked_mul(PAGE_BYTES)?))
}
