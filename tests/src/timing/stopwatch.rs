//! Taking the time of requests that are ready to be sent.

use super::report::Kind;
use crate::html;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use rand::rngs::ChaCha8Rng;
use rand::seq::SliceRandom;
use std::collections::BTreeMap;
use std::time::Instant;
use tower::ServiceExt;

/// More than any page has, in bytes.
const LONGEST_PAGE: usize = 1 << 20;

/// A request that only has to be sent.
pub struct Ready<K> {
    /// What kind of request it is.
    pub kind: K,
    /// As a browser sends it.
    pub request: Request<Body>,
}

impl<K: Kind> Ready<K> {
    /// Sends it, and says how long the whole answer took, in microseconds.
    ///
    /// # Panics
    /// Where the answer is not the one that this kind is given.
    pub async fn sent(self, website: &Router) -> f64 {
        let website = website.clone();
        let begun = Instant::now();
        let answer = website.oneshot(self.request).await.expect("an answer");
        let (head, body) = answer.into_parts();
        let body = to_bytes(body, LONGEST_PAGE).await.expect("a page");
        let took = begun.elapsed();
        let page = String::from_utf8_lossy(&body);
        let is_as_expected =
            head.status == StatusCode::UNPROCESSABLE_ENTITY && page.contains(self.kind.answer());
        assert!(is_as_expected, "{:?}: {} {}", self.kind, head.status, html::text(&page));
        took.as_secs_f64() * 1e6
    }
}

/// The times of each kind, in microseconds.
pub struct Times<K>(BTreeMap<K, Vec<f64>>);

impl<K: Kind> Times<K> {
    /// None yet.
    pub fn none() -> Self {
        Self(BTreeMap::new())
    }

    /// Sends requests one after the other, in an order drawn at random.
    pub async fn take(&mut self, mut ready: Vec<Ready<K>>, website: &Router, random: &mut ChaCha8Rng) {
        ready.shuffle(random);
        for request in ready {
            let kind = request.kind;
            let took = request.sent(website).await;
            self.0.entry(kind).or_default().push(took);
        }
    }

    /// Those of a kind.
    pub fn of(&self, kind: K) -> &[f64] {
        self.0.get(&kind).map_or(&[], Vec::as_slice)
    }
}
