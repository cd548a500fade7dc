//! Printed pages: what poppler finds in a PDF.

use std::path::Path;
use std::process::Command;

/// A PDF as someone would hold it.
#[derive(Debug)]
pub struct Printed {
    /// How many pages.
    pub pages: usize,
    /// Width and height of a page in points.
    pub size: (f64, f64),
    /// The text, in reading order.
    pub text: String,
}

impl Printed {
    /// Reads the PDF at `path`.
    ///
    /// # Panics
    /// Where poppler's tools are missing, or it is no PDF.
    pub fn read(path: &Path) -> Self {
        let facts = run("pdfinfo", path, &[]);
        let fact = |name: &str| {
            let line = facts.lines().find_map(|line| line.strip_prefix(name));
            line.unwrap_or_else(|| panic!("pdfinfo does not say {name}: {facts}")).trim().to_owned()
        };
        let size = fact("Page size:");
        let mut numbers = size.split_whitespace().filter_map(|word| word.parse().ok());
        Self {
            pages: fact("Pages:").parse().expect("a number of pages"),
            size: (numbers.next().expect("a width"), numbers.next().expect("a height")),
            text: run("pdftotext", path, &["-layout", "-enc", "UTF-8"]),
        }
    }

    /// The text with every run of white space as one space.
    pub fn words(&self) -> String {
        self.text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

fn run(tool: &str, path: &Path, options: &[&str]) -> String {
    let mut command = Command::new(tool);
    command.args(options).arg(path);
    if tool == "pdftotext" {
        command.arg("-");
    }
    let output = command
        .output()
        .unwrap_or_else(|error| panic!("{tool}: {error}: install the Debian package poppler-utils"));
    assert!(output.status.success(), "{tool}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}
