//! A practice's own logo: an SVG document that shows itself and does nothing else.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
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
    /// Something that does more than draw.
    #[error(
        "it has {0}; a logo is drawn with plain shapes, text, gradients and masks only (many programs call it plain SVG)"
    )]
    Active(String),
}

/// Elements that draw what the document itself has, and those that group or name them. What is not here may act, lead
/// away, load something or, like `use`, draw more than any browser can.
const DRAWING: [&[u8]; 22] = [
    b"svg",
    b"g",
    b"defs",
    b"title",
    b"desc",
    b"path",
    b"rect",
    b"circle",
    b"ellipse",
    b"line",
    b"polyline",
    b"polygon",
    b"text",
    b"tspan",
    b"image",
    b"linearGradient",
    b"radialGradient",
    b"stop",
    b"clipPath",
    b"mask",
    b"pattern",
    b"marker",
];

/// What an `image` may bring along, within the document.
const PICTURES: [&str; 3] = ["data:image/png;base64,", "data:image/jpeg;base64,", "data:image/webp;base64,"];

const SVG: &str = "http://www.w3.org/2000/svg";
const DEEPEST: u32 = 64;

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
            // A browser would read the letters by another table than was looked at here.
            Event::Decl(declaration) => match declaration.encoding() {
                None => continue,
                Some(Ok(encoding)) if encoding.eq_ignore_ascii_case(b"utf-8") => continue,
                Some(_) => return Err(NotALogo::Active("another encoding than UTF-8".to_owned())),
            },
            Event::DocType(_) => return Err(NotALogo::Active("a DOCTYPE".to_owned())),
            Event::PI(_) => return Err(NotALogo::Active("a processing instruction".to_owned())),
            Event::Text(_) | Event::CData(_) | Event::Comment(_) | Event::GeneralRef(_) => continue,
            Event::Eof if depth == 0 && roots == 1 => return Ok(()),
            Event::Eof => return Err(NotALogo::NotSvg),
        };
        if depth == 0 {
            roots = roots.saturating_add(1);
            if element.name().as_ref() != b"svg" || roots > 1 {
                return Err(NotALogo::NotSvg);
            }
            if !element.attributes().flatten().any(|attribute| attribute.key.as_ref() == b"viewBox") {
                return Err(NotALogo::NoViewBox);
            }
        }
        draws(&element)?;
        depth = depth.saturating_add(u32::from(opens));
        if depth > DEEPEST {
            return Err(NotALogo::Active(format!("elements more than {DEEPEST} deep")));
        }
    }
}

/// Whether the element draws something that the document itself has, and does nothing else.
fn draws(element: &BytesStart<'_>) -> Result<(), NotALogo> {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let name = element.name();
    if !DRAWING.contains(&name.as_ref()) {
        return Err(NotALogo::Active(format!("the element {}", text(name.as_ref()))));
    }
    for attribute in element.attributes() {
        let attribute = attribute.map_err(|error| NotALogo::Malformed(error.into()))?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(NotALogo::Malformed)?;
        if !is_passive(
            &text(attribute.key.local_name().as_ref()),
            attribute.key.prefix().is_none(),
            value.trim(),
        ) {
            return Err(NotALogo::Active(format!("the attribute {}", text(attribute.key.as_ref()))));
        }
    }
    Ok(())
}

/// Whether an attribute says how to draw, and brings in nothing but what the document has.
fn is_passive(name: &str, is_plain: bool, value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    let mut urls = lower.split("url(").skip(1).map(|url| url.trim_start_matches([' ', '"', '\'']));
    let is_own = urls.all(|url| url.starts_with('#')) && !lower.contains("@import");
    match name.to_ascii_lowercase().as_str() {
        "href" => value.starts_with('#') || PICTURES.iter().any(|picture| value.starts_with(picture)),
        "src" | "base" => false,
        "xmlns" if is_plain => value == SVG,
        name => is_own && !name.starts_with("on"),
    }
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
        let text = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- ours -->\n{}\n",
            with(r##"<path fill="url(#a)" d="M0 0"/>"##)
        );
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
            ("<style>@import url(https://elsewhere.example)</style>", "the element style"),
            (r##"<a href="#"><g/></a>"##, "the element a"),
            (r#"<set attributeName="href" to="https://elsewhere.example"/>"#, "the element set"),
            (r##"<g id="b"><use href="#b"/></g>"##, "the element use"),
            (r#"<h:img xmlns:h="http://www.w3.org/1999/xhtml" src="x"/>"#, "the element h:img"),
            (r#"<image xmlns="http://www.w3.org/1999/xhtml"/>"#, "the attribute xmlns"),
            (r#"<g onload="1"/>"#, "the attribute onload"),
            (r#"<image href="https://elsewhere.example/a.png"/>"#, "the attribute href"),
            (r#"<image xlink:href="data:image/svg+xml,x"/>"#, "the attribute xlink:href"),
            (r#"<g fill="url(https://elsewhere.example/#a)"/>"#, "the attribute fill"),
            (r#"<g style="fill: URL( 'https://elsewhere.example/#a')"/>"#, "the attribute style"),
            (r#"<g style="fill: &#117;rl(//elsewhere.example)"/>"#, "the attribute style"),
        ] {
            let said = wrong(&with(inside));
            assert!(said.contains(named), "{said}");
        }
        assert!(wrong(&format!("<!DOCTYPE svg>{}", with(""))).contains("a DOCTYPE"));
        let elsewhere = format!("<?xml version=\"1.0\" encoding=\"ISO-2022-JP\"?>{}", with(""));
        assert!(wrong(&elsewhere).contains("another encoding"));
        assert!(wrong(&with(&format!("{}{}", "<g>".repeat(70), "</g>".repeat(70)))).contains("64 deep"));
        assert!(Logo::new(&with(r#"<image href="data:image/png;base64,AA=="/>"#)).is_ok());
    }
}
