//! The pages in a practice's own colour: what takes the place of the portal's in the style sheet, in light and in
//! dark. Words keep a contrast of 4.5:1 wherever they stand, whatever the colour is.

use crate::rules::colour::Colour;

/// The colours that depend on the practice's own.
struct Tones {
    brand: Colour,
    brand_deep: Colour,
    on_brand: Colour,
    tint: Colour,
}

impl Tones {
    fn light(accent: Colour) -> Self {
        Self {
            brand: accent,
            brand_deep: accent.with(22, Colour::BLACK),
            on_brand: Colour::WHITE,
            tint: accent.with(92, Colour::WHITE),
        }
    }

    fn dark(accent: Colour) -> Self {
        Self {
            brand: accent.with(60, Colour::WHITE),
            brand_deep: accent.with(75, Colour::WHITE),
            on_brand: accent.with(75, Colour::BLACK),
            tint: accent.with(75, Colour::BLACK),
        }
    }

    fn rule(&self) -> String {
        let Self { brand, brand_deep, on_brand, tint } = self;
        format!(":root{{--brand:{brand};--brand-deep:{brand_deep};--on-brand:{on_brand};--tint:{tint}}}")
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
    use crate::patient::assets::STYLE;

    /// The grounds that words in these colours stand on, as `assets/style/tokens.css` has them.
    const LIGHT: [&str; 2] = ["--page: #eef3f4;", "--card: #ffffff;"];
    const DARK: [&str; 2] = ["--page: #0f191c;", "--card: #18262a;"];
    /// Words in no practice's colour, which stand on the tinted ground too.
    const ON_LIGHT: [&str; 3] = ["--text: #17252a;", "--soft: #4b5d63;", "--danger: #a3161c;"];
    const ON_DARK: [&str; 3] = ["--text: #eaf1f2;", "--soft: #b3c4c8;", "--danger: #ffb3ae;"];

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

    fn token(token: &str) -> Colour {
        assert!(STYLE.contains(token), "{token} is not in the style sheet any more");
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
            for (tones, grounds, others) in [(light, LIGHT, ON_LIGHT), (dark, DARK, ON_DARK)] {
                let readable = |words, ground| {
                    assert!(contrast(words, ground) >= 4.5, "{accent}: {words} on {ground}");
                };
                for words in [tones.brand, tones.brand_deep] {
                    grounds.map(token).into_iter().for_each(|ground| readable(words, ground));
                    readable(words, tones.tint);
                    readable(tones.on_brand, words);
                }
                others.map(token).into_iter().for_each(|words| readable(words, tones.tint));
            }
        }
        assert!(tried > 500, "{tried}");
    }

    #[test]
    fn the_style_sheet_ends_in_the_practices_colours() {
        let accent = Colour { red: 122, green: 31, blue: 92 };
        let added = in_colours_of(accent);
        assert!(added.starts_with("\n:root{--brand:#7a1f5c;"), "{added}");
        let (light, dark) = added.split_once("dark){").unwrap();
        for token in ["--brand:#", "--brand-deep:#", "--on-brand:#", "--tint:#"] {
            // What only the light rule said would hold in the dark too.
            assert!(light.contains(token) && dark.contains(token), "{token}: {added}");
        }
    }
}
