//! Screens of every size, and what a person has set on their device: dark or light, and little motion.

use super::Browser;
use chromiumoxide::cdp::browser_protocol::emulation::{
    MediaFeature, SetDeviceMetricsOverrideParams, SetEmulatedMediaParams,
};

/// Width and height in pixels as pages count them, how many of the screen's there are to each, and
/// whether it is a phone.
pub type Screen = (i64, i64, f64, bool);

pub(super) const PHONE: Screen = (390, 844, 3.0, true);
/// An ordinary window.
pub const DESKTOP: Screen = (1280, 900, 1.0, false);

/// What a person has chosen for everything on their screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// Dark letters on a light ground.
    Light,
    /// Light letters on a dark ground.
    Dark,
}

impl Theme {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Light, Self::Dark];

    /// As style sheets and file names call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

impl Browser {
    /// Shows the page that is open as wide as a phone and as wide as a desktop, whichever this is, keeps
    /// both screenshots, and checks that nothing is cut off or has to be scrolled to sideways.
    ///
    /// # Panics
    /// Where something is wider than the window.
    pub async fn fits_everywhere(&self, name: &str) {
        let own = self.width().await;
        for (screen, size) in [("phone", PHONE), ("desktop", DESKTOP)] {
            self.be_as_wide_as(size).await;
            self.screenshot(&format!("{name}-{screen}")).await;
            assert_eq!(self.overflow().await, 0, "{name} is wider than a {screen}");
        }
        self.be_as_wide_as(if own == PHONE.0 { PHONE } else { DESKTOP }).await;
    }

    /// How far the page is wider than the window, in pixels: nobody likes to scroll sideways.
    pub async fn overflow(&self) -> i64 {
        self.look("overflow", "").await["value"].as_i64().unwrap_or(i64::MAX)
    }

    async fn width(&self) -> i64 {
        self.look("width", "").await["value"].as_i64().unwrap_or(i64::MAX)
    }

    /// Becomes a screen of this size, without loading the page again.
    ///
    /// # Panics
    /// Where the browser cannot.
    pub async fn be_as_wide_as(&self, (width, height, scale, is_mobile): Screen) {
        let size = SetDeviceMetricsOverrideParams::new(width, height, scale, is_mobile);
        self.page.execute(size).await.expect("a screen of another size");
    }

    /// Goes light or dark, without loading the page again, and asks for little motion, so that nothing is
    /// looked at half way between two colours.
    ///
    /// # Panics
    /// Where the browser cannot.
    pub async fn be(&self, theme: Theme) {
        let features = [("prefers-color-scheme", theme.name()), ("prefers-reduced-motion", "reduce")];
        let features = features.map(|(name, value)| MediaFeature::new(name, value));
        let media = SetEmulatedMediaParams::builder().features(features).build();
        self.page.execute(media).await.expect("a colour scheme");
    }
}
