//! Getting a browser where a test wants it, without the way there: with somebody's cookies, and with forms
//! that are sent by the names of their fields, as another language has other labels.

use super::{Browser, PATIENCE};
use chromiumoxide::cdp::browser_protocol::network::{
    ClearBrowserCookiesParams, CookieParam, GetCookiesParams, SetCookiesParams,
};
use chromiumoxide::cdp::js_protocol::runtime::EvaluateParams;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// Fills in and sends the form that has all these fields.
const SEND: &str = include_str!("send.js");

impl Browser {
    /// Forgets every page and cookie.
    ///
    /// # Panics
    /// Where the browser cannot.
    pub async fn forget_everything(&self) {
        self.open("about:blank").await;
        self.page.execute(ClearBrowserCookiesParams {}).await.expect("cookies can be cleared");
    }

    /// Takes these cookies for the website or EHR at `url`.
    ///
    /// # Panics
    /// Where the browser does not take them.
    pub async fn take_cookies(&self, url: &str, cookies: &[(String, String)]) {
        if cookies.is_empty() {
            return;
        }
        let cookies = cookies.iter().map(|(name, value)| {
            let cookie = CookieParam::builder().name(name).value(value).url(url).http_only(true);
            cookie.build().expect("a cookie")
        });
        self.page.execute(SetCookiesParams::new(cookies.collect::<Vec<_>>())).await.expect("cookies");
    }

    /// The cookies that go to `url`.
    ///
    /// # Panics
    /// Where the browser does not tell.
    pub async fn cookies_for(&self, url: &str) -> Vec<(String, String)> {
        let asked = GetCookiesParams::builder().url(url).build();
        let answer = self.page.execute(asked).await.expect("cookies").result;
        answer.cookies.into_iter().map(|cookie| (cookie.name, cookie.value)).collect()
    }

    /// Fills in the first form that has all these fields, and sends it past the browser's own checks; waits for the
    /// page that comes.
    ///
    /// # Errors
    /// What is not there, where there is no such form.
    pub async fn send_fields(&self, fields: &[(String, String)]) -> Result<(), String> {
        let before = self.mark().await;
        let found = self.evaluate(&format!("({SEND})({})", json!(fields))).await;
        if let Some(error) = found["error"].as_str() {
            return Err(format!("{error} at {}", self.text().await));
        }
        self.wait_for_another_page(&before).await;
        Ok(())
    }

    /// Sends an empty form to `url` from a page of nobody's.
    ///
    /// # Panics
    /// Where no page comes.
    pub async fn send_from_elsewhere(&self, url: &str) {
        self.open("data:text/html,<title>Elsewhere</title>").await;
        let before = self.mark().await;
        let script = format!(
            "(() => {{ const form = document.createElement('form'); form.method = 'post'; form.action = {}; \
             document.body.append(form); form.submit(); }})()",
            json!(url)
        );
        self.evaluate(&script).await;
        self.wait_for_another_page(&before).await;
    }

    /// The status that the page came with.
    pub async fn status(&self) -> u64 {
        let status = "performance.getEntriesByType('navigation')[0].responseStatus";
        self.evaluate(status).await.as_u64().unwrap_or_default()
    }

    /// Whether the page comes to say this while a person has patience.
    pub async fn comes_to_say(&self, words: &str) -> bool {
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            if self.says(words).await {
                return true;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        false
    }

    /// The value of the first field of this name.
    ///
    /// # Panics
    /// Where there is none.
    pub async fn value_named(&self, name: &str) -> String {
        let value = self.evaluate(&format!("document.querySelector('[name={name}]')?.value")).await;
        value.as_str().unwrap_or_else(|| panic!("no field {name}")).to_owned()
    }

    /// What a script of a test's own finds out about the page. It may take its time.
    ///
    /// # Panics
    /// Where the script fails.
    pub async fn find_out(&self, script: &str) -> Value {
        let params = EvaluateParams::builder().expression(script).return_by_value(true).await_promise(true);
        let params = params.build().expect("an expression");
        let answer = self.page.execute(params).await.expect("an answer").result;
        assert!(answer.exception_details.is_none(), "{:?}", answer.exception_details);
        answer.result.value.unwrap_or(Value::Null)
    }
}
