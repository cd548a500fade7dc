//! What somebody meets who types: help with examples, a hint where something is misspelt, exit codes, failures that
//! name the next step, no colour and no progress where nobody looks; and that what the documents say can be typed.

#[path = "command_line/typed.rs"]
mod typed;

use portal_tests::Setup;
use portal_tests::artifacts::{artifacts, root};
use std::collections::BTreeSet;
use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

/// The pages that tell operators what to type.
const PAGES: [&str; 4] = ["README.md", "docs/command-line.md", "docs/operations.md", "docs/postgresql.md"];

fn program() -> Command {
    let mut command = Command::new(&artifacts().portal_host);
    for variable in
        ["RUST_LOG", "PORTAL_DATABASE", "PORTAL_KEY_FILE", "PORTAL_LOG_FORMAT", "NO_COLOR", "CLICOLOR_FORCE"]
    {
        command.env_remove(variable);
    }
    command.env("TERM", "xterm").stdin(Stdio::null());
    command
}

fn told(Output { status, stdout, stderr }: Output) -> (Option<i32>, String, String) {
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (status.code(), text(stdout), text(stderr))
}

fn typed_in(folder: &Path, words: &[&str]) -> (Option<i32>, String, String) {
    told(program().current_dir(folder).args(words).output().expect("portal-host can be run"))
}

fn typed(words: &[&str]) -> (Option<i32>, String, String) {
    typed_in(&root(), words)
}

/// The help of every command, with the words that lead to it; the program's own has none.
fn every_help() -> Vec<(Vec<String>, String)> {
    let mut found = Vec::new();
    let mut ahead = vec![Vec::<String>::new()];
    while let Some(words) = ahead.pop() {
        let asked: Vec<&str> = words.iter().map(String::as_str).chain(["--help"]).collect();
        let (code, help, said) = typed(&asked);
        assert_eq!((code, said.as_str()), (Some(0), ""), "{words:?}");
        if let Some((_, listed)) = help.split_once("\nCommands:\n") {
            let listed = listed.lines().take_while(|line| !line.is_empty());
            let names =
                listed.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help");
            ahead.extend(names.map(|name| words.iter().cloned().chain([name.to_owned()]).collect()));
        }
        found.push((words, help));
    }
    assert!(found.len() > 14, "{}", found.len());
    found
}

fn understood(words: &[String], from: &str) {
    if let Err(error) = portal_sandbox::understands(words) {
        panic!("{from}: {words:?} is not understood: {error}");
    }
}

#[test]
fn the_help_of_each_command_has_an_example_of_its_own_and_every_example_is_understood() {
    for (words, help) in every_help() {
        let (_, examples) = help.split_once("\nExamples:\n").unwrap_or_else(|| panic!("{words:?} has none"));
        let examples = typed::in_lines(examples.lines());
        let of_its_own =
            examples.iter().filter(|example| example.get(1..).unwrap_or_default().starts_with(&words));
        assert!(of_its_own.count() > 0, "{words:?}: {examples:?}");
        for example in &examples {
            understood(example, &help);
        }
    }
}

#[test]
fn without_a_command_its_help_is_shown() {
    for words in [&[][..], &["audit"], &["plugin"]] {
        let (code, shown, said) = typed(words);

        assert_eq!((code, shown.as_str()), (Some(2), ""));
        assert!(said.contains("Commands:") && said.contains("Examples:"), "{said}");
    }
}

#[test]
fn what_is_misspelt_is_answered_with_what_was_meant() {
    for (words, meant) in [
        (&["serv"][..], "'serve'"),
        (&["databse", "prepare"], "'database'"),
        (&["audit", "verfy"], "'verify'"),
        (&["seed", "--patients", "1", "--databse", "x"], "'--database'"),
        (&["serve", "--component", "x", "--portl", "127.0.0.1:1"], "'--portal'"),
        (&["audit", "export", "--format", "csvv"], "'csv'"),
    ] {
        let (code, shown, said) = typed(words);

        assert_eq!((code, shown.as_str()), (Some(2), ""), "{words:?}");
        assert!(said.contains("tip:") && said.contains(meant), "{words:?}: {said}");
    }
}

