//! What the host's own pages say, in each language. Which one a visitor reads is for the component to know, which is not asked
//! for these pages: each says the same in all that there are.
//!
//! The words stand in `plugin/words`, with everything else that patients read, in the file `notices.ftl` of each language.

use super::notices::Notice;

mod compiled {
    //! What `build.rs` made of that file.

    use std::fmt::{Display, Write};

    include!(concat!(env!("OUT_DIR"), "/words.rs"));
}

pub(super) use compiled::Language;

/// A headline and what to do, as they stand in HTML.
pub(super) struct Said {
    pub(super) title: String,
    pub(super) text: String,
}

fn said(title: &str, text: impl AsRef<str>) -> Said {
    Said { title: escaped(title), text: escaped(text.as_ref()) }
}

/// Words are text: none of them is to become a part of the page's frame.
pub(super) fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;")
}

impl Notice {
    /// What it says in this language.
    pub(super) fn said(&self, language: Language) -> Said {
        let words = language.notices();
        match self {
            Self::NoSuchWebsite => said(words.no_such_website_title(), words.no_such_website_text()),
            Self::NotAvailableHere => said(words.not_available_here_title(), words.not_available_here_text()),
            Self::AddressTooLong => said(words.address_too_long_title(), words.address_too_long_text()),
            Self::TooMuchSent => said(words.too_much_sent_title(), words.too_much_sent_text()),
            Self::SentTooSlowly => said(words.sent_too_slowly_title(), words.sent_too_slowly_text()),
            Self::BrokeOff => said(words.broke_off_title(), words.broke_off_text()),
            Self::TryAgain { .. } => said(words.try_again_title(), words.try_again_text()),
            Self::Broken { reference } => said(words.broken_title(), words.broken_text(reference)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_words() {
        let Said { title, text } = said("a<b>", "c & d");
        assert_eq!((title.as_str(), text.as_str()), ("a&lt;b>", "c &amp; d"));
    }
}
