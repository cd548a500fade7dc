//! A practice's own logo: an SVG document that shows itself and does nothing else.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::sync::Arc;

/// A practice's logo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logo {
    svg: Arc<str>,
    version: u32,
}

/// Why a document is no logo.
#[derive(Debug, thiserror::Error)]
pub enum NotALogo {
    /// Every patient's browser loads it.
    #[error("it is larger than {} KiB", Logo::LARGEST / 1024)]
    TooLarge,
    /// It cannot be read.
    #[error("it is no well-formed XML")]
    Malformed(#[source] quick_xml::Error),
    /// The outermost element is another, or something follows it.
    #[error("it is no SVG document")]
    NotSvg,
    /// Without it, browsers do not know how to fit it in.
    #[error("its svg element has no viewBox")]
    NoViewBox,
    /// Something that acts, or that is loaded from elsewhere.
    #[error("it has {0}, and a logo may only show itself")]
    Active(String),
}

/// Elements that act, or bring something else along.
const ACTIVE: [&[u8]; 4] = [b"script", b"foreignObject", b"iframe", b"handler"];

impl Logo {
    /// The largest there may be, in bytes.
    pub const LARGEST: usize = 32 * 1024;

    /// A logo, if it is one.
    ///
    /// # Errors
    /// When the document is no SVG, or does more than show itself.
    pub fn new(svg: &str) -> Result<Self, NotALogo> {
        if svg.len() > Self::LARGEST {
            return Err(NotALogo::TooLarge);
        }
        check(svg)?;
        // FNV-1a: no security rests on it.
        let version = svg
            .bytes()
            .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
        Ok(Self { svg: svg.into(), version })
    }

    /// The document.
    pub fn svg(&self) -> &str {
        &self.svg
    }

    /// Another number for another logo.
    pub fn version(&self) -> u32 {
        self.version
    }
}

fn check(svg: &str) -> Result<(), NotALogo> {
    let mut reader = Reader::from_str(svg.trim_start_matches('\u{feff}'));
    let (mut depth, mut roots) = (0_u32, 0_u32);
    loop {
        let (element, opens) = match reader.read_event().map_err(NotALogo::Malformed)? {
            Event::Start(element) => (element, true),
            Event::Empty(element) => (element, false),
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                continue;
            }
            Event::DocType(_) => return Err(NotALogo::Active("a DOCTYPE".to_owned())),
            Event::PI(_) => return Err(NotALogo::Active("a processing instruction".to_owned())),
            Event::Text(_) | Event::CData(_) | Event::Comment(_) | Event::Decl(_) | Event::GeneralRef(_) => {
                continue;
            }
            Event::Eof if depth == 0 && roots == 1 => return Ok(()),
            Event::Eof => return Err(NotALogo::NotSvg),
        };
        if depth == 0 {
            roots = roots.saturating_add(1);
            if element.local_name().as_ref() != b"svg" || roots > 1 {
                return Err(NotALogo::NotSvg);
            }
            if !has(&element, b"viewBox") {
                return Err(NotALogo::NoViewBox);
            }
        }
        passive(&element)?;
        depth = depth.saturating_add(u32::from(opens));
    }
}

fn has(element: &BytesStart<'_>, name: &[u8]) -> bool {
    element.attributes().flatten().any(|attribute| attribute.key.local_name().as_ref() == name)
}

/// Whether the element only shows something that the document itself has.
fn passive(element: &BytesStart<'_>) -> Result<(), NotALogo> {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let name = element.local_name();
    if ACTIVE.iter().any(|active| name.as_ref().eq_ignore_ascii_case(active)) {
        return Err(NotALogo::Active(format!("the element {}", text(name.as_ref()))));
    }
    for attribute in element.attributes() {
        let attribute = attribute.map_err(|error| NotALogo::Malformed(error.into()))?;
        let (key, value) = (attribute.key.local_name(), attribute.value.trim_ascii().to_vec());
        let leads_away =
            key.as_ref() == b"href" && !value.starts_with(b"#") && !value.starts_with(b"data:image/");
        let acts = key.as_ref().len() > 2 && key.as_ref().to_ascii_lowercase().starts_with(b"on");
        if leads_away || acts {
            return Err(NotALogo::Active(format!("the attribute {}", text(key.as_ref()))));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(svg: &str) -> String {
        Logo::new(svg).unwrap_err().to_string()
    }

    fn with(inside: &str) -> String {
        format!(r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8">{inside}</svg>"#)
    }

    #[test]
    fn a_logo_is_kept_as_it_is_and_another_has_another_version() {
        let text = format!("<?xml version=\"1.0\"?>\n<!-- ours -->\n{}\n", with(r##"<use href="#a"/>"##));
        let logo = Logo::new(&text).unwrap();
        assert_eq!(logo.svg(), text);
        assert_ne!(logo.version(), Logo::new(&with("<g/>")).unwrap().version());
    }

    #[test]
    fn what_is_no_picture_of_this_kind_is_refused() {
        assert_eq!(wrong(""), "it is no SVG document");
        assert_eq!(wrong("hello"), "it is no SVG document");
        assert_eq!(wrong("<html></html>"), "it is no SVG document");
        assert_eq!(wrong(&format!("{0}{0}", with(""))), "it is no SVG document");
        assert_eq!(wrong("<svg><g></svg>"), "its svg element has no viewBox");
        assert_eq!(wrong(&with("<g>")), "it is no well-formed XML");
        assert_eq!(wrong(&with(&"<g/>".repeat(9_000))), "it is larger than 32 KiB");
    }

    #[test]
    fn what_acts_or_is_loaded_from_elsewhere_is_refused() {
        for (inside, named) in [
            ("<script>1</script>", "the element script"),
            ("<g><foreignObject/></g>", "the element foreignObject"),
            (r#"<g onload="1"/>"#, "the attribute onload"),
            (r#"<image href="https://elsewhere.example/a.png"/>"#, "the attribute href"),
            (r#"<a xlink:href=" javascript:alert(1)"><g/></a>"#, "the attribute href"),
        ] {
            let said = wrong(&with(inside));
            assert!(said.contains(named), "{said}");
        }
        assert!(wrong(&format!("<!DOCTYPE svg>{}", with(""))).contains("a DOCTYPE"));
        assert!(Logo::new(&with(r#"<image href="data:image/png;base64,AA=="/>"#)).is_ok());
    }
}
