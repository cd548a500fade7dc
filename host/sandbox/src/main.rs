//! The `portal-host` command: a thin shell around the library.

use std::process::ExitCode;

/// Every page asks for memory a hundred times and gives it back; libc's allocator takes a tenth more of a processor for a page
/// (decision 0023).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    portal_sandbox::run()
}
