//! A browser on its way to a state.

use super::cast::{Cast, code_of};
use super::{State, Then, ehr, website};
use crate::browser::Browser;
use crate::languages::{first, tags};
use crate::people::PASSWORD;

/// What keeps the language that a patient has chosen.
const LANGUAGE: &str = "language";

impl Cast {
    /// Lets the browser show the state in this language. The EHR knows English only.
    ///
    /// # Errors
    /// What came instead, where another page comes.
    pub async fn show(&self, browser: &Browser, state: &State, language: &str) -> Result<(), String> {
        let (setting, is_website) = (self.setting(state.at), !is_of_ehr(state));
        let origin = if is_website { &setting.website.origin } else { &setting.ehr.origin };
        let mut cookies = self.cookies(state.at, state.who).to_vec();
        if is_website && language != first() {
            cookies.push((LANGUAGE.to_owned(), language.to_owned()));
        }
        browser.forget_everything().await;
        browser.take_cookies(origin, &cookies).await;
        let opens = self.filled(state.at, state.opens);
        let url = if opens.starts_with("http") { opens } else { format!("{origin}{opens}") };
        if !matches!(state.then, Then::SendFromElsewhere) {
            browser.open(&url).await;
        }
        self.go_on(browser, state, &url).await.map_err(|error| format!("{}: {error}", state.name))?;
        let (name, status) = (state.name, browser.status().await);
        let is_said = language != first() || browser.comes_to_say(state.says).await;
        if status == state.status && is_said {
            return Ok(());
        }
        Err(format!("{name} in {language} is {status} instead: {}", browser.text().await))
    }

    async fn go_on(&self, browser: &Browser, state: &State, url: &str) -> Result<(), String> {
        let send = async |fields: &[(&str, &str)]| {
            let filled = |text: &str| self.filled(state.at, text);
            let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), filled(value)));
            let fields: Vec<_> = fields.collect();
            browser.send_fields(&fields).await
        };
        match state.then {
            Then::Look => {}
            Then::Send(fields) => send(fields).await?,
            Then::SendFromElsewhere => browser.send_from_elsewhere(url).await,
            Then::AddApp => {
                let code = code_of(&browser.value_named("secret").await);
                send(&[("code", &code), ("current_password", PASSWORD)]).await?;
            }
            Then::Press(button) if !browser.has_button(button).await => {
                return Err(format!("no button {button:?} at {}", browser.text().await));
            }
            Then::Press(button) => browser.press(button).await,
            Then::PressHere(id) => {
                browser.find_out(&format!("document.getElementById('{id}').click()")).await;
            }
            Then::Wait(seconds) => browser.let_time_pass(seconds).await,
        }
        Ok(())
    }
}

/// Whether it is one of the EHR's.
pub fn is_of_ehr(state: &State) -> bool {
    ehr::STATES.iter().any(|known| known.name == state.name)
}

/// The languages that a state is shown in: the EHR knows one, and the host's own pages say the same in all.
pub fn languages(state: &State) -> &'static [&'static str] {
    let is_one = is_of_ehr(state) || website::OF_HOST.contains(&state.name);
    if is_one { &tags()[..1] } else { tags() }
}
