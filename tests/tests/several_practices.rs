//! Two practices with the same staff and patients at one host: each has its own name, website, module, policy,
//! counters, lists and trail, and nothing that happens at one is noticed at the other. What a visitor of one gets at
//! every route of the other is in `coverage`.

use portal_tests::neighbours::{Neighbours, PRACTICES};
use portal_tests::people::{ADMIN, FRONT_DESK, MARIA, PASSWORD, SEAN};
use portal_tests::staff::{self, CREATE};
use portal_tests::visitor::Visitor;
use portal_tests::{Setup, many, patient, trail};

const OURS: &str = PRACTICES[0];
const THEIRS: &str = PRACTICES[1];

#[tokio::test(flavor = "multi_thread")]
async fn one_username_and_one_patient_are_two_accounts() {
    let both = Neighbours::start();
    let here = both.activated(OURS, &MARIA, "maria").await;
    assert!(staff::open_tab(&both.staff(THEIRS, FRONT_DESK).await, &MARIA).await.has_button(CREATE));
    let page = both.visitor(OURS).open("/").await;
    assert!(page.says("The lakeside practice") && !page.says("hillside"), "{}", page.text());
    assert!(!patient::is_home(&patient::log_in(&both.visitor(THEIRS), "maria", PASSWORD).await));

    let there = both.activated(THEIRS, &MARIA, "maria").await;

    assert!(patient::is_home(&patient::log_in(&there, "maria", PASSWORD).await));
    assert!(patient::is_home(&patient::log_in(&here, "maria", PASSWORD).await));
    let admin = both.staff(THEIRS, ADMIN).await;
    assert!(admin.open("/helpdesk").await.says("The hillside practice"));
    let tab = staff::open_tab(&admin, &MARIA).await;
    staff::press_and_confirm(&admin, &tab, staff::RESET).await;
    assert!(patient::is_home(&here.open("/home").await), "a reset at one ended a session at the other");
    assert!(!patient::is_home(&there.open("/home").await));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_is_nobodys_leads_nowhere() {
    let both = Neighbours::start();
    for name in ["portal.elsewhere.example", "ehr.lakeside.example"] {
        let page = Visitor::sending(&both.portal, &[("host", name)]).open("/").await.expect(404);
        assert!(page.says("There is no patient portal at this address"), "{}", page.text());
        assert!(!page.says("practice at"), "{}", page.text());
    }
    for name in ["ehr.elsewhere.example", "portal.lakeside.example"] {
        let page = Visitor::sending(&both.ehr, &[("host", name)]).open("/sign-in").await.expect(421);
        assert!(PRACTICES.iter().all(|practice| !page.says(practice)), "{}", page.text());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn module_and_policy_are_each_practices_own() {
    let both = Neighbours::start();
    let setup = &both.host.setup;
    let policy = |more: &[&str]| setup.run(&[["policy"].as_slice(), more].concat());
    let refused = policy(&["--set", "minimum-password-length=20"]);
    let said = String::from_utf8_lossy(&refused.stderr);
    assert!(said.contains("say with --practice which one is meant: hillside, lakeside"), "{said}");
    assert!(policy(&["--practice", THEIRS, "--set", "idle-minutes=7"]).status.success());
    let shown = |practice| String::from_utf8_lossy(&policy(&["--practice", practice]).stdout).into_owned();
    assert!(shown(THEIRS).contains("idle-minutes=7 ") && shown(OURS).contains("idle-minutes=15 "));

    let admin = both.staff(THEIRS, ADMIN).await;
    let modules = admin.open("/administration/modules").await;
    admin.submit(&modules, &modules.form("Switch off Patient Portal")).await.expect(200);

    both.visitor(THEIRS).open("/").await.expect(404);
    both.visitor(OURS).open("/").await.expect(200);
    let ours = both.staff(OURS, FRONT_DESK).await;
    assert!(staff::open_tab(&ours, &SEAN).await.has_button(CREATE));
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_passwords_and_guesses_at_one_lock_nobody_out_of_the_other() {
    let both = Neighbours::start();
    let desk = both.staff(OURS, FRONT_DESK).await;
    let id = staff::invite(&desk, &SEAN).await;
    for _ in 0..10 {
        staff::try_to_sign_in(&both.at_the_ehr(THEIRS), ADMIN, "not the password").await;
        patient::try_to_confirm(&both.visitor(THEIRS), &SEAN, &id).await;
    }
    let blocked = staff::try_to_sign_in(&both.at_the_ehr(THEIRS), ADMIN, "not the password").await;
    assert_eq!(blocked.status, 429, "{}", blocked.text());

    both.staff(OURS, ADMIN).await;
    let page = patient::confirm(&both.visitor(OURS), &SEAN, &id).await;
    assert!(page.has_button("Save"), "{}", page.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_of_both_are_worked_through_and_each_trail_and_backup_is_whole() {
    let setup = Setup::fresh();
    let both = Neighbours::on(setup);
    let setup = &both.host.setup;
    let seeded = setup.run(&["seed", "--practice", OURS, "--patients", "300"]);
    assert!(seeded.status.success(), "{}", String::from_utf8_lossy(&seeded.stderr));
    for practice in PRACTICES {
        let desk = both.staff(practice, FRONT_DESK).await;
        let list = many::everyone_found(&desk, "").await.expect(200);
        let running = many::start(&desk, &list).await;
        many::until_over(&desk, &running.path).await;
    }

    let verified = setup.run(&["audit", "verify"]);
    let told = String::from_utf8_lossy(&verified.stdout);
    for practice in PRACTICES {
        assert!(told.contains(&format!("the audit trail of {practice} is whole: ")), "{told}");
        let issued = trail::exported(setup, &["--practice", practice]);
        let issued = issued.iter().filter(|entry| entry.action == "invitation.issued").count();
        // Everybody but the one without a date of birth; of those made up, a few have none either.
        let expected = if practice == OURS { 330..350 } else { 48..50 };
        assert!(expected.contains(&issued), "{practice}: {issued}");
    }
    let file = setup.folder().join("portal.backup");
    let made = setup.run(&["backup", "--output", &file.display().to_string()]);
    let entries = PRACTICES.map(|practice| trail::exported(setup, &["--practice", practice]).len());
    let told = String::from_utf8_lossy(&made.stdout);
    assert!(told.contains(&format!("{} entries in its audit trail", entries[0] + entries[1])), "{told}");
}
