//! What the printed instructions say; in English at reading grade 6 or lower.
//!
//! They name every label exactly as it stands on the screen.

use super::Language;
use crate::people::Patient;
use crate::practice::Practice;
use crate::rules::initials::Initials;

impl Language {
    /// What to do, one thing at a time; a second step too, where the practice asks everyone for one.
    pub(crate) fn steps(
        self,
        patient: &Patient,
        practice: &Practice,
        asks_for_second_step: bool,
    ) -> Vec<String> {
        let words = self.sheet();
        let mut steps = vec![words.step_website(&practice.portal_url)];
        // The page follows the browser, which may be somebody else's.
        if Self::offered_by(practice).len() > 1 {
            steps.push(words.step_language().to_owned());
        }
        steps.extend([words.step_activate().to_owned(), words.step_portal_id().to_owned()]);
        steps.extend(self.initials(patient).map(str::to_owned));
        steps.extend([words.step_birth_date().to_owned(), words.step_confirm().to_owned()]);
        steps.push(words.step_credentials(practice.policy.minimum_password_length));
        if asks_for_second_step {
            steps.push(words.step_save_and_log_in_short().to_owned());
            steps.push(words.step_second_step(practice));
        } else {
            steps.push(words.step_save_and_log_in().to_owned());
        }
        steps
    }

    /// As many letters as User Confirmation compares: a part of a name without a letter has none.
    fn initials(self, patient: &Patient) -> [&'static str; 2] {
        let words = self.sheet();
        match patient.names().find_map(Initials::of) {
            Some(Initials::Both(..)) | None => [words.step_first_initial(), words.step_last_initial()],
            Some(Initials::One(_)) => [words.step_only_initial(), words.step_no_last_initial()],
        }
    }
}
