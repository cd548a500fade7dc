//! What axe finds on every state of every page, and the smallest contrast there.

use crate::axe;
use crate::browser::{Browser, DESKTOP, Screen, Theme};
use crate::states::arrive::{LANGUAGES, languages};
use crate::states::cast::Cast;
use crate::states::{ehr, website};

/// A window of 1280 pixels at 400 % zoom.
const ZOOMED: Screen = (320, 640, 1.0, false);

/// What all looks came to.
#[derive(Default)]
pub struct Seen {
    /// Pages in a state.
    pub states: usize,
    /// How often axe looked: each state in each language, light and dark, wide and zoomed.
    pub looks: usize,
    /// What is wrong, in words.
    pub faults: Vec<String>,
    /// The smallest contrast of text, and where it is.
    pub contrast: Option<(f64, String)>,
}

/// Looks at everything there is, which takes some minutes.
///
/// # Panics
/// Where a state cannot be reached at all.
pub async fn measure() -> Seen {
    let mut seen = Seen { states: website::STATES.len() + ehr::STATES.len(), ..Seen::default() };
    for language in LANGUAGES {
        let browser = Browser::desktop().await;
        let cast = Cast::gather(&browser).await;
        let states = website::STATES.iter().chain(ehr::STATES);
        for state in states.filter(|state| languages(state).contains(language)) {
            browser.be(Theme::Light).await;
            if let Err(other) = cast.show(&browser, state, language).await {
                seen.faults.push(other);
                continue;
            }
            look(&browser, state.name, &mut seen).await;
        }
        browser.close().await;
    }
    seen
}

async fn look(browser: &Browser, state: &str, seen: &mut Seen) {
    for screen in [DESKTOP, ZOOMED] {
        browser.be_as_wide_as(screen).await;
        for theme in Theme::ALL {
            browser.be(theme).await;
            let found = axe::look(browser).await;
            seen.looks += 1;
            seen.faults.extend(found.faults.into_iter().map(|fault| format!("{state}: {fault}")));
            let least = seen.contrast.as_ref().map_or(f64::INFINITY, |(ratio, _)| *ratio);
            if let Some((ratio, place)) = found.contrast.filter(|(ratio, _)| *ratio < least) {
                seen.contrast = Some((ratio, format!("{place}, {state}, {}", theme.name())));
            }
        }
    }
    browser.be_as_wide_as(DESKTOP).await;
}
