//! The examples that the program's own help ends with, as a page of their own.

use portal_tests::artifacts::artifacts;
use std::process::Command;

/// The help of every command, each a section with what can be typed there.
pub fn page() -> String {
    let mut page = String::new();
    let mut ahead = vec![String::from("portal-host")];
    while let Some(command) = ahead.pop() {
        let words = command.split(' ').skip(1);
        let asked = Command::new(&artifacts().portal_host).args(words).arg("--help").output();
        let help = String::from_utf8(asked.expect("portal-host can be run").stdout).expect("UTF-8");
        if let Some((_, listed)) = help.split_once("\nCommands:\n") {
            let listed = listed.lines().take_while(|line| !line.is_empty());
            // What is said about a command goes on further in.
            let named =
                listed.filter_map(|line| line.strip_prefix("  ").filter(|line| !line.starts_with(' ')));
            let names = named.filter_map(|line| line.split_whitespace().next());
            ahead.extend(names.filter(|name| *name != "help").map(|name| format!("{command} {name}")));
        }
        // What is typed is further in than what is said about it.
        let (_, examples) = help.split_once("\nExamples:\n").expect("each has examples");
        let typed = examples.lines().filter_map(|line| line.strip_prefix("    "));
        page.push_str(&format!("## {command}\n```sh\n"));
        page.extend(typed.flat_map(|line| [line, "\n"]));
        page.push_str("```\n");
    }
    page
}
