//! The headers of answers, written down so that a change of any of them is seen: each set of headers once,
//! with all the requests that get it.

use crate::raw;
use crate::visitor::Answer;

/// What differs from answer to answer, and what stands in its place.
const VOLATILE: [(&str, &str); 4] = [
    ("content-length", "<bytes>"),
    ("date", "<date>"),
    ("retry-after", "<seconds>"),
    ("x-request-id", "<id>"),
];

/// Sets of headers in the order they were first seen, each with who got it.
#[derive(Default)]
pub struct Headers(Vec<(String, Vec<String>)>);

impl Headers {
    /// Adds an answer to the request described as `what`.
    pub fn add(&mut self, what: &str, answer: &Answer) {
        let headers = answer.headers.iter();
        let headers =
            headers.map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into()));
        self.add_set(what, answer.status, headers.collect());
    }

    /// The same for an answer that was read byte by byte.
    pub fn add_raw(&mut self, what: &str, answer: &str) {
        let head = answer.split("\r\n\r\n").next().unwrap_or_default();
        let lines = head.lines().skip(1).filter_map(|line| line.split_once(": "));
        let headers = lines.map(|(name, value)| (name.to_lowercase(), value.to_owned()));
        self.add_set(what, raw::status(answer), headers.collect());
    }

    fn add_set(&mut self, what: &str, status: u16, mut headers: Vec<(String, String)>) {
        // Stable, so that cookies stay in their order.
        headers.sort_by(|(one, _), (other, _)| one.cmp(other));
        let lines: Vec<String> =
            headers.iter().map(|(name, value)| format!("{name}: {}\n", steady(name, value))).collect();
        let set = format!("{status}\n{}", lines.concat());
        match self.0.iter_mut().find(|(known, _)| *known == set) {
            Some((_, requests)) => requests.push(what.to_owned()),
            None => self.0.push((set, vec![what.to_owned()])),
        }
    }

    /// Everything, to be kept as a snapshot.
    pub fn written(&self) -> String {
        let sets = self.0.iter().map(|(set, requests)| {
            let requests: Vec<String> = requests.iter().map(|request| format!("# {request}\n")).collect();
            format!("{}{set}", requests.concat())
        });
        sets.collect::<Vec<_>>().join("\n")
    }
}

/// The value without what differs from answer to answer. A cookie keeps its name and all that is said of
/// it.
fn steady(name: &str, value: &str) -> String {
    if let Some((_, steady)) = VOLATILE.iter().find(|(known, _)| *known == name) {
        return (*steady).to_owned();
    }
    if name != "set-cookie" {
        return value.to_owned();
    }
    let (pair, attributes) = value.split_once(';').unwrap_or((value, ""));
    let (cookie, token) = pair.split_once('=').unwrap_or((pair, ""));
    let token = if token.is_empty() { "" } else { "<token>" };
    format!("{cookie}={token};{attributes}")
}
