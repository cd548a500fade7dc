//! What may be typed, as it is run with the rights of whoever runs the tests, and with root's in a container: the
//! documents' programs, on nothing outside of a test's folder and of the databases that go again.

use crate::server::MADE;
use std::path::{Component, Path};

/// Another one is added here by whoever has made sure that it leaves the machine as it is.
const PROGRAMS: [&str; 8] = [
    "portal-host",
    "./portal-host",
    "target/debug/portal-host",
    // The one of `place.rs`.
    "cargo",
    "pg_dump",
    "pg_restore",
    "minisign",
    "mv",
];

/// What may be set for a command: any other variable could change which programs are run.
const SET: [&str; 3] = ["PORTAL_", "PROPTEST_CASES=", "INSTA_UPDATE="];

/// What a shell may put other text in place of. An address was looked at where it was exported.
const REPLACED: [&str; 2] = ["$PORTAL_DATABASE", "$(date +%F)"];

/// What begins an address, whose slashes are no folders.
const SCHEMES: [&str; 4] = ["http://", "https://", "postgres://", "postgresql://"];

/// Whether a command may be typed where this folder is the test's, or why not.
pub fn command(command: &str, folder: &Path) -> Result<(), String> {
    let words = words(command)?;
    if let Some(word) = words.iter().find(|word| is_outside(word, folder)) {
        return Err(format!("{word} is outside of the test's folder"));
    }
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match run_by(&words) {
        // Nothing but what a shell was told to remember.
        [] if words.first() == Some(&"export") => Ok(()),
        // Its own commands could do anything.
        ["psql", "", "-c", sql] => statements(sql),
        [program, ..] if PROGRAMS.contains(program) => Ok(()),
        other => Err(format!("{other:?} is no program that may be run here")),
    }
}

/// Whether the server may be told this, or why not.
pub fn statements(sql: &str) -> Result<(), String> {
    for statement in sql.split(';').map(str::trim).filter(|statement| !statement.is_empty()) {
        let words: Vec<&str> = statement.split_whitespace().collect();
        let about = match words.as_slice() {
            ["CREATE", kind, name, ..] => format!("{kind} {name}"),
            ["GRANT" | "REVOKE", "CONNECT", "ON", "DATABASE", name, ..] => format!("DATABASE {name}"),
            _ => String::new(),
        };
        if !MADE.contains(&about.as_str()) {
            return Err(format!("{statement} is about something that does not go again"));
        }
    }
    Ok(())
}

/// The command of our own program that this is; nothing where another program is run.
pub fn subcommand(command: &str) -> &str {
    let words: Vec<&str> = command.split_whitespace().collect();
    match run_by(&words) {
        [program, subcommand, ..] if program.rsplit('/').next() == Some("portal-host") => subcommand,
        _ => "",
    }
}

/// A program and its arguments, without what is set for it and without who runs it.
fn run_by<'a, 'b>(mut words: &'a [&'b str]) -> &'a [&'b str] {
    loop {
        words = match words {
            ["sudo", "-u", _, rest @ ..] | ["sudo" | "export", rest @ ..] => rest,
            [first, rest @ ..] if first.contains('=') && SET.iter().any(|it| first.starts_with(it)) => rest,
            _ => return words,
        };
    }
}

/// A command's words, as a shell takes them apart, but for what it replaces. Whatever runs a second command is refused.
fn words(command: &str) -> Result<Vec<String>, String> {
    let (mut found, mut word, mut quote) = (Vec::new(), None::<String>, None);
    let mut rest = command;
    while let Some(next) = rest.chars().next() {
        let replaced = REPLACED.iter().find_map(|text| rest.strip_prefix(text));
        if let Some(after) = replaced.filter(|_| quote != Some('\'')) {
            word.get_or_insert_default();
            rest = after;
            continue;
        }
        rest = rest.strip_prefix(next).unwrap_or_default();
        match (quote, next) {
            (Some(begun), _) if begun == next => quote = None,
            (None, '\'' | '"') => {
                quote = Some(next);
                word.get_or_insert_default();
            }
            (None, '#') if word.is_none() => break,
            (None, ' ') => found.extend(word.take()),
            (None, '>') => found.extend([word.take(), Some(">".to_owned())].into_iter().flatten()),
            // psql would run what is behind one, in any quotes.
            (_, '\\')
            | (None | Some('"'), '$' | '`')
            | (None, ';' | '&' | '|' | '<' | '(' | ')' | '{' | '}' | '~' | '\n') => {
                return Err(format!("a command with {next:?} could be another one"));
            }
            _ => word.get_or_insert_default().push(next),
        }
    }
    found.extend(word);
    Ok(found)
}

