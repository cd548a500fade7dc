//! Whether a page looks as it did, on a machine that may have other fonts: what is compared is how light each part is,
//! and a part may have moved a little.

use image_webp::WebPDecoder;
use std::io::Cursor;

/// A part of a picture, in its own pixels.
const PART: usize = 12;
/// How much lighter or darker a part may be than what is around it in the other picture, of 255.
const SHADE: f64 = 20.0;
/// How much may be different, of a hundred.
#[derive(Clone, Copy, Debug)]
pub struct Tolerance {
    /// Parts that are lighter or darker.
    parts: f64,
    /// How much longer or shorter a page may be: other letters break lines elsewhere.
    length: f64,
}

/// Where letters are the same, next to nothing is different from run to run.
pub const SAME_LETTERS: Tolerance = Tolerance { parts: 2.0, length: 5.0 };
/// Where they are others, up to a tenth was found to be.
pub const OTHER_LETTERS: Tolerance = Tolerance { parts: 13.0, length: 25.0 };

/// How light each part of a picture is.
#[derive(Clone, Debug)]
pub struct Shades {
    width: usize,
    height: usize,
    /// Row by row, of 255.
    pixels: Vec<f64>,
}

impl Shades {
    /// Of a WebP picture.
    ///
    /// # Panics
    /// Where it is none.
    pub fn of_webp(bytes: &[u8]) -> Self {
        let mut decoder = WebPDecoder::new(Cursor::new(bytes)).expect("a WebP picture");
        let mut pixels = vec![0; decoder.output_buffer_size().expect("a size")];
        decoder.read_image(&mut pixels).expect("a whole picture");
        Self::of(decoder.dimensions(), if decoder.has_alpha() { 4 } else { 3 }, &pixels)
    }

    /// Of a PNG picture, in colour.
    ///
    /// # Panics
    /// Where it is none.
    pub fn of_png(bytes: &[u8]) -> Self {
        let mut decoder = png::Decoder::new(Cursor::new(bytes));
        decoder.set_transformations(png::Transformations::normalize_to_color8());
        let mut reader = decoder.read_info().expect("a PNG picture");
        let mut pixels = vec![0; reader.output_buffer_size().expect("a size")];
        let frame = reader.next_frame(&mut pixels).expect("a whole picture");
        let channels = frame.color_type.samples();
        assert!(channels >= 3, "a picture in {:?}", frame.color_type);
        Self::of((frame.width, frame.height), channels, &pixels)
    }

    fn of((width, height): (u32, u32), channels: usize, pixels: &[u8]) -> Self {
        let light = |pixel: &[u8]| {
            let [red, green, blue] = [pixel[0], pixel[1], pixel[2]].map(f64::from);
            0.299 * red + 0.587 * green + 0.114 * blue
        };
        let pixels = pixels.chunks_exact(channels).map(light).collect();
        Self { width: width as usize, height: height as usize, pixels }
    }

    #[cfg(test)]
    fn plain(width: usize, height: usize, shade: f64) -> Self {
        Self { width, height, pixels: vec![shade; width * height] }
    }

    #[cfg(test)]
    fn with(mut self, (left, top): (usize, usize), (width, height): (usize, usize), shade: f64) -> Self {
        for y in top..top + height {
            for x in left..left + width {
                self.pixels[y * self.width + x] = shade;
            }
        }
        self
    }

    /// The mean of each part, where the picture is parted into so many.
    fn parts(&self, across: usize, down: usize) -> Vec<Vec<f64>> {
        let mean = |row: usize, column: usize| {
            let (top, bottom) = (row * self.height / down, ((row + 1) * self.height / down).max(1));
            let (left, right) = (column * self.width / across, ((column + 1) * self.width / across).max(1));
            let lines =
                (top..bottom).flat_map(|y| &self.pixels[y * self.width + left..y * self.width + right]);
            lines.sum::<f64>() / ((bottom - top) * (right - left)) as f64
        };
        (0..down).map(|row| (0..across).map(|column| mean(row, column)).collect()).collect()
    }
}

