//! The tab in every state there is, for who may change it and for who may only look, kept beside the
//! tests to be read and compared. A state or an offer that is new does not compile without its row.

use insta::assert_debug_snapshot;

use super::offer::Offer;
use super::pause::Pause;
use super::view::{Block, Notice, Tone, View};
use super::viewer::{Access, MODULE, Right, Viewer};
use super::{earlier, open, perform, show};
use crate::audit::{Deed, Event};
use crate::calendar::Timestamp;
use crate::people::{Patient, PersonName};
use crate::rules::account::{Revision, Standing, standing};
use crate::rules::confirmation::{MissingDetail, missing_for_confirmation};
use crate::rules::initials::Initials;
use crate::rules::throttle::{Counter, Throttle};
use crate::rules::username::Username;
use crate::settings::{DEFAULT_THROTTLES, REASON_LONGEST};
use crate::testing::browser::{Browser, PASSWORD, Typed, frontdesk, invite, maria};
use crate::testing::memory::Memory;
use crate::testing::people;

const DAY: u64 = 86_400;

/// Stamps the states from one table, so that none lacks a name or is left out of the list of all.
macro_rules! states {
    ($($state:ident = $name:literal,)+) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        enum Shown {
            $($state,)+
        }

        impl Shown {
            const ALL: &[Self] = &[$(Self::$state),+];

            fn name(self) -> &'static str {
                match self {
                    $(Self::$state => $name,)+
                }
            }
        }
    };
}

states! {
    NotInvited = "not_invited",
    Invited = "invited",
    TypingPaused = "typing_paused",
    ConfirmingPaused = "confirming_paused",
    Expired = "expired",
    Burnt = "burnt",
    Active = "active",
    LoginPaused = "login_paused",
    Locked = "locked",
    OffWithLogin = "off_with_login",
    OffWithoutLogin = "off_without_login",
}

/// The row of the table for where a patient stands.
fn shown(standing: Standing<'_>, pause: Pause) -> Shown {
    match standing {
        Standing::NotInvited => Shown::NotInvited,
        Standing::Invited(_) => match pause {
            Pause::None => Shown::Invited,
            Pause::Typing(_) => Shown::TypingPaused,
            Pause::Confirming(_) => Shown::ConfirmingPaused,
            Pause::LoggingIn(_) | Pause::UntilUnlocked => panic!("who is invited has no login to pause"),
        },
        Standing::Expired => Shown::Expired,
        Standing::Burnt(_) => Shown::Burnt,
        Standing::Active(_) => match pause {
            Pause::None => Shown::Active,
            Pause::LoggingIn(_) => Shown::LoginPaused,
            Pause::UntilUnlocked => Shown::Locked,
            Pause::Typing(_) | Pause::Confirming(_) => panic!("who is active has no Portal ID to pause"),
        },
        Standing::Off(Some(_)) => Shown::OffWithLogin,
        Standing::Off(None) => Shown::OffWithoutLogin,
    }
}

/// A practice where Maria has come to stand there.
fn practice_with(state: Shown) -> Memory {
    let ehr = Memory::new();
    match state {
        Shown::NotInvited => {}
        Shown::Invited => drop(invite(&ehr, &people::maria_garcia())),
        Shown::TypingPaused => fill(&ehr, 1),
        Shown::ConfirmingPaused => fill(&ehr, 0),
        Shown::Expired => {
            let portal_id = invite(&ehr, &people::maria_garcia());
            Browser::new(&ehr).confirm(&Typed { first_initial: "X", ..maria(&portal_id) });
            ehr.pass(7 * DAY);
        }
        Shown::Burnt => {
            let portal_id = invite(&ehr, &people::maria_garcia());
            for _ in 0..DEFAULT_THROTTLES.per_portal_id {
                Browser::new(&ehr).confirm(&Typed { first_initial: "X", ..maria(&portal_id) });
            }
        }
        Shown::Active => {
            Browser::new(&ehr).activate_maria();
            ehr.pass(DAY);
            Browser::new(&ehr).log_in("maria84", PASSWORD);
        }
        Shown::LoginPaused => stop(&ehr, 0),
        Shown::Locked => stop(&ehr, 2),
        Shown::OffWithLogin => {
            Browser::new(&ehr).activate_maria();
            turn_off(&ehr, "moved away");
        }
        Shown::OffWithoutLogin => {
            invite(&ehr, &people::maria_garcia());
            turn_off(&ehr, &"a long story ".repeat(REASON_LONGEST / 13));
        }
    }
    ehr
}

/// Invited, and with one of the counters of User Confirmation full.
fn fill(ehr: &Memory, counter: usize) {
    invite(ehr, &people::maria_garcia());
    let id = ehr.account(&people::maria_garcia()).unwrap().invitation().unwrap().portal_id;
    let counters = Throttle::of_invited(id, &people::maria_garcia(), &crate::testing::practice()).counters();
    raise(ehr, &counters[counter], 5 * 3_600);
}

