//! `portal-host check`: whether `serve` would start with the same options, found out without serving or making
//! anything.

use crate::config::Configured;
use crate::kept::Kept;
use crate::key_file::KeysError;
use crate::next_step::{NextStep, fixed};
use crate::practices::{Places, PracticesError};
use crate::progress::{Progress, during};
use crate::serve::{Addresses, NoComponent, ServeOptions};
use crate::state::StateError;
use portal_host::identity::PracticeId;
use portal_host::{Chain, Inspection, LoadError, Trust};
use sandbox_db::{Database, OpenError, StoreError};
use std::collections::HashSet;
use std::io::{self, Write};
use std::net::SocketAddr;
use std::path::PathBuf;

const NOT_YET: &str = "not there yet; the first start makes it";

/// Why nothing good can be said of it.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CheckError {
    #[error("{0} of these should be put right before a host starts")]
    Failed(usize),
    #[error("standard output cannot be written to")]
    Output(#[source] io::Error),
}

impl NextStep for CheckError {
    fn next_step(&self) -> Option<&'static str> {
        match self {
            Self::Failed(_) => Some("do what is said beside each, then check again"),
            Self::Output(_) => Some(fixed::OUTPUT),
        }
    }
}

/// What is to be put right before a host starts.
#[derive(Debug, thiserror::Error)]
enum Wrong {
    #[error(transparent)]
    NoComponent(#[from] NoComponent),
    #[error(transparent)]
    Component(#[from] LoadError),
    #[error(transparent)]
    Practices(#[from] PracticesError),
    #[error("two of --ehr, --portal and --operator are the same address")]
    SameAddress,
    #[error(transparent)]
    State(#[from] StateError),
    #[error(transparent)]
    Keys(#[from] KeysError),
    #[error(transparent)]
    Database(#[from] OpenError),
    #[error("there are no tables in it yet; portal-host database prepare makes them")]
    NoTables,
    #[error("portal-host database prepare brings it up to date; back it up first")]
    OtherVersion(#[source] OpenError),
    #[error("its practices cannot be read")]
    Unread(#[from] StoreError),
    #[error("it cannot be read without the key file")]
    NoKeys,
}

impl NextStep for Wrong {
    fn next_step(&self) -> Option<&'static str> {
        match self {
            Self::NoComponent(error) => error.next_step(),
            Self::Component(error) => error.next_step(),
            Self::Practices(error) => error.next_step(),
            Self::SameAddress => Some("give each an address of its own"),
            Self::State(error) => error.next_step(),
            Self::Keys(error) => error.next_step(),
            Self::Database(error) => error.next_step(),
            // Their own words say it.
            Self::NoTables | Self::OtherVersion(_) => None,
            Self::Unread(error) => error.next_step(),
            Self::NoKeys => Some("put the key file right first"),
        }
    }
}

/// Says of each thing whether it would do, one line each.
pub(crate) async fn check(options: ServeOptions) -> Result<(), CheckError> {
    let ServeOptions { component, trust, addresses, kept, .. } = options;
    let mut told = Vec::new();
    if let Some(path) = kept.config() {
        // It would not have come this far otherwise.
        told.push(("configuration", Found::Fine(path.display().to_string())));
    }
    let Addresses { ehr, portal, operator, .. } = &addresses;
    let configured = &kept.practices;
    told.extend(places(&addresses, configured));
    told.push(("operator", apart(&[*ehr, *portal, *operator]).map(|()| operator.to_string()).into()));
    told.push(("component", fitting(component, &trust).into()));
    told.extend(during("Looking at the database", kept_things(&kept)).await);
    let failed = told.iter().filter(|(_, found)| matches!(found, Found::Wrong(_))).count();
    tell(&told).map_err(CheckError::Output)?;
    if failed == 0 { Ok(()) } else { Err(CheckError::Failed(failed)) }
}

/// What is found of a thing, and whether anybody should read it twice.
enum Found {
    Fine(String),
    Note(String),
    Wrong(Wrong),
}

impl From<Result<String, Wrong>> for Found {
    fn from(found: Result<String, Wrong>) -> Self {
        found.map_or_else(Self::Wrong, Self::Fine)
    }
}

type Told = (&'static str, Found);

fn tell(told: &[Told]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    for (what, found) in told {
        match found {
            Found::Fine(found) => writeln!(out, "ok      {what}: {found}")?,
            Found::Note(note) => writeln!(out, "note    {what}: {note}")?,
            Found::Wrong(wrong) => {
                writeln!(out, "failed  {what}: {}", Chain(wrong))?;
                if let Some(next) = wrong.next_step() {
                    writeln!(out, "        next: {next}")?;
                }
            }
        }
    }
    Ok(())
}

/// Where people find each practice.
fn places(addresses: &Addresses, configured: &[Configured]) -> Vec<Told> {
    let Addresses { ehr, portal, .. } = addresses;
    match Places::of(addresses, configured, *ehr, *portal) {
        Ok(Places::One { website, ehr: staff }) => vec![
            ("EHR", Found::Fine(format!("{} at {ehr}", staff.url()))),
            ("website", Found::Fine(format!("{} at {portal}", website.url()))),
        ],
        Ok(Places::Each(practices)) => {
            let listens =
                [("EHR", Found::Fine(format!("at {ehr}"))), ("website", Found::Fine(format!("at {portal}")))];
            listens.into_iter().chain(practices.iter().map(place)).collect()
        }
        Err(error @ PracticesError::PortalUrl(_)) => vec![("website", Found::Wrong(error.into()))],
        Err(error @ PracticesError::EhrUrl(_)) => vec![("EHR", Found::Wrong(error.into()))],
        Err(error) => vec![("practices", Found::Wrong(error.into()))],
    }
}

fn place(Configured { id, website, ehr, .. }: &Configured) -> Told {
    let told = format!("{id}, its EHR at {} and its website at {}", ehr.url(), website.url());
    ("practice", Found::Fine(told))
}

/// Port 0 is any that is free.
fn apart(addresses: &[SocketAddr]) -> Result<(), Wrong> {
    let mut seen = HashSet::new();
    let mut fixed = addresses.iter().filter(|address| address.port() != 0);
    if fixed.all(|address| seen.insert(address)) { Ok(()) } else { Err(Wrong::SameAddress) }
}

fn fitting(component: Option<PathBuf>, trust: &Trust) -> Result<String, Wrong> {
    let path = component.ok_or(NoComponent)?;
    let shown = Progress::of("Compiling the component");
    let inspection = Inspection::of_trusted(&path, trust);
    drop(shown);
    let Inspection { digest, fits, .. } = inspection?;
    fits?;
    let signed = if trust.signers.is_empty() { "" } else { ", signed" };
    Ok(format!("{}, SHA-256 {digest}{signed}", path.display()))
}

/// The state folder, the key file and the database.
async fn kept_things(kept: &Kept) -> Vec<Told> {
    let folder = match kept.folder_in_use() {
        Err(StateError::Missing { .. }) => kept.folder_unmade().map(|state| (state, NOT_YET.to_owned())),
        folder => folder.map(|state| {
            let path = state.path().display().to_string();
            (state, path)
        }),
    };
    let (state, found) = match folder {
        Ok(it) => it,
        Err(error) => return vec![("state folder", Found::Wrong(error.into()))],
    };
    let mut told = vec![("state folder", Found::Fine(found))];
    let url = kept.database(&state);
    let name = Database::name_of(&url).unwrap_or_default();
    let is_there = Database::is_there(&url).await;
    let keys = kept.key_file(&state).open();
    let database = match (is_there, &keys) {
        (Err(error), _) => Err(error.into()),
        (Ok(false), _) if url.starts_with("sqlite:") => Ok(NOT_YET.to_owned()),
        (Ok(false), _) => Err(Wrong::NoTables),
        (Ok(true), Err(_)) => Err(Wrong::NoKeys),
        (Ok(true), Ok(keys)) => match opened(&url, keys).await {
            Ok(there) => {
                told.extend(differences(&there, &kept.practices));
                Ok(name)
            }
            Err(error) => Err(error),
        },
    };
    let none_yet = matches!(&database, Ok(found) if found == NOT_YET);
    told.push(match keys {
        Ok(_) => ("key file", Found::Fine("it can be read".to_owned())),
        Err(KeysError::Missing { .. }) if none_yet => ("key file", Found::Fine(NOT_YET.to_owned())),
        Err(error) => ("key file", Found::Wrong(error.into())),
    });
    told.push(("database", database.into()));
    told
}

/// What is configured against the practices that are there.
fn differences(there: &[PracticeId], configured: &[Configured]) -> Vec<Told> {
    let listed = there.iter().map(PracticeId::as_str).collect::<Vec<_>>().join(", ");
    if configured.is_empty() {
        let unnamed = (there.len() > 1).then(|| PracticesError::Unnamed { there: listed });
        return unnamed.map(|error| ("practices", Found::Wrong(error.into()))).into_iter().collect();
    }
    let new = configured.iter().map(|it| &it.id).filter(|practice| !there.contains(practice));
    let new = new.map(|practice| {
        format!(
            "{practice} is not in the database and would be made, for good; should it be one that is there, give it \
             its key: {listed}"
        )
    });
    let gone = there.iter().filter(|practice| !configured.iter().any(|it| it.id == **practice));
    let gone = gone.map(|practice| format!("{practice} is in the database and would not be served"));
    new.chain(gone).map(|note| ("practice", Found::Note(note))).collect()
}

async fn opened(url: &str, keys: &portal_host::HostKeys) -> Result<Vec<PracticeId>, Wrong> {
    match Database::open_to_look(url, keys.audit()).await {
        Ok(database) => {
            let practices = database.practices().await;
            database.shut_down().await;
            Ok(practices?)
        }
        Err(error @ OpenError::OtherVersion { .. }) => Err(Wrong::OtherVersion(error)),
        Err(error) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_addresses_are_different_ones_unless_the_system_chooses() {
        let at = |port: u16| SocketAddr::from(([127, 0, 0, 1], port));

        apart(&[at(8080), at(8081), at(8082)]).unwrap();
        apart(&[at(0), at(0), at(0)]).unwrap();
        apart(&[at(8080), at(8081), at(8080)]).unwrap_err();
    }
}
