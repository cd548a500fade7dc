//! One route, tried by one visitor in every way, and what was wrong with that.

use super::caller::{Caller, Sent};
use super::must::Must;
use super::record::{Record, Records};
use crate::visitor::Answer;
use reqwest::header::SET_COOKIE;

/// The cookies that let someone in.
const SESSIONS: [&str; 2] = ["portal", "ehr_session"];

/// A route and what is known of who tries it.
pub struct Trial<'a> {
    /// What is kept there.
    pub records: &'a Records,
    /// The path, with everything filled in.
    pub path: &'a str,
    /// Puts into the path of an expectation what is known only once the host runs.
    pub filled: &'a dyn Fn(&str) -> String,
    /// People whom the answer must not name.
    pub unnamed: &'a [&'a str],
}

impl Trial<'_> {
    /// Asks for the page, with GET and with HEAD.
    pub async fn look(&self, visitor: &Caller, must: Must) -> Vec<String> {
        let before = self.before(must).await;
        let answer = visitor.get(self.path).await;
        let mut wrong = self.wrong_with(&answer, must);
        let head = visitor.head(self.path).await;
        if (head.status, head.leads_to()) != (answer.status, answer.leads_to()) || !head.body.is_empty() {
            wrong.push(format!("HEAD gets {} {:?} {:?}", head.status, head.leads_to(), head.body));
        }
        wrong.extend(self.wrong_with_what_is_kept(before).await);
        wrong
    }

    /// Sends the form from another website, without its token, and as it should be.
    pub async fn send_every_way(
        &self,
        visitor: &Caller,
        fields: &[(String, String)],
        without_token: Must,
        must: Must,
    ) -> Vec<String> {
        let mut wrong = self.send(visitor, fields, Sent::FromElsewhere, Must::BeRefused).await;
        wrong.extend(self.send(visitor, fields, Sent::WithoutToken, without_token).await);
        wrong.extend(self.send(visitor, fields, Sent::FromHere, must).await);
        wrong
    }

    /// Sends the form, whose token the visitor knows if anyone let them see it.
    async fn send(
        &self,
        visitor: &Caller,
        fields: &[(String, String)],
        sent: Sent,
        must: Must,
    ) -> Vec<String> {
        let before = self.before(must).await;
        let answer = visitor.send_form(self.path, fields, sent).await;
        let mut wrong = self.wrong_with(&answer, must);
        wrong.extend(self.wrong_with_what_is_kept(before).await);
        wrong.into_iter().map(|wrong| format!("{sent:?}: {wrong}")).collect()
    }

    /// What is kept before, and whether it must be changed, where that is known.
    async fn before(&self, must: Must) -> Option<(Record, bool)> {
        match must.changes() {
            Some(changes) => Some((self.records.now().await, changes)),
            None => None,
        }
    }

    async fn wrong_with_what_is_kept(&self, before: Option<(Record, bool)>) -> Option<String> {
        let (before, changes) = before?;
        before.differs(&self.records.now().await, changes)
    }

    fn wrong_with(&self, answer: &Answer, must: Must) -> Vec<String> {
        let mut wrong: Vec<String> = must.differs(answer, self.filled).into_iter().collect();
        let text = answer.text();
        let named = self.unnamed.iter().filter(|name| text.contains(**name));
        wrong.extend(named.map(|name| format!("{name} is named: {text}")));
        if must.changes() != Some(true) && opens_a_session(answer) {
            wrong.push(format!("a session was handed out: {:?}", answer.headers));
        }
        wrong
    }
}

/// Whether the browser is given a cookie that lets it in.
fn opens_a_session(answer: &Answer) -> bool {
    answer.headers.get_all(SET_COOKIE).iter().any(|set| {
        let set = set.to_str().expect("a cookie in letters");
        let (name, rest) = set.split_once('=').expect("a cookie");
        SESSIONS.contains(&name.trim_start_matches("__Host-")) && !rest.starts_with(';')
    })
}
