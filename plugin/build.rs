//! Turns the words in `words/` into code: a language that lacks any of them ends the build here.

use std::error::Error;
use std::path::Path;
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=words");
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("words");
    let code = compile_words::compile(&folder)?;
    fs::write(Path::new(&env::var("OUT_DIR")?).join("words.rs"), code)?;
    Ok(())
}
