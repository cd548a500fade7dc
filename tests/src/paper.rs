//! Printed pages: what poppler finds in a PDF.

use std::path::{Path, PathBuf};
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
    path: PathBuf,
}

/// Letters of one size and colour.
#[derive(Debug)]
pub struct Letters {
    /// In points.
    pub points: f64,
    /// Such as `#000000`.
    pub colour: String,
}

/// A line, or a word of it, and where it stands: in points from the left and the top of its page.
#[derive(Debug)]
pub struct Placed {
    /// What is written there, as it is seen from left to right.
    pub text: String,
    /// Where it begins.
    pub left: f64,
    /// Where it ends.
    pub right: f64,
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
            path: path.to_owned(),
        }
    }

    /// The text with every run of white space as one space.
    pub fn words(&self) -> String {
        crate::html::in_one_line(&self.text)
    }

    /// The letters on it: how large they are and in which colour, each pair once.
    ///
    /// # Panics
    /// Where poppler's tools are missing, or say something else than they did.
    pub fn letters(&self) -> Vec<Letters> {
        let described = run("pdftohtml", &self.path, &["-xml", "-stdout", "-i", "-zoom", "1"]);
        let fonts = described.split("<fontspec ").skip(1).map(|font| {
            let value = |name: &str| {
                let (_, rest) = font.split_once(&format!("{name}=\"")).expect("a fontspec has it");
                rest.split_once('"').expect("a value ends").0.to_owned()
            };
            Letters { points: value("size").parse().expect("a size"), colour: value("color") }
        });
        fonts.collect()
    }

    /// Every line, with where it stands.
    ///
    /// # Panics
    /// Where poppler's tools are missing, or say something else than they did.
    pub fn lines(&self) -> Vec<Placed> {
        self.placed("line")
    }

    /// Every word, with where it stands.
    ///
    /// # Panics
    /// Where poppler's tools are missing, or say something else than they did.
    pub fn placed_words(&self) -> Vec<Placed> {
        self.placed("word")
    }

    fn placed(&self, what: &str) -> Vec<Placed> {
        let described = run("pdftotext", &self.path, &["-bbox-layout", "-enc", "UTF-8"]);
        let (begins, ends) = (format!("<{what} "), format!("</{what}>"));
        let each = described.split(&begins).skip(1).map(|placed| {
            let (place, rest) = placed.split_once('>').expect("a tag ends");
            let side = |name: &str| {
                let (_, rest) = place.split_once(&format!("{name}=\"")).expect("it has a place");
                rest.split('"').next().and_then(|number| number.parse().ok()).expect("a number")
            };
            let (inside, _) = rest.split_once(&ends).expect("it ends");
            let words = inside.split('<').filter_map(|piece| piece.rsplit('>').next()).map(str::trim);
            let words: Vec<_> = words.filter(|word| !word.is_empty()).collect();
            Placed { text: words.join(" "), left: side("xMin"), right: side("xMax") }
        });
        each.collect()
    }

    /// What a camera reads in the QR codes of the first page.
    ///
    /// # Panics
    /// Where poppler's tools are missing, or a code cannot be read.
    pub fn scan(&self) -> Vec<String> {
        let picture = output("pdftoppm", &self.path, &["-gray", "-r", "300", "-f", "1", "-l", "1"]);
        let (width, height, dots) = greys(&picture).expect("a picture of the page");
        let mut page = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| dots[y * width + x]);
        page.detect_grids().iter().map(|code| code.decode().expect("a code that can be read").1).collect()
    }
}

/// Width, height and dots of a picture in the PGM format that poppler writes: `P5`, three numbers, a
/// byte a dot.
fn greys(picture: &[u8]) -> Option<(usize, usize, &[u8])> {
    let mut rest = picture.strip_prefix(b"P5\n")?;
    let mut number = || {
        let end = rest.iter().position(u8::is_ascii_whitespace)?;
        let number = std::str::from_utf8(&rest[..end]).ok()?.parse().ok()?;
        rest = &rest[end + 1..];
        Some(number)
    };
    let (width, height, _white): (usize, usize, usize) = (number()?, number()?, number()?);
    (rest.len() == width * height).then_some((width, height, rest))
}

fn run(tool: &str, path: &Path, options: &[&str]) -> String {
    String::from_utf8_lossy(&output(tool, path, options)).into_owned()
}

fn output(tool: &str, path: &Path, options: &[&str]) -> Vec<u8> {
    let mut command = Command::new(tool);
    command.args(options).arg(path);
    if tool == "pdftotext" {
        command.arg("-");
    }
    let output = command
        .output()
        .unwrap_or_else(|error| panic!("{tool}: {error}: install the Debian package poppler-utils"));
    assert!(output.status.success(), "{tool}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}
