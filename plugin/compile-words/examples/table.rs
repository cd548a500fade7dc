//! Writes `docs/words.md` anew: all messages to patients and staff. `cargo xtask words` runs it.

use std::error::Error;
use std::fs;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    fs::write(workspace.join("docs/words.md"), compile_words::table(&workspace)?)?;
    Ok(())
}
