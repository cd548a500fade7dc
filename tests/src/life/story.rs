//! Stories made of acts at random: what happens in one practice.

use super::act::{Act, Browser, Button, Colleague, Details, Name, Ticket, Typed, Whose};
use proptest::collection;
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::sample::select;

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// A second on either side of everything that ends by itself, and some times in between.
const WAITS: [u64; 11] = [
    1,
    MINUTE,
    5 * MINUTE,
    10 * MINUTE,
    14 * MINUTE + 59,
    15 * MINUTE,
    HOUR,
    12 * HOUR,
    DAY,
    6 * DAY,
    7 * DAY,
];

/// How many stories are told of one practice, at the most. One is enough where it tells all of a fault.
const MOST_STORIES: usize = 22;

/// What happens in one practice, in order.
pub fn acts() -> impl Strategy<Value = Vec<Act>> {
    collection::vec(story(), 1..=MOST_STORIES).prop_map(|stories| stories.concat())
}

/// Often a single act; else several that belong together, since by chance alone few accounts would ever
/// become active, fewer stopped, and hardly two people do something to one account at once.
fn story() -> impl Strategy<Value = Vec<Act>> {
    prop_oneof![
        10 => act().prop_map(|act| vec![act]),
        1 => activation(),
        4 => (activation(), whose(), browser(), typed()).prop_flat_map(|(before, whose, browser, typed)| {
            logged_in(browser, typed).prop_map(move |act| {
                [before.clone(), vec![Act::LogsIn(browser, whose, Typed::Right), act]].concat()
            })
        }),
        3 => (whose(), button(), button()).prop_map(|(whose, first, second)| vec![
            Act::Looks(Colleague::Fran, whose),
            Act::Presses(Colleague::Alex, whose, first),
            Act::PressesLate(Colleague::Fran, whose, second),
        ]),
        1 => (browser(), whose()).prop_map(|(browser, whose)| {
            vec![Act::Confirms(browser, whose, Ticket::Newest, Details::Wrong); 5]
        }),
        1 => (colleague(), whose()).prop_map(|(who, whose)| vec![
            Act::Presses(who, whose, Button::Create),
            Act::Waits(7 * DAY),
            Act::Waits(15 * MINUTE),
            Act::KeepsHouse,
            Act::Presses(who, whose, Button::Reissue),
        ]),
        1 => (colleague(), whose(), browser()).prop_map(|(who, whose, browser)| vec![
            Act::LogsIn(browser, whose, Typed::Right),
            Act::LogsOut(browser),
            Act::Guesses(browser, whose),
            Act::Waits(15 * MINUTE),
            Act::Guesses(browser, whose),
            Act::Presses(who, whose, Button::Unlock),
        ]),
    ]
}

/// From wherever there is no login to a login.
fn activation() -> impl Strategy<Value = Vec<Act>> {
    (colleague(), whose(), browser(), ticket()).prop_map(|(who, whose, browser, ticket)| {
        vec![
            Act::Presses(who, whose, Button::Create),
            Act::Prints(who, whose),
            Act::Confirms(browser, whose, ticket, Details::Right),
            Act::Chooses(browser, Name::Own),
        ]
    })
}

/// What only somebody who is logged in can do.
fn logged_in(browser: Browser, typed: Typed) -> impl Strategy<Value = Act> {
    prop_oneof![
        1 => Just(Act::OpensHome(browser)),
        1 => Just(Act::OpensAccount(browser)),
        2 => Just(Act::ChangesPassword(browser, typed)),
        2 => Just(Act::EndsAnother(browser)),
        1 => Just(Act::EndsAll(browser)),
        1 => Just(Act::LogsOut(browser)),
    ]
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        2 => (colleague(), whose()).prop_map(|(who, whose)| Act::Looks(who, whose)),
        6 => (colleague(), whose(), button()).prop_map(|(who, whose, it)| Act::Presses(who, whose, it)),
        4 => (colleague(), whose(), button()).prop_map(|(who, whose, it)| Act::PressesLate(who, whose, it)),
        2 => (colleague(), whose()).prop_map(|(who, whose)| Act::Prints(who, whose)),
        4 => (browser(), whose(), ticket(), details())
            .prop_map(|(browser, whose, ticket, details)| Act::Confirms(browser, whose, ticket, details)),
        2 => (browser(), name()).prop_map(|(browser, name)| Act::Chooses(browser, name)),
        4 => (browser(), whose(), typed())
            .prop_map(|(browser, whose, typed)| Act::LogsIn(browser, whose, typed)),
        7 => (browser(), typed()).prop_flat_map(|(browser, typed)| logged_in(browser, typed)),
        4 => select(&WAITS[..]).prop_map(Act::Waits),
        2 => Just(Act::KeepsHouse),
    ]
}

fn whose() -> impl Strategy<Value = Whose> + Clone {
    // Mostly the same one: what two do to one account is where it goes wrong.
    prop_oneof![3 => Just(Whose::Marias), 1 => Just(Whose::Seans)]
}

fn colleague() -> impl Strategy<Value = Colleague> + Clone {
    any::<bool>().prop_map(|alex| if alex { Colleague::Alex } else { Colleague::Fran })
}

fn browser() -> impl Strategy<Value = Browser> + Clone {
    select(&Browser::ALL[..])
}

fn button() -> impl Strategy<Value = Button> {
    prop_oneof![
        1 => Just(Button::Create),
        3 => Just(Button::Reissue),
        1 => Just(Button::Unlock),
        3 => Just(Button::Reset),
        3 => Just(Button::TurnOff),
        1 => Just(Button::TurnOffForNoReason),
        3 => Just(Button::TurnOn),
    ]
}

fn ticket() -> impl Strategy<Value = Ticket> {
    prop_oneof![3 => Just(Ticket::Newest), 1 => Just(Ticket::Before), 2 => Just(Ticket::Sheet)]
}

fn details() -> impl Strategy<Value = Details> {
    prop_oneof![3 => Just(Details::Right), 1 => Just(Details::Wrong), 1 => Just(Details::Others)]
}

fn typed() -> impl Strategy<Value = Typed> {
    prop_oneof![3 => Just(Typed::Right), 1 => Just(Typed::Before), 1 => Just(Typed::Wrong)]
}

fn name() -> impl Strategy<Value = Name> {
    prop_oneof![3 => Just(Name::Own), 1 => Just(Name::Wanted)]
}