#[test]
fn exit_codes_are_documented_and_hold() {
    let (_, help, _) = typed(&["--help"]);
    let page = fs::read_to_string(root().join("docs/command-line.md")).expect("the page");
    for code in 0..=2 {
        assert!(help.contains(&format!("\n  {code}  ")), "{help}");
        assert!(page.contains(&format!("\n| {code} | ")), "{code}");
    }
    let setup = Setup::fresh();

    assert_eq!(setup.run(&["audit", "verify"]).status.code(), Some(1), "there is nothing yet");
    assert_eq!(setup.run(&["database", "prepare"]).status.code(), Some(0));
    assert_eq!(setup.run(&["audit", "verify"]).status.code(), Some(0));
    assert_eq!(setup.run(&["audit", "verify", "--tea"]).status.code(), Some(2));
}

/// Expects a failure to be told in two lines, the next step in the second.
fn names_the_next_step((code, _, said): (Option<i32>, String, String), what: &str, next: &str) {
    assert_eq!(code, Some(1), "{said}");
    let lines: Vec<&str> = said.lines().collect();
    let [error, then] = lines.as_slice() else { panic!("not two lines: {said}") };
    assert!(error.starts_with("error: ") && error.contains(what), "{what:?}: {said}");
    assert!(then.starts_with("next: ") && then.contains(next), "{next:?}: {said}");
}

#[test]
fn a_failure_says_what_happened_and_what_to_do() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = |words: &[&str]| typed_in(folder.path(), words);
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).expect("a file");
    assert_eq!(run(&["database", "prepare"]).0, Some(0));
    assert_eq!(run(&["backup", "--output", "whole"]).0, Some(0));
    let whole = fs::read(folder.path().join("whole")).expect("the backup");
    write("cut", &whole[..whole.len() / 2]);
    write("letter", b"somebody's letter, and nothing else");
    write("typo.toml", b"component = \"x.wasm\"\nportl = \"127.0.0.1:1\"\n");
    let taken = TcpListener::bind("127.0.0.1:0").expect("an address");
    let taken = taken.local_addr().expect("an address").to_string();
    let restore = |from: &str| run(&["restore", "--database", "sqlite:new.db", "--from", from]);

    let listening = ["serve", "--component", "letter", "--ehr", &taken, "--portal", "127.0.0.1:0"];
    for (said, what, next) in [
        (
            run(&["plugin", "inspect", "letter"]),
            "letter is not a WebAssembly component",
            "name a component's file",
        ),
        (run(&["plugin", "inspect", "nothing"]), "nothing cannot be read", "patient-portal.wasm"),
        (restore("cut"), "cut: ", "copy the backup here anew"),
        (restore("letter"), "letter: ", "copy the backup here anew"),
        (restore("nothing"), "there is no database nothing", "--from"),
        (run(&["restore", "--from", "whole"]), "sandbox.db is there already", "move that database away"),
        (run(&["backup", "--output", "whole"]), "whole is there already", "--output"),
        (run(&["backup", "--output", "no/where"]), "no/where cannot be made", "--output"),
        (
            run(&["backup", "--output", "b", "--database", "sqlite:none"]),
            "there is no database none",
            "--database",
        ),
        (run(&["audit", "verify", "--database", "sqlite:letter"]), "letter: ", "put a backup back"),
        (
            run(&["audit", "export", "--format", "csv", "--output", "whole"]),
            "whole cannot be made",
            "--output",
        ),
        (run(&["seed", "--patients", "1", "--state", "letter"]), "letter cannot be made", "--state"),
        (
            run(&["seed", "--patients", "1", "--state", "letter/below"]),
            "letter/below cannot be made",
            "--state",
        ),
        (run(&["seed", "--patients", "99999999"]), "not all of the patients", "--seed"),
        (run(&["policy", "--practice", "nowhere"]), "there is no practice \"nowhere\"", "--practice"),
        (run(&listening), "in use", "choose another address"),
        (run(&["serve"]), "name the portal's component", "portal-host serve --component"),
        (run(&["serve", "--config", "typo.toml"]), "typo.toml, line 2", "portal-host check"),
        (run(&["serve", "--config", "none.toml"]), "none.toml", "--config"),
    ] {
        names_the_next_step(said, what, next);
    }
    // These say it in their first line.
    for (said, next) in [
        (run(&["policy", "--set", "idle-minutes=999"]), "takes a whole number from 1 to 120"),
        (run(&["audit", "verify", "--state", "none"]), "name the one that serve is started with"),
        (run(&["audit", "verify", "--database", "sqlite:none.db"]), "name the one that is served"),
    ] {
        assert!(said.2.lines().count() == 1 && said.2.contains(next), "{}", said.2);
    }
    let (code, shown, _) = run(&["check", "--component", "letter"]);
    assert!(code == Some(1) && shown.contains("\n        next: copy patient-portal.wasm anew"), "{shown}");
    assert!(!folder.path().join("new.db").exists(), "something was put back");
}

