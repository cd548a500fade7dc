//! Many at once, on the whole system: who is invited and who is left out, by file and by search, cancelled,
//! stopped, and ten thousand patients with the host killed twice on the way.

use portal_tests::people::{ADMIN, ALMA, ANA, ELODIE, FRONT_DESK, MARIA, NO_BIRTH_DATE};
use portal_tests::visitor::{Answer, Visitor};
use portal_tests::{Installation, Setup, html, many, patient, staff, trail};
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{BuildHasher, RandomState};
use std::time::{Duration, Instant};

/// What staff are told where there is another page that ticks do not go along to.
const TICKS: &str = "Ticks are for this page alone";

#[tokio::test]
async fn a_file_is_taken_with_bad_lines_told_by_line_and_the_good_ones_invited() {
    let host = Installation::fresh();
    let desk = staff::sign_in(&host.ehr, FRONT_DESK).await;
    let file = "\u{feff}Chart number,Name\r\n100001,\"Garcia, Maria\"\r\n,nobody\r\n999999\r\n100001\r\n\r\n100002\r\n<b>x</b>\r\n";

    let list = many::upload(&desk, file.as_bytes()).await.expect(200);

    assert!(list.says("Patients on the list 2") && list.says("Lines left out 4"), "{}", list.text());
    for line in [
        "Line 3 nothing Nothing stands in the first column",
        "Line 4 999999 No patient has this chart number",
        "Line 5 100001 This patient stands further up already",
        "Line 8 <b>x</b> No patient has this chart number",
    ] {
        assert!(list.says(line), "{line}: {}", list.text());
    }
    assert!(trail::issued(&host.setup).is_empty(), "nobody is invited before staff say so");
    let running = many::start(&desk, &list).await;
    let over = many::until_over(&desk, &running.path).await;
    assert_eq!(many::count(&over, "Invited"), 2, "{}", over.text());
    assert!(over.says("Every patient on the list was looked at."), "{}", over.text());
    let expected = ["100001", "100002"].map(|chart| (chart.to_owned(), 1));
    assert_eq!(trail::issued(&host.setup), BTreeMap::from(expected));
    let invited = desk.open(&over.link("Invited")).await.expect(200);
    let tab = desk.open(&invited.link(MARIA.name)).await.expect(200);
    assert!(tab.says("many at once, list 1"), "{}", tab.text());
    let id = staff::portal_id(&tab).expect("a Portal ID");
    patient::activate(&host.portal, &MARIA, &id, "maria84").await;
}

#[tokio::test]
async fn everyone_found_by_a_search_is_invited_and_so_are_those_ticked() {
    let host = Installation::fresh();
    let desk = staff::sign_in(&host.ehr, FRONT_DESK).await;

    let list = many::everyone_found(&desk, "Silva").await.expect(200);

    assert!(list.says("Patients on the list 2"), "{}", list.text());
    let on_it = desk.open(&list.link("On the list")).await.expect(200);
    assert!(on_it.has_link(ANA.name) && on_it.has_link(ALMA.name), "{}", on_it.text());
    let over = many::until_over(&desk, &many::start(&desk, &list).await.path).await;
    assert_eq!(many::count(&over, "Invited"), 2);

    let page = desk.open("/patients").await.expect(200);
    assert!(page.has_button("Invite those ticked…") && !page.says(TICKS), "{}", page.text());
    let found = desk.submit(&page, &page.form("Search").fill("Search by name", "")).await.expect(200);
    let ticked = found.form("Invite those ticked…").tick("Choose Élodie Dubois-Lefèvre", true);
    let list = desk.submit(&found, &ticked).await.expect(200);
    assert!(list.says("Patients on the list 1"), "{}", list.text());
    many::until_over(&desk, &many::start(&desk, &list).await.path).await;
    assert_eq!(trail::issued(&host.setup).len(), 3);

    let nobody = desk.submit(&found, &found.form("Invite those ticked…")).await.expect(200);
    assert!(nobody.says("Tick at least one patient"), "{}", nobody.text());
}

