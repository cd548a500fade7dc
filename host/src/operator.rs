//! What only the operator sees: the metrics and how the host is, on an address of their own that is not for the
//! network.

use crate::metrics::Metrics;
pub use crate::readiness::{NotReady, Readiness};
use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::{StatusCode, header};

/// Nothing said here is true for long.
const NOT_KEPT: (header::HeaderName, &str) = (header::CACHE_CONTROL, "no-store");

/// `GET /metrics`, in the text format that Prometheus reads; `GET /healthz`, answered with 200 for as long as the
/// process serves at all; `GET /readyz`, answered with 200 while visitors may be sent here and otherwise with 503
/// and a word that says why not. Nothing else.
///
/// There is no sign-in: serve it on a loopback or an internal address, and stop it last, so that a load balancer
/// learns that the host is stopping.
pub fn router(metrics: Metrics, readiness: Readiness) -> Router {
    Router::new()
        .route("/metrics", get(text).with_state(metrics))
        .route("/healthz", get(async || ([NOT_KEPT], "serving\n")))
        .route("/readyz", get(ready).with_state(readiness))
}

async fn text(State(metrics): State<Metrics>) -> Response {
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    let headers = [(header::CONTENT_TYPE, kind), NOT_KEPT];
    metrics.text().map_or_else(
        |_| StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        |text| (headers, text).into_response(),
    )
}

async fn ready(State(readiness): State<Readiness>) -> Response {
    match readiness.check().await {
        Ok(()) => ([NOT_KEPT], "ready\n").into_response(),
        Err(why) => (StatusCode::SERVICE_UNAVAILABLE, [NOT_KEPT], format!("{why}\n")).into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lent::Unavailable;
    use axum::body::Body;
    use http::Request;
    use tower::ServiceExt;

    async fn ask(router: &Router, path: &str) -> (u16, String) {
        let request = Request::get(path).body(Body::empty()).unwrap();
        let answer = router.clone().oneshot(request).await.unwrap();
        let status = answer.status().as_u16();
        let body = axum::body::to_bytes(answer.into_body(), 1 << 10).await.unwrap();
        (status, String::from_utf8(body.to_vec()).unwrap())
    }

    #[tokio::test]
    async fn without_its_database_a_host_is_healthy_but_not_ready_and_does_not_say_more() {
        let gone = || async { Err(Unavailable::because("postgres://portal:planted@db.example is gone")) };
        let router = router(Metrics::new(), Readiness::new(gone));

        assert_eq!(ask(&router, "/readyz").await, (503, "the database does not answer\n".to_owned()));
        assert_eq!(ask(&router, "/healthz").await, (200, "serving\n".to_owned()));
    }

    #[tokio::test]
    async fn told_to_stop_a_host_is_healthy_but_not_ready() {
        let readiness = Readiness::new(|| async { Ok(()) });
        let router = router(Metrics::new(), readiness.clone());
        assert_eq!(ask(&router, "/readyz").await, (200, "ready\n".to_owned()));

        readiness.stop();

        assert_eq!(ask(&router, "/readyz").await, (503, "stopping\n".to_owned()));
        assert_eq!(ask(&router, "/healthz").await.0, 200);
    }
}
