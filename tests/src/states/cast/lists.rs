//! Charts in every standing, and lists of patients at every stage.

use super::Cast;
use super::people::guesses;
use crate::html;
use crate::many;
use crate::people::{ADMIN, ANA, FRONT_DESK, MARIA, Person};
use crate::staff;
use crate::states::At;
use crate::visitor::{Answer, Visitor};

/// Wrong answers until a Portal ID stops working.
const FEW: usize = 5;

impl Cast {
    /// Patients of whom the tab shows something else.
    pub(super) async fn charts(&mut self) {
        let here = self.setting(At::Ordinary);
        let desk = staff::sign_in(&here.ehr.address, FRONT_DESK).await;
        let [expired, burnt, off, ..] = seeded(&desk).await;

        invite(&desk, &expired).await;
        // A moment ago: what ended long ago is wiped and put on record within a minute, in one picture and not in another.
        let over = format!(
            "UPDATE portal_account SET portal_id_expires = unixepoch() - 1 WHERE patient = '{expired}'"
        );
        self.hosts.change(&over).await;
        let here = self.setting(At::Ordinary);
        let burning = staff::portal_id(&invite(&desk, &burnt).await).expect("a Portal ID");
        for nth in 0..FEW {
            let initial = ["A", "B", "C", "D", "E"][nth];
            guesses(here, &burning, &Person { first: initial, ..ANA }).await;
        }
        let tab = invite(&desk, &off).await;
        staff::turn_off(&desk, &tab, "asked for it at the desk").await.expect(200);

        let marias = staff::open_tab(&desk, &MARIA).await;
        let (turn_off, reset) = (marias.link(staff::TURN_OFF), marias.link(staff::RESET));
        let admin = staff::sign_in(&here.ehr.address, ADMIN).await;
        let levels = admin.open("/administration/access-levels").await.expect(200);
        let level = |name: &str| levels.link(name).trim_end_matches("/general").to_owned();
        let (own, built_in) = (level("Front Desk"), level("Administrator"));
        too_many_sign_ins(&here.ehr.address).await;
        for (name, value) in [
            ("expired", expired),
            ("burnt", burnt),
            ("off", off),
            ("gone action", format!("{turn_off}-gone")),
            ("turn off", turn_off),
            ("reset", reset),
            ("level number", own.rsplit('/').next().expect("a number").to_owned()),
            ("level", own),
            ("built in", built_in),
        ] {
            self.know(At::Ordinary, name, value);
        }
    }

    /// Lists that are proposed, of nobody, under way, over and discarded.
    pub(super) async fn lists(&mut self) {
        let here = self.setting(At::Ordinary);
        let desk = staff::sign_in(&here.ehr.address, FRONT_DESK).await;
        let [_, _, _, some @ ..] = seeded(&desk).await;
        let some = made(&desk, &some.join("\n")).await;
        let over = many::until_over(&desk, &many::start(&desk, &some).await.path).await;
        let invited = html::links(&over.body).into_iter().find(|(_, href)| href.contains("/patients/"));
        let invited = invited.expect("what came of it").1;
        let running = made(&desk, "100010\n100001\n100003\n100005").await;
        let running = many::until_over(&desk, &many::start(&desk, &running).await.path).await.path;
        for change in under_way(&running) {
            self.hosts.change(&change).await;
        }
        let discarded = made(&desk, "100009").await;
        let form = html::forms(&discarded.body).into_iter().find(|form| form.action.ends_with("/cancel"));
        let discarded = desk.submit(&discarded, &form.expect("a button to discard it")).await.expect(200);
        let proposed = made(&desk, "100009\n100001\n999999\nno number").await;
        let nobody = made(&desk, "999999").await;
        for (name, value) in [
            ("over", over.path),
            ("invited of over", invited),
            ("running", running),
            ("discarded", discarded.path),
            ("proposed", proposed.path),
            ("nobody", nobody.path),
        ] {
            self.know(At::Ordinary, name, value);
        }
    }
}

/// A list that another host has half done and holds.
fn under_way(path: &str) -> [String; 2] {
    let number = path.rsplit('/').next().expect("a number");
    let list = format!(
        "UPDATE batch SET state = 'running', ended = NULL, done = 2, taken = 2, lease_holder = 'elsewhere', \
         lease_until = 9999999999 WHERE number = {number}"
    );
    let patients = format!(
        "UPDATE batch_patient SET outcome = '', reason = '', label = '' WHERE batch = {number} AND position > 1"
    );
    [patients, list]
}

/// The charts of made-up patients.
async fn seeded(desk: &Visitor) -> [String; 6] {
    let page = desk.open("/patients").await.expect(200);
    let charts = html::links(&page.body).into_iter().filter_map(|(_, href)| {
        let chart = href.strip_prefix("/patients/")?.split('/').next()?.to_owned();
        (chart.len() > 6 && chart.chars().all(|c| c.is_ascii_digit())).then_some(chart)
    });
    let charts: Vec<String> = charts.take(6).collect();
    charts.try_into().expect("made-up patients")
}

async fn invite(desk: &Visitor, chart: &str) -> Answer {
    let details = desk.open(&format!("/patients/{chart}")).await.expect(200);
    let tab = desk.open(&details.link(staff::TAB)).await.expect(200);
    staff::press(desk, &tab, staff::CREATE).await
}

async fn made(desk: &Visitor, numbers: &str) -> Answer {
    many::upload(desk, numbers.as_bytes()).await.expect(200)
}

/// Guesses at a sign-in that nobody has, until no more are taken.
async fn too_many_sign_ins(ehr: &str) {
    let visitor = Visitor::at(ehr);
    for _ in 0..30 {
        if staff::try_to_sign_in(&visitor, "nobody.here", "wrong").await.status == 429 {
            return;
        }
    }
    panic!("guessing goes on and on");
}
