//! Who comes to the EHR, by what their browser holds and what they may do there.

use crate::coverage::caller::{Caller, hidden};
use crate::coverage::setting::{Setting, TAB};
use crate::coverage::website::visitors::{self, Guests};
use crate::people::{ADMIN, BILLING, FRONT_DESK};
use crate::{html, staff};
use portal_host::rights::Access;
use sandbox_db::Grant;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

/// One of something for each kind of visitor. There is no way to leave one out.
#[derive(Clone, Copy, Debug)]
pub struct Visitors<T> {
    /// Holds nothing.
    pub stranger: T,
    /// A patient with every cookie of the website, under their own names and as a staff session.
    pub patient: T,
    /// Signed in, with Patients > View alone.
    pub billing: T,
    /// Signed in, with Connect EHR > View as well.
    pub front_desk: T,
    /// Signed in, with View of everything and nothing more.
    pub onlooker: T,
    /// Signed in, with every right.
    pub admin: T,
    /// Signed in with every right at another practice.
    pub neighbour: T,
}

/// A kind of visitor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    Stranger,
    Patient,
    Billing,
    FrontDesk,
    Onlooker,
    Neighbour,
    Admin,
}

impl Who {
    /// All of them. Who may change most comes last.
    pub const ALL: [Self; 7] = [
        Self::Stranger,
        Self::Patient,
        Self::Neighbour,
        Self::Billing,
        Self::FrontDesk,
        Self::Onlooker,
        Self::Admin,
    ];

    /// The chart each tries: one of their own, since an invitation changes what is offered there.
    fn chart(self) -> &'static str {
        match self {
            Self::Stranger | Self::Patient | Self::Neighbour | Self::Billing => "100004",
            Self::FrontDesk => "100008",
            Self::Onlooker => "100007",
            Self::Admin => "100009",
        }
    }
}

impl<T: Copy> Visitors<T> {
    /// This visitor's.
    pub fn of(&self, who: Who) -> T {
        match who {
            Who::Stranger => self.stranger,
            Who::Patient => self.patient,
            Who::Billing => self.billing,
            Who::FrontDesk => self.front_desk,
            Who::Onlooker => self.onlooker,
            Who::Admin => self.admin,
            Who::Neighbour => self.neighbour,
        }
    }
}

/// The visitors, ready to come.
pub struct Callers<'a> {
    setting: &'a Setting,
    /// Reads what an honest form would hold.
    admin: Caller,
    /// The key of an access level that nobody has, to be changed.
    spare: String,
    /// The key of the access level of who may see everything.
    onlooking: String,
    /// The key of the action that invites somebody for the first time.
    create: String,
    patients: Vec<Caller>,
    /// From another practice, if there is one.
    neighbour: Option<Caller>,
    /// For each visitor a list of patients to invite that is to be started, and one to be cancelled.
    lists: Vec<(Who, [String; 2])>,
    named: AtomicU32,
}

impl<'a> Callers<'a> {
    /// Makes the access levels it takes. The patients are those of the website.
    pub async fn gather(setting: &'a Setting, guests: &Guests<'_>) -> Self {
        let patients = patients(setting, guests).await;
        let mut admin = setting.staff(ADMIN).await;
        let tab = admin.get(&format!("/patients/{}/tabs/{TAB}", Who::Admin.chart())).await.expect(200);
        let create = tab.form(staff::CREATE).action.rsplit('/').next().expect("a key").to_owned();
        let spare = level(&mut admin, "Spare", &[]).await;
        let all = Grant::all().filter(|grant| grant.access == Access::View);
        let all: Vec<String> = all.map(|grant| grant.right().to_string()).collect();
        let onlooking = level(&mut admin, "Onlooker", &all).await;
        let mut lists = Vec::new();
        for who in Who::ALL {
            lists.push((who, [list(&mut admin).await, list(&mut admin).await]));
        }
        let named = AtomicU32::new(0);
        Self { setting, admin, spare, onlooking, create, patients, neighbour: None, lists, named }
    }

    /// The same, and who comes from another practice.
    #[must_use]
    pub async fn and_from(self, elsewhere: &Setting) -> Self {
        let came = elsewhere.staff(ADMIN).await.at_another(&self.setting.ehr);
        Self { neighbour: Some(came), ..self }
    }

