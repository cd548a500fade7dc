//! What patients read on the website where something went wrong, and how long they have to wait.

use super::Language;
use crate::practice::Practice;

/// An error page: a headline and what to do.
pub(crate) struct Explanation {
    /// What happened.
    pub(crate) title: &'static str,
    /// What to do.
    pub(crate) text: String,
}

impl Language {
    /// The request could not be read.
    pub(crate) fn bad_request(self) -> Explanation {
        explanation(self.website().bad_request_title(), self.website().bad_request_text())
    }

    /// The form came from another website.
    pub(crate) fn forbidden(self) -> Explanation {
        explanation(self.website().forbidden_title(), self.website().forbidden_text())
    }

    /// The form was drawn for a session that is over, or the browser keeps no cookies.
    pub(crate) fn stale_form(self) -> Explanation {
        explanation(self.website().stale_form_title(), self.website().stale_form_text())
    }

    /// There is no such page.
    pub(crate) fn not_found(self) -> Explanation {
        explanation(self.website().not_found_title(), self.website().not_found_text())
    }

    /// The page is there, but not for this method.
    pub(crate) fn method_not_allowed(self) -> Explanation {
        explanation(self.website().method_not_allowed_title(), self.website().method_not_allowed_text())
    }

    /// The form is not a web form.
    pub(crate) fn unsupported_form(self) -> Explanation {
        explanation(self.website().unsupported_form_title(), self.website().unsupported_form_text())
    }

    /// Too many wrong passwords or codes in a row: only the practice can help.
    pub(crate) fn disabled(self, practice: &Practice) -> Explanation {
        explanation(self.website().disabled_title(), self.website().disabled_text(practice))
    }

    /// Too many passwords or codes were tried.
    pub(crate) fn too_many(self, practice: &Practice, seconds: u32) -> Explanation {
        let text = self.website().too_many_text(practice, self.wait(seconds.into()));
        explanation(self.website().too_many_title(), text)
    }

    /// The host cannot answer now.
    pub(crate) fn unavailable(self, seconds: u32) -> Explanation {
        let text = self.website().unavailable_text(self.wait(seconds.into()));
        explanation(self.website().unavailable_title(), text)
    }

    /// Something of ours is broken.
    pub(crate) fn broken(self) -> Explanation {
        explanation(self.website().broken_title(), self.website().broken_text())
    }

    /// So many seconds, in a unit that fits.
    pub(crate) fn wait(self, seconds: u64) -> String {
        let words = self.website();
        match (seconds, seconds.div_ceil(60)) {
            (..=1, _) => words.wait_a_second().to_owned(),
            (2..=90, _) => words.wait_seconds(seconds),
            (_, minutes @ ..=90) => words.wait_minutes(minutes),
            (_, minutes) => words.wait_hours(minutes.div_ceil(60)),
        }
    }
}

fn explanation(title: &'static str, text: impl Into<String>) -> Explanation {
    Explanation { title, text: text.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_times_are_told_in_a_fitting_unit() {
        let english = |seconds| Language::En.wait(seconds);
        assert_eq!(english(0), "a second");
        assert_eq!(english(30), "30 seconds");
        assert_eq!(english(91), "2 minutes");
        assert_eq!(english(900), "15 minutes");
        assert_eq!(english(86_400), "24 hours");
        assert_eq!(Language::Es.wait(900), "15 minutos");
    }
}
