//! Two practices with the same staff and patients at one host: each has its own name, website, module, policy,
//! counters, lists and trail, and nothing that happens at one is noticed at the other. What a visitor of one gets at
//! every route of the other is in `coverage`.

use portal_tests::neighbours::{LOGO, Neighbours, PRACTICES};
use portal_tests::people::{ADMIN, FRONT_DESK, MARIA, PASSWORD, SEAN};
use portal_tests::staff::{self, CREATE, PRINT};
use portal_tests::visitor::Visitor;
use portal_tests::{Setup, many, patient, trail};
use sqlx::{AssertSqlSafe, Connection, Executor, SqliteConnection};
use std::process::Output;

const OURS: &str = PRACTICES[0];
const THEIRS: &str = PRACTICES[1];

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

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
        // It is counted, and looks as it should.
        assert!(page.headers.contains_key("x-request-id"));
        let style = Visitor::sending(&both.portal, &[("host", name)]).get("/portal-host.css").await;
        assert_eq!(style.expect(200).headers["content-type"], "text/css; charset=utf-8");
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

#[tokio::test(flavor = "multi_thread")]
async fn a_logo_is_shown_by_its_own_practice_on_the_website_and_to_staff_on_paper() {
    let both = Neighbours::start();
    let (ours, theirs) = (both.visitor(OURS), both.visitor(THEIRS));
    assert!(!ours.open("/").await.body.contains("/logo.svg"));
    assert_eq!(ours.get("/logo.svg").await.status, 404);

    let page = theirs.open("/").await.body;
    let (_, rest) = page.split_once("<img class=\"logo\" src=\"").expect("the logo");
    let logo = theirs.get(rest.split('"').next().expect("an address")).await.expect(200);

    assert_eq!(
        (logo.body.as_str(), &logo.headers["content-type"]),
        (LOGO, &"image/svg+xml; charset=utf-8".parse().unwrap())
    );
    assert!(logo.headers.get_all("content-security-policy").iter().any(|policy| policy == "sandbox"));
    let desk = both.staff(THEIRS, FRONT_DESK).await;
    staff::invite(&desk, &SEAN).await;
    let sheet = desk.get(&staff::open_tab(&desk, &SEAN).await.link(PRINT)).await.expect(200);
    assert!(sheet.body.contains("<img class=\"logo\" src=\"/assets/logo.svg?v="), "{}", sheet.body);
    assert_eq!(desk.get("/assets/logo.svg").await.expect(200).body, LOGO);
    assert_eq!(both.staff(OURS, FRONT_DESK).await.get("/assets/logo.svg").await.status, 404);
    assert_eq!(both.at_the_ehr(THEIRS).get("/assets/logo.svg").await.status, 303);
}

