//! What somebody would type who follows a text: the commands in it, as words.

/// Stands for itself in the documents, and is no key.
const ANY_KEY: (&str, &str) = ("RW…", "RWRzyp8nblO3/MQ0ex/u6kauSV/P6tbIPijQRNATJEoT6PvPkDjvZ8F3");

/// Every use of portal-host in the fenced blocks of a page.
pub fn in_fences(page: &str) -> Vec<Vec<String>> {
    let mut is_fenced = false;
    let fenced = page.lines().filter(|line| {
        let is_fence = line.trim_start().starts_with("```");
        is_fenced ^= is_fence;
        is_fenced && !is_fence
    });
    in_lines(fenced)
}

/// Every use of portal-host that begins a line.
pub fn in_lines<'l>(lines: impl Iterator<Item = &'l str>) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let mut begun = String::new();
    for line in lines {
        begun.push_str(line.trim());
        // It goes on in the next line.
        if let Some(rest) = begun.strip_suffix('\\') {
            begun = rest.to_owned();
            continue;
        }
        found.extend(commands(&std::mem::take(&mut begun)).into_iter().filter_map(of_the_program));
    }
    found
}

/// The commands of a line, as a shell, a unit of systemd or a container's recipe has them.
fn commands(line: &str) -> Vec<Vec<String>> {
    if let Some(list) = line.strip_prefix("CMD ") {
        return vec![serde_json::from_str(list).unwrap_or_else(|error| panic!("{line}: {error}"))];
    }
    let line = match line.split_once('=') {
        Some((key, rest)) if key.starts_with("Exec") => rest,
        Some(_) | None => line,
    };
    let (mut commands, mut words, mut word) = (Vec::new(), Vec::new(), None::<String>);
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\'' | '"' => {
                word.get_or_insert_default().extend(letters.by_ref().take_while(|it| *it != letter))
            }
            '$' if letters.peek() == Some(&'(') => {
                // Whatever comes of it is a part of the word.
                letters.by_ref().take_while(|it| *it != ')').for_each(drop);
                word.get_or_insert_default().push('x');
            }
            '#' if word.is_none() => break,
            '|' | '&' | ';' | '>' | '<' => {
                words.extend(word.take());
                commands.push(std::mem::take(&mut words));
            }
            ' ' => words.extend(word.take()),
            _ => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    commands.push(words);
    commands
}

/// The command from the program's name on, if it is one of portal-host: under another user or with something in its
/// environment, perhaps, and from any folder.
fn of_the_program(words: Vec<String>) -> Option<Vec<String>> {
    let mut words = words.into_iter().skip_while(|word| word.contains('=')).peekable();
    if words.peek().is_some_and(|word| word == "sudo") {
        words.next();
        if words.peek().is_some_and(|word| word == "-u") {
            words.nth(1);
        }
    }
    let is_ours = words.peek().is_some_and(|word| word.rsplit('/').next() == Some("portal-host"));
    is_ours.then(|| words.map(|word| word.replace(ANY_KEY.0, ANY_KEY.1)).collect())
}

#[test]
fn commands_are_found_however_they_are_written() {
    let page = "portal-host outside\n```sh\nportal-host seed --patients 3   # portal-host not this\n\
                sudo -u portal-host portal-host check \\\n  --config 'a b'\nPORTAL_DATABASE=x ./portal-host backup \
                --output /b/$(date +%F).db > log && target/debug/portal-host policy\n```\n```ini\n\
                User=portal-host\nExecStart=/usr/local/bin/portal-host serve\n```\n```dockerfile\n\
                COPY portal-host /usr/local/bin/\nCMD [\"portal-host\", \"serve\"]\n```\n";

    let found: Vec<String> = in_fences(page).iter().map(|words| words.join("|")).collect();

    assert_eq!(
        found,
        [
            "portal-host|seed|--patients|3",
            "portal-host|check|--config|a b",
            "./portal-host|backup|--output|/b/x.db",
            "target/debug/portal-host|policy",
            "/usr/local/bin/portal-host|serve",
            "portal-host|serve",
        ]
    );
}
