//! Everyone at once: two clicks, two patients or twenty end in one account.

use futures_util::future::join_all;
use portal_tests::Installation;
use portal_tests::patient::{self, TAKEN};
use portal_tests::people::{EVERYONE, FRONT_DESK, MARIA, PASSWORD, SEAN};
use portal_tests::staff::{self, CREATE, REISSUE};
use portal_tests::visitor::{Answer, Visitor};
use std::collections::HashSet;

/// How many people press at once.
const CROWD: usize = 20;

#[tokio::test(flavor = "multi_thread")]
async fn twenty_clicks_on_create_this_user_make_one_account_with_one_portal_id() {
    let host = Installation::fresh();
    let desk = staff::sign_in(&host.ehr, FRONT_DESK).await;
    let tab = staff::open_tab(&desk, &MARIA).await;
    let form = tab.form(CREATE);

    let answers = join_all((0..CROWD).map(|_| desk.send_form(&tab, &form))).await;

    for answer in &answers {
        assert_eq!(answer.status, 303, "{}", answer.text());
    }
    let ids: HashSet<_> = join_all((0..5).map(|_| staff::open_tab(&desk, &MARIA)))
        .await
        .iter()
        .filter_map(staff::portal_id)
        .collect();
    assert_eq!(ids.len(), 1, "{ids:?}");
    let tab = staff::open_tab(&desk, &MARIA).await;
    let issued = tab.text().matches("Created this user and issued a Portal ID").count();
    assert_eq!(issued, 1, "{}", tab.text());
    assert!(!tab.has_button(CREATE) && !tab.has_button(REISSUE));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_twenty_who_activate_with_one_portal_id_exactly_one_can_log_in() {
    let host = Installation::fresh();
    let desk = staff::sign_in(&host.ehr, FRONT_DESK).await;
    let id = staff::invite(&desk, &MARIA).await;

    let attempts = (0..CROWD).map(|number| {
        let (portal, id) = (&host.portal, &id);
        async move {
            let visitor = Visitor::at(portal);
            let page = patient::confirm(&visitor, &MARIA, id).await;
            if page.has_button("Save") {
                Some(patient::choose(&visitor, &page, &format!("racer{number}"), PASSWORD).await)
            } else {
                // Not among the first few, or confirmed when the account was ready already.
                let is_late = page.says(patient::NOT_CONFIRMED) || page.says("Your account is ready");
                assert!(is_late, "{}", page.text());
                None
            }
        }
    });
    let answers: Vec<Option<Answer>> = join_all(attempts).await;

    for answer in answers.iter().flatten() {
        assert!(answer.status < 500, "{}", answer.text());
    }
    let told = answers.iter().flatten().filter(|answer| answer.says("Your account is ready")).count();
    assert_eq!(told, 1, "exactly one is told that it worked");
    let mut winners = Vec::new();
    for number in 0..CROWD {
        let username = format!("racer{number}");
        if patient::can_log_in(&host.portal, &username, PASSWORD).await {
            winners.push(username);
        }
    }
    assert_eq!(winners.len(), 1, "{winners:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_username_wanted_by_several_at_once_is_given_to_one_and_the_others_are_told() {
    let host = Installation::fresh();
    let desk = staff::sign_in(&host.ehr, FRONT_DESK).await;
    let mut ready = Vec::new();
    for person in &EVERYONE {
        let id = staff::invite(&desk, person).await;
        let visitor = Visitor::at(&host.portal);
        let page = patient::confirm(&visitor, person, &id).await;
        assert!(page.has_button("Save"), "{}: {}", person.name, page.text());
        ready.push((visitor, page));
    }

    let pages =
        join_all(ready.iter().map(|(visitor, page)| patient::choose(visitor, page, "sunshine", PASSWORD)));
    let pages = pages.await;

    let done = pages.iter().filter(|page| page.says("Your account is ready")).count();
    let taken: Vec<usize> =
        pages.iter().enumerate().filter(|(_, page)| page.says(TAKEN)).map(|(number, _)| number).collect();
    assert_eq!(
        (done, taken.len()),
        (1, EVERYONE.len() - 1),
        "{:?}",
        pages.iter().map(Answer::text).collect::<Vec<_>>()
    );
    // Nothing is lost: another username does it.
    let loser = taken[0];
    let page = patient::choose(&ready[loser].0, &pages[loser], "moonlight", PASSWORD).await;
    assert!(page.says("Your account is ready"), "{}", page.text());
    assert!(patient::can_log_in(&host.portal, "moonlight", PASSWORD).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_sent_twice_at_once_does_its_work_once() {
    let host = Installation::fresh();
    let desk = staff::sign_in(&host.ehr, FRONT_DESK).await;
    let id = staff::invite(&desk, &SEAN).await;
    let sean = Visitor::at(&host.portal);
    let page = patient::confirm(&sean, &SEAN, &id).await;
    let form = page
        .form("Save")
        .fill("Username", "sean")
        .fill("Password", PASSWORD)
        .fill("Password again", PASSWORD);

    let (one, two) = tokio::join!(sean.send_form(&page, &form), sean.send_form(&page, &form));

    for answer in [&one, &two] {
        assert!(answer.status < 500, "{}", answer.text());
    }
    assert!([&one, &two].iter().any(|answer| answer.leads_to().as_deref() == Some("/activated")));
    assert!(patient::can_log_in(&host.portal, "sean", PASSWORD).await);
    let tab = staff::open_tab(&desk, &SEAN).await;
    assert_eq!(tab.text().matches("Chose a username and password").count(), 1, "{}", tab.text());
}
