//! `portal-host keys rotate`: a new key for everything stored from now on, and the open Portal IDs and
//! second factors sealed anew under it.

use crate::kept::{Kept, KeptError, Opened};
use crate::key_file::KeysError;
use crate::next_step::{NextStep, fixed};
use crate::progress::during;
use crate::state::StateError;
use portal_host::{Clock, KeyId, NoEntropy, SystemClock, SystemEntropy};
use sandbox_db::{ResealError, Resealed};
use std::io::{self, Write};

/// Why the keys were not rotated, or not to the end.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RotateError {
    #[error(transparent)]
    State(#[from] StateError),
    #[error(transparent)]
    Kept(#[from] KeptError),
    #[error(transparent)]
    Keys(#[from] KeysError),
    #[error("no new key could be drawn")]
    NoEntropy(#[from] NoEntropy),
    #[error("the new key is in the key file, but open Portal IDs and second factors are not sealed with it")]
    Reseal(#[from] ResealError),
    #[error("standard output cannot be written to")]
    Output(#[source] io::Error),
}

impl NextStep for RotateError {
    fn next_step(&self) -> Option<&'static str> {
        Some(match self {
            Self::State(error) => return error.next_step(),
            Self::Kept(error) => return error.next_step(),
            Self::Keys(error) => return error.next_step(),
            Self::NoEntropy(error) => return error.next_step(),
            Self::Reseal(ResealError::Store(_)) => {
                "look whether the database answers and its disk has room, then run the command again"
            }
            Self::Reseal(ResealError::Sealing(_)) => {
                "look with portal-host audit verify whether the database is as it was written; hosts may be started \
                 meanwhile, because the older keys are still in the key file"
            }
            Self::Output(_) => fixed::OUTPUT,
        })
    }
}

/// Rotates while no host is serving: one that runs would not know the new key.
pub(crate) async fn rotate(kept: Kept) -> Result<(), RotateError> {
    let _alone = kept.folder_in_use()?.alone()?;
    let Opened { key_file, keys, database, practices, .. } =
        during("Opening the database", kept.open()).await?;
    let rotated = keys.rotated(&SystemEntropy)?;
    // The file first: were it second, a crash in between would leave IDs that nothing can open.
    key_file.write(&rotated)?;
    let mut resealed = Resealed::default();
    for practice in practices {
        let sealing = database.reseal(&practice, SystemClock.now(), &rotated, &SystemEntropy);
        let Resealed { portal_ids, factors } = during("Sealing with the new key", sealing).await?;
        resealed.portal_ids = resealed.portal_ids.saturating_add(portal_ids);
        resealed.factors = resealed.factors.saturating_add(factors);
    }
    database.shut_down().await;
    told(rotated.current(), resealed).map_err(RotateError::Output)
}

fn told(key: KeyId, resealed: Resealed) -> io::Result<()> {
    let Resealed { portal_ids, factors } = resealed;
    writeln!(
        io::stdout(),
        "key {key} is the current key; {portal_ids} open Portal IDs and {factors} second factors and recovery \
         codes are sealed with it\n\
         Back the key file up, apart from the database. The older keys stay in it: passwords set under them \
         are hashed anew at the next log in, and the audit trail keeps what it was sealed with."
    )
}
