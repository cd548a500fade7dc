//! `portal-host policy`: what a practice may set, shown with its bounds and changed one by one.

use crate::kept::{Kept, KeptError, Opened};
use crate::next_step::{NextStep, fixed};
use crate::progress::during;
use crate::which::Which;
use clap::Args;
use portal_host::lent::{Policy, Sites, Unavailable};
use portal_host::serve::Network;
use portal_host::{Clock, SystemClock};
use sandbox_db::StoreError;
use std::io::{self, Write};
use std::ops::RangeInclusive;

/// What to change; nothing only shows.
#[derive(Args)]
pub(crate) struct PolicyArgs {
    /// A setting and its new value. May be given several times.
    #[arg(long = "set", value_name = "NAME=VALUE")]
    set: Vec<String>,
    #[command(flatten)]
    which: Which,
    #[command(flatten)]
    pub(crate) kept: Kept,
}

/// Why nothing was changed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PolicyError {
    #[error(transparent)]
    Kept(#[from] KeptError),
    #[error("{0:?} is not a setting and a value, such as idle-minutes=15")]
    NotASetting(String),
    #[error("there is no setting {0:?}; portal-host policy shows them all")]
    Unknown(String),
    #[error("{name} takes a whole number from {} to {}", bounds.start(), bounds.end())]
    OutOfBounds { name: &'static str, bounds: RangeInclusive<u16> },
    #[error("never-paused takes up to 64 networks, separated by commas: {0:?} is none")]
    NotANetwork(String),
    #[error("{0} takes yes or no")]
    NeitherYesNorNo(&'static str),
    #[error("what is set now cannot be read")]
    Unread(#[from] Unavailable),
    #[error("the change could not be kept")]
    Store(#[from] StoreError),
    #[error("standard output cannot be written to")]
    Output(#[source] io::Error),
}

impl NextStep for PolicyError {
    fn next_step(&self) -> Option<&'static str> {
        Some(match self {
            Self::Kept(error) => return error.next_step(),
            // Their own words say what would do.
            Self::NotASetting(_)
            | Self::Unknown(_)
            | Self::OutOfBounds { .. }
            | Self::NotANetwork(_)
            | Self::NeitherYesNorNo(_) => return None,
            Self::Unread(_) => fixed::DATABASE,
            Self::Store(error) => return error.next_step(),
            Self::Output(_) => fixed::OUTPUT,
        })
    }
}

/// A number that can be set: its name, its bounds and where it stands.
struct Setting {
    name: &'static str,
    bounds: RangeInclusive<u16>,
    of: fn(&mut Policy) -> &mut u16,
}

/// What is set with yes or no.
struct Question {
    name: &'static str,
    /// What yes means.
    yes: &'static str,
    of: fn(&mut Policy) -> &mut bool,
}

const QUESTIONS: [Question; 2] = [
    Question {
        name: "require-edit-right",
        yes: "changing anything in the tab takes Connect EHR > Edit",
        of: |it| &mut it.require_edit_right,
    },
    Question {
        name: "require-second-factor",
        yes: "patients add a second step before they get any further",
        of: |it| &mut it.require_second_factor,
    },
];

/// Most networks for which typing a Portal ID never pauses.
const MOST_NETWORKS: usize = 64;

const SETTINGS: [Setting; 9] = [
    Setting { name: "invitation-days", bounds: 1..=21, of: |it| &mut it.invitation_days },
    Setting { name: "minimum-password-length", bounds: 8..=64, of: |it| &mut it.minimum_password_length },
    Setting { name: "idle-minutes", bounds: 1..=120, of: |it| &mut it.idle_minutes },
    Setting { name: "session-hours", bounds: 1..=24, of: |it| &mut it.session_hours },
    Setting { name: "per-portal-id", bounds: 1..=10, of: |it| &mut it.throttles.per_portal_id },
    Setting { name: "per-person-a-day", bounds: 1..=20, of: |it| &mut it.throttles.per_person_a_day },
    Setting { name: "per-person", bounds: 1..=40, of: |it| &mut it.throttles.per_person },
    Setting { name: "per-network-a-day", bounds: 1..=1_000, of: |it| &mut it.throttles.per_network_a_day },
    Setting {
        name: "per-website-an-hour",
        bounds: 1..=10_000,
        of: |it| &mut it.throttles.per_website_an_hour,
    },
];

/// Changes what was asked for, all or nothing, and shows how it stands.
pub(crate) async fn policy(options: PolicyArgs) -> Result<(), PolicyError> {
    let Opened { database, practices, .. } = during("Opening the database", options.kept.open()).await?;
    let practice = options.which.one(&practices).map_err(KeptError::from)?;
    let profile = database.profile(&practice).await?;
    let (mut policy, mut never_paused) = (profile.policy, profile.never_paused);
    for change in &options.set {
        apply(change, &mut policy, &mut never_paused)?;
    }
    database.set_policy(&practice, &policy, &never_paused, None, SystemClock.now()).await?;
    database.shut_down().await;
    show(policy, &never_paused).map_err(PolicyError::Output)
}

fn apply(change: &str, policy: &mut Policy, never_paused: &mut Vec<String>) -> Result<(), PolicyError> {
    let (name, value) = change.split_once('=').ok_or_else(|| PolicyError::NotASetting(change.to_owned()))?;
    if name == "never-paused" {
        *never_paused = networks(value)?;
        return Ok(());
    }
    if let Some(question) = QUESTIONS.iter().find(|question| question.name == name) {
        *(question.of)(policy) = match value {
            "yes" => true,
            "no" => false,
            _ => return Err(PolicyError::NeitherYesNorNo(question.name)),
        };
        return Ok(());
    }
    let setting = SETTINGS.iter().find(|setting| setting.name == name);
    let setting = setting.ok_or_else(|| PolicyError::Unknown(name.to_owned()))?;
    let number = value.parse().ok().filter(|number| setting.bounds.contains(number));
    *(setting.of)(policy) = number
        .ok_or_else(|| PolicyError::OutOfBounds { name: setting.name, bounds: setting.bounds.clone() })?;
    Ok(())
}

fn networks(value: &str) -> Result<Vec<String>, PolicyError> {
    let written = value.split(',').map(str::trim).filter(|network| !network.is_empty());
    let networks: Vec<String> = written
        .map(|network| match network.parse::<Network>() {
            Ok(network) => Ok(network.to_string()),
            Err(_) => Err(PolicyError::NotANetwork(network.to_owned())),
        })
        .collect::<Result<_, _>>()?;
    if networks.len() > MOST_NETWORKS {
        Err(PolicyError::NotANetwork(value.to_owned()))
    } else {
        Ok(networks)
    }
}

fn show(mut policy: Policy, never_paused: &[String]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    for Setting { name, bounds, of } in &SETTINGS {
        writeln!(out, "{name}={} ({} to {})", of(&mut policy), bounds.start(), bounds.end())?;
    }
    for Question { name, yes, of } in &QUESTIONS {
        let answer = if *of(&mut policy) { "yes" } else { "no" };
        writeln!(out, "{name}={answer} (yes: {yes})")?;
    }
    writeln!(out, "never-paused={} (networks, separated by commas)", never_paused.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn applied(change: &str) -> Result<(Policy, Vec<String>), PolicyError> {
        let (mut policy, mut never_paused) = (Policy::default(), Vec::new());
        apply(change, &mut policy, &mut never_paused)?;
        Ok((policy, never_paused))
    }

    #[test]
    fn a_setting_within_its_bounds_is_taken() {
        assert_eq!(applied("per-website-an-hour=100").unwrap().0.throttles.per_website_an_hour, 100);
        assert_eq!(
            applied("never-paused=192.0.2.7, 2001:db8::/32").unwrap().1,
            ["192.0.2.7/32", "2001:db8::/32"]
        );
        assert!(applied("never-paused=").unwrap().1.is_empty());
        assert!(applied("require-edit-right=yes").unwrap().0.require_edit_right);
        assert!(applied("require-second-factor=yes").unwrap().0.require_second_factor);
    }

    #[test]
    fn anything_else_is_refused_with_its_bounds() {
        for change in [
            "idle-minutes",
            "idle-minutes=0",
            "idle-minutes=121",
            "idle-minutes=x",
            "tea=1",
            "require-edit-right=maybe",
            "never-paused=kiosk",
        ] {
            assert!(applied(change).is_err(), "{change}");
        }
        assert_eq!(
            applied("per-portal-id=11").unwrap_err().to_string(),
            "per-portal-id takes a whole number from 1 to 10"
        );
    }

    #[test]
    fn the_defaults_are_within_the_bounds() {
        let mut policy = Policy::default();
        for setting in &SETTINGS {
            assert!(setting.bounds.contains((setting.of)(&mut policy)), "{}", setting.name);
        }
    }
}
