//! The add-on switched off and on again: both faces say so, and nothing stored is lost.

use portal_tests::Installation;
use portal_tests::patient;
use portal_tests::people::{ADMIN, FRONT_DESK, MARIA, PASSWORD, SEAN};
use portal_tests::staff::{self, CREATE};
use portal_tests::visitor::Visitor;

async fn switch(admin: &Visitor, button: &str) {
    let modules = admin.open("/administration/modules").await.expect(200);
    admin.submit(&modules, &modules.form(button)).await.expect(200);
}

#[tokio::test]
async fn off_says_so_on_both_addresses_and_on_again_nothing_is_lost() {
    let host = Installation::fresh();
    let desk = staff::sign_in(&host.ehr, FRONT_DESK).await;
    let admin = staff::sign_in(&host.ehr, ADMIN).await;
    let used = staff::invite(&desk, &MARIA).await;
    let maria = patient::activate(&host.portal, &MARIA, &used, "maria").await;
    assert!(patient::is_home(&patient::log_in(&maria, "maria", PASSWORD).await));
    let open = staff::invite(&desk, &SEAN).await;
    let sean_tab = staff::open_tab(&desk, &SEAN).await;

    switch(&admin, "Switch off Patient Portal").await;

    let tab = staff::open_tab(&desk, &SEAN).await;
    assert!(tab.says("add-on for an additional fee"), "{}", tab.text());
    let helpdesk = desk.open(&tab.link("submit a ticket to the Helpdesk")).await.expect(200);
    assert!(helpdesk.says("Helpdesk"));
    assert!(!tab.says(&open), "the tab still shows the Portal ID");
    let opened = desk.open(&format!("{}/documents/instructions", sean_tab.path)).await;
    let acted = desk.post(&format!("{}/actions/create", sean_tab.path), &[]).await;
    for answer in [opened, desk.follow(acted).await] {
        assert!(answer.says("add-on for an additional fee"), "{}", answer.text());
    }
    for path in ["/", "/activate", "/home", "/credentials", "/no-such-page"] {
        let page = maria.get(path).await.expect(404);
        assert!(page.says("not available here"), "{path}: {}", page.text());
    }
    maria.post("/login", &[("username", "maria"), ("password", PASSWORD)]).await.expect(404);

    switch(&admin, "Switch on Patient Portal").await;

    assert!(patient::can_log_in(&host.portal, "maria", PASSWORD).await);
    assert_eq!(staff::portal_id(&staff::open_tab(&desk, &SEAN).await), Some(open.clone()));
    patient::activate(&host.portal, &SEAN, &open, "sean").await;
    assert!(patient::can_log_in(&host.portal, "sean", PASSWORD).await);
}

#[tokio::test]
async fn only_who_may_edit_modules_can_switch_it() {
    let host = Installation::fresh();
    let desk = staff::sign_in(&host.ehr, FRONT_DESK).await;

    desk.get("/administration/modules").await.expect(403);
    let form = [("module", "patient-portal"), ("version", "1"), ("on", "no")];
    desk.post("/administration/modules", &form).await.expect(403);

    assert!(staff::open_tab(&desk, &MARIA).await.has_button(CREATE));
}
