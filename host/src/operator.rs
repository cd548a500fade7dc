//! What only the operator sees: the metrics, on an address of their own that is not for the network.

use crate::metrics::Metrics;
use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::{StatusCode, header};

/// `GET /metrics`, in the text format that Prometheus reads, and nothing else.
///
/// There is no sign-in: serve it on a loopback or an internal address.
pub fn router(metrics: Metrics) -> Router {
    Router::new().route("/metrics", get(text)).with_state(metrics)
}

async fn text(State(metrics): State<Metrics>) -> Response {
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    let headers = [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-store")];
    metrics.text().map_or_else(
        |_| StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        |text| (headers, text).into_response(),
    )
}
