//! `portal-host plugin inspect`: what a component's file is, and whether this host can load it.

use portal_host::{Inspection, LoadError};
use std::fmt::{self, Write as _};
use std::io::{self, Write as _};
use std::path::Path;

/// Why a component was not shown, or cannot be loaded.
#[derive(Debug, thiserror::Error)]
pub(crate) enum InspectError {
    #[error(transparent)]
    Unread(LoadError),
    #[error("this host cannot load it")]
    DoesNotFit(#[source] LoadError),
    #[error("standard output cannot be written to")]
    Output(#[source] io::Error),
}

/// Shows what is in the file, and fails where this host cannot load it.
pub(crate) fn inspect(path: &Path) -> Result<(), InspectError> {
    let inspection = Inspection::of(path).map_err(InspectError::Unread)?;
    let mut shown = String::new();
    // Writing to a string cannot fail.
    let _ = describe(&mut shown, &inspection);
    if inspection.fits.is_ok() {
        shown.push_str("this host can load it\n");
    }
    io::stdout().write_all(shown.as_bytes()).map_err(InspectError::Output)?;
    inspection.fits.map_err(InspectError::DoesNotFit)
}

fn describe(to: &mut String, inspection: &Inspection) -> fmt::Result {
    writeln!(to, "size      {} bytes", inspection.bytes)?;
    writeln!(to, "sha-256   {}", inspection.digest)?;
    let versions = inspection.contract();
    let contract = if versions.is_empty() { "none".to_owned() } else { versions.join(", ") };
    writeln!(to, "contract  {contract}")?;
    for (what, names) in [("imports", &inspection.imports), ("exports", &inspection.exports)] {
        if names.is_empty() {
            writeln!(to, "{what}   none")?;
        }
        for name in names {
            writeln!(to, "{what}   {name}")?;
        }
    }
    Ok(())
}
