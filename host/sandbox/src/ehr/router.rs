//! One line of the route table, and the router built from it: a page that is not in the table
//! cannot be reached, and one that is cannot be reached without the right written beside it.

use super::{EhrState, guard, harden, origin, refusal::Refusal};
use axum::Router;
use axum::handler::Handler;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{MethodRouter, on};
use http::Method;
use portal_host::rights::Access;
use sandbox_db::{Grant, Module};

/// What someone needs before a route answers with anything but a way to sign in, or 403.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// Nothing: the sign-in page and what it is drawn with.
    Nothing,
    /// To be signed in.
    SignIn,
    /// To be signed in with this right.
    Right(Grant),
    /// To be signed in with Patients > View and the right the portal's tab asks for.
    PortalTab,
}

impl Needs {
    /// The right over `module` that is needed.
    pub(super) fn right(module: Module, access: Access) -> Self {
        Self::Right(Grant { module, access })
    }
}

/// What a POST may carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Takes {
    /// The fields of a form.
    Fields,
    /// A file among them.
    File,
}

/// A method on a path, what it needs and what answers it.
pub struct Route {
    /// `GET` (which answers `HEAD` as well) or `POST`.
    pub method: Method,
    /// With axum's placeholders, such as `/patients/{key}/demographics`.
    pub path: &'static str,
    /// Checked before the handler is called, for every request anew.
    pub needs: Needs,
    takes: Takes,
    handler: MethodRouter<EhrState>,
}

impl Route {
    /// A page to read.
    pub(super) fn get<H, T>(path: &'static str, needs: Needs, handler: H) -> Self
    where
        H: Handler<T, EhrState>,
        T: 'static,
    {
        let handler = on(axum::routing::MethodFilter::GET, handler);
        Self { method: Method::GET, path, needs, takes: Takes::Fields, handler }
    }

    /// A change, answered by a redirect to the page that shows it.
    pub(super) fn post<H, T>(path: &'static str, needs: Needs, handler: H) -> Self
    where
        H: Handler<T, EhrState>,
        T: 'static,
    {
        let handler = on(axum::routing::MethodFilter::POST, handler);
        Self { method: Method::POST, path, needs, takes: Takes::Fields, handler }
    }

    /// A change that a file can be sent with.
    pub(super) fn upload<H, T>(path: &'static str, needs: Needs, handler: H) -> Self
    where
        H: Handler<T, EhrState>,
        T: 'static,
    {
        Self { takes: Takes::File, ..Self::post(path, needs, handler) }
    }
}

/// The EHR for staff, ready to be served behind `portal_host::serve::observed`, whose request id its
/// error pages quote. It knows nothing of the patient website.
pub fn router(ehr: EhrState) -> Router {
    super::routes::routes()
        .into_iter()
        .fold(Router::new(), |router, route| {
            let guard = from_fn_with_state((ehr.clone(), route.needs, route.takes), guard::check);
            router.route(route.path, route.handler.route_layer(guard))
        })
        .method_not_allowed_fallback(async || Refusal::WrongMethod)
        .fallback(async || Refusal::NotFound)
        .layer(from_fn_with_state(ehr.clone(), origin::check))
        .layer(from_fn(super::refusal::draw))
        .layer(from_fn_with_state(ehr.clone(), harden::response))
        .with_state(ehr)
}
