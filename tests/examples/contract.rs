//! Writes docs/contract.md from `wit/`: what `cargo xtask contract` runs.

use portal_tests::artifacts::root;
use portal_tests::contract_page::page;

fn main() -> std::io::Result<()> {
    std::fs::write(root().join("docs/contract.md"), page(&root().join("wit")))
}