    /// The visitor in every disguise, signed in anew if at all.
    ///
    /// # Panics
    /// Where that does not work.
    pub async fn visitors(&self, who: Who) -> Vec<Caller> {
        self.quiet().await;
        match who {
            Who::Stranger => vec![Caller::at(&self.setting.ehr)],
            Who::Patient => self.patients.clone(),
            Who::Neighbour => vec![self.neighbour.clone().expect("another practice")],
            Who::Billing => vec![self.setting.staff(BILLING).await],
            Who::FrontDesk => vec![self.setting.staff(FRONT_DESK).await],
            Who::Onlooker => {
                // The sandbox has three users: one of them has to be it.
                let was = self.level_of_billing().await;
                let form = [("user", BILLING), ("was", &was), ("access_level", &self.onlooking)];
                let mut admin = self.admin.clone();
                admin.submit("/helpdesk", "/administration/users", &form).await.expect(303);
                vec![self.setting.staff(BILLING).await]
            }
            Who::Admin => vec![self.setting.staff(ADMIN).await],
        }
    }

    /// Waits until no list is under way: what a host does by itself is on record as well.
    async fn quiet(&self) {
        let begun = Instant::now();
        while self.admin.get("/invitations").await.says("0 of 1") {
            assert!(begun.elapsed() < Duration::from_secs(60), "a list does not end");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// A path of the table as this visitor tries it.
    ///
    /// # Panics
    /// Where the visitor has no list, which cannot be.
    pub fn path(&self, who: Who, pattern: &str) -> String {
        let (_, [started, cancelled]) = self.lists.iter().find(|(whose, _)| *whose == who).expect("lists");
        let list = if pattern.contains("/cancel") { cancelled } else { started };
        pattern
            .replace("{number}", list)
            .replace("{outcome}", "open")
            .replace("{key}", who.chart())
            .replace("{tab}", TAB)
            .replace("{before}", "9")
            .replace("{action}", &self.create)
            .replace("{document}", "instructions")
            .replace("{id}", &self.spare)
    }

    /// The values of a form, as someone would send them who has the page open now.
    ///
    /// # Panics
    /// Where the page of an access level does not say which version it shows.
    pub async fn filled(&self, path: &str, fields: &[(&str, &str)]) -> Vec<(String, String)> {
        let mut filled = Vec::new();
        for (name, value) in fields {
            let value = match *value {
                "{version}" => hidden(&self.admin.get(path).await, "version").expect("a version"),
                "{level of billing}" => self.level_of_billing().await,
                "{spare}" => self.spare.clone(),
                "{new name}" => format!("Level {}", self.named.fetch_add(1, Ordering::Relaxed)),
                value => value.to_owned(),
            };
            filled.push(((*name).to_owned(), value));
        }
        filled
    }

    async fn level_of_billing(&self) -> String {
        let users = self.admin.get("/administration/users").await;
        let form = html::form(&users.body, "Save access level of Bill Ingram").expect("a form for each user");
        let was = form.sent().into_iter().find(|(name, _)| name == "was");
        was.expect("the level it shows").1
    }
}

/// A patient who is logged in and one who was confirmed: with their own cookies, and with each token in
/// place of a staff session's.
async fn patients(setting: &Setting, guests: &Guests<'_>) -> Vec<Caller> {
    let patient = guests.visitor(visitors::Who::Patient).await;
    let confirmed = guests.visitor(visitors::Who::Capability).await;
    let (session, capability) = (patient.cookie("portal"), confirmed.cookie("activation"));
    let caller = || Caller::at(&setting.ehr);
    vec![
        caller().with_cookie("portal", session).with_cookie("activation", capability).with_token_of(&patient),
        caller().with_cookie("ehr_session", session).with_token_of(&patient),
        caller().with_cookie("ehr_session", capability).with_token_of(&confirmed),
    ]
}

/// Makes a list of one patient, who has access already; its number.
async fn list(admin: &mut Caller) -> String {
    let made = admin.submit("/invitations", "/invitations", &[("numbers", "100001")]).await.expect(303);
    made.leads_to().and_then(|path| Some(path.rsplit('/').next()?.to_owned())).expect("a number")
}

/// Makes an access level with these rights; its key.
async fn level(admin: &mut Caller, name: &str, rights: &[String]) -> String {
    let form = [("name", name), ("description", "")];
    let made = admin.submit("/helpdesk", "/administration/access-levels", &form).await.expect(303);
    let path = made.leads_to().expect("where its rights are set");
    let version = hidden(&admin.get(&path).await, "version").expect("a version");
    let rights = rights.iter().map(|right| ("right", right.as_str()));
    let form: Vec<(&str, &str)> = [("version", version.as_str())].into_iter().chain(rights).collect();
    admin.submit(&path, &path, &form).await.expect(303);
    path.split('/').rev().nth(1).expect("a key").to_owned()
}