/// Active, and with one of the counters of the login full.
fn stop(ehr: &Memory, counter: usize) {
    Browser::new(ehr).activate_maria();
    raise(ehr, &Throttle::unlocked(&Username::sought("maria84")).counters()[counter], 1_800);
}

fn raise(ehr: &Memory, Counter { key, limit }: &Counter, seconds: u64) {
    ehr.counters.borrow_mut().insert(key.clone(), (ehr.now.get() + seconds, limit.attempts));
}

fn turn_off(ehr: &Memory, reason: &str) {
    let reason = [("reason".to_owned(), reason.to_owned())];
    perform(ehr, &frontdesk(), &people::maria_garcia().id, "turn-off", &reason).unwrap();
}

fn editor() -> Viewer {
    let mut editor = frontdesk();
    editor.rights.push(Right { module: "Connect EHR".to_owned(), access: Access::Edit });
    editor
}

fn view_by(ehr: &Memory, viewer: &Viewer) -> View {
    show(ehr, viewer, &people::maria_garcia().id).unwrap()
}

/// Where Maria stands, and what is paused for her.
fn stands(ehr: &Memory) -> (Shown, &'static [Offer], Revision) {
    let patient = people::maria_garcia();
    let account = ehr.account(&patient);
    let pause = Pause::of(ehr, &patient, account.as_ref()).unwrap();
    let standing = standing(account.as_ref(), Timestamp(ehr.now.get()));
    let seen = account.as_ref().map_or(Revision::NEVER_SAVED, |account| account.revision);
    (shown(standing, pause), Offer::for_standing(standing, pause), seen)
}

#[test]
fn the_tab_in_each_state() {
    for state in Shown::ALL {
        let ehr = practice_with(*state);

        let view = view_by(&ehr, &frontdesk());

        let (stands, offers, seen) = stands(&ehr);
        assert_eq!(stands, *state, "the practice is not as the row says");
        let offered: Vec<_> = offers.iter().map(|offer| offer.action(seen)).collect();
        assert_eq!(view.actions, offered, "{state:?}");
        assert_debug_snapshot!(format!("tab_{}", state.name()), view);
    }
}

#[test]
fn the_tab_in_each_state_for_who_may_only_look() {
    for state in Shown::ALL {
        let ehr = practice_with(*state);
        ehr.practice.borrow_mut().policy.require_edit_right = true;

        let view = view_by(&ehr, &frontdesk());

        assert!(view.actions.is_empty(), "{state:?}");
        let why = format!("You can look here. Changes take the right {MODULE} > Edit.");
        assert_eq!(view.notices.last(), Some(&Notice::new(Tone::Info, why)), "{state:?}");
        assert_debug_snapshot!(format!("tab_{}_to_look_at", state.name()), view);
    }
}

#[test]
fn who_may_edit_sees_what_everybody_sees_where_editing_takes_no_right() {
    for state in Shown::ALL {
        let (strict, easy) = (practice_with(*state), practice_with(*state));
        strict.practice.borrow_mut().policy.require_edit_right = true;

        assert_eq!(view_by(&strict, &editor()), view_by(&easy, &frontdesk()), "{state:?}");
    }
}

/// A state in which this is offered.
fn offered_where(offer: Offer) -> Shown {
    match offer {
        Offer::Create => Shown::NotInvited,
        Offer::Reissue => Shown::Burnt,
        Offer::Replace => Shown::TypingPaused,
        Offer::Unlock => Shown::LoginPaused,
        Offer::Reset => Shown::Active,
        Offer::TurnOff => Shown::Invited,
        Offer::TurnOn => Shown::OffWithoutLogin,
    }
}

#[test]
fn everything_that_can_be_offered_is_in_a_picture_of_the_tab() {
    for offer in Offer::ALL.into_iter().chain([Offer::Replace]) {
        let ehr = practice_with(offered_where(offer));

        let view = view_by(&ehr, &frontdesk());

        let (_, _, seen) = stands(&ehr);
        assert!(view.actions.contains(&offer.action(seen)), "{offer:?}");
    }
}

/// Somebody of whom the EHR lacks this.
fn without(detail: MissingDetail) -> Patient {
    match detail {
        MissingDetail::BirthDate => people::without_birth_date(),
        MissingDetail::Initials => people::without_letters(),
    }
}

#[test]
fn the_tab_of_someone_who_cannot_be_confirmed() {
    let details = [
        (MissingDetail::BirthDate, "tab_without_birth_date"),
        (MissingDetail::Initials, "tab_without_letters"),
    ];
    for (detail, name) in details {
        let patient = without(detail);
        assert_eq!(missing_for_confirmation(&patient), Some(detail));
        assert_debug_snapshot!(name, show(&Memory::new(), &frontdesk(), &patient.id).unwrap());
    }
}

