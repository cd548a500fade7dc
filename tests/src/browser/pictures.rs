//! Pictures of pages, made small: what they are for is a look at all of them.

use super::Browser;
use chromiumoxide::cdp::browser_protocol::page::{CaptureScreenshotFormat, Viewport};
use chromiumoxide::page::ScreenshotParams;
use serde_json::Value;

/// No more of a page is shown, in pixels as pages count them.
const LONGEST: f64 = 1_800.0;
/// How well letters can be told in them, of 100.
const QUALITY: i64 = 25;

impl Browser {
    /// The page as WebP, so many times its size; a very long one is cut at `LONGEST`.
    ///
    /// # Panics
    /// Where there is no picture.
    pub async fn picture(&self, scale: f64) -> Vec<u8> {
        self.captured(CaptureScreenshotFormat::Webp, Some(QUALITY), scale).await
    }

    /// The same as PNG.
    ///
    /// # Panics
    /// Where there is no picture.
    pub async fn sharp_picture(&self, scale: f64) -> Vec<u8> {
        self.captured(CaptureScreenshotFormat::Png, None, scale).await
    }

    async fn captured(&self, format: CaptureScreenshotFormat, quality: Option<i64>, scale: f64) -> Vec<u8> {
        let size = "(() => { const it = document.documentElement; \
                    return [it.clientWidth, Math.max(it.scrollHeight, it.clientHeight)]; })()";
        let size = self.evaluate(size).await;
        let [width, height] = [0, 1].map(|nth| size.get(nth).and_then(Value::as_f64).expect("a size"));
        let clip = Viewport { x: 0.0, y: 0.0, width, height: height.min(LONGEST), scale };
        let mut params = ScreenshotParams::builder().format(format).clip(clip).capture_beyond_viewport(true);
        if let Some(quality) = quality {
            params = params.quality(quality);
        }
        self.page.screenshot(params.build()).await.expect("a picture")
    }
}
