//! What is counted to slow down guessing.
//!
//! Every guess is counted whether what it names exists or not, so that a counter tells
//! nothing. The host keeps only a keyed hash of each key.

mod counters;

use self::counters::{
    counter, for_network, for_person, for_portal_id, for_website, network, pace_of, pace_second, paces_from,
    row_again, row_known, row_second_known, row_second_unknown, row_unknown,
};
use super::confirmation::Person;
use super::initials::Initials;
use super::portal_id::PortalId;
use super::token::TokenHash;
use super::username::Username;
use crate::people::Patient;
use crate::practice::Practice;
use crate::settings::{
    CURRENT_PASSWORD_PACE, Limit, MOST_CLEARED, SECOND_STEP_PACE, SECOND_STEP_PER_NETWORK,
    SIGN_IN_PER_DEVICE, SIGN_IN_PER_NETWORK, SIGN_IN_PER_USERNAME,
};

/// One thing that is counted. It has no `Debug`: its key names someone.
#[derive(Clone, PartialEq, Eq)]
pub struct Counter {
    /// What is counted.
    pub key: String,
    /// How many pass.
    pub limit: Limit,
}

/// What a counter is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Guesses for one Portal ID.
    PortalId,
    /// Guesses for one person.
    Person,
    /// Guesses from one network.
    Network,
    /// Guesses on the whole website.
    Website,
    /// How fast passwords and codes are tried.
    Pace,
    /// Wrong passwords or codes in a row.
    Row,
}

/// The counters that one attempt is counted against.
#[derive(Clone, PartialEq, Eq)]
pub struct Throttle(Vec<(Kind, Counter)>);

impl Throttle {
    /// A guess at User Confirmation with a Portal ID that was typed. Whom the practice never pauses
    /// does not count towards the pause either.
    pub fn typed(portal_id: PortalId, person: &Person, client: &str, practice: &Practice) -> Self {
        let throttles = practice.policy.throttles;
        let mut counters = vec![for_portal_id(portal_id, throttles)];
        counters.extend(for_person(person, throttles));
        counters.push(for_network(client, throttles));
        if !practice.never_pauses(client) {
            counters.push(for_website(throttles));
        }
        Self(counters)
    }

    /// A guess with the QR code of a sheet, which stands for this Portal ID: the code itself cannot
    /// be guessed, so only what is asked besides is.
    pub fn scanned(portal_id: PortalId, practice: &Practice) -> Self {
        Self(vec![for_portal_id(portal_id, practice.policy.throttles)])
    }

    /// An attempt with a QR code that leads nowhere, any more.
    pub fn stray(client: &str, practice: &Practice) -> Self {
        Self(vec![for_network(client, practice.policy.throttles)])
    }

    /// What says whether typing a Portal ID is paused for this client; nothing for whom it never is.
    pub fn pause(client: &str, practice: &Practice) -> Self {
        let spared = practice.never_pauses(client);
        Self(if spared { Vec::new() } else { vec![for_website(practice.policy.throttles)] })
    }

    /// A password tried by a browser that is not known.
    pub fn unknown_device(username: &Username, client: &str) -> Self {
        let (name, network) = (username.as_str(), network(client));
        let mut counters = paces_from(&network, username);
        counters.push((Kind::Pace, counter("signin.username", name, SIGN_IN_PER_USERNAME)));
        counters.push((Kind::Network, counter("signin.network", &network, SIGN_IN_PER_NETWORK)));
        counters.push(row_unknown(username));
        Self(counters)
    }

    /// A password tried by a browser that the holder of the username logged in with before.
    pub fn known_device(username: &Username, device: &TokenHash) -> Self {
        Self(vec![pace_of(device, "signin.device", SIGN_IN_PER_DEVICE), row_known(username)])
    }

    /// A password tried, by a browser that is known or one that is not.
    pub fn password(username: &Username, client: &str, device: Option<&TokenHash>) -> Self {
        device.map_or_else(
            || Self::unknown_device(username, client),
            |device| Self::known_device(username, device),
        )
    }

    /// The password once more, by who is logged in with this session.
    pub fn current_password(username: &Username, session: &TokenHash) -> Self {
        Self(vec![pace_of(session, "signin.again", CURRENT_PASSWORD_PACE), row_again(username)])
    }

    /// A code from an app, at the second step of a login by a browser that is known or one that is not.
    pub fn app_code(username: &Username, device: Option<&TokenHash>) -> Self {
        Self(match device {
            Some(device) => {
                vec![pace_of(device, "signin.second.device", SECOND_STEP_PACE), row_second_known(username)]
            }
            None => vec![pace_second(username), row_second_unknown(username)],
        })
    }

    /// A recovery code or what a passkey signed, at the second step of a login from this address.
    pub fn long_answer(client: &str) -> Self {
        Self(vec![(
            Kind::Network,
            counter("signin.second.network", &network(client), SECOND_STEP_PER_NETWORK),
        )])
    }

