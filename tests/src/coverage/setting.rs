//! A practice at a running host with both listeners, over plain HTTP or as behind a proxy that ends TLS, alone there
//! or beside another; and how people come to hold what they hold there.

use super::caller::{Caller, Place};
use super::record::Records;
use crate::balancer::free_address;
use crate::neighbours::{Neighbours, PRACTICES};
use crate::people::{PASSWORD, Person};
use crate::{Installation, Setup, staff};
use std::sync::Arc;

/// The key of the portal's tab.
pub const TAB: &str = "patient-portal-admin";

/// The practice and its host.
pub struct Setting {
    /// Where patients go.
    pub website: Place,
    /// Where staff go.
    pub ehr: Place,
    /// Where the operator reads the metrics.
    pub operator: Place,
    /// What is kept.
    pub records: Records,
    _host: Arc<Installation>,
}

impl Setting {
    /// On loopback, as the sandbox is.
    pub async fn over_http() -> Self {
        let host = Installation::fresh();
        let place = |address: &str| Place { address: address.to_owned(), origin: address.to_owned() };
        let (website, ehr) = (place(&host.portal), place(&host.ehr));
        Self::of(Arc::new(host), "lakeside", website, ehr).await
    }

    /// Two practices at one host, with the same staff and patients, on loopback.
    ///
    /// # Panics
    /// Where the host does not start.
    pub async fn of_two_practices() -> [Self; 2] {
        let Neighbours { host, portal, ehr } = Neighbours::start();
        let host = Arc::new(host);
        let of = async |practice: &str| {
            let place = |address: &str, what: &str| Place {
                address: address.to_owned(),
                origin: format!("http://{what}.{practice}.example"),
            };
            Self::of(Arc::clone(&host), practice, place(&portal, "portal"), place(&ehr, "ehr")).await
        };
        [of(PRACTICES[0]).await, of(PRACTICES[1]).await]
    }

    /// As people who installed it have it.
    pub async fn over_tls() -> Self {
        let place =
            |origin: &str| Place { address: format!("http://{}", free_address()), origin: origin.to_owned() };
        let (website, ehr) = (place("https://portal.example.org"), place("https://ehr.example.org"));
        let socket = |place: &Place| place.address.trim_start_matches("http://").to_owned();
        let mut setup = Setup::fresh().with_website(&website.origin).with("--ehr-url", &ehr.origin);
        (setup.portal, setup.ehr) = (socket(&website), socket(&ehr));
        Self::of(Arc::new(setup.start()), "lakeside", website, ehr).await
    }

    /// At a host that runs, whose website and EHR are known by these names.
    ///
    /// # Panics
    /// Where what it keeps cannot be read.
    pub async fn of(host: Arc<Installation>, practice: &str, website: Place, ehr: Place) -> Self {
        let operator = Place { address: host.operator.clone(), origin: host.operator.clone() };
        let records = Records::of(&host.setup, practice).await;
        Self { website, ehr, operator, records, _host: host }
    }

    /// A member of staff, signed in.
    ///
    /// # Panics
    /// Where that does not work.
    pub async fn staff(&self, user: &str) -> Caller {
        let mut staff = Caller::at(&self.ehr);
        let password = staff::password_of(&staff.look_at("/sign-in").await, user);
        let form = [("user_name", user), ("password", &password)];
        staff.submit("/sign-in", "/sign-in", &form).await.expect(303);
        staff.look_at("/helpdesk").await.expect(200);
        staff
    }

    /// Invites the patient with this chart number; the Portal ID.
    ///
    /// # Panics
    /// Where that does not work.
    pub async fn invite(&self, desk: &mut Caller, chart: &str) -> String {
        let tab = format!("/patients/{chart}/tabs/{TAB}");
        let create = desk.look_at(&tab).await.form(staff::CREATE).action;
        desk.submit(&tab, &create, &[]).await.expect(303);
        staff::portal_id(&desk.get(&tab).await).expect("a Portal ID")
    }

    /// Somebody who has passed User Confirmation and holds the capability for that alone.
    ///
    /// # Panics
    /// Where they are not confirmed.
    pub async fn confirmed(&self, person: &Person, portal_id: &str) -> Caller {
        let mut visitor = Caller::at(&self.website);
        let form = [
            ("portal_id", portal_id),
            ("first_initial", person.first),
            ("last_initial", person.last),
            ("birth_date", person.born),
        ];
        let answer = visitor.submit("/activate", "/activate", &form).await.expect(303);
        assert_eq!(answer.leads_to().as_deref(), Some("/credentials"));
        visitor.look_at("/credentials").await.expect(200);
        visitor
    }

    /// Invites and activates.
    ///
    /// # Panics
    /// Where that does not work.
    pub async fn activate(&self, desk: &mut Caller, chart: &str, person: &Person, username: &str) {
        let portal_id = self.invite(desk, chart).await;
        let mut visitor = self.confirmed(person, &portal_id).await;
        let form = [("username", username), ("password", PASSWORD), ("password_again", PASSWORD)];
        let answer = visitor.submit("/credentials", "/credentials", &form).await.expect(303);
        assert_eq!(answer.leads_to().as_deref(), Some("/activated"));
    }

    /// A patient, logged in at a browser of their own.
    ///
    /// # Panics
    /// Where that does not work.
    pub async fn logged_in(&self, username: &str) -> Caller {
        let mut visitor = Caller::at(&self.website);
        let form = [("username", username), ("password", PASSWORD)];
        let answer = visitor.submit("/", "/login", &form).await.expect(303);
        assert_eq!(answer.leads_to().as_deref(), Some("/home"));
        visitor.look_at("/home").await.expect(200);
        visitor
    }
}
