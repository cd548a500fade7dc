//! Turns words into code: what patients read, where a language that lacks any message ends the build, and what staff read.

use compile_words::{Subjects, compile, compile_alone};
use std::error::Error;
use std::path::Path;
use std::{env, fs};

/// Words of the pages that the host writes itself; the component says none of them.
const OF_HOST: &str = "notices";

const TO_PATIENTS: &str = "words";
const TO_STAFF: &str = "src/words/staff";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={TO_PATIENTS}");
    println!("cargo::rerun-if-changed={TO_STAFF}");
    let (package, code) = (env::var("CARGO_MANIFEST_DIR")?, env::var("OUT_DIR")?);
    let (package, code) = (Path::new(&package), Path::new(&code));
    let to_patients = compile(&package.join(TO_PATIENTS), Subjects::AllBut(&[OF_HOST]))?;
    fs::write(code.join("words.rs"), to_patients)?;
    fs::write(code.join("words_of_staff.rs"), compile_alone(&package.join(TO_STAFF))?)?;
    Ok(())
}
