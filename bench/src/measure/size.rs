//! P7: how large what is shipped is.

use super::Bench;
use crate::failure::Failure;
use crate::figures::{Rounds, Unit};
use std::fs;
use std::path::Path;

pub(crate) fn measure(bench: &Bench, rounds: &mut Rounds) -> Result<(), Failure> {
    rounds.push("component size", Unit::Bytes, bytes(&bench.component)?);
    rounds.push("host size", Unit::Bytes, bytes(&bench.host)?);
    Ok(())
}

fn bytes(path: &Path) -> Result<f64, Failure> {
    let length = fs::metadata(path).map_err(Failure::file(path))?.len();
    Ok(length as f64)
}
