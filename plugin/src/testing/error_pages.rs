//! Every page that says what went wrong, kept beside the tests like the others.

use insta::assert_snapshot;

use super::browser::Browser;
use super::memory::Memory;
use super::pages::shown;
use crate::ehr::SaveError;
use crate::patient::problem::Problem;
use crate::patient::response::Response;
use crate::settings::SIGN_IN_ROW_UNKNOWN;

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

/// What goes wrong, and the picture of the page that says so. A problem that is new does not compile
/// without its own.
pub(super) fn provoked(problem: &Problem, ehr: &Memory) -> (&'static str, Response) {
    let browser = Browser::new(ehr);
    match problem {
        Problem::BadRequest => ("bad_request", browser.send("POST", "/login", &[FORM], b"%".to_vec())),
        Problem::CrossSite => {
            let forged = ("origin", "https://evil.example");
            ("cross_site", browser.send("POST", "/login", &[FORM, forged], Vec::new()))
        }
        Problem::StaleForm => {
            let browser = Browser::signed_in(ehr);
            ("stale_form", browser.post_as_it_is("/logout", &[("form_token", "of another session")]))
        }
        Problem::NotFound => ("not_found", browser.get("/nowhere")),
        Problem::MethodNotAllowed { .. } => {
            ("method_not_allowed", browser.send("PUT", "/activate", &[], Vec::new()))
        }
        Problem::UnsupportedForm => ("unsupported_form", browser.send("POST", "/login", &[], b"x".to_vec())),
        Problem::TooMany { .. } => {
            for _ in 0..10 {
                browser.log_in("maria84", "wrong");
            }
            ("too_many", browser.log_in("maria84", "wrong"))
        }
        Problem::Disabled => {
            for n in 0..SIGN_IN_ROW_UNKNOWN.attempts {
                if n % 20 == 0 {
                    ehr.pass(3_600);
                }
                let client = Box::leak(format!("198.51.100.{n}").into_boxed_str());
                Browser::at(ehr, client).log_in("maria84", "wrong");
            }
            ehr.pass(3_600);
            ("disabled", browser.log_in("maria84", "wrong"))
        }
        Problem::Unavailable { .. } => {
            ehr.down.set(Some("attempts.take"));
            ("unavailable", browser.log_in("maria84", "wrong"))
        }
        Problem::Broken => {
            let browser = Browser::signed_in(ehr);
            ehr.refused_saves.borrow_mut().push(SaveError::UsernameTaken);
            ("broken", browser.post("/account/all-sessions", &[]))
        }
    }
}

pub(super) fn problems() -> impl Iterator<Item = Problem> {
    let problems = [
        Problem::BadRequest,
        Problem::CrossSite,
        Problem::StaleForm,
        Problem::NotFound,
        Problem::MethodNotAllowed { allow: String::new() },
        Problem::UnsupportedForm,
        Problem::TooMany { retry_after: 1 },
        Problem::Disabled,
        Problem::Unavailable { retry_after: 1 },
        Problem::Broken,
    ];
    problems.into_iter()
}

#[test]
fn error_pages() {
    for problem in problems() {
        let (name, page) = provoked(&problem, &Memory::new());
        assert_snapshot!(name, shown(&page));
    }
}
