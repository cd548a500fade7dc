//! What patients and staff do before anything is shown.

use super::{Cast, Cookies};
use crate::browser::Browser;
use crate::coverage::caller::{Caller, hidden};
use crate::coverage::setting::Setting;
use crate::people::{
    ADMIN, ANA, BILLING, ELODIE, FRONT_DESK, MADONNA, MARIA, PASSWORD, Person, SEAN, XIUYING,
};
use crate::states::{At, Who};
use portal_host::rights::Access;
use portal_host::{Clock, SystemClock};
use sandbox_db::Grant;
use totp_rs::{Builder, Secret};

/// One of two of this name.
const JOHN: Person =
    Person { name: "John Smith", search: "John Smith", first: "J", last: "S", born: "03/14/1962" };
const WRONG: &str = "seven quiet herons at dawn";
const NEW_PASSWORD: &str = "/account/password";
const APP: &str = "/account/second-step/app";
const PASSKEY: &str = "/account/second-step/passkey";
const RECOVERY: &str = "/second-step/recovery-code";

impl Cast {
    /// Everybody at the websites; a Portal ID that is nobody's.
    pub(super) async fn patients(&mut self) -> String {
        for at in [At::Ordinary, At::Strict, At::Off, At::Broken] {
            self.has(at, Who::Stranger, &[]);
        }
        let here = self.setting(At::Ordinary);
        let mut desk = here.staff(FRONT_DESK).await;
        here.activate(&mut desk, "100001", &MARIA, "maria").await;
        let maria = here.logged_in("maria").await;
        here.logged_in("maria").await;
        let id = here.invite(&mut desk, "100002").await;
        let elodie = here.confirmed(&ELODIE, &id).await;
        here.activate(&mut desk, "100004", &XIUYING, "xiuying").await;
        let (adding, forgetful) = (here.logged_in("xiuying").await, here.logged_in("xiuying").await);
        forgets(forgetful.clone()).await;
        here.activate(&mut desk, "100008", &JOHN, "john").await;
        // Logging in would take it back.
        let (one, other) = (here.logged_in("john").await, here.logged_in("john").await);
        let stopped = here.logged_in("john").await;
        forgets(one).await;
        forgets(other).await;
        let nobodys_id = nobody(&here.invite(&mut desk, "100006").await);

        here.activate(&mut desk, "100003", &SEAN, "sean").await;
        let codes = adds_app(here).await;
        let earlier = with_recovery_code(here, &codes[0]).await;
        let long_ago = "UPDATE portal_session SET opened = opened - 1000 WHERE patient = '100003'";
        self.hosts.change(long_ago).await;
        let sean = with_recovery_code(here, &codes[1]).await;
        let half_way = said_password(here, "sean").await;
        let lacking = lacking(self.setting(At::Strict)).await;
        for (who, caller) in [
            (Who::Patient, &maria),
            (Who::Confirmed, &elodie),
            (Who::Adding, &adding),
            (Who::Forgetful, &forgetful),
            (Who::Stopped, &stopped),
            (Who::LoggedInEarlier, &earlier),
            (Who::WithApp, &sean),
            (Who::HalfWayWithApp, &half_way),
        ] {
            self.has(At::Ordinary, who, caller.cookies());
        }
        self.has(At::Strict, Who::Lacking, lacking.cookies());
        let here = self.setting(At::Ordinary);
        let nobodys = here.website.origin.replace("localhost", "nobody.localhost");
        self.know(At::Ordinary, "nobody's website", nobodys);
        self.know(At::Ordinary, "long", format!("/{}", "a".repeat(9_000)));
        nobodys_id
    }

    /// Madonna makes a passkey.
    pub(super) async fn make_a_passkey(&mut self, browser: &Browser) {
        let here = self.setting(At::Ordinary);
        let mut desk = here.staff(FRONT_DESK).await;
        here.activate(&mut desk, "100005", &MADONNA, "madonna").await;
        let madonna = here.logged_in("madonna").await;
        let origin = here.website.origin.clone();
        browser.plug_in_a_key().await;
        browser.take_cookies(&origin, madonna.cookies()).await;
        browser.open(&format!("{origin}{PASSKEY}")).await;
        browser.fill("Name of the passkey", "My computer").await;
        browser.fill("Your password", PASSWORD).await;
        browser.press("Save").await;
        browser.see("Your recovery codes").await;
        let cookies: Cookies = browser.cookies_for(&origin).await;
        let half_way = said_password(here, "madonna").await;
        self.has(At::Ordinary, Who::WithPasskey, &cookies);
        self.has(At::Ordinary, Who::HalfWayWithPasskey, half_way.cookies());
        browser.forget_everything().await;
    }

    /// Everybody at the EHRs.
    pub(super) async fn staff(&mut self) {
        for at in [At::Ordinary, At::Strict, At::Off, At::Broken] {
            for (who, user) in [(Who::Desk, FRONT_DESK), (Who::Admin, ADMIN), (Who::Billing, BILLING)] {
                let staff = self.setting(at).staff(user).await;
                self.has(at, who, staff.cookies());
            }
        }
        let switch = [("module", "patient-portal"), ("on", "no")];
        let mut admin = self.setting(At::Off).staff(ADMIN).await;
        admin.submit("/helpdesk", "/administration/modules", &switch).await.expect(303);
        self.onlooker().await;
    }

