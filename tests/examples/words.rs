//! Writes docs/words.md, with all messages: what `cargo xtask words` runs.

use portal_tests::artifacts::root;
use portal_tests::messages::page;

fn main() -> std::io::Result<()> {
    std::fs::write(root().join("docs/words.md"), page(&root()))
}
