//! HAProxy in front of several hosts, as a vendor would run it: each request goes to the next host that says it is
//! ready.

use std::fmt::Write;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Longer than it takes to start on a busy machine.
const START: Duration = Duration::from_secs(30);

/// Where Debian's package puts it.
const DEBIAN: &str = "/usr/sbin/haproxy";

/// How long a host may go on taking visitors after it was told to stop, in seconds: longer than it takes to be
/// noticed here, on a busy machine too.
pub const STOP_DELAY: &str = "3";

/// A host to send people to.
#[derive(Clone, Debug)]
pub struct Behind {
    /// Where they are sent, such as `127.0.0.1:40124`.
    pub address: String,
    /// Where the host says whether it is ready.
    pub operator: String,
}

/// One address before several.
pub struct Balancer {
    /// Where people go, such as `http://127.0.0.1:40123`.
    pub url: String,
    /// The same without the scheme.
    pub address: String,
    running: Option<Running>,
}

struct Running {
    haproxy: Child,
    _folder: TempDir,
}

/// An address of this machine that nothing listens on yet, such as `127.0.0.1:40123`.
///
/// # Panics
/// Where the machine has none.
pub fn free_address() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("an address");
    listener.local_addr().expect("an address").to_string()
}

impl Balancer {
    /// An address that nothing listens on yet: hosts have to know it before they start.
    ///
    /// # Panics
    /// Where the machine has none.
    pub fn reserved() -> Self {
        let address = free_address();
        Self { url: format!("http://{address}"), address, running: None }
    }

    /// Stands before these hosts from now on, and asks each whether it is ready, as docs/postgresql.md says, only
    /// more often. A request that a host did not take goes to the next.
    ///
    /// # Panics
    /// Where HAProxy does not start.
    #[must_use]
    pub fn before(mut self, hosts: &[Behind]) -> Self {
        let folder = TempDir::with_prefix("balancer-").expect("a folder");
        let mut servers = String::new();
        for (number, Behind { address, operator }) in hosts.iter().enumerate() {
            let _ = writeln!(servers, "    server host{number} {address} check addr {operator}");
        }
        // Without a time limit of its own a check has to be answered before the next, however busy the machine is.
        let configuration = format!(
            "defaults\n    mode http\n    timeout connect 2s\n    timeout client 60s\n    timeout server 60s\n\
             \x20   timeout check 2s\n    retries 3\n    option redispatch 1\n    retry-on conn-failure\n\
             listen hosts\n    bind {}\n    balance roundrobin\n    option forwardfor\n\
             \x20   option httpchk GET /readyz\n    default-server inter 200ms fall 2 rise 1\n{servers}",
            self.address
        );
        let file = folder.path().join("haproxy.cfg");
        std::fs::write(&file, configuration).expect("a configuration");
        // Debian puts it where not everybody's path leads.
        let program = [DEBIAN, "haproxy"].into_iter().find(|program| Path::new(program).exists());
        let haproxy = Command::new(program.unwrap_or("haproxy"))
            .args(["-db", "-f"])
            .arg(&file)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("HAProxy is installed (Debian's package haproxy)");
        let begun = Instant::now();
        while std::net::TcpStream::connect(&self.address).is_err() {
            assert!(begun.elapsed() < START, "HAProxy does not start");
            std::thread::sleep(Duration::from_millis(20));
        }
        self.running = Some(Running { haproxy, _folder: folder });
        self
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.haproxy.kill();
        let _ = self.haproxy.wait();
    }
}
