//! Load, by wrk: so many connections that ask again as soon as they are answered, and what came of it.

use crate::failure::Failure;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// What wrk says last, for us.
const SUMMARY: &str = r#"
function done(summary, latency)
  local broken = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  print(string.format("SUMMARY %d %d %d %d %d %d", summary.requests, summary.duration, summary.errors.status, broken,
    latency:percentile(50), latency:percentile(99)))
end
"#;

/// A load to be put on an address.
pub(crate) struct Load<'a> {
    /// Such as `127.0.0.1:8081`.
    pub(crate) address: &'a str,
    pub(crate) path: &'a str,
    pub(crate) connections: usize,
    pub(crate) seconds: u64,
    /// Lua that makes each request; otherwise the page is asked for.
    pub(crate) script: &'a str,
}

/// Lua for a form that is sent over and over with these cookies, each time from another network; `body` is an expression
/// for what is sent, in which `number` is another each time.
pub(crate) fn sends(cookies: &str, body: &str) -> String {
    format!(
        r#"
math.randomseed(os.time())
local number = math.random(0, 1000000)
function request()
  number = number + 1
  local client = string.format("100.%d.%d.%d", 64 + number % 64, math.floor(number / 64) % 256, number % 251)
  local headers = {{ ["Cookie"] = "{cookies}", ["Origin"] = "http://" .. wrk.host .. ":" .. wrk.port,
    ["Content-Type"] = "application/x-www-form-urlencoded", ["X-Forwarded-For"] = client }}
  return wrk.format("POST", nil, headers, {body})
end
"#
    )
}

/// What came of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Loaded {
    pub(crate) requests: f64,
    pub(crate) per_second: f64,
    /// Answers that say something went wrong: 400 and above.
    pub(crate) refused: f64,
    /// Milliseconds that half of the answers took at the most.
    pub(crate) p50: f64,
    /// And all but one in a hundred.
    pub(crate) p99: f64,
}

/// A load under way.
pub(crate) struct Running(Child);

impl Load<'_> {
    /// Loads, and waits until it is over.
    pub(crate) fn run(&self, folder: &Path) -> Result<Loaded, Failure> {
        self.start(folder)?.wait()
    }

    /// Begins to load; the script is kept in `folder`.
    pub(crate) fn start(&self, folder: &Path) -> Result<Running, Failure> {
        let script = self.script_in(folder)?;
        let mut wrk = Command::new("wrk");
        wrk.args(["--threads", "1", "--timeout", "10"])
            .args(["--connections", &self.connections.to_string()])
            .args(["--duration", &format!("{}s", self.seconds)])
            .arg("--script")
            .arg(script)
            .arg(format!("http://{}{}", self.address, self.path));
        let child = wrk.stdout(Stdio::piped()).stderr(Stdio::inherit()).spawn();
        child.map(Running).map_err(Failure::program("wrk"))
    }

    fn script_in(&self, folder: &Path) -> Result<PathBuf, Failure> {
        let path = folder.join(format!(
            "{}-{}.lua",
            self.path.trim_matches('/').replace('/', "-"),
            self.connections
        ));
        std::fs::write(&path, format!("{}{SUMMARY}", self.script)).map_err(Failure::file(&path))?;
        Ok(path)
    }
}

impl Running {
    /// Waits until it is over.
    ///
    /// # Errors
    /// Also where a connection broke: whoever breaks connections is not quick.
    pub(crate) fn wait(self) -> Result<Loaded, Failure> {
        let output = self.0.wait_with_output().map_err(Failure::program("wrk"))?;
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        match read(&said) {
            Some((loaded, 0.0)) => Ok(loaded),
            Some(_) | None => Err(Failure::unexpected("wrk", said)),
        }
    }
}

/// What it says, and how many connections broke.
fn read(said: &str) -> Option<(Loaded, f64)> {
    let summary = said.lines().find_map(|line| line.strip_prefix("SUMMARY "))?;
    let numbers: Vec<f64> = summary.split(' ').filter_map(|number| number.parse().ok()).collect();
    let [requests, microseconds, refused, broken, p50, p99] = numbers.as_slice() else { return None };
    let loaded = Loaded {
        requests: *requests,
        per_second: requests / (microseconds / 1e6),
        refused: *refused,
        p50: p50 / 1e3,
        p99: p99 / 1e3,
    };
    (*requests > 0.0 && *microseconds > 0.0).then_some((loaded, *broken))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_wrk_says_is_read() {
        let (loaded, broken) = read("Running 2s test\nSUMMARY 4000 2000000 3 0 1500 9000\n").unwrap();
        assert_eq!((loaded.per_second, loaded.refused, loaded.p50, loaded.p99), (2_000.0, 3.0, 1.5, 9.0));
        assert_eq!(broken, 0.0);
    }

    #[test]
    fn a_load_that_nobody_answered_is_none() {
        assert!(read("SUMMARY 0 2000000 0 9 0 0").is_none());
        assert!(read("wrk: unable to connect").is_none());
    }
}
