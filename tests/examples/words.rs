//! Writes words.md, with all messages: what `cargo xtask words` runs.

use portal_tests::artifacts::root;
use portal_tests::messages::page;
use portal_tests::written;

fn main() -> std::io::Result<()> {
    std::fs::write(written::folder()?.join("words.md"), page(&root()))
}
