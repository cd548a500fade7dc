//! Create your login: in time or too late, sent once or twice, alone or overtaken.

use super::browser::{Browser, PASSWORD, header, invite, location, maria, perform, portal_id, text, typed};
use super::memory::Memory;
use super::people;
use crate::ehr::SaveError;

const DAY: u64 = 86_400;

/// A browser in which Maria has just passed User Confirmation.
fn confirmed(ehr: &Memory) -> Browser<'_> {
    let browser = Browser::new(ehr);
    browser.confirm(&maria(&invite(ehr, &people::maria_garcia())));
    browser
}

#[test]
fn a_taken_username_is_named_and_another_one_works() {
    let ehr = Memory::new();
    Browser::new(&ehr).activate_maria();
    let browser = Browser::new(&ehr);
    browser.confirm(&typed(&invite(&ehr, &people::sean_o_brien()), "S", "O", "12/31/1959"));

    let taken = browser.save("MARIA84");

    assert_eq!(taken.status, 422);
    assert!(text(&taken).contains("This username is taken. Choose another."));
    assert!(text(&taken).contains(r#"value="MARIA84""#));
    assert!(text(&taken).contains("Please type your password again in both boxes."));
    assert_eq!(location(&browser.save("sean59")), Some("/activated"));
}

#[test]
fn a_username_taken_in_the_last_moment_is_named_too() {
    let ehr = Memory::new();
    let browser = Browser::new(&ehr);
    browser.confirm(&maria(&invite(&ehr, &people::maria_garcia())));
    ehr.refused_saves.borrow_mut().push(SaveError::UsernameTaken);

    assert!(text(&browser.save("maria84")).contains("This username is taken. Choose another."));
}

#[test]
fn of_two_who_race_for_one_portal_id_one_gets_the_account() {
    let ehr = Memory::new();
    let portal_id = invite(&ehr, &people::maria_garcia());
    let (first, second) = (Browser::new(&ehr), Browser::new(&ehr));
    first.confirm(&maria(&portal_id));
    second.confirm(&maria(&portal_id));

    assert_eq!(location(&first.save("first")), Some("/activated"));
    assert_eq!(location(&second.save("second")), Some("/activate"));
    let account = ehr.account(&people::maria_garcia()).unwrap();
    assert_eq!(account.credentials().unwrap().username.as_str(), "first");
}

#[test]
fn a_save_overtaken_in_the_last_moment_sends_back_to_the_start() {
    let ehr = Memory::new();
    let browser = Browser::new(&ehr);
    browser.confirm(&maria(&invite(&ehr, &people::maria_garcia())));
    ehr.refused_saves.borrow_mut().push(SaveError::Stale);

    assert_eq!(location(&browser.save("maria84")), Some("/activate"));
    assert_eq!(browser.cookie("__Host-activation"), None);
}

#[test]
fn leave_to_set_credentials_lasts_ten_minutes_and_is_used_up_by_setting_them() {
    let ehr = Memory::new();
    let browser = Browser::new(&ehr);
    browser.confirm(&maria(&invite(&ehr, &people::maria_garcia())));
    let token = browser.cookie("__Host-activation").unwrap();

    ehr.pass(599);
    assert_eq!(browser.get("/credentials").status, 200);
    assert_eq!(location(&browser.save("maria84")), Some("/activated"));
    browser.set_cookie("__Host-activation", &token);
    assert_eq!(location(&browser.save("other")), Some("/activate"));

    let late = Browser::new(&ehr);
    late.confirm(&typed(&invite(&ehr, &people::madonna()), "M", "", "08/16/1958"));
    ehr.pass(600);
    assert_eq!(location(&late.get("/credentials")), Some("/time-is-up"));
}

#[test]
fn leave_to_set_credentials_opens_nothing_else() {
    let ehr = Memory::new();
    let browser = Browser::new(&ehr);
    browser.confirm(&maria(&invite(&ehr, &people::maria_garcia())));
    let token = browser.cookie("__Host-activation").unwrap();
    browser.set_cookie("__Host-portal", &token);

    assert_eq!(location(&browser.get("/home")), Some("/session-ended"));
}

#[test]
fn a_new_portal_id_ends_what_the_old_one_began() {
    let ehr = Memory::new();
    let portal_id = invite(&ehr, &people::maria_garcia());
    let browser = Browser::new(&ehr);
    ehr.pass(7 * DAY - 1);
    browser.confirm(&maria(&portal_id));
    ehr.pass(1);
    perform(&ehr, &people::maria_garcia(), "reissue").unwrap();

    assert_eq!(location(&browser.save("maria84")), Some("/time-is-up"));
}

#[test]
fn passwords_are_never_sent_back_and_each_mistake_is_named() {
    let ehr = Memory::new();
    let browser = Browser::new(&ehr);
    browser.confirm(&maria(&invite(&ehr, &people::maria_garcia())));
    let save = |username, password, again| {
        browser.post(
            "/credentials",
            &[("username", username), ("password", password), ("password_again", again)],
        )
    };

    for (response, named) in [
        (save("ma", "short-secret", "short-secret"), "Use at least 15 characters"),
        (save("ma", "horses run in summer", "horses"), "The two passwords are not the same"),
        (save("ma ria", "horses run in summer", "horses run in summer"), "without spaces"),
        (save("", "", ""), "Choose a username."),
        (save("riverside.family", "riverside family", "riverside family"), "most of it is your username"),
    ] {
        assert_eq!(response.status, 422);
        assert!(text(&response).contains(named), "{named}");
        assert!(!text(&response).contains("horses") && !text(&response).contains("short-secret"));
    }
    assert!(!ehr.calls.borrow().contains(&"passwords.hash"), "nothing is hashed before it can be had");
}

#[test]
fn credentials_whose_save_only_lost_its_answer_are_saved() {
    let ehr = Memory::new();
    let browser = Browser::new(&ehr);
    browser.confirm(&maria(&invite(&ehr, &people::maria_garcia())));
    ehr.loses_answers.set(true);

    assert_eq!(location(&browser.save("maria84")), Some("/activated"));
    assert_eq!(location(&browser.log_in("maria84", PASSWORD)), Some("/home"));
}

#[test]
fn busy_hashing_asks_to_come_back_and_keeps_the_leave() {
    let ehr = Memory::new();
    let browser = Browser::new(&ehr);
    browser.confirm(&maria(&invite(&ehr, &people::maria_garcia())));

    ehr.busy.set(true);
    let response = browser.save("maria84");
    assert_eq!((response.status, header(&response, "retry-after")), (503, Some("3")));
    ehr.busy.set(false);
    assert_eq!(location(&browser.save("maria84")), Some("/activated"));
}

#[test]
fn a_form_sent_twice_gets_the_answer_of_the_first() {
    let ehr = Memory::new();
    let browser = confirmed(&ehr);
    let token = browser.cookie("__Host-activation").unwrap();
    browser.save("maria84");
    let before = ehr.account(&people::maria_garcia()).unwrap();

    browser.set_cookie("__Host-activation", &token);
    assert_eq!(location(&browser.save("Maria84")), Some("/activated"));
    browser.set_cookie("__Host-activation", &token);
    assert_eq!(location(&browser.get("/credentials")), Some("/activated"));
    assert_eq!(browser.cookie("__Host-activation"), None);
    assert!(ehr.account(&people::maria_garcia()) == Some(before), "nothing is changed a second time");
    assert_eq!(location(&browser.get("/home")), Some("/"), "nobody is signed in by it");
}

#[test]
fn a_form_sent_twice_at_once_gets_the_answer_of_the_first() {
    for refusal in [SaveError::Stale, SaveError::UsernameTaken] {
        let ehr = Memory::new();
        let browser = confirmed(&ehr);
        // The first click is saved between the second one's look at the username and its save.
        ehr.overtaken_by_itself.set(Some(refusal));
        assert_eq!(location(&browser.save("maria84")), Some("/activated"), "{refusal}");
        assert_eq!(ehr.deeds().iter().filter(|deed| **deed == "credentials.set").count(), 1);
    }
}

#[test]
fn leave_used_for_another_username_does_not_say_that_this_one_was_saved() {
    let ehr = Memory::new();
    let browser = confirmed(&ehr);
    let token = browser.cookie("__Host-activation").unwrap();
    browser.save("maria84");

    browser.set_cookie("__Host-activation", &token);
    assert_eq!(location(&browser.save("another")), Some("/activate"));
}

#[test]
fn who_comes_too_late_is_told_so_once() {
    let ehr = Memory::new();
    let browser = confirmed(&ehr);
    ehr.pass(600);

    assert_eq!(location(&browser.save("maria84")), Some("/time-is-up"));

    let page = browser.get("/time-is-up");
    assert!(text(&page).contains("Nothing was saved.") && text(&page).contains(r#"href="/activate""#));
    assert_eq!(browser.cookie("__Host-activation"), None);
    assert_eq!(location(&browser.get("/credentials")), Some("/activate"));
}

#[test]
fn a_replaced_portal_id_is_of_no_use_and_neither_is_the_leave_it_gave() {
    let ehr = Memory::new();
    let patient = people::maria_garcia();
    let old = invite(&ehr, &patient);
    let browser = Browser::new(&ehr);
    browser.confirm(&maria(&old));
    perform(&ehr, &patient, "reissue").unwrap();

    assert_eq!(location(&browser.save("maria84")), Some("/time-is-up"));
    assert_eq!(Browser::new(&ehr).confirm(&maria(&old)).status, 422);
    let new = Browser::new(&ehr).confirm(&maria(&portal_id(&ehr, &patient)));
    assert_eq!(location(&new), Some("/credentials"));
}

#[test]
fn text_far_too_long_is_named_next_to_its_field() {
    let ehr = Memory::new();
    let long = "x".repeat(20_000);
    let fields = [("username", long.as_str()), ("password", &long), ("password_again", &long)];

    for (response, named) in [
        (confirmed(&ehr).post("/credentials", &fields), "Use at most 64 characters."),
        (Browser::new(&ehr).post("/login", &fields[..2]), "Use at most 128 characters."),
        (Browser::new(&ehr).confirm(&maria(&long)), "has exactly 6 digits"),
    ] {
        assert_eq!(response.status, 422);
        assert!(text(&response).contains(named), "{named}");
        assert!(!text(&response).contains("xxx"), "no person typed that, so it is not sent back");
    }
}

#[test]
fn a_tab_pasted_along_with_a_portal_id_is_no_mistake() {
    let ehr = Memory::new();
    let pasted = format!("\t{}\t", invite(&ehr, &people::maria_garcia()));

    assert_eq!(location(&Browser::new(&ehr).confirm(&maria(&pasted))), Some("/credentials"));
}
