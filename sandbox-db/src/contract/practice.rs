//! The practice: its website, profile, clock and modules.

use super::bed::{Bed, NOW, acting, admin, by_front_desk, invited, maria};
use crate::{AddOn, AddOnState, PracticeDetails, WebsiteError};
use portal_host::identity::{Date, PracticeId, Timestamp};
use portal_host::lent::{Accounts, LocalTime, Logo, Policy, Sites, Throttles};

const LOGO: &str = r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8z"/></svg>"#;

fn hosts(hosts: &[&str]) -> Vec<String> {
    hosts.iter().map(|host| (*host).to_owned()).collect()
}

pub(super) async fn a_website_leads_to_its_practice(bed: Bed) {
    let (db, practice) = (&bed.database, &bed.practice);
    let names = hosts(&["Portal.Lakeside.example", "127.0.0.1:8081", "127.0.0.1:8081"]);
    db.set_website(practice, "https://portal.lakeside.example/", &names, NOW).await.unwrap();

    for host in ["portal.lakeside.example", "PORTAL.lakeside.example", "127.0.0.1:8081"] {
        assert_eq!(db.practice_of_website(host).await.unwrap().as_ref(), Some(practice), "{host}");
    }
    assert_eq!(db.practice_of_website("127.0.0.1").await.unwrap(), None);
    assert_eq!(db.profile(practice).await.unwrap().portal_url, "https://portal.lakeside.example");

    db.set_website(practice, "http://127.0.0.1:9000", &hosts(&["127.0.0.1:9000"]), NOW).await.unwrap();
    assert_eq!(db.practice_of_website("portal.lakeside.example").await.unwrap(), None);
    let settings = db.practice_settings(practice).await.unwrap().unwrap();
    assert_eq!(settings.websites, ["127.0.0.1:9000"]);
    let moved = "https://portal.lakeside.example -> http://127.0.0.1:9000".to_owned();
    assert_eq!(bed.newest().await, ("practice.website-moved".to_owned(), Some(moved)));
    db.set_website(practice, "http://127.0.0.1:9000/", &hosts(&["127.0.0.1:9000"]), NOW).await.unwrap();
    assert_eq!(bed.entries(None).await, 2, "it is where it was");
    assert_eq!(settings.time_zone, "America/Chicago");
    assert_eq!(settings.helpdesk_url, "/helpdesk");
}

pub(super) async fn a_website_belongs_to_one_practice(bed: Bed) {
    let db = &bed.database;
    db.set_website(&bed.practice, "http://one.example", &hosts(&["one.example"]), NOW).await.unwrap();

    let names = hosts(&["two.example", "one.example"]);
    let refused = db.set_website(&bed.other, "http://two.example", &names, NOW).await;

    assert!(matches!(refused, Err(WebsiteError::Taken(ref host)) if host == "one.example"), "{refused:?}");
    assert_eq!(db.practice_of_website("one.example").await.unwrap(), Some(bed.practice));
    assert_eq!(db.practice_of_website("two.example").await.unwrap(), None);
    let nowhere = PracticeId::new("nowhere");
    db.set_website(&nowhere, "http://x.example", &[], NOW).await.unwrap_err();
}

pub(super) async fn a_changed_profile_is_seen_at_once(bed: Bed) {
    let (db, practice) = (&bed.database, &bed.practice);
    assert_eq!(db.profile(practice).await.unwrap().policy, Policy::default());
    let throttles = Throttles {
        per_portal_id: 10,
        per_person_a_day: 1,
        per_person: 40,
        per_network_a_day: 1_000,
        per_website_an_hour: 10_000,
    };
    let policy = Policy {
        invitation_days: 21,
        minimum_password_length: 8,
        idle_minutes: 1,
        session_hours: 24,
        throttles,
        require_edit_right: true,
        require_second_factor: true,
    };
    let kiosk = ["192.0.2.0/24".to_owned(), "2001:db8::1".to_owned()];

    db.set_policy(practice, &policy, &kiosk, Some(&acting(admin())), NOW).await.unwrap();

    let profile = db.profile(practice).await.unwrap();
    assert_eq!((profile.policy, profile.name.as_str()), (policy, "Lakeside Family Practice"));
    assert_eq!(profile.languages, ["en", "es", "zh"]);
    assert_eq!(profile.never_paused, kiosk);
    let (action, detail) = bed.newest().await;
    assert_eq!(action, "practice.policy-changed");
    assert!(detail.unwrap().starts_with("invitation days: 7 -> 21, shortest password: 15 -> 8, "));
    db.set_policy(practice, &policy, &kiosk, None, NOW).await.unwrap();
    assert_eq!(bed.entries(None).await, 1);
    assert_eq!(db.profile(&bed.other).await.unwrap().policy, Policy::default());
    db.profile(&PracticeId::new("nowhere")).await.unwrap_err();
    assert_eq!(db.practice_settings(&PracticeId::new("nowhere")).await.unwrap(), None);
}

