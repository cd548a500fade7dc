//! Picking up a new version of the component while the host serves: its files are looked at now and then, and
//! what is put in their place answers from then on. One that does not fit, or is not to be trusted, is refused, and
//! the old one goes on.

use portal_host::{Chain, Portal, Trust, signature_beside};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{MissedTickBehavior, interval};

/// How often the files are looked at. What changes is left alone until it has stayed the same for as long, so that
/// one that is being copied is not taken for a whole one.
const EVERY: Duration = Duration::from_secs(2);

/// The portal, and where its component comes from.
pub(crate) struct Renewal {
    pub(crate) portal: Arc<Portal>,
    pub(crate) files: Files,
    /// The version that was there before it was loaded.
    pub(crate) loaded: Option<Version>,
}

/// Where a version is put: the component and, where one is asked for, the signature of it.
pub(crate) struct Files {
    component: PathBuf,
    signature: Option<PathBuf>,
}

/// What tells one version from another without reading it. A signature that comes later, or another one, makes another
/// version: the component may have been refused without it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Version {
    component: Stamp,
    signature: Option<Stamp>,
}

/// What tells one state of a file from another. Its time is that of its last change of any kind, by which a file that
/// could not be read and now can be is another one, and which no copying sets back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stamp {
    file: u64,
    length: u64,
    changed: (i64, i64),
}

impl Files {
    /// Those of this component, for a host that trusts like this.
    pub(crate) fn of(component: PathBuf, trust: &Trust) -> Self {
        let signature = (!trust.signers.is_empty()).then(|| signature_beside(&component));
        Self { component, signature }
    }

    /// The version that is there now; none where the component is away.
    pub(crate) fn version(&self) -> Option<Version> {
        let signature = self.signature.as_deref().and_then(Stamp::of);
        Some(Version { component: Stamp::of(&self.component)?, signature })
    }
}

impl Stamp {
    fn of(file: &Path) -> Option<Self> {
        let file = file.metadata().ok()?;
        Some(Self { file: file.ino(), length: file.len(), changed: (file.ctime(), file.ctime_nsec()) })
    }
}

impl Renewal {
    /// Goes on until `stop` completes.
    pub(crate) async fn run(self, stop: impl Future<Output = ()>) {
        let mut stop = std::pin::pin!(stop);
        let mut ticks = interval(EVERY);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let (mut tried, mut seen) = (self.loaded, self.loaded);
        loop {
            tokio::select! {
                _ = ticks.tick() => {}
                () = &mut stop => return,
            }
            let now = self.files.version();
            // One that is away is being replaced.
            if now.is_some() && now != tried && now == seen {
                tried = now;
                self.renew().await;
            }
            seen = now;
        }
    }

    async fn renew(&self) {
        let component = self.files.component.display();
        let before = self.portal.digest();
        match self.portal.replace(self.files.component.clone()).await {
            Ok(()) if self.portal.digest() == before => {
                tracing::info!(%component, "what answers was put in place anew, and goes on");
            }
            Ok(()) => {
                let digest = self.portal.digest();
                tracing::info!(%component, %digest, "another version of the component answers from now on");
            }
            Err(error) => tracing::error!(
                %component,
                cause = %Chain(&error),
                "a new version of the component was refused; the one before goes on"
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    const KEY: &str = "RWRzyp8nblO3/MQ0ex/u6kauSV/P6tbIPijQRNATJEoT6PvPkDjvZ8F3";

    #[test]
    fn a_component_and_its_signature_are_one_version() {
        let folder = tempfile::tempdir().unwrap();
        let component = folder.path().join("portal.wasm");
        let signature = signature_beside(&component);
        let trust = Trust { pin: None, signers: vec![KEY.parse().unwrap()] };
        let files = Files::of(component.clone(), &trust);
        let unsigned = Files::of(component.clone(), &Trust::default());
        assert_eq!(files.version(), None);

        fs::write(&component, "one").unwrap();
        let alone = files.version().unwrap();
        let component_only = unsigned.version();
        fs::write(&signature, "of one").unwrap();
        let signed = files.version().unwrap();
        fs::write(&signature, "of another").unwrap();
        let signed_otherwise = files.version().unwrap();

        assert!(alone != signed && signed != signed_otherwise && signed_otherwise != alone);
        assert_eq!(files.version(), Some(signed_otherwise), "nothing happened");
        // Where no signature is asked for, none is looked at.
        assert_eq!(unsigned.version(), component_only);
        // Files' times go by the system's ticks, of at most 10 ms.
        std::thread::sleep(Duration::from_millis(20));
        fs::set_permissions(&signature, fs::Permissions::from_mode(0o600)).unwrap();
        assert_ne!(files.version(), Some(signed_otherwise), "it may be readable now");
        fs::remove_file(&component).unwrap();
        assert_eq!(files.version(), None);
    }
}