    /// The strict practice lets the front desk look only as it is, and billing see everything.
    async fn onlooker(&mut self) {
        let strict = self.setting(At::Strict);
        let mut admin = strict.staff(ADMIN).await;
        let form = [("name", "Onlooker"), ("description", "Sees everything")];
        let made = admin.submit("/helpdesk", "/administration/access-levels", &form).await.expect(303);
        let rights = made.leads_to().expect("where its rights are set");
        let version = hidden(&admin.get(&rights).await, "version").expect("a version");
        let views = Grant::all().filter(|grant| grant.access == Access::View);
        let views: Vec<String> = views.map(|grant| grant.right().to_string()).collect();
        let views = views.iter().map(|right| ("right", right.as_str()));
        let form: Vec<(&str, &str)> = [("version", version.as_str())].into_iter().chain(views).collect();
        admin.submit(&rights, &rights, &form).await.expect(303);
        let level = rights.trim_end_matches("/user-access").to_owned();
        let number = level.rsplit('/').next().expect("a number").to_owned();
        let users = admin.get("/administration/users").await;
        let was = crate::html::form(&users.body, "Save access level of Bill Ingram").expect("a form").sent();
        let was = was.into_iter().find(|(name, _)| name == "was").expect("the level it shows").1;
        let form = [("user", BILLING), ("was", &was), ("access_level", &number)];
        admin.submit("/helpdesk", "/administration/users", &form).await.expect(303);
        let onlooker = strict.staff(BILLING).await;
        self.has(At::Strict, Who::Onlooker, onlooker.cookies());
        self.know(At::Strict, "level", level);
    }
}

/// Says a wrong password until no more are taken for a while.
async fn forgets(mut patient: Caller) {
    for _ in 0..5 {
        let form = [("current_password", WRONG), ("password", PASSWORD), ("password_again", PASSWORD)];
        patient.submit(NEW_PASSWORD, NEW_PASSWORD, &form).await.expect(422);
    }
}

/// Adds an app to Sean's login; the recovery codes that come with it.
async fn adds_app(here: &Setting) -> Vec<String> {
    let mut sean = here.logged_in("sean").await;
    let page = sean.look_at(APP).await.expect(200);
    let secret = hidden(&page, "secret").expect("a secret");
    let form = [("secret", secret.as_str()), ("code", &code_of(&secret)), ("current_password", PASSWORD)];
    let done = sean.send_form(APP, &form, crate::coverage::caller::Sent::FromHere).await.expect(200);
    let text = done.text();
    let codes = text.split_whitespace().filter(|word| word.len() == 29 && word.matches('-').count() == 5);
    codes.map(str::to_owned).collect()
}

/// What an app with this secret shows now.
///
/// # Panics
/// Where it is no secret.
pub(in crate::states) fn code_of(secret: &str) -> String {
    let key = Secret::try_from_base32(secret).expect("a secret");
    Builder::new().with_secret(key).build().expect("an app").generate(SystemClock.now().0).to_string()
}

/// Who has said the password and is asked for more.
async fn said_password(here: &Setting, username: &str) -> Caller {
    let mut visitor = Caller::at(&here.website);
    let form = [("username", username), ("password", PASSWORD)];
    let answer = visitor.submit("/", "/login", &form).await.expect(303);
    assert_eq!(answer.leads_to().as_deref(), Some("/second-step"));
    visitor
}

async fn with_recovery_code(here: &Setting, code: &str) -> Caller {
    let mut visitor = said_password(here, "sean").await;
    let answer = visitor.submit(RECOVERY, RECOVERY, &[("code", code)]).await.expect(303);
    assert_eq!(answer.leads_to().as_deref(), Some("/home"));
    visitor
}

/// A patient of the strict practice, who is asked to add a second step; then somebody guesses, and typing pauses.
async fn lacking(strict: &Setting) -> Caller {
    let mut admin = strict.staff(ADMIN).await;
    strict.activate(&mut admin, "100001", &MARIA, "maria").await;
    let mut maria = Caller::at(&strict.website);
    let form = [("username", "maria"), ("password", PASSWORD)];
    maria.submit("/", "/login", &form).await.expect(303);
    guesses(strict, "000001", &ANA).await;
    maria
}

/// Types details that do not fit.
pub(super) async fn guesses(at: &Setting, portal_id: &str, person: &Person) {
    let form = [
        ("portal_id", portal_id),
        ("first_initial", person.first),
        ("last_initial", person.last),
        ("birth_date", "05/06/1977"),
    ];
    Caller::at(&at.website).submit("/activate", "/activate", &form).await.expect(422);
}

/// A Portal ID that is not this one.
fn nobody(somebodys: &str) -> String {
    if somebodys == "900001" { "900002".to_owned() } else { "900001".to_owned() }
}