/// What is different about `new`, in words; nothing where it looks the same.
pub fn difference(old: &Shades, new: &Shades, may: Tolerance) -> Option<String> {
    if old.width.abs_diff(new.width) > 2 {
        return Some(format!("it is {} wide and was {}", new.width, old.width));
    }
    let longest = old.height.max(new.height) as f64;
    if old.height.abs_diff(new.height) as f64 * 100.0 > may.length * longest {
        return Some(format!("it is {} long and was {}", new.height, old.height));
    }
    let (across, down) = (old.width.div_ceil(PART), old.height.div_ceil(PART));
    let (before, now) = (old.parts(across, down), new.parts(across, down));
    let otherwise = strange(&before, &now).max(strange(&now, &before));
    let share = otherwise as f64 * 100.0 / (across * down) as f64;
    (share > may.parts).then(|| format!("{share:.1} % of it is lighter or darker"))
}

/// How many parts of `one` are unlike everything around them in the `other`.
fn strange(one: &[Vec<f64>], other: &[Vec<f64>]) -> usize {
    let is_strange = |row: usize, column: usize| {
        let rows = other.iter().skip(row.saturating_sub(1)).take(if row == 0 { 2 } else { 3 });
        let near = rows
            .flat_map(|row| row.iter().skip(column.saturating_sub(1)).take(if column == 0 { 2 } else { 3 }));
        let (least, most) =
            near.fold((f64::MAX, f64::MIN), |(least, most), it| (least.min(*it), most.max(*it)));
        let shade = one[row][column];
        shade < least - SHADE || shade > most + SHADE
    };
    let places = (0..one.len()).flat_map(|row| (0..one[row].len()).map(move |column| (row, column)));
    places.filter(|(row, column)| is_strange(*row, *column)).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::artifacts::root;

    fn differs(old: &Shades, new: &Shades) -> Option<String> {
        difference(old, new, SAME_LETTERS)
    }

    /// A page with a bar, a heading and a button.
    fn page(button: (usize, usize)) -> Shades {
        let page = Shades::plain(240, 480, 240.0).with((0, 0), (240, 36), 60.0);
        page.with((24, 72), (150, 18), 90.0).with(button, (96, 30), 80.0)
    }

    #[test]
    fn a_page_that_is_the_same_or_has_moved_by_a_line_looks_the_same() {
        assert_eq!(differs(&page((24, 300)), &page((24, 300))), None);
        assert_eq!(differs(&page((24, 300)), &page((24, 308))), None);
    }

    #[test]
    fn a_page_whose_button_is_gone_or_elsewhere_looks_otherwise() {
        let without = Shades::plain(240, 480, 240.0).with((0, 0), (240, 36), 60.0);
        let without = without.with((24, 72), (150, 18), 90.0);
        for other in [without, page((24, 400)), page((130, 300))] {
            assert!(differs(&page((24, 300)), &other).is_some_and(|why| why.contains("lighter")));
        }
    }

    #[test]
    fn a_page_of_another_colour_width_or_length_looks_otherwise() {
        let plain = |width, height, shade| Shades::plain(width, height, shade);
        assert!(differs(&plain(240, 480, 240.0), &plain(240, 480, 20.0)).is_some());
        assert!(differs(&plain(240, 480, 240.0), &plain(320, 480, 240.0)).is_some());
        assert!(differs(&plain(240, 480, 240.0), &plain(240, 640, 240.0)).is_some());
    }

    #[test]
    fn pictures_of_one_size_are_told_apart_by_what_is_on_them() {
        let picture = |name: &str| {
            let bytes = std::fs::read(root().join("docs").join(name)).unwrap();
            if name.ends_with(".png") { Shades::of_png(&bytes) } else { Shades::of_webp(&bytes) }
        };
        for (one, other) in [
            ("images/modules.png", "images/patient-details.png"),
            (
                "gallery/website/en/account-light-320.webp",
                "gallery/website/en/confirmation-mistakes-light-320.webp",
            ),
        ] {
            let (one, other) = (picture(one), picture(other));
            assert_eq!((one.width, one.height), (other.width, other.height));
            assert_eq!(differs(&one, &one.clone()), None);
            assert!(differs(&one, &other).is_some_and(|why| why.contains("lighter")));
        }
    }
}
