//! Who is asking and whether they may: checked before any handler, from what the database says at
//! this moment, so that a change of rights holds from the next request.

use super::page::{Frame, Link};
use super::refusal::Refusal;
use super::router::Needs;
use super::session::{self, Token};
use super::{EhrState, page};
use axum::extract::{FromRequestParts, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::HeaderMap;
use http::request::Parts;
use portal_host::identity::StaffId;
use portal_host::rights::{Access, Right};
use portal_host::tab::{Notice, Viewer};
use sandbox_db::{Menu, Module, StaffAccess};

/// The member of staff a request comes from, and what they may do at this moment.
#[derive(Clone)]
pub(super) struct SignedIn {
    pub(super) id: StaffId,
    name: String,
    access: StaffAccess,
    token_hash: [u8; 32],
}

/// Lets a request through to its handler if whoever sent it has what the route needs.
pub(super) async fn check(
    State((ehr, needs)): State<(EhrState, Needs)>,
    mut request: Request,
    next: Next,
) -> Response {
    if needs == Needs::Nothing {
        return next.run(request).await;
    }
    let staff = match SignedIn::find(&ehr, request.headers()).await {
        Ok(Some(staff)) => staff,
        Ok(None) => return page::go_to("/sign-in"),
        Err(refusal) => return refusal.into_response(),
    };
    let may = match needs {
        Needs::Nothing | Needs::SignIn => true,
        Needs::Right(grant) => staff.may(grant.module, grant.access),
        Needs::PortalTab => {
            staff.may(Module::Patients, Access::View) && staff.holds(&ehr.portal.tab().requires)
        }
    };
    if !may {
        return Refusal::Forbidden.into_response();
    }
    request.extensions_mut().insert(staff);
    next.run(request).await
}

impl SignedIn {
    /// Whose session the request carries, if it is still good; the session is then used now.
    async fn find(ehr: &EhrState, headers: &HeaderMap) -> Result<Option<Self>, Refusal> {
        let Some(token) = Token::of(headers) else { return Ok(None) };
        let (practice, now, token_hash) = (&ehr.practice, ehr.clock.now(), token.hash());
        let Some(session) = ehr.database.staff_session(practice, &token_hash, now).await? else {
            return Ok(None);
        };
        if !session::holds(session.opened, session.seen, now) {
            return Ok(None);
        }
        let Some(access) = ehr.database.rights_of(practice, &session.staff).await? else { return Ok(None) };
        // Noting every request would make each wait for its turn to write.
        if now >= session.seen.plus_seconds(session::NOTED_AFTER) {
            ehr.database.touch_staff_session(practice, &token_hash, now).await?;
        }
        Ok(Some(Self { id: session.staff, name: session.name, access, token_hash }))
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

    /// As the portal is told.
    pub(super) fn viewer(&self) -> Viewer {
        let rights = self.access.rights.iter().cloned().collect();
        Viewer { id: self.id.clone(), name: self.name.clone(), rights }
    }

    /// Leaves a notice for the next page of this session.
    pub(super) async fn leave_notice(&self, ehr: &EhrState, notice: Notice) -> Result<(), Refusal> {
        ehr.database.leave_notice(&ehr.practice, &self.token_hash, &notice).await?;
        Ok(())
    }

    /// The frame for a page within the menu `current`, with the notice left for it. Asked for last,
    /// so that a page that cannot be shown does not use the notice up.
    pub(super) async fn frame(&self, ehr: &EhrState, current: Option<Menu>) -> Result<Frame, Refusal> {
        let notice = ehr.database.take_notice(&ehr.practice, &self.token_hash).await?;
        Ok(Frame { staff_name: self.name.clone(), menu: self.menu(current), notice })
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
