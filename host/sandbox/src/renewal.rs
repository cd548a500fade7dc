//! Picking up a new version of the component while the host serves: the file is looked at now and then, and
//! what is put in its place answers from then on. One that does not fit is refused, and the old one goes on.

use portal_host::{Chain, Portal};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{MissedTickBehavior, interval};

/// How often the file is looked at. A file that changes is left alone until it has stayed the same for as long,
/// so that one that is being copied is not taken for a whole one.
const EVERY: Duration = Duration::from_secs(2);

/// The portal, and where its component comes from.
pub(crate) struct Renewal {
    pub(crate) portal: Arc<Portal>,
    pub(crate) component: PathBuf,
    /// The version that was there before it was loaded.
    pub(crate) loaded: Option<Version>,
}

/// What tells one version of a file from another without reading it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Version {
    file: u64,
    length: u64,
    changed: (i64, i64),
}

impl Version {
    /// The version that is there now; none where the file is away.
    pub(crate) fn of(component: &Path) -> Option<Self> {
        let file = component.metadata().ok()?;
        Some(Self { file: file.ino(), length: file.len(), changed: (file.mtime(), file.mtime_nsec()) })
    }
}

impl Renewal {
    /// Goes on until `stop` completes.
    pub(crate) async fn run(self, stop: impl Future<Output = ()>) {
        let mut stop = std::pin::pin!(stop);
        let mut ticks = interval(EVERY);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let (mut serving, mut seen) = (self.loaded, self.loaded);
        loop {
            tokio::select! {
                _ = ticks.tick() => {}
                () = &mut stop => return,
            }
            let now = Version::of(&self.component);
            // One that is away is being replaced.
            if now.is_some() && now != serving && now == seen {
                serving = now;
                self.renew().await;
            }
            seen = now;
        }
    }

    async fn renew(&self) {
        let component = self.component.display();
        match self.portal.replace(self.component.clone()).await {
            Ok(()) => tracing::info!(%component, "another version of the component answers from now on"),
            Err(error) => tracing::error!(
                %component,
                cause = %Chain(&error),
                "a new version of the component was refused; the one before goes on"
            ),
        }
    }
}
