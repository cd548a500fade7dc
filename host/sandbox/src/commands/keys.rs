//! `portal-host keys rotate`: a new key for everything stored from now on, and the open Portal IDs and
//! second factors sealed anew under it.

use crate::kept::{Kept, KeptError, Opened};
use crate::key_file::KeysError;
use crate::state::StateError;
use portal_host::identity::{PatientId, PracticeId};
use portal_host::lent::{SealedPortalId, SealedSecret};
use portal_host::{Clock, HostKeys, KeyId, NoEntropy, SealError, SystemClock, SystemEntropy};
use sandbox_db::{Reseal, ResealError, Resealed};
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
    #[error(
        "the new key is in the key file, but open Portal IDs and second factors are not sealed with it; run the command again"
    )]
    Reseal(#[from] ResealError<SealError>),
    #[error("standard output cannot be written to")]
    Output(#[source] io::Error),
}

/// Rotates while no host is serving: one that runs would not know the new key.
pub(crate) async fn rotate(kept: Kept) -> Result<(), RotateError> {
    let _alone = kept.folder()?.alone()?;
    let Opened { key_file, keys, database, practice, .. } = kept.open().await?;
    let rotated = keys.rotated(&SystemEntropy)?;
    // The file first: were it second, a crash in between would leave IDs that nothing can open.
    key_file.write(&rotated)?;
    let under = Under { practice: &practice, keys: &rotated };
    let resealed = database.reseal(&practice, SystemClock.now(), &under).await?;
    database.shut_down().await;
    told(rotated.current(), resealed).map_err(RotateError::Output)
}

/// Seals anew under the current key of the ring.
struct Under<'a> {
    practice: &'a PracticeId,
    keys: &'a HostKeys,
}

impl Reseal for Under<'_> {
    type Error = SealError;

    fn portal_id(&self, patient: &PatientId, sealed: &SealedPortalId) -> Result<SealedPortalId, SealError> {
        let opened = self.keys.open(self.practice, patient, sealed)?;
        self.keys.seal(self.practice, patient, &opened, &SystemEntropy)
    }

    fn factor(
        &self,
        patient: &PatientId,
        id: &str,
        sealed: &SealedSecret,
    ) -> Result<SealedSecret, SealError> {
        let opened = self.keys.open_factor(self.practice, patient, id, sealed)?;
        self.keys.seal_factor(self.practice, patient, id, &opened, &SystemEntropy)
    }
}

fn told(key: KeyId, resealed: Resealed) -> io::Result<()> {
    let Resealed { portal_ids, factors } = resealed;
    writeln!(
        io::stdout(),
        "key {key} is the current key; {portal_ids} open Portal IDs and {factors} second factors are sealed \
         with it\n\
         Back the key file up, apart from the database. The older keys stay in it: passwords set under them \
         are hashed anew at the next log in, and the audit trail keeps what it was sealed with."
    )
}
