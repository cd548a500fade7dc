//! Where the administrator wants it so, changing anything in the tab takes Connect EHR > Edit, and looking
//! at it Connect EHR > View as ever.

use portal_tests::people::{ADMIN, FRONT_DESK, MARIA, SEAN};
use portal_tests::staff::{self, CREATE, PRINT, REISSUE, TAB, TURN_OFF};
use portal_tests::visitor::Visitor;
use portal_tests::{Installation, Setup, trail};

/// A host of an installation in which the operator has set this, and the front desk invited Maria before.
async fn with_policy(setting: &str) -> Installation {
    let setup = Setup::fresh();
    let mut host = setup.start();
    staff::invite(&staff::sign_in(&host.ehr, FRONT_DESK).await, &MARIA).await;
    host.kill();
    let policy = setup.run(&["policy", "--set", setting]);
    let said = String::from_utf8_lossy(&policy.stdout).into_owned();
    assert!(policy.status.success() && said.contains(setting), "{policy:?}");
    setup.start()
}

/// Whether the patient list offers to invite many.
async fn offers_many(desk: &Visitor) -> [bool; 3] {
    let list = desk.open("/patients").await.expect(200);
    [
        list.has_link("Invite many…"),
        list.has_button("Invite those ticked…"),
        list.body.contains("value=\"found\""),
    ]
}

/// The administrator lets the front desk edit.
async fn grant_edit(host: &Installation) {
    let admin = staff::sign_in(&host.ehr, ADMIN).await;
    let levels = admin.open("/administration/access-levels").await.expect(200);
    let level = admin.open(&levels.link("Front Desk")).await.expect(200);
    let rights = admin.open(&level.link("User Access")).await.expect(200);
    admin.submit(&rights, &rights.form("Save").tick("Connect EHR Edit", true)).await.expect(200);
}

fn buttons(tab: &portal_tests::visitor::Answer) -> Vec<&'static str> {
    [CREATE, REISSUE, TURN_OFF].into_iter().filter(|it| tab.has_button(it) || tab.has_link(it)).collect()
}

#[tokio::test]
async fn who_may_only_view_sees_everything_and_changes_nothing() {
    let host = with_policy("require-edit-right=yes").await;
    let desk = staff::sign_in(&host.ehr, FRONT_DESK).await;

    let marias = staff::open_tab(&desk, &MARIA).await;
    let seans = staff::open_tab(&desk, &SEAN).await;
    let id = staff::portal_id(&marias).expect("the Portal ID is there to see");
    assert_eq!((buttons(&marias), buttons(&seans)), (Vec::new(), Vec::new()));
    let sheet = desk.open(&marias.link(PRINT)).await.expect(200);
    assert!(sheet.says("Instrucciones del Portal del Paciente"), "{}", sheet.text());
    for tab in [&marias, &seans] {
        assert!(tab.says("You can look here. Changes take the right Connect EHR > Edit."), "{}", tab.text());
    }
    assert_eq!(offers_many(&desk).await, [false; 3]);
    let before = trail::exported(&host.setup, &[]).len();

    // What the tab would have sent, had it offered it.
    for (tab, action) in [
        (&seans, "create-0"),
        (&seans, "create"),
        (&marias, "reissue-1"),
        (&marias, "turn-off-1"),
        (&marias, "reset"),
    ] {
        let path = format!("{}/actions/{action}", tab.path);
        let refused = desk.post(&path, &[("answer.reason", "moved away")]).await.expect(403);
        assert!(refused.says("Your access level does not allow this"), "{action}: {}", refused.text());
    }

    assert_eq!(
        trail::exported(&host.setup, &[]).len(),
        before,
        "a refused act left a trace of having been done"
    );
    assert_eq!(staff::portal_id(&staff::open_tab(&desk, &MARIA).await), Some(id));
    assert!(staff::open_tab(&desk, &SEAN).await.says("Not invited"));
}

#[tokio::test]
async fn with_the_right_to_edit_the_buttons_are_there_from_the_next_request_on() {
    let host = with_policy("require-edit-right=yes").await;
    let desk = staff::sign_in(&host.ehr, FRONT_DESK).await;
    assert!(buttons(&staff::open_tab(&desk, &SEAN).await).is_empty());

    grant_edit(&host).await;

    assert_eq!(offers_many(&desk).await, [true; 3]);
    staff::invite(&desk, &SEAN).await;
    let tab = staff::open_tab(&desk, &MARIA).await;
    assert_eq!(buttons(&tab), [REISSUE, TURN_OFF]);
    let off = staff::turn_off(&desk, &tab, "moved away").await.expect(200);
    assert!(off.says("Access is off."), "{}", off.text());
}

#[tokio::test]
async fn where_it_is_not_set_the_right_to_view_is_enough() {
    let host = with_policy("require-edit-right=no").await;
    let desk: Visitor = staff::sign_in(&host.ehr, FRONT_DESK).await;

    let tab = staff::open_tab(&desk, &MARIA).await;
    assert_eq!(buttons(&tab), [REISSUE, TURN_OFF]);
    assert!(!tab.says("You can look here."), "{}", tab.text());
    assert_eq!(offers_many(&desk).await, [true; 3]);
    assert!(staff::find(&desk, &SEAN).await.has_link(TAB));
    staff::invite(&desk, &SEAN).await;
}
