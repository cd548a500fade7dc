//! What is counted to slow down guessing, as far as it shows in what becomes of an account.

use crate::life::act::{Browser, Details, Whose};
use patient_portal::calendar::Span;
use patient_portal::settings::{
    CURRENT_PASSWORD_PACE, CURRENT_PASSWORD_ROW, DEFAULT_THROTTLES, INVITATION_LONGEST, Limit,
    SECOND_STEP_PACE, SECOND_STEP_PER_NETWORK, SECOND_STEP_ROW_KNOWN, SECOND_STEP_ROW_UNKNOWN,
    SIGN_IN_PER_DEVICE, SIGN_IN_PER_NETWORK, SIGN_IN_PER_USERNAME, SIGN_IN_PER_USERNAME_AND_NETWORK,
    SIGN_IN_ROW_KNOWN, SIGN_IN_ROW_UNKNOWN,
};
use std::collections::BTreeMap;

/// One thing that is counted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Counted {
    /// Guesses for the nth Portal ID of an account; for one that nobody has.
    PortalId(Option<(Whose, usize)>),
    /// Guesses with somebody's details, today.
    PersonToday(Whose, Details),
    /// The same, in three weeks.
    Person(Whose, Details),
    /// Guesses at details from an address.
    Address(Browser),
    /// Passwords for a username from an address, in one of the steps.
    NameAtAddress(String, Browser, usize),
    /// Passwords for a username from everywhere.
    Name(String),
    /// Passwords from an address.
    LogInAddress(Browser),
    /// Passwords in a row from browsers that are not known.
    RowOfUnknown(String),
    /// Passwords in a row from browsers that are known.
    RowOfKnown(String),
    /// The password once more, in a row.
    RowOfAgain(String),
    /// Codes of an app from browsers that are not known.
    Second(String),
    /// Codes of an app from a known browser.
    SecondOfDevice(usize),
    /// Codes of an app in a row from browsers that are not known.
    RowOfSecondUnknown(String),
    /// Codes of an app in a row from browsers that are known.
    RowOfSecondKnown(String),
    /// Recovery codes from an address.
    Long(Browser),
    /// Passwords from a known browser.
    Device(usize),
    /// Passwords from somebody logged in.
    Session(usize),
}

impl Counted {
    /// Whether only staff, or the right password, start it afresh.
    pub(super) fn is_a_row(&self) -> bool {
        matches!(
            self,
            Self::RowOfUnknown(_)
                | Self::RowOfKnown(_)
                | Self::RowOfAgain(_)
                | Self::RowOfSecondUnknown(_)
                | Self::RowOfSecondKnown(_)
        )
    }

    fn limit(&self) -> (u32, Span) {
        let of = |limit: Limit| (limit.attempts, limit.window);
        let throttles = DEFAULT_THROTTLES;
        match self {
            Self::PortalId(_) => (throttles.per_portal_id.into(), INVITATION_LONGEST),
            Self::PersonToday(..) => (throttles.per_person_a_day.into(), Span::days(1)),
            Self::Person(..) => (throttles.per_person.into(), INVITATION_LONGEST),
            Self::Address(_) => (throttles.per_network_a_day.into(), Span::days(1)),
            Self::NameAtAddress(_, _, step) => of(SIGN_IN_PER_USERNAME_AND_NETWORK[*step]),
            Self::Name(_) => of(SIGN_IN_PER_USERNAME),
            Self::LogInAddress(_) => of(SIGN_IN_PER_NETWORK),
            Self::RowOfUnknown(_) => of(SIGN_IN_ROW_UNKNOWN),
            Self::RowOfKnown(_) => of(SIGN_IN_ROW_KNOWN),
            Self::RowOfAgain(_) => of(CURRENT_PASSWORD_ROW),
            Self::Second(_) | Self::SecondOfDevice(_) => of(SECOND_STEP_PACE),
            Self::RowOfSecondUnknown(_) => of(SECOND_STEP_ROW_UNKNOWN),
            Self::RowOfSecondKnown(_) => of(SECOND_STEP_ROW_KNOWN),
            Self::Long(_) => of(SECOND_STEP_PER_NETWORK),
            Self::Device(_) => of(SIGN_IN_PER_DEVICE),
            Self::Session(_) => of(CURRENT_PASSWORD_PACE),
        }
    }
}

/// What came of counting an attempt.
pub(super) enum Verdict {
    /// It may be answered. Those of its counters that are full now.
    Passes(Vec<Counted>),
    /// It may not, because of these.
    Blocked(Vec<Counted>),
}

/// How often each was counted, and until when.
#[derive(Default)]
pub(super) struct Counters(BTreeMap<Counted, (u32, u64)>);

impl Counters {
    /// Counts an attempt against all of them, or against none where one is full.
    pub(super) fn take(&mut self, counted: &[Counted], now: u64) -> Verdict {
        let full = |counters: &Self| -> Vec<Counted> {
            counted.iter().filter(|it| counters.is_full(it, now)).cloned().collect()
        };
        let blocking = full(self);
        if !blocking.is_empty() {
            return Verdict::Blocked(blocking);
        }
        for it in counted {
            let (_, window) = it.limit();
            let (count, ends) = self.standing(it, now).unwrap_or((0, now + window.seconds()));
            self.0.insert(it.clone(), (count + 1, ends));
        }
        Verdict::Passes(full(self))
    }

    /// Whether no more pass.
    pub(super) fn is_full(&self, counted: &Counted, now: u64) -> bool {
        let (limit, _) = counted.limit();
        self.count(counted, now) >= limit
    }

    /// How many passed.
    pub(super) fn count(&self, counted: &Counted, now: u64) -> u32 {
        self.standing(counted, now).map_or(0, |(count, _)| count)
    }

    /// Gives an attempt back.
    pub(super) fn forgive(&mut self, counted: &[Counted]) {
        for it in counted {
            if let Some((count, _)) = self.0.get_mut(it) {
                *count = count.saturating_sub(1);
            }
        }
    }

    /// Starts afresh.
    pub(super) fn clear(&mut self, counted: &[Counted]) {
        self.0.retain(|it, _| !counted.contains(it));
    }

    fn standing(&self, counted: &Counted, now: u64) -> Option<(u32, u64)> {
        self.0.get(counted).copied().filter(|(_, ends)| now < *ends)
    }
}