pub(super) async fn a_practice_is_described_anew_on_record_and_its_neighbour_is_not(bed: Bed) {
    let (db, practice) = (&bed.database, &bed.practice);
    let (_, lakeside) = crate::lakeside();
    db.describe_practice(practice, &lakeside, NOW).await.unwrap();
    assert_eq!(bed.entries(None).await, 0, "nothing differs");
    let details = PracticeDetails {
        name: "Lakeside Clinic".to_owned(),
        time_zone: "America/Denver".to_owned(),
        languages: vec!["es".to_owned()],
        accent: Some("#7a1f5c".parse().unwrap()),
        logo: Some(Logo::new(LOGO).unwrap()),
        ..lakeside.clone()
    };

    db.describe_practice(practice, &details, NOW).await.unwrap();

    let profile = db.profile(practice).await.unwrap();
    assert_eq!((profile.name.as_str(), profile.accent), ("Lakeside Clinic", details.accent));
    assert_eq!(profile.logo, details.logo);
    assert_eq!((profile.languages, profile.phone), (details.languages.clone(), details.phone.clone()));
    let settings = db.practice_settings(practice).await.unwrap().unwrap();
    assert_eq!((settings.time_zone, settings.helpdesk_url), (details.time_zone, details.helpdesk_url));
    let changed = "name: Lakeside Family Practice -> Lakeside Clinic, time zone: America/Chicago -> \
                   America/Denver, languages: en es zh -> es, accent:  -> 7a1f5c, another logo";
    assert_eq!(bed.newest().await, ("practice.described".to_owned(), Some(changed.to_owned())));
    let neighbour = db.profile(&bed.other).await.unwrap();
    assert_eq!((neighbour.name, neighbour.accent), (lakeside.name.clone(), None));
    db.describe_practice(&PracticeId::new("nowhere"), &lakeside, NOW).await.unwrap_err();
}

pub(super) async fn a_closed_website_leads_nowhere_and_can_be_anothers(bed: Bed) {
    let (db, names) = (&bed.database, hosts(&["portal.example"]));
    db.set_website(&bed.practice, "http://portal.example", &names, NOW).await.unwrap();

    for _ in 0..2 {
        db.close_website(&bed.practice, NOW).await.unwrap();
    }

    assert_eq!(bed.newest().await, ("practice.website-closed".to_owned(), None));
    assert_eq!(bed.entries(None).await, 2);
    assert_eq!(db.practice_of_website("portal.example").await.unwrap(), None);
    // Where it was before is no reason to say nothing.
    db.set_website(&bed.practice, "http://portal.example", &names, NOW).await.unwrap();
    assert_eq!(bed.newest().await.0, "practice.website-opened");
    db.close_website(&bed.practice, NOW).await.unwrap();
    db.set_website(&bed.other, "http://portal.example", &names, NOW).await.unwrap();
    assert_eq!(db.practice_of_website("portal.example").await.unwrap().as_ref(), Some(&bed.other));
}

pub(super) async fn a_policy_out_of_bounds_is_refused(bed: Bed) {
    let policy = Policy { invitation_days: 22, ..Policy::default() };
    bed.database.set_policy(&bed.practice, &policy, &[], Some(&acting(admin())), NOW).await.unwrap_err();
    assert_eq!(bed.database.profile(&bed.practice).await.unwrap().policy, Policy::default());
}

pub(super) async fn local_time_knows_summer_time(bed: Bed) {
    let at = |seconds| bed.database.local_time(&bed.practice, Timestamp(seconds));
    let summer = LocalTime { date: Date { year: 2026, month: 7, day: 1 }, hour: 7, minute: 0 };
    assert_eq!(at(NOW.0).await.unwrap(), summer);
    // 2026-01-01T03:30:00Z is still the old year in Chicago.
    let winter = LocalTime { date: Date { year: 2025, month: 12, day: 31 }, hour: 21, minute: 30 };
    assert_eq!(at(1_767_238_200).await.unwrap(), winter);
    at(u64::MAX).await.unwrap_err();
}

pub(super) async fn switching_the_module_keeps_what_is_stored(bed: Bed) {
    let (db, practice) = (&bed.database, &bed.practice);
    let because = by_front_desk(&maria(), "invitation.issued");
    db.save(practice, &invited(&maria(), "111111", 0), &because, &[], NOW).await.unwrap();
    assert!(db.portal_is_enabled(practice).await.unwrap());

    for _ in 0..2 {
        db.switch_add_on(practice, AddOn::PatientPortal, false, &acting(admin()), NOW).await.unwrap();
    }
    assert!(!db.portal_is_enabled(practice).await.unwrap());
    assert!(db.portal_is_enabled(&bed.other).await.unwrap());
    assert!(!db.portal_is_enabled(&PracticeId::new("nowhere")).await.unwrap());
    assert_eq!(bed.entries(None).await, 1);
    let off = AddOnState { add_on: AddOn::PatientPortal, is_on: false };
    assert_eq!(db.add_ons(practice).await.unwrap(), [off]);

    db.switch_add_on(practice, AddOn::PatientPortal, true, &acting(admin()), NOW).await.unwrap();
    assert!(db.portal_is_enabled(practice).await.unwrap());
    assert_eq!(bed.newest().await, ("module.switched".to_owned(), Some("Patient Portal: on".to_owned())));
    assert!(db.account_of_patient(practice, &maria()).await.unwrap().is_some());
}
