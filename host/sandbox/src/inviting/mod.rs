//! The work on lists of patients to invite, beside the screens. One look a second finds every practice that has a
//! list to work through, however many practices there are; each is then worked for by itself, so that a long list
//! of one keeps nobody else waiting.

mod lists;

use lists::{Lists, worker};
use portal_host::identity::PracticeId;
use portal_host::{Chain, Clock, Entropy, NoEntropy, Portal};
use sandbox_db::{Database, Worker};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::{AbortHandle, JoinSet};

/// Practices worked for at a time; the others come next. Each is one call of the portal at a time, and patients
/// are to be answered meanwhile.
const AT_A_TIME: usize = 4;

/// Rest between looks: staff who start a list see it move at once, and looking is one cheap query.
const IDLE: Duration = Duration::from_secs(1);

/// What works on lists.
pub(crate) struct Inviting {
    portal: Arc<Portal>,
    database: Database,
    practices: Vec<PracticeId>,
    clock: Arc<dyn Clock>,
    worker: Worker,
}

impl Inviting {
    /// A worker with a name of its own, for these practices.
    ///
    /// # Errors
    /// Where there is no randomness to draw the name from.
    pub(crate) fn new(
        portal: Arc<Portal>,
        database: Database,
        practices: Vec<PracticeId>,
        clock: Arc<dyn Clock>,
        entropy: &dyn Entropy,
    ) -> Result<Self, NoEntropy> {
        let mut bytes = [0; 8];
        entropy.fill(&mut bytes)?;
        let worker = worker(format!("{:016x}", u64::from_be_bytes(bytes)));
        Ok(Self { portal, database, practices, clock, worker })
    }

    /// Goes on until `stop` completes; steps under way are finished first.
    pub(crate) async fn run(self, stop: impl Future<Output = ()>) {
        let mut stop = std::pin::pin!(stop);
        let (stopping, told) = watch::channel(false);
        let mut at_work = JoinSet::new();
        let mut whose: HashMap<PracticeId, AbortHandle> = HashMap::new();
        loop {
            while let Some(ended) = at_work.try_join_next() {
                if let Err(error) = ended {
                    tracing::error!(cause = %Chain(&error), "the work on a practice's lists ended midway; it is taken up again");
                }
            }
            whose.retain(|_, work| !work.is_finished());
            for practice in self.with_lists().await {
                if whose.len() >= AT_A_TIME {
                    break;
                }
                let lists = self.lists_of(&practice);
                whose
                    .entry(practice)
                    .or_insert_with(|| at_work.spawn(lists.work_through(until(told.clone()))));
            }
            tokio::select! {
                biased;
                () = &mut stop => break,
                () = tokio::time::sleep(IDLE) => {}
            }
        }
        // Nobody listening means that nobody is at work.
        let _ = stopping.send(true);
        while at_work.join_next().await.is_some() {}
    }

    /// The practices with something to do. Where the database does not answer there is nothing to be done either.
    async fn with_lists(&self) -> Vec<PracticeId> {
        match self.database.practices_with_batch_work().await {
            Ok(mut practices) => {
                practices.retain(|practice| self.practices.contains(practice));
                practices
            }
            Err(error) => {
                tracing::error!(cause = %Chain(&error), "whether there are lists to work through is not known; looking again");
                Vec::new()
            }
        }
    }

    fn lists_of(&self, practice: &PracticeId) -> Lists {
        Lists {
            portal: Arc::clone(&self.portal),
            database: self.database.clone(),
            practice: practice.clone(),
            clock: Arc::clone(&self.clock),
            worker: self.worker.clone(),
        }
    }
}

async fn until(mut stop: watch::Receiver<bool>) {
    // An error means the sender is gone: the host is ending.
    let _ = stop.wait_for(|stop| *stop).await;
}
