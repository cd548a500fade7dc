//! Every state looked at in every way: in each of its languages, light and dark, in an ordinary window and zoomed.

use super::arrive::languages;
use super::cast::Cast;
use super::{closer, ehr, website};
use crate::axe::{self, Found};
use crate::browser::{Browser, DESKTOP, Screen, Theme};
use crate::languages::tags;

/// A window of 1280 pixels at 400 % zoom.
pub const ZOOMED: Screen = (320, 640, 1.0, false);

/// How a state is looked at.
#[derive(Clone, Copy)]
pub struct Way {
    /// The tag of the language.
    pub language: &'static str,
    /// How large the window is.
    pub screen: Screen,
    /// Light or dark.
    pub theme: Theme,
}

/// What all looks came to.
#[derive(Default)]
pub struct Seen {
    /// How often axe looked.
    pub looks: usize,
    /// What is wrong, in words.
    pub faults: Vec<String>,
    /// The smallest contrast of text, and where it is.
    pub contrast: Option<(f64, String)>,
}

impl Seen {
    fn add(&mut self, what: &str, found: Found) {
        self.looks += 1;
        self.faults.extend(found.faults.into_iter().map(|fault| format!("{what}: {fault}")));
        self.note(found.contrast.map(|(ratio, place)| (ratio, format!("{place}, {what}"))));
    }

    /// The smallest contrast is kept, of the same the first.
    fn note(&mut self, contrast: Option<(f64, String)>) {
        let least = self.contrast.as_ref().map_or(f64::INFINITY, |(least, _)| *least);
        if contrast.as_ref().is_some_and(|(ratio, _)| *ratio < least) {
            self.contrast = contrast;
        }
    }

    fn and(mut self, other: Self) -> Self {
        self.looks += other.looks;
        self.faults.extend(other.faults);
        self.note(other.contrast);
        self
    }
}

/// Looks at everything there is, which takes some minutes.
///
/// # Panics
/// Where a browser does not start.
pub async fn everything() -> Seen {
    let mut seen = Seen::default();
    for language in tags() {
        seen = seen.and(in_one(language).await);
    }
    seen
}

async fn in_one(language: &'static str) -> Seen {
    let mut seen = Seen::default();
    let browser = Browser::desktop().await;
    let cast = Cast::gather(&browser).await;
    let states = website::STATES.iter().chain(ehr::STATES);
    for state in states.filter(|state| languages(state).contains(&language)) {
        browser.be(Theme::Light).await;
        if let Err(other) = cast.show(&browser, state, language).await {
            seen.faults.push(other);
            continue;
        }
        for screen in [DESKTOP, ZOOMED] {
            browser.be_as_wide_as(screen).await;
            for theme in Theme::ALL {
                browser.be(theme).await;
                let mut found = axe::look(&browser).await;
                closer::look(&browser, state, Way { language, screen, theme }, &mut found).await;
                let what = format!("{} in {language}, {}, {}px", state.name, theme.name(), screen.0);
                seen.add(&what, found);
            }
        }
        browser.be_as_wide_as(DESKTOP).await;
    }
    browser.close().await;
    seen
}
