//! A QR code as markup within the page: no picture to load, sharp at any size.

use crate::ehr::refusal::Refusal;
use qrcode::render::svg::Color;
use qrcode::{EcLevel, QrCode};

/// Draws the code that carries `text`, with error correction M: 15 % of it may be creased or smudged.
pub(super) fn svg(text: &str) -> Result<String, Refusal> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).map_err(Refusal::failed)?;
    let document = code.render::<Color>().module_dimensions(1, 1).build();
    // Inline, there is no XML declaration, and a name for whoever cannot see it.
    let (_, element) = document.split_once("<svg ").unwrap_or_default();
    Ok(format!("<svg role=\"img\" aria-label=\"QR code\" {element}"))
}

#[cfg(test)]
mod tests {
    use super::svg;

    #[test]
    fn the_code_is_markup_without_declaration_or_style() {
        let drawn = svg("http://127.0.0.1:8081/activate#0123456789abcdef").unwrap();

        assert!(drawn.starts_with("<svg role=\"img\"") && drawn.ends_with("</svg>"), "{drawn}");
        assert!(!drawn.contains("style") && !drawn.contains("<?xml"), "{drawn}");
    }

    #[test]
    fn text_that_fits_no_code_is_an_error() {
        assert!(svg(&"x".repeat(3_000)).is_err());
    }
}
