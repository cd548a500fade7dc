//! One line in the log for every answered request, under an id that the visitor can quote. Never the path,
//! the query or a header: any of them may hold what a person typed.

use crate::metrics::Metrics;
use axum::Router;
use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use http::{HeaderValue, Method};
use std::fmt;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

/// Tells this request from all others of this process. Set by the host; a client cannot choose it.
#[derive(Clone, Copy, Debug)]
pub struct RequestId(u64);

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// Gives every request of `router` an id, logs how it was answered and counts it. `listener` names
/// the address in the log and the metrics.
pub fn observed(router: Router, listener: &'static str, metrics: Metrics) -> Router {
    // A place to count from that no other router and no other process is likely to come near.
    let requests = Arc::new(AtomicU64::new(RandomState::new().build_hasher().finish()));
    router.layer(from_fn(move |mut request: Request, next: Next| {
        let id = RequestId(requests.fetch_add(1, Ordering::Relaxed));
        request.extensions_mut().insert(id);
        let metrics = metrics.clone();
        async move {
            let method = known(request.method());
            let begun = Instant::now();
            let mut response = next.run(request).await;
            let ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
            let status = response.status().as_u16();
            metrics.answered(listener, status);
            tracing::info!(listener, %id, method, status, ms, "answered");
            if let Ok(id) = HeaderValue::from_str(&id.to_string()) {
                response.headers_mut().insert("x-request-id", id);
            }
            response
        }
    }))
}

/// The method, if it is one of HTTP's own: any other is whatever somebody sent.
fn known(method: &Method) -> &'static str {
    const KNOWN: [&str; 9] = ["CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE"];
    KNOWN.into_iter().find(|known| *known == method.as_str()).unwrap_or("other")
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;
    use axum::routing::get;
    use tower::ServiceExt;

    async fn id_of(router: Router) -> String {
        let answer = router.oneshot(Request::new(Body::empty())).await.unwrap();
        answer.headers()["x-request-id"].to_str().unwrap().to_owned()
    }

    #[tokio::test]
    async fn no_two_requests_have_one_id_on_whatever_listener() {
        let router = || observed(Router::new().route("/", get(async || "")), "test", Metrics::new());
        let (one, other) = (router(), router());
        let ids =
            [id_of(one.clone()).await, id_of(one).await, id_of(other.clone()).await, id_of(other).await];
        let distinct: std::collections::BTreeSet<_> = ids.iter().collect();
        assert_eq!(distinct.len(), ids.len(), "{ids:?}");
    }

    #[test]
    fn a_method_somebody_made_up_is_not_repeated() {
        assert_eq!(known(&Method::POST), "POST");
        assert_eq!(known(&Method::from_bytes(b"MARIA").unwrap()), "other");
    }
}