#[test]
fn a_program_reads_the_next_step_as_a_field() {
    let (code, _, said) = typed(&["--log-format", "json", "serve", "--config", "none.toml"]);

    assert_eq!(code, Some(1));
    let entry: serde_json::Value = serde_json::from_str(&said).expect("one object");
    assert!(entry["message"].as_str().is_some_and(|it| it.contains("none.toml")), "{said}");
    assert!(entry["next"].as_str().is_some_and(|it| it.contains("--config")), "{said}");
}

#[test]
fn there_is_no_colour_where_nobody_looks_unless_it_is_asked_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut nth = 0;
    // Help, a slip, a log and a failure.
    let mut all = |wishes: &[(&str, &str)]| {
        nth += 1;
        let state = format!("state{nth}");
        let typed =
            [&["--help"][..], &["serv"], &["database", "prepare", "--state", &state], &["audit", "verify"]];
        typed.map(|words| {
            let run = program().current_dir(folder.path()).args(words).envs(wishes.iter().copied()).output();
            let (_, shown, said) = told(run.expect("portal-host can be run"));
            format!("{shown}{said}")
        })
    };

    for plain in [&[][..], &[("NO_COLOR", "1")], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]] {
        for said in all(plain) {
            assert!(!said.is_empty() && !said.contains('\x1b'), "{plain:?}: {said:?}");
        }
    }
    for said in all(&[("CLICOLOR_FORCE", "1")]) {
        assert!(said.contains('\x1b'), "{said:?}");
    }
}

/// A file that is read for as long as it takes until its reader is let go, or 20 seconds.
struct SlowFile {
    go: mpsc::Sender<()>,
    is_read: mpsc::Receiver<()>,
}

impl SlowFile {
    fn at(path: &Path) -> Self {
        assert!(Command::new("mkfifo").arg(path).status().expect("mkfifo").success());
        let ((go, told), (begun, is_read)) = (mpsc::channel(), mpsc::channel());
        let path = path.to_owned();
        std::thread::spawn(move || {
            // Comes once somebody reads.
            let file = fs::File::options().write(true).open(path);
            let _ = begun.send(());
            let _ = told.recv_timeout(Duration::from_secs(20));
            // Nobody reads any more where the program has ended.
            let _ = file.and_then(|mut file| file.write_all(b"x"));
        });
        Self { go, is_read }
    }

    /// Waits until somebody reads it.
    fn wait_until_read(&self) {
        self.is_read.recv_timeout(Duration::from_secs(60)).expect("somebody reads it");
    }

    fn let_go(&self) {
        self.go.send(()).expect("somebody waits for it");
    }
}

/// Runs a command at a terminal of its own, and calls `seen` with what is on it so far.
fn at_a_terminal(words: &str, mut seen: impl FnMut(&str)) -> String {
    let command = format!("{} {words}", artifacts().portal_host.display());
    let mut script = Command::new("script")
        .args(["--quiet", "--command", &command, "/dev/null"])
        .env("TERM", "xterm")
        .env_remove("NO_COLOR")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .expect("script can be run");
    let mut stdout = script.stdout.take().expect("what is on the terminal");
    let (mut all, mut some) = (Vec::new(), [0; 4096]);
    while let Ok(read @ 1..) = stdout.read(&mut some) {
        all.extend_from_slice(&some[..read]);
        seen(&String::from_utf8_lossy(&all));
    }
    script.wait().expect("it ends");
    String::from_utf8_lossy(&all).into_owned()
}