#[tokio::test]
async fn more_patients_found_than_a_list_may_have_are_cut_and_staff_are_told() {
    let setup = Setup::fresh();
    many::seed(&setup, 20_001);
    let host = setup.start();
    let desk = staff::sign_in(&host.ehr, FRONT_DESK).await;

    let page = desk.open("/patients").await.expect(200);
    assert!(page.says(TICKS) && page.has_link("Next"), "{}", page.text());

    let list = many::everyone_found(&desk, "").await.expect(200);

    assert!(list.says("the first 20,000 are on it"), "{}", list.text());
    assert!(list.says("Patients on the list 20,000"), "{}", list.text());
    let few = many::everyone_found(&desk, "Silva").await.expect(200);
    assert!(few.says("Patients on the list") && !few.says("are on it"), "{}", few.text());
}

#[tokio::test]
async fn more_lists_than_stand_on_a_page_are_a_page_away() {
    let host = Installation::fresh();
    let desk = staff::sign_in(&host.ehr, FRONT_DESK).await;
    for _ in 0..51 {
        many::upload(&desk, b"100001\n").await.expect(200);
    }
    let newest = desk.open(many::MAKE).await.expect(200);
    assert!(newest.has_link("List 51") && newest.has_link("List 2"), "{}", newest.text());
    assert!(!newest.has_link("List 1") && !newest.has_link("The newest"), "{}", newest.text());

    let earlier = desk.open(&newest.link("Earlier")).await.expect(200);

    assert!(earlier.has_link("List 1") && !earlier.has_link("List 2"), "{}", earlier.text());
    assert!(!earlier.has_link("Earlier"), "{}", earlier.text());
    assert_eq!(earlier.link("The newest"), many::MAKE);
}

#[tokio::test]
async fn who_has_access_is_invited_already_or_cannot_be_is_left_out_and_counted() {
    let host = Installation::fresh();
    let desk = staff::sign_in(&host.ehr, FRONT_DESK).await;
    let id = staff::invite(&desk, &MARIA).await;
    patient::activate(&host.portal, &MARIA, &id, "maria84").await;
    let elodies = staff::invite(&desk, &ELODIE).await;

    let list = many::everyone_found(&desk, "").await.expect(200);
    let total: u64 =
        html::fact(&list.body, "Patients on the list").expect("a count").parse().expect("a number");
    let over = many::until_over(&desk, &many::start(&desk, &list).await.path).await;

    assert_eq!(many::count(&over, "Has access already"), 1, "{}", over.text());
    assert_eq!(many::count(&over, "Has a Portal ID already that still works"), 1);
    assert_eq!(many::count(&over, "No date of birth on file"), 1);
    assert_eq!(many::count(&over, "Invited"), total - 3);
    let without = desk.open(&over.link("No date of birth on file")).await.expect(200);
    assert!(without.has_link(NO_BIRTH_DATE.name), "{}", without.text());
    assert!(patient::can_log_in(&host.portal, "maria84", portal_tests::people::PASSWORD).await);
    let tab = staff::open_tab(&desk, &ELODIE).await;
    assert_eq!(staff::portal_id(&tab), Some(elodies), "her sheet still works");
    let sheets = many::print(&desk, &over.path).await;
    assert_eq!(many::portal_ids(&sheets).len() as u64, total - 3);
    assert!(!sheets.says(ELODIE.name), "only who was invited by this list gets a sheet");
    for (name, value) in [("cache-control", "no-store"), ("referrer-policy", "same-origin")] {
        assert_eq!(sheets.headers[name], value);
    }
    assert!(sheets.headers.contains_key("content-security-policy"));
}

#[tokio::test]
async fn a_list_can_be_cancelled_and_what_was_done_stands() {
    let setup = Setup::fresh();
    many::seed(&setup, 3_000);
    let host = setup.start();
    let desk = staff::sign_in(&host.ehr, FRONT_DESK).await;
    let list = many::everyone_found(&desk, "").await.expect(200);
    let running = many::start(&desk, &list).await;
    let some = many::until_done(&desk, &running.path, 100).await;
    assert!(many::done(&some).is_some(), "over too soon: {}", some.text());

    let question = desk.open(&some.link("Cancel…")).await.expect(200);
    assert!(question.says("Cancel this list?"), "{}", question.text());
    desk.submit(&question, &question.form("Cancel the list")).await.expect(200);

    let over = many::until_over(&desk, &running.path).await;
    assert!(over.says("This list was cancelled."), "{}", over.text());
    let (invited, not_reached) = (many::count(&over, "Invited"), many::count(&over, "Not looked at"));
    assert!(invited >= 100 && not_reached > 0, "{}", over.text());
    let issued = trail::issued(&host.setup);
    assert_eq!(issued.len() as u64, invited, "every Portal ID issued is one the list knows of");
    let acts = trail::exported(&host.setup, &["--user", FRONT_DESK]);
    let acts = trail::counted(&acts);
    assert_eq!((acts.get("batch.started"), acts.get("batch.cancelled")), (Some(&1), Some(&1)));
    let again = desk.open(&question.path).await.expect(200);
    assert!(again.says("cannot be done any more"), "{}", again.text());
}

