//! Turns the words in `words/` into code: a language that lacks any of them ends the build here.

use compile_words::{Subjects, compile};
use std::error::Error;
use std::path::Path;
use std::{env, fs};

/// Words of the pages that the host writes itself; the component says none of them.
const OF_HOST: &str = "notices";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=words");
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("words");
    let code = compile(&folder, Subjects::AllBut(&[OF_HOST]))?;
    fs::write(Path::new(&env::var("OUT_DIR")?).join("words.rs"), code)?;
    Ok(())
}