#[test]
fn work_that_takes_longer_than_a_second_is_shown_at_a_terminal_until_it_is_done() {
    let folder = tempfile::tempdir().expect("a folder");
    let (slow, quick) = (folder.path().join("slow.wasm"), folder.path().join("quick.wasm"));
    let file = SlowFile::at(&slow);
    fs::write(&quick, b"x").expect("a file");
    let begun = Instant::now();
    let mut after = None;

    let shown = at_a_terminal(&format!("plugin inspect {}", slow.display()), |so_far| {
        if after.is_none() && so_far.contains("Compiling the component") {
            after = Some(begun.elapsed());
            file.let_go();
        }
    });

    let after = after.unwrap_or_else(|| panic!("nothing was shown: {shown:?}"));
    assert!(after >= Duration::from_secs(1), "{after:?}");
    let (_, done) = shown.rsplit_once("Compiling the component").expect("it was shown");
    let (_, left) = done.split_once("\r\x1b[2K").expect("it is taken away again");
    assert!(left.starts_with("size ") && left.contains("next:"), "{shown:?}");
    // What is done before anybody wonders leaves nothing behind either.
    let shown = at_a_terminal(&format!("plugin inspect {}", quick.display()), |_| ());
    let left = shown.rsplit("\r\x1b[2K").next().expect("something is shown");
    assert!(!left.contains("Compiling") && left.contains("size "), "{shown:?}");
}

#[test]
fn a_script_sees_nothing_of_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let [slow, watched] = ["slow.wasm", "watched.wasm"].map(|name| folder.path().join(name));
    let [file, watched_file] = [&slow, &watched].map(|path| SlowFile::at(path));
    let inspect = program()
        .arg("plugin")
        .arg("inspect")
        .arg(&slow)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    file.wait_until_read();
    // Begun after it, this one is shown at a terminal: by then the other would be.
    let mut is_shown = false;
    at_a_terminal(&format!("plugin inspect {}", watched.display()), |so_far| {
        if !is_shown && so_far.contains("Compiling the component") {
            is_shown = true;
            watched_file.let_go();
        }
    });
    assert!(is_shown, "nothing was shown at a terminal either");
    file.let_go();

    let (_, shown, said) =
        told(inspect.expect("portal-host can be run").wait_with_output().expect("it ends"));

    assert!(shown.starts_with("size ") && said.starts_with("error: "), "{shown}{said}");
    assert_eq!(said.lines().count(), 2, "{said}");
}

#[test]
fn whatever_the_documents_say_to_type_is_understood() {
    let mut found = 0;
    for page in PAGES {
        let text = fs::read_to_string(root().join(page)).unwrap_or_else(|error| panic!("{page}: {error}"));
        for words in typed::in_fences(&text) {
            understood(&words, page);
            found += 1;
        }
    }
    // Far fewer would mean that they are written in another way.
    assert!(found >= 40, "{found}");
}

#[test]
fn the_page_on_the_command_line_has_every_command_and_every_variable() {
    let page = fs::read_to_string(root().join("docs/command-line.md")).expect("the page");
    let examples = typed::in_fences(&page);
    let mut variables = BTreeSet::new();
    for (words, help) in every_help() {
        let named = help.split("[env: ").skip(1).filter_map(|after| after.split(['=', ']']).next());
        variables.extend(named.map(str::to_owned));
        if words.is_empty() || help.contains("\nCommands:\n") {
            continue;
        }
        assert!(page.contains(&format!("\n## portal-host {}\n", words.join(" "))), "{words:?}");
        assert!(
            examples.iter().any(|example| example.get(1..).unwrap_or_default().starts_with(&words)),
            "{words:?}"
        );
    }
    assert!(variables.len() > 2, "{variables:?}");
    for variable in variables {
        assert!(page.contains(&format!("| `{variable}` |")), "{variable}");
    }
}
