//! `portal-host plugin inspect`: what a component's file is, who signed it, and whether this host can load it.

use crate::next_step::{NextStep, fixed};
use crate::progress::Progress;
use portal_host::{Chain, Inspection, LoadError, SignatureError, SignerKey, Trust};
use std::fmt::{self, Write as _};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// Why a component was not shown, or cannot be loaded.
#[derive(Debug, thiserror::Error)]
pub(crate) enum InspectError {
    #[error(transparent)]
    Unread(LoadError),
    /// What a parser makes of such a file helps nobody.
    #[error("this host cannot load it: {0} is not a WebAssembly component, or only a part of one")]
    NotAComponent(PathBuf),
    #[error("this host cannot load it")]
    DoesNotFit(#[source] LoadError),
    #[error("standard output cannot be written to")]
    Output(#[source] io::Error),
}

impl NextStep for InspectError {
    fn next_step(&self) -> Option<&'static str> {
        Some(match self {
            Self::Unread(LoadError::Unreadable { .. }) => {
                "name a component's file that this user may read, such as patient-portal.wasm"
            }
            Self::NotAComponent(_) => {
                "name a component's file, such as patient-portal.wasm; if this is one, copy it anew, all of it"
            }
            Self::Unread(error) | Self::DoesNotFit(error) => return error.next_step(),
            Self::Output(_) => fixed::OUTPUT,
        })
    }
}

/// Shows what is in the file, and fails where this host cannot load it, or not with a signature by any of these keys,
/// if there are any.
pub(crate) fn inspect(path: &Path, signers: Vec<SignerKey>) -> Result<(), InspectError> {
    let trust = Trust { pin: None, signers };
    let shown = Progress::of("Compiling the component");
    let inspection = Inspection::of(path, &trust);
    drop(shown);
    let inspection = inspection.map_err(InspectError::Unread)?;
    let mut shown = String::new();
    // Writing to a string cannot fail.
    let _ = describe(&mut shown, &inspection, &trust);
    let loads = inspection.trusted.and(inspection.fits);
    if loads.is_ok() {
        shown.push_str("this host can load it\n");
    }
    io::stdout().write_all(shown.as_bytes()).map_err(InspectError::Output)?;
    match loads {
        Err(LoadError::NotAComponent { path, .. }) => Err(InspectError::NotAComponent(path)),
        loads => loads.map_err(InspectError::DoesNotFit),
    }
}

fn describe(to: &mut String, inspection: &Inspection, trust: &Trust) -> fmt::Result {
    writeln!(to, "size      {} bytes", inspection.bytes)?;
    writeln!(to, "sha-256   {}", inspection.digest)?;
    signature(to, inspection, trust)?;
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

/// Whose signature there is. What the signer wrote is left out where it is known to be somebody else's words.
fn signature(to: &mut String, inspection: &Inspection, trust: &Trust) -> fmt::Result {
    let note = match &inspection.signature {
        Ok(note) => note,
        Err(SignatureError::Missing) => return writeln!(to, "signature none"),
        Err(error) => return writeln!(to, "signature {}", Chain(error)),
    };
    let verdict = match &inspection.trusted {
        Ok(()) if trust.signers.is_empty() => "not checked: name the key with --plugin-key",
        Ok(()) => "good",
        Err(_) => return writeln!(to, "signature by the key {}, not good", note.made_with),
    };
    writeln!(to, "signature by the key {}, {verdict}", note.made_with)?;
    writeln!(to, "comment   {}", Words(&note.comment))
}

/// Somebody's words on one line, without what would move or colour anything on a screen.
struct Words<'w>(&'w str);

impl fmt::Display for Words<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|letter| match letter {
            // What minisign itself writes between a signature's time and the file's name.
            '\t' => f.write_char(' '),
            '\'' | '"' | '\\' => f.write_char(letter),
            _ => write!(f, "{}", letter.escape_debug()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signers_words_stay_on_their_line_and_do_nothing_to_a_screen() {
        let words = "1.2.0 \"Łódź\"\tfile:a\\b\u{1b}[31m\r\n\u{202e}good";

        assert_eq!(Words(words).to_string(), r#"1.2.0 "Łódź" file:a\b\u{1b}[31m\r\n\u{202e}good"#);
    }
}
