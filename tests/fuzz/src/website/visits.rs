//! Visits, one after the other, each from a practice that is as it should be. Nothing but a form of ours
//! may change it, and no visit may cost the host a call that came to nothing.

use super::answer::{Answer, check};
use super::people::{Held, accounts, gathered};
use super::sent::Sent;
use crate::message::Message;
use axum::Router;
use http_body_util::BodyExt;
use portal_host::{Limits, website};
use portal_tests::practice::Practice;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Instant;
use tokio::runtime::Runtime;
use tower::ServiceExt;

/// Visits of one day: no counter of a day is full before another begins.
const A_DAY: u32 = 48;
const SECONDS_OF_A_DAY: u64 = 86_400;
/// Counters of what an operator would be woken for.
const BROKEN: [&str; 3] =
    ["portal_failed_calls_total{", "portal_unavailable_total{", "portal_busy_hashing_total{"];
/// Counter of everything that was put on record.
const ACTS: &str = "portal_acts_total{";

/// A website with its visitors.
pub struct Visits {
    runtime: Runtime,
    practice: Practice,
    router: Router,
    /// What is held, until something changed it.
    held: Option<Held>,
    visits: u32,
}

impl Visits {
    /// A new practice.
    ///
    /// # Panics
    /// Where it does not start.
    pub fn begin() -> Self {
        let runtime = Runtime::new().expect("a runtime");
        let practice = runtime.block_on(Practice::open());
        let router = website::router(Arc::clone(&practice.portal));
        Self { runtime, practice, router, held: None, visits: 0 }
    }

    /// Sends what the input says, and checks all that must hold.
    ///
    /// # Panics
    /// Where something does not hold.
    pub fn visit(&mut self, input: &[u8]) {
        let held = self.prepared();
        let sent = Sent::of(&Message::read(&held.filled(input)), held.get("host"));
        let (practice, router) = (&self.practice, self.router.clone());
        let before = self.runtime.block_on(accounts(practice));
        let acts = self.counted(&[ACTS]);
        let broken = self.counted(&BROKEN);

        let request = sent.from_client(self.client());
        let begun = Instant::now();
        let answer = self.runtime.block_on(async {
            let (head, body) = router.oneshot(request).await.expect("the router cannot fail").into_parts();
            let body = body.collect().await.expect("a whole answer").to_bytes().to_vec();
            Answer { status: head.status.as_u16(), headers: head.headers, body }
        });
        let took = begun.elapsed();

        check(&sent, &held, &answer);
        let limits = Limits::default();
        assert!(took < limits.compute + limits.ehr_total, "it took {took:?}");
        assert_eq!(self.counted(&BROKEN), broken, "a call came to nothing");
        let is_as_before =
            self.runtime.block_on(accounts(practice)) == before && self.counted(&[ACTS]) == acts;
        let may_change = sent.may_change(held.form_tokens(), held.get("host"));
        assert!(is_as_before || may_change, "{}: something was changed by {sent:?}", answer.status);

        // Whatever was done may have been the end of what somebody holds.
        let is_done = answer.status == 303 && !is_as_before;
        self.held = Some(held).filter(|_| !is_done);
    }

    /// Checks that the audit trail is whole after all visits.
    ///
    /// # Panics
    /// Where an entry of it is not as it was written.
    pub fn end(self) {
        let Self { runtime, practice, .. } = self;
        let verified = practice.database.verify_audit(&practice.practice, None, |_| ());
        runtime.block_on(verified).expect("the audit trail is whole");
    }

    /// What is held now. Another day begins where enough has been done on this one.
    fn prepared(&mut self) -> Held {
        self.visits += 1;
        if self.visits.is_multiple_of(A_DAY) {
            self.held = None;
        }
        let Self { runtime, practice, held, .. } = self;
        held.take().unwrap_or_else(|| {
            runtime.block_on(async {
                practice.wait(SECONDS_OF_A_DAY).await;
                gathered(practice).await
            })
        })
    }

    /// A network of its own for each visit of a day, so that no two share a counter.
    fn client(&self) -> IpAddr {
        [10, 0, 0, u8::try_from(self.visits % A_DAY).unwrap_or_default()].into()
    }

    /// The lines of the metrics that begin so.
    fn counted(&self, counters: &[&str]) -> Vec<String> {
        let text = self.practice.portal.metrics().text().expect("the metrics");
        let lines = text.lines().filter(|line| counters.iter().any(|counter| line.starts_with(counter)));
        let mut lines: Vec<String> = lines.map(str::to_owned).collect();
        lines.sort_unstable();
        lines
    }
}
