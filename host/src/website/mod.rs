//! The patient website: finds the practice by host name, reads the request within its bounds, lets
//! the component answer, and checks the answer before it goes out. It has no route of its own but
//! one stylesheet, so there is no staff page it could serve.

mod answer;
mod beat;
mod notice_words;
mod notices;
mod practice;

use crate::chain::Chain;
use crate::contract::Request;
use crate::metrics::Metrics;
use crate::portal::Portal;
use crate::runtime::CallError;
use crate::serve::{BodyError, ClientAddress, RequestId, observed, read_body};
use answer::checked;
use axum::Extension;
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use beat::on_the_beat;
use http::Method;
use http::request::Parts;
use notices::Notice;
use practice::find_practice;
use std::sync::Arc;
use std::time::Duration;

/// Longest path and query, in bytes.
const LONGEST_TARGET: usize = 8 << 10;

/// The patients' address: everything is answered by the component.
///
/// Serve it with [`crate::serve::Listener`], or with a server of your own that puts a
/// [`ClientAddress`] among each request's extensions: throttling is by that address.
pub fn router(portal: Arc<Portal>) -> Router {
    let metrics = portal.metrics().clone();
    let router =
        Router::new().route(notices::STYLESHEET, get(notices::stylesheet)).fallback(visit).with_state(portal);
    observed(router, "patients", metrics)
}

/// What answers to a name that is no practice's website here.
pub fn nobodys(metrics: Metrics) -> Router {
    let router = Router::new()
        .route(notices::STYLESHEET, get(notices::stylesheet))
        .fallback(async || Notice::NoSuchWebsite);
    observed(router, "patients", metrics)
}

async fn visit(
    State(portal): State<Arc<Portal>>,
    client: Option<Extension<ClientAddress>>,
    Extension(id): Extension<RequestId>,
    request: axum::extract::Request,
) -> Response {
    let Some(Extension(client)) = client else {
        tracing::error!(%id, "the server does not say which address a request comes from");
        return Notice::Broken { reference: id.to_string() }.into_response();
    };
    match answer(&portal, client, id, request).await {
        Ok(response) => response,
        Err(notice) => notice.into_response(),
    }
}

async fn answer(
    portal: &Portal,
    client: ClientAddress,
    id: RequestId,
    request: axum::extract::Request,
) -> Result<Response, Notice> {
    let (head, body) = request.into_parts();
    let practice = find_practice(portal, &head).await?;
    // A page that is only looked at depends on nothing that a visitor may guess.
    let beat = if head.method == Method::POST { portal.limits().form_beat } else { Duration::ZERO };
    let request = read(head, body, client).await?;
    let answer = on_the_beat(beat, portal.visit(practice, request)).await;
    let answer = answer.and_then(|response| {
        let checked = checked(response, portal.limits());
        checked.inspect_err(|error| portal.metrics().failed_call(error.kind()))
    });
    answer.map_err(|error| Notice::of_failure(&error, id))
}

/// Reads a request within its bounds.
async fn read(head: Parts, body: Body, client: ClientAddress) -> Result<Request, Notice> {
    let target = head.uri.path_and_query().map_or("/", |target| target.as_str());
    if target.len() > LONGEST_TARGET {
        return Err(Notice::AddressTooLong);
    }
    let body = read_body(&head.headers, body).await.map_err(|error| match error {
        BodyError::TooLong => Notice::TooMuchSent,
        BodyError::TooSlow => Notice::SentTooSlowly,
        BodyError::Broken => Notice::BrokeOff,
    })?;
    let headers = head.headers.iter();
    Ok(Request {
        method: head.method.as_str().to_owned(),
        target: target.to_owned(),
        headers: headers.map(|(name, value)| (name.as_str().to_owned(), value.as_bytes().to_vec())).collect(),
        body: body.to_vec(),
        client: client.0.to_string(),
    })
}

impl Notice {
    /// What a visitor is told when the component failed: to wait, or to quote a reference.
    fn of_failure(error: &CallError, id: RequestId) -> Self {
        match error {
            // Logged where the EHR was asked.
            CallError::EhrUnavailable { retry_after } => Self::TryAgain { retry_after: *retry_after },
            CallError::Overloaded { retry_after } => {
                tracing::warn!(%id, kind = error.kind(), "a visit was refused");
                Self::TryAgain { retry_after: *retry_after }
            }
            CallError::Instantiation(_)
            | CallError::Trapped(_)
            | CallError::ComputedTooLong
            | CallError::TooMuchMemory
            | CallError::TooManyEhrCalls
            | CallError::BrokeContract(_)
            | CallError::AnswerTooLarge
            | CallError::MalformedAnswer(_)
            | CallError::Ended(_) => {
                tracing::error!(%id, kind = error.kind(), cause = %Chain(error), "a visit failed");
                Self::Broken { reference: id.to_string() }
            }
        }
    }
}