#[test]
fn the_tab_of_someone_who_lost_a_date_of_birth_and_is_locked_out() {
    let ehr = practice_with(Shown::Locked);
    for patient in ehr.patients.borrow_mut().iter_mut() {
        patient.birth_date = None;
    }

    assert_debug_snapshot!("tab_locked_without_birth_date", view_by(&ehr, &frontdesk()));
}

#[test]
fn earlier_history() {
    let ehr = Memory::new();
    let patient = people::maria_garcia();
    invite(&ehr, &patient);
    for _ in 0..12 {
        for deed in [Deed::SignInSucceeded, Deed::SessionClosed] {
            ehr.events.borrow_mut().push((Timestamp(ehr.now.get()), Event::by_patient(&patient.id, deed)));
            ehr.pass(600);
        }
    }
    let first = view_by(&ehr, &frontdesk()).history;

    let page = earlier(&ehr, &frontdesk(), &patient.id, first.earlier.unwrap()).unwrap();

    assert_eq!(page.earlier, None);
    assert_debug_snapshot!("earlier_history", page);
}

/// How the boxes for initials are explained on a sheet, which depends on the name alone.
fn shape(name: &PersonName) -> &'static str {
    match (name, Initials::of(name)) {
        (PersonName::Full { .. }, Some(Initials::Both(..))) => "two parts with letters",
        (PersonName::Full { .. }, Some(Initials::One(_))) => "two parts, one with letters",
        (PersonName::Single(_), Some(_)) => "one part",
        (PersonName::Full { .. } | PersonName::Single(_), None) => "no letters",
    }
}

#[test]
fn the_printed_sheet_for_each_shape_of_name() {
    let half = Patient {
        name: PersonName::Full { given: "Cher".to_owned(), family: ".".to_owned() },
        ..people::madonna()
    };
    let romanised = Patient {
        name: PersonName::Full { given: "-".to_owned(), family: "-".to_owned() },
        ..people::wang_xiuying()
    };
    let sheets = [
        ("maria", people::maria_garcia(), "two parts with letters"),
        ("elodie", people::elodie_dubois_lefevre(), "two parts with letters"),
        ("sean", people::sean_o_brien(), "two parts with letters"),
        ("xiuying", people::wang_xiuying(), "two parts with letters"),
        ("madonna", people::madonna(), "one part"),
        ("half_a_name", half, "two parts, one with letters"),
        ("letters_in_another_name", romanised, "no letters"),
    ];
    for (name, patient, expected) in sheets {
        assert_eq!(shape(&patient.name), expected, "{name}");
        let ehr = Memory::new();
        ehr.patients.replace(vec![patient.clone()]);
        invite(&ehr, &patient);
        let sheet = open(&ehr, &frontdesk(), &patient.id, "instructions").unwrap();
        assert_debug_snapshot!(format!("sheet_{name}"), sheet);
    }
}

#[test]
fn the_sheet_where_a_second_step_is_asked_for_says_so_and_what_to_do_without_a_smartphone() {
    let ehr = practice_with(Shown::Invited);
    ehr.requires_second_factor.set(true);

    let sheet = open(&ehr, &frontdesk(), &people::maria_garcia().id, "instructions").unwrap();

    let steps = sheet.blocks.iter().find_map(|block| match block {
        Block::Steps(steps) => Some(steps),
        Block::Heading(_) | Block::Text(_) | Block::Facts(_) | Block::QrCode(_) => None,
    });
    let expected = [
        "Press “Save”, then “Go to the login page”. Type your username and password and press “Log in”.",
        "The website asks you to add a second step, such as a code on your phone. No smartphone? Call us at \
         (555)\u{a0}010\u{2011}0199.",
    ];
    assert!(steps.unwrap().ends_with(&expected.map(str::to_owned)), "{steps:?}");
}

#[test]
fn the_sheet_says_whom_to_call_when_it_was_somebody_else() {
    let ehr = practice_with(Shown::Invited);

    let sheet = open(&ehr, &frontdesk(), &people::maria_garcia().id, "instructions").unwrap();

    let expected = "Need help? Or did someone else use this sheet or your account? Call Riverside Family Medicine \
                    at (555)\u{a0}010\u{2011}0199. We can stop it at once.";
    assert!(sheet.blocks.contains(&Block::Text(expected.to_owned())), "{sheet:?}");
}

#[test]
fn the_sheet_is_in_the_patients_language_where_the_practice_serves_it() {
    let ehr = practice_with(Shown::Invited);
    let sheet = || open(&ehr, &frontdesk(), &people::maria_garcia().id, "instructions").unwrap();
    ehr.patients.borrow_mut().iter_mut().for_each(|patient| patient.language = Some("es-MX".to_owned()));
    assert_eq!(sheet().language, "en");

    ehr.practice.borrow_mut().languages = vec!["en".to_owned(), "es".to_owned()];

    assert_eq!((sheet().title, sheet().language), ("Instrucciones del Portal del Paciente", "es"));
    assert_debug_snapshot!("sheet_maria_in_spanish", sheet().blocks);
}
