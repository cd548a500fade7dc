//! What a page says to do, in its order: all that stands in its fences.

/// One thing to do, under the heading of its section.
pub struct Step {
    pub heading: String,
    pub what: What,
}

/// What there is to do.
#[derive(Debug, PartialEq)]
pub enum What {
    /// Something to type at a shell, in one line.
    Typed(String),
    /// Something for the database server, from somebody who may make databases.
    Sql(String),
    /// A line for the configuration file.
    Configured(String),
    /// A part of HAProxy's configuration.
    Balanced(String),
}

/// Everything to do on a page.
///
/// # Panics
/// Where there is a fence of which nothing is known here.
pub fn steps(page: &str, text: &str) -> Vec<Step> {
    let (mut found, mut heading) = (Vec::new(), String::new());
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if let Some(title) = line.strip_prefix("## ") {
            title.clone_into(&mut heading);
        }
        let Some(kind) = line.trim_start().strip_prefix("```") else { continue };
        let fenced: Vec<&str> =
            lines.by_ref().take_while(|line| !line.trim_start().starts_with("```")).collect();
        found.extend(in_fence(page, kind, &fenced).map(|what| Step { heading: heading.clone(), what }));
    }
    found
}

fn in_fence(page: &str, kind: &str, lines: &[&str]) -> impl Iterator<Item = What> + use<> {
    let whole = || vec![lines.iter().flat_map(|line| [*line, "\n"]).collect::<String>()];
    let begins = lines.first().copied().unwrap_or_default();
    let (as_what, texts): (fn(String) -> What, _) = match kind {
        "sh" => (What::Typed, commands(lines)),
        "ini" => (What::Typed, lines.iter().filter_map(|line| of_a_unit(line)).collect()),
        "dockerfile" => (What::Typed, lines.iter().filter_map(|line| of_a_container(line)).collect()),
        "sql" => (What::Sql, whole()),
        "toml" => (What::Configured, whole()),
        "" if begins.starts_with("listen ") || begins.starts_with("frontend ") => (What::Balanced, whole()),
        "" if !lines.iter().any(|line| is_typed(line)) => (What::Typed, Vec::new()),
        // Compiled by another test, and what pages are made of.
        "rust" | "wit" => (What::Typed, Vec::new()),
        _ => panic!(
            "{page}: what is to be done with a fence of the kind {kind:?} that begins with {begins:?}?"
        ),
    };
    texts.into_iter().map(as_what)
}

/// Whether a line looks like something to type, which a block that is of no kind must not have.
fn is_typed(line: &str) -> bool {
    const PROGRAMS: [&str; 12] = [
        "portal-host",
        "cargo",
        "sudo",
        "psql",
        "pg_",
        "minisign",
        "rsign",
        "export",
        "apt",
        "./",
        "$ ",
        "curl",
    ];
    PROGRAMS.iter().any(|program| line.trim_start().starts_with(program))
}

/// The commands of a shell's lines: those that go on in the next line in one, and those that a remark offers instead
/// after those that it is about.
fn commands(lines: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    let mut begun = String::new();
    for line in lines {
        begun.push_str(line);
        if let Some(rest) = begun.strip_suffix('\\') {
            begun = format!("{} ", rest.trim_end());
            continue;
        }
        let command = std::mem::take(&mut begun);
        let other = command.split_once(" # or: ").map(|(_, other)| other.to_owned());
        found.extend([Some(command), other].into_iter().flatten());
    }
    found.retain(|command| !command.trim().is_empty() && !command.trim().starts_with('#'));
    found
}

/// What systemd would run.
fn of_a_unit(line: &str) -> Option<String> {
    let (key, command) = line.split_once('=')?;
    key.starts_with("Exec").then(|| command.to_owned())
}

/// What a container would run.
fn of_a_container(line: &str) -> Option<String> {
    let words: Vec<String> = serde_json::from_str(line.strip_prefix("CMD ")?).expect("a list of words");
    Some(words.join(" "))
}

#[test]
fn everything_to_do_is_found_however_it_is_written() {
    let page = "## One\nportal-host outside\n```sh\nportal-host seed \\\n  --patients 3   # so many\n\n# a remark\n\
                look X       # or: look Y\n```\n## Two\n```ini\nUser=x\nExecStart=/bin/y z\n```\n```dockerfile\n\
                FROM x\nCMD [\"y\", \"z\"]\n```\n```sql\nSELECT 1;\n```\n```\nlisten x\n    bind :1\n```\n";

    let found: Vec<_> = steps("a page", page).into_iter().map(|step| (step.heading, step.what)).collect();

    let typed = |command: &str| What::Typed(command.to_owned());
    let expected = [
        ("One", typed("portal-host seed   --patients 3   # so many")),
        ("One", typed("look X       # or: look Y")),
        ("One", typed("look Y")),
        ("Two", typed("/bin/y z")),
        ("Two", typed("y z")),
        ("Two", What::Sql("SELECT 1;\n".to_owned())),
        ("Two", What::Balanced("listen x\n    bind :1\n".to_owned())),
    ];
    assert_eq!(found, expected.map(|(heading, what)| (heading.to_owned(), what)));
}
