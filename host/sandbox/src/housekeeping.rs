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

/// What is looked after, and where checkpoints are kept. Every practice in the database is, served or not: what ran
/// out is wiped all the same.
pub(crate) struct Housekeeping {
    pub(crate) database: Database,
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
                _ = ticks.tick() => self.lapse().await,
                () = &mut stop => return self,
            }
            self.checkpoint().await;
        }
    }

    async fn practices(&self) -> Vec<PracticeId> {
        self.database.practices().await.unwrap_or_else(|error| {
            tracing::error!(cause = %Chain(&error), "the practices cannot be read, and are looked after later");
            Vec::new()
        })
    }

    async fn lapse(&self) {
        for practice in self.practices().await {
            match self.database.lapse_expired(&practice, self.clock.now()).await {
                Ok(0) => {}
                Ok(lapsed) => {
                    tracing::info!(%practice, lapsed, "invitations ran out and their Portal IDs were wiped");
                }
                Err(error) => tracing::error!(
                    %practice,
                    cause = %Chain(&error),
                    "invitations that ran out could not be wiped; trying again"
                ),
            }
        }
    }

    /// Takes a checkpoint of each practice where there is something to cover, and keeps them.
    pub(crate) async fn checkpoint(&self) {
        let mut taken = Vec::new();
        for practice in self.practices().await {
            match self.database.checkpoint(&practice, self.clock.now()).await {
                Ok(None) => {}
                Ok(Some(checkpoint)) => taken.push((practice, checkpoint)),
                Err(error) => tracing::error!(
                    %practice,
                    cause = %Chain(&error),
                    "no checkpoint of the audit trail could be taken; trying again"
                ),
            }
        }
        if !taken.is_empty()
            && let Err(error) = self.keep(taken).await
        {
            tracing::error!(cause = %Chain(&*error), "checkpoints of the audit trail could not be kept");
        }
    }

    /// Keeps each checkpoint in the place of the one before, unless that is no longer in the trail: it is then all
    /// that tells that an older copy of the database was put back.
    async fn keep(
        &self,
        mut taken: Vec<(PracticeId, Checkpoint)>,
    ) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        let kept = checkpoints::all(&self.checkpoint_file)?;
        for (practice, before) in kept {
            let is_followed = taken.iter().any(|(of, _)| *of == practice);
            if is_followed && !self.database.has_checkpoint(&practice, &before).await? {
                let number = before.number;
                tracing::error!(
                    number,
                    %practice,
                    "the checkpoint that is kept outside is not in the audit trail: an older copy of the database may \
                     have been put back; portal-host audit verify tells more"
                );
                taken.retain(|(of, _)| *of != practice);
            }
        }
        let file = self.checkpoint_file.clone();
        Ok(tokio::task::spawn_blocking(move || checkpoints::keep(&file, &taken)).await??)
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
        let it = Housekeeping { database, clock, checkpoint_file };
        let grows = async || {
            let (actor, action) = (Actor::System, "test.noted".to_owned());
            let event = Event { actor, patient: None, action, detail: None, address: None };
            it.database.note(&practice, &event, it.clock.now()).await.unwrap();
            it.checkpoint().await;
            checkpoints::of(&checkpoints::all(&it.checkpoint_file).unwrap(), &practice).unwrap()
        };
        assert_eq!((grows().await.number, grows().await.number), (1, 2));

        let of_the_newer_copy = Checkpoint { number: 3, mac: [9; 32] };
        checkpoints::keep(&it.checkpoint_file, &[(practice.clone(), of_the_newer_copy.clone())]).unwrap();

        for _ in 0..3 {
            assert_eq!(grows().await, of_the_newer_copy);
        }
    }
}
