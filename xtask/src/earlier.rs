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

/// Builds those of this revision of `repository` in this folder.
fn built_in(repository: &Path, folder: &Path, revision: &str) -> Result<Earlier, Stopped> {
    let commit = commit(repository, revision)?;
    let (tree, built) = (folder.join("tree"), folder.join("target"));
    say(format_args!("building {commit} in {}", built.display()));
    let git = |arguments: &[&str]| succeed_in(repository, Command::new("git").args(arguments));
    let place = tree.display().to_string();
    if tree.join(".git").exists() {
        git(&["-C", &place, "checkout", "--quiet", "--force", "--detach", &commit])?;
    } else {
        // One that was removed with target is known still.
        git(&["worktree", "prune"])?;
        git(&["worktree", "add", "--quiet", "--detach", &place, &commit])?;
    }
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
            let new = Self(TempDir::new().unwrap());
            new.has(".cargo/config.toml", "");
            new.has(
                "Cargo.toml",
                "[workspace]\nmembers = [\"plugin\", \"host\"]\nresolver = \"3\"\n\
                 [profile.component]\ninherits = \"release\"\n",
            );
            new.has(
                "plugin/Cargo.toml",
                "[package]\nname = \"patient-portal\"\nedition = \"2024\"\n[lib]\ncrate-type = [\"cdylib\"]\n",
            );
            new.has(
                "host/Cargo.toml",
                "[package]\nname = \"portal-sandbox\"\nedition = \"2024\"\n[[bin]]\nname = \"portal-host\"\npath = \"main.rs\"\n",
            );
            new.does(&["init", "--quiet"]);
            new
        }

        fn has(&self, name: &str, text: &str) {
            let path = self.0.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }

        fn does(&self, arguments: &[&str]) {
            let mut git = Command::new("git");
            git.args(["-c", "user.name=Nobody", "-c", "user.email=nobody@example.org"]);
            succeed_in(self.0.path(), git.args(arguments)).unwrap();
        }

        /// A commit whose component has this name within, and whose host says it.
        fn is_called(&self, name: &str) {
            self.has(
                "plugin/src/lib.rs",
                &format!("#[unsafe(no_mangle)]\npub extern \"C\" fn {name}() {{}}\n"),
            );
            self.has("host/main.rs", &format!("fn main() {{ println!(\"{name}\"); }}\n"));
            self.does(&["add", "--all"]);
            self.does(&["commit", "--quiet", "--message", name]);
        }

        fn builds(&self, revision: &str) -> Result<Earlier, Stopped> {
            built_in(self.0.path(), &self.folder(), revision)
        }

        fn folder(&self) -> PathBuf {
            self.0.path().join("target/earlier")
        }
    }

    /// What both programs of it are called.
    fn is_called(earlier: &Earlier) -> String {
        let said = Command::new(&earlier.host).output().unwrap();
        let name = String::from_utf8(said.stdout).unwrap().trim().to_owned();
        let component = fs::read(&earlier.component).unwrap();
        let mut names = component.windows(name.len());
        assert!(names.any(|other| other == name.as_bytes()), "the host is {name}, the component is not");
        name
    }

    #[test]
    fn a_revision_is_built_as_it_was_whatever_was_built_before() {
        let repository = Repository::new();
        for name in ["the_first", "the_second", "the_third"] {
            repository.is_called(name);
        }
        // What is not committed is no part of it.
        repository.has("host/main.rs", "not Rust");

        let second = repository.builds("HEAD~1").unwrap();
        assert_eq!(is_called(&second), "the_second");
        assert_eq!(is_called(&repository.builds("HEAD~2").unwrap()), "the_first");
        assert_eq!(is_called(&repository.builds(&second.revision).unwrap()), "the_second");
        // And where somebody removed all that was built.
        fs::remove_dir_all(repository.folder()).unwrap();
        assert_eq!(is_called(&repository.builds("HEAD").unwrap()), "the_third");
    }

    #[test]
    fn a_revision_that_there_is_none_of_is_named() {
        let repository = Repository::new();
        repository.is_called("the_only_one");
        let refused = repository.builds("HEAD~1").unwrap_err();
        assert!(refused.to_string().contains("git knows no HEAD~1"), "{refused}");
    }
}