    /// The wrong answers in a row for a username: passwords by browsers that are not known and by those
    /// that are, the password once more, and codes at the second step.
    pub fn rows(username: &Username) -> Self {
        Self(vec![
            row_unknown(username),
            row_known(username),
            row_again(username),
            row_second_unknown(username),
            row_second_known(username),
        ])
    }

    /// Those of the counters that are of this kind.
    #[must_use]
    pub fn only(&self, kind: Kind) -> Self {
        Self(self.0.iter().filter(|(of, _)| *of == kind).cloned().collect())
    }

    /// Those of the counters that are of another kind.
    #[must_use]
    pub fn all_but(&self, kind: Kind) -> Self {
        Self(self.0.iter().filter(|(of, _)| *of != kind).cloned().collect())
    }

    /// Everything that keeps a username from logging in: from wherever, from this address, and with the
    /// first of these browsers, which are known.
    pub fn held_back<'a>(
        username: &Username,
        client: Option<&str>,
        devices: impl Iterator<Item = &'a TokenHash>,
    ) -> Self {
        let mut counters = Self::unlocked(username).0;
        counters.extend(client.into_iter().flat_map(|client| paces_from(&network(client), username)));
        let paces = devices.flat_map(|device| {
            [
                pace_of(device, "signin.device", SIGN_IN_PER_DEVICE),
                pace_of(device, "signin.second.device", SECOND_STEP_PACE),
            ]
        });
        counters.extend(paces);
        counters.truncate(MOST_CLEARED);
        Self(counters)
    }

    /// Everything that keeps a username from logging in, from wherever.
    pub fn unlocked(username: &Username) -> Self {
        let mut counters = vec![
            (Kind::Pace, counter("signin.username", username.as_str(), SIGN_IN_PER_USERNAME)),
            pace_second(username),
        ];
        counters.extend(Self::rows(username).0);
        Self(counters)
    }

    /// What can keep the holder of this Portal ID from confirming who they are, by whichever name on
    /// file they go. A new Portal ID starts all of it afresh.
    pub fn of_invited(portal_id: PortalId, patient: &Patient, practice: &Practice) -> Self {
        Self::fresh_start(portal_id, patient, None, practice)
    }

    /// What a new Portal ID starts afresh: guesses at its patient, by every name on file, and those
    /// that hit the ID itself before it was drawn. With the login that it takes the place of, if there
    /// was one, goes what kept that from logging in.
    pub fn fresh_start(
        portal_id: PortalId,
        patient: &Patient,
        login: Option<&Username>,
        practice: &Practice,
    ) -> Self {
        let throttles = practice.policy.throttles;
        let mut counters = vec![for_portal_id(portal_id, throttles)];
        counters.extend(login.into_iter().flat_map(|username| Self::unlocked(username).0));
        let of_names = patient.names().filter_map(Initials::of);
        let people =
            of_names.zip(std::iter::repeat(patient.birth_date)).filter_map(|(initials, birth_date)| {
                birth_date.map(|birth_date| Person { initials, birth_date })
            });
        for counter in people.flat_map(|person| for_person(&person, throttles)) {
            if counters.len() < MOST_CLEARED && !counters.contains(&counter) {
                counters.push(counter);
            }
        }
        Self(counters)
    }

    /// The counters, in the order in which verdicts are about them.
    pub fn counters(&self) -> Vec<Counter> {
        self.0.iter().map(|(_, counter)| counter.clone()).collect()
    }

    /// Whether, by these waits, a counter of this kind is full.
    pub fn is_full(&self, kind: Kind, waits: &[u32]) -> bool {
        self.0.iter().zip(waits).any(|((of, _), wait)| *of == kind && *wait > 0)
    }

    /// Seconds until, by these waits, no counter of this kind is full any more; none where none is.
    pub fn longest_wait(&self, kind: Kind, waits: &[u32]) -> Option<u32> {
        let of_kind = self.0.iter().zip(waits).filter(|((of, _), wait)| *of == kind && **wait > 0);
        of_kind.map(|(_, wait)| *wait).max()
    }

    /// Whether this attempt, by these counts, was the last that a counter of this kind lets pass.
    pub fn was_last(&self, kind: Kind, counts: &[u32]) -> bool {
        self.0
            .iter()
            .zip(counts)
            .any(|((of, counter), count)| *of == kind && *count >= counter.limit.attempts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Date;
    use crate::rules::initials::Initial;
    use crate::testing::{people, practice};

    fn portal_id() -> PortalId {
        PortalId::stored("482913").unwrap()
    }

    fn person(first: &str, last: &str) -> Person {
        Person {
            initials: Initials::typed(Initial::typed(first).unwrap(), Initial::typed(last).unwrap()).unwrap(),
            birth_date: Date::new(1984, 2, 29).unwrap(),
        }
    }

    fn keys(throttle: &Throttle) -> Vec<String> {
        throttle.counters().into_iter().map(|counter| counter.key).collect()
    }

    #[test]
    fn a_typed_guess_counts_per_id_per_person_per_network_and_for_the_website() {
        let throttle = Throttle::typed(portal_id(), &person("M", "G"), "192.0.2.7", &practice());

        let expected = [
            "confirm.id:482913",
            "confirm.person.day:MG 1984-02-29",
            "confirm.person.life:MG 1984-02-29",
            "confirm.network:192.0.2.7",
            "confirm:website",
        ];
        assert_eq!(keys(&throttle), expected);
    }

    #[test]
    fn a_kiosk_neither_pauses_nor_brings_the_pause_about() {
        let practice = Practice { never_paused: vec!["192.0.2.0/24".to_owned()], ..practice() };
        let throttle = Throttle::typed(portal_id(), &person("M", "G"), "192.0.2.7", &practice);

        assert!(!keys(&throttle).contains(&"confirm:website".to_owned()));
        assert!(keys(&Throttle::pause("192.0.2.7", &practice)).is_empty());
        assert_eq!(keys(&Throttle::pause("192.0.3.7", &practice)), ["confirm:website"]);
    }

    #[test]
    fn typing_and_scanning_share_the_guesses_of_an_id() {
        let scanned = keys(&Throttle::scanned(portal_id(), &practice()));
        let typed = keys(&Throttle::typed(portal_id(), &person("M", "G"), "192.0.2.7", &practice()));

        assert_eq!(scanned, ["confirm.id:482913"]);
        assert!(typed.contains(&scanned[0]));
    }

    #[test]
    fn other_spellings_of_a_person_share_the_counters() {
        let written = for_person(&person("M", ""), practice().policy.throttles);

        for other in [person("", "M"), person("m.", "")] {
            assert!(for_person(&other, practice().policy.throttles) == written);
        }
    }

    #[test]
    fn one_ipv6_line_is_one_guesser() {
        assert_eq!(network("2001:db8:1:2:3:4:5:6"), network("2001:db8:1:2::9"));
        assert_ne!(network("2001:db8:1:2::9"), network("2001:db8:1:3::9"));
    }

    #[test]
    fn an_ipv4_address_is_the_same_inside_ipv6() {
        assert_eq!(network("::ffff:192.0.2.7"), network("192.0.2.7"));
    }

    #[test]
    fn a_password_guess_counts_by_username_and_by_network() {
        let throttle = Throttle::unknown_device(&Username::sought("Maria"), "192.0.2.7");

        let expected = [
            "signin.username.network.0:192.0.2.7 maria",
            "signin.username.network.1:192.0.2.7 maria",
            "signin.username.network.2:192.0.2.7 maria",
            "signin.username:maria",
            "signin.network:192.0.2.7",
            "signin.row.unknown:maria",
        ];
        assert_eq!(keys(&throttle), expected);
    }

    #[test]
    fn a_known_browser_shares_no_counter_with_others() {
        let username = Username::sought("maria");
        let known = keys(&Throttle::known_device(&username, &TokenHash([0xab; 32])));
        let unknown = keys(&Throttle::unknown_device(&username, "192.0.2.7"));

        assert_eq!(known.len(), 2);
        assert!(known.iter().all(|key| !unknown.contains(key)));
    }

    #[test]
    fn a_new_id_starts_every_name_on_file_afresh() {
        let fresh = keys(&Throttle::fresh_start(portal_id(), &people::wang_xiuying(), None, &practice()));

        assert_eq!(fresh.len(), 5, "{fresh:?}");
        assert_eq!(fresh[0], "confirm.id:482913");
        assert!(fresh.contains(&"confirm.person.life:XW 1948-01-05".to_owned()), "{fresh:?}");
        assert!(fresh.contains(&"confirm.person.day:秀王 1948-01-05".to_owned()), "{fresh:?}");
    }

    #[test]
    fn someone_of_many_names_stays_within_what_the_host_takes() {
        let mut patient = people::maria_garcia();
        let names = ('A'..='Z').map(|letter| crate::people::PersonName::Full {
            given: letter.to_string(),
            family: letter.to_string(),
        });
        patient.other_names = names.collect();

        assert_eq!(
            keys(&Throttle::fresh_start(portal_id(), &patient, None, &practice())).len(),
            MOST_CLEARED
        );
    }

    #[test]
    fn what_is_full_and_what_was_last_is_told_by_kind() {
        let throttle = Throttle::typed(portal_id(), &person("M", "G"), "192.0.2.7", &practice());

        assert!(throttle.is_full(Kind::Website, &[0, 0, 0, 0, 9]));
        assert!(!throttle.is_full(Kind::Website, &[9, 9, 9, 9, 0]));
        assert_eq!(throttle.longest_wait(Kind::Person, &[9, 3, 7, 9, 9]), Some(7));
        assert_eq!(throttle.longest_wait(Kind::Person, &[9, 0, 0, 9, 9]), None);
        assert!(throttle.was_last(Kind::PortalId, &[5, 1, 1, 1, 1]));
        assert!(!throttle.was_last(Kind::PortalId, &[4, 5, 20, 20, 60]));
    }
}
