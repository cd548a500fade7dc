//! Hosts that are replaced by their next version one after the other, as docs/operations.md says: told to stop, ended
//! once their visitors are elsewhere, started anew.

use crate::Installation;
use crate::shared::Hosts;
use std::path::PathBuf;
use std::time::Duration;

/// Between one host and the next: the load balancer has found the one before again by then.
const BETWEEN: Duration = Duration::from_secs(1);

/// What a host is replaced by.
#[derive(Clone, Debug)]
pub struct Next {
    /// Its program.
    pub program: PathBuf,
    /// Its component.
    pub component: PathBuf,
}

/// Replaces every host.
///
/// # Panics
/// Where one does not end well, or does not start.
pub fn replace_all(hosts: &mut Hosts, next: &Next) {
    for host in &mut hosts.hosts {
        replace(host, next);
        std::thread::sleep(BETWEEN);
    }
}

/// Replaces one host.
///
/// # Panics
/// Where it does not end well, or its next version does not start.
pub fn replace(host: &mut Installation, next: &Next) {
    retire(host);
    let mut setup = host.setup.clone();
    next.program.clone_into(&mut setup.program);
    next.component.clone_into(&mut setup.component);
    *host = setup.start();
}

/// Tells a host to stop, and waits until it has finished what was under way.
///
/// # Panics
/// Where it does not, or something was cut off.
pub fn retire(host: &mut Installation) {
    host.terminate();
    assert_eq!(host.wait().code(), Some(0), "{}", host.log());
}
