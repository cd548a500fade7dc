//! Every header of every answer on each address, as people on plain HTTP and behind TLS get them.
//!
//! A header that is gone, new or different changes a snapshot: look at it before accepting it.

use portal_tests::coverage::caller::{Caller, Place, Sent};
use portal_tests::coverage::headers::Headers;
use portal_tests::coverage::setting::Setting;
use portal_tests::coverage::{ehr, website};
use portal_tests::raw;
use reqwest::header::{CONTENT_TYPE, HOST, ORIGIN};
use reqwest::{Method, RequestBuilder};

const FORM: &str = "application/x-www-form-urlencoded";
/// Longer than any form, in bytes.
const TOO_LONG: usize = (64 << 10) + 1;

#[tokio::test]
async fn every_answer_over_plain_http_carries_the_headers_it_always_did() {
    let setting = Setting::over_http().await;

    let (website, ehr) = of_both(&setting).await;

    insta::assert_snapshot!("website_over_http", website.written());
    insta::assert_snapshot!("ehr_over_http", ehr.written());
    insta::assert_snapshot!("operator", of_the_operator(&setting).await.written());
}

#[tokio::test]
async fn every_answer_behind_tls_carries_the_headers_it_always_did() {
    let setting = Setting::over_tls().await;

    let (website, ehr) = of_both(&setting).await;

    insta::assert_snapshot!("website_behind_tls", website.written());
    insta::assert_snapshot!("ehr_behind_tls", ehr.written());
}

async fn of_both(setting: &Setting) -> (Headers, Headers) {
    let guests = website::visitors::Guests::gather(setting).await;
    let callers = ehr::visitors::Callers::gather(setting, &guests).await;
    let mut website = of_the_website(&guests).await;
    add_what_is_odd(&mut website, &setting.website, "/login").await;
    let mut staff = of_the_ehr(&callers).await;
    add_what_is_odd(&mut staff, &setting.ehr, "/sign-in").await;
    // The last form that the administrator sent there.
    let visitor = Caller::at(&setting.website);
    website.add("GET / while the module is off", &visitor.get("/").await.expect(404));
    (website, staff)
}

async fn of_the_website(guests: &website::visitors::Guests<'_>) -> Headers {
    use website::visitors::Who;
    let mut headers = Headers::default();
    for who in [Who::Stranger, Who::Capability, Who::Patient] {
        let mut visitor = guests.visitor(who).await;
        for row in website::TABLE {
            let answer = match row.form {
                None => visitor.get(row.path).await,
                Some(form) => {
                    visitor.look_at(form.page).await;
                    let fields = guests.filled(form.fields);
                    let answer = visitor.send_form(row.path, &fields, Sent::FromHere).await;
                    // The form may have ended the session it was sent from.
                    visitor = guests.visitor(who).await;
                    answer
                }
            };
            headers.add(&format!("{} {} by {who:?}", row.method, row.path), &answer);
        }
    }
    headers
}

async fn of_the_ehr(callers: &ehr::visitors::Callers<'_>) -> Headers {
    use ehr::visitors::Who;
    let mut headers = Headers::default();
    for who in [Who::Stranger, Who::Billing, Who::Admin] {
        let mut visitor = callers.visitors(who).await.swap_remove(0);
        for row in ehr::TABLE {
            let path = callers.path(who, row.path);
            let answer = match row.form {
                None => visitor.get(&path).await,
                Some(form) => {
                    visitor.look_at(form.page).await;
                    let fields = callers.filled(&path, form.fields).await;
                    let answer = visitor.send_form(&path, &fields, Sent::FromHere).await;
                    // The form may have ended the session it was sent from.
                    visitor = callers.visitors(who).await.swap_remove(0);
                    answer
                }
            };
            headers.add(&format!("{} {} by {who:?}", row.method, row.path), &answer);
        }
    }
    headers
}

/// Adds the answers to what no page of ours asks for, at an address whose form for everyone is at `form`.
async fn add_what_is_odd(headers: &mut Headers, place: &Place, form: &str) {
    let visitor = Caller::at(place);
    let long = format!("/?{}", "x".repeat(9000));
    let urlencoded = |request: RequestBuilder| request.header(CONTENT_TYPE, FORM).body(&b"a=\xff"[..]);
    let answers = [
        ("GET of a page that is not there", visitor.get("/no-such-page").await, 404),
        ("HEAD of the start", visitor.head(form).await, 200),
        ("PUT", visitor.send(Method::PUT, form, |request| request).await, 405),
        ("OPTIONS", visitor.send(Method::OPTIONS, form, |request| request).await, 405),
        ("POST of what is no form", visitor.send(Method::POST, form, urlencoded).await, 400),
        ("POST from elsewhere", visitor.send_form(form, &[("", "")], Sent::FromElsewhere).await, 403),
    ];
    for (what, answer, status) in answers {
        headers.add(what, &answer.expect(status));
    }
    let host = |request: RequestBuilder| request.header(HOST, "another.example").header(ORIGIN, "null");
    headers.add("GET for another host", &visitor.send(Method::GET, "/", host).await);
    headers.add("GET of a long address", &visitor.get(&long).await);
    // A declared length is enough: a client that goes on sending may miss the answer.
    let too_much = format!(
        "POST {form} HTTP/1.1\r\nHost: {}\r\nContent-Type: {FORM}\r\nContent-Length: {TOO_LONG}\r\n\r\n",
        place.host()
    );
    headers.add_raw("POST of too much", &raw::exchange(&place.address, too_much.as_bytes()).await);
    let broken = raw::exchange(&place.address, b"GET / HTTP/1.1\r\nBad Header: x\r\n\r\n").await;
    headers.add_raw("what is not HTTP", &broken);
}

async fn of_the_operator(setting: &Setting) -> Headers {
    let operator = Caller::at(&setting.operator);
    let mut headers = Headers::default();
    headers.add("GET /metrics", &operator.get("/metrics").await.expect(200));
    headers.add("GET /", &operator.get("/").await.expect(404));
    let put = operator.send(Method::PUT, "/metrics", |request| request).await;
    headers.add("PUT /metrics", &put.expect(405));
    headers
}
