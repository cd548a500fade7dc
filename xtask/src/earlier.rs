//! The host and the component as they were at another revision, built beside the tree and its own builds.

use crate::build::{Tree, component, host};
use crate::shell::{Stopped, output, say, succeed, target};
use std::path::PathBuf;
use std::process::Command;

/// What was built.
pub(crate) struct Earlier {
    /// The commit, in short.
    pub(crate) revision: String,
    pub(crate) host: PathBuf,
    pub(crate) component: PathBuf,
}

/// Finds this revision and takes the host and the component of this tree for its own.
pub(crate) fn looked_up(revision: &str) -> Result<Earlier, Stopped> {
    Ok(Earlier { revision: commit(revision)?, component: component()?, host: host(false)? })
}

/// Builds the host and the component of this revision in target/earlier, where a later revision finds what it shares
/// with it.
pub(crate) fn built(revision: &str) -> Result<Earlier, Stopped> {
    let commit = commit(revision)?;
    let (tree, built) = (target().join("earlier/tree"), target().join("earlier/target"));
    say(format_args!("building {commit} in {}", built.display()));
    if tree.join(".git").exists() {
        succeed(
            Command::new("git")
                .arg("-C")
                .arg(&tree)
                .args(["checkout", "--quiet", "--force", "--detach", &commit]),
        )?;
    } else {
        // One that was removed with target is known still.
        succeed(Command::new("git").args(["worktree", "prune"]))?;
        succeed(
            Command::new("git").args(["worktree", "add", "--quiet", "--detach"]).arg(&tree).arg(&commit),
        )?;
    }
    let tree = Tree::within(tree, built);
    Ok(Earlier { revision: commit, component: tree.component()?, host: tree.host(false)? })
}

/// The commit that a revision is, in short.
fn commit(revision: &str) -> Result<String, Stopped> {
    let commit = format!("{revision}^{{commit}}");
    output(Command::new("git").args(["rev-parse", "--short", "--verify", "--quiet", &commit])).ok_or_else(
        || Stopped::Missing {
            what: "a revision to upgrade from",
            remedy: format!("git knows no {revision}"),
        },
    )
}
