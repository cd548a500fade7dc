//! How many connections the system lets this process hold: as many as it may at the most, not the few that a
//! shell gives by default. Each address has its share, so that a crowd at one takes none of another's.

use portal_host::serve::Bounds;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// Connections that the operator's address takes at once.
const OPERATOR: usize = 64;

/// Files, connections to the database and what else is open besides.
const BESIDES: usize = 256;

/// Where the system sets no limit, or does not say.
const ENOUGH: usize = 65_536;

/// How many connections each address takes at once.
pub(crate) struct Shares {
    /// The website, which everybody reaches.
    pub(crate) patients: usize,
    /// The EHR.
    pub(crate) staff: usize,
    /// The operator's.
    pub(crate) operator: usize,
}

/// Raises the limit to what the administrator allows, and shares it out.
pub(crate) fn raise() -> Shares {
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    if current != maximum && setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum }).is_err() {
        tracing::warn!(?current, "no more files and connections than these can be open at once");
    }
    let open = getrlimit(Resource::Nofile).current.and_then(|open| usize::try_from(open).ok());
    shares(open.unwrap_or(ENOUGH))
}

fn shares(open: usize) -> Shares {
    let most = Bounds::default().connections;
    let left = open.saturating_sub(BESIDES).saturating_sub(OPERATOR);
    let staff = (left / 8).clamp(16, most);
    Shares { patients: left.saturating_sub(staff).clamp(16, most), staff, operator: OPERATOR }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn together_the_addresses_take_no_more_than_there_is() {
        for open in [1_024, 4_096, 20_000, 1_048_576] {
            let Shares { patients, staff, operator } = shares(open);

            assert!(patients + staff + operator + BESIDES <= open, "{open}");
            assert!(patients >= staff && staff >= 16, "{open}: {patients} and {staff}");
        }
        assert!(shares(20_000).patients > 10_500, "too few for the crowd of docs/reliability.md");
    }
}
