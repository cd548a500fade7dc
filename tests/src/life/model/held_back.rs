//! What keeps a patient from logging in, as far as staff can know it: from wherever, from where somebody was turned
//! away last, and in the browsers that are known.

use super::counters::Counted;
use super::staff::what_stops;
use super::{Device, World};
use crate::life::act::{Browser, Whose};
use patient_portal::settings::{DEVICE_LIFE, MOST_CLEARED, SIGN_IN_PER_USERNAME_AND_NETWORK};

/// Who was turned away at log in last, and which browsers got to know whom.
#[derive(Default)]
pub(super) struct Known {
    turned_away: Vec<(Whose, Browser)>,
    devices: Vec<Device>,
}

impl Known {
    pub(super) fn turns_away(&mut self, whose: Whose, browser: Browser) {
        self.turned_away.push((whose, browser));
    }

    pub(super) fn remembers(&mut self, device: Device) {
        self.devices.push(device);
    }
}

impl World {
    /// Everything that staff can see and end, for who has a login.
    pub(super) fn held_back(&self, whose: Whose) -> Vec<Counted> {
        let Some(login) = self.login(whose) else { return Vec::new() };
        let mut counted = what_stops(&login.name);
        if let Some((_, browser)) = self.known.turned_away.iter().rfind(|(about, _)| *about == whose) {
            let steps = 0..SIGN_IN_PER_USERNAME_AND_NETWORK.len();
            counted.extend(steps.map(|step| Counted::NameAtAddress(login.name.clone(), *browser, step)));
        }
        let still = |device: &&Device| {
            device.whose == whose
                && login.since <= device.opened
                && self.now < device.opened + DEVICE_LIFE.seconds()
        };
        let numbers = self.known.devices.iter().rev().filter(still).map(|device| device.number);
        counted.extend(numbers.flat_map(|it| [Counted::Device(it), Counted::SecondOfDevice(it)]));
        counted.truncate(MOST_CLEARED);
        counted
    }
}