/// A list of many that is well under way, and who looks at it.
async fn under_way(host: &Installation) -> (Visitor, Answer) {
    let desk = staff::sign_in(&host.ehr, FRONT_DESK).await;
    let admin = staff::sign_in(&host.ehr, ADMIN).await;
    let list = many::everyone_found(&desk, "").await.expect(200);
    let running = many::start(&desk, &list).await;
    let some = many::until_done(&admin, &running.path, 50).await;
    assert!(many::done(&some).is_some(), "over too soon: {}", some.text());
    (admin, some)
}

#[tokio::test]
async fn a_list_stops_when_whoever_started_it_loses_the_right() {
    let setup = Setup::fresh();
    many::seed(&setup, 3_000);
    let host = setup.start();
    let (admin, list) = under_way(&host).await;

    let users = admin.open("/administration/users").await.expect(200);
    let form = html::form(&users.body, "Save access level of Fran Desk").expect("a form for each user");
    let sent = form.sent();
    let was = sent.iter().find(|(name, _)| name == "was").expect("the level it shows").1.clone();
    let of_billing = html::form(&users.body, "Save access level of Bill Ingram").expect("another");
    let level = of_billing.sent().into_iter().find(|(name, _)| name == "was").expect("a level").1;
    let change = [("user", FRONT_DESK), ("was", was.as_str()), ("access_level", level.as_str())];
    admin.post("/administration/users", &change).await.expect(303);

    let over = many::until_over(&admin, &list.path).await;
    assert!(over.says("no longer has the right to invite patients"), "{}", over.text());
    assert!(many::count(&over, "Not looked at") > 0, "{}", over.text());
    assert_eq!(trail::issued(&host.setup).len() as u64, many::count(&over, "Invited"));
    let stops = trail::exported(&host.setup, &[]);
    assert_eq!(trail::counted(&stops).get("batch.stopped"), Some(&1));
}

