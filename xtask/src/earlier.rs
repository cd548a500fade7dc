//! The host and the component as they were at another revision, built beside the tree and its own builds.

use crate::build::{Tree, component, host};
use crate::shell::{Stopped, output_in, root, say, succeed_in, target};
use std::path::{Path, PathBuf};
use std::process::Command;

/// What was built.
#[derive(Debug)]
pub(crate) struct Earlier {
    /// The commit, in short.
    pub(crate) revision: String,
    pub(crate) host: PathBuf,
    pub(crate) component: PathBuf,
}

/// Finds this revision and takes the host and the component of this tree for its own.
pub(crate) fn looked_up(revision: &str) -> Result<Earlier, Stopped> {
    Ok(Earlier { revision: commit(root(), revision)?, component: component()?, host: host(false)? })
}

/// Builds the host and the component of this revision in target/earlier, where a later revision finds what it shares
/// with it.
pub(crate) fn built(revision: &str) -> Result<Earlier, Stopped> {
    built_in(root(), &target().join("earlier"), revision)
}

/// Builds the host and the component of this revision of `repository` in this folder.
fn built_in(repository: &Path, folder: &Path, revision: &str) -> Result<Earlier, Stopped> {
    let commit = commit(repository, revision)?;
    let (tree, built) = (folder.join("tree"), folder.join("target"));
    say(format_args!("building {commit} in {}", built.display()));
    let mut git = Command::new("git");
    if tree.join(".git").exists() {
        git.arg("-C").arg(&tree).args(["checkout", "--quiet", "--force", "--detach", &commit]);
    } else {
        // One that was removed with target is known still.
        succeed_in(repository, Command::new("git").args(["worktree", "prune"]))?;
        git.args(["worktree", "add", "--quiet", "--detach"]).arg(&tree).arg(&commit);
    }
    succeed_in(repository, &mut git)?;
    let tree = Tree::within(tree, built);
    Ok(Earlier { revision: commit, component: tree.component()?, host: tree.host(false)? })
}

/// The commit that a revision is, in short.
fn commit(repository: &Path, revision: &str) -> Result<String, Stopped> {
    let commit = format!("{revision}^{{commit}}");
    let mut git = Command::new("git");
    git.args(["rev-parse", "--short", "--verify", "--quiet", &commit]);
    output_in(repository, &mut git).ok_or_else(|| Stopped::Missing {
        what: "a revision to upgrade from",
        remedy: format!("git knows no {revision}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use tempfile::TempDir;

    /// A workspace that has the packages of ours and nothing in them, and is under git.
    struct Repository(TempDir);

    impl Repository {
        fn new() -> Self {
            // What git is told by a hook of ours would be about our own repository.
            assert!(std::env::var_os("GIT_DIR").is_none(), "run this test without GIT_DIR");
            let new = Self(TempDir::new().unwrap());
            new.writes(
                "Cargo.toml",
                "[workspace]\nmembers = [\"plugin\", \"host\"]\nresolver = \"3\"\n\
                 [workspace.package]\nedition = \"2024\"\n\
                 [profile.component]\ninherits = \"release\"\n",
            );
            new.writes(
                "plugin/Cargo.toml",
                "[package]\nname = \"patient-portal\"\nedition.workspace = true\n\
                 [lib]\ncrate-type = [\"cdylib\"]\n",
            );
            new.writes(
                "host/Cargo.toml",
                "[package]\nname = \"portal-sandbox\"\nedition.workspace = true\n\
                 [[bin]]\nname = \"portal-host\"\npath = \"main.rs\"\n",
            );
            // What its own settings say, and what those of another tree add to them.
            new.writes(
                "host/main.rs",
                "fn main() { print!(\"{}{}\", env!(\"SET\"), option_env!(\"BESIDES\").unwrap_or_default()); }\n",
            );
            new.git(&["init", "--quiet"]);
            new
        }

        fn writes(&self, name: &str, text: &str) {
            let path = self.0.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }

        /// Without what this machine has set for git.
        fn git(&self, arguments: &[&str]) {
            let mut git = Command::new("git");
            git.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
            git.args(["-c", "user.name=Nobody", "-c", "user.email=nobody@example.org"]);
            succeed_in(self.0.path(), git.args(arguments)).unwrap();
        }

        /// A commit whose component has this name within, and whose settings have the host say it.
        fn commits(&self, name: &str) {
            let source = format!("#[unsafe(no_mangle)]\npub extern \"C\" fn {name}() {{}}\n");
            self.writes("plugin/src/lib.rs", &source);
            self.writes(".cargo/config.toml", &format!("[env]\nSET = \"{name}\"\n"));
            self.git(&["add", "--all"]);
            self.git(&["commit", "--quiet", "--message", name]);
        }

        fn builds(&self, revision: &str) -> Result<Earlier, Stopped> {
            built_in(self.0.path(), &self.folder(), revision)
        }

        fn folder(&self) -> PathBuf {
            self.0.path().join("target/earlier")
        }
    }

    /// What the host says, which the component has within too.
    fn name_of(earlier: &Earlier) -> String {
        let said = Command::new(&earlier.host).output().unwrap();
        let name = String::from_utf8(said.stdout).unwrap();
        let component = fs::read(&earlier.component).unwrap();
        let mut names = component.windows(name.len());
        assert!(names.any(|other| other == name.as_bytes()), "the host is {name}, the component is not");
        name
    }

    #[test]
    fn a_revision_is_built_as_it_was_whatever_was_built_before() {
        let repository = Repository::new();
        for name in ["the_first", "the_second", "the_third"] {
            repository.commits(name);
        }
        // What is not committed is no part of it.
        repository.writes("plugin/src/lib.rs", "not Rust");
        repository.writes(".cargo/config.toml", "[env]\nSET = \"\"\nBESIDES = \" and more\"\n");

        let second = repository.builds("HEAD~1").unwrap();
        assert_eq!(name_of(&second), "the_second");
        assert_eq!(name_of(&repository.builds("HEAD~2").unwrap()), "the_first");
        assert_eq!(name_of(&repository.builds(&second.revision).unwrap()), "the_second");
        // And where somebody removed all that was built.
        fs::remove_dir_all(repository.folder()).unwrap();
        assert_eq!(name_of(&repository.builds("HEAD").unwrap()), "the_third");
    }

    #[test]
    fn a_revision_that_there_is_none_of_is_named() {
        let repository = Repository::new();
        repository.commits("the_only_one");
        let refused = repository.builds("HEAD~1").unwrap_err();
        assert!(refused.to_string().contains("git knows no HEAD~1"), "{refused}");
    }
}
