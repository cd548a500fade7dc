//! The pages in a practice's own colour: what takes the place of the portal's in the style sheet, in light and in
//! dark. Words keep a contrast of 4.5:1 wherever they stand, whatever the colour is.

use crate::rules::colour::Colour;

/// The colours that depend on the practice's own.
struct Tones {
    brand: Colour,
    brand_deep: Colour,
    on_brand: Colour,
    tint: Option<Colour>,
}

impl Tones {
    fn light(accent: Colour) -> Self {
        Self {
            brand: accent,
            brand_deep: accent.with(22, Colour::BLACK),
            on_brand: Colour::WHITE,
            tint: Some(accent.with(92, Colour::WHITE)),
        }
    }

    /// The tinted ground stays the portal's: it is dark enough for any of these.
    fn dark(accent: Colour) -> Self {
        Self {
            brand: accent.with(60, Colour::WHITE),
            brand_deep: accent.with(75, Colour::WHITE),
            on_brand: accent.with(75, Colour::BLACK),
            tint: None,
        }
    }

    fn rule(&self) -> String {
        let Self { brand, brand_deep, on_brand, tint } = self;
        let tint = tint.map_or_else(String::new, |tint| format!("--tint:{tint};"));
        format!(":root{{--brand:{brand};--brand-deep:{brand_deep};--on-brand:{on_brand};{tint}}}")
    }
}

/// What to add to the style sheet.
pub(super) fn in_colours_of(accent: Colour) -> String {
    let (light, dark) = (Tones::light(accent).rule(), Tones::dark(accent).rule());
    format!("\n{light}\n@media (prefers-color-scheme:dark){{{dark}}}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The grounds that words in these colours stand on, as `assets/style.css` has them.
    const LIGHT: [&str; 2] = ["--page: #eef3f4;", "--card: #ffffff;"];
    const DARK: [&str; 3] = ["--page: #0f191c;", "--card: #18262a;", "--tint: #1d3439;"];

    fn luminance(Colour { red, green, blue }: Colour) -> f64 {
        let linear = |channel: u8| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }

    fn contrast(one: Colour, other: Colour) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    fn ground(token: &str) -> Colour {
        let style = include_str!("../../assets/style.css");
        assert!(style.contains(token), "{token} is not in the style sheet any more");
        let digits = token.trim_end_matches(';').rsplit('#').next().unwrap();
        let [_, red, green, blue] = u32::from_str_radix(digits, 16).unwrap().to_be_bytes();
        Colour { red, green, blue }
    }

    #[test]
    fn words_can_be_read_in_every_colour_that_a_practice_may_have() {
        let steps = || (0..=255).step_by(15);
        let all = steps()
            .flat_map(|red| steps().flat_map(move |green| steps().map(move |blue| (red, green, blue))));
        let mut tried = 0;
        for (red, green, blue) in all {
            let accent = Colour { red, green, blue };
            // What the contract promises.
            if contrast(accent, Colour::WHITE) < 5.4 {
                continue;
            }
            tried += 1;
            let (light, dark) = (Tones::light(accent), Tones::dark(accent));
            let grounds = LIGHT.map(ground).into_iter().chain(light.tint).map(|ground| (&light, ground));
            for (tones, ground) in grounds.chain(DARK.map(|token| (&dark, ground(token)))) {
                for words in [tones.brand, tones.brand_deep] {
                    assert!(contrast(words, ground) >= 4.5, "{accent}: {words} on {ground}");
                    assert!(
                        contrast(words, tones.on_brand) >= 4.5,
                        "{accent}: {} on {words}",
                        tones.on_brand
                    );
                }
            }
        }
        assert!(tried > 500, "{tried}");
    }

    #[test]
    fn the_style_sheet_ends_in_the_practices_colours() {
        let accent = Colour { red: 122, green: 31, blue: 92 };
        let added = in_colours_of(accent);
        assert!(added.starts_with("\n:root{--brand:#7a1f5c;"), "{added}");
        assert!(added.contains("dark){:root{--brand:#"), "{added}");
    }
}
