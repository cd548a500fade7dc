//! What happens by itself while the host serves: invitations that ran out lapse, and checkpoints of the
//! audit trail are taken and kept outside the database.

use crate::checkpoints;
use portal_host::identity::PracticeId;
use portal_host::{Chain, Clock};
use sandbox_db::{Checkpoint, Database};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// How often. A checkpoint costs what has changed, and nothing where nothing has.
const EVERY: Duration = Duration::from_secs(60);

/// What is looked after, and where checkpoints are kept.
pub(crate) struct Housekeeping {
    pub(crate) database: Database,
    pub(crate) practices: Vec<PracticeId>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) checkpoint_file: PathBuf,
}

impl Housekeeping {
    /// Goes on until `stop` completes, and gives itself back for a last checkpoint.
    pub(crate) async fn run(self, stop: impl Future<Output = ()>) -> Self {
        let mut stop = std::pin::pin!(stop);
        let mut ticks = tokio::time::interval(EVERY);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                _ = ticks.tick() => self.lapse_all().await,
                () = &mut stop => return self,
            }
            self.checkpoints().await;
        }
    }

    /// Keeps a checkpoint in the place of the one before, unless that is no longer in the trail: it is then all
    /// that tells that an older copy of the database was put back.
    async fn keep(
        &self,
        practice: &PracticeId,
        checkpoint: &Checkpoint,
    ) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        if let Some(kept) = checkpoints::kept(&self.checkpoint_file, practice)?
            && !self.database.has_checkpoint(practice, &kept).await?
        {
            let number = kept.number;
            tracing::error!(
                number,
                %practice,
                "the checkpoint that is kept outside is not in the audit trail: an older copy of the database may \
                 have been put back; portal-host audit verify tells more"
            );
            return Ok(());
        }
        Ok(checkpoints::keep(&self.checkpoint_file, practice, checkpoint)?)
    }

    async fn lapse_all(&self) {
        for practice in &self.practices {
            self.lapse(practice).await;
        }
    }

    async fn lapse(&self, practice: &PracticeId) {
        match self.database.lapse_expired(practice, self.clock.now()).await {
            Ok(0) => {}
            Ok(lapsed) => tracing::info!(lapsed, "invitations ran out and their Portal IDs were wiped"),
            Err(error) => {
                tracing::error!(cause = %Chain(&error), "invitations that ran out could not be wiped; trying again");
            }
        }
    }

    /// Takes a checkpoint of every practice where there is something to cover, and keeps it.
    pub(crate) async fn checkpoints(&self) {
        for practice in &self.practices {
            self.checkpoint(practice).await;
        }
    }

    async fn checkpoint(&self, practice: &PracticeId) {
        match self.database.checkpoint(practice, self.clock.now()).await {
            Ok(None) => {}
            Ok(Some(checkpoint)) => {
                if let Err(error) = self.keep(practice, &checkpoint).await {
                    tracing::error!(cause = %Chain(&*error), "a checkpoint of the audit trail could not be kept");
                }
            }
            Err(error) => {
                tracing::error!(cause = %Chain(&error), "no checkpoint of the audit trail could be taken; trying again");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::open_sandbox;
    use portal_host::lent::{Accounts, Actor, Event};
    use portal_host::{HostKeys, Passwords, SystemClock, SystemEntropy};

    /// An older copy that somebody put back grows on; what tells of it has to outlive that.
    #[tokio::test]
    async fn a_checkpoint_that_the_trail_no_longer_has_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let keys = HostKeys::from_bytes([7; 64]);
        let passwords = Passwords::new(1, keys.clone(), Arc::new(SystemEntropy)).unwrap();
        let url = format!("sqlite:{}", folder.path().join("portal.db").display());
        let now = SystemClock.now();
        let (database, practices) = open_sandbox(&url, &keys, &passwords, &[], now).await.unwrap();
        let practice = practices[0].clone();
        let checkpoint_file = folder.path().join("audit.checkpoint");
        let clock = Arc::new(SystemClock);
        let it = Housekeeping { database, practices, clock, checkpoint_file };
        let grows = async || {
            let (actor, action) = (Actor::System, "test.noted".to_owned());
            let event = Event { actor, patient: None, action, detail: None, address: None };
            it.database.note(&practice, &event, it.clock.now()).await.unwrap();
            it.checkpoints().await;
            checkpoints::kept(&it.checkpoint_file, &practice).unwrap().unwrap()
        };
        assert_eq!((grows().await.number, grows().await.number), (1, 2));

        let of_the_newer_copy = Checkpoint { number: 3, mac: [9; 32] };
        checkpoints::keep(&it.checkpoint_file, &practice, &of_the_newer_copy).unwrap();

        for _ in 0..3 {
            assert_eq!(grows().await, of_the_newer_copy);
        }
    }
}