#[tokio::test]
async fn a_list_stops_when_the_module_is_switched_off() {
    let setup = Setup::fresh();
    many::seed(&setup, 3_000);
    let host = setup.start();
    let (admin, list) = under_way(&host).await;

    admin.post("/administration/modules", &[("module", "patient-portal"), ("on", "no")]).await.expect(303);

    let over = many::until_over(&admin, &list.path).await;
    assert!(over.says("no longer has the Patient Portal module"), "{}", over.text());
    let closed = admin.open(many::MAKE).await.expect(200);
    assert!(closed.says("submit a ticket to the Helpdesk"), "{}", closed.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_hosts_one_works_on_a_list_and_when_it_is_told_to_stop_the_other_goes_on() {
    let setup = Setup::fresh();
    many::seed(&setup, 3_000);
    let mut one = setup.start();
    let key_file = setup.folder().join("state/host.key").display().to_string();
    let mut other = Setup::fresh().with("--key-file", &key_file);
    other.database.clone_from(&setup.database);
    let other = other.start();
    let admin = staff::sign_in(&other.ehr, ADMIN).await;
    let (_, list) = under_way(&one).await;

    one.terminate();
    assert!(one.wait().success());

    let page = admin.get(&list.path).await.expect(200);
    assert!(many::done(&page).is_some(), "nothing was left to the other: {}", page.text());
    let over = many::until_over(&admin, &list.path).await;
    assert!(over.says("Every patient on the list was looked at."), "{}", over.text());
    let issued = trail::issued(&setup);
    assert_eq!(issued.len() as u64, many::count(&over, "Invited"));
    assert!(issued.values().all(|times| *times == 1), "{issued:?}");
    trail::assert_whole(&setup);
}

#[tokio::test]
async fn where_the_practice_wants_it_inviting_many_takes_the_right_to_edit() {
    let setup = Setup::fresh();
    setup.make();
    let output = setup.run(&["policy", "--set", "require-edit-right=yes"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let host = setup.start();
    let desk = staff::sign_in(&host.ehr, FRONT_DESK).await;
    let admin = staff::sign_in(&host.ehr, ADMIN).await;
    let list = many::everyone_found(&admin, "Silva").await.expect(200);

    desk.get(many::MAKE).await.expect(403);
    desk.post("/invitations/chosen", &[("who", "found")]).await.expect(403);
    desk.post(&format!("{}/start", list.path), &[]).await.expect(403);
    desk.post(&format!("{}/cancel", list.path), &[]).await.expect(403);

    let over = many::until_over(&admin, &many::start(&admin, &list).await.path).await;
    assert_eq!(many::count(&over, "Invited"), 2);
}

#[tokio::test]
async fn a_component_of_the_contract_0_1_0_says_that_it_cannot_and_works_as_before() {
    let host = Setup::faulty().start();
    let desk = staff::sign_in(&host.ehr, FRONT_DESK).await;

    let page = desk.open(many::MAKE).await.expect(200);

    assert!(page.says("cannot invite many patients in one go"), "{}", page.text());
    assert!(!page.has_button("Make the list"));
    let refused = desk.post("/invitations/chosen", &[("who", "found")]).await.expect(200);
    assert!(refused.says("cannot invite many patients in one go"), "{}", refused.text());
    let patients = desk.open("/patients").await.expect(200);
    assert!(!patients.has_button("Invite those ticked…") && patients.has_link("Invite many…"));
    let tab = staff::open_tab(&desk, &MARIA).await;
    assert!(tab.says("Ordinary"), "{}", tab.text());
}

/// A number below `end` that is another on each run; a failure tells what it was.
fn any_below(end: u64) -> u64 {
    RandomState::new().hash_one(Instant::now()) % end
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_are_invited_once_each_though_the_host_is_killed_twice_and_print_in_one_go() {
    let setup = Setup::fresh();
    many::seed(&setup, 10_000);
    let mut host = setup.start();
    let mut desk = staff::sign_in(&host.ehr, FRONT_DESK).await;
    let list = many::everyone_found(&desk, "").await.expect(200);
    let total = html::fact(&list.body, "Patients on the list").expect("a count").replace(',', "");
    let total: u64 = total.parse().expect("a number");
    assert!(total > 10_000, "{total}");
    let path = many::start(&desk, &list).await.path;

    let kills = [500 + any_below(2_500), 4_000 + any_below(4_000)];
    for at in kills {
        let page = many::until_done(&desk, &path, at).await;
        assert!(many::done(&page).is_some(), "over before {at}: {}", page.text());
        tokio::time::sleep(Duration::from_micros(any_below(20_000))).await;
        host.kill();
        host = setup.start();
        desk = staff::sign_in(&host.ehr, FRONT_DESK).await;
    }
    let over = many::until_over(&desk, &path).await;

    let invited = many::count(&over, "Invited");
    assert_eq!(invited + many::count(&over, "No date of birth on file"), total, "{kills:?}: {}", over.text());
    let sheets = many::print(&desk, &path).await;
    let ids = many::portal_ids(&sheets);
    assert_eq!(ids.len() as u64, invited, "{kills:?}");
    let distinct: BTreeSet<_> = ids.iter().collect();
    assert_eq!(distinct.len(), ids.len(), "{kills:?}: two patients have the same Portal ID");
    assert!(sheets.text().ends_with("sheets on this page."), "{kills:?}");

    host.terminate();
    assert!(host.wait().success());
    let issued = trail::issued(&setup);
    assert_eq!(issued.len() as u64, invited, "{kills:?}");
    let twice: Vec<_> = issued.iter().filter(|(_, times)| **times != 1).collect();
    assert!(twice.is_empty(), "{kills:?}: {twice:?}");
    let entries = trail::exported(&setup, &[]);
    let printed: BTreeSet<_> = entries
        .iter()
        .filter(|entry| entry.action == "instructions.printed")
        .map(|entry| &entry.patient)
        .collect();
    assert_eq!(printed, issued.keys().collect(), "{kills:?}");
    let finished: Vec<_> = entries.iter().filter(|entry| entry.action == "batch.finished").collect();
    assert_eq!(finished.len(), 1, "{kills:?}");
    assert_eq!(finished[0].detail, format!("list 1: {invited} of {total} invited"));
    trail::assert_whole(&setup);
}
