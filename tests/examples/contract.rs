//! Writes contract.md from `wit/`: what `cargo xtask contract` runs.

use portal_tests::artifacts::root;
use portal_tests::contract_page::page;
use portal_tests::written;

fn main() -> std::io::Result<()> {
    std::fs::write(written::folder()?.join("contract.md"), page(&root().join("wit")))
}
