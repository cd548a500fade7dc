//! An error with everything that caused it, in one line for the operator's log.

use std::error::Error;
use std::fmt::{self, Write};

/// Displays an error and its sources in one line, joined by colons.
pub struct Chain<'a>(pub &'a dyn Error);

impl fmt::Display for Chain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", OneLine(self.0))?;
        let mut cause = self.0.source();
        while let Some(error) = cause {
            write!(f, ": {}", OneLine(error))?;
            cause = error.source();
        }
        Ok(())
    }
}

/// Displays something in one line: a control character, such as the end of a line, is escaped, so
/// that no text can pass for a line of its own.
pub(crate) struct OneLine<T>(pub(crate) T);

impl<T: fmt::Display> fmt::Display for OneLine<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(Escaping(f), "{}", self.0)
    }
}

struct Escaping<'a, 'b>(&'a mut fmt::Formatter<'b>);

impl Write for Escaping<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for part in text.split_inclusive(char::is_control) {
            let shown = part.trim_end_matches(char::is_control);
            self.0.write_str(shown)?;
            let hidden = part.get(shown.len()..).unwrap_or_default();
            write!(self.0, "{}", hidden.escape_default())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("outer\nERROR forged")]
    struct Outer(#[source] std::io::Error);

    #[test]
    fn a_chain_is_one_line_whatever_its_errors_say() {
        let chain = Chain(&Outer(std::io::Error::other("inner\u{1b}[31m"))).to_string();
        assert_eq!(chain, "outer\\nERROR forged: inner\\u{1b}[31m");
    }

    #[test]
    fn ordinary_text_is_left_as_it_is() {
        assert_eq!(OneLine("Élodie – 王 'x' \\").to_string(), "Élodie – 王 'x' \\");
    }
}
