//! Small pictures of every state of every page, in every language, theme and width: how they are taken and what they
//! are called. `cargo xtask screenshots` keeps them in docs/gallery; a test takes them again and compares.

pub mod compare;
pub mod document;

use crate::artifacts::root;
use crate::browser::{Browser, DESKTOP, Screen, Theme};
use crate::languages::tags;
use crate::states::arrive::{is_of_ehr, languages};
use crate::states::cast::Cast;
use crate::states::mask::hide_what_differs;
use crate::states::{State, ehr, website};
use std::path::PathBuf;

/// A width, its window, and how much smaller its pictures are.
type Width = (Screen, f64);

/// What patients hold in their hands, and sit before.
pub const OF_WEBSITE: [Width; 3] =
    [((320, 640, 1.0, false), 0.6), ((768, 900, 1.0, false), 0.35), ((1280, 800, 1.0, false), 0.25)];
/// What staff do.
pub const OF_EHR: [Width; 2] = [((390, 700, 1.0, false), 0.5), ((1280, 800, 1.0, false), 0.3)];

/// How wide some letters are in the fonts that the pictures are taken with, DejaVu's: as pages are written in, and as
/// codes are.
const LETTERS: [i64; 2] = [1531, 1565];

/// One picture.
#[derive(Clone, Copy, Debug)]
pub struct Shot {
    /// Of what.
    pub state: &'static State,
    /// In which language.
    pub language: &'static str,
    /// How light.
    pub theme: Theme,
    /// How wide, in pixels as pages count them.
    pub width: i64,
}

impl Shot {
    /// Where it is kept, from the folder of documents on.
    pub fn path(&self) -> String {
        let Self { state, language, theme, width } = self;
        let (name, theme) = (state.name, theme.name());
        if is_of_ehr(state) {
            format!("gallery/ehr/{name}-{theme}-{width}.webp")
        } else {
            format!("gallery/website/{language}/{name}-{theme}-{width}.webp")
        }
    }

    /// Where that is on this machine.
    pub fn file(&self) -> PathBuf {
        root().join("docs").join(self.path())
    }
}

/// The widths of a state's pictures.
pub fn widths(state: &State) -> &'static [Width] {
    if is_of_ehr(state) { &OF_EHR } else { &OF_WEBSITE }
}

/// Every state, the website's first.
pub fn states() -> impl Iterator<Item = &'static State> {
    website::STATES.iter().chain(ehr::STATES)
}

/// Every picture there should be.
pub fn shots() -> Vec<Shot> {
    let mut shots = Vec::new();
    for state in states() {
        for language in languages(state) {
            for theme in Theme::ALL {
                shots.extend(widths(state).iter().map(|((width, ..), _)| Shot {
                    state,
                    language,
                    theme,
                    width: *width,
                }));
            }
        }
    }
    shots
}

/// Whether pages have the letters here that they have in the pictures.
pub async fn has_the_same_letters() -> bool {
    const MEASURED: &str = "(() => ['system-ui', 'monospace'].map((font) => { \
        const it = document.createElement('canvas').getContext('2d'); it.font = `100px ${font}`; \
        return Math.round(it.measureText('Hamburgefontsiv 0123456789').width); }))()";
    let browser = Browser::desktop().await;
    let measured = browser.find_out(MEASURED).await;
    browser.close().await;
    let same = measured == serde_json::json!(LETTERS);
    if !same {
        println!("letters are {measured} wide here, and {LETTERS:?} in the pictures");
    }
    same
}

/// Takes every picture, and hands each to `took`. What else is wanted of a state in a language is done by `besides`, while
/// it is on the screen.
///
/// # Panics
/// Where a page does not come.
pub async fn take(took: impl Fn(&Shot, &[u8]), besides: impl AsyncFn(&Browser, &State, &str)) {
    for language in tags() {
        take_in_one(language, &took, &besides).await;
    }
}

async fn take_in_one(
    language: &'static str,
    took: &impl Fn(&Shot, &[u8]),
    besides: &impl AsyncFn(&Browser, &State, &str),
) {
    let browser = Browser::desktop().await;
    let cast = Cast::gather(&browser).await;
    for state in states().filter(|state| languages(state).contains(&language)) {
        browser.be(Theme::Light).await;
        browser.be_as_wide_as(DESKTOP).await;
        cast.show(&browser, state, language).await.unwrap_or_else(|other| panic!("{other}"));
        hide_what_differs(&browser).await;
        for theme in Theme::ALL {
            browser.be(theme).await;
            for (screen, scale) in widths(state) {
                browser.be_as_wide_as(*screen).await;
                let picture = browser.picture(*scale).await;
                took(&Shot { state, language, theme, width: screen.0 }, &picture);
            }
        }
        browser.be(Theme::Light).await;
        besides(&browser, state, language).await;
    }
    browser.close().await;
}
