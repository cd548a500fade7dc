//! Turns the words of the host's own pages into code. They stand with everything else that patients read, so that a language
//! is one folder, and one that lacks any of them ends the build here.

use compile_words::{Subjects, compile};
use std::error::Error;
use std::path::Path;
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=../plugin/words");
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../plugin/words");
    let code = compile(&folder, Subjects::Only(&["notices"]))?;
    fs::write(Path::new(&env::var("OUT_DIR")?).join("words.rs"), code)?;
    Ok(())
}