/// Where a page's style sheet is.
async fn style_of(visitor: &Visitor) -> String {
    let page = visitor.open("/").await.expect(200);
    let (_, rest) = page.body.split_once("rel=\"stylesheet\" href=\"").expect("a style sheet");
    rest.split('"').next().expect("an address").to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_website_has_its_own_colours_and_browsers_keep_only_what_a_page_of_now_names() {
    let both = Neighbours::start();
    let (ours, theirs) = (both.visitor(OURS), both.visitor(THEIRS));
    let (plain, coloured) = (style_of(&ours).await, style_of(&theirs).await);
    assert_ne!(plain, coloured);

    let style = theirs.get(&coloured).await.expect(200);
    assert!(style.body.contains("--brand:#7a1f5c;"), "{}", style.body);
    assert!(style.headers["cache-control"].to_str().expect("text").contains("immutable"));
    assert!(!ours.get(&plain).await.expect(200).body.contains("7a1f5c"));
    for another in [&plain, &"/style.css".to_owned(), &format!("{coloured}0")] {
        assert_eq!(theirs.get(another).await.expect(200).headers["cache-control"], "no-cache", "{another}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_are_rotated_for_both_and_both_are_there_in_a_backup() {
    let mut both = Neighbours::start();
    let mut ids = Vec::new();
    for practice in PRACTICES {
        both.activated(practice, &MARIA, "maria").await;
        ids.push(staff::invite(&both.staff(practice, FRONT_DESK).await, &SEAN).await);
    }
    both.host.terminate();
    assert!(both.host.wait().success());
    let setup = both.host.setup.clone();
    for _ in 0..2 {
        let rotated = setup.run(&["keys", "rotate"]);
        let told = String::from_utf8_lossy(&rotated.stdout).into_owned();
        assert!(told.contains("; 2 open Portal IDs and "), "{told}{}", said(&rotated));
    }
    let file = setup.folder().join("portal.backup");
    let made = setup.run(&["backup", "--output", &file.display().to_string()]);
    assert!(made.status.success(), "{}", said(&made));
    for ending in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(setup.folder().join(format!("portal.db{ending}")));
    }

    let restored = setup.run(&["restore", "--from", &file.display().to_string()]);

    assert!(restored.status.success(), "{}", said(&restored));
    assert!(!String::from_utf8_lossy(&restored.stdout).contains("is not in it"), "nothing is lost");
    let both = both.again();
    for (practice, id) in PRACTICES.iter().zip(&ids) {
        assert!(patient::is_home(&patient::log_in(&both.visitor(practice), "maria", PASSWORD).await));
        let tab = staff::open_tab(&both.staff(practice, FRONT_DESK).await, &SEAN).await;
        assert_eq!(staff::portal_id(&tab).as_ref(), Some(id));
    }
}

/// What somebody could do who has the file: no rule of the database is in their way.
async fn tamper(setup: &Setup, statements: &[&str]) {
    let mut raw = SqliteConnection::connect(&setup.database).await.expect("the database");
    let triggers: Vec<String> = sqlx::query_scalar("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
        .fetch_all(&mut raw)
        .await
        .expect("the triggers");
    raw.execute("PRAGMA foreign_keys = OFF").await.expect("it is off");
    for trigger in triggers {
        raw.execute(AssertSqlSafe(format!("DROP TRIGGER {trigger}"))).await.expect("it is gone");
    }
    for statement in statements {
        raw.execute(AssertSqlSafe((*statement).to_owned())).await.expect(statement);
    }
    raw.close().await.expect("it is closed");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_altered_trail_is_told_and_so_is_a_practice_that_was_taken_away() {
    let both = Neighbours::start();
    for practice in PRACTICES {
        both.staff(practice, FRONT_DESK).await;
    }
    let Neighbours { mut host, .. } = both;
    // A last checkpoint is taken.
    host.terminate();
    assert!(host.wait().success());
    let setup = host.setup.clone();
    let verify = || {
        let verified = setup.run(&["audit", "verify"]);
        (verified.status.code(), said(&verified))
    };
    assert_eq!(verify().0, Some(0));

    tamper(&setup, &["UPDATE audit_entry SET detail = 'x'"]).await;
    let (code, told) = verify();
    assert_eq!(code, Some(1), "{told}");
    assert!(told.contains("2 of 2 audit trails are not as they were written"), "{told}");
    for practice in PRACTICES {
        assert!(
            told.contains(&format!("the audit trail of {practice} is not as it was written: ")),
            "{told}"
        );
    }

    let everything = [
        "DELETE FROM audit_entry WHERE practice = 'hillside'",
        "DELETE FROM audit_head WHERE practice = 'hillside'",
        "DELETE FROM audit_checkpoint WHERE practice = 'hillside'",
        "DELETE FROM audit_checkpoint_head WHERE practice = 'hillside'",
        "DELETE FROM practice WHERE id = 'hillside'",
    ];
    tamper(&setup, &everything).await;
    let (code, told) = verify();
    assert_eq!(code, Some(1), "{told}");
    assert!(told.contains("the audit trail of hillside is not as it was written: "), "{told}");
    assert!(told.contains("is missing"), "{told}");
    let backup = setup.run(&["backup", "--output", &setup.folder().join("copy").display().to_string()]);
    assert_eq!(backup.status.code(), Some(1), "{}", said(&backup));
}