/// Whether there is a path in this word that leads out of the folder.
fn is_outside(word: &str, folder: &Path) -> bool {
    let value = word.split_once('=').map_or(word, |(_, value)| value);
    if SCHEMES.iter().any(|scheme| word.starts_with(scheme) || value.starts_with(scheme)) {
        return false;
    }
    let leads_up = word.split(['/', '=', ':']).any(|part| part == "..");
    leads_up
        || word.match_indices('/').any(|(at, _)| {
            let (before, path) = word.split_at(at);
            // As in `-o/a/path`.
            let is_behind_a_letter = before.len() == 2 && before.starts_with('-');
            let goes_on = before.ends_with(|c: char| c.is_alphanumeric() || "._-+/".contains(c));
            (is_behind_a_letter || !goes_on) && !is_inside(Path::new(path), folder)
        })
}

fn is_inside(path: &Path, folder: &Path) -> bool {
    let goes_up = path.components().any(|part| part == Component::ParentDir);
    path == Path::new("/dev/null") || (path.starts_with(folder) && !goes_up)
}

#[test]
fn nothing_is_typed_that_could_change_the_machine() {
    let is_allowed = |typed: &str| command(typed, Path::new("/place")).is_ok();

    for refused in [
        "sudo rm -rf /var/x",
        "systemctl restart y",
        "install a /usr/local/bin/",
        "rm here",
        "mv x /etc/",
        "sudo -u portal-host rm here",
        "sudo sudo rm here",
        "PORTAL_DATABASE=x rm here",
        "PATH=. portal-host check",
        "export PATH=.",
        "export PORTAL_DATABASE=x PATH=.",
        "export PORTAL_DATABASE=sqlite:/etc/x",
        "> portal-host rm here",
        "PORTAL_DATABASE=x > portal-host rm here",
        "portal-host check; rm here",
        "portal-host check && rm here",
        "portal-host check | sh",
        "portal-host check\nrm here",
        "portal-host check \"$(rm here)\"",
        "portal-host check `rm here`",
        "portal-host seed --database sqlite:/etc/x",
        "portal-host seed --database=sqlite:///etc/x",
        "portal-host backup --output /place/../etc/x",
        "portal-host backup --output ../../etc/x",
        "portal-host backup --output /places/x",
        "portal-host backup --output \"/etc/x\"",
        "portal-host backup --output $HOME/x",
        "portal-host backup --output $PORTAL_DATABASE/etc/x",
        "portal-host backup --output ~root/x",
        "portal-host audit export > /etc/x",
        "portal-host audit export >/etc/x",
        "pg_dump -f/etc/x",
        "psql \"$PORTAL_DATABASE\" -c 'DROP DATABASE other'",
        "psql \"$PORTAL_DATABASE\" -c '\\! rm here'",
        "psql \"$PORTAL_DATABASE\" -f file",
        "psql other -c 'GRANT CONNECT ON DATABASE portal TO portal'",
        "",
    ] {
        assert!(!is_allowed(refused), "{refused}");
    }
    for allowed in [
        "sudo -u portal-host portal-host check --config /place/etc/portal-host.toml",
        "export PORTAL_DATABASE='postgres://x:y@%2Fsocket/z?sslrootcert=/etc/ca.pem'",
        "portal-host backup --output /place/backup/portal-$(date +%F).db # /etc/x; rm",
        "portal-host policy --set never-paused=192.0.2.0/24 > /dev/null",
        "PROPTEST_CASES=2 cargo xtask test --test life",
        "mv new/x /place/here/",
        "cargo run --example embed -- target/x.wasm",
        "psql \"$PORTAL_DATABASE\" -c \"CREATE ROLE portal LOGIN PASSWORD 'x' IN ROLE portal_host\"",
    ] {
        assert_eq!(command(allowed, Path::new("/place")), Ok(()), "{allowed}");
    }
    assert!(statements("CREATE DATABASE portal; DROP DATABASE other;").is_err());
    assert!(statements("CREATE ROLE another SUPERUSER;").is_err());
}
