//! Stories made of acts at random: what happens in one practice.

use super::act::{
    Act, Browser, Button, Chosen, Code, Colleague, Details, Name, OnPaper, Ticket, Typed, Whose,
};
use proptest::collection;
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::sample::select;

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// A second on either side of everything that ends by itself, and some times in between.
const WAITS: [u64; 13] = [
    1,
    30,
    MINUTE,
    5 * MINUTE,
    9 * MINUTE + 59,
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
const MOST_STORIES: usize = 12;

/// Thirty-five wrong codes in a row, five at a time.
const GUESSED_ROUNDS: usize = 7;

/// What happens in one practice, in order.
pub fn acts() -> impl Strategy<Value = Vec<Act>> {
    collection::vec(story(), 1..=MOST_STORIES).prop_map(|stories| stories.concat())
}

/// Often a single act; else several that belong together, since by chance alone few accounts would ever
/// become active, fewer stopped, and hardly two people do something to one account at once.
fn story() -> impl Strategy<Value = Vec<Act>> {
    prop_oneof![
        20 => act().prop_map(|act| vec![act]),
        2 => activation(),
        8 => (activation(), whose(), browser(), typed()).prop_flat_map(|(before, whose, browser, typed)| {
            logged_in(browser, typed).prop_map(move |act| {
                [before.clone(), vec![Act::LogsIn(browser, whose, Typed::Right), act]].concat()
            })
        }),
        6 => (whose(), button(), button()).prop_map(|(whose, first, second)| vec![
            Act::Looks(Colleague::Fran, whose),
            Act::Presses(Colleague::Alex, whose, first),
            Act::PressesLate(Colleague::Fran, whose, second),
        ]),
        2 => (colleague(), browser(), whose()).prop_map(|(who, browser, whose)| {
            let guesses = [Act::Confirms(browser, whose, Ticket::Newest, Details::Wrong); 5];
            [vec![Act::Presses(who, whose, Button::Create)], guesses.to_vec()].concat()
        }),
        2 => (colleague(), whose()).prop_map(|(who, whose)| vec![
            Act::Presses(who, whose, Button::Create),
            Act::Waits(7 * DAY),
            Act::Waits(15 * MINUTE),
            Act::KeepsHouse,
            Act::Presses(who, whose, Button::Reissue),
        ]),
        2 => (colleague(), whose(), browser()).prop_map(|(who, whose, browser)| vec![
            Act::LogsIn(browser, whose, Typed::Right),
            Act::LogsOut(browser),
            Act::Guesses(browser, whose),
            Act::Waits(15 * MINUTE),
            Act::Guesses(browser, whose),
            Act::Presses(who, whose, Button::Unlock),
        ]),
        10 => with_second_step().prop_flat_map(|(before, people)| {
            collection::vec(at_second_step(people), 1..=6)
                .prop_map(move |stories| [before.clone(), stories.concat()].concat())
        }),
        1 => with_second_step().prop_map(|(before, AtStep { browser, whose, .. })| {
            let round = [
                Act::LogsIn(browser, whose, Typed::Right),
                Act::GuessesCodes(browser),
                Act::Waits(15 * MINUTE),
            ];
            [before, round.repeat(GUESSED_ROUNDS)].concat()
        }),
    ]
}

/// Somebody half-way in.
#[derive(Clone, Copy, Debug)]
struct AtStep {
    whose: Whose,
    /// Where they are logged in.
    home: Browser,
    /// Where they are asked for more; it may be the same.
    browser: Browser,
}

/// From wherever there is no login to one that asks for an app, and half a log in.
fn with_second_step() -> impl Strategy<Value = (Vec<Act>, AtStep)> {
    (colleague(), whose(), browser(), browser()).prop_map(|(who, whose, home, browser)| {
        let mut acts = activated(who, whose, home, Ticket::Newest);
        acts.extend([
            Act::LogsIn(home, whose, Typed::Right),
            Act::GivesCode(home, Code::Shown),
            Act::AddsApp(home, Code::Shown, Typed::Right),
            Act::Waits(30),
            Act::LogsIn(browser, whose, Typed::Right),
        ]);
        (acts, AtStep { whose, home, browser })
    })
}

/// What happens while somebody stands at the second step.
fn at_second_step(AtStep { whose, home, browser }: AtStep) -> impl Strategy<Value = Vec<Act>> {
    prop_oneof![
        2 => answer(browser).prop_map(|answer| vec![answer]),
        8 => answer(browser).prop_map(move |answer| vec![
            Act::LogsOut(browser),
            Act::LogsIn(browser, whose, Typed::Right),
            answer,
        ]),
        1 => Just(vec![Act::GuessesCodes(browser)]),
        1 => typed().prop_flat_map(move |typed| logged_in(home, typed)).prop_map(|act| vec![act]),
        5 => typed().prop_flat_map(move |typed| changed_login(home, typed)).prop_map(|act| vec![act]),
        1 => (select(&[4 * MINUTE + 59, 5 * MINUTE][..]), changed_login(home, Typed::Right)).prop_map(
            move |(wait, change)| vec![
                Act::Waits(10 * MINUTE),
                Act::OpensHome(home),
                Act::Waits(wait),
                change,
            ]
        ),
        1 => answer(browser).prop_map(move |answer| vec![Act::EndsAll(home), answer]),
        1 => Just(vec![
            Act::ChangesPassword(home, Typed::Right, Chosen::Short),
            Act::RemovesApp(home, Typed::Right),
        ]),
        1 => (colleague(), select(&[Button::Reset, Button::TurnOff][..]), answer(browser)).prop_map(
            move |(who, button, answer)| vec![
                Act::Presses(who, whose, button),
                answer,
                Act::Presses(who, whose, Button::TurnOn),
                answer,
            ]
        ),
        3 => select(&[1, 30, 9 * MINUTE + 59, 10 * MINUTE][..]).prop_map(|wait| vec![Act::Waits(wait)]),
    ]
}

/// What is given at the second step.
fn answer(browser: Browser) -> impl Strategy<Value = Act> {
    prop_oneof![
        1 => code().prop_map(move |code| Act::GivesCode(browser, code)),
        1 => on_paper().prop_map(move |code| Act::GivesRecovery(browser, code)),
    ]
}

/// From wherever there is no login to a login.
fn activation() -> impl Strategy<Value = Vec<Act>> {
    (colleague(), whose(), browser(), ticket())
        .prop_map(|(who, whose, browser, ticket)| activated(who, whose, browser, ticket))
}

fn activated(who: Colleague, whose: Whose, browser: Browser, ticket: Ticket) -> Vec<Act> {
    vec![
        Act::Presses(who, whose, Button::Create),
        Act::Prints(who, whose),
        Act::Confirms(browser, whose, ticket, Details::Right),
        Act::Chooses(browser, Name::Own),
    ]
}

/// What only somebody who is logged in can do.
fn logged_in(browser: Browser, typed: Typed) -> impl Strategy<Value = Act> {
    prop_oneof![
        1 => Just(Act::OpensHome(browser)),
        1 => Just(Act::OpensAccount(browser)),
        5 => changed_login(browser, typed),
        2 => Just(Act::EndsAnother(browser)),
        1 => Just(Act::EndsAll(browser)),
        1 => Just(Act::LogsOut(browser)),
    ]
}

/// What changes what somebody logs in with.
fn changed_login(browser: Browser, typed: Typed) -> impl Strategy<Value = Act> {
    prop_oneof![
        2 => chosen().prop_map(move |chosen| Act::ChangesPassword(browser, typed, chosen)),
        1 => code().prop_map(move |code| Act::AddsApp(browser, code, typed)),
        2 => Just(Act::RemovesApp(browser, typed)),
        1 => Just(Act::DrawsCodes(browser, typed)),
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
        3 => browser().prop_flat_map(answer),
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

fn chosen() -> impl Strategy<Value = Chosen> {
    prop_oneof![1 => Just(Chosen::Long), 1 => Just(Chosen::Short)]
}

fn code() -> impl Strategy<Value = Code> {
    prop_oneof![
        4 => Just(Code::Shown),
        2 => Just(Code::Next),
        2 => Just(Code::Again),
        1 => Just(Code::Wrong),
    ]
}

fn on_paper() -> impl Strategy<Value = OnPaper> {
    prop_oneof![
        3 => Just(OnPaper::Unused),
        2 => Just(OnPaper::Used),
        1 => Just(OnPaper::Before),
        1 => Just(OnPaper::Wrong),
    ]
}

fn name() -> impl Strategy<Value = Name> {
    prop_oneof![3 => Just(Name::Own), 1 => Just(Name::Wanted)]
}
