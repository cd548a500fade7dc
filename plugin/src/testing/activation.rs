//! From the sheet to the login: User Confirmation, as patients go through it.

use super::browser::{Browser, header, invite, location, maria, perform, text, typed, without_form_token};
use super::memory::Memory;
use super::people;
use crate::people::Patient;
use crate::settings::DEFAULT_THROTTLES;

const DAY: u64 = 86_400;

/// Whether the patient gets through with these initials and this date of birth.
fn confirms(patient: &Patient, first: &'static str, last: &'static str, birth_date: &'static str) -> bool {
    let ehr = Memory::new();
    let portal_id = invite(&ehr, patient);
    let response = Browser::new(&ehr).confirm(&typed(&portal_id, first, last, birth_date));
    location(&response) == Some("/credentials")
}

#[test]
fn maria_activates_her_account_and_logs_in() {
    let ehr = Memory::new();
    let portal_id = invite(&ehr, &people::maria_garcia());
    let browser = Browser::new(&ehr);

    let confirmed = browser.confirm(&maria(&portal_id));
    assert_eq!(location(&confirmed), Some("/credentials"));
    assert_eq!(browser.get("/credentials").status, 200);
    let saved = browser.save("Maria84");
    assert_eq!(location(&saved), Some("/activated"));
    assert!(text(&browser.get("/activated")).contains(r#"href="/""#));
    assert_eq!(location(&browser.get("/home")), Some("/"), "nobody is signed in by activating");
    let logged_in = browser.log_in("maria84", super::browser::PASSWORD);
    assert_eq!(location(&logged_in), Some("/home"));
    assert!(text(&browser.get("/home")).contains("Maria Garcia"));
    let expected = [
        "invitation.issued",
        "activation.confirmed",
        "credentials.set",
        "signin.succeeded",
        "device.remembered",
    ];
    assert_eq!(ehr.deeds(), expected);
}

#[test]
fn everyone_gets_through_with_what_is_theirs() {
    assert!(confirms(&people::maria_garcia(), "m", "g", "2/29/1984"));
    assert!(confirms(&people::elodie_dubois_lefevre(), "E", "D", "07/04/1991"));
    assert!(confirms(&people::elodie_dubois_lefevre(), "é", "d.", "07-04-1991"));
    assert!(confirms(&people::sean_o_brien(), "S", "O", "12.31.1959"));
    assert!(confirms(&people::wang_xiuying(), "X", "W", "01/05/1948"));
    assert!(confirms(&people::wang_xiuying(), "秀", "王", "01/05/1948"));
    assert!(confirms(&people::madonna(), "M", "", "08/16/1958"));
    assert!(confirms(&people::madonna(), "", "M", "08/16/1958"));
}

#[test]
fn nobody_gets_through_with_something_else() {
    assert!(!confirms(&people::maria_garcia(), "M", "G", "02/28/1984"));
    assert!(!confirms(&people::maria_garcia(), "M", "", "02/29/1984"));
    assert!(!confirms(&people::madonna(), "M", "M", "08/16/1958"));
}

#[test]
fn twins_are_told_apart_by_their_portal_ids() {
    let ehr = Memory::new();
    let (ana, alma) = (people::ana_silva(), people::alma_silva());
    let (anas, almas) = (invite(&ehr, &ana), invite(&ehr, &alma));

    for (portal_id, username) in [(anas, "ana.silva"), (almas, "alma.silva")] {
        let browser = Browser::new(&ehr);
        browser.confirm(&typed(&portal_id, "A", "S", "03/03/2010"));
        assert_eq!(location(&browser.save(username)), Some("/activated"));
    }

    let username =
        |patient| ehr.account(patient).unwrap().credentials().unwrap().username.as_str().to_owned();
    assert_eq!(username(&ana), "ana.silva");
    assert_eq!(username(&alma), "alma.silva");
}

#[test]
fn a_used_portal_id_cannot_be_used_again() {
    let ehr = Memory::new();
    let portal_id = invite(&ehr, &people::maria_garcia());
    let browser = Browser::new(&ehr);
    browser.confirm(&maria(&portal_id));
    browser.save("maria84");

    assert_eq!(Browser::new(&ehr).confirm(&maria(&portal_id)).status, 422);
}

#[test]
fn an_expired_portal_id_cannot_be_used() {
    let ehr = Memory::new();
    let portal_id = invite(&ehr, &people::maria_garcia());

    ehr.pass(7 * DAY - 1);
    assert_eq!(location(&Browser::new(&ehr).confirm(&maria(&portal_id))), Some("/credentials"));
    ehr.pass(1);
    assert_eq!(Browser::new(&ehr).confirm(&maria(&portal_id)).status, 422);
}

#[test]
fn whatever_is_wrong_the_answer_differs_in_what_was_typed_only_and_takes_the_same_steps() {
    let wrong_details = {
        let ehr = Memory::new();
        let portal_id = invite(&ehr, &people::maria_garcia());
        (ehr, typed(&portal_id, "M", "X", "02/29/1984"))
    };
    let unknown = (Memory::new(), maria("000000"));
    let expired = {
        let ehr = Memory::new();
        let portal_id = invite(&ehr, &people::maria_garcia());
        ehr.pass(8 * DAY);
        (ehr, maria(&portal_id))
    };
    let used = {
        let ehr = Memory::new();
        let portal_id = invite(&ehr, &people::maria_garcia());
        let browser = Browser::new(&ehr);
        browser.confirm(&maria(&portal_id));
        browser.save("maria84");
        (ehr, maria(&portal_id))
    };
    let lapsed = {
        let ehr = Memory::new();
        let portal_id = invite(&ehr, &people::maria_garcia());
        ehr.pass(8 * DAY);
        ehr.lapse_expired();
        (ehr, maria(&portal_id))
    };
    let revoked = {
        let ehr = Memory::new();
        let portal_id = invite(&ehr, &people::maria_garcia());
        perform(&ehr, &people::maria_garcia(), "reissue").unwrap();
        (ehr, maria(&portal_id))
    };
    let burnt_and_throttled = {
        let ehr = Memory::new();
        let portal_id = invite(&ehr, &people::maria_garcia());
        for _ in 0..DEFAULT_THROTTLES.per_portal_id {
            Browser::new(&ehr).confirm(&typed(&portal_id, "M", "X", "02/29/1984"));
        }
        (ehr, maria(&portal_id))
    };
    let burnt = {
        let (ehr, typed) = (&burnt_and_throttled.0, burnt_and_throttled.1.clone());
        let burnt = Memory::new();
        burnt.accounts.replace(ehr.accounts.borrow().clone());
        (burnt, typed)
    };
    let person_throttled = {
        let ehr = Memory::new();
        let portal_id = invite(&ehr, &people::maria_garcia());
        for n in 0..DEFAULT_THROTTLES.per_person_a_day {
            Browser::at(&ehr, "198.51.100.1").confirm(&maria(&format!("{n:06}")));
        }
        (ehr, maria(&portal_id))
    };

    let all = [
        wrong_details,
        unknown,
        expired,
        lapsed,
        used,
        revoked,
        burnt,
        burnt_and_throttled,
        person_throttled,
    ];
    let answers = all.map(|(ehr, typed)| {
        ehr.calls.borrow_mut().clear();
        let mut response = Browser::new(&ehr).confirm(&typed);
        let mut page = without_form_token(text(&response));
        for value in [&*typed.portal_id, typed.first_initial, typed.last_initial, typed.birth_date] {
            let kept = format!("value=\"{value}\"");
            assert!(page.contains(&kept), "{value} has to be typed again");
            page = page.replacen(&kept, "", 1);
        }
        response.body = page.into_bytes();
        (response, ehr.calls.into_inner())
    });

    let [(first, steps), others @ ..] = answers;
    assert_eq!(first.status, 422);
    assert!(text(&first).contains("We could not confirm you with these details."));
    for (other, other_steps) in others {
        assert_eq!(other, first);
        assert_eq!(other_steps, steps);
    }
}

#[test]
fn five_wrong_answers_burn_a_portal_id() {
    let ehr = Memory::new();
    let portal_id = invite(&ehr, &people::maria_garcia());
    for (n, date) in ["1/1/1980", "1/2/1980", "1/3/1980", "1/4/1980", "1/5/1980"].into_iter().enumerate() {
        assert_eq!(ehr.deeds().len(), 1 + n);
        Browser::new(&ehr).confirm(&typed(&portal_id, "M", "G", date));
    }

    assert_eq!(ehr.deeds().last(), Some(&"invitation.burnt"));
    ehr.pass(6 * DAY);
    assert_eq!(Browser::new(&ehr).confirm(&maria(&portal_id)).status, 422);
    assert_eq!(ehr.deeds().last(), Some(&"activation.blocked"));
    // Not even once the counter is gone.
    ehr.pass(30 * DAY);
    assert_eq!(Browser::new(&ehr).confirm(&maria(&portal_id)).status, 422);
    assert_eq!(ehr.deeds().last(), Some(&"activation.refused"));
}

#[test]
fn the_guess_that_burns_an_id_writes_once_as_every_other_does() {
    let ehr = Memory::new();
    let portal_id = invite(&ehr, &people::maria_garcia());
    let wrong = typed(&portal_id, "M", "X", "02/29/1984");
    let steps = |_| {
        ehr.calls.borrow_mut().clear();
        Browser::new(&ehr).confirm(&wrong);
        ehr.calls.borrow().clone()
    };

    let each: Vec<_> = (0..DEFAULT_THROTTLES.per_portal_id).map(steps).collect();

    let (last, before) = each.split_last().unwrap();
    let noted = ["attempts.take", "accounts.find-by-portal-id", "patients.get", "accounts.note"];
    assert!(before.iter().all(|steps| *steps == noted), "{before:?}");
    assert_eq!(*last, ["attempts.take", "accounts.find-by-portal-id", "patients.get", "accounts.save"]);
}

#[test]
fn someone_who_knows_the_person_cannot_sweep_the_ids() {
    let ehr = Memory::new();
    let portal_id = invite(&ehr, &people::maria_garcia());
    let clients = ["192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4", "192.0.2.5"];
    assert_eq!(clients.len(), usize::from(DEFAULT_THROTTLES.per_person_a_day));
    for (n, client) in clients.into_iter().enumerate() {
        let browser = Browser::at(&ehr, client);
        browser.confirm(&maria(&format!("{n:06}")));
    }

    assert_eq!(Browser::new(&ehr).confirm(&maria(&portal_id)).status, 422);
    ehr.pass(DAY);
    assert_eq!(location(&Browser::new(&ehr).confirm(&maria(&portal_id))), Some("/credentials"));
}

#[test]
fn one_address_cannot_guess_on_and_on() {
    let ehr = Memory::new();
    let portal_id = invite(&ehr, &people::maria_garcia());
    for n in 0..DEFAULT_THROTTLES.per_network_a_day {
        let birth_date = ["1/1/1980", "1/2/1980", "1/3/1980", "1/4/1980"][usize::from(n % 4)];
        let initial = ["A", "B", "C", "D", "E"][usize::from(n / 4)];
        Browser::new(&ehr).confirm(&typed(&format!("{n:06}"), initial, "X", birth_date));
    }

    assert_eq!(Browser::new(&ehr).confirm(&maria(&portal_id)).status, 422);
    let elsewhere = Browser::at(&ehr, "198.51.100.1");
    assert_eq!(location(&elsewhere.confirm(&maria(&portal_id))), Some("/credentials"));
}

#[test]
fn a_right_answer_is_forgiven_and_a_mistake_of_form_is_never_counted() {
    let ehr = Memory::new();
    let portal_id = invite(&ehr, &people::maria_garcia());

    for _ in 0..30 {
        assert_eq!(Browser::new(&ehr).confirm(&typed(&portal_id, "M", "G", "02/30/1984")).status, 422);
        assert_eq!(location(&Browser::new(&ehr).confirm(&maria(&portal_id))), Some("/credentials"));
    }
}

#[test]
fn a_mistake_of_form_is_named_and_what_was_typed_is_kept() {
    let ehr = Memory::new();

    let response = Browser::new(&ehr).confirm(&typed("12 34", "Maria", "G", "02/30/1984"));

    assert_eq!(response.status, 422);
    let page = text(&response);
    for kept in [r#"value="12 34""#, r#"value="Maria""#, r#"value="G""#, r#"value="02/30/1984""#] {
        assert!(page.contains(kept), "{kept}");
    }
    assert_eq!(page.matches(r#"aria-invalid="true""#).count(), 3);
    assert!(page.contains("That month has 29 days."));
    assert!(ehr.calls.borrow().is_empty(), "nothing is looked up for a mistake of form");
}

#[test]
fn both_initials_empty_is_a_mistake_of_form() {
    let response = Browser::new(&Memory::new()).confirm(&typed("123456", "", "", "02/29/1984"));

    assert!(text(&response).contains("Type at least one initial."));
}

#[test]
fn a_host_that_cannot_answer_costs_the_patient_nothing() {
    for down in ["attempts.take", "accounts.find-by-portal-id", "patients.get", "sessions.open"] {
        let ehr = Memory::new();
        let portal_id = invite(&ehr, &people::maria_garcia());
        for _ in 0..10 {
            ehr.down.set(Some(down));
            let response = Browser::new(&ehr).confirm(&maria(&portal_id));
            assert_eq!((response.status, header(&response, "retry-after")), (503, Some("7")), "{down}");
        }
        ehr.down.set(None);
        assert_eq!(location(&Browser::new(&ehr).confirm(&maria(&portal_id))), Some("/credentials"), "{down}");
    }
}

#[test]
fn a_right_answer_stays_right_where_the_attempt_cannot_be_taken_back() {
    let ehr = Memory::new();
    let browser = Browser::new(&ehr);
    let portal_id = invite(&ehr, &people::maria_garcia());

    ehr.down.set(Some("attempts.forgive"));
    assert_eq!(location(&browser.confirm(&maria(&portal_id))), Some("/credentials"));
    assert_eq!(location(&browser.save("maria84")), Some("/activated"));
    assert_eq!(location(&browser.log_in("maria84", super::browser::PASSWORD)), Some("/home"));
}
