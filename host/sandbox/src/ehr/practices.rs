//! Which practice's screens a request is for: told by the name it asks for, before anything is read. The screens of
//! each practice are a router of their own that knows of no other practice.

use super::EhrState;
use super::refusal::Refusal;
use super::router::router;
use axum::Router;
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use portal_host::serve::host_of;
use std::collections::HashMap;
use std::sync::Arc;
use tower::ServiceExt;

/// The EHR of several practices, each under the names of its own site.
pub fn by_practice(practices: impl IntoIterator<Item = EhrState>) -> Router {
    let mut by_host: HashMap<String, Router> = HashMap::new();
    let mut any = None;
    for ehr in practices {
        let site = Arc::clone(&ehr.site);
        let screens = router(ehr);
        by_host.extend(site.hosts().iter().map(|host| (host.clone(), screens.clone())));
        any = Some(screens);
    }
    let by_host = Arc::new(by_host);
    Router::new().fallback(move |request: Request| answer(Arc::clone(&by_host), any.clone(), request))
}

/// A request for a name that is nobody's is refused by any of them, as they refuse whatever is not for them.
async fn answer(by_host: Arc<HashMap<String, Router>>, any: Option<Router>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let screens = host_of(&head).and_then(|host| by_host.get(&host)).or(any.as_ref());
    let Some(screens) = screens.cloned() else { return Refusal::Misdirected.into_response() };
    screens.oneshot(Request::from_parts(head, body)).await.into_response()
}
