//! Turns what the EHR says to staff (`words/`) into code.

use std::error::Error;
use std::path::Path;
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=words");
    let words = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("words");
    fs::write(Path::new(&env::var("OUT_DIR")?).join("words.rs"), compile_words::compile_alone(&words)?)?;
    Ok(())
}
