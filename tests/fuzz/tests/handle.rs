//! The export `handle` of the real component, in the real host, over the real database: whatever a visitor
//! sends.

use portal_fuzz::website::visits::Visits;
use portal_fuzz::{Target, fuzz};
use std::sync::{Mutex, PoisonError};

/// A whole request, as `message` in the library reads it. In braces stands what is known only once the
/// practice is there: cookies (`visit`, `portal`, `device`, `activation`), the tokens of their forms
/// (`visit_form` and so on), `portal_id`, `password`, `origin` and `host`.
#[test]
fn handle() {
    let visits = Mutex::new(Visits::begin());
    fuzz!(Target::named("handle", WORDS), |input: &[u8]| {
        visits.lock().unwrap_or_else(PoisonError::into_inner).visit(input);
    });
    visits.into_inner().unwrap_or_else(PoisonError::into_inner).end();
}

const WORDS: &[&str] = &[
    "{visit}",
    "{visit_form}",
    "{portal}",
    "{portal_form}",
    "{device}",
    "{activation}",
    "{activation_form}",
    "{portal_id}",
    "{password}",
    "{origin}",
    "{host}",
    "GET ",
    "POST ",
    "HEAD ",
    "/login",
    "/activate",
    "/credentials",
    "/account",
    "/account/password",
    "/account/sessions",
    "/account/all-sessions",
    "/logout",
    "/stay",
    "/home",
    "/style.css",
    "/portal-host.css",
    "?a=b",
    "#",
    "//evil.example/",
    "http://evil.example/",
    "/..",
    "%2e%2e",
    "\norigin: https://evil.example",
    "\norigin: null",
    "\nsec-fetch-site: cross-site",
    "\nhost: evil.example",
    "\ncontent-type: application/json",
    "\ncontent-type: multipart/form-data; boundary=x",
    "\ncontent-length: 70000",
    "\ntransfer-encoding: chunked",
    "\ncookie: visit={visit}",
    "\ncookie: portal={portal}",
    "\ncookie: activation={activation}",
    "&form_token={visit_form}",
    "&form_token={portal_form}",
    "&username=maria",
    "&username=",
    "&password=",
    "&password_again=",
    "&current_password={password}",
    "&portal_id={portal_id}",
    "&first_initial=E",
    "&last_initial=D",
    "&birth_date=07/04/1991",
    "&sheet=",
    "&session=",
    "%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
    "\"><script>alert(1)</script>",
    "%22onfocus=%22alert(1)",
    "<img src=x onerror=alert(1)>",
    "{{7*7}}",
    "' OR 1=1 --",
    "a correct horse battery staple",
];
