//! Answering only to the names of websites that this host serves, whatever names the database has for other hosts.

use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use portal_host::serve::host_of;
use std::collections::HashSet;
use std::sync::Arc;
use tower::ServiceExt;

/// The names of the websites that are served here, and what answers to any other.
#[derive(Clone)]
pub(crate) struct ServedNames {
    pub(crate) names: Arc<HashSet<String>>,
    pub(crate) elsewhere: Router,
}

/// Answers only to the names of practices that are served here; whoever opens another is told that there is no portal,
/// whatever other hosts serve.
pub(crate) async fn only_at_their_names(
    State(served): State<ServedNames>,
    request: Request,
    next: Next,
) -> Response {
    let (head, body) = request.into_parts();
    let is_served = host_of(&head).is_some_and(|host| served.names.contains(&host));
    let request = Request::from_parts(head, body);
    if is_served { next.run(request).await } else { served.elsewhere.oneshot(request).await.into_response() }
}
