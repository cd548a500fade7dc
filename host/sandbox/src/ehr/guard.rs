//! Who is asking and whether they may: checked before any handler, from what the database says at
//! this moment, so that a change of rights holds from the next request.

use super::form::{Drawn, Form};
use super::limits::NOTED_AFTER;
use super::page::{Frame, Link};
use super::refusal::Refusal;
use super::router::{Needs, Takes};
use super::session::{self, Cookie, Token};
use super::{EhrState, page};
use axum::body::Body;
use axum::extract::{FromRequestParts, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::Method;
use http::request::Parts;
use portal_host::identity::StaffId;
use portal_host::rights::{Access, Right};
use portal_host::serve::ClientAddress;
use portal_host::tab::{Notice, Viewer};
use sandbox_db::{By, Menu, Module, StaffAccess};
use std::sync::Arc;

/// The member of staff a request comes from, and what they may do at this moment.
#[derive(Clone)]
pub(super) struct SignedIn {
    pub(super) id: StaffId,
    name: String,
    access: StaffAccess,
    token_hash: [u8; 32],
    form_token: String,
    address: Option<String>,
}

/// Lets a request through to its handler if whoever sent it has what the route needs.
/// A form is let through only if it was drawn by us for the browser that sends it: every POST passes
/// here, so none can forget to ask.
pub(super) async fn check(
    State((ehr, needs, takes)): State<(EhrState, Needs, Takes)>,
    request: Request,
    next: Next,
) -> Response {
    if needs == Needs::Nothing {
        return match for_visitor(&ehr, request).await {
            Ok(request) => next.run(request).await,
            Err(refusal) => refusal.into_response(),
        };
    }
    let token = Token::of(request.headers(), Cookie::Session, ehr.site.is_secure());
    let address = request.extensions().get::<ClientAddress>().map(|client| client.0.to_string());
    let staff = match SignedIn::find(&ehr, token, address).await {
        Ok(Some(staff)) => staff,
        Ok(None) => return page::go_to("/sign-in"),
        Err(refusal) => return refusal.into_response(),
    };
    let may = match needs {
        Needs::Nothing | Needs::SignIn => true,
        Needs::Right(grant) => staff.may(grant.module, grant.access),
        Needs::PortalTab => staff.access.may_open_tab(&ehr.portal.tab().requires),
    };
    if !may {
        return staff.framed(&ehr, Refusal::Forbidden.into_response());
    }
    let mut request = match with_form(request, takes, &staff.form_token).await {
        Ok(request) => request,
        Err(refusal) => return staff.framed(&ehr, refusal.into_response()),
    };
    request.extensions_mut().insert(staff.clone());
    staff.framed(&ehr, next.run(request).await)
}

/// Reads the form of a visitor who is not signed in. One that was drawn for another visit goes on to
/// its page marked as such: nobody should have to type their name again.
async fn for_visitor(ehr: &EhrState, request: Request) -> Result<Request, Refusal> {
    let token = Token::of(request.headers(), Cookie::Visit, ehr.site.is_secure());
    let expected = token.map(|token| token.for_form()).unwrap_or_default();
    let (mut request, form) = read_form(request, Takes::Fields).await?;
    if let Some(form) = form {
        let drawn = if form.shows(&expected) { Drawn::ForThisVisit } else { Drawn::Elsewhere };
        request.extensions_mut().insert(drawn);
        request.extensions_mut().insert(form);
    }
    Ok(request)
}

/// Reads the form of someone who is signed in, and refuses one that was not drawn for their session.
async fn with_form(request: Request, takes: Takes, expected: &str) -> Result<Request, Refusal> {
    let (mut request, form) = read_form(request, takes).await?;
    if let Some(form) = form {
        if !form.shows(expected) {
            return Err(Refusal::StaleForm);
        }
        request.extensions_mut().insert(form);
    }
    Ok(request)
}

/// Takes the form out of a POST; its handler gets it from the request's extensions.
async fn read_form(request: Request, takes: Takes) -> Result<(Request, Option<Form>), Refusal> {
    if request.method() != Method::POST {
        return Ok((request, None));
    }
    let (head, body) = request.into_parts();
    let form = Form::read(&head.headers, body, takes).await?;
    Ok((Request::from_parts(head, Body::empty()), Some(form)))
}

impl SignedIn {
    /// Whose session the token is for, if it is still good; the session is then used now.
    async fn find(
        ehr: &EhrState,
        token: Option<Token>,
        address: Option<String>,
    ) -> Result<Option<Self>, Refusal> {
        let Some(token) = token else { return Ok(None) };
        let (practice, now, token_hash) = (&ehr.practice, ehr.clock.now(), token.hash());
        let Some(session) = ehr.database.staff_session(practice, &token_hash, now).await? else {
            return Ok(None);
        };
        if !session::holds(session.opened, session.seen, now) {
            return Ok(None);
        }
        let Some(access) = ehr.database.rights_of(practice, &session.staff).await? else { return Ok(None) };
        // Noting every request would make each wait for its turn to write.
        if now >= session.seen.plus_seconds(NOTED_AFTER) {
            ehr.database.touch_staff_session(practice, &token_hash, now).await?;
        }
        let form_token = token.for_form();
        Ok(Some(Self { id: session.staff, name: session.name, access, token_hash, form_token, address }))
    }

    /// Whether the access level grants this.
    pub(super) fn may(&self, module: Module, access: Access) -> bool {
        self.access.may(module, access)
    }

    /// Whether the access level grants what a plugin asks for.
    pub(super) fn holds(&self, right: &Right) -> bool {
        self.access.rights.contains(right)
    }

    /// The session, as it is stored.
    pub(super) fn token_hash(&self) -> &[u8; 32] {
        &self.token_hash
    }

    /// As what they do is put on record.
    pub(super) fn by(&self) -> By {
        By { staff: self.id.clone(), address: self.address.clone() }
    }

    /// Where they are signed in from.
    pub(super) fn address(&self) -> Option<&str> {
        self.address.as_deref()
    }

    /// As the portal is told.
    pub(super) fn viewer(&self) -> Viewer {
        let rights = self.access.rights.iter().cloned().collect();
        Viewer { id: self.id.clone(), name: self.name.clone(), rights, address: self.address.clone() }
    }

    /// As the portal is told, with the rights that hold by now; none where they no longer suffice for its
    /// tab. For what goes on long after the request was let through.
    pub(super) async fn viewer_now(&self, ehr: &EhrState) -> Result<Option<Viewer>, Refusal> {
        let Some(access) = ehr.database.rights_of(&ehr.practice, &self.id).await? else { return Ok(None) };
        let may = access.may_open_tab(&ehr.portal.tab().requires);
        Ok(may.then(|| Self { access, ..self.clone() }.viewer()))
    }

    /// Leaves a notice for the next page of this session.
    pub(super) async fn leave_notice(&self, ehr: &EhrState, notice: Notice) -> Result<(), Refusal> {
        ehr.database.leave_notice(&ehr.practice, &self.token_hash, &notice).await?;
        Ok(())
    }

    /// Gives a page that is refused the frame of all others, so that the menu and the way out are there.
    fn framed(&self, ehr: &EhrState, mut response: Response) -> Response {
        if response.extensions().get::<Refusal>().is_some() {
            response.extensions_mut().insert(self.frame_with(ehr, None, None));
        }
        response
    }

    /// The frame for a page within the menu `current`, with the notice left for it. Asked for last,
    /// so that a page that cannot be shown does not use the notice up.
    pub(super) async fn frame(&self, ehr: &EhrState, current: Option<Menu>) -> Result<Frame, Refusal> {
        let notice = ehr.database.take_notice(&ehr.practice, &self.token_hash).await?;
        Ok(self.frame_with(ehr, current, notice))
    }

    fn frame_with(&self, ehr: &EhrState, current: Option<Menu>, notice: Option<Notice>) -> Frame {
        let (staff_name, form_token) = (self.name.clone(), self.form_token.clone());
        let practice = Arc::clone(&ehr.practice_name);
        Frame { staff_name, practice, menu: self.menu(current), notice, form_token }
    }

    fn menu(&self, current: Option<Menu>) -> Vec<Link> {
        self.access
            .menus
            .iter()
            .map(|menu| Link {
                label: menu.label().to_owned(),
                href: match menu {
                    Menu::Patients => "/patients".to_owned(),
                    Menu::Administration => "/administration".to_owned(),
                },
                current: Some(*menu) == current,
            })
            .collect()
    }
}

impl<S: Send + Sync> FromRequestParts<S> for SignedIn {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Response> {
        // Only a route that needs nothing gets here without a session.
        parts.extensions.get::<Self>().cloned().ok_or_else(|| page::go_to("/sign-in"))
    }
}
