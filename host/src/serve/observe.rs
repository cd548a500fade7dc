//! One line in the log for every request, under an id that the visitor can quote. Never the path,
//! the query or a header: any of them may hold what a person typed.

use axum::Router;
use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use http::HeaderValue;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

/// Tells this request from all others of this process. Set by the host; a client cannot choose it.
#[derive(Clone, Copy, Debug)]
pub struct RequestId {
    process: u32,
    count: u64,
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08x}-{:x}", self.process, self.count)
    }
}

/// Gives every request of `router` an id and logs how it was answered. `listener` names the
/// address in the log.
pub fn observed(router: Router, listener: &'static str) -> Router {
    let process = std::process::id().wrapping_mul(0x9E37_79B1);
    let requests = Arc::new(AtomicU64::new(0));
    router.layer(from_fn(move |mut request: Request, next: Next| {
        let id = RequestId { process, count: requests.fetch_add(1, Ordering::Relaxed) };
        request.extensions_mut().insert(id);
        async move {
            let method = request.method().clone();
            let begun = Instant::now();
            let mut response = next.run(request).await;
            let ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
            let status = response.status().as_u16();
            tracing::info!(listener, %id, %method, status, ms, "answered");
            if let Ok(id) = HeaderValue::from_str(&id.to_string()) {
                response.headers_mut().insert("x-request-id", id);
            }
            response
        }
    }))
}
