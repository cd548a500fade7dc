//! Serving the sandbox from a clean checkout.

use crate::build::{component, host};
use crate::shell::{Stopped, name, root, say};
use std::os::unix::process::CommandExt;
use std::process::Command;

/// Builds everything, then becomes `portal-host serve`, so that Ctrl-C reaches it and nothing else.
pub(crate) fn run(arguments: &[String]) -> Result<(), Stopped> {
    let component = component()?;
    let host = host(false)?;
    let mut serve = Command::new(host);
    serve.arg("serve").arg("--component").arg(component);
    if arguments.iter().any(|argument| argument == "--state" || argument.starts_with("--state=")) {
        say("starting");
    } else {
        let state = root().join(".sandbox");
        say(format_args!(
            "starting; unless --database names another place, everything is kept in {} (remove it to start over)",
            state.display()
        ));
        serve.arg("--state").arg(state);
    }
    serve.args(arguments.iter().filter(|argument| *argument != "--"));
    Err(Stopped::NotStarted { program: name(&serve), cause: serve.exec() })
}
